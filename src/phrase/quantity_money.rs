//! Money around a number: signs and codes before it, words behind it.

use crate::fact::{Amount, Decimal};
use crate::lexicon::{Currency, Tags};
use crate::token::{Token, TokenKind, Words, flags};

use super::numeral::{Form, Numeral, is, numeral, value_of};
use super::place::Place;
use super::quantity::{Measured, money};
use super::quantity_unit::{VIDEO, hyphen_len, negate, shift, take_letter};

/// A code of letters is upper case as written; "sen" and "kr" are words.
pub(super) fn is_code(content: &str, tokens: &[Token]) -> bool {
    let first = tokens.first();
    first.is_some_and(|first| {
        first.kind == TokenKind::Symbol
            || tokens.len() > 1
            || first.has(flags::CAPITAL)
            || is(content, first, "sen")
            || is(content, first, "kr")
            || first.span.len() >= 3
    })
}

/// Whether letters that begin with a capital are a sign of money and no word: "Rs", "Kč", "KSh".
pub(super) fn is_sign(text: &str) -> bool {
    text.len() < 3 || text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
}

/// "$4.5 billion", "US$ 61.37 per barrel", "RM120,000", "$-50.8bn", "Rs 340 crore".
pub(super) fn prefixed(
    place: &Place<'_>,
    at: usize,
    currency: &Currency,
    len: usize,
) -> Option<Box<Measured>> {
    let Place { lexicon, content, tokens, .. } = *place;
    let mut digits = at + len;
    let (mut currency, mut start) = (currency, at);
    let plain;
    // "$US113 trillion"
    if currency.name == Some("dollar")
        && place.is_joined(digits)
        && place.has(digits, Tags::CURRENCY)
        && let Some(found) = lexicon.currencies.before.at(place.from(digits))
        && found.value.code.is_some()
    {
        currency = found.value;
        digits += found.len;
    }
    // "$(1.2) million": what books write for a loss.
    let bracket =
        usize::from(place.is_kind(digits, TokenKind::OpenBracket) && place.is_joined(digits));
    digits += bracket;
    let is_negative = place.is_kind(digits, TokenKind::Hyphen) && place.is_joined(digits);
    digits += usize::from(is_negative);
    let head = place.at(digits)?;
    if head.kind != TokenKind::Number && !head.is(Tags::NUMBER | Tags::FRACTION) {
        return None;
    }
    let mut number = numeral(lexicon, content, tokens, digits)?;
    if number.form == Form::Share {
        number = Numeral { end: digits + 1, form: Form::Digits, ..number };
    }
    if let Some(exponent) = number.letter.take() {
        take_letter(&mut number, exponent)?;
    }
    // "$3.31 1/4 a bushel": parts of a cent.
    if number.scale == 0
        && number.base.scale() == 2
        && let Some(cents) = part_of_cent(place, number.end)
        && let Some(sum) = value_of(&number).and_then(|value| value.plus(cents))
    {
        number.amount = Amount::Value(sum);
        number.base = sum;
        number.end += 3;
    }
    // "$3mm": what bankers write for millions.
    if number.scale == 0
        && place.is_joined(number.end)
        && place.at(number.end).is_some_and(|t| matches!(t.text(content), "mm" | "MM"))
    {
        take_letter(&mut number, 6)?;
    }
    // "£5 grand"
    if number.scale == 0 && is_thousand(place, number.end) {
        take_letter(&mut number, 3)?;
    }
    if bracket > 0 {
        if !place.is_kind(number.end, TokenKind::CloseBracket) {
            return None;
        }
        number.end += 1;
        let next = place.at(number.end);
        let exponent = next.and_then(|t| lexicon.numbers.scale.of(t)).copied().or_else(|| {
            let letter = next.filter(|t| t.is_joined() && number.scale == 0)?;
            lexicon.numbers.joined_scale.of(letter).copied()
        });
        if let Some(exponent) = exponent.filter(|exponent| *exponent > 2) {
            take_letter(&mut number, exponent)?;
        }
    }
    // "MAUD 60"
    if currency.scale > 0 {
        shift(&mut number, currency.scale)?;
    }
    // "PS2.7m" is pounds where a sign was lost; "PS5" is not.
    let text = place.span(at..at + len).of(content);
    let is_letters = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    let digits_text = head.text(content);
    let is_amount = number.scale > 0 || digits_text.contains(',') || digits_text.len() > 3;
    if is_letters && text == "PS" && !is_amount {
        return None;
    }
    // "TRY 2.5 million" is money, "TRY 2 OF THEM" is none.
    if currency.is_upper && number.scale == 0 && !digits_text.contains(',') {
        return None;
    }
    // "R2,500" are rand, "R8" and "R2024" are not.
    let is_rand = place.is_joined(digits) && (number.scale > 0 || digits_text.contains(','));
    if text == "R" && !is_rand {
        return None;
    }
    let is_minus_before = start > 0
        && place.is_kind(start - 1, TokenKind::Hyphen)
        && place.is_joined(start)
        && !(place.is_joined(start - 1) && start > 1);
    start -= usize::from(is_minus_before);
    // "negative $12 million"
    let is_minus_word =
        start > 0 && (place.is(start - 1, "negative") || place.is(start - 1, "minus"));
    start -= usize::from(is_minus_word);
    if is_negative || is_minus_before || is_minus_word || bracket > 0 {
        negate(&mut number);
    }
    let mut end = number.end;
    // "$76 US a barrel"
    if currency.name == Some("dollar") && place.at(end).is_some_and(|t| t.has(flags::UPPER)) {
        for (word, code) in [("US", "USD"), ("U.S.", "USD"), ("CAN", "CAD"), ("AU", "AUD")] {
            if place.at(end).is_some_and(|t| t.text(content) == word)
                && !place.has(end + 1, Tags::NUMBER)
            {
                plain = Currency::plain(code);
                currency = &plain;
                end += 1;
                break;
            }
        }
    }
    // "$15 USD", "$100 million dollars"
    if let Some(found) = lexicon
        .currencies
        .after
        .at(place.from(end))
        .filter(|_| !place.is_kind(end, TokenKind::Symbol))
    {
        let doubled = found.value.code == currency.code || found.value.name == currency.name;
        if doubled
            || currency.name == Some("dollar")
                && found.value.code.is_some_and(|code| code.ends_with('D'))
        {
            if found.value.name.is_none() {
                currency = found.value;
            }
            end += found.len;
        }
    }
    // "$3 and 5 cents"
    if end == number.end
        && number.scale == 0
        && number.base.is_whole()
        && (place.has(end, Tags::AND) || place.is_kind(end, TokenKind::Number))
        && let Some((part, len)) = hundredths(place, end)
        && place.has(end + len - 1, Tags::MONEY)
        && let Some(sum) = value_of(&number).and_then(|value| value.plus(part))
    {
        number.amount = Amount::Value(sum);
        number.digits = number.digits.saturating_add(2);
        end += len;
    }
    let unit_text = place.span(at..at + len);
    Some(money(place, &number, start..end, currency, unit_text))
}

