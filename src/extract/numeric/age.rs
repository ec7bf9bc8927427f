//! Ages that stand without a unit: "Ada Moss, 44,", "aged 28 and 52", "at the age of 21".

use std::borrow::Cow;
use std::ops::Range;

use crate::fact::{Amount, Decimal, NumericKind};
use crate::lexicon::Tags;
use crate::phrase::numeral::Form;
use crate::phrase::place::Place;
use crate::phrase::quantity::{Evidence, Measured};
use crate::phrase::range::low;
use crate::token::{Token, TokenKind, Words, flags};

use super::Claim;
use super::settle::is_phrase_end;

/// The quantity as an age, when the words around it make it one.
pub(super) fn age(
    place: &Place<'_>,
    measured: &Measured,
    claims: &[Claim],
) -> Option<Box<Measured>> {
    let start = measured.tokens.start;
    let is_years = measured.kind == NumericKind::Duration
        && measured.quantity.unit_name.as_deref() == Some("year");
    if measured.evidence != Evidence::Bare && !is_years || start == 0 {
        return None;
    }
    if let Some(decade) = decade_of_life(place, measured) {
        return Some(decade);
    }
    let value = low(measured.quantity.amount)?;
    let is_plausible = value > Decimal::ZERO && value < Decimal::whole(120) && value.is_whole();
    if !is_plausible || measured.numeral.form == Form::Scaled {
        return None;
    }
    if is_led(place, start) {
        return Some(made(place, measured));
    }
    if is_years {
        return None;
    }
    if is_bound_of_people(place, measured) || is_reached(place, measured) {
        return Some(made(place, measured));
    }
    if is_said_of_person(place, measured) {
        return Some(made(place, measured));
    }
    if is_behind_person(place, measured) {
        return Some(made(place, measured));
    }
    let follows_age = claims.last().is_some_and(|last| {
        last.measured.kind == NumericKind::Age
            && start - last.tokens.end <= 2
            && (place.has(start - 1, Tags::AND)
                || place.is(start - 1, "or")
                || place.is_kind(start - 1, TokenKind::Comma)
                || place.is(start - 1, "to"))
    });
    (follows_age || is_behind_name(place, measured)).then(|| made(place, measured))
}

/// "in his 70s", "women in their late 30s": ten years of life.
pub(super) fn decade_of_life(place: &Place<'_>, measured: &Measured) -> Option<Box<Measured>> {
    let Range { start, end } = measured.tokens;
    let is_plural = start > 0
        && measured.numeral.form == Form::Digits
        && place.is_joined(end)
        && place.is_any(end, &["s", "'s", "’s"]);
    if !is_plural {
        return None;
    }
    let low = low(measured.quantity.amount)?;
    let tens = low.to_i64().filter(|tens| (20..=100).contains(tens) && tens % 10 == 0)?;
    let part = ["early", "mid", "late"];
    let hyphen = usize::from(place.is_kind(start - 1, TokenKind::Hyphen));
    let is_part = start > hyphen && part.iter().any(|word| place.is(start - 1 - hyphen, word));
    let owner = start.checked_sub(1 + if is_part { 1 + hyphen } else { 0 })?;
    let is_owned = place.is_any(owner, &["his", "her", "their", "my", "our", "your"]);
    if !(is_owned && owner > 0 && place.is(owner - 1, "in")) {
        return None;
    }
    let mut out = made(place, measured);
    out.tokens.end = end + 1;
    out.quantity.span = place.span(out.tokens.clone());
    out.quantity.amount = Amount::Interval {
        low: Some(low),
        high: Some(Decimal::whole(tens + 9)),
        low_open: false,
        high_open: false,
    };
    out.numeral.amount = out.quantity.amount;
    Some(out)
}

/// Where "the age of" before an age begins.
pub(super) fn lead(place: &Place<'_>, start: usize) -> Option<usize> {
    let age = start.checked_sub(2)?;
    let is_led = place.is(age, "age") && place.is(age + 1, "of");
    is_led.then(|| age - usize::from(age > 0 && place.is(age - 1, "the")))
}

/// "aged 28", "age 21", "the age of 21", "under the age of 5 years".
fn is_led(place: &Place<'_>, start: usize) -> bool {
    let is_age = |at: usize| place.is(at, "aged") || place.is(at, "age") || place.is(at, "ages");
    if is_age(start - 1) {
        return true;
    }
    (2..5).any(|back| {
        start.checked_sub(back).is_some_and(|at| {
            is_age(at)
                && (place.is(at + 1, "of")
                    || place.is(at + 1, "between")
                    || place.is(at, "aged")
                    || place.is(at, "ages"))
                && (at + 1..start).all(|at| {
                    place.has(at, Tags::PREPOSITION | Tags::COMPARATOR)
                        || place.is(at, "than")
                        || place.is(at, "least")
                })
        })
    })
}

