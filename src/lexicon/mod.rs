//! Words as data: the tables of `lexicon/en/*.toml`, compiled in and read once at start. The only room that reads TOML.
//!
//! A token is looked up once ([`Lexicon::tokens`](crate::lexicon::Lexicon::tokens)): it gets the number of its word and the bits of its classes
//! ([`Tags`](crate::lexicon::Tags)). What a table says of a form of one or more words is asked of that table, only where the bit is set:
//! `lexicon.units.at(&tokens[i..])`.

mod acts;
mod commissives;
mod currencies;
mod index;
mod measures;
mod nouns;
mod numbers;
mod people;
mod reporting;
mod table;
mod tags;
mod tenses;
mod times;
mod units;
mod weights;
mod words;

pub use acts::{Act, ActVerb};
pub use commissives::{Commissive, Commissives, Frame};
pub use currencies::{Currencies, Currency};
pub use measures::{Change, Measures};
pub use nouns::Nouns;
pub use numbers::Numbers;
pub use people::{Gender, OrganisationWord, PeopleWords, RoleWord};
pub use reporting::{Form, Reporting, Takes};
pub use table::{Found, Table};
pub use tags::Tags;
pub use tenses::{Tense, Tenses};
pub use times::{Holiday, TimeWord, Times};
pub use units::{Unit, UnitForm, UnitKind, Units};
pub use weights::Weights;

use std::sync::LazyLock;

use index::Index;

use crate::token::{Token, TokenKind, Vocabulary, flags};

/// Version of the rules and words; the same version reads the same facts. Moves with the package: rules are code.
pub const RULE_SET_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything known of words, for one language.
#[derive(Debug)]
pub struct Lexicon {
    /// Words that report what somebody says.
    pub reporting: Table<Reporting>,
    /// Words that tell who somebody is.
    pub people: PeopleWords,
    /// Lines that stand around an article and are not of it: "You Might Also Like".
    pub labels: Table<()>,
    index: Index,
    /// Words that bind.
    pub commissives: Commissives,
    /// Verbs by the kind of act they name.
    pub acts: Table<ActVerb>,
    /// How much speaks for a commitment.
    pub weights: Weights,
    /// Words of time.
    pub times: Times,
    /// What verbs say of when their clause is.
    pub tenses: Tenses,
    /// Number words.
    pub numbers: Numbers,
    /// Plurals.
    pub nouns: Nouns,
    /// Units of measure.
    pub units: Units,
    /// Money.
    pub currencies: Currencies,
    /// Comparators, words of change, hedges.
    pub measures: Measures,
}

impl Lexicon {
    /// English, read on first use. Its tables are part of the program, and a test reads them all, so it cannot fail.
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::read().expect("the tables are compiled in, and a test reads them")
        });
        &ENGLISH
    }

    /// Reads the tables.
    ///
    /// # Errors
    /// A table that is not TOML, has a key that is not known, or lists a form twice: named with its table.
    pub fn read() -> Result<Self, LexiconError> {
        let mut builder = Builder::default();
        words::read(&mut builder)?;
        let commissives = commissives::read(&mut builder)?;
        let acts = acts::read(&mut builder)?;
        let weights = weights::read(&builder)?;
        let times = times::read(&mut builder)?;
        let tenses = tenses::read(&mut builder)?;
        let numbers = numbers::read(&mut builder)?;
        let nouns = nouns::read(&mut builder)?;
        let units = units::read(&mut builder)?;
        let currencies = currencies::read(&mut builder)?;
        let measures = measures::read(&mut builder)?;
        let reporting = reporting::read(&mut builder)?;
        let people = people::read(&mut builder)?;
        let labels = words::labels(&mut builder)?;
        Ok(Self {
            commissives,
            acts,
            weights,
            times,
            tenses,
            numbers,
            nouns,
            units,
            currencies,
            measures,
            reporting,
            people,
            labels,
            index: Index::new(builder.words),
        })
    }

    /// Appends the tokens of `content` to `out`, each with the number and the classes of its word, and tells where readers
    /// need to look.
    pub fn tokens(&self, content: &str, out: &mut Vec<Token>) -> Places {
        self.tokens_and_places(content, out, Places::default())
    }

    /// The same, with the places in the lists of `room`, which are empty.
    pub(crate) fn tokens_and_places(
        &self,
        content: &str,
        out: &mut Vec<Token>,
        mut room: Places,
    ) -> Places {
        crate::token::tokens_and_endings(self, content, out, &mut room.endings);
        room.of(out)
    }

    /// The number of a word of the lexicon, given in lower case; `None` when it is not there.
    pub fn word(&self, lower: &str) -> Option<u16> {
        self.index.word(lower)
    }
}

