//! Holidays: "Christmas", "Easter 2024", "last Thanksgiving", "Labor Day weekend".

use jiff::civil::{Date, Weekday};

use super::{Direction, Read, Scene, day, year};
use crate::fact::time::{Calendar, Part, Recurrence, Unit, When, easter, nth_weekday};
use crate::fact::{Resolution, TimeValue};
use crate::lexicon::{Holiday, Tags};
use crate::token::{TokenKind, flags};

/// "Christmas", "Easter 2024", "last Thanksgiving".
pub(super) fn holiday(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let found = scene.lexicon.times.holiday.at(scene.rest(at))?;
    let (rule, end) = (*found.value, at + found.len);
    // In lower case only what is no other word: "christmas eve", "halloween".
    let is_plain = found.len > 1
        || scene.is_any(at, &["christmas", "xmas", "halloween", "juneteenth", "diwali"]);
    if !scene.token(at)?.has(flags::CAPITAL) && !is_plain {
        return None;
    }
    // "Easter Island", "Christmas Carol", "Christmas tree": something of the day's name.
    let next_is_name =
        // "By Christmas I will": no island.
        scene.token(end).is_some_and(|next| {
            next.is_capital() && !next.has(flags::LINE) && !next.is(Tags::PRONOUN)
        });
    if next_is_name
        || scene.is_any(
            end,
            &[
                "tree", "trees", "card", "cards", "present", "presents", "party", "carol",
                "carols", "gift", "gifts", "sale", "sales", "deals", "shoppers", "parade",
                "dinner", "lights",
            ],
        )
    {
        return None;
    }
    // "in the new year": the year to come.
    let the = scene.before(at, free).filter(|the| scene.is(*the, "the"));
    if let Some(the) = the
        && found.len == 2
        && scene.is(at, "new")
        && !scene.token(at).is_some_and(|token| token.has(flags::CAPITAL))
    {
        let direction = scene.direction(the, end);
        let time = scene.relative(When::Future, |today| {
            // Spoken of in winter as gone, it is the one that has just begun; "began in the new year" is so for longer.
            let is_in = the > 0 && scene.is(the - 1, "in");
            let months = if is_in { 10 } else { 4 };
            let has_begun = direction == Direction::Past && today.month() < months;
            Some(When::At(Calendar::year(today.year() + i16::from(!has_begun))))
        });
        return Some(Read::new(the, end, time, "date.holiday.year"));
    }
    // "Easter weekend", "Christmas week"
    let around = match scene.lower(end).as_str() {
        "weekend" => Some(Unit::Weekend),
        "week" => Some(Unit::Week),
        _ => None,
    };
    let end = end + usize::from(around.is_some());
    let of_year = |year: i16| {
        let day = day_of(scene, rule, year)?;
        Some(match around {
            None => day,
            Some(Unit::Weekend) => Calendar::weekend(near_weekend(day.first()?)?),
            Some(unit) => Calendar::holding(day.first()?, unit),
        })
    };
    // "Easter 2024", "Christmas Day in 1995"
    let of = usize::from(scene.is_any(end, &["in", "of"]));
    if let Some((year, end)) = year::behind(scene, end + of) {
        return Some(Read::new(at, end, TimeValue::new(When::At(of_year(year)?)), "date.holiday"));
    }
    let open = match rule {
        Holiday::Fixed(month, day) => When::Month(month, Some(day)),
        Holiday::Nth(month, ..) => When::Month(month, None),
        Holiday::Easter(_) | Holiday::Dated(_) => {
            When::Every(Recurrence::Unit { count: 1, unit: Unit::Year, times: 1 })
        }
    };
    // "Easter last year", "Thanksgiving of that year"
    if let Some((time, end)) = day::year_named(scene, end) {
        let time = day::within_year(time, of_year, open)?;
        return Some(Read::new(at, end, time, "date.holiday"));
    }
    let before = scene.before(at, free);
    // "every Christmas"
    if let Some(every) = before.filter(|every| scene.is_any(*every, &["every", "each"]))
        && let Holiday::Fixed(month, day) = rule
        && around.is_none()
    {
        let when = When::Every(Recurrence::Day(month, day));
        return Some(Read::new(every, end, TimeValue::new(when), "date.holiday.every"));
    }
    // "took it up again that Easter": of the year that is spoken of.
    if let Some(that) = before.filter(|that| scene.is(*that, "that"))
        && let Some((year, fact)) =
            scene.memory.year.filter(|_| scene.sentence - scene.memory.year_in <= 1)
    {
        let when = When::At(of_year(year.year)?);
        let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
        let time = TimeValue { anchor: Some(fact), ..time };
        return Some(Read::new(that, end, time, "date.holiday"));
    }
    // "Early 2022: the firm promises filters by Easter"
    if let Some((end_of_heading, unit, fact)) = scene.last
        && end_of_heading <= 7
        && scene.kind(end_of_heading) == Some(TokenKind::Colon)
    {
        let when = When::At(of_year(unit.year)?);
        let time = TimeValue::new(when).resolved(Resolution::FromAnotherMention);
        return Some(Read::new(at, end, TimeValue { anchor: Some(fact), ..time }, "date.holiday"));
    }
    let which = before.and_then(|before| match scene.lower(before).as_str() {
        "last" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    });
    // "Ballots sent by Election Day will be counted": a participle in front, and what is to come behind.
    let is_to_come = scene.token(end).is_some_and(|next| next.is(Tags::MODAL));
    let direction = match scene.direction_of_day(at, end) {
        Direction::Past if is_to_come => Direction::Open,
        direction => direction,
    };
    if which.is_none()
        && direction == Direction::Past
        && let Some(time) = of_story(scene, at, of_year)
    {
        return Some(Read::new(at, end, time, "date.holiday"));
    }
    let is_told = is_told_on(scene, at);
    let time = scene.relative(open, |today| {
        let this = of_year(today.year())?;
        let begin = this.first()?;
        let lasts = around.is_some() && begin <= today && this.after()? > today;
        let by = match (which, direction) {
            (Some(0), _) => 0,
            (None, _) if lasts => 0,
            (Some(-1), _) if begin >= today => -1,
            (Some(1), _) if begin <= today => 1,
            // "averts a strike over Christmas", told in Advent.
            (None, Direction::Past)
                if begin > today && (begin - today).get_days() < NEAR && !is_told =>
            {
                0
            }
            // "was opened in October and adjourned until the New Year"
            (None, Direction::Past) if begin <= today && is_until_behind(scene, at, begin) => 1,
            // Said on the day itself, it is that day: "fireworks will light up the harbour on New Year's Eve".
            (None, Direction::Past) if begin > today => -1,
            (None, Direction::Future) if begin < today => 1,
            // Nothing said: the nearest.
            (None, Direction::Open) => {
                let days = (begin - today).get_days();
                if days > 183 { -1 } else { i16::from(days < -183) }
            }
            _ => 0,
        };
        of_year(today.year() + by).map(When::At)
    });
    // "until the New Year"
    let is_led = which.is_some() || the.is_some() && scene.is(at, "new");
    let first = if is_led { before.unwrap_or(at) } else { at };
    Some(Read::new(first, end, time, "date.holiday"))
}

