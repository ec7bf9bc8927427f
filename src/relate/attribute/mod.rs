//! Who says what: quotations, indirect speech and speech turns, each with its speaker, and the statement of each fact.
//!
//! Three passes look for what is said, each only where a label, a quotation mark or a word of reporting stands; a fourth goes
//! through what they found in text order and resolves the speakers.

mod clause;
mod cue;
mod denied;
mod direct;
mod indirect;
mod speaker;
mod thing;
mod turn;

use std::ops::Range;

use crate::extract::Context;
use crate::fact::{Fact, NOWHERE, Statement, StatementType};
use crate::lexicon::Lexicon;
use crate::phrase::name::NounPhrase;
use crate::relate::Room;
use crate::relate::order::{self, arrange};
use crate::relate::people::People;
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::token::TokenKind;

pub(super) use direct::Quotation;
pub(super) use speaker::Voice;

/// The statements in the first `read_sentences` sentences, sorted by span.
pub fn statements(
    ctx: &Context<'_>,
    people: &People,
    read_sentences: usize,
    room: &mut Room,
) -> Vec<Statement> {
    let text = ctx.text;
    let last = read_sentences.checked_sub(1).and_then(|last| text.sentences.get(last));
    let Some(end) = last.map(|last| last.tokens.end) else { return Vec::new() };
    let scene = Scene { lexicon: ctx.lexicon, text, end };
    let Room { drafts, quotations, keys, .. } = room;
    drafts.clear();
    turn::turns(&scene, people, drafts);
    let turns: Vec<Range<u32>> = drafts.iter().map(Draft::tokens).collect();
    // Drafts are large, and a list that grows is copied: of four words that report, about one has somebody's words.
    drafts.reserve(text.places.reports.len() / 4 + text.quotes.len());
    quotations.clear();
    direct::quotations(&scene, &turns, quotations, drafts);
    indirect::speech(&scene, &turns, quotations, drafts);
    let mut out = speaker::resolve(&scene, people, drafts, keys, &mut room.voices);
    order::put(keys, out.iter().map(|statement| statement.span).enumerate().map(order::key_of));
    arrange(&mut out, keys);
    nest(&mut out, keys, &mut room.around);
    out
}

/// Gives each of the sorted `statements` the innermost other one that it is reported in. `keys` and `around` are room.
fn nest(statements: &mut [Statement], keys: &mut Vec<u128>, around: &mut Vec<u32>) {
    if statements.len() < 2 {
        return;
    }
    // The longer of two that begin together is around the other.
    let spans = statements.iter().map(|statement| statement.span).enumerate();
    order::put(
        keys,
        spans.map(|(at, span)| order::key(span.begin, u64::from(u32::MAX - span.end), at)),
    );
    around.clear();
    for at in keys.iter().map(|key| order::place(*key) as u32) {
        let Some(inner) = statements.get(at as usize) else { continue };
        let begin = inner.span.begin;
        let parent = around.iter().rev().take(DEEPEST).copied().find(|outer| {
            statements.get(*outer as usize).is_some_and(|outer| is_reported_in(inner, outer))
        });
        while around
            .last()
            .and_then(|last| statements.get(*last as usize))
            .is_some_and(|last| last.span.end <= begin)
        {
            around.pop();
        }
        around.push(at);
        if let Some(inner) = statements.get_mut(at as usize) {
            inner.parent = parent;
        }
    }
}

/// Whether the words of `inner`, or those that report it, stand in what is said in `outer`, which begins no later: "my father told me,
/// 'Go'", and "that his father had told him: 'Go'", which ends before the quotation.
fn is_reported_in(inner: &Statement, outer: &Statement) -> bool {
    let is_said = |span: Span| outer.parts.iter().any(|part| part.covers(span));
    let is_later = outer.span.begin < inner.span.begin;
    outer.span != inner.span && is_said(inner.span) || is_later && inner.cue.is_some_and(is_said)
}

