//! `wx.startLocationUpdateBackground`: the program hears where the device is in the background too.
//!
//! Official page: `api/location/wx.startLocationUpdateBackground`. What it hears of is `wx.onLocationChange`. Needs `location` in
//! `requiredBackgroundModes`.

use crate::api::location_updates::start;
use crate::api::{Api, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startLocationUpdateBackground",
    group: Group::Location,
    summary: "Starts updates of the location, in the background too.",
    since: Version(2, 8, 0),
    params: &[Param::optional("type", Class::String)],
    guard: Guard::Scope("scope.userLocationBackground"),
    private_info: true,
    privacy: Some(PrivacyItem::Location),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::PermissionDescMissing,
        Reason::SystemPermissionDenied,
        Reason::InvalidScope,
    ],
    examples: &[Example {
        title: "Follow the way",
        js: "wx.onLocationChange(({ latitude }) => console.log(latitude));\n\
             wx.startLocationUpdateBackground({ complete() {} })",
        replies: "startLocationUpdateBackground:fail invalid scope",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, |cx, options| start(cx, options, true));
