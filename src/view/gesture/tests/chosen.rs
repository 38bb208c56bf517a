use serde_json::json;

use super::{page, page_with};
use crate::view::gesture::Gesture;
use crate::view::value::Val;

fn choose(value: serde_json::Value) -> Gesture {
    Gesture::Choose(value)
}

#[test]
fn a_picker_takes_an_index_or_what_it_shows_and_tells_a_text() {
    let data = json!({ "names": ["a", "b"], "objects": [{ "n": "x" }, { "n": "y" }] });
    let mut page = page_with(
        r#"<picker id="p" range="{{names}}"/><picker id="o" range="{{objects}}" range-key="n"/>
           <picker id="empty"/><picker id="off" disabled range="{{names}}"/>"#,
        &[],
        &data,
    );
    assert_eq!(page.choose("p", json!(1)), "p change {\"value\":\"1\"}");
    assert_eq!(page.choose("o", json!("y")), "o change {\"value\":\"1\"}");
    assert_eq!(page.now("o", "value"), Val::text("1"));
    assert_eq!(
        page.refused("o", &choose(json!("z"))),
        "the picker has no `z`; it has x, y"
    );
    assert_eq!(
        page.refused("p", &choose(json!(2))),
        "the picker has no `2`; it has a, b"
    );
    let told = page.refused("empty", &choose(json!(0)));
    assert_eq!(
        told,
        "the picker has an empty `range`: nothing can be chosen"
    );
    let told = page.refused("off", &choose(json!(0)));
    assert_eq!(told, "the <picker> is `disabled`: enable it first");
    assert_eq!(page.after("p", &Gesture::Cancel), "p cancel {}");
    assert_eq!(page.refused("off", &Gesture::Cancel), told);
}

#[test]
fn columns_that_were_turned_are_told_before_the_choice() {
    let data = json!({ "columns": [["a", "b"], ["c", "d", "e"]], "at": [0, 1] });
    let mut page = page_with(
        r#"<picker id="p" mode="multiSelector" range="{{columns}}" value="{{at}}"/><picker id="s"/>"#,
        &[],
        &data,
    );
    assert_eq!(
        page.choose("p", json!([1, "e"])),
        "p columnchange {\"column\":0,\"value\":1}\np columnchange {\"column\":1,\"value\":2}\n\
         p change {\"value\":[1,2]}"
    );
    assert_eq!(
        page.choose("p", json!([1, 2])),
        "p change {\"value\":[1,2]}"
    );
    let turn = |column: usize, index: usize| Gesture::Turn { column, index };
    assert_eq!(
        page.after("p", &turn(1, 0)),
        "p columnchange {\"column\":1,\"value\":0}"
    );
    assert_eq!(
        page.refused("p", &turn(1, 3)),
        "the picker has no `3`; it has c, d, e"
    );
    assert_eq!(page.refused("p", &turn(2, 0)), "the picker has no column 2");
    assert!(page.refused("s", &turn(0, 0)).contains("multiSelector"));
    let told = page.refused("p", &choose(json!([1])));
    assert_eq!(told, "the picker has 2 columns: write a list of 2 choices");
}

#[test]
fn times_and_dates_have_their_form_and_bounds() {
    let mut page = page(
        r#"<picker id="t" mode="time" start="09:00" end="21:30"/><picker id="d" mode="date"/>
           <picker id="m" mode="date" fields="month" start="2026-02-10" end="2026-05-01"/>
           <picker id="y" mode="date" fields="year"/>"#,
    );
    assert_eq!(
        page.choose("t", json!("09:00")),
        "t change {\"value\":\"09:00\"}"
    );
    let told = page.refused("t", &choose(json!("08:59")));
    assert_eq!(
        told,
        "`08:59` is not between `start` and `end` of the picker: 09:00 to 21:30"
    );
    for bad in [
        json!("9:00"),
        json!("24:00"),
        json!(9),
        json!("10:60"),
        json!("10"),
    ] {
        let told = page.refused("t", &choose(bad));
        assert_eq!(
            told,
            "a picker of the mode time takes a text such as \"09:30\""
        );
    }
    assert_eq!(
        page.choose("d", json!("2024-02-29")),
        "d change {\"value\":\"2024-02-29\"}"
    );
    let told = page.refused("d", &choose(json!("2023-02-29")));
    assert_eq!(told, "there is no 2023-02-29: the month has 28 days");
    assert!(
        page.refused("d", &choose(json!("1900-02-29")))
            .contains("28 days")
    );
    assert!(
        page.refused("d", &choose(json!("2026-04-31")))
            .contains("30 days")
    );
    assert_eq!(
        page.choose("m", json!("2026-02")),
        "m change {\"value\":\"2026-02\"}"
    );
    assert!(
        page.refused("m", &choose(json!("2026-06")))
            .contains("2026-02 to 2026-05")
    );
    assert!(
        page.refused("m", &choose(json!("2026-02-11")))
            .contains("\"2026-07\"")
    );
    assert_eq!(
        page.choose("y", json!("2026")),
        "y change {\"value\":\"2026\"}"
    );
}

