//! Message push: where an app's server wants its messages, and in which form they go there.
//!
//! Official page: "Message push" (the settings in the console, the check of the URL, plain text, compatible and safe
//! mode, XML and JSON), "Receiving messages and events". Each message that WeChat has for the server becomes a
//! delivery once the app has a URL; what came before is not sent later. A reply that hands a message over to people
//! of the customer service is remembered.
//!
//! Unverified: the type of a body is `text/xml` or `application/json`; in compatible mode the members stand before
//! `Encrypt`.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::super::handover::{Handover, Recipient, TakePushes};
use super::super::rng::{derived_hex, derived_text, number_of};
use super::super::{Change, Millis, World, sealed::Sealed};
use super::delivery::{FinishDelivery, Kind, Outcome, QueueDelivery, Told, Verdict};
use crate::crypto::push_message::{RANDOM_BYTES, key, open, seal, signature};

/// How messages are encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Not at all.
    #[default]
    Plain,
    /// Both forms in one body.
    Compat,
    /// Encrypted alone.
    Safe,
}

/// How bodies are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

/// What the console has for message push.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct PushSettings {
    /// Where messages go.
    pub url: String,
    /// `Token`: 3 to 32 letters and digits.
    pub token: String,
    /// `EncodingAESKey`: 43 letters and digits; may be empty in plain mode.
    pub encoding_aes_key: String,
    /// How they are encrypted.
    pub mode: Mode,
    /// How they are written.
    pub format: Format,
}

/// Replies that hand over to people, the last ones.
const TRANSFERS_KEPT_MAX: usize = 200;

/// Settings by app, and what came of messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in super::super) struct Pushes {
    settings: BTreeMap<String, PushSettings>,
    made: u64,
    transfers: VecDeque<(Millis, String)>,
}

impl PushSettings {
    /// What is wrong with them, if something is.
    ///
    /// # Errors
    /// The first thing, and what to do.
    pub fn check(&self) -> Result<(), String> {
        let letters = |text: &str| text.chars().all(|it| it.is_ascii_alphanumeric());
        if !self.url.starts_with("http://") && !self.url.starts_with("https://") {
            Err(format!(
                "`url` must begin with http:// or https://, not `{}`",
                self.url
            ))
        } else if !(3..=32).contains(&self.token.len()) || !letters(&self.token) {
            Err("`token` has 3 to 32 letters and digits".to_owned())
        } else if self.mode != Mode::Plain
            && (key(&self.encoding_aes_key).is_err() || !letters(&self.encoding_aes_key))
        {
            Err(
                "`encodingAesKey` has 43 letters and digits, which the modes compat and safe need"
                    .to_owned(),
            )
        } else {
            Ok(())
        }
    }

    /// The address with the parameters of a moment.
    fn signed(&self, time_stamp: i64, nonce: &str, more: &str) -> String {
        let mark = if self.url.contains('?') { '&' } else { '?' };
        let signed = signature(&[&self.token, &time_stamp.to_string(), nonce]);
        format!(
            "{}{mark}signature={signed}&timestamp={time_stamp}&nonce={nonce}{more}",
            self.url
        )
    }
}

/// An app has these settings from now on. Whether the server answers is asked before, with
/// [`World::push_check`].
#[derive(Clone, Debug)]
pub struct SetPush(pub String, pub PushSettings);

impl Sealed for SetPush {}
impl Change for SetPush {
    type Effect = ();

    fn apply(self, world: &mut World) {
        // What nobody was to get until now is nobody's.
        world.apply(QueuePushes);
        world.open_api.pushes.settings.insert(self.0, self.1);
    }
}

/// Each message since the last time becomes a delivery, if its app has a URL.
#[derive(Clone, Copy, Debug)]
pub struct QueuePushes;

impl Sealed for QueuePushes {}
impl Change for QueuePushes {
    type Effect = ();

    fn apply(self, world: &mut World) {
        for handover in world.apply(TakePushes) {
            queue(world, &handover);
        }
    }
}

