//! Numerals: digits and number words read into exact decimals.

use crate::fact::Decimal;
use crate::lexicon::{Lexicon, Tags};
use crate::token::{Token, TokenKind, flags};

use super::Read;

/// A number as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// Significant digits: "3.0 million" has two, "seven" one.
    pub digits: u8,
    /// Said in words, wholly: "seven", "two million".
    pub is_words: bool,
    /// With a scale word: "million", "bn", "k".
    pub is_scaled: bool,
}

/// Reads a number at the head of `tokens` with its scale word: "1.2 million" is 1 200 000 in two tokens.
///
/// `None` when the head is no number, or the value leaves the range of [`Decimal`]. A bare scale word ("million") is no
/// number; neither is an ordinal. Words: `numbers.toml`.
pub fn number(lexicon: &Lexicon, content: &str, tokens: &[Token]) -> Option<Read<Number>> {
    let head = tokens.first()?;
    let read = match head.kind {
        TokenKind::Number => digits(content, tokens)?,
        TokenKind::Word if head.is(Tags::NUMBER) => words(lexicon, tokens)?,
        _ => return None,
    };
    scaled(lexicon, content, tokens, read)
}

/// Reads a number at the head of `tokens` without the scale word behind digits: "4.5bn" is 4.5, "two million" is two million.
pub fn unscaled(lexicon: &Lexicon, content: &str, tokens: &[Token]) -> Option<Read<Number>> {
    let head = tokens.first()?;
    match head.kind {
        TokenKind::Number => digits(content, tokens),
        TokenKind::Word if head.is(Tags::NUMBER) => words(lexicon, tokens),
        _ => None,
    }
}

/// Reads "second", "21st", "twenty-first".
pub fn ordinal(lexicon: &Lexicon, content: &str, tokens: &[Token]) -> Option<Read<u32>> {
    let head = tokens.first()?;
    if head.kind == TokenKind::Number {
        let ending = tokens.get(1).filter(|next| next.is_joined())?;
        let value: u32 = head.text(content).parse().ok()?;
        let is_ending = ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| ending.text(content).eq_ignore_ascii_case(end));
        return is_ending.then_some(Read::new(value, 2));
    }
    if let Some(&value) = lexicon.numbers.ordinal.of(head) {
        return Some(Read::new(value, 1));
    }
    let tens = *lexicon.numbers.cardinal.of(head).filter(|tens| **tens >= 20)?;
    let at = if tokens.get(1)?.kind == TokenKind::Hyphen { 2 } else { 1 };
    let ones = *lexicon.numbers.ordinal.of(tokens.get(at)?).filter(|ones| **ones < 10)?;
    Some(Read::new(tens + ones, at + 1))
}

/// A whole number of at most six digits or words, for counts of days and the like.
pub fn small(lexicon: &Lexicon, content: &str, tokens: &[Token]) -> Option<Read<u32>> {
    let read = number(lexicon, content, tokens)?;
    let value =
        u32::try_from(read.value.value.to_i64()?).ok().filter(|value| *value < 1_000_000)?;
    Some(Read::new(value, read.len))
}