/// "1/4" behind dollars and cents, in dollars.
fn part_of_cent(place: &Place<'_>, at: usize) -> Option<Decimal> {
    let is_apart = place.is_kind(at, TokenKind::Number) && !place.is_joined(at);
    place.at(at + 1).filter(|slash| is_apart && slash.kind == TokenKind::Slash)?;
    let read = super::number::unscaled(place.lexicon, place.content, place.from(at))?;
    (read.len == 3).then(|| read.value.value.shift(-2)).flatten()
}

/// "half a cent", "a third of a penny": a part of one coin.
pub(super) fn part_of_money<'l>(
    place: &Place<'_>,
    number: &Numeral,
) -> Option<(usize, &'l Currency, usize)> {
    if number.form != Form::Fraction {
        return None;
    }
    let article = number.end + usize::from(place.is(number.end, "of"));
    let coin = article + 1;
    if !place.is(article, "a") || !place.has(coin, Tags::MONEY) {
        return None;
    }
    let (currency, len) = money_behind(place, number, coin)?;
    // "half a pound of butter", "half a crown"
    let is_plain = currency.is_part || place.is(coin, "dollar") || place.is(coin, "euro");
    is_plain.then_some((coin, currency, len))
}

/// "euros", "US dollars", "p" behind a number.
pub(super) fn money_behind<'l>(
    place: &Place<'_>,
    number: &Numeral,
    at: usize,
) -> Option<(&'l Currency, usize)> {
    let token = place.at(at).filter(|t| t.is(Tags::MONEY))?;
    let currencies: &'static crate::lexicon::Currencies = &place.lexicon.currencies;
    if token.is_joined()
        && at == number.end
        && let Some(found) = currencies.joined.at(place.from(at))
        // "1080p video"
        && !place.at(at + 1).is_some_and(|t| VIDEO.hold(place.content, t))
        && (token.text(place.content) == "p" || is_cents(place, number, at))
    {
        return Some((found.value, found.len));
    }
    let found = currencies.after.at(place.from(at))?;
    if is(place.content, token, "grand") && !is_thousand(place, at) {
        return None;
    }
    // "88kR"
    if token.span.len() == 2 && token.text(place.content) == "kR" {
        return None;
    }
    // "1.6890 marks", "2 million marks", but "9.5 marks" of an examiner
    if found.value.name == Some("mark") && number.scale < 6 && number.base.scale() < 3 {
        return None;
    }
    // "600 kgs" are no som, "5 MAD MEN" no dirhams.
    if found.value.is_upper
        && (!token.has(flags::UPPER)
            || place.at(at + 1).is_some_and(|t| t.has(flags::UPPER) && t.span.len() > 1))
    {
        return None;
    }
    // "66 Myr" are years.
    let is_mixed = token.has(flags::CAPITAL) && !token.has(flags::UPPER) && found.len == 1;
    if is_mixed
        && found.value.code.is_some_and(|code| code.eq_ignore_ascii_case(token.text(place.content)))
    {
        return None;
    }
    // "Team 5 won 3": a verb unless the number is one of money.
    if token.text(place.content) == "won" && (number.scale < 3 && number.base < Decimal::whole(100))
    {
        return None;
    }
    // "$" behind a number belongs to the next number when that is joined to it.
    if token.kind == TokenKind::Symbol
        && !token.is_joined()
        && place.is_joined(at + 1)
        && place.is_kind(at + 1, TokenKind::Number)
    {
        return None;
    }
    if found.value.is_mass && is_mass(place, number, at, found.len) {
        return None;
    }
    Some((found.value, found.len))
}

