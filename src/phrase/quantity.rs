//! Quantities: a number with its money, unit or counted noun, and what it is counted per.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Region;
use crate::fact::{Amount, Comparator, Decimal, NumericKind, Per, Quantity};
use crate::lexicon::{Currency, Lexicon, Tags, Unit, UnitKind};
use crate::span::Span;
use crate::token::{Token, TokenKind, flags};

use super::counted::{Counted, counted, single};
use super::numeral::{Form, Numeral, is, numeral, value_of};

/// Where quantities are read.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The words.
    pub lexicon: &'static Lexicon,
    /// The text.
    pub content: &'a str,
    /// The tokens of the sentence.
    pub tokens: &'a [Token],
    /// Decides which dollar "$" is.
    pub region: Option<Region>,
}

impl<'a> Place<'a> {
    /// The token at `at`.
    pub fn at(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The tokens from `at` on.
    pub fn from(&self, at: usize) -> &'a [Token] {
        self.tokens.get(at..).unwrap_or_default()
    }

    /// Whether the token at `at` is `lower` in any case.
    pub fn is(&self, at: usize, lower: &str) -> bool {
        self.at(at).is_some_and(|token| is(self.content, token, lower))
    }

    /// Whether the token at `at` belongs to one of the classes.
    pub fn has(&self, at: usize, tags: u64) -> bool {
        self.at(at).is_some_and(|token| token.is(tags))
    }

    /// Whether the token at `at` is of the kind.
    pub fn is_kind(&self, at: usize, kind: TokenKind) -> bool {
        self.at(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether the token at `at` stands directly behind the one before.
    pub fn is_joined(&self, at: usize) -> bool {
        self.at(at).is_some_and(Token::is_joined)
    }

    /// From the first to the last token of a range.
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.at(range.start), range.end.checked_sub(1).and_then(|last| self.at(last))) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => Span::default(),
        }
    }
}

/// A quantity with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Numeral and unit, as tokens.
    pub tokens: Range<usize>,
    /// The numeral.
    pub numeral: Numeral,
    /// Of what nature.
    pub kind: NumericKind,
    /// What shows that the number is a quantity.
    pub evidence: Evidence,
    /// The counted noun with its modifiers.
    pub counted: Option<Span>,
    /// Value and unit; the comparator is not read here.
    pub quantity: Quantity,
    /// A comparator between number and unit: "50+ countries", "ten or more people".
    pub comparator: Option<Comparator>,
    /// The unit's own tokens are joined by hyphens: "a 5-kilometre run".
    pub is_hyphened: bool,
}

/// What shows that a number is a quantity, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// Money, percent or a unit.
    Unit,
    /// A counted noun.
    Noun,
    /// A scale word, group or fraction: "two billion".
    Scale,
    /// Nothing but the number.
    Bare,
}

/// Reads the quantity that is triggered at `at`: a currency sign, a digit, a number word.
pub fn quantity(place: &Place<'_>, at: usize) -> Option<Measured> {
    let Place { lexicon, content, tokens, .. } = *place;
    let token = place.at(at)?;
    if token.is(Tags::CURRENCY)
        && (token.kind == TokenKind::Symbol
            || token.has(flags::CAPITAL)
            || place.is_joined(at + 1)
            || is(content, token, "sen"))
        && let Some(found) = lexicon.currencies.before.at(place.from(at))
        && is_code(content, tokens.get(at..at + found.len)?)
    {
        return prefixed(place, at, found.value, found.len);
    }
    let mut number = numeral(lexicon, content, tokens, at)?;
    let start = signed(place, &mut number);
    suffixed(place, number, start)
}

