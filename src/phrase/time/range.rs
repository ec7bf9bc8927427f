//! From one time to another, written with shared parts: "3 to 5 May", "May 3-5, 2022", "2019-2021"; and times told by their
//! distance from a date: "two weeks after Christmas", "the day before last Tuesday".

use super::{Direction, Mention, Read, Scene, TO, year};
use crate::fact::TimeValue;
use crate::fact::time::{Calendar, Count, Open, Part, Unit, When, whole_count};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{Token, TokenKind};

/// A day or a year with the other end of its range, where that shares its month or is a bare year.
pub(super) fn widened(scene: &Scene<'_>, read: Read, free: usize) -> Read {
    let When::At(calendar) = read.time.when else { return read };
    match calendar.part {
        Part::Day(..) => days_behind(scene, &read, calendar)
            .or_else(|| days_before(scene, &read, calendar, free))
            .unwrap_or(read),
        Part::Year if read.rule == "date.year.era" => {
            years_of_era(scene, &read, calendar, free).unwrap_or(read)
        }
        Part::Year => years(scene, &read, calendar).unwrap_or(read),
        Part::Weekend(_)
        | Part::Week(_)
        | Part::Month(_)
        | Part::Season(_)
        | Part::Quarter(_)
        | Part::Half(_)
        | Part::FiscalQuarter(_)
        | Part::FiscalHalf(_)
        | Part::Decade
        | Part::Century
        | Part::Millennium => read,
    }
}

/// "May 3-5", "May 3–5, 2022", "May 3 to 5".
fn days_behind(scene: &Scene<'_>, read: &Read, calendar: Calendar) -> Option<Read> {
    let Part::Day(month, first) = calendar.part else { return None };
    let mark = read.end;
    let is_dash = matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash));
    if !is_dash && !scene.is_any(mark, TO) {
        return None;
    }
    let is_word = scene
        .token(read.end - 1)
        .is_some_and(|word| word.is(Tags::ORDINAL) && word.kind == TokenKind::Word);
    if scene.kind(read.end - 1) != Some(TokenKind::Number)
        && !scene.is_any(read.end - 1, ENDINGS)
        && !is_word
    {
        return None;
    }
    let the = usize::from(scene.is(mark + 1, "the"));
    let number = mark + 1 + the;
    let (last, end) = match number::ordinal(scene.lexicon, scene.content, scene.rest(number)) {
        Some(read) => (i8::try_from(read.value).ok().filter(|day| *day <= 31)?, number + read.len),
        None => (day_number(scene, number).filter(|_| the == 0)?, number + 1),
    };
    // "May 3 to 5 people": a count.
    let counts = scene.token(end).is_some_and(|next| {
        next.is(Tags::UNIT | Tags::SCALE | Tags::CURRENCY | Tags::MONTH)
            || !is_dash
                && next.is_word()
                && !next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::AUXILIARY | Tags::MODAL)
            || matches!(next.kind, TokenKind::Slash | TokenKind::Hyphen)
            // "May 3-5: talks" ends, "May 3-5:30" does not
            || next.kind == TokenKind::Colon && scene.is_joined(end + 1)
    });
    // "9 April to the 13th of May" ends in its own month.
    if last <= first || counts || scene.is(end, "of") {
        return None;
    }
    let (year, end) = match year::behind(scene, end) {
        Some((year, end)) if read.rule == "date.day.no-year" => (year, end),
        _ => (calendar.year, end),
    };
    let time = if year == calendar.year { read.time } else { TimeValue::new(read.time.when) };
    let when = When::Between(
        Some(Calendar::day(year, month, first)?),
        Some(Calendar::day(year, month, last)?),
    );
    Some(Read { end, time: TimeValue { when, ..time }, rule: "date.day.range", ..*read })
}

