//! Elements that stand in for components of packages that have not arrived.
//!
//! Official pages: `framework/subpackages/async` and `framework/ability/placeholder`. The element stays where it is: it becomes
//! the component, in the order of the framework: the component is made and gets its properties, what stood in leaves the
//! page, the component comes to it, its content has moved.
//!
//! Differs from the client: a placeholder does not stand in for components with `dynamicSlots`, which stay empty.

use std::rc::Rc;

use super::element::set_named;
use super::node::Waiting;
use super::{Component, Definition, Element, Kind, Node, NodeId, Order, Render, Tree};
use crate::view::program;
use crate::view::value::Val;

impl Tree {
    /// The elements that wait for a component.
    fn waiting_for(&self, path: &str) -> Vec<NodeId> {
        let waits = |node: &Node| {
            let waiting = node.element().and_then(|own| own.waiting.as_deref());
            waiting.is_some_and(|own| &*own.path == path)
        };
        let nodes = self.ids().into_iter();
        nodes
            .filter(|id| self.find(*id).is_some_and(waits))
            .collect()
    }
}

impl Render<'_> {
    /// The tag that an element is, its component, and what it waits for when it stands in for another.
    pub(super) fn stands_for(
        &mut self,
        written: &program::Element,
    ) -> (Rc<str>, Option<Rc<Definition>>, Option<Waiting>) {
        let tag = Rc::clone(&written.tag);
        let definition = self.resolve(&tag);
        if definition.is_some() {
            return (tag, definition, None);
        }
        let Some((waiting, stand_in)) = self.waiting(written) else {
            return (tag, None, None);
        };
        match self.resolve(&stand_in) {
            Some(definition) => (tag, Some(definition), Some(waiting)),
            None => (stand_in, None, Some(waiting)),
        }
    }

    /// What a tag waits for and the tag that stands in for it, when its component has not arrived.
    fn waiting(&mut self, written: &program::Element) -> Option<(Waiting, Rc<str>)> {
        let host = self.component_of(self.host)?;
        let path = Rc::clone(host.definition.using.get(&written.tag)?);
        let stand_in = Rc::clone(host.definition.placeholders.get(&written.tag)?);
        let generics = self.generics(&written.generics);
        self.wanted.push(Rc::clone(&path));
        let waiting = Waiting {
            path,
            tag: Rc::clone(&written.tag),
            given: Vec::new(),
            generics,
        };
        Some((waiting, stand_in))
    }

    /// A component has arrived: it takes the place of what stood in for it.
    pub fn arrived(&mut self, definition: &Rc<Definition>) {
        for id in self.tree.waiting_for(&definition.path) {
            self.arrive(id, Rc::clone(definition));
        }
    }

    fn arrive(&mut self, id: NodeId, definition: Rc<Definition>) {
        let Some(waiting) = self.element(id).and_then(|own| own.waiting.take()) else {
            return;
        };
        self.host = self.tree.node(id).host;
        let component = self.component(definition, waiting.generics);
        let (instance, path) = (component.instance, Rc::clone(&component.path));
        let Some(element) = self.element(id) else {
            return;
        };
        element.tag = waiting.tag;
        let given = &waiting.given;
        let is_given = |name: &str| given.iter().any(|(own, _)| **own == *name);
        element.attributes.retain(|(name, _)| !is_given(name));
        element.state.clear();
        element.models.clear();
        let old = element.component.replace(Box::new(component));
        self.orders.push(Order::Create {
            instance,
            path,
            node: id,
        });
        let mut passed = Vec::new();
        for (name, (value, model)) in waiting.given {
            self.set_attribute(id, &name, value, model, &mut passed);
        }
        self.pass_texts(id, &mut passed);
        if !passed.is_empty() {
            let values = passed;
            self.orders.push(Order::Pass { instance, values });
        }
        let left = old.map(|old| self.left(id, old));
        self.take_place(id, left);
    }

    /// An `id`, a `style` or a class that is a property or an external class of the component.
    fn pass_texts(&mut self, id: NodeId, passed: &mut Vec<(Rc<str>, Val)>) {
        let Some(element) = self.element(id) else {
            return;
        };
        let (classes, style) = (element.classes.clone(), Rc::clone(&element.style));
        let id = Rc::clone(&element.id);
        let Some(component) = element.component.as_deref_mut() else {
            return;
        };
        let outside = &component.definition.external_classes;
        if !classes.is_empty() && outside.iter().any(|own| &**own == "class") {
            set_named(&mut component.external_classes, "class", classes);
        }
        if !id.is_empty() && component.definition.properties.contains("id") {
            passed.push(("id".into(), Val::Text(id)));
        }
        if !style.is_empty() && component.definition.properties.contains("style") {
            passed.push(("style".into(), Val::Text(style)));
        }
    }

    /// What stood in, as a node of its own that is no longer anywhere.
    fn left(&mut self, id: NodeId, old: Box<Component>) -> NodeId {
        let instance = old.instance;
        let element = Element {
            component: Some(old),
            ..Element::default()
        };
        let left = self.add(Kind::Element(Box::new(element)));
        self.tree.node_mut(left).attached = self.tree.node(id).attached;
        self.left.push((instance, left));
        left
    }

    /// What stood in leaves, the component comes, its content has moved.
    fn take_place(&mut self, id: NodeId, left: Option<NodeId>) {
        let is_attached = std::mem::take(&mut self.tree.node_mut(id).attached);
        if let Some(left) = left {
            let detached = self.tree.detach(left);
            self.gone.push(left);
            if is_attached {
                self.orders.push(Order::Detached(detached));
            }
        }
        if !is_attached {
            return;
        }
        self.orders.push(Order::Inserted(id));
        for child in self.tree.node(id).children.clone() {
            let moved = self.tree.moved(child);
            if !moved.is_empty() {
                self.orders.push(Order::Moved(moved));
            }
        }
    }

    fn element(&mut self, id: NodeId) -> Option<&mut Element> {
        match &mut self.tree.find_mut(id)?.kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }
}
