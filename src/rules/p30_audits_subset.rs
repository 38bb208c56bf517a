//! Some rules of the official tool's audits (体验评分) that a run proves; which one is in the finding's `part`.
//!
//! | part | found |
//! |---|---|
//! | `https` | a request or socket to an address without TLS, but for the developer's own machine and network |
//! | `url` | a request that fails because its address is none |
//! | `deprecated` | a call of a member that the platform has given up (information only) |
//! | `timer` | a timer that runs again and again and sets the data of a page that is gone |
//! | `setDataSize` | `setData` with more than 256 KB of JSON text |
//! | `setDataRate` | more than twenty `setData` of a page itself, without its components, within a second of virtual time |
//! | `unreachable` | a page that a complete exploration never saw |
//!
//! Requests that fail for another reason are what the test declared or what no route answers, so they are not found.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value as Json, json};

use super::carried::host;
use super::deprecated_apis::deprecated;
use super::{Cx, Explored, Judged, Rule, Watcher};
use crate::runtime::monitor::{Found, Weight, Words};
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P30",
    name: "audits-subset",
    weight: Weight::Warning,
    title: [
        "What the audits of the official tool ask for: HTTPS, valid addresses, current APIs, timers that end, small and rare setData, pages that can be reached",
        "符合官方体验评分的要求：使用 HTTPS、地址有效、不用已废弃接口、定时器及时清理、setData 数据小且不频繁、页面可到达",
    ],
    fix: [
        "https and wss with full addresses; the API that replaces a deprecated one; clear intervals in onUnload; one setData with only what changed and is shown; take pages that nothing leads to out of app.json",
        "使用 https/wss 和完整地址；改用替代接口；在 onUnload 中清除定时器；合并 setData，只传变化且要显示的数据；从 app.json 中去掉无法到达的页面",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/audits/performance.html",
    official: true,
    judged: Judged::Both(|| Box::<Audits>::default(), unreachable_pages),
};

/// Most bytes of JSON text in a `setData`.
const SET_DATA_BYTES_MAX: usize = 256 * 1024;
/// Most `setData` of a page in a second.
const SET_DATA_RATE_MAX: usize = 20;

/// Counts and looks.
#[derive(Default)]
struct Audits {
    /// When each page set its data, at most one more than are fine.
    times: BTreeMap<u32, VecDeque<i64>>,
}

impl Watcher for Audits {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Call {
                call, api, options, ..
            } => {
                judge_address(*call, api, options, cx);
                judge_age(api, cx);
            }
            Event::Sync { api, .. } => judge_age(api, cx),
            Event::Reply { call, api, result } => {
                let message = result["errMsg"].as_str().unwrap_or_default();
                if REQUESTING.contains(&api.as_str()) && message.contains("invalid url") {
                    let found = cx.find_call(
                        *call,
                        format!("`{message}`: the address is none"),
                        format!("`{message}`：请求地址无效"),
                    );
                    found.data = json!({ "part": "url", "api": api });
                }
            }
            Event::SetData { route, page, data } => {
                judge_size(route, data, cx);
                judge_timer(*page, entry.task, cx);
                if cx.rest.project.page(route).is_some() {
                    self.judge_rate(*page, route, entry.t, cx);
                }
            }
            _ => {}
        }
    }
}

/// APIs that take the address of a server.
const REQUESTING: [&str; 4] = ["request", "downloadFile", "uploadFile", "connectSocket"];

fn judge_address(call: u32, api: &str, options: &Json, cx: &mut Cx<'_>) {
    let url = options["url"].as_str().unwrap_or_default();
    let is_open = ["http://", "ws://"]
        .iter()
        .any(|scheme| url.to_lowercase().starts_with(scheme));
    let host = host(url);
    if REQUESTING.contains(&api) && is_open && !is_own(&host) {
        let found = cx.find_call(
            call,
            format!("`{api}` goes to {host} without TLS: use https (wss for sockets)"),
            format!("`{api}` 以明文访问 {host}：请使用 https（套接字使用 wss）"),
        );
        found.data = json!({ "part": "https", "api": api, "host": host });
    }
}

