//! What holds for every answer, in every encoding: spans are the text beside them, ids name what is there.
#![cfg(feature = "server")]

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use dictum::document::Budget;
use dictum::engine::Engine;
use dictum::wire::pb::OffsetEncoding as Encoding;
use dictum::wire::{Limits, Request, Timestamp, encode, pb, response, truncation};
use proptest::prelude::*;
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage, ReflectMessage as _, Value};

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

fn answer(content: &str, options: pb::ExtractionOptions) -> pb::ExtractFactsResponse {
    let publish_time = Some(Timestamp { seconds: 1_715_957_000, nanos: 0 });
    let document =
        pb::Document { content: content.to_owned(), publish_time, ..pb::Document::default() };
    let message = pb::ExtractFactsRequest { document: Some(document), options: Some(options) };
    let request = Request::read(&message, &Limits::default()).expect("a good request");
    let report =
        Engine::english().analyze(&request.document, &request.options, &Budget::unlimited());
    let reason = truncation(&request, &report);
    let bytes = encode(&request, &report, reason);
    let answer = pb::ExtractFactsResponse::decode(bytes.as_slice()).expect("a message");
    // Field for field in the order and form of any other writer of protobuf.
    assert!(answer.encode_to_vec() == bytes, "{content:?}");
    assert_eq!(answer, response(&request, &report));
    answer
}

fn in_encoding(content: &str, encoding: Encoding) -> pb::ExtractFactsResponse {
    answer(
        content,
        pb::ExtractionOptions {
            offset_encoding: encoding.into(),
            include_explanations: true,
            ..pb::ExtractionOptions::default()
        },
    )
}

/// The slice of `content` that a span names, cut by a caller who counts so.
fn slice(content: &str, encoding: Encoding, begin: i32, end: i32) -> Option<String> {
    let (begin, end) = (usize::try_from(begin).ok()?, usize::try_from(end).ok()?);
    match encoding {
        Encoding::Utf8 => content.get(begin..end).map(str::to_owned),
        Encoding::Utf16 => {
            let units: Vec<u16> = content.encode_utf16().collect();
            String::from_utf16(units.get(begin..end)?).ok()
        }
        Encoding::Utf32 | Encoding::Unspecified => {
            let chars: Vec<char> = content.chars().collect();
            Some(chars.get(begin..end)?.iter().collect())
        }
    }
}

/// Every message inside `message`, itself included.
fn walk<'a>(message: &'a DynamicMessage, visit: &mut impl FnMut(&'a DynamicMessage)) {
    visit(message);
    for (_, value) in message.fields() {
        match value {
            Value::Message(inner) => walk(inner, visit),
            Value::List(items) => {
                items.iter().filter_map(Value::as_message).for_each(|inner| walk(inner, visit));
            }
            Value::Bool(_)
            | Value::I32(_)
            | Value::I64(_)
            | Value::U32(_)
            | Value::U64(_)
            | Value::F32(_)
            | Value::F64(_)
            | Value::String(_)
            | Value::Bytes(_)
            | Value::EnumNumber(_)
            | Value::Map(_) => {}
        }
    }
}

fn dynamic(answer: &pb::ExtractFactsResponse) -> DynamicMessage {
    static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
        DescriptorPool::decode(pb::FILE_DESCRIPTOR_SET).expect("the protos built in")
    });
    let descriptor = POOL.get_message_by_name("dictum.v1.ExtractFactsResponse").expect("there");
    let mut message = DynamicMessage::new(descriptor);
    message.transcode_from(answer).expect("the same contract");
    message
}

/// Wherever a message has a span and a text, the one names the other; every other span is of the content too.
fn spans_hold(content: &str, encoding: Encoding, answer: &pb::ExtractFactsResponse) {
    let message = dynamic(answer);
    walk(&message, &mut |inner| {
        let descriptor = inner.descriptor();
        let Some(field) = descriptor.get_field_by_name("span") else { return };
        let value = inner.get_field(&field);
        let span = value.as_message().expect("a Span");
        let bound = |name: &str| {
            span.get_field_by_name(name).and_then(|value| value.as_i32()).expect("a bound")
        };
        let text = slice(content, encoding, bound("begin"), bound("end"));
        let text = text.unwrap_or_else(|| panic!("{encoding:?} {span:?} is not of {content:?}"));
        if let Some(said) = inner.get_field_by_name("text") {
            assert_eq!(Some(text.as_str()), said.as_str(), "{encoding:?} {content:?}");
        }
    });
    for span in &answer.sentences {
        assert!(slice(content, encoding, span.begin, span.end).is_some(), "{encoding:?} {span:?}");
    }
    let whole = slice(content, encoding, 0, answer.processed_end);
    assert_eq!(whole.as_deref(), Some(content), "all is read");
}

