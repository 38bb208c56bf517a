//! `wxsim check`

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::support::{Ended, Wxsim, hello, project};

pub(super) fn check(folder: impl AsRef<std::path::Path>) -> Wxsim {
    let folder = folder.as_ref().to_str().expect("a plain path").to_owned();
    Wxsim::new().arg("check").arg(&folder)
}

/// A program with these pages, by name and script; `None` for a page without one.
fn pages(scripts: &[(&str, Option<&str>)]) -> TempDir {
    let routes: Vec<String> = scripts
        .iter()
        .map(|(name, _)| format!("pages/{name}/{name}"))
        .collect();
    let mut files = vec![(
        "app.json".to_owned(),
        json!({ "pages": routes }).to_string(),
    )];
    for (route, (_, script)) in routes.iter().zip(scripts) {
        files.push((format!("{route}.wxml"), "<view/>".to_owned()));
        if let Some(script) = script {
            files.push((format!("{route}.js"), (*script).to_owned()));
        }
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    project(&files)
}

#[track_caller]
pub(super) fn report(ended: &Ended) -> Json {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{}", ended.show()))
}

/// Status by page name.
fn statuses(report: &Json) -> Vec<(String, String)> {
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let pages = report["pages"].as_array().expect("a list");
    pages
        .iter()
        .map(|page| {
            let path = text(&page["path"]);
            let name = path.rsplit('/').next().expect("a name").to_owned();
            (name, text(&page["status"]))
        })
        .collect()
}

#[test]
fn the_sample_is_ok() {
    let ended = check(hello()).finishes(0);
    let ended = ended.prints(&["4 pages: 4 ok, 0 unsupported, 0 app errors, 0 load errors"]);
    assert_eq!(ended.stderr, "");
}

#[test]
fn every_page_is_told_with_the_worst_that_happened_in_it() {
    let folder = pages(&[
        ("good", Some("Page({})")),
        (
            "soft",
            Some("Page({ onLoad() { wx.createInferenceSession(); } })"),
        ),
        (
            "bad",
            Some("Page({\n  onShow() { this.data.user.name; },\n});"),
        ),
        ("none", None),
        ("syntax", Some("Page({")),
        ("throws", Some("throw new Error('at load');")),
        ("missing", Some("require('./nothing');\nPage({});")),
        (
            "late",
            Some("Page({ onLoad() { setTimeout(() => { throw new Error('late') }, 1900) } })"),
        ),
        (
            "later",
            Some("Page({ onLoad() { setTimeout(() => { throw new Error('no') }, 2100) } })"),
        ),
    ]);
    let ended = check(folder.path()).arg("--json").finishes(1);
    let report = report(&ended);
    let expected = [
        ("good", "ok"),
        ("soft", "unsupported"),
        ("bad", "app_error"),
        ("none", "load_error"),
        ("syntax", "load_error"),
        ("throws", "load_error"),
        ("missing", "load_error"),
        ("late", "app_error"),
        ("later", "ok"),
    ];
    let expected = expected.map(|(name, status)| (name.to_owned(), status.to_owned()));
    assert_eq!(statuses(&report), expected, "{}", ended.show());
    let screen = json!({"elements": 9, "tapped": 0, "left_out": 0});
    let totals = json!({"pages": 9, "ok": 2, "app_errors": 2, "unsupported": 1, "load_errors": 4, "screen": screen});
    assert_eq!(report["totals"], totals);
    assert_eq!(
        report["pages"][1]["unsupported"],
        json!(["wx.createInferenceSession"])
    );
    let bad = &report["pages"][2]["errors"];
    assert_eq!(bad.as_array().map(Vec::len), Some(1), "{bad}");
    assert_eq!(bad[0]["place"], "pages/bad/bad.js:2:29");
    let text = check(folder.path()).finishes(1);
    text.prints(&[
        "app error    pages/bad/bad",
        "✗ pages/bad/bad.js:2:29  TypeError:",
        "✗ app.json:1:",
        "the page `pages/none/none` has no script",
        "9 pages: 2 ok, 1 unsupported, 2 app errors, 4 load errors",
        "not simulated (pages that use it): wx.createInferenceSession 1",
    ]);
}

#[test]
fn pages_do_not_see_each_other_and_the_user_agrees_to_everything() {
    let visit = "Page({ onLoad() {
        if (wx.getStorageSync('seen')) throw new Error('not a fresh world');
        wx.setStorageSync('seen', 1);
        wx.authorize({ scope: 'scope.record', fail: () => { throw new Error('refused') } });
        wx.showModal({ content: '?', success: (res) => { if (res.cancel) throw new Error('no') } });
        wx.showActionSheet({ itemList: ['a'], fail: () => { throw new Error('no item') } });
    } })";
    let folder = pages(&[("a", Some(visit)), ("b", Some(visit)), ("c", Some(visit))]);
    check(folder.path()).finishes(0).prints(&["3 pages: 3 ok"]);
}

