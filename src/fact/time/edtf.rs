//! EDTF (ISO 8601-2): level 0 dates and intervals, level 1 seasons, open intervals and "about", level 2 quarters, halves and
//! unspecified digits.

use jiff::civil::DateTime;

use super::text::{day_text, iso, month_text, sign, year_text, zone_text};
use super::{Calendar, Clock, Open, Part, Season, TimeValue, TimexMod, When, Zone};

impl TimeValue {
    /// EDTF; empty for what it cannot write: lengths, recurrences, references without a date.
    pub fn edtf(&self) -> String {
        let about = if self.modifier == Some(TimexMod::Approx) { "~" } else { "" };
        match self.when {
            // What bends a unit to a part of it makes it an interval of days.
            When::At(calendar)
                if self.is_narrowed(&calendar)
                    || self.open == Some(Open::Before)
                    || self.open == Some(Open::After) =>
            {
                let Some((begin, end)) = self.edges() else { return String::new() };
                let last = end.and_then(|end| end.date().yesterday().ok());
                interval(begin.map(|begin| iso(begin.date())), last.map(iso))
            }
            When::At(calendar) => {
                let text = calendar_edtf(&calendar);
                match self.open {
                    // A week is an interval itself: its own outer edge stands for it.
                    Some(open) if open.is_before() => {
                        interval(None, text.split('/').next_back().map(str::to_owned))
                    }
                    Some(_) => interval(text.split('/').next().map(str::to_owned), None),
                    None if text.is_empty() || text.contains('/') => text,
                    None => text + about,
                }
            }
            When::Within(_, from, to) => {
                let last = to.yesterday().ok();
                match self.open {
                    Some(open) if open.is_before() => interval(None, last.map(iso)),
                    Some(_) => interval(Some(iso(from)), None),
                    None => interval(Some(iso(from)), last.map(iso)),
                }
            }
            When::Clock(Some(_), Clock::Time(_, _, _, zone)) => {
                let Some((begin, _)) = (Self { open: None, ..*self }).edges() else {
                    return String::new();
                };
                let Some(text) = begin.map(|begin| instant(begin, zone)) else {
                    return String::new();
                };
                match self.open {
                    None => text,
                    Some(open) if open.is_before() => interval(None, Some(text)),
                    Some(_) => interval(Some(text), None),
                }
            }
            When::Hours(Some(_), Clock::Time(_, _, _, zone), Clock::Time(_, _, _, other)) => {
                let Some((Some(begin), Some(end))) = self.edges() else { return String::new() };
                interval(Some(instant(begin, zone)), Some(instant(end, other)))
            }
            When::Between(from, to) => {
                let (from, to) =
                    (from.map(|from| calendar_edtf(&from)), to.map(|to| calendar_edtf(&to)));
                interval(
                    from.and_then(|from| from.split('/').next().map(str::to_owned)),
                    to.and_then(|to| to.split('/').next_back().map(str::to_owned)),
                )
            }
            When::Length(_, _, Some((from, to))) => {
                Self { when: When::Between(Some(from), Some(to)), ..*self }.edtf()
            }
            When::Month(month, None) => format!("XXXX-{month:02}"),
            When::Month(month, Some(day)) => format!("XXXX-{month:02}-{day:02}"),
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
            | When::Part(_) => String::new(),
        }
    }
}

fn interval(from: Option<String>, to: Option<String>) -> String {
    let edge = |edge: Option<String>| edge.unwrap_or_else(|| "..".to_owned());
    format!("{}/{}", edge(from), edge(to))
}

fn instant(time: DateTime, zone: Zone) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{}T{hour:02}:{minute:02}:{second:02}{}", iso(time.date()), zone_text(zone))
}

/// EDTF: level 1 seasons (21 to 24), level 2 quarters (33 to 36), halves (40, 41) and unspecified digits; a week is an interval.
fn calendar_edtf(calendar: &Calendar) -> String {
    let Calendar { year, part } = *calendar;
    let text = year_text(year);
    match part {
        Part::Day(month, day) => day_text(year, month, day),
        Part::Month(month) => month_text(year, month),
        Part::Year => text,
        Part::Season(season) => {
            let code = match season {
                Season::Spring => 21,
                Season::Summer => 22,
                Season::Autumn => 23,
                Season::Winter => 24,
            };
            format!("{text}-{code}")
        }
        Part::Quarter(quarter) => format!("{text}-{}", 32 + quarter),
        Part::Half(half) => format!("{text}-{}", 39 + half),
        Part::Decade => format!("{}{:03}X", sign(year), year.unsigned_abs() / 10),
        Part::Century => format!("{}{:02}XX", sign(year), year.unsigned_abs() / 100),
        Part::Millennium => format!("{}{}XXX", sign(year), year.unsigned_abs() / 1000),
        Part::Week(_) | Part::Weekend(_) => {
            match (calendar.first(), calendar.after().and_then(|end| end.yesterday().ok())) {
                (Some(first), Some(last)) => format!("{}/{}", iso(first), iso(last)),
                _ => String::new(),
            }
        }
    }
}
