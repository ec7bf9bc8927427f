//! Seasons: "last summer", "the autumn of 1994", "in the spring", "two winters ago".

use jiff::civil::Date;

use super::{Mention, Read, Scene, anaphor, day, which_year, year};
use crate::fact::time::{Calendar, Part, Recurrence, Season, When};
use crate::fact::{Relation, Resolution, TimeValue};
use crate::lexicon::Tags;
use crate::phrase::number;
use crate::token::{Token, TokenKind, Words};

/// "last summer", "this fall", "the summer of 1994", "spring 2020", "in the autumn".
pub(super) fn season(scene: &Scene<'_>, at: usize, free: usize, season: Season) -> Option<Read> {
    let part = Part::Season(season);
    if scene.text(at).ends_with('s') {
        return seasons_ago(scene, at, free, part).or_else(|| of_years(scene, at, free, part));
    }
    let the = |first: usize| {
        scene.before(first, free).filter(|the| scene.is(*the, "the")).unwrap_or(first)
    };
    let of = usize::from(scene.is(at + 1, "of"));
    if let Some((year, end)) =
        year::era_behind(scene, at + 1 + of).or_else(|| year::behind(scene, at + 1 + of))
    {
        // "the winter of 2024-25"
        let is_long =
            matches!(scene.kind(end), Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Slash))
                && scene.is_joined(end)
                && scene.is_joined(end + 1)
                && scene.text(end + 1).len() == 2
                && scene.text(end + 1).parse::<i16>().is_ok_and(|next| next == (year + 1) % 100);
        let end = if is_long { end + 2 } else { end };
        return Some(Read::new(
            the(at),
            end,
            TimeValue::new(When::At(Calendar::part(year, part))),
            "date.season",
        ));
    }
    // "the summer of next year", "in spring next year"; but "prices fall this year"
    let is_named = of == 1
        || scene.is(at + 2, "year")
            && (!scene.is(at, "fall") || at > 0 && scene.is(the(at).wrapping_sub(1), "in"));
    if is_named && let Some((time, end)) = day::year_named(scene, at + 1) {
        let time =
            day::within_year(time, |year| Some(Calendar::part(year, part)), When::Part(part))?;
        return Some(Read::new(the(at), end, time, "date.season.of-year"));
    }
    let before = scene.before(at, free)?;
    // "from spring to autumn 2021", "between the summer and winter of 1974"
    if scene.is_any(the(at).wrapping_sub(1), &["from", "between", "in", "during", "since"])
        && let Some(time) = which_year::part_of_range(scene, part, at + 1)
    {
        return Some(Read::new(the(at), at + 1, time, "date.season.of-year"));
    }
    let which = match scene.lower(before).as_str() {
        "last" | "past" => -1,
        "this" => 0,
        "next" | "coming" => 1,
        "following" | "previous" | "same" => {
            return season_beside(scene, part, before, at + 1, free);
        }
        // "that autumn"; "prices that fall" and "wells that spring from it" are verbs.
        "that" => {
            let is_verb = scene.is_any(at, &["fall", "spring"])
                && scene.token(at + 1).is_some_and(Token::is_word);
            return (!is_verb).then(|| season_beside(scene, part, before, at + 1, free))?;
        }
        // "every summer"
        "every" | "each"
            if !scene.is_any(at, &["fall", "spring"])
                || scene.token(at + 1).is_none_or(|next| !next.is_word()) =>
        {
            let when = When::Every(Recurrence::Season(season));
            return Some(Read::new(before, at + 1, TimeValue::new(when), "date.season.every"));
        }
        // "in early spring", "by late summer"
        "early" | "late" | "mid"
            if before > 0
                && {
                    // "in the early summer"
                    let the = usize::from(before > 1 && scene.is(before - 1, "the"));
                    let led = before - 1 - the;
                    scene.is_any(led, &["in", "by", "until", "since", "from", "during", "of"])
                        && (the == 1 || !scene.is(led, "of"))
                }
                && !scene.token(at + 1).is_some_and(|next| next.is_capital()) =>
        {
            let time = which_year::part_of_year(scene, part, before, at + 1);
            return Some(Read::new(at, at + 1, time, "date.season.the"));
        }
        "the" if scene.is(at, "fall") && !is_the_fall(scene, before, at) => return None,
        // "by the end of spring", but "the end of spring training"
        "of" if is_edge(scene, before, at + 1) && !scene.is(at, "fall") => {
            let time = which_year::part_of_year(scene, part, before, at + 1);
            return Some(Read::new(at, at + 1, time, "date.season.the"));
        }
        // "in the spring", "by the summer"
        "the" => {
            let preposition = scene.before(before, 0)?;
            let is_led = is_edge(scene, preposition, at + 1)
                || scene.is_any(
                    preposition,
                    &[
                        "in",
                        "by",
                        "until",
                        "during",
                        "since",
                        "before",
                        "for",
                        "over",
                        "into",
                        "through",
                        "throughout",
                    ],
                );
            if !is_led
                || scene.token(at + 1).is_some_and(|next| next.is_capital())
                // "in the summer before the crash"
                || scene.is_any(at + 1, &["before", "after"])
                    && scene.token(at + 2).is_some_and(|event| event.is(Tags::DETERMINER))
            {
                return None;
            }
            return Some(Read::new(
                before,
                at + 1,
                which_year::part_of_year(scene, part, before, at + 1),
                "date.season.the",
            ));
        }
        _ => return None,
    };
    let time =
        scene.relative(When::Part(part), |today| Some(When::At(nearest(today, part, which)?)));
    // "this past spring"
    let first = scene
        .before(before, free)
        .filter(|this| {
            scene.is_any(before, &["past", "coming"]) && scene.is_any(*this, &["this", "the"])
        })
        .unwrap_or(before);
    Some(Read::new(first, at + 1, time, "date.season.deictic"))
}

