//! First rendering: nodes of a program, with the data of their host.

use std::rc::Rc;

use super::dynamic::Filling;
use super::trouble::{NESTED_MAX, Trouble, TroubleKind};
use super::{
    Book, Component, Definition, Element, Kind, Node, NodeId, Order, Slot, Tree, Virtual, list,
};
use crate::data_path::Segment;
use crate::view::Modules;
use crate::view::coerce;
use crate::view::expr;
use crate::view::program::{self, Expr, Program};
use crate::view::touch::Touch;
use crate::view::value::Val;

/// Renders one component (or page) into the tree.
pub struct Render<'a> {
    /// The tree.
    pub tree: &'a mut Tree,
    /// Components and templates.
    pub book: &'a dyn Book,
    /// WXS.
    pub modules: &'a mut dyn Modules,
    /// The last instance number that was given out.
    pub last_instance: &'a mut u32,
    /// What the logic layer has to do.
    pub orders: Vec<Order>,
    /// Mistakes that came up.
    pub troubles: Vec<Trouble>,
    /// Components that did not arrive and that others stand in for.
    pub wanted: Vec<Rc<str>>,
    /// Instances that stood in for others, with the nodes that they are now.
    pub left: Vec<(u32, NodeId)>,
    /// Nodes that left the tree; they are dropped when the orders are done.
    pub gone: Vec<NodeId>,
    /// Whose template is rendered.
    pub(super) host: NodeId,
}

/// What expressions see at one place of a template.
#[derive(Clone, Debug)]
pub(super) struct Env {
    pub(super) program: Rc<Program>,
    pub(super) data: Val,
    pub(super) touch: Touch,
    pub(super) scopes: Vec<Scope>,
    /// Values of `scopes`, as expressions are evaluated over them.
    pub(super) values: Vec<Val>,
    pub(super) touches: Vec<Touch>,
    /// How many `<template is>` are around.
    pub(super) templates: usize,
    /// The dynamic slot whose content is made.
    pub(super) filling: Option<Filling>,
}

/// What stands behind a scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The host's data it is a part of, for `model:`.
    pub(super) path: Option<Vec<Segment>>,
}

impl Env {
    pub(super) fn push(&mut self, value: Val, touch: Touch, path: Option<Vec<Segment>>) {
        self.scopes.push(Scope { path });
        self.values.push(value);
        self.touches.push(touch);
    }

    pub(super) fn pop(&mut self, count: usize) {
        let left = self.values.len() - count;
        self.scopes.truncate(left);
        self.values.truncate(left);
        self.touches.truncate(left);
    }

    /// Everything counts as changed.
    pub(super) fn touch_all(&mut self) {
        self.touch = Touch::All;
        self.touches.fill(Touch::All);
    }

    /// Nothing counts as changed.
    pub(super) fn touch_none(&mut self) {
        self.touch = Touch::None;
        self.touches.fill(Touch::None);
    }
}

impl<'a> Render<'a> {
    /// Prepares rendering.
    pub fn new(
        tree: &'a mut Tree,
        book: &'a dyn Book,
        modules: &'a mut dyn Modules,
        last_instance: &'a mut u32,
    ) -> Self {
        Self {
            tree,
            book,
            modules,
            last_instance,
            orders: Vec::new(),
            troubles: Vec::new(),
            wanted: Vec::new(),
            left: Vec::new(),
            gone: Vec::new(),
            host: NodeId(0),
        }
    }

    /// Makes the element of a page, the host of the outermost shadow tree; gives its instance.
    pub fn page(&mut self, definition: Rc<Definition>) -> (NodeId, u32) {
        let (id, instance) = self.alone("page", definition);
        self.tree.page = Some(id);
        (id, instance)
    }

    /// Makes the tab bar that the program draws itself, beside the page; gives its instance.
    pub fn tab_bar(&mut self, definition: Rc<Definition>) -> (NodeId, u32) {
        let (id, instance) = self.alone("custom-tab-bar", definition);
        self.tree.tab_bar = Some(id);
        (id, instance)
    }

    /// A component that no template uses; it is its own host.
    fn alone(&mut self, tag: &str, definition: Rc<Definition>) -> (NodeId, u32) {
        let component = self.component(definition, Vec::new());
        let instance = component.instance;
        let element = Element {
            tag: tag.into(),
            component: Some(Box::new(component)),
            ..Element::default()
        };
        let id = self.add(Kind::Element(Box::new(element)));
        self.tree.node_mut(id).host = id;
        (id, instance)
    }

    /// Renders the shadow tree of a component for the first time.
    pub fn mount(&mut self, host: NodeId, data: Val) {
        self.host = host;
        let root = self.add(Kind::Root);
        let Some(component) = self.component_of(host) else {
            return;
        };
        component.root = Some(root);
        component.data = data.clone();
        let path = Rc::clone(&component.definition.path);
        if self.hosts_around(host, &path) >= NESTED_MAX {
            self.troubles.push(Trouble {
                file: format!("{path}.wxml").into(),
                place: None,
                kind: TroubleKind::EndlessComponent(path),
            });
            return;
        }
        if let Some(program) = self.book.template_of(&path) {
            let mut env = self.env(&program, data, Touch::All);
            let body = Rc::clone(&env.program.body);
            self.fill(root, &body, &mut env);
        }
    }

