//! `wx.onLocationChange`: the device has another place.
//!
//! Official page: `api/location/wx.onLocationChange`. Comes after `wx.startLocationUpdate`.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onLocationChange",
    group: Group::Location,
    summary: "Listens: the device has another place.",
    since: Version(2, 8, 1),
    form: Form::On("onLocationChange"),
    examples: &[Example {
        title: "Follow the way",
        js: "wx.onLocationChange((result) => console.log(result))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);