/// "3 to 5 May", "3-5 May 2022", "between 3 and 12 September", "from the ninth to the seventeenth of April".
fn days_before(scene: &Scene<'_>, read: &Read, calendar: Calendar, free: usize) -> Option<Read> {
    let Part::Day(month, last) = calendar.part else { return None };
    let the = usize::from(scene.is(read.first, "the"));
    if !is_day_at(scene, read.first + the, last) {
        return None;
    }
    let mark = scene.before(read.first, free)?;
    let (from, first) = day_in_front(scene, mark, free)?;
    let in_front = from.checked_sub(1);
    let is_led = |words: &[&str]| in_front.is_some_and(|at| scene.is_any(at, words));
    let is_plain = scene.kind(mark - 1) == Some(TokenKind::Number);
    let is_mark = matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash))
        || scene.is_any(mark, TO) && (is_plain || is_led(&["from"]))
        || scene.is(mark, "and") && is_led(&["between"]);
    if !is_mark || first >= last || scene.is_joined(from) && from > 0 {
        return None;
    }
    let when = When::Between(Some(Calendar::day(calendar.year, month, first)?), Some(calendar));
    Some(Read {
        first: from,
        time: TimeValue { when, ..read.time },
        rule: "date.day.range",
        ..*read
    })
}

/// Whether the number at `at`, in digits or words, is that day: "17", "17th", "seventeenth".
fn is_day_at(scene: &Scene<'_>, at: usize, day: i8) -> bool {
    day_number(scene, at) == Some(day)
        || number::ordinal(scene.lexicon, scene.content, scene.rest(at))
            .is_some_and(|read| i8::try_from(read.value) == Ok(day))
}

/// The day that ends at `end`, with its article: "9", "the 9th", "the twenty-ninth"; its first token.
fn day_in_front(scene: &Scene<'_>, end: usize, free: usize) -> Option<(usize, i8)> {
    for length in [3, 2, 1] {
        let Some(first) = end.checked_sub(length).filter(|first| *first >= free) else { continue };
        let day = match number::ordinal(scene.lexicon, scene.content, scene.rest(first)) {
            Some(read) if read.len == length => i8::try_from(read.value).ok(),
            _ if length == 1 => day_number(scene, first),
            _ => None,
        };
        if let Some(day) = day.filter(|day| (1..=31).contains(day)) {
            let the = scene.before(first, free).filter(|the| scene.is(*the, "the"));
            return Some((the.unwrap_or(first), day));
        }
    }
    None
}

/// "2019-2021", "1994–97".
fn years(scene: &Scene<'_>, read: &Read, calendar: Calendar) -> Option<Read> {
    let mark = read.end;
    let is_joined = scene.is_joined(mark) && scene.is_joined(mark + 1);
    if !matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash)) || !is_joined {
        return None;
    }
    let text = scene.text(mark + 1);
    let last = match text.len() {
        4 => year::calendar_year(text)?,
        2 => calendar.year.div_euclid(100) * 100 + text.parse::<i16>().ok()?,
        _ => return None,
    };
    // "2010-2015-86": a label.
    let goes_on = scene.is_joined(mark + 2)
        && matches!(scene.kind(mark + 2), Some(TokenKind::Hyphen | TokenKind::Slash));
    if last <= calendar.year || goes_on {
        return None;
    }
    let when = When::Between(Some(calendar), Some(Calendar::year(last)));
    Some(Read {
        end: mark + 2,
        time: TimeValue { when, ..read.time },
        rule: "date.year.range",
        ..*read
    })
}

