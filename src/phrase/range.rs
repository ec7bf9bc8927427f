//! Ranges: two quantities said as one, "3-5 km", "between 3 and 5 million", "from 10 to 15 %".

use crate::fact::{Amount, Decimal, NumericKind};
use crate::lexicon::Tags;
use crate::token::{TokenKind, Words};

use super::numeral::value_of;
use super::place::Place;
use super::quantity::{Evidence, Measured, quantity, scaled_letter};

/// Two quantities behind one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The first, with the unit and scale of the second where it has none of its own.
    pub first: Box<Measured>,
    /// The second.
    pub second: Box<Measured>,
    /// Token before the first that belongs to the range: "between", "from".
    pub lead: Option<usize>,
    /// How they are tied.
    pub tie: Tie,
}

/// What stands between two quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// "3-5"
    Dash,
    /// "3 to 5"
    To,
    /// "between 3 and 5"
    And,
}

/// Reads what follows `first` as the other end of a range.
pub fn pair(place: &Place<'_>, first: &Measured) -> Option<Pair> {
    let at = first.tokens.end;
    let before = first.tokens.start.checked_sub(1);
    let is_before = |word: &str| before.is_some_and(|before| place.is(before, word));
    let token = place.at(at)?;
    // "16- to 24-year-olds"
    let is_hung = token.kind == TokenKind::Hyphen
        && token.is_joined()
        && (place.is(at + 1, "to") || place.is(at + 1, "and"))
        && !place.is_joined(at + 1);
    let at = at + usize::from(is_hung);
    let token = place.at(at)?;
    let tie = match token.kind {
        TokenKind::Hyphen | TokenKind::Dash if token.is_joined() == place.is_joined(at + 1) => {
            Tie::Dash
        }
        // "75 -300mm"
        TokenKind::Hyphen
            if place.is_kind(at + 1, TokenKind::Number) && first.evidence > Evidence::Noun =>
        {
            Tie::Dash
        }
        TokenKind::Word if place.is(at, "to") || place.is(at, "through") => Tie::To,
        // "from 450 up to 900 square feet"
        TokenKind::Word if place.is(at, "up") && place.is(at + 1, "to") && is_before("from") => {
            Tie::To
        }
        TokenKind::Word if token.is(Tags::AND) => Tie::And,
        _ => return None,
    };
    let between = before.filter(|at| place.is(*at, "between")).or_else(|| {
        // "between about 3 and 5"
        before.and_then(|at| at.checked_sub(1)).filter(|at| place.is(*at, "between"))
    });
    if tie == Tie::And && between.is_none() {
        return None;
    }
    let at = at + usize::from(place.is(at, "up"));
    let next = place.at(at + 1)?;
    // "-16 °C to -37 °C"
    let sign = usize::from(
        matches!(next.kind, TokenKind::Hyphen | TokenKind::Dash)
            && tie != Tie::Dash
            && place.is_joined(at + 2)
            || place.is(at + 1, "minus"),
    );
    let next = place.at(at + 1 + sign)?;
    let is_quantity = next.kind == TokenKind::Number
        || next.is(Tags::NUMBER | Tags::CURRENCY | Tags::FRACTION | Tags::SCALE)
        || place.is(at + 1, "a")
        || place.is(at + 1, "about");
    if !is_quantity {
        return None;
    }
    // "a" stands before the word that triggers a number: "a quarter and a half".
    let trigger = at + 1 + sign + usize::from(place.is(at + 1, "a") || place.is(at + 1, "about"));
    let mut second = quantity(place, trigger)?;
    // "£2-3m": millions, not metres.
    if first.kind == NumericKind::Money
        && matches!(second.kind, NumericKind::Measure | NumericKind::Rate)
        && let Some(scaled) = scaled_letter(place, &second)
    {
        second = scaled;
    }
    if second.tokens.start > trigger || second.tokens.start < at + 1 {
        return None;
    }
    let from = before.filter(|_| is_before("from"));
    let mut first = Box::new(first.clone());
    share_unit(&mut first, &second);
    // "rose 50 cents to $17" is a step and where it led.
    let start = first.tokens.start;
    let is_step = || (start.saturating_sub(4)..start).any(|at| place.has(at, Tags::CHANGE));
    if from.is_none() && tie != Tie::And && !is_step() {
        of_whole(&mut first, &second);
    }
    let lead = between.or(from);
    Some(Pair { first, second, lead, tie })
}

