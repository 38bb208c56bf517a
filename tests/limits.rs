//! Programs that run away: each ends within its limits, and the output names the limit and the place.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::Value as Json;
use tempfile::TempDir;
use wxsim::engine::Limits;
use wxsim::package::{self, DiskFiles};
use wxsim::runtime::trace::{Entry, Event};
use wxsim::runtime::{Config, Sim};
use wxsim::world::enter_options::{DEFAULT_SCENE, EnterOptions};

use crate::support::{Ended, Wxsim, hello, on_load, project};

/// Where the page's `onLoad` is at fault.
const ON_LOAD: &str = "pages/a/a.onLoad";

/// The limit that ended a script or the process, and the place, from `--json`.
fn limit_and_place(ended: &Ended) -> (String, String) {
    let lines = ended.lines();
    let is_end = |line: &&Json| line["type"] == "died" || line["kind"] == "limit";
    let line = lines.iter().find(is_end);
    let line = line.unwrap_or_else(|| panic!("no limit ended it: {}", ended.show()));
    let limit = line.get("limit").unwrap_or(&line["reason"]);
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (text(limit), text(&line["place"]))
}

/// Runs a project, forked and not, and insists on exit 1 and one of these limits at this place.
#[track_caller]
fn ends_at(project: &TempDir, args: &[&str], limits: &[&str], place: &str) {
    for mode in [&[][..], &["--no-fork"]] {
        ends_in(project, &[args, mode].concat(), limits, place);
    }
}

#[track_caller]
fn ends_in(project: &TempDir, args: &[&str], limits: &[&str], place: &str) {
    let ended = Wxsim::run(project.path()).json().args(args).finishes(1);
    let (limit, found) = limit_and_place(&ended);
    let known = limits.iter().any(|known| limit.contains(known));
    assert!(known, "`{limit}`, not {limits:?}");
    assert_eq!(found, place, "{limit}");
}

const WALL: &str = "time limit of 2 s";
const SHORT: &[&str] = &["--wall-limit", "2s"];
const STACK: &str = "native stack, whose limit is 256 MiB";
const MEMORY: &str = "more memory than it may have, which is";

// ---- loops

#[test]
fn a_loop_without_end_is_ended_by_its_iterations() {
    let page = on_load("while (true) {}");
    ends_at(&page, &[], &["loop-iterations"], ON_LOAD);
}

#[test]
fn the_text_output_names_limit_line_and_hook_and_the_rest_of_the_program_runs() {
    let page = project(&[
        ("app.js", "App({\nonLaunch() {\n  while (true) {}\n}\n})"),
        (
            "pages/a/a.js",
            "Page({ onLoad() { console.log('alive') } })",
        ),
    ]);
    Wxsim::run(page.path()).finishes(1).prints(&[
        "[limit loop-iterations]",
        "app.js:2",
        "App.onLaunch",
        "console.log: alive",
    ]);
}

#[test]
fn a_regular_expression_that_backtracks_without_end_is_ended_by_the_clock() {
    let code = "/(a+)+$/.test('a'.repeat(40) + 'b')";
    ends_at(&on_load(code), SHORT, &[WALL], ON_LOAD);
    let timer = on_load(&format!("setTimeout(() => {code}, 5)"));
    ends_in(&timer, SHORT, &[WALL], "timer 1, after pages/a/a.onLoad");
    let reply = on_load(&format!("wx.getSetting({{ success: () => {code} }})"));
    let place = "a callback of wx.getSetting, after pages/a/a.onLoad";
    ends_in(&reply, SHORT, &[WALL], place);
    let script = project(&[("pages/a/a.js", code)]);
    ends_in(&script, SHORT, &[WALL], "loading pages/a/a.js");
}

#[test]
fn printing_without_end_is_ended_by_the_clock() {
    let page = on_load("for (;;) console.log('x')");
    ends_at(&page, SHORT, &[WALL], ON_LOAD);
}

// ---- recursion

#[test]
fn recursion_without_end_is_ended_by_its_depth() {
    for code in [
        "const f = () => f() + 1; f()",
        "const o = { get a() { return this.b }, get b() { return this.a } }; o.a",
        "const o = { get a() { return [1].forEach(() => o.a) } }; o.a",
        "const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x",
        "function* g() { yield* g() } [...g()]",
        "const f = async () => { await f() }; f()",
    ] {
        ends_at(&on_load(code), &[], &["call-depth"], ON_LOAD);
    }
}

#[test]
fn recursion_inside_builtins_ends_at_the_native_stack() {
    for code in [
        "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; String(a)",
        "const o = { toJSON: () => ({ o }) }; JSON.stringify(o)",
    ] {
        ends_at(&on_load(code), &[], &[STACK], ON_LOAD);
    }
    let proxies = "let p = {}; for (let i = 0; i < 1e6; i++) p = new Proxy(p, {}); p.x";
    ends_in(&on_load(proxies), &[], &[STACK, MEMORY], ON_LOAD);
}

#[test]
fn a_value_nested_without_end_harms_nobody_wherever_it_goes() {
    let deep = "let o = {}; for (let i = 0; i < 1e5; i++) o = { o };";
    let stringify = on_load(&format!("{deep} JSON.stringify(o)"));
    ends_at(&stringify, SHORT, &[WALL, STACK], ON_LOAD);
    let set_data = on_load(&format!("{deep} this.setData({{ o }})"));
    ends_at(&set_data, &[], &["call-depth"], ON_LOAD);
    for call in [
        "console.log(o)",
        "wx.setStorageSync('o', o)",
        "wx.setStorage({ key: 'o', data: o })",
        "wx.showModal(o)",
        "wx.showModal({ title: o, content: [o] })",
        "Promise.reject(o)",
        "throw o",
    ] {
        let page = on_load(&format!("{deep} {call}"));
        for mode in [&[][..], &["--json"]] {
            let ended = Wxsim::run(page.path()).args(mode).ends();
            let code = ended.status.code();
            let fine = matches!(code, Some(0 | 1)) && ended.stderr.is_empty();
            assert!(fine, "{call}: {}", ended.show());
        }
    }
}

