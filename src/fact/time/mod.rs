//! When: one internal value from which every written view is rendered, so that they cannot disagree.

mod calendar;
mod clock;
mod edtf;
mod open;
mod text;
mod timex;
mod view;

use jiff::civil::Date;

pub use calendar::{Calendar, Part, Season, Unit, easter, nth_weekday};
pub use clock::{Clock, PartOfDay, Zone};
pub use open::Open;
pub use view::Views;

/// A mention of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// What it resolves to.
    pub time: TimeValue,
    /// How what happens stands to it.
    pub relation: Relation,
}

/// How something stands to a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Relation {
    /// At it.
    #[default]
    On,
    /// Before it.
    Before,
    /// After it.
    After,
    /// Not later than it.
    By,
    /// Up to it.
    Until,
    /// From it on.
    Since,
    /// All through it.
    During,
}

impl Relation {
    /// As it holds for a time: "pushed back by 900 years" is by how much, and no limit.
    pub fn of(self, time: &TimeValue) -> Self {
        let is_bare = matches!(time.when, When::Length(_, _, None) | When::Sum(_));
        if self == Self::By && is_bare { Self::On } else { self }
    }
}

/// TIMEX3 types (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimexType {
    /// A calendar time no finer than a day.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// TIMEX3 modifiers (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimexMod {
    /// "before".
    Before,
    /// "after".
    After,
    /// "no later than".
    OnOrBefore,
    /// "since".
    OnOrAfter,
    /// "less than".
    LessThan,
    /// "more than".
    MoreThan,
    /// "at most".
    EqualOrLess,
    /// "at least".
    EqualOrMore,
    /// "early".
    Start,
    /// "mid".
    Mid,
    /// "late".
    End,
    /// "about".
    Approx,
}

/// The unit that a time is said to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Granularity {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Morning, evening.
    PartOfDay,
    /// Day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// From Monday (ISO 8601).
    Week,
    /// Month.
    Month,
    /// Season.
    Season,
    /// Quarter of a year.
    Quarter,
    /// Half of a year.
    Half,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// How a value was arrived at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The words say it whole.
    Explicit,
    /// From the time of publication.
    FromPublishTime,
    /// From another mention.
    FromAnotherMention,
    /// Something needed is not known.
    Unresolved,
}

/// A time, duration or recurrence, no finer than its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeValue {
    /// What is named.
    pub when: When,
    /// How the words bend it: "early", "more than".
    pub modifier: Option<TimexMod>,
    /// The side that has no end: "since May".
    pub open: Option<Open>,
    /// How it was arrived at.
    pub resolution: Resolution,
    /// Index in `Report::facts` of the mention that it was resolved from.
    pub anchor: Option<u32>,
}

/// What a time names: the one value from which all views are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A unit of the calendar.
    At(Calendar),
    /// A time of a day.
    Clock(Option<Calendar>, Clock),
    /// From one time of a day to another, which it does not hold: "from 4 to 5 p.m.". Without days of no known day; the second
    /// day is the first or a later one.
    Hours(Option<(Calendar, Calendar)>, Clock, Clock),
    /// From the beginning of one unit to the end of another; `None` is open.
    Between(Option<Calendar>, Option<Calendar>),
    /// Of a unit the days from the first to the second, which it does not hold: "earlier this year", "the rest of the week".
    Within(Calendar, Date, Date),
    /// A length, and where on the calendar it lies, where that is known: first and last day of the units.
    Length(Count, Unit, Option<(Calendar, Calendar)>),
    /// A length in several units, the longest first; a count of nought where there are fewer: "two years and three months".
    Sum([(u16, Unit); 4]),
    /// A recurrence.
    Every(Recurrence),
    /// Some time past.
    Past,
    /// About now.
    Present,
    /// Some time to come.
    Future,
    /// A weekday (1 is Monday) of a week that is not known.
    Weekday(i8),
    /// A month, maybe with its day, of a year that is not known.
    Month(i8, Option<i8>),
    /// A unit of a year that is not known: "the third quarter", "summer".
    Part(Part),
}

