//! The bounds of a time on the calendar: begin and end.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "bounds are of the shapes that are named here; the others have none"
)]

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::text::{push_date, push_time};
use super::{
    Calendar, Clock, Granularity, Open, Part, PartOfDay, Recurrence, TimeValue, TimexMod, When,
};

/// Times as they are written: what facts with a time say several times over. One text for all views of a time, and for one
/// time after the other.
#[derive(Debug, Default)]
pub struct Views {
    text: String,
    /// Where the TIMEX3 value, the EDTF and the begin end in it.
    ends: [usize; 3],
}

impl Views {
    /// Writes the views of a time, in place of those of another.
    pub fn of(&mut self, time: &TimeValue) -> &Self {
        let Self { text, ends } = self;
        text.clear();
        time.push_timex_value(text);
        ends[0] = text.len();
        time.push_edtf(text);
        ends[1] = text.len();
        let (begin, end) = time.edges().unwrap_or_default();
        time.push_bound(text, begin);
        ends[2] = text.len();
        time.push_bound(text, end);
        self
    }

    /// TIMEX3 `value`: "2022-10", "P3M", "PAST_REF", "XXXX-WXX-4".
    pub fn timex_value(&self) -> &str {
        self.text.get(..self.ends[0]).unwrap_or_default()
    }

    /// EDTF; empty for what it cannot write: lengths, recurrences, references without a date.
    pub fn edtf(&self) -> &str {
        self.text.get(self.ends[0]..self.ends[1]).unwrap_or_default()
    }

    /// Earliest civil time, inclusive, ISO 8601: a date, or date and time when finer than a day; empty when unknown.
    pub fn begin(&self) -> &str {
        self.text.get(self.ends[1]..self.ends[2]).unwrap_or_default()
    }

    /// Latest civil time, exclusive; empty when unknown.
    pub fn end(&self) -> &str {
        self.text.get(self.ends[2]..).unwrap_or_default()
    }
}

impl TimeValue {
    /// [`Views::timex_value`] alone.
    pub fn timex_value(&self) -> String {
        let mut text = String::new();
        self.push_timex_value(&mut text);
        text
    }

    /// [`Views::edtf`] alone.
    pub fn edtf(&self) -> String {
        let mut text = String::new();
        self.push_edtf(&mut text);
        text
    }

    /// [`Views::begin`] alone; `None` when unknown.
    pub fn begin(&self) -> Option<String> {
        Some(Views::default().of(self).begin().to_owned()).filter(|begin| !begin.is_empty())
    }

    /// [`Views::end`] alone; `None` when unknown.
    pub fn end(&self) -> Option<String> {
        Some(Views::default().of(self).end().to_owned()).filter(|end| !end.is_empty())
    }

    fn push_bound(&self, text: &mut String, bound: Option<DateTime>) {
        let Some(bound) = bound else { return };
        push_date(text, bound.date());
        match self.when {
            When::Clock(_, Clock::Time(_, _, Some(_), _))
            | When::Hours(_, Clock::Time(_, _, Some(_), _), _) => push_time(text, bound, true),
            When::Clock(..) | When::Hours(..) => push_time(text, bound, false),
            _ => {}
        }
    }

    /// Earliest and latest civil time, half-open, each `None` where it has no end. `None` when nothing is known.
    pub fn edges(&self) -> Option<(Option<DateTime>, Option<DateTime>)> {
        if let When::Between(from, to) = self.when {
            let begin = from.and_then(|from| from.first());
            let end = to.and_then(|to| to.after());
            let is_known = begin.is_some() == from.is_some() && end.is_some() == to.is_some();
            let is_forward = begin.zip(end).is_none_or(|(begin, end)| begin < end);
            return (is_known && is_forward && (begin.is_some() || end.is_some()))
                .then(|| (begin.map(midnight), end.map(midnight)));
        }
        let (begin, end) = self.bounds()?;
        // A time of a day is a point for what begins or ends there.
        let end_point =
            if matches!(self.when, When::Clock(_, Clock::Time(..))) { begin } else { end };
        Some(match self.open {
            None => (Some(begin), Some(end)),
            Some(Open::From) => (Some(begin), None),
            Some(Open::After) => (Some(end_point), None),
            Some(Open::UpTo) => (None, Some(end_point)),
            Some(Open::Before) => (None, Some(begin)),
        })
    }

    /// The bounds of what is named, whichever side of it is meant.
    fn bounds(&self) -> Option<(DateTime, DateTime)> {
        match self.when {
            When::At(calendar) => {
                let (begin, end) = self.narrowed(&calendar)?;
                Some((midnight(begin), midnight(end)))
            }
            When::Within(_, from, to) => Some((midnight(from), midnight(to))),
            When::Clock(day, clock) => {
                let day = midnight(day?.first()?);
                let (begin, end) = self.seconds(clock);
                Some((day.checked_add(begin.seconds()).ok()?, day.checked_add(end.seconds()).ok()?))
            }
            When::Hours(days, from, to) => {
                let (first, last) = days?;
                let begin =
                    midnight(first.first()?).checked_add(self.seconds(from).0.seconds()).ok()?;
                let end = midnight(last.first()?).checked_add(self.seconds(to).0.seconds()).ok()?;
                (begin < end).then_some((begin, end))
            }
            When::Length(_, _, Some((from, to))) => {
                let (begin, end) = (from.first()?, to.after()?);
                (begin < end).then_some((midnight(begin), midnight(end)))
            }
            _ => None,
        }
    }

