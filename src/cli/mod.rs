//! The command line. `extract` reads with the engine of this program unless an endpoint is named; only then, and for `serve`,
//! `health` and `bench`, is a runtime started.

mod ask;
mod bench;
mod connect;
mod corpus;
mod extract;
mod health;
mod out;
mod pool;
mod serve;
mod view;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Reads the text of an article and returns the facts stated in it: numeric claims, dates, commitments, and who said them.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles and print their facts.
    Extract(extract::Arguments),
    /// Serve the engine over gRPC until SIGTERM.
    Serve(serve::Arguments),
    /// Ask a server whether it is serving; the exit status says so.
    Health(health::Arguments),
    /// Put a server under load, and report what it answers, how fast, and at what cost.
    Bench(bench::Arguments),
    /// Print a shell's completion script.
    Completions {
        /// For which shell.
        shell: clap_complete::Shell,
    },
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Health(arguments) => health::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "dictum", &mut script);
            // A reader that goes away has had enough.
            let _ = std::io::stdout().write_all(&script);
            ExitCode::SUCCESS
        }
    }
}

/// Ends the command with a message on standard error.
fn fail(message: impl std::fmt::Display) -> ExitCode {
    anstream::eprintln!("dictum: {message}");
    ExitCode::FAILURE
}