/// "1,234.5", "1 234,5" with no-break spaces, "½", "3 ½", "3 1/2", "1/2".
fn digits(content: &str, tokens: &[Token]) -> Option<Read<Number>> {
    let head = tokens.first()?;
    let text = head.text(content);
    // Mostly nothing stands behind that could belong to the digits.
    let is_alone = tokens.get(1).is_none_or(|next| {
        let is_hyphen = ((next.kind == TokenKind::Hyphen) | next.is(Tags::AND))
            && tokens.get(3).is_some_and(|slash| slash.kind == TokenKind::Slash);
        // "1'000"
        let is_apostrophe =
            is_tick(next) && tokens.get(2).is_some_and(|next| next.kind == TokenKind::Number);
        !(is_hyphen
            || is_apostrophe
            || matches!(next.kind, TokenKind::Number | TokenKind::Comma | TokenKind::Slash))
            || next.kind == TokenKind::Comma
                && tokens.get(2).is_none_or(|next| next.kind != TokenKind::Number)
    });
    if is_alone && let Some((value, digits)) = usual(text) {
        return Some(Read::new(Number { value, digits, is_words: false, is_scaled: false }, 1));
    }
    if let Some((upper, lower)) = vulgar(text) {
        return part(Decimal::ZERO, upper, lower, 1);
    }
    let mut len = 1;
    let value = match grouped(content, tokens) {
        Some(read) => {
            len = read.len;
            read.value
        }
        None => plain(text)?,
    };
    let whole = |value: &Decimal| value.is_whole();
    if let Some(next) = tokens.get(len).filter(|next| next.kind == TokenKind::Number) {
        if let Some((upper, lower)) = vulgar(next.text(content)).filter(|_| whole(&value)) {
            return part(value, upper, lower, len + 1);
        }
        // "3 1/2"
        if let Some(read) =
            slashed(content, tokens.get(len..)?).filter(|_| whole(&value) && !next.is_joined())
        {
            return part(value, read.value.0, read.value.1, len + read.len);
        }
    }
    // "6-1/4 cents"
    if let Some(hyphen) = tokens.get(len).filter(|next| next.kind == TokenKind::Hyphen)
        && hyphen.is_joined()
        && tokens.get(len + 1).is_some_and(Token::is_joined)
        && let Some(read) = slashed(content, tokens.get(len + 1..)?).filter(|_| whole(&value))
    {
        return part(value, read.value.0, read.value.1, len + 1 + read.len);
    }
    // "2 and 1/2"
    if tokens.get(len).is_some_and(|next| next.is(Tags::AND))
        && let Some(read) = slashed(content, tokens.get(len + 1..)?).filter(|_| whole(&value))
    {
        return part(value, read.value.0, read.value.1, len + 1 + read.len);
    }
    if let Some(read) = slashed(content, tokens) {
        return part(Decimal::ZERO, read.value.0, read.value.1, read.len);
    }
    let digits = significant(text, len, content, tokens);
    Some(Read::new(Number { value, digits, is_words: false, is_scaled: false }, len))
}

/// "1/2": small numbers joined by a slash; a date has more than one slash.
fn slashed(content: &str, tokens: &[Token]) -> Option<Read<(u32, u32)>> {
    let [upper, slash, lower, rest @ ..] = tokens else { return None };
    let is_fraction = slash.kind == TokenKind::Slash && slash.is_joined() && lower.is_joined();
    if !is_fraction || rest.first().is_some_and(|next| next.kind == TokenKind::Slash) {
        return None;
    }
    let (upper, lower): (u32, u32) =
        (upper.text(content).parse().ok()?, lower.text(content).parse().ok()?);
    // "about 1/40 of the length"
    let is_part = rest.first().is_some_and(|next| next.reads(content, "of"));
    let is_usual = matches!(lower, 2..=10 | 12 | 16 | 20 | 32 | 64 | 100 | 1000);
    (upper < lower && (is_usual || is_part)).then_some(Read::new((upper, lower), 3))
}

/// A whole number and a fraction. Thirds and the like are cut at six places: a decimal has no exact form of them.
fn part(whole: Decimal, upper: u32, lower: u32, len: usize) -> Option<Read<Number>> {
    let fraction = Decimal::whole(i64::from(upper)).divided(Decimal::whole(i64::from(lower)), 6)?;
    let value = whole.plus(fraction)?;
    Some(Read::new(Number { value, digits: 2, is_words: false, is_scaled: false }, len))
}

/// The fraction that one character writes (Unicode "Number Forms").
fn vulgar(text: &str) -> Option<(u32, u32)> {
    if text.as_bytes().first()?.is_ascii() {
        return None;
    }
    Some(match text {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    })
}

/// One token: "1234", "1,234", "12,34,567", "1,234.5", "0.5", "1.234.567", "1,5".
pub(super) fn plain(text: &str) -> Option<Decimal> {
    if let Some((value, _)) = usual(text) {
        return Some(value);
    }
    if let Some(value) = Decimal::parse(text) {
        return Some(value);
    }
    if !text.contains(',') {
        return if text.matches('.').count() > 1 { pointed(text) } else { None };
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.contains(['.', ',']) => (whole, Some(fraction)),
        // "1.234,5"
        Some(_) => {
            let (whole, fraction) = text.split_once(',')?;
            return Decimal::parse(&format!("{}.{fraction}", pointed_digits(whole)?));
        }
        None => (text, None),
    };
    let groups: Vec<&str> = whole.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let last_is_three = rest.last().is_some_and(|group| group.len() == 3);
    // Groups of three, or of two before the last as in India.
    let is_grouped = (1..=3).contains(&first.len())
        && last_is_three
        && (rest.iter().all(|group| group.len() == 3)
            || first.len() <= 2 && rest.iter().rev().skip(1).all(|group| group.len() == 2));
    if is_grouped {
        let digits = groups.concat();
        return Decimal::parse(
            &fraction.map_or(digits.clone(), |fraction| format!("{digits}.{fraction}")),
        );
    }
    // A decimal comma: "7,5".
    (groups.len() == 2 && fraction.is_none()).then(|| Decimal::parse(&groups.join("."))).flatten()
}

