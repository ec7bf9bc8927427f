//! A number written in any supported form is read back to the same value, for random values.

use dictum::document::{Budget, Document, Options};
use dictum::engine::Engine;
use dictum::fact::{Amount, Decimal, Kind};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_numbers(value in magnitudes()) {
        let wanted = value.to_string();
        let forms = [
            wanted.clone(),
            grouped(value, ",", false),
            grouped(value, "\u{a0}", false),
            grouped(value, "\u{202f}", false),
            grouped(value, "\u{2009}", false),
            grouped(value, ",", true),
            words(value),
        ];
        for form in forms {
            reads(&form, &wanted)?;
        }
        // A point that parts thousands is told from a decimal one only where there are two.
        if value >= 1_000_000 {
            reads(&grouped(value, ".", false), &wanted)?;
        }
    }

    #[test]
    fn decimals(whole in magnitudes(), places in "[0-9]{1,8}") {
        let wanted = format!("{whole}.{places}");
        reads(&wanted, &wanted)?;
        reads(&format!("{}.{places}", grouped(whole, ",", false)), &wanted)?;
        reads(&format!("{},{places}", grouped(whole, "\u{202f}", false)), &wanted)
            .or_else(|error| if whole < 1000 { Ok(()) } else { Err(error) })?;
    }

    #[test]
    fn scales(base in 1_u32..1000, tenths in 0_u32..10, scale in 0_usize..4) {
        let (word, short, exponent) = SCALES[scale];
        let digits = if tenths == 0 { base.to_string() } else { format!("{base}.{tenths}") };
        let wanted = decimal(&digits).and_then(|value| value.shift(exponent)).expect("in range").to_string();
        for form in [format!("{digits} {word}"), format!("{digits}{short}"), format!("{digits} {short}"), format!("{digits}-{word}")] {
            if form.ends_with(" k") || form.ends_with(" m") {
                continue; // "4 k" and "4 m" are something else
            }
            reads(&form, &wanted)?;
        }
        if tenths == 0 {
            reads(&format!("{} {word}", words(u64::from(base))), &wanted)?;
        }
        if tenths == 5 {
            reads(&format!("{base} and a half {word}"), &wanted)?;
        }
    }

    #[test]
    fn powers(base in 1_u32..100, exponent in 0_i32..31, is_negative in any::<bool>()) {
        let exponent = if is_negative { -exponent } else { exponent };
        let wanted = Decimal::whole(i64::from(base)).shift(exponent).expect("in range").to_string();
        for form in [format!("{base}e{exponent}"), format!("{base} x 10^{exponent}"), format!("{base} × 10^{exponent}")] {
            reads(&form, &wanted)?;
        }
    }

    #[test]
    fn fractions(whole in 1_u64..1000, upper in 1_u32..4) {
        let wanted = format!("{whole}.{}", ["25", "5", "75"][upper as usize - 1]);
        let said = ["a quarter", "a half", "three quarters"][upper as usize - 1];
        let slashed = ["1/4", "1/2", "3/4"][upper as usize - 1];
        let sign = ["¼", "½", "¾"][upper as usize - 1];
        for form in [format!("{whole} {slashed}"), format!("{whole}{sign}"), format!("{whole} {sign}"), format!("{} and {said}", words(whole))] {
            reads(&form, &wanted)?;
        }
    }

    #[test]
    fn negatives(value in magnitudes()) {
        let wanted = format!("-{}", value.max(1));
        for form in [wanted.clone(), wanted.replace('-', "−"), format!("minus {}", value.max(1)), format!("minus {}", words(value.max(1)))] {
            reads(&form, &wanted)?;
        }
    }

    #[test]
    fn ordinals(value in 2_u64..10_000) {
        let ending = match (value % 10, value % 100) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        let content = format!("She finished {value}{ending}.");
        prop_assert_eq!(values(&content), vec![value.to_string()], "{}", content);
    }
}

/// Whole numbers of every length up to sixteen digits, each as likely.
fn magnitudes() -> impl Strategy<Value = u64> {
    (1_u32..=16).prop_flat_map(|digits| 10_u64.pow(digits - 1)..10_u64.pow(digits))
}

/// Whether the number is the only value read, and of litres.
fn reads(form: &str, wanted: &str) -> Result<(), TestCaseError> {
    let content = format!("The store took in {form} litres.");
    let found = values(&content);
    let is_right = matches!(found.as_slice(), [one] if decimal_of(one) == decimal_of(wanted));
    prop_assert!(is_right, "{content:?}: {wanted} wanted, {found:?} found");
    Ok(())
}

fn values(content: &str) -> Vec<String> {
    let document = Document { content, published: None, region: None };
    let report = Engine::english().analyze(&document, &Options::default(), &Budget::unlimited());
    let value = |kind: &Kind| match kind {
        Kind::Numeric(claim) => match claim.quantity.amount {
            Amount::Value(value) => Some(value.to_string()),
            Amount::Interval { .. } => Some("a range".to_owned()),
        },
        Kind::Date(_) | Kind::Commitment(_) => None,
    };
    report.facts.iter().filter_map(|fact| value(&fact.kind)).collect()
}

fn decimal(digits: &str) -> Option<Decimal> {
    Decimal::parse(digits)
}

fn decimal_of(text: &str) -> Option<Decimal> {
    match text.strip_prefix('-') {
        Some(digits) => decimal(digits).map(Decimal::negated),
        None => decimal(text),
    }
}

/// Groups of three from the right; as in India, of two before the last three.
fn grouped(value: u64, mark: &str, is_lakh: bool) -> String {
    let digits = value.to_string();
    let mut groups = Vec::new();
    let mut end = digits.len();
    while end > 0 {
        let size = if is_lakh && !groups.is_empty() { 2 } else { 3 };
        let start = end.saturating_sub(size);
        groups.push(digits.get(start..end).unwrap_or_default());
        end = start;
    }
    groups.reverse();
    groups.join(mark)
}

/// A whole number in words.
fn words(value: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let below = |value: u64, joint: &str, unit: u64, name: &str| {
        let head = format!("{} {name}", words(value / unit));
        if value.is_multiple_of(unit) {
            head
        } else {
            format!("{head}{joint}{}", words(value % unit))
        }
    };
    match value {
        0..20 => ONES[value as usize].to_owned(),
        20..100 if value.is_multiple_of(10) => TENS[value as usize / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[value as usize / 10], ONES[value as usize % 10]),
        100..1000 => below(value, " and ", 100, "hundred"),
        1000..1_000_000 => below(value, " ", 1000, "thousand"),
        1_000_000..1_000_000_000 => below(value, " ", 1_000_000, "million"),
        1_000_000_000..1_000_000_000_000 => below(value, " ", 1_000_000_000, "billion"),
        1_000_000_000_000..1_000_000_000_000_000 => {
            below(value, " ", 1_000_000_000_000, "trillion")
        }
        _ => below(value, " ", 1_000_000_000_000_000, "quadrillion"),
    }
}

/// Scale words with their short forms.
const SCALES: [(&str, &str, i32); 4] =
    [("thousand", "k", 3), ("million", "m", 6), ("billion", "bn", 9), ("trillion", "tn", 12)];
