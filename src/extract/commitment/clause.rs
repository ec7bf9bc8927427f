//! The clause of a commitment: where it ends, its deadline, condition and further actions.

use super::{Draft, Scene};
use crate::fact::{CommitmentType, Kind, TimexType};
use crate::lexicon::Tags;
use crate::phrase::name;
use crate::token::TokenKind;

/// The parts of a clause, as ranges of token indices.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clause {
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) action: Option<(u32, u32)>,
    pub(super) deadline: Option<(u32, u32)>,
    pub(super) condition: Option<(u32, u32)>,
    pub(super) beneficiary: Option<(u32, u32)>,
    /// Worded softly inside the clause: "where possible".
    pub(super) is_soft: bool,
    /// Bound not to act by a "no" inside: "sell no more land".
    pub(super) negated: bool,
}

/// Reads the clause of a draft.
pub(super) fn read(scene: &Scene<'_>, draft: &Draft) -> Clause {
    let mut end = end_of(scene, draft.action);
    // "signed a memorandum on customs after the talks": when it was signed is not of what was agreed.
    if draft.rule == "commitment.agreement.noun" && draft.cue.0 >= draft.action {
        let after =
            (draft.cue.1..end).find(|at| scene.is_any(*at, &["after", "during", "following"]));
        end = after.map_or(end, |at| trim(scene, draft.action, at));
    }
    let mut condition = condition_in(scene, draft.action, end);
    let action_end = condition.map_or(end, |(from, _)| trim(scene, draft.action, from));
    let mut deadline = deadline_in(scene, draft.action, action_end);
    let mut action_stop = deadline.map_or(action_end, |(from, _)| from);
    let mut first = draft.first;
    if let Some((from, to)) = deadline {
        // Words behind the deadline that begin no condition are of something else.
        if condition.is_none() && to < end {
            end = to;
        }
        if from <= draft.action {
            deadline = None;
            action_stop = action_end;
        }
    }
    // A time or condition in front: "In 2026 the museum will", "If we win, we will".
    if let Some(found) = condition_in_front(scene, draft.first).filter(|_| condition.is_none()) {
        first = found.0;
        condition = Some(found);
    } else if deadline.is_none()
        && let Some(found) = deadline_in_front(scene, draft.first)
    {
        first = found.0;
        deadline = Some(found);
    }
    if let Some((from, to)) = deadline
        && condition.is_some_and(|(start, stop)| start <= from && to <= stop)
    {
        deadline = None;
    }
    let action = (draft.action < action_stop)
        .then_some((draft.action, trim(scene, draft.action, action_stop)));
    let negated = scene
        .text
        .tokens(draft.action + 1..(draft.action + 3).min(action_stop))
        .iter()
        .any(|token| scene.text.is(token, "no"))
        && !scene.is(draft.action, "be");
    // "guaranteed that nobody will be dismissed"
    let negated = negated
        || draft.action > draft.cue.1 && scene.is_any(draft.action, &["nobody", "none", "no"]);
    let is_soft =
        (draft.action..end).any(|at| scene.is(at, "where") && scene.is(at + 1, "possible"));
    Clause {
        first,
        end,
        action,
        deadline,
        condition,
        beneficiary: beneficiary(scene, draft),
        is_soft,
        negated,
    }
}

/// Whether what was read is a commitment after all.
pub(super) fn holds(scene: &Scene<'_>, draft: &Draft, clause: &Clause) -> bool {
    let Some((from, to)) = clause.action else { return false };
    // "refused to comment", "declined to be named".
    if draft.kind == CommitmentType::Refusal
        && scene.is_any(
            from,
            &["comment", "be", "say", "elaborate", "discuss", "answer", "speculate", "give"],
        )
    {
        return false;
    }
    to > from
}

