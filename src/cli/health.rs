//! `dictum health`: for container images without a shell.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use super::connect::{Security, connect, runtime};
use super::fail;
use crate::wire::pb::health::HealthCheckRequest;
use crate::wire::pb::health::health_check_response::ServingStatus;
use crate::wire::pb::health::health_client::HealthClient;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address of the server; its admin listener by default.
    #[arg(long, default_value = "http://127.0.0.1:9090", value_name = "URL")]
    endpoint: String,
    /// Which service; empty is the server as a whole.
    #[arg(long, default_value = "", value_name = "NAME")]
    service: String,
    /// Seconds to wait.
    #[arg(long, default_value_t = 5.0, value_name = "SECONDS")]
    timeout: f64,
    #[command(flatten)]
    security: Security,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match check(arguments) {
        Ok(ServingStatus::Serving) => ExitCode::SUCCESS,
        Ok(status) => fail(status.as_str_name()),
        Err(why) => fail(why),
    }
}

fn check(arguments: &Arguments) -> Result<ServingStatus, String> {
    let timeout = Duration::try_from_secs_f64(arguments.timeout)
        .map_err(|error| format!("--timeout: {error}"))?;
    let asked = async {
        let mut client =
            HealthClient::new(connect(&arguments.endpoint, &arguments.security).await?);
        let request = HealthCheckRequest { service: arguments.service.clone() };
        let answer = client
            .check(request)
            .await
            .map_err(|status| format!("{:?}: {}", status.code(), status.message()))?;
        Ok(answer.into_inner().status())
    };
    let answered = runtime()?.block_on(async { tokio::time::timeout(timeout, asked).await });
    answered.map_err(|_elapsed| format!("no answer within {} s", arguments.timeout))?
}
