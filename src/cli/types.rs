//! `wxsim types`: the types of test code, for editors.

use std::path::PathBuf;

use clap::Args;

use super::{EXIT_OK, print, usage};
use crate::api::{question, rows};
use crate::diagnostic::Diagnostic;
use crate::runtime::Persona;
use crate::spec::Form;

/// Print the types of test code (a .d.ts file), so that an editor completes it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Write them to a file instead
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  wxsim types -o wxsim-test.d.ts

Exit codes: 0, 2 when the file cannot be written.";

/// What does not change with the rows.
const TYPES: &str = include_str!("types/test.d.ts");

pub(super) fn main(arguments: &Arguments) -> u8 {
    let text = text();
    let Some(path) = &arguments.output else {
        print(&text);
        return EXIT_OK;
    };
    match write(path, &text) {
        Ok(()) => EXIT_OK,
        Err(problem) => usage(&problem),
    }
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn write(path: &std::path::Path, text: &str) -> Result<(), Diagnostic> {
    std::fs::write(path, text)
        .map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())))
}

/// All of it.
pub(super) fn text() -> String {
    let apis = rows().filter(|row| {
        let is_of_wx = row.spec.name.chars().all(|c| c.is_ascii_alphanumeric());
        is_of_wx && !matches!(row.spec.form, Form::Button { .. })
    });
    let apis = union(apis.map(|row| row.spec.name));
    let personas = union(Persona::ALL.iter().map(|persona| persona.name()));
    let questions = union(question::keys());
    format!(
        "{TYPES}\ntype WxsimPersona = {personas};\ntype WxsimQuestion = {questions};\ntype WxsimApi = {apis} | (string & {{}});\n"
    )
}

fn union<'t>(words: impl Iterator<Item = &'t str>) -> String {
    let quoted: Vec<String> = words.map(|word| format!("\n  | '{word}'")).collect();
    quoted.concat()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn names_of_apis_questions_and_personas_are_those_that_there_are() {
        let text = text();
        for part in [
            "| 'login'",
            "| 'requestPayment'",
            "| 'modal'",
            "| 'scope.camera'",
            "| 'deny-all'",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("'button."));
    }
}