// ---- memory, which only Linux limits

#[cfg(target_os = "linux")]
#[test]
fn one_huge_string_is_a_memory_death() {
    let page = on_load("'x'.repeat(2 ** 30)");
    ends_at(&page, &[], &[MEMORY, "panicked"], ON_LOAD);
}

#[cfg(target_os = "linux")]
#[test]
fn what_grows_without_end_ends_at_the_memory_limit() {
    let small = &["--memory-limit", "100", "--wall-limit", "30s"];
    for code in [
        "let s = 'x'; for (;;) s += s",
        "const a = []; for (;;) a.push({})",
    ] {
        let limits = &["which is 100 MiB"];
        ends_at(&on_load(code), small, limits, ON_LOAD);
    }
}

#[test]
fn filling_a_huge_array_ends_at_the_clock_or_the_memory() {
    let page = on_load("new Array(1e9).fill(0)");
    ends_at(&page, SHORT, &[WALL, MEMORY], ON_LOAD);
}

#[cfg(target_os = "linux")]
#[test]
fn a_memory_limit_too_small_for_the_program_itself_says_so() {
    Wxsim::run(hello())
        .args(&["--memory-limit", "1"])
        .finishes(2)
        .complains(&["Is the memory limit too small for wxsim itself?"]);
}

// ---- chains of tasks

/// Runs a page in this process under small budgets: limit and place of the errors.
fn limits_of(page: &TempDir, limits: Limits) -> Vec<(String, String)> {
    let files = DiskFiles::open(page.path()).expect("a folder");
    let project = package::load(&files).project.expect("a project");
    let config = Config {
        limits,
        ..Config::default()
    };
    let found = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&found);
    let listener = Box::new(move |entry: &Entry| {
        if let Event::Error {
            exception, place, ..
        } = &entry.event
        {
            let limit = exception.limit.clone().unwrap_or_default();
            sink.borrow_mut().push((limit, place.clone()));
        }
    });
    let sim = Sim::new(Rc::new(project), Rc::new(files), config, Some(listener));
    let mut sim = sim.expect("the prelude runs");
    sim.launch(EnterOptions::at("", DEFAULT_SCENE));
    sim.advance(3_600_000);
    found.take()
}

#[test]
fn a_chain_of_promise_reactions_without_end_is_cut() {
    for code in [
        "const f = () => Promise.resolve().then(f); f()",
        "const f = () => wx.nextTick(f); f()",
        "(async () => { for (;;) await 0 })()",
    ] {
        let limits = Limits {
            microtasks: 1_000,
            ..Limits::default()
        };
        let expected = [("microtasks".to_owned(), ON_LOAD.to_owned())];
        assert_eq!(limits_of(&on_load(code), limits), expected, "{code}");
    }
}

#[test]
fn a_chain_of_tasks_without_end_is_cut() {
    for code in [
        "setInterval(() => {}, 0)",
        "const f = () => setTimeout(f, 0); f()",
        "const f = () => this.setData({ a: 1 }, f); f()",
        "const f = () => wx.getStorage({ key: 'a', complete: f }); f()",
        "const f = () => wx.showToast({ title: 'x' }).then(f); f()",
        "this.onShow = () => wx.redirectTo({ url: '/pages/a/a' })",
        "wx.reLaunch({ url: '/pages/a/a' })",
    ] {
        let limits = Limits {
            tasks: 1_000,
            ..Limits::default()
        };
        let found = limits_of(&on_load(code), limits);
        let place = "event loop, with pages/a/a on top".to_owned();
        assert_eq!(
            found.first(),
            Some(&("tasks".to_owned(), place)),
            "{code}: {found:?}"
        );
    }
}

#[test]
fn a_loop_in_a_timer_or_a_promise_reaction_names_the_place() {
    for (code, place) in [
        (
            "setTimeout(() => { for (;;) {} }, 5)",
            "timer 1, with pages/a/a on top",
        ),
        ("Promise.resolve().then(() => { for (;;) {} })", ON_LOAD),
        (
            "wx.getSetting({ complete: () => { for (;;) {} } })",
            "at api getSetting callback function, with pages/a/a on top",
        ),
        (
            "this.setData({ a: 1 }, () => { for (;;) {} })",
            "setData callback, with pages/a/a on top",
        ),
    ] {
        let limits = Limits {
            loop_iterations: 1_000,
            ..Limits::default()
        };
        let expected = [("loop-iterations".to_owned(), place.to_owned())];
        assert_eq!(limits_of(&on_load(code), limits), expected, "{code}");
    }
}

#[test]
fn opening_pages_without_end_stops_at_ten() {
    let page = project(&[(
        "pages/a/a.js",
        "Page({ onShow() { wx.navigateTo({ url: '/pages/a/a' }) } })",
    )]);
    for mode in [&[][..], &["--no-fork"]] {
        Wxsim::run(page.path()).args(mode).finishes(1).prints(&[
            "navigateTo:fail webview count limit exceed",
            "navigateTo ×10",
        ]);
    }
}

#[test]
fn failing_anew_without_end_is_counted_not_kept() {
    let page = on_load("let i = 0; setInterval(() => { throw new Error('e' + i++) }, 10)");
    Wxsim::run(page.path())
        .args(&["--for", "20s"])
        .finishes(1)
        .prints(&["Error: e0", "Error: e1999", "… and 1993 more in the trace"]);
}
