//! The flow as one straight function.

use std::cell::Cell;

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
        let mut room = ROOM.take().unwrap_or_default();
        let Room { text, mentions, people, relate } = &mut *room;
        let text = Text::read_within(self.lexicon, document.content, budget, std::mem::take(text));
        let ctx = Context { lexicon: self.lexicon, document, text: &text };
        mentions.start(&text);
        let mut read = 0;
        while read < text.sentences.len() && !budget.is_spent() {
            let end = text.sentences.len().min(read + AT_ONCE);
            extract::all(&ctx, read..end, mentions);
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
        people.read(self.lexicon, &text);
        let statements = relate::statements(&ctx, people, read, relate);
        if budget.is_abandoned() {
            return Report::default();
        }
        relate::attribute(&statements, &mut mentions.facts, relate);
        relate::name_agents(&ctx, people, &statements, &mut mentions.facts);
        let facts_over_limit = relate::finish(&ctx, &mut mentions.facts, options, relate);
        let facts = std::mem::take(&mut mentions.facts);
        if text.tokens.len() <= LARGEST_KEPT {
            room.text = text.emptied();
            ROOM.set(Some(room));
        }
        Report { facts, statements, sentences, read_to, facts_over_limit }
    }
}

/// The lists of a document: those of the next one of the same thread take their room, which is warm in the processor's
/// caches. Nothing of one document is seen by another.
#[derive(Debug, Default)]
struct Room {
    text: Text<'static>,
    mentions: Mentions,
    people: relate::People,
    relate: relate::Room,
}

thread_local! {
    static ROOM: Cell<Option<Box<Room>>> = const { Cell::new(None) };
}

/// Tokens of a document whose lists are kept: some eight megabytes.
const LARGEST_KEPT: usize = 1 << 16;

/// Sentences that are read between two looks at the budget.
const AT_ONCE: usize = 64;
