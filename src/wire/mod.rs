//! The only room that sees both sides: messages of the contract on one, the core's plain data on the other.

mod bytes;
mod codec;
pub mod json;
mod offsets;
mod outcome;
mod request;
mod response;
mod status;
mod timestamp;

pub use codec::{Codec, Copying, Encoded, Received};
pub use offsets::{Encoding, Offsets};
pub use outcome::{Outcome, batch, streamed};
pub use request::{Limits, Refusal, Request};
pub use response::{add_stats, encode, response, truncation};
pub(crate) use status::code_name;
pub use status::{DOMAIN, status, status_message};
pub use timestamp::Timestamp;

/// The messages of `proto/dictum/v1`, generated.
#[allow(
    missing_docs,
    rustdoc::all,
    unreachable_pub,
    clippy::all,
    clippy::wildcard_enum_match_arm,
    clippy::use_self
)]
pub mod pb {
    /// Generated code, by package.
    pub mod generated {
        include!(concat!(env!("OUT_DIR"), "/protos.rs"));

        mod dictum_json {
            use super::dictum::v1::*;
            include!(concat!(env!("OUT_DIR"), "/dictum.v1.serde.rs"));
        }
        mod rpc_json {
            use super::google::rpc::*;
            include!(concat!(env!("OUT_DIR"), "/google.rpc.serde.rs"));
        }
        mod type_json {
            use super::google::r#type::*;
            include!(concat!(env!("OUT_DIR"), "/google.r#type.serde.rs"));
        }
    }

    pub use generated::dictum::v1::*;
    pub use generated::google::{rpc::Status, r#type::Decimal};
    pub use generated::grpc::health::v1 as health;

    /// The compiled protos, a `FileDescriptorSet`.
    pub const FILE_DESCRIPTOR_SET: &[u8] =
        include_bytes!(concat!(env!("OUT_DIR"), "/dictum.binpb"));
}

/// The numbers of the fields of an answer, by message.
mod tag {
    include!(concat!(env!("OUT_DIR"), "/tags.rs"));
}
