//! Who is bound by name: the agent of a commitment resolved inside the document.

use crate::extract::Context;
use crate::fact::{Commitment, CommitmentType, Fact, Kind, Statement, StatementType};
use crate::lexicon::{Gender, Tags};
use crate::phrase::name::{NounPhrase, noun_phrase};
use crate::relate::people::{Bearer, BearerKind, People, span_of};
use crate::relate::topic::topic;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// Gives each commitment the fullest name that the document has for its agent. "I" is the speaker; "it" said to have been
/// said by somebody is that somebody; other pronouns are the last named of their kind. "We" stays without a name: it is
/// more than who speaks.
pub fn name_agents(
    ctx: &Context<'_>,
    people: &People,
    statements: &[Statement],
    facts: &mut [Fact],
) {
    for fact in facts {
        let statement = fact.statement().and_then(|at| statements.get(at as usize));
        let Kind::Commitment(commitment) = &mut fact.kind else { continue };
        commitment.agent_name = name(ctx, people, statements, statement, commitment);
    }
}

fn name(
    ctx: &Context<'_>,
    people: &People,
    statements: &[Statement],
    statement: Option<&Statement>,
    commitment: &Commitment,
) -> Option<Span> {
    let agent = commitment.agent?;
    if agent.len() > LONGEST_PRONOUN {
        return named_by(ctx, people, agent);
    }
    let speaker = statement.and_then(|statement| statement.speaker_name);
    // Who speaks for themselves says "I".
    let is_quoted = statement.is_some_and(|statement| {
        matches!(statement.kind, StatementType::DirectQuote | StatementType::SpeechTurn)
    });
    let fits: fn(&Bearer) -> bool = match ctx.text.of(agent).to_ascii_lowercase().as_str() {
        "i" | "my" | "me" => return speaker,
        "we" | "our" | "us" | "who" | "you" => return None,
        "it" | "its" => |bearer| bearer.kind != BearerKind::Person,
        "he" | "his" | "him" => |bearer| {
            bearer.kind != BearerKind::Organisation && bearer.gender != Some(Gender::Female)
        },
        "she" | "her" => {
            |bearer| bearer.kind != BearerKind::Organisation && bearer.gender != Some(Gender::Male)
        }
        "they" | "their" | "them" => return speaker.filter(|_| !is_quoted),
        _ => return named_by(ctx, people, agent),
    };
    let mut at = ctx.text.token_at(agent.begin);
    // "Grau called on her": not on himself.
    if commitment.cue.begin < agent.begin {
        let sentence = ctx.text.sentences.get(ctx.text.sentence_of(at) as usize);
        at = sentence.map_or(at, |sentence| sentence.body().start);
    }
    let is_it = ctx.text.tokens(at..at + 1).iter().any(|word| ctx.text.is(word, "it"));
    if is_it && let Some(topic) = topic(ctx.lexicon, ctx.text, people, at) {
        return topic
            .bearer
            .and_then(|number| people.bearer(number))
            .map(|bearer| bearer.name)
            .or_else(|| span_of(ctx.text, topic.phrase.core));
    }
    if is_it && let Some(body) = body_before(ctx, people, at) {
        return Some(body);
    }
    if is_it && let Some(body) = quoted_before(ctx, people, statements, at) {
        return Some(body);
    }
    let named = || {
        let near = people.before(at).take(FARTHEST).filter_map(|(number, _)| people.bearer(number));
        near.filter(|bearer| {
            fits(bearer)
                && !is_time(ctx, bearer.name)
                && !(is_quoted && Some(bearer.name) == speaker)
        })
    };
    // What somebody is reported to have said of "it" or "her" is most often of themselves.
    let own = named().find(|bearer| Some(bearer.name) == speaker);
    // "The ministry indicated it would", "The mayor said she would": a body or a person without a name.
    let is_whose = |speaker: &Span| {
        if is_it {
            is_nameless_body(ctx, *speaker) && !people.has_name(*speaker)
        } else {
            is_nameless_person(ctx, *speaker) || commitment.kind == CommitmentType::Refusal
        }
    };
    if own.is_none()
        && !is_quoted
        && let Some(speaker) = speaker.filter(is_whose)
    {
        return Some(speaker);
    }
    let is_known = |bearer: &&Bearer| bearer.kind != BearerKind::Unknown;
    Some(own.or_else(|| named().find(is_known)).or_else(|| named().next())?.name)
}

/// "The bank takes no orders, and it won't start now": the body that the sentence or quotation of the pronoun at `at` begins with, where
/// the pronoun begins a clause behind "and" or "but".
fn body_before(ctx: &Context<'_>, people: &People, at: u32) -> Option<Span> {
    let text = ctx.text;
    let is =
        |at: u32, what: &dyn Fn(&Token) -> bool| text.tokens.get(at as usize).is_some_and(what);
    let is_next = at > 2
        && is(at - 2, &|mark| mark.kind == TokenKind::Comma)
        && is(at - 1, &|word| text.is_any(word, &["and", "but"]));
    let sentence = text.sentences.get(text.sentence_of(at) as usize).filter(|_| is_next)?;
    let mut start = sentence.body().start;
    start += u32::from(is(start, &|mark| mark.kind.is_quote()));
    let phrase = noun_phrase(text, start, at)?;
    match people.of_phrase(ctx.lexicon, text, &phrase).and_then(|number| people.bearer(number)) {
        Some(bearer) => Some(bearer.name).filter(|_| bearer.kind == BearerKind::Organisation),
        None => {
            let head = phrase.core.end.checked_sub(1)?;
            let is_body = is(head, &|word| {
                word.is(Tags::ORGANISATION | Tags::AGENTIVE) && !word.is(Tags::ROLE)
            });
            span_of(text, phrase.core).filter(|_| is_body)
        }
    }
}

