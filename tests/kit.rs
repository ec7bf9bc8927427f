//! The files that load is made of, `bench/ghz`: what they hold is what the contract says and what `make_data.py` writes.
#![cfg(feature = "server")]

use std::path::{Path, PathBuf};
use std::process::Command;

use dictum::wire::pb;
use prost::Message;
use prost_reflect::DescriptorPool;
use serde_json::Value;

const NAMES: [&str; 3] = ["unary", "batch", "stream"];

fn kit(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/ghz").join(name)
}

fn read(name: &str) -> Vec<u8> {
    let path = kit(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Messages, each behind its length.
fn delimited<M: Message + Default>(name: &str) -> Vec<M> {
    let bytes = read(name);
    let mut rest = bytes.as_slice();
    let mut messages = Vec::new();
    while !rest.is_empty() {
        messages.push(
            M::decode_length_delimited(&mut rest).unwrap_or_else(|error| panic!("{name}: {error}")),
        );
    }
    messages
}

/// Comments are not for the machines that load a protoset; without them the file changes only when the contract does.
/// `UPDATE_PROTOSET=1 cargo test --test kit` writes it.
#[test]
fn the_protoset_is_the_contract() {
    let mut set = prost_types(pb::FILE_DESCRIPTOR_SET);
    for file in &mut set.file {
        file.source_code_info = None;
    }
    let current = set.encode_to_vec();
    if std::env::var_os("UPDATE_PROTOSET").is_some() {
        std::fs::write(kit("dictum.protoset"), &current).expect("written");
    }
    assert!(
        read("dictum.protoset") == current,
        "bench/ghz/dictum.protoset is not what the protos say: UPDATE_PROTOSET=1 cargo test --test kit"
    );
    let pool = DescriptorPool::decode(current.as_slice()).expect("a descriptor set");
    assert!(pool.get_service_by_name("dictum.v1.ExtractionService").is_some());
}

fn prost_types(bytes: &[u8]) -> prost_reflect::prost_types::FileDescriptorSet {
    prost_reflect::prost_types::FileDescriptorSet::decode(bytes).expect("a descriptor set")
}

#[test]
fn every_form_holds_the_same_documents() {
    let json: Vec<pb::ExtractFactsRequest> =
        serde_json::from_slice(&read("data.json")).expect("an array of requests");
    assert!(
        json.len() >= 40,
        "{} documents are too few to keep a processor from learning them",
        json.len()
    );
    assert_eq!(delimited::<pb::ExtractFactsRequest>("data.bin"), json);
    let batches = delimited::<pb::BatchExtractFactsRequest>("batch.bin");
    assert_eq!(batches.into_iter().flat_map(|batch| batch.requests).collect::<Vec<_>>(), json);
    let streamed = delimited::<pb::StreamExtractFactsRequest>("stream.bin");
    for (number, message) in streamed.iter().enumerate() {
        assert_eq!(message.correlation_id, number.to_string());
    }
    assert_eq!(
        streamed.into_iter().filter_map(|message| message.request).collect::<Vec<_>>(),
        json
    );
    for request in &json {
        let document = request.document.as_ref().expect("a document");
        assert!(document.publish_time.is_some(), "{} has no day", document.document_id);
        assert!(
            !document.content.contains("{{"),
            "{}: ghz would take it for a template",
            document.document_id
        );
    }
}

/// The articles are read, not only sent: a load without facts would measure nothing.
#[test]
fn the_documents_state_facts() {
    let engine = dictum::engine::Engine::english();
    let mut silent = Vec::new();
    let mut facts = 0;
    let requests = delimited::<pb::ExtractFactsRequest>("data.bin");
    for request in &requests {
        let request =
            dictum::wire::Request::read(request, &dictum::wire::Limits::default()).expect("good");
        let report = engine.analyze(
            &request.document,
            &request.options,
            &dictum::document::Budget::unlimited(),
        );
        facts += report.facts.len();
        if report.facts.is_empty() {
            silent.push(request.document_id.to_owned());
        }
    }
    assert!(silent.is_empty(), "no fact in {silent:?}");
    assert!(facts > 8 * requests.len(), "{facts} facts in {} documents", requests.len());
}

/// Where there is a Python, the files are those that the script writes today.
#[test]
fn the_script_writes_these_files() {
    let folder = std::env::temp_dir().join(format!("dictum-kit-{}", std::process::id()));
    let (samples, ghz) = (folder.join("examples/articles"), folder.join("bench/ghz"));
    std::fs::create_dir_all(&samples).expect("a folder");
    std::fs::create_dir_all(&ghz).expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(root.join("examples/articles")).expect("samples").flatten() {
        std::fs::copy(entry.path(), samples.join(entry.file_name())).expect("copied");
    }
    for name in ["make_data.py", "sentences.toml"] {
        std::fs::copy(kit(name), ghz.join(name)).expect("copied");
    }
    let ran = Command::new("python3").arg(ghz.join("make_data.py")).output();
    let same = ran.as_ref().is_ok_and(|output| output.status.success()).then(|| {
        ["data.json", "data.bin", "batch.bin", "stream.bin"]
            .into_iter()
            .filter(|name| std::fs::read(ghz.join(name)).ok() != Some(read(name)))
            .collect::<Vec<_>>()
    });
    std::fs::remove_dir_all(&folder).expect("removed");
    match (ran, same) {
        (_, Some(stale)) => {
            assert!(stale.is_empty(), "stale: {stale:?}; run bench/ghz/make_data.py")
        }
        (Ok(output), None) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
        (Err(error), None) => {
            eprintln!("# python3 does not run here ({error}): make_data.py was not tried")
        }
    }
}

#[test]
fn both_forms_of_a_configuration_say_the_same() {
    let pool =
        DescriptorPool::decode(read("dictum.protoset").as_slice()).expect("a descriptor set");
    let service = pool.get_service_by_name("dictum.v1.ExtractionService").expect("the service");
    for name in NAMES {
        let json: Value = serde_json::from_slice(&read(&format!("{name}.json"))).expect("JSON");
        let toml = String::from_utf8(read(&format!("{name}.toml"))).expect("UTF-8");
        let toml: toml::Table = toml::from_str(&toml).expect("TOML");
        assert_eq!(serde_json::to_value(toml).expect("plain"), json, "{name}");
        let method = json["call"]
            .as_str()
            .and_then(|call| call.strip_prefix("dictum.v1.ExtractionService."))
            .expect("ours");
        assert!(
            service.methods().any(|known| known.name() == method),
            "{name}: no method {method}"
        );
        for file in ["protoset", "binary-file"] {
            let path = json[file].as_str().expect("a path");
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{name}: no {path}");
        }
    }
}
