//! APIs that the platform counts are not called again and again.
//!
//! Found is the fifth call of one of them within a second of virtual time, a call in `onLoad`, `onShow` or `onReady`
//! of a page, or in what follows from it without the user having been asked, and a call by a timer that repeats. The
//! official page names all three. A call in another file than the page's may be one of a login that is kept: it is
//! found when the same hook leads to it a second time. The other limit, twice the page views of a day, is one of all users and is not
//! judged.

use std::collections::{BTreeMap, BTreeSet};

use super::{CallFacts, Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P18",
    name: "rate-limited-hooks",
    weight: Weight::Warning,
    title: [
        "APIs with a limit of calls are not called by page hooks, by repeating timers or in bursts",
        "限频接口不在页面生命周期、定时循环中调用，也不短时间内大量调用",
    ],
    fix: [
        "call it once in App.onLaunch or when the user needs it, and keep the result",
        "在 App.onLaunch 中或用户需要时调用一次，并缓存结果",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/performance/api-frequency.md",
    official: true,
    judged: Judged::Run(|| Box::<Counts>::default()),
};

/// The APIs that the platform counts.
const COUNTED: [&str; 5] = [
    "login",
    "checkSession",
    "getSetting",
    "getUserInfo",
    "getUserProfile",
];
/// Calls of one user in a second.
const CALLS_MAX: usize = 4;
/// A second of virtual time.
const WINDOW_MS: i64 = 1_000;

/// Counts calls.
#[derive(Clone, Default)]
struct Counts {
    /// When the calls of the last second were made, by API.
    times: BTreeMap<String, Vec<i64>>,
    /// Calls that asked the user something.
    asked: BTreeSet<u32>,
    /// Where hooks led to calls in other files: API, hook, its macrotask.
    led: BTreeMap<(String, String), u32>,
}

impl Watcher for Counts {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Question { call, .. } => {
                self.asked.insert(*call);
            }
            Event::Call { api, .. } if COUNTED.contains(&api.as_str()) => {
                self.count(api, entry.t, cx);
                self.look_back(api, entry.task, cx);
            }
            _ => {}
        }
    }
}

impl Counts {
    fn count(&mut self, api: &str, t: i64, cx: &mut Cx<'_>) {
        let times = self.times.entry(api.to_owned()).or_default();
        times.retain(|before| t - before < WINDOW_MS);
        times.push(t);
        let count = times.len();
        if count > CALLS_MAX {
            let found = cx.find(
                format!("`{api}` is called more than {CALLS_MAX} times within a second"),
                format!("`{api}` 在一秒内被调用超过 {CALLS_MAX} 次"),
            );
            found.data = serde_json::json!({ "api": api, "calls": count });
        }
    }

    fn look_back(&mut self, api: &str, task: u32, cx: &mut Cx<'_>) {
        if cx.causes.is_by_interval(task) {
            let found = cx.find(
                format!("`{api}` is called by a timer that repeats"),
                format!("`{api}` 在定时循环中被调用"),
            );
            found.data = serde_json::json!({ "api": api, "by": "interval" });
            return;
        }
        let was_asked = |reply: &CallFacts| self.asked.contains(&reply.call);
        let Some(hook) = cx.causes.hooks(task).next().map(str::to_owned) else {
            return;
        };
        if !is_of_page(&hook, cx) || cx.causes.replies(task).any(was_asked) {
            return;
        }
        if !is_own_call(&hook, cx) {
            let task = cx.causes.hook_task(task).unwrap_or(task);
            let led = self.led.entry((api.to_owned(), hook.clone()));
            if *led.or_insert(task) == task {
                return;
            }
        }
        let found = cx.find(
            format!("`{api}` is called by `{hook}`, so with every view of the page"),
            format!("`{api}` 在 `{hook}` 中调用，每次访问页面都会执行"),
        );
        found.data = serde_json::json!({ "api": api, "by": hook });
    }
}

/// Whether a hook is one that runs with every view of a page.
fn is_of_page(hook: &str, cx: &Cx<'_>) -> bool {
    let Some((owner, name)) = hook.rsplit_once('.') else {
        return false;
    };
    matches!(name, "onLoad" | "onShow" | "onReady") && cx.rest.project.page(owner).is_some()
}

