//! Units of the calendar by their place: "last year", "the third quarter", "the first nine months", "the 19th century".

use jiff::civil::Date;

use super::anaphor::{self, last_quarter};
use super::front::Side;
use super::in_year::{in_year, of_school};
use super::{Direction, Mention, Read, Scene, beside, day, reach, weekday_of, which_year, within};
use crate::fact::time::{Calendar, Count, Part, Unit, When};
use crate::fact::{Granularity, Relation, Resolution, TimeValue, TimexMod};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::TokenKind;

/// "the third quarter", "the first half of 1990", "the 19th century", "the second week of May".
pub(super) fn ordinal(
    scene: &Scene<'_>,
    unit: Unit,
    nth: u32,
    first: usize,
    at: usize,
) -> Option<Read> {
    let end = at + 1;
    let nth = i8::try_from(nth).ok()?;
    if (1..=100).contains(&nth)
        && unit != Unit::Quarter
        && let Some(read) = within::nth_of(scene, unit, nth, first, end)
    {
        return Some(read);
    }
    match unit {
        Unit::Quarter if (1..=4).contains(&nth) => {
            Some(in_year(scene, Part::Quarter(nth), first, end))
        }
        Unit::Century | Unit::Millennium => {
            let (years, part) = match unit {
                Unit::Century => (100, Part::Century),
                _ => (1000, Part::Millennium),
            };
            // The 5th century BC is 500 to 401 BC, which ISO 8601 counts -0499 to -0400.
            let is_past = scene.is_any(end, &["bc", "b.c.", "bce"]);
            let year = match is_past {
                true => 1 - i16::from(nth).checked_mul(years)?,
                false => (i16::from(nth) - 1).checked_mul(years)?,
            };
            let is_named = is_past || scene.is_any(end, &["ad", "a.d.", "ce"]);
            let time = TimeValue::new(When::At(Calendar::part(year, part)));
            Some(Read::new(first, end + usize::from(is_named), time, "date.century"))
        }
        _ => None,
    }
}

