//! `wx.startLocationUpdate`: the program hears where the device is while it is in front.
//!
//! Official page: `api/location/wx.startLocationUpdate`. What it hears of is `wx.onLocationChange`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::location_updates::{StartUpdates, Updates};
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
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cx.world.apply(StartUpdates(Updates {
        in_background: false,
        gcj02: options.get("type").as_str() != Some("wgs84"),
    }));
    Ok(Vec::new())
}