/// Whether "grand" is a thousand of money: nothing that is grand follows.
fn is_thousand(place: &Place<'_>, at: usize) -> bool {
    let ends = Tags::PREPOSITION
        | Tags::CONJUNCTION
        | Tags::DETERMINER
        | Tags::AUXILIARY
        | Tags::PRONOUN
        | Tags::RELATIVE
        | Tags::ADVERB
        | Tags::TIME;
    let is_lower = place.at(at).is_some_and(|t| t.text(place.content) == "grand");
    is_lower
        && place.at(at + 1).is_none_or(|t| {
            !t.is_word() && t.kind != TokenKind::Hyphen
                || t.is(ends)
                || place.is(at + 1, "each")
                || place.is(at + 1, "last")
        })
}

/// Whether "c" joined to digits are cents: where nothing speaks of warmth, and no label stands before ("Flat 12c").
fn is_cents(place: &Place<'_>, number: &Numeral, at: usize) -> bool {
    let is_label = number
        .start
        .checked_sub(1)
        .is_some_and(|before| place.is_capital(before) || place.has(before, Tags::NUMBER_LABEL));
    let is_letter = place.at(at).is_some_and(|t| t.text(place.content) == "c")
        && !place.at(at + 1).is_some_and(|t| {
            t.is_joined() && matches!(t.kind, TokenKind::Word | TokenKind::Number)
        });
    is_letter && !is_label && !place.tokens.iter().any(|t| WARMTH.hold(place.content, t))
}

/// Words that make "c" degrees.
static WARMTH: Words<16> = Words::new([
    "temperature",
    "temperatures",
    "degrees",
    "warm",
    "warmer",
    "warmest",
    "hot",
    "hotter",
    "hottest",
    "heat",
    "cold",
    "colder",
    "coldest",
    "weather",
    "oven",
    "celsius",
]);