/// "last week", "this year", "next month", "the past year", "the coming weekend".
pub(super) fn deictic(
    scene: &Scene<'_>,
    unit: Unit,
    by: i32,
    first: usize,
    end: usize,
    is_plural: bool,
) -> Option<Read> {
    if is_plural && by == 0 {
        return Some(Read::new(first, end, TimeValue::new(When::Present), "date.unit.these"));
    }
    if is_plural {
        // "the last days of August", "the last weeks of 1944"
        if by == -1
            && unit < Unit::Quarter
            && let Some((time, end)) = within::longer(scene, end)
        {
            let time = time.modified(Some(TimexMod::End));
            return Some(Read::new(first, end, time, "date.within"));
        }
        // "recent years", "the past weeks"
        let count = None;
        let side = if by < 0 { Side::Past } else { Side::Coming };
        return (by != 0).then(|| stretch(scene, unit, side, count, first, end));
    }
    if unit == Unit::Year && scene.is_any(end - 2, &["school", "academic"]) {
        return Some(of_school(scene, by, first, end));
    }
    // "last-minute talks" are late, not a minute long.
    if unit == Unit::Minute && scene.kind(end - 2) == Some(TokenKind::Hyphen) {
        return None;
    }
    // "the last hour", "next minute", "the past fortnight": lengths.
    if unit <= Unit::Hour || unit == Unit::Fortnight {
        let side = if by < 0 { Side::Past } else { Side::Coming };
        return (by != 0).then(|| stretch(scene, unit, side, Some(10), first, end));
    }
    // "On the last day, a plank came up": of what is told.
    if unit == Unit::Day
        && by == -1
        && first > 0
        && scene.is(first, "the")
        && scene.is(first - 1, "on")
        && !scene.is(end, "of")
    {
        return None;
    }
    // "on this day in 1958"
    if unit == Unit::Day && by == 0 && scene.is(end, "in") {
        return None;
    }
    // "the last day of May", "last week of the year"
    if by == -1
        && let Some(read) = within::nth_of(scene, unit, -1, first, end)
    {
        return Some(read);
    }
    if let Some(read) = within::unit_of_day(scene, unit, first, end).filter(|_| by == 0) {
        return Some(read);
    }
    // "the last week of the campaign", "the last day of term": of what has lasted.
    let is_of_event = by == -1
        && scene.is(first, "the")
        && scene.is(end, "of")
        && scene.is(end - 2, "last")
        && scene.token(end + 1).is_some_and(|what| what.is_word());
    if is_of_event {
        return None;
    }
    // "next week on Tuesday", "last week Friday"
    if unit == Unit::Week {
        let skip = usize::from(scene.is(end, "on"));
        if let Some(read) = weekday_of::of_this_week(scene, by, first, end + skip) {
            return Some(read);
        }
    }
    // "the past decade", "the coming century", "over the next decade": a length from or to the day of publication.
    let is_long = unit >= Unit::Decade && by != 0;
    let spans = || {
        scene.is_any(end - 2, &["past", "coming"])
            || scene.is(first, "the")
                && first > 0
                && scene.is_any(first - 1, &["over", "for", "within", "during", "throughout"])
    };
    if is_long && spans() {
        let side = if by < 0 { Side::Past } else { Side::Coming };
        return Some(stretch(scene, unit, side, Some(10), first, end));
    }
    if let Some(read) = reach::this_time(scene, unit, by, first, end)
        .or_else(|| reach::same_period(scene, unit, by, first, end))
    {
        return Some(read);
    }
    // "The next day, police returned", where no day was told before.
    if unit == Unit::Day
        && by == 1
        && scene.is(first, "the")
        && scene.direction(first, end) == Direction::Past
    {
        let time = TimeValue::new(When::Past).resolved(Resolution::Unresolved);
        return Some(Read::new(first, end, time, "date.unit.deictic"));
    }
    let open = match by {
        -1 => When::Past,
        0 => When::Present,
        _ => When::Future,
    };
    let time = scene.relative(open, |today| {
        let now = Calendar::holding(today, unit);
        // "last weekend" said on a Sunday is the one before.
        Some(When::At(now.plus(by)?))
    });
    // "this year's third quarter", "last year's first half"
    if scene.is_any(end, &["'s", "’s"])
        && let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(end + 1))
            .filter(|read| (1..=4).contains(&read.value))
        && unit == Unit::Year
        && scene.is(end + 1 + read.len, "quarter")
        && let When::At(Calendar { year, .. }) = time.when
    {
        let part = Part::Quarter(i8::try_from(read.value).ok()?);
        return Some(Read::new(
            first,
            end + 2 + read.len,
            TimeValue { when: When::At(Calendar::part(year, part)), ..time },
            "date.part-of-year",
        ));
    }
    Some(Read::new(first, end, time, "date.unit.deictic"))
}

/// "this year and [next]", "this week or [last]", "twice as much this year as [last]": the unit beside, which shares its noun.
pub(super) fn and_next(scene: &Scene<'_>, read: &Read) -> Option<Mention> {
    let and = read.end;
    let is_led = scene
        .token(and)
        .is_some_and(|word| word.is(Tags::CONJUNCTION | Tags::PREPOSITION) && word.is_word());
    if !is_led
        || read.rule != "date.unit.deictic"
        || !scene.is_any(and, &["and", "or", "as", "than"])
    {
        return None;
    }
    let (by, open) = match scene.lower(and + 1).as_str() {
        "last" => (-1, When::Past),
        "this" => (0, When::Present),
        "next" => (1, When::Future),
        _ => return None,
    };
    let behind = scene.token(and + 2);
    let is_end = behind.is_none_or(|behind| {
        !behind.is_word()
            && matches!(behind.kind, TokenKind::Dot | TokenKind::Comma | TokenKind::Semicolon)
            || scene.is_any(and + 2, &["in", "as", "because", "but", "after", "if"])
    });
    let (unit, _) = *scene.lexicon.times.unit.of(scene.token(and - 1)?)?;
    let time =
        scene.relative(open, |today| Some(When::At(Calendar::holding(today, unit).plus(by)?)));
    let relation = Relation::On;
    is_end.then(|| Mention { first: and + 1, end: and + 2, time, relation, rule: read.rule })
}

