//! What a user could do on a page as it is drawn, each thing once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value as Json;

use super::{Effect, Gesture, Point, actions, text};
use crate::view::bubbling::stops;
use crate::view::find::{hides, visible_text};
use crate::view::selector::tops;
use crate::view::tree::{Element, NodeId, Tree};

/// Something that a user could do with an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The element.
    pub node: NodeId,
    /// One after the other: a field is focused, filled, confirmed and left.
    pub gestures: Vec<Gesture>,
    /// Tells it from all others of the page, and is the same whenever the page is drawn again.
    pub key: String,
    /// As people point at it: `tap button.submit "提交"`.
    pub label: String,
    /// Where the element is written, `pages/a/a.wxml:3`; empty where nobody knows.
    pub place: String,
}

impl Act {
    /// The label, with the place.
    pub fn told(&self) -> String {
        match self.place.as_str() {
            "" => self.label.clone(),
            place => format!("{} ({place})", self.label),
        }
    }
}

/// What could be done on a page, in the order it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acts {
    /// Elements that are drawn and not hidden.
    pub elements: usize,
    /// What may be done.
    pub list: Vec<Act>,
    /// How many more there are: further items of lists, or above the limit.
    pub left_out: usize,
    /// Taps on elements that are there and take none now, as they would be called: what is disabled. By their keys.
    pub idle: BTreeMap<String, String>,
}

/// Letters of an element's text that a label quotes.
const QUOTED_MAX: usize = 16;

/// Tags that lead to something when they are tapped, with no handler of their own.
const BY_THEMSELVES: [&str; 4] = ["navigator", "checkbox", "radio", "switch"];

/// What a user could do with the elements of a page: of the items of a list the first `of_same`, and not
/// more than `max` of all.
///
/// What media tell by themselves is none of it. Style sheets are not looked at: what a class hides counts.
pub fn acts(tree: &Tree, of_same: usize, max: usize) -> Acts {
    let mut found = Acts::default();
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    let shown = shown(tree);
    found.elements = shown.len();
    for node in shown {
        let Some(element) = tree.node(node).element().filter(|own| leads(own)) else {
            continue;
        };
        let acts = together(actions(tree, node));
        if acts.is_empty() {
            let tap = label(tree, node, element, &[Gesture::Tap(Point::default())]);
            found.idle.insert(key("tap", &place(tree, node), 1), tap);
        }
        for gestures in acts {
            let (verb, place) = (verb(&gestures), place(tree, node));
            let number = same.entry(format!("{verb} {place}")).or_default();
            *number += 1;
            if *number > of_same || found.list.len() >= max {
                found.left_out += 1;
                continue;
            }
            found.list.push(Act {
                node,
                key: key(&verb, &place, *number),
                label: label(tree, node, element, &gestures),
                place: String::new(),
                gestures,
            });
        }
    }
    found
}

/// Tells an act from all others: what is done, with the element of which place, the how manieth of its like.
fn key(verb: &str, place: &str, number: usize) -> String {
    format!("{verb} {place} {number}")
}

/// Names of touches, which do nothing where nobody listens.
const TOUCHES: [&str; 6] = [
    "touchstart",
    "touchmove",
    "touchend",
    "tap",
    "longpress",
    "longtap",
];

/// What the user could do inside an element, when what was done with the element itself came to
/// nothing: no handler hears it and no built-in component does anything.
pub fn unheard(tree: &Tree, node: NodeId, effects: &[Effect]) -> Option<Vec<String>> {
    let comes_to_nothing = |effect: &Effect| match effect {
        Effect::Event {
            node, name, travel, ..
        } => TOUCHES.contains(name) && stops(tree, *node, name, *travel).is_empty(),
        _ => false,
    };
    if !effects.iter().all(comes_to_nothing) || changes_something(tree, node) {
        return None;
    }
    let is_inside = |act: &Act| {
        let mut next = tree.drawn_parent(act.node);
        while let Some(around) = next.filter(|around| *around != node) {
            next = tree.drawn_parent(around);
        }
        next.is_some()
    };
    let inside = acts(tree, 1, usize::MAX).list.into_iter().filter(is_inside);
    Some(inside.map(|act| act.label).collect())
}

/// Whether a touch changes a built-in component though nobody listens: a box is checked, a field gets
/// the keyboard.
fn changes_something(tree: &Tree, node: NodeId) -> bool {
    let mut next = Some(node);
    while let Some(id) = next {
        let element = tree.node(id).element();
        if element.is_some_and(|own| acts_by_itself(own) || is_field(own)) {
            return true;
        }
        next = tree.drawn_parent(id);
    }
    false
}

