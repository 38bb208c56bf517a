//! Lines of texts and boxes. A character of a 16 px font is 16 wide (Chinese) or by class; its box is
//! 22.4 high, of which 16.96 over the baseline.

use super::{check, lay, shown};
use crate::view::style::sample::Sample;

#[test]
fn a_text_is_as_wide_as_its_characters() {
    check("<text id=\"a\">文字</text>", "", &[("a", "0 0 32 22.4")]);
    // Two narrow letters, one normal one, one wide one.
    check("<text id=\"a\">ilaM</text>", "", &[("a", "0 0 31.68 22.4")]);
    check(
        "<text id=\"a\">中文a</text>",
        "text { font-size: 20px; letter-spacing: 1px }",
        &[("a", "0 0 54.2 28")],
    );
}

#[test]
fn lines_break_between_chinese_characters_and_at_blanks() {
    // 64 px hold four characters.
    let wxss = "#p { width: 64px }";
    check(
        "<view id=\"p\">一二三四五</view>",
        wxss,
        &[("p", "0 0 64 44.8")],
    );
    check(
        "<view id=\"p\">一二三四，五</view>",
        wxss,
        &[("p", "0 0 64 44.8")],
    );
    // `aaaa` is 35.84 wide, so each word has a line.
    check(
        "<view id=\"p\">aaaa aaaa aaaa</view>",
        wxss,
        &[("p", "0 0 64 67.2")],
    );
    check(
        "<view id=\"p\">aaa aaa</view>",
        wxss,
        &[("p", "0 0 64 22.4")],
    );
    check(
        "<view id=\"p\">一二三 aa四</view>",
        wxss,
        &[("p", "0 0 64 44.8")],
    );
}

#[test]
fn white_space_decides_on_breaks() {
    let wxml = "<view id=\"p\">一二三四五\n六</view>";
    for (value, lines) in [
        ("normal", 2.0),
        ("nowrap", 1.0),
        ("pre", 2.0),
        ("pre-wrap", 3.0),
        ("pre-line", 3.0),
    ] {
        let wxss = format!("#p {{ width: 64px; white-space: {value} }}");
        let sample = Sample::page(wxml, &wxss);
        let height = lay(&sample).rect(sample.node("p")).height;
        assert!((height - lines * 22.4).abs() < 0.01, "{value}: {height}");
    }
}

#[test]
fn line_ends_in_a_text_element_count() {
    check(
        "<view id=\"p\"><text id=\"a\">一\n二三</text></view>",
        "",
        &[("p", "0 0 375 44.8"), ("a", "0 0 32 44.8")],
    );
}

#[test]
fn line_height_makes_lines_and_not_texts_higher() {
    check(
        "<view id=\"p\"><text id=\"a\">字</text></view>",
        "#p { line-height: 40px }",
        &[("p", "0 0 375 40"), ("a", "0 8.8 16 22.4")],
    );
    check(
        "<view id=\"p\">字</view>",
        "#p { line-height: 2; font-size: 10px }",
        &[("p", "0 0 375 20")],
    );
    check(
        "<view id=\"p\">字</view>",
        "#p { line-height: 150%; font-size: 10px }",
        &[("p", "0 0 375 15")],
    );
}

#[test]
fn texts_are_aligned() {
    for (value, left) in [("left", "0"), ("center", "171.5"), ("right", "343")] {
        check(
            "<view id=\"p\"><text id=\"a\">文字</text></view>",
            &format!("#p {{ text-align: {value} }}"),
            &[("a", &format!("{left} 0 32 22.4"))],
        );
    }
}

#[test]
fn clamped_texts_have_so_many_lines() {
    check(
        "<view id=\"p\">一二三四五六七八九十</view>",
        "#p { width: 32px; display: -webkit-box; -webkit-box-orient: vertical; \
              -webkit-line-clamp: 2; overflow: hidden }",
        &[("p", "0 0 32 44.8")],
    );
}

#[test]
fn inline_elements_have_padding_beside_their_text() {
    check(
        "<view id=\"p\"><text id=\"a\">一</text><text id=\"b\">二</text><text id=\"c\">三</text></view>",
        "#b { padding: 2px 5px; margin-left: 10px; border: 1px solid }",
        &[
            ("p", "0 0 375 22.4"),
            ("a", "0 0 16 22.4"),
            ("b", "26 -3 28 28.4"),
            ("c", "54 0 16 22.4"),
        ],
    );
}

