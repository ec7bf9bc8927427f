//! Parts of a year, of the calendar or fiscal: "of 1989", "of fiscal 2026", "the second and fourth quarters", "the January-March
//! quarter".

use super::{Mention, Read, Scene, reach, which_year, year};
use crate::fact::TimeValue;
use crate::fact::time::{Calendar, Part, When};
use crate::phrase::number;
use crate::token::TokenKind;

/// A part of a year, fiscal or of the calendar, with the year behind it, else of the year that its direction gives.
pub(super) fn in_year(scene: &Scene<'_>, part: Part, first: usize, end: usize) -> Read {
    let read = of_year(scene, part, first, end);
    let is_bare = read.rule.ends_with("no-year");
    // "the fiscal third quarter", "the first half of the financial year": nobody says when it begins; nor of the other quarters of
    // such a report.
    let is_fiscal = (first..read.end).any(|at| scene.is_any(at, &["fiscal", "financial"]))
        || is_bare
            && !scene.is(0, "separately")
            && matches!(
                scene.memory.quarter,
                Some((Calendar { part: Part::FiscalQuarter(_), .. }, _))
            );
    match read.time.when {
        When::At(calendar) if is_fiscal => {
            let year = is_bare.then(|| year_of_end(scene, read.end)).flatten();
            let calendar = Calendar { year: year.unwrap_or(calendar.year), ..calendar };
            let when = When::At(fiscal(calendar));
            Read { time: TimeValue { when, ..read.time }, ..read }
        }
        _ => read,
    }
}

/// The year of "June 28" in "its fiscal fourth quarter, which ended on June 28", with what follows the quarter at `at`.
fn year_of_end(scene: &Scene<'_>, at: usize) -> Option<i16> {
    let ended = (at..at + 3).find(|at| scene.is_any(*at, &["ended", "ending", "ends"]))?;
    let on = usize::from(scene.is_any(ended + 1, &["on", "in"]));
    reach::end_behind(scene, ended + 1 + on).map(|(last, ..)| last.year)
}

/// "this school year", "the next academic year": from autumn to summer, in the south a year of the calendar.
pub(super) fn of_school(scene: &Scene<'_>, by: i32, first: usize, end: usize) -> Read {
    let is_south = scene.region.is_some_and(|region| region.is_southern());
    let time = scene.relative(When::Present, |today| {
        let begun = i32::from(is_south || today.month() >= 8) - 1;
        let year = Calendar::year(today.year()).plus(begun + by)?;
        Some(if is_south { When::At(year) } else { When::Between(Some(year), Some(year.plus(1)?)) })
    });
    Read::new(first, end, time, "date.year.school")
}

/// "in [the second] and [fourth quarters]": the first of two, which share their unit and their year.
pub(super) fn first_of_two(scene: &Scene<'_>, read: &Read, free: usize) -> Option<Mention> {
    let is_part = read.rule.starts_with("date.part-of-year");
    let is_week = read.rule == "date.within";
    let nouns: &[&str] = if is_week { &["weeks", "weekends"] } else { &["quarters", "centuries"] };
    let is_two = (is_part || is_week || read.rule == "date.century")
        && (read.first + 1..read.first + 3).any(|at| scene.is_any(at, nouns));
    if !is_two {
        return None;
    }
    let and = read.first.checked_sub(1).filter(|and| scene.is_any(*and, &["and", "or"]))?;
    let ending = usize::from(scene.is_any(and.checked_sub(1)?, &["st", "nd", "rd", "th"]));
    let nth = and.checked_sub(1 + ending).filter(|nth| *nth >= free)?;
    let place = number::ordinal(scene.lexicon, scene.content, scene.rest(nth))
        .filter(|place| nth + place.len == and && (1..=100).contains(&place.value))?;
    let place = i16::try_from(place.value).ok()?;
    let When::At(unit @ Calendar { year, part }) = read.time.when else { return None };
    let unit = match part {
        // "the first and third weeks of May"
        Part::Week(_) | Part::Weekend(_) => {
            let last = number::ordinal(scene.lexicon, scene.content, scene.rest(read.first))?;
            unit.plus(i32::from(place) - i32::try_from(last.value).ok()?)?
        }
        Part::Quarter(_) if place <= 4 => Calendar::part(year, Part::Quarter(place as i8)),
        Part::Century if year < 0 => Calendar::part(1 - 100 * place, Part::Century),
        Part::Century => Calendar::part(100 * (place - 1), Part::Century),
        _ => return None,
    };
    let first = scene.before(nth, free).filter(|the| scene.is(*the, "the")).unwrap_or(nth);
    let relation = scene.relation(first, free);
    let time = TimeValue { when: When::At(unit), ..read.time };
    Some(Mention { first, end: and, time, relation, rule: read.rule })
}

