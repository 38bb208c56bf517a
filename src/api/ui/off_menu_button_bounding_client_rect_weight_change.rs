//! `wx.offMenuButtonBoundingClientRectWeightChange`: removes one listener of `wx.onMenuButtonBoundingClientRectWeightChange`, or all of them.
//!
//! Official page: `api/ui/menu/wx.offMenuButtonBoundingClientRectWeightChange`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "offMenuButtonBoundingClientRectWeightChange",
    group: Group::Ui,
    summary: "Removes one listener of `wx.onMenuButtonBoundingClientRectWeightChange`, or all.",
    since: Version(3, 4, 3),
    form: Form::Off("onMenuButtonBoundingClientRectWeightChange"),
    examples: &[Example {
        title: "When the page is left",
        js: "wx.offMenuButtonBoundingClientRectWeightChange()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
