//! Blocks, sizes, margins and boxes out of the flow.

use super::{check, lay, lay_on, shown};
use crate::view::style::Viewport;
use crate::view::style::sample::Sample;

#[test]
fn blocks_fill_the_width_and_stand_under_each_other() {
    check(
        "<view id=\"a\" style=\"height: 10px\"/><view id=\"b\" style=\"height: 20rpx\"/>",
        "",
        &[("a", "0 0 375 10"), ("b", "0 10 375 10")],
    );
}

#[test]
fn padding_and_border_come_on_top_of_the_width_unless_the_box_includes_them() {
    let wxss = "view { width: 100px; height: 50px; padding: 5px 10px; border: 1px solid red }
        .b { box-sizing: border-box }";
    check(
        "<view id=\"a\"/><view id=\"b\" class=\"b\"/>",
        wxss,
        &[("a", "0 0 122 62"), ("b", "0 62 100 50")],
    );
}

#[test]
fn a_border_without_a_style_has_no_width() {
    check(
        "<view id=\"a\" style=\"border-width: 5px\"/>",
        "",
        &[("a", "0 0 375 0")],
    );
    check(
        "<view id=\"a\" style=\"border: 5px dashed\"/>",
        "",
        &[("a", "0 0 375 10")],
    );
}

#[test]
fn margins_between_siblings_collapse_to_the_larger_one() {
    check(
        "<view id=\"a\"/><view id=\"b\"/>",
        "view { height: 10px; margin: 20px 0 } #b { margin-top: 30px }",
        &[("a", "0 20 375 10"), ("b", "0 60 375 10")],
    );
}

#[test]
fn a_negative_margin_pulls() {
    check(
        "<view id=\"a\"/><view id=\"b\"/>",
        "view { height: 10px } #a { margin-bottom: 20px } #b { margin-top: -5px; margin-left: -10px }",
        &[("b", "-10 25 385 10")],
    );
}

#[test]
fn a_first_childs_margin_leaves_its_parent_unless_something_is_between() {
    let wxml = "<view style=\"height: 1px\"/><view id=\"p\"><view id=\"c\"/></view>";
    let child = "#c { height: 10px; margin-top: 20px }";
    check(wxml, child, &[("p", "0 21 375 10"), ("c", "0 21 375 10")]);
    for kept in ["padding-top: 1px", "border-top: 1px solid"] {
        let wxss = format!("{child} #p {{ {kept} }}");
        check(wxml, &wxss, &[("p", "0 1 375 31"), ("c", "0 22 375 10")]);
    }
    for kept in ["overflow: hidden", "display: flow-root", "display: flex"] {
        let wxss = format!("{child} #p {{ {kept} }} #c {{ width: 100% }}");
        check(wxml, &wxss, &[("p", "0 1 375 30"), ("c", "0 21 375 10")]);
    }
}

#[test]
fn an_empty_box_lets_margins_through() {
    check(
        "<view id=\"a\"/><view id=\"e\"/><view id=\"b\"/>",
        "#a, #b { height: 10px } #a { margin-bottom: 5px } #e { margin: 12px 0 }",
        &[("b", "0 22 375 10")],
    );
}

#[test]
fn auto_margins_center_a_block() {
    check(
        "<view id=\"a\"/><view id=\"b\"/>",
        "view { width: 100px; height: 10px } #a { margin: 0 auto } #b { margin-left: auto }",
        &[("a", "137.5 0 100 10"), ("b", "275 10 100 10")],
    );
}

#[test]
fn parts_are_of_the_containing_block() {
    check(
        "<view id=\"p\"><view id=\"c\"/></view>",
        "#p { width: 200px; height: 100px; padding: 10px } \
         #c { width: 50%; height: 25%; margin-left: 10%; padding-top: 5% }",
        &[("p", "0 0 220 120"), ("c", "30 10 100 35")],
    );
}

#[test]
fn a_part_of_an_unknown_height_is_auto() {
    check(
        "<view id=\"p\"><view id=\"c\"><view style=\"height: 7px\"/></view></view>",
        "#c { height: 50% }",
        &[("p", "0 0 375 7"), ("c", "0 0 375 7")],
    );
}

