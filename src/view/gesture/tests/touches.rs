use super::{Page, page};
use crate::view::gesture::{Effect, Gesture, Point, perform};

fn all(page: &mut Page, id: &str, gesture: &Gesture) -> String {
    let told = page.try_do(id, gesture).expect("it can be done");
    let names = told
        .lines()
        .map(|line| line.split(' ').nth(1).unwrap_or_default());
    names.collect::<Vec<_>>().join(" ")
}

const PRESS: Gesture = Gesture::LongPress(Point { x: 0.0, y: 0.0 });
const TAP: Gesture = Gesture::Tap(Point { x: 0.0, y: 0.0 });

#[test]
fn a_tap_follows_the_touch_and_tells_its_place() {
    let mut page = page(r#"<view id="a"/>"#);
    assert_eq!(all(&mut page, "a", &TAP), "touchstart touchend tap");
    let node = page.id("a");
    let tap = Gesture::Tap(Point { x: 3.0, y: 4.5 });
    let effects = perform(&mut page.tree, node, &tap).expect("it can be done");
    for effect in effects {
        let Effect::Event { detail, travel, .. } = effect else {
            panic!("{effect:?}");
        };
        assert_eq!(super::json_of(&detail).to_string(), r#"{"x":3,"y":4.5}"#);
        assert!(travel.bubbles && travel.composed && travel.captures);
    }
}

#[test]
fn a_long_press_with_a_handler_leaves_no_tap() {
    let with = r#"<view bind:longpress="f"><view id="a"/></view>"#;
    assert_eq!(
        all(&mut page(with), "a", &PRESS),
        "touchstart longpress longtap touchend"
    );
    let without = r#"<view bind:longtap="f"><view id="a"/></view>"#;
    assert_eq!(
        all(&mut page(without), "a", &PRESS),
        "touchstart longpress longtap touchend tap"
    );
    let out_of_reach =
        r#"<view bind:longpress="f"><view catchlongpress><view id="a"/></view></view>"#;
    let told = all(&mut page(out_of_reach), "a", &PRESS);
    assert_eq!(
        told, "touchstart longpress longtap touchend tap",
        "no handler was met"
    );
}

#[test]
fn a_long_press_on_a_disabled_button_is_a_touch_only() {
    let mut page = page(r#"<button id="a" disabled/>"#);
    assert_eq!(all(&mut page, "a", &PRESS), "touchstart touchend");
}

#[test]
fn a_finger_that_moves_makes_no_tap() {
    let mut page = page(r#"<view id="a"/>"#);
    let stroke = |points: &[(f64, f64)], is_cancelled: bool| Gesture::Stroke {
        points: points.iter().map(|(x, y)| Point { x: *x, y: *y }).collect(),
        is_cancelled,
    };
    let far = stroke(&[(0.0, 0.0), (0.0, 5.0), (0.0, 10.0)], false);
    assert_eq!(
        all(&mut page, "a", &far),
        "touchstart touchmove touchmove touchend"
    );
    let near = stroke(&[(0.0, 0.0), (0.0, 9.0)], false);
    assert_eq!(
        all(&mut page, "a", &near),
        "touchstart touchmove touchend tap"
    );
    let cancelled = stroke(&[(0.0, 0.0)], true);
    assert_eq!(all(&mut page, "a", &cancelled), "touchstart touchcancel");
    let nothing = page.refused("a", &stroke(&[], false));
    assert_eq!(nothing, "a touch needs a point at least");
}

#[test]
fn what_is_hidden_cannot_be_touched() {
    let mut page = page(r#"<view hidden><view id="a"/></view><view id="b" hidden="{{true}}"/>"#);
    let told = "nobody sees the <view>: an element around it is `hidden`; show it first";
    assert_eq!(page.refused("a", &TAP), told);
    assert_eq!(
        page.refused("b", &TAP),
        "nobody sees the <view>: it is `hidden`; show it first"
    );
}

#[test]
fn a_field_loses_the_keyboard_when_something_else_is_touched() {
    let mut page = page(
        r#"<input id="in"/><textarea id="area"/><input id="held" hold-keyboard/><view id="v"/>"#,
    );
    assert_eq!(
        all(&mut page, "in", &TAP),
        "touchstart touchend focus keyboardheightchange tap"
    );
    assert_eq!(
        all(&mut page, "in", &TAP),
        "touchstart touchend tap",
        "it has it"
    );
    let told = all(&mut page, "v", &TAP);
    assert_eq!(told, "touchstart blur keyboardheightchange touchend tap");
    assert_eq!(page.tree.focused(), None);
    page.tap("area");
    let told = all(&mut page, "v", &TAP);
    assert_eq!(
        told, "touchstart touchend tap blur keyboardheightchange",
        "a textarea later"
    );
    page.tap("held");
    assert_eq!(all(&mut page, "v", &TAP), "touchstart touchend tap");
    assert_eq!(page.tree.focused(), Some(page.id("held")));
}

#[test]
fn the_field_that_gets_the_keyboard_takes_it_from_the_other() {
    let mut page = page(r#"<input id="a"/><textarea id="b"/><input id="c"/>"#);
    page.tap("b");
    let told = page.tap("c");
    let names: Vec<&str> = told
        .lines()
        .map(|line| line.split(" {").next().unwrap_or(""))
        .collect();
    assert_eq!(
        names,
        ["b blur", "c focus", "c keyboardheightchange", "c tap"]
    );
    assert_eq!(page.tree.focused(), Some(page.id("c")));
}

#[test]
fn a_touch_of_a_text_is_one_of_the_element_around_it() {
    let mut page = page(r#"<button id="b"><text id="t">buy</text></button>"#);
    let text = page.tree.node(page.id("t")).children[0];
    let effects = perform(&mut page.tree, text, &TAP).expect("it can be done");
    assert!(page.told(&effects).ends_with("t tap"));
}
