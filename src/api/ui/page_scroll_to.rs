//! `wx.pageScrollTo`: moves the page to a position.
//!
//! Official page: `api/ui/scroll/wx.pageScrollTo`. `onPageScroll` runs when the page arrives, 300
//! ms later unless `duration` says otherwise.
//!
//! Differs from the client: the page counts as endless, since nothing is laid out; a `selector`
//! moves nothing; one event tells of the whole way.
//!
//! Unverified: the reply does not wait for the movement.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::ScrollTo;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "pageScrollTo",
    group: Group::Ui,
    summary: "Scrolls the page on top to a position.",
    since: Version(1, 4, 0),
    params: &[
        Param::optional("scrollTop", Class::Number),
        Param::optional("duration", Class::Number),
        Param {
            since: Version(2, 7, 3),
            ..Param::optional("selector", Class::String)
        },
        Param {
            since: Version(2, 23, 1),
            ..Param::optional("offsetTop", Class::Number)
        },
    ],
    support: Support::Partial("`selector`, the end of the page"),
    differs: "Every position is reached; a selector moves nothing.",
    examples: &[Example {
        title: "Back to the top",
        js: "wx.pageScrollTo({ scrollTop: 0 })",
        replies: "pageScrollTo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let number = |key| options.get(key).as_f64();
    #[expect(clippy::cast_possible_truncation, reason = "float casts saturate")]
    let duration_ms = number("duration").map_or(DURATION_MS, |ms| ms as i64);
    if let Some(top) = number("scrollTop") {
        cx.world.apply(ScrollTo { top, duration_ms });
    }
    Ok(Vec::new())
}

/// How long the movement takes when nothing else is said (official page).
const DURATION_MS: i64 = 300;
