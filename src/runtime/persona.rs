//! Users by temper: what one answers to every question that no rule answers.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::api::question::Question;

/// A user of one temper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Persona {
    /// Agrees to everything: the first answer that fits.
    AllowAll,
    /// Refuses and cancels everything that can be.
    DenyAll,
    /// Refuses each scope, follows the program to the settings and switches everything on there.
    DenyThenSettings,
    /// Closes every dialog without a choice.
    DismissAll,
    /// Never answers.
    Impatient,
}

impl Persona {
    /// Every persona.
    pub const ALL: [Self; 5] = [
        Self::AllowAll,
        Self::DenyAll,
        Self::DenyThenSettings,
        Self::DismissAll,
        Self::Impatient,
    ];

    /// Its name in flags and settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllowAll => "allow-all",
            Self::DenyAll => "deny-all",
            Self::DenyThenSettings => "deny-then-settings",
            Self::DismissAll => "dismiss-all",
            Self::Impatient => "impatient",
        }
    }

    /// What it answers.
    pub(super) fn answer(self, question: &Question) -> Option<Json> {
        let answers = question.answers();
        let first = || answers.first().map(|text| parse(text));
        let one_of = |words: &[&str]| {
            let found = words
                .iter()
                .find(|word| answers.iter().any(|it| it == *word));
            found.map(|word| Json::from(*word))
        };
        let switches = |on: bool| {
            let entries = question.entries.iter();
            let all = entries.map(|scope| (scope.clone(), Json::Bool(on)));
            Json::Object(if on { all.collect() } else { Map::new() })
        };
        match (self, question.key.as_str()) {
            (Self::Impatient, _) => Some(Json::from("ignore")),
            (Self::DenyThenSettings, "settings") => Some(switches(true)),
            (Self::DenyAll | Self::DismissAll, "settings") => Some(switches(false)),
            (Self::DenyThenSettings, key) if key.starts_with("scope.") => one_of(&["deny"]),
            (Self::DenyAll, _) => one_of(&["deny", "refuse", "reject", "cancel"]).or_else(first),
            (Self::DismissAll, _) => one_of(&["dismiss", "cancel", "refuse"]).or_else(first),
            (Self::AllowAll | Self::DenyThenSettings, _) => first(),
        }
    }
}

fn parse(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()))
}

impl FromStr for Persona {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|persona| persona.name() == text);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("`{text}` is no persona; personas are {names}")
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::Persona;
    use crate::api::question::Question;

    fn answers(persona: Persona) -> Vec<Json> {
        let settings = Question {
            entries: vec!["scope.record".into()],
            ..Question::new("settings", "")
        };
        let forced = Question {
            cancellable: false,
            ..Question::new("modal", "")
        };
        let questions = [
            Question::new("scope.record", ""),
            Question::new("modal", ""),
            forced,
            settings,
            Question::new("privacy", ""),
            Question::new("phone", ""),
        ];
        questions
            .iter()
            .map(|question| {
                let answer = persona.answer(question).expect("an answer");
                assert_eq!(
                    question.accepts(&answer),
                    Ok(()),
                    "{persona:?} {question:?}"
                );
                answer
            })
            .collect()
    }

    #[test]
    fn each_persona_answers_every_question_in_its_way() {
        let on = json!({ "scope.record": true });
        for (persona, expected) in [
            (
                Persona::AllowAll,
                json!(["allow", "confirm", "confirm", on, "agree", "allow"]),
            ),
            (
                Persona::DenyAll,
                json!(["deny", "cancel", "confirm", {}, "refuse", "deny"]),
            ),
            (
                Persona::DenyThenSettings,
                json!(["deny", "confirm", "confirm", on, "agree", "allow"]),
            ),
            (
                Persona::DismissAll,
                json!(["dismiss", "cancel", "confirm", {}, "refuse", "dismiss"]),
            ),
            (Persona::Impatient, json!([])),
        ] {
            let expected = expected.as_array().cloned().unwrap_or_default();
            if persona == Persona::Impatient {
                assert!(answers(persona).iter().all(|answer| answer == "ignore"));
            } else {
                assert_eq!(answers(persona), expected, "{persona:?}");
            }
            assert_eq!(persona.name().parse(), Ok(persona));
        }
        assert!("kind".parse::<Persona>().is_err());
    }
}
