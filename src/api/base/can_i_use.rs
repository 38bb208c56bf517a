//! `wx.canIUse`: tells whether an API, or a part of one, is there in the running base library.
//!
//! Official page: `api/base/wx.canIUse`. Forms: `api`, `api.return`, `api.object.key`,
//! `api.success.key`, `api.callback`, `component.attribute.option`.
//!
//! Differs from the client: below the API's name only the keys of the options object are known;
//! callbacks and results are taken to be there when the API is. Of an API that is not simulated
//! every part is taken to be there.

use crate::api::{Api, Cx, exists, find, sync, unmodelled};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "canIUse",
    group: Group::Base,
    summary: "Tells whether an API or a part of it exists in the running base library.",
    since: Version(1, 1, 1),
    support: Support::Partial("results below an API's name; components other than button"),
    differs: "Result keys are taken to exist when the API does.",
    examples: &[Example {
        title: "Use what the base library has",
        js: "if (wx.canIUse('openSetting')) wx.openSetting()",
        replies: "openSetting:ok",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

/// Open types of the button, with the base library that introduced each (official button page).
const BUTTON_OPEN_TYPES: &[(&str, Version)] = &[
    ("contact", Version(1, 1, 0)),
    ("share", Version(1, 2, 0)),
    ("getPhoneNumber", Version(1, 2, 0)),
    ("getUserInfo", Version(1, 3, 0)),
    ("launchApp", Version(1, 9, 5)),
    ("openSetting", Version(2, 0, 7)),
    ("feedback", Version(2, 1, 0)),
    ("chooseAvatar", Version(2, 21, 2)),
    ("getRealtimePhoneNumber", Version(2, 24, 4)),
    ("liveActivity", Version(2, 26, 2)),
    ("agreePrivacyAuthorization", Version(2, 32, 3)),
];

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let schema = arguments
        .first()
        .and_then(Value::as_str)
        .unwrap_or_default();
    Ok(Value::Bool(is_usable(schema, cx.world.profile().sdk)))
}

fn is_usable(schema: &str, sdk: Version) -> bool {
    let parts: Vec<&str> = schema.split('.').collect();
    match parts[..] {
        ["button"] => true,
        ["button", "open-type"] => sdk >= Version(1, 1, 0),
        ["button", "open-type", kind] => BUTTON_OPEN_TYPES
            .iter()
            .any(|(name, since)| *name == kind && sdk >= *since),
        [name] => find(name).is_some_and(|api| exists(api, sdk)) || unmodelled::exists(name, sdk),
        [name, "object" | "success" | "callback" | "return", ..] if find(name).is_none() => {
            unmodelled::exists(name, sdk)
        }
        [name, "object", key, ..] => find(name).is_some_and(|api| {
            let known = api.spec.params.iter().find(|param| param.name == key);
            let callback = ["success", "fail", "complete"].contains(&key);
            exists(api, sdk) && (callback || known.is_some_and(|param| sdk >= param.since))
        }),
        [name, "success" | "callback", ..] => {
            find(name).is_some_and(|api| exists(api, sdk) && api.spec.form == Form::Async)
        }
        [name, "return", ..] => {
            find(name).is_some_and(|api| exists(api, sdk) && api.spec.form == Form::Sync)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_usable;
    use crate::version::Version;

    #[test]
    fn a_newer_api_or_open_type_is_not_there_yet() {
        let (old, new) = (Version(2, 0, 8), Version(3, 17, 0));
        assert!(is_usable("login", old) && is_usable("button.open-type.getUserInfo", old));
        assert!(!is_usable("onAppShow", old) && is_usable("onAppShow", new));
        assert!(!is_usable("button.open-type.chooseAvatar", old));
        assert!(is_usable("button.open-type.chooseAvatar", new));
        assert!(is_usable("showToast.object.title", new) && !is_usable("showToast.object.x", new));
        assert!(is_usable("createSelectorQuery", old) && is_usable("request.object.method", old));
        assert!(!is_usable("getDeviceInfo", old) && is_usable("getDeviceInfo.return.model", new));
        assert!(!is_usable("", new) && !is_usable("nothing", new));
    }
}
