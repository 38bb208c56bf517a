//! `wx.openSetting`: opens the settings page of the mini program.
//!
//! Official page: `api/open-api/setting/wx.openSetting`. The page has a switch for each scope that
//! was answered and is not retired; the call succeeds when the user leaves the page, whatever was
//! switched. Only a tap may lead here since base library 2.3.0.

use serde_json::Value as Json;

use super::get_setting::auth_setting;
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::permission::SetScopeSwitch;
use crate::world::scope::{Scope, Standing};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openSetting",
    group: Group::Setting,
    summary: "Opens the settings page, where the user may switch answered scopes.",
    since: Version(1, 1, 0),
    params: &[Param {
        since: Version(2, 10, 3),
        ..Param::optional("withSubscriptions", Class::Boolean)
    }],
    tap_since: Some(Version(2, 3, 0)),
    support: Support::Partial("subscriptionsSetting"),
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

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
pub(in crate::api) fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let mut rows = cx.world.auth_setting(&cx.caller);
    rows.retain(|(scope, _)| cx.world.scope_standing(*scope) == Standing::Enforced);
    let entries = rows
        .iter()
        .map(|(scope, _)| scope.name().to_owned())
        .collect();
    let shown: Vec<String> = rows
        .iter()
        .map(|(scope, on)| format!("{} {}", scope.name(), if *on { "on" } else { "off" }))
        .collect();
    Ok(Question {
        entries,
        ..Question::new("settings", format!("settings: {}", shown.join(", ")))
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
pub(in crate::api) fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    for (name, on) in answer.as_object().into_iter().flatten() {
        if let (Some(scope), Some(on)) = (Scope::parse(name), on.as_bool()) {
            // The question admits rows of the page only, so the switch is there.
            let caller = cx.caller.clone();
            let _ = cx.world.apply(SetScopeSwitch { caller, scope, on });
        }
    }
    Ok(vec![(
        "authSetting".to_owned(),
        auth_setting(cx.world, &cx.caller),
    )])
}