/// "1234", "1,234", "1,234.50": what most numbers look like, with its significant digits, in one pass.
fn usual(text: &str) -> Option<(Decimal, u8)> {
    // So many digits fit a machine word.
    if text.len() > 18 {
        return None;
    }
    let mut value = 0;
    // Digits in all, behind the last comma, and before the point.
    let (mut seen, mut group, mut whole) = (0_u8, 0_u8, None);
    let (mut has_comma, mut said, mut noughts) = (false, 0_u8, 0_u8);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                let digit = byte - b'0';
                value = value * 10 + i64::from(digit);
                seen += 1;
                group += 1;
                said += u8::from(said > 0 || digit > 0);
                noughts = if digit == 0 { noughts + 1 } else { 0 };
            }
            b',' if whole.is_none() && (group == 3 || !has_comma && (1..3).contains(&group)) => {
                has_comma = true;
                group = 0;
            }
            b'.' if whole.is_none() && (group == 3 || !has_comma) => {
                whole = Some(seen);
                group = 3;
            }
            _ => return None,
        }
    }
    if seen == 0 || has_comma && whole.is_none() && group != 3 {
        return None;
    }
    // Noughts at the end say something only behind a point.
    let digits = if whole.is_some() { said } else { said - noughts.min(said) };
    let value = Decimal::new(value.into(), seen - whole.unwrap_or(seen))?;
    Some((value, digits.max(1)))
}

/// "1.234.567"
fn pointed(text: &str) -> Option<Decimal> {
    Decimal::parse(&pointed_digits(text)?)
}

fn pointed_digits(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split('.').collect();
    let (first, rest) = groups.split_first()?;
    ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3))
        .then(|| groups.concat())
}

/// Groups of three behind no-break or thin spaces: "1 234 567", "1 234,5".
fn grouped(content: &str, tokens: &[Token]) -> Option<Read<Decimal>> {
    let head = tokens.first()?;
    let text = head.text(content);
    // "10, 000": a number that begins with noughts goes on with the one before.
    if let [_, comma, group, ..] = tokens
        && comma.kind == TokenKind::Comma
        && comma.is_joined()
        && group.kind == TokenKind::Number
        && text.len() <= 3
        && group.text(content) == "000"
    {
        return Some(Read::new(Decimal::parse(text)?.shift(3)?, 3));
    }
    if let Some(read) = ticked(content, tokens) {
        return Some(read);
    }
    let is_led = tokens.get(1).is_some_and(|next| next.kind == TokenKind::Number);
    if !is_led || text.len() > 3 || text.contains(['.', ',']) {
        return None;
    }
    let mut digits = text.to_owned();
    let mut len = 1;
    let mut end = head.span.end;
    while let Some(next) = tokens.get(len).filter(|next| next.kind == TokenKind::Number && len < 12)
    {
        let between = content.get(end as usize..next.span.begin as usize)?;
        let text = next.text(content);
        let group = text.split([',', '.']).next()?;
        let is_thin = matches!(between, "\u{A0}" | "\u{2009}" | "\u{202F}" | "\u{2008}");
        let is_plain = between == " " && is_plainly_grouped(content, tokens, len);
        if !(is_thin || is_plain) || group.len() != 3 {
            break;
        }
        digits.push_str(&text.replace(',', "."));
        end = next.span.end;
        len += 1;
        if text.len() > 3 {
            break;
        }
    }
    (len > 1).then(|| Decimal::parse(&digits)).flatten().map(|value| Read::new(value, len))
}

fn is_tick(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Apostrophe | TokenKind::CloseSingleQuote)
}

