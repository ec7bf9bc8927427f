//! Units of time with what counts or names them: "two weeks", "last year", "the third quarter", "three months ago", "every day".

use super::anaphor::{
    ago_when, anaphor, compound, from_memory_told, is_anchored, is_of_results, year_ago,
};
use super::front::{Front, front};
use super::period::{deictic, in_finer, ordinal, stretch, the};
use super::{
    Direction, NO_NOUN, Read, Scene, lengths, numbered, part, range, reach, weekday_of, within,
};
use crate::fact::time::{Calendar, Count, Recurrence, Unit, When};
use crate::fact::{TimeValue, TimexMod};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{Token, TokenKind, flags};

/// A unit of time with what belongs to it.
pub(super) fn unit(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let token = scene.token(at)?;
    let (unit, is_plural) = *scene.lexicon.times.unit.of(token)?;
    let end = at + 1;
    // "18-year-old", "44 years old", "of age": an age, which is a number.
    let is_age = scene.is_any(end, &["old", "olds"])
        || scene.kind(end) == Some(TokenKind::Hyphen) && scene.is_any(end + 1, &["old", "olds"])
        || scene.is(end, "of") && scene.is(end + 1, "age")
        // "2 years 3 months old"
        || scene.is(end + 2, "old")
            && scene.token(end + 1).is_some_and(|finer| finer.is(Tags::TIME_UNIT));
    if is_age {
        return None;
    }
    // "60 Minutes", "This Week With": names of programmes.
    let is_name = token.has(flags::CAPITAL)
        && !token.has(flags::UPPER)
        && at > 0
        && scene
            .token(at - 1)
            .is_some_and(|before| before.has(flags::CAPITAL) || before.kind == TokenKind::Number)
        && (at > 1 || scene.token(end).is_some_and(|next| next.is_capital()));
    if is_name {
        return None;
    }
    // "the Six-Day War"
    let is_named = scene.kind(at - usize::from(at > 0)) == Some(TokenKind::Hyphen)
        && token.has(flags::CAPITAL)
        && !token.has(flags::UPPER)
        && scene.token(end).is_some_and(|next| next.is_capital());
    if is_named {
        return None;
    }
    // "the first of the month", "the twenty-first of next month"
    if unit == Unit::Month
        && let Some(read) = numbered::in_words(scene, at, free)
    {
        return Some(read);
    }
    if unit == Unit::Hour
        && is_plural
        && let Some(read) = part::small_hours(scene, at, free)
    {
        return Some(read);
    }
    // "year-end", "year-ago", "year-earlier", "year end"
    if !is_plural {
        let compound = compound(scene, at, free, unit);
        if compound.is_some() {
            return compound;
        }
    }
    // "three-quarters passed", "three quarters of its food"
    let is_share = || {
        at > 0 && scene.kind(at - 1) == Some(TokenKind::Hyphen)
            || scene.is(end, "of")
                && scene.kind(end + 1) != Some(TokenKind::Number)
                && !scene.is_any(end + 2, &["year", "fiscal"])
    };
    if unit == Unit::Quarter && is_plural && is_share() {
        return None;
    }
    // "every half hour"
    let hyphen = usize::from(at > 0 && scene.kind(at - 1) == Some(TokenKind::Hyphen));
    if let Some(half) = scene.before(at - hyphen, free).filter(|half| scene.is(*half, "half"))
        && let Some(every) = scene.before(half, free).filter(|every| scene.is(*every, "every"))
        && let (finer, Some(count)) = in_finer(unit, 5)
        && let Ok(count) = u8::try_from(count)
    {
        let when = When::Every(Recurrence::Unit { count, unit: finer, times: 0 });
        return Some(Read::new(every, end, TimeValue::new(when), "date.unit.every"));
    }
    let front = front(scene, at, free);
    let read = match front {
        // "every second Thursday", "every second year": a place, no unit.
        Front::Every(..)
            if unit == Unit::Second
                && scene
                    .token(end)
                    .is_some_and(|next| next.is(Tags::WEEKDAY | Tags::TIME_UNIT)) =>
        {
            return None;
        }
        // "every minute of the footage" is all of it; "every hour of the day" comes back.
        Front::Every(1, _)
            if unit <= Unit::Hour
                && scene.is(end, "of")
                && scene
                    .token(end + 1)
                    .is_some_and(|the| the.is(Tags::DETERMINER | Tags::PRONOUN))
                && !scene.token(end + 2).is_some_and(|longer| longer.is(Tags::TIME_UNIT)) =>
        {
            return None;
        }
        Front::Every(count, first) => {
            // "twice every month", but "once every two weeks"
            let (first, times) =
                how_often(scene, first).filter(|often| often.1 > 1).unwrap_or((first, 0));
            let when = When::Every(Recurrence::Unit { count, unit, times });
            Read::new(first, end, TimeValue::new(when), "date.unit.every")
        }
        Front::Counted(count, first) => return counted(scene, unit, count, first, at),
        // "the first days of January"
        Front::Ordinal(1, first) if is_plural && unit < Unit::Quarter => {
            let (time, end) = within::longer(scene, end)?;
            let time = time.modified(Some(TimexMod::Start));
            return Some(Read::new(first, end, time, "date.within"));
        }
        Front::Ordinal(nth, first) => return ordinal(scene, unit, nth, first, at),
        Front::Deictic(by, first) => deictic(scene, unit, by, first, end, is_plural)?,
        Front::Stretch(side, count, first) => stretch(scene, unit, side, count, first, end),
        Front::Anaphor(by, first) => anaphor(scene, unit, by, first, end)?,
        Front::The(first) if is_plural => return lengths::beside_event(scene, unit, first, end),
        Front::The(first) => match range::from_date(scene, unit, Some(10), first, end)
            .filter(|_| unit == Unit::Day)
        {
            Some(read) => read,
            None => the(scene, unit, is_plural, first, end)?,
        },
        Front::Bare => {
            if let Some(read) = within::edge_of(scene, unit, at, free)
                .filter(|_| !is_plural)
                .or_else(|| edge(scene, unit, is_plural, at, free))
                .or_else(|| middle(scene, unit, at, free).filter(|_| !is_plural))
                .or_else(|| whole(scene, unit, is_plural, at, free))
            {
                return Some(read);
            }
            // "at weekends", "nights and weekends"
            if unit == Unit::Weekend
                && is_plural
                && at > 0
                && scene.is_any(at - 1, &["at", "on", "during", "all", "and"])
            {
                let all = scene.before(at, free).filter(|all| scene.is(*all, "all"));
                let when = When::Every(Recurrence::Unit { count: 1, unit, times: 0 });
                let first = all.unwrap_or(at);
                return Some(Read::new(first, end, TimeValue::new(when), "date.unit.every"));
            }
            if unit == Unit::Week
                && let Some(read) = within::week_number(scene, at, end)
            {
                return Some(read);
            }
            let hangs = lengths::hangs(scene, unit, at);
            // "3.9 billion years ago": a count that no date reaches.
            let is_counted = at > 0
                && scene.token(at - 1).is_some_and(|before| {
                    before.kind == TokenKind::Number || before.is(Tags::NUMBER | Tags::SCALE)
                });
            if !is_plural
                || is_counted
                || !hangs
                || matches!(unit, Unit::Second | Unit::Minute | Unit::Quarter | Unit::Weekend)
            {
                return None;
            }
            return counted(scene, unit, None, at, at);
        }
    };
    Some(read)
}

