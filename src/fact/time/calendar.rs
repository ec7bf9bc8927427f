//! Units of the calendar (proleptic Gregorian, years −9999 to 9999).

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

use super::Granularity;

/// A unit of the calendar: a year or a part of one, or years together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The year; of weeks the ISO 8601 week year; of a decade, century or millennium its first year.
    pub year: i16,
    /// Which part.
    pub part: Part,
}

/// What of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A day of a month.
    Day(i8, i8),
    /// The Saturday and Sunday of an ISO 8601 week.
    Weekend(i8),
    /// An ISO 8601 week.
    Week(i8),
    /// A month.
    Month(i8),
    /// A season.
    Season(Season),
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half, 1 or 2.
    Half(i8),
    /// A quarter of a fiscal year, 1 to 4, whose months are not known.
    FiscalQuarter(i8),
    /// A half of a fiscal year, 1 or 2, whose months are not known.
    FiscalHalf(i8),
    /// All of it.
    Year,
    /// Ten years from a year that 10 divides.
    Decade,
    /// A hundred years from a year that 100 divides.
    Century,
    /// A thousand years.
    Millennium,
}

/// Seasons as months: spring from March on in the northern hemisphere, from September on in the southern one. The one that lies in
/// two years is named for the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February of the next year.
    Winter,
    /// September to November.
    SouthernSpring,
    /// December to February of the next year.
    SouthernSummer,
    /// March to May.
    SouthernAutumn,
    /// June to August.
    SouthernWinter,
}

impl Season {
    /// The same season of the southern hemisphere.
    pub fn southern(self) -> Self {
        match self {
            Self::Spring | Self::SouthernSpring => Self::SouthernSpring,
            Self::Summer | Self::SouthernSummer => Self::SouthernSummer,
            Self::Autumn | Self::SouthernAutumn => Self::SouthernAutumn,
            Self::Winter | Self::SouthernWinter => Self::SouthernWinter,
        }
    }

    /// The month that it begins with.
    pub fn month(self) -> i8 {
        match self {
            Self::Spring | Self::SouthernAutumn => 3,
            Self::Summer | Self::SouthernWinter => 6,
            Self::Autumn | Self::SouthernSpring => 9,
            Self::Winter | Self::SouthernSummer => 12,
        }
    }
}

