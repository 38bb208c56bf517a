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
    /// Whether everything was tried: then what was not reached cannot be reached.
    #[serde(default)]
    pub complete: bool,
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
    fn word(&self, is_complete: bool) -> &'static str {
        match (self.reached, self.unhandled) {
            (0, _) if is_complete => "unreachable",
            (0, _) => "unreached",
            (_, 0) => "handled",
            _ => "unhandled",
        }
    }
}

impl Matrix {
    /// What came of one of its cells: `unhandled`, `handled`, or, of what was never given, `unreachable` when everything
    /// was tried and `unreached` when not.
    pub fn word(&self, cell: &Cell) -> &'static str {
        cell.word(self.complete)
    }

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

    /// A question that the program's code could ask, with answers that it has: what was not reached is shown too.
    pub fn expect_answers(&mut self, question: &str, answers: &[&str]) {
        expect(&mut self.answers, question, answers);
    }

    /// An API that the program's code names, with its failures.
    pub fn expect_faults(&mut self, api: &str, faults: &[&str]) {
        expect(&mut self.faults, api, faults);
    }
}

/// Cells that there are at least; a row without cells is none.
fn expect(rows: &mut BTreeMap<String, BTreeMap<String, Cell>>, name: &str, columns: &[&str]) {
    for column in columns {
        let row = rows.entry(name.to_owned()).or_default();
        row.entry((*column).to_owned()).or_default();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Chosen, Matrix, Told};

    #[test]
    fn what_was_never_given_cannot_be_reached_only_when_everything_was_tried() {
        let mut matrix = Matrix::default();
        let chosen = Chosen::Fault("login".to_owned(), "network".to_owned());
        matrix.add(&Told {
            chosen: vec![chosen.clone(), chosen],
            calls: BTreeSet::from(["login".to_owned()]),
            ..Told::default()
        });
        matrix.expect_faults("login", &["network", "timeout"]);
        matrix.expect_faults("showToast", &[]);
        matrix.expect_answers("scope.record", &["allow"]);
        let words = |matrix: &Matrix| {
            let rows = matrix.answers.values().chain(matrix.faults.values());
            let cells = rows.flat_map(|row| row.values());
            cells.map(|cell| matrix.word(cell)).collect::<Vec<_>>()
        };
        assert_eq!(words(&matrix), ["unreached", "handled", "unreached"]);
        matrix.complete = true;
        assert_eq!(words(&matrix), ["unreachable", "handled", "unreachable"]);
        assert_eq!(matrix.faults["login"]["network"].reached, 1);
        assert!(!matrix.faults.contains_key("showToast"));
    }
}