fn queue(world: &mut World, handover: &Handover) {
    let Recipient::Server(app_id) = &handover.to else {
        return;
    };
    let (Some(settings), Json::Object(message)) =
        (world.push_settings(app_id).cloned(), &handover.message)
    else {
        return;
    };
    let pushes = &mut world.open_api.pushes;
    pushes.made += 1;
    let (number, seed, now) = (pushes.made.to_string(), world.seed, world.now);
    let nonce = nonce(seed, &number);
    let time_stamp = now.0.div_euclid(1_000);
    let plain = written(settings.format, message);
    let from = message
        .get("FromUserName")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let mut more = format!("&openid={from}");
    let mut body = plain.clone();
    if settings.mode != Mode::Plain {
        let letters = derived_text(seed, &["push random", &number], RANDOM_BYTES);
        let mut random = [0; RANDOM_BYTES];
        random.copy_from_slice(letters.as_bytes());
        let Ok(sealed) = seal(&plain, app_id, &settings.encoding_aes_key, random) else {
            return;
        };
        let signed = signature(&[&settings.token, &time_stamp.to_string(), &nonce, &sealed]);
        more = format!("{more}&encrypt_type=aes&msg_signature={signed}");
        body = encrypted(&settings, message, sealed);
    }
    let kind = match settings.format {
        Format::Json => "application/json",
        Format::Xml => "text/xml",
    };
    world.apply(QueueDelivery {
        kind: Kind::Push,
        owner: app_id.clone(),
        url: settings.signed(time_stamp, &nonce, &more),
        headers: vec![("Content-Type".to_owned(), kind.to_owned())],
        body: body.into_bytes(),
        due: now,
    });
}

/// A number of up to ten digits, as text.
fn nonce(seed: u64, number: &str) -> String {
    (number_of(seed, &format!("push nonce {number}"), 1) % 2_000_000_000).to_string()
}

fn encrypted(settings: &PushSettings, message: &Map<String, Json>, sealed: String) -> String {
    let mut members = match settings.mode {
        Mode::Compat => message.clone(),
        _ => Map::new(),
    };
    if let Some(to) = message.get("ToUserName") {
        members.insert("ToUserName".to_owned(), to.clone());
    }
    members.insert("Encrypt".to_owned(), sealed.into());
    written(settings.format, &members)
}

/// A message as JSON on one line, or as XML: texts in CDATA, numbers bare.
fn written(format: Format, message: &Map<String, Json>) -> String {
    match format {
        Format::Json => Json::Object(message.clone()).to_string(),
        Format::Xml => {
            let mut out = String::new();
            element(&mut out, "xml", &wrapped(message));
            out
        }
    }
}

/// In XML the list of an event of subscribe messages stands in a member of the event's name.
fn wrapped(message: &Map<String, Json>) -> Map<String, Json> {
    let event = message
        .get("Event")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let name = LISTS.iter().find(|(of, _)| *of == event);
    let put = |(key, value): (&String, &Json)| match name {
        Some((_, name)) if key == "List" => ((*name).to_owned(), json!({ "List": value })),
        _ => (key.clone(), value.clone()),
    };
    message.iter().map(put).collect()
}

/// Events with a list, and the member that holds it in XML.
const LISTS: [(&str, &str); 3] = [
    ("subscribe_msg_popup_event", "SubscribeMsgPopupEvent"),
    ("subscribe_msg_change_event", "SubscribeMsgChangeEvent"),
    ("subscribe_msg_sent_event", "SubscribeMsgSentEvent"),
];

fn element(out: &mut String, name: &str, members: &Map<String, Json>) {
    let _ = write!(out, "<{name}>");
    for (name, value) in members {
        value_of(out, name, value);
    }
    let _ = write!(out, "</{name}>");
}

fn value_of(out: &mut String, name: &str, value: &Json) {
    match value {
        Json::Object(members) => element(out, name, members),
        Json::Array(items) => items.iter().for_each(|item| value_of(out, name, item)),
        Json::Null => drop(write!(out, "<{name}></{name}>")),
        Json::Number(_) | Json::Bool(_) => drop(write!(out, "<{name}>{value}</{name}>")),
        Json::String(text) => {
            let text = text.replace("]]>", "]]]]><![CDATA[>");
            let _ = write!(out, "<{name}><![CDATA[{text}]]></{name}>");
        }
    }
}

/// An app's server replied to a push with something: whether it handed the message over to people.
#[derive(Clone, Debug)]
pub struct TakePushReply<'a> {
    /// The app.
    pub app_id: &'a str,
    /// The body of the reply.
    pub body: &'a [u8],
}

