//! What was read, as the messages of the contract. Every field is named, so a new one does not compile until it is sent.

use super::offsets::Offsets;
use super::pb;
use super::request::Request;
use crate::fact::{
    Amount, Commitment, CommitmentType, Comparator, Consistency, DateMention, Decimal, Direction,
    Fact, Granularity, Kind, Link, LinkType, Modality, NumericClaim, NumericKind, Per, Quantity,
    Relation, Report, Resolution, Role, Statement, StatementType, Strength, TimeValue, TimexMod,
    TimexType, render,
};
use crate::lexicon::{Lexicon, RULE_SET_VERSION};
use crate::span::Span;

/// The answer to `request`.
pub fn response(request: &Request<'_>, report: &Report) -> pb::ExtractFactsResponse {
    let Request {
        document,
        options: _,
        encoding,
        explain,
        is_supported,
        language_code,
        document_id,
    } = request;
    let Report { facts, statements, sentences, read_to, facts_over_limit } = report;
    let writer = Writer {
        content: document.content,
        offsets: Offsets::new(document.content, *encoding),
        report,
    };
    let is_cut = (*read_to as usize) < document.content.len();
    let reason = match (is_cut, *facts_over_limit) {
        (true, _) => pb::TruncationReason::Budget,
        (false, 0) => pb::TruncationReason::Unspecified,
        (false, _) => pb::TruncationReason::MaxFacts,
    };
    let encoding = match encoding {
        super::Encoding::Utf8 => pb::OffsetEncoding::Utf8,
        super::Encoding::Utf16 => pb::OffsetEncoding::Utf16,
        super::Encoding::Utf32 => pb::OffsetEncoding::Utf32,
    };
    pb::ExtractFactsResponse {
        document_id: (*document_id).to_owned(),
        facts: facts.iter().map(|fact| writer.fact(fact, *explain)).collect(),
        statements: statements
            .iter()
            .enumerate()
            .map(|(index, statement)| writer.statement(index, statement))
            .collect(),
        sentences: sentences.iter().map(|sentence| writer.offsets.span(*sentence)).collect(),
        language_code: (*language_code).to_owned(),
        language_supported: *is_supported,
        offset_encoding: encoding.into(),
        truncated: reason != pb::TruncationReason::Unspecified,
        truncation_reason: reason.into(),
        processed_end: writer.offsets.offset(*read_to),
        rule_set_version: RULE_SET_VERSION.to_owned(),
    }
}

struct Writer<'a> {
    content: &'a str,
    offsets: Offsets,
    report: &'a Report,
}