/// Gives each fact the innermost of the sorted `statements` that covers it.
pub fn attribute(statements: &[Statement], facts: &mut [Fact], room: &mut Room) {
    // How far each statement or one before it reaches: most facts stand in none.
    let reaches = &mut room.around;
    reaches.clear();
    reaches.extend(statements.iter().scan(0, |reach, statement| {
        *reach = statement.span.end.max(*reach);
        Some(*reach)
    }));
    // Facts of one kind stand in text order, so that mostly the next is looked for from where the last was.
    let (mut after, mut read_to) = (0, 0);
    for fact in facts {
        let begins_before = |statement: &Statement| statement.span.begin <= fact.span.begin;
        if fact.span.begin < read_to {
            after = statements.partition_point(begins_before);
        } else {
            let rest = statements.get(after..).unwrap_or_default();
            after += rest.iter().take_while(|statement| begins_before(statement)).count();
        }
        read_to = fact.span.begin;
        let reach = after.checked_sub(1).and_then(|last| reaches.get(last));
        if reach.is_none_or(|reach| *reach < fact.span.end) {
            fact.stands_in = NOWHERE;
            continue;
        }
        let earlier =
            statements.get(..after).unwrap_or_default().iter().enumerate().rev().take(DEEPEST);
        let covers = |statement: &Statement| {
            statement.span.covers(fact.span)
                && statement.parts.iter().any(|part| part.covers(fact.span))
        };
        let innermost = earlier
            .filter(|(_, statement)| covers(statement))
            .min_by_key(|(_, statement)| statement.span.len())
            .map(|(index, _)| index as u32);
        fact.stands_in = innermost.unwrap_or(NOWHERE);
    }
}

/// What the passes look at.
struct Scene<'a> {
    lexicon: &'static Lexicon,
    text: &'a Text<'a>,
    /// One past the last token that may be read.
    end: u32,
}

impl Scene<'_> {
    /// What the token at that place is; `Other` past the end.
    #[inline]
    fn kind(&self, at: u32) -> TokenKind {
        self.text.tokens.get(at as usize).map_or(TokenKind::Other, |token| token.kind)
    }

    /// The tokens of the sentence that holds the token, cut to what may be read.
    fn sentence(&self, token: u32) -> Range<u32> {
        let index = self.text.sentence_of(token) as usize;
        self.text.sentences.get(index).map_or(token..token, |sentence| self.cut(sentence))
    }

    /// The tokens of the sentence, without its dateline and cut to what may be read.
    fn cut(&self, sentence: &Sentence) -> Range<u32> {
        sentence.body().start..sentence.tokens.end.min(self.end)
    }

    /// Whether the token's text ends in `ending`, case and all.
    fn ends_with(&self, at: u32, ending: &str) -> bool {
        let token = self.text.tokens.get(at as usize);
        token.is_some_and(|token| token.ends_with(self.text.content, ending))
    }

    /// The token's text; empty past the end.
    #[inline]
    fn word(&self, at: u32) -> &str {
        self.text.tokens.get(at as usize).map_or("", |token| self.text.word(token))
    }

    /// Whether the token's text is `lower`, whatever its case.
    #[inline(always)]
    fn is(&self, at: u32, lower: &str) -> bool {
        self.text.tokens.get(at as usize).is_some_and(|token| self.text.is(token, lower))
    }

    /// Whether the token's text is one of `lower`, whatever its case.
    #[inline(always)]
    fn is_any(&self, at: u32, lower: &[&str]) -> bool {
        self.text.tokens.get(at as usize).is_some_and(|token| self.text.is_any(token, lower))
    }

    /// The range without the marks at its ends, quotation marks apart.
    fn trimmed(&self, mut range: Range<u32>) -> Range<u32> {
        let is_mark = |kind| {
            matches!(
                kind,
                TokenKind::Comma
                    | TokenKind::Dot
                    | TokenKind::Semicolon
                    | TokenKind::Colon
                    | TokenKind::Dash
                    | TokenKind::Hyphen
            )
        };
        while range.start < range.end && is_mark(self.kind(range.start)) {
            range.start += 1;
        }
        while range.start < range.end && is_mark(self.kind(range.end - 1)) {
            range.end -= 1;
        }
        range
    }
}

/// Who is meant to have said it.
#[derive(Clone, Debug)]
enum Who {
    /// A noun phrase.
    Phrase(NounPhrase),
    /// A label that names nobody: "QUESTION".
    Label(NounPhrase),
    /// Whoever spoke last.
    Last,
    /// Nobody that the text names.
    Nobody,
}

/// A statement whose speaker is not resolved yet. Places are token indices.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The pieces of what is said, in order.
    parts: Vec<Range<u32>>,
    kind: StatementType,
    who: Who,
    cue: Option<Range<u32>>,
    addressee: Option<Range<u32>>,
    confidence: f32,
    /// Where it is reported: statements are resolved in this order.
    at: u32,
}

impl Draft {
    /// From the first to the last token of what is said.
    fn tokens(&self) -> Range<u32> {
        let start = self.parts.first().map_or(0, |part| part.start);
        start..self.parts.last().map_or(start, |part| part.end)
    }
}

/// Statements looked through for the innermost one that covers a fact.
const DEEPEST: usize = 12;