#[test]
fn limits_bound_sizes() {
    check(
        "<view id=\"a\"/><view id=\"b\"/><view id=\"c\"/>",
        "view { height: 10px } #a { max-width: 50% } #b { width: 10px; min-width: 100rpx } \
         #c { max-height: 4px; min-height: 6px }",
        &[
            ("a", "0 0 187.5 10"),
            ("b", "0 10 50 10"),
            ("c", "0 20 375 6"),
        ],
    );
}

#[test]
fn calculations_and_insets_of_the_screen() {
    check(
        "<view id=\"a\"/><view id=\"b\"/>",
        "#a { width: calc(100% - 20rpx); height: calc((100px + 20px) / 3) } \
         #b { height: 1px; padding-bottom: calc(10px + env(safe-area-inset-bottom)); \
              padding-top: constant(safe-area-inset-top) }",
        &[("a", "0 0 365 40"), ("b", "0 40 375 89")],
    );
}

#[test]
fn viewport_units_and_a_page_of_full_height() {
    check(
        "<view id=\"a\"/><view id=\"b\"/>",
        "page { height: 100% } #a { height: 10vh; width: 50vw } #b { height: 50% }",
        &[("a", "0 0 187.5 66.7"), ("b", "0 66.7 375 333.5")],
    );
}

#[test]
fn wide_screens_have_larger_rpx() {
    let sample = Sample::page("<view id=\"a\"/>", "#a { width: 375rpx; height: 75rpx }");
    let layout = lay_on(&sample, Viewport::new(750.0, 1000.0));
    assert_eq!(shown(layout.rect(sample.node("a"))), "0 0 375 75");
}

#[test]
fn media_rules_change_the_layout() {
    let sample = Sample::page(
        "<view id=\"a\"/>",
        "#a { height: 10px } @media (min-width: 600px) { #a { width: 50%; height: 20px } }",
    );
    assert_eq!(shown(lay(&sample).rect(sample.node("a"))), "0 0 375 10");
    let wide = lay_on(&sample, Viewport::new(800.0, 600.0));
    assert_eq!(shown(wide.rect(sample.node("a"))), "0 0 400 20");
}

#[test]
fn relative_boxes_move_without_their_place() {
    check(
        "<view id=\"a\"/><view id=\"b\"/>",
        "view { height: 10px } #a { position: relative; left: 5px; bottom: 3px }",
        &[("a", "5 -3 375 10"), ("b", "0 10 375 10")],
    );
}

#[test]
fn absolute_boxes_are_placed_from_the_nearest_positioned_box() {
    check(
        "<view id=\"p\"><view id=\"s\"><view id=\"c\"/></view></view>",
        "#p { position: relative; margin: 20px; height: 100px; border: 2px solid } \
         #s { height: 50px; margin-left: 30px } \
         #c { position: absolute; right: 10px; bottom: 10px; width: 20px; height: 20px }",
        &[("p", "20 20 335 104"), ("c", "323 92 20 20")],
    );
}

#[test]
fn absolute_boxes_stretch_between_both_edges() {
    check(
        "<view id=\"p\"><view id=\"c\"/><view id=\"d\"/></view>",
        "#p { position: relative; height: 100px; width: 200px } \
         #c { position: absolute; inset: 10px 20px } \
         #d { position: absolute; top: 50%; left: 50%; width: 50%; height: 25% }",
        &[("c", "20 10 160 80"), ("d", "100 50 100 25")],
    );
}

#[test]
fn an_absolute_box_without_a_place_stands_where_it_would_be() {
    check(
        "<view id=\"a\"/><view id=\"p\"><view id=\"b\"/><view id=\"c\"/></view>",
        "#a { height: 30px } #p { padding: 4px } #b { height: 10px } \
         #c { position: absolute; width: 5px; height: 5px }",
        &[("c", "4 44 5 5"), ("p", "0 30 375 18")],
    );
}

