//! Dates in digits: "2022-10-14", "03/04/2022", "14.10.2022", "on 5/17", "Oct-14-2022".

use super::{Read, Scene, TO, year};
use crate::fact::TimeValue;
use crate::fact::time::{Calendar, When};
use crate::lexicon::Tags;
use crate::token::{Token, TokenKind, flags};

/// "2022-10-14", "2022/10/14".
pub(super) fn iso(scene: &Scene<'_>, at: usize) -> Option<Read> {
    if scene.kind(at)? != TokenKind::Number {
        return None;
    }
    if scene.text(at).len() == 8 {
        return basic(scene, at);
    }
    let mark =
        scene.kind(at + 1).filter(|mark| matches!(mark, TokenKind::Hyphen | TokenKind::Slash))?;
    let is_one =
        scene.kind(at + 3) == Some(mark) && (at + 1..=at + 4).all(|at| scene.is_joined(at));
    // "14-Oct-2022", "2022-Oct-14", "14-Oct-22", "14-Oct"
    if let Some(read) = day_and_month(scene, at) {
        return Some(read);
    }
    let has_year = [at, at + 4].iter().any(|at| scene.len(*at) == 4);
    if !is_one || !has_year {
        return None;
    }
    let (year, month, day) = (scene.text(at), scene.text(at + 2), scene.text(at + 4));
    let named = scene.token(at + 2).and_then(|token| scene.lexicon.times.month.of(token));
    if let Some(month) = named {
        let (year, day) = if year.len() == 4 { (year, day) } else { (day, year) };
        let day = Calendar::day(year::calendar_year(year)?, *month, day.parse().ok()?)?;
        return Some(Read::new(at, at + 5, TimeValue::new(When::At(day)), "date.iso"));
    }
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let day = Calendar::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(Read::new(at, at + 5, TimeValue::new(When::At(day)), "date.iso"))
}

/// "on 20221014", "dated 20221014": ISO 8601 without its hyphens, where a preposition says that it is no number of a file.
fn basic(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let text = scene.text(at);
    let is_led = at > 0
        && scene.is_any(
            at - 1,
            &["on", "by", "since", "until", "till", "before", "after", "dated", "from", "to"],
        );
    if !is_led || scene.is_joined(at + 1) && scene.token(at + 1).is_some_and(Token::is_word) {
        return None;
    }
    let year = year::calendar_year(text.get(..4)?).filter(|year| (1800..2100).contains(year))?;
    let day = Calendar::day(year, text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?)?;
    Some(Read::new(at, at + 1, TimeValue::new(When::At(day)), "date.iso"))
}

/// "2025-05", "05/2025": a month of a year in digits; "2004-05" and "2004-09" are two years.
pub(super) fn month_of_year(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let is_mark = matches!(scene.kind(at + 1)?, TokenKind::Hyphen | TokenKind::Slash);
    let is_one = is_mark && scene.is_joined(at + 1) && scene.is_joined(at + 2);
    let is_apart = !scene.is_joined(at)
        && !scene.token(at + 3).is_some_and(|next| {
            next.is_joined()
                && (next.is_word() || matches!(next.kind, TokenKind::Hyphen | TokenKind::Slash))
        });
    if !is_one || !is_apart {
        return None;
    }
    let (first, second) = (scene.text(at), scene.text(at + 2));
    let is_led = first.len() == 4;
    let (year, month) = if is_led { (first, second) } else { (second, first) };
    let year = year::calendar_year(year).filter(|year| (1900..2100).contains(year))?;
    let part: i8 = month.parse().ok().filter(|part| (1..=12).contains(part))?;
    let is_years = is_led && i16::from(part) > year % 100;
    let is_written = month.len() == 2 || !is_led;
    let when = When::At(Calendar::month(year, part));
    (!is_years && is_written)
        .then(|| Read::new(at, at + 3, TimeValue::new(when), "date.month.numeric"))
}

