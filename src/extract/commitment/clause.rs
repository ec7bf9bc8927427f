//! The clause of a commitment: where it ends, its deadline, condition and further actions.

use super::when::{deadline_behind_aside, deadline_in, deadline_in_front};
use super::whom::beneficiary;
use super::{Draft, Scene};
use crate::fact::CommitmentType;
use crate::lexicon::Tags;
use crate::phrase::name;
use crate::token::{Token, TokenKind, Words};

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
    if deadline.is_none()
        && condition.is_none()
        && let Some(found) = deadline_behind_aside(scene, end)
    {
        end = found.1;
        deadline = Some(found);
    }
    let action = (draft.action < action_stop)
        .then_some((draft.action, trim(scene, draft.action, action_stop)));
    // "raise no taxes", but "vote no unless"
    let is_no = |at: u32| {
        scene.is(at, "no")
            && scene.kind(at + 1) == TokenKind::Word
            && !scene.has(at + 1, Tags::CONDITION | Tags::PREPOSITION | Tags::CONJUNCTION)
            // "no earlier than Thursday", "no fewer than 40"
            && !scene.is(at + 2, "than")
    };
    let negated = (draft.action + 1..(draft.action + 3).min(action_stop)).any(is_no)
        && !scene.is(draft.action, "be");
    // "guaranteed that nobody will be dismissed"
    let negated = negated
        || draft.action > draft.cue.1 && scene.is_any(draft.action, &["nobody", "none", "no"]);
    // "promised that they would never sell"
    let is_never = |at: u32| scene.has(at, Tags::MODAL) && scene.is_any(at + 1, &["not", "never"]);
    let negated = negated || draft.action > draft.cue.1 && is_never(draft.action + 1);
    let is_soft =
        (draft.action..end).any(|at| scene.is(at, "where") && scene.is(at + 1, "possible"));
    Clause {
        first,
        end,
        action,
        deadline,
        condition,
        beneficiary: beneficiary(scene, draft, action),
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
            &[
                "comment",
                "be",
                "say",
                "elaborate",
                "discuss",
                "answer",
                "speculate",
                "give",
                "confirm",
                "specify",
                "speak",
                "respond",
                "explain",
                "identify",
                "name",
            ],
        )
    {
        return false;
    }
    // "I promise you this:": what is promised stands elsewhere.
    !(to == from + 1 && scene.is_any(from, &["this", "that", "it", "so"])) && to > from
}

/// Another action under the same cue: "… and to report progress", "will A and B".
pub(super) fn further(
    scene: &Scene<'_>,
    draft: &Draft,
    clause: &Clause,
) -> Option<(Draft, Clause)> {
    let mut at = clause.end;
    // "will: repair the pier; plant 400 trees; and reopen the baths"
    let is_listed = scene.kind(at) == TokenKind::Semicolon;
    if is_listed || scene.kind(at) == TokenKind::Comma {
        at += 1;
    }
    let is_modal = draft.cue.1 <= draft.action
        && matches!(
            draft.rule,
            "commitment.will" | "commitment.would" | "commitment.shall" | "commitment.must"
        );
    if !scene.has(at, Tags::AND) && !is_listed {
        at = far_and(scene, draft, at, is_modal)?;
    }
    at += u32::from(scene.has(at, Tags::AND));
    let is_to = scene.is(at, "to") && scene.kind(at + 1) == TokenKind::Word;
    let is_verb = is_modal
        && (scene.has(at, Tags::VERB)
            || begins_act(scene, at)
            || is_listed && takes_thing(scene, at))
        && !scene.has(at, Tags::AUXILIARY | Tags::MODAL | Tags::COMMISSIVE);
    if !is_to && !is_verb {
        return None;
    }
    let action = if is_to { at + 1 } else { at };
    let next = Draft { first: at, action, negated: draft.negated && !is_to, ..*draft };
    let mut read = read(scene, &next);
    read.first = at;
    // A time or condition in front of the first action holds for all.
    let in_front = |(_, to): &(u32, u32)| *to <= draft.cue.0;
    read.deadline = read.deadline.or(clause.deadline.filter(in_front));
    read.condition = read.condition.or(clause.condition.filter(in_front));
    holds(scene, &next, &read).then_some((next, read))
}

