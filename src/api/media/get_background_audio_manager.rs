//! `wx.getBackgroundAudioManager`: gives the one sound that goes on in the background.
//!
//! Official page: `api/media/background-audio/wx.getBackgroundAudioManager`.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::{ObjectId, SingleObject};
use crate::world::sound::AddSound;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBackgroundAudioManager",
    group: Group::Media,
    summary: "Gives the one sound that goes on in the background.",
    since: Version(1, 2, 0),
    form: Form::Object("BackgroundAudioManager"),
    examples: &[Example {
        title: "Play on",
        js: "const player = wx.getBackgroundAudioManager();\n\
             player.title = 'A song';\n\
             player.src = 'https://example.com/a.mp3'",
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
    let object = cx.world.apply(SingleObject("BackgroundAudioManager"));
    cx.world.apply(AddSound(object));
    Ok(object)
}
