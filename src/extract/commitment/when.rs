//! By when: the times and terms of office that bound an act, in front of it, in it and behind an aside.

use super::Scene;
use crate::fact::time::When;
use crate::fact::{Kind, TimeValue, TimexType};
use crate::lexicon::Tags;
use crate::phrase::name;
use crate::token::{Token, TokenKind, Words};

/// "In 2026 …", "From 1 June, …", "Next year …" in front of the subject.
pub(super) fn deadline_in_front(scene: &Scene<'_>, first: u32) -> Option<(u32, u32)> {
    let end = if first > scene.from && scene.kind(first - 1) == TokenKind::Comma {
        first - 1
    } else {
        first
    };
    if let Some(to) = term_at(scene, scene.from).filter(|to| *to == end) {
        return Some((scene.from, to));
    }
    let (from, to) =
        end.checked_sub(1).filter(|at| *at >= scene.from).and_then(|at| scene.date_at(at))?;
    let start = with_preposition(scene, from);
    let is_start = start == scene.from
        || matches!(scene.kind(start.saturating_sub(1)), TokenKind::Colon | TokenKind::Comma)
        || start == scene.from + 1 && scene.has(scene.from, Tags::CONJUNCTION);
    // "Now we will": when it is said, not by when it is done.
    let is_now = to == from + 1 && scene.is_any(from, &["now", "currently"]);
    let is_past = scene.is_any(start, &["since", "of"]);
    (to == end && is_start && start >= scene.from && !is_past && !is_now).then_some((start, to))
}

/// The preposition in front of a time is of its phrase.
fn with_preposition(scene: &Scene<'_>, from: u32) -> u32 {
    let mut start = from;
    for phrase in [
        &["no", "later", "than"][..],
        &["not", "later", "than"],
        &["no", "earlier", "than"],
        &["no", "sooner", "than"],
        &["as", "early", "as"],
        &["as", "soon", "as"],
        &["ahead", "of"],
        &["prior", "to"],
    ] {
        let len = phrase.len() as u32;
        if start >= scene.from + len
            && phrase.iter().enumerate().all(|(at, word)| scene.is(start - len + at as u32, word))
        {
            return start - len;
        }
    }
    if start > scene.from && scene.is_any(start - 1, &["the", "its", "their", "our", "his", "her"])
    {
        start -= 1;
    }
    let leads = |at: u32| {
        let word = scene.text.tokens.get(at as usize).filter(|_| at < scene.to);
        word.is_some_and(|word| TIMES.hold(scene.text.content, word))
    };
    // "on 18 and 19 September"
    if start > scene.from + 2
        && (scene.has(start - 1, Tags::AND) || scene.is(start - 1, "or"))
        && scene.kind(start - 2) == TokenKind::Number
        && scene.kind(from) == TokenKind::Number
        && leads(start - 3)
    {
        return start - 3;
    }
    // "between April and September", "from 2025 to 2028"
    if let Some(begin) = range_begin(scene, start) {
        return begin;
    }
    if start > scene.from && leads(start - 1) { start - 1 } else { from }
}

/// Where a range begins whose second time stands at `second`: another time and its preposition in front.
fn range_begin(scene: &Scene<'_>, second: u32) -> Option<u32> {
    let link = second.checked_sub(1).filter(|link| *link > scene.from)?;
    let lead = if scene.has(link, Tags::AND) {
        "between"
    } else if scene.is_any(link, &["to", "until", "till"]) {
        "from"
    } else {
        return None;
    };
    let (first, end) = scene.date_at(link - 1).filter(|(_, end)| *end == link)?;
    let begin = first.checked_sub(1).filter(|at| *at >= scene.from && scene.is(*at, lead))?;
    (end <= second).then_some(begin)
}

/// "elections set for October", "a report due in May": the time is of the thing, not of the act.
fn is_of_thing(scene: &Scene<'_>, action: u32, time: u32) -> bool {
    let is_noun = |at: u32| {
        scene.kind(at) == TokenKind::Word
            && !scene.has(at, Tags::AUXILIARY | Tags::ADVERB | Tags::PREPOSITION | Tags::AND)
            && !scene.is(at, "be")
    };
    time > action + 2
        && scene.is_any(time - 1, &["set", "scheduled", "slated", "due", "planned", "expected"])
        && is_noun(time - 2)
}

/// "promised us a park in 2019", "agreed to refund those stranded over Easter": a time that is over, of the promise or of a thing. What was
/// promised to be done in 2019 may have been due then.
fn is_over(scene: &Scene<'_>, action: u32, time: u32, value: &TimeValue) -> bool {
    let When::At(calendar) = value.when else { return false };
    let is_act = action > 0 && scene.is(action - 1, "to");
    let published = scene.ctx.document.published;
    // "return bronzes looted in 1897", "refund tickets bought in 2020"
    let is_done = || {
        (action + 2..time).any(|at| {
            (scene.has(at, Tags::PAST_VERB) || scene.ends_with(at, "ed"))
                && !scene.has(at - 1, Tags::AUXILIARY | Tags::PREPOSITION)
        })
    };
    (scene.is_any(time, &["over", "at", "during", "for"])
        || scene.is_any(time, &["in", "on"]) && (!is_act || is_done()))
        && published.zip(calendar.after()).is_some_and(|(today, after)| after <= today.date())
}

