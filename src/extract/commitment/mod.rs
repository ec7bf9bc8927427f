//! Commitments: who binds themselves to what, by when, on what condition.
//!
//! A commissive word or a modal begins the search; the clause around it gives agent, action, deadline and condition. What only
//! predicts, hopes, asks or describes is left alone: it is the subject that decides (one who can act), then the verb.

mod clause;
mod cue;
mod line;
mod list;
mod sign;
mod when;
mod whom;

use super::{COMMITMENTS, Context, Mentions, NUMBERS};
use crate::fact::time::When;
use crate::fact::{
    Commitment, CommitmentType, Fact, Kind, Link, LinkType, Modality, NOWHERE, Signs, Strength,
    TimeValue,
};
use crate::lexicon::Tags;
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::token::TokenKind;

pub(super) use list::Heading;

/// What a cue binds, before its clause is read. Places are indices of tokens.
#[derive(Clone, Copy, Debug)]
struct Draft {
    kind: CommitmentType,
    is_soft: bool,
    negated: bool,
    /// The words that bind.
    cue: (u32, u32),
    /// Who is bound.
    agent: Option<(u32, u32)>,
    /// The subject, also where it is no agent.
    subject: Option<(u32, u32)>,
    who: cue::Actor,
    /// Where the clause begins.
    first: u32,
    /// Where the action begins.
    action: u32,
    rule: &'static str,
}

/// The part of a sentence that a cue may look at.
struct Scene<'a> {
    ctx: &'a Context<'a>,
    text: &'a Text<'a>,
    from: u32,
    to: u32,
    /// The dates of the sentence.
    dates: &'a [Fact],
    /// Its numeric claims.
    numbers: &'a [Fact],
    /// Inside quotation marks, or of a first person.
    is_own_voice: bool,
}

/// Reads the commitments of a sentence.
pub(super) fn commitments(
    ctx: &Context<'_>,
    index: u32,
    sentence: &Sentence,
    begins: &[u32],
    mentions: &mut Mentions,
) {
    let text = ctx.text;
    let mut found: Vec<Found> = Vec::new();
    let whole = list::item(ctx, sentence, mentions).or_else(|| line::plan(ctx, sentence, mentions));
    if let Some((draft, clause)) = whole {
        found.push(weigh(&scene(ctx, mentions, sentence, draft.action), draft, clause));
    }
    let is_exact = !mentions.dates().is_empty() || !mentions.numbers().is_empty();
    let wanted = if is_exact { Tags::BONDS } else { Tags::BONDS & !Tags::SCHEDULED };
    if sentence.tags & wanted != 0 && !is_question(text, sentence) {
        // Of "is" and "are" only those before "to" and "not".
        let is_other = |at: u32| {
            let next = text.tokens.get(at as usize + 1);
            !next.is_some_and(|next| text.is(next, "to") || text.is(next, "not"))
        };
        let is_wanted = |at: &u32| {
            text.tokens.get(*at as usize).is_some_and(|token| {
                token.is(wanted)
                    && !(token.is(Tags::SCHEDULED) && token.is(Tags::AUXILIARY) && is_other(*at))
            })
        };
        let places = begins.iter().copied().filter(is_wanted);
        cued(ctx, sentence, mentions, places, &mut found);
    }
    for found in found {
        push(ctx, index, mentions, &found);
    }
    mentions.heading = list::heading(ctx, sentence, mentions);
}

