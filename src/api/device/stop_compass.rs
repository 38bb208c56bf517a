//! `wx.stopCompass`: stops to report the compass.
//!
//! Official page: `api/device/compass/wx.stopCompass`. Listeners stay; on Android stopping what does
//! not run fails.

use crate::api::sensor::stop;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::sensor_reading::Sensor;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "stopCompass",
    group: Group::Device,
    summary: "Stops to report the compass.",
    since: Version(1, 1, 0),
    fails: &[Reason::Device(DeviceProblem::SensorStands)],
    examples: &[Example {
        title: "When the page is left",
        js: "wx.stopCompass()",
        replies: "stopCompass:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    stop(cx, Sensor::Compass)
}
