//! `wx.offVoIPChatSpeakersChanged`: removes one listener of `wx.onVoIPChatSpeakersChanged`, or all of them.
//!
//! Official page: `api/media/voip/wx.offVoIPChatSpeakersChanged`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offVoIPChatSpeakersChanged",
    group: Group::Media,
    summary: "Removes one listener of `wx.onVoIPChatSpeakersChanged`, or all.",
    since: Version(2, 9, 0),
    form: Form::Off("onVoIPChatSpeakersChanged"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offVoIPChatSpeakersChanged()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
