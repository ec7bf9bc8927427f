//! Words of time: "today", "recently", "last summer", "daily", "noon".

use super::anaphor::last_quarter;
use super::decade::is_of_degrees;
use super::point::point;
use super::{NO_NOUN, Read, Scene, clock, part, season, unit};
use crate::fact::time::{Calendar, Clock, Part, PartOfDay, Recurrence, Unit, When, Zone};
use crate::fact::{Resolution, TimeValue, TimexMod};
use crate::lexicon::{Tags, TimeWord};
use crate::token::{TokenKind, Words, flags};

/// A word of time with what belongs to it.
pub(super) fn word(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let found = scene.lexicon.times.word.at(scene.rest(at))?;
    let end = at + found.len;
    match *found.value {
        TimeWord::Season(season) => {
            let is_south = scene.region.is_some_and(|region| region.is_southern());
            season::season(scene, at, free, if is_south { season.southern() } else { season })
        }
        // "night-time" is one word of three tokens.
        TimeWord::PartOfDay(part) => part::part_of_day(scene, at, free, part)
            .map(|read| Read { end: if read.end == at + 1 { end } else { read.end }, ..read }),
        TimeWord::Day(days) => {
            // "the Today programme", "USA Today": a capital behind a word.
            let is_name = scene.token(at).is_some_and(|token| token.has(flags::CAPITAL))
                && at > 0
                && scene.token(at - 1).is_some_and(|before| before.is_word());
            if is_name {
                return None;
            }
            if is_of_an_age(scene, at, end) {
                return None;
            }
            // "tomorrow week", but "tomorrow week-long talks begin"
            let is_week = days == 1
                && scene.is(end, "week")
                && scene.token(end + 1).is_none_or(|next| {
                    !next.is_word() && next.kind != TokenKind::Hyphen || next.is(NO_NOUN)
                });
            let (days, end) = if is_week { (days + 7, end + 1) } else { (days, end) };
            let time = scene.relative(
                if days == 0 {
                    When::Present
                } else if days < 0 {
                    When::Past
                } else {
                    When::Future
                },
                |today| {
                    Some(When::At(today.checked_add(jiff::Span::new().days(days)).ok()?.into()))
                },
            );
            Some(Read::new(at, end, time, "date.word.day"))
        }
        TimeWord::Tonight => Some(Read::new(
            at,
            end,
            clock::of_day(scene, Clock::Part(PartOfDay::Night)),
            "date.word.tonight",
        )),
        TimeWord::Weekdays => weekdays(scene, at, free),
        TimeWord::Moment => moment(scene, at, end),
        TimeWord::Decade(tens) => decade(scene, at, free, tens),
        TimeWord::Past => {
            if scene.is(at, "past") {
                if scene.kind(end) == Some(TokenKind::Number) {
                    return None;
                }
                // "the past few weeks"
                if scene.lexicon.times.vague.at(scene.rest(end)).is_some() {
                    return None;
                }
                let the = scene.before(at, free).filter(|the| scene.is(*the, "the"))?;
                let is_noun = scene.token(end).is_none_or(|next| {
                    !next.is_word()
                        || next.is(Tags::PREPOSITION
                            | Tags::CONJUNCTION
                            | Tags::AUXILIARY
                            | Tags::PRONOUN
                            | Tags::RELATIVE
                            | Tags::DETERMINER)
                });
                return is_noun
                    .then(|| Read::new(the, end, TimeValue::new(When::Past), "date.word.past"));
            }
            // "as recently as 2023" is of that year.
            if scene.is(end, "as") && at > 0 && scene.is(at - 1, "as") {
                return None;
            }
            let first = scene
                .before(at, free)
                .filter(|more| scene.is(at, "recently") && scene.is(*more, "more"))
                .unwrap_or(at);
            Some(Read::new(first, end, TimeValue::new(When::Past), "date.word.past"))
        }
        TimeWord::Present => {
            // "the current quarter" is of its unit.
            let fiscal = usize::from(scene.is_any(end, &["fiscal", "financial", "calendar"]));
            let is_of_unit = scene.is(at, "current")
                && scene.token(end + fiscal).is_some_and(|next| next.is(Tags::TIME_UNIT));
            (!is_of_unit).then(|| {
                let first = scene
                    .before(at, free)
                    .filter(|right| scene.is(at, "now") && scene.is(*right, "right"))
                    .unwrap_or(at);
                Read::new(first, end, TimeValue::new(When::Present), "date.word.present")
            })
        }
        TimeWord::Future => {
            let the = scene.before(at, free).filter(|the| scene.is(*the, "the"))?;
            Some(Read::new(the, end, TimeValue::new(When::Future), "date.word.future"))
        }
        TimeWord::Recurrence(count, unit) => {
            // "the Daily Mail", "Weekly Standard": names.
            let next_is_name =
                scene.token(end).is_some_and(|next| next.is_capital() && !next.has(flags::LINE));
            // "the Communist Party daily Granma", "the weekly Die Zeit"
            let is_paper = next_is_name
                && at > 0
                && scene.token(at - 1).is_some_and(|before| {
                    before.is_capital() || scene.is_any(at - 1, &["the", "newspaper"])
                });
            let is_name = is_paper
                || scene.token(at).is_some_and(|token| token.has(flags::CAPITAL))
                    && at > 0
                    && (scene.token(at + 1).is_some_and(|next| next.is_capital())
                        || scene.token(at - 1).is_some_and(|before| before.is_capital()));
            // "a quarterly dividend" is a kind of dividend, "everyday life" a kind of life.
            let describes = scene.is_any(at, &["quarterly", "everyday", "semiannual", "half"])
                && scene.token(end).is_some_and(|next| {
                    next.is_word() && !next.is(Tags::PREPOSITION | Tags::CONJUNCTION)
                })
                // what is held or done so often
                && !scene.is_any(end, &["meeting", "meetings", "review", "reviews", "visits"]);
            // "10,000 units annually", "rise 8% annually" are rates, as "8% a year" is.
            let is_rate = scene.text(at).ends_with("ly")
                && scene.token(end).is_none_or(|next| !next.is_word() || next.is(NO_NOUN))
                && !scene.token(at.wrapping_sub(1)).is_some_and(|half| half.is(Tags::CLOCK))
                && !scene.is_any(at.wrapping_sub(2), &["at", "to", "until"])
                && unit::is_rate(scene, at);
            let when = When::Every(Recurrence::Unit { count, unit, times: 0 });
            if is_name || describes || is_rate {
                return None;
            }
            // "half-hourly"
            let half =
                scene.before(at, free).and_then(|mark| scene.before(mark, free)).filter(|half| {
                    scene.kind(*half + 1) == Some(TokenKind::Hyphen) && scene.is(*half, "half")
                });
            if let Some(half) = half {
                let when =
                    When::Every(Recurrence::Unit { count: 30, unit: Unit::Minute, times: 0 });
                let is_hour = count == 1 && unit == Unit::Hour;
                return is_hour
                    .then(|| Read::new(half, end, TimeValue::new(when), "date.word.set"));
            }
            // "twice daily", "three times weekly", "the twice-weekly paper"
            let mark = usize::from(at > 0 && scene.kind(at - 1) == Some(TokenKind::Hyphen));
            let (first, when) =
                match unit::how_often(scene, at - mark).filter(|(often, _)| *often >= free) {
                    Some((often, times)) => {
                        (often, When::Every(Recurrence::Unit { count, unit, times }))
                    }
                    None => (at, when),
                };
            Some(Read::new(first, end, TimeValue::new(when), "date.word.set"))
        }
        TimeWord::Hour(hour) => {
            let follows = scene.before(at, 0).is_none_or(|before| {
                scene.is_any(
                    before,
                    &[
                        "at", "by", "until", "till", "before", "after", "around", "from", "since",
                        "and", "to", "shortly", "about", "past",
                    ],
                )
            });
            follows.then(|| {
                // "noon EST"
                let point = point(scene, at).filter(|point| point.zone != Zone::Local);
                let (zone, end) = point.map_or((Zone::Local, end), |point| (point.zone, point.end));
                let clock = Clock::Time(hour, Some(0), None, zone);
                let time = clock::of_day_timed(scene, clock)
                    .or_else(|| clock::of_day_told(scene, clock, at, end))
                    .unwrap_or_else(|| clock::of_day(scene, clock));
                let about = scene.is(at, "noonish").then_some(TimexMod::Approx);
                Read::new(at, end, time.modified(about), "date.clock.word")
            })
        }
        TimeWord::Edge(unit) => {
            // "EOD" in capitals, "by eod" in a note.
            let is_here = scene.token(at).is_some_and(|token| token.has(flags::UPPER))
                || at > 0 && scene.is_any(at - 1, &["by", "before", "until", "at"]);
            let first = scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
            let time = scene
                .relative(When::Present, |today| Some(When::At(Calendar::holding(today, unit))));
            is_here
                .then(|| Read::new(first, end, time.modified(Some(TimexMod::End)), "date.unit.end"))
        }
        TimeWord::Half => half(scene, at, free),
        TimeWord::Period => {
            let time = match scene.memory.quarter.filter(|(quarter, _)| {
                // The quarter that was named, unless that was one of a year before.
                scene
                    .today()
                    .is_none_or(|today| quarter.year >= today.year() - i16::from(today.month() < 4))
            }) {
                Some((calendar, fact)) => TimeValue {
                    anchor: Some(fact),
                    ..TimeValue::new(When::At(calendar)).resolved(Resolution::FromAnotherMention)
                },
                None => last_quarter(scene),
            };
            let first = scene.before(at, free).filter(|the| scene.is(*the, "the")).unwrap_or(at);
            Some(Read::new(first, end, time, "date.period"))
        }
    }
}