/// "who is 81,", "she was 44 when", "he turned 50.": a form of "be" behind a pronoun of a person.
fn is_said_of_person(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    let verb = start - 1;
    let verb = verb - usize::from(verb > 0 && place.is_any(verb, &["now", "only", "just"]));
    let is_be = place.is_any(verb, &["is", "was", "am", "turned", "turns", "'s", "’s", "'m", "’m"]);
    // "the median age in Italy is 48"
    let is_age = || {
        measured.numeral.form == Form::Digits
            && (verb.saturating_sub(FARTHEST_AGE)..verb)
                .rev()
                .take_while(|&at| place.at(at).is_some_and(Token::is_word))
                .any(|at| place.is(at, "age") && !place.has(at + 1, Tags::NUMBER))
    };
    let is_person = is_age()
        || verb.checked_sub(1).is_some_and(|at| {
            place.is_any(at, &["he", "she", "who", "i"])
            // "the typical buyer is 34"
            || at > 0
                && place.at(at).is_some_and(|t| TYPICAL.hold(place.content, t) || t.is(Tags::ROLE))
                && measured.numeral.form == Form::Digits
            || place.has(at, Tags::GIVEN_NAME)
            || at > 0 && place.has(at - 1, Tags::GIVEN_NAME) && place.is_capital(at)
        });
    let ends = place.at(end).is_none_or(|t| {
        matches!(t.kind, TokenKind::Comma | TokenKind::Dot | TokenKind::Semicolon)
            && !t.has(flags::SPACE)
    }) || place.is_any(end, &["and", "when", "but", "years"])
        || place.is(end, "at") && place.is(end + 1, "the") && place.is(end + 2, "time");
    is_be && is_person && ends && measured.evidence == Evidence::Bare
}

/// Tokens from "age" to the verb that says it.
const FARTHEST_AGE: usize = 6;

/// Those whose age is told of the typical one.
static TYPICAL: Words<24> = Words::new([
    "buyer", "voter", "farmer", "worker", "patient", "driver", "viewer", "reader", "teacher",
    "nurse", "mother", "father", "victim", "suspect", "prisoner", "player", "man", "woman",
    "member", "user", "customer", "judge", "retiree", "graduate",
]);

/// "a man of 54 was charged", "who died at 91": the age of one, or at which a life turned.
fn is_reached(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    let Some(before) = start.checked_sub(2).and_then(|at| place.at(at)) else { return false };
    let is_adult = low(measured.quantity.amount).is_some_and(|value| value > Decimal::whole(3));
    let is_led = place.is(start - 1, "of") && PEOPLE.hold(place.content, before)
        || place.is(start - 1, "at") && TURNS.hold(place.content, before);
    is_led
        && is_adult
        && measured.numeral.form == Form::Digits
        && (is_phrase_end(place, end) || place.has(end, Tags::PAST_VERB))
        && !place.is(end, "of")
        && !place.has(end + 1, Tags::TIME_UNIT)
}

/// What comes at an age.
static TURNS: Words<10> = Words::new([
    "died", "dies", "dying", "retired", "retires", "retire", "retiring", "married", "orphaned",
    "widowed",
]);

/// "children under 12", "people over 65": a bound behind a word for people.
fn is_bound_of_people(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    start > 1
        && (place.is(start - 1, "under") || place.is(start - 1, "over"))
        && place.at(start - 2).is_some_and(|t| AGED.hold(place.content, t))
        && (is_phrase_end(place, end) || place.at(end).is_some_and(Token::is_word))
}

/// People who are told apart by age.
static AGED: Words<41> = Words::new([
    "passengers",
    "pensioners",
    "savers",
    "tenants",
    "buyers",
    "visitors",
    "applicants",
    "employees",
    "students",
    "athletes",
    "migrants",
    "travellers",
    "babies",
    "teens",
    "customers",
    "taxpayers",
    "respondents",
    "juniors",
    "teenagers",
    "children",
    "kids",
    "youngsters",
    "pupils",
    "people",
    "adults",
    "those",
    "anyone",
    "everyone",
    "men",
    "women",
    "boys",
    "girls",
    "voters",
    "residents",
    "patients",
    "drivers",
    "players",
    "users",
    "citizens",
    "workers",
    "smokers",
]);

