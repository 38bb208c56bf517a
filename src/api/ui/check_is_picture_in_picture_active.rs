//! `wx.checkIsPictureInPictureActive`: whether a video plays in a small window.
//!
//! Official page: `api/media/video/wx.checkIsPictureInPictureActive`.
//!
//! Differs from the client: no video is simulated, so none does.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "checkIsPictureInPictureActive",
    group: Group::Ui,
    summary: "Tells whether a video plays in a small window.",
    since: Version(2, 29, 2),
    differs: "No video is simulated, so none plays in a small window.",
    examples: &[Example {
        title: "No video plays",
        js: "console.log(wx.checkIsPictureInPictureActive())",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    Ok(false.into())
}