/// A quarter or half of the fiscal year of the same name.
pub(super) fn fiscal(calendar: Calendar) -> Calendar {
    match calendar.part {
        Part::Quarter(nth) => Calendar { part: Part::FiscalQuarter(nth), ..calendar },
        Part::Half(nth) => Calendar { part: Part::FiscalHalf(nth), ..calendar },
        _ => calendar,
    }
}

/// A part of a year with the year behind it ("of 1989", "of last year", "1989"), else of the year that its direction gives.
fn of_year(scene: &Scene<'_>, part: Part, first: usize, end: usize) -> Read {
    let of = usize::from(scene.is(end, "of") || scene.is(end, "in"));
    // "of fiscal 2026", "of the fiscal year 2026"
    let the = usize::from(of == 1 && scene.is(end + 1, "the"));
    let which = end + 1 + the;
    let kind = if of == 1 && scene.is_any(which, &["fiscal", "calendar", "financial"]) {
        the + 1 + usize::from(scene.is(which + 1, "year"))
    } else {
        0
    };
    if let Some((year, end)) =
        year::behind(scene, end + of + kind).filter(|_| scene.kind(end) != Some(TokenKind::Comma))
    {
        return Read::new(
            first,
            end,
            TimeValue::new(When::At(Calendar::part(year, part))),
            "date.part-of-year",
        );
    }
    let which = end + of;
    let by = match scene.lower(which).as_str() {
        "last" => Some(-1),
        "this" | "the" | "current" => Some(0),
        "next" => Some(1),
        _ => None,
    };
    if let Some(by) =
        by.filter(|_| scene.is(which + 1, "year") && (of == 1 || !scene.is(which, "the")))
    {
        let time = scene.relative(When::Part(part), |today| {
            Some(When::At(Calendar::part(today.year() + by, part)))
        });
        return Read::new(first, which + 2, time, "date.part-of-year");
    }
    Read::new(
        first,
        end,
        which_year::part_of_year(scene, part, first, end),
        "date.part-of-year.no-year",
    )
}

/// "the January-March quarter", "the April to June period of 2023": the quarter that has these three months.
pub(super) fn months_quarter(
    scene: &Scene<'_>,
    at: usize,
    after: usize,
    month: i8,
    free: usize,
) -> Option<Read> {
    if month % 3 != 1 {
        return None;
    }
    let is_mark = matches!(scene.kind(after), Some(TokenKind::Hyphen | TokenKind::Dash));
    let to = after + usize::from(is_mark);
    let word = usize::from(scene.is(to, "to"));
    let is_hyphen = scene.kind(to + 1) == Some(TokenKind::Hyphen);
    let last = to + word + usize::from(is_mark && word == 1 && is_hyphen);
    if !is_mark && word == 0 {
        return None;
    }
    let end = *scene.lexicon.times.month.of(scene.token(last)?)?;
    if end != month + 2 || !scene.is_any(last + 1, &["quarter", "period"]) {
        return None;
    }
    let first = scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    Some(in_year(scene, Part::Quarter((month + 2) / 3), first, last + 2))
}

/// "the first half", "the second half of the year" (the trigger is "half").
pub(super) fn half(scene: &Scene<'_>, nth: i8, first: usize, end: usize) -> Read {
    in_year(scene, Part::Half(nth), first, end)
}
