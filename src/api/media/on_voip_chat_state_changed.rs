//! `wx.onVoIPChatStateChanged`: tells that the room of the voice chat changes.
//!
//! Official page: `api/media/voip/wx.onVoIPChatStateChanged`.
//!
//! The step `event onVoIPChatStateChanged {"code":1}` makes it happen, in a chat.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onVoIPChatStateChanged",
    group: Group::Media,
    summary: "Listens: the room of the voice chat changes.",
    since: Version(2, 16, 0),
    form: Form::On("onVoIPChatStateChanged"),
    differs: "It happens by a step alone.",
    examples: &[Example {
        title: "Listen",
        js: "wx.onVoIPChatStateChanged(({ code }) => console.log(code))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
