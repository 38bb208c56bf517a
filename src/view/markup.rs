//! The drawn tree as readable WXML.

use std::fmt::Write as _;

use super::tree::{Element, Kind, NodeId, Tree};
use super::value::Val;

/// What a component, page or element shows, a line for each node.
///
/// Components show their shadow trees, slots what was put into them; conditions, loops, blocks and
/// slots themselves are left out, and so are properties of components.
pub fn markup(tree: &Tree, from: NodeId) -> String {
    let mut out = String::new();
    for child in tree.drawn_children(from) {
        write_node(tree, child, 0, &mut out);
    }
    out
}

fn write_node(tree: &Tree, id: NodeId, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match &tree.node(id).kind {
        Kind::Text(text) if text.is_empty() => {}
        Kind::Text(text) => {
            let _ = writeln!(out, "{indent}{}", line(text));
        }
        Kind::Root | Kind::Virtual(_) => {
            for child in tree.drawn_children(id) {
                write_node(tree, child, depth, out);
            }
        }
        Kind::Element(element) => {
            let tag = opening(element);
            let mut inside = String::new();
            for child in tree.drawn_children(id) {
                write_node(tree, child, depth + 1, &mut inside);
            }
            if inside.is_empty() {
                let _ = writeln!(out, "{indent}<{tag} />");
            } else if let Some(text) = only_text(tree, id) {
                let _ = writeln!(out, "{indent}<{tag}>{}</{}>", line(&text), element.tag);
            } else {
                let _ = writeln!(out, "{indent}<{tag}>\n{inside}{indent}</{}>", element.tag);
            }
        }
    }
}

/// The text of an element that shows nothing else.
fn only_text(tree: &Tree, id: NodeId) -> Option<String> {
    let mut found = None;
    let mut stack = tree.drawn_children(id);
    while let Some(id) = stack.pop() {
        match &tree.node(id).kind {
            Kind::Element(_) => return None,
            Kind::Text(text) if text.is_empty() => {}
            Kind::Text(_) if found.is_some() => return None,
            Kind::Text(text) => found = Some(text.to_string()),
            Kind::Root | Kind::Virtual(_) => stack.extend(tree.drawn_children(id)),
        }
    }
    found
}

/// Line breaks stay on the line.
fn line(text: &str) -> String {
    text.replace('\n', "\\n")
}

fn opening(element: &Element) -> String {
    let mut tag = element.tag.to_string();
    let classes: Vec<&str> = element.classes.iter().map(|class| &**class).collect();
    for (name, value) in [
        ("id", element.id.to_string()),
        ("class", classes.join(" ")),
        ("style", element.style.to_string()),
    ] {
        if !value.is_empty() {
            let _ = write!(tag, " {name}=\"{}\"", quoted(&value));
        }
    }
    for (name, value) in &element.dataset {
        write_attribute(&format!("data-{}", dashed(name)), value, &mut tag);
    }
    for (name, _) in &element.attributes {
        write_attribute(name, element.current(name), &mut tag);
    }
    for (name, value) in &element.state {
        if !element.attributes.iter().any(|(own, _)| own == name) {
            write_attribute(name, value, &mut tag);
        }
    }
    tag
}

fn write_attribute(name: &str, value: &Val, tag: &mut String) {
    let _ = match value {
        Val::Undefined => Ok(()),
        Val::Bool(true) => write!(tag, " {name}"),
        Val::Text(text) => write!(tag, " {name}=\"{}\"", quoted(text)),
        Val::Function(_) => write!(tag, " {name}=\"{{{{[function]}}}}\""),
        other => {
            let json = other.to_value().to_json().unwrap_or_default();
            write!(tag, " {name}=\"{{{{{json}}}}}\"")
        }
    };
}

fn quoted(text: &str) -> String {
    line(text).replace('"', "&quot;")
}

/// `itemId` → `item-id`.
fn dashed(name: &str) -> String {
    let mut dashed = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            dashed.push('-');
        }
        dashed.push(c.to_ascii_lowercase());
    }
    dashed
}