/// "the last three months", "the next two years", "the first nine months of this year".
pub(super) fn stretch(
    scene: &Scene<'_>,
    unit: Unit,
    side: Side,
    count: Count,
    first: usize,
    end: usize,
) -> Read {
    let number = count
        .map(|tenths| i32::try_from(tenths / 10).unwrap_or(i32::MAX))
        .filter(|number| *number > 0);
    // "the last five months of 2019", "the last two days of the year" are its own, and so are "the last three years of his life".
    let is_of = side == Side::Past && scene.is(end, "of");
    let is_own = is_of && within::longer(scene, end).is_some();
    let is_of_event = is_of
        && !is_own
        && scene
            .token(end + 1)
            .is_some_and(|what| what.is(Tags::DETERMINER | Tags::PRONOUN) && what.is_word());
    if is_of_event {
        let when = When::Length(count, unit, None);
        return Read::new(first, end, TimeValue::new(when), "date.stretch.of-event");
    }
    let side = if is_own { Side::Final } else { side };
    let length = |lies: Option<(Calendar, Calendar)>| When::Length(count, unit, lies);
    match side {
        Side::First | Side::Final => {
            // Of a year: the one behind, else the one that the direction gives.
            let of = usize::from(scene.is(end, "of"));
            // "the first three weeks of January"
            let of_month = scene
                .token(end + 1)
                .filter(|month| of == 1 && unit < Unit::Month && month.is(Tags::MONTH))
                .and_then(|_month| day::month(scene, end + 1, end + 1));
            if let Some(month) = of_month
                && let When::At(calendar @ Calendar { part: Part::Month(_), .. }) = month.time.when
            {
                let lies = number.and_then(|number| days_of(calendar, unit, side, number));
                let time = TimeValue { when: length(lies), ..month.time };
                return Read::new(first, month.end, time, "date.stretch.of-month");
            }
            // "of 2019", "of this year", "of next month", "of the 20th century"
            let told = within::longer(scene, end).filter(|_| of == 1);
            let is_told = told.is_some();
            let (base, end) = told
                .unwrap_or_else(|| (which_year::part_of_year(scene, Part::Year, first, end), end));
            let lies = base.calendar().zip(number).and_then(|(longer, number)| {
                let unit_of = |day: Date| Calendar::holding(day, unit);
                // "the first 100 days" of something that is no year stays open.
                if unit < Unit::Month || longer.granularity() < Granularity::Year {
                    return is_told.then(|| days_of(longer, unit, side, number))?;
                }
                if side == Side::First {
                    let from = unit_of(longer.first()?);
                    Some((from, from.plus(number - 1)?))
                } else {
                    let last = unit_of(longer.after()?.yesterday().ok()?);
                    Some((last.plus(1 - number)?, last))
                }
            });
            // "her first 100 days" are of no year.
            let base = match lies {
                None if unit < Unit::Month => base.resolved(Resolution::Explicit),
                _ => base,
            };
            Read::new(first, end, TimeValue { when: length(lies), ..base }, "date.stretch.of-year")
        }
        Side::Past | Side::Coming => {
            // "the past half-century", "the last two and a half years": in a unit of which they are whole.
            let (unit_of, number) = match count {
                Some(tenths) if tenths % 10 == 5 => in_finer(unit, tenths),
                _ => (unit, number),
            };
            // "In 1811 he sold it. For the next ten years he lived abroad.": not those from publication on.
            // "the next ten working days": weekends lie between.
            let is_working = scene.is_any(end - 2, &["working", "business", "trading"]);
            let number = number
                .filter(|_| !is_working && (side == Side::Past || !is_of_story(scene, first, end)));
            // "in the last 24 hours" are days; "the last 10 minutes" are of a match or a call, not of the day of publication.
            let (unit_of, number) = match (unit_of, number) {
                (Unit::Hour, Some(hours)) if hours % 24 == 0 => (Unit::Day, Some(hours / 24)),
                (Unit::Second | Unit::Minute | Unit::Hour, _) => (unit_of, None),
                _ => (unit_of, number),
            };
            // "after 0.6% in the previous three months": before those just told.
            let told = scene.last.filter(|(_, told, _)| {
                side == Side::Past
                    && told.granularity() > Granularity::Day
                    && (first..end).any(|at| scene.is_any(at, &["previous", "preceding", "prior"]))
            });
            if let (Some((_, told, fact)), Some(number)) = (told, number)
                && let Some(until) = told.first()
                && let Some(from) = unit_of.shift(until, -number)
                && let Ok(last) = until.yesterday()
            {
                let when = length(Some((from.into(), last.into())));
                let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
                let time = TimeValue { anchor: Some(fact), ..time };
                return Read::new(first, end, time, "date.stretch");
            }
            let lies = scene.today().zip(number).and_then(|(today, number)| {
                let by = if side == Side::Past { -number } else { number };
                let unit = unit_of;
                // "the past two quarters" are those of the calendar.
                if unit == Unit::Quarter {
                    let now = Calendar::holding(today, unit);
                    return match side {
                        Side::Past => Some((now.plus(by)?, now.plus(-1)?)),
                        _ => Some((now.plus(1)?, now.plus(by)?)),
                    };
                }
                let other = unit.shift(today, by)?;
                let (from, to) = if by < 0 { (other, today) } else { (today, other) };
                Some((Calendar::from(from), Calendar::from(to)))
            });
            let resolution =
                if lies.is_some() { Resolution::FromPublishTime } else { Resolution::Unresolved };
            Read::new(first, end, TimeValue::new(length(lies)).resolved(resolution), "date.stretch")
        }
    }
}

