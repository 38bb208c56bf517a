//! `server soter [JSON]`, `server soterKey`: what the program's server does with a biometric result.
//!
//! Official page: "Biometric authentication". The server sends the user's `openid`, the text that was signed and the signature
//! to `verify_signature`, which answers `is_ok`. JSON replaces what is sent, to see that nothing else verifies: `user` (the id of the
//! user whose `openid` it is), `json_string`, `json_signature`. The public key is for servers that verify by
//! themselves; the platform does not give it away.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value as Json, json};

use super::core::Core;
use super::sim::StepError;
use super::step::BadStep;
use super::trace::Event;
use crate::world::soter::SignedResult;

/// What the server does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoterStep {
    /// Verifies the latest result of the user, with these members in the place of the real ones.
    Verify(Map<String, Json>),
    /// Prints the public key of the user on this phone.
    Key,
}

const MEMBERS: [&str; 3] = ["user", "json_string", "json_signature"];

impl SoterStep {
    /// The step behind `server`; `None` when the word is another.
    pub(super) fn parse(text: &str) -> Option<Result<Self, BadStep>> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        matches!(word, "soter" | "soterKey").then(|| match (word, rest.trim()) {
            ("soterKey", "") => Ok(Self::Key),
            ("soterKey", rest) => Err(BadStep(format!(
                "`server soterKey` takes nothing more, not `{rest}`"
            ))),
            (_, "") => Ok(Self::Verify(Map::new())),
            (_, rest) => replaced(rest).map(Self::Verify),
        })
    }
}

impl FromStr for SoterStep {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let other = || Err(BadStep(format!("`server` does soter, not `{text}`")));
        Self::parse(text).unwrap_or_else(other)
    }
}

/// The members that are replaced.
fn replaced(text: &str) -> Result<Map<String, Json>, BadStep> {
    let json: Result<Map<String, Json>, _> = serde_json::from_str(text);
    let members = json.map_err(|error| {
        BadStep(format!(
            "`server soter` takes an object such as {{\"user\":\"jun\"}}, not `{text}`: {error}"
        ))
    })?;
    let is_wrong =
        |(name, value): &(&String, &Json)| !MEMBERS.contains(&name.as_str()) || !value.is_string();
    match members.iter().find(is_wrong) {
        None => Ok(members),
        Some((name, value)) => Err(BadStep(format!(
            "`server soter` takes texts for {}, not `{name}`: {value}",
            MEMBERS.join(", ")
        ))),
    }
}

impl fmt::Display for SoterStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("server soterKey"),
            Self::Verify(members) if members.is_empty() => f.write_str("server soter"),
            Self::Verify(members) => write!(f, "server soter {}", json!(members)),
        }
    }
}

impl Core {
    /// The server does something with the latest result; what came of it is an entry of the trace.
    pub(super) fn serve_soter(&mut self, step: &SoterStep) -> Result<(), StepError> {
        let caller = self.world.caller();
        let nothing = StepError::NothingForServer("the phone has signed nothing for the user yet");
        let latest = self.world.latest_soter_result(&caller).cloned();
        let latest = latest.ok_or(nothing)?;
        let (action, result) = match step {
            SoterStep::Key => {
                let key = self.world.soter_public_key(caller.user_id());
                ("soterKey", json!({ "public_key": key }))
            }
            SoterStep::Verify(members) => {
                let text = |name: &str, usual: &str| {
                    let given = members.get(name).and_then(Json::as_str);
                    given.unwrap_or(usual).to_owned()
                };
                let user = text("user", caller.user_id());
                if self.world.user_of(&user).is_none() {
                    let problem = format!("there is no user `{user}`");
                    return Err(StepError::BadAnswer(problem));
                }
                let sent = SignedResult {
                    json: text("json_string", &latest.json),
                    signature: text("json_signature", &latest.signature),
                };
                let is_ok = self.world.soter_verifies(&user, &sent);
                ("soter", json!({ "is_ok": is_ok }))
            }
        };
        self.emit(|| Event::Server {
            action: action.to_owned(),
            result,
            problem: String::new(),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::runtime::Step;

    #[test]
    fn a_step_is_written_as_it_is_read() {
        for text in [
            "server soter",
            "server soterKey",
            "server soter {\"user\":\"b\",\"json_string\":\"{}\"}",
        ] {
            let step: Step = text.parse().expect(text);
            assert_eq!(step.to_string(), text);
        }
        for text in [
            "server soter b",
            "server soter {\"open\":\"b\"}",
            "server soter {\"user\":1}",
            "server soterKey b",
            "server soters",
        ] {
            assert!(text.parse::<Step>().is_err(), "{text}");
        }
    }
}
