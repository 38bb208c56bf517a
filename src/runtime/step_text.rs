//! Steps as text, as they are written.

use std::fmt;

use serde_json::Value as Json;

use super::start_words;
use super::step::Step;

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gesture { method, dataset } => {
                write!(f, "gesture {method}")?;
                match dataset.as_object() {
                    Some(members) if members.is_empty() => Ok(()),
                    _ => write!(f, " {dataset}"),
                }
            }
            Self::Button(tap) => write!(f, "button {tap}"),
            Self::Back => f.write_str("back"),
            Self::TabItem(index) => write!(f, "tabItem {index}"),
            Self::Advance(ms) => write!(f, "advance {ms}ms"),
            Self::Background => f.write_str("background"),
            Self::Resume(None) => f.write_str("resume"),
            Self::Resume(Some(options)) => write!(f, "resume {}", start_words::text(options)),
            Self::Launch(options) => write!(f, "launch {}", start_words::text(options)),
            Self::Scan(step) => write!(f, "{step}"),
            Self::Open(step) => write!(f, "open {step}"),
            Self::Kill => f.write_str("kill"),
            Self::Answer { key, answer } => match answer.as_str() {
                Some(word) => write!(f, "answer {key}={word}"),
                None => write!(f, "answer {key}={answer}"),
            },
            Self::Settings(switches) => {
                let members = switches
                    .iter()
                    .map(|(scope, on)| (scope.name().to_owned(), Json::Bool(*on)));
                write!(f, "settings {}", Json::Object(members.collect()))
            }
            Self::Server(step) => write!(f, "server {step}"),
            Self::OpenMessage(open) => write!(f, "{open}"),
            Self::Soter(step) => write!(f, "{step}"),
            Self::Expire => f.write_str("expire"),
            Self::DeleteApp => f.write_str("deleteApp"),
            Self::Program(app_id, options) => {
                let text = format!("program {app_id} {}", start_words::text(options));
                f.write_str(text.trim_end())
            }
            Self::User(id) => write!(f, "user {id}"),
            Self::Locate(latitude, longitude) => write!(f, "locate {latitude},{longitude}"),
            Self::Attach(component) => write!(f, "attach {component}"),
            Self::Nickname(input) => write!(f, "nickname {input}"),
            Self::PullDown => f.write_str("pullDown"),
            Self::ReachBottom => f.write_str("reachBottom"),
            Self::Network(connection) => write!(f, "network {}", connection.name()),
            Self::Theme(theme) => write!(f, "theme {}", theme.name()),
            Self::View(step) => write!(f, "{step}"),
            Self::Phone(step) => write!(f, "{step}"),
            Self::Share(step) => write!(f, "{step}"),
            Self::Evaluate(code) => write!(f, "evaluate {code}"),
        }
    }
}