/// "14-Oct", "14-Oct-22": a day joined to its month, which no year in full follows.
fn day_and_month(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let token = scene.token(at + 2).filter(|token| token.has(flags::CAPITAL))?;
    let month = *scene.lexicon.times.month.of(token)?;
    let day: i8 = scene.text(at).parse().ok().filter(|day| (1..=31).contains(day))?;
    Calendar::day(2000, month, day)?;
    let is_joined = |at: usize| scene.token(at).is_some_and(Token::is_joined);
    if is_joined(at) && at > 0 || !is_joined(at + 1) || !is_joined(at + 2) {
        return None;
    }
    if is_joined(at + 3) && scene.kind(at + 3) == scene.kind(at + 1) {
        let year = scene.text(at + 4);
        let is_year = is_joined(at + 4)
            && year.len() == 2
            && !(is_joined(at + 5) && scene.kind(at + 5) == scene.kind(at + 1));
        let year = full_year(year).filter(|_| is_year)?;
        let when = When::At(Calendar::day(year, month, day)?);
        return Some(Read::new(at, at + 5, TimeValue::new(when), "date.iso"));
    }
    let end = at + 3;
    // "10-May's", "3-March-like"
    if is_joined(end) && scene.token(end).is_some_and(|next| next.kind == TokenKind::Hyphen) {
        return None;
    }
    Some(Read::new(at, end, scene.of_year(month, Some(day), at, end), "date.day.no-year"))
}

/// A year of two digits is of 1930 to 2029.
fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 if year < 30 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => Some(year),
    }
}