    /// Seconds of the day from and to.
    fn seconds(&self, clock: Clock) -> (i64, i64) {
        match clock {
            Clock::Time(hour, minute, second, _) => {
                let begin = i64::from(hour) * 3600
                    + i64::from(minute.unwrap_or(0)) * 60
                    + i64::from(second.unwrap_or(0));
                let length = match (minute, second) {
                    (_, Some(_)) => 1,
                    (Some(_), None) => 60,
                    (None, None) => 3600,
                };
                (begin, begin + length)
            }
            Clock::Part(part) => {
                let (from, to) = part.hours();
                let (from, to) = (i64::from(from) * 3600, i64::from(to) * 3600);
                match (self.modifier, part) {
                    // "early on Friday morning" is before people rise, "late on Thursday night" when they go to bed.
                    (Some(TimexMod::Start), PartOfDay::Morning) => (0, 9 * 3600),
                    (Some(TimexMod::End), PartOfDay::Night) => (22 * 3600, 26 * 3600),
                    (Some(TimexMod::Start), _) => (from, (from + to) / 2),
                    (Some(TimexMod::End), _) => ((from + to) / 2, to),
                    _ => (from, to),
                }
            }
        }
    }

    /// Whether its modifier picks a part of the unit.
    pub(super) fn is_narrowed(&self, calendar: &Calendar) -> bool {
        matches!(self.modifier, Some(TimexMod::Start | TimexMod::Mid | TimexMod::End))
            && !matches!(calendar.part, Part::Day(..) | Part::Weekend(_))
    }

    /// First day and the day after the last of the part of a unit that the modifier picks: "early" is its first half, "late" its
    /// second, "mid" what lies around the middle: of a month the days 11 to 20, of a year April to September.
    fn narrowed(&self, calendar: &Calendar) -> Option<(Date, Date)> {
        let (begin, end) = (calendar.first()?, calendar.after()?);
        if !self.is_narrowed(calendar) {
            return Some((begin, end));
        }
        let span = jiff::Span::new();
        let (quarter, half, three) = match calendar.part {
            Part::Day(..) | Part::Weekend(_) => return Some((begin, end)),
            Part::Week(_) => (span.days(2), span.days(3), span.days(5)),
            Part::Month(_) => (span.days(10), span.days(15), span.days(20)),
            Part::Season(_) | Part::Quarter(_) | Part::FiscalQuarter(_) => {
                (span.months(1), span.months(1).days(15), span.months(2))
            }
            Part::Half(_) | Part::FiscalHalf(_) => (span.months(2), span.months(3), span.months(4)),
            Part::Year => (span.months(3), span.months(6), span.months(9)),
            Part::Decade => (span.years(3), span.years(5), span.years(7)),
            Part::Century => (span.years(33), span.years(50), span.years(67)),
            Part::Millennium => (span.years(333), span.years(500), span.years(667)),
        };
        let at = |span: jiff::Span| begin.checked_add(span).ok();
        match self.modifier {
            Some(TimexMod::Start) => Some((begin, at(half)?)),
            Some(TimexMod::End) => Some((at(half)?, end)),
            _ => Some((at(quarter)?, at(three)?)),
        }
    }

    /// The unit that it is said to.
    pub fn granularity(&self) -> Option<Granularity> {
        match self.when {
            When::At(calendar) | When::Within(calendar, ..) => Some(calendar.granularity()),
            When::Clock(_, clock) | When::Hours(_, clock, _) => Some(clock.granularity()),
            When::Between(from, to) => from.or(to).map(|edge| edge.granularity()),
            When::Length(_, unit, _) | When::Every(Recurrence::Unit { unit, .. }) => {
                Some(unit.granularity())
            }
            When::Sum(parts) => {
                let last = parts.iter().rfind(|(count, _)| *count > 0);
                last.map(|(_, unit)| unit.granularity())
            }
            When::Every(Recurrence::Season(_)) => Some(Granularity::Season),
            When::Every(
                Recurrence::Day(..) | Recurrence::Weekday(..) | Recurrence::Weekdays(_),
            )
            | When::Weekday(_)
            | When::Month(_, Some(_)) => Some(Granularity::Day),
            When::Every(Recurrence::Clock(clock)) => Some(clock.granularity()),
            When::Every(Recurrence::Month(_)) | When::Month(_, None) => Some(Granularity::Month),
            When::Part(part) => Some(part.granularity()),
            When::Past | When::Present | When::Future => None,
        }
    }
}

fn midnight(day: Date) -> DateTime {
    day.at(0, 0, 0, 0)
}