/// A code of letters is upper case as written; "sen" and "kr" are words.
fn is_code(content: &str, tokens: &[Token]) -> bool {
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

/// "$4.5 billion", "US$ 58.24 per barrel", "RM120,000", "$-50.8bn", "Rs 340 crore".
fn prefixed(place: &Place<'_>, at: usize, currency: &Currency, len: usize) -> Option<Measured> {
    let Place { lexicon, content, tokens, .. } = *place;
    let mut digits = at + len;
    let (mut currency, mut start) = (currency.clone(), at);
    // "$US113 trillion"
    if currency.name == Some("dollar")
        && place.is_joined(digits)
        && place.has(digits, Tags::CURRENCY)
    {
        if let Some(found) = lexicon.currencies.before.at(place.from(digits))
            && found.value.code.is_some()
        {
            currency = found.value.clone();
            digits += found.len;
        }
    }
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
    let is_minus_before = start > 0
        && place.is_kind(start - 1, TokenKind::Hyphen)
        && place.is_joined(start)
        && !(place.is_joined(start - 1) && start > 1);
    start -= usize::from(is_minus_before);
    if is_negative || is_minus_before {
        negate(&mut number);
    }
    let mut end = number.end;
    // "$76 US a barrel"
    if currency.name == Some("dollar") && place.at(end).is_some_and(|t| t.has(flags::UPPER)) {
        for (word, code) in [("US", "USD"), ("U.S.", "USD"), ("CAN", "CAD"), ("AU", "AUD")] {
            if place.at(end).is_some_and(|t| t.text(content) == word)
                && !place.has(end + 1, Tags::NUMBER)
            {
                currency = Currency::plain(code);
                end += 1;
                break;
            }
        }
    }
    // "$15 USD", "$100 million dollars"
    if let Some(found) = lexicon.currencies.after.at(place.from(end)) {
        let doubled = found.value.code == currency.code || found.value.name == currency.name;
        if doubled
            || currency.name == Some("dollar")
                && found.value.code.is_some_and(|code| code.ends_with('D'))
        {
            if found.value.name.is_none() {
                currency = found.value.clone();
            }
            end += found.len;
        }
    }
    let unit_text = place.span(at..at + len);
    Some(money(place, number, start..end, &currency, unit_text))
}

/// "5 million euros", "14 percent", "3.5-litre", "20 coal-fired power plants".
fn suffixed(place: &Place<'_>, mut number: Numeral, start: usize) -> Option<Measured> {
    if number.letter.is_none()
        && let Some((comparator, len)) = inner_comparator(place, number.end)
    {
        let inner = Numeral { end: number.end + len, ..number };
        let mut read = suffixed(place, inner, start)?;
        if read.evidence <= Evidence::Noun && read.comparator.is_none() {
            read.comparator = Some(comparator);
            read.numeral.end = number.end;
            read.quantity.numeral_span = place.span(number.start..number.end);
            return Some(read);
        }
    }
    let hyphen = hyphen_len(place, number.end);
    // A letter joined to digits is a scale or a unit.
    if let Some(exponent) = number.letter {
        if letter_is_scale(place, &number) {
            take_letter(&mut number, exponent)?;
            number.letter = None;
            return suffixed(place, number, start);
        }
    }
    let at = number.end + hyphen;
    if let Some((currency, len)) = money_behind(place, &number, at) {
        let range = start..at + len;
        let unit_text = place.span(at..at + len);
        return Some(money(place, number, range, currency, unit_text));
    }
    if let Some((unit, len)) = unit_behind(place, &number, at) {
        let mut read = measure(place, number, start..at + len, unit, at, hyphen > 0);
        read.is_hyphened = hyphen > 0;
        return Some(read);
    }
    if hyphen > 0 {
        // "a six-speed gearbox", "5-2": nothing that is counted.
        return Some(bare(place, number, start, Evidence::Bare))
            .filter(|_| number.form == Form::Scaled);
    }
    if let Some(noun) = noun_behind(place, &number) {
        return Some(count(place, number, start, noun));
    }
    let evidence = match number.form {
        Form::Scaled | Form::Fraction | Form::Share | Form::Vague | Form::Group => Evidence::Scale,
        Form::Words if number.scale >= 3 => Evidence::Scale,
        Form::Digits | Form::Words => Evidence::Bare,
    };
    Some(bare(place, number, start, evidence))
}

/// "+", "-plus", "or more" between a number and its unit.
fn inner_comparator(place: &Place<'_>, at: usize) -> Option<(Comparator, usize)> {
    let hyphen = usize::from(place.is_kind(at, TokenKind::Hyphen) && place.is(at + 1, "plus"));
    let token = place.at(at + hyphen).filter(|t| t.is(Tags::COMPARATOR_AFTER))?;
    if token.kind == TokenKind::Symbol && !token.is_joined() {
        return None;
    }
    let found = place.lexicon.measures.after.at(place.from(at + hyphen))?;
    Some((*found.value, found.len + hyphen))
}

/// The length of the hyphen between number and unit: "5-kilometre", "30 - year".
fn hyphen_len(place: &Place<'_>, at: usize) -> usize {
    let Some(hyphen) = place.at(at).filter(|t| t.kind == TokenKind::Hyphen) else { return 0 };
    let Some(next) =
        place.at(at + 1).filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Symbol))
    else {
        return 0;
    };
    usize::from(hyphen.is_joined() == next.is_joined())
}

