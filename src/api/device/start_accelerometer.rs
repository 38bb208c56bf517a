//! `wx.startAccelerometer`: starts to report the accelerometer.
//!
//! Official page: `api/device/accelerometer/wx.startAccelerometer`. `interval` is `game` (20 ms), `ui` (60 ms) or `normal` (200 ms). How a second start ends is
//! said in [`sensor`](crate::world::sensor).
//!
//! Unverified: another `interval` is taken for `normal`.

use crate::api::sensor::start;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::sensor_reading::Sensor;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startAccelerometer",
    group: Group::Device,
    summary: "Starts to report the accelerometer.",
    since: Version(1, 1, 0),
    params: &[Param::since("interval", Class::String, Version(2, 1, 0))],
    privacy: Some(PrivacyItem::Accelerometer),
    fails: &[Reason::Device(DeviceProblem::SensorRuns)],
    differs: "A phone that lies still is reported once, not at each interval.",
    examples: &[Example {
        title: "As often as a game needs it",
        js: "wx.startAccelerometer({ interval: 'game' })",
        replies: "startAccelerometer:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    start(cx, Sensor::Accelerometer, options)
}
