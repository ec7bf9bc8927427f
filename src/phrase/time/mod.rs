//! Times in a sentence, read and resolved.
//!
//! Reading begins at a trigger (a month, a weekday, a unit of time, a word of time, digits) and looks a few tokens to both
//! sides; the readers that may stand there are tried in order, and the first that reads something wins.

mod anaphor;
mod beside;
mod clock;
mod day;
mod decade;
mod direction;
mod front;
mod holiday;
mod hours;
mod in_year;
mod label;
mod lengths;
mod list;
mod memory;
mod numbered;
mod numeric;
mod part;
mod period;
mod point;
mod range;
mod reach;
mod season;
mod timed;
mod unit;
mod weekday;
mod weekday_of;
mod which_year;
mod within;
mod word;
mod year;

use jiff::civil::{Date, DateTime};

pub use direction::Direction;
pub use memory::Memory;
pub use range::is_one_range;

use crate::document::Region;
use crate::fact::time::{Calendar, Clock, Open, Part, PartOfDay, Recurrence, When};
use crate::fact::{Granularity, Relation, Resolution, TimeValue, TimexMod};
use crate::lexicon::{Lexicon, Tags};
use crate::span::Span;
use crate::token::{Token, TokenKind, flags};

/// What a time is read against.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The words.
    pub lexicon: &'static Lexicon,
    /// The content.
    pub content: &'a str,
    /// The tokens of the sentence.
    pub tokens: &'a [Token],
    /// When the document was published.
    pub published: Option<DateTime>,
    /// Where: 03/04.
    pub region: Option<Region>,
    /// Earlier mentions that later ones lean on.
    pub memory: Memory,
    /// The end, the unit and the place in the list of facts of the time read last.
    pub last: Option<(usize, Calendar, u32)>,
    /// The day of the last time of a day in the sentence, the hour, and the place in the list of facts.
    pub timed: Option<(Calendar, i8, u32)>,
    /// What comes back in the sentence: "every Monday the shop opens at 9 a.m. and closes at 5 p.m.".
    pub every: Option<Recurrence>,
    /// Which sentence it is.
    pub sentence: u32,
    /// The place in the list of facts of the first time that this sentence will add.
    pub next_fact: u32,
}

/// A time found in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its first token, in the sentence.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// What it resolves to.
    pub time: TimeValue,
    /// By the preposition in front.
    pub relation: Relation,
    /// The rule that read it.
    pub rule: &'static str,
}

/// What a reader found: tokens `first..end`, and their value.
#[derive(Clone, Copy, Debug)]
struct Read {
    first: usize,
    end: usize,
    time: TimeValue,
    rule: &'static str,
}

impl Read {
    fn new(first: usize, end: usize, time: TimeValue, rule: &'static str) -> Self {
        Self { first, end, time, rule }
    }
}

/// A word of at most 16 bytes in lower case, kept in place: none that is asked for is longer. A longer one is empty.
#[derive(Default)]
struct Lower {
    bytes: [u8; 16],
    len: usize,
}

impl Lower {
    fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.len).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Words that lead to the end of a range.
const TO: &[&str] = &["to", "until", "till", "through", "thru"];

/// Words behind which "over two years" is more than that.
const LONGER: &[&str] = &[
    "for", "in", "just", "well", "after", "lasted", "lasts", "last", "took", "takes", "take",
    "spent", "of", "within", "waited", "wait", "served", "lived", "worked", "stayed", "spans",
    "spanned", "by",
];

/// Classes of words that are no noun, so that the time in front of them stands alone.
const NO_NOUN: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::MODAL
    | Tags::PRONOUN
    | Tags::DETERMINER
    | Tags::PAST_VERB;

