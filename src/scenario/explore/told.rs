//! What an exploration came to, in words: the failures of its test and the lines that it prints.

use std::fmt::Write as _;

use super::options::{Exploration, Property};
use crate::diagnostic::Place;
use crate::explore::{DEAD_BUTTON, Outcome, Violation, When};
use crate::report::explored::headline;
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::monitor::{Found, Weight, Words};

/// The name under which it is told that code of the test went wrong.
pub(super) const OWN_CODE: &str = "the code of the test";

/// What follows the name of a property that does not hold, before why.
const SAYS: &str = "it does not hold: ";

/// Whether a violation is the one of that id or name.
pub(super) fn is_named(violation: &Violation, name: &str) -> bool {
    let property = &violation.property;
    if let Some(button) = dead_button(name) {
        return property == DEAD_BUTTON && violation.data["button"] == button;
    }
    property == name
        || property
            .split(' ')
            .any(|word| word.eq_ignore_ascii_case(name))
}

/// The button that an expectation speaks of: `dead-button: tap button "Pay"`.
pub(super) fn dead_button(expected: &str) -> Option<&str> {
    expected.strip_prefix(DEAD_BUTTON)?.strip_prefix(": ")
}

/// A finding of a rule, made before anything was chosen or after `story`.
pub(super) fn found(found: &Found, story: &[Words], choices: &str) -> Violation {
    Violation {
        story: story.to_vec(),
        choices: choices.to_owned(),
        ..Violation::of(found)
    }
}

/// A property that does not hold, or why that cannot be said.
pub(super) fn unheld(name: &str, why: Option<&str>, story: &[Words], choices: &str) -> Violation {
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    let says = Words::new(format!("it does not hold{why}"), format!("不成立{why}"));
    Violation {
        story: story.to_vec(),
        choices: choices.to_owned(),
        ..Violation::new(name, Weight::Error, says)
    }
}

/// A violation as a failure of its test.
pub(super) fn failure(violation: &Violation, exploration: &Exploration) -> Failure {
    let says = violation.says.en.as_str();
    let is_own = violation.property == OWN_CODE;
    let (kind, mut message) = if is_own {
        let why = says.strip_prefix(SAYS).unwrap_or(says);
        (FailureKind::TestException, format!("{OWN_CODE}: {why}"))
    } else {
        let text = format!("{}: {says}", violation.property);
        (FailureKind::Assertion, text)
    };
    let is_nowhere = |own: &Property| own.when == When::Sometimes && own.name == violation.property;
    if !exploration.properties.iter().any(is_nowhere) {
        let begins = match exploration.start {
            Some(_) => "the program is started",
            None => "where the test ends",
        };
        let _ = write!(message, "\n  {begins}");
    }
    for (number, line) in violation.story.iter().enumerate() {
        let _ = write!(message, "\n  {}. {}", number + 1, line.en);
    }
    let mut failure = Failure::new(kind, message);
    failure.choices.clone_from(&violation.choices);
    if let Some(at) = &violation.at {
        let place = Place::at(&*at.file, at.line, at.column, 0);
        failure.place = Some(place.with_source(&violation.source_line));
        if !violation.source_line.is_empty() {
            failure.source = vec![(at.line, violation.source_line.clone())];
        }
    }
    failure
}

/// What a test prints of an outcome, a line each. `violations` are those of the test before it, too.
pub(super) fn lines(
    outcome: &Outcome,
    violations: &[Violation],
    exploration: &Exploration,
) -> Vec<String> {
    let mut lines = vec![format!("explored: {}", headline(outcome).en)];
    for name in &outcome.undecided {
        lines.push(format!("undecided: {name}: not everything was tried"));
    }
    if let Some(expected) = &exploration.expect
        && !violations.iter().any(|own| is_named(own, expected))
    {
        lines.push(format!("{expected} is not violated"));
    }
    lines
}
