//! The tree as people read it: what is drawn, as markup.
//!
//! A component shows its shadow tree, a slot what was put into it; nodes that draw nothing
//! themselves (conditions, loops, slots, hosts of components with `virtualHost`) are left out.

use super::tree::{Element, Kind, Node, NodeId, Tree};
use super::value::Val;

/// The drawn tree from a node on: an element with itself, a component only what is in it.
pub fn markup(tree: &Tree, from: NodeId) -> String {
    if tree.node(from).component().is_some() {
        let mut out = String::new();
        for child in drawn_below(tree, from) {
            print(tree, child, 0, &mut out);
        }
        out
    } else {
        outer(tree, from)
    }
}

/// The drawn tree from a node on, a component with its own tag; what draws nothing itself shows what it
/// lets through.
pub fn outer(tree: &Tree, from: NodeId) -> String {
    let mut out = String::new();
    for own in drawn(tree, from) {
        print(tree, own, 0, &mut out);
    }
    out
}

/// The texts and elements that are drawn directly below a node.
fn drawn_below(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    for child in tree.drawn_children(id) {
        draw_into(tree, child, &mut found);
    }
    found
}

/// A node when it draws something itself, else what it lets through.
fn drawn(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    draw_into(tree, id, &mut found);
    found
}

fn draw_into(tree: &Tree, id: NodeId, found: &mut Vec<NodeId>) {
    let node = tree.node(id);
    match &node.kind {
        Kind::Text(text) if text.is_empty() => {}
        Kind::Text(_) => found.push(id),
        Kind::Element(_) if !draws_nothing(node) => found.push(id),
        _ => {
            for child in tree.drawn_children(id) {
                draw_into(tree, child, found);
            }
        }
    }
}

/// Whether an element lets its shadow tree through (`virtualHost`).
fn draws_nothing(node: &Node) -> bool {
    node.component()
        .is_some_and(|component| component.definition.virtual_host)
}

fn print(tree: &Tree, id: NodeId, level: usize, out: &mut String) {
    let indent = "  ".repeat(level);
    out.push_str(&indent);
    match &tree.node(id).kind {
        Kind::Text(text) => out.push_str(&one_line(text)),
        Kind::Element(element) => {
            out.push('<');
            out.push_str(&element.tag);
            print_attributes(element, out);
            let children = drawn_below(tree, id);
            print_content(tree, &children, level, out);
            if !children.is_empty() {
                out.push_str("</");
                out.push_str(&element.tag);
                out.push('>');
            }
        }
        Kind::Root | Kind::Virtual(_) => {}
    }
    out.push('\n');
}

/// Everything between the attributes and the closing tag.
fn print_content(tree: &Tree, children: &[NodeId], level: usize, out: &mut String) {
    match children {
        [] => out.push_str(" />"),
        [only] if let Kind::Text(text) = &tree.node(*only).kind => {
            out.push('>');
            out.push_str(&one_line(text));
        }
        _ => {
            out.push_str(">\n");
            for child in children {
                print(tree, *child, level + 1, out);
            }
            out.push_str(&"  ".repeat(level));
        }
    }
}

fn print_attributes(element: &Element, out: &mut String) {
    print_text("id", &element.id, out);
    print_text("class", &element.classes.join(" "), out);
    print_text("style", &element.style, out);
    for (name, value) in &element.dataset {
        print_value(&data_name(name), value, out);
    }
    for (name, _) in &element.attributes {
        print_value(name, element.current(name), out);
    }
    for (name, value) in &element.state {
        if !element
            .attributes
            .iter()
            .any(|(written, _)| written == name)
        {
            print_value(name, value, out);
        }
    }
}

fn print_text(name: &str, text: &str, out: &mut String) {
    if !text.is_empty() {
        print_value(name, &Val::text(text), out);
    }
}

fn print_value(name: &str, value: &Val, out: &mut String) {
    let text = match value {
        Val::Undefined => return,
        Val::Bool(true) => {
            out.push(' ');
            out.push_str(name);
            return;
        }
        Val::Text(text) => one_line(text).replace('"', "&quot;"),
        Val::Function(_) => "{{[function]}}".to_owned(),
        other => match other.to_value().to_json() {
            Some(json) => format!("{{{{{json}}}}}"),
            None => return,
        },
    };
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&text);
    out.push('"');
}

/// `itemId` → `data-item-id`.
fn data_name(camel: &str) -> String {
    let mut name = String::from("data-");
    for c in camel.chars() {
        if c.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

fn one_line(text: &str) -> String {
    text.replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::markup;
    use crate::view::sketch::{node_of, sketch};
    use crate::view::value::Val;

    #[test]
    fn components_and_slots_show_what_is_in_them() {
        let tree = sketch(
            r#"
            component van-button size
              button.van-button hover-class=on
                slot
            component ghost x virtual-host
              view
                slot
            view.page.big
              block
                van-button#buy.wide size=small data-itemId={{3}}
                  "立即购买"
              ghost
                text
                  "a\nb"
                "c"
              image
              ""
            "#,
        );
        let expected = r#"<view class="page big">
  <van-button id="buy" class="wide" data-item-id="{{3}}">
    <button class="van-button" hover-class="on">立即购买</button>
  </van-button>
  <view>
    <text>a\nb</text>
    c
  </view>
  <image />
</view>
"#;
        assert_eq!(markup(&tree, tree.page()), expected);
        let button = markup(&tree, node_of(&tree, "buy"));
        assert_eq!(
            button,
            "<button class=\"van-button\" hover-class=\"on\">立即购买</button>\n"
        );
    }

    #[test]
    fn attributes_have_an_order_and_their_values() {
        let mut tree = sketch(
            r#"
            input#i.c name=x data-b={{null}} style="color: red" value=old data-aB={{[1,"x"]}} y={{undefined}} on={{f()}} no={{false}} hidden t={{"say \"x\""}} n={{1.5}}
            "#,
        );
        let id = node_of(&tree, "i");
        let expected = r#"<input id="i" class="c" style="color: red" data-b="{{null}}" data-a-b="{{[1,"x"]}}" name="x" value="old" on="{{[function]}}" no="{{false}}" hidden t="say &quot;x&quot;" n="{{1.5}}" />
"#;
        assert_eq!(markup(&tree, id), expected);
        let element = tree.node_mut(id).element_mut().expect("an element");
        element.state.push(("value".into(), Val::text("new")));
        element.state.push(("checked".into(), Val::Bool(true)));
        let changed = markup(&tree, id);
        assert!(changed.contains(" value=\"new\" on="), "{changed}");
        assert!(
            changed.ends_with(" n=\"{{1.5}}\" checked />\n"),
            "{changed}"
        );
    }
}
