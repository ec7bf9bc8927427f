//! A fact in one line, from its typed fields alone: it cannot say more than the record.

use std::fmt::Write as _;

use super::{
    Amount, Commitment, Comparator, Direction, Fact, Kind, Modality, NumericClaim, NumericKind,
    Report, Role, Strength,
};

/// "trade: +14 % (2021), said Vladimir Putin".
pub fn render(content: &str, report: &Report, fact: &Fact) -> String {
    let mut line = String::with_capacity(64);
    match &fact.kind {
        Kind::Numeric(claim) => numeric(content, claim, &mut line),
        Kind::Date(date) => {
            line.push_str(&date.time.timex_value());
            match (date.time.begin(), date.time.end()) {
                (Some(begin), Some(end)) => {
                    let _ = write!(line, " [{begin}, {end})");
                }
                (Some(begin), None) => {
                    let _ = write!(line, " [{begin}, …)");
                }
                (None, Some(end)) => {
                    let _ = write!(line, " (…, {end})");
                }
                (None, None) => {}
            }
        }
        Kind::Commitment(bond) => commitment(content, bond, &mut line),
    }
    match fact.modality {
        Modality::Asserted => {}
        Modality::Hedged => line.push_str(", hedged"),
        Modality::Negated => line.push_str(", denied"),
        Modality::Conditional => line.push_str(", conditional"),
        Modality::Questioned => line.push_str(", asked"),
    }
    let said = fact.statement.and_then(|index| report.statements.get(index as usize));
    if let Some(speaker) = said.and_then(|said| said.speaker_name.or(said.speaker)) {
        let _ = write!(line, ", said {}", one_line(speaker.of(content)));
    }
    line
}

fn numeric(content: &str, claim: &NumericClaim, line: &mut String) {
    if let Some(subject) = claim.subject {
        let _ = write!(line, "{}: ", one_line(subject.of(content)));
    }
    let quantity = &claim.quantity;
    line.push_str(match quantity.comparator {
        Comparator::Equal => "",
        Comparator::About => "~",
        Comparator::MoreThan => ">",
        Comparator::AtLeast => "≥",
        Comparator::LessThan => "<",
        Comparator::AtMost => "≤",
    });
    line.push_str(match (claim.role, claim.direction) {
        (Role::ChangeBy, Some(Direction::Up)) => "+",
        (Role::ChangeBy, Some(Direction::Down)) => "-",
        (Role::ChangeFrom, _) => "from ",
        (Role::ChangeTo, _) => "to ",
        (Role::Level | Role::ChangeBy, _) => "",
    });
    match quantity.amount {
        Amount::Value(value) => {
            let _ = write!(line, "{value}");
        }
        Amount::Interval { low, high, .. } => {
            let bound = |bound: Option<super::Decimal>| {
                bound.map_or("".to_owned(), |bound| bound.to_string())
            };
            let _ = write!(line, "{}..{}", bound(low), bound(high));
        }
    }
    let name = quantity.currency_code.or(quantity.unit_name.as_deref());
    let unit = if claim.kind == NumericKind::Percent { Some("%") } else { name };
    if let Some(unit) = unit {
        let _ = write!(line, " {unit}");
    }
    if let Some(per) = &quantity.per {
        let _ = write!(line, " per {}", per.unit_name);
    }
    if let Some(time) = &claim.time {
        let _ = write!(line, " ({})", time.timex_value());
    }
}

fn commitment(content: &str, bond: &Commitment, line: &mut String) {
    if let Some(agent) = bond.agent_name.or(bond.agent) {
        let _ = write!(line, "{}: ", one_line(agent.of(content)));
    }
    let _ = write!(line, "{}", format!("{:?}", bond.kind).to_lowercase());
    if bond.negated {
        line.push_str(" not");
    }
    let _ = write!(line, " to {}", one_line(bond.action.unwrap_or(bond.cue).of(content)));
    if let Some(deadline) = bond.deadline {
        let _ = write!(line, " ({})", deadline.timex_value());
    }
    if bond.strength == Strength::Hedged {
        line.push_str(", soft");
    }
}

/// Line breaks inside a phrase read as spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
