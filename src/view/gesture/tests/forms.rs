use serde_json::json;

use super::{page, page_with};
use crate::view::gesture::{Gesture, report_timeout};
use crate::view::value::Val;

const FORM: &str = r#"
<form id="f">
  <input id="in" name="text" value="{{7}}"/><input name="" value="x"/><textarea name="area" value="long"/>
  <view><switch id="sw" name="on" checked/></view><slider id="sl" name="level" min="10" value="{{40}}"/>
  <checkbox-group name="boxes"><checkbox id="c1" value="1" checked/><checkbox value="2"/></checkbox-group>
  <radio-group name="one"><radio id="r" value="r" checked/></radio-group>
  <radio-group name="none"><radio value="r"/></radio-group>
  <picker id="pick" name="pick" range="{{['a','b']}}" value="{{1}}"/><picker name="day" mode="date"/>
  <picker-view name="view" value="{{[2]}}"/>
  <button id="go" data-step="{{2}}" form-type="submit"/><button id="back" formType="reset"/>
  <button id="plain"/>
</form>
<button id="out" form-type="submit"/>"#;

#[test]
fn a_form_tells_the_values_of_its_named_fields() {
    let mut page = page(FORM);
    let told = page.tap("go");
    let (tap, submit) = told.split_once('\n').expect("two events");
    assert_eq!(tap, "go tap");
    assert_eq!(
        submit,
        "f submit {\"value\":{\"text\":\"7\",\"area\":\"long\",\"on\":true,\"level\":40,\"boxes\":[\"1\"],\
         \"one\":\"r\",\"none\":\"\",\"pick\":1,\"day\":\"\",\"view\":[2]},\
         \"target\":{\"id\":\"go\",\"dataset\":{\"step\":2}}}"
    );
    assert_eq!(page.tap("plain"), "plain tap");
    assert_eq!(page.tap("out"), "out tap", "it is in no form");
}

#[test]
fn a_reset_empties_the_fields() {
    let mut page = page(FORM);
    page.after("in", &Gesture::Input("typed".into()));
    let told = page.tap("back");
    assert!(
        told.ends_with("back tap\nf reset {\"target\":{\"id\":\"back\",\"dataset\":{}}}"),
        "{told}"
    );
    let told = page.tap("go");
    let value = "\"value\":{\"text\":\"\",\"area\":\"\",\"on\":false,\"level\":10,\"boxes\":[],\"one\":\"\",\
                 \"none\":\"\",\"pick\":-1,\"day\":\"\",\"view\":[2]}";
    assert!(told.contains(value), "{told}");
    assert_eq!(page.now("r", "checked"), Val::Bool(false));
}

#[test]
fn a_form_that_reports_wants_a_form_id() {
    let timeout = |attributes: &str| {
        let text = format!(r#"<form id="f" {attributes}><button form-type="submit"/></form>"#);
        let page = page(&text);
        report_timeout(&page.tree, page.id("f"))
    };
    assert_eq!(timeout(""), None);
    assert_eq!(timeout("report-submit"), Some(0.0));
    let waits = r#"report-submit="{{true}}" report-submit-timeout="{{500}}""#;
    assert_eq!(timeout(waits), Some(500.0));
    assert_eq!(timeout(r#"report-submit="{{false}}""#), None);
}

#[test]
fn components_take_part_by_their_behaviors() {
    let field = (
        "field",
        "<view/>",
        &["wx://form-field"][..],
        json!({ "name": "own", "value": [1] }),
    );
    let plain = (
        "plain",
        r#"<input name="lost" value="x"/>"#,
        &[][..],
        json!({ "name": "no" }),
    );
    let group = (
        "group",
        r#"<input name="found" value="y"/><slot/>"#,
        &["wx://form-field-group"][..],
        json!({}),
    );
    let button = (
        "go-button",
        r#"<button id="in" form-type="submit"/>"#,
        &["wx://form-field-button"][..],
        json!({}),
    );
    let dull = (
        "dull-button",
        r#"<button id="dull" form-type="submit"/>"#,
        &[][..],
        json!({}),
    );
    let mut page = page_with(
        r#"<form id="f"><field/><plain/><group><switch name="put"/></group><go-button/><dull-button/></form>"#,
        &[field, plain, group, button, dull],
        &json!({}),
    );
    let told = page.tap("in");
    let value = "{\"value\":{\"own\":[1],\"found\":\"y\",\"put\":false}";
    assert!(
        told.starts_with(&format!("in tap\nf submit {value}")),
        "{told}"
    );
    assert_eq!(
        page.tap("dull"),
        "dull tap",
        "without the behavior the form is out of reach"
    );
}
