//! Weekdays: "Friday", "next Tuesday", "every Monday", "Tuesday the 11th", "Friday, Oct. 23".

use jiff::civil::Date;

use super::day::{month, of_weekday};
use super::{
    Direction, NO_NOUN, Read, Scene, TO, beside, numeric, range, timed, weekday_of, within,
};
use crate::fact::time::{Calendar, Clock, Part, Recurrence, Unit, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::{Tags, TimeWord};
use crate::phrase::number;
use crate::token::{Token, TokenKind, flags};

/// "Friday", "last Friday", "next Tuesday", "every Monday", "Mondays".
pub(super) fn weekday(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    let weekday = *scene.lexicon.times.weekday.of(token)?;
    let is_short = scene.text(at).len() <= 4 || scene.is(at, "thurs");
    if is_short && !is_short_here(scene, at) {
        return None;
    }
    if let Some(read) =
        with_date(scene, at, free).or_else(|| with_number(scene, at, weekday)).or_else(|| {
            let begins = weekday == 1;
            begins.then(|| timed::weekdays_with_hours(scene, at))?
        })
    {
        return Some(read);
    }
    if let Some(read) = weekday_of::of_week(scene, at, weekday)
        .or_else(|| weekday_of::weeks_off(scene, at, weekday))
        .or_else(|| beyond(scene, at, free, weekday))
    {
        return Some(read);
    }
    // "Tuesday nights", "Monday and Tuesday nights"
    let shared = if scene.is_any(at + 1, &["and", "or"])
        && scene.token(at + 2).is_some_and(|other| other.is(Tags::WEEKDAY))
    {
        2
    } else {
        0
    };
    if let Some(found) = scene.lexicon.times.word.at(scene.rest(at + 1 + shared))
        && let TimeWord::PartOfDay(part) = *found.value
        && scene.text(at + 1 + shared).ends_with('s')
    {
        let when = When::Every(Recurrence::Weekday(weekday, Some(Clock::Part(part)), 1));
        let end = if shared > 0 { at + 1 } else { at + 1 + found.len };
        return Some(Read::new(at, end, TimeValue::new(when), "date.weekday.plural"));
    }
    // "Mondays", "on Tuesdays and Thursdays"
    if scene.text(at).ends_with(['s', 'S']) && !is_short {
        // "two Sundays ago"; "two Sundays in a row" are no rule.
        if let Some(before) = scene.before(at, free)
            && let Some(read) = number::small(scene.lexicon, scene.content, scene.rest(before))
                .filter(|read| read.len == 1 && (1..100).contains(&read.value))
        {
            // "two Fridays from now"
            if scene.is(at + 1, "from") && scene.is_any(at + 2, &["now", "today"]) {
                let time = scene.relative(When::Weekday(weekday), |today| {
                    let ahead =
                        (weekday - today.weekday().to_monday_one_offset() - 1).rem_euclid(7);
                    let days = i64::from(ahead) + 1 + 7 * (i64::from(read.value) - 1);
                    Some(When::At(today.checked_add(jiff::Span::new().days(days)).ok()?.into()))
                });
                return Some(Read::new(before, at + 3, time, "date.weekday.from-now"));
            }
            return scene.is(at + 1, "ago").then(|| {
                let time = scene.relative(When::Weekday(weekday), |today| {
                    let back = (today.weekday().to_monday_one_offset() - weekday - 1).rem_euclid(7);
                    let days = i64::from(back) + 1 + 7 * (i64::from(read.value) - 1);
                    Some(When::At(today.checked_sub(jiff::Span::new().days(days)).ok()?.into()))
                });
                Read::new(before, at + 2, time, "date.weekday.ago")
            });
        }
        // "the first and third Thursdays of the month"
        let is_of_month = scene.is(at + 1, "of")
            && scene.is_any(at + 2, &["the", "each", "every"])
            && scene.is(at + 3, "month");
        if is_of_month && let Some(first) = two_places(scene, at, free) {
            let when = When::Every(Recurrence::Unit { count: 1, unit: Unit::Month, times: 2 });
            return Some(Read::new(first, at + 4, TimeValue::new(when), "date.weekday.every"));
        }
        // "on alternate Tuesdays"
        let first = scene.before(at, free).filter(|alternate| scene.is(*alternate, "alternate"));
        let nth = if first.is_some() { 2 } else { 1 };
        return Some(Read::new(
            first.unwrap_or(at),
            at + 1,
            TimeValue::new(When::Every(Recurrence::Weekday(weekday, None, nth))),
            "date.weekday.plural",
        ));
    }
    // "Black Friday", "Bloody Sunday", "Friday Night Lights", "the Sunday Times": names.
    let before = scene.before(at, 0);
    let next_is_name = scene
        .token(at + 1)
        .is_some_and(|next| next.is_capital() && !next.has(flags::LINE) && !next.is(Tags::MONTH))
        && before.is_some_and(|before| scene.is(before, "the"));
    // "Friday Night Lights"
    let capital =
        |at: usize| scene.token(at).is_some_and(|next| next.is_capital() && !next.has(flags::LINE));
    let is_title = scene.token(at + 1).is_some_and(|next| next.is(Tags::TIME))
        && capital(at + 1)
        && capital(at + 2);
    let is_name = next_is_name
        || is_title
        || before.is_some_and(|before| {
            scene.is_any(
                before,
                &["black", "bloody", "super", "bowl", "cyber", "giving", "ash", "palm", "shrove"],
            ) && scene.token(before).is_some_and(|token| token.is_capital())
        });
    if is_name {
        return None;
    }
    if let Some(read) = beside::weekday(scene, at, free, weekday) {
        return Some(read);
    }
    if is_of_no_week(scene, at) {
        let time = TimeValue::new(When::Weekday(weekday)).resolved(Resolution::Unresolved);
        return Some(Read::new(at, at + 1, time, "date.weekday.any"));
    }
    // "every Monday and Wednesday"
    if is_of_every(scene, at) {
        let when = When::Every(Recurrence::Weekday(weekday, None, 1));
        return Some(Read::new(at, at + 1, TimeValue::new(when), "date.weekday.every"));
    }
    // "the first Saturday of each month"
    if let Some(read) = of_each_month(scene, at, free) {
        return Some(read);
    }
    if let Some((every, nth)) = every_nth(scene, at, free) {
        // "every third Tuesday of the month" comes once in each.
        let is_of_month = scene.is(at + 1, "of")
            && scene.is_any(at + 2, &["the", "each", "every"])
            && scene.is(at + 3, "month");
        let (recurrence, end) = if is_of_month {
            (Recurrence::Unit { count: 1, unit: Unit::Month, times: 0 }, at + 4)
        } else {
            (Recurrence::Weekday(weekday, None, nth), at + 1)
        };
        let time = TimeValue::new(When::Every(recurrence));
        return Some(Read::new(every, end, time, "date.weekday.every"));
    }
    if let Some(before) = scene.before(at, free) {
        if let Some((nth, from)) = nth_before(scene, before) {
            if let Some(read) = within::weekday_of(scene, weekday, nth, from, at + 1) {
                let first = scene.before(from, free).filter(|the| scene.is(*the, "the"));
                return Some(Read { first: first.unwrap_or(from), ..read });
            }
            // "meets monthly, on the third Thursday"
            if scene.every.is_some() && nth > 0 {
                return None;
            }
        }
        let other = usize::from(scene.is(before, "other"));
        if let Some(every) = before.checked_sub(other).filter(|every| *every >= free)
            && scene.is_any(every, &["every", "each", "alternate"])
        {
            let nth = if other > 0 || scene.is(every, "alternate") { 2 } else { 1 };
            return Some(Read::new(
                every,
                at + 1,
                TimeValue::new(When::Every(Recurrence::Weekday(weekday, None, nth))),
                "date.weekday.every",
            ));
        }
        let which = match scene.lower(before).as_str() {
            "last" => Some(-1),
            "this" => Some(0),
            "next" | "following" => Some(1),
            _ => None,
        };
        if let Some(read) = beside_day(scene, at, before, free, weekday) {
            return Some(read);
        }
        if let Some(which) = which {
            let the = scene
                .before(before, free)
                .filter(|the| scene.is(*the, "the") || scene.is(*the, "this") && which != 0);
            let time = scene.relative(When::Weekday(weekday), |today| {
                Some(When::At(deictic(today, weekday, which)?.into()))
            });
            return Some(Read::new(the.unwrap_or(before), at + 1, time, "date.weekday.deictic"));
        }
    }
    // "on Thursday week"
    if scene.is(at + 1, "week")
        && !scene.is_any(at + 2, &["of", "ago", "after", "before"])
        && scene.kind(at + 2) != Some(TokenKind::Number)
    {
        let time = scene.relative(When::Weekday(weekday), |today| {
            let days = (weekday - today.weekday().to_monday_one_offset()).rem_euclid(7) + 7;
            Some(When::At(today.checked_add(jiff::Span::new().days(days)).ok()?.into()))
        });
        return Some(Read::new(at, at + 2, time, "date.weekday.of-week"));
    }
    if let Some(read) = before_aside(scene, at, weekday).or_else(|| left_out(scene, at, weekday)) {
        return Some(read);
    }
    let direction = scene.direction(at, at + 1);
    let time = scene.relative(When::Weekday(weekday), |today| {
        let back = (today.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
        let day = match direction {
            // "votes on Tuesday, and no result is due until Thursday", said on a Thursday: the next one.
            Direction::Future if back == 0 && is_behind_day_to_come(scene, today) => {
                today.checked_add(jiff::Span::new().days(7))
            }
            Direction::Future => today.checked_add(jiff::Span::new().days((7 - back) % 7)),
            Direction::Past | Direction::Open => today.checked_sub(jiff::Span::new().days(back)),
        };
        Some(When::At(behind_begin(scene, at, day.ok()?)?.into()))
    });
    Some(Read::new(at, at + 1, time, "date.weekday"))
}

/// "Leap Day falls on a Thursday", "the Wednesday after the vote": a day of no week, or of one that hangs on an event.
fn is_of_no_week(scene: &Scene<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    // "in a Thursday interview" is of the last one, and so is "on a Friday night in March" of some week.
    // "on a rainy Thursday in May"
    let is_told = before > 1 && scene.is(before - 1, "a") && scene.is(before - 2, "on");
    let quality = |word: &Token| word.is_word() && !word.is(NO_NOUN | Tags::TIME | Tags::ORDINAL);
    let article = before - usize::from(is_told && scene.token(before).is_some_and(quality));
    let is_any = article > 0
        && scene.is(article, "a")
        && scene.is(article - 1, "on")
        && scene.token(at + 1).is_none_or(|next| !next.is_word() || next.is(NO_NOUN | Tags::TIME));
    // "the Friday after he was hired"; not "on the Friday before, at noon"
    let hangs = scene.is(before, "the")
        && scene.is_any(at + 1, &["after", "before", "following", "preceding"])
        && scene.token(at + 2).is_some_and(|event| {
            event.is(Tags::DETERMINER | Tags::PRONOUN) || event.is_word() && !event.is(NO_NOUN)
        })
        && !scene.is_any(at + 2, &["last", "next", "that"]);
    is_any || hangs
}

/// "on Friday (14 June)": the day that the brackets say, where it is that weekday.
fn before_aside(scene: &Scene<'_>, at: usize, weekday: i8) -> Option<Read> {
    if scene.kind(at + 1) != Some(TokenKind::OpenBracket) {
        return None;
    }
    let from = at + 2;
    let month =
        (from..from + 4).find(|at| scene.token(*at).is_some_and(|token| token.is(Tags::MONTH)))?;
    let read = month_of_day(scene, month, from, weekday).filter(|read| read.first == from)?;
    let When::At(day) = read.time.when else { return None };
    let is_that = day.first()?.weekday().to_monday_one_offset() == weekday;
    is_that.then(|| Read::new(at, at + 1, read.time, "date.weekday"))
}

/// "the Friday after next", "the Sunday before last"; not "the Friday after next week's vote".
fn beyond(scene: &Scene<'_>, at: usize, free: usize, weekday: i8) -> Option<Read> {
    let which = if scene.is(at + 1, "after") && scene.is(at + 2, "next") {
        1
    } else if scene.is(at + 1, "before") && scene.is(at + 2, "last") {
        -1
    } else {
        return None;
    };
    let is_noun = scene
        .token(at + 3)
        .is_some_and(|next| next.is_word() && !next.is(NO_NOUN) || next.kind == TokenKind::Number);
    if is_noun {
        return None;
    }
    let time = scene.relative(When::Weekday(weekday), |today| {
        let beside = Calendar::from(deictic(today, weekday, which)?);
        Some(When::At(beside.plus(7 * i32::from(which))?))
    });
    let first = scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    Some(Read::new(first, at + 3, time, "date.weekday.beyond"))
}

/// "every second Thursday", "every third Friday": the first token, and which of them.
fn every_nth(scene: &Scene<'_>, at: usize, free: usize) -> Option<(usize, u8)> {
    let every = scene.before(at, free)?.checked_sub(1).filter(|every| *every >= free)?;
    let nth = *scene.lexicon.numbers.ordinal.of(scene.token(at - 1)?)?;
    let is_every = scene.is_any(every, &["every", "each"]);
    is_every.then_some((every, u8::try_from(nth).ok()?))
}

/// Whether a day to come was told before in the sentence.
fn is_behind_day_to_come(scene: &Scene<'_>, today: Date) -> bool {
    scene.last.is_some_and(|(_, day, _)| {
        matches!(day.part, Part::Day(..)) && day.first().is_some_and(|day| day > today)
    })
}

/// The end of "from Thursday to Saturday" lies behind its beginning.
fn behind_begin(scene: &Scene<'_>, at: usize, day: Date) -> Option<Date> {
    let begin = scene.last.and_then(|(end, begin, _)| {
        let is_end = end + 1 == scene.unbent(at)
            && (scene.is_any(end, TO)
                || matches!(scene.kind(end), Some(TokenKind::Hyphen | TokenKind::Dash)));
        begin.first().filter(|_| is_end && matches!(begin.part, Part::Day(..)))
    });
    match begin {
        // "were away from Thursday until Monday": of the same days, whichever way "until" points.
        Some(begin) if (day - begin).get_days().abs() < 15 => {
            let days = (day - begin).get_days().rem_euclid(7);
            begin.checked_add(jiff::Span::new().days(if days == 0 { 7 } else { days })).ok()
        }
        _ => Some(day),
    }
}

/// "every day last week except Wednesday": of the week told before it.
fn left_out(scene: &Scene<'_>, at: usize, weekday: i8) -> Option<Read> {
    let but = at.checked_sub(1).filter(|but| scene.is_any(*but, &["except", "but", "bar"]))?;
    let (_, week, fact) =
        scene.last.filter(|(end, week, _)| *end == but && matches!(week.part, Part::Week(_)))?;
    let when = When::At(Calendar::from(week.first()?).plus(i32::from(weekday) - 1)?);
    let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
    Some(Read::new(at, at + 1, TimeValue { anchor: Some(fact), ..time }, "date.weekday"))
}

/// Whether the weekday goes on from one of "every": "every Monday and [Wednesday]".
fn is_of_every(scene: &Scene<'_>, at: usize) -> bool {
    // Most weekdays stand behind a preposition.
    let goes_on = at > 0
        && scene
            .token(at - 1)
            .is_some_and(|mark| mark.kind == TokenKind::Comma || mark.is(Tags::CONJUNCTION));
    if !goes_on {
        return false;
    }
    let mut from = at;
    for _ in 0..4 {
        let and = usize::from(from > 0 && scene.is_any(from - 1, &["and", "or"]));
        let comma = usize::from(from > and && scene.kind(from - 1 - and) == Some(TokenKind::Comma));
        let Some(before) = from.checked_sub(1 + and + comma).filter(|_| and + comma > 0) else {
            return false;
        };
        if !scene.token(before).is_some_and(|day| day.is(Tags::WEEKDAY)) {
            return false;
        }
        if before > 0 && scene.is_any(before - 1, &["every", "each"]) {
            return true;
        }
        from = before;
    }
    false
}

/// "the first Saturday of each month", "the last Friday of every month".
fn of_each_month(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let is_each = scene.is_any(at + 1, &["of", "in"])
        && scene.is_any(at + 2, &["each", "every"])
        && scene.is(at + 3, "month");
    let (_, first) = nth_before(scene, scene.before(at, free).filter(|_| is_each)?)?;
    let the = scene.before(first, free).filter(|the| scene.is(*the, "the"));
    let when = When::Every(Recurrence::Unit { count: 1, unit: Unit::Month, times: 0 });
    Some(Read::new(the.unwrap_or(first), at + 4, TimeValue::new(when), "date.weekday.every"))
}

/// "the previous Friday", "the following Tuesday": from the day that is spoken of; "the coming Sunday", "this past Monday": from that of publication.
fn beside_day(
    scene: &Scene<'_>,
    at: usize,
    before: usize,
    free: usize,
    weekday: i8,
) -> Option<Read> {
    let is_next = scene.is_any(before, &["following", "coming", "upcoming"]);
    if !is_next && !scene.is_any(before, &["previous", "past"]) {
        return None;
    }
    let the = scene.before(before, free).filter(|the| scene.is_any(*the, &["the", "this"]));
    let spoken_of = scene.memory.day.filter(|_| scene.is_any(before, &["previous", "following"]));
    let from = match spoken_of {
        Some((day, _)) => day.first()?,
        None => scene.today()?,
    };
    let from_is = from.weekday().to_monday_one_offset();
    let days = match is_next {
        true => (weekday - from_is - 1).rem_euclid(7) + 1,
        false => -((from_is - weekday - 1).rem_euclid(7) + 1),
    };
    let day = from.checked_add(jiff::Span::new().days(days)).ok()?;
    let time = TimeValue::new(When::At(day.into()));
    let time = match spoken_of {
        Some((_, fact)) => {
            TimeValue { anchor: Some(fact), ..time.resolved(Resolution::FromAnotherMention) }
        }
        None => time.resolved(Resolution::FromPublishTime),
    };
    Some(Read::new(the.unwrap_or(before), at + 1, time, "date.weekday.deictic"))
}

/// Whether a short form ("Sat", "Sun", "tues") is a weekday: by what stands beside it.
fn is_short_here(scene: &Scene<'_>, at: usize) -> bool {
    let is_capital = scene.token(at).is_some_and(|token| token.has(flags::CAPITAL));
    // "tues" is no other word.
    if !is_capital && scene.text(at).len() < 4 {
        return at > 0 && scene.is_any(at - 1, &["next", "last", "this", "every"]);
    }
    let comma = usize::from(scene.kind(at + 1) == Some(TokenKind::Comma));
    // "round the Sun."
    if at > 0 && scene.is(at - 1, "the") {
        return false;
    }
    // "Mon-Fri", "Mon or Tue": beside another weekday.
    let is_mark = |mark: usize| {
        matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Slash))
            || scene.is_any(mark, TO)
            || scene.is_any(mark, &["and", "or"])
    };
    let is_weekday = |at: usize| {
        scene.token(at).is_some_and(|day| day.is(Tags::WEEKDAY) && day.has(flags::CAPITAL))
    };
    // "on Sun Microsystems": a name goes on with a capital.
    let goes_on = scene.token(at + 1).is_some_and(|next| next.is_capital());
    let is_second = at > 1 && is_mark(at - 1) && is_weekday(at - 2) && !goes_on;
    if is_mark(at + 1) && is_weekday(at + 2) || is_second && !(at > 2 && scene.is(at - 3, "the")) {
        return true;
    }
    let is_date = scene.kind(at + 1) == Some(TokenKind::Dot) && scene.is_joined(at + 1)
        || scene.kind(at + 1) == Some(TokenKind::Number)
        || scene.token(at + 1 + comma).is_some_and(|next| next.is(Tags::MONTH));
    let is_led = at > 0
        && scene.is_any(at - 1, &["next", "last", "this", "every", "on", "week", "until", "by"]);
    let is_timed = scene.is(at + 1, "at") && scene.kind(at + 2) == Some(TokenKind::Number)
        || scene.is(at + 1, "the") && scene.kind(at + 2) == Some(TokenKind::Number);
    is_date || !goes_on && (is_led || is_timed)
}

