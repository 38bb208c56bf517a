//! `wx.getScreenRecordingState`: whether the user films the screen.
//!
//! Official page: `api/device/screen/wx.getScreenRecordingState`.
//!
//! The step `recording start` begins a film.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getScreenRecordingState",
    group: Group::Device,
    summary: "Tells whether the user films the screen.",
    since: Version(2, 24, 0),
    promise: false,
    examples: &[Example {
        title: "Before a secret is shown",
        js: "wx.getScreenRecordingState({ success: ({ state }) => console.log(state) })",
        replies: "getScreenRecordingState:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let state = if cx.world.is_screen_recorded() {
        "on"
    } else {
        "off"
    };
    Ok(vec![("state".to_owned(), state.into())])
}
