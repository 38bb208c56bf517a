//! `wx.onAppShow`: tells when the mini program comes to the foreground.
//!
//! Official page: `api/base/app/app-event/wx.onAppShow`. Fires at the same moment as `App.onShow`, after it.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onAppShow",
    group: Group::Base,
    summary: "Listens: the mini program comes to the foreground.",
    since: Version(2, 1, 2),
    form: Form::On("onAppShow"),
    examples: &[Example {
        title: "Look again when the user comes back",
        js: "wx.onAppShow(({ scene }) => console.log(scene))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