    /// How many hosts around a node are the same component.
    fn hosts_around(&self, node: NodeId, path: &str) -> usize {
        let mut count = 0;
        let mut node = node;
        while let Some(own) = self.tree.find(node).filter(|own| own.host != node) {
            node = own.host;
            let element = self.tree.find(node).and_then(Node::element);
            let component = element.and_then(|element| element.component.as_deref());
            count += usize::from(component.is_some_and(|it| &*it.path == path));
        }
        count
    }

    /// The component of a node.
    pub(super) fn component_of(&mut self, host: NodeId) -> Option<&mut Component> {
        self.tree
            .find_mut(host)?
            .element_mut()?
            .component
            .as_deref_mut()
    }

    /// What the content of a file sees: its modules and the data.
    pub(super) fn env(&mut self, program: &Rc<Program>, data: Val, touch: Touch) -> Env {
        let mut env = Env {
            program: Rc::clone(program),
            data,
            touch,
            scopes: Vec::new(),
            values: Vec::new(),
            touches: Vec::new(),
            templates: 0,
            filling: None,
        };
        for module in &program.modules {
            let exports = self.modules.exports(&module.code, &program.path);
            env.push(exports, Touch::None, None);
        }
        env
    }

    pub(super) fn eval(&mut self, expression: &Expr, env: &Env) -> Val {
        expr::eval(expression, &env.data, &env.values, self.modules)
    }

    pub(super) fn text(&mut self, expression: &Expr, env: &Env) -> Rc<str> {
        match self.eval(expression, env) {
            Val::Text(text) => text,
            other => coerce::join_text(&other).into(),
        }
    }

    pub(super) fn add(&mut self, kind: Kind) -> NodeId {
        self.tree.add(Node {
            parent: None,
            host: self.host,
            children: Vec::new(),
            kind,
            attached: false,
        })
    }

    /// Makes the nodes of a program under a parent that has none yet.
    pub(super) fn fill(&mut self, parent: NodeId, body: &[program::Node], env: &mut Env) {
        for node in body {
            let child = self.create(node, env);
            self.tree.append(parent, child);
        }
    }

    /// Makes one node that goes where it stands, with all that is in it.
    pub(super) fn create_node(&mut self, node: &program::Node, env: &mut Env) -> NodeId {
        match node {
            program::Node::Text(content) => {
                let text = self.text(content, env);
                self.add(Kind::Text(text))
            }
            program::Node::Element(element) => self.create_element(element, env),
            program::Node::Block { slot, body, .. } => {
                let slot = slot.as_ref().map(|slot| self.text(slot, env));
                let id = self.add(Kind::Virtual(Virtual::Block { slot }));
                self.fill(id, body, env);
                id
            }
            program::Node::If {
                branches,
                otherwise,
            } => {
                let (key, body) = self.branch(branches, otherwise, env);
                let id = self.add(Kind::Virtual(Virtual::Branch(key)));
                self.fill(id, &body, env);
                id
            }
            program::Node::For {
                list, key, body, ..
            } => self.create_list(list, key.as_deref(), body, env),
            program::Node::Template { is, data, place } => {
                let name = self.text(is, env);
                let id = self.add(Kind::Virtual(Virtual::Branch(Rc::clone(&name))));
                if let Some((mut inner, body)) = self.template(&name, data, *place, env) {
                    self.fill(id, &body, &mut inner);
                }
                id
            }
            program::Node::Include { file, .. } => {
                let id = self.add(Kind::Virtual(Virtual::Block { slot: None }));
                if let Some((mut inner, body)) = self.included(file, env) {
                    self.fill(id, &body, &mut inner);
                }
                id
            }
            program::Node::Slot {
                name, slot, values, ..
            } => {
                let slot = Slot {
                    name: self.text(name, env),
                    slot: slot.as_ref().map(|slot| self.text(slot, env)),
                    values: values
                        .iter()
                        .map(|(name, value)| (Rc::clone(name), self.eval(value, env)))
                        .collect(),
                };
                self.add(Kind::Virtual(Virtual::Slot(Box::new(slot))))
            }
        }
    }

    /// The branch of a condition that shows, with its key.
    pub(super) fn branch(
        &mut self,
        branches: &[(Expr, Rc<[program::Node]>)],
        otherwise: &Rc<[program::Node]>,
        env: &Env,
    ) -> (Rc<str>, Rc<[program::Node]>) {
        for (at, (condition, body)) in branches.iter().enumerate() {
            if coerce::to_bool(&self.eval(condition, env)) {
                return (at.to_string().into(), Rc::clone(body));
            }
        }
        ("else".into(), Rc::clone(otherwise))
    }