impl Vocabulary for Lexicon {
    #[inline(always)]
    fn word(&self, lower: u128) -> (u16, u64) {
        self.index.look_up(lower)
    }

    fn rare_word(&self, word: &str) -> (u16, u64) {
        self.index.find_rare(word).unwrap_or_default()
    }
}

/// Where in a text something may begin or end: indices of tokens, in text order. What looks for something goes through one
/// of these lists, not through all tokens.
#[derive(Debug, Default)]
pub struct Places {
    /// Numbers in digits, and words of [`Tags::AMOUNTS`].
    pub amounts: Vec<u32>,
    /// Numbers in digits, and words of [`Tags::TIMES`].
    pub times: Vec<u32>,
    /// Words of [`Tags::BONDS`].
    pub bonds: Vec<u32>,
    /// Words of [`Tags::REPORTING`].
    pub reports: Vec<u32>,
    /// Stops, colons, abbreviations with dots inside, quotation marks and apostrophes, and what begins a line.
    pub breaks: Vec<u32>,
    /// Colons.
    pub colons: Vec<u32>,
    /// Words that begin with a capital.
    pub capitals: Vec<u32>,
    /// Endings of words: "'s", "'ll".
    pub endings: Vec<u32>,
}

impl Places {
    /// Of tokens with their classes, in these lists, which are empty; question marks are given theirs.
    fn of(mut self, tokens: &mut [Token]) -> Self {
        // News has a trigger in some seven tokens, a capital in six, and a stop or mark in ten.
        let room = |list: &mut Vec<u32>, share: usize| list.reserve(tokens.len() / share + PART);
        room(&mut self.amounts, 16);
        room(&mut self.times, 16);
        room(&mut self.bonds, 32);
        room(&mut self.reports, 16);
        room(&mut self.breaks, 8);
        room(&mut self.capitals, 5);
        let mut first = 0;
        for part in tokens.chunks(PART) {
            self.add(part, first);
            first += part.len() as u32;
        }
        for &at in &self.breaks {
            let Some(token) = tokens.get_mut(at as usize) else { break };
            if token.kind == TokenKind::Colon {
                self.colons.push(at);
            } else if token.kind == TokenKind::Question {
                token.tags = Tags::ASKING;
            }
        }
        self
    }

    /// Takes all places out of the lists.
    pub(crate) fn clear(&mut self) {
        let Self { amounts, times, bonds, reports, breaks, colons, capitals, endings } = self;
        for list in [amounts, times, bonds, reports, breaks, colons, capitals, endings] {
            list.clear();
        }
    }

    /// Adds the places of up to [`PART`] tokens, the first of which has the index `first`. What the next word is, a processor
    /// guesses badly: what is asked of each token are bits of a byte, and the tokens of a bit are then one number.
    fn add(&mut self, part: &[Token], first: u32) {
        let mut looks = [0; PART];
        for (look, token) in looks.iter_mut().zip(part) {
            *look = token.flags
                | KINDS[usize::from(token.kind as u8)]
                | u8::from(token.is(Tags::TRIGGERS));
        }
        let breaks = with_bit(&looks, BREAK) | with_bit(&looks, flags::DOTTED);
        pick(breaks, first, &mut self.breaks);
        pick(with_bit(&looks, flags::CAPITAL), first, &mut self.capitals);

        // Each reader begins at some of the triggers.
        let mut begins = [0; 4];
        let mut triggers = with_bit(&looks, TRIGGER);
        while triggers != 0 {
            let at = triggers.trailing_zeros();
            triggers &= triggers - 1;
            let Some(token) = part.get(at as usize) else { break };
            let is_number = token.kind == TokenKind::Number;
            let begin = [
                is_number | token.is(Tags::AMOUNTS),
                is_number | token.is(Tags::TIMES),
                token.is(Tags::BONDS),
                token.is(Tags::REPORTING),
            ];
            begins = std::array::from_fn(|list| begins[list] | u64::from(begin[list]) << at);
        }
        let lists = [&mut self.amounts, &mut self.times, &mut self.bonds, &mut self.reports];
        for (begins, places) in begins.into_iter().zip(lists) {
            pick(begins, first, places);
        }
    }
}

