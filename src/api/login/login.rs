//! `wx.login`: gives a one-time code that the app's server exchanges for a session.
//!
//! Official page: `api/open-api/login/wx.login`. No dialog, no tap. The code lives five minutes and
//! is exchanged once; the call may replace the `session_key`. It does not work when the platform blocks the login of the program. The developer tool gives a
//! program with a tourist's appid a code that is none, and fails without appid.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{AccountProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::World;
use crate::world::registration::Capability;
use crate::world::session::MintLoginCode;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "login",
    group: Group::Login,
    summary: "Gives a login code for the app's server.",
    params: &[Param {
        since: TIMEOUT_SINCE,
        ..Param::optional("timeout", Class::Number)
    }],
    asks_wechat: true,
    latency_ms: LATENCY_MS,
    fails: &[
        Reason::Timeout,
        Reason::Account(AccountProblem::LoginBlocked),
        Reason::Account(AccountProblem::AppIdMissing),
    ],
    calls_per_second: Some(4),
    examples: &[Example {
        title: "Send the code to the server",
        js: "wx.login({ success: ({ code }) => console.log(code.length) })",
        replies: "login:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Base library that knows `timeout`.
const TIMEOUT_SINCE: Version = Version(1, 9, 90);
/// A round trip to the platform.
const LATENCY_MS: u32 = 80;

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

/// What the developer tool gives instead of a code.
const MOCK_CODE: &str = "the code is a mock one";
/// The appid under which the developer tool opens a project for whoever has none.
const TOURIST: &str = "touristappid";

/// Why nobody can log in.
fn refusal(world: &World) -> Option<Reason> {
    let in_tool = world.profile().platform == Platform::Devtools;
    if in_tool && world.app().app_id.is_empty() {
        Some(Reason::Account(AccountProblem::AppIdMissing))
    } else if world.is_blocked(Capability::Login) {
        Some(Reason::Account(AccountProblem::LoginBlocked))
    } else {
        None
    }
}

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    if let Some(reason) = refusal(cx.world) {
        return Err(reason);
    }
    let timeout = options.get("timeout").as_f64();
    let timeout = timeout.filter(|_| cx.world.profile().sdk >= TIMEOUT_SINCE);
    if timeout.is_some_and(|ms| ms > 0.0 && ms < f64::from(LATENCY_MS)) {
        return Err(Reason::Timeout);
    }
    if cx.world.profile().platform == Platform::Devtools && cx.world.app().app_id == TOURIST {
        return Ok(vec![("code".to_owned(), MOCK_CODE.into())]);
    }
    let code = cx.world.apply(MintLoginCode(cx.caller.clone()));
    Ok(vec![("code".to_owned(), code.as_str().into())])
}
