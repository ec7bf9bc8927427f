//! Quantities: a number with its money, unit or counted noun, and what it is counted per.

use std::borrow::Cow;
use std::ops::Range;

use crate::fact::{Amount, Comparator, Decimal, NumericKind, Per, Quantity};
use crate::lexicon::{Currency, Tags, Unit, UnitKind};
use crate::span::Span;
use crate::token::{Token, TokenKind, flags};

use super::counted::Counted;
use super::number::Number;
use super::numeral::{Form, Numeral, is, numeral, value_of};
use super::place::Place;
use super::power::plus_minus;
use super::quantity_money::{
    hundredths, is_code, is_sign, money_behind, part_of_money, prefixed, scale_behind,
};
use super::quantity_noun::{is_often, is_thing, is_times_sign, noun_behind, share_of};
use super::quantity_per::{per, per_behind};
use super::quantity_unit::{
    hyphen_len, inner_comparator, is_height, is_size_end, letter_is_scale, negate, shift, signed,
    take_letter, unit_behind,
};

/// A quantity with its place. It is large, and read into a box of its own: moved from reader to reader it would cost as much as
/// to be read.
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
pub fn quantity(place: &Place<'_>, at: usize) -> Option<Box<Measured>> {
    let Place { lexicon, content, tokens, .. } = *place;
    let token = place.at(at)?;
    if token.is(Tags::CURRENCY)
        && (token.kind == TokenKind::Symbol
            || token.span.len() > 1 && place.is(at + 1, "$")
            || token.has(flags::UPPER)
            || token.has(flags::CAPITAL) && is_sign(token.text(content))
            || place.is_joined(at + 1)
            || token.span.len() == 1 && place.is(at + 1, "$") && !is(content, token, "a")
            || is(content, token, "sen")
            || is(content, token, "kr")
            || is(content, token, "dlrs"))
        && let Some(found) = lexicon.currencies.before.at(place.from(at))
        && is_code(content, tokens.get(at..at + found.len)?)
    {
        return prefixed(place, at, found.value, found.len);
    }
    if let Some(&times) = lexicon.numbers.multiple.of(token) {
        return Some(fold(place, at, Decimal::whole(i64::from(times))));
    }
    let mut number = numeral(lexicon, content, tokens, at)?;
    let start = signed(place, &mut number);
    let mut read = suffixed(place, number, start);
    if let Some(read) = &mut read
        && read.evidence == Evidence::Unit
        && read.quantity.tolerance.is_none()
    {
        tolerate(place, read);
    }
    read
}

/// "12.5 kg ± 0.5 kg", "52 % ± 3 %": how far off the value may be, with a unit of its own.
fn tolerate(place: &Place<'_>, measured: &mut Measured) {
    let Some(len) = plus_minus(place.content, place.from(measured.tokens.end)) else { return };
    let at = measured.tokens.end + len;
    let step = numeral(place.lexicon, place.content, place.tokens, at)
        .filter(|step| step.start == at)
        .and_then(|step| suffixed(place, step, at));
    let Some(step) = step else { return };
    let is_same = step.quantity.unit_name == measured.quantity.unit_name
        && step.quantity.currency_code == measured.quantity.currency_code;
    if let (true, Amount::Value(value)) = (is_same, step.quantity.amount) {
        measured.quantity.tolerance = Some(value);
        measured.quantity.span = measured.quantity.span.join(step.quantity.span);
        measured.tokens.end = step.tokens.end;
    }
}

/// A value times a power of ten.
fn scaled(value: Decimal, power: u32) -> Option<Decimal> {
    value.shift(i32::try_from(power).ok()?)
}

