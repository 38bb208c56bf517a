//! `wxsim explain`: what an error of the platform means and what to do about it.

use clap::Args;
use serde_json::Value as Json;

use super::{EXIT_FAILED, EXIT_OK, paint, print, usage};
use crate::diagnostic::Diagnostic;
use crate::report::explain::{Explanation, explain, near_texts};

/// Tell what an errMsg, an error number, a scope or an API means and what to do, in English and Chinese.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// An errMsg (`authorize:fail auth deny`), its reason, an errno (103), an errcode of WeChat's servers
    /// (40029) or its errmsg, a scope or a name of wx
    #[arg(
        required = true,
        num_args = 1..,
        value_name = "CODE|TEXT",
        allow_negative_numbers = true
    )]
    text: Vec<String>,
    /// Print a JSON array of what it can mean
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  wxsim explain 'authorize:fail auth deny'
  wxsim explain 103
  wxsim explain 40029
  wxsim explain scope.userLocation
  wxsim explain getLocation

Exit codes: 0, 1 when nothing is known about the text, 2 wrong usage.";

pub(super) fn main(arguments: &Arguments) -> u8 {
    let text = arguments.text.join(" ");
    let found = explain(&text);
    if arguments.json {
        let all: Json = found.iter().map(Explanation::to_json).collect();
        print(&format!("{all}\n"));
    } else {
        let paint = paint();
        let texts: Vec<String> = found.iter().map(|it| it.render(paint)).collect();
        print(&texts.join("\n"));
    }
    if !found.is_empty() {
        return EXIT_OK;
    }
    let near: Vec<String> = near_texts(&text)
        .into_iter()
        .map(|text| format!("`{text}`"))
        .collect();
    let help = if near.is_empty() {
        "give an errMsg, the words after `fail`, an errno, an errcode, a scope or a name of wx"
            .to_owned()
    } else {
        format!("near ones: {}", near.join(", "))
    };
    usage(&Diagnostic::error(format!("nothing is known about `{text}`")).help(help));
    EXIT_FAILED
}
