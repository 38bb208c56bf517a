//! Large and deep pages.

use super::lay;
use crate::view::style::sample::Sample;

const ROWS: &str = "<view wx:for=\"{{rows}}\" wx:key=\"*this\" class=\"row\" id=\"r{{item}}\">\
    <image class=\"pic\"/><view class=\"body\"><text class=\"title\">第 {{item}} 行的标题</text>\
    <view class=\"note\">说明文字 note {{item}}</view></view></view>";

const STYLE: &str = ".row { display: flex; padding: 10px; border-bottom: 1px solid #eee } \
    .pic { width: 40px; height: 40px } .body { flex: 1; margin-left: 10px } \
    .row .title { font-size: 16px } .note { font-size: 12px; color: #999 }";

#[test]
fn a_page_of_a_thousand_rows_is_laid_out_row_by_row() {
    let sample = Sample::page(ROWS, STYLE);
    let layout = lay(&sample);
    // 10 + 22.4 + 16.8 < 10 + 40, so each row has 61 pixels.
    for number in [0_u16, 1, 999] {
        let rect = layout.rect(sample.node(&format!("r{number}")));
        assert!(
            (rect.top - f32::from(number) * 61.0).abs() < 1.0,
            "{number}: {rect:?}"
        );
        assert!((rect.height - 61.0).abs() < 0.01, "{number}: {rect:?}");
    }
}

#[test]
fn a_deep_page_ends_at_the_deepest_box_that_is_laid_out() {
    let wxml = format!("{}{}", "<view>".repeat(180), "</view>".repeat(180));
    for rule in [
        "padding-left: 1px",
        "display: flex",
        "display: inline-block",
        "position: absolute",
    ] {
        let sample = Sample::page(&wxml, &format!("view {{ {rule} }}"));
        assert!(lay(&sample).content_height() > 0.0, "{rule}");
    }
    let inside = format!("<view class=\"a\">{wxml}</view>");
    let sample = Sample::page(&inside, ".a { position: absolute }");
    assert!(lay(&sample).content_height() > 0.0);
}
