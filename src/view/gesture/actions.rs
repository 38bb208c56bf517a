//! The gestures that make sense on an element.

use serde_json::{Value as Json, json};

use super::touch::Point;
use super::{Gesture, Size, flag, hidden_around, is_disabled, next_place, number, property, text};
use crate::view::tags;
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::Val;

/// Tags that do something when they are tapped.
const TAPPED: &[&str] = &[
    "button",
    "checkbox",
    "radio",
    "switch",
    "label",
    "navigator",
    "contact-button",
];

/// What a user can do with an element that leads to something: taps where one is heard or does something,
/// texts for fields, choices for what is chosen from, and what media tell when somebody listens.
pub fn actions(tree: &Tree, node: NodeId) -> Vec<Gesture> {
    let found = tree.find(node).and_then(|node| node.element());
    let Some(element) = found.filter(|_| hidden_around(tree, node).is_none()) else {
        return Vec::new();
    };
    let is_built_in = element.component.is_none();
    if is_built_in && is_disabled(tree, node) {
        return Vec::new();
    }
    let mut found = touches(element, is_built_in);
    if is_built_in {
        found.extend(choices(tree, node, element));
        found.extend(events(element));
    }
    found
}

fn hears(element: &Element, event: &str) -> bool {
    element.events.iter().any(|own| &*own.event == event)
}

fn touches(element: &Element, is_built_in: bool) -> Vec<Gesture> {
    let mut found = Vec::new();
    let is_tapped = is_built_in && TAPPED.contains(&&*element.tag);
    if is_tapped || hears(element, "tap") {
        found.push(Gesture::Tap(Point::default()));
    }
    if hears(element, "longpress") || hears(element, "longtap") {
        found.push(Gesture::LongPress(Point::default()));
    }
    let is_touched = ["touchstart", "touchmove", "touchend"]
        .iter()
        .any(|own| hears(element, own));
    if is_touched {
        let points = vec![Point::default(), Point { x: 0.0, y: 40.0 }];
        found.push(Gesture::Stroke {
            points,
            is_cancelled: false,
        });
    }
    found
}

/// A text that a field takes.
fn sample(element: &Element) -> String {
    let sample = match text(element, "type").as_str() {
        "number" | "digit" => "1",
        "idcard" => "11010519491231002X",
        _ => "text",
    };
    sample.to_owned()
}

fn choices(tree: &Tree, node: NodeId, element: &Element) -> Vec<Gesture> {
    let choose = |value: Json| Gesture::Choose(value);
    match &*element.tag {
        "input" | "textarea" => {
            let mut found = vec![Gesture::Input(sample(element))];
            if hears(element, "confirm") {
                found.push(Gesture::Confirm);
            }
            if hears(element, "focus") || hears(element, "blur") {
                found.extend([Gesture::Focus, Gesture::Blur]);
            }
            found
        }
        "slider" => vec![
            choose(json!(number(element, "min"))),
            choose(json!(number(element, "max"))),
        ],
        "swiper" => next_place(tree, node)
            .map(|at| choose(json!(at)))
            .into_iter()
            .collect(),
        "picker" => {
            let mut found: Vec<Gesture> = picked(element).map(choose).into_iter().collect();
            if hears(element, "cancel") {
                found.push(Gesture::Cancel);
            }
            found
        }
        "scroll-view" if flag(element, "refresher-enabled") => {
            vec![Gesture::Pull { is_far: true }]
        }
        "movable-view" if text(element, "direction") != "none" => {
            vec![Gesture::Move(Point { x: 10.0, y: 10.0 })]
        }
        "image" | "cover-image" => {
            let size = Size {
                width: 100.0,
                height: 100.0,
            };
            let load = hears(element, "load").then_some(Gesture::Load(size));
            let failed = || Gesture::Fail("GET image 404 (Not Found)".to_owned());
            let fail = hears(element, "error").then(failed);
            load.into_iter().chain(fail).collect()
        }
        _ => Vec::new(),
    }
}

/// Something that a picker offers.
fn picked(element: &Element) -> Option<Json> {
    let start = |or: &str| {
        Some(text(element, "start"))
            .filter(|own| !own.is_empty())
            .unwrap_or(or.to_owned())
    };
    let value = match text(element, "mode").as_str() {
        "multiSelector" => match property(element, "range") {
            Val::Array(columns) if !columns.is_empty() => json!(vec![0; columns.len()]),
            _ => return None,
        },
        "time" => json!(start("00:00")),
        "date" => {
            let many = match text(element, "fields").as_str() {
                "year" => 4,
                "month" => 7,
                _ => 10,
            };
            json!(start("2026-01-01").chars().take(many).collect::<String>())
        }
        "region" => {
            let many = match text(element, "level").as_str() {
                "province" => 1,
                "city" => 2,
                "sub-district" => 4,
                _ => 3,
            };
            json!(["广东省", "广州市", "海珠区", "赤岗街道"][..many])
        }
        _ => match property(element, "range") {
            Val::Array(items) if !items.is_empty() => json!(0),
            _ => return None,
        },
    };
    Some(value)
}

/// Events of media, advertisements, maps and so on that somebody listens to.
fn events(element: &Element) -> Vec<Gesture> {
    const MADE_BY_GESTURES: &[&str] = &[
        "button",
        "checkbox-group",
        "radio-group",
        "form",
        "input",
        "textarea",
        "picker",
        "picker-view",
        "slider",
        "swiper",
        "switch",
        "image",
        "cover-image",
        "movable-view",
        "navigator",
    ];
    let known = tags::find(&element.tag).filter(|own| !MADE_BY_GESTURES.contains(&own.name));
    let heard = known
        .into_iter()
        .flat_map(|own| own.events)
        .filter(|own| hears(element, own.name));
    let is_touch = |name: &str| name.starts_with("touch") || name.contains("tap");
    heard
        .filter(|own| !(own.name.starts_with("refresher") || is_touch(own.name)))
        .map(|own| Gesture::Happen {
            event: own.name.to_owned(),
            detail: json!({}),
        })
        .collect()
}