/// The times of a sentence, in text order, none inside another; `triggers` are the places where one may stand.
pub fn mentions(
    scene: &mut Scene<'_>,
    triggers: impl Iterator<Item = usize>,
    out: &mut Vec<Mention>,
) {
    let mut free = 0;
    for at in triggers {
        if at < free {
            continue;
        }
        let read = scene.read(at, free);
        if let Some(read) = read.filter(|read| read.end > at) {
            let read = timed::joined(scene, range::widened(scene, read, free));
            let read = point::by_season(scene, read);
            let (first, time) = scene.bent(&read, free);
            let relation = scene.relation(first, free).of(&read.time);
            let (time, end) =
                scene.reaching(scene.opened(time, relation, first, read.end), first, read.end);
            let read = Read { end, ..read };
            if let Some(other) = in_year::first_of_two(scene, &read, free) {
                out.push(other);
            }
            if read.rule != "date.unit.ago" {
                scene.memory.keep(
                    &time,
                    relation,
                    scene.next_fact + out.len() as u32,
                    scene.sentence,
                    scene.today(),
                );
            }
            out.push(Mention { first, end: read.end, time, relation, rule: read.rule });
            let other = period::and_next(scene, &read).or_else(|| season::and_year(scene, &read));
            let fact = scene.next_fact + out.len() as u32 - 1;
            match time.when {
                When::Clock(Some(day), Clock::Time(hour, ..)) => {
                    scene.timed = Some((day, hour, fact));
                }
                // "went out on Tuesday night and came back at 1 a.m."
                When::Clock(Some(day), Clock::Part(part @ PartOfDay::Night)) => {
                    scene.timed = Some((day, part.hours().0, fact));
                }
                _ => {}
            }
            scene.every = match time.when {
                When::Every(recurrence) => Some(recurrence.without_clock()),
                When::Length(..) | When::Sum(_) | When::Clock(None, _) => scene.every,
                _ => None,
            };
            let told = match time.when {
                // "20-21 October and 10 November"
                When::Between(_, Some(last @ Calendar { part: Part::Day(..), .. })) => Some(last),
                _ => time.period(),
            };
            scene.last = told.map(|calendar| match scene.last {
                // "in December … from 2.4 % in November": told of the first, compared with the month before.
                Some((_, told, first)) if calendar.plus(1) == Some(told) && is_month(told) => {
                    (read.end, told, first)
                }
                _ => (read.end, calendar, fact),
            });
            free = read.end;
            if let Some(other) = other {
                free = other.end;
                out.push(other);
            }
        }
    }
}

fn is_month(unit: Calendar) -> bool {
    matches!(unit.part, Part::Month(_))
}