/// The scale word behind a code: "75 USD million".
pub(super) fn scale_behind(
    place: &Place<'_>,
    number: &Numeral,
    at: usize,
    end: usize,
) -> Option<u32> {
    let is_code = place.at(at).is_some_and(|t| t.has(flags::UPPER) || t.kind == TokenKind::Symbol);
    let scale = place.lexicon.numbers.scale.of(place.at(end)?).copied();
    scale.filter(|scale| *scale >= 3 && is_code && number.scale == 0)
}

/// Whether "pounds" are a mass here.
pub(super) fn is_mass(place: &Place<'_>, number: &Numeral, at: usize, len: usize) -> bool {
    // "half a million pounds"
    let is_million = || {
        let last = at.checked_sub(1).filter(|last| *last > number.start);
        let scale = last.and_then(|last| place.lexicon.numbers.scale.of(place.at(last)?));
        number.form == Form::Words && scale.is_some_and(|scale| *scale >= 6)
    };
    // "thousands of pounds"
    let is_vague = number.form == Form::Vague && !place.is(number.start, "hundreds");
    if number.scale >= 6 || is_vague || is_million() {
        let is_sold = || place.at(at + len + 1).is_some_and(|t| SOLD.hold(place.content, t));
        return place.is(at + len, "of")
            && !place.has(at + len + 1, Tags::DETERMINER)
            && (number.scale < 9 || is_sold());
    }
    let region = place.region.map(|region| region.code().to_owned());
    let is_tied = hyphen_len(place, at.saturating_sub(1)) > 0;
    // "a five-pound note"
    if is_tied && place.at(at + len).is_some_and(|t| NOTES.hold(place.content, t)) {
        return false;
    }
    // "3 pounds 50 pence"
    if place.is_kind(at + len, TokenKind::Number)
        && place.is_any(at + len + 1, &["pence", "penny", "p"])
    {
        return false;
    }
    if place.is(at + len, "of") || is_tied {
        return true;
    }
    if matches!(region.as_deref(), Some("US" | "CA")) {
        return true;
    }
    let money_words = [
        "cost", "costs", "paid", "pay", "pays", "price", "priced", "worth", "fine", "fined",
        "sold", "spent", "bought", "wage", "salary", "earn", "earns", "bill", "fee", "budget",
        "fund", "funding", "tax", "debt", "loan", "charge", "charged",
    ];
    let from = at.saturating_sub(12);
    !(from..at + 8).any(|at| money_words.iter().any(|word| place.is(at, word)))
        && region.as_deref() != Some("GB")
}

/// What money is called by its amount.
static NOTES: Words<16> = Words::new([
    "note", "notes", "coin", "coins", "fine", "fines", "fee", "bill", "deposit", "prize",
    "voucher", "ticket", "tickets", "bet", "grant", "debt",
]);

/// What is sold by the billion pounds.
static SOLD: Words<28> = Words::new([
    "beef",
    "pork",
    "poultry",
    "chicken",
    "turkey",
    "meat",
    "milk",
    "cheese",
    "butter",
    "coffee",
    "cocoa",
    "sugar",
    "cotton",
    "wool",
    "copper",
    "uranium",
    "fish",
    "shrimp",
    "beans",
    "nuts",
    "fruit",
    "rice",
    "waste",
    "garbage",
    "trash",
    "plastic",
    "potatoes",
    "explosives",
]);

/// "15 dollars and 50 cents", "15 dollars 50": hundredths behind a currency word; returns their value and length.
pub(super) fn hundredths(place: &Place<'_>, at: usize) -> Option<(Decimal, usize)> {
    let and = usize::from(place.has(at, Tags::AND));
    let read = super::number::unscaled(place.lexicon, place.content, place.from(at + and))?;
    let is_part = read.value.value.is_whole() && read.value.value < Decimal::whole(100);
    let end = at + and + read.len;
    let cents = place
        .lexicon
        .currencies
        .after
        .at(place.from(end))
        .filter(|found| found.value.is_part)
        .map_or(0, |found| found.len);
    let ends = place.is(end, "more")
        || place.at(end).is_none_or(|t| {
            !t.is_word() && t.kind != TokenKind::Symbol && t.kind != TokenKind::Hyphen
        });
    let is_said = cents > 0 || ends && place.at(at + and).is_some_and(|t| !t.has(flags::LINE));
    (is_part && is_said).then(|| Some((read.value.value.shift(-2)?, end + cents - at))).flatten()
}