/// "end of month", "start of year": written without articles.
fn edge(scene: &Scene<'_>, unit: Unit, is_plural: bool, at: usize, free: usize) -> Option<Read> {
    let of = scene.before(at, free)?;
    let is_edge = !is_plural
        && unit >= Unit::Week
        && unit <= Unit::Year
        && scene.is(of, "of")
        && scene
            .before(of, free)
            .is_some_and(|edge| scene.is_any(edge, &["end", "start", "beginning", "middle"]));
    is_edge.then(|| {
        let time =
            scene.relative(When::Present, |today| Some(When::At(Calendar::holding(today, unit))));
        Read::new(at, at + 1, time, "date.unit.edge")
    })
}

/// "by mid-year", "in mid-week": of the one that the direction gives; "the mid-year review" is no time.
fn middle(scene: &Scene<'_>, unit: Unit, at: usize, free: usize) -> Option<Read> {
    let mid = at.checked_sub(2).filter(|mid| *mid >= free && scene.is(*mid, "mid"))?;
    let is_one = scene.kind(mid + 1) == Some(TokenKind::Hyphen) && scene.is_joined(at);
    let fits = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century);
    let is_end = scene.token(at + 1).is_none_or(|next| !next.is_word() || next.is(NO_NOUN));
    if !is_one || !fits || !is_end {
        return None;
    }
    let direction = scene.direction(at, at + 1);
    let time = scene.relative(When::Present, |today| {
        let now = Calendar::holding(today, unit);
        let (first, after) = (now.first()?, now.after()?);
        let gone = 2 * (today - first).get_days() - (after - first).get_days();
        Some(When::At(match direction {
            Direction::Future if gone > 0 => now.plus(1)?,
            Direction::Past if gone < 0 => now.plus(-1)?,
            _ => now,
        }))
    });
    Some(Read::new(at, at + 1, time, "date.unit.middle"))
}