#[test]
fn a_region_has_as_many_names_as_its_level() {
    let mut page =
        page(r#"<picker id="r" mode="region"/><picker id="c" mode="region" level="city"/>"#);
    assert_eq!(
        page.choose("r", json!(["广东省", "广州市", "海珠区"])),
        "r change {\"value\":[\"广东省\",\"广州市\",\"海珠区\"],\"code\":[\"\",\"\",\"\"],\"postcode\":\"\"}"
    );
    let given = json!({ "value": ["广东省", "广州市"], "code": ["440000", "440100"], "postcode": "510000" });
    let told = page.choose("c", given);
    assert!(
        told.ends_with("\"code\":[\"440000\",\"440100\"],\"postcode\":\"510000\"}"),
        "{told}"
    );
    assert!(
        page.refused("c", &choose(json!(["x"])))
            .contains("takes 2 names")
    );
}

#[test]
fn a_slider_goes_in_steps_between_its_bounds() {
    let mut page =
        page(r#"<slider id="s" min="10" max="20" step="4"/><slider id="off" disabled/>"#);
    assert_eq!(
        page.choose("s", json!(15)),
        "s changing {\"value\":14}\ns change {\"value\":14}"
    );
    assert_eq!(page.choose("s", json!(14)), "", "it is there already");
    assert_eq!(
        page.choose("s", json!(20)),
        "s changing {\"value\":20}\ns change {\"value\":20}"
    );
    assert_eq!(
        page.refused("s", &choose(json!(21))),
        "the slider goes from 10 to 20"
    );
    assert_eq!(
        page.refused("s", &choose(json!("x"))),
        "the slider goes from 10 to 20"
    );
    assert!(page.refused("off", &choose(json!(1))).contains("disabled"));
}

#[test]
fn a_switch_is_brought_to_a_side() {
    let mut page = page(r#"<switch id="s"/>"#);
    assert_eq!(page.choose("s", json!(true)), "s change {\"value\":true}");
    assert_eq!(page.choose("s", json!(true)), "");
    assert_eq!(
        page.refused("s", &choose(json!(1))),
        "a switch is true or false"
    );
}

#[test]
fn groups_are_brought_to_their_values() {
    let mut page = page(
        r#"<checkbox-group id="g"><checkbox value="a" checked/><checkbox value="b"/><checkbox value="c" disabled/>
           </checkbox-group><radio-group id="r"><radio id="x" value="x"/><radio value="y"/></radio-group>"#,
    );
    assert_eq!(
        page.choose("g", json!(["b"])),
        "g change {\"value\":[\"b\"]}"
    );
    assert_eq!(page.choose("g", json!(["b"])), "");
    assert_eq!(
        page.refused("g", &choose(json!(["c"]))),
        "`c` is `disabled`: enable it first"
    );
    assert_eq!(
        page.refused("g", &choose(json!(["z"]))),
        "the group has no `z`; it has a, b, c"
    );
    assert_eq!(page.choose("r", json!("x")), "r change {\"value\":\"x\"}");
    assert_eq!(page.choose("r", json!("y")), "r change {\"value\":\"y\"}");
    assert_eq!(page.now("x", "checked"), Val::Bool(false));
    assert_eq!(
        page.refused("r", &choose(json!(["x"]))),
        "a radio-group takes one value"
    );
}

#[test]
fn a_picker_view_takes_an_index_for_each_column() {
    let mut page = page_with(
        r#"<picker-view id="p" value="{{[0, 0]}}"><picker-view-column><view wx:for="{{3}}" wx:key="*this"/>
           </picker-view-column><picker-view-column><view/><view/></picker-view-column></picker-view>"#,
        &[],
        &json!({}),
    );
    let told = page.choose("p", json!([2, 1]));
    assert_eq!(
        told,
        "p pickstart {}\np change {\"value\":[2,1]}\np pickend {}"
    );
    assert_eq!(
        page.choose("p", json!([2, 1])),
        "p pickstart {}\np pickend {}"
    );
    let told = page.refused("p", &choose(json!([3, 0])));
    assert_eq!(told, "column 0 has 3 items, from 0: there is no 3");
    assert!(page.refused("p", &choose(json!([0]))).contains("2 columns"));
    assert!(page.refused("p", &choose(json!(0))).contains("[0, 0]"));
}

#[test]
fn other_elements_take_no_value() {
    let mut page = page(r#"<view id="v"/>"#);
    assert!(
        page.refused("v", &choose(json!(0)))
            .starts_with("<view> takes no value")
    );
}