/// The page of that name: its status, how many errors it has, what `network` and `query` tell.
fn told(report: &Json, name: &str) -> (String, usize, usize, usize) {
    let pages = report["pages"].as_array().expect("a list");
    let path = format!("pages/{name}/{name}");
    let page = pages.iter().find(|page| page["path"] == path.as_str());
    let page = page.expect("a page of that name");
    let count = |key: &str| page[key].as_array().map_or(0, Vec::len);
    let status = page["status"].as_str().expect("a text").to_owned();
    (status, count("errors"), count("network"), count("query"))
}

#[test]
fn an_error_is_the_apps_if_it_comes_up_whatever_the_network_and_the_query_hold() {
    let get = "const get = (done, failed) => wx.request({ url: 'https://a.example/x', success: done, fail: failed });";
    let page = |body: &str| format!("{get}\nPage({{ onLoad(options) {{ {body} }} }})");
    let scripts = [
        // What a failure leads to, in its callback and long after.
        ("callback", page("get(null, () => { this.data.list.x })")),
        (
            "timer",
            page("get(null, () => setTimeout(() => { this.data.list.x }, 500))"),
        ),
        // What only an answer brings.
        (
            "data",
            page(
                "let list; get((res) => { list = res.data.list; }); setTimeout(() => list.map(String), 500)",
            ),
        ),
        // What comes up all the same.
        (
            "own",
            page(
                "get((res) => { this.data.list.x }, () => { this.data.list.x }); setTimeout(() => { this.data.list.x }, 500)",
            ),
        ),
        (
            "query",
            page("wx.setNavigationBarTitle({ title: options.title })"),
        ),
        (
            "spread",
            page("const { id } = options; if (!('id' in options)) throw new Error(id)"),
        ),
        ("both", page("options.id.trim(); this.data.list.x")),
        (
            "path",
            page("if (options.id === undefined) this.x = 1; this.data.list.x"),
        ),
    ];
    let scripts: Vec<(&str, Option<&str>)> = scripts
        .iter()
        .map(|(name, script)| (*name, Some(script.as_str())))
        .collect();
    let folder = pages(&scripts);
    let ended = check(folder.path()).arg("--json").finishes(1);
    let report = report(&ended);
    for (name, status, errors, network, query) in [
        ("callback", "ok", 0, 2, 0),
        ("timer", "ok", 0, 2, 0),
        ("data", "ok", 0, 2, 0),
        ("own", "app_error", 1, 2, 0),
        ("query", "ok", 0, 0, 1),
        ("spread", "ok", 0, 0, 1),
        ("both", "ok", 0, 0, 1),
        ("path", "app_error", 1, 0, 0),
    ] {
        let expected = (status.to_owned(), errors, network, query);
        assert_eq!(told(&report, name), expected, "{name}: {}", ended.show());
    }
    check(folder.path()).finishes(1).prints(&[
        "not when another page opens it",
        "no answer from the network",
    ]);
}

#[test]
fn pages_that_ask_how_the_program_was_started_get_a_start_of_their_own() {
    let script = "const { path } = wx.getLaunchOptionsSync();
        Page({ onLoad() { if (path !== this.route) throw new Error(path) } })";
    let folder = pages(&[
        ("a", Some(script)),
        ("b", Some(script)),
        ("c", Some(script)),
    ]);
    check(folder.path()).finishes(0).prints(&["3 pages: 3 ok"]);
}

#[test]
fn what_a_script_does_while_it_is_loaded_goes_on_in_every_page() {
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#),
        (
            "app.js",
            "let ticks = 0;
             setTimeout(() => { ticks += 1; wx.getStorage({ key: 'k', fail: () => { ticks += 1 } }) });
             Promise.resolve().then(() => { ticks += 1 });
             App({ ticks: () => ticks })",
        ),
        (
            "pages/a/a.js",
            "Page({ onReady() { if (getApp().ticks() !== 3) throw new Error(getApp().ticks()) } })",
        ),
        ("pages/b/b.js", "Page({ onReady() { if (getApp().ticks() !== 3) throw new Error('b') } })"),
        ("pages/b/b.wxml", "<view/>"),
    ]);
    check(folder.path()).finishes(0).prints(&["2 pages: 2 ok"]);
}

