//! The written views of a time, held against each other and against the calendar: over every kind of unit and all years.

use dictum::fact::time::{
    Calendar, Clock, Open, Part, PartOfDay, Season, Unit, When, Zone, easter,
};
use dictum::fact::{Resolution, TimeValue, TimexMod};
use jiff::civil::Date;

/// Years at the edges of the calendar, of centuries and of leap rules, and a stride through the rest.
fn years() -> impl Iterator<Item = i16> {
    let edges = [-9999, -9998, -401, -400, -101, -100, -4, -1, 0, 1, 4, 99, 100, 400, 999, 1000];
    edges
        .into_iter()
        .chain([1582, 1600, 1700, 1899, 1900, 1999, 2000, 2023, 2024, 2100, 9998, 9999])
        .chain((-9999_i16..=9999).step_by(37))
}

fn parts() -> Vec<Part> {
    let seasons = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];
    let seasons = seasons.into_iter().flat_map(|season| [season, season.southern()]);
    let mut parts = vec![Part::Year];
    parts.extend((1..=12).map(Part::Month));
    parts.extend((1..=4).map(Part::Quarter));
    parts.extend((1..=2).map(Part::Half));
    parts.extend(seasons.map(Part::Season));
    parts.extend([1, 9, 52, 53].map(Part::Week));
    parts.extend([1, 9, 52].map(Part::Weekend));
    parts.extend(
        [(1, 1), (2, 28), (2, 29), (3, 31), (12, 31)].map(|(month, day)| Part::Day(month, day)),
    );
    parts
}

fn units() -> impl Iterator<Item = Calendar> {
    years().flat_map(|year| {
        let long = [(10, Part::Decade), (100, Part::Century), (1000, Part::Millennium)]
            .map(|(size, part)| Calendar::part(year.div_euclid(size) * size, part));
        let in_year = parts().into_iter().map(move |part| Calendar::part(year, part));
        in_year.chain(long.into_iter().filter(|unit| unit.year >= -9999))
    })
}

fn date(text: &str) -> Date {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let mut fields = digits.split('-').map(|field| field.parse::<i16>().expect("digits"));
    let mut next = || fields.next().expect("three fields");
    let (year, month, day) = (next(), next(), next());
    Date::new(sign * year, month as i8, day as i8).expect("a day of the calendar")
}

#[test]
fn bounds_enclose_what_is_named() {
    for unit in units() {
        let time = TimeValue::new(When::At(unit));
        let (Some(begin), Some(end)) = (time.begin(), time.end()) else {
            // A day or week that its year lacks, or the edge of the calendar.
            assert!(unit.first().is_none() || unit.after().is_none(), "{unit:?}");
            continue;
        };
        assert!(date(&begin) < date(&end), "{unit:?}: {begin} {end}");
        assert_eq!(Some(date(&begin)), unit.first(), "{unit:?}");
        assert_eq!(Some(date(&end)), unit.after(), "{unit:?}");
        assert_eq!(time.granularity(), Some(unit.granularity()), "{unit:?}");
    }
}

#[test]
fn timex_and_edtf_name_the_same() {
    for unit in units().filter(|unit| unit.first().is_some() && unit.after().is_some()) {
        let time = TimeValue::new(When::At(unit));
        let (value, edtf) = (time.timex_value(), time.edtf());
        // TIMEX3 counts the years before Christ from one, ISO 8601 from nought.
        let value = match value.strip_prefix("BC").and_then(|before| before.split_at_checked(4)) {
            Some((year, rest)) => {
                let year = 1 - year.parse::<i16>().expect("a year");
                format!("{}{:04}{rest}", if year < 0 { "-" } else { "" }, year.abs())
            }
            None => value,
        };
        let is_before = unit.year < 0;
        match unit.part {
            Part::Decade | Part::Century | Part::Millennium if is_before => {}
            Part::Day(..) | Part::Month(_) | Part::Year => assert_eq!(value, edtf),
            Part::Decade => assert_eq!(format!("{value}X"), edtf),
            Part::Century => assert_eq!(format!("{value}XX"), edtf),
            Part::Millennium => assert_eq!(format!("{value}XXX"), edtf),
            Part::Season(_) | Part::Quarter(_) | Part::Half(_) => {
                let head = |text: &str| text.rsplit_once('-').map(|(year, _)| year.to_owned());
                assert_eq!(head(&value), head(&edtf));
                let code: u8 =
                    edtf.rsplit('-').next().and_then(|code| code.parse().ok()).expect("a code");
                assert!(matches!(code, 21..=24 | 29..=36 | 40..=41), "{edtf}");
            }
            Part::FiscalQuarter(_) | Part::FiscalHalf(_) => assert_eq!(edtf, ""),
            Part::Week(_) | Part::Weekend(_) => {
                let (first, last) = edtf.split_once('/').expect("an interval");
                assert_eq!(Some(date(first)), unit.first());
                assert_eq!(date(last).tomorrow().ok(), unit.after());
            }
        }
    }
}

