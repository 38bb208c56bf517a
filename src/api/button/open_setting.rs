//! `<button open-type="openSetting">`: opens the settings page.
//!
//! Official page: `component/button`; what the page does is described with `wx.openSetting`.

use crate::api::setting::open_setting;
use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.openSetting",
    group: Group::Button,
    summary: "Opens the settings page, where the user may switch answered scopes.",
    since: Version(2, 0, 7),
    form: Form::Button {
        success: "opensetting",
        failure: "opensetting",
    },
    params: &[],
    promise: false,
    tap_since: None,
    examples: &[],
    ..open_setting::SPEC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask {
        ask: open_setting::ask,
        answered: open_setting::answered,
    },
};
