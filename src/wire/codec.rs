//! Messages from and to bytes, as tonic does it but for one thing: bytes that are no request are the caller's error, refused by
//! name, where tonic answers INTERNAL.

use std::marker::PhantomData;

use prost::bytes::BufMut as _;
use prost::{DecodeError, Message};
use tonic::Status;
use tonic::codec::{BufferSettings, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic_prost::ProstEncoder;

use super::request::Refusal;
use super::{pb, status};

/// Encodes `T`, decodes `U`.
#[derive(Clone, Debug)]
pub struct Codec<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for Codec<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> tonic::codec::Codec for Codec<T, U>
where
    T: Message + Send + 'static,
    U: Received + Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = ProstEncoder<T>;
    type Decoder = Self;

    fn encoder(&mut self) -> Self::Encoder {
        ProstEncoder::default()
    }

    fn decoder(&mut self) -> Self {
        Self::default()
    }
}

/// A message that is in bytes already.
#[derive(Debug)]
pub struct Encoded(pub Vec<u8>);

/// Copies answers that are encoded, decodes `U`.
#[derive(Debug)]
pub struct Copying<U>(PhantomData<U>);

impl<U> Default for Copying<U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<U: Received + Message + Default + Send + 'static> tonic::codec::Codec for Copying<U> {
    type Encode = Encoded;
    type Decode = U;
    type Encoder = Self;
    type Decoder = Codec<(), U>;

    fn encoder(&mut self) -> Self {
        Self::default()
    }

    fn decoder(&mut self) -> Self::Decoder {
        Codec::default()
    }
}

impl<U> Encoder for Copying<U> {
    type Item = Encoded;
    type Error = Status;

    fn encode(&mut self, item: Encoded, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.reserve(item.0.len());
        to.put_slice(&item.0);
        Ok(())
    }

    fn buffer_settings(&self) -> BufferSettings {
        // Room is made for each message as it comes; compressed ones grow by so much.
        BufferSettings::new(GROWTH, YIELD_FROM)
    }
}

const GROWTH: usize = 1 << 10;

/// As tonic has it: messages of a stream go together until they are so many bytes.
const YIELD_FROM: usize = 32 << 10;

impl<T, U: Received + Message + Default> Decoder for Codec<T, U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        U::decode(from).map(Some).map_err(|error| U::status(&error))
    }
}

/// A message that comes in over the wire.
pub trait Received {
    /// What the other side is told about bytes that are no such message.
    fn status(error: &DecodeError) -> Status;
}

/// Requests come to a server: bad ones are the caller's error.
macro_rules! requests {
    ($($message:ident $(:: $inner:ident)?),*) => {$(
        impl Received for pb::$message$(::$inner)? {
            fn status(error: &DecodeError) -> Status {
                status(&malformed(error), "")
            }
        }
    )*};
}

/// Responses come to a client: bad ones are no error of its own.
macro_rules! responses {
    ($($message:ident $(:: $inner:ident)?),*) => {$(
        impl Received for pb::$message$(::$inner)? {
            fn status(error: &DecodeError) -> Status {
                Status::internal(error.to_string())
            }
        }
    )*};
}

requests!(
    ExtractFactsRequest,
    BatchExtractFactsRequest,
    StreamExtractFactsRequest,
    GetCapabilitiesRequest,
    health::HealthCheckRequest,
    health::HealthListRequest
);
responses!(
    ExtractFactsResponse,
    BatchExtractFactsResponse,
    StreamExtractFactsResponse,
    GetCapabilitiesResponse,
    health::HealthCheckResponse,
    health::HealthListResponse
);

/// prost says "failed to decode Protobuf message: Document.content: ExtractFactsRequest.document: why", the field inside first.
fn malformed(error: &DecodeError) -> Refusal {
    let text = error.to_string();
    let mut reason = text.split_once(": ").map_or(text.as_str(), |(_, rest)| rest);
    let mut fields = Vec::new();
    while let Some((step, rest)) = reason.split_once(": ") {
        let Some((_, field)) = step.split_once('.').filter(|_| !step.contains(' ')) else { break };
        fields.push(field);
        reason = rest;
    }
    fields.reverse();
    let field = if fields.is_empty() { "message".to_owned() } else { fields.join(".") };
    Refusal::Malformed { field, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use prost::Message as _;

    use super::{Refusal, malformed, pb};

    #[test]
    fn the_field_is_named_from_the_outside_in() {
        let bytes: &[u8] = &[0x0A, 4, 0x0A, 2, 0xC3, 0x28];
        let error = pb::ExtractFactsRequest::decode(bytes).expect_err("not UTF-8");
        let refusal = malformed(&error);
        assert_eq!(refusal.field(), "document.content");
        assert!(refusal.to_string().contains("UTF-8"), "{refusal}");

        let error = pb::ExtractFactsRequest::decode(&[0xFF][..]).expect_err("no key");
        let Refusal::Malformed { field, reason } = malformed(&error) else { panic!("{error}") };
        assert_eq!(field, "message");
        assert!(!reason.is_empty());
    }
}