/// Whether two mentions in a row are the ends of one range: "from May to September", "between 2019 and 2023", "3 June – 5 July"; not
/// what was moved from one day to another.
pub fn is_one_range(scene: &Scene<'_>, begin: &Mention, end: &Mention) -> bool {
    let mark = begin.end;
    if mark + 1 != end.first {
        return false;
    }
    let from = scene.unbent(begin.first).checked_sub(1);
    let is_led = |word: &str| from.is_some_and(|from| scene.is(from, word));
    let is_mark = matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash))
        || scene.is_any(mark, TO) && !scene.is_moved(end.first)
        || scene.is(mark, "and") && is_led("between");
    let is_point = |mention: &Mention| {
        matches!(
            mention.time.when,
            When::At(_)
                | When::Within(..)
                | When::Clock(..)
                | When::Present
                | When::Month(..)
                | When::Part(_)
        )
    };
    // Where the end lies before the beginning, one of them is not what it seems.
    let first = |mention: &Mention| TimeValue { open: None, ..mention.time }.edges()?.0;
    let is_forward = || match (first(begin), first(end)) {
        (Some(begin), Some(end)) => begin < end,
        _ => true,
    };
    // "2020-2020": the calendar need not be asked.
    let is_same = matches!(begin.time.when, When::At(_))
        && (begin.time.when, begin.time.modifier) == (end.time.when, end.time.modifier);
    is_mark && is_point(begin) && is_point(end) && !is_same && is_forward()
}

/// "500 to 300 BC", "between 500 and 300 BC", "AD 41-54": two years that share their era.
fn years_of_era(scene: &Scene<'_>, read: &Read, calendar: Calendar, free: usize) -> Option<Read> {
    let is_mark = |at: usize| {
        matches!(scene.kind(at), Some(TokenKind::Hyphen | TokenKind::Dash)) || scene.is(at, "to")
    };
    let year_at = |at: usize| -> Option<i16> {
        let is_number = scene.kind(at) == Some(TokenKind::Number) && scene.text(at).len() <= 4;
        is_number.then(|| scene.text(at).parse().ok())?
    };
    let between = |from: i16, to: i16| TimeValue {
        when: When::Between(Some(Calendar::year(from)), Some(Calendar::year(to))),
        ..read.time
    };
    if calendar.year > 0 {
        // "AD 41 to 54", but "AD 79 to 20 towns"
        let last = year_at(read.end + 1)
            .filter(|last| is_mark(read.end) && (calendar.year + 1..2100).contains(last))?;
        let end = read.end + 2;
        let goes_on = scene.token(end).is_some_and(|next| {
            next.is_joined() && next.kind == TokenKind::Hyphen || is_noun(next)
        });
        let time = between(calendar.year, last);
        return (!goes_on).then_some(Read { end, time, rule: "date.year.range", ..*read });
    }
    let mark = scene.before(read.first, free)?;
    let from = scene.before(mark, free)?;
    let is_between = scene.is(mark, "and") && from > 0 && scene.is(from - 1, "between");
    let first = 1 - year_at(from).filter(|_| is_mark(mark) || is_between)?;
    let time = between(first, calendar.year);
    (first < calendar.year).then_some(Read { first: from, time, rule: "date.year.range", ..*read })
}

fn is_noun(token: &Token) -> bool {
    token.is_word() && !token.is(super::NO_NOUN)
}