/// "Friday, Oct. 23", "Tuesday 12 March", "Thursday the 5th of May", "this coming Sunday, March eighth": a date with its weekday in
/// front is one mention.
fn with_date(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let dot = usize::from(scene.kind(at + 1) == Some(TokenKind::Dot) && scene.is_joined(at + 1));
    let skip = dot + usize::from(scene.kind(at + 1 + dot) == Some(TokenKind::Comma));
    let from = at + 1 + skip;
    let read = if scene.kind(from) == Some(TokenKind::Number)
        && matches!(scene.kind(from + 1), Some(TokenKind::Slash | TokenKind::Hyphen))
    {
        in_digits(scene, at, from)?
    } else {
        let is_month = |at: &usize| scene.token(*at).is_some_and(|token| token.is(Tags::MONTH));
        let weekday = *scene.lexicon.times.weekday.of(scene.token(at)?)?;
        month_of_day(scene, (from..from + 4).find(is_month)?, from, weekday)?
    };
    let mut first = at;
    while let Some(before) = scene.before(first, free)
        && scene.is_any(before, &["this", "coming", "next", "last", "past"])
    {
        first = before;
    }
    (read.first == from).then_some(Read { first, ..read })
}

/// "5/17", "17/05/2024", "2024-05-17" at `from`, where it is the weekday at `at`.
fn in_digits(scene: &Scene<'_>, at: usize, from: usize) -> Option<Read> {
    let read = numeric::short(scene, from)
        .or_else(|| numeric::numeric(scene, from))
        .or_else(|| numeric::iso(scene, from))?;
    let When::At(day @ Calendar { part: Part::Day(..), .. }) = read.time.when else {
        return None;
    };
    let weekday = *scene.lexicon.times.weekday.of(scene.token(at)?)?;
    (day.first()?.weekday().to_monday_one_offset() == weekday).then_some(read)
}

