//! Calls that wait for agreement to the privacy guide.
//!
//! Official page: "Privacy agreement development guide". A program that listens with
//! `wx.onNeedPrivacyAuthorization` shows its own dialog and tells what came of it through `resolve`;
//! without a listener the client asks. All calls that wait settle together.
//!
//! Unverified: `resolve` with `agree` before the agree button was tapped leaves the calls waiting and
//! prints what mini games print.

use super::core::{Core, Purpose};
use super::gate::PrivacyNeed;
use super::queue::Work;
use super::sim::Sim;
use super::trace::{Cause, Event};
use crate::api::question::Question;
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::privacy::{AgreePrivacy, RefusePrivacy};

/// The listener of the program.
const LISTENER: &str = "onNeedPrivacyAuthorization";

impl Core {
    /// A call needs the user's agreement.
    pub(super) fn need_privacy(&mut self, number: u32, need: PrivacyNeed) {
        if self.heard.contains(LISTENER) {
            self.await_program(number);
        } else if self.world.privacy_was_just_refused(&self.world.caller()) {
            self.reply(number, Err(Reason::PrivacyRefused));
        } else {
            match need {
                PrivacyNeed::Alone => {
                    let text = self.world.privacy_contract_name();
                    self.ask(number, Question::new("privacy", text), Purpose::Privacy);
                }
                PrivacyNeed::With(scope, question) => {
                    self.ask(number, question, Purpose::Scope(scope));
                }
            }
        }
    }

    /// The program is told, once for all calls that wait.
    fn await_program(&mut self, number: u32) {
        let first = self.privacy_waits.is_empty();
        self.privacy_waits.push(number);
        if first {
            self.later(0, Work::NeedPrivacy(number));
        }
    }

    /// The user answered the client's own dialog.
    pub(super) fn privacy_answered(&mut self, agreed: bool, calls: &[u32]) {
        let caller = self.world.caller();
        if agreed {
            self.world.apply(AgreePrivacy(caller));
        } else {
            self.world.apply(RefusePrivacy(caller));
        }
        self.settle_privacy(agreed, calls);
    }

    fn settle_privacy(&mut self, agreed: bool, calls: &[u32]) {
        for call in calls {
            if agreed {
                self.enter_gate(*call);
            } else {
                self.reply(*call, Err(Reason::PrivacyRefused));
            }
        }
    }

    /// The program says what came of its own dialog.
    pub(super) fn resolve_privacy(&mut self, event: &str, button: &str) {
        let mut told = serde_json::json!({ "event": event });
        if !button.is_empty() {
            told["buttonId"] = button.into();
        }
        self.emit(|| Event::Sync {
            api: format!("{LISTENER}.resolve"),
            object: None,
            arguments: serde_json::json!([told]),
            result: serde_json::Value::Null,
        });
        let caller = self.world.caller();
        let agreed = match event {
            "agree" => true,
            "disagree" => false,
            _ => return,
        };
        if agreed && self.world.needs_privacy_agreement(&caller) {
            let text = format!(
                "{LISTENER}: click action before resolve is needed: no agreePrivacyAuthorization \
                 button was tapped"
            );
            return self.console("error", text);
        }
        if !agreed {
            self.world.apply(RefusePrivacy(caller));
        }
        let calls = std::mem::take(&mut self.privacy_waits);
        self.settle_privacy(agreed, &calls);
    }
}

impl Sim {
    /// The program's listener shows its dialog.
    pub(super) fn tell_privacy(&mut self, number: u32) {
        let referrer = self.with(|core| Some(core.calls.get(&number)?.name.to_string()));
        let Some(referrer) = referrer else { return };
        let info = Value::object([("referrer", referrer.into())]);
        self.task(Cause::System, false, LISTENER, |sim| {
            sim.with(|core| {
                let argument = super::trace::json(&info);
                core.emit(|| Event::Told {
                    event: LISTENER.to_owned(),
                    object: None,
                    argument,
                });
            });
            sim.engine
                .call("needPrivacy", std::slice::from_ref(&info))
                .map(drop)
        });
    }
}