#[test]
fn the_next_unit_begins_where_one_ends() {
    for unit in units() {
        // Seasons and weekends do not touch; a unit at the edge has no next one.
        let touches = !matches!(unit.part, Part::Season(_) | Part::Weekend(_));
        let (Some(next), Some(after)) = (unit.plus(1).and_then(|next| next.first()), unit.after())
        else {
            continue;
        };
        if touches && unit.first().is_some() {
            assert_eq!(next, after, "{unit:?}");
        }
        let there = unit.plus(13).filter(|unit| unit.first().is_some());
        if let Some(there) = there.filter(|_| unit.first().is_some()) {
            assert_eq!(there.plus(-13), Some(unit), "{unit:?}");
        }
    }
}

#[test]
fn adding_is_the_calendars_own() {
    for year in years() {
        for (month, day) in [(1, 31), (2, 28), (8, 31), (12, 31)] {
            let start = Date::new(year, month, day).expect("a day");
            for by in [-13, -1, 0, 1, 4, 25] {
                let span = jiff::Span::new();
                for (unit, span) in [
                    (Unit::Day, span.days(by)),
                    (Unit::Week, span.weeks(by)),
                    (Unit::Month, span.months(by)),
                    (Unit::Quarter, span.months(by * 3)),
                    (Unit::Year, span.years(by)),
                    (Unit::Decade, span.years(by * 10)),
                ] {
                    assert_eq!(
                        unit.shift(start, by),
                        start.checked_add(span).ok(),
                        "{start} {unit:?} {by}"
                    );
                }
            }
        }
    }
}

#[test]
fn open_ends_are_open_in_every_view() {
    for unit in units().filter(|unit| unit.first().is_some() && unit.after().is_some()) {
        let whole = TimeValue::new(When::At(unit));
        let since = whole.opened(Open::From);
        let until = whole.opened(Open::UpTo);
        assert_eq!((since.begin(), since.end()), (whole.begin(), None));
        assert_eq!((until.begin(), until.end()), (None, whole.end()));
        assert!(since.edtf().ends_with("/.."), "{}", since.edtf());
        assert!(until.edtf().starts_with("../"), "{}", until.edtf());
        assert_eq!(since.timex_value(), whole.timex_value());
    }
}

#[test]
fn clocks_lie_in_their_day() {
    let day = Calendar::day(2024, 2, 29).expect("a leap day");
    for hour in 0..=24 {
        for minute in [None, Some(0), Some(59)] {
            let clock = Clock::Time(hour, minute, None, Zone::Local);
            let time = TimeValue::new(When::Clock(Some(day), clock));
            let (begin, end) = (time.begin().expect("known"), time.end().expect("known"));
            assert!(begin < end, "{begin} {end}");
            let wanted = if hour == 24 { "2024-03-01T00" } else { "2024-02-29T" };
            assert!(begin.starts_with(wanted), "{begin}");
            assert!(time.edtf().starts_with(begin.split('T').next().unwrap_or_default()));
        }
    }
    for part in [PartOfDay::Morning, PartOfDay::Afternoon, PartOfDay::Evening, PartOfDay::Night] {
        let time = TimeValue::new(When::Clock(Some(day), Clock::Part(part)));
        assert!(time.begin() < time.end());
    }
}