/// "…," the club said. It hopes to: the body that the quotation of the sentence before is of, where the pronoun at `at` begins its own.
fn quoted_before(
    ctx: &Context<'_>,
    people: &People,
    statements: &[Statement],
    at: u32,
) -> Option<Span> {
    let text = ctx.text;
    let index = text.sentence_of(at);
    let sentence = text.sentences.get(index as usize)?;
    if sentence.body().start != at {
        return None;
    }
    let begin = text.tokens.get(at as usize)?.span.begin;
    let last = statements.iter().rev().find(|known| {
        known.kind == StatementType::DirectQuote
            && known.span.begin < begin
            && known.speaker.is_some()
    })?;
    let speaker = last.speaker?;
    let name = last.speaker_name?;
    let is_body = match people.named(name) {
        Some(bearer) => bearer.kind == BearerKind::Organisation,
        None => is_nameless_body(ctx, name),
    };
    (text.sentence_of(text.token_at(speaker.begin)) + 1 == index && is_body).then_some(name)
}

/// "transport ministry": what speaks is a body, and has no name, or one that nothing else tells to be a name ("Unison").
fn is_nameless_body(ctx: &Context<'_>, speaker: Span) -> bool {
    let last = ctx.text.token_at(speaker.end.saturating_sub(1));
    ctx.text.tokens(last..last + 1).iter().any(|word| {
        word.is_word()
            && (word.is_capital() || !word.is(Tags::ROLE) && !ctx.text.is_any(word, PAPERS))
    })
}

/// What says something of others, and does nothing.
const PAPERS: &[&str] = &[
    "analysis",
    "article",
    "data",
    "document",
    "documents",
    "email",
    "figures",
    "filing",
    "forecast",
    "indictment",
    "lawsuit",
    "letter",
    "memo",
    "paper",
    "poll",
    "record",
    "records",
    "release",
    "report",
    "reports",
    "review",
    "ruling",
    "statement",
    "study",
    "survey",
    "website",
];

/// "mayor": who speaks for himself, unlike "spokeswoman", who may speak for somebody who has a name.
fn is_nameless_person(ctx: &Context<'_>, speaker: Span) -> bool {
    let last = ctx.text.token_at(speaker.end.saturating_sub(1));
    ctx.text.tokens(last..last + 1).iter().any(|word| {
        word.is(Tags::ROLE)
            && !word.is_capital()
            && !ctx.text.is_any(word, SPEAKS_FOR)
            && ctx.lexicon.people.roles.of(word).is_some_and(|role| !role.is_plural)
    })
}

/// The name in a phrase, or in what is added to it: "His barrister, Simon Lowe,".
fn named_by(ctx: &Context<'_>, people: &People, agent: Span) -> Option<Span> {
    let is_comma = |at: u32| {
        ctx.text.tokens.get(at as usize).is_some_and(|token| token.kind == TokenKind::Comma)
    };
    let end = ctx.text.token_at(agent.end.saturating_sub(1)) + 1;
    let added = (end + 1..end + FARTHEST_COMMA).find(|at| is_comma(*at) && is_comma(end));
    let begin = ctx.text.token_at(agent.begin);
    let phrase = NounPhrase { tokens: begin..added.unwrap_or(end), core: begin..end };
    let named = added
        .and_then(|_| people.of_phrase(ctx.lexicon, ctx.text, &phrase))
        .and_then(|number| people.bearer(number));
    named.map(|bearer| bearer.name).or_else(|| people.name_of(ctx.lexicon, ctx.text, agent))
}

/// "Christmas", "May": written like a name, and nobody.
fn is_time(ctx: &Context<'_>, name: Span) -> bool {
    let at = ctx.text.token_at(name.begin);
    let times = Tags::HOLIDAY | Tags::MONTH | Tags::WEEKDAY;
    ctx.text.tokens(at..at + 1).iter().any(|token| token.is(times) && token.span.end >= name.end)
}

/// Whose "he" may be somebody else.
const SPEAKS_FOR: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "lawyer",
    "attorney",
    "solicitor",
    "barrister",
    "agent",
    "aide",
    "adviser",
    "advisor",
    "official",
    "source",
    "brother",
    "sister",
    "father",
    "mother",
    "wife",
    "husband",
    "son",
    "daughter",
    "friend",
    "neighbour",
    "neighbor",
];
/// Bytes of "their".
const LONGEST_PRONOUN: u32 = 5;
/// Tokens of what is added to a phrase between commas.
const FARTHEST_COMMA: u32 = 12;
/// How many names are looked back.
const FARTHEST: usize = 24;