/// How many of a unit, in tenths; `None` is not said: "months".
pub type Count = Option<u32>;

/// The number of units, where one is said and it is whole.
pub fn whole_count(count: Count) -> Option<u32> {
    count.filter(|tenths| tenths % 10 == 0).map(|tenths| tenths / 10)
}

/// What comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurrence {
    /// Every so many units: "daily", "every two weeks"; how often in each: "twice a year".
    Unit {
        /// Units between.
        count: u8,
        /// Of what.
        unit: Unit,
        /// Times in each; 0 is not said.
        times: u8,
    },
    /// "every Tuesday", "Tuesday nights", "every Tuesday at 7 p.m."; and which of them: 2 of "every other Tuesday".
    Weekday(i8, Option<Clock>, u8),
    /// Monday to Friday: "every weekday", "on weekdays at 6 a.m.".
    Weekdays(Option<Clock>),
    /// "every morning", "every day at 6 a.m.".
    Clock(Clock),
    /// "every October".
    Month(i8),
    /// "every 1 May", "every Christmas".
    Day(i8, i8),
    /// "every summer".
    Season(Season),
}

impl Recurrence {
    /// The days that come back, whatever their time.
    pub fn without_clock(self) -> Self {
        match self {
            Self::Weekday(day, _, nth) => Self::Weekday(day, None, nth),
            Self::Weekdays(_) => Self::Weekdays(None),
            Self::Clock(Clock::Time(..)) => Self::Unit { count: 1, unit: Unit::Day, times: 0 },
            Self::Unit { .. }
            | Self::Clock(Clock::Part(_))
            | Self::Month(_)
            | Self::Day(..)
            | Self::Season(_) => self,
        }
    }
}

impl TimeValue {
    /// A value that the words say whole.
    pub fn new(when: When) -> Self {
        Self { when, modifier: None, open: None, resolution: Resolution::Explicit, anchor: None }
    }

    /// The same, bent.
    pub fn modified(self, modifier: Option<TimexMod>) -> Self {
        Self { modifier: modifier.or(self.modifier), ..self }
    }

    /// The same, without an end on one side.
    pub fn opened(self, open: Open) -> Self {
        Self { open: Some(open), ..self }
    }

    /// The same, arrived at in another way.
    pub fn resolved(self, resolution: Resolution) -> Self {
        Self { resolution, ..self }
    }

    /// The calendar unit that it is, or that it lies in; of a length whose place is known, the unit that it fills ("the six months
    /// to June"), or the year that it ends in.
    pub fn period(&self) -> Option<Calendar> {
        let When::Length(_, _, Some((from, to))) = self.when else { return self.calendar() };
        let (first, after) = (from.first()?, to.after()?);
        let fills = [Unit::Month, Unit::Quarter, Unit::Year]
            .into_iter()
            .map(|unit| Calendar::holding(first, unit))
            .chain([Calendar::part(
                first.year(),
                Part::Half(if first.month() < 7 { 1 } else { 2 }),
            )])
            .find(|unit| unit.first() == Some(first) && unit.after() == Some(after));
        fills.or(Some(Calendar::year(after.yesterday().ok()?.year())))
    }

    /// The calendar unit that it is, or that it lies in.
    pub fn calendar(&self) -> Option<Calendar> {
        match self.when {
            When::At(calendar)
            | When::Within(calendar, ..)
            | When::Clock(Some(calendar), _)
            | When::Hours(Some((calendar, _)), ..) => Some(calendar),
            When::Between(..)
            | When::Clock(None, _)
            | When::Hours(None, ..)
            | When::Length(..)
            | When::Sum(_)
            | When::Every(_)
            | When::Past
            | When::Present
            | When::Future
            | When::Weekday(_)
            | When::Month(..)
            | When::Part(_) => None,
        }
    }
}
