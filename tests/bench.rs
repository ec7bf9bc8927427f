//! `dictum bench` against a server: every call is counted, and what fails is told.
#![cfg(feature = "server")]

use std::net::SocketAddr;
use std::process::{Command, Output};
use std::time::Duration;

use dictum::engine::Engine;
use dictum::server::{self, Config};
use serde_json::Value;
use tokio::net::TcpListener;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/ghz/data.bin");

/// A server on a port of its own, until the test ends.
fn served() -> SocketAddr {
    let (told, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let local: SocketAddr = "127.0.0.1:0".parse().expect("an address");
            let main = TcpListener::bind(local).await.expect("a free port");
            let admin = TcpListener::bind(local).await.expect("a free port");
            told.send(main.local_addr().expect("bound")).expect("awaited");
            // A build that is not optimised is slow, and shedding is not what is tried here.
            let mut config = Config::default();
            config.admission.wait = Duration::from_secs(60);
            server::serve(main, admin, Engine::english(), config, std::future::pending())
                .await
                .expect("served");
        });
    });
    address.recv().expect("listening")
}

fn bench(address: SocketAddr, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(["bench", "--warm-up", "0.1", "--endpoint", &address.to_string()])
        .args(arguments)
        .output()
        .expect("it runs")
}

fn report(address: SocketAddr, arguments: &[&str]) -> Value {
    let output = bench(address, &[arguments, &["--format", "json"]].concat());
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"))
}

#[test]
fn every_call_is_counted() {
    let address = served();
    for call in ["unary", "batch", "stream"] {
        let found = report(
            address,
            &["--call", call, "--count", "60", "--concurrency", "6", "--batch", "4", DATA],
        );
        assert_eq!(found["answered"], 60, "{call}: {found:#}");
        assert_eq!(found["errors"], serde_json::json!({}), "{call}");
        let figure = |name: &str| found["latency_us"][name].as_f64().expect("a figure");
        assert!(0.0 < figure("p50") && figure("p50") <= figure("p999"), "{call}: {found:#}");
        assert!(figure("p999") <= figure("max") * 1.001, "{call}: {found:#}");
        assert!(found["bytes_sent"].as_u64() > Some(60 * 500), "{call}: {found:#}");
        assert!(found["bytes_received"].as_u64() > found["bytes_sent"].as_u64(), "{call}");
    }
}

#[test]
fn a_rate_is_kept_and_the_process_is_measured() {
    let address = served();
    let pid = std::process::id().to_string();
    let found = report(address, &["--rate", "20", "--duration", "1", "--pid", &pid, DATA]);
    let due = found["answered"].as_u64().zip(found["unsent"].as_u64()).map(|(a, b)| a + b);
    assert_eq!(due, Some(20), "{found:#}");
    assert!(found["answered"].as_u64() > Some(10), "{found:#}");
    assert!(found["server"]["resident_bytes_after"].as_u64() > Some(1 << 20), "{found:#}");
    // One caller cannot keep a rate that is beyond it: what it sends late counts from when it was due.
    let found = report(address, &["--rate", "1e6", "--count", "200", "--concurrency", "1", DATA]);
    assert_eq!(found["answered"], 200, "{found:#}");
    assert!(found["late"].as_u64() >= Some(190), "{found:#}");
    let (seconds, max) = (found["seconds"].as_f64(), found["latency_us"]["max"].as_f64());
    let (seconds, max) = (seconds.expect("a figure"), max.expect("a figure") / 1e6);
    assert!((0.8..1.05).contains(&(max / seconds)), "the last waited for all others: {found:#}");
}

#[test]
fn what_fails_is_told() {
    let address = served();
    let folder = std::env::temp_dir().join(format!("dictum-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("two.jsonl");
    std::fs::write(&file, "{\"document\": {\"content\": \"Ten.\"}}\n\n{\"document\": {}}\n")
        .expect("written");
    let path = file.to_str().expect("UTF-8");
    for (call, errors, refused) in [("unary", 10, 0), ("stream", 10, 0), ("batch", 0, 40)] {
        let arguments = ["--call", call, "--count", "20", "--batch", "4", path];
        let found = report(address, &arguments);
        assert_eq!(
            found["errors"]["INVALID_ARGUMENT"]["count"].as_u64().unwrap_or(0),
            errors,
            "{found:#}"
        );
        assert_eq!(
            found["refused_documents"]["INVALID_ARGUMENT"].as_u64().unwrap_or(0),
            refused,
            "{found:#}"
        );
        assert!(!bench(address, &arguments).status.success(), "{call}");
        let allowed = bench(address, &[&arguments[..], &["--allow", "INVALID_ARGUMENT"]].concat());
        assert!(allowed.status.success(), "{call}");
        let text = String::from_utf8(allowed.stdout).expect("UTF-8");
        assert!(text.contains("INVALID_ARGUMENT"), "{text}");
    }
    std::fs::write(&file, "{\"document\": 1}\n").expect("written");
    let output = bench(address, &[path]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("two.jsonl: line 1"), "{output:?}");
    std::fs::remove_dir_all(&folder).expect("removed");

    let nobody: SocketAddr = "127.0.0.1:1".parse().expect("an address");
    let output = bench(nobody, &["--count", "1"]);
    assert!(
        !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("127.0.0.1:1")
    );
}