impl Writer<'_> {
    fn text(&self, span: Span) -> String {
        span.of(self.content).to_owned()
    }

    fn phrase(&self, span: Span) -> pb::Phrase {
        pb::Phrase { span: Some(self.offsets.span(span)), text: self.text(span) }
    }

    fn fact_id(&self, index: u32) -> String {
        self.report
            .facts
            .get(index as usize)
            .map(|fact| format!("{:016x}", fact.id))
            .unwrap_or_default()
    }

    fn fact(&self, fact: &Fact, explain: bool) -> pb::Fact {
        let Fact { id, span, sentence, statement, modality, hedge, confidence, rule, links, kind } =
            fact;
        let said = statement.and_then(|index| self.report.statements.get(index as usize));
        let kind = match kind {
            Kind::Numeric(claim) => pb::fact::Kind::NumericClaim(self.numeric(claim)),
            Kind::Date(date) => pb::fact::Kind::DateMention(self.date(date)),
            Kind::Commitment(commitment) => pb::fact::Kind::Commitment(self.commitment(commitment)),
        };
        pb::Fact {
            fact_id: format!("{id:016x}"),
            span: Some(self.offsets.span(*span)),
            text: self.text(*span),
            sentence_index: *sentence as i32,
            statement_id: statement.map(statement_id).unwrap_or_default(),
            speaker_name: said
                .and_then(|said| said.speaker_name.or(said.speaker))
                .map(|name| self.text(name))
                .unwrap_or_default(),
            modality: match modality {
                Modality::Asserted => pb::Modality::Asserted,
                Modality::Hedged => pb::Modality::Hedged,
                Modality::Negated => pb::Modality::Negated,
                Modality::Conditional => pb::Modality::Conditional,
                Modality::Questioned => pb::Modality::Questioned,
            }
            .into(),
            hedge: hedge.map(|hedge| self.phrase(hedge)),
            confidence: *confidence,
            rule_id: (*rule).to_owned(),
            links: links.iter().map(|link| self.link(*link)).collect(),
            rendering: render(self.content, self.report, fact),
            kind: Some(kind),
            explanation: if explain { self.explanation(fact) } else { String::new() },
        }
    }

    /// The rule, and the words that the record rests on.
    fn explanation(&self, fact: &Fact) -> String {
        let rests_on = match &fact.kind {
            Kind::Numeric(claim) => {
                format!("numeral {:?}", claim.quantity.numeral_span.of(self.content))
            }
            Kind::Date(date) => format!("{:?}, {:?}", date.time.resolution, date.relation),
            Kind::Commitment(commitment) => {
                let signs: Vec<String> = Lexicon::english()
                    .weights
                    .strongest(commitment.signs)
                    .map(|(name, weight)| format!("{name} {weight:+.2}"))
                    .collect();
                format!("cue {:?}; {}", commitment.cue.of(self.content), signs.join(", "))
            }
        };
        format!("{}: {rests_on}", fact.rule)
    }

    fn link(&self, link: Link) -> pb::Link {
        let Link { to, link } = link;
        let link = match link {
            LinkType::DatedBy => pb::LinkType::DatedBy,
            LinkType::Deadline => pb::LinkType::Deadline,
            LinkType::Amount => pb::LinkType::Amount,
            LinkType::ChangeFrom => pb::LinkType::ChangeFrom,
            LinkType::ChangeTo => pb::LinkType::ChangeTo,
            LinkType::ChangeBy => pb::LinkType::ChangeBy,
            LinkType::SameAs => pb::LinkType::SameAs,
        };
        pb::Link { fact_id: self.fact_id(to), r#type: link.into() }
    }

    fn numeric(&self, claim: &NumericClaim) -> pb::NumericClaim {
        let NumericClaim { quantity, kind, subject, counted, role, direction, time, consistency } =
            claim;
        pb::NumericClaim {
            quantity: Some(self.quantity(quantity)),
            numeric_kind: match kind {
                NumericKind::Count => pb::NumericKind::Count,
                NumericKind::Money => pb::NumericKind::Money,
                NumericKind::Percent => pb::NumericKind::Percent,
                NumericKind::PercentagePoint => pb::NumericKind::PercentagePoint,
                NumericKind::Measure => pb::NumericKind::Measure,
                NumericKind::Temperature => pb::NumericKind::Temperature,
                NumericKind::Age => pb::NumericKind::Age,
                NumericKind::Duration => pb::NumericKind::Duration,
                NumericKind::Rate => pb::NumericKind::Rate,
                NumericKind::Ratio => pb::NumericKind::Ratio,
                NumericKind::Fraction => pb::NumericKind::Fraction,
                NumericKind::Multiple => pb::NumericKind::Multiple,
                NumericKind::Ordinal => pb::NumericKind::Ordinal,
                NumericKind::Index => pb::NumericKind::Index,
                NumericKind::Bare => pb::NumericKind::Unspecified,
            }
            .into(),
            subject: subject.map(|subject| self.phrase(subject)),
            counted: counted.map(|counted| self.phrase(counted)),
            role: match role {
                Role::Level => pb::NumericRole::Level,
                Role::ChangeBy => pb::NumericRole::ChangeBy,
                Role::ChangeFrom => pb::NumericRole::ChangeFrom,
                Role::ChangeTo => pb::NumericRole::ChangeTo,
            }
            .into(),
            direction: match direction {
                None => pb::Direction::Unspecified,
                Some(Direction::Up) => pb::Direction::Up,
                Some(Direction::Down) => pb::Direction::Down,
                Some(Direction::Unchanged) => pb::Direction::Unchanged,
            }
            .into(),
            time: time.as_ref().map(|time| self.time(time)),
            consistency: match consistency {
                None => pb::Consistency::Unspecified,
                Some(Consistency::Consistent) => pb::Consistency::Consistent,
                Some(Consistency::Inconsistent) => pb::Consistency::Inconsistent,
                Some(Consistency::NotCheckable) => pb::Consistency::NotCheckable,
            }
            .into(),
        }
    }

    fn quantity(&self, quantity: &Quantity) -> pb::Quantity {
        let Quantity {
            amount,
            comparator,
            unit_code,
            currency_code,
            currency_candidates,
            unit_name,
            unit_text,
            per,
            tolerance,
            significant_digits,
            span,
            numeral_span,
        } = quantity;
        let amount = match amount {
            Amount::Value(value) => pb::quantity::Amount::Value(decimal(value)),
            Amount::Interval { low, high, low_open, high_open } => {
                pb::quantity::Amount::Interval(pb::DecimalInterval {
                    low: low.as_ref().map(decimal),
                    high: high.as_ref().map(decimal),
                    low_open: *low_open,
                    high_open: *high_open,
                })
            }
        };
        pb::Quantity {
            amount: Some(amount),
            comparator: match comparator {
                Comparator::Equal => pb::Comparator::Equal,
                Comparator::About => pb::Comparator::About,
                Comparator::MoreThan => pb::Comparator::MoreThan,
                Comparator::AtLeast => pb::Comparator::AtLeast,
                Comparator::LessThan => pb::Comparator::LessThan,
                Comparator::AtMost => pb::Comparator::AtMost,
            }
            .into(),
            unit_code: unit_code.unwrap_or_default().to_owned(),
            currency_code: currency_code.unwrap_or_default().to_owned(),
            currency_candidates: currency_candidates.iter().map(|&code| code.to_owned()).collect(),
            unit_name: unit_name.as_deref().unwrap_or_default().to_owned(),
            unit_text: unit_text.map(|unit| self.text(unit)).unwrap_or_default(),
            per: per.as_ref().map(|Per { unit_code, unit_name }| pb::Per {
                unit_code: unit_code.unwrap_or_default().to_owned(),
                unit_name: unit_name.clone().into_owned(),
            }),
            tolerance: tolerance.as_ref().map(decimal),
            significant_digits: i32::from(*significant_digits),
            span: Some(self.offsets.span(*span)),
            numeral_span: Some(self.offsets.span(*numeral_span)),
        }
    }

    fn date(&self, date: &DateMention) -> pb::DateMention {
        let DateMention { time, relation } = date;
        pb::DateMention {
            time: Some(self.time(time)),
            relation: match relation {
                Relation::On => pb::TimeRelation::On,
                Relation::Before => pb::TimeRelation::Before,
                Relation::After => pb::TimeRelation::After,
                Relation::By => pb::TimeRelation::By,
                Relation::Until => pb::TimeRelation::Until,
                Relation::Since => pb::TimeRelation::Since,
                Relation::During => pb::TimeRelation::During,
            }
            .into(),
        }
    }

    fn time(&self, time: &TimeValue) -> pb::TimeValue {
        pb::TimeValue {
            timex_type: match time.timex_type() {
                TimexType::Date => pb::TimexType::Date,
                TimexType::Time => pb::TimexType::Time,
                TimexType::Duration => pb::TimexType::Duration,
                TimexType::Set => pb::TimexType::Set,
            }
            .into(),
            timex_value: time.timex_value(),
            timex_mod: time.timex_mod().map_or(pb::TimexMod::Unspecified, timex_mod).into(),
            timex_quant: time.timex_quant().to_owned(),
            timex_freq: time.timex_freq(),
            edtf: time.edtf(),
            begin: time.begin().unwrap_or_default(),
            end: time.end().unwrap_or_default(),
            granularity: time
                .granularity()
                .map_or(pb::TimeGranularity::Unspecified, granularity)
                .into(),
            resolution: match time.resolution {
                Resolution::Explicit => pb::TimeResolution::Explicit,
                Resolution::FromPublishTime => pb::TimeResolution::FromPublishTime,
                Resolution::FromAnotherMention => pb::TimeResolution::FromAnotherMention,
                Resolution::Unresolved => pb::TimeResolution::Unresolved,
            }
            .into(),
            anchor_fact_id: time.anchor.map(|anchor| self.fact_id(anchor)).unwrap_or_default(),
        }
    }

    fn commitment(&self, commitment: &Commitment) -> pb::Commitment {
        let Commitment {
            kind,
            agent,
            agent_name,
            action,
            beneficiary,
            deadline,
            deadline_phrase,
            condition,
            strength,
            negated,
            cue,
            signs: _,
        } = commitment;
        pb::Commitment {
            r#type: match kind {
                CommitmentType::Promise => pb::CommitmentType::Promise,
                CommitmentType::Plan => pb::CommitmentType::Plan,
                CommitmentType::Agreement => pb::CommitmentType::Agreement,
                CommitmentType::Obligation => pb::CommitmentType::Obligation,
                CommitmentType::Offer => pb::CommitmentType::Offer,
                CommitmentType::Refusal => pb::CommitmentType::Refusal,
                CommitmentType::Threat => pb::CommitmentType::Threat,
                CommitmentType::Call => pb::CommitmentType::Call,
            }
            .into(),
            agent: agent.map(|agent| self.phrase(agent)),
            agent_name: agent_name.map(|name| self.text(name)).unwrap_or_default(),
            action: action.map(|action| self.phrase(action)),
            beneficiary: beneficiary.map(|beneficiary| self.phrase(beneficiary)),
            deadline: deadline.as_ref().map(|deadline| self.time(deadline)),
            deadline_phrase: deadline_phrase.map(|phrase| self.phrase(phrase)),
            condition: condition.map(|condition| self.phrase(condition)),
            strength: match strength {
                Strength::Firm => pb::CommitmentStrength::Firm,
                Strength::Hedged => pb::CommitmentStrength::Hedged,
            }
            .into(),
            negated: *negated,
            cue: Some(self.phrase(*cue)),
        }
    }

    fn statement(&self, index: usize, statement: &Statement) -> pb::Statement {
        let Statement {
            span,
            parts,
            kind,
            speaker,
            speaker_name,
            speaker_role,
            cue,
            addressee,
            confidence,
        } = statement;
        pb::Statement {
            statement_id: statement_id(index as u32),
            span: Some(self.offsets.span(*span)),
            parts: parts.iter().map(|part| self.offsets.span(*part)).collect(),
            r#type: match kind {
                StatementType::DirectQuote => pb::StatementType::DirectQuote,
                StatementType::IndirectSpeech => pb::StatementType::IndirectSpeech,
                StatementType::Mixed => pb::StatementType::Mixed,
                StatementType::SpeechTurn => pb::StatementType::SpeechTurn,
            }
            .into(),
            speaker: speaker.map(|speaker| self.phrase(speaker)),
            speaker_name: speaker_name.map(|name| self.text(name)).unwrap_or_default(),
            speaker_role: speaker_role.map(|role| self.text(role)).unwrap_or_default(),
            cue: cue.map(|cue| self.phrase(cue)),
            addressee: addressee.map(|addressee| self.phrase(addressee)),
            confidence: *confidence,
        }
    }
}