/// Another action under the same cue: "… and to report progress", "will A and B".
pub(super) fn further(
    scene: &Scene<'_>,
    draft: &Draft,
    clause: &Clause,
) -> Option<(Draft, Clause)> {
    let mut at = clause.end;
    if scene.kind(at) == TokenKind::Comma {
        at += 1;
    }
    if !scene.has(at, Tags::AND) {
        at = far_and_to(scene, draft, at)?;
    }
    at += 1;
    let is_to = scene.is(at, "to") && scene.kind(at + 1) == TokenKind::Word;
    let is_verb = draft.cue.1 <= draft.action
        && matches!(
            draft.rule,
            "commitment.will" | "commitment.would" | "commitment.shall" | "commitment.must"
        )
        && (scene.has(at, Tags::VERB) || begins_act(scene, at))
        && !scene.has(at, Tags::AUXILIARY | Tags::MODAL | Tags::COMMISSIVE);
    if !is_to && !is_verb {
        return None;
    }
    let action = if is_to { at + 1 } else { at };
    let next = Draft { first: at, action, negated: draft.negated && !is_to, ..*draft };
    let mut read = read(scene, &next);
    read.first = at;
    holds(scene, &next, &read).then_some((next, read))
}

/// "aims to halve it, from 8 to 4, and to plant": the "and" behind what was put between.
fn far_and_to(scene: &Scene<'_>, draft: &Draft, from: u32) -> Option<u32> {
    if !scene.is(draft.action.checked_sub(1)?, "to") {
        return None;
    }
    let and = (from..scene.to.min(from + FARTHEST_AND)).find(|at| {
        scene.has(*at, Tags::AND)
            && scene.kind(at - 1) == TokenKind::Comma
            && scene.is(at + 1, "to")
            && scene.has(at + 2, Tags::ACT | Tags::VERB)
    })?;
    (from..and).all(|at| !name::is_verb(scene.text, at)).then_some(and)
}

/// Words between an action and the next under one cue.
const FARTHEST_AND: u32 = 12;

/// "scrap the fee" behind "and": a verb of a known kind with an object, not a noun that looks like one.
fn begins_act(scene: &Scene<'_>, at: u32) -> bool {
    let word = scene.word(at);
    scene.has(at, Tags::ACT)
        && !word.ends_with("ing")
        && !word.ends_with("ed")
        && (scene.has(at + 1, Tags::DETERMINER) || scene.kind(at + 1) == TokenKind::Number)
}

/// Where the clause that begins at `from` ends.
fn end_of(scene: &Scene<'_>, from: u32) -> u32 {
    let stop = scene.to.min(from + LONGEST);
    let mut at = from;
    while at < stop {
        let ends = match scene.kind(at) {
            TokenKind::Semicolon
            | TokenKind::Colon
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Ellipsis => true,
            TokenKind::Dash => at > from,
            TokenKind::Dot => {
                at + 1 >= stop
                    || !scene.text.tokens.get(at as usize + 1).is_some_and(|next| next.is_joined())
                        && is_last(scene, at)
            }
            TokenKind::Comma => at > from && comma_ends(scene, at, stop),
            TokenKind::Word => at > from && word_ends(scene, at, stop),
            _ => false,
        };
        if ends {
            break;
        }
        at += 1;
    }
    trim(scene, from, at)
}

fn is_last(scene: &Scene<'_>, at: u32) -> bool {
    at + 2 >= scene.to
        || scene
            .text
            .tokens(at + 1..scene.to)
            .iter()
            .all(|token| token.kind != TokenKind::Word && token.kind != TokenKind::Number)
}

/// Without marks at the end.
fn trim(scene: &Scene<'_>, from: u32, mut end: u32) -> u32 {
    while end > from
        && matches!(
            scene.kind(end - 1),
            TokenKind::Dot
                | TokenKind::Comma
                | TokenKind::Semicolon
                | TokenKind::Colon
                | TokenKind::Exclamation
                | TokenKind::Question
                | TokenKind::Dash
                | TokenKind::Ellipsis
                | TokenKind::CloseQuote
                | TokenKind::DoubleQuote
        )
    {
        end -= 1;
    }
    end
}