/// "5 million euros", "14 percent", "3.5-litre", "20 coal-fired power plants".
fn suffixed(place: &Place<'_>, mut number: Numeral, start: usize) -> Option<Box<Measured>> {
    let content = place.content;
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
    // "10-fold"
    if (hyphen > 0 || number.end > start)
        && place.is(number.end + hyphen, "fold")
        && number.form != Form::Fraction
        || is_times_sign(place, &number)
    {
        return Some(multiple(
            place,
            &number,
            start..number.end + hyphen + 1,
            place.span(number.end + hyphen..number.end + hyphen + 1),
        ));
    }
    // A letter joined to digits is a scale or a unit.
    if let Some(exponent) = number.letter
        && letter_is_scale(place, &number)
    {
        take_letter(&mut number, exponent)?;
        number.letter = None;
        return suffixed(place, number, start);
    }
    // "millions of dollars"
    let of = usize::from(
        place.is(number.end, "of")
            && matches!(number.form, Form::Vague | Form::Group | Form::Scaled)
            && place.has(number.end + 1, Tags::MONEY),
    );
    let at = number.end + hyphen + of;
    // "a fifth year", "a third term": an ordinal, no fifth of a year.
    if number.form == Form::Fraction
        && place.has(number.end - 1, Tags::ORDINAL)
        && number.end > number.start + 1
        && place.is(number.end - 2, "a")
        && place.has(at, Tags::UNIT | Tags::MONEY)
    {
        return None;
    }
    if let Some((currency, len)) = money_behind(place, &number, at) {
        let mut range = start..at + len;
        let unit_text = place.span(at..at + len);
        // "75 USD million", "120 MEUR"
        let behind = scale_behind(place, &number, at, range.end);
        if let Some(exponent) = behind.or(Some(currency.scale).filter(|scale| *scale > 0)) {
            shift(&mut number, exponent)?;
            range.end += usize::from(behind.is_some());
        }
        if !currency.is_part
            && number.scale == 0
            && hyphen == 0
            && let Some((part, len)) = hundredths(place, range.end)
            && let Some(sum) = value_of(&number).and_then(|value| value.plus(part))
        {
            number.amount = Amount::Value(sum);
            number.digits = number.digits.saturating_add(2);
            range.end += len;
        }
        return Some(money(place, &number, range, currency, unit_text));
    }
    if let Some((at, currency, len)) = part_of_money(place, &number) {
        return Some(money(place, &number, start..at + len, currency, place.span(at..at + len)));
    }
    if let Some((unit_at, unit, len)) = part_of_unit(place, &number) {
        return Some(measure(place, &number, start..unit_at + len, unit, unit_at, false));
    }
    if let Some((unit, len)) = unit_behind(place, &number, at) {
        if let Some((sum, end)) = with_smaller_unit(place, &number, unit, at + len) {
            number.amount = Amount::Value(sum);
            return Some(measure(place, &number, start..end, unit, at, false));
        }
        let is_warmth = unit.kind == UnitKind::Temperature || unit.code == Some("deg");
        if is_warmth && is_below_zero(place, at + len) {
            return Some(below_zero(place, number, start..at + len, unit, at));
        }
        return Some(measure(place, &number, start..at + len, unit, at, hyphen > 0));
    }
    // "a 200-strong crowd"
    if hyphen > 0 && place.is(at, "strong") && place.is_joined(at) {
        let mut read = bare(place, &number, start, Evidence::Noun);
        read.tokens.end = at + 1;
        read.quantity.span = place.span(read.tokens.clone());
        return Some(read);
    }
    if hyphen > 0 {
        // "a six-speed gearbox", "5-2": nothing that is counted.
        return (number.form == Form::Scaled).then(|| bare(place, &number, start, Evidence::Bare));
    }
    if let Some(noun) = noun_behind(place, &number) {
        let number = share_of(place, &number, noun.end).unwrap_or(number);
        // "517 rushing yards", "six straight quarters": the head is a unit.
        if let Some((unit, len)) = place.lexicon.units.at(content, place.from(noun.end - 1))
            && len == 1
            && !matches!(unit.kind, UnitKind::Index | UnitKind::Percent | UnitKind::Age)
            && unit.name.len() > 2
            // "24 Boeing 737s"
            && !place.is_joined(noun.end - 1)
            && !is_thing(place, noun.end - 1)
        {
            return Some(measure(place, &number, start..noun.end, unit, noun.end - 1, false));
        }
        return Some(count(place, &number, start, noun));
    }
    // "93 per million people", "2 per game", "39,000 a year"
    // "155 to the dollar"
    let is_rate = place.is(number.end, "to") && place.is(number.end + 1, "the") && hyphen == 0;
    if (is_rate || place.is(number.end, "per") || is_often(place, &number))
        && let Some((per, len)) = per(place, number.end, false)
    {
        let mut read = bare(place, &number, start, Evidence::Noun);
        read.kind = NumericKind::Rate;
        read.tokens.end += len;
        read.quantity.span = place.span(read.tokens.clone());
        read.quantity.per = Some(per);
        return Some(read);
    }
    // "40 below zero"
    if is_below_zero(place, number.end)
        && let Some(degree) = place.lexicon.units.named("degree")
    {
        return Some(below_zero(place, number, start..number.end, degree, number.end));
    }
    // "by a factor of ten"
    if start > 1 && place.is(start - 1, "of") && place.is(start - 2, "factor") {
        let unit_text = place.span(start - 2..start - 1);
        let article = usize::from(start > 2 && place.is(start - 3, "a"));
        return Some(multiple(place, &number, start - 2 - article..number.end, unit_text));
    }
    let evidence = match number.form {
        Form::Scaled | Form::Fraction | Form::Share | Form::Vague | Form::Group => Evidence::Scale,
        Form::Words if number.scale >= 3 => Evidence::Scale,
        // "three million, two hundred and forty"
        Form::Words if value_of(&number).is_some_and(|value| value >= Decimal::whole(10_000)) => {
            Evidence::Scale
        }
        Form::Digits | Form::Words => Evidence::Bare,
    };
    Some(bare(place, &number, start, evidence))
}

