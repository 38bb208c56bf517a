//! `wx.preloadAssets`: loads fonts and pictures for the view before they are needed.
//!
//! Official page: `api/base/performance/wx.preloadAssets`.
//!
//! Differs from the client: nothing is loaded.
//!
//! Unverified: the text for an item that is no font and no picture.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "preloadAssets",
    group: Group::Base,
    summary: "Loads fonts and pictures before they are needed.",
    since: Version(2, 22, 1),
    params: &[Param::required("data", Class::Array)],
    promise: false,
    fails: &[Reason::Parameter(String::new())],
    differs: "Nothing is loaded.",
    examples: &[Example {
        title: "A picture of the next page",
        js: "wx.preloadAssets({ data: [{ type: 'image', src: 'https://a.example/b.png' }] })",
        replies: "preloadAssets:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(_: &mut Cx<'_>, options: &Value) -> Reply {
    for (at, asset) in options.get("data").items().iter().enumerate() {
        let kind = asset.get("type").as_str().unwrap_or_default();
        if !["font", "image"].contains(&kind) || asset.get("src").as_str().is_none() {
            return Err(Reason::Parameter(format!(
                "parameter.data[{at}] is no font or image;"
            )));
        }
    }
    Ok(Vec::new())
}