/// "opened in September 1904 and by Christmas had 40 looms": the one nearest to the day or month that the sentence told before, which
/// lies more than a year back; with "by" the next one.
fn of_story(
    scene: &Scene<'_>,
    at: usize,
    of_year: impl Fn(i16) -> Option<Calendar>,
) -> Option<TimeValue> {
    let (_, unit, fact) =
        scene.last.filter(|(_, unit, _)| matches!(unit.part, Part::Day(..) | Part::Month(_)))?;
    let told = unit.first()?;
    if (scene.today()? - told).get_days() < 400 {
        return None;
    }
    let is_next = at > 0 && scene.is_any(at - 1, &["by", "until", "till"]);
    let days = |year: i16| {
        let found = of_year(year)?;
        let days = (found.first()? - told).get_days();
        Some((if is_next && days < 0 { 1000 } else { days.abs() }, found))
    };
    let near = [unit.year - 1, unit.year, unit.year + 1].into_iter().filter_map(days);
    let (_, found) = near.min_by_key(|(days, _)| *days)?;
    let time = TimeValue::new(When::At(found)).resolved(Resolution::FromAnotherMention);
    Some(TimeValue { anchor: Some(fact), ..time })
}

/// "finished the book on Christmas Eve": no verb between that what is to come hangs on.
fn is_told_on(scene: &Scene<'_>, at: usize) -> bool {
    let Some(on) = at.checked_sub(1).filter(|on| scene.is(*on, "on")) else { return false };
    scene.nearest_left(at) == Direction::Past
        && !(on.saturating_sub(7)..on).any(|at| {
            scene.is_any(at, &["to", "for", "that", "said", "says", "told"])
                || scene.token(at).is_some_and(|word| word.is(Tags::MODAL))
        })
}

/// Whether the holiday at `at` is one that lasts on from a day told before it in the sentence, behind which it must lie.
fn is_until_behind(scene: &Scene<'_>, at: usize, begin: Date) -> bool {
    let the = at - usize::from(at > 0 && scene.is(at - 1, "the"));
    the > 0
        && scene.is_any(the - 1, &["until", "till"])
        && scene.last.and_then(|(_, told, _)| told.first()).is_some_and(|told| told > begin)
}

/// Days before a holiday in which hardly anybody means the one of the year before.
const NEAR: i32 = 28;

/// The weekend that a day belongs to: that before a Monday or Tuesday, that of or behind any other.
fn near_weekend(day: Date) -> Option<Date> {
    let back = match day.weekday().to_monday_one_offset() {
        back @ 1..=2 => back,
        _ => 0,
    };
    day.checked_sub(jiff::Span::new().days(back)).ok()
}

fn day_of(scene: &Scene<'_>, rule: Holiday, year: i16) -> Option<Calendar> {
    match rule {
        Holiday::Fixed(month, day) => Calendar::day(year, month, day),
        Holiday::Nth(month, nth, weekday, days) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            let day = nth_weekday(year, month, nth, weekday)?;
            Some(day.checked_add(jiff::Span::new().days(days)).ok()?.into())
        }
        // Of two in a year it is not known which.
        Holiday::Dated(index) => {
            let days = scene.lexicon.times.dated.get(index)?;
            let first = days.partition_point(|day| day.year() < year);
            let day = days.get(first).filter(|day| day.year() == year)?;
            let is_one = days.get(first + 1).is_none_or(|next| next.year() != year);
            is_one.then(|| (*day).into())
        }
        Holiday::Easter(days) => {
            Some(easter(year)?.checked_add(jiff::Span::new().days(days)).ok()?.into())
        }
    }
}