/// "today's world", "the leaders of tomorrow", "the children of today": of no day.
fn is_of_an_age(scene: &Scene<'_>, at: usize, end: usize) -> bool {
    let is_it = |at: usize| scene.token(at).is_some_and(|word| OF_AN_AGE.hold(scene.content, word));
    let has = scene.is_any(end, &["'s", "’s"]) && (is_it(end + 1) || is_it(end + 2));
    has || at > 1 && scene.is(at - 1, "of") && (scene.is(at - 2, "those") || is_it(at - 2))
}

/// What an age has: "today's youth".
static OF_AN_AGE: Words<34> = Words::new([
    "world",
    "society",
    "youth",
    "generation",
    "generations",
    "children",
    "kids",
    "teenagers",
    "students",
    "parents",
    "families",
    "people",
    "leaders",
    "workers",
    "consumers",
    "women",
    "men",
    "money",
    "dollars",
    "pounds",
    "euros",
    "standards",
    "technology",
    "computers",
    "cars",
    "cities",
    "culture",
    "economy",
    "climate",
    "jobs",
    "young",
    "politics",
    "readers",
    "voters",
]);

/// "every weekday", "on weekdays".
fn weekdays(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let every =
        scene.before(at, free).filter(|every| scene.is_any(*every, &["every", "each", "all"]));
    let is_plural = scene.is(at, "weekdays");
    // "on weekday mornings"
    if every.is_none()
        && !is_plural
        && let Some(found) = scene.lexicon.times.word.at(scene.rest(at + 1))
        && let TimeWord::PartOfDay(part) = *found.value
        && scene.text(at + 1).ends_with('s')
    {
        let when = When::Every(Recurrence::Weekdays(Some(Clock::Part(part))));
        return Some(Read::new(at, at + 2, TimeValue::new(when), "date.weekdays"));
    }
    // "a weekday", "weekday mornings"; "five weekdays"
    let is_counted = at > 0
        && scene.token(at - 1).is_some_and(|before| {
            before.kind == TokenKind::Number || before.is(Tags::NUMBER | Tags::VAGUE_COUNT)
        });
    let when = When::Every(Recurrence::Weekdays(None));
    (every.is_some() || is_plural && !is_counted)
        .then(|| Read::new(every.unwrap_or(at), at + 1, TimeValue::new(when), "date.weekdays"))
}

