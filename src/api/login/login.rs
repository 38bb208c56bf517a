//! `wx.login`: gives a one-time code that the app's server exchanges for a session.
//!
//! Official page: `api/open-api/login/wx.login`. No dialog, no tap. The code lives five minutes and
//! is exchanged once; the call may replace the `session_key`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::session::MintLoginCode;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "login",
    group: Group::Login,
    summary: "Gives a login code for the app's server.",
    params: &[Param {
        since: Version(1, 9, 90),
        ..Param::optional("timeout", Class::Number)
    }],
    latency_ms: LATENCY_MS,
    fails: &[Reason::Timeout],
    examples: &[Example {
        title: "Send the code to the server",
        js: "wx.login({ success: ({ code }) => console.log(code.length) })",
        replies: "login:ok",
    }],
    ..ApiSpec::ASYNC
};

/// A round trip to the platform.
const LATENCY_MS: u32 = 80;

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    if options
        .get("timeout")
        .as_f64()
        .is_some_and(|ms| ms > 0.0 && ms < f64::from(LATENCY_MS))
    {
        return Err(Reason::Timeout);
    }
    let code = cx.world.apply(MintLoginCode(cx.caller.clone()));
    Ok(vec![("code".to_owned(), code.as_str().into())])
}
