//! A table: forms of one or more words, each with a value.

use std::collections::HashMap;

use super::index::plain;
use super::{Builder, LexiconError};
use crate::token::{Token, TokenKind, tokens};

/// Forms with their values. Asked at a token, it gives the longest form that begins there.
#[derive(Debug)]
pub struct Table<T> {
    name: &'static str,
    tag: u64,
    forms: Vec<Form<T>>,
    /// What follows the first words of all forms.
    pieces: Vec<Piece>,
    /// Place in `forms` of the first form that begins with the word of this number, once sorted.
    heads: Vec<u16>,
    /// A bit for each word that some form ends with; the first for marks.
    ends: Vec<u64>,
    /// A bit for each pair of words that some form begins with, and for each word that is one or stands before a mark: most
    /// words that only begin forms ("in", "is") are told from those by what follows. All of them where that tells little.
    pairs: [u64; BLOCKS],
    /// While forms are added: the places of those that begin with a word.
    known: HashMap<u16, Vec<u16>>,
}

#[derive(Debug)]
struct Form<T> {
    head: u16,
    /// The number of its second word: 0 when it has none, [`ANY`] when that is a mark.
    second: u16,
    /// Where in the table's pieces the rest of it begins, and how long that is.
    rest: u16,
    rest_len: u16,
    value: T,
}

impl<T> Form<T> {
    /// What follows its first word, of the pieces of its table.
    fn rest<'p>(&self, pieces: &'p [Piece]) -> &'p [Piece] {
        let first = usize::from(self.rest);
        pieces.get(first..first + usize::from(self.rest_len)).unwrap_or_default()
    }
}

/// The number of no word.
const ANY: u16 = u16::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Word(u16),
    Mark(TokenKind),
}

impl Piece {
    fn fits(self, token: &Token) -> bool {
        match self {
            Self::Word(word) => token.word == word,
            Self::Mark(kind) => token.kind == kind,
        }
    }
}

/// The block and the bit of a pair of words in [`Table::pairs`].
#[inline(always)]
fn pair(head: u16, second: u16) -> (usize, u64) {
    let mixed = (u32::from(second) << 16 | u32::from(head)).wrapping_mul(0x9E37_79B1);
    ((mixed >> 16) as usize % BLOCKS, 1 << (mixed >> 26))
}

/// Words of bits for pairs.
const BLOCKS: usize = 16;
/// Forms whose pairs do not fill the bits.
const MOST_PAIRED: usize = BLOCKS * 32;

/// A form that was found: its value, and how many tokens it takes.
#[derive(Debug)]
pub struct Found<'t, T> {
    /// What the table says of it.
    pub value: &'t T,
    /// Tokens.
    pub len: usize,
}

impl<T> Table<T> {
    /// An empty table; the first word of each of its forms gets `tag`.
    pub(super) fn new(name: &'static str, tag: u64) -> Self {
        Self {
            name,
            tag,
            forms: Vec::new(),
            pieces: Vec::new(),
            heads: Vec::new(),
            ends: Vec::new(),
            pairs: [u64::MAX; BLOCKS],
            known: HashMap::new(),
        }
    }

    /// Adds a form, written as in a text.
    pub(super) fn add(
        &mut self,
        builder: &mut Builder,
        form: &str,
        value: T,
    ) -> Result<(), LexiconError> {
        self.add_tagged(builder, form, value, 0)
    }

    /// Adds a form whose first word gets `more` tags beside the table's.
    pub(super) fn add_tagged(
        &mut self,
        builder: &mut Builder,
        form: &str,
        value: T,
        more: u64,
    ) -> Result<(), LexiconError> {
        let wrong = |reason| LexiconError::Form { table: self.name, form: form.to_owned(), reason };
        let mut read = Vec::new();
        tokens(&(), form, &mut read);
        let mut pieces = read.iter().enumerate().map(|(place, token)| match token.kind {
            TokenKind::Word | TokenKind::Symbol => {
                let tags = if place == 0 { self.tag | more } else { 0 };
                builder
                    .words
                    .add(&plain(token.text(form)), tags)
                    .map(Piece::Word)
                    .ok_or("is one word too many")
            }
            TokenKind::Number | TokenKind::Opaque | TokenKind::Other => {
                Err("has a part that is no word")
            }
            TokenKind::Dot
            | TokenKind::Ellipsis
            | TokenKind::Comma
            | TokenKind::Colon
            | TokenKind::Semicolon
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Hyphen
            | TokenKind::Dash
            | TokenKind::Slash
            | TokenKind::Apostrophe
            | TokenKind::DoubleQuote
            | TokenKind::OpenQuote
            | TokenKind::CloseQuote
            | TokenKind::OpenSingleQuote
            | TokenKind::CloseSingleQuote
            | TokenKind::OpenBracket
            | TokenKind::CloseBracket => Ok(Piece::Mark(token.kind)),
        });
        let head = match pieces.next() {
            Some(Ok(Piece::Word(word))) => word,
            Some(Err(reason)) => return Err(wrong(reason)),
            Some(Ok(Piece::Mark(_))) | None => {
                return Err(wrong("does not begin with a word or sign"));
            }
        };
        let rest = pieces.collect::<Result<Vec<Piece>, _>>().map_err(wrong)?;
        let known = self.known.entry(head).or_default();
        let is_it = |&place: &u16| self.forms[usize::from(place)].rest(&self.pieces) == rest;
        if known.iter().any(is_it) {
            return Err(wrong("is listed twice"));
        }
        let (Ok(place), Ok(first)) =
            (u16::try_from(self.forms.len()), u16::try_from(self.pieces.len()))
        else {
            return Err(wrong("is one form too many"));
        };
        known.push(place);
        let second = match rest.first() {
            None => 0,
            Some(&Piece::Word(word)) => word,
            Some(Piece::Mark(_)) => ANY,
        };
        self.forms.push(Form { head, second, rest: first, rest_len: rest.len() as u16, value });
        self.pieces.extend(rest);
        Ok(())
    }

