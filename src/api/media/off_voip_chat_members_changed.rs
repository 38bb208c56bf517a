//! `wx.offVoIPChatMembersChanged`: removes one listener of `wx.onVoIPChatMembersChanged`, or all of them.
//!
//! Official page: `api/media/voip/wx.offVoIPChatMembersChanged`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offVoIPChatMembersChanged",
    group: Group::Media,
    summary: "Removes one listener of `wx.onVoIPChatMembersChanged`, or all.",
    since: Version(2, 9, 0),
    form: Form::Off("onVoIPChatMembersChanged"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offVoIPChatMembersChanged()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
