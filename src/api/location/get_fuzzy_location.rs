//! `wx.getFuzzyLocation`: roughly where the device is.
//!
//! Official page: `api/location/wx.getFuzzyLocation`. Guarded by `scope.userFuzzyLocation`; must be listed in
//! `requiredPrivateInfos`. No promise form.
//!
//! Unverified: coordinates are cut to two decimals.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getFuzzyLocation",
    group: Group::Location,
    summary: "Gives roughly the device's position.",
    since: Version(2, 25, 0),
    params: &[Param::optional("type", Class::String)],
    promise: false,
    guard: Guard::Scope("scope.userFuzzyLocation"),
    private_info: true,
    privacy: Some(PrivacyItem::Location),
    latency_ms: 200,
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::PermissionDescMissing,
        Reason::SystemPermissionDenied,
    ],
    examples: &[Example {
        title: "The part of the town",
        js: "wx.getFuzzyLocation({ success: ({ latitude }) => console.log(latitude) })",
        replies: "getFuzzyLocation:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let gcj02 = options.get("type").as_str() == Some("gcj02");
    let (latitude, longitude) = cx.world.coordinates(gcj02);
    let rough = |degrees: f64| Value::Number((degrees * 100.0).trunc() / 100.0);
    Ok(vec![
        ("latitude".to_owned(), rough(latitude)),
        ("longitude".to_owned(), rough(longitude)),
    ])
}
