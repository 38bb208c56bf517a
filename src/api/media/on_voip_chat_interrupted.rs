//! `wx.onVoIPChatInterrupted`: tells that the voice chat is over without a call of the program.
//!
//! Official page: `api/media/voip/wx.onVoIPChatInterrupted`.
//!
//! The user who leaves the program ends the chat, and so does a phone call; the step `event onVoIPChatInterrupted` is any other reason.
//!
//! Unverified: `errCode` and `errMsg` of the listener: those of a user who leaves while a chat is joined.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onVoIPChatInterrupted",
    group: Group::Media,
    summary: "Listens: the voice chat is over without a call of the program.",
    since: Version(2, 7, 0),
    form: Form::On("onVoIPChatInterrupted"),
    examples: &[Example {
        title: "Listen",
        js: "wx.onVoIPChatInterrupted(({ errCode }) => console.log(errCode))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
