//! The last step of a flow at whose end everything is tried.

use serde_json::{Map, Value as Json};

use super::format::DURATION;
use super::node::Node;
use super::shape::{Form, Member, Reading, Record, Shape};
use super::{Flow, Step};
use crate::explore::Vary;

/// The verb.
pub(super) const VERB: &str = "explore";

const PROPERTIES: Shape = Shape::Each(&Shape::Text);

const NUMBERS: Form = Form {
    what: "numbers of choices such as 0,3,1",
    pattern: r"^\d+(,\d+)*$",
    check: |text| {
        let is_number = |part: &str| part.trim().parse::<u32>().is_ok();
        text.split(',')
            .all(is_number)
            .then_some(())
            .ok_or_else(|| format!("`{text}` is no list of numbers such as 0,3,1"))
    },
    known: Vec::new,
};

/// What is explored.
pub(super) const EXPLORE: Record = Record {
    what: "`explore`",
    one_of: &[],
    keys: &[
        Member::new(
            "always",
            PROPERTIES,
            "Names with expressions over `state` that hold in every state.",
        ),
        Member::new("sometimes", PROPERTIES, "Those that hold in some state."),
        Member::new(
            "eventually",
            PROPERTIES,
            "Those that can still come to hold from every state.",
        ),
        Member::new(
            "vary",
            Shape::Some(&Shape::Word(kinds)),
            "What goes otherwise besides answers and gestures; `all` for everything.",
        ),
        Member::new("depth", Shape::Count, "Longest story, in choices."),
        Member::new("maxStates", Shape::Count, "Most states."),
        Member::new(
            "budget",
            Shape::Form(&DURATION),
            "Real time after which it ends.",
        ),
        Member::new(
            "settle",
            Shape::Form(&DURATION),
            "Virtual time that passes after each action.",
        ),
        Member::new(
            "twists",
            Shape::Count,
            "How many things go otherwise in one action.",
        ),
        Member::new(
            "rules",
            Shape::Word(|| vec!["error", "warn", "off"]),
            "From which level on rules count; `error` if left out.",
        ),
        Member::new(
            "replay",
            Shape::Either(&[Shape::List(&Shape::Text), Shape::Form(&NUMBERS)]),
            "Only these choices are made: their numbers, or a list of their keys.",
        ),
        Member::new(
            "expect",
            Shape::Text,
            "The rule or property that alone fails the test.",
        ),
    ],
};

fn kinds() -> Vec<&'static str> {
    let kinds = Vary::ALL.into_iter().map(Vary::name);
    kinds.chain(["all"]).collect()
}

/// Tells an exploration that does not come last, or in an included flow.
pub(super) fn check_place(items: &[Node], is_included: bool, reading: &mut Reading<'_>) {
    let is_last = |at: usize| at + 1 == items.len();
    for (at, item) in items.iter().enumerate() {
        let range = (item.range.0, item.range.0 + 1);
        let explores = item.get(VERB).is_some()
            || matches!(&item.kind, super::node::Kind::Text(verb) if verb == VERB);
        if explores && is_included {
            let help = "write it in the flow that includes this one".to_owned();
            reading.problem(range, "an included flow cannot `explore`".to_owned(), help);
        } else if explores && !is_last(at) {
            let help = "what comes behind it would be done in no copy".to_owned();
            reading.problem(range, "`explore` is the last step".to_owned(), help);
        }
    }
}

/// The options of the exploration that a flow ends with; a start is part of it when nothing comes before.
pub(super) fn options(flow: &Flow) -> Option<Map<String, Json>> {
    let step = flow.steps.last().filter(|step| step.verb == VERB)?;
    let mut options = step.value.as_object().cloned().unwrap_or_default();
    if is_alone(flow) {
        let start = if flow.opening.is_empty() {
            true.into()
        } else {
            flow.opening.clone().into()
        };
        options.insert("start".to_owned(), start);
    }
    Some(options)
}

/// Whether an exploration is all that happens in a flow.
pub(super) fn is_alone(flow: &Flow) -> bool {
    let does = |step: &&Step| step.verb != "answers";
    let mut all = flow.includes.iter().chain(&flow.steps).filter(does);
    all.next().is_some_and(|step| step.verb == VERB)
}