    /// Sorts the forms; to be called once all are added.
    pub(super) fn done(mut self) -> Self {
        self.forms.sort_by_key(|form| (form.head, std::cmp::Reverse(form.rest_len)));
        self.known = HashMap::new();
        let words = self.forms.last().map_or(0, |form| usize::from(form.head));
        self.heads = vec![0; words + 2];
        for form in &self.forms {
            self.heads[usize::from(form.head) + 1] += 1;
        }
        let mut before = 0;
        for head in &mut self.heads {
            before += *head;
            *head = before;
        }
        for form in &self.forms {
            let last = match form.rest(&self.pieces).last() {
                None => form.head,
                Some(&Piece::Word(word)) => word,
                Some(Piece::Mark(_)) => 0,
            };
            let block = usize::from(last) / 64;
            if self.ends.len() <= block {
                self.ends.resize(block + 1, 0);
            }
            self.ends[block] |= 1 << (last % 64);
        }
        self.pair();
        self
    }

    fn pair(&mut self) {
        let second = |form: &Form<T>| if form.second == ANY { 0 } else { form.second };
        if self.forms.len() > MOST_PAIRED || self.forms.iter().all(|form| second(form) == 0) {
            return;
        }
        self.pairs = [0; BLOCKS];
        for form in &self.forms {
            let (block, bit) = pair(form.head, second(form));
            self.pairs[block] |= bit;
        }
    }

    /// Whether a form may begin with the words; the second is 0 for a mark or an unknown word.
    #[inline(always)]
    fn may_begin(&self, head: u16, second: u16) -> bool {
        let has = |second: u16| {
            let (block, bit) = pair(head, second);
            self.pairs[block] & bit != 0
        };
        has(0) || has(second)
    }

    /// Whether a form may end with the token: where none does, none need be looked for before it.
    pub fn has_end(&self, token: &Token) -> bool {
        if token.word == 0 && token.is_word() {
            return false;
        }
        let block = self.ends.get(usize::from(token.word) / 64).copied().unwrap_or(0);
        block >> (token.word % 64) & 1 != 0
    }

    /// The longest form that begins at the head of `tokens`.
    #[inline]
    pub fn at(&self, tokens: &[Token]) -> Option<Found<'_, T>> {
        tokens
            .first()
            .filter(|token| token.is(self.tag))
            .and_then(|head| self.longest(head, tokens))
    }

    /// Of most words there is one form, the word itself: a few instructions tell.
    #[inline(never)]
    fn longest(&self, head: &Token, tokens: &[Token]) -> Option<Found<'_, T>> {
        if !self.may_begin(head.word, tokens.get(1).map_or(0, |next| next.word)) {
            return None;
        }
        let first = usize::from(*self.heads.get(usize::from(head.word))?);
        let form = self.forms.get(first)?;
        if form.head == head.word && form.second == 0 {
            return Some(Found { value: &form.value, len: 1 });
        }
        self.longest_from(first, tokens)
    }

    /// The longest of the forms from `first` on that begin with the first token's word.
    #[inline(never)]
    fn longest_from(&self, first: usize, tokens: &[Token]) -> Option<Found<'_, T>> {
        let head = tokens.first()?.word;
        let next = tokens.get(1).map_or(0, |next| next.word);
        let fits = |rest: &[Piece]| {
            let after = tokens.get(1..=rest.len()).unwrap_or_default();
            after.len() == rest.len()
                && rest.iter().zip(after).all(|(piece, token)| piece.fits(token))
        };
        let end = usize::from(*self.heads.get(usize::from(head) + 1)?);
        // Most forms end or differ at their second word.
        let form = self.forms.get(first..end)?.iter().find(|form| {
            form.second == 0
                || (form.second == next || form.second == ANY) && fits(form.rest(&self.pieces))
        })?;
        Some(Found { value: &form.value, len: usize::from(form.rest_len) + 1 })
    }

    /// The value of one token's word alone.
    #[inline]
    pub fn of(&self, token: &Token) -> Option<&T> {
        if token.is(self.tag) { self.alone(token.word) } else { None }
    }

    /// The value of a word alone, which is the last of the forms that begin with it.
    fn alone(&self, word: u16) -> Option<&T> {
        let end = usize::from(*self.heads.get(usize::from(word) + 1)?);
        let form = self.forms.get(end.checked_sub(1)?)?;
        (form.head == word && form.second == 0).then_some(&form.value)
    }
}
