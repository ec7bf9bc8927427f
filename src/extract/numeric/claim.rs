//! Whether the words around a number that is no name show that it is a quantity.

use std::ops::Range;

use super::Claim;
use super::change::Change;
use super::comparator;
use super::settle::{is_coordinated, is_phrase_end};
use crate::fact::{Amount, Decimal, NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::numeral::{Form, value_of};
use crate::phrase::place::Place;
use crate::phrase::quantity::{Evidence, Measured};
use crate::token::{TokenKind, Words, flags};

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
    let follows = place
        .is_any(end, &["of", "the", "its", "their", "our", "his", "her", "a", "those", "these"]);
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
        || start > 0 && place.is_kind(start - 1, TokenKind::Comma) && is_off_mark(place, end)
        // "Of 76 suspects, 29 were released"
        || place.is(0, "of")
            && start > 2
            && (place.is_kind(start - 1, TokenKind::Comma) || place.has(start - 1, Tags::AND))
            && (place.has(end, Tags::AUXILIARY | Tags::PAST_VERB)
                || place.at(end).is_some_and(|t| t.ends_with(place.content, "ed")))
        // "nine soldiers died and another 21 were hurt"
        || start > 1
            && place.is(start - 1, "another")
            && (place.has(start - 2, Tags::AND) || place.is_kind(start - 2, TokenKind::Comma))
            && place.has(end, Tags::AUXILIARY)
}

/// "112 seats, four short of a majority", "1,180 pupils, 240 over capacity"
fn is_off_mark(place: &Place<'_>, at: usize) -> bool {
    place.is(at, "short") && place.is(at + 1, "of")
        || place.is_any(at, &["over", "under", "above", "below"])
            && place.is_any(at + 1, &["capacity", "target", "quota", "strength"])
}

/// Whether "of them" may be of what a claim counts: things, hours, miles.
pub(super) fn has_those(claim: &Claim) -> bool {
    matches!(claim.measured.kind, NumericKind::Count | NumericKind::Duration | NumericKind::Measure)
        && claim.measured.evidence <= Evidence::Noun
}

static THOSE: Words<5> = Words::new(["them", "whom", "which", "these", "those"]);

/// "built for 540 inmates, holds 812", "promised 5,000 homes and built 1,150": what is had or done of the things counted before.
pub(super) fn is_taken(place: &Place<'_>, start: usize, end: usize) -> bool {
    start > 1
        && place.at(start - 1).is_some_and(|t| TAKES.hold(place.content, t))
        && (is_phrase_end(place, end) || place.is_kind(end, TokenKind::Dash))
        && !place.is_any(end, &["of", "to", "per"])
}

static TAKES: Words<29> = Words::new([
    "promised",
    "pledged",
    "sent",
    "holds",
    "hold",
    "held",
    "has",
    "have",
    "had",
    "built",
    "builds",
    "received",
    "got",
    "sold",
    "hired",
    "delivered",
    "closed",
    "opened",
    "rejected",
    "approved",
    "accepted",
    "returned",
    "kept",
    "needed",
    "needs",
    "bought",
    "ordered",
    "completed",
    "lost",
]);

/// "killed two and injured 11", "left 30 dead": people, where nothing else is counted.
pub(super) fn is_of_casualties(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    if measured.evidence != Evidence::Bare
        || measured.kind != NumericKind::Bare
        || !value_of(&measured.numeral).is_some_and(Decimal::is_whole)
    {
        return false;
    }
    let is_hunted = || place.tokens.iter().any(|t| HUNTERS.hold(place.content, t));
    // "At least 12 were injured"
    if place.has(end, Tags::AUXILIARY)
        && place.at(end + 1).is_some_and(|t| HURT.hold(place.content, t))
        && (is_free_subject(place, start)
            // "…, and 116 were killed"
            || start > 1 && place.has(start - 1, Tags::AND) && place.is_kind(start - 2, TokenKind::Comma))
        && !is_hunted()
    {
        return true;
    }
    // "At least nine died", "a block in which nine died"
    if place.is_any(end, DIED)
        && (is_free_subject(place, start)
            || place.is_any(start - 1, &["which", "where", "when"])
                && !place.is(start.saturating_sub(2), "of"))
        && !is_hunted()
    {
        return true;
    }
    // "Eleven of the dead"
    if place.is(end, "of")
        && (place.is(end + 1, "the") || place.is(end + 1, "those"))
        && place.at(end + 2).is_some_and(|t| HARM.hold(place.content, t))
        && is_phrase_end(place, end + 3)
    {
        return true;
    }
    if start == 0 {
        return false;
    }
    let mut verb = start - 1;
    while verb > 0 && place.has(verb, Tags::COMPARATOR) && start - verb < 4 {
        verb -= 1;
    }
    let is_year = place.at(start).is_some_and(|t| t.span.len() == 4);
    // "poachers killed 23": elephants, say.
    let is_harmed = place.at(verb).is_some_and(|t| HARMED.hold(place.content, t))
        && is_phrase_end(place, end)
        && !place.is_any(end, &["of", "another"])
        && !is_hunted();
    let is_state =
        place.at(end).is_some_and(|t| HARM.hold(place.content, t)) && is_phrase_end(place, end + 1);
    !is_year && (is_harmed || is_state)
}

