//! `wx.startLocationUpdateBackground`: the program hears where the device is in the background too.
//!
//! Official page: `api/location/wx.startLocationUpdateBackground`. What it hears of is `wx.onLocationChange`. Needs `location` in
//! `requiredBackgroundModes`.
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::location_updates::{StartUpdates, Updates};
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
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cx.world.apply(StartUpdates(Updates {
        in_background: true,
        gcj02: options.get("type").as_str() != Some("wgs84"),
    }));
    Ok(Vec::new())
}
