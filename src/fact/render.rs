//! A fact in one line, from its typed fields alone: it cannot say more than the record.

use std::fmt::{Result, Write};

use super::time::Views;
use super::{
    Amount, Commitment, CommitmentType, Comparator, Direction, Fact, Kind, Modality, NumericClaim,
    NumericKind, Report, Role, Strength,
};

/// Writes "trade: +14 % (2021), said Vladimir Putin". `time` is [`Fact::time`] as it is written.
///
/// # Errors
/// What `line` fails with.
pub fn render(
    content: &str,
    report: &Report,
    fact: &Fact,
    time: Option<&Views>,
    line: &mut impl Write,
) -> Result {
    match (&fact.kind, time) {
        (Kind::Numeric(claim), _) => numeric(content, claim, line)?,
        (Kind::Date(_), Some(time)) => {
            line.write_str(time.timex_value())?;
            match (time.begin(), time.end()) {
                ("", "") => {}
                ("", end) => pieces(line, [" (…, ", end, ")"])?,
                (begin, "") => pieces(line, [" [", begin, ", …)"])?,
                (begin, end) => pieces(line, [" [", begin, ", ", end, ")"])?,
            }
        }
        (Kind::Date(_), None) => {}
        (Kind::Commitment(bond), _) => commitment(content, bond, fact.rule, line)?,
    }
    if let (Kind::Numeric(_) | Kind::Commitment(_), Some(time)) = (&fact.kind, time) {
        pieces(line, [" (", time.timex_value(), ")"])?;
    }
    if let Kind::Commitment(bond) = &fact.kind
        && bond.strength == Strength::Hedged
    {
        line.write_str(", soft")?;
    }
    line.write_str(match fact.modality {
        Modality::Asserted => "",
        Modality::Hedged => ", hedged",
        Modality::Negated => ", denied",
        Modality::Conditional => ", conditional",
        Modality::Questioned => ", asked",
    })?;
    let said = fact.statement().and_then(|index| report.statements.get(index as usize));
    if let Some(speaker) = said.and_then(|said| said.speaker_name.or(said.speaker)) {
        line.write_str(", said ")?;
        one_line(speaker.of(content), line)?;
    }
    Ok(())
}

fn numeric(content: &str, claim: &NumericClaim, line: &mut impl Write) -> Result {
    if let Some(subject) = claim.subject {
        one_line(subject.of(content), line)?;
        line.write_str(": ")?;
    }
    let quantity = &claim.quantity;
    line.write_str(match quantity.comparator {
        Comparator::Equal => "",
        Comparator::About => "~",
        Comparator::MoreThan => ">",
        Comparator::AtLeast => "≥",
        Comparator::LessThan => "<",
        Comparator::AtMost => "≤",
    })?;
    line.write_str(match (claim.role, claim.direction) {
        (Role::ChangeBy, Some(Direction::Up)) => "+",
        (Role::ChangeBy, Some(Direction::Down)) => "-",
        (Role::ChangeFrom, _) => "from ",
        (Role::ChangeTo, _) => "to ",
        (Role::Level | Role::ChangeBy, _) => "",
    })?;
    match quantity.amount {
        Amount::Value(value) => value.write(line)?,
        Amount::Interval { low, high, .. } => {
            low.map_or(Ok(()), |low| low.write(line))?;
            line.write_str("..")?;
            high.map_or(Ok(()), |high| high.write(line))?;
        }
    }
    let name = quantity.currency_code.or(quantity.unit_name.as_deref());
    let unit = if claim.kind == NumericKind::Percent { Some("%") } else { name };
    if let Some(unit) = unit {
        pieces(line, [" ", unit])?;
    }
    if let Some(per) = &quantity.per {
        pieces(line, [" per ", &per.unit_name])?;
    }
    Ok(())
}

