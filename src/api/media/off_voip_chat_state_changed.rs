//! `wx.offVoIPChatStateChanged`: removes one listener of `wx.onVoIPChatStateChanged`, or all of them.
//!
//! Official page: `api/media/voip/wx.offVoIPChatStateChanged`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offVoIPChatStateChanged",
    group: Group::Media,
    summary: "Removes one listener of `wx.onVoIPChatStateChanged`, or all.",
    since: Version(2, 16, 0),
    form: Form::Off("onVoIPChatStateChanged"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offVoIPChatStateChanged()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