#[test]
fn a_script_that_ends_the_process_while_it_is_loaded_ends_every_page() {
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#),
        ("app.js", "new Array(1e9).fill(0)"),
        ("pages/b/b.js", "Page({})"),
        ("pages/b/b.wxml", "<view/>"),
    ]);
    let ended = check(folder.path())
        .args(&["--json", "--wall-limit", "5s"])
        .finishes(1);
    let report = report(&ended);
    for name in ["a", "b"] {
        assert_eq!(told(&report, name).0, "app_error", "{}", ended.show());
    }
}

#[test]
fn pages_of_an_independent_subpackage_start_without_the_main_package() {
    let folder = project(&[
        (
            "app.json",
            r#"{"pages": ["pages/a/a"],
                "subPackages": [{"root": "sub", "independent": true, "pages": ["s/s"]}]}"#,
        ),
        ("app.js", "App({})"),
        (
            "sub/s/s.js",
            "Page({ onLoad() { if (getApp() !== undefined) throw new Error('app') } })",
        ),
        ("sub/s/s.wxml", "<view/>"),
    ]);
    check(folder.path()).finishes(0).prints(&["2 pages: 2 ok"]);
}

#[test]
fn what_nobody_handles_of_a_missing_simulation_is_told_once() {
    let folder = pages(&[("a", Some("Page({ onLoad() { wx.showRedPackage() } })"))]);
    let ended = check(folder.path()).arg("--json").finishes(0);
    let report = report(&ended);
    assert_eq!(told(&report, "a"), ("unsupported".to_owned(), 0, 0, 0));
    assert_eq!(
        report["pages"][0]["unsupported"],
        json!(["wx.showRedPackage"])
    );
}

#[test]
fn a_page_that_reaches_a_limit_fails_alone() {
    let folder = pages(&[
        ("loop", Some("Page({ onLoad() { for (;;); } })")),
        ("hog", Some("Page({ onShow() { new Array(1e9).fill(0) } })")),
        (
            "deep",
            Some(
                "Page({ onReady() { const o = { toJSON() { return JSON.stringify(o) } };\n\
            JSON.stringify(o) } })",
            ),
        ),
        ("good", Some("Page({})")),
    ]);
    let ended = check(folder.path())
        .args(&["--json", "--wall-limit", "5s"])
        .finishes(1);
    let report = report(&ended);
    let failed = |name: &str| (name.to_owned(), "app_error".to_owned());
    let good = ("good".to_owned(), "ok".to_owned());
    let expected = [failed("loop"), failed("hog"), failed("deep"), good];
    assert_eq!(statuses(&report), expected, "{}", ended.show());
    let told = |page: usize| report["pages"][page]["errors"][0]["message"].to_string();
    for page in 0..3 {
        assert!(
            told(page).contains("limit") || told(page).contains("memory"),
            "{}",
            told(page)
        );
    }
}

#[test]
fn what_the_app_does_at_its_start_is_told_once() {
    let folder = project(&[
        ("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#),
        ("app.js", "App({ onLaunch() { null.x } })"),
        ("pages/b/b.js", "Page({})"),
        ("pages/b/b.wxml", "<view/>"),
    ]);
    let ended = check(folder.path()).finishes(1);
    assert_eq!(ended.stdout.matches("✗ ").count(), 1, "{}", ended.show());
    ended.prints(&["on every page", "2 app errors"]);
}

#[test]
fn a_component_that_fails_concerns_the_pages_that_show_it() {
    let folder = project(&[
        (
            "app.json",
            r#"{"pages": ["pages/a/a", "pages/b/b"], "usingComponents": {"x-box": "box/box"}}"#,
        ),
        ("box/box.js", "throw new Error('no box')"),
        ("box/box.json", r#"{"component": true}"#),
        ("box/box.wxml", "<view/>"),
        ("pages/b/b.js", "Page({})"),
        ("pages/b/b.wxml", "<x-box/><x-boxes/>"),
        ("pages/b/b.json", "{}"),
    ]);
    let ended = check(folder.path()).arg("--json").finishes(1);
    let statuses = statuses(&report(&ended));
    let named = |name: &str, status: &str| (name.to_owned(), status.to_owned());
    assert_eq!(statuses, [named("a", "ok"), named("b", "load_error")]);
}

#[test]
fn mistakes_in_templates_are_told_once_and_what_the_tool_refuses_fails_the_pages() {
    let folder = project(&[
        (
            "app.json",
            r#"{"pages": ["pages/a/a", "pages/b/b", "pages/c/c"]}"#,
        ),
        ("shared.wxml", "<view wx:elif=\"{{a}}\"/>"),
        ("pages/a/a.js", "Page({})"),
        ("pages/a/a.wxml", "<include src=\"/shared.wxml\"/>"),
        ("pages/b/b.js", "Page({})"),
        (
            "pages/b/b.wxml",
            "<include src=\"/shared.wxml\"/>\n<text>{{ 1 + }}</text>",
        ),
        ("pages/c/c.js", "Page({})"),
        ("pages/c/c.wxml", "<text/>"),
    ]);
    let ended = check(folder.path()).arg("--json").finishes(1);
    let report = report(&ended);
    let named = |name: &str, status: &str| (name.to_owned(), status.to_owned());
    assert_eq!(
        statuses(&report),
        [named("a", "ok"), named("b", "load_error"), named("c", "ok")]
    );
    let places: Vec<String> = report["mistakes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|mistake| {
            let place = &mistake["place"];
            format!(
                "{} {}:{}",
                mistake["severity"], place["file"], place["line"]
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            r#""error" "pages/b/b.wxml":2"#,
            r#""warning" "shared.wxml":1"#
        ]
    );
    let text = check(folder.path()).finishes(1);
    text.complains(&[
        "shared.wxml:1:7",
        "wx:elif and wx:else follow a tag with wx:if directly",
    ]);
}

#[test]
fn a_made_up_world_ends_after_some_thousand_tasks_and_then_proves_nothing() {
    // The error is gone where the network answers; a page that polls on there is cut.
    let polls = |times: u32| {
        format!(
            "Page({{
  onLoad() {{
    this.poll({times});
    setTimeout(() => {{ if (!this.answered) throw new Error('no answer') }}, 1000);
  }},
  poll(left) {{
    const success = () => {{
      this.answered = true;
      if (left > 0) this.poll(left - 1);
    }};
    wx.request({{ url: 'https://a.example/state', success, fail() {{}} }});
  }},
}})"
        )
    };
    let (few, many) = (polls(500), polls(5_000));
    let folder = pages(&[("few", Some(&few)), ("many", Some(&many))]);
    let ended = check(folder.path()).arg("--json").finishes(1);
    let named = |name: &str, status: &str| (name.to_owned(), status.to_owned());
    assert_eq!(
        statuses(&report(&ended)),
        [named("few", "ok"), named("many", "app_error")]
    );
}