impl<'a> Scene<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The time that stands at a trigger: the readers whose shape may stand there are tried in order.
    fn read(&self, at: usize, free: usize) -> Option<Read> {
        let token = self.token(at)?;
        if token.kind == TokenKind::Number {
            self.read_digits(token, at, free)
        } else {
            self.read_word(token, at, free)
        }
    }

    /// A time whose trigger is digits. Most digits count something, so each reader is asked only where its shape may stand.
    fn read_digits(&self, token: &Token, at: usize, free: usize) -> Option<Read> {
        let len = token.span.len();
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let next = self.token(at + 1);
        let next_is = |kind: TokenKind| next.is_some_and(|next| next.kind == kind);
        let is_joined = next.is_some_and(Token::is_joined);
        let is_marked = is_joined & (next_is(TokenKind::Hyphen) | next_is(TokenKind::Slash));
        let is_lettered = is_joined & next_is(TokenKind::Word);
        let is_upper = |token: Option<&Token>| {
            token.is_some_and(|token| token.is_word() & token.has(flags::UPPER))
        };
        // "$5" is no label.
        let is_priced = before
            .is_some_and(|before| (before.kind == TokenKind::Symbol) & before.is(Tags::CURRENCY));
        let is_led = token.is_joined() & !is_priced;
        let is_labelled = is_marked | is_lettered | is_led | is_upper(before) | is_upper(next);
        // "1.1.20" is the shortest in one token.
        let is_dated = is_marked | (len >= 6);
        let goes_on =
            next_is(TokenKind::Comma) | next.is_some_and(|next| next.is(Tags::CONJUNCTION));
        let is_listed = (len <= 2) & (goes_on | self.last.is_some_and(|(end, ..)| at <= end + 2));
        let is_four = len == 4;
        let is_clock = clock::may_stand(self, at, at + 1);
        if !(is_labelled | is_dated | is_listed | is_four | is_clock) {
            return None;
        }
        if is_dated {
            let read = numeric::numeric(self, at)
                .or_else(|| numeric::iso(self, at))
                .or_else(|| numeric::short(self, at))
                .or_else(|| numeric::month_of_year(self, at));
            if read.is_some() {
                return read;
            }
        }
        if is_labelled && let Some(read) = label::label(self, at, free) {
            return Some(read);
        }
        if is_clock && let Some(read) = clock::clock(self, at, free) {
            return Some(read);
        }
        if is_lettered && let Some(read) = lengths::lettered(self, at) {
            return Some(read);
        }
        if is_listed && let Some(read) = list::day(self, at, free) {
            return Some(read);
        }
        if is_lettered && let Some(read) = numbered::number(self, at, free) {
            return Some(read);
        }
        if (is_four || is_labelled)
            && let Some(read) = year::year(self, at, free)
        {
            return Some(read);
        }
        if is_lettered { decade::decade(self, at, free) } else { None }
    }

    /// A time whose trigger is a word, by its classes.
    fn read_word(&self, token: &Token, at: usize, free: usize) -> Option<Read> {
        let is_number = token.is(Tags::NUMBER);
        // "half past two", "a quarter to six", "noon": the other words that begin a time of day.
        let is_head =
            is_number || self.is_any(at, &["half", "quarter", "noon", "midday", "midnight"]);
        if is_head
            && (clock::may_stand(self, at, self.numeral_end(at))
                || clock::is_half_hour(self, at)
                || clock::is_spoken(self, at))
            && let Some(read) = clock::clock(self, at, free)
        {
            return Some(read);
        }
        if token.is(Tags::MONTH)
            && let Some(read) = day::month(self, at, free)
        {
            return Some(day::yearly(self, read));
        }
        if token.is(Tags::WEEKDAY)
            && let Some(read) = weekday::weekday(self, at, free)
        {
            return Some(read);
        }
        if is_number && let Some(read) = numbered::number(self, at, free) {
            return Some(read);
        }
        if token.is(Tags::TIME_UNIT)
            && let Some(read) = unit::unit(self, at, free)
        {
            return Some(read);
        }
        if is_number && let Some(read) = year::spoken(self, at, free) {
            return Some(read);
        }
        if token.is(Tags::HOLIDAY)
            && let Some(read) = holiday::holiday(self, at, free)
        {
            return Some(read);
        }
        if token.is(Tags::TIME) { word::word(self, at, free) } else { None }
    }

    /// The token behind the number words that begin at `at`: "twenty", "forty-three".
    fn numeral_end(&self, at: usize) -> usize {
        let is_number = |at: usize| self.token(at).is_some_and(|token| token.is(Tags::NUMBER));
        let mut end = at + 1;
        while end < at + 4 {
            let hyphen = usize::from(self.kind(end) == Some(TokenKind::Hyphen));
            if !is_number(end + hyphen) {
                break;
            }
            end += hyphen + 1;
        }
        end
    }

    fn rest(&self, at: usize) -> &'a [Token] {
        self.tokens.get(at..).unwrap_or_default()
    }

    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.content))
    }

    /// The length of a token's text.
    fn len(&self, at: usize) -> u32 {
        self.tokens.get(at).map_or(0, |token| token.span.len())
    }

    /// The text of a token in lower case, for a choice between words.
    fn lower(&self, at: usize) -> Lower {
        let mut lower = Lower::default();
        let text = self.tokens.get(at).map_or(&[][..], |token| token.span.bytes_of(self.content));
        if let Some(room) = lower.bytes.get_mut(..text.len()) {
            room.copy_from_slice(text);
            room.make_ascii_lowercase();
            lower.len = room.len();
        }
        lower
    }

    #[inline(always)]
    fn is(&self, at: usize, lower: &str) -> bool {
        self.token(at).is_some_and(|token| token.reads(self.content, lower))
    }

    #[inline(always)]
    fn is_any(&self, at: usize, lower: &[&str]) -> bool {
        self.token(at).is_some_and(|token| token.reads_any(self.content, lower))
    }

    /// Whether the token is money: a sign, or a name; not the letter of "A$".
    fn is_money(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.is(Tags::CURRENCY) && (token.kind == TokenKind::Symbol || token.span.len() > 3)
        })
    }

    /// The token before, where there is one that is free.
    fn before(&self, at: usize, free: usize) -> Option<usize> {
        at.checked_sub(1).filter(|before| *before >= free)
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn is_joined(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_joined)
    }

    /// The day of publication.
    fn today(&self) -> Option<Date> {
        self.published.map(DateTime::date)
    }

    /// The span of tokens.
    pub fn span(&self, mention: &Mention) -> Span {
        let edge = |at: usize| self.tokens.get(at).map_or(Span::default(), |token| token.span);
        edge(mention.first).join(edge(mention.end.saturating_sub(1)))
    }

    /// A value that hangs on the time of publication: what `resolve` makes of that day, or `open` when it is not known.
    fn relative(&self, open: When, resolve: impl FnOnce(Date) -> Option<When>) -> TimeValue {
        match self.today().and_then(resolve) {
            Some(when) => TimeValue::new(when).resolved(Resolution::FromPublishTime),
            None => TimeValue::new(open).resolved(Resolution::Unresolved),
        }
    }

    /// Words in front that bend a time are inside its mention: "[early next year]", "[more than four hours]", "[the end of 1990]".
    fn bent(&self, read: &Read, free: usize) -> (usize, TimeValue) {
        let Read { first, time, rule, .. } = *read;
        let in_front = self.tokens.get(free.max(first.saturating_sub(4))..first);
        let bends = |token: &Token| token.is(Tags::TIME_MODIFIER);
        if time.modifier.is_some() && rule != "date.unit.ago"
            || !in_front.is_some_and(|tokens| tokens.iter().any(bends))
        {
            return (first, time);
        }
        // "by end-June"
        if let Some(end) = first.checked_sub(2).filter(|end| *end >= free && self.is(*end, "end"))
            && self.kind(end + 1) == Some(TokenKind::Hyphen)
            && matches!(time.when, When::At(_))
        {
            return (end, time.modified(Some(TimexMod::End)));
        }
        let is_length = matches!(time.when, When::Length(..)) || rule == "date.unit.ago";
        // "over two weeks", "about five hours": of a count, but not of "the last two weeks".
        let is_counted = is_length
            && (self.kind(first) == Some(TokenKind::Number)
                || self.token(first).is_some_and(|head| head.is(Tags::NUMBER))
                || self.is_any(first, &["a", "an", "half"]));
        let is_day = time.calendar().is_some_and(|unit| unit.granularity() == Granularity::Day);
        let is_reference =
            matches!(time.when, When::Past | When::Present | When::Future | When::Every(_))
                || rule.starts_with("date.weekday");
        for back in (1..=4).rev() {
            let Some(at) = first.checked_sub(back).filter(|at| *at >= free) else { continue };
            let Some(found) = self.lexicon.times.modifier.at(self.rest(at)) else { continue };
            let joined_mid = matches!(found.value, TimexMod::Start | TimexMod::Mid | TimexMod::End)
                && found.len + 1 == back
                && self.kind(first - 1) == Some(TokenKind::Hyphen);
            if found.len != back && !joined_mid {
                continue;
            }
            let of_length = matches!(
                found.value,
                TimexMod::MoreThan
                    | TimexMod::LessThan
                    | TimexMod::EqualOrMore
                    | TimexMod::EqualOrLess
            );
            // "12.5% over two years" is in them; "for over two years", "over an hour" is more.
            let is_over = self.is(at, "over")
                && rule != "date.unit.ago"
                && !self.is_any(first, &["a", "an", "half"])
                && !at.checked_sub(1).is_some_and(|before| self.is_any(before, LONGER));
            let fits = !is_over
                && !unit::is_difference(self, rule, at)
                && match found.value {
                    // "the first half of Friday's game" is no part of the day.
                    TimexMod::Start | TimexMod::Mid | TimexMod::End => {
                        let is_half = back > 2 && self.is(first - 2, "half");
                        !(is_length || is_half && is_day)
                    }
                    TimexMod::Approx if is_reference => false,
                    TimexMod::Approx => {
                        is_counted
                            || matches!(time.when, When::Clock(..))
                            || self.is_any(at, &["around", "circa"])
                            // "since about 1850", but "a film about 1914"
                            || rule == "date.year.era"
                            || rule == "date.year"
                                && at > 0
                                && self.is_any(at - 1, &["in", "since", "until", "by", "from"])
                    }
                    _ if self.is(at, "at") => is_length,
                    _ => of_length && is_counted,
                };
            if fits {
                let the = |at: usize| {
                    self.before(at, free)
                        .filter(|the| joined_mid && self.is(*the, "the"))
                        .unwrap_or(at)
                };
                let time = self.beside_today(time, at);
                return (the(at), time.modified(Some(*found.value)));
            }
        }
        (first, time)
    }

    /// "earlier this year" ends, and "later this week" and "the rest of the month" begin with the day of publication.
    fn beside_today(&self, time: TimeValue, at: usize) -> TimeValue {
        let is_earlier = self.is(at, "earlier");
        let is_later =
            self.is(at, "later") || (at..at + 2).any(|at| self.is_any(at, &["rest", "remainder"]));
        let (When::At(unit), Some(today)) = (time.when, self.today()) else { return time };
        let (Some(first), Some(after)) = (unit.first(), unit.after()) else { return time };
        let (from, to) = if is_earlier { (first, today) } else { (today, after) };
        let is_cut = (is_earlier || is_later) && unit.granularity() > Granularity::Day;
        if is_cut && first <= today && from < to && to <= after {
            TimeValue { when: When::Within(unit, from, to), ..time }
        } else {
            time
        }
    }

    /// A time that is open on one side: "since May", "until 2024", "by Friday". What follows it must not be its noun: "since
    /// Friday's vote", "by the 2019 census".
    fn opened(&self, time: TimeValue, relation: Relation, first: usize, end: usize) -> TimeValue {
        let is_clock = matches!(time.when, When::Clock(..));
        let open = match relation {
            Relation::Since => Open::From,
            Relation::By | Relation::Until => Open::UpTo,
            Relation::After => Open::After,
            Relation::Before if is_clock => Open::Before,
            // "before the end of the year"
            Relation::Before if time.modifier == Some(TimexMod::End) => Open::UpTo,
            Relation::On | Relation::Before | Relation::During => return time,
        };
        let is_noun = self.token(end).is_some_and(|next| {
            self.is_any(end, &["'s", "’s"]) || next.is_word() && !next.is(NO_NOUN)
        });
        // "shortly before 10 p.m." is about then.
        let is_near = is_clock
            && first.checked_sub(2).is_some_and(|near| {
                self.is_any(near, &["shortly", "just", "soon", "immediately", "right", "minutes"])
            });
        let is_point = matches!(time.when, When::At(_) | When::Within(..) | When::Clock(..));
        if is_point && !is_noun && !is_near && time.open.is_none() {
            time.opened(open)
        } else {
            time
        }
    }

    /// What the preposition in front says.
    fn relation(&self, first: usize, free: usize) -> Relation {
        // Of most times, none stands there.
        let in_front = self.tokens.get(free.max(first.saturating_sub(5))..first);
        let relates = |token: &Token| token.is(Tags::TIME_RELATION);
        if !in_front.is_some_and(|tokens| tokens.iter().any(relates)) {
            return Relation::On;
        }
        // "until at least Thursday", "since around May"
        let bends = |back: usize| {
            first
                .checked_sub(back)
                .and_then(|at| self.token(at))
                .is_some_and(|token| token.is(Tags::TIME_MODIFIER))
        };
        let first =
            if bends(2) && self.is(first - 2, "at") && self.is_any(first - 1, &["least", "most"]) {
                first - 2
            } else if bends(1) && self.is_any(first - 1, &["around", "about", "roughly"]) {
                first - 1
            } else {
                first
            };
        for back in (1..=3).rev() {
            let Some(at) = first.checked_sub(back).filter(|at| *at >= free) else { continue };
            if !self.token(at).is_some_and(|token| token.is(Tags::TIME_RELATION)) {
                continue;
            }
            if let Some(found) =
                self.lexicon.times.relation.at(self.rest(at)).filter(|found| found.len == back)
            {
                // "in the run-up to 2014"
                if self.is(at, "up") && at > 0 && self.kind(at - 1) == Some(TokenKind::Hyphen) {
                    continue;
                }
                // "on or before 30 June"
                let is_either =
                    at > 1 && self.is(at - 1, "or") && self.is_any(at - 2, &["on", "at"]);
                return match found.value {
                    Relation::Before if is_either => Relation::By,
                    Relation::After if is_either => Relation::Since,
                    relation => *relation,
                };
            }
        }
        Relation::On
    }
}
