//! The command line: one file per subcommand.

mod api;
mod audit;
mod check;
mod client_flags;
mod convert;
mod explain;
mod explore;
mod field;
mod init;
mod load;
mod named;
mod network;
mod own_line;
mod person;
mod phone;
mod repl;
mod review;
mod rules;
mod run;
mod schema;
mod serve;
mod settings;
mod snapshot_files;
mod test;
mod types;
mod watched;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::report::Paint;
use crate::report::suite::Language;
use crate::worker::{self, WORKER_ARG, Zygote};

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
    Repl(Box<repl::Arguments>),
    Check(check::Arguments),
    Explore(Box<explore::Arguments>),
    Audit(Box<audit::Arguments>),
    Test(Box<test::Arguments>),
    Review(review::Arguments),
    Init(init::Arguments),
    Types(types::Arguments),
    Api(api::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Convert(convert::Arguments),
    Schema(schema::Arguments),
    Serve(Box<serve::Arguments>),
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
        worker::serve(job);
    }
    let code = match Cli::parse().command {
        Command::Run(arguments) => run::main(*arguments),
        Command::Repl(arguments) => repl::main(*arguments),
        Command::Check(arguments) => check::main(&arguments),
        Command::Explore(arguments) => explore::main(&arguments),
        Command::Audit(arguments) => audit::main(&arguments),
        Command::Test(arguments) => test::main(&arguments),
        Command::Review(arguments) => review::main(&arguments),
        Command::Init(arguments) => init::main(&arguments),
        Command::Types(arguments) => types::main(&arguments),
        Command::Api(arguments) => api::main(&arguments),
        Command::Explain(arguments) => explain::main(&arguments),
        Command::Rules(arguments) => rules::main(&arguments),
        Command::Convert(arguments) => convert::main(&arguments),
        Command::Schema(arguments) => schema::main(&arguments),
        Command::Serve(arguments) => serve::main(&arguments),
    };
    ExitCode::from(code)
}

/// What a worker is asked to do: the name of the job, a blank, the request as JSON.
fn job_text(job: &str, request: &impl Serialize) -> String {
    let request = serde_json::to_string(request).unwrap_or_default();
    format!("{job} {request}")
}

/// The worker's side.
fn job(text: &str, zygote: &mut Zygote) {
    match text.split_once(' ') {
        Some((run::JOB, request)) => run::job(request, zygote),
        Some((repl::JOB, request)) => repl::job(request, zygote),
        Some((check::JOB, request)) => check::job(request, zygote),
        Some((explore::JOB, request)) => explore::job(request, zygote),
        Some((test::JOB, request)) => test::job(request, zygote),
        Some((serve::JOB, request)) => serve::job(request, zygote),
        _ => unreachable!("the supervisor speaks this program's own language"),
    }
}

/// Prints a text; a reader that went away (`| head`) changes nothing.
fn print(text: &str) {
    let mut out = anstream::AutoStream::auto(std::io::stdout());
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Colour only on a terminal, and not when `NO_COLOR` is set.
fn paint() -> Paint {
    if anstream::AutoStream::choice(&std::io::stdout()) == anstream::ColorChoice::Never {
        Paint::Plain
    } else {
        Paint::Coloured
    }
}

/// Says what is wrong with the command.
fn usage(problem: &Diagnostic) -> u8 {
    let coloured = std::io::stderr().is_terminal();
    anstream::eprintln!("{}", problem.render(coloured));
    EXIT_USAGE
}

/// The locale that the environment names.
#[expect(
    clippy::disallowed_methods,
    reason = "the locale chooses words, not what happens"
)]
fn locale() -> Option<String> {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let mut set = names.iter().filter_map(|name| std::env::var(name).ok());
    set.find(|value| !value.is_empty())
}

/// The language of reports: as asked for, else by the locale.
fn language(asked: Option<Language>) -> Language {
    asked.unwrap_or_else(|| match locale() {
        Some(locale) if locale.starts_with("zh") => Language::Chinese,
        _ => Language::English,
    })
}

/// Reads the value of `--language`.
fn parse_language(code: &str) -> Result<Language, String> {
    match code {
        "en" => Ok(Language::English),
        "zh" => Ok(Language::Chinese),
        other => Err(format!("`{other}` is no language of the reports: en or zh")),
    }
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// PROJECT for a worker, which reads it as text.
fn project_path(path: &Path) -> Result<PathBuf, Diagnostic> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if path.to_str().is_some() {
        return Ok(path);
    }
    let path = path.display();
    Err(
        Diagnostic::error(format!("PROJECT: the path {path} is not UTF-8"))
            .help("rename the folder, or copy it to one with a plain name"),
    )
}