fn is_field(element: &Element) -> bool {
    const FIELDS: [&str; 6] = ["input", "textarea", "label", "picker", "slider", "editor"];
    element.component.is_none() && FIELDS.contains(&&*element.tag)
}

/// Elements that are drawn and not hidden, in order.
fn shown(tree: &Tree) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut stack: Vec<NodeId> = tops(tree)
        .flat_map(|top| tree.drawn_children(top))
        .collect();
    stack.reverse();
    while let Some(id) = stack.pop() {
        if let Some(element) = tree.node(id).element() {
            if hides(element) {
                continue;
            }
            found.push(id);
        }
        stack.extend(tree.drawn_children(id).into_iter().rev());
    }
    found
}

/// Whether something may follow from what is done with an element.
fn leads(element: &Element) -> bool {
    acts_by_itself(element) || !element.events.is_empty() || !element.models.is_empty()
}

/// Whether an element does something when it is tapped, with no handler of its own.
fn acts_by_itself(element: &Element) -> bool {
    let does = |name: &str| !text(element, name).is_empty();
    element.component.is_none()
        && (BY_THEMSELVES.contains(&&*element.tag)
            || &*element.tag == "button" && (does("open-type") || does("form-type")))
}

/// Gestures of the user, those on a field as one act.
fn together(gestures: Vec<Gesture>) -> Vec<Vec<Gesture>> {
    let order = |gesture: &Gesture| match gesture {
        Gesture::Focus => Some(0),
        Gesture::Input(_) => Some(1),
        Gesture::Confirm => Some(2),
        Gesture::Blur => Some(3),
        _ => None,
    };
    let of_user = gestures.into_iter().filter(|gesture| {
        !matches!(
            gesture,
            Gesture::Load(_) | Gesture::Fail(_) | Gesture::Happen { .. }
        )
    });
    let (mut typing, others): (Vec<_>, Vec<_>) = of_user.partition(|own| order(own).is_some());
    typing.sort_by_key(order);
    let mut acts: Vec<Vec<Gesture>> = others.into_iter().map(|own| vec![own]).collect();
    if !typing.is_empty() {
        acts.push(typing);
    }
    acts
}

/// The word for an act, with what is typed or chosen.
fn verb(gestures: &[Gesture]) -> String {
    let typed = gestures.iter().find_map(|gesture| match gesture {
        Gesture::Input(text) => Some(format!("input {text:?}")),
        _ => None,
    });
    typed.unwrap_or_else(|| match gestures.first() {
        Some(Gesture::Tap(_)) => "tap".to_owned(),
        Some(Gesture::LongPress(_)) => "longpress".to_owned(),
        Some(Gesture::Choose(value)) => format!("choose {}", chosen(value)),
        Some(Gesture::Cancel) => "cancel".to_owned(),
        Some(Gesture::Pull { .. }) => "pull".to_owned(),
        Some(Gesture::Move(_)) => "move".to_owned(),
        _ => "touch".to_owned(),
    })
}

/// A value as scripts write it: `2`, not `2.0`.
fn chosen(value: &Json) -> String {
    match value.as_f64() {
        Some(number) => number.to_string(),
        None => value.to_string(),
    }
}

/// Where an element is written, from its own template outwards to the page's.
fn place(tree: &Tree, node: NodeId) -> String {
    let mut steps = Vec::new();
    let mut next = Some(node);
    while let Some(id) = next {
        let node = tree.node(id);
        let Some(element) = node.element() else {
            break;
        };
        let at = &element.place;
        let heard = element.events.iter().map(|own| &*own.event);
        let heard = heard.collect::<Vec<_>>().join(",");
        steps.push(format!(
            "{}@{}:{}({heard})",
            element.tag, at.line, at.column
        ));
        next = (node.host != id).then_some(node.host);
    }
    steps.join(" in ")
}

fn label(tree: &Tree, node: NodeId, element: &Element, gestures: &[Gesture]) -> String {
    let mut label = format!("{} {}", verb(gestures), element.tag);
    if element.id.is_empty() {
        for class in element.classes.iter().take(2) {
            label.push('.');
            label.push_str(class);
        }
    } else {
        label.push('#');
        label.push_str(&element.id);
    }
    let text = visible_text(tree, node);
    if !text.is_empty() {
        let cut = text.chars().nth(QUOTED_MAX).is_some();
        let text: String = text.chars().take(QUOTED_MAX).collect();
        let more = if cut { "…" } else { "" };
        let _ = write!(label, " \"{text}{more}\"");
    }
    label
}
