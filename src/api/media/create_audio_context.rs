//! `wx.createAudioContext`: gives an object that drives an `<audio>` of the page.
//!
//! Official page: `api/media/audio/wx.createAudioContext`. Not maintained; `wx.createInnerAudioContext` takes its place.
//!
//! Differs from the client: there is no component, so any id counts as there, and its `src` must come from `setSrc`; calls
//! with one id on one page give the same object.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::world::object::ObjectId;
use crate::world::sound::OpenAudio;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createAudioContext",
    group: Group::Media,
    summary: "Gives an object that drives an `<audio>` of the page.",
    form: Form::Object("AudioContext"),
    support: Support::Partial("attributes and events of the component"),
    examples: &[Example {
        title: "Play",
        js: "const audio = wx.createAudioContext('song');\n\
             audio.setSrc('https://example.com/a.mp3');\naudio.play()",
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
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    let id = arguments.first().and_then(Value::as_str);
    let id = id.unwrap_or_default().to_owned();
    Ok(cx.world.apply(OpenAudio { id }))
}
