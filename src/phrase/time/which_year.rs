//! The year of what has none of its own: "on 5 May", "in October", "the third quarter".

use super::day::day_after;
use super::{Direction, Scene, TO, anaphor, day, year};
use crate::fact::time::{Calendar, Part, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::{Tags, TimeWord};
use crate::phrase::number;
use crate::token::TokenKind;

impl Scene<'_> {
    /// A month, or a day of one, in the year that the direction gives.
    pub(super) fn of_year(
        &self,
        month: i8,
        day: Option<i8>,
        first: usize,
        end: usize,
    ) -> TimeValue {
        let story = || {
            let told = anaphor::year_of_story(self, month, day)?;
            (self.direction_of_day(first, end) == Direction::Past).then_some(told)
        };
        if let Some((year, fact)) = anaphor::year_of_event(self, month, first).or_else(story) {
            let unit = match day {
                Some(day) => Calendar::day(year, month, day),
                None => Some(Calendar::month(year, month)),
            };
            if let Some(unit) = unit {
                let time = TimeValue::new(When::At(unit)).resolved(Resolution::FromAnotherMention);
                return TimeValue { anchor: Some(fact), ..time };
            }
        }
        let direction = match self.direction_of_day(first, end) {
            Direction::Open => self.goes_on(first),
            direction => direction,
        };
        if let Some((year, base)) = self.year_of_range(month, day.is_some(), first, end) {
            let unit = match day {
                Some(day) => Calendar::day(year, month, day),
                None => Some(Calendar::month(year, month)),
            };
            if let Some(unit) = unit {
                return TimeValue { when: When::At(unit), ..base };
            }
        }
        self.of_near_year(month, day, direction, first)
    }

    /// The same by the direction alone.
    fn of_near_year(
        &self,
        month: i8,
        day: Option<i8>,
        direction: Direction,
        first: usize,
    ) -> TimeValue {
        // "resigned on 5 May"; "In May, she resigned", where the verb that follows is the time's own.
        let is_told = direction == Direction::Past
            && (self.is_told_on(first) || first == 1 || day.is_none() && self.is_told_in(first));
        let is_until =
            direction == Direction::Future && (self.is_until(first) || self.is_firm(first));
        // "was put off until 19 May", said in June: it was.
        let near_past = match is_until {
            true if self.is_moved(self.unbent(first))
                && self.nearest_left(first) == Direction::Past =>
            {
                -30
            }
            true => 0,
            false => -45,
        };
        self.relative(When::Month(month, day), |today| {
            let at = |year: i16| match day {
                Some(day) => Calendar::day(year, month, day),
                None => Some(Calendar::month(year, month)),
            };
            let year = today.year();
            let ahead = |year: i16| {
                let unit = at(year)?;
                let (first, after) = (unit.first()?, unit.after()?);
                // Days until it begins, or (below nought) since it ended; none while it lasts.
                Some(if first > today {
                    (first - today).get_days()
                } else if after <= today {
                    -(today - after).get_days() - 1
                } else {
                    0
                })
            };
            let cost = |year: i16| {
                let days = ahead(year)?;
                let is_since = first > 0 && self.is(first - 1, "since") || self.is_backdated(first);
                let near = match day {
                    _ if is_since || is_told => 0,
                    Some(_) => 80,
                    None => 10,
                };
                // What is said of a day soon to come is seldom said of the one a year before, and the other way round.
                Some(match direction {
                    Direction::Past if days > near => days + 10_000,
                    Direction::Future if days < near_past => 10_000 - days,
                    Direction::Open if days < 0 => -days,
                    Direction::Open => days * 3 / 2,
                    Direction::Past | Direction::Future => days.abs(),
                })
            };
            // 29 February is of leap years alone.
            let leap = [-4, -3, -2, 2, 3, 4].map(|by| year + by).into_iter();
            let is_leap_day = (month, day) == (2, Some(29));
            let chosen = [year, year - 1, year + 1]
                .into_iter()
                .chain(leap.filter(|_| is_leap_day))
                .filter_map(|year| Some((cost(year)?, year)))
                .min_by_key(|(cost, _)| *cost)?
                .1;
            at(chosen).map(When::At)
        })
    }
}

