//! Which answers and failures were tried, and what came of each.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::arrival::{Chosen, Told};
use crate::runtime::monitor::Weight;

/// The authorization matrix: questions and their answers, APIs and their failures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// By question, then by answer.
    pub answers: BTreeMap<String, BTreeMap<String, Cell>>,
    /// By API, then by failure.
    pub faults: BTreeMap<String, BTreeMap<String, Cell>>,
}

/// What came of an answer or a failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// How often it was given.
    pub reached: u32,
    /// How often a rule of the weight of an error did not hold afterwards.
    pub unhandled: u32,
    /// Those rules.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rules: BTreeSet<String>,
}

impl Cell {
    /// `unreachable`, `unhandled` or `handled`.
    pub fn word(&self) -> &'static str {
        match (self.reached, self.unhandled) {
            (0, _) => "unreachable",
            (_, 0) => "handled",
            _ => "unhandled",
        }
    }
}

impl Matrix {
    /// Takes in what happened in one action.
    pub(super) fn add(&mut self, told: &Told) {
        let errors: BTreeSet<&str> = told
            .found
            .iter()
            .filter(|found| found.weight == Weight::Error)
            .map(|found| found.rule.as_str())
            .collect();
        let seen: BTreeSet<&Chosen> = told.chosen.iter().collect();
        for chosen in seen {
            let (rows, row, column) = match chosen {
                Chosen::Answer(key, answer) => (&mut self.answers, key, answer),
                Chosen::Fault(api, fault) => (&mut self.faults, api, fault),
                Chosen::Other(_) => continue,
            };
            let cell = rows
                .entry(row.clone())
                .or_default()
                .entry(column.clone())
                .or_default();
            cell.reached += 1;
            if !errors.is_empty() {
                cell.unhandled += 1;
                cell.rules
                    .extend(errors.iter().map(|rule| (*rule).to_owned()));
            }
        }
    }

    /// Questions that the program's code could ask, with the answers that they have: what was not reached is shown too.
    pub fn expect(&mut self, question: &str, answers: &[&str]) {
        let row = self.answers.entry(question.to_owned()).or_default();
        for answer in answers {
            row.entry((*answer).to_owned()).or_default();
        }
    }
}
