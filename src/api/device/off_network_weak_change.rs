//! `wx.offNetworkWeakChange`: removes one listener of `wx.onNetworkWeakChange`, or all of them.
//!
//! Official page: `api/device/network/wx.offNetworkWeakChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offNetworkWeakChange",
    group: Group::Device,
    summary: "Removes one listener of `wx.onNetworkWeakChange`, or all.",
    since: Version(2, 21, 0),
    form: Form::Off("onNetworkWeakChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offNetworkWeakChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