    /// What the content of a `<template is>` sees, and the content.
    pub(super) fn template(
        &mut self,
        name: &Rc<str>,
        data: &Expr,
        place: program::Place,
        env: &Env,
    ) -> Option<(Env, Rc<[program::Node]>)> {
        let trouble = |kind| Trouble {
            file: Rc::clone(&env.program.path),
            place: Some(place),
            kind,
        };
        let Some((program, body)) = self.book.named(&env.program, name) else {
            let kind = TroubleKind::NoTemplate(Rc::clone(name));
            self.troubles.push(trouble(kind));
            return None;
        };
        if env.templates >= NESTED_MAX {
            let kind = TroubleKind::EndlessTemplate(Rc::clone(name));
            self.troubles.push(trouble(kind));
            return None;
        }
        let value = match self.eval(data, env) {
            Val::Undefined | Val::Null => Val::object::<Rc<str>>([]),
            other => other,
        };
        let touch = self.touch(data, env);
        let mut inner = self.env(&program, value, touch);
        inner.templates = env.templates + 1;
        inner.filling.clone_from(&env.filling);
        Some((inner, body))
    }

    /// What the content of an included file sees, and the content.
    pub(super) fn included(&mut self, file: &str, env: &Env) -> Option<(Env, Rc<[program::Node]>)> {
        let program = self.book.included(file)?;
        let body = Rc::clone(&program.body);
        let mut inner = self.env(&program, env.data.clone(), env.touch.clone());
        inner.templates = env.templates;
        inner.filling.clone_from(&env.filling);
        Some((inner, body))
    }

    pub(super) fn touch(&mut self, expression: &Expr, env: &Env) -> Touch {
        let Env {
            data,
            values,
            touch,
            touches,
            ..
        } = env;
        expr::touch(expression, data, values, touch, touches, self.modules)
    }

    fn create_list(
        &mut self,
        list: &Expr,
        key: Option<&str>,
        body: &[program::Node],
        env: &mut Env,
    ) -> NodeId {
        let value = self.eval(list, env);
        let path = self.path(list, env);
        let items = list::Items::of(&value, key, None);
        let id = self.add(Kind::Virtual(Virtual::List(list::ListState::default())));
        for at in 0..items.len() {
            let child = self.create_item(&items, at, path.as_deref(), body, env);
            self.tree.append(id, child);
        }
        self.tree.node_mut(id).kind = Kind::Virtual(Virtual::List(items.into_state()));
        id
    }

    /// Makes one item of a list.
    pub(super) fn create_item(
        &mut self,
        items: &list::Items,
        at: usize,
        path: Option<&[Segment]>,
        body: &[program::Node],
        env: &mut Env,
    ) -> NodeId {
        let id = self.add(Kind::Virtual(Virtual::Item));
        items.enter(at, path, (Touch::All, Touch::All), env);
        self.fill(id, body, env);
        env.pop(2);
        id
    }

    /// Makes what an element's tag stands for, with its instance number.
    pub(super) fn component(
        &mut self,
        definition: Rc<Definition>,
        generics: Vec<(Rc<str>, Rc<str>)>,
    ) -> Component {
        *self.last_instance += 1;
        Component {
            instance: *self.last_instance,
            path: Rc::clone(&definition.path),
            root: None,
            data: Val::Undefined,
            external_classes: Vec::new(),
            generics,
            definition,
            content: None,
            filled: Vec::new(),
        }
    }

    /// The component that a tag stands for in the template of the host.
    pub(super) fn resolve(&mut self, tag: &str) -> Option<Rc<Definition>> {
        let host = self.component_of(self.host)?;
        let given = host.generics.iter().find(|(own, _)| &**own == tag);
        let path = match given {
            Some((_, path)) => Rc::clone(path),
            None => match host.definition.generics.get(tag) {
                Some(default) => Rc::clone(default.as_ref()?),
                None => Rc::clone(host.definition.using.get(tag)?),
            },
        };
        self.book.definition(&path)
    }

    /// The host's data path of an expression that is one. Inside `<template is>` names are taken for the
    /// host's as well, as in the framework.
    pub(super) fn path(&mut self, expression: &Expr, env: &Env) -> Option<Vec<Segment>> {
        match expression {
            Expr::Field(name) => Some(vec![Segment::Key(name.to_string())]),
            Expr::Scope(at) => env.scopes.get(*at)?.path.clone(),
            Expr::Member(owner, name) => {
                let mut path = self.path(owner, env)?;
                path.push(Segment::Key(name.to_string()));
                Some(path)
            }
            Expr::Index(owner, key) => {
                let mut path = self.path(owner, env)?;
                let key = self.eval(key, env);
                path.push(segment(&key));
                Some(path)
            }
            Expr::Cond(condition, yes, no) => {
                let holds = coerce::to_bool(&self.eval(condition, env));
                self.path(if holds { yes } else { no }, env)
            }
            _ => None,
        }
    }
}

/// The step into a value that a key is.
fn segment(key: &Val) -> Segment {
    let text = coerce::to_text(key);
    match (key, text.parse()) {
        (Val::Number(_), Ok(index)) => Segment::Index(index),
        _ => Segment::Key(text),
    }
}
