//! Numbers that are no claims: labels, names, years, scores, clock times, idioms.

use std::ops::Range;

use crate::fact::{Amount, NumericKind};
use crate::lexicon::Tags;
use crate::phrase::numeral::Form;
use crate::phrase::place::Place;
use crate::phrase::quantity::{Evidence, Measured};
use crate::token::{Token, TokenKind, Words, flags};

/// Whether a number is part of a name, a label, a time or an idiom, whatever follows it.
pub(super) fn is_silent(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    let numeral = &measured.numeral;
    let is_strong = measured.evidence == Evidence::Unit;
    // "$4.5 million", "12 %": what most are, and what hardly anything else is asked of.
    if is_strong && matches!(numeral.form, Form::Digits | Form::Scaled) && !place.is_joined(start) {
        return is_coded(place, measured)
            || is_rate(place, measured)
            || start > 0 && place.is(start - 1, "per")
            || is_clock(place, numeral.start, numeral.end)
            || is_confidence(place, measured);
    }
    is_joined_label(place, measured)
        || is_rate(place, measured)
        || is_coded(place, measured)
        || start > 0 && place.is(start - 1, "per")
        // "56 crowns in every 1,000"
        || !is_strong && start > 1 && place.is(start - 1, "every") && place.is(start - 2, "in")
        || is_clock(place, numeral.start, numeral.end)
        || is_confidence(place, measured)
        || !is_strong && is_list_mark(place, numeral.start, numeral.end)
        || !is_strong && is_label(place, measured)
        || !is_strong && is_year(place, measured)
        || !is_strong && is_decade(place, numeral.end)
        || is_idiom(place, measured, start)
        || is_capital_word(place, measured)
        || is_title(place, measured)
}

/// "($1 = 0.876 Swiss francs)": of a rate, the one that is priced.
fn is_rate(place: &Place<'_>, measured: &Measured) -> bool {
    measured.kind == NumericKind::Money && place.is(measured.tokens.end, "=")
}

fn is_tying(place: &Place<'_>, at: usize) -> bool {
    place.is_any(at, &["x", "×", "h"])
}

/// "G20", "Covid-19", "V-6", "F-16": digits joined to letters before them.
fn is_joined_label(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    if start == 0 || !place.is_joined(start) {
        return false;
    }
    let Some(before) = place.at(start - 1) else { return false };
    match before.kind {
        // "10x15 cm", "2h30m"
        TokenKind::Word if measured.evidence == Evidence::Unit && start > 1 => {
            !(before.is_joined()
                && is_tying(place, start - 1)
                && place.is_kind(start - 2, TokenKind::Number))
        }
        TokenKind::Word | TokenKind::Number => true,
        TokenKind::Hyphen | TokenKind::Slash => {
            let Some(word) = start.checked_sub(2).and_then(|at| place.at(at)) else { return false };
            let is_tied = before.is_joined();
            // "250MW/1,000MWh": both are measures.
            let is_measured = start > 2
                && before.kind == TokenKind::Slash
                && measured.evidence == Evidence::Unit
                && word.is(Tags::UNIT)
                && place.is_kind(start - 3, TokenKind::Number);
            if is_measured {
                return false;
            }
            let is_free =
                measured.evidence == Evidence::Unit && word.is_word() && !word.has(flags::CAPITAL);
            is_tied && matches!(word.kind, TokenKind::Word | TokenKind::Number) && !is_free
        }
        TokenKind::Symbol => {
            place.is(start - 1, "#")
                || place.is(start - 1, "@")
                || place.is(start - 1, "_")
                || place.is(start - 1, "^")
                || place.is(start - 1, "§")
                || place.is(start - 1, "№")
        }
        TokenKind::Colon
        | TokenKind::Apostrophe
        | TokenKind::OpenSingleQuote
        | TokenKind::CloseSingleQuote => measured.evidence > Evidence::Unit,
        _ => false,
    }
}

