//! `wx.setInnerAudioOption`: how all sounds of the program behave.
//!
//! Official page: `api/media/audio/wx.setInnerAudioOption`. Nothing is heard here, so it changes nothing.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setInnerAudioOption",
    group: Group::Media,
    summary: "Says how all sounds of the program behave.",
    since: Version(2, 3, 0),
    params: &[
        Param::optional("mixWithOther", Class::Boolean),
        Param::optional("obeyMuteSwitch", Class::Boolean),
        Param::optional("speakerOn", Class::Boolean),
    ],
    examples: &[Example {
        title: "Be heard though the phone is mute",
        js: "wx.setInnerAudioOption({ obeyMuteSwitch: false })",
        replies: "setInnerAudioOption:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that answer")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
