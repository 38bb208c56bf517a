//! `wx.getSetting`: the scopes that were answered.
//!
//! Official page: `api/open-api/setting/wx.getSetting`. A scope that was never asked for is absent.
//!
//! Unverified: a dialog that was closed without an answer leaves its scope absent.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::Caller;
use crate::world::World;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSetting",
    group: Group::Setting,
    summary: "Gives the answered scopes and whether each is granted.",
    since: Version(1, 2, 0),
    params: &[Param {
        since: Version(2, 10, 1),
        ..Param::optional("withSubscriptions", Class::Boolean)
    }],
    tap_state: TapState::Inherited,
    support: Support::Partial("subscriptionsSetting"),
    examples: &[Example {
        title: "Nothing is granted at the start",
        js: "wx.getSetting({ success: ({ authSetting }) => console.log(authSetting) })",
        replies: "getSetting:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![(
        "authSetting".to_owned(),
        auth_setting(cx.world, &cx.caller),
    )])
}

/// The `authSetting` object.
pub fn auth_setting(world: &World, caller: &Caller) -> Value {
    let scopes = world.auth_setting(caller).into_iter();
    Value::Object(
        scopes
            .map(|(scope, on)| (scope.name().to_owned(), on.into()))
            .collect(),
    )
}