/// Whether a host is the developer's own machine or in the own network.
fn is_own(host: &str) -> bool {
    let own = [
        "localhost",
        "127.",
        "10.",
        "192.168.",
        "172.",
        "[",
        "0.0.0.0",
    ];
    host.is_empty()
        || own.iter().any(|begin| host.starts_with(begin))
        || host.rsplit('.').next() == Some("local")
}

fn judge_age(api: &str, cx: &mut Cx<'_>) {
    let Some(known) = deprecated(api, cx.rest.world.profile().sdk).filter(|_| !cx.stack.is_empty())
    else {
        return;
    };
    let since = known.since.to_string();
    let (en, zh) = match known.instead {
        "" => (String::new(), String::new()),
        instead => (format!(": use {instead}"), format!("，请改用 {instead}")),
    };
    let found = cx.find(
        format!("wx.{api} is deprecated since base library {since}{en}"),
        format!("wx.{api} 自基础库 {since} 起已废弃{zh}"),
    );
    found.weight = Weight::Info;
    found.data = json!({ "part": "deprecated", "api": api, "instead": known.instead });
}

fn judge_size(route: &str, data: &Json, cx: &mut Cx<'_>) {
    let bytes = data.to_string().len();
    if bytes > SET_DATA_BYTES_MAX {
        let found = cx.find(
            format!("setData of {route} carries more than 256 KB"),
            format!("{route} 的 setData 数据超过 256 KB"),
        );
        found.data = json!({ "part": "setDataSize", "bytes": bytes });
    }
}

/// A page that is gone is set by a timer.
fn judge_timer(page: u32, task: u32, cx: &mut Cx<'_>) {
    let is_there = cx
        .rest
        .world
        .page(crate::world::route::PageId(page))
        .is_some();
    if page > 0 && !is_there && cx.causes.timer_of(task).is_some() && cx.causes.is_by_interval(task)
    {
        let found = cx.find(
            "an interval still sets the data of a page that is gone: end it in onUnload",
            "页面已卸载，定时器仍在更新其数据：请在 onUnload 中清除",
        );
        found.data = json!({ "part": "timer", "timer": found_timer(&found.causes) });
    }
}

/// The timer of a chain of causes.
fn found_timer(causes: &[String]) -> Json {
    let timer = causes
        .iter()
        .rev()
        .find(|cause| cause.starts_with("timer "));
    timer.map_or(Json::Null, |timer| timer.as_str().into())
}

impl Audits {
    fn judge_rate(&mut self, page: u32, route: &str, t: i64, cx: &mut Cx<'_>) {
        let times = self.times.entry(page).or_default();
        times.push_back(t);
        while times.front().is_some_and(|first| t - first >= 1_000) {
            times.pop_front();
        }
        if times.len() > SET_DATA_RATE_MAX {
            times.clear();
            let found = cx.find(
                format!("{route} calls setData more than twenty times a second"),
                format!("{route} 每秒调用 setData 超过 20 次"),
            );
            found.data = json!({ "part": "setDataRate" });
        }
    }
}

