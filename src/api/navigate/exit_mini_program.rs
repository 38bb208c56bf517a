//! `wx.exitMiniProgram`: leaves the mini program.
//!
//! Official page: `api/navigate/wx.exitMiniProgram`. It needs a tap, and the program goes to the background.
//!
//! Unverified: one that another mini program opened leads back to that one, as leaving by the close button
//! does; the success comes before the program goes to the background.

use crate::api::{Api, Behaviour, Cx, Reply};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::jump::{LeaveBack, Return};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "exitMiniProgram",
    group: Group::Navigate,
    summary: "Leaves the mini program.",
    since: Version(2, 17, 3),
    tap_since: Some(Version(2, 17, 3)),
    examples: &[Example {
        title: "Leave",
        js: "wx.exitMiniProgram()",
        replies: "exitMiniProgram:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Answer(behave),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn behave(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let after_ms = i64::from(SPEC.latency_ms) + 1;
    let back = Return { extra_data: None };
    cx.world.apply(LeaveBack(back, after_ms));
    Ok(Vec::new())
}
