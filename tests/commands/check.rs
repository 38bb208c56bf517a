//! `wxsim check`

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::support::{Ended, Wxsim, hello, project};

fn check(folder: impl AsRef<std::path::Path>) -> Wxsim {
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
fn report(ended: &Ended) -> Json {
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
            Some("Page({ onLoad() { wx.createLivePusherContext(); } })"),
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
    let totals = json!({"pages": 9, "ok": 2, "app_errors": 2, "unsupported": 1, "load_errors": 4});
    assert_eq!(report["totals"], totals);
    assert_eq!(
        report["pages"][1]["unsupported"],
        json!(["wx.createLivePusherContext"])
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
        "not simulated (pages that use it): wx.createLivePusherContext 1",
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
    ended.prints(&["at the start of every page", "2 app errors"]);
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
