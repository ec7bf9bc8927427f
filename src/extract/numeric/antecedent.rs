//! What a pronoun before a quantity stands for.

use std::ops::Range;

use crate::extract::{Context, Mentions};
use crate::fact::{Fact, Kind};
use crate::lexicon::Tags;
use crate::phrase::clause::{head_of_sentence, noun_after};
use crate::phrase::place::Place;
use crate::span::Span;
use crate::text::Sentence;
use crate::token::{Token, TokenKind, Words};

use super::age::PEOPLE;

/// What a pronoun stands for in its own sentence: "Corvin said it would close two mills" is of Corvin.
pub(super) fn inside(place: &Place<'_>, pronoun: &Range<usize>) -> Option<Span> {
    let head = head_of_sentence(place, pronoun.start)?;
    // "polls show he won": what shows it did nothing else.
    let is_noun = head.end < pronoun.start
        && !place.at(head.end).is_some_and(|t| SHOWS.hold(place.content, t))
        && head.len() <= 8
        && !(head.clone())
            .any(|at| place.has(at, Tags::PRONOUN | Tags::CONDITION | Tags::FIRST_PERSON));
    is_noun.then(|| place.span(head))
}

static SHOWS: Words<6> = Words::new(["show", "shows", "showed", "suggest", "suggests", "indicate"]);

const OWNERS: &[&str] = &["its", "their", "his", "her"];

/// What a pronoun may stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Referent {
    /// "he", "she"
    Person,
    /// "it"
    Thing,
    /// "they"
    Several,
}

/// What a pronoun stands for, that `begins` its sentence or not: the subject of the last claim of its sentence, or what a sentence before is about.
pub(super) fn antecedent(
    ctx: &Context<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
    of: Referent,
    begins: bool,
) -> Option<Span> {
    let index = ctx.text.sentence_of(sentence.tokens.start);
    let is_new = mentions.numbers().is_empty();
    // "The phone has a 6-inch screen. It weighs 187 g.": what the sentence before is about.
    if of != Referent::Person
        && (is_new || begins)
        && let Some(head) =
            (1..=BACK).find_map(|back| head_before(ctx, sentence, index, back, of, begins))
    {
        return Some(head);
    }
    let is_near = |fact: &&Fact| fact.sentence + 1 >= index;
    let last =
        mentions.facts.iter().rev().take_while(is_near).take(8).find_map(|fact| match &fact.kind {
            Kind::Numeric(claim) => claim.subject,
            Kind::Date(_) | Kind::Commitment(_) => None,
        });
    // "he" and "she" are no "fraud" and no "sales".
    let is_person = |span: Span| is_person(ctx, span);
    if let Some(last) =
        last.filter(|span| !is_pronoun(ctx, *span) && (of != Referent::Person || is_person(*span)))
    {
        return Some(last);
    }
    head_before(ctx, sentence, index, 1, of, false)
        .filter(|span| of != Referent::Person || is_person(*span))
}