/// Units of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Two days.
    Weekend,
    /// Seven days.
    Week,
    /// Fourteen days.
    Fortnight,
    /// Month.
    Month,
    /// Three months.
    Quarter,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl Calendar {
    /// A day; `None` when it does not exist.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::from)
    }

    /// A month.
    pub fn month(year: i16, month: i8) -> Self {
        Self { year, part: Part::Month(month) }
    }

    /// A year.
    pub fn year(year: i16) -> Self {
        Self { year, part: Part::Year }
    }

    /// Part of a year.
    pub fn part(year: i16, part: Part) -> Self {
        Self { year, part }
    }

    /// The week that holds a day.
    pub fn week(of: Date) -> Self {
        let week = of.iso_week_date();
        Self { year: week.year(), part: Part::Week(week.week()) }
    }

    /// The weekend of the week that holds a day.
    pub fn weekend(of: Date) -> Self {
        let week = of.iso_week_date();
        Self { year: week.year(), part: Part::Weekend(week.week()) }
    }

    /// The unit of this length that holds a day; units of less than a day give the day.
    pub fn holding(day: Date, unit: Unit) -> Self {
        let year = day.year();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => day.into(),
            Unit::Weekend => Self::weekend(day),
            Unit::Week | Unit::Fortnight => Self::week(day),
            Unit::Month => Self::month(year, day.month()),
            Unit::Quarter => Self::part(year, Part::Quarter((day.month() + 2) / 3)),
            Unit::Year => Self::year(year),
            Unit::Decade => Self::part(year.div_euclid(10) * 10, Part::Decade),
            Unit::Century => Self::part(year.div_euclid(100) * 100, Part::Century),
            Unit::Millennium => Self::part(year.div_euclid(1000) * 1000, Part::Millennium),
        }
    }

    /// Its first day. `None` when it does not exist (week 53 of a year that has none), lies outside of the years ±9999 or is not known.
    pub fn first(&self) -> Option<Date> {
        let Self { year, part } = *self;
        match part {
            Part::Day(month, day) => Date::new(year, month, day).ok(),
            Part::Week(week) => Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date()),
            Part::Weekend(week) => {
                Some(ISOWeekDate::new(year, week, Weekday::Saturday).ok()?.date())
            }
            Part::Month(month) => Date::new(year, month, 1).ok(),
            Part::Season(season) => Date::new(year, season.month(), 1).ok(),
            Part::Quarter(quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Part::Half(half) => Date::new(year, half * 6 - 5, 1).ok(),
            Part::FiscalQuarter(_) | Part::FiscalHalf(_) => None,
            Part::Year | Part::Decade | Part::Century | Part::Millennium => {
                Date::new(year, 1, 1).ok()
            }
        }
    }

    /// The day after its last. `None` when unknown to the calendar.
    pub fn after(&self) -> Option<Date> {
        let first = self.first()?;
        // Of all others the first day is one of a month: no day of the calendar need be counted.
        let months = match self.part {
            Part::Day(..) => return first.tomorrow().ok(),
            Part::Weekend(_) => return first.checked_add(Span::new().days(2)).ok(),
            Part::Week(_) => return first.checked_add(Span::new().days(7)).ok(),
            Part::Month(_) => 1,
            Part::Season(_) | Part::Quarter(_) | Part::FiscalQuarter(_) => 3,
            Part::Half(_) | Part::FiscalHalf(_) => 6,
            Part::Year => 12,
            Part::Decade => 120,
            Part::Century => 1200,
            Part::Millennium => 12_000,
        };
        let months = i32::from(first.year()) * 12 + i32::from(first.month()) - 1 + months;
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        Date::new(year, months.rem_euclid(12) as i8 + 1, 1).ok()
    }

    /// The unit so many later of its own kind; `None` outside of the calendar.
    pub fn plus(&self, count: i32) -> Option<Self> {
        let Self { year, part } = *self;
        let years = |by: i32| {
            i16::try_from(i32::from(year) + by).ok().filter(|year| (-9999..=9999).contains(year))
        };
        // Counts `place` (from nought) of `per` in a year onwards.
        let turn = |place: i8, per: i32| {
            let moved = i32::from(place).checked_add(count)?;
            Some((years(moved.div_euclid(per))?, moved.rem_euclid(per) as i8))
        };
        Some(match part {
            Part::Day(month, day) => Date::new(year, month, day)
                .ok()?
                .checked_add(Span::new().try_days(count).ok()?)
                .ok()?
                .into(),
            Part::Week(_) => {
                Self::week(self.first()?.checked_add(Span::new().try_weeks(count).ok()?).ok()?)
            }
            Part::Weekend(_) => {
                Self::weekend(self.first()?.checked_add(Span::new().try_weeks(count).ok()?).ok()?)
            }
            Part::Month(month) => {
                let (year, month) = turn(month - 1, 12)?;
                Self::month(year, month + 1)
            }
            Part::Quarter(quarter) => {
                let (year, quarter) = turn(quarter - 1, 4)?;
                Self::part(year, Part::Quarter(quarter + 1))
            }
            Part::Half(half) => {
                let (year, half) = turn(half - 1, 2)?;
                Self::part(year, Part::Half(half + 1))
            }
            Part::FiscalQuarter(quarter) => {
                let (year, quarter) = turn(quarter - 1, 4)?;
                Self::part(year, Part::FiscalQuarter(quarter + 1))
            }
            Part::FiscalHalf(half) => {
                let (year, half) = turn(half - 1, 2)?;
                Self::part(year, Part::FiscalHalf(half + 1))
            }
            Part::Season(_) | Part::Year => Self { year: years(count)?, part },
            Part::Decade => Self { year: years(count.checked_mul(10)?)?, part },
            Part::Century => Self { year: years(count.checked_mul(100)?)?, part },
            Part::Millennium => Self { year: years(count.checked_mul(1000)?)?, part },
        })
    }

    /// Its size.
    pub fn granularity(&self) -> Granularity {
        self.part.granularity()
    }
}

