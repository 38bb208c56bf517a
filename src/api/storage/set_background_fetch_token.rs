//! `wx.setBackgroundFetchToken`: the token that fetching shows to the server.
//!
//! Official page: `api/storage/background-fetch/wx.setBackgroundFetchToken`.
//!
//! Unverified: the text for a token of more than 1024 characters.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::background_fetch::SetFetchToken;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setBackgroundFetchToken",
    group: Group::Storage,
    summary: "Sets the token that fetching shows to the server.",
    since: Version(2, 8, 0),
    params: &[Param::required("token", Class::String)],
    fails: &[Reason::Device(DeviceProblem::TokenTooLong)],
    examples: &[Example {
        title: "After the login",
        js: "wx.setBackgroundFetchToken({ token: 'own-session' })",
        replies: "setBackgroundFetchToken:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let token = options.get("token").as_str().unwrap_or_default().to_owned();
    if token.encode_utf16().count() > TOKEN_MAX {
        return Err(Reason::Device(DeviceProblem::TokenTooLong));
    }
    let caller = cx.caller.clone();
    cx.world.apply(SetFetchToken { caller, token });
    Ok(Vec::new())
}

/// Longest token, in characters.
const TOKEN_MAX: usize = 1024;
