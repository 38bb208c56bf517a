//! `wx.setWindowSize`: the size of the window on a computer.
//!
//! Official page: `api/ui/window/wx.setWindowSize`.
//!
//! Deprecated since 2.11.0.
//!
//! Unverified: the text of the failure on a phone; sizes from 200 to 10000 pixels are possible.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::window_frame::ResizeWindow;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setWindowSize",
    group: Group::Ui,
    summary: "Sets the size of the window on a computer.",
    since: Version(2, 10, 1),
    params: &[
        Param::required("width", Class::Number),
        Param::required("height", Class::Number),
    ],
    promise: false,
    fails: &[Reason::NotSupported],
    examples: &[Example {
        title: "Computers only",
        js: "wx.setWindowSize({ width: 800, height: 600, fail: () => {} })",
        replies: "setWindowSize:fail not supported",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    if !matches!(
        cx.world.profile().platform,
        Platform::Windows | Platform::Mac
    ) {
        return Err(Reason::NotSupported);
    }
    let pixels = |name: &str| options.get(name).as_f64().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float casts saturate"
    )]
    cx.world.apply(ResizeWindow {
        width: pixels("width") as u32,
        height: pixels("height") as u32,
    });
    Ok(Vec::new())
}