#[test]
fn a_project_that_cannot_load_is_refused() {
    let folder = project(&[("app.json", "{")]);
    for mode in [&[][..], &["--json"]] {
        let ended = check(folder.path()).args(mode).finishes(2);
        let ended = ended.complains(&["app.json:1:", "the project cannot run"]);
        assert_eq!(ended.stdout, "");
    }
    check("/nowhere/at/all").finishes(2).complains(&["nowhere"]);
}

#[test]
fn the_reference_shows_what_is_printed() {
    let page = include_str!("../../docs/check.md");
    let shown = page.lines().find(|line| line.starts_with("{\"pages\""));
    let folder = pages(&[(
        "goods",
        Some("Page({\n  onLoad() {\n    const name = this.data.user.name;\n  },\n});"),
    )]);
    let ended = check(folder.path()).arg("--json").finishes(1);
    assert_eq!(Some(ended.stdout.trim_end()), shown);
}

#[test]
fn the_same_program_gives_the_same_report() {
    let once = || check(hello()).arg("--json").finishes(0).stdout;
    assert_eq!(once(), once());
}

#[test]
fn an_empty_cloud_is_told_like_a_silent_network() {
    let script = "wx.cloud.init();
const db = wx.cloud.database();
Page({
  async onLoad() {
    const { result } = await wx.cloud.callFunction({ name: 'login' });
    this.setData({ name: result.user.name });
  },
  async onShow() {
    const { data } = await db.collection('kv').where({ key: 1 }).get();
    this.setData({ first: data[0].value });
  },
  onReady() {
    const fail = () => null.x;
    wx.cloud.downloadFile({ fileID: 'cloud://a.b/c.txt', success: fail, fail });
  },
});";
    let folder = pages(&[("a", Some(script))]);
    let ended = check(folder.path()).finishes(0);
    ended.prints(&[
        "… cloud login: no answer from the network",
        "… cloud db.kv: no answer from the network",
        "… cloud cloud://a.b/c.txt: no answer from the network",
        "1 page: 1 ok",
    ]);
    let undeclared = "Page({ onLoad() { wx.cloud.callFunction({ name: 'login' }); } })";
    let folder = pages(&[("a", Some(undeclared))]);
    let ended = check(folder.path()).finishes(1);
    ended.prints(&["Cloud API isn't enabled"]);
}

#[test]
fn objects_of_scripts_that_ran_for_all_pages_stay_what_they_are() {
    let script = "const sound = wx.createInnerAudioContext();
Page({
  onLoad() {
    const db = wx.cloud.database();
    db.collection('a');
    sound.play();
  },
});";
    let folder = pages(&[("a", Some(script)), ("b", Some("Page({})"))]);
    check(folder.path()).finishes(0).prints(&["2 pages: 2 ok"]);
}
