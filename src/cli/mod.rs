//! The command line: one file per subcommand.

mod run;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::worker::{self, WORKER_ARG};

/// Runs a WeChat mini program (微信小程序) without WeChat.
///
/// Exit codes: 0 it ran, 1 the mini program failed, 2 wrong usage or a project that cannot load.
#[derive(Debug, Parser)]
#[command(
    name = "wxsim",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(Box<run::Arguments>),
}

/// The run succeeded.
const EXIT_OK: u8 = 0;
/// The mini program failed.
const EXIT_FAILED: u8 = 1;
/// Wrong usage, or a project that cannot load.
const EXIT_USAGE: u8 = 2;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let first = std::env::args_os().nth(1);
    if first.is_some_and(|argument| argument == WORKER_ARG) {
        worker::serve(run::job);
    }
    let code = match Cli::parse().command {
        Command::Run(arguments) => run::main(*arguments),
    };
    ExitCode::from(code)
}
