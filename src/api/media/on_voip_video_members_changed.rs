//! `wx.onVoIPVideoMembersChanged`: tells that somebody in the voice chat turns the camera on or off.
//!
//! Official page: `api/media/voip/wx.onVoIPVideoMembersChanged`.
//!
//! The step `event onVoIPVideoMembersChanged {"openIdList":["o1"]}` makes it happen, in a chat.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onVoIPVideoMembersChanged",
    group: Group::Media,
    summary: "Listens: somebody in the voice chat turns the camera on or off.",
    since: Version(2, 11, 0),
    form: Form::On("onVoIPVideoMembersChanged"),
    differs: "It happens by a step alone.",
    examples: &[Example {
        title: "Listen",
        js: "wx.onVoIPVideoMembersChanged(({ openIdList }) => console.log(openIdList))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