/// So many tenths of a unit in another, of which they are whole.
pub(super) fn in_finer(unit: Unit, tenths: u32) -> (Unit, Option<i32>) {
    let (finer, whole) = match unit {
        Unit::Hour => (Unit::Minute, tenths * 6),
        Unit::Year => (Unit::Month, tenths / 5 * 6),
        Unit::Decade => (Unit::Year, tenths),
        Unit::Century => (Unit::Year, tenths * 10),
        _ => return (unit, None),
    };
    (finer, i32::try_from(whole).ok())
}

/// Whether a time goes on with what was years ago, told before in its sentence or the one before it, and so is no time to come.
fn is_of_story(scene: &Scene<'_>, first: usize, end: usize) -> bool {
    let Some(today) = scene.today() else { return false };
    let is_long_ago =
        |unit: Calendar| unit.after().is_some_and(|after| (today - after).get_days() > 700);
    let year_before = || {
        let is_near = scene.sentence - scene.memory.year_in <= 1;
        scene.memory.year.filter(|_| is_near).map(|(year, _)| year)
    };
    // "In 1811 he sold it to a banker, who ran it for the next ten years."
    if first > 1 {
        // "spent the next four years in a bank"
        if scene.is(first - 1, "spent") && scene.nearest_left(first) == Direction::Past {
            return true;
        }
        // "The bridge was blown up in 1945. It was rebuilt over the next four years."
        // "The mill closed in 1911. The town has put aside money for the next nine years."
        let is_now =
            || (first.saturating_sub(9)..first).any(|at| scene.is_any(at, &["has", "have"]));
        let year_before = || year_before().filter(|_| !is_now());
        let told = scene.last.map(|(_, unit, _)| unit).or_else(year_before);
        return told.is_some_and(is_long_ago) && scene.nearest_left(first) == Direction::Past;
    }
    year_before().is_some_and(is_long_ago) && scene.nearest_right(end) == Direction::Past
}

/// The first or the last days of a longer unit, so many units of them; `None` where it has not as many.
fn days_of(longer: Calendar, unit: Unit, side: Side, number: i32) -> Option<(Calendar, Calendar)> {
    let (begin, after) = (longer.first()?, longer.after()?);
    let (from, to) = match side {
        Side::Final => (unit.shift(after, -number)?, after),
        Side::First | Side::Past | Side::Coming => (begin, unit.shift(begin, number)?),
    };
    (unit >= Unit::Day && from >= begin && to <= after)
        .then_some((from.into(), to.yesterday().ok()?.into()))
}