fn commitment(content: &str, bond: &Commitment, rule: &str, line: &mut impl Write) -> Result {
    if let Some(agent) = bond.agent_name.or(bond.agent) {
        one_line(agent.of(content), line)?;
        line.write_str(": ")?;
    }
    line.write_str(match bond.kind {
        CommitmentType::Promise => "promise",
        CommitmentType::Plan => "plan",
        CommitmentType::Agreement => "agreement",
        CommitmentType::Obligation => "obligation",
        CommitmentType::Offer => "offer",
        CommitmentType::Refusal => "refusal",
        CommitmentType::Threat => "threat",
        CommitmentType::Call => "call",
    })?;
    let action = bond.action.unwrap_or(bond.cue);
    let before = content.get(..action.begin as usize).unwrap_or_default().trim_end();
    // "pledged £5m", "ruled out moving": a thing, and no act.
    let takes_thing = bond.cue.end <= action.begin
        && ["promise", "plan", "agreement", "offer", "refusal"]
            .iter()
            .any(|kind| rule.strip_prefix("commitment.").is_some_and(|rule| rule == *kind));
    // "committed to supplying"
    let first = action.of(content).split(' ').next().unwrap_or_default();
    let is_ing = first.ends_with("ing") && !["bring", "sing", "ring", "swing"].contains(&first);
    // To refuse is not to act, already.
    let is_not = bond.negated != (bond.kind == CommitmentType::Refusal);
    // "promised me I would call"
    let is_clause = ["I", "we", "it", "he", "she", "they"].iter().any(|who| {
        first.strip_prefix(who).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    line.write_str(match () {
        () if before.ends_with("that") || is_clause => " that ",
        () if takes_thing && !before.ends_with("to") || is_ing && !is_not => " of ",
        () if is_not => " not to ",
        () => " to ",
    })?;
    one_line(action.of(content), line)
}

/// `write!` takes several times as long.
fn pieces<const N: usize>(line: &mut impl Write, pieces: [&str; N]) -> Result {
    pieces.into_iter().try_for_each(|piece| line.write_str(piece))
}

/// Line breaks inside a phrase read as spaces.
fn one_line(text: &str, line: &mut impl Write) -> Result {
    let is_plain = |pair: [u8; 2]| pair[1].is_ascii_graphic() || pair[1] == b' ' && pair[0] != b' ';
    let mut before = b' ';
    if !text.ends_with(' ')
        && text.bytes().all(|b| is_plain([std::mem::replace(&mut before, b), b]))
    {
        return line.write_str(text);
    }
    for (place, word) in text.split_whitespace().enumerate() {
        if place > 0 {
            line.write_char(' ')?;
        }
        line.write_str(word)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{one_line, render};
    use crate::document::{Budget, Document, Options};
    use crate::engine::Engine;

    #[test]
    fn a_commitment_reads_as_it_was_worded() {
        for (text, line) in [
            ("Lena Voss refused to resign.", "Lena Voss: refusal to resign"),
            ("Lena Voss ruled out moving the plant.", "Lena Voss: refusal of moving the plant"),
            ("Lena Voss proposed capping rents.", "Lena Voss: plan of capping rents, soft"),
            ("Lena Voss committed to capping rents.", "Lena Voss: promise of capping rents"),
            ("Lena Voss pledged to bring relief.", "Lena Voss: promise to bring relief"),
            ("Lena Voss promised to stay.", "Lena Voss: promise to stay"),
            ("Lena Voss promised not to leave.", "Lena Voss: promise not to leave"),
            (
                "Lena Voss pledged £5,000 towards the costs.",
                "Lena Voss: promise of £5,000 towards the costs",
            ),
        ] {
            let document = Document { content: text, ..Document::default() };
            let report =
                Engine::english().analyze(&document, &Options::default(), &Budget::unlimited());
            let lines: Vec<String> = report
                .facts
                .iter()
                .map(|fact| {
                    let mut line = String::new();
                    render(text, &report, fact, None, &mut line).expect("a string");
                    line
                })
                .collect();
            assert!(lines.iter().any(|found| found == line), "{line}: {lines:?}");
        }
    }

    #[test]
    fn a_phrase_stands_on_one_line() {
        for (text, line) in [
            ("one  two", "one two"),
            (" one\ntwo ", "one two"),
            ("one two", "one two"),
            ("caf\u{e9}\u{a0}\u{2003}noir\t", "caf\u{e9} noir"),
            ("one ", "one"),
            (" one", "one"),
            (" ", ""),
            ("", ""),
        ] {
            let mut written = String::new();
            one_line(text, &mut written).expect("a string");
            assert_eq!(written, line);
        }
    }
}
