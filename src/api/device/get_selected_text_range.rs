//! `wx.getSelectedTextRange`: what is selected in the field that has the focus.
//!
//! Official page: `api/device/keyboard/wx.getSelectedTextRange`.
//!
//! The step `keyboard 300 2-5` gives some field the focus, with a selection.
//!
//! Unverified: the text of the failure without a focus.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getSelectedTextRange",
    group: Group::Device,
    summary: "Tells what is selected in the field that has the focus.",
    since: Version(2, 7, 0),
    fails: &[Reason::Device(DeviceProblem::NoFocus)],
    examples: &[Example {
        title: "No field has the focus",
        js: "wx.getSelectedTextRange({ fail: () => {} })",
        replies: "getSelectedTextRange:fail no focused input",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let selection = cx
        .world
        .selection()
        .ok_or(Reason::Device(DeviceProblem::NoFocus))?;
    Ok(vec![
        ("start".to_owned(), selection.start.into()),
        ("end".to_owned(), selection.end.into()),
    ])
}
