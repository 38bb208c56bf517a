//! `wx.createLivePlayerContext`: gives an object that drives a live player of the page.
//!
//! Official page: `api/media/live/wx.createLivePlayerContext`.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::live::OpenPlayer;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createLivePlayerContext",
    group: Group::Media,
    summary: "Gives an object that drives a live player of the page.",
    since: Version(1, 7, 0),
    form: Form::Object("LivePlayerContext"),
    support: Support::Partial("events of the player"),
    examples: &[Example {
        title: "Play",
        js: "wx.createLivePlayerContext('live').play()",
        replies: "operateLivePlayer:ok",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    let id = arguments.first().and_then(Value::as_str);
    let id = id.unwrap_or_default().to_owned();
    Ok(cx.world.apply(OpenPlayer { id }))
}
