//! What a caller sent, checked and turned into the core's document and options.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::offsets::Encoding;
use super::{Timestamp, pb};
use crate::document::{Document, Kinds, Options, Region};

/// What is too much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one document's content.
    pub document_bytes: usize,
    /// Bytes of one request message, after decompression. Well above `document_bytes`, so that a document too long is refused
    /// by name.
    pub message_bytes: usize,
    /// Bytes of one response message, before compression.
    pub response_bytes: usize,
    /// Documents of one batch.
    pub batch_documents: usize,
    /// Facts of one answer.
    pub facts: usize,
    /// Documents of one stream that are read at a time.
    pub stream_in_flight: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: 1 << 20,
            message_bytes: 4 << 20,
            response_bytes: 16 << 20,
            batch_documents: 128,
            facts: 10_000,
            stream_in_flight: 16,
        }
    }
}

/// A request that was found good.
#[derive(Debug)]
pub struct Request<'a> {
    /// What to read.
    pub document: Document<'a>,
    /// What to return.
    pub options: Options,
    /// How spans count.
    pub encoding: Encoding,
    /// Whether facts explain themselves.
    pub explain: bool,
    /// Whether the answer says what it took.
    pub wants_stats: bool,
    /// Whether the language is read at all.
    pub is_supported: bool,
    /// The language asked for.
    pub language_code: &'a str,
    /// Echoed.
    pub document_id: &'a str,
}

/// Why a request is not served.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nothing to read.
    #[error("{field} is empty")]
    Empty {
        /// Which field.
        field: &'static str,
    },
    /// Larger than the limit.
    #[error("{field} is {actual} {unit}, the limit is {limit}")]
    TooLarge {
        /// Which field.
        field: &'static str,
        /// How large it is.
        actual: usize,
        /// How large it may be.
        limit: usize,
        /// What is counted.
        unit: &'static str,
    },
    /// Bytes that are no message of the contract.
    #[error("{field} cannot be read: {reason}")]
    Malformed {
        /// Which field, or which message when no field can be told.
        field: String,
        /// What is wrong with its bytes.
        reason: String,
    },
    /// Not a value that the field may have.
    #[error("{field} is {value:?}, {reason}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What was sent.
        value: String,
        /// What it should be.
        reason: &'static str,
    },
}

impl Refusal {
    /// The field that is wrong, as a path from the request.
    pub fn field(&self) -> &str {
        match self {
            Self::Empty { field } | Self::TooLarge { field, .. } | Self::Invalid { field, .. } => {
                field
            }
            Self::Malformed { field, .. } => field,
        }
    }
}

impl<'a> Request<'a> {
    /// Checks a message.
    ///
    /// # Errors
    /// The first field that is wrong, by name.
    pub fn read(message: &'a pb::ExtractFactsRequest, limits: &Limits) -> Result<Self, Refusal> {
        let pb::ExtractFactsRequest { document, options } = message;
        let document = document.as_ref().ok_or(Refusal::Empty { field: "document" })?;
        let pb::Document {
            content,
            document_id,
            publish_time,
            time_zone,
            language_code,
            region_code,
            uri: _,
            title: _,
        } = document;
        if content.is_empty() {
            return Err(Refusal::Empty { field: "document.content" });
        }
        if content.len() > limits.document_bytes {
            return Err(Refusal::TooLarge {
                field: "document.content",
                actual: content.len(),
                limit: limits.document_bytes,
                unit: "bytes",
            });
        }
        let zone = zone(time_zone)?;
        let published = publish_time.as_ref().map(|time| published(time, &zone)).transpose()?;
        let default = pb::ExtractionOptions::default();
        let pb::ExtractionOptions {
            kinds: wanted,
            offset_encoding,
            min_confidence,
            max_facts,
            include_explanations,
            include_stats,
        } = options.as_ref().unwrap_or(&default);
        if !(0.0..=1.0).contains(min_confidence) {
            return Err(Refusal::Invalid {
                field: "options.min_confidence",
                value: min_confidence.to_string(),
                reason: "it must be from 0 to 1",
            });
        }
        let max_facts = match usize::try_from(*max_facts) {
            Ok(0) => limits.facts,
            Ok(max_facts) => max_facts.min(limits.facts),
            Err(_) => {
                return Err(Refusal::Invalid {
                    field: "options.max_facts",
                    value: max_facts.to_string(),
                    reason: "it must not be negative",
                });
            }
        };
        Ok(Self {
            document: Document { content, published, region: region(region_code)? },
            options: Options {
                kinds: kinds(wanted)?,
                min_confidence: *min_confidence,
                max_facts,
                keeps_unlikely: false,
            },
            encoding: encoding(*offset_encoding)?,
            explain: *include_explanations,
            wants_stats: *include_stats,
            is_supported: is_supported(language_code)?,
            language_code: if language_code.is_empty() { "en" } else { language_code },
            document_id,
        })
    }
}