/// "Ticket 4471 won", "Seat 14C", "27 Mill Lane", "Windows 10 users": a label or name before digits that a unit or noun only
/// seems to follow.
fn is_coded(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    if measured.numeral.form == Form::Words || start != measured.numeral.start {
        return false;
    }
    // "27 Mill Lane"
    let last = end - 1;
    if last > start
        && place.has(last, Tags::SCALE)
        && place.is_capital(last)
        && place.at(last).is_some_and(|t| !t.is_joined() && !t.has(flags::UPPER))
        && place.is_capital(end)
    {
        return true;
    }
    // "405 Williams Avenue"
    if place.is_capital(last)
        && place.at(end).is_some_and(|t| t.is_capital() && STREETS.hold(place.content, t))
    {
        return true;
    }
    // "0800 hours"
    let is_hour = place.at(start).is_some_and(|t| {
        let digits = t.text(place.content);
        digits.len() == 4 && digits.starts_with('0')
    });
    if is_hour && place.is(last, "hours") {
        return true;
    }
    let Some(before) = start.checked_sub(1).and_then(|at| place.at(at)) else { return false };
    if before.is_capital() && LETTERED.hold(place.content, before) {
        return !place.has(start, Tags::CURRENCY);
    }
    // "the code is 90210"
    measured.evidence == Evidence::Bare
        && start > 1
        && place.is(start - 1, "is")
        && place.at(start - 2).is_some_and(|t| CODES.hold(place.content, t))
}

/// What a house number stands in.
static STREETS: Words<14> = Words::new([
    "street",
    "avenue",
    "road",
    "lane",
    "drive",
    "boulevard",
    "st",
    "ave",
    "rd",
    "blvd",
    "st.",
    "ave.",
    "terrace",
    "place",
]);

/// Before digits that may have a letter or a noun behind them.
static LETTERED: Words<20> = Words::new([
    "pentium",
    "playstation",
    "xbox",
    "iphone",
    "ipad",
    "airbus",
    "ticket",
    "seat",
    "gate",
    "room",
    "flat",
    "windows",
    "android",
    "lot",
    "locker",
    "docket",
    "row",
    "unit",
    "case",
    "bed",
]);

/// What is written in digits and counts nothing.
static CODES: Words<8> =
    Words::new(["code", "postcode", "pin", "password", "id", "extension", "hotline", "zip"]);

/// "72 % (95% confidence interval 58-82)": how sure a number is.
fn is_confidence(place: &Place<'_>, measured: &Measured) -> bool {
    let end = measured.tokens.end;
    measured.kind == NumericKind::Percent
        && (place.is(end, "confidence") && place.at(end + 1).is_some_and(Token::is_word)
            || place.is(end, "ci"))
}

/// "10:30", "1:36.6", "3:1".
fn is_clock(place: &Place<'_>, start: usize, end: usize) -> bool {
    let before = start >= 2
        && place.is_kind(start - 1, TokenKind::Colon)
        && place.is_joined(start)
        && place.is_kind(start - 2, TokenKind::Number)
        && place.is_joined(start - 1);
    let after = place.is_kind(end, TokenKind::Colon)
        && place.is_joined(end)
        && place.is_kind(end + 1, TokenKind::Number)
        && place.is_joined(end + 1);
    // "2.123 pm" are picometres.
    let is_exact = || {
        place.at(start).is_some_and(|t| {
            t.text(place.content).split_once('.').is_some_and(|(_, places)| places.len() > 2)
        })
    };
    let is_meridiem = place.at(end).is_some_and(|t| CLOCKS.hold(place.content, t)) && !is_exact();
    before || after || is_meridiem
}

/// Behind a time of day.
static CLOCKS: Words<10> =
    Words::new(["a.m.", "p.m.", "a.m", "p.m", "am", "pm", "o'clock", "gmt", "bst", "et"]);

/// "1." or "(2)" or "3)" at the head of a sentence, "[12]" anywhere.
fn is_list_mark(place: &Place<'_>, start: usize, end: usize) -> bool {
    let in_brackets = start > 0
        && place.is_kind(start - 1, TokenKind::OpenBracket)
        && place.is_kind(end, TokenKind::CloseBracket);
    let is_short = place.at(start).is_some_and(|t| t.span.len() <= 2);
    let is_first = start == 0 || start == 1 && in_brackets;
    let is_marked =
        place.is_kind(end, TokenKind::Dot) && place.is_joined(end) && place.at(end + 1).is_some()
            || place.is_kind(end, TokenKind::CloseBracket);
    in_brackets && is_short || is_first && is_marked && is_short
}

