//! `wx.checkSession`: is the login session still valid?
//!
//! Official page: `api/open-api/login/wx.checkSession`. What is checked is the session of the
//! *latest* login code, so a `session_key` kept by a server may be dead although this succeeds. It fails
//! too after the server had the key replaced (`resetusersessionkey`), until the next login.
//!
//! Unverified: the failure text on a phone; calling it before any `wx.login` fails here.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::session::SessionState;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "checkSession",
    group: Group::Login,
    summary: "Tells whether the session opened by the latest `wx.login` is still valid.",
    asks_wechat: true,
    latency_ms: 80,
    fails: &[Reason::SessionTimeout],
    calls_per_second: Some(4),
    examples: &[Example {
        title: "Log in again only when needed",
        js: "wx.checkSession({ fail: () => wx.login() })",
        replies: "checkSession:fail session time out, need relogin\nlogin:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    match cx.world.login_state(&cx.caller) {
        SessionState::Alive => Ok(Vec::new()),
        SessionState::Absent | SessionState::Expired => Err(Reason::SessionTimeout),
    }
}
