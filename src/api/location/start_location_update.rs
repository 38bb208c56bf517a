//! `wx.startLocationUpdate`: the program hears where the device is while it is in front.
//!
//! Official page: `api/location/wx.startLocationUpdate`. What it hears of is `wx.onLocationChange`.

use crate::api::location_updates::start;
use crate::api::{Api, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startLocationUpdate",
    group: Group::Location,
    summary: "Starts updates of the location.",
    since: Version(2, 8, 0),
    params: &[Param::optional("type", Class::String)],
    guard: Guard::Scope("scope.userLocation"),
    private_info: true,
    privacy: Some(PrivacyItem::Location),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::PermissionDescMissing,
        Reason::SystemPermissionDenied,
    ],
    examples: &[Example {
        title: "Follow the way",
        js: "wx.onLocationChange(({ latitude }) => console.log(latitude));\n\
             wx.startLocationUpdate({ complete() {} })",
        replies: "startLocationUpdate:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, |cx, options| start(cx, options, false));
