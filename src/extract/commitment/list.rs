//! Lists under a heading: items under "A Labor Government will:" inherit agent and force.

use std::ops::Range;

use super::{Context, Draft, Mentions, Scene, clause, cue, when};
use crate::fact::CommitmentType;
use crate::lexicon::Tags;
use crate::phrase::name;
use crate::text::{Sentence, Text};
use crate::token::{TokenKind, flags};

/// A line that ends with "will:", whose list is being read.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Heading {
    agent: Option<(u32, u32)>,
    cue: (u32, u32),
    kind: CommitmentType,
    negated: bool,
    /// A time in front of the heading holds for every item.
    deadline: Option<(u32, u32)>,
    /// The heading ends with the modal itself ("will:"): any item is an action. Otherwise only one that begins with a verb.
    is_strict: bool,
    /// The sentence read last: a list is unbroken.
    last_end: u32,
    items: u8,
}

/// The heading that the sentence is, or the one whose list goes on.
pub(super) fn heading(
    ctx: &Context<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
) -> Option<Heading> {
    let text = ctx.text;
    let (first, end) = (sentence.tokens.start, sentence.tokens.end);
    let last = end.checked_sub(1)?;
    let kind_at = |at: u32| text.tokens.get(at as usize).map(|token| token.kind);
    let is_word = |at: u32, word: &str| {
        text.tokens.get(at as usize).is_some_and(|token| text.is(token, word))
    };
    if kind_at(last) == Some(TokenKind::Colon) && last > first {
        // "will:", "will not:", "will also:".
        let is_passed = |at: u32| {
            text.tokens
                .get(at as usize)
                .is_some_and(|token| token.is(Tags::ADVERB | Tags::NEGATION))
        };
        let mut cue = last - 1;
        for _ in 0..2 {
            cue -= u32::from(cue > first && is_passed(cue) && !is_word(cue, "won't"));
        }
        let negated =
            cue < last - 1 && (cue..last).any(|at| is_word(at, "not") || is_word(at, "never"));
        let is_will = ["will", "shall", "would"].iter().any(|will| is_word(cue, will));
        let is_to = is_word(cue, "to")
            && cue > first
            && text.tokens.get(cue as usize - 1).is_some_and(|before| before.is(Tags::COMMISSIVE));
        if is_will || is_to {
            let verb = if is_to { cue - 1 } else { cue };
            let agent = name::subject_before(text, first, verb)
                .map(|subject| (subject.core.start, subject.core.end));
            let cue = (verb, cue + 1);
            let scene = super::scene(ctx, mentions, sentence, verb);
            let deadline = agent.and_then(|(from, _)| when::deadline_in_front(&scene, from));
            return Some(Heading {
                agent,
                cue,
                kind: CommitmentType::Promise,
                negated,
                deadline,
                is_strict: true,
                last_end: end,
                items: 0,
            });
        }
        // "Labor will back them with three measures:", "Our plan includes:"
        let from = first.max(last.saturating_sub(REACH));
        let is_plan = |at: &u32| {
            PLANS.iter().any(|plan| is_word(*at, plan))
                || ["will", "'ll"].iter().any(|will| is_word(*at, will))
        };
        let cue = (from..last).rev().find(is_plan)?;
        let agent = mentions.commitments().iter().find_map(|fact| match &fact.kind {
            crate::fact::Kind::Commitment(known) => known.agent,
            crate::fact::Kind::Date(_) | crate::fact::Kind::Numeric(_) => None,
        });
        let agent = agent.map(|agent| {
            (text.token_at(agent.begin), text.token_at(agent.end.saturating_sub(1)) + 1)
        });
        return Some(Heading {
            agent,
            cue: (cue, cue + 1),
            kind: CommitmentType::Plan,
            negated: false,
            deadline: None,
            is_strict: false,
            last_end: end,
            items: 0,
        });
    }
    // The list goes on while items follow one another; a further sentence of an item keeps it open, a new line that is no
    // item ends it.
    let known = mentions.heading.filter(|known| known.last_end == first && known.items < 60)?;
    let goes_on = known.items > 0
        && text.tokens.get(first as usize).is_some_and(|token| !token.has(flags::LINE));
    let read = Heading { last_end: end, items: known.items + 1, ..known };
    (goes_on || is_item(ctx, sentence, &known)).then_some(read)
}

fn is_item(ctx: &Context<'_>, sentence: &Sentence, heading: &Heading) -> bool {
    let text = ctx.text;
    let Some(token) = text.tokens.get(sentence.tokens.start as usize) else { return false };
    let is_bullet = is_mark(token.kind) || token.kind == TokenKind::Number;
    let is_open = heading.last_end > 0
        && text.tokens.get(heading.last_end as usize - 1).is_some_and(|last| {
            matches!(last.kind, TokenKind::Colon | TokenKind::Semicolon | TokenKind::Comma)
                || last.is(Tags::AND)
                || heading.items > 0 && last.kind != TokenKind::Dot
        });
    token.has(flags::LINE) && (is_bullet || is_open)
}

fn is_mark(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Hyphen
            | TokenKind::Dash
            | TokenKind::Other
            | TokenKind::Symbol
            | TokenKind::OpenBracket
    )
}

/// The first token behind the mark that begins an item: "-", "(a)", "3.".
pub(super) fn behind_mark(text: &Text<'_>, tokens: Range<u32>) -> u32 {
    let mut first = tokens.start;
    while first < tokens.end
        && let Some(token) = text.tokens.get(first as usize)
    {
        let is_numbered = text.tokens.get(first as usize + 1).is_some_and(|next| {
            matches!(next.kind, TokenKind::Dot | TokenKind::CloseBracket) && next.is_joined()
        });
        let is_passed = match token.kind {
            TokenKind::Symbol => !token.is(Tags::CURRENCY),
            TokenKind::Number => is_numbered,
            TokenKind::CloseBracket | TokenKind::Dot => true,
            kind => is_mark(kind),
        };
        if !is_passed {
            break;
        }
        first += 1;
    }
    first
}

/// The commitment that an item of a list is.
pub(super) fn item(
    ctx: &Context<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
) -> Option<(Draft, clause::Clause)> {
    let heading = mentions.heading.filter(|heading| heading.last_end == sentence.tokens.start)?;
    if !is_item(ctx, sentence, &heading) {
        return None;
    }
    let scene: Scene<'_> = super::scene(ctx, mentions, sentence, sentence.tokens.start);
    let first = behind_mark(ctx.text, sentence.tokens.start..scene.to);
    let negated = scene.is(first, "not");
    let action = first + u32::from(negated);
    if !matches!(scene.kind(action), TokenKind::Word | TokenKind::Number | TokenKind::Symbol) {
        return None;
    }
    let draft = Draft {
        kind: heading.kind,
        is_soft: false,
        negated: negated || heading.negated,
        cue: heading.cue,
        agent: heading.agent,
        subject: None,
        who: cue::Actor::Unnamed,
        first,
        action,
        rule: if heading.is_strict { "commitment.list" } else { "commitment.items" },
    };
    let read = clause::read(&scene, &draft);
    let deadline = read.deadline.or(heading.deadline);
    (read.action.is_some()).then_some((draft, clause::Clause { first, deadline, ..read }))
}

/// Nouns of a heading whose items are what is planned.
const PLANS: &[&str] = &[
    "plan",
    "plans",
    "policy",
    "policies",
    "priorities",
    "measures",
    "commitments",
    "pledges",
    "promises",
    "package",
    "includes",
    "include",
    "including",
];

/// How far before the colon a cue is looked for.
const REACH: u32 = 30;
