//! `wxsim rules`: the rules that programs are judged by.

use clap::Args;
use serde_json::Value as Json;

use super::{EXIT_OK, paint, print, usage};
use crate::diagnostic::Diagnostic;
use crate::report::rules;
use crate::rules::{ALL, named};

/// Tell by which rules mini programs are judged: known causes of rejection, in English and Chinese.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Id (P06) or name (tap-only) of a rule; all of them without it
    rule: Option<String>,
    /// Print a JSON array of objects with id, name, level, title, fix, source, judged
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  wxsim rules
  wxsim rules P06
  wxsim rules tap-only --json

Exit codes: 0, or 2 when there is no such rule.";

pub(super) fn main(arguments: &Arguments) -> u8 {
    let Some(word) = &arguments.rule else {
        if arguments.json {
            let all: Json = ALL.iter().map(|rule| rules::to_json(rule)).collect();
            print(&format!("{all}\n"));
        } else {
            print(&rules::table(paint()));
        }
        return EXIT_OK;
    };
    let Some(rule) = named(word) else {
        let near = rules::near_names(word);
        let help = if near.is_empty() {
            "`wxsim rules` lists them".to_owned()
        } else {
            format!("is it {}?", near.join(", "))
        };
        return usage(&Diagnostic::error(format!("there is no rule `{word}`")).help(help));
    };
    if arguments.json {
        print(&format!("{}\n", Json::Array(vec![rules::to_json(rule)])));
    } else {
        print(&rules::render(rule, paint()));
    }
    EXIT_OK
}
