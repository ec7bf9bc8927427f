//! `proto/` to `OUT_DIR`, nothing else. protox compiles the files, so no protoc is needed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=proto");
    #[cfg(feature = "server")]
    protos::build()?;
    Ok(())
}

#[cfg(feature = "server")]
mod protos {
    use std::collections::HashSet;
    use std::path::PathBuf;

    use protox::prost_reflect::{DescriptorPool, Kind};

    const FILES: &[&str] = &["dictum/v1/extraction_service.proto", "grpc/health/v1/health.proto"];

    const ANSWERS: &[&str] =
        &["dictum.v1.BatchExtractFactsResponse", "dictum.v1.StreamExtractFactsResponse"];

    pub(crate) fn build() -> Result<(), Box<dyn std::error::Error>> {
        let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
        let mut compiler = protox::Compiler::new(["proto"])?;
        compiler.include_imports(true).include_source_info(true).open_files(FILES)?;
        std::fs::write(out.join("dictum.binpb"), compiler.encode_file_descriptor_set())?;
        let files = compiler.file_descriptor_set();
        std::fs::write(out.join("tags.rs"), tags(&compiler.descriptor_pool()))?;
        // Types of google.protobuf that read and write JSON: pbjson-types, and a Timestamp of our own, because theirs writes
        // "+00:00" where proto3 prescribes "Z".
        tonic_prost_build::configure()
            .codec_path("crate::wire::Codec")
            .extern_path(".google.protobuf.Timestamp", "crate::wire::Timestamp")
            .extern_path(".google.protobuf", "::pbjson_types")
            .compile_well_known_types(true)
            .include_file("protos.rs")
            .compile_fds(files)?;
        pbjson_build::Builder::new()
            .register_descriptors(&compiler.encode_file_descriptor_set())?
            .build(&[".dictum.v1", ".google.rpc", ".google.type"])?;
        Ok(())
    }

    /// A module for each message of the answers, with its fields' numbers.
    fn tags(pool: &DescriptorPool) -> String {
        let mut waiting: Vec<_> =
            ANSWERS.iter().filter_map(|name| pool.get_message_by_name(name)).collect();
        let (mut seen, mut text) = (HashSet::new(), String::new());
        while let Some(message) = waiting.pop() {
            // Errors are written by who makes them.
            if message.package_name() == "google.rpc"
                || !seen.insert(message.full_name().to_owned())
            {
                continue;
            }
            text += &format!("pub(super) mod {} {{\n", snake(message.name()));
            for field in message.fields() {
                let name = field.name().to_uppercase();
                text += &format!("pub(in super::super) const {name}: u32 = {};\n", field.number());
                if let Kind::Message(inner) = field.kind() {
                    waiting.push(inner);
                }
            }
            text += "}\n";
        }
        text
    }

    fn snake(name: &str) -> String {
        let mut snake = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.extend(c.to_lowercase());
        }
        snake
    }
}