/// Looks for what the word at each of the places binds to.
fn cued(
    ctx: &Context<'_>,
    sentence: &Sentence,
    mentions: &Mentions,
    places: impl Iterator<Item = u32>,
    found: &mut Vec<Found>,
) {
    let mut read_to = 0;
    for at in places {
        if at < read_to {
            continue;
        }
        if found.len() >= MOST {
            break;
        }
        let scene = scene(ctx, mentions, sentence, at);
        let before = found.last().map(|known| (known.draft, known.clause.end));
        let Some(draft) = cue::at(&scene, at, before) else { continue };
        let clause = clause::read(&scene, &draft);
        read_to = draft.cue.1;
        if !clause::holds(&scene, &draft, &clause) {
            continue;
        }
        let mut further = clause::further(&scene, &draft, &clause);
        let is_inside = found.iter().any(|known| {
            known.confidence >= ctx.lexicon.weights.floor()
                && known.draft.first <= draft.first
                && clause.end <= known.clause.end
                && known.draft.action <= draft.action
        });
        if !is_inside {
            found.push(weigh(&scene, draft, clause));
        }
        while let Some((draft, clause)) = further.filter(|_| found.len() < MOST) {
            read_to = read_to.max(draft.action);
            // A third action, only of a list.
            let goes_on = scene.kind(clause.end) == TokenKind::Semicolon;
            further = goes_on.then(|| clause::further(&scene, &draft, &clause)).flatten();
            found.push(weigh(&scene, draft, clause));
        }
    }
}

fn is_question(text: &Text<'_>, sentence: &Sentence) -> bool {
    let end = sentence.tokens.end;
    let last = text.tokens(end.saturating_sub(2)..end);
    last.iter().any(|token| token.kind == TokenKind::Question)
}

/// What the cue at `at` may look at: its quotation, where it stands in one, else its sentence.
fn scene<'a>(
    ctx: &'a Context<'a>,
    mentions: &'a Mentions,
    sentence: &Sentence,
    at: u32,
) -> Scene<'a> {
    let text = ctx.text;
    let (mut from, mut to) = (sentence.tokens.start, sentence.tokens.end);
    let before = text.quotes.partition_point(|quote| quote.tokens.start <= at);
    let quote = text
        .quotes
        .get(..before)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(4)
        .find(|quote| quote.tokens.contains(&at));
    if let Some(quote) = quote {
        from = from.max(quote.tokens.start);
        to = to.min(quote.tokens.end);
    }
    let (dates, numbers) = (mentions.dates(), mentions.numbers());
    Scene { ctx, text, from, to, dates, numbers, is_own_voice: quote.is_some() }
}

/// A draft with its clause, and how likely it is a commitment.
struct Found {
    draft: Draft,
    clause: clause::Clause,
    signs: Signs,
    confidence: f32,
}

fn weigh(scene: &Scene<'_>, draft: Draft, clause: clause::Clause) -> Found {
    // A demand binds nobody, so nothing speaks for or against its binding.
    let (signs, confidence) = if draft.kind == CommitmentType::Call {
        (Signs::default(), CALL)
    } else {
        let signs = sign::signs(scene, &draft, &clause);
        (signs, scene.ctx.lexicon.weights.likelihood(signs))
    };
    Found { draft, clause, signs, confidence }
}

fn push(ctx: &Context<'_>, index: u32, mentions: &mut Mentions, found: &Found) {
    let Found { draft, clause: read, signs, confidence } = found;
    let text = ctx.text;
    let span = |range: (u32, u32)| span_of(text, range);
    let Some(whole) = span((read.first, read.end)) else { return };
    let Some(cue) = span(draft.cue) else { return };
    let mut links = Vec::new();
    let mut deadline = None;
    if let (Some(phrase), Some((first, _))) = (read.deadline.and_then(span), read.deadline) {
        // The time of a list's heading stands in a sentence before.
        for to in mentions.places_of_dates(text.sentence_of(first)) {
            let Some(fact) = mentions.facts.get(to) else { break };
            if let Kind::Date(date) = &fact.kind
                && phrase.covers(fact.span)
            {
                let begin = deadline.filter(|_| is_range(text, first));
                deadline = Some(begin.map_or(date.time, |begin| through(begin, date.time)));
                links.push(Link { to: to as u32, link: LinkType::Deadline });
            }
        }
    }
    if let Some(action) = read.action.and_then(span) {
        let is_inside =
            |to: &usize| mentions.facts.get(*to).is_some_and(|fact| action.covers(fact.span));
        let amount = |to: usize| Link { to: to as u32, link: LinkType::Amount };
        links.extend(mentions.places(mentions.now, NUMBERS).filter(is_inside).map(amount));
    }
    let strength = if draft.is_soft || read.is_soft { Strength::Hedged } else { Strength::Firm };
    mentions.push(
        COMMITMENTS,
        Fact {
            id: 0,
            span: whole,
            sentence: index,
            stands_in: NOWHERE,
            modality: if read.condition.is_some() {
                Modality::Conditional
            } else {
                Modality::Asserted
            },
            hedged: read.condition.and_then(span).unwrap_or_default(),
            confidence: *confidence,
            rule: draft.rule,
            links,
            kind: Kind::Commitment(Box::new(Commitment {
                kind: draft.kind,
                agent: draft.agent.and_then(span),
                agent_name: None,
                action: read.action.and_then(span),
                beneficiary: read.beneficiary.and_then(span),
                deadline,
                deadline_phrase: read.deadline.and_then(span),
                condition: read.condition.and_then(span),
                strength,
                negated: draft.negated || read.negated,
                cue,
                signs: *signs,
            })),
        },
    );
}

