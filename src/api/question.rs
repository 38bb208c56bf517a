//! A question to the user as a value: what is shown, and which answers there are.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{choice, chosen_files, conversation, message_choice};
use crate::near::near;
use crate::world::printed_code::{id_in_text, uri_component};
use crate::world::scope::Scope;

/// Words of the answers, by question key; the same in flags, settings files, tests and traces.
const WORDS: &[(&str, &[&str])] = &[
    ("scope.", &["allow", "deny", "dismiss", "ignore"]),
    ("modal", &["confirm", "cancel", "ignore"]),
    ("actionSheet", &["cancel", "ignore"]),
    ("settings", &["ignore"]),
    ("phoneCall", &["confirm", "cancel", "ignore"]),
    ("saveToDisk", &["save", "cancel", "ignore"]),
    ("leavePage", &["confirm", "cancel", "ignore"]),
    ("privacy", &["agree", "refuse", "ignore"]),
    ("profile", &["allow", "deny", "dismiss", "ignore"]),
    ("phone", &["verify", "allow", "deny", "dismiss", "ignore"]),
    ("avatar", &["choose", "cancel", "ignore"]),
    ("location", &["choose", "cancel", "ignore"]),
    ("poi", &["choose", "city", "cancel", "ignore"]),
    ("licensePlate", &["choose", "cancel", "ignore"]),
    ("contact", &["ok", "cancel", "ignore"]),
    ("conversation", &["return", "ignore"]),
    ("feedback", &["send", "cancel", "ignore"]),
    ("calendar", &["ok", "cancel", "ignore"]),
    ("address", &["choose", "cancel", "ignore"]),
    ("invoiceTitle", &["choose", "cancel", "ignore"]),
    ("invoice", &["choose", "cancel", "ignore"]),
    ("card", &["ok", "cancel", "ignore"]),
    ("werun", &["confirm", "cancel", "ignore"]),
    (
        "subscribe",
        &["allow", "always", "reject", "never", "cancel", "ignore"],
    ),
    ("soter", &["recognised", "unrecognised", "cancel", "ignore"]),
    ("ad", &["watch", "close", "ignore"]),
    (
        "pay",
        &[
            "pay",
            "cancel",
            "wrongPassword",
            "notEnough",
            "timeout",
            "lostCallback",
            "ignore",
        ],
    ),
    ("media", &["choose", "cancel", "ignore"]),
    ("file", &["choose", "cancel", "ignore"]),
    ("scan", &["cancel", "ignore"]),
    ("edit", &["ok", "cancel", "ignore"]),
    ("openProgram", &["allow", "cancel", "ignore"]),
    ("program", &["back", "stay", "ignore"]),
    ("memberCard", &["activate", "cancel", "ignore"]),
    ("share", &["cancel", "ignore"]),
];

/// A dialog that waits for the user.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// `scope.userLocation`, `modal`, `actionSheet`, `settings` or `phoneCall`.
    pub key: String,
    /// What the dialog shows, in one line.
    pub text: String,
    /// Entries to choose from: items of an action sheet, switches of the settings page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<String>,
    /// Whether the dialog asks for agreement to the privacy guide too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_privacy: bool,
    /// Whether a picture of the album will do as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub album: bool,
    /// Whether the dialog has a field to type into.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub editable: bool,
    /// Whether the dialog has a cancel button.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub cancellable: bool,
}

/// What a question that does not say so is: cancellable.
fn yes() -> bool {
    true
}