/// "all day", "all week": one of the unit.
fn whole(scene: &Scene<'_>, unit: Unit, is_plural: bool, at: usize, free: usize) -> Option<Read> {
    let all = scene.before(at, free).filter(|all| scene.is(*all, "all"))?;
    (!is_plural && unit >= Unit::Day).then(|| {
        Read::new(all, at + 1, TimeValue::new(When::Length(Some(10), unit, None)), "date.length")
    })
}

/// "three months", "a year", "two weeks ago", "a year earlier", "five days later", "three years from now".
fn counted(scene: &Scene<'_>, unit: Unit, count: Count, first: usize, at: usize) -> Option<Read> {
    let end = at + 1;
    // "a second", "one second": an idiom more often than a time; "a minute" is kept.
    if unit == Unit::Second && count == Some(10) {
        return None;
    }
    // "twice a year", "once a week", "three times a month"
    if count == Some(10)
        && scene.is_any(first, &["a", "an"])
        && let Some((often, times)) = how_often(scene, first)
    {
        let when = When::Every(Recurrence::Unit { count: 1, unit, times });
        return Some(Read::new(often, end, TimeValue::new(when), "date.unit.often"));
    }
    // "some day" is no length.
    if count.is_none() && scene.is(first, "some") && !scene.text(at).ends_with(['s', 'S']) {
        return None;
    }
    let is_one = count == Some(10) && scene.is_any(first, &["a", "an"]);
    // "a once-a-decade flood"
    if is_one
        && let Some(once) =
            first.checked_sub(2).filter(|once| scene.is_any(*once, &["once", "twice"]))
        && scene.kind(first - 1) == Some(TokenKind::Hyphen)
    {
        let times = 1 + u8::from(scene.is(once, "twice"));
        let when = When::Every(Recurrence::Unit { count: 1, unit, times });
        return Some(Read::new(once, end, TimeValue::new(when), "date.unit.often"));
    }
    if is_one && let Some(read) = lengths::quarter_of(scene, unit, first, end) {
        return Some(read);
    }
    // "$1.76 a year", "700 seats a week", "24 hours a day": a rate.
    if is_one
        && is_rate(scene, first)
        && !scene.is_any(end, &["ago", "earlier", "later", "before", "after"])
    {
        return None;
    }
    // "seven days a week", "24 hours a day": how often, no length.
    if scene.is_any(end, &["a", "per", "each"])
        && scene.token(end + 1).is_some_and(|longer| longer.is(Tags::TIME_UNIT))
        && !scene.is_any(end + 2, &["ago", "earlier", "later", "before", "after"])
    {
        return None;
    }
    // "a day of joy", "at 42 minutes past the hour"
    if is_one && unit == Unit::Day && scene.is(end, "of")
        || unit == Unit::Minute && scene.is(end, "past") && scene.is_any(end + 1, &["the", "each"])
    {
        return None;
    }
    // "one day" is some day to come, or a story's.
    if unit == Unit::Day
        && scene.is(first, "one")
        && first + 1 == at
        && !scene.is_any(end, &["ago", "earlier", "later", "before", "after"])
    {
        return (scene.nearest_left(first) == Direction::Future)
            .then(|| Read::new(first, end, TimeValue::new(When::Future), "date.one-day"));
    }
    // "quarter" and "half" with a count are parts of things: "three quarter-point cuts".
    if unit == Unit::Quarter && (count == Some(10) || scene.is_any(end + 1, &["point", "points"])) {
        return None;
    }
    if let Some(read) = lengths::sum(scene, unit, count, first, end)
        .or_else(|| lengths::and_quarters(scene, unit, count, first, end))
    {
        return Some(read);
    }
    if is_one && let Some(read) = lengths::to_longer(scene, unit, first, end) {
        return Some(read);
    }
    let number = count.map(|tenths| i32::try_from(tenths / 10).unwrap_or(i32::MAX));
    let (count, end) = tail(scene, unit, count, end);
    let number =
        if end > at + 1 && count.is_some_and(|tenths| tenths % 10 != 0) { None } else { number };
    // "in two weeks' time"
    let apostrophe = usize::from(
        scene.is_any(end, &["'s", "’s"])
            || matches!(scene.kind(end), Some(TokenKind::Apostrophe | TokenKind::CloseSingleQuote)),
    );
    let is_times = apostrophe == 1 && scene.is(end + 1, "time");
    if is_times
        && first > 0
        && scene.is(first - 1, "in")
        && let Some(number) = number
    {
        let time = scene.relative(When::Future, |today| ago_when(scene, today, unit, number));
        return Some(Read::new(first, end + 2, time, "date.unit.ahead"));
    }
    // "in the six months to March"
    let is_led = first > 0
        && (scene.is(first, "the")
            || scene.is_any(first - 1, &["in", "for", "over", "during", "the"]));
    if is_led
        && let Some(read) = reach::up_to(scene, unit, count, first, end)
            .or_else(|| reach::to_quarter(scene, unit, count, first, end))
    {
        return Some(read);
    }
    // "40 minutes later this week" is a length in that week.
    let is_of_unit = scene.is_any(end, &["earlier", "later"])
        && scene.is_any(end + 1, &["this", "in"])
        && scene.token(end + 2).is_some_and(|next| next.is(Tags::TIME_UNIT | Tags::DETERMINER));
    if is_of_unit {
        return Some(Read::new(
            first,
            end,
            TimeValue::new(When::Length(count, unit, None)),
            "date.length",
        ));
    }
    if let Some(read) = range::from_date(scene, unit, count, first, end) {
        return Some(read);
    }
    let ago = scene.is(end, "ago") || lengths::is_back(scene, first, end);
    // "a week ago today", "a year ago to the day": that day.
    let to_the_day =
        scene.is(end + 1, "to") && scene.is(end + 2, "the") && scene.is(end + 3, "day");
    if ago
        && (scene.is(end + 1, "today") || to_the_day)
        && unit >= Unit::Day
        && let Some(number) = number
    {
        let time = scene.relative(When::Past, |today| {
            Some(When::At(unit.shift(today, number.checked_neg()?)?.into()))
        });
        let end = end + if to_the_day { 4 } else { 2 };
        return Some(Read::new(first, end, time, "date.unit.ago"));
    }
    // "four years ago this month": of as fine a unit.
    if ago
        && scene.is(end + 1, "this")
        && let Some((finer, false)) =
            scene.token(end + 2).and_then(|token| scene.lexicon.times.unit.of(token)).copied()
        && matches!(finer, Unit::Week | Unit::Month)
        && finer < unit
        && let Some(number) = number
    {
        let time = scene.relative(When::Past, |today| {
            let day = unit.shift(today, number.checked_neg()?)?;
            Some(When::At(Calendar::holding(day, finer)))
        });
        return Some(Read::new(first, end + 3, time, "date.unit.ago"));
    }
    if ago
        && let Some(number) = number.filter(|_| unit == Unit::Week)
        && let Some(read) = weekday_of::weeks_ago(scene, number, first, end + 1)
    {
        return Some(read);
    }
    // "an hour and a half ago", "two and a half years ago"
    let halves = count.filter(|tenths| tenths % 10 == 5);
    let (unit, number) = match halves.map(|tenths| in_finer(unit, tenths)) {
        Some((finer, Some(number))) if ago => (finer, Some(number)),
        _ => (unit, number),
    };
    // "in half an hour", "in two and a half years"
    let (finer, whole) = match halves.map(|tenths| in_finer(unit, tenths)) {
        Some((finer, Some(whole))) => (finer, Some(whole)),
        Some(_) => (unit, None),
        None => (unit, number),
    };
    if ago {
        let time = match number {
            // "2,000 years ago" is no year, "some 66 million years ago" no date.
            Some(number) if unit == Unit::Year && number >= 1000 && number % 100 == 0 => {
                let far = if number < 10_000 { Unit::Century } else { Unit::Millennium };
                let time = scene.relative(When::Past, |today| {
                    let unit = Calendar::holding(unit.shift(today, -number)?, far);
                    unit.first().map(|_| When::At(unit))
                });
                let is_known = matches!(time.when, When::At(_));
                time.modified(is_known.then_some(TimexMod::Approx))
            }
            Some(number) => {
                scene.relative(When::Past, |today| ago_when(scene, today, unit, -number))
            }
            None => TimeValue::new(When::Past),
        };
        // In a company's results, a year ago is the same quarter of the year before.
        let time = if unit == Unit::Year && count == Some(10) && is_of_results(scene) {
            year_ago(scene)
        } else {
            time
        };
        return Some(Read::new(first, end + 1, time, "date.unit.ago"));
    }
    if let Some(read) = lengths::aside(scene, first, end) {
        return Some(read);
    }
    // "Twenty years on, a centre opened"
    let is_on = scene.is(end, "on")
        && scene.kind(end + 1) == Some(TokenKind::Comma)
        && unit >= Unit::Day
        && is_anchored(scene, unit);
    if is_on || scene.is_any(end, &["earlier", "before", "later", "after", "previously"]) {
        let is_later = is_on || scene.is_any(end, &["later", "after"]);
        // "two days before the vote" hangs on an event, "a century earlier than thought" on what was thought.
        let hangs = scene.is(end + 1, "than")
            || scene.is_any(end, &["before", "after"])
                && scene
                    .token(end + 1)
                    .is_some_and(|next| next.is_word() || next.kind == TokenKind::Number);
        // "an hour later" in a story is after what was told, not after publication; and so it is behind a time of a day.
        let is_told = unit <= Unit::Hour
            && (scene.timed.is_some()
                || scene.memory.day_zone.is_some() && scene.sentence - scene.memory.day_in <= 1
                || scene.direction(first, end + 1) == Direction::Past);
        // "two days later, she resigned", where no day was told before: not a day to come.
        let is_told = is_told
            || is_later
                && !is_anchored(scene, unit)
                && scene.direction(first, end + 1) == Direction::Past;
        if !hangs
            && !is_told
            && let Some(number) = number
        {
            let by = if is_later { number } else { -number };
            // "£265m twelve months before": in a company's results the same as a year.
            let (unit, by) = match (unit, number) {
                (Unit::Month, 12) if is_of_results(scene) => (Unit::Year, by / 12),
                _ => (unit, by),
            };
            let time = match lengths::told_behind(scene, unit, end + 1) {
                Some(time) => time,
                None => from_memory_told(scene, unit, by, first, end + 1),
            };
            return Some(Read::new(first, end + 1, time, "date.unit.later"));
        }
    }
    let is_from_now = scene.is(end, "from") && scene.is_any(end + 1, &["now", "today"]);
    if (is_from_now || scene.is(end, "hence"))
        && let Some(number) = whole
    {
        let time = scene.relative(When::Future, |today| ago_when(scene, today, finer, number));
        let end = end + 1 + usize::from(is_from_now);
        return Some(Read::new(first, end, time, "date.unit.from-now"));
    }
    // "will be redeemed in five years": the point at its end, when it is no finer than said.
    let is_ahead = first.checked_sub(1).is_some_and(|before| scene.is(before, "in"))
        && (scene.nearest_left(first) == Direction::Future
            // "In two weeks, they will have sold 1,000."
            || first == 1 && scene.direction(first, end) == Direction::Future
            // "The next meeting is in two weeks."
            || scene.is_any(first.wrapping_sub(2), &["is", "are"])
            || lengths::is_asked(scene, first))
        && !scene.is_any(first.saturating_sub(2), &["time", "once", "twice"])
        // "in five working days": weekends lie between.
        && !scene.is_any(at - 1, &["working", "business", "trading"]);
    if is_ahead
        && unit > Unit::Second
        && scene.today().is_some()
        && let Some(number) = whole
    {
        // "in a year or two"
        let is_two = end > at + 1 && scene.is(end - 1, "two");
        let time = scene.relative(When::Future, |today| {
            let near = ago_when(scene, today, finer, number)?;
            match (near, ago_when(scene, today, finer, number + 1)?) {
                (When::At(near), When::At(far)) if is_two => {
                    Some(When::Between(Some(near), Some(far)))
                }
                _ => Some(near),
            }
        });
        return Some(Read::new(first, end, time, "date.unit.ahead"));
    }
    Some(Read::new(first, end, reach::ended(scene, unit, count, end), "date.length"))
}