/// Whether a number at `start` stands for those it counts, and nothing before it in its sentence may be counted.
fn is_free_subject(place: &Place<'_>, start: usize) -> bool {
    let is_comparator = |at| {
        place.has(at, Tags::COMPARATOR | Tags::PREPOSITION | Tags::AND)
            || place.is_any(at, &["least", "most", "many", "few"])
    };
    start < 5 && (0..start).all(is_comparator)
}

/// How people are lost, behind their number.
const DIED: &[&str] = &["died", "drowned", "perished"];

/// What is done to people alone, behind "were".
static HURT: Words<12> = Words::new([
    "killed",
    "injured",
    "hurt",
    "wounded",
    "arrested",
    "detained",
    "hospitalised",
    "hospitalized",
    "jailed",
    "charged",
    "convicted",
    "evacuated",
]);

/// What is done to people alone.
static HARMED: Words<18> = Words::new([
    "employ",
    "employs",
    "employed",
    "employing",
    "killed",
    "killing",
    "kills",
    "injured",
    "injuring",
    "injures",
    "wounded",
    "wounding",
    "wounds",
    "arrested",
    "arresting",
    "detained",
    "detaining",
    "hospitalised",
]);

/// Those who kill animals.
static HUNTERS: Words<10> = Words::new([
    "poachers",
    "hunters",
    "farmers",
    "fishermen",
    "trappers",
    "vets",
    "whalers",
    "wolves",
    "dogs",
    "cats",
]);

/// What people are said to be, behind their number.
static HARM: Words<12> = Words::new([
    "dead",
    "injured",
    "wounded",
    "hurt",
    "homeless",
    "killed",
    "hospitalised",
    "hospitalized",
    "unaccounted",
    "displaced",
    "missing",
    "arrested",
]);

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

/// "16,369.03 up 58.06 points", "down 0.4 per cent at 6120": a level beside its change.
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
    place.is_any(at, &["equal", "equals", "equaling", "equalling", "exactly", "precisely"])
}

/// "less than 5", "5 or more": a bound and its number, and nothing else.
fn is_compared_alone(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    let last = place.tokens.len()
        - usize::from(place.tokens.last().is_some_and(|t| t.kind == TokenKind::Dot));
    place.tokens.len() <= LONGEST_BOUND
        && (end == last && comparator::before(place, start).is_some_and(|(_, len)| len == start)
            || start == 0
                && comparator::after(place, end).is_some_and(|(_, len)| end + len == last))
}

/// Tokens of the longest bound and its number.
const LONGEST_BOUND: usize = 9;

/// A number that is all there is: a cell, a fragment.
pub(super) fn is_whole_sentence(place: &Place<'_>, measured: &Measured) -> bool {
    let rest = place.tokens.len() - (measured.tokens.end - measured.tokens.start);
    rest == 0 || rest == 1 && place.tokens.last().is_some_and(|t| t.kind == TokenKind::Dot)
}

/// Tokens from things counted to a number of them that is had.
const FARTHEST_TAKEN: usize = 12;

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
    let is_whole = value_of(numeral).is_some_and(Decimal::is_whole);
    if is_whole && is_of_those(place, start, end) && claims.iter().any(has_those) {
        return true;
    }
    if has_comparator && is_compared_alone(place, measured) {
        return true;
    }
    if is_taken(place, start, end)
        && claims.last().is_some_and(|last| {
            last.measured.kind == NumericKind::Count
                && last.measured.evidence == Evidence::Noun
                && start - last.tokens.end < FARTHEST_TAKEN
        })
        && numeral.form != Form::Fraction
    {
        return true;
    }
    if is_whole_sentence(place, measured)
        || start > 0 && place.is(start - 1, "magnitude")
        || place.is(end, "on") && place.is(end + 2, "richter")
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
            && (measured.tokens.start > last.tokens.end + 1
                // "9.1 percent versus 10.6", but not "9 pm and 10"
                || place.is_any(last.tokens.end, &["versus", "against", "vs", "vs."]))
    });
    if is_tied && is_coordinated(place, measured.tokens.start) && is_phrase_end(place, end) {
        return true;
    }
    // "won 52.3 percent to Mr Diaz's 46.1"
    let is_of_rival = || {
        (place.is(start - 1, "'s") || place.is(start - 1, "’s"))
            && claims.last().is_some_and(|last| place.is(last.tokens.end, "to"))
            && place.is_capital(start.saturating_sub(2))
    };
    if is_tied && start > 0 && is_of_rival() && is_phrase_end(place, end) {
        return true;
    }
    // "minus five", "two point five", "between 31.4 and 31.8", "a population of 18"
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
        // "rose by five to 45"
        // "up two points, with the Socialists down three"
        let is_points = || {
            (place.is(start - 1, "up") || place.is(start - 1, "down"))
                && claims.iter().any(|by| {
                    by.change.role == Role::ChangeBy
                        && matches!(
                            by.measured.kind,
                            NumericKind::Index | NumericKind::PercentagePoint
                        )
                })
        };
        let is_step = change.role == Role::ChangeBy
            && start > 0
            && (place.is(start - 1, "by") || is_points())
            && !place.is(end, "of");
        return numeral.form == Form::Digits
            || has_comparator
            || change.is_behind
            || (is_end || is_step) && is_phrase_end(place, end);
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
