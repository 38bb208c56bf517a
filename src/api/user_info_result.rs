//! What `wx.getUserInfo`, its button and `wx.getUserProfile` answer.
//!
//! Official page: `api/open-api/user-info/UserInfo`. `rawData` is the text that the server checks
//! `signature` against, to the letter.

use serde_json::Value as Json;

use super::{Cx, Reply, open_data_result};
use crate::crypto::signature;
use crate::errmsg::Reason;
use crate::value::Value;
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

/// The members of a result.
///
/// # Errors
/// Credentials are needed and no session is alive.
pub fn members(cx: &mut Cx<'_>, source: Source, credentials: Credentials) -> Reply {
    let info = cx.world.user_info(source);
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
        let server = cx.world.user_info_for_server(&cx.caller, source);
        members.extend(open_data_result::sealed(cx, server)?);
    }
    Ok(members)
}