/// "14p less than a month ago", "20 minutes late on Tuesday": of a modifier at `at`, whether it says by how much another thing differs.
pub(super) fn is_difference(scene: &Scene<'_>, rule: &str, at: usize) -> bool {
    // "Rwanda" only begins a word of money.
    let is_amount = |token: &Token| {
        token.kind == TokenKind::Number
            || token.is(Tags::UNIT | Tags::MONEY | Tags::NUMBER) && !token.has(flags::CAPITAL)
    };
    let before = at.checked_sub(1).and_then(|before| scene.token(before));
    rule == "date.unit.ago" && before.is_some_and(is_amount)
        || scene.is_any(at, &["late", "early"])
            && before
                .is_some_and(|unit| unit.is(Tags::TIME_UNIT) && unit.ends_with(scene.content, "s"))
}

/// "once", "twice", "three times" before `first`, and where it begins.
pub(super) fn how_often(scene: &Scene<'_>, first: usize) -> Option<(usize, u8)> {
    let word = first.checked_sub(1)?;
    if scene.is(word, "once") {
        return Some((word, 1));
    }
    if scene.is(word, "twice") {
        return Some((word, 2));
    }
    let number = word.checked_sub(1).filter(|_| scene.is(word, "times"))?;
    let read = number::small(scene.lexicon, scene.content, scene.rest(number))
        .filter(|read| read.len == 1)?;
    Some((number, u8::try_from(read.value).ok()?))
}

