//! Properties of the author's, in JavaScript.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

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