/// The times behind the action that bound it, or a clause of "until", "before", "by the time".
pub(super) fn deadline_in(scene: &Scene<'_>, from: u32, end: u32) -> Option<(u32, u32)> {
    let mut found: Option<(u32, u32)> = None;
    // "vowed that every phone sold from today would get": what stands before the modal is of its subject.
    let from = if from > 0 && scene.is(from - 1, "that") {
        (from..end).find(|at| scene.has(*at, Tags::MODAL)).unwrap_or(from)
    } else {
        from
    };
    for fact in scene.dates {
        let Kind::Date(date) = &fact.kind else { continue };
        let (first, last) = (
            scene.text.token_at(fact.span.begin),
            scene.text.token_at(fact.span.end.saturating_sub(1)) + 1,
        );
        if first <= from || last > end {
            continue;
        }
        let start = with_preposition(scene, first);
        let has_preposition = start < first;
        let before = start.checked_sub(1).filter(|before| *before >= from);
        let fits = match date.time.timex_type() {
            TimexType::Duration => {
                has_preposition
                    && scene.is_any(
                        start,
                        &["within", "over", "for", "in", "during", "until", "after", "throughout"],
                    )
            }
            TimexType::Set => true,
            TimexType::Date | TimexType::Time => {
                // "a ban on last year's model", "the 2019 act"; but "about this today".
                let is_inside = |before: u32| {
                    scene.has(before, Tags::PREPOSITION | Tags::DETERMINER)
                        && !scene.is_any(before, &["this", "that"])
                };
                has_preposition || !before.is_some_and(is_inside)
            }
        };
        // "the mistakes of the last decade", "the 2019 act", "this year's budget".
        let is_attribute = scene.is_any(last, &["'s", "’s"])
            || !has_preposition && before.is_some_and(|before| scene.is(before, "of"))
            || scene.is(start, "of")
            // "take recent losses into account"
            || date.time.when == When::Past
            // "the ships ordered last month": what was cannot bound what is to be.
            || scene.is_any(first, &["last", "yesterday"])
            || scene.is(last - 1, "ago")
            // "under the Fisheries Act, 2005": the year is of the name.
            || first > from + 1
                && scene.kind(first - 1) == TokenKind::Comma
                && scene.text.tokens.get(first as usize - 2).is_some_and(Token::is_capital)
                && last == first + 1
                && scene.kind(first) == TokenKind::Number
            || is_of_thing(scene, from, start)
            || is_over(scene, from, start, &date.time)
            // "from 2018 levels"
            || last == first + 1
                && scene.kind(first) == TokenKind::Number
                && is_noun(scene, last);
        if !fits || is_attribute {
            continue;
        }
        found = match found {
            Some((known, stop)) if start <= stop + 1 => Some((known, last)),
            Some(known) if date.time.timex_type() == TimexType::Duration => Some(known),
            // "of halving waste by 2035 and of reaching nought by 2050": the second is of another act.
            Some(known) if scene.has(known.1, Tags::AND) && scene.is(known.1 + 1, "of") => {
                Some(known)
            }
            _ => Some((start, last)),
        };
    }
    if let Some((start, stop)) = found {
        // "before the rains start in May": the clause that the time is in.
        let clause = (from + 1..start).rev().find(|at| {
            scene.is_any(*at, &["until", "till", "before"])
                && (*at + 2..start).any(|at| {
                    let is_verb = name::is_verb(scene.text, at) || scene.has(at, Tags::ACT);
                    is_verb && !scene.has(at - 1, Tags::DETERMINER | Tags::PREPOSITION)
                })
        });
        // "by Christmas at the latest"
        let is_latest =
            scene.is(stop, "at") && scene.is(stop + 1, "the") && scene.is(stop + 2, "latest");
        let stop = stop + 3 * u32::from(is_latest);
        return Some((clause.unwrap_or(start), behind_event(scene, start, stop, end)));
    }
    let term = (from + 1..end).find_map(|at| Some((at, term_at(scene, at)?)));
    if let Some(term) = term.filter(|(_, to)| *to <= end) {
        return Some(term);
    }
    // "until the job is done", "before the rainy season", "by the time I leave office", "until further notice", "at all times"
    let start = (from + 1..end).find(|at| {
        scene.is_any(*at, &["until", "till", "before"])
            && at + 1 < end
            && !scene.is_any(at + 1, &["tax", "taxes", "interest"])
            || scene.is(*at, "by") && scene.is(at + 1, "the") && scene.is(at + 2, "time")
            || scene.is(*at, "at") && scene.is(at + 1, "all") && scene.is(at + 2, "times")
            || scene.is(*at, "for") && scene.is(at + 1, "as") && scene.is(at + 2, "long")
            || scene.is(*at, "in") && scene.is(at + 1, "due") && scene.is(at + 2, "course")
    })?;
    Some((start, end))
}

