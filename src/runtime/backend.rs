//! The program's own server, as far as a run from the command line needs one.
//!
//! What it does with WeChat Pay is in [`pay`](super::pay).
//!
//! Official pages: `code2Session`, "Signature check and decryption of open data". The step `server
//! code2session` exchanges the latest login code, as a server that was sent it would; `server decrypt`
//! opens the user's latest encrypted data with the key that the server got last for that user. Keys
//! stay out of the trace: they have numbers. `server custom-send` is the endpoint of the customer service.

use std::fmt;
use std::str::FromStr;

use serde_json::{Value as Json, json};

use super::card_step::{self, CardStep};
use super::core::Core;
use super::message_step::SendStep;
use super::pay::{self, PayStep};
use super::sim::StepError;
use super::step::BadStep;
use super::trace::Event;
use crate::world::conversation::SendFromService;
use crate::world::open_data::TakeNewKeys;
use crate::world::session::{ExpireSession, KeyId, RedeemLoginCode};

/// What the program's server does.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerStep {
    /// Exchanges the latest login code.
    Code2Session,
    /// Opens the latest encrypted data.
    Decrypt,
    /// Does something with cards.
    Card(CardStep),
    /// Sends a message.
    Send(SendStep),
    /// Asks WeChat Pay.
    Pay(PayStep),
    /// Sends a message of the customer service to the user: the body of the endpoint.
    CustomSend(Json),
}

impl FromStr for ServerStep {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        if let Some(body) = text.strip_prefix(CUSTOM_SEND) {
            let body = serde_json::from_str(body).map_err(|error| {
                BadStep(format!(
                    "`server {CUSTOM_SEND}` needs a text in quotes or the body of the endpoint as JSON, such as \
                     {{\"msgtype\":\"text\",\"text\":{{\"content\":\"hi\"}}}}: {error}"
                ))
            })?;
            return Ok(Self::CustomSend(body));
        }
        let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        if let Some(step) = SendStep::parse(verb, rest.trim()) {
            return step.map(Self::Send);
        }
        match (verb, rest) {
            ("code2session", "") => Ok(Self::Code2Session),
            ("decrypt", "") => Ok(Self::Decrypt),
            ("card", rest) => rest.parse().map(Self::Card),
            _ if PayStep::begins(verb) => text.parse().map(Self::Pay),
            _ => {
                let (card, pay) = (card_step::FORMS, pay::FORMS);
                let wrong = format!(
                    "`server` does code2session, decrypt, soter, soterKey, subscribe-send, template-send, \
                     uniform-send, {CUSTOM_SEND} JSON, {pay} or {card}, not `{text}`"
                );
                Err(BadStep(wrong))
            }
        }
    }
}

impl fmt::Display for ServerStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code2Session => f.write_str("code2session"),
            Self::Decrypt => f.write_str("decrypt"),
            Self::Card(step) => write!(f, "{step}"),
            Self::Send(step) => write!(f, "{step}"),
            Self::Pay(step) => write!(f, "{step}"),
            Self::CustomSend(body) => write!(f, "{CUSTOM_SEND} {body}"),
        }
    }
}

const CUSTOM_SEND: &str = "custom-send";

/// What the trace knows of session keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Backend {
    /// The key that the trace told of last.
    told: Option<KeyId>,
    /// Whether the trace tells the key itself.
    reveals: bool,
}

impl Backend {
    pub(super) fn new(reveals: bool) -> Self {
        Self {
            reveals,
            ..Self::default()
        }
    }

    pub(super) fn reveals_session_key(&self) -> bool {
        self.reveals
    }
}

impl Core {
    /// Tells of a new session key, and under which key a call's data were encrypted.
    pub(super) fn tell_keys(&mut self, call: u32) {
        let caller = self.world.caller();
        let alive = self.world.session_key(&caller).map(|key| key.id);
        if let Some(key) = alive.filter(|key| self.backend.told != Some(*key)) {
            self.backend.told = Some(key);
            self.emit(|| Event::SessionKey { call, key: key.0 });
        }
        for key in self.world.apply(TakeNewKeys) {
            self.emit(|| Event::Encrypted { call, key: key.0 });
        }
    }

    /// The server does something; what came of it is an entry of the trace.
    pub(super) fn serve(&mut self, step: &ServerStep) -> Result<(), StepError> {
        let (result, problem) = match step {
            ServerStep::Code2Session => self.code2session()?,
            ServerStep::Decrypt => self.decrypt()?,
            ServerStep::Card(step) => self.serve_card(step)?,
            ServerStep::Send(step) => self.send_message(step),
            ServerStep::Pay(step) => self.ask_wechat_pay(step),
            ServerStep::CustomSend(body) => self.custom_send(body),
        };
        self.emit(|| Event::Server {
            action: match step {
                ServerStep::Send(step) => step.name().to_owned(),
                ServerStep::CustomSend(_) => CUSTOM_SEND.to_owned(),
                other => other.to_string(),
            },
            result,
            problem,
        });
        Ok(())
    }

    fn code2session(&mut self) -> Result<(Json, String), StepError> {
        let code = self.world.latest_code(&self.world.caller());
        let code = code.ok_or(StepError::NothingForServer("wx.login gave no code yet"))?;
        let app_id = self.world.app().app_id.clone();
        Ok(match self.world.apply(RedeemLoginCode { app_id, code }) {
            Ok(redeemed) => {
                let key = redeemed.session_key.id.0;
                let text = redeemed.session_key.base64;
                let union_id = self.world.union_id_of_login(&redeemed.caller);
                let mut result = json!({ "openid": redeemed.open_id, "sessionKey": key });
                if self.backend.reveals {
                    result["session_key"] = text.into();
                }
                if let Some(union_id) = union_id {
                    result["unionid"] = union_id.into();
                }
                (result, String::new())
            }
            Err(error) => (Json::Null, error.to_string()),
        })
    }

    fn decrypt(&mut self) -> Result<(Json, String), StepError> {
        let caller = self.world.caller();
        let data = self.world.latest_ciphertext(&caller);
        let data = data.ok_or(StepError::NothingForServer("nothing was encrypted yet"))?;
        let key = self.world.server_key(&caller);
        let key = key.ok_or(StepError::NothingForServer(
            "the server has no session_key; use the step `server code2session` before",
        ))?;
        Ok(match self.world.read_open_data(&data, key) {
            Ok(plain) => (
                serde_json::from_str(&plain).unwrap_or_default(),
                String::new(),
            ),
            Err(error) => (Json::Null, error.to_string()),
        })
    }

    /// A message of the customer service; a text alone is a message of that type.
    fn custom_send(&mut self, body: &Json) -> (Json, String) {
        let body = match body {
            Json::String(text) => json!({ "msgtype": "text", "text": { "content": text } }),
            body => body.clone(),
        };
        let caller = self.world.caller();
        let sent = self.world.apply(SendFromService(caller, body));
        self.renew_doors();
        match sent {
            Ok(()) => (json!({ "errcode": 0, "errmsg": "ok" }), String::new()),
            Err(error) => (Json::Null, error.to_string()),
        }
    }

    /// The platform ends the session of the user in the program.
    pub(super) fn expire_session(&mut self) {
        let caller = self.world.caller();
        self.world.apply(ExpireSession(caller));
        self.backend.told = None;
    }
}
