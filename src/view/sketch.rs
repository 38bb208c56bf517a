//! Trees for tests, from indented lines.
//!
//! ```text
//! component van-button size,type     a component with its properties; its template is below it
//!   button.van-button
//!     slot
//! view#a.b.c hidden data-id={{1}}    a line of the page
//!   "text"
//!   block                            a virtual node
//! ```

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Modules;
use super::program::{Attribute, Element, Expr, ModuleCode, Node, Program};
use super::tree::{Book, Definition, NodeId, Order, Render, Slots, Tree};
use super::value::Val;
use crate::value::{Callable, Value};

/// A page's tree from a sketch.
pub(super) fn sketch(text: &str) -> Tree {
    let mut book = Sketches::default();
    let lines: Vec<(usize, &str)> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .collect();
    let mut body = Vec::new();
    let mut at = 0;
    let base = lines.first().map_or(0, |line| line.0);
    while at < lines.len() {
        if let Some(head) = lines[at].1.strip_prefix("component ") {
            let mut words = head.split(' ');
            let name: Rc<str> = words.next().expect("a component has a name").into();
            let properties = words.next().unwrap_or_default();
            at += 1;
            let template = nodes(&lines, &mut at, base + 1);
            book.add(&name, properties, words.next(), template);
        } else {
            body.extend(nodes(&lines, &mut at, base));
        }
    }
    book.add(&"page".into(), "", None, body);
    book.render()
}

/// The node of a tree whose element has that id.
pub(super) fn node_of(tree: &Tree, id: &str) -> NodeId {
    let mut number = 0;
    loop {
        let node = tree.find(NodeId(number)).expect("an element of that id");
        if node.element().is_some_and(|element| &*element.id == id) {
            return NodeId(number);
        }
        number += 1;
    }
}

/// The nodes of the lines from a place on that are indented at least that much.
fn nodes(lines: &[(usize, &str)], at: &mut usize, least: usize) -> Vec<Node> {
    let mut found = Vec::new();
    while let Some((indent, line)) = lines.get(*at).filter(|line| line.0 >= least) {
        if line.starts_with("component ") {
            break;
        }
        *at += 1;
        let body = nodes(lines, at, indent + 1);
        found.push(node(line, body));
    }
    found
}

fn node(line: &str, body: Vec<Node>) -> Node {
    if let Some(text) = line.strip_prefix('"') {
        let text = text.strip_suffix('"').expect("a text is quoted");
        return Node::Text(fixed(Val::text(&text.replace("\\n", "\n"))));
    }
    let pieces = pieces(line);
    let (head, rest) = pieces.split_first().expect("a line has a word");
    if head == "block" {
        return Node::Block {
            slot: None,
            slot_values: Rc::from([]),
            body: body.into(),
        };
    }
    if head == "slot" {
        let name = rest.first().map_or("", String::as_str);
        return Node::Slot {
            name: fixed(Val::text(name)),
            slot: None,
            values: Vec::new(),
            common: Box::default(),
        };
    }
    let mut element = Element {
        body: body.into(),
        ..Element::default()
    };
    let (head, classes) = head.split_once('.').unwrap_or((head, ""));
    let (tag, id) = head.split_once('#').unwrap_or((head, ""));
    element.tag = tag.into();
    element.id = (!id.is_empty()).then(|| fixed(Val::text(id)));
    element.class = (!classes.is_empty()).then(|| fixed(Val::text(&classes.replace('.', " "))));
    for piece in rest {
        let (name, value) = piece.split_once('=').unwrap_or((piece, "{{true}}"));
        write(&mut element, name, fixed(value_of(value)));
    }
    Node::Element(Box::new(element))
}

fn write(element: &mut Element, name: &str, value: Expr) {
    match (name, name.strip_prefix("data-")) {
        ("style", _) => element.style = Some(value),
        ("slot", _) => element.slot = Some(value),
        (_, Some(own)) => element.dataset.push((own.into(), value)),
        _ => element.attributes.push(Attribute {
            name: name.into(),
            value,
            model: None,
            is_handler: false,
        }),
    }
}

/// `{{JSON}}`, `{{undefined}}`, `{{f()}}` for a function, a quoted text or a text.
fn value_of(text: &str) -> Val {
    let inner = text
        .strip_prefix("{{")
        .and_then(|text| text.strip_suffix("}}"));
    match inner {
        Some("undefined") => Val::Undefined,
        Some("f()") => Val::Function(Callable::named("f")),
        Some(json) => {
            let json: serde_json::Value = serde_json::from_str(json).expect("JSON in a sketch");
            Value::from(&json).into()
        }
        None => Val::text(text.trim_matches('"')),
    }
}

/// Words of a line; quotes and braces keep spaces together.
fn pieces(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut depth, mut quoted) = (0, false);
    for c in line.chars() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' if depth == 0 => quoted = !quoted,
            _ => {}
        }
        if c == ' ' && depth == 0 && !quoted {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found
}

fn fixed(value: Val) -> Expr {
    Expr::Fixed(value)
}

/// The components of a sketch.
#[derive(Default)]
struct Sketches {
    known: BTreeMap<Rc<str>, (Definition, Rc<Program>)>,
}

impl Sketches {
    fn add(&mut self, name: &Rc<str>, properties: &str, option: Option<&str>, body: Vec<Node>) {
        let definition = Definition {
            path: Rc::clone(name),
            properties: properties.split(',').map(Rc::from).collect(),
            slots: if option == Some("many-slots") {
                Slots::Many
            } else {
                Slots::One
            },
            virtual_host: option == Some("virtual-host"),
            ..Definition::default()
        };
        let program = Program {
            body: body.into(),
            ..Program::default()
        };
        self.known
            .insert(Rc::clone(name), (definition, Rc::new(program)));
    }

    fn render(&self) -> Tree {
        let mut tree = Tree::default();
        let (mut last_instance, mut modules) = (0, NoModules);
        let mut render = Render::new(&mut tree, self, &mut modules, &mut last_instance);
        let (page, _) = render.page(self.definition("page").expect("a sketch has a page"));
        render.mount(page, Val::Undefined);
        while !render.orders.is_empty() {
            let orders = std::mem::take(&mut render.orders);
            for order in &orders {
                let Order::Create { instance, node, .. } = order else {
                    continue;
                };
                let passed = orders.iter().filter_map(|other| match other {
                    Order::Pass {
                        instance: own,
                        values,
                    } if own == instance => Some(values),
                    _ => None,
                });
                render.mount(*node, Val::object(passed.flatten().cloned()));
            }
        }
        tree.attach(page);
        tree
    }
}

impl Book for Sketches {
    fn definition(&self, path: &str) -> Option<Rc<Definition>> {
        let (own, _) = self.known.get(path)?;
        let others = self.known.keys().filter(|name| &***name != "page");
        let using = others
            .map(|name| (Rc::clone(name), Rc::clone(name)))
            .collect();
        Some(Rc::new(Definition {
            using,
            ..own.clone()
        }))
    }

    fn template_of(&self, path: &str) -> Option<Rc<Program>> {
        self.known.get(path).map(|(_, program)| Rc::clone(program))
    }

    fn named(&self, _: &Program, _: &str) -> Option<(Rc<Program>, Rc<[Node]>)> {
        None
    }

    fn included(&self, _: &str) -> Option<Rc<Program>> {
        None
    }
}

/// Sketches have no scripts.
struct NoModules;

impl Modules for NoModules {
    fn call(&mut self, _: &Callable, _: &[Val]) -> Val {
        Val::Undefined
    }

    fn exports(&mut self, _: &ModuleCode, _: &str) -> Val {
        Val::Undefined
    }
}