impl Question {
    /// A question without entries that can be cancelled.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            text: text.into(),
            entries: Vec::new(),
            with_privacy: false,
            album: false,
            editable: false,
            cancellable: true,
        }
    }

    /// Whether it is put to a user who has left the program for a place that it opened.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self.key.as_str(), "conversation" | "feedback")
    }

    /// The answers that fit, as a person would write them.
    pub fn answers(&self) -> Vec<String> {
        let mut answers: Vec<String> = match self.key.as_str() {
            "actionSheet" => (0..self.entries.len())
                .map(|index| index.to_string())
                .collect(),
            "settings" => {
                let switch = self
                    .entries
                    .first()
                    .map(|scope| format!("{{\"{scope}\":true}}"));
                vec![switch.unwrap_or_else(|| "{}".to_owned())]
            }
            "share" => self
                .entries
                .iter()
                .map(|to| json!({ "to": to }).to_string())
                .collect(),
            "scan" => {
                let text = "{\"result\":\"TEXT\"}".to_owned();
                self.entries.iter().cloned().chain([text]).collect()
            }
            _ => Vec::new(),
        };
        let words = words(&self.key).unwrap_or_default();
        let fits = |word: &&&str| match **word {
            "cancel" => self.cancellable,
            "verify" => !self.entries.is_empty(),
            "choose" => !choice::is_list(&self.key) || !self.entries.is_empty(),
            _ => true,
        };
        answers.extend(words.iter().filter(fits).map(|word| (*word).to_owned()));
        if self.key == "conversation" {
            answers.extend(conversation::possible(&self.entries));
        }
        answers
    }

    /// The answer of a user who types a text; `None` when there is no place for one.
    pub fn typed(&self, text: &str) -> Option<Json> {
        match self.key.as_str() {
            "modal" if self.editable => Some(json!({ "confirm": text })),
            "scan" => Some(json!({ "result": text })),
            "feedback" => Some(json!({ "text": text })),
            _ => None,
        }
    }

    /// Whether the answer fits this question.
    ///
    /// # Errors
    /// Why it does not.
    pub fn accepts(&self, answer: &Json) -> Result<(), String> {
        check_answer(&self.key, answer)?;
        match answer {
            _ if self.key == "scan" => self.accepts_code(answer),
            Json::String(word) if word == "cancel" && !self.cancellable => {
                Err("this dialog has no cancel button".to_owned())
            }
            Json::String(word) if word == "verify" && self.entries.is_empty() => {
                Err("this number needs no check".to_owned())
            }
            Json::Number(index) => {
                let entry = index.as_u64().and_then(|at| usize::try_from(at).ok());
                let count = self.entries.len();
                match entry.filter(|at| *at < count) {
                    Some(_) => Ok(()),
                    None => Err(format!(
                        "item {index} of an action sheet with {count} items"
                    )),
                }
            }
            Json::Object(switches) if self.key == "settings" => {
                let missing = switches.keys().find(|scope| !self.entries.contains(scope));
                match missing {
                    Some(scope) => Err(format!("the settings page has no switch for {scope}")),
                    None => Ok(()),
                }
            }
            Json::String(_) | Json::Object(_) if choice::is_list(&self.key) => {
                choice::is_there(self.entries.len(), answer)
            }
            Json::Object(_) if self.key == "card" => choice::is_there(self.entries.len(), answer),
            Json::Object(_) if self.key == "share" => self.accepts_receivers(answer),
            Json::Object(words) if self.key == "subscribe" => {
                let ids = words.keys().filter(|id| *id != message_choice::KEEP);
                self.shows_all(ids)
            }
            Json::Object(answer) if self.key == "conversation" => {
                conversation::has(&self.entries, answer)
            }
            Json::Object(_) if matches!(self.key.as_str(), "media" | "file") => {
                let files = chosen_files::wanted(answer).unwrap_or_default();
                let kinds = files.into_iter().filter_map(|file| file.kind);
                let mut other = kinds.filter(|kind| !self.entries.contains(kind));
                other.next().map_or(Ok(()), |kind| {
                    Err(format!(
                        "the call offers {} only, not {kind}",
                        self.entries.join(", ")
                    ))
                })
            }
            _ => Ok(()),
        }
    }

    /// Whether everybody whom an answer names can get a card.
    fn accepts_receivers(&self, answer: &Json) -> Result<(), String> {
        let mut all = receivers(answer).into_iter();
        let missing = all.find(|it| !self.entries.contains(it));
        missing.map_or(Ok(()), |id| {
            let known = self.entries.join(", ");
            Err(format!("nobody can get it as `{id}`; there are {known}"))
        })
    }

    /// Whether a sheet shows all templates that an answer names.
    fn shows_all<'a>(&self, mut ids: impl Iterator<Item = &'a String>) -> Result<(), String> {
        let missing = ids.find(|id| !self.entries.contains(id));
        missing.map_or(Ok(()), |id| {
            let shown = self.entries.join(", ");
            Err(format!("the sheet does not show {id}; it shows {shown}"))
        })
    }
}

