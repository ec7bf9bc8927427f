//! `times.toml`: words of time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};
use crate::fact::time::{PartOfDay, Season, Unit};
use crate::fact::{Relation, TimexMod};

const NAME: &str = "times.toml";

/// The words of time of a language.
#[derive(Debug)]
pub struct Times {
    /// Months, 1 to 12.
    pub month: Table<i8>,
    /// Weekdays, 1 is Monday.
    pub weekday: Table<i8>,
    /// Units of length, and whether the word is a plural.
    pub unit: Table<(Unit, bool)>,
    /// Every other word of time.
    pub word: Table<TimeWord>,
    /// The days of the holidays of other calendars, in order.
    pub dated: Vec<Vec<Date>>,
    /// Holidays: apart from the other words, because their first is often no word of time ("labor day").
    pub holiday: Table<Holiday>,
    /// Words in front that bend a time.
    pub modifier: Table<TimexMod>,
    /// Prepositions.
    pub relation: Table<Relation>,
    /// Words that count without a number.
    pub vague: Table<()>,
    /// Halves of the day; true is the second.
    pub half: Table<bool>,
    /// Zones, minutes east of UTC.
    pub zone: Table<i16>,
}

/// A word of time that is no month, weekday or unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeWord {
    /// "spring".
    Season(Season),
    /// "morning".
    PartOfDay(PartOfDay),
    /// "yesterday": days after the day of publication.
    Day(i8),
    /// "tonight".
    Tonight,
    /// "weekdays": Monday to Friday.
    Weekdays,
    /// "moment": now, behind "at the".
    Moment,
    /// "nineties": the tens of the years.
    Decade(i8),
    /// "recently".
    Past,
    /// "now".
    Present,
    /// "the future".
    Future,
    /// "daily": every so many units.
    Recurrence(u8, Unit),
    /// "noon", "midnight".
    Hour(i8),
    /// "EOD", "EOY": the end of the unit that holds the day of publication.
    Edge(Unit),
    /// "half": of a year, behind an ordinal.
    Half,
    /// "the latest period": the quarter that is reported on.
    Period,
}

