//! Tokens to sentences, paragraphs, headlines and quoted stretches. Knows no facts.

mod dateline;
mod ending;
mod paragraph;
mod quote;
mod sentence;
mod stop;

use std::ops::Range;

pub use paragraph::{Paragraph, ParagraphKind};
pub use quote::Quote;
pub use sentence::Sentence;

use crate::document::Budget;
use crate::lexicon::{Lexicon, Places};
use crate::span::Span;
use crate::token::Token;

/// A text cut into its parts. Places are indices into these lists.
#[derive(Debug, Default)]
pub struct Text<'a> {
    /// The content as sent.
    pub content: &'a str,
    /// All tokens, with their words looked up.
    pub tokens: Vec<Token>,
    /// Sentences, in text order; every token is in exactly one.
    pub sentences: Vec<Sentence>,
    /// Paragraphs, in text order; every sentence is in exactly one.
    pub paragraphs: Vec<Paragraph>,
    /// Stretches between quotation marks, in order of their opening marks.
    pub quotes: Vec<Quote>,
    /// Where something may begin or end.
    pub places: Places,
}

impl<'a> Text<'a> {
    /// Cuts `content`.
    pub fn read(lexicon: &Lexicon, content: &'a str) -> Self {
        Self::read_within(lexicon, content, &Budget::unlimited(), Text::default())
    }

    /// Cuts `content`, or leaves off between two steps once the budget is abandoned: the text then has no sentences. What
    /// is read is kept in the lists of `room`, a text that was [emptied](Self::emptied).
    pub fn read_within(
        lexicon: &Lexicon,
        content: &'a str,
        budget: &Budget,
        room: Text<'static>,
    ) -> Self {
        let mut text = Self { content, ..room };
        // News has a token in some five bytes, and a list that grows is copied.
        text.tokens.reserve(content.len() / 4 + 8);
        text.places = lexicon.tokens_and_places(content, &mut text.tokens, text.places);
        if budget.is_abandoned() {
            text.tokens.clear();
            return text;
        }
        let Self { tokens, sentences, paragraphs, quotes, places, .. } = &mut text;
        paragraph::paragraphs(lexicon, content, tokens, places, paragraphs);
        sentence::sentences(content, tokens, places, paragraphs, sentences);
        quote::quotes(tokens, places, paragraphs, quotes);
        ending::end_names(lexicon, content, tokens, &places.endings, quotes);
        text
    }

    /// Its lists with nothing in them: room for those of another text, which need not be made then.
    pub fn emptied(mut self) -> Text<'static> {
        self.tokens.clear();
        self.sentences.clear();
        self.paragraphs.clear();
        self.quotes.clear();
        self.places.clear();
        Text { content: "", ..self }
    }

    /// The tokens of a range; empty when the range is not of this text.
    pub fn tokens(&self, range: Range<u32>) -> &[Token] {
        self.tokens.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The text of a span.
    pub fn of(&self, span: Span) -> &'a str {
        span.of(self.content)
    }

    /// The text of a token.
    pub fn word(&self, token: &Token) -> &'a str {
        token.span.of(self.content)
    }

    /// Whether a token's text is `lower`, whatever its case (ASCII).
    #[inline(always)]
    pub fn is(&self, token: &Token, lower: &str) -> bool {
        token.reads(self.content, lower)
    }

    /// Whether a token's text is one of `lower`, whatever its case (ASCII).
    #[inline(always)]
    pub fn is_any(&self, token: &Token, lower: &[&str]) -> bool {
        token.reads_any(self.content, lower)
    }

    /// The index of the first token that ends after `offset`; the number of tokens when there is none.
    pub fn token_at(&self, offset: u32) -> u32 {
        self.tokens.partition_point(|token| token.span.end <= offset) as u32
    }

    /// The paragraph that holds the token.
    pub fn paragraph_at(&self, token: u32) -> Option<&Paragraph> {
        let sentence = self.sentences.get(self.sentence_of(token) as usize)?;
        self.paragraphs.get(sentence.paragraph as usize)
    }

    /// The index of the sentence that holds the token.
    pub fn sentence_of(&self, token: u32) -> u32 {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= token) as u32
    }
}