/// "between April and September", "on 7 and 8 December"; but "by 3 May and by 10 July" are two.
fn is_range(text: &Text<'_>, first: u32) -> bool {
    let leads = |at: u32, words: &[&str]| {
        text.tokens.get(at as usize).is_some_and(|lead| text.is_any(lead, words))
    };
    let is_pair = text.tokens(first + 1..first + 3).iter().map(|token| token.kind);
    leads(first, &["between", "from"])
        || leads(first + 2, &["and"]) && is_pair.eq([TokenKind::Number, TokenKind::Word])
}

/// The time from one to another; of units of two sizes the second.
fn through(from: TimeValue, to: TimeValue) -> TimeValue {
    match (from.when, to.when) {
        (When::At(begin), When::At(end)) if begin.granularity() == end.granularity() => {
            TimeValue { when: When::Between(Some(begin), Some(end)), ..to }
        }
        _ => to,
    }
}

fn span_of(text: &Text<'_>, (first, end): (u32, u32)) -> Option<Span> {
    let tokens = text.tokens(first..end);
    Some(tokens.first()?.span.join(tokens.last()?.span))
}

impl Scene<'_> {
    fn kind(&self, at: u32) -> TokenKind {
        self.text
            .tokens
            .get(at as usize)
            .filter(|_| at < self.to)
            .map_or(TokenKind::Other, |token| token.kind)
    }

    fn has(&self, at: u32, tags: u64) -> bool {
        at < self.to && self.text.tokens.get(at as usize).is_some_and(|token| token.is(tags))
    }

    #[inline(always)]
    fn is(&self, at: u32, lower: &str) -> bool {
        at < self.to
            && self.text.tokens.get(at as usize).is_some_and(|token| self.text.is(token, lower))
    }

    #[inline(always)]
    fn is_any(&self, at: u32, lower: &[&str]) -> bool {
        at < self.to
            && self
                .text
                .tokens
                .get(at as usize)
                .is_some_and(|token| token.reads_any(self.text.content, lower))
    }

    /// Whether the token's text ends in `ending`, case and all.
    fn ends_with(&self, at: u32, ending: &str) -> bool {
        let token = self.text.tokens.get(at as usize);
        token.is_some_and(|token| token.ends_with(self.text.content, ending))
    }

    fn word(&self, at: u32) -> &str {
        self.text.tokens.get(at as usize).map_or("", |token| self.text.word(token))
    }

    /// The date of the sentence that covers the token, as tokens.
    fn date_at(&self, at: u32) -> Option<(u32, u32)> {
        let place = self.text.tokens.get(at as usize)?.span;
        let fact = self.dates.iter().find(|fact| fact.span.covers(place))?;
        Some((self.text.token_at(fact.span.begin), self.text.token_at(fact.span.end - 1) + 1))
    }
}

/// Commitments of one sentence that are kept: more is a list of another kind.
const MOST: usize = 12;

/// How sure a demand is.
const CALL: f32 = 0.7;
