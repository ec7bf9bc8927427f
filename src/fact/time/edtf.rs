//! EDTF (ISO 8601-2): level 0 dates and intervals, level 1 seasons, open intervals and "about", level 2 quarters, halves and
//! unspecified digits.

use jiff::civil::{Date, DateTime};

use super::text::{
    push_date, push_day, push_month, push_number, push_time, push_two, push_year, push_yearless,
    push_zone, sign,
};
use super::{Calendar, Clock, Open, Part, Season, TimeValue, TimexMod, When, Zone};

impl TimeValue {
    /// EDTF, added to a text; nothing for what it cannot write: lengths, recurrences, references without a date.
    pub fn push_edtf(&self, text: &mut String) {
        match self.when {
            // It has no fiscal years.
            When::At(Calendar { part: Part::FiscalQuarter(_) | Part::FiscalHalf(_), .. }) => {}
            // What bends a unit to a part of it makes it an interval of days.
            When::At(calendar)
                if self.is_narrowed(&calendar)
                    || self.open == Some(Open::Before)
                    || self.open == Some(Open::After) =>
            {
                let Some((begin, end)) = self.edges() else { return };
                let last = end.and_then(|end| end.date().yesterday().ok());
                push_interval(text, begin.map(DateTime::date), last, push_date);
            }
            When::At(calendar) => {
                let (mut from, mut to) = (Some(calendar), Some(calendar));
                match self.open {
                    Some(open) if open.is_before() => from = None,
                    Some(_) => to = None,
                    None => {
                        push_calendar(text, &calendar);
                        if self.modifier == Some(TimexMod::Approx) && !is_interval(calendar.part) {
                            text.push('~');
                        }
                        return;
                    }
                }
                push_between(text, from, to);
            }
            When::Within(_, from, to) => {
                let last = to.yesterday().ok();
                let (from, to) = match self.open {
                    Some(open) if open.is_before() => (None, last),
                    Some(_) => (Some(from), None),
                    None => (Some(from), last),
                };
                push_interval(text, from, to, push_date);
            }
            When::Clock(Some(_), Clock::Time(_, _, _, zone)) => {
                let edges = Self { open: None, ..*self }.edges();
                let Some((Some(begin), _)) = edges else { return };
                let instant = Some((begin, zone));
                match self.open {
                    None => push_instant(text, (begin, zone)),
                    Some(open) if open.is_before() => {
                        push_interval(text, None, instant, push_instant)
                    }
                    Some(_) => push_interval(text, instant, None, push_instant),
                }
            }
            When::Hours(Some(_), Clock::Time(_, _, _, zone), Clock::Time(_, _, _, other)) => {
                let Some((Some(begin), Some(end))) = self.edges() else { return };
                push_interval(text, Some((begin, zone)), Some((end, other)), push_instant);
            }
            When::Between(from, to) => push_between(text, from, to),
            When::Length(_, _, Some((from, to))) => push_between(text, Some(from), Some(to)),
            When::Month(month, day) => push_yearless(text, month, day),
            // EDTF has no time of an unknown day, no part of a day, no length, no recurrence and no vague reference.
            When::Clock(..)
            | When::Hours(..)
            | When::Length(..)
            | When::Sum(_)
            | When::Every(_)
            | When::Past
            | When::Present
            | When::Future
            | When::Weekday(_)
            | When::Part(_) => {}
        }
    }
}

/// An interval of what `push` writes, open where it has no edge.
fn push_interval<T>(
    text: &mut String,
    from: Option<T>,
    to: Option<T>,
    push: impl Fn(&mut String, T),
) {
    let edge = |text: &mut String, edge: Option<T>| match edge {
        Some(edge) => push(text, edge),
        None => text.push_str(".."),
    };
    edge(text, from);
    text.push('/');
    edge(text, to);
}

/// From one unit to another.
fn push_between(text: &mut String, from: Option<Calendar>, to: Option<Calendar>) {
    let (from, to) = (from.map(|from| (from, false)), to.map(|to| (to, true)));
    push_interval(text, from, to, |text, (calendar, is_last)| {
        if !is_interval(calendar.part) {
            push_calendar(text, &calendar);
        } else if let Some((first, last)) = days(&calendar) {
            // Its own outer edge stands for it.
            push_date(text, if is_last { last } else { first });
        }
    });
}

/// A week is an interval itself.
fn is_interval(part: Part) -> bool {
    matches!(part, Part::Week(_) | Part::Weekend(_))
}

fn push_instant(text: &mut String, (time, zone): (DateTime, Zone)) {
    push_date(text, time.date());
    push_time(text, time, true);
    push_zone(text, zone);
}

/// EDTF: level 1 seasons (21 to 24), level 2 seasons of the south (29 to 32), quarters (33 to 36), halves (40, 41) and unspecified digits; a week is an interval.
fn push_calendar(text: &mut String, calendar: &Calendar) {
    let Calendar { year, part } = *calendar;
    let code = |text: &mut String, code: i8| {
        push_year(text, year);
        text.push('-');
        push_two(text, code.unsigned_abs().into());
    };
    match part {
        Part::Day(month, day) => push_day(text, year, month, day),
        Part::Month(month) => push_month(text, year, month),
        Part::Year => push_year(text, year),
        Part::Season(season) => code(
            text,
            match season {
                Season::Spring => 21,
                Season::Summer => 22,
                Season::Autumn => 23,
                Season::Winter => 24,
                Season::SouthernSpring => 29,
                Season::SouthernSummer => 30,
                Season::SouthernAutumn => 31,
                Season::SouthernWinter => 32,
            },
        ),
        Part::Quarter(quarter) => code(text, 32 + quarter),
        Part::Half(half) => code(text, 39 + half),
        Part::FiscalQuarter(_) | Part::FiscalHalf(_) => {}
        Part::Decade => {
            text.push_str(sign(year));
            push_two(text, year.unsigned_abs() / 100);
            push_number(text, u32::from(year.unsigned_abs() / 10 % 10));
            text.push('X');
        }
        Part::Century => {
            text.push_str(sign(year));
            push_two(text, year.unsigned_abs() / 100);
            text.push_str("XX");
        }
        Part::Millennium => {
            text.push_str(sign(year));
            push_number(text, u32::from(year.unsigned_abs() / 1000));
            text.push_str("XXX");
        }
        Part::Week(_) | Part::Weekend(_) => {
            if let Some((first, last)) = days(calendar) {
                push_interval(text, Some(first), Some(last), push_date);
            }
        }
    }
}

/// The first and the last day of a unit.
fn days(calendar: &Calendar) -> Option<(Date, Date)> {
    Some((calendar.first()?, calendar.after()?.yesterday().ok()?))
}
