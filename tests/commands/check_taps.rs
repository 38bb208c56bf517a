//! `wxsim check` does what a user could do on the pages.

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::check::{check, report};
use crate::support::{Ended, project};

/// A program with one page.
fn one_page(template: &str, script: &str) -> TempDir {
    project(&[
        ("app.json", r#"{"pages":["pages/a/a"]}"#),
        ("pages/a/a.wxml", template),
        ("pages/a/a.js", script),
    ])
}

/// The page of a program with one.
fn page(ended: &Ended) -> Json {
    report(ended)["pages"][0].clone()
}

/// Messages of the errors of a page with the acts that lead to them.
fn told(page: &Json) -> Vec<(String, Vec<String>)> {
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let errors = page["errors"].as_array().expect("a list").iter();
    errors
        .map(|error| {
            let tapped = error["tapped"].as_array().into_iter().flatten();
            (text(&error["message"]), tapped.map(text).collect())
        })
        .collect()
}

#[test]
fn an_error_is_told_with_the_element_that_leads_to_it() {
    let template = "<view>\n  <button id=\"buy\" class=\"x\" bindtap=\"buy\">Buy   now</button>\n  \
                    <view class=\"a b c\" bindlongpress=\"hold\"/>\n  <text bindtap=\"quiet\">quiet</text>\n</view>";
    let script = "Page({\n  buy() { this.data.cart.push(1); },\n  hold() { throw new Error('held'); },\n  quiet() {},\n});";
    let folder = one_page(template, script);
    let ended = check(folder.path()).finishes(1).prints(&[
        "app error    pages/a/a  (3 tapped)",
        "✗ pages/a/a.js:2:",
        "  TypeError: cannot ",
        "\n               after tap button#buy \"Buy now\" (pages/a/a.wxml:2)\n",
        "✗ pages/a/a.js:3:",
        "after longpress view.a.b (pages/a/a.wxml:3)",
        "1 page: 0 ok, 0 unsupported, 1 app error, 0 load errors; 3 taps",
    ]);
    assert!(!ended.stdout.contains("quiet"), "{}", ended.show());
    let page = page(&check(folder.path()).arg("--json").finishes(1));
    assert_eq!(
        page["errors"][0]["tapped"],
        json!(["tap button#buy \"Buy now\" (pages/a/a.wxml:2)"])
    );
    assert_eq!(
        page["screen"],
        json!({"elements": 4, "tapped": 3, "left_out": 0})
    );
    check(folder.path())
        .arg("--no-taps")
        .finishes(0)
        .prints(&["ok           pages/a/a\n"]);
}

#[test]
fn an_act_does_not_see_what_another_did() {
    let template = r#"<view id="1" bindtap="once"/><view id="2" bindtap="once"/>"#;
    let script = "const seen = [];
    Page({ data: { n: 0 }, once() {
        if (seen.length || this.data.n || wx.getStorageSync('n')) throw new Error('not the first');
        seen.push(1); this.setData({ n: 1 }); wx.setStorageSync('n', 1);
    } });";
    check(one_page(template, script).path())
        .finishes(0)
        .prints(&["(2 tapped)"]);
}

#[test]
fn fields_are_filled_and_controls_used_as_the_form_reads_them() {
    let template = r#"<form bindsubmit="send"><input name="n" type="number" bindinput="typed" bindblur="left"/>
        <switch name="s" bindchange="heard"/><slider name="v" min="2" max="9" bindchange="heard"/>
        <picker range="{{ range }}" bindchange="heard"><view>pick</view></picker>
        <button form-type="submit">send</button></form>"#;
    let script = "const says = (kind, event) => { throw new Error(`${kind} ${JSON.stringify(event.detail.value)}`); };
        Page({ data: { range: ['a', 'b'] },
            typed(event) { this.n = event.detail.value; }, left() { throw new Error(`left ${this.n}`); },
            heard(event) { says('heard', event); }, send(event) { says('sent', event); } });";
    let folder = one_page(template, script);
    let page = page(&check(folder.path()).arg("--json").finishes(1));
    let messages: Vec<String> = told(&page)
        .into_iter()
        .map(|(message, _)| message)
        .collect();
    let expected = [
        "Error: left 1",
        "Error: heard true",
        "Error: heard 2",
        "Error: heard 9",
        "Error: heard \"0\"",
        "Error: sent {\"n\":\"\",\"s\":false,\"v\":0}",
    ];
    for message in expected {
        assert!(
            messages.iter().any(|own| own == message),
            "{message}: {messages:#?}"
        );
    }
}

#[test]
fn of_a_list_the_first_items_are_tapped_and_of_a_page_not_more_than_sixty() {
    let template = "<view wx:for=\"{{ 9 }}\" wx:key=\"*this\" bindtap=\"bad\">{{ item }}</view>";
    let script = "Page({ bad() { throw new Error('bad'); } });";
    let list = one_page(template, script);
    let page_of_list = page(&check(list.path()).arg("--json").finishes(1));
    assert_eq!(
        page_of_list["screen"],
        json!({"elements": 9, "tapped": 2, "left_out": 7})
    );
    let expected = [
        "tap view \"0\" (pages/a/a.wxml:1)",
        "tap view \"1\" (pages/a/a.wxml:1)",
    ];
    assert_eq!(told(&page_of_list)[0].1, expected);
    check(list.path())
        .finishes(1)
        .prints(&["after tap view \"0\" (pages/a/a.wxml:1) and 1 more"]);
    let many: String = (0..70).map(|_| "<view bindtap=\"fine\"/>").collect();
    let ended = check(one_page(&many, "Page({ fine() {} });").path()).finishes(0);
    ended.prints(&[
        "ok           pages/a/a  (60 tapped, 10 more left out)",
        "; 60 taps (10 more left out)",
    ]);
}

#[test]
fn what_is_not_shown_or_does_nothing_is_not_tapped() {
    let template = r#"<view hidden><view bindtap="bad"/></view><view style="display: none" bindtap="bad"/>
        <block wx:if="{{ no }}"><view bindtap="bad"/></block><button disabled bindtap="bad"/>
        <view>plain</view><button>plain</button><image bindload="bad" binderror="bad"/>"#;
    let folder = one_page(template, "Page({ bad() { throw new Error('bad'); } });");
    let page = page(&check(folder.path()).arg("--json").finishes(0));
    assert_eq!(page["screen"]["tapped"], 0, "{page}");
}

#[test]
fn an_error_after_a_tap_is_the_apps_only_if_it_comes_up_in_every_world() {
    let template = r#"<view id="net" bindtap="net"/><view id="query" bindtap="query"/><view id="own" bindtap="own"/>"#;
    let script = "Page({
        onLoad(options) { this.options = options; },
        net() { wx.request({ url: 'https://a.example/x', complete: (res) => res.data.list.length }); },
        query() { this.options.id.length; },
        own() { wx.request({ url: 'https://a.example/x' }); this.nothing.here; },
    });";
    // A page besides the home page, so that another one can open it with a query.
    let folder = project(&[
        ("app.json", r#"{"pages":["pages/home/home","pages/a/a"]}"#),
        ("pages/home/home.wxml", "<view/>"),
        ("pages/home/home.js", "Page({});"),
        ("pages/a/a.wxml", template),
        ("pages/a/a.js", script),
    ]);
    let ended = check(folder.path()).arg("--json").finishes(1);
    let page = &report(&ended)["pages"][1];
    let errors = told(page);
    assert_eq!(errors.len(), 1, "{page}");
    assert_eq!(errors[0].1, ["tap view#own (pages/a/a.wxml:1)"]);
    assert!(page["network"].to_string().contains("'list'"), "{page}");
    assert!(page["query"].to_string().contains("'length'"), "{page}");
}