/// "Section 427", "Boeing 737", "Big 12", "page 12", "No. 5".
pub(super) fn is_label(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    // "category two calls", "phase three trials"
    if start > 0
        && measured.numeral.form == Form::Words
        && measured.numeral.end == start + 1
        && measured.evidence > Evidence::Unit
        && place.at(start - 1).is_some_and(|t| STEPS.hold(place.content, t))
    {
        return true;
    }
    if measured.evidence == Evidence::Unit || start == 0 || !is_small_digits(place, measured) {
        return false;
    }
    let Some(before) = place.at(start - 1) else { return false };
    if before.kind == TokenKind::Dot && start >= 2 && place.is_any(start - 2, &["no", "nos", "art"])
    {
        return true;
    }
    if place.is(start - 1, "no") && measured.evidence > Evidence::Noun {
        return true;
    }
    if !before.is_word() {
        return false;
    }
    if before.is(Tags::NUMBER_LABEL) && !place.is(start - 1, "day") {
        return true;
    }
    let is_name = before.has(flags::CAPITAL)
        && (start >= 2 || before.has(flags::UPPER) && before.span.len() > 1)
        && !before.is(Tags::PREPOSITION
            | Tags::DETERMINER
            | Tags::MONTH
            | Tags::WEEKDAY
            | Tags::AUXILIARY
            | Tags::CONJUNCTION
            | Tags::COMPARATOR
            | Tags::PRONOUN
            | Tags::ADVERB);
    // A count behind a name is of the name's things only when it is written as a number of things: "Liverpool 96 fans" is not.
    is_name
        && measured.kind != NumericKind::Multiple
        && !(measured.evidence == Evidence::Noun && measured.numeral.form == Form::Words)
}

/// Before a number word, what has numbers for names.
static STEPS: Words<18> = Words::new([
    "category", "phase", "type", "chapter", "stage", "level", "grade", "season", "volume", "act",
    "step", "tier", "article", "page", "tranche", "pillar", "week", "day",
]);

/// Digits without separators, point or scale, below ten thousand.
fn is_small_digits(place: &Place<'_>, measured: &Measured) -> bool {
    measured.numeral.form == Form::Digits
        && place.at(measured.numeral.start).is_some_and(|t| !t.text(place.content).contains(','))
}

/// A year: four digits from 1500 to 2099 without separator, unless something says that it is a number.
fn is_year(place: &Place<'_>, measured: &Measured) -> bool {
    let Some(token) = place.at(measured.numeral.start) else { return false };
    let text = token.text(place.content);
    if measured.numeral.form != Form::Digits
        || text.len() != 4
        || measured.numeral.end != measured.numeral.start + 1
    {
        return false;
    }
    let Some(year) = text.parse::<u32>().ok() else { return false };
    let start = measured.tokens.start;
    let has_comparator = start > 0 && place.has(start - 1, Tags::COMPARATOR)
        || start > 1 && place.is(start - 1, "than");
    let is_recent = (1900..=2059).contains(&year);
    let is_old = (1500..1900).contains(&year) && measured.evidence > Evidence::Noun;
    (is_recent || is_old) && !(has_comparator && measured.evidence == Evidence::Noun)
}

/// "1980s", "the '90s", "1980's".
fn is_decade(place: &Place<'_>, end: usize) -> bool {
    place.at(end).is_some_and(|t| {
        t.is_joined() && (place.is(end, "s") || place.is(end, "'s") || place.is(end, "’s"))
    })
}

