//! `wxsim audit`: findings of exploration and tests, suppressed ones, the forms of the result.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::{Wxsim, project};

/// Asks for the place as soon as it is opened, and does not mind a refusal.
fn nosy() -> TempDir {
    project(&[
        (
            "app.json",
            r#"{"pages": ["pages/a/a", "pages/b/b"], "permission": {"scope.userLocation": {"desc": "shops near you"}},
                "requiredPrivateInfos": ["getLocation"]}"#,
        ),
        (
            "pages/a/a.js",
            "Page({\n  onLoad() {\n    wx.getLocation({\n      success: ({ latitude }) => this.setData({ at: latitude }),\n      fail: () => this.setData({ at: 'nowhere' }),\n    })\n  },\n})",
        ),
        (
            "pages/a/a.wxml",
            "<view>{{at}}</view><button open-type=\"openSetting\">settings</button>",
        ),
        ("pages/b/b.js", "Page({})"),
        ("pages/b/b.json", "{}"),
        ("pages/b/b.wxml", "<view>b</view>"),
        (
            "tests/a.test.js",
            "const { test, expect } = require('wxsim')\n\
             test('is refused', async ({ app, user }) => {\n  user.answers({ 'scope.userLocation': 'deny' })\n  \
             await app.launch()\n  expect(app.data('at')).toBe('nowhere')\n})\n",
        ),
    ])
}

fn audit(folder: &Path) -> Wxsim {
    Wxsim::new()
        .args(&["audit", &folder.to_string_lossy()])
        .args(&["--depth", "3"])
}

fn result(wxsim: Wxsim, code: i32) -> Json {
    let ended = wxsim.json().finishes(code);
    serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{}", ended.show()))
}

#[test]
fn a_known_cause_is_told_with_its_place_and_never_as_a_verdict() {
    let folder = nosy();
    let told = result(audit(folder.path()), 1);
    let findings = told["findings"].as_array().expect("a list");
    let prompt: Vec<&Json> = findings.iter().filter(|own| own["rule"] == "P01").collect();
    assert_eq!(prompt.len(), 1, "{findings:?}");
    assert_eq!(prompt[0]["at"]["file"], "pages/a/a.js");
    assert_eq!(prompt[0]["at"]["line"], 3);
    assert_eq!(prompt[0]["origin"], "exploration");
    assert_eq!(told["tests"], serde_json::json!({ "ran": 1, "failed": 0 }));
    assert_eq!(
        told["privacyGuide"][0]["apis"],
        serde_json::json!(["getLocation"])
    );
    let text = audit(folder.path()).finishes(1).stdout;
    let last = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .expect("a line");
    assert!(last.starts_with("known rejection causes found: "), "{last}");
    assert!(!text.contains("passes"), "{text}");
    let chinese = audit(folder.path())
        .args(&["--language", "zh"])
        .finishes(1)
        .stdout;
    assert!(chinese.contains("发现的已知拒审原因"), "{chinese}");
}

#[test]
fn a_finding_with_a_reason_counts_for_nothing_until_its_day() {
    let folder = nosy();
    let allow = |until: &str| {
        let text = format!("[lint.P01]\nallow = \"the map is the first page\"\n{until}");
        fs::write(folder.path().join("wxsim.toml"), text).expect("a file");
    };
    let count = |told: &Json, list: &str| {
        let all = told[list].as_array().expect("a list").iter();
        all.filter(|own| own["rule"] == "P01" || own["finding"]["rule"] == "P01")
            .count()
    };
    allow("");
    let told = result(audit(folder.path()).arg("--no-tests"), 0);
    assert_eq!(
        (count(&told, "findings"), count(&told, "suppressed")),
        (0, 1),
        "{told}"
    );
    allow("until = 2020-01-01\n");
    let told = result(audit(folder.path()).arg("--no-tests"), 1);
    assert_eq!(
        (count(&told, "findings"), count(&told, "suppressed")),
        (1, 0),
        "{told}"
    );
    fs::write(
        folder.path().join("wxsim.toml"),
        "[lint.P99]\nlevel = \"off\"\n",
    )
    .expect("a file");
    audit(folder.path())
        .finishes(2)
        .complains(&["`P99` is no rule", "wxsim.toml:1"]);
}

#[test]
fn the_result_is_written_as_sarif_page_and_draft() {
    let folder = nosy();
    let out = TempDir::new().expect("a folder");
    let path = |name: &str| out.path().join(name).to_string_lossy().into_owned();
    let (sarif, html, draft) = (path("a.sarif"), path("a.html"), path("deep/privacy.md"));
    let files = [
        "--sarif",
        &sarif,
        "--html",
        &html,
        "--privacy-draft",
        &draft,
    ];
    audit(folder.path())
        .args(&files)
        .args(&["--no-tests", "--first-page"])
        .finishes(1);
    let read = |path: &str| fs::read_to_string(path).expect("it is written");
    let sarif: Json = serde_json::from_str(&read(&sarif)).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert!(
        results.iter().any(|own| own["ruleId"] == "P01"),
        "{results:?}"
    );
    assert!(read(&html).contains("P01"));
    let draft = read(&draft);
    assert!(
        draft.contains("location") && draft.contains("shops near you"),
        "{draft}"
    );
    let nowhere = audit(folder.path()).args(&["--no-tests", "--html", "/proc/no/such/file"]);
    nowhere.finishes(2);
}

#[test]
fn what_only_a_test_comes_to_is_found_too() {
    let folder = project(&[
        ("app.js", "App({ data: 1 })"),
        (
            "pages/a/a.js",
            "Page({\n  secretly() {\n    wx.showLoading({ title: 'a' })\n    missing()\n  },\n})",
        ),
        (
            "tests/a.test.js",
            "const { test } = require('wxsim')\n\
             test('calls it', async ({ app }) => {\n  await app.launch()\n  app.allow('missing is not defined')\n  \
             await app.evaluate(() => getCurrentPages()[0].secretly())\n})\n",
        ),
    ]);
    let told = result(audit(folder.path()), 1);
    let findings = told["findings"].as_array().expect("a list");
    let origins: Vec<&Json> = findings.iter().map(|own| &own["origin"]).collect();
    assert!(
        origins.iter().any(|origin| origin
            .as_str()
            .is_some_and(|text| text.starts_with("test "))),
        "{told}"
    );
}