/// Whether a phrase stands for another.
fn is_pronoun(ctx: &Context<'_>, span: Span) -> bool {
    let text = span.of(ctx.text.content);
    text.len() < 4
        || ["they", "this", "that", "them", "some", "both", "most"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a phrase may be a person: a name, a role, "the man", no "jury" and no "postal votes".
fn is_person(ctx: &Context<'_>, span: Span) -> bool {
    let text = ctx.text;
    let first = text.tokens.partition_point(|token| token.span.begin < span.begin);
    let words = text.tokens.get(first..).unwrap_or_default();
    let inside = || words.iter().take_while(|token| token.span.end <= span.end);
    let is_said =
        |token: &Token| token.is(Tags::ROLE | Tags::GIVEN_NAME) || PEOPLE.hold(text.content, token);
    let is_name = |token: &Token| token.is_capital() && !token.is(Tags::DETERMINER | Tags::PRONOUN);
    inside().any(is_said)
        || inside().all(is_name) && !inside().any(|t| ctx.lexicon.nouns.is_plural(text.content, t))
}

/// Sentences looked back over.
const BACK: u32 = 3;

/// The noun phrase at the head of a sentence before, of the same paragraph, when the pronoun may stand for it.
fn head_before(
    ctx: &Context<'_>,
    sentence: &Sentence,
    index: u32,
    back: u32,
    of: Referent,
    begins: bool,
) -> Option<Span> {
    let before = ctx.text.sentences.get(index.checked_sub(back)? as usize)?;
    // A pronoun that opens a paragraph is of what the sentence before it is about.
    if before.paragraph != sentence.paragraph
        && !(back == 1 && before.paragraph + 1 == sentence.paragraph && begins)
    {
        return None;
    }
    let place = Place {
        lexicon: ctx.lexicon,
        content: ctx.text.content,
        tokens: ctx.tokens(before),
        tags: before.tags,
        region: None,
    };
    let range = head_of_sentence(&place, place.tokens.len())?;
    if of == Referent::Thing
        && back == 1
        && let Some(made) = made(&place, &range)
        && is_made(ctx, sentence)
    {
        return Some(made);
    }
    // "One in five adults smokes."
    let is_number =
        place.at(range.start).is_some_and(|t| t.kind == TokenKind::Number || t.is(Tags::NUMBER));
    // "Its fleet": of what was spoken of before.
    let is_owned = place.is_any(range.start, OWNERS);
    let is_pronoun =
        is_number || is_owned || range.len() == 1 && place.has(range.start, Tags::PRONOUN);
    // "CHAIR: Good evening."
    let is_turn = range.clone().any(|at| place.is_kind(at, TokenKind::Colon));
    let noun = range.clone().take_while(|&at| !place.has(at, Tags::PREPOSITION)).last()?;
    let is_plural = place.at(noun).is_some_and(|t| {
        place.lexicon.nouns.is_plural(place.content, t) && (noun == 0 || !t.is_capital())
    });
    let fits = match of {
        Referent::Person => true,
        Referent::Thing => !is_plural,
        Referent::Several => is_plural,
    };
    (range.len() <= 8 && !is_pronoun && !is_turn && fits).then(|| place.span(range))
}

/// What those at the head of a sentence made or own: "a pool" of "The council runs a pool.".
fn made(place: &Place<'_>, head: &Range<usize>) -> Option<Span> {
    let verb = (head.end..head.end + 3)
        .find(|&at| place.at(at).is_some_and(|t| MAKES.hold(place.content, t)))?;
    let has_article = place.is_any(verb + 1, &["a", "an", "another", "its"]);
    let range = noun_after(place, verb + 1).filter(|_| has_article)?;
    Some(place.span(range))
}

/// Whether a sentence that begins with "it" says what a thing costs or measures: "It cost", "It was built".
fn is_made(ctx: &Context<'_>, sentence: &Sentence) -> bool {
    let tokens = ctx.tokens(sentence);
    let content = ctx.text.content;
    let is_it = tokens.first().is_some_and(|t| t.reads(content, "it"));
    is_it
        && tokens.iter().skip(1).take(3).any(|t| MEASURES.hold(content, t))
        && !tokens.iter().skip(1).take(3).any(|t| t.is(Tags::PRONOUN))
}

/// What is done to make or own a thing.
static MAKES: Words<22> = Words::new([
    "opened",
    "opens",
    "built",
    "builds",
    "building",
    "launched",
    "unveiled",
    "bought",
    "owns",
    "runs",
    "operates",
    "plans",
    "planned",
    "wants",
    "approved",
    "ordered",
    "commissioned",
    "designed",
    "developed",
    "installed",
    "acquired",
    "erected",
]);

/// What is said of a thing alone.
static MEASURES: Words<13> = Words::new([
    "cost",
    "costs",
    "weighs",
    "measures",
    "seats",
    "houses",
    "spans",
    "stretches",
    "built",
    "opened",
    "stands",
    "priced",
    "installed",
]);
