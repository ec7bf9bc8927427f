//! TIMEX3, as TimeML 1.2.1 writes a time.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a rule for some shapes; the others are written as their parts are"
)]

use super::text::{day_text, month_text, sign, year_text, zone_text};
use super::{
    Calendar, Clock, Count, Open, Part, Recurrence, Season, TimeValue, TimexMod, TimexType, Unit,
    When, Zone,
};

impl TimeValue {
    /// TIMEX3 `type`.
    pub fn timex_type(&self) -> TimexType {
        match self.when {
            When::Clock(..) | When::Hours(..) => TimexType::Time,
            When::Length(..) | When::Sum(_) => TimexType::Duration,
            When::Every(_) => TimexType::Set,
            When::At(_)
            | When::Within(..)
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
            When::At(calendar) | When::Within(calendar, ..) => calendar_value(&calendar),
            When::Clock(day, clock) => {
                let day = day.map(|day| calendar_value(&day)).unwrap_or_default();
                format!("{day}T{}{}", clock.text(), zone(&clock))
            }
            // TIMEX3 has no value of an interval: the time or the unit that it begins with stands for it.
            When::Hours(days, from, _) => {
                Self { when: When::Clock(days.map(|(day, _)| day), from), ..*self }.timex_value()
            }
            When::Between(from, to) => match (from, to) {
                (Some(edge), _) | (None, Some(edge)) => calendar_value(&edge),
                (None, None) => "XXXX".to_owned(),
            },
            // ISO 8601 has no decade: where several are counted, or where they lie is known, they are told in years.
            When::Length(Some(tenths), Unit::Decade, lies) if tenths > 10 || lies.is_some() => {
                length_value(Some(tenths.saturating_mul(10)), Unit::Year)
            }
            When::Length(count, unit, _) => length_value(count, unit),
            When::Sum(parts) => sum_value(&parts),
            When::Every(recurrence) => match recurrence {
                Recurrence::Unit { count: 1, unit: Unit::Weekend, .. } => "XXXX-WXX-WE".to_owned(),
                Recurrence::Unit { count, unit, .. } => {
                    length_value(Some(u32::from(count) * 10), unit)
                }
                Recurrence::Weekday(day, None) => format!("XXXX-WXX-{day}"),
                Recurrence::Weekday(day, Some(clock)) => {
                    format!("XXXX-WXX-{day}T{}", clock.text())
                }
                Recurrence::Weekdays(None) => "XXXX-WXX-WD".to_owned(),
                Recurrence::Weekdays(Some(clock)) => format!("XXXX-WXX-WDT{}", clock.text()),
                Recurrence::Clock(clock) => format!("T{}", clock.text()),
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
        self.modifier.or(self.open.map(Open::modifier))
    }

    /// TIMEX3 `quant` of a recurrence: "EVERY"; empty otherwise.
    pub fn timex_quant(&self) -> &'static str {
        match self.when {
            When::Every(
                Recurrence::Unit { times: 0, .. }
                | Recurrence::Weekday(..)
                | Recurrence::Weekdays(_)
                | Recurrence::Clock(_)
                | Recurrence::Month(_),
            ) => "EVERY",
            When::Every(Recurrence::Unit { .. })
            | When::At(_)
            | When::Within(..)
            | When::Sum(_)
            | When::Clock(..)
            | When::Hours(..)
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

/// ISO 8601 duration: "P3M", "P2Y6M", "PT4H", "PXD", "P1DE".
fn length_value(count: Count, unit: Unit) -> String {
    // TIMEX3 has no fortnight.
    let count = count.map(|tenths| if unit == Unit::Fortnight { tenths * 2 } else { tenths });
    let number = match count {
        None => "X".to_owned(),
        Some(tenths) if tenths % 10 == 0 => (tenths / 10).to_string(),
        // ISO 8601 has whole numbers for a half: "two and a half years" is two years and six months.
        Some(tenths) if tenths % 10 == 5 => {
            let half = match unit {
                Unit::Century if tenths < 10 => "50Y",
                Unit::Decade if tenths < 10 => "5Y",
                Unit::Year => "6M",
                Unit::Hour => "30M",
                Unit::Minute => "30S",
                _ => "",
            };
            match (half, tenths / 10) {
                ("", whole) => format!("{whole}.5"),
                (half, 0) => return format!("P{}{half}", time_mark(unit)),
                (half, whole) => {
                    return format!("P{}{whole}{}{half}", time_mark(unit), code(unit));
                }
            }
        }
        Some(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
    };
    format!("P{}{number}{}", time_mark(unit), code(unit))
}

/// ISO 8601 duration of several units: "P2Y3M", "PT1H30M", "P1DT12H".
fn sum_value(parts: &[(u16, Unit)]) -> String {
    let mut text = "P".to_owned();
    let mut is_time = false;
    for (count, unit) in parts.iter().filter(|(count, _)| *count > 0) {
        let mark = if is_time { "" } else { time_mark(*unit) };
        is_time |= !mark.is_empty();
        text.push_str(&format!("{mark}{count}{}", code(*unit)));
    }
    text
}

/// What stands before the first unit shorter than a day.
fn time_mark(unit: Unit) -> &'static str {
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) { "T" } else { "" }
}

fn code(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute => "M",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Weekend => "WE",
        Unit::Week | Unit::Fortnight => "W",
        Unit::Month => "M",
        Unit::Quarter => "Q",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Millennium => "ML",
    }
}

/// The zone as TIMEX3 writes it: only universal time is marked, the clock is written as it was said.
fn zone(clock: &Clock) -> String {
    match clock {
        Clock::Time(_, _, _, zone @ Zone::Offset(0)) => zone_text(*zone),
        Clock::Time(..) | Clock::Part(_) => String::new(),
    }
}
