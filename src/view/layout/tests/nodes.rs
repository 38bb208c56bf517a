//! Built-in tags, components and slots.

use super::{check, check_sample, lay, shown};
use crate::view::style::sample::Sample;

#[test]
fn built_in_tags_have_default_sizes() {
    for (wxml, rect) in [
        ("<image id=\"a\"/>", "0 0 320 240"),
        ("<canvas id=\"a\"/>", "0 0 300 150"),
        ("<video id=\"a\"/>", "0 0 300 225"),
        ("<map id=\"a\"/>", "0 0 300 150"),
        ("<swiper id=\"a\"/>", "0 0 375 150"),
        ("<textarea id=\"a\"/>", "0 0 300 150"),
        ("<input id=\"a\"/>", "0 0 375 22.4"),
        ("<scroll-view id=\"a\"/>", "0 0 375 0"),
        ("<movable-area id=\"a\"/>", "0 0 10 10"),
        ("<switch id=\"a\"/>", "0 0 52 32"),
        ("<slider id=\"a\"/>", "18 10 339 30"),
        ("<web-view id=\"a\"/>", "0 0 375 667"),
        ("<navigator id=\"a\">字</navigator>", "0 0 375 22.4"),
        ("<picker id=\"a\">字</picker>", "0 0 375 22.4"),
        ("<button id=\"a\">确定</button>", "0 0 375 46"),
        (
            "<button id=\"a\" size=\"mini\">确定</button>",
            "0 0 60.84 29.9",
        ),
    ] {
        let sample = Sample::page(wxml, "");
        assert_eq!(shown(lay(&sample).rect(sample.node("a"))), rect, "{wxml}");
    }
}

#[test]
fn buttons_of_the_newer_style_are_narrower() {
    let sample = Sample::styled("v2", "<button id=\"a\">确定</button>", &[]);
    // 8 + 17 × 1.41176471 + 8 high, in the middle of the page.
    check_sample(&sample, &[("a", "95.5 0 184 40")]);
}

#[test]
fn pictures_keep_their_ratio_when_asked() {
    check(
        "<image id=\"a\" mode=\"widthFix\"/><view style=\"height: 0\"/><image id=\"b\" mode=\"heightFix\"/>",
        "page { line-height: 0; font-size: 0 } #a { width: 100% } #b { height: 60px }",
        &[("a", "0 0 375 281.25"), ("b", "0 281.25 80 60")],
    );
}

#[test]
fn swiper_items_stand_side_by_side() {
    check(
        "<swiper id=\"s\" current=\"1\"><swiper-item id=\"a\"><view id=\"v\"/></swiper-item>\
         <swiper-item id=\"b\"/></swiper>",
        "#s { height: 100px; width: 300px } #v { height: 10px }",
        &[
            ("a", "-300 0 300 100"),
            ("b", "0 0 300 100"),
            ("v", "-300 0 300 10"),
        ],
    );
    check(
        "<swiper vertical><swiper-item id=\"a\"/><swiper-item id=\"b\"/></swiper>",
        "",
        &[("a", "0 0 375 150"), ("b", "0 150 375 150")],
    );
}

#[test]
fn movable_views_stand_where_they_were_moved() {
    check(
        "<movable-area><movable-view id=\"m\" x=\"30\" y=\"{{12}}\"/></movable-area>",
        "movable-area { width: 200px; height: 200px; margin: 5px }",
        &[("m", "35 17 10 10")],
    );
}

const CARD: [(&str, &str); 3] = [
    (
        "c/card.wxml",
        "<view id=\"in\" class=\"box\"><slot/></view>",
    ),
    (
        "c/card.wxss",
        ".box { padding: 10px } :host { display: block; margin: 5px }",
    ),
    ("p.wxss", ".box { padding: 99px } #s { height: 20px }"),
];

#[test]
fn components_are_boxes_around_their_shadow_trees() {
    let sample = Sample::new("<card id=\"k\"><view id=\"s\"/></card>", &CARD);
    check_sample(
        &sample,
        &[
            ("k", "5 5 365 40"),
            ("in", "5 5 365 40"),
            ("s", "15 15 345 20"),
        ],
    );
}

#[test]
fn a_component_without_a_display_is_inline() {
    let files = [
        ("c/card.wxml", "<text id=\"in\">字</text>"),
        ("p.wxss", "card { padding: 3px }"),
    ];
    let sample = Sample::new("<view>一<card id=\"k\"/>二</view>", &files);
    check_sample(&sample, &[("k", "16 -3 22 28.4"), ("in", "19 0 16 22.4")]);
}

#[test]
fn a_virtual_host_draws_nothing_itself() {
    let files = [
        ("c/card.wxml", "<view id=\"in\" class=\"box\"/>"),
        ("c/card.options", "virtual"),
        (
            "c/card.wxss",
            ".box { flex: 1; height: 10px } :host { padding: 50px }",
        ),
        ("p.wxss", ".row { display: flex }"),
    ];
    let sample = Sample::new("<view class=\"row\"><card id=\"k\"/><card/></view>", &files);
    let layout = lay(&sample);
    assert_eq!(shown(layout.rect(sample.node("in"))), "0 0 187.5 10");
    assert!(!layout.is_drawn(sample.node("k")));
}

#[test]
fn named_slots_draw_their_content_in_their_place() {
    let files = [
        (
            "c/card.wxml",
            "<view class=\"row\"><slot name=\"b\"/><view id=\"mid\" class=\"i\"/><slot name=\"a\"/></view>",
        ),
        ("c/card.options", "multiple"),
        (
            "c/card.wxss",
            ".row { display: flex } .i { width: 30px; height: 10px }",
        ),
        ("p.wxss", ".i { width: 50px; height: 10px }"),
    ];
    let wxml = "<card><view id=\"x\" slot=\"a\" class=\"i\"/><view id=\"y\" slot=\"b\" class=\"i\"/>\
        <view id=\"z\" class=\"i\"/></card>";
    let sample = Sample::new(wxml, &files);
    check_sample(
        &sample,
        &[
            ("y", "0 0 50 10"),
            ("mid", "50 0 30 10"),
            ("x", "80 0 50 10"),
        ],
    );
    let layout = lay(&sample);
    let contents = sample
        .tree
        .node(sample.node("x"))
        .parent
        .map(|host| &sample.tree.node(host).children);
    let drawn = contents
        .expect("a host")
        .iter()
        .filter(|one| layout.is_drawn(**one))
        .count();
    assert_eq!(drawn, 2, "what has no slot is not drawn");
}

#[test]
fn nested_components_keep_their_own_classes() {
    let files = [
        ("c/outer.wxml", "<inner/><view id=\"o\" class=\"box\"/>"),
        (
            "c/outer.wxss",
            ":host { display: block } .box { height: 20px }",
        ),
        ("c/inner.wxml", "<view id=\"i\" class=\"box\"/>"),
        (
            "c/inner.wxss",
            ":host { display: block } .box { height: 10px }",
        ),
        ("c/inner.options", "isolated"),
        ("app.wxss", ".box { width: 1px }"),
    ];
    let sample = Sample::new("<outer/>", &files);
    check_sample(&sample, &[("i", "0 0 375 10"), ("o", "0 10 375 20")]);
}

#[test]
fn rich_text_has_the_size_of_its_text() {
    check(
        "<rich-text id=\"a\" nodes=\"<p>文字</p>\"/>",
        "page { font-size: 10px }",
        &[("a", "0 0 375 14")],
    );
}
