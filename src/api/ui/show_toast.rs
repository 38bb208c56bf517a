//! `wx.showToast`: a short message that goes away by itself.
//!
//! Official page: `api/ui/interaction/wx.showToast`. A toast and a loading share one place: the
//! later replaces the earlier. The page calls the title required; the base library puts an empty one in
//! the place of one that is left out (open re-implementation of base library 1.4.2).

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param};
use crate::value::Value;
use crate::world::ui::{ShowToast, TOAST_MS, Toast};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showToast",
    group: Group::Ui,
    summary: "Shows a message for a moment.",
    params: &[
        Param::defaulted("title", Class::String),
        Param::defaulted("icon", Class::String),
        Param::optional("image", Class::String),
        Param::defaulted("duration", Class::Number),
        Param::optional("mask", Class::Boolean),
    ],
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "Say that it worked",
        js: "wx.showToast({ title: 'Saved' })",
        replies: "showToast:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    #[expect(clippy::cast_possible_truncation, reason = "float casts saturate")]
    let duration_ms = options
        .get("duration")
        .as_f64()
        .map_or(TOAST_MS, |ms| ms as i64);
    let until = cx.world.now().plus(duration_ms);
    cx.world.apply(ShowToast(Toast {
        title: options.get("title").as_str().unwrap_or_default().to_owned(),
        icon: options.get("icon").as_str().unwrap_or("success").to_owned(),
        mask: options.get("mask").as_bool().unwrap_or(false),
        until,
    }));
    Ok(Vec::new())
}
