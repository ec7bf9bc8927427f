//! What a size describes that stands behind it: "a planet 1.8 times as wide"; and whose change one is.

use std::ops::Range;

use super::beside::is_complement;
use super::subject::NO_NOUN;
use crate::fact::NumericKind;
use crate::lexicon::Tags;
use crate::phrase::clause::noun_before;
use crate::phrase::place::Place;
use crate::phrase::verb::is_verb;
use crate::token::{TokenKind, Words};

/// The owner before its "'s": "copper's", "the firm's", "Germany's".
pub(super) fn owner_before(place: &Place<'_>, end: usize) -> Option<Range<usize>> {
    let range = noun_before(place, end)?;
    let article = range.clone().rev().find(|&at| place.has(at, Tags::DETERMINER));
    let names = range.clone().rev().take_while(|&at| place.is_capital(at)).last();
    Some(article.or(names).unwrap_or(range.end - 1)..range.end)
}

/// What a size behind it describes: "a planet 1.8 times as wide", "an area a fifth the size", "the tower, 70m tall, leans".
pub(super) fn described(
    place: &Place<'_>,
    tokens: &Range<usize>,
    kind: NumericKind,
) -> Option<Range<usize>> {
    let Range { start, end } = *tokens;
    // "The quake, of magnitude 7.4, struck"
    if start > 2 && place.is(start - 1, "magnitude") && place.is(start - 2, "of") {
        let comma = usize::from(place.is_kind(start - 3, TokenKind::Comma));
        return noun_before(place, start - 2 - comma);
    }
    let behind = place.at(end).filter(|t| t.is_word())?;
    let is_size = DIMENSIONS.hold(place.content, behind) && kind != NumericKind::Count
        || place.is(end, "as") && kind == NumericKind::Multiple
        || place.is(end, "the") && place.is(end + 1, "size")
        // "a mirror 6.5 metres in diameter"
        || place.is(end, "in") && place.at(end + 1).is_some_and(|t| SIZES.hold(place.content, t));
    let comma = usize::from(start > 0 && place.is_kind(start - 1, TokenKind::Comma));
    let noun = start.checked_sub(1 + comma).filter(|_| is_size)?;
    let is_noun = place.at(noun).is_some_and(|t| {
        t.is_word()
            && !place.is(noun, "alone")
            && !place.is(noun, "born")
            && !t.is(NAMES_NONE)
            && !DIMENSIONS.hold(place.content, t)
    });
    // "segments weighing 8.5 tonnes each"
    let is_participle = place.at(noun).is_some_and(|t| {
        t.span.len() > 6
            && t.ends_with(place.content, "ing")
            && !place.has(noun.wrapping_sub(1), Tags::DETERMINER)
    });
    // "ran 72 metres away", "stands 70m tall"
    let is_free = is_noun
        && !is_participle
        && !is_verb(place, noun)
        && (comma > 0 || !place.is(end, "clear"));
    let range = noun_before(place, noun + 1).filter(|_| is_free)?;
    // "found a planet": behind the verb and what else leads to it.
    let article =
        range.clone().rev().find(|&at| place.has(at, Tags::DETERMINER) && !place.is(at, "'s"));
    match article {
        Some(article) => Some(article..range.end),
        // "ran aground 12 miles off"
        None if is_complement(place, &range) && !is_several(place, range.start) => None,
        None if range.len() <= 3 && (comma == 0 || place.is_capital(range.start)) => Some(range),
        None => None,
    }
}

fn is_several(place: &Place<'_>, at: usize) -> bool {
    place.at(at).is_some_and(|t| place.lexicon.nouns.is_plural(place.content, t))
}

/// What is measured of a thing.
pub(super) static SIZES: Words<10> = Words::new([
    "diameter",
    "length",
    "height",
    "width",
    "depth",
    "circumference",
    "area",
    "size",
    "weight",
    "radius",
]);

/// Classes of words that no size describes.
const NAMES_NONE: u64 =
    (NO_NOUN & !(Tags::CHANGE | Tags::VERB)) | Tags::UNIT | Tags::COMPARATOR | Tags::CONDITION;

/// Adjectives that say which way a length is measured.
pub(super) static DIMENSIONS: Words<52> = Words::new([
    "upstream",
    "downstream",
    "underground",
    "strong",
    "shy",
    "older",
    "younger",
    "aboard",
    "overall",
    "altogether",
    "alive",
    "apiece",
    "clear",
    "ahead",
    "behind",
    "adrift",
    "short",
    "southwest",
    "southeast",
    "northwest",
    "northeast",
    "plus",
    "wide",
    "long",
    "tall",
    "high",
    "deep",
    "thick",
    "across",
    "away",
    "apart",
    "slim",
    "old",
    "heavy",
    "thin",
    "broad",
    "north",
    "south",
    "east",
    "west",
    "off",
    "inland",
    "offshore",
    "each",
    "worldwide",
    "nationwide",
    "annually",
    "combined",
    "late",
    "early",
    "overdue",
    "full",
]);