/// Pages that nothing leads to.
fn unreachable_pages(explored: &Explored, found: &mut Vec<Found>) {
    if !explored.is_complete {
        return;
    }
    for page in &explored.pages {
        let is_seen = explored
            .states
            .iter()
            .any(|state| state.stack.contains(page));
        if !is_seen {
            let mut one = RULE.found(Words::new(
                format!("nothing leads to {page}"),
                format!("没有任何操作可以到达 {page}"),
            ));
            one.data = json!({ "part": "unreachable", "page": page });
            found.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unreachable_pages;
    use crate::rules::explored::{Explored, State};
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Weight;

    /// The parts that are found, with their lines.
    fn parts(body: &str) -> Vec<(String, u32)> {
        let script = format!("Page({{ go() {{\n {body} }} }})");
        let sample = Sample::page("<button bindtap=\"go\">a</button>", &script);
        let found = sample.steps(&["tap text=a"]).findings("P30");
        let parts = found.iter().map(|found| {
            let part = found.data["part"].as_str().unwrap_or_default();
            (part.to_owned(), found.at.as_ref().map_or(0, |at| at.line))
        });
        parts.collect()
    }

    fn one(part: &str, line: u32) -> Vec<(String, u32)> {
        vec![(part.to_owned(), line)]
    }

    #[test]
    fn addresses_need_tls_and_must_be_some() {
        assert_eq!(
            parts("wx.request({ url: 'http://a.example/' })"),
            one("https", 2)
        );
        assert_eq!(
            parts("wx.connectSocket({ url: 'ws://a.example/' })"),
            one("https", 2)
        );
        assert_eq!(parts("wx.request({ url: 'https://a.example/' })"), []);
        assert_eq!(parts("wx.request({ url: 'http://localhost:3000/' })"), []);
        assert_eq!(
            parts("wx.request({ url: 'a.example/b', fail() {} })"),
            one("url", 2)
        );
    }

    #[test]
    fn what_the_platform_gave_up_is_information() {
        assert_eq!(parts("\nwx.getSystemInfoSync()"), one("deprecated", 3));
        assert_eq!(parts("wx.getWindowInfo()"), []);
        let script = "Page({ onLoad() { wx.getSystemInfoSync() } })";
        let found = Sample::page("<view>hi</view>", script).findings("P30");
        assert_eq!(found[0].weight, Weight::Info);
        assert!(
            found[0].says.en.contains("2.20.1: use getWindowInfo"),
            "{}",
            found[0].says.en
        );
        let old = Sample::page("<view>hi</view>", script)
            .day("2018-06-04")
            .findings("P30");
        assert_eq!(old, []);
    }

    #[test]
    fn set_data_is_small_and_rare() {
        assert_eq!(
            parts("this.setData({ a: 'x'.repeat(300 * 1024) })"),
            one("setDataSize", 2)
        );
        assert_eq!(parts("this.setData({ a: 'x'.repeat(200 * 1024) })"), []);
        assert_eq!(
            parts("for (let i = 0; i < 21; i++)\n  this.setData({ i })"),
            one("setDataRate", 3)
        );
        assert_eq!(
            parts("for (let i = 0; i < 20; i++) this.setData({ i })"),
            []
        );
    }

    #[test]
    fn components_are_many_and_not_counted() {
        let sample = Sample::page("<part/>", "Page({})")
            .file(
                "pages/a/a.json",
                r#"{"usingComponents": {"part": "/part/part"}}"#,
            )
            .file("part/part.json", r#"{"component": true}"#)
            .file("part/part.wxml", "<view>{{i}}</view>")
            .file(
                "part/part.js",
                "Component({ attached() { for (let i = 0; i < 30; i++) this.setData({ i }) } })",
            );
        assert_eq!(sample.findings("P30"), []);
    }

    #[test]
    fn an_interval_ends_with_its_page() {
        let of = |unload: &str| {
            let script = format!(
                "Page({{ onLoad() {{ this.t = setInterval(() => {{\n this.setData({{ now: Date.now() }}) }}, 500) }}, {unload} }})"
            );
            let found = Sample::new(&[
                ("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#),
                ("app.js", "App({})"),
                (
                    "pages/a/a.wxml",
                    "<navigator url=\"/pages/b/b\">a</navigator>",
                ),
                ("pages/a/a.js", "Page({})"),
                ("pages/b/b.wxml", "<view>b</view>"),
                ("pages/b/b.js", &script),
            ]);
            found
                .steps(&["tap text=a", "advance 2s", "back", "advance 2s"])
                .findings("P30")
        };
        let found = of("");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/b/b.js", 2));
        assert_eq!(found[0].data["part"], "timer");
        assert_eq!(of("onUnload() { clearInterval(this.t) }"), []);
    }

    #[test]
    fn a_page_that_was_never_seen_is_found_when_all_was_tried() {
        let mut explored = Explored {
            states: vec![State {
                stack: vec!["pages/a/a".into()],
                ..State::default()
            }],
            pages: vec!["pages/a/a".into(), "pages/b/b".into()],
            is_complete: true,
            ..Explored::default()
        };
        let mut found = Vec::new();
        unreachable_pages(&explored, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].data["page"], "pages/b/b");
        found.clear();
        explored.is_complete = false;
        unreachable_pages(&explored, &mut found);
        assert_eq!(found, []);
    }
}