impl Scene<'_> {
    /// "resigned in January", "took over in May": the verb stands before the preposition.
    fn is_told_in(&self, first: usize) -> bool {
        let Some(verb) = first.checked_sub(2).filter(|_| self.is(first - 1, "in")) else {
            return false;
        };
        let is_particle = verb > 0
            && self.is_any(verb, &["over", "up", "down", "out", "off", "away", "back", "again"]);
        self.is_told_by(verb - usize::from(is_particle))
    }

    /// Which way a month or day lies of which no verb says it: "a high of $42 in June from $29 in March" goes on with what has been,
    /// "each Tuesday from March 11" begins.
    fn goes_on(&self, first: usize) -> Direction {
        let has_been = || {
            let last = self
                .last
                .filter(|(.., last, _)| matches!(last.part, Part::Month(_) | Part::Day(..)));
            let over = last.and_then(|(_, last, _)| last.after());
            over.zip(self.today()).is_some_and(|(over, today)| over <= today)
        };
        let led = |words: &[&str]| first > 0 && self.is_any(first - 1, words);
        if self.every.is_some() && led(&["from", "starting", "beginning"]) {
            Direction::Future
        } else if (led(&["from"]) || self.is_of_change(first)) && has_been() {
            Direction::Past
        } else {
            Direction::Open
        }
    }

    /// "from $29 in March": the time of what something changed from.
    fn is_of_change(&self, first: usize) -> bool {
        let is_led = first > 0 && self.is(first - 1, "in");
        is_led && (first.saturating_sub(5)..first - 1).any(|at| self.is(at, "from"))
    }

    /// "will start in Perth on November 21": of no day that has been.
    fn is_firm(&self, first: usize) -> bool {
        for at in (first.saturating_sub(8)..first).rev() {
            if self.is_any(at, &["will", "'ll", "’ll", "shall"]) {
                return true;
            }
            if !self.token(at).is_some_and(|token| token.is_word()) {
                return false;
            }
        }
        false
    }

    /// The year that the other end of a range has, and a time that it is resolved as: "between March and June 2022", "from November
    /// 2021 to March", "from March to August last year".
    fn year_of_range(
        &self,
        month: i8,
        is_day: bool,
        first: usize,
        end: usize,
    ) -> Option<(i16, TimeValue)> {
        let is_mark = |at: usize| {
            self.is(at, "and")
                || self.is_any(at, TO)
                || matches!(self.kind(at), Some(TokenKind::Hyphen | TokenKind::Dash))
        };
        // "from November and from December 2023" are two.
        let is_new = self.token(end + 1).is_some_and(|next| next.is(Tags::PREPOSITION));
        if is_mark(end) && !is_new {
            let at = (end + 1..end + 3)
                .find(|at| self.token(*at).is_some_and(|token| token.is(Tags::MONTH)))?;
            let other = *self.lexicon.times.month.of(self.token(at)?)?;
            let after = match day_after(self, at + 1) {
                Some((_, end)) => end,
                None => at + 1,
            };
            let (year, base) = match named_behind(self, after) {
                Some((year, base)) => (year, base),
                // "between January and November": where its end lies.
                None => {
                    let is_range =
                        !self.is(end, "and") || first > 0 && self.is(first - 1, "between");
                    self.today().filter(|_| is_range)?;
                    // "from 3 June to 10 July"
                    let day = at - usize::from(self.kind(at - 1) == Some(TokenKind::Number));
                    let direction = self.direction_of_day(day, after).or(self.goes_on(first));
                    let last = self.of_near_year(other, None, direction, day);
                    (last.calendar()?.year, last)
                }
            };
            return Some((if month > other { year - 1 } else { year }, base));
        }
        let (last_end, calendar, fact) = self.last?;
        let (Part::Month(other) | Part::Day(other, _)) = calendar.part else { return None };
        let is_like = matches!(calendar.part, Part::Day(..)) == is_day;
        (is_like && last_end + 1 == self.unbent(first) && self.is_any(last_end, TO))
            .then(|| if month < other { calendar.year + 1 } else { calendar.year })
            .map(|year| {
                // The end of a range leans on its beginning.
                let base = TimeValue::new(When::Past).resolved(Resolution::FromAnotherMention);
                (year, TimeValue { anchor: Some(fact), ..base })
            })
    }
}

