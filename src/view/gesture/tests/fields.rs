use super::page;
use crate::view::gesture::{Gesture, replace};
use crate::view::value::Val;

fn input(text: &str) -> Gesture {
    Gesture::Input(text.to_owned())
}

fn tail(told: &str) -> &str {
    told.lines().last().unwrap_or_default()
}

#[test]
fn a_text_makes_one_input_event_and_keys_make_one_each() {
    let mut page = page(r#"<input id="a" value="x"/>"#);
    let told = page.after("a", &input("xyz"));
    assert_eq!(
        told,
        "a focus {\"value\":\"x\",\"height\":300}\na keyboardheightchange {\"height\":300,\"duration\":0.25}\n\
         a input {\"value\":\"xyz\",\"cursor\":3,\"keyCode\":122}"
    );
    let told = page.after("a", &input("xy"));
    assert_eq!(
        told,
        "a input {\"value\":\"xy\",\"cursor\":2,\"keyCode\":8}"
    );
    let told = page.after("a", &Gesture::Type("😀!".to_owned()));
    assert_eq!(
        told,
        "a input {\"value\":\"xy😀\",\"cursor\":4,\"keyCode\":128512}\n\
         a input {\"value\":\"xy😀!\",\"cursor\":5,\"keyCode\":33}"
    );
}

#[test]
fn a_text_ends_at_its_greatest_length() {
    let mut page = page(
        r#"<input id="a" maxlength="3"/><input id="b"/><input id="c" maxlength="{{-1}}"/>
           <input id="d" maxlength="2"/>"#,
    );
    page.after("a", &input("12345"));
    assert_eq!(page.now("a", "value"), Val::text("123"));
    page.after("b", &input(&"x".repeat(200)));
    assert_eq!(page.now("b", "value"), Val::text(&"x".repeat(140)));
    page.after("c", &input(&"x".repeat(200)));
    assert_eq!(page.now("c", "value"), Val::text(&"x".repeat(200)));
    page.after("d", &input("a😀"));
    assert_eq!(
        page.now("d", "value"),
        Val::text("a"),
        "half a character is none"
    );
    assert_eq!(
        page.after("a", &Gesture::Type("9".to_owned()))
            .lines()
            .count(),
        3,
        "no input"
    );
    assert_eq!(page.now("a", "value"), Val::text("123"));
}

#[test]
fn a_keyboard_has_the_keys_of_its_type() {
    let mut page = page(r#"<input id="n" type="number"/><input id="d" type="digit"/>"#);
    let told = page.refused("n", &input("1a"));
    assert_eq!(
        told,
        "the keyboard of the type number has no `a`, only 0123456789"
    );
    assert!(tail(&page.after("d", &input("1.5"))).contains("\"1.5\""));
}

#[test]
fn what_is_no_field_or_off_takes_no_text() {
    let mut page = page(r#"<view id="v"/><input id="a" disabled/><editor id="e" read-only/>"#);
    let told = page.refused("v", &input("x"));
    assert_eq!(
        told,
        "<view> is no field: text goes into input and textarea"
    );
    assert_eq!(
        page.refused("a", &input("x")),
        "the <input> is `disabled`: change that first"
    );
    assert_eq!(
        page.refused("e", &Gesture::Focus),
        "the <editor> is `read-only`: change that first"
    );
    assert_eq!(page.tap("a"), "a tap", "a tap does not focus it");
    assert_eq!(page.tree.focused(), None);
}

#[test]
fn confirming_takes_the_keyboard_away_unless_it_is_held() {
    let mut page = page(r#"<input id="a" value="v"/><input id="b" confirm-hold/>"#);
    page.tap("a");
    assert_eq!(
        page.after("a", &Gesture::Confirm),
        "a confirm {\"value\":\"v\"}\na blur {\"value\":\"v\",\"cursor\":1}\n\
         a keyboardheightchange {\"height\":0,\"duration\":0.25}"
    );
    page.tap("b");
    assert_eq!(
        page.after("b", &Gesture::Confirm),
        "b confirm {\"value\":\"\"}"
    );
    assert_eq!(page.tree.focused(), Some(page.id("b")));
    assert!(page.after("b", &Gesture::Blur).starts_with("b blur"));
    assert_eq!(
        page.after("b", &Gesture::Blur),
        "",
        "it has no keyboard any more"
    );
}

#[test]
fn the_keyboard_changes_its_height() {
    let mut page = page(r#"<input id="a"/>"#);
    page.tap("a");
    let told = page.after("a", &Gesture::KeyboardHeight(250.0));
    assert_eq!(
        told,
        "a keyboardheightchange {\"height\":250,\"duration\":0.25}"
    );
    assert!(
        page.after("a", &Gesture::KeyboardHeight(0.0))
            .starts_with("a blur")
    );
}

#[test]
fn what_a_handler_gives_replaces_the_text_of_an_input_only() {
    let mut page = page(r#"<input id="a" maxlength="4"/><textarea id="b" value="kept"/>"#);
    page.after("a", &input("ab"));
    let (a, b) = (page.id("a"), page.id("b"));
    assert_eq!(
        replace(&mut page.tree, a, "ABCDE"),
        None,
        "no data is bound"
    );
    assert_eq!(page.now("a", "value"), Val::text("ABCD"));
    replace(&mut page.tree, b, "other");
    assert_eq!(page.now("b", "value"), Val::text("kept"));
}