fn comma_ends(scene: &Scene<'_>, at: u32, stop: u32) -> bool {
    let next = at + 1;
    if begins_condition(scene, next) {
        return false;
    }
    // A day and its year, a number.
    if scene.date_at(at).is_some()
        || scene.kind(next) == TokenKind::Number && scene.date_at(next).is_some()
    {
        return false;
    }
    // An item of a list: nouns up to an "and" or the next comma, and no verb.
    let ahead = (next..stop.min(next + 10)).find(|at| {
        scene.has(*at, Tags::AND) || scene.is(*at, "or") || scene.kind(*at) == TokenKind::Comma
    });
    let is_list = ahead.is_some_and(|ahead| {
        scene.kind(ahead) != TokenKind::Comma
            && (next..ahead).all(|at| {
                !name::is_verb(scene.text, at)
                    && !scene
                        .has(at, Tags::RELATIVE | Tags::MODAL | Tags::REPORTING | Tags::PRONOUN)
            })
            && !scene.text.tokens(next..ahead).first().is_some_and(|token| {
                token.is(Tags::DETERMINER | Tags::PREPOSITION | Tags::CONJUNCTION)
            })
            && ahead > next
    });
    !is_list
}

fn word_ends(scene: &Scene<'_>, at: u32, stop: u32) -> bool {
    if scene.is_any(at, &["but", "although", "though", "whereas", "because", "saying", "according"])
    {
        return true;
    }
    // "… as it launched its manifesto"
    if scene.is(at, "as") && scene.has(at + 1, Tags::PRONOUN) {
        return true;
    }
    if scene.has(at, Tags::AND) || scene.is(at, "or") {
        let next = at + 1;
        if scene.has(next, Tags::MODAL | Tags::COMMISSIVE)
            || scene.is(next, "to")
            || scene.has(next, Tags::PRONOUN)
        {
            return true;
        }
        if scene.has(next, Tags::VERB | Tags::PAST_VERB | Tags::AUXILIARY)
            || begins_act(scene, next)
            || scene.word(next).ends_with("ed") && scene.word(next).len() > 4
        {
            return true;
        }
        // "… and the ministry will": a clause of its own.
        return (next..stop.min(next + 7)).any(|at| {
            scene.has(at, Tags::MODAL | Tags::AUXILIARY)
                || scene.has(at, Tags::COMMISSIVE) && scene.word(at).ends_with("ed")
        });
    }
    false
}

fn begins_condition(scene: &Scene<'_>, at: u32) -> bool {
    scene.is_any(at, &["if", "unless", "once"])
        // "provided that", "provided the rain holds off"; but "will be provided in schools".
        || scene.is_any(at, &["provided", "providing"])
            && scene.has(at + 1, Tags::DETERMINER | Tags::PRONOUN)
        || scene.is(at, "subject") && scene.is(at + 1, "to")
        || scene.is(at, "as") && scene.is(at + 1, "long") && scene.is(at + 2, "as")
        || scene.is(at, "in")
            && scene.is_any(at + 1, &["return", "exchange"])
            && scene.is(at + 2, "for")
        || scene.is(at, "on") && scene.is(at + 1, "condition")
        || scene.is(at, "without")
            && (at..at + 9).any(|at| scene.is_any(at, &["consent", "approval", "permission"]))
}

/// A condition behind the action.
fn condition_in(scene: &Scene<'_>, from: u32, end: u32) -> Option<(u32, u32)> {
    let start = (from + 1..end).find(|at| begins_condition(scene, *at))?;
    Some((start, end))
}

