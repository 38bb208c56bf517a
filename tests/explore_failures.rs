//! `wxsim explore`: what the platform may do to a call, sharing by the menu, notifications of payments, and what of it was
//! not reached.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use std::fs;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::{Ended, Wxsim, project};
use crate::test_command::test;

/// A page with that script and a button for each of its functions that begins with `do`.
fn page(script: &str) -> TempDir {
    let words = script.split(|c: char| !c.is_ascii_alphanumeric());
    let mut names: Vec<&str> = words.filter(|word| word.starts_with("do")).collect();
    names.sort_unstable();
    names.dedup();
    let buttons = names
        .iter()
        .map(|name| format!("<button id=\"{name}\" bindtap=\"{name}\">{name}</button>"));
    let markup = format!("<view>{{{{text}}}}</view>{}", buttons.collect::<String>());
    project(&[
        ("pages/a/a.wxml", markup.as_str()),
        ("pages/a/a.js", script),
    ])
}

fn explored(folder: &TempDir, flags: &[&str]) -> Ended {
    Wxsim::new()
        .args(&["explore", &folder.path().to_string_lossy()])
        .args(flags)
        .ends()
}

/// The outcome as JSON.
fn outcome(folder: &TempDir, flags: &[&str]) -> Json {
    let ended = explored(folder, &[flags, &["--json"]].concat());
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}\n{}", ended.show()))
}

/// The stories of an outcome, each with the name of what does not hold.
fn stories(outcome: &Json) -> Vec<String> {
    let violations = outcome["violations"].as_array().expect("a list").iter();
    let told = violations.map(|own| {
        let story = own["story"].as_array().expect("a list").iter();
        let story: Vec<&str> = story
            .map(|line| line["en"].as_str().unwrap_or(""))
            .collect();
        let name = own["property"].as_str().unwrap_or("");
        format!("{name}: {}", story.join(", "))
    });
    told.collect()
}

#[test]
fn what_asks_wechat_needs_the_network_and_nothing_else_does() {
    let folder = page(
        "Page({
           doLogin() { wx.login({ success: () => this.setData({ text: 'in' }), fail: ({ errMsg, errno }) => { this.setData({ text: errMsg + errno }) } }) },
           doToast() { wx.showToast({ title: 'hello', fail: () => { this.nothing.x } }) },
         })",
    );
    let flags = [
        "--vary",
        "network",
        "--sometimes",
        "in words: state.data.text === 'login:fail cgi failed for network issues108'",
    ];
    let told = outcome(&folder, &flags);
    assert_eq!(stories(&told), Vec::<String>::new());
    let reached = &told["matrix"]["faults"]["login"]["network"]["reached"];
    assert!(reached.as_u64() > Some(0), "{told:#}");
    let flags = [
        "--vary",
        "none",
        "--sometimes",
        "out: state.data.text.includes('108')",
    ];
    assert_eq!(stories(&outcome(&folder, &flags)), ["out: "]);
}

#[test]
fn a_storage_that_is_full_throws_and_keeps_nothing() {
    let folder = page(
        "Page({
           doKeep() { wx.setStorageSync('k', 'v') },
           doTry() {
             try { wx.setStorageSync('t', 'v'); this.setData({ text: 'kept' }) } catch (error) { this.setData({ text: error.message }) }
           },
         })",
    );
    let honest = "honest: !(state.data.text || '').includes('exceed') || state.storage.t === undefined \
                  || state.storage.t === 'v' && state.data.text === 'kept'";
    let flags = ["--vary", "quota", "--depth", "2", "--always", honest];
    let told = outcome(&folder, &flags);
    let found = stories(&told);
    let full = "P28 unhandled: tap button#doKeep \"doKeep\", setStorageSync fails (";
    assert!(found.iter().any(|own| own.starts_with(full)), "{found:?}");
    assert!(found.iter().all(|own| own.starts_with("P28")), "{found:?}");
    let cells = &told["matrix"]["faults"]["setStorageSync"];
    assert_eq!(cells["storageFull"]["rules"][0], "P28");
    assert!(
        cells["storageValueTooLarge"]["reached"].as_u64() > Some(0),
        "{cells}"
    );
    // Nothing of it happens unless it is asked for.
    assert_eq!(
        stories(&outcome(&folder, &["--depth", "2"])),
        Vec::<String>::new()
    );
}

