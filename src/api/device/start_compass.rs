//! `wx.startCompass`: starts to report the compass.
//!
//! Official page: `api/device/compass/wx.startCompass`. It reports five times a second. How a second start ends is
//! said in [`sensor`](crate::world::sensor).

use crate::api::sensor::start;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::sensor_reading::Sensor;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "startCompass",
    group: Group::Device,
    summary: "Starts to report the compass.",
    since: Version(1, 1, 0),
    privacy: Some(PrivacyItem::Compass),
    fails: &[Reason::Device(DeviceProblem::SensorRuns)],
    differs: "A phone that lies still is reported once, not at each interval.",
    examples: &[Example {
        title: "Listen to the compass",
        js: "wx.startCompass()",
        replies: "startCompass:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    start(cx, Sensor::Compass, options)
}
