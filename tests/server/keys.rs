//! Keys of callers.

use std::path::Path;

use dictum::server::{Config, OpenMethods};
use dictum::wire::pb;
use sha2::{Digest, Sha256};
use tonic::Code;
use tonic_types::StatusExt;

use crate::start::{CHECK, EXTRACT, Raw, config, request, start};

const CAPABILITIES: &str = "/dictum.v1.ExtractionService/GetCapabilities";

fn line(name: &str, key: &str) -> String {
    let digits: String = Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name}:{digits}\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_and_what_is_open_needs_none() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("api-keys");
    std::fs::write(&file, line("desk", "s3cret") + &line("team", "other")).expect("written");
    let open_methods = OpenMethods { health: true, reflection: false, capabilities: true };
    let server = start(Config { api_keys: Some(file.clone()), open_methods, ..config() }).await;
    let mut client = Raw::new(server.address).await;
    for good in ["Bearer s3cret", "bearer other"] {
        let answer = client.call(EXTRACT, &[("authorization", good)], &request("x")).await;
        assert_eq!(answer.expect("an answer").code, 0, "{good}");
    }
    for bad in [None, Some("Bearer wrong"), Some("Bearer "), Some("Basic s3cret"), Some("s3cret")] {
        let headers: Vec<_> = bad.iter().map(|bad| ("authorization", *bad)).collect();
        let answer = client.call(EXTRACT, &headers, &request("x")).await.expect("an answer");
        assert_eq!(answer.code, Code::Unauthenticated as i32, "{bad:?}");
        let info = answer.status().get_details_error_info().expect("ErrorInfo");
        assert_eq!((info.reason.as_str(), info.domain.as_str()), ("KEY_INVALID", "dictum.v1"));
    }
    let check = pb::health::HealthCheckRequest::default();
    assert_eq!(client.call(CHECK, &[], &check).await.expect("an answer").code, 0);
    let asked = pb::GetCapabilitiesRequest {};
    assert_eq!(client.call(CAPABILITIES, &[], &asked).await.expect("an answer").code, 0);

    // A key is withdrawn without a restart; a file that says nothing withdraws none.
    std::fs::write(&file, line("team", "other")).expect("written");
    server.metric_is("dictum_reloads_total{result=\"ok\"}", 1.0).await;
    let mut code = async |key: &str| {
        let answer = client.call(EXTRACT, &[("authorization", key)], &request("x")).await;
        answer.expect("an answer").code
    };
    assert_eq!(code("Bearer s3cret").await, Code::Unauthenticated as i32);
    assert_eq!(code("Bearer other").await, 0);
    std::fs::write(&file, "other\n").expect("written");
    server.metric_is("dictum_reloads_total{result=\"error\"}", 1.0).await;
    assert_eq!(code("Bearer other").await, 0);
}
