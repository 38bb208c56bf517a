//! `wx.openSetting`: opens the settings page of the mini program.
//!
//! Official page: `api/open-api/setting/wx.openSetting`. The page has a switch for each scope that
//! was answered and is not retired, and switches for subscription messages of a program that asked for
//! some; the call succeeds when the user leaves the page, whatever was switched. Only a tap may lead here
//! since base library 2.3.0.

use serde_json::Value as Json;

use super::get_setting::members;
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::permission::SetScopeSwitch;
use crate::world::scope::{Scope, Standing};
use crate::world::subscription::TurnSubscription;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openSetting",
    group: Group::Setting,
    summary: "Opens the settings page, where the user may switch answered scopes.",
    since: Version(1, 1, 0),
    params: &[Param {
        since: SUBSCRIPTIONS_SINCE,
        ..Param::optional("withSubscriptions", Class::Boolean)
    }],
    tap_since: Some(Version(2, 3, 0)),
    examples: &[Example {
        title: "The user closes the page",
        js: "wx.openSetting()",
        replies: "openSetting:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

/// Base library since which the page has switches for messages and the call tells of them.
const SUBSCRIPTIONS_SINCE: Version = Version(2, 10, 3);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
pub(in crate::api) fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let mut rows = cx.world.auth_setting(&cx.caller);
    let standing = |scope| cx.world.scope_standing(cx.caller.app_id(), scope);
    rows.retain(|(scope, _)| standing(*scope) == Standing::Enforced);
    let scopes = rows
        .into_iter()
        .map(|(scope, on)| (scope.name().to_owned(), on));
    let mut switches: Vec<(String, bool)> = scopes.collect();
    if cx.world.profile().sdk >= SUBSCRIPTIONS_SINCE {
        switches.extend(cx.world.subscription_switches(&cx.caller));
    }
    let shown: Vec<String> = switches
        .iter()
        .map(|(name, on)| format!("{name} {}", if *on { "on" } else { "off" }))
        .collect();
    let entries = switches.into_iter().map(|(name, _)| name).collect();
    Ok(Question {
        entries,
        ..Question::new("settings", format!("settings: {}", shown.join(", ")))
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
pub(in crate::api) fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    for (name, on) in answer.as_object().into_iter().flatten() {
        let Some(on) = on.as_bool() else {
            continue;
        };
        let caller = cx.caller.clone();
        // The question admits rows of the page only, so the switch is there.
        if let Some(scope) = Scope::parse(name) {
            let _ = cx.world.apply(SetScopeSwitch { caller, scope, on });
        } else {
            let name = name.clone();
            let _ = cx.world.apply(TurnSubscription { caller, name, on });
        }
    }
    Ok(members(cx, options, SUBSCRIPTIONS_SINCE))
}
