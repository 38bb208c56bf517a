//! Who answers the user's questions: rules given beforehand.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::choices::{self, Choices};
use super::persona::Persona;
use crate::api::question::{Question, check_answer};

/// Somebody who is asked what no rule answers.
pub trait Person {
    /// The answer; `None` leaves the question open.
    fn answer(&mut self, question: &Question) -> Option<Json>;
}

/// Answers by question key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    rules: BTreeMap<String, Rule>,
    /// Who answers a question without a rule.
    #[serde(default)]
    persona: Option<Persona>,
    /// Answers by their numbers for the questions to come, before all rules.
    #[serde(default)]
    choices: VecDeque<Option<usize>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Rule {
    /// The same answer to every question of the kind.
    Always(Json),
    /// One answer for each question, in order.
    Queue(VecDeque<Json>),
}

impl Policy {
    /// A user who agrees to everything: every question gets the first of its answers, unless a rule
    /// that is added says something else.
    pub fn allow_all() -> Self {
        Self::of(Persona::AllowAll)
    }

    /// A user of that temper, unless a rule that is added says something else.
    pub fn of(persona: Persona) -> Self {
        Self {
            persona: Some(persona),
            ..Self::default()
        }
    }

    /// Answers the questions to come by the numbers of their answers, whatever the rules say. A number that a
    /// question does not have leaves it without an answer.
    pub fn choose(&mut self, choices: Choices) {
        self.choices = choices.0.into();
    }

    /// Gives the questions without a rule to another user.
    pub fn set_persona(&mut self, persona: Persona) {
        self.persona = Some(persona);
    }

    /// The rules alone: what none of them answers is left to whoever else is asked.
    #[must_use]
    pub fn rules_alone(self) -> Self {
        Self {
            persona: None,
            choices: VecDeque::new(),
            ..self
        }
    }

    /// Adds a rule written `KEY=VALUE`.
    ///
    /// The value is a word (`allow`), JSON, or a JSON list with one answer for each question in
    /// order. A second rule of a key makes a list of the two.
    ///
    /// # Errors
    /// What is wrong with the rule, for a person.
    pub fn add_text(&mut self, rule: &str) -> Result<(), String> {
        let Some((key, text)) = rule.split_once('=') else {
            return Err(format!(
                "`{rule}` is no answer; write KEY=VALUE, such as modal=confirm"
            ));
        };
        let word = || Json::String(text.to_owned());
        let value = serde_json::from_str::<Json>(text).unwrap_or_else(|_| word());
        self.add(key, value)
    }

    /// Adds a rule: an answer, or a list with one for each question in order.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn add(&mut self, key: &str, answer: Json) -> Result<(), String> {
        match answer {
            Json::Array(answers) => {
                for answer in &answers {
                    check_answer(key, answer)?;
                }
                self.rules
                    .insert(key.to_owned(), Rule::Queue(answers.into()));
            }
            answer => {
                check_answer(key, &answer)?;
                self.push(key, answer);
            }
        }
        Ok(())
    }

    /// Takes rules over; they replace those of the same questions.
    pub fn override_with(&mut self, other: Self) {
        self.rules.extend(other.rules);
    }

    fn push(&mut self, key: &str, answer: Json) {
        match self.rules.get_mut(key) {
            None => {
                self.rules.insert(key.to_owned(), Rule::Always(answer));
            }
            Some(Rule::Queue(queue)) => queue.push_back(answer),
            Some(rule @ Rule::Always(_)) => {
                let Rule::Always(first) = std::mem::replace(rule, Rule::Queue(VecDeque::new()))
                else {
                    return;
                };
                *rule = Rule::Queue(VecDeque::from([first, answer]));
            }
        }
    }

    /// The answer to a question, if a rule has one.
    pub(super) fn answer(&mut self, question: &Question) -> Option<Json> {
        if let Some(Some(number)) = self.choices.pop_front() {
            return choices::answer(question, number);
        }
        match self.rules.get_mut(&question.key) {
            Some(Rule::Always(answer)) => Some(answer.clone()),
            Some(Rule::Queue(queue)) => queue.pop_front(),
            None => self.persona?.answer(question),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Policy;
    use crate::api::question::Question;

    #[test]
    fn one_rule_answers_all_and_a_list_answers_in_order() {
        let mut policy = Policy::default();
        policy.add_text("scope.record=deny").expect("a rule");
        policy
            .add_text("modal=[\"confirm\",\"cancel\"]")
            .expect("a list");
        policy.add_text("actionSheet=1").expect("a number");
        policy
            .add_text("actionSheet=cancel")
            .expect("a second rule");
        let mut ask = |key: &str| policy.answer(&Question::new(key, ""));
        assert_eq!(
            [ask("scope.record"), ask("scope.record")],
            [Some(json!("deny")), Some(json!("deny"))]
        );
        assert_eq!(
            [ask("modal"), ask("modal"), ask("modal")],
            [Some(json!("confirm")), Some(json!("cancel")), None]
        );
        assert_eq!(
            [ask("actionSheet"), ask("actionSheet")],
            [Some(json!(1)), Some(json!("cancel"))]
        );
        assert_eq!(ask("settings"), None);
    }

    #[test]
    fn rules_given_later_replace_those_of_the_same_question() {
        let mut policy = Policy::default();
        policy
            .add("modal", json!(["cancel", "cancel"]))
            .expect("a list");
        policy.add("actionSheet", json!(1)).expect("a number");
        let mut flags = Policy::default();
        flags.add_text("modal=confirm").expect("a rule");
        policy.override_with(flags);
        let mut ask = |key: &str| policy.answer(&Question::new(key, ""));
        assert_eq!(
            [ask("modal"), ask("modal")],
            [Some(json!("confirm")), Some(json!("confirm"))]
        );
        assert_eq!(ask("actionSheet"), Some(json!(1)));
    }

    #[test]
    fn who_allows_all_gives_the_first_answer_that_fits() {
        let mut policy = Policy::allow_all();
        policy.add_text("scope.record=deny").expect("a rule");
        let with = |key: &str, entries: &[&str]| Question {
            entries: entries.iter().map(|entry| (*entry).to_owned()).collect(),
            ..Question::new(key, "")
        };
        let settings = with("settings", &["scope.camera"]);
        for (question, answer) in [
            (with("scope.record", &[]), json!("deny")),
            (with("scope.camera", &[]), json!("allow")),
            (with("modal", &[]), json!("confirm")),
            (with("actionSheet", &["a", "b"]), json!(0)),
            (settings, json!({"scope.camera": true})),
            (with("settings", &[]), json!({})),
        ] {
            assert_eq!(policy.answer(&question), Some(answer.clone()));
            assert_eq!(question.accepts(&answer), Ok(()));
        }
    }

    #[test]
    fn a_wrong_rule_says_what_would_be_right() {
        let mut policy = Policy::default();
        let wrong = policy
            .add_text("scope.record=yes")
            .expect_err("no such word");
        assert!(wrong.contains("allow, deny, dismiss"), "{wrong}");
        assert!(policy.add_text("modal").is_err());
        assert!(policy.add_text("tea=allow").is_err());
    }
}