/// A count of units before or after a date: "two weeks after Christmas"; of its tokens, those behind the unit begin at `end`.
pub(super) fn from_date(
    scene: &Scene<'_>,
    unit: Unit,
    count: Count,
    first: usize,
    end: usize,
) -> Option<Read> {
    // "a week on Saturday": behind the next one.
    let is_led = first > 0
        && scene.is_any(
            first - 1,
            &["for", "in", "after", "of", "within", "during", "lasted", "lasts", "spent", "every"],
        );
    let in_weeks = match unit {
        Unit::Week => whole_count(count),
        Unit::Fortnight => whole_count(count).map(|count| 2 * count),
        _ => None,
    };
    if let Some(weeks) = in_weeks.filter(|_| !is_led) {
        let day = scene.token(end + 1).filter(|_| scene.is(end, "on"));
        let weekday = day.and_then(|day| scene.lexicon.times.weekday.of(day)).copied();
        if let Some(weekday) = weekday
            && scene.nearest_left(first) != Direction::Past
        {
            let time = scene.relative(When::Weekday(weekday), |today| {
                let next = (weekday - today.weekday().to_monday_one_offset()).rem_euclid(7);
                let days = i64::from(next) + 7 * i64::from(weeks);
                Some(When::At(
                    today.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?.into(),
                ))
            });
            return Some(Read::new(first, end + 2, time, "date.from-date"));
        }
    }
    // "a week tomorrow", "two weeks today"
    if matches!(unit, Unit::Week | Unit::Fortnight)
        && !is_led
        && scene.is_any(end, &["tomorrow", "today"])
        // "It is two weeks today since he left."
        && !scene.is_any(end + 1, &["'s", "’s", "since"])
        && scene.nearest_left(first) != Direction::Past
        && let Some(weeks) = whole_count(count).and_then(|weeks| i32::try_from(weeks).ok())
    {
        let time = scene.relative(When::Future, |today| {
            let from = if scene.is(end, "today") { today } else { today.tomorrow().ok()? };
            Some(When::At(unit.shift(from, weeks)?.into()))
        });
        return Some(Read::new(first, end + 1, time, "date.from-date"));
    }
    let sign = if scene.is_any(end, &["after", "from"]) { 1 } else { -1 };
    // "two working days after 3 May": weekends may lie between.
    let is_working = end > 1 && scene.is_any(end - 2, &["working", "business", "trading"]);
    // "two days prior to Christmas"
    let prior = usize::from(scene.is(end, "prior") && scene.is(end + 1, "to"));
    let is_side = prior == 1 || scene.is_any(end, &["after", "before", "from"]);
    if !is_side || unit < Unit::Day || is_working {
        return None;
    }
    let number = i32::try_from(whole_count(count)?).ok()?;
    let from = end + 1 + prior;
    let anchor = (from..from + 3)
        .filter(|at| {
            scene.token(*at).is_some_and(|token| {
                token.is(Tags::MONTH | Tags::WEEKDAY | Tags::TIME | Tags::HOLIDAY)
                    || token.kind == TokenKind::Number
            })
        })
        .find_map(|trigger| scene.read(trigger, from))?;
    let When::At(calendar) = anchor.time.when else { return None };
    let is_day = matches!(calendar.part, Part::Day(..));
    // "five matches in 15 days from 20 December to 3 January"
    let goes_on = scene.is(end, "from") && scene.is_any(anchor.end, TO);
    if anchor.first != from || !is_day || goes_on {
        return None;
    }
    let day = unit.shift(calendar.first()?, number * sign)?;
    // "for 12 weeks from September 8": a length, and where it lies.
    if scene.is(end, "from") && first > 0 && scene.is(first - 1, "for") {
        let last = day.yesterday().ok()?;
        let when = When::Length(count, unit, Some((calendar, last.into())));
        return Some(Read {
            first,
            end: anchor.end,
            time: TimeValue { when, ..anchor.time },
            rule: "date.length.from",
        });
    }
    let time = TimeValue { when: When::At(day.into()), ..anchor.time };
    // "more than two weeks before Christmas"
    let more =
        first.checked_sub(2).filter(|more| scene.is(*more, "more") && scene.is(more + 1, "than"));
    let (first, time) = match more {
        Some(more) => (more, time.opened(if sign < 0 { Open::Before } else { Open::After })),
        None => (first, time),
    };
    Some(Read { first, end: anchor.end, time, rule: "date.from-date" })
}

/// A number that may be a day of a month.
pub(super) fn day_number(scene: &Scene<'_>, at: usize) -> Option<i8> {
    let is_number = scene.kind(at) == Some(TokenKind::Number) && scene.text(at).len() <= 2;
    is_number.then(|| scene.text(at).parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

pub(super) const ENDINGS: &[&str] = &["st", "nd", "rd", "th"];
