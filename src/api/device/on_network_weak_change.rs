//! `wx.onNetworkWeakChange`: tells whether the connection is weak.
//!
//! Official page: `api/device/network/wx.onNetworkWeakChange`.
//!
//! The step `weakNetwork on` makes it weak.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onNetworkWeakChange",
    group: Group::Device,
    summary: "Listens: the connection becomes weak, or good again.",
    since: Version(2, 21, 0),
    form: Form::On("onNetworkWeakChange"),
    examples: &[Example {
        title: "Load smaller pictures",
        js: "wx.onNetworkWeakChange(({ weakNet, networkType }) => console.log(weakNet, networkType))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