/// "Beginning in the fall, classes will be free", but "hurt in the fall", "in the fall of the wall", "in the fall in prices".
fn is_the_fall(scene: &Scene<'_>, the: usize, at: usize) -> bool {
    let is_led = the > 0 && scene.is_any(the - 1, &["in", "by", "until", "since", "for"]);
    let is_end = scene.token(at + 1).is_none_or(|next| !next.is_word());
    let hurts = |at: usize| scene.token(at).is_some_and(|verb| HURTS.hold(scene.content, verb));
    is_led
        && is_end
        && scene.kind(at + 1) != Some(TokenKind::Hyphen)
        && !(the.saturating_sub(12)..the).any(hurts)
}

/// What a fall does.
static HURTS: Words<12> = Words::new([
    "injured",
    "hurt",
    "died",
    "killed",
    "broke",
    "broken",
    "survived",
    "suffered",
    "sustained",
    "injuries",
    "fractured",
    "cracked",
]);

/// Whether "of" at `of` leads from a part of a time to the whole, which ends before `end`: "the end of the summer", but not "the end of
/// the summer term".
fn is_edge(scene: &Scene<'_>, of: usize, end: usize) -> bool {
    let function = Tags::PREPOSITION | Tags::CONJUNCTION | Tags::AUXILIARY | Tags::PRONOUN;
    scene.is(of, "of")
        && of > 0
        && scene.is_any(of - 1, &["end", "start", "beginning", "middle", "rest", "height"])
        && scene.token(end).is_none_or(|next| !next.is_word() || next.is(function))
}

