//! Times told from other times: "a year earlier", "three months ago", "that year", "the year-ago quarter", "year-end".

use jiff::civil::Date;

use super::{Direction, Memory, NO_NOUN, Read, Scene, reach, year};
use crate::fact::time::{Calendar, Clock, Part, Unit, When};
use crate::fact::{Granularity, Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{TokenKind, Words};

/// "a year earlier", "two days later": from the last mention that is as fine, else from the day of publication.
pub(super) fn from_memory(scene: &Scene<'_>, unit: Unit, by: i32) -> TimeValue {
    let memory = scene.memory;
    let quarter = memory.quarter.filter(|_| by == -1);
    // "in March, up from 4 million a year earlier": the period of the sentence itself.
    let beside = scene.last.filter(|(_, calendar, _)| match calendar.part {
        Part::Quarter(_) | Part::Half(_) => true,
        Part::FiscalQuarter(_) | Part::FiscalHalf(_) => true,
        Part::Month(_) => true,
        // "fell to $5m in the 52 weeks to 1 February from $6m a year earlier": not of a year long ago, "the most since 1987".
        Part::Year => scene
            .today()
            .is_some_and(|today| (today.year() - 2..=today.year() + 1).contains(&calendar.year)),
        _ => false,
    });
    let anchor = match unit {
        Unit::Year if beside.is_some() => beside.map(|(_, calendar, fact)| (calendar, fact)),
        Unit::Year if quarter.is_some() => quarter,
        // Results of a company are those of the quarter that has just ended.
        Unit::Year if by == -1 && is_of_results(scene) => {
            return scene.relative(When::Past, |today| {
                Some(When::At(Calendar::holding(today, Unit::Quarter).plus(-5)?))
            });
        }
        // What was said two sentences ago is no longer spoken of.
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => memory
            .year
            .filter(|_| scene.sentence - memory.year_in <= 1)
            .or(memory.month.filter(|_| scene.sentence - memory.month_in <= 1)),
        Unit::Quarter => memory.quarter,
        Unit::Month => memory.month.or(memory.day),
        Unit::Week | Unit::Fortnight | Unit::Weekend | Unit::Day => memory.day,
        Unit::Second | Unit::Minute | Unit::Hour => None,
    };
    let shifted = anchor.and_then(|(calendar, fact)| {
        let moved = match (unit, calendar.part) {
            (Unit::Year, part) => {
                Calendar::part(calendar.year.checked_add(i16::try_from(by).ok()?)?, part)
            }
            (Unit::Quarter, Part::Quarter(_) | Part::FiscalQuarter(_)) => calendar.plus(by)?,
            // "a week later" than a day is a day.
            (Unit::Week | Unit::Fortnight, Part::Day(..)) => {
                unit.shift(calendar.first()?, by)?.into()
            }
            // "a decade earlier" is a year.
            _ => {
                let fine = if unit > Unit::Year { Unit::Year } else { unit };
                Calendar::holding(unit.shift(calendar.first()?, by)?, fine)
            }
        };
        let is_fiscal = matches!(moved.part, Part::FiscalQuarter(_) | Part::FiscalHalf(_));
        (is_fiscal || moved.first().is_some()).then_some((moved, fact))
    });
    match shifted {
        Some((calendar, fact)) => TimeValue {
            anchor: Some(fact),
            ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
        },
        None => scene.relative(if by < 0 { When::Past } else { When::Future }, |today| {
            ago_when(scene, today, unit, by)
        }),
    }
}

/// "a year ago" in results: the quarter of the year before; one that was itself told of last year is none that is reported on.
pub(super) fn year_ago(scene: &Scene<'_>) -> TimeValue {
    let is_old = |quarter: Calendar| {
        let ended = quarter.after().zip(scene.today());
        ended.is_some_and(|(after, today)| (today - after).get_days() > 250)
    };
    let quarter = scene.memory.quarter.filter(|(quarter, _)| !is_old(*quarter));
    let memory = Memory { quarter, ..scene.memory };
    from_memory(&Scene { memory, ..*scene }, Unit::Year, -1)
}

/// The same, where the verb knows it past: "Eighteen months later he was charged" is no time to come, so it is not told from the
/// month that would make it one, but from the day.
pub(super) fn from_memory_told(
    scene: &Scene<'_>,
    unit: Unit,
    by: i32,
    first: usize,
    end: usize,
) -> TimeValue {
    let time = from_memory(scene, unit, by);
    let begin = time.calendar().and_then(|told| told.first());
    let is_ahead = by > 0 && scene.today().zip(begin).is_some_and(|(today, begin)| begin > today);
    if !is_ahead || scene.direction(first, end) != Direction::Past {
        return time;
    }
    // "Her memoir came out 20 years later": however long ago its year was told.
    if unit >= Unit::Year {
        let told = [scene.memory.year, scene.memory.month, scene.memory.day].into_iter().flatten();
        let lying = |(told, fact): (Calendar, u32)| {
            let then = Calendar::holding(unit.shift(told.first()?, by)?, Unit::Year);
            let is_behind = then.first()? <= scene.today()?;
            is_behind.then_some((then, fact))
        };
        let found = told.filter_map(lying).max_by_key(|(_, fact)| *fact);
        return match found {
            Some((then, fact)) => {
                let time = TimeValue::new(When::At(then)).resolved(Resolution::FromAnotherMention);
                TimeValue { anchor: Some(fact), ..time }
            }
            None => TimeValue::new(When::Past).resolved(Resolution::Unresolved),
        };
    }
    let without_month = Scene { memory: Memory { month: None, ..scene.memory }, ..*scene };
    let again = from_memory(&without_month, unit, by);
    let begin = again.calendar().and_then(|told| told.first());
    let is_behind = scene.today().zip(begin).is_some_and(|(today, begin)| begin <= today);
    if unit == Unit::Month && is_behind { again } else { time }
}

/// "left home on 3 October last year … on 4 October a van was seen": the year that a story is told in, where the day is one of the
/// weeks behind the last one that was told, and that one lies far back; in a history, one of the year behind it, and so a month
/// ("on 12 May 1404 … in August they left"). And the fact that told it.
pub(super) fn year_of_story(scene: &Scene<'_>, month: i8, day: Option<i8>) -> Option<(i16, u32)> {
    let (told, fact) = scene.memory.day?;
    let told = told.first()?;
    let ago = scene.today().map_or(0, |today| (today - told).get_days());
    let is_history = ago > 20 * 365;
    if ago <= 90 || !is_history && day.is_none() || scene.sentence - scene.memory.day_in > 2 {
        return None;
    }
    let reach = if is_history { 360 } else { 45 };
    let is_behind = |year: &i16| {
        let date = Date::new(*year, month, day.unwrap_or(28));
        date.is_ok_and(|date| date >= told && (date - told).get_days() <= reach)
    };
    [told.year(), told.year() + 1].into_iter().find(is_behind).map(|year| (year, fact))
}

/// "In the 1992 election, held on Nov 3": the year of what is dated, and the fact that told it.
pub(super) fn year_of_event(scene: &Scene<'_>, month: i8, first: usize) -> Option<(i16, u32)> {
    // "In the 2019/20 season the league stopped on 13 March": of the half of the season that has the month.
    if scene.is(5, "season") && scene.is(0, "in") && scene.memory.year_in == scene.sentence {
        let (year, fact) = scene.memory.year?;
        return Some((year.plus(i32::from(month < 7))?.year, fact));
    }
    let (end, Calendar { year, part }, fact) = scene.last?;
    // "Early 2022: the firm promises filters by June", in a list of what was when.
    if end <= 7 && scene.kind(end) == Some(TokenKind::Colon) {
        return Some((year, fact));
    }
    if part != Part::Year {
        return None;
    }
    if leads_clause(scene, end, first) {
        return Some((year, fact));
    }
    // "The 2027 tournament will be held from 11 June", "Last year's race was run on 3 October"
    let end = end + usize::from(scene.is_any(end, &["'s", "’s"]));
    let is_named = end <= 4
        && first - end < 12
        && scene.token(end).is_some_and(|event| event.is_word() && !event.is(NO_NOUN));
    if is_named
        && (end + usize::from(!scene.is(end, "dates"))..first)
            .any(|at| scene.token(at).is_some_and(|verb| HELD.hold(scene.content, verb)))
    {
        return Some((year, fact));
    }
    let on = first.checked_sub(1).filter(|on| scene.is_any(*on, &["on", "in"]))?;
    let held = on.checked_sub(1)?;
    let is_held = scene
        .token(held)
        .is_some_and(|verb| verb.is(Tags::PAST_VERB) || verb.ends_with(scene.content, "ed"));
    let comma = held.checked_sub(usize::from(is_held))?;
    let is_beside =
        scene.kind(comma) == Some(TokenKind::Comma) && (end + 1..=end + 3).contains(&comma);
    is_beside.then_some((year, fact))
}

/// "In 1978 the club played twice between 3 December and Christmas": a year that its clause begins with, up to a time at `first`.
fn leads_clause(scene: &Scene<'_>, end: usize, first: usize) -> bool {
    let is_led = end == 2 && scene.is(0, "in");
    let from = end + usize::from(scene.kind(end) == Some(TokenKind::Comma));
    let is_one = |at: usize| {
        scene.token(at).is_some_and(|token| {
            (token.is_word() || token.kind == TokenKind::Number)
                && !token.is(Tags::RELATIVE)
                && !scene.is_any(at, &["before", "after", "since", "until", "when", "while", "but"])
        })
    };
    is_led && first > from + 1 && first - end < 16 && (from..first).all(is_one)
}

/// Verbs of what is held in the year that it is named by.
static HELD: Words<15> = Words::new([
    "dates",
    "opened",
    "opens",
    "held",
    "staged",
    "played",
    "runs",
    "run",
    "ran",
    "kicks",
    "kicked",
    "begins",
    "began",
    "place",
    "contested",
]);

/// Whether something as fine was told before.
pub(super) fn is_anchored(scene: &Scene<'_>, unit: Unit) -> bool {
    let memory = scene.memory;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => false,
        Unit::Day | Unit::Weekend | Unit::Week | Unit::Fortnight => memory.day.is_some(),
        Unit::Month => memory.month.or(memory.day).is_some(),
        Unit::Quarter => memory.quarter.is_some(),
        _ => memory.year.or(memory.month).or(memory.quarter).is_some(),
    }
}

