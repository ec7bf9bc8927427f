//! `proto/` to `OUT_DIR`, nothing else. protox compiles the files, so no protoc is needed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=proto");
    #[cfg(feature = "server")]
    protos::build()?;
    Ok(())
}

#[cfg(feature = "server")]
mod protos {
    use std::path::PathBuf;

    const FILES: &[&str] = &["dictum/v1/extraction_service.proto", "grpc/health/v1/health.proto"];

    pub(crate) fn build() -> Result<(), Box<dyn std::error::Error>> {
        let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
        let mut compiler = protox::Compiler::new(["proto"])?;
        compiler.include_imports(true).include_source_info(true).open_files(FILES)?;
        std::fs::write(out.join("dictum.binpb"), compiler.encode_file_descriptor_set())?;
        // Types of google.protobuf that read and write JSON: pbjson-types, and a Timestamp of our own, because theirs writes
        // "+00:00" where proto3 prescribes "Z".
        tonic_prost_build::configure()
            .codec_path("crate::wire::Codec")
            .extern_path(".google.protobuf.Timestamp", "crate::wire::Timestamp")
            .extern_path(".google.protobuf", "::pbjson_types")
            .compile_well_known_types(true)
            .include_file("protos.rs")
            .compile_fds(compiler.file_descriptor_set())?;
        pbjson_build::Builder::new()
            .register_descriptors(&compiler.encode_file_descriptor_set())?
            .build(&[".dictum.v1", ".google.rpc", ".google.type"])?;
        Ok(())
    }
}
