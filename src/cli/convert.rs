//! `wxsim convert`: a flow or a recorded run as a JavaScript test or as a flow.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::Value as Json;

use super::{EXIT_OK, EXIT_USAGE, print, usage};
use crate::diagnostic::{Diagnostic, Place};
use crate::runtime::trace::Entry;
use crate::scenario::flow::{Flow, SUFFIX, of_trace, parse, to_js, to_yaml};

/// Write a flow as a JavaScript test, or a recorded run as a flow or a test.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A flow (`*.flow.yaml`), or a trace that `wxsim run --json` printed; `-` reads a trace from
    /// standard input
    #[arg(value_name = "IN")]
    file: PathBuf,
    /// What to write [default: js for a flow, yaml for a trace]
    #[arg(long, value_name = "FORM")]
    to: Option<Form>,
    /// The file to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Of a trace: the folder of the mini program, from the file that is written
    #[arg(long, value_name = "FOLDER")]
    app: Option<String>,
    /// Of a trace: what the test is called [default: recorded run of APPID]
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A JavaScript test.
    Js,
    /// A flow.
    Yaml,
}

const EXAMPLES: &str = "\
Examples:
  wxsim convert login.flow.yaml -o login.test.js
  wxsim run my-app --do 'tap #login' --answer phone=allow --json > run.jsonl
  wxsim convert run.jsonl --app .. -o tests/login.flow.yaml
  wxsim convert run.jsonl --to js

A flow has the steps of the run, what the user answered and what servers answered. A JavaScript test
becomes a flow by being run: `wxsim test --export-flow FILE` writes what it did.

Exit codes: 0, 2 for wrong usage, a mistake in a flow, or a file that is none of these.";

pub(super) fn main(arguments: &Arguments) -> u8 {
    let converted = read(arguments).and_then(|(flow, usual)| {
        let text = match arguments.to.unwrap_or(usual) {
            Form::Js => to_js(&flow).code,
            Form::Yaml => to_yaml(&flow),
        };
        write(arguments.out.as_deref(), &text).map_err(|problem| vec![problem])
    });
    match converted {
        Ok(()) => EXIT_OK,
        Err(problems) => {
            for problem in &problems {
                usage(problem);
            }
            EXIT_USAGE
        }
    }
}

/// The flow, and what is usually made of such a file.
fn read(arguments: &Arguments) -> Result<(Flow, Form), Vec<Diagnostic>> {
    let path = arguments.file.to_string_lossy().replace('\\', "/");
    let extension = arguments.file.extension().and_then(|it| it.to_str());
    if matches!(extension, Some("js" | "mjs" | "cjs" | "ts" | "mts" | "cts")) {
        let message = format!("{path}: the steps of a JavaScript test are known only when it runs");
        let help = "`wxsim test --export-flow FILE` runs it and writes the flow";
        return Err(vec![Diagnostic::error(message).help(help)]);
    }
    let text = text(&arguments.file).map_err(|why| {
        let message = format!("{path}: {why}");
        let help = format!("name a flow (`*{SUFFIX}`) or a trace that `wxsim run --json` printed");
        vec![Diagnostic::error(message).help(help)]
    })?;
    if !matches!(extension, Some("yaml" | "yml")) {
        let flow = recorded(&path, &text, arguments).map_err(|problem| vec![problem])?;
        return Ok((flow, Form::Yaml));
    }
    if arguments.app.is_some() || arguments.name.is_some() {
        let message = "--app and --name are for traces";
        let help = "a flow says both itself: `use: { app: … }` and `name: …`";
        return Err(vec![Diagnostic::error(message).help(help)]);
    }
    let file = |path: &str| self::text(Path::new(path));
    parse(&path, &text, &file).map(|flow| (flow, Form::Js))
}

/// The flow of a trace.
fn recorded(path: &str, text: &str, arguments: &Arguments) -> Result<Flow, Diagnostic> {
    let mut entries: Vec<Entry> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let json: Option<Json> = serde_json::from_str(line).ok();
        if json
            .as_ref()
            .is_some_and(|json| json["type"] == "diagnostic")
        {
            continue;
        }
        let entry = json.map(serde_json::from_value::<Entry>);
        let Some(Ok(entry)) = entry else {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let place = Place::at(path, number, 0, 0);
            let problem = Diagnostic::error("this line is no entry of a trace").at(place);
            return Err(
                problem.help("a trace is what `wxsim run --json` prints, one object a line")
            );
        };
        entries.push(entry);
    }
    if entries.is_empty() {
        return Err(Diagnostic::error(format!("{path}: the trace is empty")));
    }
    let name = arguments.name.clone().unwrap_or_else(|| {
        let start = serde_json::to_value(&entries[0]).unwrap_or_default();
        let app_id = start["appId"].as_str().unwrap_or_default();
        format!("recorded run of {app_id}")
            .trim_end_matches(" of ")
            .to_owned()
    });
    let mut flow = of_trace(&name, &entries);
    if let Some(app) = &arguments.app {
        flow.options
            .shift_insert(0, "app".to_owned(), app.as_str().into());
    }
    Ok(flow)
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn text(path: &Path) -> Result<String, String> {
    if path == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        return read.map(|_| text).map_err(|error| error.to_string());
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn write(path: Option<&Path>, text: &str) -> Result<(), Diagnostic> {
    let Some(path) = path else {
        print(text);
        return Ok(());
    };
    std::fs::write(path, text)
        .map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())))
}
