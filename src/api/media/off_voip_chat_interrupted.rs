//! `wx.offVoIPChatInterrupted`: removes one listener of `wx.onVoIPChatInterrupted`, or all of them.
//!
//! Official page: `api/media/voip/wx.offVoIPChatInterrupted`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offVoIPChatInterrupted",
    group: Group::Media,
    summary: "Removes one listener of `wx.onVoIPChatInterrupted`, or all.",
    since: Version(2, 9, 0),
    form: Form::Off("onVoIPChatInterrupted"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offVoIPChatInterrupted()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