/// The year that is named at `at`, and how it is resolved: "2022", "of 2022", "last year", "of that year".
fn named_behind(scene: &Scene<'_>, at: usize) -> Option<(i16, TimeValue)> {
    let of = usize::from(scene.is(at, "of"));
    if let Some((year, _)) = year::behind(scene, at + of) {
        return Some((year, TimeValue::new(When::At(Calendar::year(year)))));
    }
    let (time, _) = day::year_named(scene, at)?;
    Some((time.calendar()?.year, time))
}

/// A part of a year with the year of the other end of its range, or of its pair, where the mark between them is at `mark`: "from the
/// second quarter to the fourth quarter of 2021", "between the summer and winter of 1974".
pub(super) fn part_of_range(scene: &Scene<'_>, part: Part, mark: usize) -> Option<TimeValue> {
    let is_mark = scene.is(mark, "and")
        || scene.is_any(mark, TO)
        || matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash));
    if !is_mark {
        return None;
    }
    let from = mark + 1 + usize::from(scene.is(mark + 1, "the"));
    let (other, end) = other_part(scene, part, from)?;
    let (year, base) = named_behind(scene, end)?;
    let is_before = Calendar::part(year, part).first() > Calendar::part(year, other).first();
    let when = When::At(Calendar::part(year - i16::from(is_before), part));
    Some(TimeValue { when, ..base })
}

/// The part of a year at `at`, of the kind of `part`, and the token behind it: "fourth quarter", "Q4", "winter".
fn other_part(scene: &Scene<'_>, part: Part, at: usize) -> Option<(Part, usize)> {
    if matches!(part, Part::Season(_)) {
        let found = scene.lexicon.times.word.at(scene.rest(at))?;
        let TimeWord::Season(season) = *found.value else { return None };
        let is_south = scene.region.is_some_and(|region| region.is_southern());
        return Some((
            Part::Season(if is_south { season.southern() } else { season }),
            at + found.len,
        ));
    }
    let nth = number::ordinal(scene.lexicon, scene.content, scene.rest(at))?;
    let (unit, end) = (at + nth.len, at + nth.len + 1);
    let nth = i8::try_from(nth.value).ok().filter(|nth| (1..=4).contains(nth))?;
    match part {
        Part::Quarter(_) if scene.is(unit, "quarter") => Some((Part::Quarter(nth), end)),
        Part::Half(_) if scene.is(unit, "half") && nth < 3 => Some((Part::Half(nth), end)),
        _ => None,
    }
}

/// Whether what is told of a part of a year is its report: "expects to report fourth-quarter earnings".
fn is_reported(scene: &Scene<'_>, first: usize) -> bool {
    (first.saturating_sub(6)..first).any(|at| {
        scene.is_any(at, &["report", "post", "release", "announce", "publish", "reports"])
    })
}

/// Part of a calendar unit of the year of publication, and whether it lies ahead.
pub(super) fn part_of_year(scene: &Scene<'_>, part: Part, first: usize, end: usize) -> TimeValue {
    if let Some(time) = part_of_range(scene, part, end) {
        return time;
    }
    // "said the second half would be weaker": it begins what is said, whose verb follows.
    let is_subject =
        first > 0 && scene.is(first, "the") && scene.is_any(first - 1, &["said", "says", "that"]);
    let direction = match is_subject.then(|| scene.nearest_right(end)) {
        None | Some(Direction::Open) => scene.direction(first, end),
        Some(direction) => direction,
    };
    scene.relative(When::Part(part), |today| {
        let this = Calendar::part(today.year(), part);
        let is_over = || this.after().is_some_and(|after| after <= today);
        let by = match direction {
            // "will be shown in the spring", said in July
            Direction::Future if matches!(part, Part::Season(_)) && is_over() => 1,
            // A quarter that has just ended is still reported on: "expects to report third-quarter earnings".
            Direction::Future if (today - this.after()?).get_days() > 150 => 1,
            // "will be held in the second quarter", said in October
            Direction::Future
                if (today - this.after()?).get_days() > 45
                    && scene.is_firm(first)
                    && !is_reported(scene, first) =>
            {
                1
            }
            Direction::Past | Direction::Open if this.first()? > today => -1,
            Direction::Future if this.first()? > today && is_reported(scene, first) => {
                let last = Calendar::part(today.year() - 1, part);
                -i16::from((today - last.after()?).get_days() < 150)
            }
            Direction::Past | Direction::Future | Direction::Open => 0,
        };
        Some(When::At(Calendar::part(today.year() + by, part)))
    })
}
