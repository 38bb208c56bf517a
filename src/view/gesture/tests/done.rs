use serde_json::json;

use super::{page, page_with};
use crate::view::gesture::acts;

/// Labels of what can be done, and how many more there are.
fn labels(tree: &crate::view::tree::Tree, of_same: usize, max: usize) -> (Vec<String>, usize) {
    let found = acts(tree, of_same, max);
    let labels = found.list.into_iter().map(|act| act.label);
    (labels.collect(), found.left_out)
}

#[test]
fn acts_are_called_as_people_point_at_them() {
    let page = page(
        r#"<view class="a b c" bindtap="x" bindlongpress="y">Buy  this long text now</view>
           <input id="i" type="number" bindinput="x" bindfocus="y" bindconfirm="z"/>
           <button>nothing</button><button open-type="share">s</button><button form-type="reset"/>"#,
    );
    let expected = [
        "tap view.a.b \"Buy this long te…\"",
        "longpress view.a.b \"Buy this long te…\"",
        "input \"1\" input#i",
        "tap button \"s\"",
        "tap button",
    ];
    assert_eq!(
        labels(&page.tree, 2, 60),
        (expected.map(String::from).into(), 0)
    );
}

#[test]
fn what_is_disabled_is_idle_and_has_the_key_that_it_would_have() {
    let of = |disabled: &str| {
        let page = page(&format!(
            r#"<button {disabled} bindtap="x">a</button><view>b</view>"#
        ));
        acts(&page.tree, 1, 9)
    };
    let (able, disabled) = (of(""), of("disabled"));
    assert!(able.idle.is_empty() && disabled.list.is_empty());
    let tap = &able.list[0];
    assert_eq!(disabled.idle, [(tap.key.clone(), tap.label.clone())].into());
}

#[test]
fn a_field_is_focused_filled_confirmed_and_left() {
    let page = page(r#"<input bindblur="a" bindconfirm="b"/>"#);
    let found = acts(&page.tree, 1, 9);
    let gestures = format!("{:?}", found.list[0].gestures);
    assert_eq!(gestures, "[Focus, Input(\"text\"), Confirm, Blur]");
}

#[test]
fn of_what_is_written_once_the_first_are_taken() {
    let template =
        r#"<block wx:for="{{ rows }}"><view bindtap="x">{{ item }}</view></block><my/><my/>"#;
    let my = ("my", r#"<text bindtap="t">own</text>"#, &[][..], json!({}));
    let page = page_with(template, &[my], &json!({"rows": [1, 2, 3]}));
    // Two components are written in two places, so neither is the other's further item.
    let expected = ["tap view \"1\"", "tap text \"own\"", "tap text \"own\""];
    assert_eq!(
        labels(&page.tree, 1, 60),
        (expected.map(String::from).into(), 2)
    );
    assert_eq!(labels(&page.tree, 2, 2).1, 3, "beyond the limit");
    let found = acts(&page.tree, 2, 60).list;
    let keys: std::collections::BTreeSet<&String> = found.iter().map(|act| &act.key).collect();
    assert_eq!(keys.len(), found.len(), "each has a key of its own");
}

#[test]
fn what_nobody_sees_or_hears_is_left_out() {
    let page = page(
        r#"<view hidden><text bindtap="x"/></view><view style="display:none" bindtap="x"/>
           <button disabled bindtap="x"/><image bindload="x"/><view bindcustom="x"/><label>l</label>"#,
    );
    assert_eq!(labels(&page.tree, 2, 60), (Vec::new(), 0));
    assert_eq!(acts(&page.tree, 2, 60).elements, 4);
}
