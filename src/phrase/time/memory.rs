//! What a document told before: the last day, month, quarter and year, which later mentions lean on.

use jiff::civil::Date;

use crate::fact::time::{Calendar, Clock, Part, Unit, When, Zone};
use crate::fact::{Relation, Resolution, TimeValue};

/// The last mentions of a document by size, each with its place in the list of facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// The last day.
    pub day: Option<(Calendar, u32)>,
    /// The last month.
    pub month: Option<(Calendar, u32)>,
    /// The last quarter.
    pub quarter: Option<(Calendar, u32)>,
    /// The year that a company reports on, where its end was told: "the year to 31 March".
    pub reported: Option<(Calendar, Calendar, u32)>,
    /// The last year said as such.
    pub year: Option<(Calendar, u32)>,
    /// The sentence that the day was said in.
    pub day_in: u32,
    /// The zone of the time that the day was said with, if with one.
    pub day_zone: Option<Zone>,
    /// The sentence that the month was said in.
    pub month_in: u32,
    /// The same of the year.
    pub year_in: u32,
}

impl Memory {
    /// Keeps a mention, given the day of publication. One that leans on another itself is not kept: of "a year earlier" said twice, both are the same year.
    pub fn keep(
        &mut self,
        time: &TimeValue,
        relation: Relation,
        fact: u32,
        sentence: u32,
        today: Option<Date>,
    ) {
        // "fell in September, the lowest since April 2021, from … a month earlier": September goes on.
        let is_told_here =
            |told: Option<(Calendar, u32)>, told_in: u32| told.is_some() && told_in == sentence;
        let is_compared = relation == Relation::Since
            && (is_told_here(self.month, self.month_in) || is_told_here(self.day, self.day_in));
        if time.resolution == Resolution::FromAnotherMention || is_compared {
            return;
        }
        if let When::Length(Some(10), Unit::Year, Some((first, last))) = time.when
            && last.after().is_some_and(|after| today.is_none_or(|today| after <= today))
        {
            self.reported = Some((first, last, fact));
        }
        // "in the week to 28 October, after … a week earlier"
        if let When::Length(_, _, Some((_, last @ Calendar { part: Part::Day(..), .. }))) =
            time.when
            && last.first() != today
        {
            self.day = Some((last, fact));
            self.day_in = sentence;
        }
        // "in 2024/25 …, less than the year before"
        if let When::Between(Some(first), Some(last)) = time.when
            && first.part == Part::Year
            && first.plus(1) == Some(last)
        {
            self.year = Some((first, fact));
            self.year_in = sentence;
        }
        let Some(calendar) = time.calendar() else { return };
        // "in May 1995 … the following year"
        let names_its_year = time.resolution == Resolution::Explicit
            && matches!(calendar.part, Part::Day(..) | Part::Month(_) | Part::Season(_));
        if names_its_year {
            self.year = Some((Calendar::year(calendar.year), fact));
            self.year_in = sentence;
        }
        match calendar.part {
            Part::Day(..) => {
                self.day = Some((calendar, fact));
                self.day_in = sentence;
                self.day_zone = match time.when {
                    When::Clock(_, Clock::Time(.., zone)) => Some(zone),
                    _ => None,
                };
            }
            Part::Month(_) => {
                self.month = Some((calendar, fact));
                self.month_in = sentence;
            }
            // Of the quarters of a report the last one is reported on, not those that it is compared with.
            Part::Quarter(nth) | Part::FiscalQuarter(nth) => {
                // Those of a fiscal year are told by their names alone.
                let named = Calendar::part(calendar.year, Part::Quarter(nth));
                let has_begun =
                    today.is_none_or(|today| named.first().is_some_and(|first| first <= today));
                let is_over =
                    today.is_none_or(|today| named.after().is_some_and(|after| after <= today));
                let is_later = match self.quarter {
                    None => has_begun,
                    Some((
                        Calendar { year, part: Part::Quarter(last) | Part::FiscalQuarter(last) },
                        _,
                    )) => is_over && (year, last) <= (calendar.year, nth),
                    Some(_) => is_over,
                };
                if is_later {
                    self.quarter = Some((calendar, fact));
                }
            }
            Part::Half(_) | Part::FiscalHalf(_) => {}
            Part::Year => {
                self.year = Some((calendar, fact));
                self.year_in = sentence;
            }
            Part::Week(_)
            | Part::Weekend(_)
            | Part::Season(_)
            | Part::Decade
            | Part::Century
            | Part::Millennium => {}
        }
    }
}
