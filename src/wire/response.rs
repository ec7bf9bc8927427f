//! What was read, as the messages of the contract. Every field is named, so a new one does not compile until it is sent; a new
//! one of the contract is a number that nobody uses, which the compiler warns of.

use std::fmt::{self, Write as _};
use std::time::Duration;

use prost::Message as _;

use super::bytes::Bytes;
use super::offsets::Offsets;
use super::request::Request;
use super::{pb, tag};
use crate::fact::time::Views;
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
    // What is written here can be read: the tests do so with every answer.
    let bytes = encode(request, report, truncation(request, report));
    pb::ExtractFactsResponse::decode(bytes.as_slice()).unwrap_or_default()
}

/// The answer to `request` in bytes, from which something is missing for a `reason`.
pub fn encode(request: &Request<'_>, report: &Report, reason: pb::TruncationReason) -> Vec<u8> {
    use tag::extract_facts_response as tag;
    let Request {
        document,
        options: _,
        encoding,
        explain,
        wants_stats: _,
        is_supported,
        language_code,
        document_id,
    } = request;
    let Report { facts, statements, sentences, read_to, facts_over_limit: _ } = report;
    let writer = Writer {
        content: document.content,
        offsets: Offsets::new(document.content, *encoding),
        report,
        explain: *explain,
    };
    let encoding = match encoding {
        super::Encoding::Utf8 => pb::OffsetEncoding::Utf8,
        super::Encoding::Utf16 => pb::OffsetEncoding::Utf16,
        super::Encoding::Utf32 => pb::OffsetEncoding::Utf32,
    };
    let mut to = Bytes::with_capacity(
        USUAL_FACT * facts.len() + USUAL_STATEMENT * statements.len() + 16 * sentences.len() + 256,
    );
    to.string(tag::DOCUMENT_ID, document_id);
    let mut views = Views::default();
    for fact in facts {
        let views = fact.time().map(|time| views.of(time));
        to.message(tag::FACTS, |to| writer.fact(to, fact, views));
    }
    for (index, statement) in statements.iter().enumerate() {
        to.message(tag::STATEMENTS, |to| writer.statement(to, index as u32, statement));
    }
    for sentence in sentences {
        writer.span(&mut to, tag::SENTENCES, *sentence);
    }
    to.string(tag::LANGUAGE_CODE, language_code);
    to.bool(tag::LANGUAGE_SUPPORTED, *is_supported);
    to.int(tag::OFFSET_ENCODING, encoding as i32);
    to.bool(tag::TRUNCATED, reason != pb::TruncationReason::Unspecified);
    to.int(tag::TRUNCATION_REASON, reason as i32);
    to.int(tag::PROCESSED_END, writer.offsets.offset(*read_to));
    to.string(tag::RULE_SET_VERSION, RULE_SET_VERSION);
    to.into_vec()
}

/// Adds to an answer how long it waited for a core and how long it was read: the last field, and no part of what a text says.
pub fn add_stats(answer: &mut Vec<u8>, queue_time: Duration, extraction_time: Duration) {
    use tag::extract_facts_response as tag;
    let mut to = Bytes::from(std::mem::take(answer));
    to.message(tag::STATS, |to| {
        use self::tag::extraction_stats as tag;
        for (field, time) in
            [(tag::QUEUE_TIME, queue_time), (tag::EXTRACTION_TIME, extraction_time)]
        {
            to.message(field, |to| {
                use self::tag::duration as tag;
                // Far less than 68 years.
                to.int(tag::SECONDS, time.as_secs() as i32);
                to.int(tag::NANOS, time.subsec_nanos() as i32);
            });
        }
    });
    *answer = to.into_vec();
}

/// Bytes that are mostly enough.
const USUAL_FACT: usize = 208;
const USUAL_STATEMENT: usize = 128;

/// Why something is missing from the answer to `request`.
pub fn truncation(request: &Request<'_>, report: &Report) -> pb::TruncationReason {
    let is_cut = (report.read_to as usize) < request.document.content.len();
    match (is_cut, report.facts_over_limit) {
        (true, _) => pb::TruncationReason::Budget,
        (false, 0) => pb::TruncationReason::Unspecified,
        (false, _) => pb::TruncationReason::MaxFacts,
    }
}

struct Writer<'a> {
    content: &'a str,
    offsets: Offsets,
    report: &'a Report,
    explain: bool,
}