fn ids_hold(answer: &pb::ExtractFactsResponse) {
    let facts: HashSet<&str> = answer.facts.iter().map(|fact| fact.fact_id.as_str()).collect();
    assert_eq!(facts.len(), answer.facts.len(), "ids are unique: {:#?}", answer.facts);
    let statements: HashMap<&str, &pb::Statement> = answer
        .statements
        .iter()
        .map(|statement| (statement.statement_id.as_str(), statement))
        .collect();
    assert_eq!(statements.len(), answer.statements.len());
    for statement in &answer.statements {
        let parent = statement.parent_statement_id.as_str();
        assert!(
            parent.is_empty()
                || parent != statement.statement_id && statements.contains_key(parent)
        );
    }
    for fact in &answer.facts {
        assert!(fact.kind.is_some() && !fact.rule_id.is_empty() && !fact.explanation.is_empty());
        assert!(fact.modality() != pb::Modality::Unspecified);
        assert!((0.0..=1.0).contains(&fact.confidence));
        assert!(
            fact.links.iter().all(|link| facts.contains(link.fact_id.as_str())),
            "{:?}",
            fact.links
        );
        let span = fact.span.expect("a place");
        let sentence = answer.sentences.get(fact.sentence_index as usize).expect("a sentence");
        assert!(
            span.begin < sentence.end && sentence.begin < span.end,
            "{fact:?} not in {sentence:?}"
        );
        match statements.get(fact.statement_id.as_str()) {
            Some(statement) => {
                let said = statement.span.expect("a place");
                assert!(span.begin < said.end && said.begin < span.end, "{fact:?} not in {said:?}");
            }
            None => assert!(fact.statement_id.is_empty() && fact.speaker_name.is_empty()),
        }
    }
    let places: Vec<_> = answer
        .facts
        .iter()
        .filter_map(|fact| fact.span)
        .map(|span| (span.begin, span.end))
        .collect();
    assert!(places.is_sorted());
}

fn holds(content: &str) {
    let answers = ENCODINGS.map(|encoding| in_encoding(content, encoding));
    for (encoding, answer) in ENCODINGS.into_iter().zip(&answers) {
        spans_hold(content, encoding, answer);
        ids_hold(answer);
    }
    let ids = |answer: &pb::ExtractFactsResponse| {
        answer.facts.iter().map(|fact| fact.fact_id.clone()).collect::<Vec<_>>()
    };
    assert!(answers.iter().all(|answer| ids(answer) == ids(&answers[0])), "ids do not count");
}

fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles");
    let files = std::fs::read_dir(folder).expect("the samples");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
    texts.map(|text| text.expect("a text")).collect()
}

#[test]
fn samples_hold() {
    for sample in samples() {
        holds(&sample);
        // What takes more than a byte, a unit or a code point, between words that stay apart.
        holds(&format!("\u{FEFF}{}", sample.replace(". ", ". 👩\u{200D}🔬 é\u{301} ")));
        holds(&sample.replace('\n', "\r\n"));
    }
}

/// Whether a fact is among those asked for.
type Keeps = fn(&pb::Fact) -> bool;

