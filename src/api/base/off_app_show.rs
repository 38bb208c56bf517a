//! `wx.offAppShow`: takes listeners away.
//!
//! Official page: `api/base/app/app-event/wx.offAppShow`. Fires at the same moment as `App.onShow`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offAppShow",
    group: Group::Base,
    summary: "Stops one listener of `wx.onAppShow`, or all of them.",
    since: Version(2, 1, 2),
    form: Form::Off("onAppShow"),
    examples: &[Example {
        title: "Stop one listener",
        js: "const listener = () => {}; wx.onAppShow(listener); wx.offAppShow(listener)",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