fn is_below_zero(place: &Place<'_>, at: usize) -> bool {
    place.is(at, "below") && place.is(at + 1, "zero")
}

/// "10 degrees below zero", "minus 40 below zero": the tokens before "below", with a unit at `unit_at`.
fn below_zero(
    place: &Place<'_>,
    mut number: Numeral,
    range: Range<usize>,
    unit: &Unit,
    unit_at: usize,
) -> Box<Measured> {
    if value_of(&number).is_some_and(|value| value > Decimal::ZERO) {
        negate(&mut number);
    }
    let mut read = measure(place, &number, range.start..range.end + 2, unit, unit_at, false);
    read.kind = NumericKind::Temperature;
    read
}

/// "a quarter of a percentage point", "half a mile": a part of one unit.
fn part_of_unit<'l>(place: &Place<'_>, number: &Numeral) -> Option<(usize, &'l Unit, usize)> {
    let of = usize::from(place.is(number.end, "of"));
    // "0.3 of a second"
    let is_point = || {
        number.form == Form::Digits
            && of > 0
            && value_of(number).is_some_and(|value| value < Decimal::whole(1))
    };
    if number.form != Form::Fraction && !is_point() {
        return None;
    }
    let article = number.end + of;
    if !place.is_any(article, &["a", "an", "one"]) {
        return None;
    }
    let units: &'static crate::lexicon::Units = &place.lexicon.units;
    let (unit, len) = match units.at(place.content, place.from(article + 1)) {
        Some(found) => found,
        // "half a pound of butter"
        None if place.is(article + 1, "pound") && place.is(article + 2, "of") => {
            (units.named("pound-mass")?, 1)
        }
        None => return None,
    };
    let is_letter = place.at(article + 1).is_some_and(|t| t.span.len() < 2);
    // "half a year" is a time, "seven hundredths of a second" a measure.
    let is_time = unit.kind == UnitKind::Duration && unit.name != "second";
    (!is_time && !is_letter).then_some((article + 1, unit, len))
}

