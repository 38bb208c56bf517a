//! `wx.offNetworkStatusChange`: stops listening.
//!
//! Official page: `api/device/network/wx.offNetworkStatusChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offNetworkStatusChange",
    group: Group::Device,
    summary: "Stops one listener of `wx.onNetworkStatusChange`, or all of them.",
    since: Version(2, 9, 3),
    form: Form::Off("onNetworkStatusChange"),
    examples: &[Example {
        title: "Stop all",
        js: "wx.offNetworkStatusChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