/// What may follow a count and its unit, inside the mention: "and a half", "or two", "or so", "-long", "or months".
fn tail(scene: &Scene<'_>, unit: Unit, count: Count, end: usize) -> (Count, usize) {
    if scene.is(end, "and") && scene.is(end + 1, "a") && scene.is(end + 2, "half") {
        return (count.map(|tenths| tenths + 5), end + 3);
    }
    if scene.is(end, "or") && scene.is_any(end + 1, &["so", "two", "more", "less"]) {
        return (count, end + 2);
    }
    if scene.kind(end) == Some(TokenKind::Hyphen)
        && scene.is_joined(end + 1)
        && scene.is(end + 1, "long")
    {
        return (count, end + 2);
    }
    let is_other_unit = count.is_none()
        && scene.is_any(end, &["or", "and"])
        && scene
            .token(end + 1)
            .and_then(|token| scene.lexicon.times.unit.of(token))
            .is_some_and(|(other, is_plural)| *is_plural && *other > unit);
    if is_other_unit {
        return (count, end + 2);
    }
    (count, end)
}

/// Whether "a year" at `first` says of an amount how often it comes: "$1.76 a year", "700 seats a week".
pub(super) fn is_rate(scene: &Scene<'_>, first: usize) -> bool {
    let amount = |at: usize| {
        scene.token(at).is_some_and(|token| {
            token.kind == TokenKind::Number
                || token.is(Tags::NUMBER
                    | Tags::SCALE
                    | Tags::CURRENCY
                    | Tags::UNIT
                    | Tags::TIME_UNIT)
                    && !token.is(Tags::PREPOSITION | Tags::DETERMINER)
        })
    };
    let plural = |at: usize| {
        scene.token(at).is_some_and(|token| token.is_word() && !token.is(Tags::PREPOSITION))
            && scene.text(at).ends_with('s')
    };
    // "50,000 naira a month", "12 people a day"
    let noun = |at: usize| {
        scene.token(at).is_some_and(|token| {
            token.is_word()
                && !token.is(Tags::PREPOSITION
                    | Tags::CONJUNCTION
                    | Tags::DETERMINER
                    | Tags::AUXILIARY
                    | Tags::MODAL
                    | Tags::PAST_VERB
                    | Tags::VERB
                    | Tags::ADVERB
                    | Tags::MONTH
                    | Tags::TIME)
        })
    };
    first > 0 && amount(first - 1)
        || first > 1 && noun(first - 1) && amount(first - 2)
        || first > 2
            && (plural(first - 1) || noun(first - 1) && scene.is(first - 2, "of"))
            && amount(first - 3)
}