/// "03/04/2022", "14.10.2022", "3-4-2022"; the region says which is the month when both can be. Years of two digits are of
/// 1930 to 2029.
pub(super) fn numeric(scene: &Scene<'_>, at: usize) -> Option<Read> {
    if scene.kind(at)? != TokenKind::Number {
        return None;
    }
    let is_long = scene.len(at) >= "1.1.20".len() as u32;
    let (first, second, year, end) = match is_long.then(|| pointed(scene.text(at))).flatten() {
        // "2019.12.31"
        Some([year, month, day]) if [year.len(), month.len(), day.len()] == [4, 2, 2] => {
            let year = year::calendar_year(year)?;
            let day = Calendar::day(year, month.parse().ok()?, day.parse().ok()?)?;
            return Some(Read::new(at, at + 1, TimeValue::new(When::At(day)), "date.numeric"));
        }
        Some([first, second, year]) => (first, second, year, at + 1),
        None => {
            let mark = scene
                .kind(at + 1)
                .filter(|mark| matches!(mark, TokenKind::Hyphen | TokenKind::Slash))?;
            let is_one =
                scene.kind(at + 3) == Some(mark) && (at + 1..=at + 4).all(|at| scene.is_joined(at));
            if !is_one || scene.len(at) > 2 || !matches!(scene.len(at + 4), 2 | 4) {
                return None;
            }
            (scene.text(at), scene.text(at + 2), scene.text(at + 4), at + 5)
        }
    };
    if !matches!(first.len(), 1..=2)
        || !matches!(second.len(), 1..=2)
        || !matches!(year.len(), 2 | 4)
    {
        return None;
    }
    let is_version = at > 0
        && scene.is_any(at - 1, &["version", "release", "v", "update", "build", "ver"])
        || end == at + 1 && year.len() == 2 && first.len() + second.len() < 4;
    if is_version {
        return None;
    }
    // A fourth part makes it something else: an address, a version.
    // "11/3/2015-11/9/2015" is from one day to another.
    if matches!(scene.kind(end), Some(TokenKind::Slash | TokenKind::Hyphen))
        && scene.is_joined(end)
        && !(scene.kind(at + 1) == Some(TokenKind::Slash)
            && scene.kind(end) == Some(TokenKind::Hyphen)
            && slashed_year(scene, end + 1).is_some())
    {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let year = full_year(year)?;
    let is_pointed = end == at + 1;
    let month_first = !is_pointed && is_month_first(scene);
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    let day = Calendar::day(year, month, day).or_else(|| Calendar::day(year, day, month))?;
    Some(Read::new(at, end, TimeValue::new(When::At(day)), "date.numeric"))
}

/// The year of "10/7/2018" at `at`.
fn slashed_year(scene: &Scene<'_>, at: usize) -> Option<i16> {
    let is_slash = |at: usize| scene.kind(at) == Some(TokenKind::Slash) && scene.is_joined(at);
    let is_one = is_slash(at + 1) && is_slash(at + 3) && scene.is_joined(at + 4);
    let is_short = |at: usize| matches!(scene.text(at).len(), 1..=2);
    let is_date = is_one && is_short(at) && is_short(at + 2);
    full_year(scene.text(at + 4)).filter(|_| is_date && matches!(scene.text(at + 4).len(), 2 | 4))
}

/// The three parts of "14.10.2022".
fn pointed(text: &str) -> Option<[&str; 3]> {
    let (first, rest) = text.split_once('.')?;
    let (second, year) = rest.split_once('.')?;
    (!year.contains('.')).then_some([first, second, year])
}

/// Whether the region writes the month first; so do those who are not known.
fn is_month_first(scene: &Scene<'_>) -> bool {
    scene.region.is_none_or(|region| matches!(region.code(), "US" | "PH" | "CA"))
}

/// "on 5/17", "Tuesday 5/22", "until 6/4": a month and a day, where a preposition or weekday says that they are no fraction.
pub(super) fn short(scene: &Scene<'_>, at: usize) -> Option<Read> {
    let end = at + 3;
    let is_one = scene.kind(at + 1) == Some(TokenKind::Slash)
        && scene.kind(at)? == TokenKind::Number
        && scene.kind(at + 2) == Some(TokenKind::Number)
        && scene.is_joined(at + 1)
        && scene.is_joined(at + 2);
    if !is_one
        || scene.token(end).is_some_and(|next| next.is_joined() && next.kind == TokenKind::Slash)
    {
        return None;
    }
    let (first, second) = (scene.text(at), scene.text(at + 2));
    // The attacks of 2001, and "all the time".
    if matches!((first, second), ("9", "11") | ("24", "7")) || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let before = at.checked_sub(1)?;
    let is_led = scene
        .is_any(before, &["on", "by", "until", "till", "since", "before", "after", "from"])
        || scene.token(before).is_some_and(|before| before.is(Tags::WEEKDAY))
        // "Friday, 11/11", "Fri. 11/11"
        || before > 0
            && matches!(scene.kind(before), Some(TokenKind::Comma | TokenKind::Dot))
            && scene.token(before - 1).is_some_and(|day| day.is(Tags::WEEKDAY));
    // "on 1/2 of the land", "from 3/4 inch"
    let is_counted = scene.is(end, "of")
        || scene.token(end).is_some_and(|next| {
            next.is(Tags::UNIT | Tags::SCALE | Tags::CURRENCY) && !next.is(Tags::PREPOSITION)
        });
    if !is_led || is_counted {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let (month, day) = if is_month_first(scene) { (first, second) } else { (second, first) };
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    // A day that no year has is no date.
    Calendar::day(2000, month, day)?;
    // "from 5/1 to 5/7/2020"
    let is_mark = scene.is_any(end, TO)
        || matches!(scene.kind(end), Some(TokenKind::Hyphen | TokenKind::Dash));
    let time = match slashed_year(scene, end + 1).filter(|_| is_mark) {
        Some(year) => TimeValue::new(When::At(Calendar::day(year, month, day)?)),
        None => scene.of_year(month, Some(day), at, end),
    };
    Some(Read::new(at, end, time, "date.numeric.short"))
}

/// "Oct/14", "Oct-14-2022", "Dec/2018": what is joined to a month behind it.
pub(super) fn month_joined(scene: &Scene<'_>, at: usize, month: i8) -> Option<Read> {
    let mark =
        scene.kind(at + 1).filter(|mark| matches!(mark, TokenKind::Slash | TokenKind::Hyphen))?;
    let is_number = |at: usize| {
        scene.kind(at) == Some(mark)
            && scene.is_joined(at)
            && scene.is_joined(at + 1)
            && scene.kind(at + 1) == Some(TokenKind::Number)
    };
    if !is_number(at + 1) {
        return None;
    }
    if let Some(year) = year::year_at(scene, at + 2) {
        let when = When::At(Calendar::month(year, month));
        return Some(Read::new(at, at + 3, TimeValue::new(when), "date.iso.month"));
    }
    let day: i8 = scene.text(at + 2).parse().ok().filter(|day| (1..=31).contains(day))?;
    if is_number(at + 3)
        && let Some(year) = year::year_at(scene, at + 4)
    {
        let when = When::At(Calendar::day(year, month, day)?);
        return Some(Read::new(at, at + 5, TimeValue::new(when), "date.iso"));
    }
    Calendar::day(2000, month, day)?;
    Some(Read::new(at, at + 3, scene.of_year(month, Some(day), at, at + 3), "date.day.no-year"))
}