/// "1'000", "1’250’000.50": groups of three as Swiss write them.
fn ticked(content: &str, tokens: &[Token]) -> Option<Read<Decimal>> {
    let head = tokens.first()?.text(content);
    if !tokens.get(1).is_some_and(is_tick) || head.len() > 3 || head.contains(['.', ',']) {
        return None;
    }
    let mut digits = head.to_owned();
    let mut len = 1;
    while let Some([tick, group]) = tokens.get(len..len + 2) {
        let text = group.text(content);
        let is_group = is_tick(tick)
            && group.kind == TokenKind::Number
            && [tick, group].iter().all(|t| t.is_joined())
            && text.split('.').next().is_some_and(|whole| whole.len() == 3);
        if !is_group {
            break;
        }
        digits.push_str(text);
        len += 2;
        if text.len() > 3 {
            break;
        }
    }
    (len > 1).then(|| Decimal::parse(&digits)).flatten().map(|value| Read::new(value, len))
}

/// "1 234 567" and "40 000" with plain spaces: two groups of three, or one that is all noughts.
fn is_plainly_grouped(content: &str, tokens: &[Token], at: usize) -> bool {
    let group = |at: usize| {
        tokens
            .get(at)
            .filter(|t| t.kind == TokenKind::Number && t.has(flags::SPACE) && !t.has(flags::LINE))
            .map(|t| t.text(content))
            .filter(|text| text.split(['.', ',']).next().is_some_and(|whole| whole.len() == 3))
    };
    let Some(here) = group(at) else { return false };
    let is_free = |at: usize| tokens.get(at).is_none_or(|t| t.kind != TokenKind::Number);
    (at > 1 || here == "000" || here.len() == 3 && group(at + 1).is_some())
        && (is_free(at + 1) || group(at + 1).is_some())
}

/// Digits as said: noughts in front do not count, noughts at the end do only behind a point.
fn significant(text: &str, len: usize, content: &str, tokens: &[Token]) -> u8 {
    let all = match tokens.get(len - 1) {
        Some(last) if len > 1 => {
            content.get(tokens[0].span.begin as usize..last.span.end as usize).unwrap_or_default()
        }
        _ => text,
    };
    let (mut count, mut noughts, mut has_point) = (0_usize, 0, false);
    for byte in all.bytes() {
        match byte {
            b'0' if count > 0 => noughts += 1,
            b'1'..=b'9' => (count, noughts) = (count + noughts + 1, 0),
            b'.' => has_point = true,
            _ => {}
        }
    }
    let count = if has_point { count + noughts } else { count };
    count.clamp(1, usize::from(u8::MAX)) as u8
}

/// "forty-two", "two hundred and six", "three million four hundred thousand".
pub(super) fn words(lexicon: &Lexicon, tokens: &[Token]) -> Option<Read<Number>> {
    let goes_on = tokens.get(1).is_some_and(|next| {
        next.is(Tags::NUMBER | Tags::SCALE | Tags::AND) || next.kind == TokenKind::Hyphen
    });
    if !goes_on {
        let value = lexicon.numbers.cardinal.of(tokens.first()?)?;
        return Some(Read::new(in_words(i64::from(*value), false), 1));
    }
    continued(lexicon, tokens, false)
}

/// Reads number words to their end. `has_article`: "a" stands before a first scale word, for one of it.
pub(super) fn continued(
    lexicon: &Lexicon,
    tokens: &[Token],
    has_article: bool,
) -> Option<Read<Number>> {
    let (mut total, mut current) = (0_u64, u64::from(has_article));
    let (mut len, mut at) = (0, 0);
    let mut is_scaled = false;
    let mut last_scale = u32::MAX;
    while let Some(token) = tokens.get(at).filter(|_| at < LONGEST) {
        let value = lexicon.numbers.cardinal.of(token).copied().map(u64::from);
        let scale = lexicon.numbers.scale.of(token).copied();
        match (value, scale) {
            (Some(value), _) if len == 0 && !has_article => current = value,
            (Some(value), _)
                if value < 10 && current % 100 >= 20 && current % 10 == 0 && value > 0 =>
            {
                current += value
            }
            (Some(value), _) if current % 100 == 0 && (current > 0 || total > 0) && value > 0 => {
                current += value
            }
            (_, Some(2)) if (1..100).contains(&current) && (len > 0 || has_article) => {
                current *= 100
            }
            (_, Some(scale))
                if (len > 0 || has_article) && scale > 2 && scale < last_scale && current > 0 =>
            {
                total = total.checked_add(current.checked_mul(10_u64.checked_pow(scale)?)?)?;
                current = 0;
                last_scale = scale;
                is_scaled = true;
            }
            _ => break,
        }
        at += 1;
        len = at;
        // "forty-two", "two hundred and six"
        let next_is_number = |at: usize| tokens.get(at).is_some_and(|next| next.is(Tags::NUMBER));
        match tokens.get(at) {
            // "three million, two hundred and forty"
            Some(comma)
                if comma.kind == TokenKind::Comma
                    && is_scaled
                    && current == 0
                    && next_is_number(at + 1)
                    && tokens.get(at + 2).and_then(|t| lexicon.numbers.scale.of(t)) == Some(&2) =>
            {
                at += 1
            }
            Some(mark)
                if mark.kind == TokenKind::Hyphen
                    && current % 100 >= 20
                    && next_is_number(at + 1) =>
            {
                at += 1
            }
            Some(and)
                if (current % 100 == 0)
                    && (current > 0 || total > 0)
                    && is_and(and)
                    && next_is_number(at + 1) =>
            {
                at += 1
            }
            _ => {}
        }
    }
    let value = i64::try_from(total.checked_add(current)?).ok()?;
    (len > 0).then_some(Read::new(in_words(value, is_scaled), len))
}

