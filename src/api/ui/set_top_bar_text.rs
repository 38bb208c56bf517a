//! `wx.setTopBarText`: the text of the program when it is pinned to the top of the chats.
//!
//! Official page: `api/ui/sticky/wx.setTopBarText`.
//!
//! Pinning is gone since base library 1.9.9; the call still succeeds. Within five seconds of a success the next
//! one fails.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::top_bar::SetTopBarText;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setTopBarText",
    group: Group::Ui,
    summary: "Sets the text of the program in the list of chats.",
    since: Version(1, 4, 3),
    params: &[Param::required("text", Class::String)],
    fails: &[Reason::Device(DeviceProblem::TooOften)],
    examples: &[Example {
        title: "What is new",
        js: "wx.setTopBarText({ text: '3 new' })",
        replies: "setTopBarText:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = options.get("text").as_str().unwrap_or_default().to_owned();
    cx.world.apply(SetTopBarText(text))?;
    Ok(Vec::new())
}