/// Tokens that are looked at at once.
const PART: usize = u64::BITS as usize;

/// The bit of a token at which a reader may begin: none of the flags.
const TRIGGER: u8 = 1;

/// The bit of a token at which something may end, abbreviations apart: a mark, or what begins a line.
const BREAK: u8 = flags::LINE;

/// By the byte of a kind of token: digits are a trigger, and some marks a break.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    kinds[TokenKind::Number as usize] = TRIGGER;
    let stops = [TokenKind::Dot, TokenKind::Ellipsis, TokenKind::Question, TokenKind::Exclamation];
    let mut at = 0;
    while at < stops.len() {
        kinds[stops[at] as usize] = BREAK;
        at += 1;
    }
    kinds[TokenKind::Colon as usize] = BREAK;
    let mut quote = TokenKind::Apostrophe as usize;
    while quote <= TokenKind::CloseSingleQuote as usize {
        kinds[quote] = BREAK;
        quote += 1;
    }
    kinds
};

/// The bytes that have the bit, as bits of one number: the first is the lowest.
#[inline(always)]
fn with_bit(bytes: &[u8; PART], bit: u8) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        let ones = u64::from_le_bytes(*eight) >> bit.trailing_zeros() & 0x0101_0101_0101_0101;
        // Moves the bit of each byte to one of the last byte's.
        bits << 8 | ones.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// Appends the places of the bits that are set, the lowest of which is `first`.
fn pick(mut bits: u64, first: u32, places: &mut Vec<u32>) {
    while bits != 0 {
        places.push(first + bits.trailing_zeros());
        bits &= bits - 1;
    }
}

/// Why the tables could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Not TOML, or not of the table's shape.
    #[error("{table}: {source}")]
    Toml {
        /// The file.
        table: &'static str,
        /// What is wrong.
        source: Box<toml::de::Error>,
    },
    /// A form that cannot be looked up.
    #[error("{table}: {form:?} {reason}")]
    Form {
        /// The file.
        table: &'static str,
        /// The form as listed.
        form: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// Collects the words of all tables while they are read.
#[derive(Debug, Default)]
pub struct Builder {
    words: index::Words,
}

impl Builder {
    /// Parses the source of a table.
    pub(crate) fn parse<T: serde::de::DeserializeOwned>(
        &self,
        table: &'static str,
        source: &'static str,
    ) -> Result<T, LexiconError> {
        toml::from_str(source)
            .map_err(|source| LexiconError::Toml { table, source: Box::new(source) })
    }

    /// Adds one word to the classes of `tags`.
    pub(crate) fn word(
        &mut self,
        table: &'static str,
        word: &str,
        tags: u64,
    ) -> Result<u16, LexiconError> {
        let wrong = |reason| LexiconError::Form { table, form: word.to_owned(), reason };
        let mut read = Vec::new();
        // An ending such as "'s" is a word only behind another.
        let ending = word.strip_prefix('\'').unwrap_or(word);
        crate::token::tokens(&(), ending, &mut read);
        match read.as_slice() {
            [token] if matches!(token.kind, TokenKind::Word | TokenKind::Symbol) => self
                .words
                .add(&index::plain(word), tags)
                .ok_or_else(|| wrong("is one word too many, or too long")),
            _ => Err(wrong("is not one word")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_in_no_time() {
        let read = || {
            let started = std::time::Instant::now();
            if let Err(error) = Lexicon::read() {
                panic!("{error}");
            }
            started.elapsed()
        };
        let best = (0..5).map(|_| read()).min().unwrap_or_default();
        // Some 7 ms in a release build; generous, because a machine may be busy.
        let limit = if cfg!(debug_assertions) { 1000 } else { 40 };
        eprintln!("the lexicon is read in {best:?}");
        assert!(best.as_millis() < limit, "{best:?} to read the lexicon; the limit is {limit} ms");
    }

    #[test]
    fn words_are_found_in_any_case() {
        let lexicon = Lexicon::english();
        let content = "The THE t\u{AD}he’ Tthe not";
        let mut tokens = Vec::new();
        lexicon.tokens(content, &mut tokens);
        let found: Vec<bool> = tokens.iter().map(|token| token.is(Tags::DETERMINER)).collect();
        assert_eq!(found, [true, true, true, false, false, false]);
        assert!(tokens.last().is_some_and(|token| token.is(Tags::NEGATION)));
    }
}
