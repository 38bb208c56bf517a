//! A page that is opened from the timeline (scene 1154) works without a login and without other pages.
//!
//! Judged in a run that is opened so. Found are: an uncaught error; a page that shows nothing when the program rests;
//! and a call of a login or of another page that the single page refuses though the user asked for nothing (information
//! only, since a program may well cope with the failure). Errors and blank pages are not judged once data were asked for
//! that wxsim could not get.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Cx, Judged, Root, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event, Fault};
use crate::view::tree::{Kind, Tree};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P35",
    name: "single-page-safe",
    weight: Weight::Warning,
    title: [
        "A page that is opened from the timeline works without a login and without other pages",
        "从朋友圈单页模式打开的页面不依赖登录和页面跳转",
    ],
    fix: [
        "look at the scene (1154) and show the content without a login; leave what needs one to the whole program",
        "判断场景值 1154，在不登录的情况下展示内容，需要登录的功能留给完整的小程序",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/share-timeline.md",
    official: true,
    judged: Judged::Run(|| Box::<SinglePage>::default()),
};

/// The scene.
const SCENE: u64 = 1154;

/// What the page must do without: logins, what comes of them, other pages.
const NEEDLESS: [&str; 14] = [
    "login",
    "checkSession",
    "getUserInfo",
    "getUserProfile",
    "authorize",
    "getSetting",
    "requestPayment",
    "navigateTo",
    "redirectTo",
    "reLaunch",
    "switchTab",
    "navigateBack",
    "navigateToMiniProgram",
    "navigateBackMiniProgram",
];

/// What a refused call is told.
const REFUSED: &str = "no permission";

/// Follows a single page.
#[derive(Default)]
struct SinglePage {
    /// Whether the program is open as one.
    is_open: bool,
    /// Whether data could not be got.
    is_blind: bool,
    /// Pages that were judged.
    judged: BTreeSet<String>,
}

impl Watcher for SinglePage {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, options } if kind == "launch" => {
                let scene = options
                    .as_ref()
                    .and_then(|options| options["scene"].as_u64());
                self.is_open = scene == Some(SCENE);
                self.is_blind = false;
            }
            _ if !self.is_open => {}
            Event::Unrouted { .. } | Event::Undeclared { .. } | Event::Unsupported { .. } => {
                self.is_blind = true;
            }
            Event::Error {
                fault,
                exception,
                place,
                ..
            } if *fault == Fault::App && !self.is_blind => {
                let headline = exception.headline();
                if headline.ends_with(REFUSED) {
                    // WeChat itself tells the user about the whole program.
                    return;
                }
                let found = cx.find_at(
                    entry.task,
                    exception.stack.first().cloned(),
                    format!("an error on the single page of the timeline: {headline}"),
                    format!("朋友圈单页模式下出现错误：{headline}"),
                );
                found.data = json!({ "problem": "error", "place": place });
            }
            Event::Reply { call, api, result } => {
                let message = result["errMsg"].as_str().unwrap_or_default();
                let task = cx.causes.call(*call).map_or(entry.task, |call| call.task);
                let is_by_user = matches!(cx.causes.root(task), Root::Gesture(_));
                if message.ends_with(REFUSED) && !is_by_user && NEEDLESS.contains(&api.as_str()) {
                    let found = cx.find_call(
                        *call,
                        format!("`{api}` is called on the single page of the timeline, which does not have it"),
                        format!("在朋友圈单页模式下调用了不可用的 `{api}`"),
                    );
                    found.weight = Weight::Info;
                    found.data = json!({ "problem": "call", "api": api });
                }
            }
            _ => {}
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        let is_settled = cx.rest.pending.is_empty() && cx.causes.open_timers().next().is_none();
        if !self.is_open || self.is_blind || !is_settled || !cx.rest.world.is_single_page() {
            return;
        }
        let Some(tree) = cx.rest.tree.filter(|_| !cx.page.is_empty()) else {
            return;
        };
        if self.judged.insert(cx.page.to_owned()) && !shows_something(tree) {
            let page = cx.page.to_owned();
            let found = cx.find_at(
                0,
                None,
                format!("{page} shows nothing on the single page of the timeline"),
                format!("{page} 在朋友圈单页模式下是空白页"),
            );
            found.data = json!({ "problem": "blank" });
        }
    }
}