fn statement_id(index: u32) -> String {
    format!("s{}", index + 1)
}

fn decimal(value: &Decimal) -> pb::Decimal {
    pb::Decimal { value: value.to_string() }
}

fn timex_mod(modifier: TimexMod) -> pb::TimexMod {
    match modifier {
        TimexMod::Before => pb::TimexMod::Before,
        TimexMod::After => pb::TimexMod::After,
        TimexMod::OnOrBefore => pb::TimexMod::OnOrBefore,
        TimexMod::OnOrAfter => pb::TimexMod::OnOrAfter,
        TimexMod::LessThan => pb::TimexMod::LessThan,
        TimexMod::MoreThan => pb::TimexMod::MoreThan,
        TimexMod::EqualOrLess => pb::TimexMod::EqualOrLess,
        TimexMod::EqualOrMore => pb::TimexMod::EqualOrMore,
        TimexMod::Start => pb::TimexMod::Start,
        TimexMod::Mid => pb::TimexMod::Mid,
        TimexMod::End => pb::TimexMod::End,
        TimexMod::Approx => pb::TimexMod::Approx,
    }
}

fn granularity(granularity: Granularity) -> pb::TimeGranularity {
    match granularity {
        Granularity::Second => pb::TimeGranularity::Second,
        Granularity::Minute => pb::TimeGranularity::Minute,
        Granularity::Hour => pb::TimeGranularity::Hour,
        Granularity::PartOfDay => pb::TimeGranularity::PartOfDay,
        Granularity::Day => pb::TimeGranularity::Day,
        Granularity::Weekend => pb::TimeGranularity::Weekend,
        Granularity::Week => pb::TimeGranularity::Week,
        Granularity::Month => pb::TimeGranularity::Month,
        Granularity::Season => pb::TimeGranularity::Season,
        Granularity::Quarter => pb::TimeGranularity::Quarter,
        Granularity::Half => pb::TimeGranularity::Half,
        Granularity::Year => pb::TimeGranularity::Year,
        Granularity::Decade => pb::TimeGranularity::Decade,
        Granularity::Century => pb::TimeGranularity::Century,
        Granularity::Millennium => pb::TimeGranularity::Millennium,
    }
}
