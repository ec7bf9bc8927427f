//! Whether a time without a year or week is the last one or the next.

use super::Scene;
use crate::fact::time::Part;
use crate::lexicon::{Tags, Tense};
use crate::token::{Token, TokenKind, Words, flags};

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
        // "the day after Christmas", "the Sunday after Easter" may be to come.
        let is_told_by = first.checked_sub(2).and_then(|at| self.token(at));
        let is_behind =
            first.checked_sub(1).is_some_and(|at| self.is_any(at, &["after", "following"]))
                && !is_told_by.is_some_and(|unit| unit.is(Tags::TIME_UNIT | Tags::WEEKDAY));
        let first = self.unbent(first);
        let before = first.checked_sub(1);
        if is_behind || before.is_some_and(|at| self.is(at, "since")) {
            // "will reopen after Christmas", but "will appeal after Friday's ruling"
            let is_ahead = is_behind
                && !self.is_any(end, &["'s", "’s"])
                && self.nearest_left(first) == Direction::Future;
            return if is_ahead { Direction::Future } else { Direction::Past };
        }
        let word = |back: usize| first.checked_sub(back).and_then(|at| self.token(at));
        if self.is_moved(first) {
            return Direction::Future;
        }
        // "a trial over a crash in May"
        if before.is_some_and(|at| self.is_any(at, &["in", "on"]))
            && word(2).is_some_and(|event| HAPPENED.hold(self.content, event))
            && self.token(first).is_some_and(|day| !day.is(Tags::WEEKDAY))
        {
            return Direction::Past;
        }
        if self.is_backdated(first) {
            return Direction::Past;
        }
        // "between now and Friday"
        if before.is_some_and(|at| self.is(at, "and"))
            && self.is_any(first.wrapping_sub(2), &["now", "today"])
            && self.is(first.wrapping_sub(3), "between")
        {
            return Direction::Future;
        }
        // "called a strike for Monday"
        if before.is_some_and(|at| self.is(at, "for"))
            && word(2).is_some_and(|event| CALLED.hold(self.content, event))
        {
            return Direction::Future;
        }
        // "December gold fell $2"
        if self.token(end).is_some_and(|next| TRADED.hold(self.content, next))
            && self.token(end + 1).is_some_and(|verb| verb.is(Tags::PAST_VERB))
        {
            return Direction::Future;
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
        // "promised a decision before October"
        if before.is_some_and(|at| self.is(at, "before"))
            && (first.saturating_sub(8)..first.saturating_sub(1)).any(|at| {
                self.is_any(at, &["promised", "pledged", "vowed", "guaranteed"])
                    && !at.checked_sub(1).is_some_and(|at| self.is(at, "had"))
            })
        {
            return Direction::Future;
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
        match self.nearest_left(first).or(self.nearest_right(end)) {
            // "a flood watch is in effect through Thursday"
            Direction::Open if before.is_some_and(|at| self.is(at, "through")) => Direction::Future,
            Direction::Open => goes_on(),
            near => near,
        }
    }

    /// The same of a month, day or holiday, which comes back only in a year: what lasted until then may have ended, and then the
    /// nearest is meant: "was shut until Christmas Eve", "adjourned until 9 September".
    pub(super) fn direction_of_day(&self, first: usize, end: usize) -> Direction {
        match self.direction(first, end) {
            // "the trade gap for August is due on Wednesday"
            Direction::Future
                if first > 0
                    && self.is(first - 1, "for")
                    && self.nearest_left(first) == Direction::Open
                    && self.nearest_right(end) == Direction::Future =>
            {
                Direction::Open
            }
            Direction::Future
                if self.is_until(first)
                    && !self.is_moved(self.unbent(first))
                    && self.nearest_left(first) == Direction::Past =>
            {
                // "was shut from January until March" is over.
                let until = self.unbent(first) - 1;
                let from = (until.saturating_sub(4)..until).find(|at| self.is(*at, "from"));
                if from.is_some() { Direction::Past } else { Direction::Open }
            }
            direction => direction,
        }
    }

    /// "postponed to 17 May", "brought forward to October 12"
    pub(super) fn is_moved(&self, first: usize) -> bool {
        let is_to =
            first.checked_sub(1).is_some_and(|at| self.is_any(at, &["to", "until", "till"]));
        let moves = |at: usize| self.token(at).is_some_and(|to| MOVED.hold(self.content, to));
        is_to && (first.saturating_sub(6)..first - 1).any(moves)
    }

    /// "6% backdated to 1 January"
    pub(super) fn is_backdated(&self, first: usize) -> bool {
        first > 1
            && self.is(first - 1, "to")
            && self.is_any(first - 2, &["backdated", "retroactive"])
    }

    /// Whether something lasts to the time whose mention begins at `first`.
    pub(super) fn is_until(&self, first: usize) -> bool {
        let before = self.unbent(first).checked_sub(1);
        before.is_some_and(|at| self.is_any(at, &["until", "till"]))
    }

    /// Where the words that bend a time begin, so that its preposition is seen in front of them: "by the end of June", "by
    /// close of business on Friday".
    pub(super) fn unbent(&self, first: usize) -> usize {
        let Some(before) = first.checked_sub(1) else { return first };
        // "since mid-April"
        if self.kind(before) == Some(TokenKind::Hyphen)
            && before > 0
            && self.is_any(before - 1, &["mid", "early", "late", "end"])
        {
            return before - 1;
        }
        let last = before - usize::from(before > 2 && self.is(before, "on"));
        if self.is_any(last, &["business", "play", "trading"])
            && last > 2
            && self.is(last - 1, "of")
            && self.is_any(last - 2, &["close", "end"])
        {
            return last - 2 - usize::from(self.is(last - 3, "the"));
        }
        let from = first.saturating_sub(4);
        let in_front = self.tokens.get(from..first).unwrap_or_default();
        let Some(back) = in_front.iter().position(|token| token.is(Tags::TIME_MODIFIER)) else {
            return first;
        };
        let bends = |at: usize| {
            let found = self.lexicon.times.modifier.at(self.rest(at));
            found.is_some_and(|found| at + found.len == first)
        };
        (from + back..first).find(|at| bends(*at)).unwrap_or(first)
    }

    /// "resigned on 5 May": the verb stands before the preposition, and nothing between that the day could be of.
    pub(super) fn is_told_on(&self, first: usize) -> bool {
        let Some(verb) = first.checked_sub(2).filter(|_| self.is(first - 1, "on")) else {
            return false;
        };
        self.is_told_by(verb)
    }

    /// Whether a verb tells what has been.
    pub(super) fn is_told_by(&self, verb: usize) -> bool {
        self.token(verb).is_some_and(|word| self.lexicon.tenses.of(word) & Tense::PROSPECTIVE == 0)
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
                // "plans to quit in May", "to cut": no past form.
                Direction::Past if at > 0 && self.is(at - 1, "to") => {}
                Direction::Past => return Direction::Past,
            }
            if self.is_edge(at) || self.kind(at) == Some(TokenKind::CloseQuote) {
                break;
            }
        }
        Direction::Open
    }

    pub(super) fn nearest_right(&self, end: usize) -> Direction {
        // "In January, a week after the anniversary of the ruling, a bomb killed a guard": its verb may be far.
        let is_far = end < 4
            && self.kind(end) == Some(TokenKind::Comma)
            && self.token(0).is_some_and(|led| led.is(Tags::PREPOSITION));
        let reach = if is_far { 2 * REACH } else { REACH };
        for at in end..self.tokens.len().min(end + reach) {
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

    /// What the word at `at` says of the time of its clause. Most words say nothing.
    #[inline(always)]
    fn verb(&self, at: usize) -> Direction {
        match self.token(at).filter(|token| token.is_word()) {
            Some(token) if self.may_say(token) => self.said_by(at, token),
            _ => Direction::Open,
        }
    }

    /// Whether the word is one that says something of time: of a list, or a past form.
    #[inline(always)]
    fn may_say(&self, token: &Token) -> bool {
        self.lexicon.tenses.of(token) != 0
            || token.is(Tags::PAST_VERB)
            || !token.is(Tags::MODAL) && self.is_regular(token)
    }

    /// A past form by its ending: "would not exceed", "they proceed" are none.
    fn is_regular(&self, token: &Token) -> bool {
        token.span.len() > 4
            && !token.is_capital()
            && token.ends_with(self.content, "ed")
            && !token.ends_with(self.content, "ceed")
    }

    #[inline(never)]
    fn said_by(&self, at: usize, token: &Token) -> Direction {
        let tense = self.lexicon.tenses.of(token);
        let says = |of: u16| tense & of != 0;
        let is_past = token.is(Tags::PAST_VERB);
        let is_modal = token.is(Tags::MODAL);
        if is_modal {
            let is_month = self.is(at, "may") && token.has(flags::CAPITAL);
            return if says(Tense::MODAL) && !is_month {
                Direction::Future
            } else {
                Direction::Open
            };
        }
        if token.is(NO_VERB) && !token.is(Tags::AUXILIARY | Tags::VERB | Tags::PAST_VERB) {
            return Direction::Open;
        }
        // "had been due to expire": what was to come then is past.
        let ahead = || {
            let is_perfect =
                (1..=3).any(|back| at.checked_sub(back).is_some_and(|at| self.is(at, "had")));
            if is_perfect { Direction::Past } else { Direction::Future }
        };
        let before = |words: &[&str]| at.checked_sub(1).is_some_and(|at| self.is_any(at, words));
        if says(Tense::FUTURE) {
            return ahead();
        }
        // "is expected by July", "is likely from Thursday", "is due at court on Friday"
        if says(Tense::LIKELY) && before(&["is", "are", "be", "remain", "remains"]) {
            return Direction::Future;
        }
        // "expected to join", "scheduled for", "agreed to meet"
        if says(Tense::PROSPECTIVE)
            && (self.is(at + 1, "to")
                && !self.token(at + 2).is_some_and(|next| next.is(Tags::DETERMINER))
                || says(Tense::PLANNED)
                    && (self.is_any(at + 1, &["for", "in"])
                        || self.is(at + 1, "on") && !self.is(at, "set"))
                || self.is_any(at, &["expected", "due", "scheduled"])
                    && self.token(at + 1).is_some_and(|next| next.is(Tags::WEEKDAY | Tags::MONTH)))
        {
            return ahead();
        }
        if says(Tense::PRESENT) && (self.is_arranged(at) || before(&["there"])) {
            return Direction::Future;
        }
        // "a forecast for Wednesday", "the outlook for Friday"
        if says(Tense::OUTLOOK) && self.is(at + 1, "for") {
            return Direction::Future;
        }
        // "when the case is heard in May"
        if says(Tense::HELD) && before(&["is", "are"]) {
            return Direction::Future;
        }
        // "Let's meet on the 15th"
        if is_past && self.is(at, "let") && self.is_any(at + 1, &["'s", "’s", "us"]) {
            return Direction::Future;
        }
        if is_past || says(Tense::PAST) {
            // "the next cut in June", "a rate cut in June"
            let is_noun = says(Tense::NOUN)
                && at.checked_sub(1).is_some_and(|before| {
                    self.token(before).is_some_and(|word| word.is(Tags::DETERMINER | Tags::ORDINAL))
                        || self.is_any(
                            before,
                            &["next", "last", "rate", "tax", "job", "price", "further", "another"],
                        )
                });
            return if is_noun { Direction::Open } else { Direction::Past };
        }
        // "has not been seen since", "have taken"
        let is_perfect_form = says(Tense::PARTICIPLE)
            && (1..=3).any(|back| {
                at.checked_sub(back).is_some_and(|at| {
                    self.is_any(at, &["has", "have", "had", "'ve", "’ve", "having"])
                })
            })
            && !self.modal_before(at);
        if is_perfect_form {
            return Direction::Past;
        }
        // "talks, broken off in December, may resume"
        if says(Tense::PARTICIPLE) && self.kind(at.wrapping_sub(1)) == Some(TokenKind::Comma) {
            return Direction::Past;
        }
        // "did not resume until June"
        if says(Tense::ARRANGED)
            && (1..=2).any(|back| {
                at.checked_sub(back).is_some_and(|did| self.is_any(did, &["did", "didn't"]))
            })
        {
            return Direction::Past;
        }
        // "polls open on Thursday", "the fair takes place on 18 September": what is arranged is told in the present.
        if says(Tense::ARRANGED)
            || says(Tense::ARRANGING)
                && if self.is_any(at, &["take", "takes"]) {
                    self.is_any(at + 1, &["place", "office", "effect", "charge"])
                } else if self.is_any(at, &["turn", "turns"]) {
                    // "turns 50 on Tuesday"
                    self.kind(at + 1) == Some(TokenKind::Number)
                } else if self.is(at, "end") {
                    // "the Games end Sunday", but "voted to end it on Sunday"
                    let is_day = |at: usize| {
                        self.token(at).is_some_and(|day| day.is(Tags::WEEKDAY | Tags::MONTH))
                    };
                    at > 0
                        && self.text(at - 1).ends_with('s')
                        && (is_day(at + 1) || self.is(at + 1, "on"))
                } else if self.is_any(at, &["run", "runs"]) {
                    self.is_any(at + 1, &["from", "until", "till", "through", "out"])
                } else {
                    // "leaves on Monday", "flies home Friday"
                    self.is_any(at + 1, &["on", "to", "into", "before", "back", "home"])
                        || self.token(at + 1).is_some_and(|day| day.is(Tags::WEEKDAY))
                }
        {
            // "polls open" but "the worst start", "shares close" but "at the close".
            let is_noun = at > 0
                && self.token(at - 1).is_some_and(|before| {
                    before.is(Tags::DETERMINER | Tags::PREPOSITION | Tags::PAST_VERB)
                        // "in 32 starts", but "fiscal 1999 begins"
                        || before.kind == TokenKind::Number && before.span.len() != 4
                        || self.is_any(
                            at,
                            &["open", "start", "close", "host", "face", "meet", "travel"],
                        ) && !before.is(Tags::PRONOUN | Tags::MODAL)
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
        if self.is_regular(token) && !describes { Direction::Past } else { Direction::Open }
    }

    /// "is to open", "are to meet", "are expected Thursday"; "the meeting is on Friday", "kick-off is 3pm on Sunday".
    fn is_arranged(&self, is: usize) -> bool {
        if self.is_any(is + 1, &["to", "due", "set", "scheduled", "expected", "going"]) {
            return true;
        }
        // "a warning is in effect from 6 p.m. Thursday"
        if self.is(is + 1, "in")
            && self.is_any(is + 2, &["effect", "force", "place"])
            && self.is_any(is + 3, &["from", "until", "till", "through"])
        {
            return true;
        }
        // "the report is out on Thursday"
        if self.is_any(is + 1, &["out", "up", "back", "off", "closed", "open", "away", "live"])
            && (self.is_any(is + 2, &["on", "from", "until", "till"])
                // "three seats are up in November"
                || self.is(is + 1, "up") && self.is(is + 2, "in"))
        {
            return true;
        }
        let on = usize::from(self.is_any(is + 1, &["on", "at", "from"]));
        let is_clock = self.kind(is + 1 + on) == Some(TokenKind::Number)
            && self.token(is + 2 + on).is_some_and(|half| {
                half.is(Tags::CLOCK)
                    || half.kind == TokenKind::Colon && half.is_joined()
                    || self.is_any(is + 2 + on, &["o'clock", "o’clock"])
            });
        is_clock || self.token(is + 1 + on).is_some_and(|day| day.is(Tags::WEEKDAY | Tags::MONTH))
    }

    /// Whether a modal or "to" stands within three words before a participle.
    fn modal_before(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            let Some(before) = at.checked_sub(back) else { return false };
            if self.token(before).is_some_and(|modal| modal.is(Tags::MODAL)) {
                // "could cut": what stands directly behind a modal is no past form.
                return back == 1
                    || self.is_any(before, &["will", "'ll", "’ll", "shall", "won't"])
                    || self.is_any(before, &["would", "should", "must", "may", "might", "can"])
                        && self.is(before + 1, "be");
            }
            if back < 2 || !self.is(before, "to") {
                return false;
            }
            // "is expected to have opened", but "was to have opened", "is said to have died in May"
            let is_ahead = || {
                let led = before.checked_sub(1).and_then(|led| self.token(led));
                led.is_some_and(|led| self.lexicon.tenses.of(led) & Tense::PROSPECTIVE != 0)
            };
            self.is(before + 1, "be") || self.is(before + 1, "have") && is_ahead()
        })
    }
}

impl Direction {
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::Open { other } else { self }
    }
}

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

/// What people are called to: "an emergency session for Friday".
static CALLED: Words<18> = Words::new([
    "meeting",
    "meetings",
    "election",
    "elections",
    "vote",
    "referendum",
    "strike",
    "strikes",
    "stoppage",
    "walkout",
    "summit",
    "session",
    "hearing",
    "rally",
    "protest",
    "protests",
    "march",
    "talks",
]);

/// What is traded for a month to come.
static TRADED: Words<12> = Words::new([
    "gold", "silver", "copper", "platinum", "crude", "wheat", "corn", "soybeans", "sugar",
    "coffee", "cocoa", "cotton",
]);

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

/// How far a verb is looked for, in tokens.
const REACH: usize = 14;
