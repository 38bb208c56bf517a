//! `wx.getAvailableAudioSources`: sources that a recording may have.
//!
//! Official page: `api/media/audio/wx.getAvailableAudioSources`. No headset is plugged in.

use crate::api::{Api, Cx, Reply, answer};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getAvailableAudioSources",
    group: Group::Media,
    summary: "Tells which sources a recording may have.",
    since: Version(2, 1, 0),
    examples: &[Example {
        title: "The first source",
        js: "wx.getAvailableAudioSources({ success: ({ audioSources }) => console.log(audioSources[0]) })",
        replies: "getAvailableAudioSources:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let sources = sources(cx.world.profile().platform);
    let sources = sources.iter().map(|source| (*source).into()).collect();
    Ok(vec![("audioSources".to_owned(), Value::Array(sources))])
}

/// The sources of a platform. A recording may name no other one.
pub(super) fn sources(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::Ios => &["auto", "buildInMic"],
        Platform::Android => &[
            "auto",
            "mic",
            "camcorder",
            "voice_communication",
            "voice_recognition",
        ],
        _ => &["auto"],
    }
}
