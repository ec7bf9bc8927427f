//! Health as its protocol says, and reflection.

use std::time::Duration;

use dictum::server::Config;
use dictum::wire::pb::health::HealthListRequest;
use dictum::wire::pb::health::health_client::HealthClient as FullClient;
use tokio_stream::StreamExt;
use tonic::Code;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::start::{config, start};

#[tokio::test(flavor = "multi_thread")]
async fn health_and_reflection_answer() {
    let server = start(config()).await;
    let mut health = HealthClient::new(server.channel().await);
    for service in ["", "dictum.v1.ExtractionService"] {
        let check =
            health.check(HealthCheckRequest { service: service.to_owned() }).await.expect(service);
        assert_eq!(check.into_inner().status(), ServingStatus::Serving);
    }
    let unknown = HealthCheckRequest { service: "nobody".to_owned() };
    assert_eq!(health.check(unknown.clone()).await.expect_err("unknown").code(), Code::NotFound);
    let mut watched = health.watch(unknown).await.expect("a stream").into_inner();
    let first = watched.next().await.expect("a message").expect("no error");
    assert_eq!(first.status(), ServingStatus::ServiceUnknown);

    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
    use tonic_reflection::pb::v1::{
        ServerReflectionRequest, server_reflection_response::MessageResponse,
    };
    let mut reflection = ServerReflectionClient::new(server.channel().await);
    let list = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = reflection
        .server_reflection_info(tokio_stream::once(list))
        .await
        .expect("a stream")
        .into_inner();
    match answers.next().await.expect("a message").expect("no error").message_response {
        Some(MessageResponse::ListServicesResponse(services)) => {
            let names: Vec<_> =
                services.service.iter().map(|service| service.name.as_str()).collect();
            for name in ["dictum.v1.ExtractionService", "grpc.health.v1.Health"] {
                assert!(names.contains(&name), "{names:?}");
            }
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_name_is_listed_and_an_unknown_one_is_watched_for() {
    let server = start(config()).await;
    let admin = format!("http://{}", server.admin);
    let admin = Channel::from_shared(admin).expect("a URL").connect().await.expect("a connection");
    for channel in [server.channel().await, admin] {
        let mut health = FullClient::new(channel);
        let list = health.list(HealthListRequest {}).await.expect("an answer").into_inner();
        let mut names: Vec<_> = list.statuses.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["", "dictum.v1.ExtractionService"]);
        assert!(list.statuses.values().all(|check| check.status == ServingStatus::Serving as i32));
    }
    let mut health = HealthClient::new(server.channel().await);
    let unknown = HealthCheckRequest { service: "nobody".to_owned() };
    let mut watched = health.watch(unknown).await.expect("a stream").into_inner();
    watched.next().await.expect("a message").expect("no error");
    let more = tokio::time::timeout(Duration::from_millis(200), watched.next()).await;
    assert!(more.is_err(), "the stream stays open: {more:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn reflection_can_be_switched_off() {
    let server = start(Config { reflection: false, ..config() }).await;
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    let mut client = ServerReflectionClient::new(server.channel().await);
    let asked = client.server_reflection_info(tokio_stream::empty()).await;
    assert_eq!(asked.expect_err("off").code(), Code::Unimplemented);
}
