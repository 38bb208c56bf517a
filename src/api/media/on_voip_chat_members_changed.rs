//! `wx.onVoIPChatMembersChanged`: tells that somebody joins or leaves the voice chat.
//!
//! Official page: `api/media/voip/wx.onVoIPChatMembersChanged`.
//!
//! The step `event onVoIPChatMembersChanged {"openIdList":["o1"]}` makes it happen, in a chat.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onVoIPChatMembersChanged",
    group: Group::Media,
    summary: "Listens: somebody joins or leaves the voice chat.",
    since: Version(2, 7, 0),
    form: Form::On("onVoIPChatMembersChanged"),
    differs: "It happens by a step alone.",
    examples: &[Example {
        title: "Listen",
        js: "wx.onVoIPChatMembersChanged(({ openIdList }) => console.log(openIdList))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
