//! `wx.createVKSession`: gives a session that looks at what the camera sees.
//!
//! Official page: `api/ai/visionkit/wx.createVKSession`. What it looks for is `track`; the version is `v1` without another word.
//!
//! Differs from the client: nothing is seen, so no plane, face, hand or marker is found. Unverified: a version that the phone does
//! not have is told by `start`.

use super::is_vk_support::is_supported;
use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::vision::{OpenSession, SESSION};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createVKSession",
    group: Group::Ai,
    summary: "Gives a session that looks at what the camera sees.",
    since: Version(2, 20, 0),
    form: Form::Object(SESSION),
    differs: "The camera sees nothing: no plane, face, hand or marker is ever found.",
    examples: &[Example {
        title: "Begin",
        js: "const session = wx.createVKSession({ track: { plane: { mode: 1 } } });\n\
             session.start((status) => console.log(status))",
        replies: "startVKSession:ok",
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
    let options = arguments.first().unwrap_or(&Value::Undefined);
    let version = options.get("version").as_str().unwrap_or("v1");
    let supported = is_supported(version, cx.world.profile());
    Ok(cx.world.apply(OpenSession { supported }))
}
