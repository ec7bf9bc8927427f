//! What a quantity is measured of.

use std::ops::Range;

use super::Claim;
use crate::extract::{Context, Mentions};
use crate::fact::{Kind, NumericKind, Role};
use crate::lexicon::Tags;
use crate::phrase::clause::{head_of_sentence, noun_after, noun_before, subject as clause_subject};
use crate::phrase::place::Place;
use crate::span::Span;
use crate::text::Sentence;
use crate::token::TokenKind;

/// The noun phrase that a claim is about, through "it" to the last subject.
pub(super) fn subject(
    ctx: &Context<'_>,
    place: &Place<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
    claim: &Claim,
    claims: &[Claim],
) -> Option<Span> {
    let range = find(place, claim, claims)?;
    let is_pronoun = range.len() == 1
        && place.has(range.start, Tags::PRONOUN)
        && !place.has(range.start, Tags::FIRST_PERSON);
    if is_pronoun {
        return antecedent(ctx, sentence, mentions).or(Some(place.span(range)));
    }
    Some(place.span(range))
}

fn find(place: &Place<'_>, claim: &Claim, claims: &[Claim]) -> Option<Range<usize>> {
    let Claim { tokens, measured, change, .. } = claim;
    if change.role != Role::Level
        && let Some(word) = &change.word
    {
        if change.is_behind {
            return behind(place, word.end)
                .or_else(|| between(place, tokens.end, word.start))
                .or_else(|| clause_subject(place, tokens.start));
        }
        let is_noun =
            place.lexicon.measures.changes.at(place.from(word.start)).is_some_and(|found| {
                found.value.is_noun
                    && (found.value.verb.is_none()
                        || word.start > 0 && place.has(word.start - 1, Tags::DETERMINER))
            });
        if is_noun {
            return behind(place, word.end)
                .or_else(|| noun_before(place, word.start))
                .or_else(|| clause_subject(place, word.start));
        }
        // "cut its rate by": what is acted on stands between the verb and the preposition.
        let takes_object = place
            .lexicon
            .measures
            .changes
            .at(place.from(word.start))
            .is_some_and(|found| found.value.takes_object);
        if takes_object {
            let object = noun_after(place, word.end).filter(|range| range.end <= tokens.start);
            if object.is_some() {
                return object;
            }
        }
        return noun_before(place, word.start).or_else(|| head_of_sentence(place, word.start));
    }
    let at = tokens.end;
    if measured.kind != NumericKind::Count {
        // "13 percent of the global economy", "$12 million in deposits"
        if (place.is(at, "of") || place.is(at, "in") && measured.kind == NumericKind::Money)
            && let Some(range) = noun_after(place, at + 1)
        {
            return Some(range);
        }
        // "25 % tax on cars", "a 3.5-litre engine"
        let adjoins = place
            .at(at)
            .is_some_and(|t| t.is_word() && !t.is(NO_NOUN) && !t.has(crate::token::flags::LINE));
        if adjoins && let Some(range) = noun_after(place, at) {
            return Some(range);
        }
    }
    // "a speed of 15 mph", "net profit of $3 million"
    if tokens.start >= 2
        && place.is(tokens.start - 1, "of")
        && let Some(range) = noun_before(place, tokens.start - 1)
    {
        return Some(range);
    }
    let _ = claims;
    clause_subject(place, tokens.start).filter(|range| range.end <= tokens.start)
}

/// "of" or "in" behind a noun of change: "a rise in exports".
fn behind(place: &Place<'_>, at: usize) -> Option<Range<usize>> {
    (place.is(at, "in") || place.is(at, "of") || place.is(at, "for"))
        .then(|| noun_after(place, at + 1))
        .flatten()
}

/// The words between a quantity and its noun of change: "share price" of "7 % share price increase".
fn between(place: &Place<'_>, from: usize, to: usize) -> Option<Range<usize>> {
    (from < to && place.at(from).is_some_and(|t| t.kind == TokenKind::Word)).then_some(from..to)
}

/// What "it" stands for: the subject of the last claim, or of the sentence before.
fn antecedent(ctx: &Context<'_>, sentence: &Sentence, mentions: &Mentions) -> Option<Span> {
    let index = ctx.text.sentence_of(sentence.tokens.start);
    let last = mentions.facts.iter().rev().take(8).find_map(|fact| match &fact.kind {
        Kind::Numeric(claim) if fact.sentence + 1 >= index => claim.subject,
        Kind::Numeric(_) | Kind::Date(_) | Kind::Commitment(_) => None,
    });
    if let Some(last) = last.filter(|span| span.len() > 4) {
        return Some(last);
    }
    let before = ctx.text.sentences.get(index.checked_sub(1)? as usize)?;
    if before.paragraph != sentence.paragraph {
        return None;
    }
    let place = Place {
        lexicon: ctx.lexicon,
        content: ctx.text.content,
        tokens: ctx.tokens(before),
        region: None,
    };
    let range = head_of_sentence(&place, place.tokens.len())?;
    (range.len() <= 8).then(|| place.span(range))
}

/// Classes that do not begin a noun behind a measure.
const NO_NOUN: u64 = Tags::PREPOSITION
    | Tags::CONJUNCTION
    | Tags::AUXILIARY
    | Tags::RELATIVE
    | Tags::PRONOUN
    | Tags::MODAL
    | Tags::DETERMINER
    | Tags::PAST_VERB
    | Tags::VERB
    | Tags::NEGATION
    | Tags::CHANGE
    | Tags::MONTH
    | Tags::WEEKDAY
    | Tags::TIME
    | Tags::ADVERB;
