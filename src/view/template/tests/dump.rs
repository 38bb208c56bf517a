//! Programs as short texts, one node a line.

use std::fmt::Write as _;

use crate::view::program::{Element, Entry, Expr, Item, Node, Program};
use crate::view::value::Val;

/// The body of a program.
pub(super) fn body(program: &Program) -> String {
    let mut out = String::new();
    nodes(&program.body, 0, &mut out);
    out
}

pub(super) fn nodes(list: &[Node], level: usize, out: &mut String) {
    for node in list {
        let _ = write!(out, "{}", "  ".repeat(level));
        self::node(node, level, out);
    }
}

fn node(node: &Node, level: usize, out: &mut String) {
    match node {
        Node::Text(text) => {
            let _ = writeln!(out, "{}", expr(text));
        }
        Node::Element(own) => {
            let _ = writeln!(out, "<{}{}>", own.tag, element(own));
            nodes(&own.body, level + 1, out);
        }
        Node::Block {
            slot,
            slot_values,
            body,
        } => {
            let slot = slot.as_ref().map(expr).unwrap_or_default();
            let _ = writeln!(out, "block {slot} {}", slot_names(slot_values));
            nodes(body, level + 1, out);
        }
        Node::If {
            branches,
            otherwise,
        } => {
            out.push_str("if\n");
            for (condition, body) in branches {
                let _ = writeln!(out, "{}? {}", "  ".repeat(level), expr(condition));
                nodes(body, level + 1, out);
            }
            if !otherwise.is_empty() {
                let _ = writeln!(out, "{}else", "  ".repeat(level));
                nodes(otherwise, level + 1, out);
            }
        }
        Node::For {
            list, key, body, ..
        } => {
            let _ = writeln!(out, "for {} key {key:?}", expr(list));
            nodes(body, level + 1, out);
        }
        Node::Template { is, data, place } => {
            let at = (place.line, place.column);
            let _ = writeln!(out, "template {} {} {at:?}", expr(is), expr(data));
        }
        Node::Include { file, .. } => {
            let _ = writeln!(out, "include {file}");
        }
        Node::Slot {
            name,
            slot,
            values,
            common,
        } => {
            let slot = slot.as_ref().map(expr).unwrap_or_default();
            let values = pairs(values);
            let _ = writeln!(out, "slot {} {slot}{values}{}", expr(name), element(common));
        }
    }
}

fn slot_names(values: &[crate::view::program::SlotValue]) -> String {
    values
        .iter()
        .map(|own| format!("{}→{} ", own.name, own.alias))
        .collect::<Vec<_>>()
        .concat()
}

fn pairs(values: &[(std::rc::Rc<str>, Expr)]) -> String {
    values
        .iter()
        .map(|(name, value)| format!(" {name}={}", expr(value)))
        .collect::<Vec<_>>()
        .concat()
}

/// What is written on an element, each kind with a letter of its own in front.
fn element(own: &Element) -> String {
    let mut out = String::new();
    for (name, value) in [
        ("id", &own.id),
        ("class", &own.class),
        ("style", &own.style),
    ] {
        if let Some(value) = value {
            let _ = write!(out, " {name}:{}", expr(value));
        }
    }
    for (name, condition) in &own.class_names {
        let _ = write!(
            out,
            " .{name}?{}",
            condition.as_ref().map(expr).unwrap_or_default()
        );
    }
    let _ = write!(out, "{}", pairs(&own.style_names).replace(' ', " ;"));
    let slot = own
        .slot
        .as_ref()
        .map(|slot| format!(" slot:{}", expr(slot)));
    let _ = write!(out, "{}", slot.unwrap_or_default());
    if !own.slot_values.is_empty() {
        let _ = write!(out, " ↓{}", slot_names(&own.slot_values).trim_end());
    }
    let _ = write!(out, "{}", pairs(&own.dataset).replace(' ', " @"));
    let _ = write!(out, "{}", pairs(&own.marks).replace(' ', " #"));
    for attribute in &own.attributes {
        let model = attribute
            .model
            .as_ref()
            .map(|path| format!("⇄{}", expr(path)));
        let model = model.unwrap_or_default();
        let _ = write!(out, " {}={}{model}", attribute.name, expr(&attribute.value));
    }
    for (name, value) in &own.extras {
        let _ = write!(out, " ·{name}={value}");
    }
    for event in &own.events {
        let flags = [
            ("c", event.is_catch),
            ("m", event.is_mut),
            ("k", event.is_capture),
        ];
        let flags: String = flags
            .iter()
            .filter(|flag| flag.1)
            .map(|flag| flag.0)
            .collect();
        let _ = write!(out, " !{}[{flags}]{}", event.event, expr(&event.handler));
    }
    let _ = write!(out, "{}", pairs(&own.changes).replace(' ', " Δ"));
    for (name, tag) in &own.generics {
        let _ = write!(out, " <{name}={tag}>");
    }
    out
}

/// An expression, fully bracketed.
pub(super) fn expr(expression: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(expr).collect::<Vec<_>>().join(",");
    match expression {
        Expr::Fixed(Val::Text(text)) => format!("{text:?}"),
        Expr::Fixed(Val::Number(number)) => number.to_string(),
        Expr::Fixed(Val::Bool(flag)) => flag.to_string(),
        Expr::Fixed(other) => format!("{other:?}").to_lowercase(),
        Expr::Field(name) => name.to_string(),
        Expr::Scope(at) => format!("${at}"),
        Expr::Member(of, name) => format!("{}.{name}", expr(of)),
        Expr::Index(of, key) => format!("{}[{}]", expr(of), expr(key)),
        Expr::Call(function, arguments) => format!("{}({})", expr(function), list(arguments)),
        Expr::Object(entries) => {
            let entries = entries.iter().map(|entry| match entry {
                Entry::Named(name, value) => format!("{name}:{}", expr(value)),
                Entry::Spread(value) => format!("...{}", expr(value)),
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        Expr::Array(items) => {
            let items = items.iter().map(|item| match item {
                Item::One(value) => expr(value),
                Item::Spread(value) => format!("...{}", expr(value)),
                Item::Hole => String::new(),
            });
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        Expr::Unary(operator, of) => format!("{operator:?}({})", expr(of)),
        Expr::Binary(operator, left, right) => {
            format!("({} {operator:?} {})", expr(left), expr(right))
        }
        Expr::Cond(test, yes, no) => format!("({}?{}:{})", expr(test), expr(yes), expr(no)),
        Expr::Join(pieces) => format!("«{}»", list(pieces)),
    }
}
