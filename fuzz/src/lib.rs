//! What the fuzz targets do with their bytes, and what must hold whatever these are. A panic is the finding.

use dictum::document::{Budget, Document, Kinds, Options, Region};
use dictum::engine::Engine;
use dictum::fact::Report;
use dictum::token::{is_ignorable, tokens as read_tokens};
use dictum::wire::{Limits, Request, encode, pb, response, status, truncation};
use prost::Message;

/// Tokens stand in order, begin and end where characters do, and leave out nothing that a reader sees.
pub fn tokens(data: &[u8]) {
    let content = String::from_utf8_lossy(data);
    let mut tokens = Vec::new();
    read_tokens(&(), &content, &mut tokens);
    let mut end = 0;
    for span in tokens
        .iter()
        .map(|token| (token.span.begin as usize, token.span.end as usize))
        .chain([(content.len(), content.len())])
    {
        let between = content.get(end..span.0).expect("tokens stand in order");
        assert!(
            between.chars().all(|c| c.is_whitespace() || is_ignorable(c)),
            "{between:?} is in no token"
        );
        assert!(content.is_char_boundary(span.1), "a token ends inside a character");
        end = span.1;
    }
}

/// The first four bytes say what is asked for, the rest is the text.
pub fn engine(data: &[u8]) {
    let Some((asked, text)) = data.split_first_chunk::<4>() else { return };
    let content = String::from_utf8_lossy(text);
    let [date, region, kinds, confidence] = *asked;
    let document = Document {
        content: &content,
        // Days from the first to the last years that dates can have, and none.
        published: (date != 0).then(|| {
            jiff::civil::date(i16::from(date) * 39, 1 + (date % 12) as i8, 1 + (date % 28) as i8)
                .at(12, 0, 0, 0)
        }),
        region: Region::new(["US", "GB", "JP", ""][usize::from(region % 4)]),
    };
    let options = Options {
        kinds: Kinds { numeric: kinds & 1 == 0, date: kinds & 2 == 0, commitment: kinds & 4 == 0 },
        min_confidence: f32::from(confidence % 4) / 4.0,
        max_facts: if kinds & 8 == 0 { usize::MAX } else { 3 },
        // What comes with the rest of the options stays as it is by default, so that this compiles when more come.
        ..Options::default()
    };
    let read = || Engine::english().analyze(&document, &options, &Budget::unlimited());
    let report = read();
    holds(&content, &report);
    assert_eq!(format!("{report:?}"), format!("{:?}", read()), "the same text, another answer");
}

/// Every span is a slice, facts and statements are sorted, and what they refer to is there.
fn holds(content: &str, report: &Report) {
    assert_eq!(report.read_to as usize, content.len());
    assert!(report.facts.is_sorted_by_key(|fact| fact.span), "facts are not sorted");
    assert!(
        report.statements.is_sorted_by_key(|statement| statement.span),
        "statements are not sorted"
    );
    assert!(
        report.sentences.windows(2).all(|pair| pair[0].end <= pair[1].begin),
        "sentences overlap"
    );
    for fact in &report.facts {
        assert!(
            !fact.span.of(content).is_empty() && (0.0..=1.0).contains(&fact.confidence),
            "{fact:?}"
        );
        assert!((fact.sentence as usize) < report.sentences.len(), "{fact:?}");
        assert!(
            fact.statement().is_none_or(|at| (at as usize) < report.statements.len()),
            "{fact:?}"
        );
        assert!(fact.links.iter().all(|link| (link.to as usize) < report.facts.len()), "{fact:?}");
    }
}

/// Bytes are refused, or answered with a message that reads back as itself, in protobuf and in JSON; each phrase of it is the
/// slice of the text that its span names.
pub fn request(data: &[u8]) {
    drop(pb::BatchExtractFactsRequest::decode(data));
    drop(pb::StreamExtractFactsRequest::decode(data));
    let from_json: Option<pb::ExtractFactsRequest> = serde_json::from_slice(data).ok();
    for message in [from_json, pb::ExtractFactsRequest::decode(data).ok()].into_iter().flatten() {
        let request = match Request::read(&message, &Limits::default()) {
            Ok(request) => request,
            Err(refusal) => {
                assert!(!status(&refusal, "requests[1].").details().is_empty(), "{refusal:?}");
                continue;
            }
        };
        let report = Engine::english().answer(
            request.is_supported,
            &request.document,
            &request.options,
            &Budget::unlimited(),
        );
        let answer = response(&request, &report);
        assert_eq!(answer.encode_to_vec(), encode(&request, &report, truncation(&request, &report)));
        let json = serde_json::to_string(&answer).expect("an answer can be written");
        assert_eq!(
            serde_json::from_str::<pb::ExtractFactsResponse>(&json).expect("and read back"),
            answer
        );
        let units = Units::of(request.document.content, answer.offset_encoding());
        for fact in &answer.facts {
            let span = fact.span.expect("every fact has its place");
            assert_eq!(
                units.slice(span.begin, span.end).as_deref(),
                Some(fact.text.as_str()),
                "{span:?}"
            );
        }
    }
}

/// A text in the units that offsets count.
enum Units<'a> {
    Utf8(&'a str),
    Utf16(Vec<u16>),
    Utf32(Vec<char>),
}

impl<'a> Units<'a> {
    fn of(content: &'a str, encoding: pb::OffsetEncoding) -> Self {
        match encoding {
            pb::OffsetEncoding::Utf8 => Self::Utf8(content),
            pb::OffsetEncoding::Utf16 => Self::Utf16(content.encode_utf16().collect()),
            pb::OffsetEncoding::Utf32 => Self::Utf32(content.chars().collect()),
            pb::OffsetEncoding::Unspecified => panic!("an answer says what its offsets count"),
        }
    }

    fn slice(&self, begin: i32, end: i32) -> Option<String> {
        let range = usize::try_from(begin).ok()?..usize::try_from(end).ok()?;
        match self {
            Self::Utf8(text) => text.get(range).map(str::to_owned),
            Self::Utf16(units) => String::from_utf16(units.get(range)?).ok(),
            Self::Utf32(chars) => chars.get(range).map(|chars| chars.iter().collect()),
        }
    }
}
