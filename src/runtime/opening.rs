//! The step `open`: the user opens the program by something outside of it.

use super::message_step::OpenMessage;
use super::share_step::ShareStep;
use super::step::{BadStep, Step};

/// What follows `open`.
const FORMS: &str =
    "card [N], todo [N], program, message [N] [scene=N], service-card [N], service-link [N]";

/// Reads what follows `open`.
pub(super) fn parse(rest: &str) -> Result<Step, BadStep> {
    let word = rest.split_whitespace().next().unwrap_or_default();
    match word {
        "message" => OpenMessage::parse(rest).map(Step::OpenMessage),
        "card" | "todo" | "program" => match ShareStep::parse("open", rest) {
            Some(step) => step.map(Step::Share),
            None => Err(unknown(rest)),
        },
        _ if word.starts_with("service-") => rest.parse().map(Step::Open),
        _ => Err(unknown(rest)),
    }
}

fn unknown(rest: &str) -> BadStep {
    BadStep(format!("`open` opens {FORMS}, not `{rest}`"))
}
