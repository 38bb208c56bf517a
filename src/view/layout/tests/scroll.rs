//! Scrolling, clipping, computed texts, touches and intersections.

use super::super::query::{Margins, crossed, intersect, intersection};
use super::{Rect, lay, shown};
use crate::view::style::sample::Sample;
use crate::view::value::Val;

#[test]
fn a_page_is_as_high_as_its_content_and_at_least_the_screen() {
    let tall = Sample::page("<view style=\"height: 1000px; margin-bottom: 20px\"/>", "");
    let layout = lay(&tall);
    assert!(
        (layout.content_height() - 1020.0).abs() < 0.01,
        "{}",
        layout.content_height()
    );
    assert!((layout.page_scroll_max() - 353.0).abs() < 0.01);
    let short = lay(&Sample::page("<view/>", ""));
    assert!((short.content_height() - 667.0).abs() < 0.01);
    assert!(short.page_scroll_max().abs() < 0.01);
}

#[test]
fn what_overflows_counts_unless_it_is_clipped_or_fixed() {
    for (wxss, height) in [
        ("#c { height: 900px } #p { height: 10px }", 900.0),
        (
            "#c { height: 900px } #p { height: 10px; overflow: hidden }",
            667.0,
        ),
        ("#c { height: 900px; position: fixed; top: 0 }", 667.0),
        ("#c { height: 10px; position: absolute; top: 890px }", 900.0),
    ] {
        let layout = lay(&Sample::page(
            "<view id=\"p\"><view id=\"c\"/></view>",
            wxss,
        ));
        assert!(
            (layout.content_height() - height).abs() < 0.01,
            "{wxss}: {}",
            layout.content_height()
        );
    }
}

#[test]
fn a_scroll_view_moves_its_content() {
    let mut sample = Sample::page(
        "<scroll-view id=\"s\" scroll-y><view id=\"a\"/><view id=\"b\"/></scroll-view>",
        "#s { height: 100px; width: 200px } #a, #b { height: 80px }",
    );
    let node = sample.node("s");
    let scroll = lay(&sample).scroll(node);
    assert_eq!(
        (scroll.top, scroll.width, scroll.height),
        (0.0, 200.0, 160.0)
    );
    let element = sample
        .tree
        .node_mut(node)
        .element_mut()
        .expect("an element");
    element.state.push(("scrollTop".into(), Val::Number(30.0)));
    let layout = lay(&sample);
    assert_eq!(shown(layout.rect(sample.node("b"))), "0 50 200 80");
    let scroll = layout.scroll(node);
    assert_eq!((scroll.top, scroll.height), (30.0, 160.0));
    let seen = layout.visible_rect(sample.node("b")).expect("it is seen");
    assert_eq!(shown(seen), "0 50 200 50");
}

#[test]
fn boxes_of_a_row_without_breaks_stand_beside_each_other() {
    let sample = Sample::page(
        "<scroll-view id=\"s\" scroll-x>\
           <view id=\"a\"/> <view id=\"b\"/><view id=\"c\"/></scroll-view>",
        "#s { width: 200px; white-space: nowrap; font-size: 0 } \
         #a, #b, #c { display: inline-block; width: 100px; height: 20px }",
    );
    let layout = lay(&sample);
    assert_eq!(shown(layout.rect(sample.node("c"))), "200 0 100 20");
    let scroll = layout.scroll(sample.node("s"));
    assert_eq!((scroll.width, scroll.height), (300.0, 20.0));
}

#[test]
fn offsets_are_from_the_nearest_positioned_box() {
    let mut sample = Sample::page(
        "<view id=\"over\"/><view id=\"p\"><view id=\"a\"/></view>\
         <scroll-view id=\"s\" scroll-y><view id=\"b\"/><view id=\"c\"/></scroll-view>",
        "#over { height: 40px } #p { position: relative; padding: 5px; border: 2px solid } \
         #a, #b, #c { height: 30px } #s { height: 40px }",
    );
    let s = sample.node("s");
    let moved = sample.tree.node_mut(s).element_mut().expect("an element");
    moved.state.push(("scrollTop".into(), Val::Number(20.0)));
    let layout = lay(&sample);
    let offset = |id: &str| layout.offset(sample.node(id));
    assert_eq!(offset("p"), (0.0, 40.0), "the page is around it");
    assert_eq!(offset("a"), (5.0, 5.0), "the border does not count");
    assert_eq!(
        offset("c"),
        (0.0, 30.0),
        "in a scroll-view that is scrolled"
    );
    assert_eq!(layout.offset(crate::view::tree::NodeId(9_999)), (0.0, 0.0));
}