/// "the quarter", "the year", "the week", "the weekend", "the decade".
pub(super) fn the(
    scene: &Scene<'_>,
    unit: Unit,
    is_plural: bool,
    first: usize,
    end: usize,
) -> Option<Read> {
    // "the quarter-to-quarter comparison"
    if is_plural
        || scene.kind(end) == Some(TokenKind::Hyphen)
            && scene.is_any(end + 1, &["to", "on", "over"])
    {
        return None;
    }
    // "at the turn of the century" is about its beginning, of which none is named; "days of the week" are of any.
    if first > 1 && scene.is(first - 1, "of") && scene.is_any(first - 2, &["turn", "days", "times"])
    {
        return None;
    }
    if let Some(read) = within::unit_of_day(scene, unit, first, end)
        .or_else(|| beside::unit(scene, unit, first, end))
        .or_else(|| within::week_number(scene, first, end).filter(|_| unit == Unit::Week))
        .or_else(|| reach::up_to(scene, unit, Some(10), first, end))
        .or_else(|| anaphor::beside(scene, unit, first, end))
    {
        return Some(read);
    }
    let time = match unit {
        // "the quarter ended March 29"
        Unit::Quarter if ended(scene, end).is_some() => ended(scene, end)?,
        Unit::Quarter => match scene
            .memory
            .quarter
            .filter(|(told, _)| told.granularity() == Granularity::Quarter)
        {
            Some((calendar, fact)) => TimeValue {
                anchor: Some(fact),
                ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
            },
            None => last_quarter(scene),
        },
        Unit::Weekend => {
            let direction = scene.direction(first, end);
            scene.relative(When::Past, |today| {
                let this = Calendar::weekend(today);
                // "ahead of the weekend" is the one to come, and so is "the weekend" with no verb of the past, said at the end of a week.
                let is_ahead = direction == Direction::Future
                    || scene.is_any(first.wrapping_sub(1), &["before", "until"])
                    || scene.is(first.wrapping_sub(1), "of")
                        && scene.is(first.wrapping_sub(2), "ahead")
                    || direction == Direction::Open && (this.first()? - today).get_days() <= 2;
                // "by the weekend", said on a Sunday, is the next one.
                let is_next = direction == Direction::Future
                    && this.first()? < today
                    && scene.is_any(first.wrapping_sub(1), &["by", "before", "until"]);
                let by = match is_ahead || this.first()? <= today {
                    true => i32::from(is_next),
                    false => -1,
                };
                Some(When::At(this.plus(by)?))
            })
        }
        Unit::Year if scene.is_any(end, &["ended", "ending"]) => {
            reach::ended(scene, unit, Some(10), end)
        }
        Unit::Year if reported(scene, first, end).is_some() => reported(scene, first, end)?,
        Unit::Year | Unit::Month | Unit::Week => {
            // Of a year behind it ("the year 2000", "the week of"), or one of many ("the year that …").
            if scene.kind(end) == Some(TokenKind::Number)
                || unit == Unit::Year
                    && scene.is_any(end, &["two", "nineteen", "eighteen", "twenty"])
                || scene
                    .is_any(end, &["of", "that", "when", "in", "since", "following", "preceding"])
                || scene.is(end, "before")
                || is_told_by_clause(scene, first, end)
            {
                return None;
            }
            match of_story(scene, unit, first, end) {
                // "agreed on 2 February, it was to last until the end of the month"
                Some(time) if unit != Unit::Week => time,
                _ => scene.relative(When::Present, |today| {
                    Some(When::At(Calendar::holding(today, unit)))
                }),
            }
        }
        // "the decade before the war", "the century that followed"
        Unit::Decade | Unit::Century
            if scene.is_any(
                end,
                &["before", "after", "since", "that", "when", "following", "preceding"],
            ) || is_told_by_clause(scene, first, end) =>
        {
            return None;
        }
        Unit::Decade | Unit::Century => match of_story(scene, unit, first, end) {
            Some(time) => time,
            None => scene
                .relative(When::Present, |today| Some(When::At(Calendar::holding(today, unit)))),
        },
        // "for the rest of the day": the one that is spoken of.
        Unit::Day if first > 1 && scene.is_any(first - 2, &["rest", "remainder"]) => {
            match scene.last.filter(|(_, day, _)| matches!(day.part, Part::Day(..))) {
                Some((_, day, fact)) => {
                    let time = TimeValue::new(When::At(day));
                    let time = time.resolved(Resolution::FromAnotherMention);
                    TimeValue { anchor: Some(fact), ..time }
                }
                None => scene.relative(When::Present, |today| Some(When::At(today.into()))),
            }
        }
        Unit::Second
        | Unit::Minute
        | Unit::Hour
        | Unit::Day
        | Unit::Fortnight
        | Unit::Millennium => return None,
    };
    Some(Read::new(first, end, time, "date.unit.the"))
}

