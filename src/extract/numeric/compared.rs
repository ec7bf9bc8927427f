//! Dates of what a claim is only compared with: "more than in 2022", "half the rate of 2014", "the lowest since May".

use super::Claim;
use crate::fact::{NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::place::Place;
use crate::token::{Token, TokenKind, Words};

/// "higher than in 2022", "more than last year": the date of what is compared with.
pub(super) fn is_base(place: &Place<'_>, date: usize) -> bool {
    // "a 1958 model with"
    let is_kind = date > 0
        && place.is(date - 1, "a")
        && place.at(date + 1).is_some_and(|t| DATED.hold(place.content, t));
    is_kind
        || is_since_best(place, date)
        || is_level_of(place, date)
        || (1..3).any(|back| date.checked_sub(back).is_some_and(|at| place.is(at, "than")))
        || is_than_then(place, date)
}

/// What has its year for a name.
static DATED: Words<8> =
    Words::new(["model", "car", "version", "vintage", "edition", "house", "tractor", "painting"]);

/// "than was forecast in November", "than we did in 2022"
fn is_than_then(place: &Place<'_>, date: usize) -> bool {
    let is_inside =
        |at: &usize| place.at(*at).is_some_and(|t| t.is_word() && !t.is(Tags::NUMBER | Tags::AND));
    let mut back = (date.saturating_sub(FARTHEST_THAN)..date).rev().take_while(is_inside);
    back.find(|&at| place.is(at, "than")).is_some_and(|than| {
        place.at(than + 1).is_some_and(|t| {
            t.is(Tags::PRONOUN | Tags::AUXILIARY | Tags::FIRST_PERSON)
                || THEN.hold(place.content, t)
        })
    })
}

/// Tokens from "than" to the date of what is compared with.
const FARTHEST_THAN: usize = 7;

/// Behind "than", what somebody thought or had then.
static THEN: Words<8> = Words::new([
    "forecast",
    "expected",
    "predicted",
    "planned",
    "analysts",
    "that",
    "those",
    "budgeted",
]);

/// "as many as last year", "half the rate of 2014", "31 cm short of its 2015 record", "up 18 % on 2022": the date of what a
/// claim before it is compared with.
pub(super) fn is_compared(place: &Place<'_>, claim: &Claim, date: usize) -> bool {
    if date < claim.tokens.end || date == 0 {
        return false;
    }
    let is_multiple = matches!(claim.measured.kind, NumericKind::Multiple | NumericKind::Fraction)
        && claim.change.role == Role::Level;
    let is_as = || {
        (date.saturating_sub(2)..date).any(|at| {
            place.is(at, "as")
                && (at.saturating_sub(4)..at).any(|at| place.is(at, "as") || place.is(at, "same"))
        })
    };
    let is_on =
        claim.change.role == Role::ChangeBy && place.is(date - 1, "on") && is_past(place, date);
    // "a reduction of 5 % from a year earlier", "unchanged from last year"
    let is_from = place.is(date - 1, "from")
        && (claim.change.role == Role::ChangeBy
            && is_past(place, date)
            && claim.tokens.end + 1 == date
            || date > 1 && place.is_any(date - 2, &["unchanged", "up", "down"]));
    // "4.9 %, well below July's rate"
    let is_below = || place.is(date - 1, "below") || place.is(date - 1, "above");
    // "31 cents a share, compared with a year-earlier 20 cents"
    let is_against = (date.saturating_sub(2)..date).any(|at| {
        place.is(at, "against")
            || place.is(at, "versus")
            || place.is(at, "compared") && (place.is(at + 1, "with") || place.is(at + 1, "to"))
    });
    is_against
        || is_below()
        || is_multiple && (is_as() || is_of_then(place, claim.tokens.end, date))
        || is_on
        || is_from
        || is_as_then(place, date)
        || is_mark_of(place, date)
}

/// "last week", "a year earlier", "2022", "the year": behind "on", what a change is compared with.
fn is_past(place: &Place<'_>, date: usize) -> bool {
    place.is(date, "last")
        || place.is(date, "the") && place.is_any(date + 1, &["month", "quarter", "year"])
        || place.is(date, "a")
        || place.is_kind(date, TokenKind::Number)
            && place.at(date).is_some_and(|t| t.span.len() == 4)
}

/// "as many as in 2022", "half as much again as in 2022"; but "as early as 2026" is a time.
fn is_as_then(place: &Place<'_>, date: usize) -> bool {
    // "about as many as it had in 2021"
    let is_word = |at: &usize| place.at(*at).is_some_and(Token::is_word);
    let mut back = (date.saturating_sub(5)..date).rev().take_while(is_word);
    let Some(second) = back.find(|&at| place.is(at, "as")) else { return false };
    (second.saturating_sub(4)..second).any(|at| place.is(at, "as"))
        && !place.at(second.saturating_sub(1)).is_some_and(|t| WHENCE.hold(place.content, t))
}

/// Between the two "as" of a time.
static WHENCE: Words<7> = Words::new(["early", "soon", "late", "recently", "far", "long", "back"]);

/// "half the rate of 2014", "a quarter of what it cost in 2018"; but of "half of it this year", this year's.
fn is_of_then(place: &Place<'_>, from: usize, date: usize) -> bool {
    place.is(date - 1, "of")
        || date > 1 && place.is(date - 2, "of") && place.has(date - 1, Tags::DETERMINER)
        || place.is(from, "of") && place.is(from + 1, "what")
        || place.is(from, "what")
}

/// "its 2015 record", "the 1991-2020 mean": what was reached at a date that begins at `date`.
fn is_mark_of(place: &Place<'_>, date: usize) -> bool {
    let range = usize::from(place.is_kind(date + 1, TokenKind::Hyphen)) * 2;
    // "its November 2022 high"
    let year = usize::from(range == 0 && place.is_kind(date + 1, TokenKind::Number));
    place.at(date + 1 + range + year).is_some_and(|t| MARKS.hold(place.content, t))
        && place.has(date - 1, Tags::DETERMINER)
}

/// Behind a date, what was reached then.
static MARKS: Words<11> = Words::new([
    "record", "peak", "high", "low", "total", "mark", "average", "figure", "mean", "baseline",
    "norm",
]);

/// "up from 7.95 billion a year ago", "compared with 71 % in 2023": the date of another claim alone, behind it.
pub(super) fn is_of_other(place: &Place<'_>, claims: &[Claim], at: usize, date: usize) -> bool {
    is_of_end(claims, at, date) || is_beside(place, claims, at, date)
}

/// "rises to 3 % by 2030 from 2.1 %": the date of what a change comes to is not that of what it begins with.
fn is_of_end(claims: &[Claim], at: usize, date: usize) -> bool {
    let Some([to, from]) = at.checked_sub(1).and_then(|to| claims.get(to..=at)) else {
        return false;
    };
    from.change.role == Role::ChangeFrom
        && to.change.role == Role::ChangeTo
        && (to.tokens.end..from.tokens.start).contains(&date)
}

fn is_beside(place: &Place<'_>, claims: &[Claim], at: usize, date: usize) -> bool {
    claims.iter().enumerate().any(|(other, found)| {
        let end = found.tokens.end;
        // "in 2022", "in the same period of 2022"
        let is_next = end == date
            || end < date
                && date - end <= 5
                && place.has(end, Tags::PREPOSITION)
                && (end..date).all(|at| place.at(at).is_some_and(Token::is_word));
        let start = found.tokens.start;
        let is_compared = || {
            start > 1
                && (place.is(start - 1, "against")
                    || place.is(start - 1, "versus")
                    || (place.is(start - 1, "with") || place.is(start - 1, "to"))
                        && place.is(start - 2, "compared"))
        };
        // "up two points on last week, while Labour was on 33 %"
        let is_on = || {
            // "0.6 % up on a year ago"
            let end = found.change.word.as_ref().map_or(end, |word| end.max(word.end));
            found.change.role == Role::ChangeBy
                && place.is(end, "on")
                && end + 1 == date
                && is_past(place, date)
        };
        other != at
            && (is_on() || is_next && (found.change.role == Role::ChangeFrom || is_compared()))
    })
}

/// "the lowest since May 2023", "the smallest rise since 1992": the date of what was lower.
fn is_since_best(place: &Place<'_>, date: usize) -> bool {
    if place.tags & Tags::TIME_RELATION == 0 {
        return false;
    }
    let is_word = |at: &usize| place.at(*at).is_some_and(Token::is_word);
    let back = |from: usize, reach: usize| (from.saturating_sub(reach)..from).rev();
    let since = (date..=date + 1).rev().find(|&at| place.is(at, "since")).or_else(|| {
        // "since records began in 1961"
        back(date, 4).take_while(is_word).find(|&at| place.is(at, "since"))
    });
    let Some(since) = since else { return false };
    back(since, 8).take_while(is_word).any(|at| {
        place.at(at).is_some_and(|t| {
            BEST.hold(place.content, t) || t.span.len() > 5 && t.ends_with(place.content, "est")
        })
    })
}

/// Superlatives that do not end in "est", or are short.
static BEST: Words<6> = Words::new(["most", "least", "best", "worst", "first", "only"]);

/// "43 % below 2019 levels"
fn is_level_of(place: &Place<'_>, date: usize) -> bool {
    (place.is(date + 1, "levels") || place.is(date + 1, "level"))
        && date.checked_sub(1).is_some_and(|at| place.has(at, Tags::PREPOSITION | Tags::COMPARATOR))
}
