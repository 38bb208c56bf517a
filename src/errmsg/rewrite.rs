//! Failures of `wx.rewriteRoute`, in the words of the official page "Route rewriting".

use super::meaning::{Meaning, text};

/// Why a route is not led to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RewriteProblem {
    /// No listener of `wx.onBeforeAppRoute` runs.
    Outside,
    /// It was led elsewhere already; to that page.
    Twice(String),
    /// It goes back.
    Back,
    /// It opens pages that are no tab pages; its kind, the page.
    Tab(&'static str, String),
    /// It opens tab pages; its kind, the page.
    NoTab(&'static str, String),
}

impl RewriteProblem {
    /// Its own words.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Outside => {
                "rewriteRoute is only allowed in a onBeforeAppRoute callback".to_owned()
            }
            Self::Twice(page) => format!(
                "rewriteRoute can only be called once in a route event, this page hash been \
                 rewritten to \"{page}\""
            ),
            Self::Back => "a \"navigateBack\" event is not allowed to be rewritten".to_owned(),
            Self::Tab(kind, page) => {
                format!("rewriting a \"{kind}\" event to a tab page(\"{page}\") is not allowed")
            }
            Self::NoTab(kind, page) => format!(
                "rewriting a \"{kind}\" event to to a non-tab page(\"{page}\") is not allowed"
            ),
        }
    }

    /// What it means and what to do.
    pub(super) fn meaning() -> Meaning {
        text(
            "A route can be led to another page only while listeners of wx.onBeforeAppRoute run, once, and to a page of the same kind.",
            "只能在 wx.onBeforeAppRoute 的回调里同步重写路由，每次只能重写一次，且目标页面要与路由类型匹配。",
            "Call it at once in the listener; otherwise fall back to wx.redirectTo.",
            "在监听函数里同步调用；不适用时改用 wx.redirectTo。",
        )
    }
}