/// Whether only the page's own script is on the way from a hook to a call.
fn is_own_call(hook: &str, cx: &Cx<'_>) -> bool {
    let page = hook.rsplit_once('.').map_or("", |(owner, _)| owner);
    let own = |file: &str| file.rsplit_once('.').is_some_and(|(path, _)| path == page);
    cx.stack.iter().all(|frame| own(&frame.file))
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    const MARKUP: &str = "<button bindtap=\"go\">a</button>";

    fn run(methods: &str, steps: &[&str]) -> Vec<Found> {
        let script = format!("Page({{\n{methods}\n}})");
        let sample = Sample::page(MARKUP, &script)
            .answers("modal=confirm")
            .agrees();
        sample.steps(steps).findings("P18")
    }

    #[test]
    fn a_call_in_a_page_hook_is_found_also_behind_a_reply() {
        for (methods, hook) in [
            ("onLoad() { wx.getSetting({}) }", "onLoad"),
            ("onShow() { wx.checkSession({ fail() {} }) }", "onShow"),
            (
                "onReady() { wx.getStorage({ key: 'a', complete() { wx.login({}) } }) }",
                "onReady",
            ),
        ] {
            let found = run(methods, &[]);
            assert_eq!(found.len(), 1, "{methods}: {found:?}");
            let says = format!("is called by `pages/a/a.{hook}`");
            assert!(found[0].says.en.contains(&says), "{found:?}");
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
    }

    #[test]
    fn a_login_that_is_kept_is_none() {
        let helper = |kept: &str| {
            format!("let last\nmodule.exports = () => {{ if ({kept}) wx.login({{}}); last = 1 }}")
        };
        let page = "const ready = require('../../ready.js')\nPage({ onShow() { ready() } })";
        let found = |kept: &str, steps: &[&str]| {
            let sample = Sample::page(MARKUP, page).file("ready.js", &helper(kept));
            sample.steps(steps).findings("P18")
        };
        let again = ["background", "resume"];
        assert_eq!(found("!last", &again), []);
        assert_eq!(found("true", &[]), [], "nobody came a second time");
        assert_eq!(found("true", &again).len(), 1);
    }

    #[test]
    fn a_start_a_tap_and_an_answer_of_the_user_are_none() {
        let launch =
            "App({ onLaunch() { wx.login({}) }, onShow() { wx.checkSession({ fail() {} }) } })";
        let sample = Sample::page(MARKUP, "Page({})").file("app.js", launch);
        assert_eq!(sample.findings("P18"), []);
        for methods in [
            "go() { wx.login({}) }",
            "onLoad() { wx.showModal({ success() { wx.login({}) } }) }",
            "onLoad() { wx.getStorageInfo({}) }",
        ] {
            assert_eq!(run(methods, &["tap text=a"]), [], "{methods}");
        }
    }

    #[test]
    fn a_repeating_timer_is_found_and_a_single_one_is_none() {
        let steps = ["tap text=a", "advance 3s"];
        let found = run(
            "go() { setInterval(() => wx.getSetting({}), 1000) }",
            &steps,
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].says.en.ends_with("by a timer that repeats"),
            "{found:?}"
        );
        assert_eq!(
            run("go() { setTimeout(() => wx.getSetting({}), 1000) }", &steps),
            []
        );
    }

    #[test]
    fn a_burst_is_found_at_its_fifth_call() {
        let burst = |count: u32, ms: u32| {
            format!(
                "go() {{ for (let i = 0; i < {count}; i++) setTimeout(() => wx.getSetting({{}}), i * {ms}) }}"
            )
        };
        let steps = ["tap text=a", "advance 3s"];
        let found = run(&burst(5, 10), &steps);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].says.en,
            "`getSetting` is called more than 4 times within a second"
        );
        assert_eq!(found[0].data["calls"], 5);
        assert_eq!(run(&burst(4, 10), &steps), []);
        assert_eq!(run(&burst(5, 260), &steps), [], "the first is a second ago");
    }
}