/// To whom an answer shares; nobody when it says something else.
pub fn receivers(answer: &Json) -> Vec<String> {
    match &answer["to"] {
        Json::String(id) => vec![id.clone()],
        Json::Array(ids) => {
            let ids = ids.iter().map(|id| id.as_str().map(str::to_owned));
            ids.collect::<Option<Vec<String>>>().unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The code of the world that an answer to `scan` names.
pub fn code_of(answer: &Json) -> Option<&str> {
    let words = words("scan").unwrap_or_default();
    let named = answer.get("code").unwrap_or(answer).as_str();
    named.filter(|name| !words.contains(name))
}

/// Whether an answer says what was scanned: a code of the world, or its text.
fn is_code(code: &serde_json::Map<String, Json>) -> bool {
    let of = |known: &[&str]| code.keys().all(|key| known.contains(&key.as_str()));
    if code.contains_key("code") {
        let from = ["camera", "album"].map(Json::from);
        let is_way = code.get("from").is_none_or(|it| from.contains(it));
        return code["code"].is_string() && is_way && of(&["code", "from"]);
    }
    let texts = code.values().all(Json::is_string);
    code.contains_key("result") && texts && of(&["result", "scanType", "path"])
}

impl Question {
    /// Whether a scanned code is one that this call reads.
    fn accepts_code(&self, answer: &Json) -> Result<(), String> {
        let Some(code) = code_of(answer) else {
            return Ok(());
        };
        let in_text = id_in_text(code);
        let is_named = |id: &String| id == code || in_text == Some(&*uri_component(id));
        if !self.entries.iter().any(is_named) {
            let known = self.entries.join(", ");
            let known = if known.is_empty() { "none" } else { &known };
            return Err(format!(
                "`{code}` is no code that this call reads; of those in [[codes]] it reads {known}"
            ));
        }
        if answer.get("from").is_some_and(|from| from == "album") && !self.album {
            return Err("this call reads from the camera only".to_owned());
        }
        Ok(())
    }
}

/// The words that answer a question of that key.
pub fn words(key: &str) -> Option<&'static [&'static str]> {
    WORDS
        .iter()
        .find(|(known, _)| key == *known || (known.ends_with('.') && key.starts_with(known)))
        .map(|(_, words)| *words)
}

/// Keys of all questions, in the order of the documentation.
pub fn keys() -> impl Iterator<Item = &'static str> {
    let scopes = Scope::ALL.into_iter().map(Scope::name);
    let others = WORDS.iter().map(|(key, _)| *key);
    scopes.chain(others.filter(|key| !key.ends_with('.')))
}

/// Whether there is a question of that key.
pub fn exists(key: &str) -> bool {
    keys().any(|known| known == key)
}

/// What may be meant by an answer that does not fit: a key when there is no such question, else a
/// word.
pub fn nearest(key: &str, answer: &Json) -> Option<&'static str> {
    if !exists(key) {
        return near(key, keys()).first().copied();
    }
    let words = words(key).unwrap_or_default().iter().copied();
    near(answer.as_str()?, words).first().copied()
}

