//! `wx.openEmbeddedMiniProgram`: opens another mini program over half of the screen.
//!
//! Official pages: `api/navigate/wx.openEmbeddedMiniProgram`, "Half-screen mini programs". app.json lists the targets in
//! `embeddedAppIdList`; a tap must lead to it, but not one that stems from a payment. The target is told the
//! `apiCategory` `embedded`.
//!
//! Differs from the client: the caller goes to the background, although half of it stays to be seen.
//! Unverified: no dialog asks the user; the words for a target that is not listed.

use crate::api::jump::{extra_data, may_open_others, own_build};
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{JumpProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::jump::{Jump, LeaveFor};

/// Base library in which a target's pages can stay as they are.
const KEEPS_SINCE: Version = Version(2, 24, 0);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openEmbeddedMiniProgram",
    group: Group::Navigate,
    summary: "Opens another mini program over half of the screen.",
    since: Version(2, 20, 1),
    params: &[
        Param::required("appId", Class::String),
        Param::optional("path", Class::String),
        Param::optional("extraData", Class::Object),
        Param::optional("envVersion", Class::String),
        Param::since("noRelaunchIfPathUnchanged", Class::Boolean, KEEPS_SINCE),
    ],
    tap_since: Some(Version(2, 20, 1)),
    not_by_payment: true,
    fails: &[
        Reason::NoPermission,
        Reason::Jump(JumpProblem::NotEmbeddable(String::new())),
        Reason::Jump(JumpProblem::InvalidAppId),
    ],
    differs: "The caller goes to the background, although half of it stays to be seen.",
    examples: &[Example {
        title: "A target that app.json does not list",
        js: "wx.openEmbeddedMiniProgram({ appId: 'wx0123456789abcdef', fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "openEmbeddedMiniProgram:fail appId \"wx0123456789abcdef\" is not in embeddedAppIdList",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Answer(behave),
};

fn behave(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = |key| options.get(key).as_str().unwrap_or_default();
    may_open_others(cx, &SPEC)?;
    cx.world.may_embed(text("appId")).map_err(Reason::Jump)?;
    if cx.world.profile().platform != Platform::Devtools {
        let jump = Jump {
            app_id: text("appId").to_owned(),
            url: text("path").to_owned(),
            extra_data: extra_data(options),
            env_version: own_build(cx, text("envVersion")),
            keeps_unchanged: cx.world.profile().sdk >= KEEPS_SINCE
                && options.get("noRelaunchIfPathUnchanged").as_bool() == Some(true),
            embedded: true,
        };
        let after_ms = i64::from(SPEC.latency_ms) + 1;
        cx.world.apply(LeaveFor(jump, after_ms));
    }
    Ok(Vec::new())
}