#[test]
fn computed_texts_are_in_pixels() {
    let sample = Sample::page(
        "<view id=\"a\">字</view>",
        "#a { padding: 10rpx 5%; margin: 0 auto; width: 50%; border: 1px solid #ff0000; \
              background: rgba(0, 0, 0, 0.5); box-sizing: border-box; opacity: 0.5 }",
    );
    let layout = lay(&sample);
    for (name, text) in [
        ("width", "187.5px"),
        ("height", "34.4px"),
        ("paddingLeft", "18.75px"),
        ("padding-top", "5px"),
        ("border-top-width", "1px"),
        ("border-left-color", "rgb(255, 0, 0)"),
        ("backgroundColor", "rgba(0, 0, 0, 0.5)"),
        ("display", "block"),
        ("position", "static"),
        ("opacity", "0.5"),
        ("font-size", "16px"),
        ("no-such-thing", ""),
    ] {
        assert_eq!(layout.computed_text(sample.node("a"), name), text, "{name}");
    }
}

#[test]
fn the_topmost_element_is_touched() {
    let sample = Sample::page(
        "<view id=\"a\"><view id=\"b\"/></view><view id=\"over\"/><view id=\"deep\"/>",
        "#a { height: 100px } #b { height: 50px } \
         #over { position: fixed; top: 0; left: 0; width: 100px; height: 20px; z-index: 2 } \
         #deep { position: absolute; top: 0; left: 0; width: 200px; height: 20px; z-index: 1 }",
    );
    let layout = lay(&sample);
    let at = |x, y, scroll| {
        let node = layout.node_at(x, y, (0.0, scroll)).expect("something");
        sample
            .tree
            .node(node)
            .element()
            .expect("an element")
            .id
            .to_string()
    };
    assert_eq!(at(10.0, 10.0, 0.0), "over");
    assert_eq!(at(150.0, 10.0, 0.0), "deep");
    assert_eq!(at(300.0, 10.0, 0.0), "b");
    assert_eq!(at(300.0, 60.0, 0.0), "a");
    assert_eq!(at(10.0, 10.0, 60.0), "over", "it stays on the screen");
    assert_eq!(at(150.0, 10.0, 60.0), "a", "the page was scrolled");
    assert!(layout.node_at(10.0, 5000.0, (0.0, 0.0)).is_none());
}

#[test]
fn elements_that_cannot_be_touched_let_touches_through() {
    for rule in ["visibility: hidden", "pointer-events: none"] {
        let sample = Sample::page(
            "<view id=\"a\"/><view id=\"b\"/>",
            &format!("#a {{ height: 50px }} #b {{ position: absolute; inset: 0; {rule} }}"),
        );
        assert_eq!(
            lay(&sample).node_at(5.0, 5.0, (0.0, 0.0)),
            Some(sample.node("a")),
            "{rule}"
        );
    }
}

fn rect(left: f32, top: f32, width: f32, height: f32) -> Rect {
    Rect {
        left,
        top,
        width,
        height,
    }
}

#[test]
fn intersections_are_parts_of_the_target() {
    let screen = rect(0.0, 0.0, 375.0, 667.0);
    let none = Margins::default();
    let met = intersection(rect(0.0, 617.0, 100.0, 100.0), &[(screen, none)]);
    assert!((met.ratio - 0.5).abs() < 1e-6);
    assert_eq!(met.rect, rect(0.0, 617.0, 100.0, 50.0));
    let grown = Margins {
        bottom: 25.0,
        ..none
    };
    assert!(
        (intersection(rect(0.0, 617.0, 100.0, 100.0), &[(screen, grown)]).ratio - 0.75).abs()
            < 1e-6
    );
    let shrunk = Margins {
        top: -700.0,
        ..none
    };
    let out = intersection(rect(0.0, 0.0, 10.0, 10.0), &[(screen, shrunk)]);
    assert!(out.ratio.abs() < 1e-6);
    let list = rect(0.0, 0.0, 375.0, 640.0);
    let both = intersection(
        rect(0.0, 617.0, 100.0, 100.0),
        &[(screen, none), (list, none)],
    );
    assert!((both.ratio - 0.23).abs() < 1e-6);
    assert_eq!(both.relative, list);
    let far = intersection(rect(0.0, 900.0, 10.0, 10.0), &[(screen, none)]);
    assert_eq!((far.ratio, far.rect), (0.0, Rect::default()));
    assert_eq!(
        intersect(rect(0.0, 0.0, 1.0, 1.0), rect(2.0, 0.0, 1.0, 1.0)),
        None
    );
    let flat = intersection(rect(5.0, 5.0, 10.0, 0.0), &[(screen, none)]);
    assert!((flat.ratio - 1.0).abs() < 1e-6, "without an area");
}

#[test]
fn thresholds_are_crossed_both_ways() {
    for (before, now, thresholds, found) in [
        (0.0, 0.0, &[0.0][..], false),
        (-1.0, 0.0, &[0.0], true),
        (0.0, 0.2, &[0.0], true),
        (0.2, 0.4, &[0.0], false),
        (0.2, 0.5, &[0.0, 0.5], true),
        (1.0, 0.9, &[1.0], true),
        (0.2, 0.0, &[0.0], true),
        (0.2, 0.4, &[0.5], false),
    ] {
        assert_eq!(
            crossed(before, now, thresholds),
            found,
            "{before:?} {now} {thresholds:?}"
        );
    }
}
