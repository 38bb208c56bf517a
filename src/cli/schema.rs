//! `wxsim schema`: the JSON Schema of flows.

use clap::Args;

use super::{EXIT_OK, print};
use crate::scenario::flow;

/// Print the JSON Schema of flows (`*.flow.yaml`), for editors.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

const EXAMPLES: &str = "\
Examples:
  wxsim schema > flow.schema.json

An editor takes it from the first line of a flow:
  # yaml-language-server: $schema=flow.schema.json";

pub(super) fn main(_: &Arguments) -> u8 {
    let text = serde_json::to_string_pretty(&flow::schema()).unwrap_or_default();
    print(&format!("{text}\n"));
    EXIT_OK
}
