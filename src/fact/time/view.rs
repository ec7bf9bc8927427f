//! The written views of a time: TIMEX3, EDTF, begin and end.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each view names the shapes that it can write; the others have none"
)]

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{
    Calendar, Clock, Count, Granularity, Part, Recurrence, Season, TimeValue, TimexMod, TimexType,
    Unit, When, Zone,
};

impl TimeValue {
    /// TIMEX3 `type`.
    pub fn timex_type(&self) -> TimexType {
        match self.when {
            When::Clock(..) => TimexType::Time,
            When::Length(..) => TimexType::Duration,
            When::Every(_) => TimexType::Set,
            When::At(_)
            | When::Between(..)
            | When::Past
            | When::Present
            | When::Future
            | When::Weekday(_)
            | When::Month(..)
            | When::Part(_) => TimexType::Date,
        }
    }

    /// TIMEX3 `value`: "2022-10", "P3M", "PAST_REF", "XXXX-WXX-4".
    pub fn timex_value(&self) -> String {
        match self.when {
            When::At(calendar) => calendar_value(&calendar),
            When::Clock(day, clock) => {
                let day = day.map(|day| calendar_value(&day)).unwrap_or_default();
                // TIMEX3 writes the clock as it was said; only universal time is marked.
                let zone = Some(zone(&clock)).filter(|zone| zone == "Z").unwrap_or_default();
                format!("{day}T{}{zone}", clock.text())
            }
            When::Between(from, to) => match (from, to) {
                // TIMEX3 has no value of an interval: the unit that it begins with stands for it.
                (Some(edge), _) | (None, Some(edge)) => calendar_value(&edge),
                (None, None) => "XXXX".to_owned(),
            },
            When::Length(count, unit, _) => length_value(count, unit),
            When::Every(recurrence) => match recurrence {
                Recurrence::Unit { count, unit, .. } => {
                    length_value(Some(u32::from(count) * 10), unit)
                }
                Recurrence::Weekday(day, None) => format!("XXXX-WXX-{day}"),
                Recurrence::Weekday(day, Some(clock)) => {
                    format!("XXXX-WXX-{day}T{}", clock.text())
                }
                Recurrence::Month(month) => format!("XXXX-{month:02}"),
            },
            When::Past => "PAST_REF".to_owned(),
            When::Present => "PRESENT_REF".to_owned(),
            When::Future => "FUTURE_REF".to_owned(),
            When::Weekday(day) => format!("XXXX-WXX-{day}"),
            When::Month(month, None) => format!("XXXX-{month:02}"),
            When::Month(month, Some(day)) => format!("XXXX-{month:02}-{day:02}"),
            When::Part(part) => format!("XXXX{}", part_value(part)),
        }
    }

    /// TIMEX3 `mod`.
    pub fn timex_mod(&self) -> Option<TimexMod> {
        self.modifier
    }