/// "a woman, 34, was", "two men, 22 and 34,": between commas behind a word for people.
fn is_behind_person(place: &Place<'_>, measured: &Measured) -> bool {
    let Range { start, end } = measured.tokens;
    let is_set_off = start > 1
        && place.is_kind(start - 1, TokenKind::Comma)
        && place.at(end).is_some_and(|t| t.kind == TokenKind::Comma || t.is(Tags::AND));
    let is_adult = low(measured.quantity.amount).is_some_and(|value| value > Decimal::whole(3));
    is_set_off
        && is_adult
        && measured.numeral.form == Form::Digits
        && place.at(start - 2).is_some_and(|t| PEOPLE.hold(place.content, t) || t.is(Tags::ROLE))
        && measured.evidence == Evidence::Bare
}

/// Words for people whose ages are told.
pub(super) static PEOPLE: Words<22> = Words::new([
    "man",
    "men",
    "woman",
    "women",
    "boy",
    "boys",
    "girl",
    "girls",
    "teenager",
    "teenagers",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "son",
    "daughter",
    "mother",
    "father",
    "wife",
    "husband",
    "suspects",
    "pensioner",
]);

/// "Ada Moss, 44,", "Moss, 58.", "Ada Moss (44)".
fn is_behind_name(place: &Place<'_>, measured: &Measured) -> bool {
    let start = measured.tokens.start;
    let end = measured.tokens.end;
    let value = low(measured.quantity.amount);
    let is_adult = value.is_some_and(|value| value >= Decimal::whole(4));
    if measured.numeral.form != Form::Digits
        || !is_adult
        || measured.quantity.numeral_span.len() > 3
    {
        return false;
    }
    let is_closed = place.at(end).is_none_or(|t| {
        matches!(
            t.kind,
            TokenKind::Comma
                | TokenKind::Dot
                | TokenKind::CloseBracket
                | TokenKind::Semicolon
                | TokenKind::CloseQuote
        )
    });
    let is_name = |at: usize| place.at(at).is_some_and(|t| t.is_capital() && !t.is(NOT_NAMES));
    let sign = start - 1;
    let is_comma = place.is_kind(sign, TokenKind::Comma);
    let is_bracket =
        place.is_kind(sign, TokenKind::OpenBracket) && place.is_kind(end, TokenKind::CloseBracket);
    if is_comma || is_bracket {
        let Some(name) = sign.checked_sub(1) else { return false };
        let is_full = name > 0 && is_name(name - 1);
        let is_alone = name > 0 && !is_bracket || name == 0;
        // "On May 5, 44," and "Paris, 12." are no ages: a name of a person, or a name that opens the sentence or clause.
        let is_person = is_full
            || is_alone
                && value.is_some_and(|value| value >= Decimal::whole(16))
                && !place.at(name).is_some_and(|t| t.has(flags::UPPER));
        return is_closed
            && is_name(name)
            && is_person
            && !(name > 0 && place.has(name - 1, Tags::PREPOSITION) && !is_full);
    }
    // "Ada Moss 44 has": where commas were lost.
    let is_given = start >= 2
        && place.has(start - 2, Tags::GIVEN_NAME)
        && is_name(start - 2)
        && is_name(start - 1);
    let goes_on =
        place.at(end).is_some_and(|t| t.is(Tags::AUXILIARY | Tags::PAST_VERB | Tags::RELATIVE));
    is_given && goes_on
}

fn made(place: &Place<'_>, measured: &Measured) -> Box<Measured> {
    let mut out = Box::new(measured.clone());
    let year = place.lexicon.units.named("year of age");
    out.kind = NumericKind::Age;
    out.evidence = Evidence::Unit;
    out.quantity.unit_name = Some(Cow::Borrowed("year of age"));
    out.quantity.unit_code = year.and_then(|unit| unit.code);
    out
}

/// "Stoxx 50 -1.3%": a percentage with a sign is a change.
pub(super) fn is_signed(place: &Place<'_>, measured: &Measured) -> Option<bool> {
    let sign: &Token = place.at(measured.tokens.start)?;
    let is_minus = matches!(sign.kind, TokenKind::Hyphen | TokenKind::Dash);
    let is_plus = sign.kind == TokenKind::Symbol && sign.text(place.content) == "+";
    let is_value = matches!(measured.quantity.amount, Amount::Value(_));
    (measured.kind == NumericKind::Percent && is_value && (is_minus || is_plus)).then_some(is_plus)
}

/// Classes of words with a capital that are no names.
const NOT_NAMES: u64 = Tags::MONTH
    | Tags::WEEKDAY
    | Tags::PREPOSITION
    | Tags::DETERMINER
    | Tags::CONJUNCTION
    | Tags::PRONOUN
    | Tags::ADVERB
    | Tags::NUMBER_LABEL
    | Tags::AUXILIARY;
