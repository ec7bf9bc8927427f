//! Times of a day.

use super::Granularity;
use super::text::push_two;

/// A time of a day, no finer than said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Hour (0 to 24: 24 is the midnight that ends the day), minute, second; the finer ones where they are said; and the zone.
    Time(i8, Option<i8>, Option<i8>, Zone),
    /// Morning, evening.
    Part(PartOfDay),
}

/// The zone of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Not said: the document's.
    Local,
    /// Minutes east of UTC.
    Offset(i16),
}

/// Parts of the day with the TIMEX3 codes of TimeML 1.2.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    /// MO with mod START: 00 to 06, "the early hours".
    SmallHours,
    /// MO: 05 to 08.
    Dawn,
    /// MO: 08 to 12.
    Morning,
    /// MI: 11 to 13.
    Midday,
    /// AF: 12 to 16.
    Afternoon,
    /// EV: 16 to 20.
    Evening,
    /// NI: 20 to 06 of the next day.
    Night,
    /// DT: 08 to 18.
    Daytime,
}

impl PartOfDay {
    /// The TIMEX3 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::SmallHours | Self::Dawn | Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }

    /// Hours from and to, the second above 24 when it is on the next day. Conventions vary; these are the ones of
    /// Microsoft's Recognizers-Text (night there ends at midnight), whose callers have the most to compare with.
    pub fn hours(self) -> (i8, i8) {
        match self {
            Self::SmallHours => (0, 6),
            Self::Dawn => (5, 8),
            Self::Morning => (8, 12),
            Self::Midday => (11, 13),
            Self::Afternoon => (12, 16),
            Self::Evening => (16, 20),
            Self::Night => (20, 30),
            Self::Daytime => (8, 18),
        }
    }
}

impl Clock {
    /// A full hour or minute.
    pub fn at(hour: i8, minute: Option<i8>) -> Self {
        Self::Time(hour, minute, None, Zone::Local)
    }

    /// What comes back on the hour is said no finer: "every Monday at 4 p.m." is T16.
    pub(super) fn coarse(self) -> Self {
        match self {
            Self::Time(hour, Some(0), None, zone) => Self::Time(hour, None, None, zone),
            Self::Time(..) | Self::Part(_) => self,
        }
    }

    /// Adds it as ISO 8601 writes it, without zone: "T09:15", "T19"; of a part of the day its code.
    pub(super) fn push(&self, text: &mut String) {
        text.push('T');
        match *self {
            Self::Time(hour, minute, second, _) => {
                push_two(text, hour.unsigned_abs().into());
                for finer in [minute, second].into_iter().map_while(|finer| finer) {
                    text.push(':');
                    push_two(text, finer.unsigned_abs().into());
                }
            }
            Self::Part(part) => text.push_str(part.code()),
        }
    }

    /// Its size.
    pub fn granularity(&self) -> Granularity {
        match self {
            Self::Time(_, _, Some(_), _) => Granularity::Second,
            Self::Time(_, Some(_), None, _) => Granularity::Minute,
            Self::Time(_, None, None, _) => Granularity::Hour,
            Self::Part(_) => Granularity::PartOfDay,
        }
    }
}