impl<'a> Writer<'a> {
    fn text(&self, span: Span) -> &'a str {
        span.of(self.content)
    }

    fn texts(&self, to: &mut Bytes, field: u32, span: Option<Span>) {
        to.string(field, span.map_or("", |span| self.text(span)));
    }

    fn span(&self, to: &mut Bytes, field: u32, span: Span) {
        use tag::span as tag;
        let pb::Span { begin, end } = self.offsets.span(span);
        to.pair(field, [(tag::BEGIN, begin), (tag::END, end)]);
    }

    fn phrase(&self, to: &mut Bytes, field: u32, span: Option<Span>) {
        use tag::phrase as tag;
        let Some(span) = span else { return };
        to.message(field, |to| {
            self.span(to, tag::SPAN, span);
            to.string(tag::TEXT, self.text(span));
        });
    }

    fn fact_id(&self, to: &mut Bytes, field: u32, index: u32) {
        if let Some(fact) = self.report.facts.get(index as usize) {
            to.embed(field, &hexadecimal(fact.id));
        }
    }

    fn fact(&self, to: &mut Bytes, fact: &Fact, views: Option<&Views>) {
        use tag::fact as tag;
        let Fact {
            id,
            span,
            sentence,
            stands_in: _,
            modality,
            hedged: _,
            confidence,
            rule,
            links,
            kind,
        } = fact;
        let statement = fact.statement();
        let said = statement.and_then(|index| self.report.statements.get(index as usize));
        to.embed(tag::FACT_ID, &hexadecimal(*id));
        self.span(to, tag::SPAN, *span);
        to.string(tag::TEXT, self.text(*span));
        to.int(tag::SENTENCE_INDEX, *sentence as i32);
        if let Some(index) = statement {
            to.written(tag::STATEMENT_ID, |to| statement_id(to, index));
        }
        let speaker = said.and_then(|said| said.speaker_name.or(said.speaker));
        self.texts(to, tag::SPEAKER_NAME, speaker);
        let modality = match modality {
            Modality::Asserted => pb::Modality::Asserted,
            Modality::Hedged => pb::Modality::Hedged,
            Modality::Negated => pb::Modality::Negated,
            Modality::Conditional => pb::Modality::Conditional,
            Modality::Questioned => pb::Modality::Questioned,
        };
        to.int(tag::MODALITY, modality as i32);
        self.phrase(to, tag::HEDGE, fact.hedge());
        to.float(tag::CONFIDENCE, *confidence);
        to.string(tag::RULE_ID, rule);
        for link in links {
            to.message(tag::LINKS, |to| self.link(to, *link));
        }
        to.written(tag::RENDERING, |to| render(self.content, self.report, fact, views, to));
        match kind {
            Kind::Numeric(claim) => {
                to.message(tag::NUMERIC_CLAIM, |to| self.numeric(to, claim, views));
            }
            Kind::Date(date) => to.message(tag::DATE_MENTION, |to| self.date(to, date, views)),
            Kind::Commitment(commitment) => {
                to.message(tag::COMMITMENT, |to| self.commitment(to, commitment, views));
            }
        }
        if self.explain {
            to.string(tag::EXPLANATION, &self.explanation(fact));
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

    fn link(&self, to: &mut Bytes, link: Link) {
        use tag::link as tag;
        let Link { to: other, link } = link;
        let link = match link {
            LinkType::DatedBy => pb::LinkType::DatedBy,
            LinkType::Deadline => pb::LinkType::Deadline,
            LinkType::Amount => pb::LinkType::Amount,
            LinkType::ChangeFrom => pb::LinkType::ChangeFrom,
            LinkType::ChangeTo => pb::LinkType::ChangeTo,
            LinkType::ChangeBy => pb::LinkType::ChangeBy,
            LinkType::SameAs => pb::LinkType::SameAs,
            LinkType::RangeEnd => pb::LinkType::RangeEnd,
            LinkType::RangeBegin => pb::LinkType::RangeBegin,
        };
        self.fact_id(to, tag::FACT_ID, other);
        to.int(tag::TYPE, link as i32);
    }

    fn numeric(&self, to: &mut Bytes, claim: &NumericClaim, views: Option<&Views>) {
        use tag::numeric_claim as tag;
        let NumericClaim { quantity, kind, subject, counted, role, direction, time, consistency } =
            claim;
        to.message(tag::QUANTITY, |to| self.quantity(to, quantity));
        let kind = match kind {
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
        };
        to.int(tag::NUMERIC_KIND, kind as i32);
        self.phrase(to, tag::SUBJECT, *subject);
        self.phrase(to, tag::COUNTED, *counted);
        let role = match role {
            Role::Level => pb::NumericRole::Level,
            Role::ChangeBy => pb::NumericRole::ChangeBy,
            Role::ChangeFrom => pb::NumericRole::ChangeFrom,
            Role::ChangeTo => pb::NumericRole::ChangeTo,
        };
        to.int(tag::ROLE, role as i32);
        let direction = match direction {
            None => pb::Direction::Unspecified,
            Some(Direction::Up) => pb::Direction::Up,
            Some(Direction::Down) => pb::Direction::Down,
            Some(Direction::Unchanged) => pb::Direction::Unchanged,
        };
        to.int(tag::DIRECTION, direction as i32);
        self.time(to, tag::TIME, time.as_ref(), views);
        let consistency = match consistency {
            None => pb::Consistency::Unspecified,
            Some(Consistency::Consistent) => pb::Consistency::Consistent,
            Some(Consistency::Inconsistent) => pb::Consistency::Inconsistent,
            Some(Consistency::NotCheckable) => pb::Consistency::NotCheckable,
        };
        to.int(tag::CONSISTENCY, consistency as i32);
    }

    fn quantity(&self, to: &mut Bytes, quantity: &Quantity) {
        use tag::quantity as tag;
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
        match amount {
            Amount::Value(value) => decimal(to, tag::VALUE, *value),
            Amount::Interval { low, high, low_open, high_open } => {
                to.message(tag::INTERVAL, |to| {
                    use self::tag::decimal_interval as tag;
                    low.map(|low| decimal(to, tag::LOW, low));
                    high.map(|high| decimal(to, tag::HIGH, high));
                    to.bool(tag::LOW_OPEN, *low_open);
                    to.bool(tag::HIGH_OPEN, *high_open);
                });
            }
        }
        let comparator = match comparator {
            Comparator::Equal => pb::Comparator::Equal,
            Comparator::About => pb::Comparator::About,
            Comparator::MoreThan => pb::Comparator::MoreThan,
            Comparator::AtLeast => pb::Comparator::AtLeast,
            Comparator::LessThan => pb::Comparator::LessThan,
            Comparator::AtMost => pb::Comparator::AtMost,
        };
        to.int(tag::COMPARATOR, comparator as i32);
        to.string(tag::UNIT_CODE, unit_code.unwrap_or_default());
        to.string(tag::CURRENCY_CODE, currency_code.unwrap_or_default());
        for code in *currency_candidates {
            to.item(tag::CURRENCY_CANDIDATES, code);
        }
        to.string(tag::UNIT_NAME, unit_name.as_deref().unwrap_or_default());
        self.texts(to, tag::UNIT_TEXT, *unit_text);
        if let Some(Per { unit_code, unit_name }) = per {
            to.message(tag::PER, |to| {
                use self::tag::per as tag;
                to.string(tag::UNIT_CODE, unit_code.unwrap_or_default());
                to.string(tag::UNIT_NAME, unit_name);
            });
        }
        to.int(tag::SIGNIFICANT_DIGITS, i32::from(*significant_digits));
        self.span(to, tag::SPAN, *span);
        self.span(to, tag::NUMERAL_SPAN, *numeral_span);
        if let Some(tolerance) = tolerance {
            decimal(to, tag::TOLERANCE, *tolerance);
        }
    }

    fn date(&self, to: &mut Bytes, date: &DateMention, views: Option<&Views>) {
        use tag::date_mention as tag;
        let DateMention { time, relation } = date;
        self.time(to, tag::TIME, Some(time), views);
        let relation = match relation {
            Relation::On => pb::TimeRelation::On,
            Relation::Before => pb::TimeRelation::Before,
            Relation::After => pb::TimeRelation::After,
            Relation::By => pb::TimeRelation::By,
            Relation::Until => pb::TimeRelation::Until,
            Relation::Since => pb::TimeRelation::Since,
            Relation::During => pb::TimeRelation::During,
        };
        to.int(tag::RELATION, relation as i32);
    }

    fn time(&self, to: &mut Bytes, field: u32, time: Option<&TimeValue>, views: Option<&Views>) {
        if let Some((time, views)) = time.zip(views) {
            to.message(field, |to| self.time_value(to, time, views));
        }
    }

    fn time_value(&self, to: &mut Bytes, time: &TimeValue, views: &Views) {
        use tag::time_value as tag;
        let kind = match time.timex_type() {
            TimexType::Date => pb::TimexType::Date,
            TimexType::Time => pb::TimexType::Time,
            TimexType::Duration => pb::TimexType::Duration,
            TimexType::Set => pb::TimexType::Set,
        };
        to.int(tag::TIMEX_TYPE, kind as i32);
        to.string(tag::TIMEX_VALUE, views.timex_value());
        let modifier = time.timex_mod().map_or(pb::TimexMod::Unspecified, timex_mod);
        to.int(tag::TIMEX_MOD, modifier as i32);
        to.string(tag::TIMEX_QUANT, time.timex_quant());
        to.string(tag::TIMEX_FREQ, &time.timex_freq());
        to.string(tag::EDTF, views.edtf());
        to.string(tag::BEGIN, views.begin());
        to.string(tag::END, views.end());
        let granularity = time.granularity().map_or(pb::TimeGranularity::Unspecified, granularity);
        to.int(tag::GRANULARITY, granularity as i32);
        let resolution = match time.resolution {
            Resolution::Explicit => pb::TimeResolution::Explicit,
            Resolution::FromPublishTime => pb::TimeResolution::FromPublishTime,
            Resolution::FromAnotherMention => pb::TimeResolution::FromAnotherMention,
            Resolution::Unresolved => pb::TimeResolution::Unresolved,
        };
        to.int(tag::RESOLUTION, resolution as i32);
        if let Some(anchor) = time.anchor {
            self.fact_id(to, tag::ANCHOR_FACT_ID, anchor);
        }
    }

    fn commitment(&self, to: &mut Bytes, commitment: &Commitment, views: Option<&Views>) {
        use tag::commitment as tag;
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
        let kind = match kind {
            CommitmentType::Promise => pb::CommitmentType::Promise,
            CommitmentType::Plan => pb::CommitmentType::Plan,
            CommitmentType::Agreement => pb::CommitmentType::Agreement,
            CommitmentType::Obligation => pb::CommitmentType::Obligation,
            CommitmentType::Offer => pb::CommitmentType::Offer,
            CommitmentType::Refusal => pb::CommitmentType::Refusal,
            CommitmentType::Threat => pb::CommitmentType::Threat,
            CommitmentType::Call => pb::CommitmentType::Call,
        };
        to.int(tag::TYPE, kind as i32);
        self.phrase(to, tag::AGENT, *agent);
        self.texts(to, tag::AGENT_NAME, *agent_name);
        self.phrase(to, tag::ACTION, *action);
        self.phrase(to, tag::BENEFICIARY, *beneficiary);
        self.time(to, tag::DEADLINE, deadline.as_ref(), views);
        self.phrase(to, tag::DEADLINE_PHRASE, *deadline_phrase);
        self.phrase(to, tag::CONDITION, *condition);
        let strength = match strength {
            Strength::Firm => pb::CommitmentStrength::Firm,
            Strength::Hedged => pb::CommitmentStrength::Hedged,
        };
        to.int(tag::STRENGTH, strength as i32);
        to.bool(tag::NEGATED, *negated);
        self.phrase(to, tag::CUE, Some(*cue));
    }

    fn statement(&self, to: &mut Bytes, index: u32, statement: &Statement) {
        use tag::statement as tag;
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
            parent,
        } = statement;
        to.written(tag::STATEMENT_ID, |to| statement_id(to, index));
        self.span(to, tag::SPAN, *span);
        for part in parts {
            self.span(to, tag::PARTS, *part);
        }
        let kind = match kind {
            StatementType::DirectQuote => pb::StatementType::DirectQuote,
            StatementType::IndirectSpeech => pb::StatementType::IndirectSpeech,
            StatementType::Mixed => pb::StatementType::Mixed,
            StatementType::SpeechTurn => pb::StatementType::SpeechTurn,
        };
        to.int(tag::TYPE, kind as i32);
        self.phrase(to, tag::SPEAKER, *speaker);
        self.texts(to, tag::SPEAKER_NAME, *speaker_name);
        self.texts(to, tag::SPEAKER_ROLE, *speaker_role);
        self.phrase(to, tag::CUE, *cue);
        self.phrase(to, tag::ADDRESSEE, *addressee);
        to.float(tag::CONFIDENCE, *confidence);
        if let Some(parent) = parent {
            to.written(tag::PARENT_STATEMENT_ID, |to| statement_id(to, *parent));
        }
    }
}

fn statement_id(to: &mut Bytes, index: u32) -> fmt::Result {
    to.write_char('s')?;
    Decimal::whole(i64::from(index) + 1).write(to)
}

/// Sixteen hexadecimal digits.
fn hexadecimal(id: u64) -> [u8; 16] {
    let mut text = [0; 16];
    for (place, digit) in text.iter_mut().enumerate() {
        *digit = b"0123456789abcdef"[(id >> (60 - 4 * place) & 15) as usize];
    }
    text
}

fn decimal(to: &mut Bytes, field: u32, value: Decimal) {
    to.message(field, |to| to.written(tag::decimal::VALUE, |to| value.write(to)));
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
