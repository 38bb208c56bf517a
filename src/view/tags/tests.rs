use std::collections::BTreeSet;

use super::{COMMON_EVENTS, Kind, all, find, value};
use crate::version::Version;
use crate::view::tree::Element;
use crate::view::value::Val;

fn element(tag: &str, attributes: &[(&str, Val)]) -> Element {
    let attributes = attributes
        .iter()
        .map(|(name, value)| ((*name).into(), value.clone()));
    Element {
        tag: tag.into(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

#[test]
fn every_tag_attribute_and_event_is_there_once() {
    let mut tags = BTreeSet::new();
    for tag in all() {
        assert!(tags.insert(tag.name), "{} is there twice", tag.name);
        let mut names = BTreeSet::new();
        for attribute in tag.attributes {
            assert!(
                names.insert(attribute.name),
                "{} {}",
                tag.name,
                attribute.name
            );
            assert!(
                attribute.since >= tag.since,
                "{} {}",
                tag.name,
                attribute.name
            );
            for (word, since) in attribute.words {
                assert!(*since >= attribute.since, "{} {word}", tag.name);
                assert!(!word.is_empty(), "{} {}", tag.name, attribute.name);
            }
        }
        let mut names = BTreeSet::new();
        for event in tag.events {
            assert!(names.insert(event.name), "{} {}", tag.name, event.name);
            let starts_as_handler = event.name.starts_with("bind") || event.name.contains(':');
            assert!(!starts_as_handler, "{} {}", tag.name, event.name);
        }
    }
    assert!(tags.len() >= 100, "{}", tags.len());
}

#[test]
fn a_default_is_one_of_the_words() {
    for tag in all() {
        for attribute in tag.attributes.iter().filter(|own| !own.words.is_empty()) {
            let Val::Text(default) = attribute.default.value() else {
                continue;
            };
            let known = attribute.words.iter().any(|(word, _)| *word == &*default);
            assert!(
                known || default.is_empty(),
                "{} {}",
                tag.name,
                attribute.name
            );
        }
    }
}

#[test]
fn the_tags_of_real_programs_are_known() {
    let tags = "view text image button input scroll-view navigator textarea swiper swiper-item label \
        video form picker canvas icon radio switch radio-group rich-text slider checkbox progress \
        checkbox-group cover-view cover-image ad map span open-data movable-area movable-view \
        web-view picker-view picker-view-column root-portal official-account audio live-pusher \
        live-player camera ad-custom editor channel-video xr-scene page-meta navigation-bar \
        match-media page-container share-element functional-page-navigator voip-room contact-button";
    for tag in tags.split_whitespace() {
        assert!(find(tag).is_some(), "{tag}");
    }
}

#[test]
fn the_attributes_of_real_programs_are_known() {
    for (tag, attributes) in [
        (
            "button",
            "open-type formType form-type lang app-parameter session-from loading plain size",
        ),
        (
            "input",
            "confirm-hold confirm-type focus maxlength password name type value cursor-spacing",
        ),
        (
            "textarea",
            "auto-height show-confirm-bar fixed disable-default-padding name maxlength",
        ),
        (
            "scroll-view",
            "scroll-y scroll-x lower-threshold upper-threshold enhanced refresher-enabled",
        ),
        (
            "swiper",
            "autoplay interval duration circular current indicator-dots",
        ),
        ("picker", "mode range range-key value start end fields name"),
        (
            "navigator",
            "url open-type target app-id path extra-data version delta",
        ),
        ("image", "mode src lazy-load show-menu-by-longpress webp"),
        (
            "slider",
            "min max step value show-value block-size activeColor name",
        ),
    ] {
        let known = find(tag).expect("a tag");
        for name in attributes.split_whitespace() {
            assert!(known.attribute(name).is_some(), "{tag} {name}");
        }
    }
}

#[test]
fn the_events_of_real_programs_are_known() {
    for (tag, events) in [
        (
            "button",
            "getuserinfo getphonenumber getrealtimephonenumber contact opensetting launchapp \
                    error chooseavatar agreeprivacyauthorization createliveactivity tap",
        ),
        (
            "input",
            "input focus blur confirm keyboardheightchange nicknamereview change",
        ),
        (
            "textarea",
            "input focus blur confirm linechange keyboardheightchange",
        ),
        ("form", "submit reset submitToGroup"),
        ("swiper", "change transition animationfinish"),
        (
            "scroll-view",
            "scroll scrolltoupper scrolltolower refresherrefresh refresherrestore",
        ),
        ("image", "load error longpress"),
        ("video", "play pause ended timeupdate error"),
        ("picker", "change cancel columnchange"),
        ("movable-view", "change scale htouchmove vtouchmove"),
    ] {
        let known = find(tag).expect("a tag");
        for name in events.split_whitespace() {
            assert!(known.event(name).is_some(), "{tag} {name}");
        }
    }
}

#[test]
fn names_that_are_no_tags_are_unknown() {
    for name in [
        "div", "i", "modal", "toast", "block", "slot", "wxs", "template", "Text", "",
    ] {
        assert!(find(name).is_none(), "{name}");
    }
}

#[test]
fn touches_go_up_and_events_of_components_do_not() {
    assert!(
        COMMON_EVENTS
            .iter()
            .all(|event| event.bubbles && event.composed)
    );
    let events = all()
        .filter(|tag| tag.name != "canvas")
        .flat_map(|tag| tag.events);
    assert!(events.into_iter().all(|event| !event.bubbles));
    let canvas = find("canvas").expect("a tag");
    assert_eq!(
        canvas.event("touchstart").map(|event| event.bubbles),
        Some(false)
    );
}

#[test]
fn a_value_is_converted_and_falls_back_to_the_default() {
    let input = element(
        "input",
        &[
            ("maxlength", Val::text("20")),
            ("disabled", Val::text("false")),
        ],
    );
    assert_eq!(value(&input, "maxlength"), Val::Number(20.0));
    assert_eq!(value(&input, "disabled"), Val::Bool(true), "a text is true");
    assert_eq!(value(&input, "confirm-type"), Val::text("done"));
    let input = element(
        "input",
        &[("maxlength", Val::text("x")), ("disabled", Val::text(""))],
    );
    assert_eq!(value(&input, "maxlength"), Val::Number(140.0));
    assert_eq!(value(&input, "disabled"), Val::Bool(false));
    let button = element("button", &[("formType", Val::text("submit"))]);
    assert_eq!(value(&button, "form-type"), Val::text("submit"));
    let scroll = element("scroll-view", &[("lowerThreshold", Val::text("80rpx"))]);
    assert_eq!(value(&scroll, "lower-threshold"), Val::Number(40.0));
    assert_eq!(value(&scroll, "upper-threshold"), Val::Number(50.0));
    assert_eq!(value(&element("div", &[("a", Val::Null)]), "a"), Val::Null);
    assert_eq!(value(&element("div", &[]), "b"), Val::Undefined);
}

#[test]
fn what_the_user_made_of_it_counts_before_what_is_written() {
    let mut switch = element("switch", &[("checked", Val::Bool(false))]);
    switch.state.push(("checked".into(), Val::Bool(true)));
    assert_eq!(value(&switch, "checked"), Val::Bool(true));
}

#[test]
fn versions_and_kinds_are_those_of_the_manual() {
    let button = find("button").expect("a tag");
    let open_type = button.attribute("open-type").expect("an attribute");
    let since = |word: &str| {
        open_type
            .words
            .iter()
            .find(|(own, _)| *own == word)
            .map(|own| own.1)
    };
    assert_eq!(since("getPhoneNumber"), Some(Version(1, 2, 0)));
    assert_eq!(since("agreePrivacyAuthorization"), Some(Version(2, 32, 3)));
    assert_eq!(since("noSuchThing"), None);
    let kind = |tag: &str, name: &str| find(tag)?.attribute(name).map(|own| own.kind);
    assert_eq!(kind("picker", "value"), Some(Kind::Any));
    assert_eq!(kind("swiper", "indicator-color"), Some(Kind::Color));
    assert_eq!(kind("map", "markers"), Some(Kind::List));
    assert_eq!(kind("navigator", "extra-data"), Some(Kind::Object));
}