impl Sealed for TakePushReply<'_> {}
impl Change for TakePushReply<'_> {
    type Effect = Result<bool, String>;

    fn apply(self, world: &mut World) -> Result<bool, String> {
        let text = String::from_utf8_lossy(self.body).into_owned();
        let settings = world
            .push_settings(self.app_id)
            .cloned()
            .unwrap_or_default();
        let plain = match member(&text, "Encrypt") {
            None => text,
            Some(sealed) => opened(&settings, self.app_id, &text, &sealed)?,
        };
        let is_transfer = member(&plain, "MsgType").as_deref() == Some("transfer_customer_service");
        if is_transfer {
            let to = member(&plain, "ToUserName").unwrap_or_default();
            let (now, transfers) = (world.now, &mut world.open_api.pushes.transfers);
            if transfers.len() >= TRANSFERS_KEPT_MAX {
                transfers.pop_front();
            }
            transfers.push_back((now, to));
        }
        Ok(is_transfer)
    }
}

/// A developer's server answered, or did not; what it replies to a push is read.
#[derive(Clone, Debug)]
pub struct EndDelivery {
    /// The number of the delivery.
    pub id: u64,
    /// What came of it.
    pub outcome: Outcome,
}

impl Sealed for EndDelivery {}
impl Change for EndDelivery {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Self { id, outcome } = self;
        let of_push = |told: &&Told| told.delivery.id == id && told.delivery.kind == Kind::Push;
        let pushed = world.deliveries().find(of_push);
        let app_id = pushed.map(|told| told.delivery.owner.clone());
        let verdict = world.apply(FinishDelivery { id, outcome });
        if let (Verdict::Replied(body), Some(app_id)) = (verdict, app_id) {
            // A reply that cannot be read is as good as none; the list of deliveries shows it.
            let (app_id, body) = (&*app_id, &*body);
            let _ = world.apply(TakePushReply { app_id, body });
        }
    }
}

fn opened(
    settings: &PushSettings,
    app_id: &str,
    text: &str,
    sealed: &str,
) -> Result<String, String> {
    let value = |name| member(text, name).unwrap_or_default();
    let signed = signature(&[
        &settings.token,
        &value("TimeStamp"),
        &value("Nonce"),
        sealed,
    ]);
    if signed != value("MsgSignature") {
        return Err(
            "the MsgSignature of the reply does not fit its Encrypt, TimeStamp and Nonce"
                .to_owned(),
        );
    }
    open(sealed, app_id, &settings.encoding_aes_key).map_err(|error| error.to_string())
}

/// A member of a JSON object or of flat XML, as text.
fn member(text: &str, name: &str) -> Option<String> {
    if let Ok(Json::Object(members)) = serde_json::from_str(text) {
        return match members.get(name)? {
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
    }
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (value, _) = rest.split_once(&format!("</{name}>"))?;
    let inner = value
        .trim()
        .strip_prefix("<![CDATA[")
        .and_then(|it| it.strip_suffix("]]>"));
    Some(inner.unwrap_or(value.trim()).to_owned())
}

impl World {
    /// The settings for message push of an app; `None` without any.
    pub fn push_settings(&self, app_id: &str) -> Option<&PushSettings> {
        self.open_api.pushes.settings.get(app_id)
    }

    /// The address that has to answer with the second text before settings hold.
    pub fn push_check(&self, app_id: &str, settings: &PushSettings) -> (String, String) {
        let number = self.open_api.pushes.made.to_string();
        let digits = derived_hex(self.seed, &["echostr", app_id, &number], 16);
        let echo = u64::from_str_radix(&digits, 16).unwrap_or_default() % 9_000_000_000_000_000_000;
        let echo = (echo + 1_000_000_000_000_000_000).to_string();
        let nonce = nonce(self.seed, &format!("check {number}"));
        let time_stamp = self.now.0.div_euclid(1_000);
        let url = settings.signed(time_stamp, &nonce, &format!("&echostr={echo}"));
        (url, echo)
    }

    /// Who was handed over to people of the customer service, and when: openids, the last one behind.
    pub fn transfers(&self) -> impl Iterator<Item = &(Millis, String)> {
        self.open_api.pushes.transfers.iter()
    }
}

#[cfg(test)]
#[path = "push_tests.rs"]
mod tests;
