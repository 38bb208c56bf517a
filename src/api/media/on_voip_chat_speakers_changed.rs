//! `wx.onVoIPChatSpeakersChanged`: tells that somebody in the voice chat begins or stops to speak.
//!
//! Official page: `api/media/voip/wx.onVoIPChatSpeakersChanged`.
//!
//! The step `event onVoIPChatSpeakersChanged {"openIdList":["o1"]}` makes it happen, in a chat.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onVoIPChatSpeakersChanged",
    group: Group::Media,
    summary: "Listens: somebody in the voice chat begins or stops to speak.",
    since: Version(2, 7, 0),
    form: Form::On("onVoIPChatSpeakersChanged"),
    differs: "It happens by a step alone.",
    examples: &[Example {
        title: "Listen",
        js: "wx.onVoIPChatSpeakersChanged(({ openIdList }) => console.log(openIdList))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
