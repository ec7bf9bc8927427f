//! Quotation marks paired into quoted stretches: straight, curly, guillemets, two apostrophes, single, nested, and over
//! paragraphs whose opening marks are repeated.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a token of any other kind means the same: nothing is read here"
)]

use std::ops::Range;

use super::paragraph::Paragraph;
use crate::lexicon::Places;
use crate::span::Span;
use crate::token::{Token, TokenKind, flags};

/// What stands between a pair of quotation marks in one paragraph.
///
/// A quotation over several paragraphs has an opening mark at each and a closing mark at the last only: each paragraph's
/// stretch is a `Quote` of its own, and all but the last are `is_open`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The tokens between the marks.
    pub tokens: Range<u32>,
    /// The same with the marks.
    pub marked: Range<u32>,
    /// From the first to the last of the tokens between the marks.
    pub span: Span,
    /// The closing mark is missing: the quotation goes on with the next paragraph's opening mark, or was never closed.
    pub is_open: bool,
    /// Goes on with the quotation that the paragraph before left open.
    pub continues: bool,
    /// How many quotations it stands inside.
    pub depth: u8,
}

/// Pairs the marks of each paragraph.
pub(super) fn quotes(
    tokens: &[Token],
    places: &Places,
    paragraphs: &[Paragraph],
    out: &mut Vec<Quote>,
) {
    let mut is_carried = false;
    let mut breaks = places.breaks.iter().copied().peekable();
    for paragraph in paragraphs {
        let first = out.len();
        let inside = std::iter::from_fn(|| breaks.next_if(|&at| at < paragraph.tokens.end));
        pair(tokens, paragraph.tokens.clone(), inside, is_carried, out);
        let found = out.get_mut(first..).unwrap_or_default();
        found.sort_by_key(|quote| (quote.marked.start, std::cmp::Reverse(quote.marked.end)));
        if let Some(quote) = found.first_mut().filter(|_| is_carried) {
            quote.continues |= quote.marked.start == paragraph.tokens.start;
        }
        is_carried = found.iter().any(|quote| quote.is_open);
    }
}

/// Single marks and double marks close only their like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Single,
    Double,
}

enum Mark {
    Open(Class),
    Close(Class),
    Either,
}

/// Pairs the marks of one paragraph, which are among `breaks`; `is_carried` when the one before left a quotation open.
fn pair(
    tokens: &[Token],
    paragraph: Range<u32>,
    breaks: impl Iterator<Item = u32>,
    is_carried: bool,
    out: &mut Vec<Quote>,
) {
    let first = out.len();
    let mut open: Vec<(Class, u32)> = Vec::new();
    let mut reopens: Option<u32> = None;
    for at in breaks {
        let Some(token) = tokens.get(at as usize) else { break };
        if !token.kind.is_quote() {
            continue;
        }
        let has_double = open.iter().any(|(class, _)| *class == Class::Double);
        let class = match mark(tokens, &paragraph, at, &open) {
            None => continue,
            Some(Mark::Either) if !has_double => {
                open.push((Class::Double, at));
                continue;
            }
            Some(Mark::Open(class)) => {
                if class == Class::Double
                    && token.has(flags::LINE)
                    && open.len() == 1
                    && has_double
                    && at > paragraph.start
                {
                    // Repeated at the head of a line.
                    let from = open.first().map_or(at, |(_, from)| *from);
                    open.clear();
                    out.extend(reopened(tokens, from..at));
                    reopens = Some(at);
                }
                if open.len() < DEEPEST {
                    open.push((class, at));
                }
                continue;
            }
            Some(Mark::Either) => Class::Double,
            Some(Mark::Close(class)) => class,
        };
        match open.iter().rposition(|(opened, _)| *opened == class) {
            Some(depth) => {
                let from = open.get(depth).map_or(at, |(_, from)| *from);
                open.truncate(depth);
                out.extend(
                    quote(tokens, from..at + 1, depth)
                        .map(|quote| Quote { continues: reopens == Some(from), ..quote }),
                );
            }
            // The paragraph goes on with a quotation without repeating its mark.
            None if is_carried && class == Class::Double && out.len() == first => {
                let inside = paragraph.start..at;
                if let Some(span) = span(tokens, &inside) {
                    let marked = inside.start..at + 1;
                    out.push(Quote {
                        tokens: inside,
                        marked,
                        span,
                        is_open: false,
                        continues: true,
                        depth: 0,
                    });
                }
            }
            None => {}
        }
    }
    let Some(&(class, from)) = open.first() else { return };
    let found = out.get_mut(first..).unwrap_or_default();
    let holds_others = found.iter().any(|quote| quote.depth > 0 && quote.marked.start > from);
    let is_first_mark = from == paragraph.start;
    // A mark that is never closed, with others paired behind it, is a slip; so is a single one inside a paragraph.
    if holds_others && !(is_first_mark && class == Class::Double)
        || class == Class::Single && !is_first_mark
    {
        for quote in found.iter_mut().filter(|quote| quote.marked.start > from) {
            quote.depth = quote.depth.saturating_sub(1);
        }
        return;
    }
    let inside = from + 1..paragraph.end;
    if let Some(span) = span(tokens, &inside) {
        let marked = from..paragraph.end;
        out.push(Quote { tokens: inside, marked, span, is_open: true, continues: false, depth: 0 });
    }
}

