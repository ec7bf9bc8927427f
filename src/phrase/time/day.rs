//! Days and months: "14 October 2022", "Oct. 14", "March".

use jiff::civil::Date;

use super::{Direction, Read, Scene, TO, anaphor, in_year, list, numeric, year};
use crate::fact::time::{Calendar, Part, Recurrence, Unit, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{TokenKind, Words, flags};

/// A month with what stands around it: "14 October 2022", "the 5th of May", "October 14, 2022", "Oct. 14", "last March".
pub(super) fn month(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    let month = *scene.lexicon.times.month.of(token)?;
    // "may", "march" and "mar" are words; in lower case they are no months.
    if !token.has(flags::CAPITAL) && !is_lower_month(scene, at, free) {
        return None;
    }
    if let Some(read) = numeric::month_joined(scene, at, month) {
        return Some(read);
    }
    // "August bank holiday" is a day of its own.
    let is_holiday =
        scene.lexicon.times.holiday.at(scene.rest(at)).is_some_and(|found| found.len > 1);
    if is_holiday {
        return None;
    }
    let is_short = scene.text(at).len() <= 4 && !scene.is_any(at, &["may", "june", "july"]);
    let dot = usize::from(
        is_short && scene.kind(at + 1) == Some(TokenKind::Dot) && scene.is_joined(at + 1),
    );
    // The dot that ends the sentence is not the abbreviation's.
    let after = if dot == 1 && scene.token(at + 2).is_none() { at + 1 } else { at + 1 + dot };
    let has_day_before = day_before(scene, at, free);
    if let Some((first, day)) = has_day_before {
        // "every 1 May"
        if let Some(every) =
            scene.before(first, free).filter(|at| scene.is_any(*at, &["every", "each"]))
        {
            let when = When::Every(Recurrence::Day(month, day));
            return Some(Read::new(every, after, TimeValue::new(when), "date.day.every"));
        }
        let first = weekday_before(scene, first, free).unwrap_or(first);
        return Some(match of_year_behind(scene, after) {
            Some((year, end)) => Read::new(
                first,
                end,
                TimeValue::new(When::At(Calendar::day(year, month, day)?)),
                "date.day",
            ),
            None => {
                // A day that no year has is no date.
                Calendar::day(2000, month, day)?;
                if let Some(read) = day_of_year_named(scene, month, day, first, after) {
                    return Some(read);
                }
                Read::new(
                    first,
                    after,
                    scene.of_year(month, Some(day), first, after),
                    "date.day.no-year",
                )
            }
        });
    }
    if let Some((day, end)) = day_after(scene, after) {
        Calendar::day(2000, month, day)?;
        // "each June 6"
        if let Some(every) =
            scene.before(at, free).filter(|every| scene.is_any(*every, &["every", "each"]))
        {
            let when = When::Every(Recurrence::Day(month, day));
            return Some(Read::new(every, end, TimeValue::new(when), "date.day.every"));
        }
        let first = weekday_before(scene, at, free).unwrap_or(at);
        return Some(match of_year_behind(scene, end) {
            Some((year, end)) => Read::new(
                first,
                end,
                TimeValue::new(When::At(Calendar::day(year, month, day)?)),
                "date.day",
            ),
            None => {
                if let Some(read) = day_of_year_named(scene, month, day, first, end) {
                    return Some(read);
                }
                let time = match list::year_behind(scene, end) {
                    Some(year) => TimeValue::new(When::At(Calendar::day(year, month, day)?)),
                    None => scene.of_year(month, Some(day), first, end),
                };
                Read::new(first, end, time, "date.day.no-year")
            }
        });
    }
    if let Some(read) = in_year::months_quarter(scene, at, after, month, free) {
        return Some(read);
    }
    // "the June quarter", "June-quarter profit": the one of the year that ends with it.
    let mark = usize::from(scene.kind(after) == Some(TokenKind::Hyphen));
    if month % 3 == 0 && scene.is(after + mark, "quarter") {
        let the = scene.before(at, free).filter(|the| mark == 0 && scene.is(*the, "the"));
        let part = Part::Quarter(month / 3);
        return Some(in_year::in_year(scene, part, the.unwrap_or(at), after + mark + 1));
    }
    // "October 2022", "October of 2022", "October, 2022"
    let of = usize::from(scene.is(after, "of"));
    if let Some((year, end)) = year::behind(scene, after + of) {
        return Some(Read::new(
            at,
            end,
            TimeValue::new(When::At(Calendar::month(year, month))),
            "date.month",
        ));
    }
    // "April of 87"
    if of == 1
        && let Some(year) =
            scene.text(after + 1).parse::<i16>().ok().filter(|year| (30..100).contains(year))
        && scene.text(after + 1).len() == 2
        && scene
            .token(after + 2)
            .is_none_or(|next| matches!(next.kind, TokenKind::Dot | TokenKind::Comma))
    {
        let when = When::At(Calendar::month(1900 + year, month));
        return Some(Read::new(at, after + 2, TimeValue::new(when), "date.month"));
    }
    // "October of last year" and "October this year" lean on the year behind them.
    if let Some((time, end)) = year_named(scene, after) {
        let time =
            within_year(time, |year| Some(Calendar::month(year, month)), When::Month(month, None));
        return Some(Read::new(at, end, time?, "date.month.deictic"));
    }
    if let Some(before) = scene.before(at, free) {
        if scene.is_any(before, &["every", "each"]) {
            let when = When::Every(Recurrence::Month(month));
            return Some(Read::new(before, after, TimeValue::new(when), "date.month.every"));
        }
        if (scene.is_any(before, &["following", "previous"]) || is_that_month(scene, before, after))
            && let Some((found, fact)) = anaphor::of_year_beside(scene, Part::Month(month), before)
        {
            let the = scene.before(before, free).filter(|the| scene.is(*the, "the"));
            let time = TimeValue::new(When::At(found)).resolved(Resolution::FromAnotherMention);
            let time = TimeValue { anchor: Some(fact), ..time };
            return Some(Read::new(the.unwrap_or(before), after, time, "date.month.beside"));
        }
        if scene.is_any(before, &["last", "next", "this", "past", "coming"]) {
            let which = if scene.is_any(before, &["last", "past"]) {
                -1
            } else {
                i32::from(scene.is_any(before, &["next", "coming"]))
            };
            let time = scene.relative(When::Month(month, None), |today| {
                Some(When::At(nearest_month(today, month, which)))
            });
            return Some(Read::new(before, after, time, "date.month.deictic"));
        }
    }
    if !is_month_here(scene, at, after) {
        return None;
    }
    // The month of "the second Sunday in May" is none of every year by itself.
    if is_habit(scene, at) || free < at && is_yearly(scene, at) {
        let when = When::Every(Recurrence::Month(month));
        return Some(Read::new(at, after, TimeValue::new(when), "date.month.every"));
    }
    Some(Read::new(at, after, scene.of_year(month, None, at, after), "date.month.no-year"))
}

/// "Each year on 3 May the town marks the day", "is held annually in October", "on 1 June every year": of every year.
pub(super) fn yearly(scene: &Scene<'_>, read: Read) -> Read {
    if !read.rule.ends_with("no-year") {
        return read;
    }
    let is_each = |year: usize| {
        scene.is(year, "annually")
            || year > 0 && scene.is(year, "year") && scene.is_any(year - 1, &["each", "every"])
    };
    let first = scene.unbent(read.first);
    let comma = usize::from(first > 1 && scene.kind(first - 2) == Some(TokenKind::Comma));
    let is_led =
        first > 1 + comma && scene.is_any(first - 1, &["on", "in"]) && is_each(first - 2 - comma);
    let is_followed = is_each(read.end) || is_each(read.end + 1);
    if !is_led && !is_followed {
        return read;
    }
    let recurrence = match read.time.when {
        When::At(Calendar { part: Part::Day(month, day), .. }) | When::Month(month, Some(day)) => {
            Recurrence::Day(month, day)
        }
        When::At(Calendar { part: Part::Month(month), .. }) | When::Month(month, None) => {
            Recurrence::Month(month)
        }
        _ => return read,
    };
    Read { time: TimeValue::new(When::Every(recurrence)), rule: "date.day.every", ..read }
}

/// "The river usually floods in April and May", "normally runs from late April to mid-June": a month of every year.
pub(super) fn is_habit(scene: &Scene<'_>, first: usize) -> bool {
    let from = scene.unbent(first);
    let Some(led) = from.checked_sub(1) else { return false };
    let goes_on = matches!(scene.every, Some(Recurrence::Month(_)))
        && (scene.is_any(led, &["and", "or", "to", "through", "until"])
            || scene.kind(led) == Some(TokenKind::Comma));
    let is_led = scene.is_any(led, &["in", "from", "between", "during", "by"])
        && scene.token(led).is_some_and(|word| word.is(Tags::PREPOSITION));
    goes_on
        || is_led
            && (led.saturating_sub(6)..led)
                .any(|at| scene.token(at).is_some_and(|word| HABITS.hold(scene.content, word)))
}

/// "happens twice a year, in May and October", "is held every four years in May".
fn is_yearly(scene: &Scene<'_>, first: usize) -> bool {
    matches!(scene.every, Some(Recurrence::Unit { unit: Unit::Year, .. }))
        && first > 0
        && scene.is(first - 1, "in")
        && scene.direction(first, first + 1) != Direction::Past
}

/// Words of what comes back.
static HABITS: Words<9> = Words::new([
    "usually",
    "normally",
    "typically",
    "traditionally",
    "generally",
    "often",
    "always",
    "invariably",
    "customarily",
]);

/// "She retired that June": of the year that is spoken of; "said that June was wet" begins a clause.
fn is_that_month(scene: &Scene<'_>, that: usize, after: usize) -> bool {
    scene.is(that, "that")
        && scene
            .token(after)
            .is_none_or(|next| !next.is_word() || next.is(Tags::PREPOSITION) || next.is(Tags::AND))
        && !that.checked_sub(1).and_then(|says| scene.token(says)).is_some_and(|says| {
            says.is(Tags::REPORTING)
                || scene.is_any(that - 1, &["so", "such", "sure", "certain", "clear", "likely"])
        })
}

/// A day in the year that has it on that weekday, where the year found has not and one beside has: "Monday 9 December".
pub(super) fn of_weekday(time: TimeValue, weekday: i8) -> TimeValue {
    let When::At(found) = time.when else { return time };
    if time.resolution != Resolution::FromPublishTime {
        return time;
    }
    let is_it = |unit: &Calendar| {
        unit.first().is_some_and(|day| day.weekday().to_monday_one_offset() == weekday)
    };
    let near = [0, 1, -1].map(|by| Calendar { year: found.year + by, ..found });
    let when = near.into_iter().find(is_it).map_or(time.when, When::At);
    TimeValue { when, ..time }
}

/// "6 June last year", "July 1 of that year": the day of the year that is named behind it.
fn day_of_year_named(
    scene: &Scene<'_>,
    month: i8,
    day: i8,
    first: usize,
    end: usize,
) -> Option<Read> {
    let (time, end) = year_named(scene, end)?;
    let open = When::Month(month, Some(day));
    let time = within_year(time, |year| Calendar::day(year, month, day), open)?;
    Some(Read::new(first, end, time, "date.day.deictic"))
}

/// "last year", "of this year", "of that year", "the same year" at `at`, and the token behind.
pub(super) fn year_named(scene: &Scene<'_>, at: usize) -> Option<(TimeValue, usize)> {
    let of = usize::from(scene.is(at, "of"));
    let word = at + of;
    let the = usize::from(
        scene.is(word, "the") && scene.is_any(word + 1, &["same", "following", "previous"]),
    );
    if !scene.is(word + the + 1, "year") {
        return None;
    }
    let end = word + the + 2;
    let by = match scene.lower(word).as_str() {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        // "in June that year"
        "that" | "the" if scene.is(word, "that") || the == 1 => {
            let (year, fact) = scene.memory.year?;
            // "in March of the following year"
            let by = match scene.lower(word + the).as_str() {
                "following" => 1,
                "previous" => -1,
                _ => 0,
            };
            let when = When::At(year.plus(by)?);
            let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
            return Some((TimeValue { anchor: Some(fact), ..time }, end));
        }
        _ => return None,
    };
    let time = scene.relative(When::Past, |today| {
        Some(When::At(Calendar::year(today.year().checked_add(by)?)))
    });
    Some((time, end))
}

/// A part of the year that a value names; `open` where the year is not known. `None` for a day that the year has not.
pub(super) fn within_year(
    time: TimeValue,
    part: impl FnOnce(i16) -> Option<Calendar>,
    open: When,
) -> Option<TimeValue> {
    match time.when {
        When::At(Calendar { year, .. }) => Some(TimeValue { when: When::At(part(year)?), ..time }),
        _ => Some(TimeValue { when: open, ..time }),
    }
}

/// Whether a month in lower case is one: the long names that are no other word, the others beside a day or a year.
fn is_lower_month(scene: &Scene<'_>, at: usize, free: usize) -> bool {
    let is_word = scene.is_any(at, &["may", "march", "august"]) || scene.text(at).len() < 4;
    if !is_word {
        return true;
    }
    // "in may", "last august": behind a preposition or what points, at the end of its phrase.
    let is_led = at > 0
        && scene.is_any(
            at - 1,
            &["in", "since", "until", "by", "last", "next", "this", "of", "during"],
        )
        && !scene.is(at, "mar");
    if is_led && scene.token(at + 1).is_none_or(|next| !next.is_word()) {
        return true;
    }
    // "between august and october", "from may to july"
    let is_month = |at: usize| scene.token(at).is_some_and(|month| month.is(Tags::MONTH));
    let is_range = |from: usize, mark: usize| {
        scene.is(from, "between") && scene.is(mark, "and")
            || scene.is(from, "from") && scene.is_any(mark, TO)
    };
    let begins = at > 0 && is_range(at - 1, at + 1) && is_month(at + 2);
    let ends = at > 2 && is_range(at - 3, at - 1) && is_month(at - 2);
    if (begins || ends) && !scene.is(at, "mar") {
        return true;
    }
    let is_day = |at: usize| {
        scene.kind(at) == Some(TokenKind::Number) && matches!(scene.text(at).len(), 1 | 2)
    };
    let has_ending = |at: usize| scene.is_any(at, &["st", "nd", "rd", "th"]);
    at > free && is_day(at - 1) && !scene.is_any(at, &["may", "march"])
        || at > free + 1 && has_ending(at - 1) && is_day(at - 2)
        || is_day(at + 1) && has_ending(at + 2)
        || scene.text(at).len() < 4 && numeric::month_joined(scene, at, 1).is_some()
        || year::behind(scene, at + 1).is_some() && scene.kind(at + 1) == Some(TokenKind::Number)
}

/// Words behind which a month's name is the month.
static BEFORE_MONTH: Words<28> = Words::new([
    "in",
    "since",
    "until",
    "till",
    "by",
    "of",
    "before",
    "after",
    "during",
    "from",
    "to",
    "through",
    "thru",
    "and",
    "early",
    "late",
    "mid",
    "between",
    "for",
    "-",
    "–",
    "throughout",
    "or",
    "around",
    "the",
    "than",
    "a",
    "an",
]);

/// Whether a month's name by itself is the month: not a person ("April Jones", "May said") or a verb ("March on").
fn is_month_here(scene: &Scene<'_>, at: usize, after: usize) -> bool {
    let before = at.checked_sub(1);
    let is_name = scene.is_any(at, &["may", "april", "june", "march", "august", "mar", "jan"]);
    let follows = before.is_some_and(|before| {
        scene.token(before).is_some_and(|word| BEFORE_MONTH.hold(scene.content, word))
    });
    if !is_name {
        return true;
    }
    // "Jan-Feb 2017", "May to July"
    let is_mark = matches!(scene.kind(after), Some(TokenKind::Hyphen | TokenKind::Dash))
        || scene.is_any(after, TO);
    if is_mark
        && scene.token(after + 1).is_some_and(|last| last.is(Tags::MONTH) && last.is_capital())
    {
        return true;
    }
    let next_is_name =
        scene.token(after).is_some_and(|next| next.is_capital() && !next.has(flags::LINE));
    follows && !next_is_name && !scene.is_any(after, &["said", "says", "told"])
}

/// The month nearest to a day: the last one before, the one of this year, the next one after.
fn nearest_month(today: Date, month: i8, which: i32) -> Calendar {
    let year = match which {
        // The one that has just ended is called "last month".
        -1 if month + 1 >= today.month() => today.year() - 1,
        1 if month <= today.month() => today.year() + 1,
        _ => today.year(),
    };
    Calendar::month(year, month)
}

/// A year behind a day: "14 October 2022", "July 4th of 1995".
fn of_year_behind(scene: &Scene<'_>, at: usize) -> Option<(i16, usize)> {
    let of = usize::from(
        scene.is(at, "of") || scene.is(at, "in") && scene.kind(at + 1) == Some(TokenKind::Number),
    );
    year::behind(scene, at + of).or_else(|| year::era_behind(scene, at))
}

/// The day in front of a month: "14", "the 5th of", "5th"; with its first token.
fn day_before(scene: &Scene<'_>, at: usize, free: usize) -> Option<(usize, i8)> {
    let of = usize::from(at > 0 && scene.is(at - 1, "of"));
    let last = at.checked_sub(1 + of)?;
    for length in [3, 2, 1] {
        let Some(first) = (last + 1).checked_sub(length).filter(|first| *first >= free) else {
            continue;
        };
        let tokens = scene.tokens.get(first..=last)?;
        let day = match number::ordinal(scene.lexicon, scene.content, tokens) {
            Some(read) if read.len == length => Some(read.value),
            // "12 of May", but not "12 of May's winners"
            _ if length == 1
                && scene.kind(first) == Some(TokenKind::Number)
                && !(of == 1 && scene.is_any(at + 1, &["'s", "’s"])) =>
            {
                scene.text(first).parse().ok()
            }
            _ => None,
        };
        if let Some(day) =
            day.and_then(|day| i8::try_from(day).ok()).filter(|day| (1..=31).contains(day))
        {
            let the = first.checked_sub(1).filter(|the| *the >= free && scene.is(*the, "the"));
            // "$5 May", "5.5 March"; but "5-14 May"
            let is_joined = scene.is_joined(first)
                && first > 0
                && !matches!(
                    scene.kind(first - 1),
                    Some(
                        TokenKind::OpenBracket
                            | TokenKind::Hyphen
                            | TokenKind::Dash
                            | TokenKind::Slash
                            | TokenKind::Colon
                    )
                );
            // "$ 12 December 27"
            let is_amount = is_joined || first > 0 && scene.is_money(first - 1);
            return (!is_amount).then_some((the.unwrap_or(first), day));
        }
    }
    None
}

/// The day behind a month: "14", "14th", "the 14th".
pub(super) fn day_after(scene: &Scene<'_>, after: usize) -> Option<(i8, usize)> {
    let the = usize::from(scene.is(after, "the"));
    let at = after + the;
    // "January twenty-five, nineteen eighty-six": a day in words only before a year in words.
    if scene.kind(at) == Some(TokenKind::Word)
        && let Some(day) = (1..=3).find_map(|len| {
            let tokens = scene.tokens.get(at..at + len)?;
            let read = number::small(scene.lexicon, scene.content, tokens)
                .filter(|read| read.len == len && (1..=31).contains(&read.value))?;
            let comma = usize::from(scene.kind(at + len) == Some(TokenKind::Comma));
            year::spoken_year(scene, at + len + comma)?;
            Some((i8::try_from(read.value).ok()?, at + len))
        })
    {
        return Some(day);
    }
    let (day, end) = match number::ordinal(scene.lexicon, scene.content, scene.rest(at)) {
        Some(read)
            if scene.kind(at) == Some(TokenKind::Number)
                || the == 1
                || !scene.is_any(at, &["second", "first", "third"]) =>
        {
            (read.value, at + read.len)
        }
        _ if the == 0 && scene.kind(at) == Some(TokenKind::Number) => {
            (scene.text(at).parse().ok()?, at + 1)
        }
        _ => return None,
    };
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    // "March 5 percent", "May 10:30", "June 12 people": what is joined or counts is no day.
    let next = scene.token(end);
    let counts = next.is_some_and(|next| {
        next.is(Tags::SCALE)
            || scene.is_any(end, &["percent", "%", "per"])
            || next.kind == TokenKind::Colon
                && scene.is_joined(end + 1)
                && scene.kind(end + 1) == Some(TokenKind::Number)
    });
    (!counts).then_some((day, end))
}

/// The weekday in front of a date: "Tuesday 12 March", "Tuesday, March 12", "Tuesday the 5th".
fn weekday_before(scene: &Scene<'_>, first: usize, free: usize) -> Option<usize> {
    let skip = usize::from(
        first > 0 && matches!(scene.kind(first - 1), Some(TokenKind::Comma | TokenKind::Dot)),
    );
    let at = first.checked_sub(1 + skip).filter(|at| *at >= free)?;
    scene.lexicon.times.weekday.of(scene.token(at)?).map(|_weekday| at)
}
