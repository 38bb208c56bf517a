use serde_json::json;

use super::{page, page_with};
use crate::view::gesture::{Gesture, Size, actions};

fn happen(event: &str) -> Gesture {
    Gesture::Happen {
        event: event.to_owned(),
        detail: json!({ "errCode": 1 }),
    }
}

#[test]
fn images_come_or_fail() {
    let mut page = page(r#"<image id="i"/><view id="v"/>"#);
    let load = Gesture::Load(Size {
        width: 3.0,
        height: 4.0,
    });
    assert_eq!(page.after("i", &load), "i load {\"height\":4,\"width\":3}");
    assert_eq!(
        page.after("i", &Gesture::Fail("gone".into())),
        "i error {\"errMsg\":\"gone\"}"
    );
    assert!(page.refused("v", &load).contains("loads no image"));
    assert_eq!(
        page.refused("v", &Gesture::Fail("x".into())),
        "<view> has no `error`"
    );
}

#[test]
fn components_tell_the_events_that_they_have() {
    let mut page = page(r#"<video id="v" hidden/><div id="d"/><canvas id="c"/>"#);
    assert_eq!(
        page.after("v", &happen("ended")),
        "v ended {\"errCode\":1}",
        "also unseen"
    );
    let told = page.refused("v", &happen("timeupdat"));
    assert_eq!(told, "<video> has no event `timeupdat`; it has timeupdate");
    assert_eq!(page.after("d", &happen("transitionend")), "d transitionend");
    assert!(
        page.refused("d", &happen("play"))
            .starts_with("<div> has no event `play`; it has touchstart,")
    );
    assert!(
        page.try_do("c", &happen("touchmove"))
            .expect("it has it")
            .ends_with("{\"errCode\":1}")
    );
}

fn offered(template: &str) -> Vec<String> {
    let page = page_with(template, &[], &json!({ "names": ["a"] }));
    let gestures = actions(&page.tree, page.id("a"));
    gestures
        .iter()
        .map(|own| format!("{own:?}").replace("Point { x: 0.0, y: 0.0 }", ""))
        .collect()
}

#[test]
fn what_makes_sense_is_offered() {
    for (template, expected) in [
        (r#"<view id="a"/>"#, &[][..]),
        (
            r#"<view id="a" bindtap="f" bind:longpress="g"/>"#,
            &["Tap()", "LongPress()"],
        ),
        (r#"<view hidden><view id="a" bindtap="f"/></view>"#, &[]),
        (r#"<button id="a"/>"#, &["Tap()"]),
        (r#"<button id="a" disabled/>"#, &[]),
        (r#"<navigator id="a"/>"#, &["Tap()"]),
        (
            r#"<input id="a" bindconfirm="f"/>"#,
            &["Input(\"text\")", "Confirm"],
        ),
        (r#"<input id="a" type="number"/>"#, &["Input(\"1\")"]),
        (
            r#"<slider id="a" max="9"/>"#,
            &["Choose(Number(0.0))", "Choose(Number(9.0))"],
        ),
        (
            r#"<picker id="a" range="{{names}}"/>"#,
            &["Choose(Number(0))"],
        ),
        (r#"<picker id="a"/>"#, &[]),
        (
            r#"<picker id="a" mode="time" start="08:00" bindcancel="f"/>"#,
            &["Choose(String(\"08:00\"))", "Cancel"],
        ),
        (
            r#"<swiper id="a"><swiper-item/><swiper-item/></swiper>"#,
            &["Choose(Number(1))"],
        ),
        (r#"<switch id="a"/>"#, &["Tap()"]),
        (
            r#"<image id="a" binderror="f"/>"#,
            &["Fail(\"GET image 404 (Not Found)\")"],
        ),
        (
            r#"<video id="a" bindplay="f" bindtap="g"/>"#,
            &["Tap()", "Happen { event: \"play\", detail: Object {} }"],
        ),
    ] {
        assert_eq!(offered(template), expected, "{template}");
    }
}

#[test]
fn all_that_is_offered_can_be_done() {
    let template = r#"<picker id="p1" mode="date" fields="month"/><picker id="p2" mode="region"/>
        <picker id="p3" mode="multiSelector" range="{{[['a'],['b']]}}"/><picker id="p4" mode="time"/>
        <picker id="p5" range="{{['a']}}" bindcancel="f"/><input id="i" type="idcard" bindblur="f" bindconfirm="f"/>
        <textarea id="t"/><slider id="sl" min="3" max="8"/><swiper id="sw"><swiper-item/><swiper-item/></swiper>
        <scroll-view id="sc" refresher-enabled bindscrolltolower="f"/><movable-view id="m" direction="all"/>
        <image id="im" bindload="f" binderror="f"/><ad id="ad" bindclose="f"/><view id="v" bindtouchmove="f"/>
        <web-view id="w" bindmessage="f"/><checkbox id="c"/><label id="l"><switch id="s"/></label>"#;
    let mut page = page(template);
    let ids = "p1 p2 p3 p4 p5 i t sl sw sc m im ad v w c l s";
    for id in ids.split(' ') {
        let node = page.id(id);
        let gestures = actions(&page.tree, node);
        assert!(!gestures.is_empty(), "{id}");
        for gesture in gestures {
            assert!(page.try_do(id, &gesture).is_ok(), "{id} {gesture:?}");
        }
    }
}