#[test]
fn each_failure_of_a_page_comes_by_itself_and_nothing_is_asked_before() {
    let folder = page(
        "Page({
           doRecord() { this.recorder = wx.getRecorderManager(); this.recorder.onError(({ errMsg }) => { this.setData({ text: errMsg }) }); this.recorder.start() },
           doScan() { wx.startSoterAuthentication({ requestAuthModes: ['fingerPrint'], challenge: 'a', fail: ({ errCode }) => { this.setData({ text: errCode }) } }) },
         })",
    );
    let flags = [
        "--vary",
        "fails",
        "--depth",
        "3",
        "--sometimes",
        "busy: state.data.text === 'operateRecorder:fail is recording or paused'",
    ];
    let told = outcome(&folder, &flags);
    let faults = &told["matrix"]["faults"];
    assert!(
        faults["RecorderManager.start"]["recorderBusy"]["reached"].as_u64() > Some(0),
        "{faults:#}"
    );
    for name in ["busy", "frozen", "noSoter"] {
        let reached = &faults["startSoterAuthentication"][name]["reached"];
        assert!(reached.as_u64() > Some(0), "{name}: {faults:#}");
    }
}

#[test]
fn a_session_ends_just_before_it_is_checked() {
    let folder = page(
        "Page({
           onLoad() { wx.login({ success: () => {} }) },
           doCheck() { wx.checkSession({ success: () => { this.setData({ text: 'alive' }) }, fail: () => { this.setData({ text: 'over' }) } }) },
         })",
    );
    let flags = [
        "--vary",
        "session",
        "--always",
        "true: state.data.text !== 'over' || state.session === 'expired'",
    ];
    let told = outcome(&folder, &flags);
    assert_eq!(stories(&told), Vec::<String>::new());
    let reached = &told["matrix"]["faults"]["checkSession"]["sessionTimeout"]["reached"];
    assert!(reached.as_u64() > Some(0), "{told:#}");
}

/// A page whose menu can share it; opening the menu's items breaks something.
const SHARED: &str = "Page({
  onShareAppMessage() { this.setData({ text: 'shared' }); return { title: 'a' } },
  onShareTimeline() { this.nothing.x },
  onAddToFavorites() { this.setData({ text: 'kept' }); return {} },
  doHide() { wx.hideShareMenu({ menus: ['shareAppMessage', 'shareTimeline'] }) },
})";

#[test]
fn the_menu_shares_what_the_page_hears_until_it_is_hidden() {
    let folder = page(SHARED);
    let flags = [
        "--vary",
        "none",
        "--sometimes",
        "shared: state.data.text === 'shared'",
        "--sometimes",
        "kept: state.data.text === 'kept'",
    ];
    let android = ["--platform", "android"];
    let told = outcome(&folder, &[&flags[..], &android].concat());
    assert_eq!(
        stories(&told),
        ["P28 unhandled: the user shares the page to Moments by the menu"]
    );
    // Only clients of Android tell of favorites.
    assert_eq!(
        stories(&outcome(&folder, &flags)),
        [
            "kept: ",
            "P28 unhandled: the user shares the page to Moments by the menu"
        ]
    );
    let hidden = SHARED.replace("Page({", "Page({ onLoad() { this.doHide() },");
    let flags = [
        "--vary",
        "none",
        "--sometimes",
        "shared: state.data.text === 'shared'",
    ];
    assert_eq!(stories(&outcome(&page(&hidden), &flags)), ["shared: "]);
}

