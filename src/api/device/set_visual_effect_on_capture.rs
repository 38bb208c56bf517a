//! `wx.setVisualEffectOnCapture`: hides the program from pictures and films of the screen.
//!
//! Official page: `api/device/screen/wx.setVisualEffectOnCapture`.
//!
//! Unverified: any other value is refused; iOS without 3.3.0 succeeds and hides nothing.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::screen_capture::HideFromCapture;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setVisualEffectOnCapture",
    group: Group::Device,
    summary: "Hides the program from pictures and films of the screen.",
    since: Version(2, 20, 1),
    params: &[Param::optional("visualEffect", Class::String)],
    promise: false,
    fails: &[Reason::InvalidValue("visualEffect", String::new())],
    examples: &[Example {
        title: "A code that nobody else should see",
        js: "wx.setVisualEffectOnCapture({ visualEffect: 'hidden' })",
        replies: "setVisualEffectOnCapture:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let hidden = match options.get("visualEffect").as_str() {
        Some("hidden") => true,
        Some("none") | None => false,
        Some(other) => return Err(Reason::InvalidValue("visualEffect", other.to_owned())),
    };
    cx.world.apply(HideFromCapture(hidden));
    Ok(Vec::new())
}
