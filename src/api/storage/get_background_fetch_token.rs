//! `wx.getBackgroundFetchToken`: the token that fetching shows to the server.
//!
//! Official page: `api/storage/background-fetch/wx.getBackgroundFetchToken`.
//!
//! Without a token it fails (official page).
//!
//! Unverified: the text of the failure.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBackgroundFetchToken",
    group: Group::Storage,
    summary: "Gives the token that was set.",
    since: Version(2, 8, 0),
    fails: &[Reason::Device(DeviceProblem::NoToken)],
    examples: &[Example {
        title: "Nothing was set",
        js: "wx.getBackgroundFetchToken({ fail: () => {} })",
        replies: "getBackgroundFetchToken:fail no token",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let token = cx.world.fetch_token(&cx.caller).map(Value::from);
    let token = token.ok_or(Reason::Device(DeviceProblem::NoToken))?;
    Ok(vec![("token".to_owned(), token)])
}