/// "first", "second", "last" at `at`, as a place in a month.
pub(super) fn nth_before(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
    if scene.is_any(at, &["last", "final"]) {
        return Some(second_to_last(scene, at).unwrap_or((-1, at)));
    }
    if scene.is(at, "penultimate") {
        return Some((-2, at));
    }
    // "3rd" is two tokens.
    let first = at - usize::from(at > 0 && scene.is_joined(at) && scene.is_any(at, range::ENDINGS));
    let read = number::ordinal(scene.lexicon, scene.content, scene.rest(first))
        .filter(|read| first + read.len == at + 1 && (1..=5).contains(&read.value))?;
    Some((i8::try_from(read.value).ok()?, first))
}

/// "the first and third" in front of the weekday at `at`.
fn two_places(scene: &Scene<'_>, at: usize, free: usize) -> Option<usize> {
    let (_, third) = nth_before(scene, scene.before(at, free)?)?;
    let and = scene.before(third, free).filter(|and| scene.is(*and, "and"))?;
    let (_, first) = nth_before(scene, scene.before(and, free)?)?;
    Some(scene.before(first, free).filter(|the| scene.is(*the, "the")).unwrap_or(first))
}

/// "the second to last Friday in May", "the next-to-last Monday", with "last" at `at`.
fn second_to_last(scene: &Scene<'_>, at: usize) -> Option<(i8, usize)> {
    let hyphen = |at: usize| usize::from(scene.kind(at) == Some(TokenKind::Hyphen));
    let to = at.checked_sub(1)?;
    let to = to.checked_sub(hyphen(to)).filter(|to| scene.is(*to, "to"))?;
    let second = to.checked_sub(1)?;
    let second = second.checked_sub(hyphen(second))?;
    scene.is_any(second, &["second", "next"]).then_some((-2, second))
}

