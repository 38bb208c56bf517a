//! `wx.stopDeviceMotionListening`: stops to report the orientation of the phone.
//!
//! Official page: `api/device/motion/wx.stopDeviceMotionListening`. Listeners stay; on Android stopping what does
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
    name: "stopDeviceMotionListening",
    group: Group::Device,
    summary: "Stops to report the orientation of the phone.",
    since: Version(2, 3, 0),
    fails: &[Reason::Device(DeviceProblem::SensorStands)],
    examples: &[Example {
        title: "When the page is left",
        js: "wx.stopDeviceMotionListening()",
        replies: "stopDeviceMotionListening:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    stop(cx, Sensor::DeviceMotion)
}
