//! `wx.getExtConfig`: what a third-party platform put into the program.
//!
//! Official page: `api/ext/wx.getExtConfig`.
//!
//! Differs from the client: ext.json is not read, so that the data is `{}`, as in a program
//! without a third-party platform.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Example, Group, Support};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getExtConfig",
    group: Group::Ext,
    summary: "Gives the data of ext.json.",
    since: Version(1, 1, 0),
    support: Support::Partial("ext.json"),
    differs: "The data is always empty.",
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
fn call(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(vec![("extConfig".to_owned(), Value::Object(Vec::new()))])
}
