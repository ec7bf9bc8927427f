//! The flow as one straight function.

use crate::document::{Budget, Document, Options};
use crate::extract::{self, Context, Mentions};
use crate::fact::Report;
use crate::lexicon::Lexicon;
use crate::relate;
use crate::text::Text;

/// Reads documents. Holds nothing but words, so one serves every thread.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    lexicon: &'static Lexicon,
}

impl Engine {
    /// An engine for English.
    pub fn english() -> Self {
        Self { lexicon: Lexicon::english() }
    }

    /// Reads a document if its language is supported; one that is not has no facts, and counts as read.
    pub fn answer(
        &self,
        is_supported: bool,
        document: &Document<'_>,
        options: &Options,
        budget: &Budget,
    ) -> Report {
        if is_supported {
            return self.analyze(document, options, budget);
        }
        Report { read_to: document.content.len() as u32, ..Report::default() }
    }

    /// Reads a document until its end, or until the budget is spent. Of an abandoned one, nothing is reported.
    pub fn analyze(&self, document: &Document<'_>, options: &Options, budget: &Budget) -> Report {
        let text = Text::read_within(self.lexicon, document.content, budget);
        let ctx = Context { lexicon: self.lexicon, document, text: &text };
        let mut mentions = Mentions::of(&text);
        let mut read = 0;
        while read < text.sentences.len() && !budget.is_spent() {
            let end = text.sentences.len().min(read + AT_ONCE);
            extract::all(&ctx, read..end, &mut mentions);
            read = end;
        }
        let is_whole = read == text.sentences.len();
        let sentences: Vec<_> =
            text.sentences.iter().take(read).map(|sentence| sentence.span).collect();
        let read_to = match sentences.last() {
            _ if is_whole => document.content.len() as u32,
            Some(last) => last.end,
            None => 0,
        };
        if budget.is_abandoned() {
            return Report::default();
        }
        let people = relate::People::read(self.lexicon, &text);
        let statements = relate::statements(&ctx, &people, read);
        if budget.is_abandoned() {
            return Report::default();
        }
        relate::attribute(&statements, &mut mentions.facts);
        relate::name_agents(&ctx, &people, &statements, &mut mentions.facts);
        let facts_over_limit = relate::finish(&ctx, &mut mentions.facts, options);
        Report { facts: mentions.facts, statements, sentences, read_to, facts_over_limit }
    }
}

/// Sentences that are read between two looks at the budget.
const AT_ONCE: usize = 64;