/// "If we win in May, …", "Subject to board approval, …", "Should the ceasefire hold, …".
fn condition_in_front(scene: &Scene<'_>, first: u32) -> Option<(u32, u32)> {
    let comma = first
        .checked_sub(1)
        .filter(|comma| *comma > scene.from && scene.kind(*comma) == TokenKind::Comma)?;
    let is_condition = begins_condition(scene, scene.from) || scene.is(scene.from, "should");
    (is_condition && comma - scene.from <= LONGEST).then_some((scene.from, comma))
}

/// "In 2026 …", "From 1 June, …", "Next year …" in front of the subject.
fn deadline_in_front(scene: &Scene<'_>, first: u32) -> Option<(u32, u32)> {
    let end = if first > scene.from && scene.kind(first - 1) == TokenKind::Comma {
        first - 1
    } else {
        first
    };
    let (from, to) =
        end.checked_sub(1).filter(|at| *at >= scene.from).and_then(|at| scene.date_at(at))?;
    let start = with_preposition(scene, from);
    let is_start = start == scene.from
        || matches!(scene.kind(start.saturating_sub(1)), TokenKind::Colon | TokenKind::Comma);
    (to == end && is_start && start >= scene.from && !scene.is_any(start, &["since", "of"]))
        .then_some((start, to))
}

/// The preposition in front of a time is of its phrase.
fn with_preposition(scene: &Scene<'_>, from: u32) -> u32 {
    let mut start = from;
    for phrase in [
        &["no", "later", "than"][..],
        &["not", "later", "than"],
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
    if start > scene.from && scene.is_any(start - 1, TIMES) { start - 1 } else { from }
}

/// The times behind the action that bound it, or a clause of "until", "before", "by the time".
fn deadline_in(scene: &Scene<'_>, from: u32, end: u32) -> Option<(u32, u32)> {
    let mut found: Option<(u32, u32)> = None;
    // "vowed that every phone sold from today would get": what stands before the modal is of its subject.
    let from = if from > 0 && scene.is(from - 1, "that") {
        (from..end).find(|at| scene.has(*at, Tags::MODAL)).unwrap_or(from)
    } else {
        from
    };
    for fact in scene.facts {
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
            // "the ships ordered last month": what was cannot bound what is to be.
            || scene.is_any(first, &["last", "yesterday"])
            || scene.is(last - 1, "ago");
        if !fits || is_attribute {
            continue;
        }
        found = match found {
            Some((known, stop)) if start <= stop + 1 => Some((known, last)),
            Some(known) if date.time.timex_type() == TimexType::Duration => Some(known),
            _ => Some((start, last)),
        };
    }
    if found.is_some() {
        return found;
    }
    // "until the job is done", "before the rainy season", "by the time I leave office", "until further notice", "at all times"
    let start = (from + 1..end).find(|at| {
        scene.is_any(*at, &["until", "till", "before"]) && at + 1 < end
            || scene.is(*at, "by") && scene.is(at + 1, "the") && scene.is(at + 2, "time")
            || scene.is(*at, "at") && scene.is(at + 1, "all") && scene.is(at + 2, "times")
            || scene.is(*at, "in") && scene.is(at + 1, "due") && scene.is(at + 2, "course")
    })?;
    Some((start, end))
}

/// Who is promised something: "promised fans cheaper tickets", "assured staff that".
fn beneficiary(scene: &Scene<'_>, draft: &Draft) -> Option<(u32, u32)> {
    let promises = matches!(draft.kind, CommitmentType::Promise | CommitmentType::Offer)
        && draft.cue.1 < draft.action;
    if !promises
        || draft.rule.starts_with("commitment.will")
        || draft.rule.starts_with("commitment.would")
    {
        return None;
    }
    let phrase = name::noun_phrase(scene.text, draft.cue.1, scene.to)?;
    (phrase.core.start == draft.cue.1 && phrase.core.end <= draft.action)
        .then_some((phrase.core.start, phrase.core.end))
}

/// Prepositions of times that bound an act.
const TIMES: &[&str] = &[
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
];

/// Tokens of the longest clause that is read.
const LONGEST: u32 = 60;
