//! The command line of dictum: `extract`, `serve`, `health`, `completions`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dictum::cli::run()
}
