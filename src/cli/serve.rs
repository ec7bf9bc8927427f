//! `dictum serve`.

use std::io::Write as _;
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
    /// Print the configuration and where each value came from, and end.
    #[arg(long)]
    print_config: bool,
    /// Print the JSON schema of the configuration file, and end.
    #[arg(long)]
    config_schema: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    if arguments.config_schema {
        return print(&server::schema());
    }
    let configured = match arguments.flags.read() {
        Ok(configured) => configured,
        Err(wrong) => return fail(wrong.join("\ndictum: ")),
    };
    if arguments.print_config {
        return print(&configured.print());
    }
    let config = configured.config;
    let log = match server::start_telemetry(&config) {
        Ok(log) => log,
        Err(error) => return fail(format_args!("log: {error}")),
    };
    if arguments.check_config {
        return ExitCode::SUCCESS;
    }
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if config.worker_threads > 0 {
        runtime.worker_threads(config.worker_threads);
    }
    // A call takes far longer than what the runtime expects of a task: what comes meanwhile is looked at this often, or it would
    // wait unseen behind sixty of them.
    runtime.event_interval(LOOK_EVERY);
    let runtime = match runtime.enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(format_args!("cannot start: {error}")),
    };
    // The file may say something new of the log by then; everything else takes effect at the next start.
    let reread = {
        let (flags, lines) = (arguments.flags.clone(), log.clone());
        move || {
            let log = flags.read().map(|read| read.config.log).map_err(|wrong| wrong.join("; "));
            match log.and_then(|log| lines.set(&log).map(|()| log)) {
                Ok(log) => tracing::info!(log, "configuration read again"),
                Err(error) => tracing::error!(error, "configuration cannot be read again"),
            }
        }
    };
    let served = runtime.block_on(server::listen(Engine::english(), config, reread));
    // Calls that outlived the drain are not waited for.
    runtime.shutdown_background();
    log.flush();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error),
    }
}

const LOOK_EVERY: u32 = 4;

fn print(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error),
    }
}
