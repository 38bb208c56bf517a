//! `wx.onWindowResize`: tells the size of the window.
//!
//! Official page: `api/ui/window/wx.onWindowResize`.
//!
//! The step `resize 812x375` turns the phone or draws the window; the page hears of it in `onResize`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onWindowResize",
    group: Group::Ui,
    summary: "Listens: the window has another size.",
    since: Version(2, 3, 0),
    form: Form::On("onWindowResize"),
    examples: &[Example {
        title: "Lay the page out anew",
        js: "wx.onWindowResize(({ size }) => console.log(size))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