/// "the nineties", "the early sixties"; of a person ("in her sixties") they are an age.
fn decade(scene: &Scene<'_>, at: usize, free: usize, tens: i8) -> Option<Read> {
    let mut the = scene.before(at, free)?;
    // "in the sixties and seventies"
    let goes_on = scene.last.is_some_and(|(end, last, _)| {
        end == the && last.part == Part::Decade && scene.is_any(the, &["and", "or", "to"])
    });
    if goes_on {
        let part = Calendar::part(1900 + i16::from(tens), Part::Decade);
        return Some(Read::new(at, at + 1, TimeValue::new(When::At(part)), "date.decade.words"));
    }
    if scene.is_any(the, &["early", "late", "mid", "nineteen", "roaring", "swinging"]) {
        the = scene.before(the, free)?;
    }
    // "the temperature was in the nineties" is of degrees, and few things are told of the twenties of this century so.
    // "in nineties Britain"
    let is_led = scene.is(the, "the")
        || scene.is(the, "in") && scene.token(at + 1).is_none_or(|next| next.is_capital());
    if !is_led || scene.is_any(at + 1, &["degrees", "percent"]) || is_of_degrees(scene, the) {
        return None;
    }
    let part = Calendar::part(1900 + i16::from(tens), Part::Decade);
    let is_bare = the + 1 == at && scene.is(the, "the")
        || scene.is_any(the + 1, &["nineteen", "roaring", "swinging"]);
    let first = if is_bare { the } else { at };
    Some(Read::new(first, at + 1, TimeValue::new(When::At(part)), "date.decade.words"))
}

