//! Days by their number in a month that is not named: "on the 14th", "the 5th of next month", "the 1st of each month".

use super::{Direction, NO_NOUN, Read, Scene, TO};
use crate::fact::time::{Calendar, Part, Recurrence, Unit, When};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::TokenKind;

/// "the 5th of next month", "the 21st of the month", "the 1st of each month".
fn of_month(scene: &Scene<'_>, the: usize, day: u32, end: usize) -> Option<Read> {
    if !scene.is(end, "of") || !scene.is(end + 2, "month") {
        return None;
    }
    if scene.is_any(end + 1, &["each", "every"]) {
        let when = When::Every(Recurrence::Unit { count: 1, unit: Unit::Month, times: 0 });
        return Some(Read::new(the, end + 3, TimeValue::new(when), "date.day.every"));
    }
    let by = match scene.lower(end + 1).as_str() {
        "last" => -1,
        "this" | "the" => 0,
        "next" => 1,
        _ => return None,
    };
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let time = scene.relative(When::Past, |today| {
        let first = Calendar::holding(today, Unit::Month).plus(by)?.first()?;
        Calendar::day(first.year(), first.month(), day).map(When::At)
    });
    (time.resolution == Resolution::FromPublishTime)
        .then(|| Read::new(the, end + 3, time, "date.day.of-month"))
}

/// "the first of the month", with "month" at `at`: what of its ordinal is a word is no trigger.
pub(super) fn in_words(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let of = at.checked_sub(2).filter(|of| scene.is(*of, "of"))?;
    for length in [3, 1] {
        let Some(first) = of.checked_sub(length).filter(|first| *first > free) else { continue };
        let read = number::ordinal(scene.lexicon, scene.content, scene.rest(first))
            .filter(|read| read.len == length && scene.kind(first) == Some(TokenKind::Word));
        if let Some(read) = read
            && scene.is(first - 1, "the")
        {
            return of_month(scene, first - 1, read.value, of);
        }
    }
    None
}

/// "was arrested on 12 November 2021 … was charged on the 19th": the next such day behind one that was told shortly before and lies
/// months back.
fn of_story(scene: &Scene<'_>, day: i8) -> Option<TimeValue> {
    let (told, fact) = scene.memory.day.filter(|_| scene.sentence - scene.memory.day_in <= 2)?;
    let (from, today) = (told.first()?, scene.today()?);
    if (today - from).get_days() < 60 {
        return None;
    }
    let month = Calendar::month(from.year(), from.month());
    let month = month.plus(i32::from(day < from.day()))?.first()?;
    let when = When::At(Calendar::day(month.year(), month.month(), day)?);
    let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
    Some(TimeValue { anchor: Some(fact), ..time })
}

/// "on the 14th", "by the 1st": a day of the month of publication, or of the one next to it that the direction gives.
pub(super) fn number(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let the = scene.before(at, free).filter(|the| scene.is(*the, "the"))?;
    if let Some(read) = number::ordinal(scene.lexicon, scene.content, scene.rest(at))
        && let Some(read) = of_month(scene, the, read.value, at + read.len)
    {
        return Some(read);
    }
    let preposition = scene.before(the, 0)?;
    let is_led = scene
        .is_any(preposition, &["on", "by", "until", "till", "from", "since", "before", "after"])
        // "from tomorrow to the 12th"
        || scene.last.is_some_and(|(end, ..)| end == preposition) && scene.is_any(preposition, TO)
        // "the night of the 9th"
        || preposition > 0
            && scene.is(preposition, "of")
            && scene
                .token(preposition - 1)
                .is_some_and(|part| part.is(Tags::TIME) || scene.is(preposition - 1, "week"));
    if !is_led {
        return None;
    }
    let read = number::ordinal(scene.lexicon, scene.content, scene.rest(at))
        .filter(|read| read.len == 2)?;
    let end = at + read.len;
    // "from the 9th to the 17th of April" is read from its month.
    let to = end + 1 + usize::from(scene.is(end + 1, "the"));
    let is_mark = scene.is_any(end, TO) || scene.is(end, "and");
    if is_mark
        && let Some(last) = number::ordinal(scene.lexicon, scene.content, scene.rest(to))
        && let month = to + last.len + usize::from(scene.is(to + last.len, "of"))
        && scene.token(month).is_some_and(|next| {
            // "from the 5th to the 17th hole"
            next.is(Tags::MONTH) || next.is_word() && !next.is(NO_NOUN)
        })
    {
        return None;
    }
    // "on the 5th floor", "on the 14th hole"
    let is_noun = scene.token(end).is_some_and(|next| {
        next.kind == TokenKind::Hyphen
            || next.is_word()
                && !next.is(Tags::PREPOSITION
                    | Tags::CONJUNCTION
                    | Tags::AUXILIARY
                    | Tags::MODAL
                    | Tags::PRONOUN
                    | Tags::DETERMINER)
            || scene.is(end, "of")
            || next.is_capital()
    });
    if is_noun {
        return None;
    }
    let day = i8::try_from(read.value).ok().filter(|day| (1..=31).contains(day))?;
    // "Late September 2021: a pipe burst on the night of the 28th"
    if let Some((_, Calendar { year, part: Part::Month(month) }, fact)) = scene.last
        && let Some(day) = Calendar::day(year, month, day)
    {
        let time = TimeValue::new(When::At(day)).resolved(Resolution::FromAnotherMention);
        let time = TimeValue { anchor: Some(fact), ..time };
        return Some(Read::new(the, end, time, "date.day.number"));
    }
    // "will close on 24 December and reopen on the 27th"
    if let Some((_, Calendar { year, part: Part::Day(month, told) }, fact)) = scene.last
        && told < day
        && let Some(day) = Calendar::day(year, month, day)
    {
        let time = TimeValue::new(When::At(day)).resolved(Resolution::FromAnotherMention);
        let time = TimeValue { anchor: Some(fact), ..time };
        return Some(Read::new(the, end, time, "date.day.number"));
    }
    let direction = scene.direction(the, end);
    scene.today()?;
    if direction == Direction::Past
        && let Some(time) = of_story(scene, day)
    {
        return Some(Read::new(the, end, time, "date.day.number"));
    }
    let time = scene.relative(When::Past, |today| {
        let month = Calendar::month(today.year(), today.month());
        let by = match direction {
            Direction::Past if day > today.day() => -1,
            Direction::Future if day < today.day() => 1,
            Direction::Past | Direction::Future | Direction::Open => 0,
        };
        let first = month.plus(by)?.first()?;
        Calendar::day(first.year(), first.month(), day).map(When::At)
    });
    (time.resolution == Resolution::FromPublishTime)
        .then(|| Read::new(the, end, time, "date.day.number"))
}
