//! `wx.openLocation`: shows a place on WeChat's own map.
//!
//! Official page: `api/location/wx.openLocation`. Coordinates are GCJ-02.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openLocation",
    group: Group::Location,
    summary: "Shows a place on WeChat's own map.",
    params: &[
        Param::required("latitude", Class::Number),
        Param::required("longitude", Class::Number),
        Param::optional("scale", Class::Number),
        Param::optional("name", Class::String),
        Param::optional("address", Class::String),
    ],
    examples: &[Example {
        title: "The shop",
        js: "wx.openLocation({ latitude: 23.1, longitude: 113.3, name: 'Shop' })",
        replies: "openLocation:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}