    /// TIMEX3 `quant` of a recurrence: "EVERY"; empty otherwise.
    pub fn timex_quant(&self) -> &'static str {
        match self.when {
            When::Every(
                Recurrence::Unit { times: 0, .. } | Recurrence::Weekday(..) | Recurrence::Month(_),
            ) => "EVERY",
            When::Every(Recurrence::Unit { .. })
            | When::At(_)
            | When::Clock(..)
            | When::Between(..)
            | When::Length(..)
            | When::Past
            | When::Present
            | When::Future
            | When::Weekday(_)
            | When::Month(..)
            | When::Part(_) => "",
        }
    }

    /// TIMEX3 `freq` of a recurrence: "2X"; empty otherwise.
    pub fn timex_freq(&self) -> String {
        match self.when {
            When::Every(Recurrence::Unit { times, .. }) if times > 0 => format!("{times}X"),
            _ => String::new(),
        }
    }

    /// EDTF (ISO 8601-2); empty for what it cannot write: lengths, recurrences, references without a date.
    pub fn edtf(&self) -> String {
        let about = if self.modifier == Some(TimexMod::Approx) { "~" } else { "" };
        match self.when {
            When::At(calendar) if self.is_open_before() => {
                Self { when: When::Between(None, Some(calendar)), modifier: None, ..*self }.edtf()
            }
            When::At(calendar) if self.is_open_after() => {
                Self { when: When::Between(Some(calendar), None), modifier: None, ..*self }.edtf()
            }
            When::At(calendar) => {
                let text = calendar_edtf(&calendar);
                if text.is_empty() || text.contains('/') { text } else { text + about }
            }
            When::Clock(Some(day), Clock::Time(hour, minute, second, zone)) => {
                let (minute, second) = (minute.unwrap_or(0), second.unwrap_or(0));
                let day = if hour == 24 { day.plus(1) } else { Some(day) };
                let Some(day) = day else { return String::new() };
                let (open, close) = if self.is_open_before() {
                    ("../", "")
                } else {
                    ("", if self.is_open_after() { "/.." } else { "" })
                };
                format!(
                    "{open}{}T{:02}:{minute:02}:{second:02}{}{close}",
                    calendar_edtf(&day),
                    hour % 24,
                    zone_text(zone)
                )
            }
            When::Between(from, to) => {
                let edge = |edge: Option<Calendar>| match edge {
                    None => "..".to_owned(),
                    Some(calendar) => calendar_edtf(&calendar),
                };
                let (from, to) = (edge(from), edge(to));
                // A week is an interval itself: its own outer edge stands for it.
                let (from, to) = (
                    from.split('/').next().unwrap_or_default(),
                    to.split('/').next_back().unwrap_or_default(),
                );
                format!("{from}/{to}")
            }
            When::Length(_, _, Some((from, to))) => {
                Self { when: When::Between(Some(from), Some(to)), ..*self }.edtf()
            }
            When::Month(month, None) => format!("XXXX-{month:02}"),
            When::Month(month, Some(day)) => format!("XXXX-{month:02}-{day:02}"),
            _ => String::new(),
        }
    }

    /// Earliest civil time, inclusive, ISO 8601: a date, or date and time when finer than a day. `None` when unknown.
    pub fn begin(&self) -> Option<String> {
        match self.when {
            When::Between(None, _) => None,
            _ if self.is_open_before() => None,
            _ => self.bounds().map(|(begin, _)| self.bound(begin)),
        }
    }

    /// Latest civil time, exclusive. `None` when unknown.
    pub fn end(&self) -> Option<String> {
        match self.when {
            When::Between(_, None) => None,
            _ if self.is_open_after() => None,
            _ => self.bounds().map(|(_, end)| self.bound(end)),
        }
    }

    /// Whether it reaches from any time before: "until 2024".
    pub fn is_open_before(&self) -> bool {
        self.modifier == Some(TimexMod::OnOrBefore)
    }

    /// Whether it reaches to any time after: "since May".
    pub fn is_open_after(&self) -> bool {
        self.modifier == Some(TimexMod::OnOrAfter)
    }

    fn bound(&self, time: DateTime) -> String {
        match self.when {
            When::Clock(_, Clock::Time(_, _, Some(_), _)) => {
                time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
            }
            When::Clock(..) => time.strftime("%Y-%m-%dT%H:%M").to_string(),
            _ => iso(time.date()),
        }
    }

    /// Earliest and latest civil time, half-open; an open end is as the other edge, and not to be shown.
    pub fn bounds(&self) -> Option<(DateTime, DateTime)> {
        let midnight = |day: Date| day.at(0, 0, 0, 0);
        match self.when {
            When::At(calendar) => Some((midnight(calendar.first()?), midnight(calendar.after()?))),
            When::Clock(day, clock) => {
                let day = midnight(day?.first()?);
                let (begin, length) = match clock {
                    Clock::Time(hour, minute, second, _) => {
                        let begin = i64::from(hour) * 3600
                            + i64::from(minute.unwrap_or(0)) * 60
                            + i64::from(second.unwrap_or(0));
                        let length = if second.is_some() {
                            1
                        } else if minute.is_some() {
                            60
                        } else {
                            3600
                        };
                        (begin, length)
                    }
                    Clock::Part(part) => {
                        let (from, to) = part.hours();
                        (i64::from(from) * 3600, i64::from(to - from) * 3600)
                    }
                };
                let begin = day.checked_add(begin.seconds()).ok()?;
                Some((begin, begin.checked_add(length.seconds()).ok()?))
            }
            When::Length(_, _, Some((from, to))) => {
                Self { when: When::Between(Some(from), Some(to)), ..*self }.bounds()
            }
            When::Between(from, to) => {
                let begin = from.or(to)?.first()?;
                let end = to.or(from)?.after()?;
                (begin < end).then_some((midnight(begin), midnight(end)))
            }
            _ => None,
        }
    }

    /// The unit that it is said to.
    pub fn granularity(&self) -> Option<Granularity> {
        match self.when {
            When::At(calendar) => Some(calendar.granularity()),
            When::Clock(_, clock) => Some(clock.granularity()),
            When::Between(from, to) => from.or(to).map(|edge| edge.granularity()),
            When::Length(_, unit, _) | When::Every(Recurrence::Unit { unit, .. }) => {
                Some(unit.granularity())
            }
            When::Every(Recurrence::Weekday(..)) | When::Weekday(_) | When::Month(_, Some(_)) => {
                Some(Granularity::Day)
            }
            When::Every(Recurrence::Month(_)) | When::Month(_, None) => Some(Granularity::Month),
            When::Part(part) => Some(part.granularity()),
            When::Past | When::Present | When::Future => None,
        }
    }
}

