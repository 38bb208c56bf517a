//! Answers by their numbers: which of the answers that fit each question of a run got.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::trace::{Entry, Event};
use crate::api::question::Question;

/// For each question of a run, in order, the number of its answer among those that fit, from 0; `None` where the
/// rules, the persona or a step answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices(pub Vec<Option<usize>>);

impl Choices {
    /// What was chosen in a run, as far as the answers came by themselves and are among those that fit. With these
    /// the run can be repeated.
    pub fn of(entries: &[Entry]) -> Self {
        let mut asked: BTreeMap<u32, (usize, &Question)> = BTreeMap::new();
        let mut choices = Vec::new();
        for entry in entries {
            match &entry.event {
                Event::Question {
                    question,
                    asked: own,
                    ..
                } => {
                    asked.insert(*question, (choices.len(), own));
                    choices.push(None);
                }
                Event::Unanswered { question, .. } => {
                    asked.remove(question);
                }
                Event::Answer {
                    question, answer, ..
                } => {
                    if let Some((at, own)) = asked.remove(question) {
                        choices[at] = own.answers().iter().position(|it| read(it) == *answer);
                    }
                }
                _ => {}
            }
        }
        while choices.last() == Some(&None) {
            choices.pop();
        }
        Self(choices)
    }

    /// Whether nothing is chosen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The answer that a question has under a number.
pub(super) fn answer(question: &Question, number: usize) -> Option<Json> {
    question.answers().get(number).map(|text| read(text))
}

fn read(answer: &str) -> Json {
    serde_json::from_str(answer).unwrap_or_else(|_| Json::String(answer.to_owned()))
}

/// Numbers from 0, separated by commas; `-` for a question that others answer.
impl FromStr for Choices {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |part: &str| {
            match part.trim() {
            "-" => Ok(None),
            number => number.parse().map(Some).map_err(|_| {
                format!("`{part}` is no choice: give numbers from 0, or `-` to leave a question, as in 0,-,1")
            }),
        }
        };
        text.split(',')
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl fmt::Display for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, choice) in self.0.iter().enumerate() {
            let mark = if at == 0 { "" } else { "," };
            match choice {
                Some(number) => write!(f, "{mark}{number}")?,
                None => write!(f, "{mark}-")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;

    #[test]
    fn choices_are_written_as_they_are_read() {
        for text in ["0", "1,0", "-,2", "0,-,-,10"] {
            let choices: Choices = text.parse().expect("choices");
            assert_eq!(choices.to_string(), text);
        }
        for text in ["", "a", "-1", "0,,1", "1.5"] {
            let problem = text.parse::<Choices>().expect_err(text);
            assert!(problem.contains("is no choice"), "{problem}");
        }
    }
}
