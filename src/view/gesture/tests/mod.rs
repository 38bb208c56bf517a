//! Pages are written as templates; what follows a gesture is told in lines.

mod chosen;
mod controls;
mod done;
mod fields;
mod forms;
mod moved;
mod offered;
mod touches;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value as Json, json};

use super::touch::Point;
use super::{Effect, Gesture, perform};
use crate::value::{Callable, Value};
use crate::view::Modules;
use crate::view::program::{ModuleCode, Node as ProgramNode, Program};
use crate::view::template::Library;
use crate::view::tree::{Book, Definition, NodeId, Order, Render, Tree};
use crate::view::value::Val;

/// A component: its tag, its template, platform behaviors, property values.
type Made = (&'static str, &'static str, &'static [&'static str], Json);

struct Shelf {
    files: BTreeMap<Rc<str>, Rc<str>>,
    definitions: BTreeMap<Rc<str>, Rc<Definition>>,
    library: RefCell<Library>,
}

impl Book for Shelf {
    fn definition(&self, path: &str) -> Option<Rc<Definition>> {
        self.definitions.get(path).cloned()
    }

    fn template_of(&self, path: &str) -> Option<Rc<Program>> {
        self.library
            .borrow_mut()
            .program(path, &|file| self.files.get(file).cloned())
    }

    fn named(&self, _: &Program, _: &str) -> Option<(Rc<Program>, Rc<[ProgramNode]>)> {
        None
    }

    fn included(&self, _: &str) -> Option<Rc<Program>> {
        None
    }
}

struct NoScripts;

impl Modules for NoScripts {
    fn call(&mut self, _: &Callable, _: &[Val]) -> Val {
        Val::Undefined
    }

    fn exports(&mut self, _: &ModuleCode, _: &str) -> Val {
        Val::Undefined
    }
}

/// A page that is shown.
pub(super) struct Page {
    pub(super) tree: Tree,
}

/// Shows a template.
pub(super) fn page(template: &str) -> Page {
    page_with(template, &[], &json!({}))
}

/// Shows a template with data and components.
pub(super) fn page_with(template: &str, components: &[Made], data: &Json) -> Page {
    let using = components
        .iter()
        .map(|made| (made.0.into(), made.0.into()))
        .collect();
    let main = Definition {
        path: "page".into(),
        using,
        ..Definition::default()
    };
    let mut shelf = Shelf {
        files: [("page".into(), template.into())].into(),
        definitions: BTreeMap::new(),
        library: RefCell::default(),
    };
    for (tag, own_template, behaviors, _) in components {
        shelf.files.insert((*tag).into(), (*own_template).into());
        let definition = Definition {
            path: (*tag).into(),
            platform_behaviors: behaviors.iter().map(|own| (*own).into()).collect(),
            ..Definition::default()
        };
        shelf.definitions.insert((*tag).into(), Rc::new(definition));
    }
    let (mut tree, mut last, mut scripts) = (Tree::default(), 0, NoScripts);
    let mut render = Render::new(&mut tree, &shelf, &mut scripts, &mut last);
    let (host, _) = render.page(Rc::new(main));
    render.mount(host, Val::from(Value::from(data)));
    while let Some(order) = render.orders.pop() {
        if let Order::Create { path, node, .. } = order {
            let made = components
                .iter()
                .find(|made| *made.0 == *path)
                .expect("a component");
            render.mount(node, Val::from(Value::from(&made.3)));
        }
    }
    Page { tree }
}

impl Page {
    /// The element with an id, in any shadow tree.
    pub(super) fn id(&self, id: &str) -> NodeId {
        let all = (0..200).map(NodeId);
        let mut found = all.filter(|at| {
            let node = self.tree.find(*at).and_then(|node| node.element());
            node.is_some_and(|own| &*own.id == id)
        });
        found.next().expect("an element of that id")
    }

    pub(super) fn try_do(&mut self, id: &str, gesture: &Gesture) -> Result<String, String> {
        let node = self.id(id);
        let effects = perform(&mut self.tree, node, gesture).map_err(|error| error.to_string())?;
        Ok(self.told(&effects))
    }

    /// What follows a gesture, a line each, without `touchstart` and `touchend`.
    pub(super) fn after(&mut self, id: &str, gesture: &Gesture) -> String {
        let told = self.try_do(id, gesture).expect("the gesture can be done");
        let plain = |line: &&str| !line.contains(" touchstart") && !line.contains(" touchend");
        told.lines().filter(plain).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn tap(&mut self, id: &str) -> String {
        self.after(id, &Gesture::Tap(Point::default()))
    }

    pub(super) fn choose(&mut self, id: &str, value: Json) -> String {
        self.after(id, &Gesture::Choose(value))
    }

    pub(super) fn refused(&mut self, id: &str, gesture: &Gesture) -> String {
        self.try_do(id, gesture)
            .expect_err("the gesture cannot be done")
    }

    /// An attribute as it is now.
    pub(super) fn now(&self, id: &str, name: &str) -> Val {
        super::property(
            self.tree.node(self.id(id)).element().expect("an element"),
            name,
        )
    }

    pub(super) fn told(&self, effects: &[Effect]) -> String {
        effects
            .iter()
            .map(|effect| self.line(effect))
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn line(&self, effect: &Effect) -> String {
        let name_of = |node: NodeId| {
            let element = self.tree.node(node).element().expect("an element");
            if element.id.is_empty() {
                element.tag.to_string()
            } else {
                element.id.to_string()
            }
        };
        match effect {
            Effect::Event {
                node, name, travel, ..
            } if travel.bubbles => {
                format!("{} {name}", name_of(*node))
            }
            Effect::Event {
                node, name, detail, ..
            } => {
                format!("{} {name} {}", name_of(*node), json_of(detail))
            }
            Effect::OpenType { node, kind } => format!("{} opens {kind}", name_of(*node)),
            Effect::Navigate(node) => format!("{} navigates", name_of(*node)),
            Effect::Write { node, name, value } => {
                format!("{} writes {name} {}", name_of(*node), json_of(value))
            }
        }
    }
}

pub(super) fn json_of(value: &Val) -> Json {
    value.to_value().to_json().unwrap_or_default()
}
