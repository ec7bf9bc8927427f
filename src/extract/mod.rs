//! One file for each kind of fact; `ALL` is the one list of them.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of a token or fact of any other kind, a reader reads nothing"
)]

mod commitment;
mod date;
mod numeric;

use crate::document::Document;
use crate::fact::{DateMention, Fact, Kind};
use crate::lexicon::Lexicon;
use crate::phrase::time::{Memory, Mention};
use crate::span::Span;
use crate::text::{Sentence, Text};
use crate::token::Token;

/// What every reader may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The words.
    pub lexicon: &'static Lexicon,
    /// What came in.
    pub document: &'a Document<'a>,
    /// Its text, cut.
    pub text: &'a Text<'a>,
}

impl<'a> Context<'a> {
    /// The tokens of a sentence at which a reader may begin, counted from its first, with their places.
    pub fn triggers(
        &self,
        sentence: &Sentence,
    ) -> impl Iterator<Item = (usize, &'a Token)> + use<'a> {
        let (text, first) = (self.text, sentence.tokens.start);
        let token = move |&at: &u32| Some(((at - first) as usize, text.tokens.get(at as usize)?));
        text.triggers(sentence).iter().filter_map(token)
    }

    /// The tokens of a sentence.
    pub fn tokens(&self, sentence: &Sentence) -> &'a [Token] {
        self.text.tokens(sentence.tokens.clone())
    }
}

/// The facts found so far, in the order of finding.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Every fact; links refer to places in this list.
    pub facts: Vec<Fact>,
    /// Where the facts of the sentence being read begin in `facts`.
    pub sentence_start: usize,
    /// Times that later ones lean on.
    pub memory: Memory,
    /// The list of commitments being read.
    heading: Option<commitment::Heading>,
    /// Kept between sentences, so that it is made once.
    times: Vec<Mention>,
    claims: Vec<numeric::Claim>,
}

impl Mentions {
    /// None, with room for what a text of so many triggers states.
    pub fn of_triggers(triggers: usize) -> Self {
        Self { facts: Vec::with_capacity(triggers / 3 + 4), ..Self::default() }
    }

    /// The facts of the sentence being read.
    pub fn of_sentence(&self) -> &[Fact] {
        self.facts.get(self.sentence_start..).unwrap_or_default()
    }

    /// Whether a date of the sentence being read overlaps the span.
    pub fn has_date_at(&self, span: Span) -> bool {
        self.dates_at(span).next().is_some()
    }

    /// The dates of the sentence being read that overlap the span, with their places: the last first.
    pub fn dates_at(&self, span: Span) -> impl Iterator<Item = (Span, &DateMention)> {
        // They are the first facts of a sentence, and stand in text order.
        let facts = self.of_sentence();
        let begins_before =
            |fact: &Fact| matches!(fact.kind, Kind::Date(_)) && fact.span.begin < span.end;
        let before = facts.get(..facts.partition_point(begins_before)).unwrap_or_default();
        before.iter().rev().take_while(move |fact| fact.span.end > span.begin).filter_map(|fact| {
            match &fact.kind {
                Kind::Date(date) => Some((fact.span, date)),
                _ => None,
            }
        })
    }
}

/// Reads the facts of one kind from a sentence, given its index.
pub type Extractor = fn(&Context<'_>, u32, &Sentence, &mut Mentions);

/// Every kind, in the order in which they are read: a later one may look at what an earlier one found.
pub const ALL: &[Extractor] = &[date::dates, numeric::extract, commitment::commitments];

/// Runs every extractor over a sentence.
pub fn all(ctx: &Context<'_>, index: u32, sentence: &Sentence, mentions: &mut Mentions) {
    mentions.sentence_start = mentions.facts.len();
    for extract in ALL {
        extract(ctx, index, sentence, mentions);
    }
}
