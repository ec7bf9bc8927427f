//! When: one internal value from which every written view is rendered, so that they cannot disagree.

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
#[allow(missing_docs)]
pub enum Granularity {
    Second,
    Minute,
    Hour,
    PartOfDay,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
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
    year: i16,
    /// How it was arrived at.
    pub resolution: Resolution,
    /// Index in `Report::facts` of the mention that it was resolved from.
    pub anchor: Option<u32>,
}

impl TimeValue {
    /// A calendar year.
    pub fn year(year: i16) -> Self {
        Self { year, resolution: Resolution::Explicit, anchor: None }
    }

    /// TIMEX3 `type`.
    pub fn timex_type(&self) -> TimexType {
        TimexType::Date
    }

    /// TIMEX3 `value`: "2022-10", "P3M", "PAST_REF", "XXXX-WXX-4".
    pub fn timex_value(&self) -> String {
        format!("{:04}", self.year)
    }

    /// TIMEX3 `mod`.
    pub fn timex_mod(&self) -> Option<TimexMod> {
        None
    }

    /// TIMEX3 `quant` of a recurrence: "EACH"; empty otherwise.
    pub fn timex_quant(&self) -> &'static str {
        ""
    }

    /// TIMEX3 `freq` of a recurrence: "2X"; empty otherwise.
    pub fn timex_freq(&self) -> String {
        String::new()
    }

    /// EDTF (ISO 8601-2); empty for what it cannot write.
    pub fn edtf(&self) -> String {
        format!("{:04}", self.year)
    }

    /// Earliest civil time, inclusive, ISO 8601: a date, or date and time when finer than a day. `None` when unknown.
    pub fn begin(&self) -> Option<String> {
        Some(format!("{:04}-01-01", self.year))
    }

    /// Latest civil time, exclusive. `None` when unknown.
    pub fn end(&self) -> Option<String> {
        Some(format!("{:04}-01-01", i32::from(self.year) + 1))
    }

    /// The unit that it is said to.
    pub fn granularity(&self) -> Option<Granularity> {
        Some(Granularity::Year)
    }
}