#[test]
fn sharing_leads_away_from_no_dead_end() {
    let dead = "Page({ onShareAppMessage() { return {} } })";
    let folder = project(&[
        ("app.json", "{ \"pages\": [\"pages/a/a\", \"pages/b/b\"] }"),
        (
            "pages/a/a.wxml",
            "<button id=\"go\" bindtap=\"go\">go</button>",
        ),
        (
            "pages/a/a.js",
            "Page({ go() { wx.redirectTo({ url: '/pages/b/b' }) } })",
        ),
        ("pages/b/b.json", "{ \"navigationStyle\": \"custom\" }"),
        ("pages/b/b.wxml", "<view>b</view>"),
        ("pages/b/b.js", dead),
    ]);
    let told = outcome(&folder, &["--vary", "none"]);
    assert_eq!(stories(&told), ["dead-end: tap button#go \"go\""]);
}

#[test]
fn what_is_not_reached_is_unreachable_only_when_everything_was_tried() {
    let folder = page(
        "Page({
           doIt() { this.setData({ text: 'done' }) },
           never() { wx.chooseLocation({}); wx.authorize({ scope: 'scope.record' }); wx.setStorageSync('k', 1); wx.startRecord({}) },
         })",
    );
    let whole = explored(&folder, &["--vary", "network,quota"]);
    assert!(
        whole.stdout.contains(
            "setStorageSync: storageFull unreachable (0), storageValueTooLarge unreachable (0)"
        ),
        "{}",
        whole.show()
    );
    assert!(
        whole
            .stdout
            .contains("scope.record: allow unreachable (0), deny unreachable (0)"),
        "{}",
        whole.show()
    );
    let bounded = explored(
        &folder,
        &["--vary", "quota", "--max-states", "1", "--language", "zh"],
    );
    assert!(
        bounded.stdout.contains("storageFull 未到达 (0)"),
        "{}",
        bounded.show()
    );
    let none = outcome(&folder, &["--vary", "none"]);
    assert_eq!(none["matrix"]["faults"], serde_json::json!({}));
    assert_eq!(none["matrix"]["complete"], true);
}

/// A page that pays, and a test whose functions are the server: it books what it is told of.
const PAYS: &str = "Page({
  data: { booked: 0 },
  doPay() {
    wx.request({ url: 'https://shop.example/pay', method: 'POST', success: ({ data }) => {
      wx.requestPayment({ ...data, complete: () => { this.doLook() } })
    } })
  },
  doLook() { wx.request({ url: 'https://shop.example/booked', success: ({ data }) => { this.setData({ booked: data.booked }) } }) },
})";

/// The test; `book` is what the server does with a notification.
fn pays(book: &str) -> String {
    format!(
        "let booked = 0
const told = new Set()
test.explore('books', {{
  vary: ['notify'], rules: 'off', depth: 3,
  always: {{ 'booked once': (state) => state.data.booked < 2 }},
  sometimes: {{ 'booked': (state) => state.data.booked === 1, 'not told': (state) => state.orders.some((order) => order.trade_state === 'SUCCESS') && state.data.booked === 0 }},
}}, async ({{ app, server }}) => {{
  server.post('https://shop.example/pay', {{ json: {{ $pay: {{ total: 100, notify_url: 'https://shop.example/paid' }} }} }})
  server.get('https://shop.example/booked', () => ({{ json: {{ booked }} }}))
  server.post('https://shop.example/paid', ({{ data }}) => {{ {book}; return {{}} }})
  await app.launch()
}})"
    )
}

#[cfg(target_os = "linux")]
#[test]
fn a_payment_that_is_told_of_twice_is_booked_once_or_found() {
    let folder = page(PAYS);
    let good = "if (!told.has(data.id)) { told.add(data.id); booked += 1 }";
    fs::write(folder.path().join("a.test.js"), pays(good)).expect("written");
    test(folder.path()).finishes(0).prints(&["1 passed"]);
    fs::write(folder.path().join("a.test.js"), pays("booked += 1")).expect("written");
    let ended = test(folder.path()).finishes(1).prints(&[
        "booked once: it does not hold",
        "the server is told of the payment twice",
    ]);
    let line = ended.stdout.lines().find(|line| line.contains("--choices"));
    let choices = line.and_then(|line| line.split("--choices ").nth(1));
    let choices = choices
        .expect("a line that does it again")
        .split_whitespace()
        .next();
    test(folder.path())
        .args(&["--choices", choices.expect("choices")])
        .finishes(1)
        .prints(&["booked once: it does not hold"]);
}
