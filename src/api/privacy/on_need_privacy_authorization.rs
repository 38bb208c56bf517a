//! `wx.onNeedPrivacyAuthorization`: the program shows its own privacy dialog.
//!
//! Official page: `api/open-api/privacy/wx.onNeedPrivacyAuthorization`. A later listener takes the place
//! of an earlier one. It gets `resolve`, to be told what the user did, and what needs the agreement
//! (`referrer`).

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onNeedPrivacyAuthorization",
    group: Group::Privacy,
    summary: "Listens: something needs the user's agreement to the privacy guide.",
    since: Version(2, 32, 3),
    form: Form::Script,
    examples: &[Example {
        title: "Refuse for the user",
        js: "wx.onNeedPrivacyAuthorization((resolve) => resolve({ event: 'disagree' }));\n\
             wx.getClipboardData({ fail() {} })",
        replies: "getClipboardData:fail privacy permission is not authorized",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};