/// "5 ft 2 in", "6 feet and 3 inches", "7 lb 4 oz": a smaller unit behind; the whole in the larger one.
fn with_smaller_unit(
    place: &Place<'_>,
    number: &Numeral,
    unit: &Unit,
    end: usize,
) -> Option<(Decimal, usize)> {
    let (smaller, parts) = match unit.name {
        "foot" => ("inch", 12),
        "pound-mass" => ("ounce", 16),
        "stone" => ("pound-mass", 14),
        _ => return None,
    };
    // "the 6-foot-8 forward"
    let hyphen = usize::from(
        place.is_kind(end, TokenKind::Hyphen)
            && place.is_joined(end + 1)
            && place.is_kind(end - 2, TokenKind::Hyphen)
            && place.is_kind(end + 1, TokenKind::Number)
            && !(place.is_joined(end + 2) && place.at(end + 2).is_some_and(Token::is_word)),
    );
    let at = end + usize::from(place.has(end, Tags::AND)) + hyphen;
    let read = numeral(place.lexicon, place.content, place.tokens, at)
        .filter(|read| read.start == at && read.scale == 0)?;
    let behind = read.end;
    let named = match place.lexicon.units.at(place.content, place.from(behind)) {
        Some((unit, len)) => (unit.name == smaller).then_some(len),
        // "5 ft 2 in"
        None if end > 0 && is_height(place, end - 1) => Some(1),
        None if hyphen > 0 && value_of(&read)? < Decimal::whole(parts) => Some(0),
        // "6 foot 4", "9 stone 6"
        None if is_rest(place, end, behind) && value_of(&read)? < Decimal::whole(parts) => Some(0),
        None => (smaller == "inch"
            && place.is(behind, "in")
            && (place.is_joined(behind) || is_size_end(place, behind + 1))
            || smaller == "pound-mass"
                && (place.is(behind, "pounds") || place.is(behind, "pound")))
        .then_some(1),
    }?;
    let part = value_of(&read)?.divided(Decimal::whole(parts), 6)?;
    Some((value_of(number)?.plus(part)?, behind + named))
}

/// A number of that kind, so far without a unit.
#[inline(never)]
fn made(
    place: &Place<'_>,
    number: &Numeral,
    tokens: Range<usize>,
    kind: NumericKind,
    evidence: Evidence,
) -> Box<Measured> {
    let (span, numeral_span) = (place.span(tokens.clone()), place.span(number.start..number.end));
    // Written where it stays, and not moved there.
    Box::write(
        Box::new_uninit(),
        Measured {
            tokens,
            numeral: *number,
            kind,
            evidence,
            counted: None,
            quantity: Quantity {
                amount: number.amount,
                comparator: Comparator::Equal,
                unit_code: None,
                currency_code: None,
                currency_candidates: &[],
                unit_name: None,
                unit_text: None,
                per: None,
                tolerance: number.tolerance.and_then(|tolerance| scaled(tolerance, number.scale)),
                significant_digits: number.digits,
                span,
                numeral_span,
            },
            comparator: None,
            is_hyphened: false,
        },
    )
}

pub(super) fn money(
    place: &Place<'_>,
    number: &Numeral,
    mut range: Range<usize>,
    currency: &Currency,
    unit_text: Span,
) -> Box<Measured> {
    let (code, candidates) = currency.of_region(place.region);
    let per =
        per(place, range.end, true).or_else(|| per_behind(place, range.end).map(|per| (per, 0)));
    if let Some((_, len)) = per {
        range.end += len;
    }
    let mut read = made(place, number, range, NumericKind::Money, Evidence::Unit);
    let quantity = &mut read.quantity;
    quantity.currency_code = if currency.is_part { None } else { code };
    quantity.currency_candidates = candidates;
    quantity.unit_name = currency.name.map(Cow::Borrowed);
    quantity.unit_text = Some(unit_text);
    quantity.per = per.map(|(per, _)| per);
    read
}

fn measure(
    place: &Place<'_>,
    number: &Numeral,
    mut range: Range<usize>,
    unit: &Unit,
    unit_at: usize,
    is_hyphened: bool,
) -> Box<Measured> {
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
    if per_unit.is_none() && kind == NumericKind::Measure && !is_hyphened {
        per_unit = per_behind(place, range.end);
    }
    let mut read = made(place, number, range, kind, Evidence::Unit);
    let quantity = &mut read.quantity;
    quantity.unit_code = unit.code;
    quantity.unit_name = Some(Cow::Borrowed(unit.name));
    quantity.unit_text = Some(unit_text);
    quantity.per = per_unit;
    read.is_hyphened = is_hyphened;
    read
}

fn count(place: &Place<'_>, number: &Numeral, start: usize, noun: Counted) -> Box<Measured> {
    let mut range = start..noun.end.max(number.end);
    let is_times = noun.name == "time";
    let mut kind = match number.form {
        Form::Share => NumericKind::Fraction,
        _ if is_times => NumericKind::Multiple,
        _ => NumericKind::Count,
    };
    let per =
        per(place, range.end, false).or_else(|| per_behind(place, range.end).map(|per| (per, 0)));
    if let Some((_, len)) = per {
        range.end += len;
        kind = NumericKind::Rate;
    }
    let mut read = made(place, number, range, kind, Evidence::Noun);
    let quantity = &mut read.quantity;
    quantity.unit_name = Some(Cow::Owned(noun.name));
    quantity.unit_text = Some(noun.span);
    quantity.per = per.map(|(per, _)| per);
    // Times are no things: "three times as much".
    read.counted = (!is_times).then_some(noun.span);
    read
}

