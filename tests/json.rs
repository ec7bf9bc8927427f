//! The JSON that is written and read is proto3's: the same as that of another implementation, for any message of the contract.
#![cfg(feature = "server")]

use std::sync::LazyLock;

use dictum::wire::pb;
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message as _;
use prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value,
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn responses(choices in vec(any::<u8>(), 0..400)) {
        agrees::<pb::ExtractFactsResponse>("dictum.v1.ExtractFactsResponse", &choices)?;
    }

    #[test]
    fn requests(choices in vec(any::<u8>(), 0..200)) {
        agrees::<pb::ExtractFactsRequest>("dictum.v1.ExtractFactsRequest", &choices)?;
    }

    #[test]
    fn capabilities(choices in vec(any::<u8>(), 0..100)) {
        agrees::<pb::GetCapabilitiesResponse>("dictum.v1.GetCapabilitiesResponse", &choices)?;
    }
}

/// Makes a message out of `choices`, and has both sides write it and read it.
fn agrees<M>(name: &str, choices: &[u8]) -> Result<(), TestCaseError>
where
    M: prost::Message
        + Default
        + PartialEq
        + std::fmt::Debug
        + serde::Serialize
        + serde::de::DeserializeOwned,
{
    let theirs = message(&descriptor(name), &mut Choices(choices));
    let ours = M::decode(theirs.encode_to_vec().as_slice()).expect("a message of the contract");
    let canonical = serde_json::to_string(&theirs).expect("canonical JSON");
    let written = serde_json::to_string(&ours).expect("our JSON");
    // Both from text: a number is compared as it is written. The order of fields is free.
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    prop_assert_eq!(value(&written), value(&canonical));
    let read: M = serde_json::from_str(&canonical).expect(&canonical);
    prop_assert_eq!(read, ours);
    Ok(())
}

fn descriptor(name: &str) -> MessageDescriptor {
    static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
        DescriptorPool::decode(pb::FILE_DESCRIPTOR_SET).expect("the protos built in")
    });
    POOL.get_message_by_name(name).expect("a message of the contract")
}

/// What proptest varies and shrinks; noughts when it runs out, so that every message ends.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> i64 {
        let bytes = [(); 8].map(|()| self.next());
        i64::from_le_bytes(bytes) >> (self.next() % 64)
    }
}

fn message(descriptor: &MessageDescriptor, choices: &mut Choices<'_>) -> DynamicMessage {
    let mut message = DynamicMessage::new(descriptor.clone());
    let seconds = match descriptor.full_name() {
        // Every one that a request may have.
        "google.protobuf.Timestamp" => {
            Some(choices.number().rem_euclid(315_537_804_000) - 62_135_596_800)
        }
        // Ours are limits: none is negative.
        "google.protobuf.Duration" => Some(choices.number().rem_euclid(315_576_000_000)),
        _ => None,
    };
    if let Some(seconds) = seconds {
        // None, milliseconds, microseconds, nanoseconds: each is written with other digits.
        let unit = [1_000_000_000, 1_000_000, 1_000, 1][usize::from(choices.next() % 4)];
        let nanos = (choices.number().rem_euclid(1_000_000_000) / unit * unit) as i32;
        message.set_field_by_name("seconds", Value::I64(seconds));
        message.set_field_by_name("nanos", Value::I32(nanos));
        return message;
    }
    for field in descriptor.fields() {
        let many = choices.next() % 4;
        if many == 0 {
            continue;
        }
        let value = if field.is_list() {
            Value::List((0..many).map(|_| value(&field, choices)).collect())
        } else {
            value(&field, choices)
        };
        message.set_field(&field, value);
    }
    message
}

fn value(field: &FieldDescriptor, choices: &mut Choices<'_>) -> Value {
    match field.kind() {
        Kind::String => {
            let texts =
                ["", "x", "\"\\/\n\u{0}\u{7F}", "1.50", "👩\u{200D}🔬 e\u{301}", "\u{2028}<>&"];
            Value::String(texts[usize::from(choices.next()) % texts.len()].to_owned())
        }
        Kind::Bool => Value::Bool(choices.next() % 2 == 1),
        Kind::Int32 => Value::I32(choices.number() as i32),
        Kind::Int64 => Value::I64(choices.number()),
        // Confidence is finite; what is not has no number in JSON.
        Kind::Float => {
            let float = f32::from_bits(choices.number() as u32);
            Value::F32(if float.is_finite() { float } else { 0.9 })
        }
        Kind::Enum(kinds) => {
            let numbers: Vec<i32> = kinds.values().map(|kind| kind.number()).collect();
            Value::EnumNumber(numbers[usize::from(choices.next()) % numbers.len()])
        }
        Kind::Message(inner) => Value::Message(message(&inner, choices)),
        other @ (Kind::Double
        | Kind::Uint32
        | Kind::Uint64
        | Kind::Sint32
        | Kind::Sint64
        | Kind::Fixed32
        | Kind::Fixed64
        | Kind::Sfixed32
        | Kind::Sfixed64
        | Kind::Bytes) => panic!("the contract had no {other:?} yet: say how to make one"),
    }
}
