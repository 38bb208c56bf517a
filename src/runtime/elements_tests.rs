use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value as Json, json};

use super::{ElementRef, GONE};
use crate::package::{MemoryFiles, load};
use crate::runtime::trace::{Event, Listener};
use crate::runtime::{Config, Sim, StepError};
use crate::view::find::{By, ElementQuery};
use crate::world::enter_options::EnterOptions;

const PAGE: &str = r#"<view class="list">
  <view wx:for="{{rows}}" wx:key="*this" class="row" data-id="{{item}}">
    <text>{{item}}</text>
    <button class="buy" data-id="{{item}}" bindtap="onBuy" bindlongpress="note">购买</button>
  </view>
</view>
<input id="phone" placeholder="手机号" value="{{phone}}" confirm-hold bindinput="note" bindfocus="note" bindblur="note" bindconfirm="note" />
<slider id="how" max="10" value="3" bindchange="note" />
<view id="knob" style="height: 20px" bindtouchend="note" bindopen="note" />
<scroll-view id="box" scroll-y style="height: 100px" bindscroll="note"><view style="height: 500px" /></scroll-view>
<view class="gone">A</view>
<view style="visibility: hidden" id="unseen">B</view>
<view hidden id="off"><text id="deep">C</text></view>
<checkbox id="agree" checked disabled />
<price-tag id="price" cents="{{1250}}" />
<input class="odd" data-testid="a = b" bindinput="note" />
<button bindtap="note">x = y</button>"#;

const SCRIPT: &str = "Page({
  data: { rows: ['苹果', '梨'], phone: '', said: [] },
  onBuy({ currentTarget }) { this.data.said.push('buy ' + currentTarget.dataset.id) },
  note({ type, detail }) { this.data.said.push([type, detail.value, detail.a]) },
  next() { wx.navigateTo({ url: '/pages/b/b' }) },
})";

type Steps = Rc<RefCell<Vec<String>>>;