#[test]
fn an_absolute_box_may_follow_the_flow_in_one_direction_only() {
    check(
        "<view id=\"a\"/><view id=\"c\"/>",
        "#a { height: 30px } #c { position: absolute; right: 0; width: 5px; height: 5px }",
        &[("c", "370 30 5 5")],
    );
}

#[test]
fn without_a_positioned_box_the_screen_holds_absolute_ones() {
    let sample = Sample::page(
        "<view id=\"a\"/><view id=\"c\"/>",
        "#a { height: 1000px } #c { position: absolute; bottom: 0; height: 10px; width: 100% }",
    );
    let layout = lay(&sample);
    let node = sample.node("c");
    assert_eq!(shown(layout.rect(node)), "0 657 375 10");
    assert_eq!(
        shown(layout.client_rect(node, (0.0, 100.0))),
        "0 557 375 10"
    );
}

#[test]
fn fixed_boxes_stay_on_the_screen() {
    let sample = Sample::page(
        "<view id=\"a\"><view id=\"f\"><view id=\"in\"/></view></view>",
        "#a { position: relative; margin-top: 50px; height: 2000px } \
         #f { position: fixed; left: 0; right: 0; bottom: 0; height: 50px } \
         #in { height: 20px; width: 20px }",
    );
    let layout = lay(&sample);
    let (fixed, inner) = (sample.node("f"), sample.node("in"));
    assert_eq!(shown(layout.rect(fixed)), "0 617 375 50");
    assert_eq!(
        shown(layout.client_rect(fixed, (0.0, 300.0))),
        "0 617 375 50"
    );
    assert_eq!(
        shown(layout.client_rect(inner, (0.0, 300.0))),
        "0 617 20 20"
    );
    assert!(layout.is_fixed(inner));
    assert_eq!(
        shown(layout.client_rect(sample.node("a"), (0.0, 300.0))),
        "0 -250 375 2000"
    );
}

#[test]
fn transformations_move_rectangles_and_not_the_flow() {
    check(
        "<view id=\"p\"><view id=\"a\"/></view><view id=\"b\"/><view id=\"r\"/><view id=\"t\"/>",
        "#p { position: relative; height: 100px } view { height: 10px } \
         #a { position: absolute; top: 50%; left: 50%; width: 100px; height: 40px; \
              transform: translate(-50%, -50%) } \
         #b { transform: scale(0.5) } \
         #r { width: 20px; transform: rotate(90deg) } \
         #t { width: 10px; transform: translateX(100rpx) scale(2); transform-origin: 0 0 }",
        &[
            ("a", "137.5 30 100 40"),
            ("b", "93.75 102.5 187.5 5"),
            ("r", "5 105 10 20"),
            ("t", "50 120 20 20"),
        ],
    );
}

#[test]
fn a_transformed_box_takes_its_content_along_and_holds_fixed_boxes() {
    check(
        "<view id=\"p\"><view id=\"c\"/><view id=\"f\"/></view>",
        "#p { height: 100px; transform: translateY(50px) } #c { height: 10px } \
         #f { position: fixed; top: 5px; left: 0; width: 10px; height: 10px }",
        &[
            ("p", "0 50 375 100"),
            ("c", "0 50 375 10"),
            ("f", "0 55 10 10"),
        ],
    );
}

#[test]
fn what_is_not_displayed_has_no_rectangle_and_takes_no_room() {
    let sample = Sample::page(
        "<view id=\"a\"><view id=\"in\"/></view><view id=\"b\" hidden/><view id=\"c\"/>",
        "view { height: 10px } #a { display: none } #c { visibility: hidden }",
    );
    let layout = lay(&sample);
    for id in ["a", "in", "b"] {
        assert!(!layout.is_drawn(sample.node(id)), "{id}");
        assert_eq!(shown(layout.rect(sample.node(id))), "0 0 0 0", "{id}");
    }
    assert_eq!(shown(layout.rect(sample.node("c"))), "0 0 375 10");
}

#[test]
fn a_ratio_gives_the_other_side() {
    check(
        "<view id=\"a\"/>",
        "#a { width: 160px; aspect-ratio: 16 / 9 }",
        &[("a", "0 0 160 90")],
    );
}
