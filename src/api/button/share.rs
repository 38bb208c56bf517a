//! `<button open-type="share">`: shares the page by `onShareAppMessage`.
//!
//! Official pages: `component/button`, `Page.onShareAppMessage`. The button tells no event: the page's handler
//! says what is shared. Until autumn 2018 what it returned could have callbacks, which got the result.

use crate::api::{Api, Behaviour};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.share",
    replies_as: "shareAppMessage",
    group: Group::Button,
    summary: "Shares the page, as its `onShareAppMessage` says.",
    since: Version(1, 2, 0),
    form: Form::Button {
        success: "",
        failure: "",
    },
    promise: false,
    fails: &[Reason::Cancel],
    differs: "The page neither hides nor shows while the user chooses a chat.",
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Share,
};