/// "aims to halve it, from 8 to 4, and to plant", "will cut 90 jobs, or a tenth, and close": the "and" behind what was put between.
fn far_and(scene: &Scene<'_>, draft: &Draft, from: u32, is_modal: bool) -> Option<u32> {
    let is_infinitive = scene.is(draft.action.checked_sub(1)?, "to");
    let goes_on = |at: u32| {
        is_infinitive && scene.is(at, "to") && scene.has(at + 1, Tags::ACT | Tags::VERB)
            || is_modal && begins_act(scene, at)
    };
    let and = (from..scene.to.min(from + FARTHEST_AND)).find(|at| {
        scene.has(*at, Tags::AND) && scene.kind(at - 1) == TokenKind::Comma && goes_on(at + 1)
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
        && takes_thing(scene, at)
}

/// "credit £45", "keep the yard": a word with an object behind it, and none of another kind.
fn takes_thing(scene: &Scene<'_>, at: u32) -> bool {
    scene.kind(at) == TokenKind::Word
        && !scene.text.tokens.get(at as usize).is_some_and(name::is_function)
        && (scene.has(at + 1, Tags::DETERMINER | Tags::CURRENCY)
            || scene.kind(at + 1) == TokenKind::Number)
}

/// Where the clause that begins at `from` ends.
fn end_of(scene: &Scene<'_>, from: u32) -> u32 {
    let stop = scene.to.min(from + LONGEST);
    let mut at = from;
    while at < stop {
        let ends = match scene.kind(at) {
            // "at 6:12 a.m."
            TokenKind::Colon => scene.date_at(at).is_none(),
            TokenKind::Semicolon
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

/// Without marks at the end, but with the one that closes a quotation begun inside.
fn trim(scene: &Scene<'_>, from: u32, mut end: u32) -> u32 {
    let closes = |at: u32| {
        let open = match scene.kind(at) {
            TokenKind::CloseQuote => TokenKind::OpenQuote,
            TokenKind::DoubleQuote => TokenKind::DoubleQuote,
            _ => return false,
        };
        let marks = (from..at).filter(|at| scene.kind(*at) == open).count();
        if open == TokenKind::DoubleQuote { marks % 2 == 1 } else { marks > 0 }
    };
    while end > from
        && !closes(end - 1)
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
    !is_list(scene, next, stop)
}

/// Whether items of a list go on at `from`: nouns up to the next comma, and so on up to "and".
fn is_list(scene: &Scene<'_>, from: u32, stop: u32) -> bool {
    let mut next = from;
    for _ in 0..MOST_ITEMS {
        let is_end = |at: &u32| {
            scene.has(*at, Tags::AND) || scene.is(*at, "or") || scene.kind(*at) == TokenKind::Comma
        };
        let Some(ahead) = (next..stop.min(next + 10)).find(is_end) else { return false };
        let begins = scene.text.tokens.get(next as usize).is_some_and(|first| {
            !first.is(Tags::DETERMINER | Tags::PREPOSITION | Tags::CONJUNCTION)
        });
        let is_item = (next..ahead).all(|at| {
            !name::is_verb(scene.text, at)
                && !scene.has(at, Tags::RELATIVE | Tags::MODAL | Tags::REPORTING | Tags::PRONOUN)
        });
        let is_last = scene.kind(ahead) != TokenKind::Comma;
        // ", and" closes the list, too.
        if ahead == next {
            return next > from && is_last;
        }
        if !begins || !is_item || is_last {
            return begins && is_item;
        }
        next = ahead + 1;
    }
    false
}

/// Items of a list.
const MOST_ITEMS: usize = 6;

fn word_ends(scene: &Scene<'_>, at: u32, stop: u32) -> bool {
    let Some(word) = scene.text.tokens.get(at as usize) else { return false };
    if ENDS.hold(scene.text.content, word) {
        return true;
    }
    // "… as it launched its manifesto"
    if scene.is(at, "as") && scene.has(at + 1, Tags::PRONOUN) && !scene.is(at - 1, "long") {
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
            || scene.ends_with(next, "ed") && scene.word(next).len() > 4
        {
            return true;
        }
        // "… and the ministry will": a clause of its own.
        let is_capital =
            |at: u32| scene.text.tokens.get(at as usize).is_some_and(Token::is_capital);
        return (next..stop.min(next + 7)).any(|at| {
            // "and Holby by May 2026"
            scene.has(at, Tags::MODAL | Tags::AUXILIARY) && !is_capital(at)
                || scene.has(at, Tags::COMMISSIVE) && scene.ends_with(at, "ed")
        });
    }
    false
}

/// What begins another clause.
static ENDS: Words<7> =
    Words::new(["but", "although", "though", "whereas", "because", "saying", "according"]);

fn begins_condition(scene: &Scene<'_>, at: u32) -> bool {
    let Some(token) = scene.text.tokens.get(at as usize) else { return false };
    CONDITIONS.hold(scene.text.content, token) && is_condition(scene, at)
}

/// How a condition begins.
static CONDITIONS: Words<10> = Words::new([
    "if",
    "unless",
    "once",
    "provided",
    "providing",
    "subject",
    "as",
    "in",
    "on",
    "without",
]);

#[inline(never)]
fn is_condition(scene: &Scene<'_>, at: u32) -> bool {
    scene.is_any(at, &["if", "unless", "once"])
        // "provided that", "provided the rain holds off"; but "will be provided in schools".
        || scene.is_any(at, &["provided", "providing"])
            && scene.has(at + 1, Tags::DETERMINER | Tags::PRONOUN)
            // "by providing the tools"
            && !(at > scene.from && scene.has(at - 1, Tags::PREPOSITION))
        || scene.is(at, "subject") && scene.is(at + 1, "to")
        || scene.is(at, "as")
            && scene.is(at + 1, "long")
            && scene.is(at + 2, "as")
            && !(at > scene.from && scene.is(at - 1, "for"))
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
    let is_front = begins_condition(scene, scene.from) || scene.is(scene.from, "should");
    (is_front && comma - scene.from <= LONGEST).then_some((scene.from, comma))
}

/// Tokens of the longest clause that is read.
const LONGEST: u32 = 60;