/// Whether the sentence tells a company's results: "earned $17 million, or 20 cents a share".
pub(super) fn is_of_results(scene: &Scene<'_>) -> bool {
    (0..scene.tokens.len().min(120)).any(|at| {
        if scene.memory.quarter.is_some() && scene.is_money(at) {
            return true;
        }
        let text = scene.text(at);
        ["share", "earnings", "profit", "revenue", "net", "sales", "loss"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    })
}

/// "that year", "the same month", "the previous quarter", "the latest quarter".
pub(super) fn anaphor(
    scene: &Scene<'_>,
    unit: Unit,
    by: i32,
    first: usize,
    end: usize,
) -> Option<Read> {
    if unit <= Unit::Hour {
        return None;
    }
    // "in previous years", "in the following days": of no one year or day.
    if scene.text(end - 1).ends_with(['s', 'S']) && by != 0 {
        let when = match by {
            -1 if !scene.is(first, "the") => When::Past,
            _ => When::Length(None, unit, None),
        };
        return Some(Read::new(first, end, TimeValue::new(when), "date.anaphor.plural"));
    }
    let memory = scene.memory;
    let anchor = match unit {
        Unit::Quarter => {
            memory.quarter.filter(|(told, _)| told.granularity() == Granularity::Quarter)
        }
        Unit::Year => memory.year,
        // "on 27 August … the start of that month"
        Unit::Month => {
            let of_day = memory
                .day
                .and_then(|(day, fact)| Some((Calendar::holding(day.first()?, Unit::Month), fact)));
            [memory.month, of_day].into_iter().flatten().max_by_key(|(_, fact)| *fact)
        }
        Unit::Day => memory.day,
        // "on 3 May … that weekend", "that week"
        Unit::Weekend | Unit::Week => {
            memory.day.and_then(|(day, fact)| Some((Calendar::holding(day.first()?, unit), fact)))
        }
        // "in November 1951 … by the end of that decade"
        Unit::Decade | Unit::Century => [memory.year, memory.month]
            .into_iter()
            .flatten()
            .max_by_key(|(_, fact)| *fact)
            .and_then(|(told, fact)| Some((Calendar::holding(told.first()?, unit), fact))),
        _ => None,
    };
    let is_that = scene.is_any(end - 2, &["that"]);
    // "that" before a unit is also a relative pronoun or conjunction.
    if is_that && anchor.is_none() {
        return None;
    }
    let time = match anchor.and_then(|(calendar, fact)| Some((calendar.plus(by)?, fact))) {
        Some((calendar, fact)) => TimeValue {
            anchor: Some(fact),
            ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
        },
        None if unit == Unit::Quarter && by <= 0 => last_quarter(scene),
        None => scene.relative(When::Past, |today| {
            let now = Calendar::holding(today, unit);
            Some(When::At(now.plus(by)?))
        }),
    };
    // "in the same week last year"
    if by == 0
        && scene.is_any(end - 2, reach::LIKE)
        && let When::At(calendar) = time.when
        && let Some((years, end)) = reach::years_off(scene, calendar, end)
    {
        let shifted = Calendar { year: calendar.year.checked_add(years)?, ..calendar };
        shifted.first()?;
        return Some(Read::new(
            first,
            end,
            TimeValue { when: When::At(shifted), ..time },
            "date.anaphor",
        ));
    }
    // "the comparable quarter" is not the same one.
    (!scene.is_any(end - 2, reach::LIKE) || scene.is(end - 2, "same"))
        .then(|| Read::new(first, end, time, "date.anaphor"))
}

/// "the month before", "the day after", "the year earlier": beside the one that is spoken of, at the end of its phrase.
pub(super) fn beside(scene: &Scene<'_>, unit: Unit, first: usize, end: usize) -> Option<Read> {
    let is_led = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year);
    if !is_led {
        return None;
    }
    // "the quarter a year ago"
    if unit == Unit::Quarter
        && scene.is(end, "a")
        && scene.is(end + 1, "year")
        && scene.is_any(end + 2, &["ago", "earlier"])
    {
        let time = from_memory(scene, Unit::Year, -1);
        return Some(Read::new(first, end + 3, time, "date.unit.beside"));
    }
    let by = by_side(scene, end)?;
    // "next week or the week after": beside the one that has just been said.
    let time = match scene.last {
        Some((said, last, fact))
            if first <= said + 2 && last.granularity() == unit.granularity() =>
        {
            TimeValue {
                anchor: Some(fact),
                ..TimeValue::new(When::At(last.plus(by)?)).resolved(Resolution::FromAnotherMention)
            }
        }
        _ => from_memory(scene, unit, by),
    };
    Some(Read::new(first, end + 1, time, "date.unit.beside"))
}