#[test]
fn what_ends_the_process_after_a_tap_ends_no_other() {
    let template = r#"<view id="deep" bindtap="deep"/><view id="next" bindtap="next"/>"#;
    let script = "Page({
        deep() { const o = { toJSON() { return JSON.stringify(o); } }; JSON.stringify(o); },
        next() { throw new Error('next'); },
    });";
    let folder = one_page(template, script);
    let page = page(&check(folder.path()).arg("--json").finishes(1));
    let errors = told(&page);
    assert_eq!(errors.len(), 2, "{page}");
    assert_eq!(errors[0].1, ["tap view#deep (pages/a/a.wxml:1)"]);
    assert_eq!(errors[1].1, ["tap view#next (pages/a/a.wxml:1)"]);
}

#[test]
fn without_a_fork_the_report_is_the_same() {
    let template =
        r#"<view id="a" bindtap="net"/><view id="b" bindtap="own"/><input bindinput="own"/>"#;
    let script = "Page({ data: { seen: 0 },
        net() { this.see(); wx.request({ url: 'https://a.example/x', success: (res) => res.data.x, complete: (res) => res.data.y }); },
        own() { this.see(); throw new Error('own'); },
        see() { if (this.data.seen) throw new Error('seen'); this.setData({ seen: 1 }); } });";
    let folder = one_page(template, script);
    let forked = check(folder.path()).arg("--json").finishes(1);
    let alone = check(folder.path())
        .arg("--json")
        .arg("--no-fork")
        .finishes(1);
    assert_eq!(forked.stdout, alone.stdout);
    assert_eq!(page(&forked)["screen"]["tapped"], 3);
}

#[test]
fn a_tap_may_lead_to_another_page() {
    let folder = project(&[
        ("app.json", r#"{"pages":["pages/a/a","pages/b/b"]}"#),
        (
            "pages/a/a.wxml",
            r#"<navigator url="/pages/b/b?id=7">go</navigator>"#,
        ),
        ("pages/a/a.js", "Page({});"),
        ("pages/b/b.wxml", "<view/>"),
        (
            "pages/b/b.js",
            "Page({ onLoad(q) { if (q.id === '7') throw new Error('seven'); } });",
        ),
    ]);
    let ended = check(folder.path()).finishes(1);
    ended.prints(&[
        "app error    pages/a/a  (1 tapped)",
        "Error: seven",
        "after tap navigator \"go\" (pages/a/a.wxml:1)",
        "ok           pages/b/b\n",
    ]);
}