/// What the mark at `at` does; `None` for an apostrophe and the like.
fn mark(tokens: &[Token], paragraph: &Range<u32>, at: u32, open: &[(Class, u32)]) -> Option<Mark> {
    let token = tokens.get(at as usize)?;
    let next = tokens.get(at as usize + 1).filter(|_| at + 1 < paragraph.end);
    let previous = (at > paragraph.start).then(|| tokens.get(at as usize - 1)).flatten();
    let is_behind_space = !token.is_joined() || previous.is_none();
    let is_before_space = next.is_none_or(|next| !next.is_joined());
    let has = |class| open.iter().any(|(opened, _)| *opened == class);
    let opens_by_shape = is_behind_space && !is_before_space;
    let closes_by_shape = !is_behind_space && (is_before_space || next.is_some_and(is_punctuation));
    Some(match token.kind {
        TokenKind::OpenQuote if closes_by_shape && has(Class::Double) => Mark::Close(Class::Double),
        TokenKind::OpenQuote => Mark::Open(Class::Double),
        TokenKind::CloseQuote if opens_by_shape && !has(Class::Double) => Mark::Open(Class::Double),
        TokenKind::CloseQuote => Mark::Close(Class::Double),
        TokenKind::DoubleQuote if opens_by_shape => Mark::Open(Class::Double),
        TokenKind::DoubleQuote if closes_by_shape => Mark::Close(Class::Double),
        TokenKind::DoubleQuote if previous.is_some_and(is_opener) && !is_before_space => {
            Mark::Open(Class::Double)
        }
        TokenKind::DoubleQuote => Mark::Either,
        TokenKind::OpenSingleQuote if !is_before_space => Mark::Open(Class::Single),
        TokenKind::Apostrophe
            if (opens_by_shape || previous.is_some_and(is_opener) && !is_before_space)
                && !has(Class::Single) =>
        {
            next.filter(|next| next.is_word() || is_opener(next))?;
            Mark::Open(Class::Single)
        }
        TokenKind::Apostrophe | TokenKind::CloseSingleQuote
            if !is_behind_space && has(Class::Single) && !is_possessive(tokens, paragraph, at) =>
        {
            Mark::Close(Class::Single)
        }
        _ => return None,
    })
}

/// Whether the mark at `at`, behind a word, is the apostrophe of "the miners' pay" rather than a closing mark: a word follows,
/// and a mark that can only close stands farther on.
fn is_possessive(tokens: &[Token], paragraph: &Range<u32>, at: u32) -> bool {
    let is_word = |at: u32| tokens.get(at as usize).is_some_and(Token::is_word);
    if at == 0 || !is_word(at - 1) || at + 1 >= paragraph.end || !is_word(at + 1) {
        return false;
    }
    let end = paragraph.end.min(at + FARTHEST_CLOSE);
    (at + 2..end).any(|at| {
        let is_mark = |token: &Token| {
            matches!(token.kind, TokenKind::Apostrophe | TokenKind::CloseSingleQuote)
                && token.is_joined()
        };
        tokens.get(at as usize).is_some_and(is_mark)
            && tokens.get(at as usize - 1).is_some_and(is_punctuation)
    })
}