/// "8 or $9", "7- or 8-inch", "two or three boats": a bare number that shares the unit of the next.
pub fn either(place: &Place<'_>, first: &Measured) -> Option<(Box<Measured>, Box<Measured>)> {
    if first.evidence != Evidence::Bare {
        return None;
    }
    let hyphen = usize::from(
        place.is_kind(first.tokens.end, TokenKind::Hyphen) && place.is_joined(first.tokens.end),
    );
    let at = first.tokens.end + hyphen;
    if let Some(second) = across(place, at, 1) {
        let mut first = Box::new(first.clone());
        share_unit(&mut first, &second);
        return (first.evidence == Evidence::Unit).then_some((first, second));
    }
    // "45 and 50 cases", but not "in version 3 and 4 users"
    let is_and = hyphen == 0
        && place.has(at, Tags::AND)
        && first.numeral.start > 0
        && !place.is_capital(first.numeral.start - 1)
        // "the index was 26 and 71 % smoked"
        && !place.is_any(first.numeral.start - 1, &["is", "was"])
        && !place.has(first.numeral.start - 1, Tags::NUMBER_LABEL | Tags::PREPOSITION);
    if !place.is(at, "or") && !is_and {
        return None;
    }
    let second = quantity(place, at + 1).filter(|second| second.tokens.start == at + 1)?;
    let is_larger = match (low(first.quantity.amount), low(second.quantity.amount)) {
        (Some(one), Some(two)) => one < two,
        _ => false,
    };
    if !is_larger
        || second.evidence > Evidence::Noun
        || second.kind == NumericKind::Percent && hyphen > 0
    {
        return None;
    }
    let mut first = Box::new(first.clone());
    share_unit(&mut first, &second);
    Some((first, second))
}

/// The other side of a surface, from its "by" at `at` on: of "12 by 15 feet", "2 x 3 m", "4-by-6-inch"; `sides` may follow it.
fn across(place: &Place<'_>, at: usize, sides: usize) -> Option<Box<Measured>> {
    if !place.is_any(at, &["by", "x", "×"]) {
        return None;
    }
    let hyphen = usize::from(place.is_kind(at + 1, TokenKind::Hyphen) && place.is_joined(at + 1));
    let start = at + 1 + hyphen;
    let mut second = quantity(place, start).filter(|second| second.tokens.start == start)?;
    // "the 4x400m relay" is run four times.
    if place.at(second.tokens.end).is_some_and(|t| RACES.hold(place.content, t)) {
        return None;
    }
    // "10 x 20 x 30 cm"
    if second.evidence == Evidence::Bare
        && let Some(third) =
            sides.checked_sub(1).and_then(|left| across(place, second.tokens.end, left))
    {
        share_unit(&mut second, &third);
    }
    (second.kind == NumericKind::Measure && second.quantity.per.is_none()).then_some(second)
}

static RACES: Words<3> = Words::new(["relay", "relays", "medley"]);

/// Gives a first number without unit the unit and scale of the second: "3 to 5 million euros".
pub fn share_unit(first: &mut Measured, second: &Measured) {
    let lacks_unit = first.quantity.unit_name.is_none() && first.quantity.currency_code.is_none();
    let is_money_alone = first.quantity.currency_code.is_some()
        && second.quantity.unit_name.is_none()
        && second.quantity.currency_code.is_none();
    let is_smaller = first.numeral.base < second.numeral.base;
    if first.numeral.scale == 0
        && second.numeral.scale >= 3
        && is_smaller
        && let Some(value) = value_of(&first.numeral)
        && let Ok(scale) = i32::try_from(second.numeral.scale)
        && let Some(value) = value.shift(scale)
    {
        first.numeral.amount = Amount::Value(value);
        first.numeral.scale = second.numeral.scale;
        first.quantity.amount = first.numeral.amount;
    }
    if lacks_unit && !is_money_alone && second.evidence <= Evidence::Noun {
        let span = first.quantity.span;
        let numeral_span = first.quantity.numeral_span;
        let digits = first.quantity.significant_digits;
        first.quantity = crate::fact::Quantity {
            amount: first.quantity.amount,
            span,
            numeral_span,
            significant_digits: digits,
            tolerance: first.quantity.tolerance,
            ..second.quantity.clone()
        };
        first.kind = second.kind;
        first.counted = second.counted;
        first.evidence = second.evidence;
    }
}