/// The rule of a holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, which of them (−1 is the last), weekday (1 is Monday), and days after that.
    Nth(i8, i8, i8, i8),
    /// Days after Easter Sunday.
    Easter(i8),
    /// The days of [`Times::dated`] with this index.
    Dated(usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    month: BTreeMap<String, Vec<String>>,
    weekday: BTreeMap<String, Vec<String>>,
    unit: BTreeMap<UnitName, [Vec<String>; 2]>,
    season: BTreeMap<SeasonName, Vec<String>>,
    part_of_day: BTreeMap<PartName, Vec<String>>,
    day: BTreeMap<String, i8>,
    tonight: Forms,
    weekdays: Forms,
    moment: Forms,
    decade: BTreeMap<String, i8>,
    edge: BTreeMap<String, UnitName>,
    half_of_year: Forms,
    period: Forms,
    reference: Reference,
    recurrence: BTreeMap<String, RecurrenceRow>,
    modifier: BTreeMap<ModifierName, Vec<String>>,
    relation: BTreeMap<RelationName, Vec<String>>,
    vague: Forms,
    half: Half,
    hour: BTreeMap<String, i8>,
    zone: BTreeMap<String, i16>,
    holiday: Vec<HolidayRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    past: Vec<String>,
    present: Vec<String>,
    future: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Half {
    am: Vec<String>,
    pm: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecurrenceRow {
    unit: UnitName,
    #[serde(default = "one")]
    count: u8,
}

fn one() -> u8 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayRow {
    forms: Vec<String>,
    day: Option<[i8; 2]>,
    weekday: Option<[i8; 3]>,
    #[serde(default)]
    days: i8,
    easter: Option<i8>,
    dates: Option<Vec<String>>,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum UnitName {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl From<UnitName> for Unit {
    fn from(name: UnitName) -> Self {
        match name {
            UnitName::Second => Self::Second,
            UnitName::Minute => Self::Minute,
            UnitName::Hour => Self::Hour,
            UnitName::Day => Self::Day,
            UnitName::Week => Self::Week,
            UnitName::Fortnight => Self::Fortnight,
            UnitName::Weekend => Self::Weekend,
            UnitName::Month => Self::Month,
            UnitName::Quarter => Self::Quarter,
            UnitName::Year => Self::Year,
            UnitName::Decade => Self::Decade,
            UnitName::Century => Self::Century,
            UnitName::Millennium => Self::Millennium,
        }
    }
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum SeasonName {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum PartName {
    Dawn,
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum ModifierName {
    Start,
    Mid,
    End,
    Approx,
    MoreThan,
    LessThan,
    EqualOrMore,
    EqualOrLess,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
enum RelationName {
    Before,
    After,
    By,
    Until,
    Since,
    During,
}

/// Reads the table.
pub(super) fn read(builder: &mut Builder) -> Result<Times, LexiconError> {
    let file: File = builder.parse(NAME, include_str!("en/times.toml"))?;
    let mut table = Filler { builder };
    let number = |key: &str| {
        key.parse::<i8>().map_err(|_unread| LexiconError::Form {
            table: NAME,
            form: key.to_owned(),
            reason: "is no number",
        })
    };

    let mut month = Table::new(NAME, Tags::MONTH);
    for (key, forms) in &file.month {
        table.add(&mut month, forms, number(key)?)?;
    }
    let mut weekday = Table::new(NAME, Tags::WEEKDAY);
    for (key, forms) in &file.weekday {
        table.add(&mut weekday, forms, number(key)?)?;
    }
    let mut unit = Table::new(NAME, Tags::TIME_UNIT);
    for (name, [singular, plural]) in &file.unit {
        table.add(&mut unit, singular, ((*name).into(), false))?;
        table.add(&mut unit, plural, ((*name).into(), true))?;
    }

    let mut word = Table::new(NAME, Tags::TIME);
    for (name, forms) in &file.season {
        let season = match name {
            SeasonName::Spring => Season::Spring,
            SeasonName::Summer => Season::Summer,
            SeasonName::Autumn => Season::Autumn,
            SeasonName::Winter => Season::Winter,
        };
        table.add(&mut word, forms, TimeWord::Season(season))?;
    }
    for (name, forms) in &file.part_of_day {
        let part = match name {
            PartName::Dawn => PartOfDay::Dawn,
            PartName::Morning => PartOfDay::Morning,
            PartName::Midday => PartOfDay::Midday,
            PartName::Afternoon => PartOfDay::Afternoon,
            PartName::Evening => PartOfDay::Evening,
            PartName::Night => PartOfDay::Night,
            PartName::Daytime => PartOfDay::Daytime,
        };
        table.add(&mut word, forms, TimeWord::PartOfDay(part))?;
    }
    for (form, days) in &file.day {
        word.add(table.builder, form, TimeWord::Day(*days))?;
    }
    table.add(&mut word, &file.tonight.forms, TimeWord::Tonight)?;
    table.add(&mut word, &file.weekdays.forms, TimeWord::Weekdays)?;
    table.add(&mut word, &file.moment.forms, TimeWord::Moment)?;
    for (form, tens) in &file.decade {
        word.add(table.builder, form, TimeWord::Decade(*tens))?;
    }
    for (form, unit) in &file.edge {
        word.add(table.builder, form, TimeWord::Edge((*unit).into()))?;
    }
    table.add(&mut word, &file.half_of_year.forms, TimeWord::Half)?;
    table.add(&mut word, &file.period.forms, TimeWord::Period)?;
    let Reference { past, present, future } = &file.reference;
    table.add(&mut word, past, TimeWord::Past)?;
    table.add(&mut word, present, TimeWord::Present)?;
    table.add(&mut word, future, TimeWord::Future)?;
    for (form, RecurrenceRow { unit, count }) in &file.recurrence {
        word.add(table.builder, form, TimeWord::Recurrence(*count, (*unit).into()))?;
    }
    for (form, hour) in &file.hour {
        word.add(table.builder, form, TimeWord::Hour(*hour))?;
    }
    let mut holiday = Table::new(NAME, Tags::HOLIDAY);
    let mut dated: Vec<Vec<Date>> = Vec::new();
    for HolidayRow { forms, day, weekday, days, easter, dates } in &file.holiday {
        let refuse = |reason| {
            let form = forms.first().cloned().unwrap_or_default();
            LexiconError::Form { table: NAME, form, reason }
        };
        let rule = match (day, weekday, easter, dates) {
            (Some([month, day]), None, None, None) => Holiday::Fixed(*month, *day),
            (None, Some([month, nth, weekday]), None, None) => {
                Holiday::Nth(*month, *nth, *weekday, *days)
            }
            (None, None, Some(days), None) => Holiday::Easter(*days),
            (None, None, None, Some(dates)) => {
                let days: Result<Vec<Date>, _> = dates.iter().map(|day| day.parse()).collect();
                let days = days.map_err(|_unread| refuse("has a day that is none"))?;
                if !days.is_sorted() {
                    return Err(refuse("has days out of order"));
                }
                dated.push(days);
                Holiday::Dated(dated.len() - 1)
            }
            _ => return Err(refuse("has not one rule")),
        };
        table.add(&mut holiday, forms, rule)?;
    }

    let mut modifier = Table::new(NAME, Tags::TIME_MODIFIER);
    for (name, forms) in &file.modifier {
        let value = match name {
            ModifierName::Start => TimexMod::Start,
            ModifierName::Mid => TimexMod::Mid,
            ModifierName::End => TimexMod::End,
            ModifierName::Approx => TimexMod::Approx,
            ModifierName::MoreThan => TimexMod::MoreThan,
            ModifierName::LessThan => TimexMod::LessThan,
            ModifierName::EqualOrMore => TimexMod::EqualOrMore,
            ModifierName::EqualOrLess => TimexMod::EqualOrLess,
        };
        table.add(&mut modifier, forms, value)?;
    }
    let mut relation = Table::new(NAME, Tags::TIME_RELATION);
    for (name, forms) in &file.relation {
        let value = match name {
            RelationName::Before => Relation::Before,
            RelationName::After => Relation::After,
            RelationName::By => Relation::By,
            RelationName::Until => Relation::Until,
            RelationName::Since => Relation::Since,
            RelationName::During => Relation::During,
        };
        table.add(&mut relation, forms, value)?;
    }
    let mut vague = Table::new(NAME, Tags::VAGUE_COUNT);
    table.add(&mut vague, &file.vague.forms, ())?;
    let mut half = Table::new(NAME, Tags::CLOCK);
    table.add(&mut half, &file.half.am, false)?;
    table.add(&mut half, &file.half.pm, true)?;
    let mut zone = Table::new(NAME, Tags::CLOCK);
    for (form, minutes) in &file.zone {
        zone.add(table.builder, form, *minutes)?;
    }
    Ok(Times {
        month: month.done(),
        weekday: weekday.done(),
        unit: unit.done(),
        word: word.done(),
        dated,
        holiday: holiday.done(),
        modifier: modifier.done(),
        relation: relation.done(),
        vague: vague.done(),
        half: half.done(),
        zone: zone.done(),
    })
}

struct Filler<'b> {
    builder: &'b mut Builder,
}

impl Filler<'_> {
    fn add<T: Copy>(
        &mut self,
        table: &mut Table<T>,
        forms: &[String],
        value: T,
    ) -> Result<(), LexiconError> {
        forms.iter().try_for_each(|form| table.add(self.builder, form, value))
    }
}