/// "at the moment", "to date".
fn moment(scene: &Scene<'_>, at: usize, end: usize) -> Option<Read> {
    if scene.is(at, "date") {
        let to = at.checked_sub(1).filter(|to| scene.is(*to, "to"))?;
        let is_end = scene
            .token(end)
            .is_none_or(|next| !next.is_word() || next.is(Tags::PREPOSITION | Tags::CONJUNCTION));
        return is_end
            .then(|| Read::new(to, end, TimeValue::new(When::Present), "date.word.present"));
    }
    let this = at.checked_sub(1)?;
    if scene.is(at, "present") {
        return scene
            .is(this, "at")
            .then(|| Read::new(this, end, TimeValue::new(When::Present), "date.word.present"));
    }
    let is_led = scene.is_any(this, &["this", "the"]);
    let is_at = this.checked_sub(1).is_some_and(|word| scene.is(word, "at"));
    // "at the moment of impact"
    (is_led && is_at && !scene.is_any(end, &["of", "when", "that"]))
        .then(|| Read::new(this, end, TimeValue::new(When::Present), "date.word.present"))
}

/// "the second half of 1990", "the first half", "the last half of the year".
fn half(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let before = scene.before(at, free)?;
    let hyphen = usize::from(scene.kind(before) == Some(TokenKind::Hyphen));
    let before = before.checked_sub(hyphen).filter(|before| *before >= free)?;
    let nth = match scene.lower(before).as_str() {
        "first" | "1st" => 1,
        "second" | "2nd" | "last" | "latter" => 2,
        _ => return None,
    };
    // "the first half of the match", "the second half ended 2-1": only of a year, or in a company's or a country's figures.
    let of = scene.is_any(at + 1, &["of", "in"]);
    let of_year = of
        && (super::year::behind(scene, at + 2).is_some()
            || scene.is_any(at + 2, &["fiscal", "financial"])
            || scene.is_any(at + 2, &["the", "this", "last", "next"]) && scene.is(at + 3, "year")
            || scene.is(at + 2, "the") && scene.is_any(at + 3, &["fiscal", "financial"]));
    let of_figures = !of
        && (0..scene.tokens.len().min(80)).any(|at| {
            scene.is_money(at)
                || scene.is_any(
                    at,
                    &[
                        "profit", "profits", "revenue", "sales", "earnings", "exports", "imports",
                        "gdp", "loss", "results",
                    ],
                )
        });
    if !of_year && !of_figures {
        return None;
    }
    let first = scene
        .before(before, free)
        .filter(|the| hyphen == 0 && scene.is(*the, "the"))
        .unwrap_or(before);
    Some(super::in_year::half(scene, nth, first, at + 1))
}
