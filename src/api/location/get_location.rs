//! `wx.getLocation`: where the device is.
//!
//! Official page: `api/location/wx.getLocation`. Guarded by `scope.userLocation`; programs published
//! after 2022-07-14 must list it in `requiredPrivateInfos`. How often a program may look is described with
//! [`FindPosition`].
//!
//! Differs from the client: the developer tool gives what a phone gives.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{AccountProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::position::{FindPosition, TooOften};
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getLocation",
    privacy: Some(PrivacyItem::Location),
    group: Group::Location,
    summary: "Gives the device's position.",
    params: &[
        Param::optional("type", Class::String),
        Param {
            since: Version(1, 6, 0),
            ..Param::optional("altitude", Class::Boolean)
        },
        Param {
            since: Version(2, 9, 0),
            ..Param::optional("isHighAccuracy", Class::Boolean)
        },
        Param {
            since: Version(2, 9, 0),
            ..Param::optional("highAccuracyExpireTime", Class::Number)
        },
    ],
    guard: Guard::Scope("scope.userLocation"),
    private_info: true,
    latency_ms: 200,
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::PermissionDescMissing,
        Reason::PrivateInfoUndeclared,
        Reason::SystemPermissionDenied,
        Reason::Account(AccountProblem::LocationTooFrequent),
    ],
    examples: &[Example {
        title: "Asks for the scope, then answers",
        js: "wx.getLocation({ type: 'wgs84' })",
        replies: "getLocation:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let gcj02 = options.get("type").as_str() == Some("gcj02");
    let caller = cx.caller.clone();
    let found = cx.world.apply(FindPosition { caller, gcj02 });
    let fix = found.map_err(|TooOften| Reason::Account(AccountProblem::LocationTooFrequent))?;
    let (latitude, longitude) = fix.coordinates(gcj02);
    let android = cx.world.profile().platform == Platform::Android;
    let altitude = if options.get("altitude").as_bool() == Some(true) {
        fix.altitude
    } else {
        0.0
    };
    let members = [
        ("latitude", latitude),
        ("longitude", longitude),
        ("speed", fix.speed),
        ("accuracy", fix.accuracy),
        ("altitude", altitude),
        (
            "verticalAccuracy",
            if android { 0.0 } else { fix.vertical_accuracy },
        ),
        ("horizontalAccuracy", fix.horizontal_accuracy),
    ];
    Ok(members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect())
}