/// "the following spring", "the previous March", "that autumn", with the word in front of it at `before`: told from the last day,
/// month or year; and the fact that told it.
pub(super) fn of_year_beside(
    scene: &Scene<'_>,
    part: Part,
    before: usize,
) -> Option<(Calendar, u32)> {
    let memory = scene.memory;
    let (spoken_of, fact) = [memory.year, memory.month, memory.day]
        .into_iter()
        .flatten()
        .max_by_key(|(_, fact)| *fact)?;
    let (from, after) = (spoken_of.first()?, spoken_of.after()?);
    let of_year = |year: i16| Calendar::part(year, part);
    let found = if scene.is(before, "following") {
        let behind = |unit: &Calendar| unit.first().is_some_and(|first| first >= after);
        [of_year(spoken_of.year), of_year(spoken_of.year + 1)].into_iter().find(behind)?
    } else if scene.is(before, "previous") {
        let ahead = |unit: &Calendar| unit.after().is_some_and(|end| end <= from);
        [of_year(spoken_of.year), of_year(spoken_of.year - 1)].into_iter().find(ahead)?
    } else {
        of_year(spoken_of.year)
    };
    Some((found, fact))
}

/// −1 and 1 for "before" and "after" at the end of a phrase: "the night before", but not "the night before the vote".
pub(super) fn by_side(scene: &Scene<'_>, at: usize) -> Option<i32> {
    let by = match (scene.is_any(at, &["before", "earlier"]), scene.is(at, "after")) {
        (true, _) => -1,
        (_, true) => 1,
        _ => return None,
    };
    let is_end = scene.token(at + 1).is_none_or(|next| {
        matches!(
            next.kind,
            TokenKind::Dot
                | TokenKind::Comma
                | TokenKind::Semicolon
                | TokenKind::Question
                | TokenKind::CloseBracket
                | TokenKind::CloseQuote
                | TokenKind::DoubleQuote
                | TokenKind::Dash
        ) || next.is(Tags::AND)
            || scene.is_any(at + 1, &["but", "in", "at", "on"])
    });
    is_end.then_some(by)
}