impl Part {
    /// Its size.
    pub fn granularity(&self) -> Granularity {
        match self {
            Self::Day(..) => Granularity::Day,
            Self::Weekend(_) => Granularity::Weekend,
            Self::Week(_) => Granularity::Week,
            Self::Month(_) => Granularity::Month,
            Self::Season(_) => Granularity::Season,
            Self::Quarter(_) | Self::FiscalQuarter(_) => Granularity::Quarter,
            Self::Half(_) | Self::FiscalHalf(_) => Granularity::Half,
            Self::Year => Granularity::Year,
            Self::Decade => Granularity::Decade,
            Self::Century => Granularity::Century,
            Self::Millennium => Granularity::Millennium,
        }
    }
}

impl From<Date> for Calendar {
    fn from(day: Date) -> Self {
        Self { year: day.year(), part: Part::Day(day.month(), day.day()) }
    }
}

impl Unit {
    /// The day so many units before (below nought) or after; of units of less than a day, whole days. `None` outside of the
    /// calendar.
    pub fn shift(self, day: Date, count: i32) -> Option<Date> {
        let span = Span::new();
        let span = match self {
            Self::Second => span.try_days(count / 86_400).ok()?,
            Self::Minute => span.try_days(count / 1_440).ok()?,
            Self::Hour => span.try_days(count / 24).ok()?,
            Self::Day => span.try_days(count).ok()?,
            Self::Week | Self::Weekend => span.try_weeks(count).ok()?,
            Self::Fortnight => span.try_weeks(count.checked_mul(2)?).ok()?,
            Self::Month => span.try_months(count).ok()?,
            Self::Quarter => span.try_months(count.checked_mul(3)?).ok()?,
            Self::Year => span.try_years(count).ok()?,
            Self::Decade => span.try_years(count.checked_mul(10)?).ok()?,
            Self::Century => span.try_years(count.checked_mul(100)?).ok()?,
            Self::Millennium => span.try_years(count.checked_mul(1000)?).ok()?,
        };
        day.checked_add(span).ok()
    }

    /// Its size.
    pub fn granularity(self) -> Granularity {
        match self {
            Self::Second => Granularity::Second,
            Self::Minute => Granularity::Minute,
            Self::Hour => Granularity::Hour,
            Self::Day => Granularity::Day,
            Self::Weekend => Granularity::Weekend,
            Self::Week | Self::Fortnight => Granularity::Week,
            Self::Month => Granularity::Month,
            Self::Quarter => Granularity::Quarter,
            Self::Year => Granularity::Year,
            Self::Decade => Granularity::Decade,
            Self::Century => Granularity::Century,
            Self::Millennium => Granularity::Millennium,
        }
    }
}

/// Easter Sunday of a year (Gregorian; the "anonymous" computus of Meeus, Astronomical Algorithms, chapter 8).
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The `nth` weekday of a month, from the end when `nth` is below nought: the fourth Thursday of November.
pub fn nth_weekday(year: i16, month: i8, nth: i8, weekday: Weekday) -> Option<Date> {
    date(2000, 1, 1)
        .with()
        .year(year)
        .month(month)
        .build()
        .ok()?
        .nth_weekday_of_month(nth, weekday)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_sundays() {
        for (year, month, day) in
            [(1999, 4, 4), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2038, 4, 25)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn units_follow_each_other() {
        for part in [
            Part::Month(12),
            Part::Quarter(4),
            Part::Half(2),
            Part::Year,
            Part::Day(12, 31),
            Part::Decade,
        ] {
            let unit = Calendar::part(1990, part);
            assert_eq!(unit.plus(1).and_then(|next| next.first()), unit.after(), "{part:?}");
            assert_eq!(unit.plus(7).and_then(|later| later.plus(-7)), Some(unit), "{part:?}");
        }
        assert_eq!(Calendar::week(date(2021, 1, 3)), Calendar { year: 2020, part: Part::Week(53) });
        assert_eq!(Calendar::day(2023, 2, 29), None);
        assert_eq!(nth_weekday(2024, 11, 4, Weekday::Thursday), Some(date(2024, 11, 28)));
    }
}