/// "two summers ago", "the past three winters": plurals are of no season else.
fn seasons_ago(scene: &Scene<'_>, at: usize, free: usize, part: Part) -> Option<Read> {
    let first = scene.before(at, free)?;
    let side = scene
        .before(first, free)
        .filter(|side| scene.is_any(*side, &["past", "last", "next", "coming", "previous"]));
    let is_ago = scene.is(at + 1, "ago");
    // "the last four springs of that make"
    if !is_ago && (side.is_none() || scene.is(at + 1, "of")) {
        return None;
    }
    let count = number::small(scene.lexicon, scene.content, scene.rest(first))
        .filter(|read| read.len == 1 && (1..100).contains(&read.value))?;
    if let (Part::Season(season), Some(side), false) = (part, side, is_ago) {
        let the = scene.before(side, free).filter(|the| scene.is(*the, "the"));
        let when = When::Every(Recurrence::Season(season));
        let first = the.unwrap_or(side);
        return Some(Read::new(first, at + 1, TimeValue::new(when), "date.season.every"));
    }
    let by = i32::try_from(count.value).ok()? - 1;
    let time =
        scene.relative(When::Past, |today| Some(When::At(nearest(today, part, -1)?.plus(-by)?)));
    Some(Read::new(first, at + 2, time, "date.season.ago"))
}

/// "the summers of 1974 and 1975": the first of them, of two or more.
fn of_years(scene: &Scene<'_>, at: usize, free: usize, part: Part) -> Option<Read> {
    let the = scene.before(at, free).filter(|the| scene.is(*the, "the"))?;
    let (year, end) = year::behind(scene, at + 2).filter(|_| scene.is(at + 1, "of"))?;
    let is_list = scene.is(end, "and") || scene.kind(end) == Some(TokenKind::Comma);
    year::year_at(scene, end + 1).filter(|_| is_list)?;
    let when = When::At(Calendar::part(year, part));
    Some(Read::new(the, end, TimeValue::new(when), "date.season"))
}

/// "the summers of 1974 and [1975]", "the first quarters of 2019 and [2020]": what shares its noun with the one before it.
pub(super) fn and_year(scene: &Scene<'_>, read: &Read) -> Option<Mention> {
    let and = read.end;
    let is_part = matches!(read.rule, "date.season" | "date.part-of-year");
    let is_list = is_part && (scene.is(and, "and") || scene.kind(and) == Some(TokenKind::Comma));
    let is_plural = is_list && (read.first..and).any(|at| scene.is_any(at, PARTS));
    let year = year::year_at(scene, and + 1).filter(|_| is_plural)?;
    let When::At(Calendar { part, .. }) = read.time.when else { return None };
    let time = TimeValue::new(When::At(Calendar::part(year, part)));
    let (first, end) = (and + 1, and + 2);
    Some(Mention { first, end, time, relation: Relation::On, rule: read.rule })
}

/// Parts of more than one year.
const PARTS: &[&str] = &["springs", "summers", "autumns", "winters", "quarters", "halves"];

/// "the following spring", "the previous winter", "the same summer": from the last day, month or year that was told.
fn season_beside(
    scene: &Scene<'_>,
    part: Part,
    before: usize,
    end: usize,
    free: usize,
) -> Option<Read> {
    let (found, fact) = anaphor::of_year_beside(scene, part, before)?;
    let the = scene.before(before, free).filter(|the| scene.is_any(*the, &["the", "that"]));
    let time = TimeValue {
        anchor: Some(fact),
        ..TimeValue::new(When::At(found)).resolved(Resolution::FromAnotherMention)
    };
    Some(Read::new(the.unwrap_or(before), end, time, "date.season.beside"))
}

/// The last one that had begun before, this year's, or the next to begin.
fn nearest(today: Date, part: Part, which: i32) -> Option<Calendar> {
    let this = Calendar::part(today.year(), part);
    // In January, "this winter" is the one that began in December.
    let is_of_two = matches!(part, Part::Season(season) if season.month() == 12);
    let this = if is_of_two && today.month() < 3 { this.plus(-1)? } else { this };
    match which {
        -1 if this.after()? > today => this.plus(-1),
        1 if this.first()? <= today => this.plus(1),
        _ => Some(this),
    }
}
