//! `wx.getExtConfig`: what a third-party platform put into the program.
//!
//! Official page: `api/ext/wx.getExtConfig`.
//!
//! The data is `ext` of ext.json, where `extEnable` is true; `{}` in a program without a third-party
//! platform.

use serde_json::Value as Json;

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getExtConfig",
    group: Group::Ext,
    summary: "Gives the data of ext.json.",
    since: Version(1, 1, 0),
    examples: &[Example {
        title: "Which shop it is",
        js: "wx.getExtConfig({ success: ({ extConfig }) => console.log(extConfig) })",
        replies: "getExtConfig:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let data = Json::Object(cx.world.app().ext_config.clone());
    Ok(vec![("extConfig".to_owned(), Value::from(&data))])
}
