//! `wx.loadBuiltInFontFace`: makes one of the fonts of WeChat usable.
//!
//! Official page: `api/ui/font/wx.loadBuiltInFontFace`.
//!
//! Unverified: the text for a font that WeChat does not have.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "loadBuiltInFontFace",
    group: Group::Ui,
    summary: "Loads a font that WeChat brings with it.",
    since: Version(3, 7, 9),
    params: &[
        Param::required("family", Class::String),
        Param::required("source", Class::String),
    ],
    promise: false,
    fails: &[Reason::InvalidValue("source", String::new())],
    examples: &[Example {
        title: "Numbers as WeChat writes them",
        js: "wx.loadBuiltInFontFace({ family: 'Sans', source: 'WeChatSansSS' })",
        replies: "loadBuiltInFontFace:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(_: &mut Cx<'_>, options: &Value) -> Reply {
    match options.get("source").as_str() {
        Some("WeChatSansSS" | "WeChatSansStd") => Ok(vec![("status".to_owned(), "loaded".into())]),
        other => Err(Reason::InvalidValue(
            "source",
            other.unwrap_or_default().to_owned(),
        )),
    }
}