/// "50 cents to $1": hundredths as a part of the money behind them.
fn of_whole(first: &mut Measured, second: &Measured) {
    let Some(code) = second.quantity.currency_code else { return };
    let is_part = first.quantity.currency_code.is_none()
        && first.quantity.currency_candidates.contains(&code)
        && matches!(first.quantity.unit_name.as_deref(), Some("cent" | "penny"));
    if let Some(value) =
        value_of(&first.numeral).and_then(|value| value.shift(-2)).filter(|_| is_part)
    {
        first.numeral.amount = Amount::Value(value);
        first.quantity = crate::fact::Quantity {
            amount: first.numeral.amount,
            span: first.quantity.span,
            numeral_span: first.quantity.numeral_span,
            significant_digits: first.quantity.significant_digits,
            tolerance: first.quantity.tolerance,
            ..second.quantity.clone()
        };
    }
}

/// Gives a second number without unit the money of the first: "$10 to 15 billion".
pub fn lend_unit(first: &Measured, second: &mut Measured) {
    if is_open(second) && first.evidence <= Evidence::Unit {
        let per = second.quantity.per.take();
        let quantity = crate::fact::Quantity {
            amount: second.quantity.amount,
            numeral_span: second.quantity.numeral_span,
            span: second.quantity.span,
            significant_digits: second.quantity.significant_digits,
            tolerance: second.quantity.tolerance,
            per: per.or_else(|| first.quantity.per.clone()),
            ..first.quantity.clone()
        };
        second.quantity = quantity;
        second.kind = first.kind;
        second.evidence = first.evidence;
    }
}

/// Whether a second number says nothing of what it is a number of: the "15" of "$10-15", "$10-15 per hour".
fn is_open(second: &Measured) -> bool {
    second.evidence > Evidence::Noun
        || second.kind == NumericKind::Rate
            && second.quantity.unit_name.is_none()
            && second.quantity.currency_code.is_none()
}

/// Whether two quantities may be the ends of one range: of one unit, in order.
pub fn is_range(pair: &Pair) -> bool {
    let (first, second) = (&pair.first, &pair.second);
    let (Some(low), Some(high)) = (value_of(&first.numeral), value_of(&second.numeral)) else {
        return false;
    };
    let same_unit = first.quantity.unit_name == second.quantity.unit_name
        && first.quantity.currency_code == second.quantity.currency_code;
    let is_lent = is_open(second) && first.quantity.currency_code.is_some();
    (same_unit || is_lent) && (low < high || pair.lead.is_some() && low != high)
}

/// The range as one quantity.
pub fn joined(place: &Place<'_>, pair: &Pair) -> Box<Measured> {
    let Pair { first, second, lead, .. } = pair;
    let mut second = second.clone();
    lend_unit(first, &mut second);
    let (low, high) = match (value_of(&first.numeral), value_of(&second.numeral)) {
        (Some(low), Some(high)) if high < low => (Some(high), Some(low)),
        (low, high) => (low, high),
    };
    let amount = Amount::Interval { low, high, low_open: false, high_open: false };
    let start = lead.unwrap_or(first.tokens.start);
    let mut out = second;
    out.tokens.start = start;
    out.comparator = first.comparator.or(out.comparator);
    out.evidence = first.evidence.min(out.evidence);
    out.numeral.amount = amount;
    out.numeral.start = first.numeral.start;
    out.numeral.end = pair.second.numeral.end;
    out.quantity.amount = amount;
    out.quantity.significant_digits =
        first.quantity.significant_digits.max(pair.second.quantity.significant_digits);
    out.quantity.span = place.span(first.tokens.start..out.tokens.end);
    out.quantity.numeral_span = first.quantity.numeral_span.join(pair.second.quantity.numeral_span);
    if out.quantity.per.is_none() {
        out.quantity.per = first.quantity.per.clone();
    }
    out
}

/// The lower bound of an amount, or its value.
pub fn low(amount: Amount) -> Option<Decimal> {
    match amount {
        Amount::Value(value) => Some(value),
        Amount::Interval { low, .. } => low,
    }
}