/// A program on its first page, with the steps of its trace.
fn started() -> (Sim, Steps) {
    let files = MemoryFiles::new([
        ("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#),
        ("app.js", "App({})"),
        (
            "pages/a/a.json",
            r#"{"usingComponents": {"price-tag": "/price/price"}}"#,
        ),
        ("pages/a/a.wxml", PAGE),
        ("pages/a/a.wxss", ".gone { display: none }"),
        ("pages/a/a.js", SCRIPT),
        ("pages/b/b.wxml", "<view>b</view>"),
        ("pages/b/b.js", "Page({})"),
        ("price/price.json", r#"{"component": true}"#),
        (
            "price/price.wxml",
            "<text class=\"price\">¥{{cents / 100}}</text>",
        ),
        (
            "price/price.js",
            "Component({ properties: { cents: Number } })",
        ),
    ]);
    let project = load(&files).project.expect("the project is complete");
    let steps = Steps::default();
    let heard = Rc::clone(&steps);
    let listener: Listener = Box::new(move |entry| {
        if let Event::Step { step } = &entry.event {
            heard.borrow_mut().push(step.clone());
        }
    });
    let sim = Sim::new(
        Rc::new(project),
        Rc::new(files),
        Config::default(),
        Some(listener),
    );
    let mut sim = sim.expect("the simulator starts");
    sim.launch(EnterOptions::at("pages/a/a", 1001));
    (sim, steps)
}

fn all(sim: &Sim, by: By, value: &str) -> Vec<ElementRef> {
    let found = sim.elements(&ElementQuery::new(by, value), None);
    let found = found.expect("it is understood");
    found.into_iter().map(|own| own.element).collect()
}

fn one(sim: &Sim, target: &str) -> ElementRef {
    let found = all(sim, By::Target, target);
    assert_eq!(found.len(), 1, "{target}");
    found[0]
}

#[test]
fn an_element_tells_what_it_is() {
    let (sim, _) = started();
    let buy = all(&sim, By::Text, "购买")[1];
    let facts = sim.element(buy).expect("it is there");
    assert_eq!(
        (
            facts.tag.as_str(),
            facts.text.as_str(),
            facts.owner.as_str()
        ),
        ("button", "购买", "pages/a/a")
    );
    assert_eq!(facts.classes, ["buy"]);
    assert_eq!(facts.dataset, json!({"id": "梨"}));
    assert_eq!(
        (facts.role.as_deref(), facts.names),
        (Some("button"), vec!["购买".to_owned()])
    );
    assert_eq!(
        facts.markup,
        "<button class=\"buy\" data-id=\"梨\">购买</button>\n"
    );
    assert_eq!(
        (facts.is_checked, facts.is_disabled, facts.is_hidden),
        (None, false, false)
    );
    assert_eq!(sim.target_of(buy).as_deref(), Some("\"购买\"@2"));

    let agree = sim.element(one(&sim, "#agree")).expect("it is there");
    assert_eq!((agree.is_checked, agree.is_disabled), (Some(true), true));
    let price = sim.element(one(&sim, "#price")).expect("it is there");
    assert_eq!(price.component.as_deref(), Some("price/price"));
    assert_eq!(price.attributes.get("cents"), Some(&json!(1250)));
    assert_eq!(
        price.markup,
        "<price-tag id=\"price\">\n  <text class=\"price\">¥12.5</text>\n</price-tag>\n"
    );
    let inner = sim.element(one(&sim, ".price")).expect("it is there");
    assert_eq!(inner.owner, "price/price");
    let deep = sim.element(one(&sim, "#deep")).expect("it is there");
    assert_eq!((deep.is_hidden, deep.text.as_str()), (true, ""));
    let tree = sim.tree_text(Some(one(&sim, "#off")));
    assert_eq!(
        tree,
        "<view id=\"off\" hidden>\n  <text id=\"deep\">C</text>\n</view>\n"
    );
    assert!(sim.tree_text(None).starts_with("<view class=\"list\">"));
}

#[test]
fn what_styles_hide_is_not_visible() {
    let (sim, _) = started();
    for (target, expected) in [
        (".list", true),
        (".gone", false),
        ("#unseen", false),
        ("#off", false),
        ("#deep", false),
        ("#price", true),
        (".price", true),
    ] {
        assert_eq!(
            sim.is_visible(one(&sim, target)),
            Some(expected),
            "{target}"
        );
    }
}

/// The element, what is done, its detail, the step in the trace, what the page heard.
type Deed = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const DEEDS: [Deed; 13] = [
    (".buy@2", "tap", "null", "tap \"购买\"@2", r#""buy 梨""#),
    (
        ".buy@1",
        "longpress",
        "null",
        "longpress \"购买\"@1",
        r#"["longpress",null,null]"#,
    ),
    (
        "#phone",
        "focus",
        "null",
        "focus #phone",
        r#"["focus","",null]"#,
    ),
    (
        "#phone",
        "input",
        "\"138\"",
        "input #phone = 138",
        r#"["input","138",null]"#,
    ),
    (
        "#phone",
        "confirm",
        "null",
        "confirm #phone",
        r#"["confirm","138",null]"#,
    ),
    (
        "#phone",
        "blur",
        "null",
        "blur #phone",
        r#"["blur","138",null]"#,
    ),
    (
        "#how",
        "choose",
        "7",
        "choose #how = 7",
        r#"["change",7,null]"#,
    ),
    (
        "#knob",
        "drag",
        "[30,-5]",
        "drag #knob = 30,-5",
        r#"["touchend",null,null]"#,
    ),
    (
        "#knob",
        "trigger",
        r#"["open",{"a":1}]"#,
        "trigger #knob open {\"a\":1}",
        r#"["open",null,1]"#,
    ),
    (
        "#box",
        "scroll",
        r#"{"to":50}"#,
        "scroll #box to 50",
        r#"["scroll",null,null]"#,
    ),
    (
        "#box",
        "scroll",
        r#"{"by":5}"#,
        "scroll #box by 5",
        r#"["scroll",null,null]"#,
    ),
    (
        "button@3",
        "trigger",
        r#"["tap"]"#,
        "trigger \"x = y\" tap",
        r#"["tap",null,null]"#,
    ),
    // `testid="a = b"` would end at its first ` = `.
    (
        ".odd",
        "input",
        "1",
        "input .odd = 1",
        r#"["input","1",null]"#,
    ),
];

#[test]
fn each_step_is_done_on_just_that_element_and_written_as_a_step() {
    let (mut sim, steps) = started();
    let page = all(&sim, By::Target, "button")[0].page;
    for (target, verb, detail, step, heard) in DEEDS {
        let detail: Json = serde_json::from_str(detail).expect(detail);
        sim.step_on(verb, one(&sim, target), &detail).expect(verb);
        assert_eq!(steps.borrow().last().map(String::as_str), Some(step));
        let said = sim.data_of(page)["said"]
            .as_array()
            .and_then(|own| own.last().cloned());
        assert_eq!(said.unwrap_or_default().to_string(), heard, "{step}");
    }
    let phone = sim.element(one(&sim, "#phone")).expect("it is there");
    assert_eq!(phone.value, json!("138"));
    let odd = sim.target_of(one(&sim, ".odd"));
    assert_eq!(odd.as_deref(), Some("testid=\"a = b\""));
}

#[test]
fn a_step_that_cannot_be_done_says_why() {
    let (mut sim, steps) = started();
    let phone = one(&sim, "#phone");
    let buy = all(&sim, By::Text, "购买")[1];
    let why = |sim: &mut Sim, verb: &str, element, detail: Json| {
        let failed = sim.step_on(verb, element, &detail);
        failed.expect_err("it cannot be done").to_string()
    };
    assert!(
        why(&mut sim, "swipe", phone, Json::Null).starts_with("`swipe` is nothing that is done")
    );
    assert!(why(&mut sim, "input", phone, json!([1])).contains("takes a text, not [1]"));
    assert!(why(&mut sim, "drag", phone, json!([1])).contains("[x, y]"));
    assert!(why(&mut sim, "scroll", phone, json!({})).contains("{to: pixels}"));
    assert!(why(&mut sim, "trigger", phone, json!({})).contains("[event, detail]"));
    assert!(steps.borrow().is_empty());
    assert!(why(&mut sim, "choose", phone, json!(1)).contains("<input>"));
    sim.step(
        &"evaluate getCurrentPages()[0].setData({ rows: ['苹果'] })"
            .parse()
            .expect("a step"),
    )
    .expect("it runs");
    assert_eq!(why(&mut sim, "tap", buy, Json::Null), GONE);
    assert_eq!(
        (sim.element(buy), sim.is_visible(buy), sim.target_of(buy)),
        (None, None, None)
    );
    assert_eq!(sim.tree_text(Some(buy)), "");
    sim.step(&"gesture next".parse().expect("a step"))
        .expect("it runs");
    assert!(why(&mut sim, "tap", phone, Json::Null).contains("not on top"));
    let asked = ElementQuery::new(By::Target, ".a:hover");
    let bad = sim.elements(&asked, None).expect_err("no such condition");
    assert!(matches!(bad, StepError::BadAnswer(_)), "{bad}");
    let near = sim.nearest_elements(&ElementQuery::new(By::Target, "#phon"), Some(phone));
    assert!(near.is_empty(), "{near:?}");
    sim.step(&"kill".parse().expect("a step")).expect("it runs");
    let none = sim.elements(&asked, None);
    assert_eq!(none, Err(StepError::NoPage));
}