/// "Tuesday the 11th", "Monday 21": the nearest such day of a month whose weekday is that.
fn with_number(scene: &Scene<'_>, at: usize, weekday: i8) -> Option<Read> {
    let comma = usize::from(
        scene.kind(at + 1) == Some(TokenKind::Comma)
            && scene.is(at + 2, "the")
            && scene.kind(at + 3) == Some(TokenKind::Number),
    );
    let the = usize::from(scene.is(at + 1 + comma, "the"));
    let from = at + 1 + comma + the;
    // "On Sundays the first train leaves at eight."
    let is_plural = scene.text(at).len() > 5 && scene.text(at).ends_with(['s', 'S']);
    if is_plural {
        return None;
    }
    let (day, end) = match number::ordinal(scene.lexicon, scene.content, scene.rest(from)) {
        // "On Friday, the 4th Marines landed", "On Friday the first train leaves at eight."
        Some(read)
            if (comma == 1 || scene.kind(from) == Some(TokenKind::Word))
                && scene.token(from + read.len).is_some_and(|next| {
                    next.is_word() && !next.is(NO_NOUN | Tags::NUMBER)
                        || next.kind == TokenKind::Hyphen
                }) =>
        {
            return None;
        }
        Some(read) if the == 1 || scene.kind(from) == Some(TokenKind::Number) => {
            (read.value, from + read.len)
        }
        // "Monday 21", at the end of its phrase.
        None if the == 0
            && scene.kind(from) == Some(TokenKind::Number)
            && scene.text(from).len() <= 2
            && scene.token(from + 1).is_none_or(|next| {
                matches!(
                    next.kind,
                    TokenKind::Dot
                        | TokenKind::Comma
                        | TokenKind::Question
                        | TokenKind::Exclamation
                ) || scene.is(from + 1, "at")
                    // "between Tuesday 7 and Friday 10 October"
                    || (scene.is(from + 1, "and") || scene.is_any(from + 1, TO))
                        && scene.token(from + 2).is_some_and(|day| day.is(Tags::WEEKDAY))
            }) =>
        {
            (scene.text(from).parse().ok()?, from + 1)
        }
        _ => return None,
    };
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let time = scene.relative(When::Weekday(weekday), |today| {
        let month = Calendar::month(today.year(), today.month());
        [0, 1, -1, 2, -2, 3, -3, 4, -4]
            .into_iter()
            .filter_map(|by| month.plus(by)?.first())
            .filter_map(|first| Calendar::day(first.year(), first.month(), day))
            .find(|found| {
                found.first().is_some_and(|day| day.weekday().to_monday_one_offset() == weekday)
            })
            .map(When::At)
    });
    (scene.today().is_none() || time.resolution == Resolution::FromPublishTime)
        .then(|| Read::new(at, end, time, "date.weekday.number"))
}

/// A month with its day, which is that weekday in the year that nobody names.
fn month_of_day(scene: &Scene<'_>, at: usize, free: usize, weekday: i8) -> Option<Read> {
    let read = month(scene, at, free)?;
    let is_day = match read.time.when {
        When::At(calendar) => matches!(calendar.part, Part::Day(..)),
        When::Month(_, day) => day.is_some(),
        _ => false,
    };
    is_day.then(|| Read { time: of_weekday(read.time, weekday), ..read })
}

/// "last", "this" and "next" weekday: before the day of publication, in its week, in the week after. "last Wednesday" said on a
/// Thursday is not yesterday; "next Friday" said on a Monday is not the one of this week, which is "Friday".
fn deictic(today: Date, weekday: i8, which: i8) -> Option<Date> {
    let today_is = today.weekday().to_monday_one_offset();
    let days = match which {
        -1 => {
            let back = (today_is - weekday - 1).rem_euclid(7) + 1;
            let is_near = back == 1 && (2..6).contains(&today_is);
            if is_near { -back - 7 } else { -back }
        }
        0 => weekday - today_is,
        _ => weekday + 7 - today_is,
    };
    today.checked_add(jiff::Span::new().days(days)).ok()
}
