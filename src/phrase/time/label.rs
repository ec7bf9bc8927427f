//! Periods as reports label them: "Q1 2019", "3Q", "H1", "FY2019", "2019-Q1".

use super::{Read, Scene, in_year, year};
use crate::fact::TimeValue;
use crate::fact::time::{Calendar, Part, When};
use crate::lexicon::Tags;
use crate::token::{TokenKind, flags};

/// A quarter, half or fiscal year whose digits are at `at`.
pub(super) fn label(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    if scene.kind(at)? != TokenKind::Number {
        return None;
    }
    fiscal(scene, at, free)
        .or_else(|| letter_first(scene, at, free))
        .or_else(|| digit_first(scene, at, free))
        .or_else(|| year_first(scene, at, free))
}

/// "FY19", "FY 2019", "CY18", "FY2019-20".
fn fiscal(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let word = scene.before(at, free)?;
    let is_upper = scene.token(word).is_some_and(|word| word.has(flags::UPPER));
    if !scene.is_any(word, &["fy", "cy"]) || !is_upper && !scene.is_joined(at) {
        return None;
    }
    let year = short_year(scene.text(at))?;
    let when = When::At(Calendar::year(year));
    let first = scene.before(word, free).filter(|the| scene.is(*the, "the")).unwrap_or(word);
    // "FY2019-20": the one that it ends in is its name's second half.
    let is_mark =
        matches!(scene.kind(at + 1), Some(TokenKind::Hyphen | TokenKind::Slash | TokenKind::Dash))
            && scene.is_joined(at + 1)
            && scene.is_joined(at + 2);
    let next = (year + 1).rem_euclid(100);
    let end = match scene.text(at + 2).parse::<i16>() {
        Ok(last) if is_mark && scene.text(at + 2).len() == 2 && last == next => at + 3,
        _ => at + 1,
    };
    Some(Read::new(first, end, TimeValue::new(when), "date.year.fiscal"))
}

/// "Q1 2019", "Q3", "H1 of 2019", "Q4 FY20".
fn letter_first(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let letter = scene.before(at, free)?;
    if !scene.is_joined(at)
        || scene.is_joined(letter)
            && letter > 0
            && scene.kind(letter - 1) != Some(TokenKind::OpenBracket)
    {
        return None;
    }
    let part = part(scene, letter, scene.text(at))?;
    let end = at + 1;
    // "H1N1", "Q3-hybrid"
    if scene
        .token(end)
        .is_some_and(|next| next.is_joined() && (next.is_word() || next.kind == TokenKind::Number))
    {
        return None;
    }
    with_year(scene, part, letter, end, free)
}

/// "1Q", "3Q19", "2H 2020".
fn digit_first(scene: &Scene<'_>, at: usize, free: usize) -> Option<Read> {
    let letter = at + 1;
    if !scene.is_joined(letter) || scene.is_joined(at) && at > 0 {
        return None;
    }
    let part = part(scene, letter, scene.text(at))?;
    let end = letter + 1;
    if scene.is_joined(end) && scene.kind(end) == Some(TokenKind::Number) {
        let year = short_year(scene.text(end))?;
        let when = When::At(Calendar::part(year, part));
        return Some(Read::new(at, end + 1, TimeValue::new(when), "date.part-of-year"));
    }
    with_year(scene, part, at, end, free)
}

/// "2019-Q1", "2019Q1".
fn year_first(scene: &Scene<'_>, at: usize, _free: usize) -> Option<Read> {
    let year = year::year_at(scene, at)?;
    let letter = at + 1 + usize::from(scene.kind(at + 1) == Some(TokenKind::Hyphen));
    if !(at + 1..=letter + 1).all(|at| scene.is_joined(at)) {
        return None;
    }
    let part = part(scene, letter, scene.text(letter + 1))?;
    let when = When::At(Calendar::part(year, part));
    Some(Read::new(at, letter + 2, TimeValue::new(when), "date.part-of-year"))
}

fn part(scene: &Scene<'_>, letter: usize, digit: &str) -> Option<Part> {
    let nth: i8 = digit.parse().ok().filter(|_| digit.len() == 1)?;
    let is_upper = scene.token(letter)?.has(flags::UPPER);
    match nth {
        1..=4 if scene.is(letter, "q") => Some(Part::Quarter(nth)),
        1..=2 if scene.is(letter, "h") && is_upper => Some(Part::Half(nth)),
        _ => None,
    }
}

/// A label with the year behind it, else of the year that its direction gives.
fn with_year(scene: &Scene<'_>, part: Part, first: usize, end: usize, free: usize) -> Option<Read> {
    let of = usize::from(scene.is(end, "of"));
    let fiscal = end + of;
    if scene.is_any(fiscal, &["fy", "cy"])
        && let Some(year) = short_year(scene.text(fiscal + 1))
    {
        let part = Calendar::part(year, part);
        let part = if scene.is(fiscal, "fy") { in_year::fiscal(part) } else { part };
        let time = TimeValue::new(When::At(part));
        return Some(Read::new(first, fiscal + 2, time, "date.part-of-year"));
    }
    // "Q1 '19"
    if scene.kind(end) == Some(TokenKind::Apostrophe)
        || scene.kind(end) == Some(TokenKind::CloseSingleQuote)
    {
        let year = short_year(scene.text(end + 1)).filter(|_| scene.is_joined(end + 1))?;
        let when = When::At(Calendar::part(year, part));
        return Some(Read::new(first, end + 2, TimeValue::new(when), "date.part-of-year"));
    }
    // "the Audi Q3", "the Q2 line": a name, unless figures are reported beside it.
    let is_named = first > free.max(1)
        && scene.token(first - 1).is_some_and(|before| {
            before.is_capital() && !before.is(Tags::PREPOSITION | Tags::STARTER)
        });
    let has_year = year::behind(scene, end + of).is_some();
    let is_of_figures = scene.is_any(
        end,
        &[
            "results", "earnings", "revenue", "revenues", "sales", "profit", "profits", "net",
            "loss", "gdp", "report", "guidance", "ebitda", "income", "growth",
        ],
    );
    // "an H2 molecule": a half is only one where something leads to it.
    let is_led = matches!(part, Part::Quarter(_))
        || first > 0 && scene.is_any(first - 1, &["in", "for", "during", "of", "the", "by"]);
    (!is_named && is_led || has_year || is_of_figures)
        .then(|| in_year::in_year(scene, part, first, end))
}

/// A year of four digits, or of two: those below 50 are of this century.
fn short_year(text: &str) -> Option<i16> {
    if text.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return year::calendar_year(text);
    }
    let year: i16 = text.parse().ok()?;
    Some(if year < 50 { 2000 + year } else { 1900 + year })
}