/// "built from 1868 until the end of the century": the one of the year that its sentence tells of.
fn of_story(scene: &Scene<'_>, unit: Unit, first: usize, end: usize) -> Option<TimeValue> {
    // "in our 21st century … for the decade": of a longer one that says nothing.
    let (_, said, fact) = scene.last.filter(|(_, said, _)| {
        said.granularity() <= Granularity::Year && said.granularity() < unit.granularity()
    })?;
    let told = Calendar::holding(said.first()?, unit);
    let is_past =
        scene.today().is_some_and(|today| told.after().is_some_and(|after| after <= today));
    let says_past = || scene.nearest_left(first).or(scene.nearest_right(end)) == Direction::Past;
    (is_past && says_past()).then(|| TimeValue {
        anchor: Some(fact),
        ..TimeValue::new(When::At(told)).resolved(Resolution::FromAnotherMention)
    })
}

/// "The group opened 14 stores in the year", in results of the year to 31 December: the one that is reported on.
fn reported(scene: &Scene<'_>, first: usize, end: usize) -> Option<TimeValue> {
    let (from, to, fact) = scene.memory.reported?;
    let is_led = first
        .checked_sub(1)
        .is_some_and(|before| scene.is_any(before, &["in", "for", "over", "during"]));
    let is_end = scene.token(end).is_none_or(|next| !next.is_word());
    let is_told = is_led && is_end && scene.direction(first, end) == Direction::Past;
    is_told.then(|| {
        let year = Calendar::year(to.year);
        let when = match (from.first(), to.after()) {
            (Some(from), Some(to)) if year.first() != Some(from) => When::Within(year, from, to),
            _ => When::At(year),
        };
        let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
        TimeValue { anchor: Some(fact), ..time }
    })
}

/// "the year the plant opened", "the week she resigned": told by what happened in it; but "later in the year the plant will open".
fn is_told_by_clause(scene: &Scene<'_>, first: usize, end: usize) -> bool {
    let before = |back: usize| first.checked_sub(back);
    let is_whole = before(1).is_some_and(|at| scene.is_any(at, &["of", "for", "during"]))
        || before(1).is_some_and(|at| scene.is(at, "in"))
            && before(2).is_some_and(|at| {
                scene.is_any(at, &["earlier", "later", "early", "late", "far", "point"])
            });
    !is_whole
        && scene.token(end).is_some_and(|next| {
            next.is_word()
                && !next.is_joined()
                && next.is(Tags::DETERMINER | Tags::PRONOUN)
                && !scene.is_any(end, &["a", "an", "all"])
        })
}

/// The quarter that ends on the day behind it: "ended Sept. 30"; of a company's own quarter, "ended Jan. 31", the one of the
/// calendar that most of it lies in.
fn ended(scene: &Scene<'_>, end: usize) -> Option<TimeValue> {
    if !scene.is_any(end, &["ended", "ending"]) {
        return None;
    }
    let time = day::month(scene, end + 1, end + 1)?.time;
    let When::At(last @ Calendar { part: Part::Month(_) | Part::Day(..), .. }) = time.when else {
        return None;
    };
    let middle = last.after()?.checked_sub(jiff::Span::new().days(45)).ok()?;
    Some(TimeValue { when: When::At(Calendar::holding(middle, Unit::Quarter)), ..time })
}
