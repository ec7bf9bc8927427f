//! Whether a time without a year or week is the last one or the next.

use super::Scene;
use crate::fact::time::Part;
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

/// Classes of words that say nothing of time: most of those that are looked at.
const NO_VERB: u64 =
    Tags::DETERMINER | Tags::PREPOSITION | Tags::CONJUNCTION | Tags::PRONOUN | Tags::RELATIVE;

impl Scene<'_> {
    /// The direction of the time whose mention begins at `first` and ends before `end`: by its preposition, then by the
    /// nearest verb before it, then by the nearest after it.
    pub(super) fn direction(&self, first: usize, end: usize) -> Direction {
        let before = first.checked_sub(1);
        if before.is_some_and(|at| self.is_any(at, &["since", "after", "following"])) {
            return Direction::Past;
        }
        let word = |back: usize| first.checked_sub(back).and_then(|at| self.token(at));
        // "postponed to 17 May", "brought forward to October 12"
        let is_moved = before.is_some_and(|at| self.is_any(at, &["to", "until", "till"]))
            && (2..=6).any(|back| word(back).is_some_and(|moved| MOVED.hold(self.content, moved)));
        if is_moved {
            return Direction::Future;
        }
        // "a trial over a crash in May"
        if before.is_some_and(|at| self.is_any(at, &["in", "on"]))
            && word(2).is_some_and(|event| HAPPENED.hold(self.content, event))
            && self.token(first).is_some_and(|day| !day.is(Tags::WEEKDAY))
        {
            return Direction::Past;
        }
        // "Brent for August delivery"
        if self.is_any(
            end,
            &["delivery", "deliveries", "contract", "contracts", "futures", "settlement"],
        ) {
            return Direction::Future;
        }
        // "at Friday's ruling", "since Monday's attack": what is told of has happened.
        if self.is_any(end, &["'s", "’s"])
            && self.token(end + 1).is_some_and(|event| HAPPENED.hold(self.content, event))
        {
            return Direction::Past;
        }
        if before.is_some_and(|at| self.is_any(at, &["by", "until", "till"])) {
            // "had filed by Wednesday", "until Thursday, they had not called"
            let is_perfect = (first.saturating_sub(8)..first.saturating_sub(1))
                .chain(end..(end + 10).min(self.tokens.len()))
                .any(|at| self.is_any(at, &["had", "hadn't"]));
            return if is_perfect { Direction::Past } else { Direction::Future };
        }
        // "a loan through January": the nearest, whatever was done about it.
        if before.is_some_and(|at| self.is(at, "through"))
            && self.nearest_left(first) == Direction::Past
        {
            return Direction::Open;
        }
        // "rain on Thursday and Friday, then over the weekend": what goes on with a day to come.
        let goes_on = || match (self.last, self.today()) {
            (Some((_, last, _)), Some(today))
                if matches!(last.part, Part::Day(..))
                    && last.first().is_some_and(|day| day > today) =>
            {
                Direction::Future
            }
            _ => Direction::Open,
        };
        let near = self.nearest_left(first).or(self.nearest_right(end));
        if near == Direction::Open { goes_on() } else { near }
    }

    /// "resigned on 5 May": the verb stands before the preposition, and nothing between that the day could be of.
    pub(super) fn is_told_on(&self, first: usize) -> bool {
        let Some(verb) = first.checked_sub(2).filter(|_| self.is(first - 1, "on")) else {
            return false;
        };
        self.token(verb).is_some_and(|token| !PROSPECTIVE.hold(self.content, token))
            && self.verb(verb) == Direction::Past
            && !self.modal_before(verb)
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
            if self.is_edge(at) || self.kind(at) == Some(TokenKind::CloseQuote) {
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
            if self.is_edge(at) {
                break;
            }
        }
        Direction::Open
    }

    /// Whether a clause ends at the mark: a semicolon, or a colon that is not inside of "9:30".
    fn is_edge(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::Semicolon) => true,
            Some(TokenKind::Colon) => {
                !(self.is_joined(at + 1) && self.kind(at + 1) == Some(TokenKind::Number))
            }
            _ => false,
        }
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
        if token.is(NO_VERB) && !token.is(Tags::AUXILIARY | Tags::VERB | Tags::PAST_VERB) {
            return Direction::Open;
        }
        // "had been due to expire": what was to come then is past.
        let is_perfect =
            || (1..=3).any(|back| at.checked_sub(back).is_some_and(|at| self.is(at, "had")));
        if FUTURE.hold(self.content, token) {
            return if is_perfect() { Direction::Past } else { Direction::Future };
        }
        // "is expected by July", "is likely from Thursday", "is due at court on Friday"
        if self.is_any(at, LIKELY)
            && at.checked_sub(1).is_some_and(|before| {
                self.is_any(before, &["is", "are", "be", "remain", "remains"])
            })
        {
            return Direction::Future;
        }
        // "expected to join", "scheduled for", "agreed to meet"
        if PROSPECTIVE.hold(self.content, token)
            && (self.is(at + 1, "to")
                && !self.token(at + 2).is_some_and(|next| next.is(Tags::DETERMINER))
                || self.is_any(at + 1, &["for", "in"]) && PLANNED.hold(self.content, token)
                || self.is(at + 1, "on")
                    && PLANNED.hold(self.content, token)
                    && !self.is(at, "set")
                || self.is_any(at, &["expected", "due", "scheduled"])
                    && self.token(at + 1).is_some_and(|next| next.is(Tags::WEEKDAY | Tags::MONTH)))
        {
            return if is_perfect() { Direction::Past } else { Direction::Future };
        }
        // "is to open", "are to meet", "are expected Thursday"
        if self.is_any(at, &["is", "are"])
            && (self.is(at + 1, "to")
                || self.is_any(at + 1, &["due", "set", "scheduled", "expected", "going"]))
        {
            return Direction::Future;
        }
        // "the meeting is on Friday", "kick-off is 3pm on Sunday"
        if self.is_any(at, &["is", "are"]) {
            let on = usize::from(self.is_any(at + 1, &["on", "at", "from"]));
            let is_clock = self.kind(at + 1 + on) == Some(TokenKind::Number)
                && self.token(at + 2 + on).is_some_and(|half| half.is(Tags::CLOCK));
            let is_day =
                self.token(at + 1 + on).is_some_and(|day| day.is(Tags::WEEKDAY | Tags::MONTH));
            if is_clock || is_day {
                return Direction::Future;
            }
        }
        // "a forecast for Wednesday", "the outlook for Friday"
        if self.is_any(at, &["forecast", "forecasts", "outlook"]) && self.is(at + 1, "for") {
            return Direction::Future;
        }
        if token.is(Tags::PAST_VERB) || PAST.hold(self.content, token) {
            // "the next cut in June", "a rate cut in June"
            let is_noun = NOUNS.hold(self.content, token)
                && at.checked_sub(1).is_some_and(|before| {
                    self.token(before).is_some_and(|word| word.is(Tags::DETERMINER | Tags::ORDINAL))
                        || self.is_any(
                            before,
                            &["next", "last", "rate", "tax", "job", "price", "further", "another"],
                        )
                });
            if is_noun {
                return Direction::Open;
            }
            // "when the case is heard in May"
            let is_arranged = HELD.hold(self.content, token)
                && at.checked_sub(1).is_some_and(|before| self.is_any(before, &["is", "are"]));
            return if is_arranged { Direction::Future } else { Direction::Past };
        }
        // "has not been seen since", "have taken"
        let is_perfect_form = PARTICIPLES.hold(self.content, token)
            && (1..=3).any(|back| {
                at.checked_sub(back)
                    .is_some_and(|at| self.is_any(at, &["has", "have", "'ve", "’ve", "having"]))
            })
            && !self.modal_before(at);
        if is_perfect_form {
            return Direction::Past;
        }
        // "polls open on Thursday", "the fair takes place on 18 September": what is arranged is told in the present.
        if ARRANGED.hold(self.content, token)
            || self.is_any(at, &["take", "takes"])
                && self.is_any(at + 1, &["place", "office", "effect", "charge"])
            || self.is_any(at, &["go", "goes"])
                && self.is_any(at + 1, &["on", "to", "into", "before", "back"])
        {
            // "polls open" but "the worst start", "shares close" but "at the close".
            let is_noun = at > 0
                && self.token(at - 1).is_some_and(|before| {
                    before.is(Tags::DETERMINER | Tags::PREPOSITION | Tags::PAST_VERB)
                        || before.kind == TokenKind::Number
                        || self.is_any(at, &["open", "start", "close", "host", "face"])
                            && !before.is(Tags::PRONOUN | Tags::MODAL)
                            && !self.is(at - 1, "to")
                            && !self.text(at - 1).ends_with('s')
                });
            return if is_noun { Direction::Open } else { Direction::Future };
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
                // "could cut": what stands directly behind a modal is no past form.
                back == 1 && self.token(before).is_some_and(|modal| modal.is(Tags::MODAL))
                    || self.is_any(before, &["will", "'ll", "’ll", "shall", "won't"])
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
static FUTURE: Words<15> = Words::new([
    "plans",
    "expects",
    "intends",
    "scheduled",
    "due",
    "upcoming",
    "tomorrow",
    "forthcoming",
    "planned",
    "hopes",
    "aims",
    "payable",
    "effective",
    "deadline",
    "anticipates",
]);

/// Participles behind "is" and "are" that tell of what is arranged: "the case is heard in May".
static HELD: Words<8> =
    Words::new(["held", "heard", "released", "published", "played", "staged", "sworn", "decided"]);

/// Verbs in the present that tell of what is arranged.
static ARRANGED: Words<24> = Words::new([
    "open",
    "opens",
    "reopen",
    "reopens",
    "begin",
    "begins",
    "start",
    "starts",
    "resume",
    "resumes",
    "close",
    "closes",
    "expire",
    "expires",
    "host",
    "face",
    "meets",
    "faces",
    "hosts",
    "plays",
    "kicks",
    "votes",
    "reconvenes",
    "departs",
]);

/// Participles that are no past forms: "has been", "have taken".
static PARTICIPLES: Words<16> = Words::new([
    "been", "seen", "taken", "given", "gone", "done", "shown", "risen", "fallen", "grown",
    "driven", "written", "spoken", "broken", "chosen", "begun",
]);

/// Verbs that put what was arranged to another time.
static MOVED: Words<12> = Words::new([
    "moved",
    "brought",
    "postponed",
    "delayed",
    "rescheduled",
    "pushed",
    "extended",
    "deferred",
    "shifted",
    "adjourned",
    "slipped",
    "off",
]);

/// Past forms that are nouns as well: "the next cut".
static NOUNS: Words<8> = Words::new(["cut", "set", "hit", "cost", "split", "spread", "bet", "put"]);

/// What lies ahead, behind "is" and "are".
const LIKELY: &[&str] =
    &["expected", "due", "scheduled", "slated", "likely", "possible", "forecast", "planned"];

/// Nouns of what has happened: "Wednesday's ruling".
static HAPPENED: Words<26> = Words::new([
    "ruling",
    "decision",
    "attack",
    "attacks",
    "announcement",
    "crash",
    "explosion",
    "blast",
    "bombing",
    "bombings",
    "shooting",
    "earthquake",
    "verdict",
    "death",
    "deaths",
    "arrest",
    "arrests",
    "loss",
    "defeat",
    "win",
    "victory",
    "statement",
    "fire",
    "killing",
    "violence",
    "resignation",
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
