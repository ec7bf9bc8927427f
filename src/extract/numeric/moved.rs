//! What moved: the subject of a change.

use std::ops::Range;

use super::Claim;
use super::beside::{behind, between, made_so};
use super::described::owner_before;
use super::multiple;
use super::subject::NO_NOUN;
use super::word::ADDS;
use crate::lexicon::Tags;
use crate::phrase::clause::{head_of_sentence, noun_after, noun_before, subject as clause_subject};
use crate::phrase::place::Place;
use crate::phrase::verb::is_verb;
use crate::token::{Token, TokenKind, Words};

/// What the change is of that the `word` of a claim says.
pub(super) fn moved(place: &Place<'_>, claim: &Claim, word: &Range<usize>) -> Option<Range<usize>> {
    let Claim { tokens, change, .. } = claim;
    let found = place.lexicon.measures.changes.at(place.from(word.start)).map(|found| found.value);
    if change.is_behind {
        // "copper's 2.4 % jump"
        let owner =
            tokens.start.checked_sub(1).filter(|&at| place.is(at, "'s") || place.is(at, "’s"));
        // "had a 13 % lower risk of dying"
        let is_lower = found.is_some_and(|found| found.is_adjective && !found.is_noun);
        if is_lower && let Some(range) = made_so(place, tokens.start) {
            return Some(range);
        }
        let adjoins = is_lower
            // "51 percent above the levels of 1990"
            && !place.has(word.start, Tags::PREPOSITION)
            && place.at(word.end).is_some_and(|t| {
                t.is_word() && !t.is(NO_NOUN | Tags::UNIT) && !place.is(word.end, "than")
            });
        if adjoins && let Some(range) = noun_after(place, word.end) {
            return Some(range);
        }
        return behind(place, word.end)
            // "rates were six times higher for men"
            .filter(|_| !(is_lower && place.is(word.end, "for")))
            .or_else(|| owner_before(place, owner?))
            .or_else(|| between(place, tokens.end, word.start))
            // "a 15 percent pay rise"
            .or_else(|| (word.len() == 2 && !is_lower).then(|| word.start..word.start + 1))
            .or_else(|| clause_subject(place, tokens.start))
            // "Panels, 4 cents a watt cheaper than in 2023, number 1.5 million"
            .or_else(|| {
                let comma = tokens.start.checked_sub(1)?;
                place.is_kind(comma, TokenKind::Comma).then(|| noun_before(place, comma)).flatten()
            });
    }
    let is_noun = found.is_some_and(|found| {
        found.is_noun
            && (found.verb.is_none()
                || word.start > 0 && place.has(word.start - 1, Tags::DETERMINER))
    });
    if is_noun {
        return behind(place, word.end)
            .or_else(|| noun_before(place, word.start))
            .or_else(|| clause_subject(place, word.start));
    }
    // "doubling its output"
    if claim.tokens.contains(&word.start)
        && multiple::has_object(place, word)
        && let Some(object) = noun_after(place, word.end)
    {
        return Some(object);
    }
    // "cut its rate by", "increased their share to": what is acted on stands between the verb and the preposition.
    let takes_object = found.is_some_and(|found| found.takes_object);
    let has_owner = place.at(word.end).is_some_and(|t| OWNERS.hold(place.content, t))
        && (word.end..tokens.start)
            .any(|at| place.is(at, "by") || place.is(at, "to") || place.is(at, "from"));
    if takes_object || has_owner || place.is(tokens.end, "off") {
        // "cut emissions 43 %"
        let object = noun_after(place, word.end)
            .map(|range| range.start..range.end.min(tokens.start))
            .filter(|range| !range.is_empty());
        if object.is_some() {
            return object;
        }
        // "cut 30 million from our costs"
        if (place.is(tokens.end, "from") || place.is(tokens.end, "off"))
            && place.at(tokens.end + 1).is_some_and(Token::is_word)
            && let Some(range) = noun_after(place, tokens.end + 1)
        {
            return Some(range);
        }
    }
    // "adding £83 to a bill"
    if place.is(tokens.end, "to")
        && place.at(word.start).is_some_and(|t| ADDS.hold(place.content, t))
        && place.at(tokens.end + 1).is_some_and(Token::is_word)
        && let Some(range) = noun_after(place, tokens.end + 1)
    {
        return Some(range);
    }
    // "was written down by 13 %"
    let is_of_verb = word.start > 1
        && (place.is(word.start, "down") || place.is(word.start, "up"))
        && place.has(word.start - 2, Tags::AUXILIARY)
        && place
            .at(word.start - 1)
            .is_some_and(|t| t.ends_with(place.content, "ed") || t.ends_with(place.content, "en"));
    // "sales more than doubled"
    let start = word.start.min(tokens.start) - usize::from(is_of_verb);
    // "prices fell for a fourth month, dropping 0.8 %": of what fell.
    let is_participle = place.at(start).is_some_and(|t| t.ends_with(place.content, "ing"))
        && !takes_object
        && !place.has(word.end, Tags::PRONOUN);
    // "it expects fares, down 15 % at €42, to fall": of what the verb before acts on.
    if start > 1
        && place.is_kind(start - 1, TokenKind::Comma)
        && (place.is(start, "up") || place.is(start, "down"))
        && let Some(range) = noun_before(place, start - 1)
        && range.end == start - 1
        && range.start > 0
        && is_verb(place, range.start - 1)
        && !range.clone().any(|at| place.is_kind(at, TokenKind::Number))
    {
        return Some(range);
    }
    let is_aside = start > 1
        && place.is_kind(start - 1, TokenKind::Comma)
        && (is_participle || place.is(start, "up") || place.is(start, "down"));
    if is_aside && let Some(range) = clause_subject(place, start - 1) {
        return Some(range);
    }
    // "inflation would peak before falling to 2 %": of the main clause.
    noun_before(place, start)
        .or_else(|| clause_subject(place, start.checked_sub(1)?))
        .or_else(|| head_of_sentence(place, start))
}

/// Before what is somebody's.
static OWNERS: Words<6> = Words::new(["its", "their", "his", "her", "our", "my"]);