/// "sixfold", "doubled": a number of times that the token at `at` says alone.
pub fn fold(place: &Place<'_>, at: usize, times: Decimal) -> Box<Measured> {
    let number = Numeral::new(times, Form::Words, at..at + 1);
    multiple(place, &number, at..at + 1, place.span(at..at + 1))
}

fn multiple(
    place: &Place<'_>,
    number: &Numeral,
    range: Range<usize>,
    unit_text: Span,
) -> Box<Measured> {
    let mut read = made(place, number, range, NumericKind::Multiple, Evidence::Unit);
    read.quantity.unit_name = Some(Cow::Borrowed("time"));
    read.quantity.unit_text = Some(unit_text);
    read
}

fn bare(place: &Place<'_>, number: &Numeral, start: usize, evidence: Evidence) -> Box<Measured> {
    let kind = match number.form {
        Form::Fraction | Form::Share => NumericKind::Fraction,
        Form::Digits | Form::Scaled | Form::Words | Form::Vague | Form::Group => NumericKind::Bare,
    };
    made(place, number, start..number.end, kind, evidence)
}

/// "3:1": one number over another.
pub fn ratio(place: &Place<'_>, value: Decimal, range: Range<usize>) -> Box<Measured> {
    let number = Numeral::new(value, Form::Digits, range);
    let mut ratio = bare(place, &number, number.start, Evidence::Unit);
    ratio.kind = NumericKind::Ratio;
    ratio
}

/// A number of votes.
pub fn votes(place: &Place<'_>, number: Number, range: Range<usize>) -> Box<Measured> {
    let form = if number.is_words { Form::Words } else { Form::Digits };
    let numeral = Numeral {
        digits: number.digits,
        ..Numeral::new(number.value, form, range.start..range.start + 1)
    };
    let mut read = bare(place, &numeral, range.start, Evidence::Noun);
    read.kind = NumericKind::Count;
    read.quantity.unit_name = Some(Cow::Borrowed("vote"));
    read.quantity.span = place.span(range.clone());
    read.tokens = range;
    read
}

/// An ordinal as a rank.
pub fn rank(place: &Place<'_>, value: Decimal, form: Form, range: Range<usize>) -> Box<Measured> {
    let number = Numeral::new(value, form, range);
    let mut rank = bare(place, &number, number.start, Evidence::Bare);
    rank.kind = NumericKind::Ordinal;
    rank
}

/// A number of metres as a number of millions: "1.7m" where millions are spoken of.
pub fn scaled_letter(place: &Place<'_>, measured: &Measured) -> Option<Box<Measured>> {
    let exponent = measured.numeral.letter.filter(|_| place.is(measured.numeral.end, "m"))?;
    let mut number = measured.numeral;
    take_letter(&mut number, exponent)?;
    number.letter = None;
    let is_rate = measured.quantity.per.is_some();
    if measured.tokens.end != number.end && !is_rate {
        return None;
    }
    let mut read = bare(place, &number, measured.tokens.start, Evidence::Scale);
    // "£2-3m a year"
    if is_rate {
        read.quantity.per.clone_from(&measured.quantity.per);
        read.tokens.end = measured.tokens.end;
        read.quantity.span = place.span(read.tokens.clone());
    }
    Some(read)
}

/// Whether a number between `end` and `behind` is what is left of a height or weight: digits alone behind "foot" or "stone".
fn is_rest(place: &Place<'_>, end: usize, behind: usize) -> bool {
    let is_unit = |at: usize| place.is_any(at, &["foot", "ft", "stone"]);
    end > 0
        && is_unit(end - 1)
        && behind == end + 1
        && place.at(behind).is_none_or(|t| {
            matches!(t.kind, TokenKind::Comma | TokenKind::Dot | TokenKind::CloseBracket)
                || place.is(behind, "tall")
                || t.is(Tags::AND)
        })
}