fn zone(name: &str) -> Result<TimeZone, Refusal> {
    if name.is_empty() {
        return Ok(TimeZone::UTC);
    }
    TimeZone::get(name).map_err(|_unknown| Refusal::Invalid {
        field: "document.time_zone",
        value: name.chars().take(64).collect(),
        reason: "which is no IANA time zone",
    })
}

/// The civil time of publication where the document was published.
fn published(time: &Timestamp, zone: &TimeZone) -> Result<DateTime, Refusal> {
    let instant = time.instant().ok_or_else(|| Refusal::Invalid {
        field: "document.publish_time",
        value: format!("{} s, {} ns", time.seconds, time.nanos),
        reason: "it must be from 0001-01-01T00:00:00Z to 9999-12-30T22:00:00Z",
    })?;
    Ok(zone.to_datetime(instant))
}

/// Groups of countries, such as "150" for Europe, are no help with dollars and days.
fn region(code: &str) -> Result<Option<Region>, Refusal> {
    let is_group = code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
    if code.is_empty() || is_group {
        return Ok(None);
    }
    Region::new(code).map(Some).ok_or_else(|| Refusal::Invalid {
        field: "document.region_code",
        value: code.chars().take(16).collect(),
        reason: "it must be a CLDR region code: two letters or three digits",
    })
}

/// English in any region is supported; what is no language tag at all is refused.
fn is_supported(code: &str) -> Result<bool, Refusal> {
    let is_tag = code.len() <= 35
        && code.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        && code
            .split('-')
            .next()
            .is_some_and(|language| language.bytes().all(|b| b.is_ascii_alphabetic()));
    if !code.is_empty() && !is_tag {
        return Err(Refusal::Invalid {
            field: "document.language_code",
            value: code.chars().take(40).collect(),
            reason: "which is no BCP 47 language tag",
        });
    }
    let language = code.split('-').next().unwrap_or_default();
    Ok(code.is_empty() || language.eq_ignore_ascii_case("en"))
}

fn kinds(wanted: &[i32]) -> Result<Kinds, Refusal> {
    if wanted.is_empty() {
        return Ok(Kinds::ALL);
    }
    let mut kinds = Kinds::NONE;
    for &number in wanted {
        match pb::FactKind::try_from(number) {
            Ok(pb::FactKind::NumericClaim) => kinds.numeric = true,
            Ok(pb::FactKind::DateMention) => kinds.date = true,
            Ok(pb::FactKind::Commitment) => kinds.commitment = true,
            Ok(pb::FactKind::Unspecified) | Err(_) => {
                return Err(Refusal::Invalid {
                    field: "options.kinds",
                    value: number.to_string(),
                    reason: "which is no FactKind",
                });
            }
        }
    }
    Ok(kinds)
}

fn encoding(number: i32) -> Result<Encoding, Refusal> {
    match pb::OffsetEncoding::try_from(number) {
        Ok(pb::OffsetEncoding::Utf8) => Ok(Encoding::Utf8),
        Ok(pb::OffsetEncoding::Utf16) => Ok(Encoding::Utf16),
        Ok(pb::OffsetEncoding::Utf32 | pb::OffsetEncoding::Unspecified) => Ok(Encoding::Utf32),
        Err(_) => Err(Refusal::Invalid {
            field: "options.offset_encoding",
            value: number.to_string(),
            reason: "which is no OffsetEncoding",
        }),
    }
}
