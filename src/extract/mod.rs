//! One file for each kind of fact; `ALL` is the one list of them.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of a token or fact of any other kind, a reader reads nothing"
)]

mod commitment;
mod date;
mod numeric;

use std::ops::Range;

use crate::document::Document;
use crate::fact::{DateMention, Fact, Kind};
use crate::lexicon::{self, Lexicon};
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
    /// Times that later ones lean on.
    pub memory: Memory,
    /// Where the facts of each sentence stand in `facts`.
    of: Vec<Places>,
    /// The sentence being read, and where its facts stand.
    now: usize,
    here: Places,
    /// The list of commitments being read.
    heading: Option<commitment::Heading>,
    /// Kept between sentences, so that it is made once.
    times: Vec<Mention>,
    claims: Vec<numeric::Claim>,
}

impl Mentions {
    /// Forgets what was found, and makes room for what is stated where something may begin in the text.
    pub fn start(&mut self, text: &Text<'_>) {
        let begins = text.places.amounts.len() + text.places.times.len();
        let Self { facts, memory, of, now, here, heading, times, claims } = self;
        *facts = Vec::with_capacity(begins / 2 + 4);
        of.clear();
        times.clear();
        claims.clear();
        (*memory, *now, *here, *heading) = (Memory::default(), 0, Places::default(), None);
    }

    /// The facts of one kind in the sentence being read.
    fn of_sentence(&self, kind: usize) -> &[Fact] {
        let Range { start, end } = self.here[kind];
        self.facts.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The dates of the sentence being read, in text order.
    pub fn dates(&self) -> &[Fact] {
        self.of_sentence(DATES)
    }

    /// The numeric claims of the sentence being read, in text order.
    pub fn numbers(&self) -> &[Fact] {
        self.of_sentence(NUMBERS)
    }

    /// The commitments of the sentence being read.
    pub fn commitments(&self) -> &[Fact] {
        self.of_sentence(COMMITMENTS)
    }

    /// Where the facts of one kind of a sentence stand in the list of facts.
    fn places(&self, sentence: usize, kind: usize) -> Range<usize> {
        let places = self.of.get(sentence).map_or(0..0, |places| places[kind].clone());
        places.start as usize..places.end as usize
    }

    /// Where the dates of a sentence stand in the list of facts.
    fn places_of_dates(&self, sentence: u32) -> Range<usize> {
        self.places(sentence as usize, DATES)
    }

    /// Goes on to a sentence, whose facts of one kind will be the next.
    fn begin(&mut self, sentence: usize, kind: usize) {
        let next = self.facts.len() as u32;
        self.now = sentence;
        if let Some(places) = self.of.get_mut(sentence) {
            places[kind] = next..next;
            self.here = places.clone();
        }
    }

    /// Adds a fact of the kind and sentence being read.
    fn push(&mut self, kind: usize, fact: Fact) {
        self.facts.push(fact);
        self.here[kind].end = self.facts.len() as u32;
        if let Some(places) = self.of.get_mut(self.now) {
            places[kind].end = self.here[kind].end;
        }
    }

    /// Whether a date of the sentence being read overlaps the span.
    pub fn has_date_at(&self, span: Span) -> bool {
        self.dates_at(span).next().is_some()
    }

    /// The dates of the sentence being read that overlap the span, with their places: the last first.
    pub fn dates_at(&self, span: Span) -> impl Iterator<Item = (Span, &DateMention)> {
        let facts = self.dates();
        let begins_before = |fact: &Fact| fact.span.begin < span.end;
        let before = facts.get(..facts.partition_point(begins_before)).unwrap_or_default();
        before.iter().rev().take_while(move |fact| fact.span.end > span.begin).filter_map(|fact| {
            match &fact.kind {
                Kind::Date(date) => Some((fact.span, date)),
                _ => None,
            }
        })
    }
}

/// Reads the facts of one kind from a sentence, given its index and the tokens of the text at which one may begin.
pub type Extractor = fn(&Context<'_>, u32, &Sentence, &[u32], &mut Mentions);

/// The tokens of a text at which facts of one kind may begin.
type Begins = fn(&lexicon::Places) -> &[u32];

/// Every kind, in the order in which they are read: a later one may look at what an earlier one found.
pub const ALL: [(Begins, Extractor); 3] = [
    (|places| &places.times, date::dates),
    (|places| &places.amounts, numeric::extract),
    (|places| &places.bonds, commitment::commitments),
];

/// Their places in `ALL`.
const DATES: usize = 0;
const NUMBERS: usize = 1;
const COMMITMENTS: usize = 2;

/// Where the facts of a sentence stand in the list of all, by kind.
type Places = [Range<u32>; ALL.len()];

/// Runs every extractor over the sentences, one after the other: the instructions of one fill the processor's first cache,
/// so that going from one to the next in every sentence would fetch them anew each time.
pub fn all(ctx: &Context<'_>, sentences: Range<usize>, mentions: &mut Mentions) {
    mentions.of.resize(sentences.end, Places::default());
    let first = ctx.text.sentences.get(sentences.start).map_or(0, |first| first.tokens.start);
    for (kind, (begins, extract)) in ALL.iter().enumerate() {
        let begins = begins(&ctx.text.places);
        let mut rest = begins.get(begins.partition_point(|at| *at < first)..).unwrap_or_default();
        for index in sentences.clone() {
            let Some(sentence) = ctx.text.sentences.get(index) else { break };
            let count = rest.iter().position(|at| *at >= sentence.tokens.end);
            let (here, behind) = rest.split_at(count.unwrap_or(rest.len()));
            rest = behind;
            // A commitment may stand in a line without any word for it.
            if here.is_empty() && kind != COMMITMENTS {
                continue;
            }
            mentions.begin(index, kind);
            extract(ctx, index as u32, sentence, here, mentions);
        }
    }
}
