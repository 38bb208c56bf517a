//! `wx.navigateBackMiniProgram`: goes back to the mini program that opened this one.
//!
//! Official page: `api/navigate/wx.navigateBackMiniProgram`. `extraData` comes to `App.onShow` of the opener, in
//! `referrerInfo`, with the scene 1038. It works only in a program that another one opened.
//!
//! Unverified: the success comes before the program goes to the background.

use crate::api::jump::extra_data;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{JumpProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::jump::{LeaveBack, Return};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "navigateBackMiniProgram",
    group: Group::Navigate,
    summary: "Goes back to the mini program that opened this one, with data for it.",
    since: Version(1, 3, 0),
    params: &[Param::optional("extraData", Class::Object)],
    fails: &[Reason::Jump(JumpProblem::NoOpener)],
    examples: &[Example {
        title: "A program that no other one opened cannot go back",
        js: "wx.navigateBackMiniProgram({ extraData: { paid: true }, fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "navigateBackMiniProgram:fail not MiniProgram can navigate back.",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Answer(behave),
};

fn behave(cx: &mut Cx<'_>, options: &Value) -> Reply {
    if cx.world.opener().is_none() {
        return Err(Reason::Jump(JumpProblem::NoOpener));
    }
    if cx.world.profile().platform != Platform::Devtools {
        let after_ms = i64::from(SPEC.latency_ms) + 1;
        let back = Return {
            extra_data: extra_data(options),
        };
        cx.world.apply(LeaveBack(back, after_ms));
    }
    Ok(Vec::new())
}
