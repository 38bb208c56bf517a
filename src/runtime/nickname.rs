//! `<input type="nickname">`: the user fills in a nickname.
//!
//! Official page: "Avatar and nickname" (头像昵称填写). Since base library 2.21.2 the keyboard offers the user's
//! WeChat nickname; where the user did not agree to the privacy guide the field is an ordinary one,
//! without a question. Since 2.24.4 the text is checked when the field loses the focus, and since
//! 2.29.1 the page hears of it: `bindnicknamereview`, with `pass` and `timeout`.
//!
//! Differs from the client: the check is over at once; whether a text passes is said with the step.

use std::fmt;
use std::str::FromStr;

use serde_json::{Value as Json, json};

use super::core::Core;
use super::sim::{Sim, StepError};
use super::step::BadStep;
use super::trace::Cause;
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::{PrivacyItem, PrivacyOutlook};

/// Base library from which the keyboard offers the nickname.
const OFFERED_SINCE: Version = Version(2, 21, 2);
/// Base library from which the page hears of the check.
const REVIEWED_SINCE: Version = Version(2, 29, 1);

/// A user who fills in a field.
#[derive(Clone, Debug, PartialEq)]
pub struct NicknameInput {
    /// The page's handler of `blur`.
    pub method: String,
    /// An object: `value` is what the user types in the place of the offered nickname, `pass` whether
    /// it passes the check, `review` the handler of `nicknamereview`; `id` and `dataset` of the field.
    pub attributes: Json,
}

impl FromStr for NicknameInput {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let bad = |why: &str| {
            BadStep(format!(
                "{why}; write `nickname METHOD [JSON]`, such as `nickname onBlur \
                 {{\"value\":\"Mei\",\"review\":\"onReview\"}}`"
            ))
        };
        let (method, attributes) = match text.find('{') {
            Some(at) => text.split_at(at),
            None => (text, "{}"),
        };
        let method = method.trim();
        if method.is_empty() || method.contains(char::is_whitespace) {
            return Err(bad("one handler of `blur` is needed"));
        }
        let attributes = serde_json::from_str(attributes)
            .map_err(|error| bad(&format!("the rest is not JSON: {error}")))?;
        Ok(Self {
            method: method.to_owned(),
            attributes,
        })
    }
}

impl fmt::Display for NicknameInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.method)?;
        if self.attributes != json!({}) {
            write!(f, " {}", self.attributes)?;
        }
        Ok(())
    }
}

impl Sim {
    /// The user fills in the field and leaves it.
    pub(super) fn fill_in_nickname(&mut self, input: &NicknameInput) -> Result<(), StepError> {
        let offered = self.with(|core| core.offered_nickname());
        let typed = input.attributes["value"].as_str().map(str::to_owned);
        let value = typed.or_else(|| offered.clone()).unwrap_or_default();
        let cursor = u32::try_from(value.encode_utf16().count()).unwrap_or(u32::MAX);
        let detail = Value::object([("value", value.into()), ("cursor", cursor.into())]);
        let gesture = self.next_gesture();
        let attributes = &input.attributes;
        let blur = (input.method.as_str(), attributes);
        self.field_event(Cause::Gesture(gesture), "blur", blur, detail)?;
        let is_heard = self.with(|core| core.world.profile().sdk >= REVIEWED_SINCE);
        match attributes["review"].as_str() {
            Some(review) if is_heard && offered.is_some() => {
                let pass = attributes["pass"] != false;
                let detail = Value::object([("pass", pass.into()), ("timeout", false.into())]);
                self.field_event(
                    Cause::Render,
                    "nicknamereview",
                    (review, attributes),
                    detail,
                )
            }
            _ => Ok(()),
        }
    }
}

impl Core {
    /// The nickname that the keyboard offers; `None` for an ordinary field.
    fn offered_nickname(&self) -> Option<String> {
        let caller = self.world.caller();
        let outlook = self.world.privacy_outlook(&caller, PrivacyItem::Profile);
        let offers = self.world.profile().sdk >= OFFERED_SINCE && outlook == PrivacyOutlook::Open;
        offers.then(|| self.world.user().nickname.clone())
    }
}
