//! `[answers]`: question → answer, or a list with one answer for each question in order.
//!
//! A key with a dot may be written `scope.record = "deny"` as well as `"scope.record" = "deny"`.

use serde_json::{Map, Value as Json};

use super::item::{Entry, Item, Problems};
use crate::diagnostic::Place;

/// One line of the section.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Key of the question: `scope.userLocation`, `modal`.
    pub key: String,
    /// The answer, or a list of answers.
    pub answer: Json,
    /// Where the key stands.
    pub key_place: Place,
    /// Where the answer stands.
    pub place: Place,
}

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for entry in item.table(problems) {
        if entry.key == "scope" && entry.item.is_table() {
            for scope in entry.item.table(problems) {
                let key = format!("scope.{}", scope.key);
                answers.push(answer(key, &scope, problems));
            }
        } else {
            answers.push(answer(entry.key.clone(), &entry, problems));
        }
    }
    answers
}

fn answer(key: String, entry: &Entry<'_>, problems: &mut Problems<'_>) -> Answer {
    Answer {
        key,
        answer: with_scopes(entry.item.json(problems)),
        key_place: problems.place(&entry.key_range),
        place: problems.place(&entry.item.range),
    }
}

/// Switches of the settings page that are written `scope.record = true`.
fn with_scopes(answer: Json) -> Json {
    match answer {
        Json::Array(answers) => answers.into_iter().map(with_scopes).collect(),
        Json::Object(members) => {
            let mut flat = Map::new();
            for (key, value) in members {
                match value {
                    Json::Object(scopes) if key == "scope" => {
                        let named = |(name, value)| (format!("scope.{name}"), value);
                        flat.extend(scopes.into_iter().map(named));
                    }
                    value => {
                        flat.insert(key, value);
                    }
                }
            }
            Json::Object(flat)
        }
        other => other,
    }
}