/// The last quarter that had ended.
pub(super) fn last_quarter(scene: &Scene<'_>) -> TimeValue {
    scene.relative(When::Past, |today| {
        Some(When::At(Calendar::holding(today, Unit::Quarter).plus(-1)?))
    })
}

/// "year-end", "the year-ago quarter", "year-earlier", "month-end", "year's end".
pub(super) fn compound(scene: &Scene<'_>, at: usize, free: usize, unit: Unit) -> Option<Read> {
    let is_hyphen = scene.kind(at + 1) == Some(TokenKind::Hyphen)
        && scene.is_joined(at + 1)
        && scene.is_joined(at + 2);
    if matches!(unit, Unit::Month | Unit::Quarter | Unit::Year)
        && let Some(read) = to_date(scene, at, unit, is_hyphen)
    {
        return Some(read);
    }
    // "year end", "year's end"
    let word = if is_hyphen {
        at + 2
    } else if scene.is(at + 1, "end") {
        at + 1
    } else if scene.is_any(at + 1, &["'s", "’s"]) && scene.is(at + 2, "end") {
        at + 2
    } else {
        return None;
    };
    // "by the year's end", "at the year end"
    let has_the = !is_hyphen
        && (word == at + 2
            || scene.token(word + 1).is_none_or(|next| !next.is_word() || next.is(NO_NOUN)))
        && scene.before(at, free).is_some_and(|the| scene.is(the, "the"));
    let is_free = has_the
        || scene.before(at, free).is_none_or(|before| {
            !scene.is_any(before, &["the", "last", "this", "next", "a", "that"])
        });
    if !is_hyphen && (!is_free || unit < Unit::Month) {
        return None;
    }
    let the = |at: usize| scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
    if scene.is(word, "end") {
        let behind = year::behind(scene, word + 1)
            .filter(|_| unit == Unit::Year && scene.kind(word + 1) == Some(TokenKind::Number));
        let (time, end) = match behind {
            Some((year, end)) => (TimeValue::new(When::At(Calendar::year(year))), end),
            None => {
                // "net debt fell to £210m at the year end": one that is told of has been.
                let first = if has_the { the(at) } else { at };
                let is_past = unit == Unit::Year
                    && !scene.is_any(first.wrapping_sub(1), &["by", "before", "until"])
                    && scene.direction(first, word + 1) == Direction::Past;
                let by = if is_past { -1 } else { 0 };
                let time = scene.relative(When::Present, |today| {
                    Some(When::At(Calendar::holding(today, unit).plus(by)?))
                });
                (time, word + 1)
            }
        };
        let first = if has_the { the(at) } else { at };
        let is_noun = scene.token(end).is_some_and(|next| next.is_word() && !next.is(NO_NOUN));
        // "net debt at year-end": its last day; "the year-end rush", "expected year-end" are about it.
        let last_day = time
            .calendar()
            .filter(|_| unit == Unit::Year && !is_noun && !scene.is_any(at + 1, &["'s", "’s"]))
            .filter(|_| scene.is_any(first.wrapping_sub(1), &["at", "by", "since", "before"]))
            .and_then(|year| year.after()?.yesterday().ok());
        let time = match last_day {
            Some(day) => TimeValue { when: When::At(day.into()), ..time },
            None => time.modified(Some(crate::fact::TimexMod::End)),
        };
        return Some(Read::new(first, end, time, "date.unit.end"));
    }
    if scene.is_any(word, &["ago", "earlier", "on"]) {
        if scene.is(word, "on") {
            return None;
        }
        // "the year-ago third quarter"
        if let Some(nth) = number::ordinal(scene.lexicon, scene.content, scene.rest(word + 1))
            && scene.is(word + 1 + nth.len, "quarter")
            && let Some(nth_quarter @ 1..=4) = i8::try_from(nth.value).ok()
        {
            let part = Part::Quarter(nth_quarter);
            let read = super::in_year::in_year(scene, part, the(at), word + 2 + nth.len);
            let When::At(calendar) = read.time.when else { return Some(read) };
            let when = When::At(Calendar { year: calendar.year - 1, ..calendar });
            return Some(Read {
                time: TimeValue { when, ..read.time },
                rule: "date.unit.ago",
                ..read
            });
        }
        let time = from_memory(scene, unit, -1);
        let noun =
            usize::from(scene.is_any(word + 1, &["quarter", "period", "month", "week", "half"]));
        let mut first = if noun == 1 {
            match scene.before(at, free) {
                Some(same) if scene.is_any(same, &["comparable", "same", "corresponding"]) => {
                    the(same)
                }
                _ => the(at),
            }
        } else {
            at
        };
        if scene.is(first, "year") {
            first = at;
        }
        return Some(Read::new(first, word + 1 + noun, time, "date.unit.ago"));
    }
    None
}
/// The unit so many before or after the day of publication; days and longer as calendar units, shorter ones as times.
pub(super) fn ago_when(scene: &Scene<'_>, today: Date, unit: Unit, by: i32) -> Option<When> {
    if unit <= Unit::Hour {
        let span = match unit {
            Unit::Second => jiff::Span::new().try_seconds(by),
            Unit::Minute => jiff::Span::new().try_minutes(by),
            _ => jiff::Span::new().try_hours(by),
        };
        let time = scene.published?.checked_add(span.ok()?).ok()?;
        return Some(When::Clock(
            Some(time.date().into()),
            Clock::at(time.hour(), Some(time.minute())),
        ));
    }
    let day = unit.shift(today, by)?;
    // "two weeks from now" is a day; "two weeks ago" seldom is.
    if by > 0 && matches!(unit, Unit::Week | Unit::Fortnight) {
        return Some(When::At(day.into()));
    }
    // "a decade ago" is a year, not a decade.
    let unit = if unit > Unit::Year { Unit::Year } else { unit };
    Some(When::At(Calendar::holding(day, unit)))
}

/// "sales are up 5% year to date", "the year-to-date loss".
fn to_date(scene: &Scene<'_>, at: usize, unit: Unit, is_hyphen: bool) -> Option<Read> {
    let to = at + 1 + usize::from(is_hyphen);
    let mark = usize::from(is_hyphen && scene.kind(to + 1) == Some(TokenKind::Hyphen));
    if !scene.is(to, "to") || !scene.is(to + 1 + mark, "date") {
        return None;
    }
    let time = scene.relative(When::Present, |today| {
        let now = Calendar::holding(today, unit);
        Some(When::Within(now, now.first()?, today.tomorrow().ok()?))
    });
    Some(Read::new(at, to + 2 + mark, time, "date.unit.to-date"))
}
