//! `wx.navigateToMiniProgram`: opens another mini program.
//!
//! Official page: `api/navigate/wx.navigateToMiniProgram`; `extraData` comes to the target in the `referrerInfo` of
//! its launch or enter options, with the scene 1037. Since base library 2.3.0 only a tap may lead to it, and a dialog
//! asks the user (its changelog names 2.3.1 for the dialog). A build other than the published one is opened only
//! from a develop or trial build. The developer tool checks everything and stays.
//!
//! Unverified: the target is looked at before the dialog opens; the success comes before the program goes to
//! the background; a program without code in this world stays in front until the user answers what happens there.

use serde_json::Value as Json;

use crate::api::jump::{extra_data, may_open_others, own_build};
use crate::api::question::Question;
use crate::api::{Api, Asked, Behaviour, Cx, Reply};
use crate::errmsg::{JumpProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::jump::{Jump, LeaveFor};

/// Base library since which a dialog asks the user.
const ASKS_SINCE: Version = Version(2, 3, 1);
/// Base library with short links.
const SHORT_LINK_SINCE: Version = Version(2, 18, 1);
/// Base library in which a target's pages can stay as they are.
const KEEPS_SINCE: Version = Version(2, 24, 0);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "navigateToMiniProgram",
    group: Group::Navigate,
    summary: "Opens another mini program.",
    since: Version(1, 3, 0),
    params: &[
        Param::defaulted("appId", Class::String),
        Param::optional("path", Class::String),
        Param::optional("extraData", Class::Object),
        Param::optional("envVersion", Class::String),
        Param::since("shortLink", Class::String, SHORT_LINK_SINCE),
        Param::since("noRelaunchIfPathUnchanged", Class::Boolean, KEEPS_SINCE),
    ],
    tap_since: Some(Version(2, 3, 0)),
    fails: &[
        Reason::Parameter(String::new()),
        Reason::NoPermission,
        Reason::Jump(JumpProblem::NotListed(String::new())),
        Reason::Jump(JumpProblem::InvalidAppId),
        Reason::Jump(JumpProblem::NotRelated),
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "Open a page of another program with data",
        js: "wx.navigateToMiniProgram({ appId: 'wx0123456789abcdef', path: 'pages/a/a', extraData: { from: 'here' } })",
        replies: "navigateToMiniProgram:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::MayAsk { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Asked, Reason> {
    let jump = jump(cx, options)?;
    may_open_others(cx, &SPEC)?;
    cx.world.may_jump_to(&jump.app_id).map_err(Reason::Jump)?;
    if cx.world.profile().sdk < ASKS_SINCE {
        leave(cx, jump);
        return Ok(Asked::Answer(Vec::new()));
    }
    let name = cx.world.name_of_program(&jump.app_id);
    let text = format!("open the mini program {name}?");
    Ok(Asked::Question(Question::new("openProgram", text)))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("allow") {
        return Err(Reason::Cancel);
    }
    let jump = jump(cx, options)?;
    leave(cx, jump);
    Ok(Vec::new())
}

/// Nothing is left in the developer tool.
fn leave(cx: &mut Cx<'_>, jump: Jump) {
    if cx.world.profile().platform != Platform::Devtools {
        let after_ms = i64::from(SPEC.latency_ms) + 1;
        cx.world.apply(LeaveFor(jump, after_ms));
    }
}

fn jump(cx: &Cx<'_>, options: &Value) -> Result<Jump, Reason> {
    let text = |key| options.get(key).as_str().unwrap_or_default();
    let sdk = cx.world.profile().sdk;
    let given = Some(text("shortLink")).filter(|link| !link.is_empty() && sdk >= SHORT_LINK_SINCE);
    let (app_id, url) = match given {
        Some(link) => {
            let target = cx.world.short_link(link);
            target.ok_or(Reason::Jump(JumpProblem::InvalidAppId))?
        }
        None if matches!(options.get("appId"), Value::Undefined) => {
            let text = "parameter.appId should be String instead of Undefined;";
            return Err(Reason::Parameter(text.to_owned()));
        }
        None => (text("appId"), text("path")),
    };
    Ok(Jump {
        app_id: app_id.to_owned(),
        url: url.to_owned(),
        extra_data: extra_data(options),
        env_version: own_build(cx, text("envVersion")),
        keeps_unchanged: sdk >= KEEPS_SINCE
            && options.get("noRelaunchIfPathUnchanged").as_bool() == Some(true),
        embedded: false,
    })
}
