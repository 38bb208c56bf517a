//! `wx.createLivePusherContext`: gives the live pusher of the page.
//!
//! Official page: `api/media/live/wx.createLivePusherContext`.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::live::OpenPusher;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createLivePusherContext",
    group: Group::Media,
    summary: "Gives the live pusher of the page.",
    since: Version(1, 7, 0),
    form: Form::Object("LivePusherContext"),
    support: Support::Partial("events of the broadcast, drawing it by the program itself"),
    examples: &[Example {
        title: "Without a live pusher on the page",
        js: "wx.createLivePusherContext().start({ fail() {} })",
        replies: "operateLivePusher:fail uninited livePusher",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<ObjectId, Reason> {
    Ok(cx.world.apply(OpenPusher))
}