#[test]
fn options_choose_among_the_same_facts() {
    for sample in samples() {
        let all = in_encoding(&sample, Encoding::Utf32);
        let by_id: HashMap<_, _> = all.facts.iter().map(|fact| (&fact.fact_id, fact)).collect();
        let is_date = |fact: &pb::Fact| matches!(fact.kind, Some(pb::fact::Kind::DateMention(_)));
        let is_sure = |fact: &pb::Fact| fact.confidence >= 0.8;
        let dates = vec![pb::FactKind::DateMention.into()];
        let everything = pb::ExtractionOptions::default();
        let cases: [(_, Keeps); 2] = [
            (pb::ExtractionOptions { kinds: dates, ..everything.clone() }, is_date),
            (pb::ExtractionOptions { min_confidence: 0.8, ..everything.clone() }, is_sure),
        ];
        for (options, keeps) in cases {
            let some = answer(&sample, options);
            ids_hold_of_part(&some);
            let expected: Vec<_> =
                all.facts.iter().filter(|fact| keeps(fact)).map(|fact| &fact.fact_id).collect();
            let got: Vec<_> = some.facts.iter().map(|fact| &fact.fact_id).collect();
            assert_eq!(got, expected);
            assert!(some.facts.iter().all(|fact| by_id[&fact.fact_id].text == fact.text));
        }
        let many = all.facts.len() as i32;
        for max_facts in [1, many / 2, many, many + 1] {
            if max_facts == 0 {
                continue;
            }
            let some = answer(&sample, pb::ExtractionOptions { max_facts, ..Default::default() });
            assert_eq!(some.facts.len() as i32, max_facts.min(many));
            assert_eq!(some.truncated, max_facts < many);
            let reason = some.truncation_reason();
            assert_eq!(reason == pb::TruncationReason::MaxFacts, max_facts < many);
        }
    }
}

/// Links and anchors to facts that are not returned are left out.
fn ids_hold_of_part(answer: &pb::ExtractFactsResponse) {
    let facts: HashSet<&str> = answer.facts.iter().map(|fact| fact.fact_id.as_str()).collect();
    for fact in &answer.facts {
        assert!(fact.links.iter().all(|link| facts.contains(link.fact_id.as_str())));
        if let Some(pb::fact::Kind::DateMention(date)) = &fact.kind {
            let anchor = &date.time.as_ref().expect("a time").anchor_fact_id;
            assert!(anchor.is_empty() || facts.contains(anchor.as_str()), "{anchor}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds(content in pieces()) {
        holds(&content);
    }
}

/// Words of every kind of fact, with what is wide in one encoding or another.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Ms Ada Marsh said: "),
        Just("\u{201C}"),
        Just("\u{201D}"),
        Just("she said. "),
        Just("She pledged to cut taxes by 5 percent by 2030. "),
        Just("In March 2021, "),
        Just("sales rose to €3.5 million from $2 million. "),
        Just("\u{1F469}\u{200D}\u{1F52C} "),
        Just("e\u{301}"),
        Just("日本 "),
        Just("\r\n\r\n"),
        Just("“We will pay last year’s debt,” "),
        Just("about half of them "),
        Just("– "),
        Just("\u{FEFF}"),
        Just("\u{A0}km "),
        Just("12"),
    ];
    proptest::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_commitment_is_explained_by_its_signs() {
    let content = "The council will build 40 homes by 2030. Prices will rise by 2030.";
    let found = in_encoding(content, Encoding::Utf8);
    let commitments: Vec<&pb::Fact> = found
        .facts
        .iter()
        .filter(|fact| matches!(fact.kind, Some(pb::fact::Kind::Commitment(_))))
        .collect();
    let [promise] = commitments[..] else { panic!("one commitment, not {}", commitments.len()) };
    assert!(promise.confidence > 0.8, "{}", promise.confidence);
    for sign in ["cue \"will\"", "act.alter +", "exact.deadline +"] {
        assert!(promise.explanation.contains(sign), "{sign} in {:?}", promise.explanation);
    }
}

#[test]
fn what_is_exact_is_surer_than_what_is_vague() {
    let sure = |content: &str| {
        let found = answer(content, pb::ExtractionOptions::default());
        let commitment = found
            .facts
            .iter()
            .find(|fact| matches!(fact.kind, Some(pb::fact::Kind::Commitment(_))));
        commitment.map_or(0.0, |fact| fact.confidence)
    };
    let exact = sure("We will plant 500 trees by 2030.");
    let plain = sure("We will plant trees.");
    let vague = sure("We will vigorously promote greater awareness.");
    assert!(exact > plain && plain > vague, "{exact} {plain} {vague}");
}
