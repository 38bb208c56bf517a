//! `wxsim api`: what is simulated, from the rows of the APIs.

use clap::Args;
use serde_json::Value as Json;

use super::{EXIT_OK, paint, print, usage};
use crate::diagnostic::Diagnostic;
use crate::report::api::{Member, table};

/// Tell which members of wx are simulated, and how one behaves.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Name of an API, with or without `wx.`; all of them without it
    name: Option<String>,
    /// Print a JSON array of objects with name, support, since and more
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  wxsim api
  wxsim api getLocation
  wxsim api --json

Exit codes: 0, or 2 when there is no such name.";

pub(super) fn main(arguments: &Arguments) -> u8 {
    let Some(name) = &arguments.name else {
        if arguments.json {
            let all: Json = Member::all().map(Member::to_json).collect();
            print(&format!("{all}\n"));
        } else {
            print(&table(paint()));
        }
        return EXIT_OK;
    };
    let Some(member) = Member::find(name) else {
        return usage(&unknown(name));
    };
    if arguments.json {
        print(&format!("{}\n", Json::Array(vec![member.to_json()])));
    } else {
        print(&member.render(paint()));
    }
    EXIT_OK
}

fn unknown(name: &str) -> Diagnostic {
    let near = Member::near(name);
    let help = if near.is_empty() {
        "`wxsim api` lists all names".to_owned()
    } else {
        format!("is it {}?", near.join(", "))
    };
    Diagnostic::error(format!("wx has no member `{name}`")).help(help)
}
