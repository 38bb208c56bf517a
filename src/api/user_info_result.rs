//! What `wx.getUserInfo`, its button and `wx.getUserProfile` answer.
//!
//! Official page: `api/open-api/user-info/UserInfo`. `rawData` is the text that the server checks
//! `signature` against, to the letter. Places are told in the language of `lang`, in English without it.
//!
//! Unverified: `language` is the user's own, whatever `lang` says, as in the sample of the page on signatures,
//! which has `zh_CN` beside English places; a `lang` that there is not is English; the encrypted data have the
//! places in the same language; before base library 1.3.0 they are English.

use serde_json::Value as Json;

use super::{Cx, Reply, open_data_result};
use crate::crypto::signature;
use crate::errmsg::Reason;
use crate::value::Value;
use crate::version::Version;
use crate::world::place_name::Language;
use crate::world::session::SessionState;
use crate::world::user_info::Source;

/// What a result has besides `userInfo` and `rawData`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// `signature`, `encryptedData`, `iv`: a session must be alive.
    Needed,
    /// The same when a session is alive.
    WhenThere,
    /// `signature` only, when a session is alive.
    Left,
}

/// Base library that introduced `lang`.
pub const LANG_SINCE: Version = Version(1, 3, 0);

/// The members of a result; the options may name the language of places.
///
/// # Errors
/// Credentials are needed and no session is alive.
pub fn members(
    cx: &mut Cx<'_>,
    options: &Value,
    source: Source,
    credentials: Credentials,
) -> Reply {
    let lang = options.get("lang").as_str();
    let lang = lang.filter(|_| cx.world.profile().sdk >= LANG_SINCE);
    let language = lang.and_then(Language::parse).unwrap_or_default();
    let info = cx.world.user_info(source, language);
    let raw_data = Json::Object(info.clone()).to_string();
    let mut members = vec![
        ("userInfo".to_owned(), Value::from(&Json::Object(info))),
        ("rawData".to_owned(), raw_data.as_str().into()),
    ];
    let alive = cx.world.session_state(&cx.caller) == SessionState::Alive;
    if !alive && credentials == Credentials::Needed {
        return Err(Reason::LoginRequired);
    }
    if let Some(key) = cx.world.session_key(&cx.caller) {
        let signature = signature::of_raw_data(&raw_data, &key.base64);
        members.push(("signature".to_owned(), signature.into()));
    }
    if alive && credentials != Credentials::Left {
        let server = cx.world.user_info_for_server(&cx.caller, source, language);
        members.extend(open_data_result::sealed(cx, server)?);
    }
    Ok(members)
}