#[test]
fn a_broken_inline_element_covers_all_its_lines() {
    check(
        "<view id=\"p\"><text>一二三</text><text id=\"b\">四五六</text></view>",
        "#p { width: 64px }",
        &[("b", "0 0 64 44.8")],
    );
}

#[test]
fn nested_inline_elements() {
    check(
        "<view><text id=\"a\">一<text id=\"b\">二</text>三</text></view>",
        "#b { padding: 0 4px }",
        &[("a", "0 0 56 22.4"), ("b", "16 0 24 22.4")],
    );
}

#[test]
fn boxes_in_a_line_stand_on_the_baseline() {
    // The strut takes 5.44 under the baseline.
    check(
        "<view id=\"p\"><view id=\"a\"/><view id=\"b\"/></view>",
        "#a, #b { display: inline-block; width: 50px; height: 50px } #b { height: 20px; margin: 0 3px }",
        &[
            ("p", "0 0 375 55.44"),
            ("a", "0 0 50 50"),
            ("b", "53 30 50 20"),
        ],
    );
}

#[test]
fn boxes_in_a_line_may_stand_elsewhere() {
    let wxml = "<view id=\"p\"><view id=\"a\"/><view id=\"b\"/></view>";
    for (value, top) in [("top", "0"), ("bottom", "35.44"), ("middle", "36")] {
        let wxss = format!(
            "#a, #b {{ display: inline-block; width: 50px; height: 50px }} \
             #b {{ height: 20px; vertical-align: {value} }}"
        );
        check(wxml, &wxss, &[("b", &format!("50 {top} 50 20"))]);
    }
}

#[test]
fn boxes_in_a_line_shrink_to_their_text_and_wrap() {
    check(
        "<view id=\"p\"><view id=\"a\">文字</view><view id=\"b\">字</view></view>",
        "#p { width: 60px } #a, #b { display: inline-block; padding: 0 4px }",
        &[
            ("p", "0 0 60 44.8"),
            ("a", "0 0 40 22.4"),
            ("b", "0 22.4 24 22.4"),
        ],
    );
}

#[test]
fn an_absolute_box_shrinks_to_its_text() {
    check(
        "<view id=\"a\">文字</view>",
        "#a { position: absolute; padding: 3px; font-size: 10px }",
        &[("a", "0 0 26 20")],
    );
}

#[test]
fn a_block_splits_the_line_around_it() {
    check(
        "<view id=\"p\">一<view id=\"b\"/>二</view>",
        "#b { height: 10px }",
        &[("p", "0 0 375 54.8"), ("b", "0 22.4 375 10")],
    );
}

#[test]
fn blanks_between_blocks_make_no_line() {
    check(
        "<view id=\"p\">\n  <view id=\"b\"/>\n  </view>",
        "#b { height: 10px }",
        &[("p", "0 0 375 10")],
    );
}

#[test]
fn generated_boxes_take_room() {
    check(
        "<view id=\"p\">字</view><view id=\"q\"/>",
        "#p::before { content: '*' } #p { display: inline-block } \
         #q::after { content: ''; display: block; height: 7px }",
        &[("p", "0 0 24.96 22.4"), ("q", "0 22.4 375 7")],
    );
}

#[test]
fn a_word_longer_than_the_line_is_cut() {
    // Ten letters of 8.96 px in lines of 40 px.
    check(
        "<view id=\"p\">aaaaaaaaaa</view>",
        "#p { width: 40px }",
        &[("p", "0 0 40 67.2")],
    );
}

#[test]
fn text_nodes_have_rectangles_too() {
    let sample = Sample::page("<view id=\"p\">文字</view>", "#p { padding: 10px }");
    let layout = lay(&sample);
    let text = sample.tree.node(sample.node("p")).children[0];
    assert_eq!(shown(layout.rect(text)), "10 10 32 22.4");
}

#[test]
fn floats_stand_in_a_line() {
    check(
        "<view id=\"p\"><view id=\"a\"/><view id=\"b\"/></view>",
        "#p { line-height: 0 } #a, #b { float: left; width: 40%; height: 30px }",
        &[("a", "0 0 150 30"), ("b", "150 0 150 30")],
    );
}
