//! From one time of a day to another: "from 4 to 5 p.m.", "9:30-11 a.m. on Tuesday", "Monday between 2 and 4:30 p.m.".

use super::point::{Point, point};
use super::{Scene, TO};
use crate::fact::time::{Calendar, Clock, When};
use crate::lexicon::{Tags, TimeWord};
use crate::token::TokenKind;

/// Two times of a day, and the tokens that they take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hours {
    pub first: usize,
    pub end: usize,
    from: Point,
    to: Point,
}

/// Two times of a day whose first token is `at`. When neither can be nothing else ("from 7 to 9"), only where a day stands beside
/// them (`has_day`) and both prepositions are there.
pub(super) fn hours(scene: &Scene<'_>, at: usize, has_day: bool) -> Option<Hours> {
    hours_from(scene, at, point(scene, at)?, has_day)
}

/// The same where the first time is read already.
pub(super) fn hours_from(
    scene: &Scene<'_>,
    at: usize,
    from: Point,
    has_day: bool,
) -> Option<Hours> {
    let mark = from.end;
    let in_front = at.checked_sub(1);
    let is_between = in_front.is_some_and(|at| scene.is(at, "between"));
    let is_dash = matches!(scene.kind(mark), Some(TokenKind::Hyphen | TokenKind::Dash));
    let is_mark = is_dash || scene.is_any(mark, TO) || is_between && scene.is(mark, "and");
    if !is_mark {
        return None;
    }
    let to = point(scene, mark + 1)?;
    // "18-19 June", "5 to 6 p.m. games"; "14-10-2022".
    let is_led = is_between || in_front.is_some_and(|at| scene.is(at, "from"));
    // "from two thirty to two forty-five", "between 0730 and 0930": nothing else is written so.
    let is_plain = from.minute.is_some() && to.minute.is_some();
    let in_words = scene.kind(at) == Some(TokenKind::Word);
    let with_nought = scene.text(at).len() == 4 && scene.text(at).starts_with('0');
    let is_said = is_led && is_plain && (in_words || with_nought);
    if !from.is_sure && !to.is_sure && !is_said {
        let next = scene.lexicon.times.word.at(scene.rest(to.end)).map(|found| *found.value);
        let has_day_behind =
            is_between && matches!(next, Some(TimeWord::Day(_) | TimeWord::Tonight));
        let is_of_day = (has_day || has_day_behind) && is_led && !is_dash;
        let counts = scene.token(to.end).is_some_and(|next| {
            next.is(Tags::UNIT
                | Tags::SCALE
                | Tags::CURRENCY
                | Tags::MONTH
                | Tags::TIME_UNIT
                | Tags::NUMBER)
                || next.kind == TokenKind::Symbol
                || next.is_word()
                    && !next.is(Tags::PREPOSITION | Tags::CONJUNCTION | Tags::TIME | Tags::WEEKDAY)
        });
        if !is_of_day || counts {
            return None;
        }
    }
    // "11 a.m. to 3 games": what follows a weak end must not count.
    let is_counted = !to.is_sure
        && scene.token(to.end).is_some_and(|next| {
            next.is(Tags::UNIT | Tags::SCALE | Tags::CURRENCY | Tags::MONTH | Tags::TIME_UNIT)
                || next.kind == TokenKind::Symbol
        });
    (!is_counted).then_some(Hours { first: at, end: to.end, from, to })
}

/// "9 to 5", "9-5" behind "Monday to Friday".
pub(super) fn bare_hours(scene: &Scene<'_>, at: usize) -> Option<Hours> {
    let from = point(scene, at)?;
    let is_dash = matches!(scene.kind(from.end), Some(TokenKind::Hyphen | TokenKind::Dash));
    if !is_dash && !scene.is_any(from.end, TO) {
        return None;
    }
    let to = point(scene, from.end + 1)?;
    let is_end = scene.token(to.end).is_none_or(|next| {
        !next.is_word() && !matches!(next.kind, TokenKind::Hyphen | TokenKind::Symbol)
    });
    is_end.then_some(Hours { first: at, end: to.end, from, to })
}

impl Hours {
    /// The value on a day; `half` is the half of that day that is spoken of ("tonight"), for times that name none.
    pub(super) fn when(&self, day: Option<Calendar>, half: Option<bool>) -> Option<When> {
        let (from, to) = (&self.from, &self.to);
        let (from_half, to_half) = match (from.half, to.half) {
            (None, None) => (half, half),
            (Some(_), Some(_)) => (from.half, to.half),
            // "5 to 6 p.m." shares the half, "11 to 1 p.m." cannot.
            (None, Some(second)) => {
                let shared = from.minutes(Some(second)) < to.minutes(Some(second));
                (Some(if shared { second } else { !second }), Some(second))
            }
            // "8 a.m. to 3": the next 3 on the clock.
            (Some(second), None) => {
                let shared = from.minutes(Some(second)) < to.minutes(Some(second));
                (Some(second), Some(if shared { second } else { !second }))
            }
        };
        let mut begin = from.clock(from_half)?;
        let mut end = to.clock(to_half)?;
        if let (Clock::Time(h1, m1, s1, zone), Clock::Time(h2, m2, s2, other)) = (begin, end) {
            // "9 to 5": the end is in the afternoon.
            let wraps = (h2, m2.unwrap_or(0)) <= (h1, m1.unwrap_or(0));
            let is_open = to.half.is_none() && to_half.is_none() && (1..12).contains(&h2);
            let h2 = if wraps && is_open { h2 + 12 } else { h2 };
            // "between midnight and 2 a.m. on Saturday": the midnight that begins that day.
            let h1 = if h1 == 24 { 0 } else { h1 };
            let shared = if zone == crate::fact::time::Zone::Local { other } else { zone };
            begin = Clock::Time(h1, m1, s1, shared);
            end = Clock::Time(h2, m2, s2, shared);
            let is_next_day = (h2, m2.unwrap_or(0)) <= (h1, m1.unwrap_or(0));
            let days = match day {
                Some(day) => Some((day, if is_next_day { day.plus(1)? } else { day })),
                None => None,
            };
            return Some(When::Hours(days, begin, end));
        }
        None
    }
}