/// Whether the letter joined to a number is a scale: "35m devices", "25k", "8 B people", but "5m of water", "2t".
fn letter_is_scale(place: &Place<'_>, number: &Numeral) -> bool {
    let Some(letter) = place.at(number.end) else { return false };
    let text = letter.text(place.content);
    let after = number.end + 1;
    if place.is_joined(after)
        && place.at(after).is_some_and(|t| {
            matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Slash)
        })
    {
        return false;
    }
    let noun_follows = place.at(after).is_some_and(|t| t.is_word() && !t.is_joined())
        && counted(place.lexicon, place.content, place.tokens, after).is_some()
        || money_behind(place, number, after).is_some()
        || place
            .lexicon
            .units
            .at(place.content, place.from(after))
            .is_some_and(|(unit, _)| unit.name != "inch");
    match text {
        "k" | "K" => letter.is_joined() && (text == "k" || noun_follows),
        "M" | "B" | "T" => noun_follows || letter.is_joined() && text == "M",
        "m" | "b" | "t" => {
            letter.is_joined()
                && (noun_follows || place.is(after, "of") && place.has(after + 1, Tags::DETERMINER))
        }
        _ => false,
    }
}

/// Applies a joined scale letter.
fn take_letter(number: &mut Numeral, exponent: u32) -> Option<()> {
    let value = value_of(number)?.shift(i32::try_from(exponent).ok()?)?;
    number.amount = Amount::Value(value);
    number.scale += exponent;
    number.form = Form::Scaled;
    number.end += 1;
    Some(())
}

