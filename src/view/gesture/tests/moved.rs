use serde_json::json;

use super::{page, page_with};
use crate::view::gesture::{Gesture, Point, Scroll, Size, autoplay, next_item};
use crate::view::value::Val;

fn to(left: f64, top: f64) -> Gesture {
    let size = |width: f64, height: f64| Size { width, height };
    Gesture::Scroll(Scroll {
        left,
        top,
        view: size(100.0, 200.0),
        content: size(300.0, 1000.0),
    })
}

fn names(told: &str) -> String {
    let words = told
        .lines()
        .map(|line| line.split(' ').skip(1).collect::<Vec<_>>().join(" "));
    words.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_scroll_tells_where_it_is_and_how_far_it_went() {
    let mut page = page(r#"<scroll-view id="s" scroll-y/>"#);
    assert_eq!(
        page.after("s", &to(40.0, 300.0)),
        "s scroll {\"scrollLeft\":0,\"scrollTop\":300,\"scrollHeight\":1000,\"scrollWidth\":300,\
         \"deltaX\":0,\"deltaY\":-300}"
    );
    assert_eq!(page.now("s", "scroll-top"), Val::Number(300.0));
    assert_eq!(page.after("s", &to(0.0, 300.0)), "", "it is there");
}

#[test]
fn the_ends_are_reached_within_their_thresholds_on_the_way_there() {
    let mut page = page(
        r#"<scroll-view id="s" scroll-y/><scroll-view id="x" scroll-x lower-threshold="0" upper-threshold="10"/>"#,
    );
    let ends = |told: &str| {
        names(told)
            .split("; ")
            .skip(1)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(ends(&page.after("s", &to(0.0, 749.0))), "");
    let told = page.after("s", &to(0.0, 750.0));
    assert_eq!(ends(&told), "scrolltolower {\"direction\":\"bottom\"}");
    let told = page.after("s", &to(0.0, 5000.0));
    assert_eq!(ends(&told), "scrolltolower {\"direction\":\"bottom\"}");
    assert_eq!(
        page.now("s", "scroll-top"),
        Val::Number(800.0),
        "not beyond the end"
    );
    assert_eq!(ends(&page.after("s", &to(0.0, 51.0))), "");
    let told = page.after("s", &to(0.0, 50.0));
    assert_eq!(ends(&told), "scrolltoupper {\"direction\":\"top\"}");
    assert_eq!(ends(&page.after("x", &to(199.0, 0.0))), "");
    assert_eq!(
        ends(&page.after("x", &to(200.0, 0.0))),
        "scrolltolower {\"direction\":\"right\"}"
    );
    assert_eq!(
        ends(&page.after("x", &to(10.0, 0.0))),
        "scrolltoupper {\"direction\":\"left\"}"
    );
}

#[test]
fn what_does_not_scroll_is_told() {
    let mut page = page(r#"<scroll-view id="s"/><view id="v"/>"#);
    let told = page.refused("s", &to(0.0, 1.0));
    assert_eq!(
        told,
        "the scroll-view does not scroll: write `scroll-y` or `scroll-x`"
    );
    let told = page.refused("v", &to(0.0, 1.0));
    assert_eq!(told, "<view> is no <scroll-view>: only that moves so");
}

#[test]
fn an_enhanced_scroll_view_tells_of_the_finger() {
    let mut page = page(r#"<scroll-view id="s" scroll-y enhanced/>"#);
    let told = page.after("s", &to(0.0, 300.0));
    let events: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    assert_eq!(events, ["dragstart", "dragging", "scroll", "dragend"]);
}

#[test]
fn a_pull_refreshes_when_it_is_far_enough() {
    let mut page = page(r#"<scroll-view id="s" refresher-enabled/><scroll-view id="n"/>"#);
    let pull = |is_far: bool| Gesture::Pull { is_far };
    let told = names(&page.after("s", &pull(false)));
    assert_eq!(
        told,
        "refresherpulling {\"dy\":22.5}; refresherabort {\"dy\":22.5}"
    );
    let told = names(&page.after("s", &pull(true)));
    assert_eq!(
        told,
        "refresherpulling {\"dy\":45}; refresherrefresh {\"dy\":45}"
    );
    assert!(page.refused("s", &pull(true)).contains("refreshes already"));
    assert!(page.refused("n", &pull(true)).contains("refresher-enabled"));
}

const SWIPER: &str = r#"<swiper id="s" autoplay><swiper-item item-id="one"><swiper><swiper-item/></swiper></swiper-item>
    <swiper-item wx:for="{{2}}" wx:key="*this"/></swiper><swiper id="still"><swiper-item/><swiper-item/></swiper>
    <swiper id="single" autoplay><swiper-item/></swiper>"#;

#[test]
fn a_swiper_goes_to_its_own_items() {
    let mut page = page_with(SWIPER, &[], &json!({}));
    assert_eq!(
        names(&page.choose("s", json!(2))),
        "change {\"current\":2,\"currentItemId\":\"\",\"source\":\"touch\"}; \
         animationfinish {\"current\":2,\"currentItemId\":\"\",\"source\":\"touch\"}"
    );
    assert_eq!(page.choose("s", json!(2)), "", "it is there");
    assert!(
        page.choose("s", json!(0))
            .contains("\"currentItemId\":\"one\"")
    );
    let told = page.refused("s", &Gesture::Choose(json!(3)));
    assert_eq!(
        told, "the swiper has 3 items, from 0",
        "those of the swiper in it are not its own"
    );
}

#[test]
fn a_swiper_that_plays_begins_again_behind_its_last_item() {
    let mut page = page_with(SWIPER, &[], &json!({}));
    let (node, still, single) = (page.id("s"), page.id("still"), page.id("single"));
    assert_eq!(next_item(&page.tree, node), Some(1));
    assert_eq!(next_item(&page.tree, still), None);
    assert_eq!(next_item(&page.tree, single), None);
    page.choose("s", json!(2));
    assert_eq!(next_item(&page.tree, node), Some(0));
    let effects = autoplay(&mut page.tree, node);
    assert!(page.told(&effects).contains("\"source\":\"autoplay\""));
    assert_eq!(page.now("s", "current"), Val::Number(0.0));
    assert_eq!(autoplay(&mut page.tree, still), []);
}

#[test]
fn a_movable_view_moves_in_its_direction() {
    let mut page = page(
        r#"<movable-area><movable-view id="h" direction="horizontal" x="{{5}}"/><movable-view id="a" direction="all"/>
           <movable-view id="n"/><movable-view id="off" direction="all" disabled/></movable-area>"#,
    );
    let drag = |x: f64, y: f64| Gesture::Move(Point { x, y });
    let told = names(&page.after("h", &drag(8.0, 9.0)));
    assert_eq!(
        told,
        "htouchmove {}; change {\"x\":8,\"y\":0,\"source\":\"touch\"}"
    );
    let told = names(&page.after("a", &drag(1.0, 9.0)));
    assert_eq!(
        told,
        "vtouchmove {}; change {\"x\":1,\"y\":9,\"source\":\"touch\"}"
    );
    assert_eq!(page.after("a", &drag(1.0, 9.0)), "");
    assert!(
        page.refused("n", &drag(1.0, 1.0))
            .contains("no `direction`")
    );
    assert!(page.refused("off", &drag(1.0, 1.0)).contains("disabled"));
}

#[test]
fn a_movable_view_is_scaled_within_its_bounds() {
    let mut page = page(r#"<movable-view id="a" scale scale-max="4"/><movable-view id="b"/>"#);
    let told = names(&page.after("a", &Gesture::Scale(9.0)));
    assert_eq!(told, "scale {\"x\":0,\"y\":0,\"scale\":4}");
    assert!(
        page.refused("b", &Gesture::Scale(2.0))
            .contains("no `scale`")
    );
}
