//! `wx.getSetting`: the scopes that were answered.
//!
//! Official page: `api/open-api/setting/wx.getSetting`. A scope that was never asked for is absent.
//!
//! With `withSubscriptions` it tells of subscription messages too.
//!
//! Unverified: a dialog that was closed without an answer leaves its scope absent; `itemSettings` is absent
//! when no template was ticked.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
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
        since: SUBSCRIPTIONS_SINCE,
        ..Param::optional("withSubscriptions", Class::Boolean)
    }],
    tap_state: TapState::Inherited,
    calls_per_second: Some(4),
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
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    Ok(members(cx, options, SUBSCRIPTIONS_SINCE))
}

/// Base library since which the call tells of subscription messages.
const SUBSCRIPTIONS_SINCE: Version = Version(2, 10, 1);

/// The members of a result of the settings: the scopes, and the messages when the options want them
/// and the base library knows them.
pub(super) fn members(cx: &Cx<'_>, options: &Value, since: Version) -> Vec<(String, Value)> {
    let mut members = vec![("authSetting".to_owned(), auth_setting(cx.world, &cx.caller))];
    let wanted = options.get("withSubscriptions").as_bool() == Some(true);
    if wanted && cx.world.profile().sdk >= since {
        let setting = subscriptions_setting(cx.world, &cx.caller);
        members.push(("subscriptionsSetting".to_owned(), setting));
    }
    members
}

/// The `subscriptionsSetting` object.
fn subscriptions_setting(world: &World, caller: &Caller) -> Value {
    let facts = world.subscriptions(caller);
    let mut members = vec![("mainSwitch".to_owned(), facts.main_switch.into())];
    if !facts.templates.is_empty() {
        let items = facts.templates.into_iter();
        let items = items.map(|(id, answer)| (id, answer.name().into()));
        members.push(("itemSettings".to_owned(), Value::Object(items.collect())));
    }
    Value::Object(members)
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