/// Whether a question key exists and the answer is of its kind, before any question is asked.
///
/// # Errors
/// What is wrong, with the words that would be right.
pub fn check_answer(key: &str, answer: &Json) -> Result<(), String> {
    let Some(words) = words(key).filter(|_| exists(key)) else {
        let keys = WORDS.iter().map(|(known, _)| match *known {
            "scope." => "scope.NAME",
            other => other,
        });
        let keys = keys.collect::<Vec<_>>().join(", ");
        return Err(format!("`{key}` is no question; questions are {keys}"));
    };
    let fits = match (key, answer) {
        ("scan", Json::String(code)) => !code.is_empty() && !code.contains(char::is_whitespace),
        (_, Json::String(word)) => words.contains(&word.as_str()),
        ("actionSheet", Json::Number(index)) => index.is_u64(),
        ("settings", Json::Object(switches)) => switches.values().all(Json::is_boolean),
        ("modal", Json::Object(input)) => {
            input.len() == 1 && input.get("confirm").is_some_and(Json::is_string)
        }
        ("subscribe", Json::Object(words)) => words.iter().all(message_choice::is_word),
        ("media" | "file", Json::Object(_)) => chosen_files::wanted(answer).is_some(),
        (
            "address" | "invoiceTitle" | "invoice" | "card" | "licensePlate",
            Json::Object(chosen),
        ) => choice::is_choice(key, chosen),
        ("program", Json::Object(back)) => back.len() == 1 && back.contains_key("extraData"),
        ("share", Json::Object(to)) => to.len() == 1 && !receivers(answer).is_empty(),
        ("scan", Json::Object(code)) => is_code(code),
        ("conversation", Json::Object(answer)) => conversation::is_answer(answer),
        ("feedback", Json::Object(answer)) => {
            answer.len() == 1 && answer.get("text").is_some_and(Json::is_string)
        }
        _ => false,
    };
    if fits {
        return Ok(());
    }
    let more = match key {
        "actionSheet" => " or the number of an item (from 0)",
        "settings" => " or an object of switches such as {\"scope.userLocation\":true}",
        "modal" => " or {\"confirm\":\"typed text\"}",
        "subscribe" => " or {\"ID\":\"accept\",\"OTHER ID\":\"reject\",\"always\":true}",
        "media" => " or {\"files\":[{\"type\":\"image\",\"width\":1080,\"height\":1440}]}",
        "program" => " or {\"extraData\":{\"key\":\"value\"}}, which it goes back with",
        "file" => " or {\"files\":[{\"name\":\"a.pdf\",\"size\":1024}]}",
        "share" => " or {\"to\":\"ID\"} with a user or group, or a list of them",
        "scan" => {
            " or {\"result\":\"text of the code\",\"scanType\":\"QR_CODE\"}, or the id of one of [[codes]], \
             also {\"code\":\"ID\",\"from\":\"album\"}"
        }
        _ => choice::advice(key),
    };
    Err(format!(
        "`{answer}` does not answer `{key}`; use {}{more}",
        words.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Question, check_answer};

    #[test]
    fn a_question_is_read_as_it_was_written() {
        let cancellable = Question::new("modal", "Delete?");
        for question in [
            Question {
                cancellable: false,
                ..cancellable.clone()
            },
            cancellable,
        ] {
            let text = serde_json::to_string(&question).expect("plain members");
            assert_eq!(
                serde_json::from_str::<Question>(&text).expect(&text),
                question
            );
        }
    }

    #[test]
    fn an_answer_must_be_of_the_questions_kind() {
        assert_eq!(check_answer("scope.userLocation", &json!("deny")), Ok(()));
        assert_eq!(
            check_answer("settings", &json!({"scope.camera": true})),
            Ok(())
        );
        assert_eq!(check_answer("actionSheet", &json!(2)), Ok(()));
        assert!(check_answer("scope.userLocation", &json!("yes")).is_err());
        assert!(check_answer("scopes", &json!("allow")).is_err());
        assert!(check_answer("settings", &json!({"scope.camera": "on"})).is_err());
    }

    #[test]
    fn a_typed_text_answers_what_has_a_place_for_it() {
        let modal = Question {
            editable: true,
            ..Question::new("modal", "")
        };
        for question in [
            modal,
            Question::new("scan", ""),
            Question::new("feedback", ""),
        ] {
            let answer = question.typed("茶").expect("it takes a text");
            assert_eq!(question.accepts(&answer), Ok(()));
        }
        assert_eq!(Question::new("modal", "").typed("茶"), None);
    }

    #[test]
    fn an_answer_must_fit_what_is_shown() {
        let sheet = Question {
            entries: vec!["a".into()],
            ..Question::new("actionSheet", "")
        };
        assert!(sheet.accepts(&json!(0)).is_ok() && sheet.accepts(&json!(1)).is_err());
        assert_eq!(sheet.answers(), ["0", "cancel", "ignore"]);
        let modal = Question {
            cancellable: false,
            ..Question::new("modal", "")
        };
        assert!(modal.accepts(&json!("cancel")).is_err());
        assert_eq!(modal.answers(), ["confirm", "ignore"]);
        assert!(
            Question::new("settings", "")
                .accepts(&json!({"scope.x": true}))
                .is_err()
        );
    }

    #[test]
    fn a_scanned_code_is_one_that_the_call_reads() {
        let scan = Question {
            entries: vec!["table".into()],
            ..Question::new("scan", "")
        };
        assert_eq!(
            scan.answers(),
            ["table", r#"{"result":"TEXT"}"#, "cancel", "ignore"]
        );
        for answer in [
            json!("table"),
            json!({ "code": "table" }),
            json!({ "code": "table", "from": "camera" }),
            json!("wxcode://wx1/table"),
            json!({ "result": "text" }),
            json!("cancel"),
        ] {
            assert_eq!(scan.accepts(&answer), Ok(()), "{answer}");
        }
        let wrong = scan.accepts(&json!("tabel")).expect_err("no code");
        assert!(wrong.ends_with("it reads table"), "{wrong}");
        let album = json!({ "code": "table", "from": "album" });
        assert!(scan.accepts(&album).is_err(), "the camera only");
        let scan = Question {
            album: true,
            ..scan
        };
        assert_eq!(scan.accepts(&album), Ok(()));
        for answer in [
            json!({ "code": 1 }),
            json!({ "code": "table", "from": "table" }),
            json!({ "code": "table", "result": "text" }),
            json!("two words"),
        ] {
            assert!(check_answer("scan", &answer).is_err(), "{answer}");
        }
    }

    #[test]
    fn the_first_answer_of_every_kind_agrees() {
        for (key, _) in super::WORDS {
            let key = match *key {
                "scope." => "scope.camera",
                key => key,
            };
            let question = Question {
                entries: vec!["scope.camera".into()],
                ..Question::new(key, "")
            };
            let first = question.answers().swap_remove(0);
            let refusing = ["deny", "refuse", "cancel", "dismiss", "ignore"];
            assert!(!refusing.contains(&first.as_str()), "{key}: {first}");
            let answer = serde_json::from_str(&first).unwrap_or_else(|_| json!(first));
            assert_eq!(question.accepts(&answer), Ok(()), "{key}");
        }
    }
}