#[test]
fn what_is_unresolved_has_no_bounds() {
    for when in
        [When::Past, When::Present, When::Future, When::Weekday(4), When::Month(2, Some(29))]
    {
        let time = TimeValue::new(when).resolved(Resolution::Unresolved);
        assert_eq!((time.begin(), time.end()), (None, None));
        assert!(!time.timex_value().is_empty());
    }
}

#[test]
fn easter_falls_on_sundays_of_spring() {
    for year in 1583..=9999 {
        let sunday = easter(year).expect("every year has one");
        assert_eq!(sunday.weekday(), jiff::civil::Weekday::Sunday);
        assert!(
            (3, 22) <= (sunday.month(), sunday.day()) && (sunday.month(), sunday.day()) <= (4, 25)
        );
    }
}

#[test]
fn parts_of_a_unit_lie_in_it_and_edtf_has_their_days() {
    let mods = [TimexMod::Start, TimexMod::Mid, TimexMod::End];
    for unit in units().filter(|unit| unit.first().is_some() && unit.after().is_some()) {
        let whole = TimeValue::new(When::At(unit));
        let (Some(first), Some(after)) = (unit.first(), unit.after()) else { continue };
        for modifier in mods {
            let part = whole.modified(Some(modifier));
            let (begin, end) = (part.begin().expect("known"), part.end().expect("known"));
            let (begin, end) = (date(&begin), date(&end));
            assert!(first <= begin && begin < end && end <= after, "{unit:?} {modifier:?}");
            // "early" has the beginning, "late" the end.
            assert!(modifier != TimexMod::Start || begin == first, "{unit:?}");
            assert!(modifier != TimexMod::End || end == after, "{unit:?}");
            assert_eq!(part.timex_value(), whole.timex_value());
            if let Some((from, to)) = part.edtf().split_once('/') {
                assert_eq!((date(from), date(to).tomorrow().ok()), (begin, Some(end)));
            }
            let since = part.opened(Open::From);
            assert_eq!((since.begin(), since.end()), (part.begin(), None));
        }
    }
}

#[test]
fn what_lies_beyond_a_unit_begins_where_it_ends() {
    for unit in units().filter(|unit| unit.first().is_some() && unit.after().is_some()) {
        let whole = TimeValue::new(When::At(unit));
        let (after, before) = (whole.opened(Open::After), whole.opened(Open::Before));
        assert_eq!((after.begin(), after.end()), (whole.end(), None));
        assert_eq!((before.begin(), before.end()), (None, whole.begin()));
        let edtf = after.edtf();
        let from = edtf.strip_suffix("/..").expect("open to the right");
        assert_eq!(Some(date(from)), unit.after());
        assert_eq!(after.timex_mod(), Some(TimexMod::After));
        assert_eq!(before.timex_mod(), Some(TimexMod::Before));
    }
}

#[test]
fn hours_run_forward_over_midnight() {
    let day = Calendar::day(2023, 12, 31).expect("a day");
    for hour in 0..24 {
        for length in 1..24 {
            let end = hour + length;
            let last = if end > 23 { day.plus(1).expect("a day") } else { day };
            let (from, to) = (Clock::at(hour, Some(0)), Clock::at(end % 24, Some(0)));
            let time = TimeValue::new(When::Hours(Some((day, last)), from, to));
            let (begin, end) = (time.begin().expect("known"), time.end().expect("known"));
            assert!(begin < end, "{begin} {end}");
            let parse = |text: &str| text.parse::<jiff::civil::DateTime>().expect("civil time");
            let (first, after) = (parse(&begin), parse(&end));
            assert_eq!(first.checked_add(jiff::Span::new().hours(length)).ok(), Some(after));
            assert_eq!(time.edtf().split('/').map(parse).collect::<Vec<_>>(), [first, after]);
            assert_eq!(time.timex_value(), begin);
        }
    }
}
