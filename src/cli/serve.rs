//! `dictum serve`.

use std::process::ExitCode;

use clap::Args;

use super::fail;
use crate::engine::Engine;
use crate::server::{self, Flags};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    flags: Flags,
    /// Read the configuration, say whether it is good, and end.
    #[arg(long)]
    check_config: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let config = match arguments.flags.config() {
        Ok(config) => config,
        Err(wrong) => return fail(wrong.join("\ndictum: ")),
    };
    if let Err(error) = server::start_telemetry(&config) {
        return fail(format_args!("--log: {error}"));
    }
    if arguments.check_config {
        return ExitCode::SUCCESS;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(format_args!("cannot start: {error}")),
    };
    let served = runtime.block_on(server::listen(Engine::english(), config));
    // Calls that outlived the drain are not waited for.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error),
    }
}