/// Elements that show something without a text.
const SHOWING: [&str; 16] = [
    "image",
    "canvas",
    "video",
    "map",
    "web-view",
    "icon",
    "progress",
    "slider",
    "switch",
    "input",
    "textarea",
    "live-player",
    "camera",
    "rich-text",
    "open-data",
    "ad",
];

/// Whether a page has a text, a picture or the like.
fn shows_something(tree: &Tree) -> bool {
    let mut left = vec![tree.page()];
    while let Some(id) = left.pop() {
        if let Some(node) = tree.find(id) {
            let shows = match &node.kind {
                Kind::Text(text) => !text.trim().is_empty(),
                Kind::Element(element) => {
                    SHOWING.contains(&&*element.tag) || element.style.contains("background")
                }
                Kind::Root | Kind::Virtual(_) => false,
            };
            if shows {
                return true;
            }
        }
        left.extend(tree.drawn_children(id));
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn problems(markup: &str, body: &str, scene: u32) -> Vec<String> {
        let script = format!("Page({{ data: {{ text: '' }}, onLoad() {{\n {body} }} }})");
        let sample =
            Sample::page(markup, &script).route("* https://a.example/ = 200 {\"text\":\"hi\"}");
        let found = sample.opened("pages/a/a", scene).findings("P35");
        let problems = found.iter().map(|found| {
            if let Some(at) = &found.at {
                assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
            }
            found.data["problem"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        });
        problems.collect()
    }

    const TEXT: &str = "<view>{{text}}</view>";
    const LOGS_IN: &str = "wx.login({ success: () => this.setData({ text: 'hi' }) })";

    #[test]
    fn a_page_that_needs_a_login_is_blank() {
        assert_eq!(problems(TEXT, LOGS_IN, 1154), ["call", "blank"]);
        assert_eq!(problems(TEXT, LOGS_IN, 1001), [""; 0], "the whole program");
        let both = "<image src=\"/a.png\"/>";
        assert_eq!(problems(both, LOGS_IN, 1154), ["call"]);
    }

    #[test]
    fn a_page_that_shows_its_content_is_fine() {
        assert_eq!(
            problems(TEXT, "this.setData({ text: 'hi' })", 1154),
            [""; 0]
        );
        let asks =
            "wx.request({ url: 'https://a.example/', success: ({ data }) => this.setData(data) })";
        assert_eq!(problems(TEXT, asks, 1154), [""; 0]);
        let unknown = asks.replace("a.example", "b.example");
        assert_eq!(
            problems(TEXT, &unknown, 1154),
            [""; 0],
            "data that wxsim has not"
        );
        assert_eq!(problems(TEXT, "", 1154), ["blank"]);
    }

    #[test]
    fn an_error_there_is_found() {
        let fails = "this.setData({ text: 'hi' }); null.openid";
        assert_eq!(problems(TEXT, fails, 1154), ["error"]);
        let unknown = "this.setData({ text: 'hi' }); wx.request({ url: 'https://b.example/', complete: (r) => r.data.a })";
        assert_eq!(
            problems(TEXT, unknown, 1154),
            [""; 0],
            "data that wxsim has not"
        );
        assert_eq!(problems(TEXT, fails, 1001), [""; 0]);
    }

    #[test]
    fn what_the_user_taps_is_the_users_wish() {
        let script = "Page({ go() { wx.navigateTo({ url: '/pages/a/a' }) } })";
        let sample = Sample::page("<button bindtap=\"go\">a</button>", script);
        let found = sample
            .opened("pages/a/a", 1154)
            .steps(&["tap text=a"])
            .findings("P35");
        assert_eq!(found, []);
    }
}
