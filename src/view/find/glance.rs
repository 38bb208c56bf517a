//! The page at a glance: its texts line by line, and what can be operated.

use super::role;
use super::text::{INLINE, Page, is_input, names};
use crate::view::coerce;
use crate::view::gesture::{Gesture, actions};
use crate::view::selector::written;
use crate::view::tags;
use crate::view::tree::{Element, Kind, NodeId, Tree};

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The element.
    pub node: NodeId,
    /// How many lines that can be operated it lies in.
    pub depth: usize,
    /// What it is when it can be operated: `button`, `input`, `link`, …
    pub part: Option<&'static str>,
    /// Its text, or what it is called.
    pub text: String,
    /// What is typed, chosen or switched on.
    pub value: Option<String>,
    /// Whether it is disabled.
    pub is_disabled: bool,
}

/// A longer text of something that is tapped is told line by line as well.
const TEXT_CHARS_MAX: usize = 60;

/// The lines of a page, in the order they are drawn; not more than `max`.
///
/// Whether a style sheet hides something is not looked at.
pub fn glance(tree: &Tree, max: usize) -> Vec<Glance> {
    let page = Page::of(tree);
    let parts: Vec<_> = page
        .elements
        .iter()
        .map(|drawn| part(tree, drawn.id).filter(|_| !drawn.is_hidden))
        .collect();
    let mut found = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < page.elements.len() && found.len() < max {
        let drawn = &page.elements[at];
        around.retain(|end| *end >= at);
        let end = at + drawn.inside;
        let next = if drawn.is_hidden { end + 1 } else { at + 1 };
        let text = page.text_of(drawn);
        let line = |part| Glance {
            node: drawn.id,
            depth: around.len(),
            part,
            text: text.clone(),
            value: None,
            is_disabled: false,
        };
        let Some(element) = tree.node(drawn.id).element() else {
            at = next;
            continue;
        };
        if let Some(part) = parts[at] {
            found.push(operated(tree, &page, at, element, line(Some(part))));
            if text.chars().count() <= TEXT_CHARS_MAX {
                around.push(end);
            }
            at = next;
            continue;
        }
        let inside = at + 1..=end;
        let is_bare = !parts[inside.clone()].iter().any(Option::is_some);
        let has_blocks = inside
            .into_iter()
            .any(|own| is_block_of_text(tree, &page, own));
        let own_text = has_own_text(tree, drawn.id);
        if around.is_empty() && !text.is_empty() && (own_text || is_bare && !has_blocks) {
            found.push(line(None));
            at = if is_bare { end + 1 } else { next };
        } else {
            at = next;
        }
    }
    found
}

/// What an element is for who operates it.
fn part(tree: &Tree, node: NodeId) -> Option<&'static str> {
    let element = tree.node(node).element()?;
    let is_built_in = element.component.is_none();
    let is_disabled = is_built_in && coerce::to_bool(&tags::value(element, "disabled"));
    let does = |name: &str| !coerce::join_text(element.attribute(name)).is_empty();
    let named = match &*element.tag {
        _ if !is_built_in => None,
        "button" if !element.events.is_empty() || does("open-type") || does("form-type") => {
            Some("button")
        }
        "input" | "textarea" => Some("input"),
        "picker" => Some("picker"),
        "switch" => Some("switch"),
        "checkbox" => Some("checkbox"),
        "radio" => Some("radio"),
        "slider" => Some("slider"),
        "navigator" => Some("link"),
        _ => None,
    };
    if named.is_some() && (is_disabled || is_input(element)) {
        return named;
    }
    let heard = |event: &str| element.events.iter().any(|own| &*own.event == event);
    let does = actions(tree, node);
    let is_tapped = does.iter().any(|own| matches!(own, Gesture::Tap(_)));
    let is_pressed = does.iter().any(|own| matches!(own, Gesture::LongPress(_)));
    match named {
        Some("checkbox" | "radio" | "switch" | "link" | "button" | "picker" | "slider") => named,
        _ if is_tapped && heard("tap") => Some("tap"),
        _ if is_pressed => Some("longpress"),
        _ => None,
    }
}

fn is_block_of_text(tree: &Tree, page: &Page, at: usize) -> bool {
    let drawn = &page.elements[at];
    let element = tree.node(drawn.id).element();
    element.is_some_and(|own| !INLINE.contains(&&*own.tag)) && !page.text_of(drawn).is_empty()
}

/// Whether a text stands directly in an element.
fn has_own_text(tree: &Tree, node: NodeId) -> bool {
    let children = tree.drawn_children(node);
    children.into_iter().any(|own| match &tree.node(own).kind {
        Kind::Text(text) => !text.trim().is_empty(),
        _ => false,
    })
}

/// The line of something that is operated.
fn operated(tree: &Tree, page: &Page, at: usize, element: &Element, line: Glance) -> Glance {
    let mut line = line;
    let is_built_in = element.component.is_none();
    line.is_disabled = is_built_in && coerce::to_bool(&tags::value(element, "disabled"));
    let state = |name: &str| coerce::join_text(element.current(name));
    match line.part {
        Some("input") => {
            let value = state("value");
            let is_secret = coerce::to_bool(element.attribute("password"));
            let shown = if is_secret {
                "•".repeat(value.chars().count())
            } else {
                value
            };
            let called = names(tree, page, at);
            let called = called.into_iter().find(|name| *name != shown);
            let name = || coerce::join_text(&written(element, "name"));
            line.text = called.unwrap_or_else(name);
            line.value = Some(shown);
        }
        Some("checkbox" | "radio" | "switch") => {
            let is_on = coerce::to_bool(element.current("checked"));
            line.value = Some(if is_on { "on" } else { "off" }.to_owned());
            let called = names(tree, page, at);
            line.text = called.into_iter().next().unwrap_or_else(|| state("value"));
        }
        Some("slider") => line.value = Some(state("value")),
        _ if line.text.is_empty() => {
            let label = coerce::join_text(element.attribute("aria-label"));
            let role = role(tree, line.node).filter(|_| label.is_empty());
            line.text = role.map_or(label, |role| format!("<{role}>"));
        }
        _ => {}
    }
    line
}
