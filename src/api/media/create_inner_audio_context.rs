//! `wx.createInnerAudioContext`: makes a sound.
//!
//! Official page: `api/media/audio/wx.createInnerAudioContext`.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::{NewObject, ObjectId};
use crate::world::sound::AddSound;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createInnerAudioContext",
    group: Group::Media,
    summary: "Makes a sound.",
    since: Version(1, 6, 0),
    form: Form::Object("InnerAudioContext"),
    examples: &[Example {
        title: "Play a sound",
        js: "const sound = wx.createInnerAudioContext();\n\
             sound.src = 'https://example.com/a.mp3';\n\
             sound.play()",
        replies: "",
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
    let object = cx.world.apply(NewObject("InnerAudioContext"));
    cx.world.apply(AddSound(object));
    Ok(object)
}
