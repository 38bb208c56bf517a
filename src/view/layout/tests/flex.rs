//! Flex and grid.

use super::check;

const THREE: &str = "<view id=\"p\"><view id=\"a\"/><view id=\"b\"/><view id=\"c\"/></view>";

#[test]
fn rows_and_columns() {
    let items =
        "view { width: 50px; height: 20px } #p { width: auto; height: auto; display: flex }";
    check(
        THREE,
        items,
        &[
            ("p", "0 0 375 20"),
            ("a", "0 0 50 20"),
            ("c", "100 0 50 20"),
        ],
    );
    let column = format!("{items} #p {{ flex-direction: column }}");
    check(THREE, &column, &[("p", "0 0 375 60"), ("c", "0 40 50 20")]);
    let reverse = format!("{items} #p {{ flex-direction: row-reverse }}");
    check(
        THREE,
        &reverse,
        &[("a", "325 0 50 20"), ("c", "225 0 50 20")],
    );
}

#[test]
fn items_share_what_is_left() {
    check(
        THREE,
        "#p { display: flex; height: 40px } #a { width: 75px } #b { flex: 1 } #c { flex: 2 }",
        &[
            ("a", "0 0 75 40"),
            ("b", "75 0 100 40"),
            ("c", "175 0 200 40"),
        ],
    );
}

#[test]
fn items_shrink_by_their_size() {
    check(
        THREE,
        "#p { display: flex; width: 300px; height: 10px } #a { width: 200px } \
         #b { width: 200px; flex-shrink: 0 } #c { width: 100px }",
        &[
            ("a", "0 0 66.67 10"),
            ("b", "66.67 0 200 10"),
            ("c", "266.67 0 33.33 10"),
        ],
    );
}

#[test]
fn a_basis_is_where_growing_begins() {
    check(
        THREE,
        "#p { display: flex; width: 300px; height: 10px } #a, #b, #c { flex: 1 1 50px } #a { flex-grow: 3 }",
        &[
            ("a", "0 0 140 10"),
            ("b", "140 0 80 10"),
            ("c", "220 0 80 10"),
        ],
    );
}

#[test]
fn items_are_justified() {
    for (value, a, c) in [
        ("flex-start", "0", "100"),
        ("center", "112.5", "212.5"),
        ("flex-end", "225", "325"),
        ("space-between", "0", "325"),
        ("space-around", "37.5", "287.5"),
        ("space-evenly", "56.25", "268.75"),
    ] {
        let wxss = format!(
            "#p {{ display: flex; justify-content: {value} }} #a, #b, #c {{ width: 50px; height: 5px }}"
        );
        check(
            THREE,
            &wxss,
            &[("a", &format!("{a} 0 50 5")), ("c", &format!("{c} 0 50 5"))],
        );
    }
}

#[test]
fn items_are_aligned() {
    for (value, top, height) in [
        ("stretch", "0", "60"),
        ("flex-start", "0", "0"),
        ("center", "30", "0"),
        ("flex-end", "60", "0"),
    ] {
        let wxss = format!(
            "#p {{ display: flex; height: 60px; align-items: {value} }} #a, #b, #c {{ width: 50px }} \
             #b {{ align-self: center; height: 20px }}"
        );
        check(
            THREE,
            &wxss,
            &[("a", &format!("0 {top} 50 {height}")), ("b", "50 20 50 20")],
        );
    }
}

#[test]
fn rows_wrap_and_have_gaps() {
    check(
        THREE,
        "#p { display: flex; flex-wrap: wrap; gap: 10px 5px; width: 205px } \
         #a, #b, #c { width: 100px; height: 20px }",
        &[
            ("p", "0 0 205 50"),
            ("b", "105 0 100 20"),
            ("c", "0 30 100 20"),
        ],
    );
}

#[test]
fn an_order_changes_places() {
    check(
        THREE,
        "#p { display: flex } #a, #b, #c { width: 10px; height: 1px } #a { order: 2 } #c { order: -1 }",
        &[("a", "20 0 10 1"), ("b", "10 0 10 1"), ("c", "0 0 10 1")],
    );
}

#[test]
fn auto_margins_take_the_room() {
    check(
        THREE,
        "#p { display: flex; height: 30px } #a, #b, #c { width: 50px; height: 10px } \
         #b { margin-left: auto } #c { margin: auto 0 }",
        &[("b", "275 0 50 10"), ("c", "325 10 50 10")],
    );
}

#[test]
fn inline_elements_and_texts_are_items_of_their_own() {
    // 14 px Chinese characters: 14 wide, 19.6 high.
    check(
        "<view id=\"p\"><text id=\"a\">文字</text> <text id=\"b\">字</text></view>",
        "page { font-size: 14px } #p { display: flex; justify-content: space-between }",
        &[
            ("p", "0 0 375 19.6"),
            ("a", "0 0 28 19.6"),
            ("b", "361 0 14 19.6"),
        ],
    );
}

#[test]
fn nested_columns_fill_the_screen() {
    check(
        "<view id=\"p\"><view id=\"a\"/><view id=\"b\"><view id=\"d\"/></view><view id=\"c\"/></view>",
        "#p { display: flex; flex-direction: column; height: 100vh } #a { height: 44px } \
         #b { flex: 1 } #c { height: 50px } #d { height: 100% }",
        &[
            ("b", "0 44 375 573"),
            ("c", "0 617 375 50"),
            ("d", "0 44 375 573"),
        ],
    );
}

#[test]
fn absolute_items_of_a_flex_box_stand_where_they_are_justified() {
    check(
        "<view id=\"p\"><view id=\"x\"/><view id=\"a\"/></view>",
        "#p { display: flex; justify-content: center; align-items: flex-end; height: 100px } \
         #a { position: absolute; width: 50px; height: 20px } #x { width: 10px; height: 10px }",
        &[("a", "162.5 80 50 20"), ("x", "182.5 90 10 10")],
    );
}

#[test]
fn grids_have_tracks() {
    check(
        "<view id=\"p\"><view id=\"a\"/><view id=\"b\"/><view id=\"c\"/><view id=\"d\"/></view>",
        "#p { display: grid; grid-template-columns: repeat(3, 1fr); grid-gap: 10px; width: 320px } \
         #a, #b, #c, #d { height: 20px }",
        &[
            ("a", "0 0 100 20"),
            ("b", "110 0 100 20"),
            ("c", "220 0 100 20"),
            ("d", "0 30 100 20"),
        ],
    );
}

#[test]
fn an_inline_flex_box_is_as_wide_as_its_items() {
    check(
        "<view><view id=\"p\"><view id=\"a\"/><view id=\"b\"/></view></view>",
        "#p { display: inline-flex } #a, #b { width: 30px; height: 10px }",
        &[("p", "0 6.96 60 10"), ("b", "30 6.96 30 10")],
    );
}
