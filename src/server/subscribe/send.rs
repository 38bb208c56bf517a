//! `POST /cgi-bin/message/subscribe/send`: sends a subscribe message.
//!
//! Official page: `subscribeMessage.send`. Each acceptance of a one-time template is good for one message; what is
//! refused uses none up. What each value may be stands in [`data`](crate::world::message::data).
//!
//! Unverified: `msgid` has come since 2021; other words for `miniprogram_state` or `lang` give 47003; a message of
//! more than 16 KB of texts gives 45002.
//!
//! Differs from the platform: requests are answered one after another, so that 43108 never comes by itself.

use serde_json::{Map, Value as Json};

use super::SINCE;
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::server::message_body::draft;
use crate::world::World;
use crate::world::account::EnvVersion;
use crate::world::message::send::{Draft, SendSubscribed};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.send",
    Verb::Post,
    "/cgi-bin/message/subscribe/send",
    handle,
)
.since(SINCE);

/// From this day the answer has a `msgid`.
const ID_FROM: Date = Date::new(2021, 1, 1);
/// Words of `miniprogram_state`.
const STATES: [(&str, EnvVersion); 4] = [
    ("", EnvVersion::Release),
    ("formal", EnvVersion::Release),
    ("trial", EnvVersion::Trial),
    ("developer", EnvVersion::Develop),
];
/// Words of `lang`.
const LANGS: [&str; 4] = ["zh_CN", "en_US", "zh_HK", "zh_TW"];

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let draft = Draft {
        state: state(asked)?,
        lang: lang(asked)?,
        ..draft(&asked.app_id, asked.text("touser")?, asked.json()?)?
    };
    let sent = world.apply(SendSubscribed(draft))?;
    let mut members = Map::new();
    if world.profile().compat_date >= ID_FROM {
        members.insert("msgid".to_owned(), sent.id.into());
    }
    Ok(Answer::with(Json::Object(members)))
}

fn state(asked: &Asked<'_>) -> Result<EnvVersion, Fault> {
    let word = asked.text("miniprogram_state")?;
    let found = STATES.iter().find(|(known, _)| *known == word);
    let found = found.map(|(_, state)| *state);
    found.ok_or_else(|| argument("miniprogram_state", "developer, trial or formal"))
}

fn lang(asked: &Asked<'_>) -> Result<Option<String>, Fault> {
    let word = asked.text("lang")?;
    if word.is_empty() {
        return Ok(None);
    }
    if LANGS.contains(&word.as_str()) {
        return Ok(Some(word));
    }
    Err(argument("lang", "zh_CN, en_US, zh_HK or zh_TW"))
}

fn argument(name: &str, wanted: &str) -> Fault {
    let (code, text) = (errcode::ARGUMENT_INVALID.0, errcode::ARGUMENT_INVALID.1);
    Fault::new(code, format!("{text} {name} invalid")).because(format!("`{name}` is {wanted}"))
}

#[cfg(test)]
#[path = "send_tests.rs"]
mod tests;
