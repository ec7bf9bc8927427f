//! Numbers that are no claims: labels, names, years, scores, clock times, idioms.

use std::ops::Range;

use super::Claim;
use super::change::Change;
use super::settle::{is_coordinated, is_phrase_end};
use crate::fact::{Amount, NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::numeral::{Form, value_of};
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
            || start > 0 && place.is(start - 1, "per")
            || is_clock(place, numeral.start, numeral.end)
            || is_confidence(place, measured);
    }
    is_joined_label(place, measured)
        || is_coded(place, measured)
        || start > 0 && place.is(start - 1, "per")
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

/// "G20", "Covid-19", "V-6", "F-16": digits joined to letters before them.
fn is_joined_label(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    if start == 0 || !place.is_joined(start) {
        return false;
    }
    let Some(before) = place.at(start - 1) else { return false };
    match before.kind {
        TokenKind::Word | TokenKind::Number => true,
        TokenKind::Hyphen | TokenKind::Slash => {
            let Some(word) = start.checked_sub(2).and_then(|at| place.at(at)) else { return false };
            let is_tied = before.is_joined();
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

/// Before digits that may have a letter or a noun behind them.
static LETTERED: Words<14> = Words::new([
    "ticket", "seat", "gate", "room", "flat", "windows", "android", "lot", "locker", "docket",
    "row", "unit", "case", "bed",
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
    if before.kind == TokenKind::Dot
        && start >= 2
        && ["no", "nos", "art"].iter().any(|word| place.is(start - 2, word))
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
        let is_time = place.is_kind(numeral.end, TokenKind::Hyphen) && place.is_joined(numeral.end)
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
    let is_one =
        numeral.amount == Amount::Value(crate::fact::Decimal::whole(1)) && numeral.scale == 0;
    if !is_one {
        return false;
    }
    let is_thing = place.at(numeral.end).is_some_and(|t| IDIOMS.hold(place.content, t));
    let is_led = start > 0 && place.at(start - 1).is_some_and(|t| LEADS.hold(place.content, t));
    if measured.evidence == Evidence::Noun {
        return is_thing || is_led;
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
static IDIOMS: Words<39> = Words::new([
    "day", "thing", "way", "time", "side", "place", "kind", "sort", "word", "more", "other",
    "step", "point", "person", "part", "reason", "example", "end", "moment", "stage", "respect",
    "sense", "or", "guy", "last", "big", "good", "great", "hell", "can", "must", "should", "may",
    "might", "could", "would", "does", "needs", "wants",
]);
/// Before "one": a pronoun, or one of a pair.
static LEADS: Words<25> = Words::new([
    "no", "the", "this", "that", "any", "every", "each", "which", "another", "some", "than", "as",
    "such", "for", "on", "loved", "its", "their", "his", "her", "our", "my", "your", "only", "in",
]);

/// Whether the words around a number that is no name show that it is a quantity.
pub(super) fn is_claim(
    place: &Place<'_>,
    measured: &Measured,
    has_comparator: bool,
    change: &Change,
    claims: &[Claim],
) -> bool {
    let numeral = &measured.numeral;
    match measured.evidence {
        Evidence::Unit => !is_modifier(place, measured),
        Evidence::Noun => true,
        Evidence::Scale => match numeral.form {
            Form::Fraction => is_fraction_claim(place, measured, has_comparator, change),
            Form::Group => has_comparator || place.is(numeral.end, "of"),
            Form::Vague => {
                place.is(numeral.end, "of")
                    || has_comparator
                    || change.role != Role::Level
                    || is_object(place, measured)
            }
            _ => true,
        },
        Evidence::Bare => is_bare_claim(place, measured, has_comparator, change, claims),
    }
}

/// "drove tens of thousands from their homes"
fn is_object(place: &Place<'_>, measured: &Measured) -> bool {
    place.at(measured.tokens.end).is_none_or(|t| {
        !t.is_word()
            || t.is(Tags::PREPOSITION
                | Tags::RELATIVE
                | Tags::CONJUNCTION
                | Tags::AUXILIARY
                | Tags::PAST_VERB)
    })
}

/// "a five-year award", "a one-day strike": a length of time that only names a kind of thing.
fn is_modifier(place: &Place<'_>, measured: &Measured) -> bool {
    measured.is_hyphened
        && measured.kind == NumericKind::Duration
        && (measured.numeral.form == Form::Words
            || place.at(measured.tokens.end).is_some_and(|t| TERMS.hold(place.content, t)))
}

/// "a 23-year high": what the length of time only names.
static TERMS: Words<6> = Words::new(["high", "highs", "low", "lows", "peak", "record"]);

fn is_fraction_claim(
    place: &Place<'_>,
    measured: &Measured,
    has_comparator: bool,
    change: &Change,
) -> bool {
    let end = measured.numeral.end;
    let follows = ["of", "the", "its", "their", "our", "his", "her", "a", "those", "these"]
        .iter()
        .any(|word| place.is(end, word));
    let is_hour = place.is(end, "a")
        && (place.is(end + 1, "day")
            || place.is(end + 1, "year")
            || place.is(end + 1, "mile")
            || place.is(end + 1, "minute"));
    // "1/2" alone may be a date or a grade.
    let is_slashed = place.at(measured.numeral.start).is_some_and(|t| t.kind == TokenKind::Number);
    let is_half_of_time = place.is(end, "an") || is_hour;
    has_comparator
        || change.role != Role::Level
        || follows && !is_half_of_time
        || is_slashed && place.tokens.len() <= 6
        || !is_slashed && is_of_several(place, measured)
        || measured.tokens.start < measured.numeral.start
        || is_predicate(place, measured)
        || is_whole_sentence(place, measured)
}

/// "two-thirds", "three halves": more than one part is said in a number's own right.
fn is_of_several(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.numeral.start;
    place.has(start, Tags::NUMBER)
        && !place.is(start, "one")
        && measured.numeral.form == Form::Fraction
}

/// "The answer is 12.", "there were two in the car", "42 is the limit": what a form of "be" says of a number, or of a thing
/// that is no person.
fn is_predicate(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    let end = measured.tokens.end;
    let is_be = |at: usize| place.at(at).is_some_and(|t| BE.hold(place.content, t));
    if start == 0 {
        return is_be(end);
    }
    if !is_be(start - 1) || start < 2 {
        return false;
    }
    if place.is(start - 2, "there") {
        return is_phrase_end(place, end);
    }
    let ends = place.at(end).is_none_or(|t| {
        matches!(t.kind, TokenKind::Dot | TokenKind::Question | TokenKind::Semicolon)
            && !t.has(flags::SPACE)
    });
    // "She is 12." is an age.
    let is_thing = place.at(start - 2).is_some_and(|t| {
        t.is_word()
            && !t.is(Tags::PRONOUN | Tags::FIRST_PERSON | Tags::RELATIVE)
            && (start == 2 || !t.is_capital())
    });
    ends && is_thing
}

/// "96 flats, 38 of them", "1,176 complaints, of which 930", "46 stores and plans 20 more": a number of what was counted before.
pub(super) fn is_of_those(place: &Place<'_>, start: usize, end: usize) -> bool {
    let is_those = |at: usize| place.at(at).is_some_and(|t| THOSE.hold(place.content, t));
    place.is(end, "of") && is_those(end + 1)
        || start > 1 && is_those(start - 1) && place.is(start - 2, "of")
        || place.is(end, "more") && is_phrase_end(place, end + 1) && !place.is(end + 1, "than")
}

static THOSE: Words<5> = Words::new(["them", "whom", "which", "these", "those"]);

/// "Class sizes average 27", "injuries totalled 31": a verb that takes a number.
fn is_averaged(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    // "a case numbered 5" is a label.
    start > 1
        && measured.quantity.numeral_span.len() > 1
        && place.at(start - 1).is_some_and(|t| AVERAGES.hold(place.content, t))
        && !place.has(start - 2, Tags::DETERMINER)
        && is_phrase_end(place, measured.tokens.end)
}

static AVERAGES: Words<8> = Words::new([
    "average",
    "averages",
    "averaged",
    "averaging",
    "totalled",
    "totaled",
    "totals",
    "numbered",
]);

/// Forms of "be" that say what a number is.
static BE: Words<6> = Words::new(["is", "was", "are", "were", "equals", "equal"]);

/// "1, 234, 567": a text of numbers alone.
fn is_list_of_numbers(place: &Place<'_>) -> bool {
    place.tokens.len() <= 16
        && place.tokens.iter().all(|t| t.kind == TokenKind::Number || t.kind == TokenKind::Comma)
}

/// "16,369.03 up 58.06 points", "down 0.1 per cent at 5884": a level beside its change.
fn is_beside_change(place: &Place<'_>, measured: &Measured, claims: &[Claim]) -> bool {
    let Range { start, end } = measured.tokens;
    let after = place.is(end, "up") || place.is(end, "down");
    if after
        && place.at(end + 1).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::CURRENCY))
    {
        return true;
    }
    start > 0
        && place.is(start - 1, "at")
        && claims
            .last()
            .is_some_and(|last| last.change.role == Role::ChangeBy && last.tokens.end + 2 >= start)
}

/// Whether a noun that has a number stands before: "the total is 12", "a crowd of 40", "the toll stood at 31".
pub(super) fn is_measured(place: &Place<'_>, start: usize) -> bool {
    let from = start.saturating_sub(7);
    let mut has_link = false;
    for at in (from..start).rev() {
        let Some(token) = place.at(at) else { return false };
        if token.is(Tags::MEASURING) {
            return has_link;
        }
        let is_link = LINKS.hold(place.content, token);
        has_link |= is_link;
        let goes_on = token.is_word()
            && (token.is(Tags::AUXILIARY | Tags::COMPARATOR | Tags::ADVERB | Tags::PREPOSITION)
                || has_link
                || is_link);
        if !goes_on || token.is(Tags::CONJUNCTION | Tags::RELATIVE) && !token.is(Tags::PREPOSITION)
        {
            return false;
        }
    }
    false
}

/// Between a noun that has a number and the number.
static LINKS: Words<14> = Words::new([
    "is", "was", "of", "at", "are", "were", "be", "to", "reached", "hit", "stood", "stands",
    "totalled", "totaled",
]);

/// "equal to", "exactly": said of the number itself. "only" and "just" say nothing of it.
pub(super) fn is_equation(place: &Place<'_>, at: usize) -> bool {
    ["equal", "equals", "equaling", "equalling", "exactly", "precisely"]
        .iter()
        .any(|word| place.is(at, word))
}

/// A number that is all there is: a cell, a fragment.
pub(super) fn is_whole_sentence(place: &Place<'_>, measured: &Measured) -> bool {
    let rest = place.tokens.len() - (measured.tokens.end - measured.tokens.start);
    rest == 0 || rest == 1 && place.tokens.last().is_some_and(|t| t.kind == TokenKind::Dot)
}

/// A number alone counts beside a comparator, in a change, or when it is written like a quantity.
fn is_bare_claim(
    place: &Place<'_>,
    measured: &Measured,
    has_comparator: bool,
    change: &Change,
    claims: &[Claim],
) -> bool {
    let numeral = &measured.numeral;
    let Some(first) = place.at(numeral.start) else { return false };
    let end = measured.tokens.end;
    if place.at(end).is_some_and(|t| {
        t.is_joined()
            && matches!(
                t.kind,
                TokenKind::Word | TokenKind::Slash | TokenKind::Colon | TokenKind::Symbol
            )
    }) {
        return false;
    }
    if place.at(end).is_some_and(|t| t.kind == TokenKind::Hyphen && t.is_joined()) {
        return false;
    }
    let start = measured.tokens.start;
    if is_of_those(place, start, end)
        && claims.iter().any(|other| other.measured.kind == NumericKind::Count)
    {
        return true;
    }
    if is_whole_sentence(place, measured)
        || start > 0 && place.is(start - 1, "magnitude")
        || is_predicate(place, measured)
        || is_averaged(place, measured)
        || is_beside_change(place, measured, claims)
        || is_list_of_numbers(place)
    {
        return true;
    }
    let is_tied = claims.last().is_some_and(|last| {
        last.measured.evidence <= Evidence::Noun
            && last.measured.kind != NumericKind::Age
            && measured.tokens.start - last.tokens.end <= 14
            && measured.tokens.start > last.tokens.end + 1
    });
    if is_tied && is_coordinated(place, measured.tokens.start) && is_phrase_end(place, end) {
        return true;
    }
    // "minus five", "two point five", "between 26.9 and 27.2", "a population of 18"
    let is_signed = measured.tokens.start < numeral.start;
    let text = first.text(place.content);
    let is_pointed = text.contains('.') || place.is(numeral.start + 1, "point");
    let is_ranged = matches!(measured.quantity.amount, Amount::Interval { .. });
    if is_signed && numeral.form == Form::Words
        || is_pointed && (is_ranged || numeral.form == Form::Words)
    {
        return true;
    }
    if is_phrase_end(place, end) && is_measured(place, measured.tokens.start) {
        return true;
    }
    if change.role != Role::Level && change.word.is_some() {
        // "cut from 12 hours to ten", "from ten to six"
        let is_end = claims.last().is_some_and(|last| last.change.word == change.word)
            || change.role == Role::ChangeFrom && place.is(end, "to");
        return numeral.form == Form::Digits
            || has_comparator
            || change.is_behind
            || is_end && is_phrase_end(place, end);
    }
    if numeral.form != Form::Digits {
        return has_comparator
            && value_of(numeral).is_some_and(|value| value > crate::fact::Decimal::whole(12))
            && !place.has(end, Tags::PREPOSITION);
    }
    let text = first.text(place.content);
    let is_grouped =
        text.contains(',') && text.len() >= 5 || !is_ranged && numeral.end > numeral.start + 1;
    let is_large = text.len() >= 2;
    has_comparator && is_large || is_grouped
}
