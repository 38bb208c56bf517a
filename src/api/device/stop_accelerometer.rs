//! `wx.stopAccelerometer`: stops to report the accelerometer.
//!
//! Official page: `api/device/accelerometer/wx.stopAccelerometer`. Listeners stay; on Android stopping what does
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
    name: "stopAccelerometer",
    group: Group::Device,
    summary: "Stops to report the accelerometer.",
    since: Version(1, 1, 0),
    fails: &[Reason::Device(DeviceProblem::SensorStands)],
    examples: &[Example {
        title: "When the page is left",
        js: "wx.stopAccelerometer()",
        replies: "stopAccelerometer:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    stop(cx, Sensor::Accelerometer)
}