/// "euros", "US dollars", "p" behind a number.
fn money_behind<'l>(
    place: &Place<'_>,
    number: &Numeral,
    at: usize,
) -> Option<(&'l Currency, usize)> {
    let token = place.at(at).filter(|t| t.is(Tags::MONEY))?;
    let currencies: &'static crate::lexicon::Currencies = &place.lexicon.currencies;
    if token.is_joined()
        && at == number.end
        && let Some(found) = currencies.joined.at(place.from(at))
        && token.text(place.content) == "p"
    {
        return Some((found.value, found.len));
    }
    let found = currencies.after.at(place.from(at))?;
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

/// Whether "pounds" are a mass here.
fn is_mass(place: &Place<'_>, number: &Numeral, at: usize, len: usize) -> bool {
    if number.scale >= 6 {
        return place.is(at + len, "of")
            && !place.has(at + len + 1, Tags::DETERMINER)
            && number.scale < 9;
    }
    let region = place.region.map(|region| region.code().to_owned());
    if place.is(at + len, "of") || hyphen_len(place, at.saturating_sub(1)) > 0 {
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

/// The unit behind a number: "km", "square miles", "m2", "degrees".
fn unit_behind<'l>(place: &Place<'_>, number: &Numeral, at: usize) -> Option<(&'l Unit, usize)> {
    let units: &'static crate::lexicon::Units = &place.lexicon.units;
    let token = place.at(at)?;
    if !token.is(Tags::UNIT) {
        // "5,000-pound", "20 pounds of"
        if token.is(Tags::MONEY) && (place.is(at, "pounds") || place.is(at, "pound")) {
            return units.named("pound-mass").map(|unit| (unit, 1));
        }
        return None;
    }
    let (unit, mut len) = units.at(place.content, place.from(at))?;
    let mut unit = unit;
    let text = token.text(place.content);
    let is_letter = text.chars().count() == 1 && token.is_word();
    if is_letter
        && !token.is_joined()
        && !matches!(text, "m" | "g" | "V" | "W" | "C" | "F" | "L" | "l" | "J")
    {
        return None;
    }
    if is_letter
        && (number.form == Form::Words
            || place.is_joined(at + len)
                && place
                    .at(at + len)
                    .is_some_and(|t| matches!(t.kind, TokenKind::Apostrophe | TokenKind::Hyphen)))
    {
        return None;
    }
    // "in" is no inch, "second" behind an ordinal no time.
    if unit.kind == UnitKind::Duration && text == "quarter" {
        return None;
    }
    // "m2", "km^2"
    let caret = usize::from(place.is(at + len, "^") && place.is_joined(at + len));
    if let Some(power) =
        place.at(at + len + caret).filter(|t| t.kind == TokenKind::Number && t.is_joined())
        && len == 1
    {
        let named = match power.text(place.content) {
            "2" => units.named(&format!("square {}", unit.name)),
            "3" => units.named(&format!("cubic {}", unit.name)),
            _ => None,
        };
        unit = named?;
        len += caret + 1;
    }
    Some((unit, len))
}

/// The counted noun behind a number.
fn noun_behind(place: &Place<'_>, number: &Numeral) -> Option<Counted> {
    let Place { lexicon, content, tokens, .. } = *place;
    let at = number.end;
    let next = place.at(at)?;
    if !next.is_word() || next.is_joined() {
        return None;
    }
    let is_one = number.amount == Amount::Value(Decimal::whole(1))
        && number.scale == 0
        && number.form == Form::Words;
    if is(content, next, "of") {
        let after = at + 1;
        let has_article =
            place.at(after).is_some_and(|t| t.is(Tags::DETERMINER) && !is(content, t, "a"));
        if is_one {
            return None;
        }
        let mut start = after + usize::from(has_article);
        // "two of the four ships"
        if has_article
            && let Some(read) = super::number::number(lexicon, content, place.from(start))
        {
            start += read.len;
        }
        let is_open =
            matches!(number.form, Form::Vague | Form::Group | Form::Scaled) || number.scale >= 3;
        if !has_article && !is_open {
            return None;
        }
        if matches!(number.form, Form::Fraction) {
            return None;
        }
        return counted(lexicon, content, tokens, start).filter(|noun| noun.end <= start + 4);
    }
    if number.form == Form::Fraction {
        return None;
    }
    if is_one {
        return single(lexicon, content, tokens, at).filter(|_| false);
    }
    counted(lexicon, content, tokens, at)
}

fn base(place: &Place<'_>, number: &Numeral, range: Range<usize>) -> Quantity {
    Quantity {
        amount: number.amount,
        comparator: Comparator::Equal,
        unit_code: None,
        currency_code: None,
        currency_candidates: &[],
        unit_name: None,
        unit_text: None,
        per: None,
        significant_digits: number.digits,
        span: place.span(range),
        numeral_span: place.span(number.start..number.end),
    }
}

fn money(
    place: &Place<'_>,
    number: Numeral,
    mut range: Range<usize>,
    currency: &Currency,
    unit_text: Span,
) -> Measured {
    let (code, candidates) = currency.of_region(place.region);
    let per = per(place, range.end, true);
    if let Some((_, len)) = per {
        range.end += len;
    }
    let code = if currency.is_part { None } else { code };
    let quantity = Quantity {
        currency_code: code,
        currency_candidates: candidates,
        unit_name: currency.name.map(Cow::Borrowed),
        unit_text: Some(unit_text),
        per: per.map(|(per, _)| per),
        ..base(place, &number, range.clone())
    };
    Measured {
        tokens: range,
        numeral: number,
        kind: NumericKind::Money,
        evidence: Evidence::Unit,
        counted: None,
        quantity,
        is_hyphened: false,
        comparator: None,
    }
}

fn measure(
    place: &Place<'_>,
    number: Numeral,
    mut range: Range<usize>,
    unit: &Unit,
    unit_at: usize,
    is_hyphened: bool,
) -> Measured {
    let mut kind = match unit.kind {
        UnitKind::Measure => NumericKind::Measure,
        UnitKind::Percent => NumericKind::Percent,
        UnitKind::Point => NumericKind::PercentagePoint,
        UnitKind::Temperature => NumericKind::Temperature,
        UnitKind::Duration => NumericKind::Duration,
        UnitKind::Index => NumericKind::Index,
        UnitKind::Age => NumericKind::Age,
    };
    let unit_text = place.span(unit_at..range.end);
    let mut per_unit = unit.per.map(|per| Per {
        unit_code: place.lexicon.units.named(per).and_then(|unit| unit.code),
        unit_name: Cow::Borrowed(per),
    });
    if per_unit.is_none()
        && unit.kind != UnitKind::Age
        && !(is_hyphened && place.is(range.end, "a"))
        && let Some((read, len)) = per(place, range.end, unit.kind != UnitKind::Duration)
    {
        range.end += len;
        per_unit = Some(read);
        if kind == NumericKind::Measure {
            kind = NumericKind::Rate;
        }
    }
    let quantity = Quantity {
        unit_code: unit.code,
        unit_name: Some(Cow::Borrowed(unit.name)),
        unit_text: Some(unit_text),
        per: per_unit,
        ..base(place, &number, range.clone())
    };
    Measured {
        tokens: range,
        numeral: number,
        kind,
        evidence: Evidence::Unit,
        counted: None,
        quantity,
        is_hyphened,
        comparator: None,
    }
}

fn count(place: &Place<'_>, number: Numeral, start: usize, noun: Counted) -> Measured {
    let mut range = start..noun.end;
    let is_times = noun.name == "time";
    let mut kind = match number.form {
        Form::Share => NumericKind::Fraction,
        _ if is_times => NumericKind::Multiple,
        _ => NumericKind::Count,
    };
    let per = per(place, range.end, false);
    if let Some((_, len)) = per {
        range.end += len;
        kind = NumericKind::Rate;
    }
    let quantity = Quantity {
        unit_name: Some(Cow::Owned(noun.name)),
        unit_text: Some(noun.span),
        per: per.map(|(per, _)| per),
        ..base(place, &number, range.clone())
    };
    Measured {
        tokens: range,
        numeral: number,
        kind,
        evidence: Evidence::Noun,
        counted: Some(noun.span),
        quantity,
        is_hyphened: false,
        comparator: None,
    }
}

fn bare(place: &Place<'_>, number: Numeral, start: usize, evidence: Evidence) -> Measured {
    let range = start..number.end;
    let kind = match number.form {
        Form::Fraction | Form::Share => NumericKind::Fraction,
        Form::Digits | Form::Scaled | Form::Words | Form::Vague | Form::Group => NumericKind::Bare,
    };
    Measured {
        quantity: base(place, &number, range.clone()),
        tokens: range,
        numeral: number,
        kind,
        evidence,
        counted: None,
        is_hyphened: false,
        comparator: None,
    }
}

/// "per barrel", "a day", "/hour", "-a-share", "each": what a quantity is counted per.
fn per(place: &Place<'_>, at: usize, takes_article: bool) -> Option<(Per, usize)> {
    let hyphen = usize::from(place.is_kind(at, TokenKind::Hyphen));
    let word = at + hyphen;
    let lead = if place.is(word, "per") {
        word + 1 - at
    } else if place.is_kind(at, TokenKind::Slash) && place.is_joined(at) && place.is_joined(at + 1)
    {
        1
    } else if place.is(word, "a") || place.is(word, "an") {
        let unit = word + 1 + hyphen;
        let behind = place.lexicon.units.at(place.content, place.from(unit));
        let is_time = behind.is_some_and(|(unit, _)| unit.kind == UnitKind::Duration)
            && !place.is(unit, "second");
        let is_unit = behind.is_some() && !is_time && !place.is(unit, "bit")
            || PER_NOUNS.iter().any(|noun| place.is(unit, noun));
        let is_ago = ["ago", "earlier", "before", "later", "after", "from"];
        if !(is_time || takes_article && is_unit)
            || is_ago.iter().any(|word| place.is(unit + 1, word))
        {
            return None;
        }
        word + 1 - at
    } else {
        return None;
    };
    let hyphen_inside = usize::from(hyphen > 0 && place.is_kind(at + lead, TokenKind::Hyphen));
    let unit_at = at + lead + hyphen_inside;
    let token = place.at(unit_at).filter(|t| t.is_word() || t.is(Tags::UNIT))?;
    if let Some((unit, len)) = place.lexicon.units.at(place.content, place.from(unit_at)) {
        let per = Per { unit_code: unit.code, unit_name: Cow::Borrowed(unit.name) };
        return Some((per, unit_at + len - at));
    }
    if let Some(found) = place.lexicon.currencies.after.at(place.from(unit_at)) {
        let name = found.value.code.filter(|_| found.value.name.is_none()).or(found.value.name)?;
        return Some((
            Per { unit_code: None, unit_name: Cow::Borrowed(name) },
            unit_at + found.len - at,
        ));
    }
    let is_free = !token.is(Tags::DETERMINER | Tags::PREPOSITION | Tags::PRONOUN) && (lead > 0);
    if !is_free || place.is_kind(at, TokenKind::Slash) && !token.is_word() {
        return None;
    }
    let name = place.lexicon.nouns.singular(place.content, token);
    // "per square foot" is a unit; "per 100,000 people" is counted by a number, and not read.
    Some((Per { unit_code: None, unit_name: Cow::Owned(name) }, unit_at + 1 - at))
}

/// Nouns that money is counted per with an article: "a share".
const PER_NOUNS: &[&str] = &[
    "share", "head", "night", "piece", "unit", "bottle", "ticket", "seat", "person", "copy", "vote",
];

/// Reads the sign before a number; returns where the quantity begins.
fn signed(place: &Place<'_>, number: &mut Numeral) -> usize {
    let Some(before) = number.start.checked_sub(1) else { return number.start };
    let Some(sign) = place.at(before) else { return number.start };
    let is_free = before == 0
        || sign.has(flags::SPACE | flags::LINE)
        || place.at(before - 1).is_some_and(|t| t.kind == TokenKind::OpenBracket);
    let joined = place.is_joined(number.start);
    let is_minus = match sign.kind {
        TokenKind::Hyphen | TokenKind::Dash => {
            joined && is_free && !(before > 0 && is_number_end(place, before - 1))
        }
        TokenKind::Word => {
            let is_word = is(place.content, sign, "minus") || is(place.content, sign, "negative");
            is_word && !(before > 0 && place.is_kind(before - 1, TokenKind::Number))
        }
        _ => false,
    };
    if is_minus {
        negate(number);
        return before;
    }
    // "minus-5"
    if sign.kind == TokenKind::Hyphen && joined && before > 0 && place.is(before - 1, "minus") {
        negate(number);
        return before - 1;
    }
    if sign.kind == TokenKind::Symbol && is(place.content, sign, "+") && joined && is_free {
        return before;
    }
    number.start
}

fn is_number_end(place: &Place<'_>, at: usize) -> bool {
    place.is_kind(at, TokenKind::Number) && !place.at(at + 1).is_some_and(|t| t.has(flags::SPACE))
}

fn negate(number: &mut Numeral) {
    if let Amount::Value(value) = number.amount {
        number.amount = Amount::Value(value.negated());
    }
}
