//! `wx.onNetworkStatusChange`: tells when the phone has another connection.
//!
//! Official page: `api/device/network/wx.onNetworkStatusChange`. The step `network` changes it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onNetworkStatusChange",
    group: Group::Device,
    summary: "Listens: the connection changes.",
    since: Version(1, 1, 0),
    form: Form::On("onNetworkStatusChange"),
    examples: &[Example {
        title: "Say that nothing can be loaded",
        js: "wx.onNetworkStatusChange(({ isConnected }) => console.log(isConnected))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