/// A value said in words.
fn in_words(value: i64, is_scaled: bool) -> Number {
    let mut said = value;
    while said != 0 && said % 10 == 0 {
        said /= 10;
    }
    let digits = said.checked_ilog10().map_or(1, |power| power as u8 + 1);
    Number { value: Decimal::whole(value), digits, is_words: true, is_scaled }
}

fn is_and(token: &Token) -> bool {
    token.is(Tags::AND) || token.kind == TokenKind::Symbol && token.key == AMPERSAND
}

/// "two hundred & six"
const AMPERSAND: u32 = crate::token::key(b"&");

/// With the scale words behind it: "4.5 billion", "4.5bn", "4k", "2 hundred thousand".
fn scaled(
    lexicon: &Lexicon,
    content: &str,
    tokens: &[Token],
    read: Read<Number>,
) -> Option<Read<Number>> {
    let Read { value: mut number, mut len } = read;
    for _ in 0..2 {
        let Some(next) = tokens.get(len) else { break };
        // "4.5-billion"
        let hyphen = usize::from(next.kind == TokenKind::Hyphen && next.is_joined());
        let Some(next) = tokens.get(len + hyphen) else { break };
        let joined = hyphen == 0 && !number.is_words && next.is_joined();
        let exponent = match lexicon.numbers.scale.of(next) {
            Some(&exponent) if !next.text(content).ends_with('s') || exponent > 2 => exponent,
            _ if joined => match lexicon.numbers.joined_scale.of(next) {
                // "4m" is metres in lower case only where no money is: the reader of quantities decides.
                Some(&exponent) => exponent,
                None => break,
            },
            _ => break,
        };
        // A word of its own behind another: "five M".
        if next.span.len() == 1 && next.has(flags::SPACE) {
            break;
        }
        number.value = number.value.shift(i32::try_from(exponent).ok()?)?;
        number.is_scaled = true;
        len += hyphen + 1;
    }
    Some(Read::new(number, len))
}

/// Tokens of the longest number in words.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> Option<(String, usize)> {
        let lexicon = Lexicon::english();
        let mut tokens = Vec::new();
        lexicon.tokens(content, &mut tokens);
        number(lexicon, content, &tokens)
            .map(|read| (read.value.value.reduced().to_string(), read.len))
    }

    #[test]
    fn forms() {
        for (text, value, len) in [
            ("1,234.5 tons", "1234.5", 1),
            ("12,34,567 people", "1234567", 1),
            ("1\u{A0}234\u{A0}567", "1234567", 3),
            ("1\u{202F}234,5", "1234.5", 2),
            ("1.234.567", "1234567", 1),
            ("7,5 percent", "7.5", 1),
            ("4.5bn", "4500000000", 2),
            ("4k runners", "4000", 2),
            ("3 1/2 years", "3.5", 4),
            ("3½ years", "3.5", 2),
            ("1/2 mile", "0.5", 3),
            ("forty-two men", "42", 3),
            ("two hundred and six bones", "206", 4),
            ("one hundred and twenty-three thousand four hundred", "123400", 9),
            ("two million", "2000000", 2),
            ("3 hundred thousand", "300000", 3),
            ("seven hundred million", "700000000", 3),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), len)), "{text}");
        }
        assert_eq!(read("million"), None);
        assert_eq!(read("192.168.1.1"), None);
        assert_eq!(read("1,2,3"), None);
    }
}
