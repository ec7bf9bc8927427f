//! TIMEX3, as TimeML 1.2.1 writes a time.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a rule for some shapes; the others are written as their parts are"
)]

use super::text::{push_day, push_month, push_number, push_two, push_year, push_yearless};
use super::{
    Calendar, Clock, Count, Open, Part, PartOfDay, Recurrence, Season, TimeValue, TimexMod,
    TimexType, Unit, When, Zone,
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

    /// TIMEX3 `value`, added to a text.
    pub fn push_timex_value(&self, text: &mut String) {
        match self.when {
            When::At(calendar) | When::Within(calendar, ..) => push_calendar(text, &calendar),
            When::Clock(day, clock) => {
                if let Some(day) = day {
                    push_calendar(text, &day);
                }
                clock.push(text);
                // Only universal time is marked, the clock is written as it was said.
                if matches!(clock, Clock::Time(_, _, _, Zone::Offset(0))) {
                    text.push('Z');
                }
            }
            // TIMEX3 has no value of an interval: the time or the unit that it begins with stands for it.
            When::Hours(days, from, _) => {
                Self { when: When::Clock(days.map(|(day, _)| day), from), ..*self }
                    .push_timex_value(text);
            }
            When::Between(from, to) => match (from, to) {
                (Some(edge), _) | (None, Some(edge)) => push_calendar(text, &edge),
                (None, None) => text.push_str("XXXX"),
            },
            // ISO 8601 has no decade: where several are counted, or where they lie is known, they are told in years.
            When::Length(Some(tenths), Unit::Decade, lies) if tenths > 10 || lies.is_some() => {
                push_length(text, Some(tenths.saturating_mul(10)), Unit::Year);
            }
            When::Length(count, unit, _) => push_length(text, count, unit),
            When::Sum(parts) => push_sum(text, &parts),
            When::Every(recurrence) => push_recurrence(text, recurrence),
            When::Past => text.push_str("PAST_REF"),
            When::Present => text.push_str("PRESENT_REF"),
            When::Future => text.push_str("FUTURE_REF"),
            When::Weekday(day) => push_weekday(text, day),
            When::Month(month, day) => push_yearless(text, month, day),
            When::Part(part) => {
                text.push_str("XXXX");
                push_part(text, part);
            }
        }
    }

    /// TIMEX3 `mod`.
    pub fn timex_mod(&self) -> Option<TimexMod> {
        let is_early = matches!(self.when, When::Clock(_, Clock::Part(PartOfDay::SmallHours)));
        self.modifier.or(self.open.map(Open::modifier)).or(is_early.then_some(TimexMod::Start))
    }

    /// TIMEX3 `quant` of a recurrence: "EVERY", "EVERY OTHER"; empty otherwise.
    pub fn timex_quant(&self) -> &'static str {
        match self.when {
            When::Every(Recurrence::Weekday(.., 2)) => "EVERY OTHER",
            When::Every(Recurrence::Weekday(.., 3)) => "EVERY THIRD",
            When::Every(Recurrence::Weekday(.., 4)) => "EVERY FOURTH",
            When::Every(
                Recurrence::Unit { times: 0, .. }
                | Recurrence::Weekday(..)
                | Recurrence::Weekdays(_)
                | Recurrence::Clock(_)
                | Recurrence::Month(_)
                | Recurrence::Day(..)
                | Recurrence::Season(_),
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

/// TIMEX3 value of a unit of the calendar. Years before Christ have their own count and mark, "BC0044" (TIMEX2), where ISO 8601
/// counts from a year nought.
fn push_calendar(text: &mut String, calendar: &Calendar) {
    let Calendar { mut year, part } = *calendar;
    let is_long = matches!(part, Part::Decade | Part::Century | Part::Millennium);
    // The mark has four digits behind it.
    if (-9998..0).contains(&year) || year == 0 && !is_long {
        text.push_str("BC");
        year = 1 - year;
    }
    match part {
        Part::Decade => text.push_str(&format!("{:03}", year / 10)),
        Part::Century => text.push_str(&format!("{:02}", year / 100)),
        Part::Millennium => text.push_str(&format!("{}", year / 1000)),
        Part::Day(month, day) => push_day(text, year, month, day),
        Part::Month(month) => push_month(text, year, month),
        Part::Year => push_year(text, year),
        part => {
            push_year(text, year);
            push_part(text, part);
        }
    }
}

fn push_part(text: &mut String, part: Part) {
    let two = |text: &mut String, mark: &str, value: i8| {
        text.push_str(mark);
        push_two(text, value.unsigned_abs().into());
    };
    match part {
        Part::Day(month, day) => {
            two(text, "-", month);
            two(text, "-", day);
        }
        Part::Weekend(week) => {
            two(text, "-W", week);
            text.push_str("-WE");
        }
        Part::Week(week) => two(text, "-W", week),
        Part::Month(month) => two(text, "-", month),
        Part::Season(season) => text.push_str(match season {
            Season::Spring | Season::SouthernSpring => "-SP",
            Season::Summer | Season::SouthernSummer => "-SU",
            Season::Autumn | Season::SouthernAutumn => "-FA",
            Season::Winter | Season::SouthernWinter => "-WI",
        }),
        Part::Quarter(quarter) | Part::FiscalQuarter(quarter) => {
            text.push_str("-Q");
            push_number(text, quarter.unsigned_abs().into());
        }
        Part::Half(half) | Part::FiscalHalf(half) => {
            text.push_str("-H");
            push_number(text, half.unsigned_abs().into());
        }
        Part::Year | Part::Decade | Part::Century | Part::Millennium => {}
    }
}

fn push_weekday(text: &mut String, day: i8) {
    text.push_str("XXXX-WXX-");
    push_number(text, day.unsigned_abs().into());
}

fn push_recurrence(text: &mut String, recurrence: Recurrence) {
    match recurrence {
        Recurrence::Unit { count: 1, unit: Unit::Weekend, .. } => text.push_str("XXXX-WXX-WE"),
        Recurrence::Unit { count, unit, .. } => {
            push_length(text, Some(u32::from(count) * 10), unit);
        }
        Recurrence::Weekday(day, clock, _) => {
            push_weekday(text, day);
            if let Some(clock) = clock {
                clock.coarse().push(text);
            }
        }
        Recurrence::Weekdays(clock) => {
            text.push_str("XXXX-WXX-WD");
            if let Some(clock) = clock {
                clock.coarse().push(text);
            }
        }
        Recurrence::Clock(clock) => clock.coarse().push(text),
        Recurrence::Month(month) => {
            text.push_str("XXXX-");
            push_two(text, month.unsigned_abs().into());
        }
        Recurrence::Day(month, day) => {
            text.push_str("XXXX");
            push_part(text, Part::Day(month, day));
        }
        Recurrence::Season(season) => {
            text.push_str("XXXX");
            push_part(text, Part::Season(season));
        }
    }
}

/// ISO 8601 duration: "P3M", "P2Y6M", "PT4H", "PXD", "P1DE".
fn push_length(text: &mut String, count: Count, unit: Unit) {
    // TIMEX3 has no fortnight.
    let count = count.map(|tenths| if unit == Unit::Fortnight { tenths * 2 } else { tenths });
    text.push('P');
    text.push_str(time_mark(unit));
    let Some(tenths) = count else {
        text.push('X');
        return text.push_str(code(unit));
    };
    let (whole, rest) = (tenths / 10, tenths % 10);
    // ISO 8601 has whole numbers for a half: "two and a half years" is two years and six months.
    let half = match unit {
        Unit::Century if whole == 0 => "50Y",
        Unit::Decade if whole == 0 => "5Y",
        Unit::Year => "6M",
        Unit::Hour => "30M",
        Unit::Minute => "30S",
        _ => "",
    };
    let is_half = rest == 5 && !half.is_empty();
    if !is_half || whole > 0 {
        push_number(text, whole);
        if rest > 0 && !is_half {
            text.push('.');
            push_number(text, rest);
        }
        text.push_str(code(unit));
    }
    if is_half {
        text.push_str(half);
    }
}

/// ISO 8601 duration of several units: "P2Y3M", "PT1H30M", "P1DT12H".
fn push_sum(text: &mut String, parts: &[(u16, Unit)]) {
    text.push('P');
    let mut is_time = false;
    for (count, unit) in parts.iter().filter(|(count, _)| *count > 0) {
        let mark = if is_time { "" } else { time_mark(*unit) };
        is_time |= !mark.is_empty();
        text.push_str(mark);
        push_number(text, u32::from(*count));
        text.push_str(code(*unit));
    }
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