/// "one of the", "one another", "the first half", "no one", "one day".
fn is_idiom(place: &Place<'_>, measured: &Measured, start: usize) -> bool {
    let numeral = &measured.numeral;
    let before = |word: &str| start > 0 && place.is(start - 1, word);
    if numeral.form == Form::Fraction {
        let follows_ordinal = start > 0 && place.has(start - 1, Tags::ORDINAL)
            || before("last")
            || before("next")
            || before("other")
            || before("this")
            || before("each");
        let is_half = place.is(numeral.start, "half") || place.is(numeral.start + 1, "half");
        // "a quarter-point cut", but "a half-hour talk"
        let is_step = measured.is_hyphened
            && measured.evidence == Evidence::Unit
            && measured.kind != NumericKind::Duration;
        let is_time = place.is_kind(numeral.end, TokenKind::Hyphen)
            && place.is_joined(numeral.end)
            && !is_step
            || is_half
                && before("the")
                && !place.is(numeral.end, "of")
                && !place.is(numeral.end, "the");
        return follows_ordinal
            || is_time
            || before("and") && measured.evidence > Evidence::Noun && !place.is(numeral.end, "of");
    }
    if numeral.form != Form::Words {
        return false;
    }
    // "a six-figure sum", "reached six figures"
    if measured.evidence == Evidence::Noun && place.is(numeral.end, "figures") {
        return true;
    }
    let is_one =
        numeral.amount == Amount::Value(crate::fact::Decimal::whole(1)) && numeral.scale == 0;
    if !is_one {
        return false;
    }
    let is_thing = place.at(numeral.end).is_some_and(|t| IDIOMS.hold(place.content, t));
    let is_led = start > 0 && place.at(start - 1).is_some_and(|t| LEADS.hold(place.content, t));
    // "…," said one teacher: somebody.
    let is_somebody = start > 1
        && place.has(start - 1, Tags::REPORTING)
        && place.at(start - 2).is_some_and(|mark| mark.kind.is_quote());
    if measured.evidence == Evidence::Noun {
        return is_thing || is_led || is_somebody;
    }
    measured.evidence != Evidence::Unit
        || ["no", "the", "this", "that", "any", "every", "each", "only", "which", "another", "some"]
            .iter()
            .any(|word| before(word))
            && measured.kind == NumericKind::Duration
        || before("at") && (place.is(numeral.end, "point") || place.is(numeral.end, "stage"))
        || place.is(numeral.end, "day")
        || place.is(numeral.end, "another")
}

/// "the Big Three", "Seven Sisters": a number word with a capital inside a sentence. "Three Mile Island" is a name anywhere.
fn is_capital_word(place: &Place<'_>, measured: &Measured) -> bool {
    let numeral = &measured.numeral;
    let Some(token) = place.at(numeral.start) else { return false };
    let unit = numeral.end;
    if token.is_capital()
        && measured.kind == NumericKind::Measure
        && place.is_capital(unit)
        && place.is_capital(unit + 1)
        && !place.at(unit).is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t))
    {
        return true;
    }
    numeral.form == Form::Words
        && numeral.scale == 0
        && numeral.start > 0
        && token.is_capital()
        && !token.has(flags::UPPER)
        && (place.at(numeral.start - 1).is_some_and(Token::is_word))
        && (measured.evidence != Evidence::Unit || place.is_capital(numeral.end))
}

/// "Five Guys opened", "Two Harbors is a town", "Three Rivers District Council": a name at the head of a sentence.
fn is_title(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    let noun = measured.numeral.end;
    if !place.is_capital(start) || !place.is_capital(noun) || place.has(start, Tags::CURRENCY) {
        return false;
    }
    if place.lexicon.numbers.name.at(place.from(start)).is_some() {
        return true;
    }
    let is_all = start == 0
        && measured.evidence == Evidence::Noun
        && (noun..end).all(|at| place.is_capital(at))
        && measured.numeral.form == Form::Words;
    // Several things that are one, or the name goes on: "Two Britons were", "Two Britons Monday".
    let is_one = place.at(end).is_some_and(|t| SINGULAR.hold(place.content, t));
    let goes_on = place.is_capital(end) && !place.has(end, Tags::WEEKDAY | Tags::MONTH);
    is_all && (is_one || goes_on)
}

/// Verbs of one subject.
static SINGULAR: Words<5> = Words::new(["is", "was", "has", "does", "says"]);

/// Behind "one": idioms and things too vague to be counted.
static IDIOMS: Words<40> = Words::new([
    "day", "thing", "back", "way", "time", "side", "place", "kind", "sort", "word", "more",
    "other", "step", "point", "person", "part", "reason", "example", "end", "moment", "stage",
    "respect", "sense", "or", "guy", "last", "big", "good", "great", "hell", "can", "must",
    "should", "may", "might", "could", "would", "does", "needs", "wants",
]);
/// Before "one": a pronoun, or one of a pair.
static LEADS: Words<25> = Words::new([
    "no", "the", "this", "that", "any", "every", "each", "which", "another", "some", "than", "as",
    "such", "for", "on", "loved", "its", "their", "his", "her", "our", "my", "your", "only", "in",
]);