/// TIMEX3 value of a unit of the calendar.
fn calendar_value(calendar: &Calendar) -> String {
    let Calendar { year, part } = *calendar;
    match part {
        Part::Decade => format!("{}{:03}", sign(year), year.unsigned_abs() / 10),
        Part::Century => format!("{}{:02}", sign(year), year.unsigned_abs() / 100),
        Part::Millennium => format!("{}{}", sign(year), year.unsigned_abs() / 1000),
        Part::Day(month, day) => day_text(year, month, day),
        Part::Month(month) => month_text(year, month),
        Part::Year => year_text(year),
        part => format!("{}{}", year_text(year), part_value(part)),
    }
}

fn part_value(part: Part) -> String {
    match part {
        Part::Day(month, day) => format!("-{month:02}-{day:02}"),
        Part::Weekend(week) => format!("-W{week:02}-WE"),
        Part::Week(week) => format!("-W{week:02}"),
        Part::Month(month) => format!("-{month:02}"),
        Part::Season(season) => match season {
            Season::Spring => "-SP",
            Season::Summer => "-SU",
            Season::Autumn => "-FA",
            Season::Winter => "-WI",
        }
        .to_owned(),
        Part::Quarter(quarter) => format!("-Q{quarter}"),
        Part::Half(half) => format!("-H{half}"),
        Part::Year | Part::Decade | Part::Century | Part::Millennium => String::new(),
    }
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

fn sign(year: i16) -> &'static str {
    if year < 0 { "-" } else { "" }
}

fn iso(day: Date) -> String {
    day_text(day.year(), day.month(), day.day())
}

fn day_text(year: i16, month: i8, day: i8) -> String {
    let mut text = month_text(year, month);
    text.push('-');
    push_two(&mut text, day.unsigned_abs().into());
    text
}

fn month_text(year: i16, month: i8) -> String {
    let mut text = year_text(year);
    text.push('-');
    push_two(&mut text, month.unsigned_abs().into());
    text
}

fn year_text(year: i16) -> String {
    let mut text = String::with_capacity("-2022-10-14".len());
    text.push_str(sign(year));
    push_two(&mut text, year.unsigned_abs() / 100);
    push_two(&mut text, year.unsigned_abs() % 100);
    text
}

/// Two digits, by hand: dates are most of what is written of a fact, and `format!` takes ten times as long.
fn push_two(text: &mut String, value: u16) {
    for digit in [value / 10 % 10, value % 10] {
        text.push(char::from(b'0' + digit as u8));
    }
}

/// ISO 8601 duration: "P3M", "P2.5Y", "PT4H", "PXD", "P1DE".
fn length_value(count: Count, unit: Unit) -> String {
    let count = match count {
        None => "X".to_owned(),
        Some(tenths) if tenths % 10 == 0 => (tenths / 10).to_string(),
        Some(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
    };
    let time = if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) { "T" } else { "" };
    let unit = match unit {
        Unit::Second => "S",
        Unit::Minute => "M",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Weekend => "WE",
        Unit::Week => "W",
        Unit::Month => "M",
        Unit::Quarter => "Q",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Millennium => "ML",
    };
    format!("P{time}{count}{unit}")
}

fn zone(clock: &Clock) -> String {
    match clock {
        Clock::Time(_, _, _, zone) => zone_text(*zone),
        Clock::Part(_) => String::new(),
    }
}

fn zone_text(zone: Zone) -> String {
    match zone {
        Zone::Local => String::new(),
        Zone::Offset(0) => "Z".to_owned(),
        Zone::Offset(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
        }
    }
}
