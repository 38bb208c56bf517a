//! Pages for tests, from a small markup: `<tag name="value">`, `<tag />` and texts.
//!
//! A tag with a file `c/TAG.wxml` is a component; `c/TAG.options` holds words: a style isolation,
//! `virtual`, `multiple`, `external=name`. In a template, `{class-name}` values of attributes that
//! are external classes go where the component has them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Drawn, Isolation, Sheets, Styles, Viewport};
use crate::view::tree::{Component, Element, Kind, Node, NodeId, Slot, Tree, Virtual};
use crate::view::value::Val;

/// A page with its files.
pub(in crate::view) struct Sample {
    pub(in crate::view) tree: Tree,
    pub(in crate::view) files: BTreeMap<String, Rc<str>>,
    pub(in crate::view) sheets: Sheets,
}

impl Sample {
    /// A page `p` with a template and other files.
    pub(in crate::view) fn new(wxml: &str, files: &[(&str, &str)]) -> Self {
        Self::styled("v1", wxml, files)
    }

    /// With a value of `style` of app.json.
    pub(in crate::view) fn styled(app: &str, wxml: &str, files: &[(&str, &str)]) -> Self {
        let files: BTreeMap<String, Rc<str>> =
            files.iter().map(|(name, text)| ((*name).to_owned(), Rc::from(*text))).collect();
        let mut builder = Builder {
            tree: Tree::default(),
            files: &files,
            instances: 0,
        };
        let page = Element {
            tag: "page".into(),
            component: Some(Box::new(component("p", 0))),
            ..Element::default()
        };
        let page = builder.add(NodeId(0), None, Kind::Element(Box::new(page)));
        builder.tree.set_page(page);
        builder.shadow(page, wxml);
        let tree = builder.tree;
        let read = |file: &str| files.get(file).cloned();
        let mut sheets = Sheets::new(app, &read);
        let isolation = |path: &str| {
            let options = files.get(&format!("{path}.options"))?;
            options.split_whitespace().find_map(Isolation::from_option)
        };
        sheets.add_tree(&tree, &isolation, &read);
        Self { tree, files, sheets }
    }

    /// The node with an id.
    pub(in crate::view) fn node(&self, id: &str) -> NodeId {
        let mut stack = vec![self.tree.page()];
        while let Some(node) = stack.pop() {
            let element = self.tree.node(node).element();
            if element.is_some_and(|element| &*element.id == id) {
                return node;
            }
            stack.extend(self.tree.drawn_children(node));
        }
        panic!("no node has the id {id}")
    }

    /// A property of the node with an id.
    pub(in crate::view) fn style(&self, viewport: Viewport, id: &str, name: &str) -> String {
        let drawn = Drawn::new(&self.tree);
        let styles = Styles::new(&self.tree, &drawn, &self.sheets, viewport);
        let place = drawn.place(self.node(id)).expect("it is drawn");
        styles.of(place).text(name)
    }
}

fn component(path: &str, instance: u32) -> Component {
    Component {
        instance,
        path: path.into(),
        root: None,
        data: Val::Undefined,
        passed: Vec::new(),
        external_classes: Vec::new(),
        generics: Vec::new(),
        multiple_slots: false,
        virtual_host: false,
    }
}

struct Builder<'f> {
    tree: Tree,
    files: &'f BTreeMap<String, Rc<str>>,
    instances: u32,
}

impl Builder<'_> {
    fn add(&mut self, host: NodeId, parent: Option<NodeId>, kind: Kind) -> NodeId {
        let id = self.tree.add(Node {
            parent: None,
            host,
            children: Vec::new(),
            kind,
            attached: true,
        });
        if let Some(parent) = parent {
            self.tree.append(parent, id);
        }
        id
    }

    fn shadow(&mut self, host: NodeId, wxml: &str) {
        let root = self.add(host, None, Kind::Root);
        let element = self.tree.node_mut(host).element_mut().expect("an element");
        element.component.as_mut().expect("a component").root = Some(root);
        let mut open = vec![root];
        let mut rest = wxml;
        while !rest.is_empty() {
            let at = rest.find('<').unwrap_or(rest.len());
            let text = &rest[..at];
            if !text.trim().is_empty() {
                let parent = *open.last().expect("open");
                self.add(host, Some(parent), Kind::Text(text.into()));
            }
            let Some(end) = rest[at..].find('>') else { break };
            let inner = &rest[at + 1..at + end];
            rest = &rest[at + end + 1..];
            if inner.starts_with('/') {
                open.pop();
                continue;
            }
            let closed = inner.ends_with('/');
            let parent = *open.last().expect("open");
            let node = self.element(host, parent, inner.trim_end_matches('/').trim());
            if !closed {
                open.push(node);
            }
        }
    }

    fn element(&mut self, host: NodeId, parent: NodeId, text: &str) -> NodeId {
        let (tag, attributes) = text.split_once(' ').unwrap_or((text, ""));
        if tag == "slot" {
            let name = attribute_list(attributes).first().map_or("", |(_, value)| value).to_owned();
            let slot = Slot {
                name: name.as_str().into(),
                ..Slot::default()
            };
            return self.add(host, Some(parent), Kind::Virtual(Virtual::Slot(Box::new(slot))));
        }
        let mut element = Element {
            tag: tag.into(),
            ..Element::default()
        };
        let path = format!("c/{tag}");
        let template = self.files.get(&format!("{path}.wxml")).cloned();
        if template.is_some() {
            self.instances += 1;
            element.component = Some(Box::new(component(&path, self.instances)));
            self.options(&path, &mut element);
        }
        for (name, value) in attribute_list(attributes) {
            match name {
                "id" => element.id = value.into(),
                "class" => element.classes = value.split_whitespace().map(Rc::from).collect(),
                "style" => element.style = value.into(),
                "slot" => element.slot = value.into(),
                _ => {
                    let own = element.component.as_mut();
                    let external = own.and_then(|own| {
                        own.external_classes.iter_mut().find(|(own, _)| &**own == name)
                    });
                    let value_of = |value: &str| match value {
                        "true" => Val::Bool(true),
                        "false" => Val::Bool(false),
                        _ => Val::text(value),
                    };
                    match external {
                        Some((_, given)) => {
                            *given = value.split_whitespace().map(Rc::from).collect();
                        }
                        None => element.attributes.push((name.into(), value_of(value))),
                    }
                }
            }
        }
        let id = self.add(host, Some(parent), Kind::Element(Box::new(element)));
        if let Some(template) = template {
            self.shadow(id, &template);
        }
        id
    }

    fn options(&self, path: &str, element: &mut Element) {
        let own = element.component.as_mut().expect("a component");
        let options = self.files.get(&format!("{path}.options"));
        for word in options.iter().flat_map(|text| text.split_whitespace()) {
            match word {
                "virtual" => own.virtual_host = true,
                "multiple" => own.multiple_slots = true,
                _ => {
                    if let Some(name) = word.strip_prefix("external=") {
                        own.external_classes.push((name.into(), Vec::new()));
                    }
                }
            }
        }
    }
}

/// `a="b" c` → pairs; a bare name is `true`.
fn attribute_list(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (value, behind) = quoted.split_once('"').expect("a closed quote");
            found.push((name, value));
            rest = behind.trim_start();
        } else {
            found.push((name, "true"));
            rest = rest.trim_start();
        }
    }
    found
}
