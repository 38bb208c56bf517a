//! `wx.offVoIPVideoMembersChanged`: removes one listener of `wx.onVoIPVideoMembersChanged`, or all of them.
//!
//! Official page: `api/media/voip/wx.offVoIPVideoMembersChanged`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offVoIPVideoMembersChanged",
    group: Group::Media,
    summary: "Removes one listener of `wx.onVoIPVideoMembersChanged`, or all.",
    since: Version(2, 11, 0),
    form: Form::Off("onVoIPVideoMembersChanged"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offVoIPVideoMembersChanged()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
