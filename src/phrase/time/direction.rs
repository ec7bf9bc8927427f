//! Whether a time without a year or week is the last one or the next.

use super::Scene;
use crate::lexicon::Tags;
use crate::token::{TokenKind, Words, flags};

/// Which way a time lies from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The verb is in the past.
    Past,
    /// The verb is in the future.
    Future,
    /// Nothing says so.
    Open,
}

impl Scene<'_> {
    /// The direction of the time whose mention begins at `first` and ends before `end`: by its preposition, then by the
    /// nearest verb before it, then by the nearest after it.
    pub(super) fn direction(&self, first: usize, end: usize) -> Direction {
        let before = first.checked_sub(1);
        if before.is_some_and(|at| self.is_any(at, &["since", "after", "following"])) {
            return Direction::Past;
        }
        if before.is_some_and(|at| self.is_any(at, &["by", "until", "till"])) {
            // "had filed by Wednesday", "until Thursday, they had not called"
            let is_perfect = (first.saturating_sub(8)..first.saturating_sub(1))
                .chain(end..(end + 6).min(self.tokens.len()))
                .any(|at| self.is_any(at, &["had", "hadn't"]));
            return if is_perfect { Direction::Past } else { Direction::Future };
        }
        self.nearest_left(first).or(self.nearest_right(end))
    }

    pub(super) fn nearest_left(&self, first: usize) -> Direction {
        let mut at = first;
        while let Some(before) = at.checked_sub(1).filter(|before| first - before <= REACH) {
            at = before;
            match self.verb(at) {
                Direction::Open => {}
                Direction::Future => return Direction::Future,
                // "will be released on Friday": the participle hangs on the modal.
                Direction::Past if self.modal_before(at) => return Direction::Future,
                Direction::Past => return Direction::Past,
            }
            let is_edge = matches!(
                self.kind(at),
                Some(TokenKind::Semicolon | TokenKind::Colon | TokenKind::CloseQuote)
            );
            if is_edge {
                break;
            }
        }
        Direction::Open
    }

    fn nearest_right(&self, end: usize) -> Direction {
        for at in end..self.tokens.len().min(end + REACH) {
            match self.verb(at) {
                Direction::Open => {}
                found => return found,
            }
            if matches!(self.kind(at), Some(TokenKind::Semicolon | TokenKind::Colon)) {
                break;
            }
        }
        Direction::Open
    }

    /// What the word at `at` says of the time of its clause.
    fn verb(&self, at: usize) -> Direction {
        let Some(token) = self.token(at).filter(|token| token.is_word()) else {
            return Direction::Open;
        };
        if token.is(Tags::MODAL) {
            let is_future = self.is_any(
                at,
                &[
                    "will", "would", "'ll", "’ll", "shall", "won't", "may", "might", "can",
                    "could", "should", "must",
                ],
            );
            return if is_future && !(self.is(at, "may") && token.has(flags::CAPITAL)) {
                Direction::Future
            } else {
                Direction::Open
            };
        }
        if FUTURE.hold(self.content, token) {
            return Direction::Future;
        }
        // "had been due to expire": what was to come then is past.
        let is_perfect =
            (1..=3).any(|back| at.checked_sub(back).is_some_and(|at| self.is(at, "had")));
        // "expected to join", "scheduled for", "agreed to meet"
        if PROSPECTIVE.hold(self.content, token)
            && (self.is(at + 1, "to")
                && !self.token(at + 2).is_some_and(|next| next.is(Tags::DETERMINER))
                || self.is_any(at + 1, &["for", "in"]) && PLANNED.hold(self.content, token)
                || self.is(at + 1, "on")
                    && PLANNED.hold(self.content, token)
                    && !self.is(at, "set"))
        {
            return if is_perfect { Direction::Past } else { Direction::Future };
        }
        // "is to open", "are to meet"
        if self.is_any(at, &["is", "are"])
            && (self.is(at + 1, "to")
                || self.is_any(at + 1, &["due", "set", "scheduled", "expected", "going"]))
        {
            return Direction::Future;
        }
        if token.is(Tags::PAST_VERB) || PAST.hold(self.content, token) {
            return Direction::Past;
        }
        // "a planned visit", "the reduced dividend": a participle that describes a noun is no verb.
        let is_before = |at: usize, tags: u64| self.token(at).is_some_and(|before| before.is(tags));
        let describes = at > 0
            && (is_before(at - 1, Tags::DETERMINER)
                || at > 1
                    && is_before(at - 1, Tags::ADVERB)
                    && is_before(at - 2, Tags::DETERMINER))
            && self.token(at + 1).is_some_and(|next| next.is_word() && !next.is(Tags::PREPOSITION));
        let text = self.text(at);
        let is_regular =
            text.len() > 4 && text.ends_with("ed") && !token.is_capital() && !describes;
        if is_regular { Direction::Past } else { Direction::Open }
    }

    /// Whether a modal or "to" stands within three words before a participle.
    fn modal_before(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|before| {
                self.is_any(before, &["will", "'ll", "’ll", "shall", "won't"])
                    || self.is_any(before, &["would", "should", "must", "may", "might", "can"])
                        && self.is(before + 1, "be")
                    || back > 1 && self.is(before, "to") && self.is_any(before + 1, &["be", "have"])
            })
        })
    }
}

impl Direction {
    fn or(self, other: Self) -> Self {
        if self == Self::Open { other } else { self }
    }
}

/// Words that put their clause into the future.
static FUTURE: Words<17> = Words::new([
    "plans",
    "expects",
    "intends",
    "scheduled",
    "due",
    "upcoming",
    "tomorrow",
    "forthcoming",
    "begins",
    "planned",
    "hopes",
    "aims",
    "payable",
    "expires",
    "effective",
    "deadline",
    "anticipates",
]);

/// Words that put what "to" leads in into the future.
static PROSPECTIVE: Words<30> = Words::new([
    "expected",
    "scheduled",
    "set",
    "due",
    "slated",
    "planned",
    "planning",
    "agreed",
    "agree",
    "vowed",
    "promised",
    "pledged",
    "threatened",
    "threatening",
    "decided",
    "plans",
    "plan",
    "expects",
    "expect",
    "intends",
    "intend",
    "hopes",
    "hope",
    "wants",
    "likely",
    "ready",
    "poised",
    "invited",
    "projected",
    "forecast",
]);

/// Those that also stand before a time by themselves: "due on Friday".
static PLANNED: Words<6> = Words::new(["expected", "scheduled", "set", "due", "slated", "planned"]);

/// How far a verb is looked for, in tokens.
const REACH: usize = 14;

/// Verbs that put their clause into the past.
static PAST: Words<11> = Words::new([
    "was", "were", "had", "did", "wasn't", "weren't", "didn't", "hadn't", "said", "says", "told",
]);
