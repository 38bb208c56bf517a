//! `wx.onMenuButtonBoundingClientRectWeightChange`: tells where the capsule with the menu lies.
//!
//! Official page: `api/ui/menu/wx.onMenuButtonBoundingClientRectWeightChange`.
//!
//! The step `capsule {"left":200}` moves it; `wx.getMenuButtonBoundingClientRect` follows.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onMenuButtonBoundingClientRectWeightChange",
    group: Group::Ui,
    summary: "Listens: the capsule lies elsewhere.",
    since: Version(3, 4, 3),
    form: Form::On("onMenuButtonBoundingClientRectWeightChange"),
    examples: &[Example {
        title: "Make room in the own navigation bar",
        js: "wx.onMenuButtonBoundingClientRectWeightChange(({ left }) => console.log(left))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
