//! `wx.pageScrollTo`: moves the page to a position.
//!
//! Official page: `api/ui/scroll/wx.pageScrollTo`. `onPageScroll` runs when the page arrives, 300
//! ms later unless `duration` says otherwise; the end of the page is the farthest that it goes.
//!
//! Differs from the client: one event tells of the whole way.
//!
//! Unverified: the reply does not wait for the movement; with `scrollTop` and `selector` the former
//! counts; the text of the failure when the selector means nothing.

use crate::api::measured::{Measure, Measured};
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::page_window::ScrollTo;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "pageScrollTo",
    group: Group::Ui,
    summary: "Scrolls the page on top to a position or to a node.",
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
    fails: &[Reason::NoSuchNode],
    examples: &[
        Example {
            title: "Back to the top",
            js: "wx.pageScrollTo({ scrollTop: 0 })",
            replies: "pageScrollTo:ok",
        },
        Example {
            title: "To a node that is not there",
            js: "wx.pageScrollTo({ selector: '#nowhere', fail: () => {} })",
            replies: "pageScrollTo:fail selector not found",
        },
    ],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Measures {
        asks,
        measured: call,
    },
};

/// The selector, where it counts; the first base library to know it is 2.7.3.
fn selector(options: &Value) -> Option<&str> {
    let is_placed = options.get("scrollTop").as_f64().is_some();
    let selector = options.get("selector").as_str();
    selector.filter(|own| !is_placed && !own.is_empty())
}

fn asks(options: &Value) -> Measure {
    let top = options.get("scrollTop").as_f64();
    Measure {
        // The top of a page is there without a layout.
        extent: top.is_some_and(|top| top > 0.0),
        selector: selector(options).map(str::to_owned),
    }
}

fn call(cx: &mut Cx<'_>, options: &Value, found: Measured) -> Reply {
    let number = |key| options.get(key).as_f64();
    #[expect(clippy::cast_possible_truncation, reason = "float casts saturate")]
    let duration_ms = number("duration").map_or(DURATION_MS, |ms| ms as i64);
    let knows_nodes = cx.world.profile().sdk >= Version(2, 7, 3);
    let wanted = if knows_nodes && selector(options).is_some() {
        let top = found.top.ok_or(Reason::NoSuchNode)?;
        Some(top + number("offsetTop").unwrap_or(0.0))
    } else {
        number("scrollTop")
    };
    if let Some(top) = wanted {
        let top = found.scroll_max.map_or(top, |most| top.min(most));
        cx.world.apply(ScrollTo { top, duration_ms });
    }
    Ok(Vec::new())
}

/// How long the movement takes when nothing else is said (official page).
const DURATION_MS: i64 = 300;