fn is_punctuation(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::Comma
            | TokenKind::Dot
            | TokenKind::Ellipsis
            | TokenKind::Colon
            | TokenKind::Semicolon
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Dash
            | TokenKind::CloseBracket
            | TokenKind::CloseQuote
            | TokenKind::CloseSingleQuote
    )
}

fn is_opener(token: &Token) -> bool {
    matches!(
        token.kind,
        TokenKind::OpenBracket
            | TokenKind::OpenQuote
            | TokenKind::OpenSingleQuote
            | TokenKind::Dash
            | TokenKind::DoubleQuote
    )
}

/// A stretch that ends without a mark, before `marked.end`.
fn reopened(tokens: &[Token], marked: Range<u32>) -> Option<Quote> {
    let inside = marked.start + 1..marked.end;
    let span = span(tokens, &inside)?;
    Some(Quote { tokens: inside, marked, span, is_open: true, continues: false, depth: 0 })
}

fn quote(tokens: &[Token], marked: Range<u32>, depth: usize) -> Option<Quote> {
    let inside = marked.start + 1..marked.end - 1;
    let span = span(tokens, &inside)?;
    Some(Quote {
        tokens: inside,
        marked,
        span,
        is_open: false,
        continues: false,
        depth: depth as u8,
    })
}

fn span(tokens: &[Token], inside: &Range<u32>) -> Option<Span> {
    let inside = tokens.get(inside.start as usize..inside.end as usize)?;
    Some(inside.first()?.span.join(inside.last()?.span))
}

/// Quotations inside each other that are told apart.
const DEEPEST: usize = 6;
/// Tokens that are searched for a closing mark.
const FARTHEST_CLOSE: u32 = 60;

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::text::Text;

    fn quoted(content: &str) -> Vec<String> {
        let text = Text::read(Lexicon::english(), content);
        let show = |quote: &super::Quote| {
            let open = if quote.is_open { "+" } else { "" };
            let goes_on = if quote.continues { "~" } else { "" };
            format!("{}{goes_on}{}{open}", ">".repeat(quote.depth.into()), text.of(quote.span))
        };
        text.quotes.iter().map(show).collect()
    }

    #[test]
    fn marks_are_paired() {
        assert_eq!(quoted("\"Go,\" she said, \"now.\""), ["Go,", "now."]);
        assert_eq!(
            quoted("“Go,” she said. «Va», ''Yes.'' „Ja“ (\"no\")."),
            ["Go,", "Va", "Yes.", "Ja", "no"]
        );
        assert_eq!(
            quoted("‘It was over,’ recalls Vance. ‘Then silence.’"),
            ["It was over,", "Then silence."]
        );
        assert_eq!(quoted("'It's the miners' pay,' he said."), ["It's the miners' pay,"]);
        assert_eq!(quoted("The miners' pay in the '90s wasn't \"good\"."), ["good"]);
    }

    #[test]
    fn quotations_nest() {
        assert_eq!(
            quoted("\"He told me, 'Sign it or leave.'\""),
            ["He told me, 'Sign it or leave.'", ">Sign it or leave."]
        );
        assert_eq!(quoted("“She said “no” to us.”"), ["She said “no” to us.", ">no"]);
    }

    #[test]
    fn paragraphs_repeat_the_opening_mark() {
        assert_eq!(quoted("“One.\n\n“Two.\n\n“Three,” he said."), ["One.+", "~Two.+", "~Three,"]);
        assert_eq!(quoted("\"One.\n\nTwo,\" he said."), ["One.+", "~Two,"]);
        assert_eq!(quoted("A 5\" nail. \"Never closed."), ["Never closed.+"]);
    }
}
