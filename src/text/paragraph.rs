//! Paragraphs: what stands between empty lines, or between line breaks where the lines are not wrapped; headlines and labels
//! told from prose.

use std::ops::Range;

use crate::lexicon::{Lexicon, Places};
use crate::token::{Token, TokenKind, flags};

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its sentences.
    pub sentences: Range<u32>,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Running text.
    Prose,
    /// A headline or title: short, without a full stop.
    Headline,
    /// Not of the article: "You Might Also Like", "Advertisement", "Read more:".
    Label,
}

/// Cuts tokens into paragraphs; their sentences are filled in later.
///
/// An empty line always cuts. A single line break cuts too, unless the text was wrapped by hand at some 70 to 100 columns
/// and the line is full, or the next line goes on in lower case.
pub(super) fn paragraphs(
    lexicon: &Lexicon,
    content: &str,
    tokens: &[Token],
    places: &Places,
    out: &mut Vec<Paragraph>,
) {
    let width = wrap_width(content, tokens, places);
    let (mut first, mut line) = (0, 0);
    for (at, token) in lines(tokens, places).skip(1) {
        if token.has(flags::BLANK) || !goes_on(content, tokens, line..at, width) {
            out.push(paragraph(lexicon, tokens, first..at));
            first = at;
        }
        line = at;
    }
    if first < tokens.len() {
        out.push(paragraph(lexicon, tokens, first..tokens.len()));
    }
}

/// The tokens that begin a line, the first of the text among them.
fn lines<'t>(tokens: &'t [Token], places: &'t Places) -> impl Iterator<Item = (usize, &'t Token)> {
    let token = |&at: &u32| Some((at as usize, tokens.get(at as usize)?));
    places.breaks.iter().filter_map(token).filter(|(_, token)| token.has(flags::LINE))
}

/// Whether the line of tokens `line` goes on after its break.
fn goes_on(content: &str, tokens: &[Token], line: Range<usize>, width: Option<u32>) -> bool {
    let (Some(next), Some(last)) = (tokens.get(line.end), tokens.get(line.end - 1)) else {
        return false;
    };
    if is_item(tokens, line.end) {
        return false;
    }
    let length = length(content, tokens, line.clone());
    let is_full =
        width.is_some_and(|width| length <= width && length + 1 + chunk(content, next) > width);
    let is_lower = next.is_word()
        && !next.has(flags::CAPITAL)
        && !is_stop(last.kind)
        && last.kind != TokenKind::Semicolon;
    is_full || is_lower && length >= SHORTEST_WRAPPED_LINE
}

/// The width at which the text was wrapped by hand; `None` when it was not.
fn wrap_width(content: &str, tokens: &[Token], places: &Places) -> Option<u32> {
    let mut lines: Vec<(u32, u32, bool)> = Vec::new();
    let mut first = 0;
    for (at, token) in self::lines(tokens, places).skip(1) {
        if !token.has(flags::BLANK) {
            let is_lower = token.is_word() && !token.has(flags::CAPITAL);
            lines.push((length(content, tokens, first..at), chunk(content, token), is_lower));
        }
        first = at;
    }
    let width = lines.iter().map(|(length, ..)| *length).max()?;
    if lines.len() < 2 || !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let full = lines.iter().filter(|(length, next, _)| length + 1 + next > width).count();
    let lower = lines.iter().filter(|(.., is_lower)| *is_lower).count();
    (full * 5 >= lines.len() * 3 && lower * 4 >= lines.len()).then_some(width)
}

/// Characters of a line; of a long one, its bytes.
fn length(content: &str, tokens: &[Token], line: Range<usize>) -> u32 {
    let (Some(first), Some(last)) = (tokens.get(line.start), tokens.get(line.end - 1)) else {
        return 0;
    };
    let span = first.span.join(last.span);
    if span.len() > 4 * WIDEST { span.len() } else { span.of(content).chars().count() as u32 }
}

/// Characters from a token to the next white space; at most 40.
fn chunk(content: &str, token: &Token) -> u32 {
    let rest = content.get(token.span.begin as usize..).unwrap_or_default();
    rest.chars().take(40).take_while(|c| !c.is_whitespace()).count() as u32
}

/// Whether an item of a list begins at `at`: "- ", "• ", "* ", "1. ", "(a) ".
fn is_item(tokens: &[Token], at: usize) -> bool {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let is_spaced = |at: usize| tokens.get(at).is_some_and(|token| !token.is_joined());
    match kind(at) {
        Some(TokenKind::Hyphen | TokenKind::Dash | TokenKind::Other | TokenKind::Symbol) => {
            is_spaced(at + 1)
        }
        Some(TokenKind::Number) => {
            matches!(kind(at + 1), Some(TokenKind::Dot | TokenKind::CloseBracket))
                && is_spaced(at + 2)
        }
        Some(TokenKind::OpenBracket) => kind(at + 2) == Some(TokenKind::CloseBracket),
        _ => false,
    }
}

fn is_stop(kind: TokenKind) -> bool {
    kind.is_stop() || kind == TokenKind::Colon
}

fn paragraph(lexicon: &Lexicon, all: &[Token], range: Range<usize>) -> Paragraph {
    let tokens = all.get(range.clone()).unwrap_or_default();
    let kind = if is_label(lexicon, tokens) {
        ParagraphKind::Label
    } else if is_headline(tokens) {
        ParagraphKind::Headline
    } else {
        ParagraphKind::Prose
    };
    Paragraph { tokens: range.start as u32..range.end as u32, sentences: 0..0, kind }
}

/// "You Might Also Like", "Read more: Minister resigns".
fn is_label(lexicon: &Lexicon, tokens: &[Token]) -> bool {
    lexicon.labels.at(tokens).is_some_and(|found| match tokens.get(found.len) {
        None => true,
        Some(next) => tokens.len() <= LONGEST_HEADLINE && next.kind == TokenKind::Colon,
    })
}

/// Short, begins like a headline and ends without a stop, or before the closing marks there is none.
fn is_headline(tokens: &[Token]) -> bool {
    let begins = tokens.first().is_some_and(|first| {
        let is_bullet =
            matches!(first.kind, TokenKind::Hyphen | TokenKind::Dash | TokenKind::Other);
        let is_lower = first.is_word() && !first.has(flags::CAPITAL);
        !is_bullet && !is_lower
    });
    let last = tokens.iter().rev().take(3).find(|token| {
        !matches!(
            token.kind,
            TokenKind::CloseQuote
                | TokenKind::DoubleQuote
                | TokenKind::CloseSingleQuote
                | TokenKind::Apostrophe
                | TokenKind::CloseBracket
        )
    });
    // "The meeting closed at 9.35 p.m."
    let is_hour = last.is_some_and(|last| last.has(flags::DOTTED) && !last.has(flags::CAPITAL));
    let ends_open = last.is_some_and(|last| {
        !is_stop(last.kind) && !matches!(last.kind, TokenKind::Comma | TokenKind::Semicolon)
    });
    begins && ends_open && !is_hour && tokens.len() <= LONGEST_HEADLINE
}

/// Tokens; headlines of news agencies stay under 20 words.
const LONGEST_HEADLINE: usize = 28;
/// Columns between which a text is taken to be wrapped by hand.
const NARROWEST: u32 = 40;
/// See [`NARROWEST`].
const WIDEST: u32 = 110;
/// Columns; a shorter line before a lower-case one is an entry of a list or a line of verse.
const SHORTEST_WRAPPED_LINE: u32 = 30;
