//! `wx.stopLocationUpdate`: ends the updates of the location.
//!
//! Official page: `api/location/wx.stopLocationUpdate`. Also those in the background.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::location_updates::StopUpdates;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "stopLocationUpdate",
    group: Group::Location,
    summary: "Ends the updates of the location.",
    since: Version(2, 8, 0),
    examples: &[Example {
        title: "No longer on the way",
        js: "wx.stopLocationUpdate()",
        replies: "stopLocationUpdate:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    cx.world.apply(StopUpdates);
    Ok(Vec::new())
}
