use serde_json::json;

use super::{page, page_with};
use crate::view::value::Val;

#[test]
fn a_button_is_tapped_before_it_opens_anything() {
    let mut page = page(
        r#"<button id="a" open-type="getPhoneNumber|agreePrivacyAuthorization"/>
           <button id="b" loading openType="share"><text id="t">x</text></button>
           <contact-button id="old"/>
           <button id="c" disabled open-type="share"><text id="u">x</text></button>"#,
    );
    assert_eq!(
        page.tap("a"),
        "a tap\na opens getPhoneNumber|agreePrivacyAuthorization"
    );
    assert_eq!(
        page.tap("b"),
        "b tap\nb opens share",
        "loading does not disable"
    );
    assert_eq!(page.tap("t"), "t tap\nb opens share");
    assert_eq!(page.tap("c"), "");
    assert_eq!(
        page.tap("u"),
        "",
        "what is in it does not let taps through either"
    );
}

#[test]
fn a_catch_further_in_keeps_components_from_acting() {
    let mut page = page(
        r#"<navigator id="n" url="/a"><view id="v" catchtap="f"><text id="t">x</text></view></navigator>
           <view capture-catch:tap="f"><button id="b" open-type="share"/></view>
           <navigator id="own" url="/a" catchtap="f"/>
           <checkbox-group id="g"><checkbox id="c" value="1"/></checkbox-group>
           <button id="d" disabled><view catchtap="f"><text id="e">x</text></view></button>"#,
    );
    assert_eq!(page.tap("t"), "t tap");
    assert_eq!(page.tap("n"), "n tap\nn navigates");
    assert_eq!(page.tap("b"), "b tap", "the tap never comes down to it");
    assert_eq!(
        page.tap("own"),
        "own tap\nown navigates",
        "its own catch comes too late"
    );
    assert_eq!(
        page.tap("e"),
        "e tap",
        "the tap ends before the disabled button"
    );
}

#[test]
fn boxes_change_before_their_tap_and_stand_in_the_order_of_checking() {
    let mut page = page(
        r#"<checkbox-group id="g"><view><checkbox id="a" value="A"/></view><checkbox id="b" value="B" checked/>
           <checkbox id="c" value="{{3}}"/><checkbox id="d" disabled value="D"/></checkbox-group>
           <checkbox id="alone" value="x"/>"#,
    );
    assert_eq!(page.tap("c"), "g change {\"value\":[\"B\",\"3\"]}\nc tap");
    assert_eq!(
        page.tap("a"),
        "g change {\"value\":[\"B\",\"3\",\"A\"]}\na tap"
    );
    assert_eq!(page.tap("b"), "g change {\"value\":[\"3\",\"A\"]}\nb tap");
    assert_eq!(page.tap("d"), "");
    assert_eq!(page.tap("alone"), "alone tap");
    assert_eq!(page.now("alone", "checked"), Val::Bool(true));
}

#[test]
fn a_radio_takes_the_place_of_another_and_stays() {
    let mut page = page(
        r#"<radio-group id="g"><radio id="a" value="A" checked/><radio id="b" value="B"/></radio-group>
           <radio id="alone"/>"#,
    );
    assert_eq!(page.tap("b"), "g change {\"value\":\"B\"}\nb tap");
    assert_eq!(page.now("a", "checked"), Val::Bool(false));
    assert_eq!(page.tap("b"), "b tap", "it is checked already");
    assert_eq!(page.tap("alone"), "alone tap");
    assert_eq!(page.now("alone", "checked"), Val::Bool(true));
}

#[test]
fn a_group_knows_the_controls_of_its_template_that_are_nearest_to_it() {
    let made = (
        "inner",
        r#"<radio id="in" value="X"/><slot/>"#,
        &[][..],
        json!({}),
    );
    let mut page = page_with(
        r#"<radio-group id="g"><inner><radio id="put" value="P"/></inner>
           <radio-group id="h"><radio id="deep" value="D"/></radio-group></radio-group>"#,
        &[made],
        &json!({}),
    );
    assert_eq!(
        page.tap("in"),
        "in tap",
        "another template's group is not its own"
    );
    assert_eq!(page.tap("put"), "g change {\"value\":\"P\"}\nput tap");
    assert_eq!(page.tap("deep"), "h change {\"value\":\"D\"}\ndeep tap");
    assert_eq!(page.now("put", "checked"), Val::Bool(true));
}

#[test]
fn a_switch_turns_unless_it_is_disabled() {
    let mut page = page(r#"<switch id="a"/><switch id="b" disabled checked/>"#);
    assert_eq!(page.tap("a"), "a change {\"value\":true}\na tap");
    assert_eq!(page.tap("a"), "a change {\"value\":false}\na tap");
    assert_eq!(page.tap("b"), "b tap");
    assert_eq!(page.now("b", "checked"), Val::Bool(true));
}

#[test]
fn a_label_stands_for_the_control_it_names_or_the_first_in_it() {
    let mut page = page(
        r#"<label id="l" for="s"><checkbox id="c" value="1"/></label><switch id="s"/>
           <checkbox-group id="g"><label id="m"><text id="t">x</text><view><checkbox id="d" value="1"/></view>
           <checkbox id="e" value="2"/></label></checkbox-group>
           <label id="gone" for="nothing"><switch id="z"/></label>
           <label id="to" for="in"/><input id="in"/>"#,
    );
    assert_eq!(page.tap("l"), "s change {\"value\":true}\nl tap");
    assert_eq!(page.tap("t"), "g change {\"value\":[\"1\"]}\nt tap");
    let direct = page.tap("e");
    assert_eq!(
        direct, "g change {\"value\":[\"1\",\"2\"]}\ne tap",
        "the control itself, once"
    );
    assert_eq!(page.tap("gone"), "gone tap");
    assert!(page.tap("to").starts_with("in focus"));
}

#[test]
fn a_label_gives_its_button_a_tap_of_its_own() {
    let mut page = page(
        r#"<label id="l"><text id="t">x</text><button id="b" open-type="contact"/></label>
           <label id="m"><button id="off" disabled open-type="contact"/></label>
           <label id="n"><checkbox id="dead" disabled/></label>"#,
    );
    assert_eq!(page.tap("t"), "b tap\nb opens contact\nt tap");
    assert_eq!(page.tap("b"), "b tap\nb opens contact");
    assert_eq!(page.tap("m"), "m tap");
    assert_eq!(page.tap("n"), "n tap");
    assert_eq!(page.now("dead", "checked"), Val::Bool(false));
}

#[test]
fn data_bound_with_model_follows_before_the_event() {
    let mut page =
        page(r#"<switch id="s" model:checked="{{on}}"/><input id="i" model:value="{{text}}"/>"#);
    assert_eq!(
        page.tap("s"),
        "s writes checked true\ns change {\"value\":true}\ns tap"
    );
    let told = page.after("i", &crate::view::gesture::Gesture::Input("ab".into()));
    assert!(
        told.contains("i writes value \"ab\"\ni input {\"value\":\"ab\""),
        "{told}"
    );
}