/// "within 100 days of taking office", "within 30 days of the ruling": one past what the time begins with.
fn behind_event(scene: &Scene<'_>, start: u32, stop: u32, end: u32) -> u32 {
    if !scene.is(start, "within") || !scene.is_any(stop, &["of", "after"]) {
        return stop;
    }
    if scene.ends_with(stop + 1, "ing") {
        return end;
    }
    let event = name::noun_phrase(scene.text, stop + 1, end);
    event.filter(|event| event.core.start == stop + 1).map_or(stop, |event| event.core.end)
}

/// Whether a noun may stand there, so that what is before it is said of it.
fn is_noun(scene: &Scene<'_>, at: u32) -> bool {
    let is_small = scene.text.tokens.get(at as usize).is_some_and(|word| {
        word.kind == TokenKind::Word && !word.is_capital() && !name::is_function(word)
    });
    let word = scene.word(at);
    is_small && !name::is_verb(scene.text, at) && !word.ends_with("ly") && !word.ends_with("ing")
}

/// "during this parliament", "in our first term", "by the end of the session": one past its end.
fn term_at(scene: &Scene<'_>, at: u32) -> Option<u32> {
    if !scene.has(at, Tags::PREPOSITION) {
        return None;
    }
    if !scene.is_any(at, &["during", "over", "throughout", "in", "within", "by", "before", "for"]) {
        return None;
    }
    let is_long = scene.is_any(at, &["during", "over", "throughout"]);
    let is_part = |at: u32| {
        scene.has(at, Tags::DETERMINER | Tags::ORDINAL)
            || scene
                .is_any(at, &["of", "next", "end", "course", "life", "full", "coming", "lifetime"])
    };
    let is_told = |at: u32| {
        scene.has(at, Tags::ORDINAL | Tags::FIRST_PERSON)
            || scene.is_any(at, &["this", "next", "end", "course", "life", "full", "coming"])
    };
    let end = (at + 1..at + LONGEST_TERM).find(|at| !is_part(*at))?;
    let is_term =
        end > at + 1 && scene.is_any(end, TERMS) && (is_long || (at + 1..end).any(is_told));
    is_term.then_some(end + 1)
}

/// Stretches of time that somebody holds office.
const TERMS: &[&str] = &[
    "parliament",
    "term",
    "session",
    "tenure",
    "mandate",
    "presidency",
    "legislature",
    "congress",
    "contract",
    "year",
];
/// Tokens of a phrase that names one.
const LONGEST_TERM: u32 = 9;

/// "raise the tax, which stands at 25%, during this parliament": a time behind what is put between commas.
pub(super) fn deadline_behind_aside(scene: &Scene<'_>, comma: u32) -> Option<(u32, u32)> {
    if scene.kind(comma) != TokenKind::Comma {
        return None;
    }
    // "close two schools, Arden and Holby, by May"
    if let Some(found) = bound_at(scene, comma + 1) {
        return Some(found);
    }
    let close = (comma + 2..scene.to.min(comma + LONGEST_ASIDE))
        .find(|at| scene.kind(*at) == TokenKind::Comma)?;
    let is_aside = (comma + 1..close).all(|at| !scene.has(at, Tags::REPORTING | Tags::MODAL))
        && !scene.has(comma + 1, Tags::AND)
        && !scene.is_any(comma + 1, &["but", "while", "as", "because"]);
    if !is_aside {
        return None;
    }
    let start = close + 1;
    term_at(scene, start).map(|to| (start, to)).or_else(|| bound_at(scene, start))
}

/// "by the end of May" at `start`.
fn bound_at(scene: &Scene<'_>, start: u32) -> Option<(u32, u32)> {
    if !scene.is_any(start, BOUNDS) {
        return None;
    }
    (start..start + 4).find_map(|at| {
        let (from, to) = scene.date_at(at)?;
        (from > start && with_preposition(scene, from) == start).then_some((start, to))
    })
}

/// Tokens between a clause and a time behind an aside.
const LONGEST_ASIDE: u32 = 14;
/// Prepositions that tell by when, also behind an aside.
const BOUNDS: &[&str] =
    &["by", "before", "until", "within", "over", "from", "during", "no", "ahead"];

/// Prepositions of times that bound an act.
static TIMES: Words<17> = Words::new([
    "by",
    "before",
    "until",
    "till",
    "in",
    "within",
    "over",
    "from",
    "on",
    "at",
    "after",
    "during",
    "for",
    "through",
    "throughout",
    "since",
    "starting",
]);
