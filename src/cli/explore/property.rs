//! Properties of the author's, in JavaScript.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Place};
use crate::explore::{Judge, When};
use crate::runtime::Sim;

/// A property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Property {
    pub(in crate::cli) when: When,
    pub(in crate::cli) name: String,
    /// An expression over `state`.
    pub(in crate::cli) code: String,
}

impl Property {
    /// A property of a flag: `NAME: EXPRESSION`, or just the expression.
    pub(in crate::cli) fn of_flag(when: When, text: &str) -> Self {
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-_ ".contains(c))
        };
        let (name, code) = match text.split_once(':') {
            Some((name, code)) if is_name(name) => (name.trim(), code.trim()),
            _ => (text, text),
        };
        Self {
            when,
            name: name.to_owned(),
            code: code.to_owned(),
        }
    }
}

/// Judges properties in the program's own engine.
pub(in crate::cli) fn judge(properties: &[Property]) -> Option<Judge> {
    if properties.is_empty() {
        return None;
    }
    let codes: Vec<String> = properties
        .iter()
        .map(|property| property.code.clone())
        .collect();
    Some(Rc::new(move |sim: &mut Sim| {
        let state = sim.state_view().to_string();
        codes.iter().map(|code| sim.holds(code, &state)).collect()
    }))
}

/// What is wrong with properties that are no expressions.
pub(in crate::cli) fn unreadable(properties: &[Property], sim: &mut Sim) -> Vec<Diagnostic> {
    let wrong = properties.iter().filter_map(|own| {
        let (message, line, column) = sim.can_hold(&own.code).err()?;
        let source = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        let source = own.code.lines().nth(source).unwrap_or_default();
        let place =
            Place::at(format!("--{}", own.when.name()), line, column, 0).with_source(source);
        let problem = Diagnostic::error(format!("`{}` is no expression: {message}", own.name));
        let help = "write an expression over `state`, such as 'one page: state.stack.length === 1'";
        Some(problem.at(place).help(help))
    });
    wrong.collect()
}
