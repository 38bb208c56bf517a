//! `wx.getDeviceBenchmarkInfo`: how fast the device is.
//!
//! Official page: `api/base/system/wx.getDeviceBenchmarkInfo`.
//!
//! `benchmarkLevel` is -1 where it is unknown; `modelLevel` is 1 (fast) to 3 (slow), 0 where it is unknown.
//!
//! Unverified: which grades belong to which class.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getDeviceBenchmarkInfo",
    group: Group::Base,
    summary: "Grades the device.",
    since: Version(3, 4, 5),
    promise: false,
    examples: &[Example {
        title: "Fewer effects on slow phones",
        js: "wx.getDeviceBenchmarkInfo({ success: ({ modelLevel }) => console.log(modelLevel) })",
        replies: "getDeviceBenchmarkInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let level = cx.world.phone().benchmark_level;
    let class: u32 = match level {
        ..=0 => 0,
        1..=15 => 3,
        16..=22 => 2,
        _ => 1,
    };
    Ok(vec![
        ("benchmarkLevel".to_owned(), f64::from(level).into()),
        ("modelLevel".to_owned(), class.into()),
    ])
}
