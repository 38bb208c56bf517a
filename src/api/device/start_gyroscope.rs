//! `wx.startGyroscope`: starts to report the gyroscope.
//!
//! Official page: `api/device/gyroscope/wx.startGyroscope`. `interval` is `game` (20 ms), `ui` (60 ms) or `normal` (200 ms). How a second start ends is
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
    name: "startGyroscope",
    group: Group::Device,
    summary: "Starts to report the gyroscope.",
    since: Version(2, 3, 0),
    params: &[Param::optional("interval", Class::String)],
    privacy: Some(PrivacyItem::Gyroscope),
    fails: &[Reason::Device(DeviceProblem::SensorRuns)],
    differs: "A phone that lies still is reported once, not at each interval.",
    examples: &[Example {
        title: "As often as a game needs it",
        js: "wx.startGyroscope({ interval: 'game' })",
        replies: "startGyroscope:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    start(cx, Sensor::Gyroscope, options)
}
