//! Rendering again: only what the changed data touches.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::element::{attributes, set_named};
use super::list::{Items, ListState, key_touched, stay_or_move};
use super::render::Env;
use super::{Kind, NodeId, Order, Render, Virtual};
use crate::data_path::Segment;
use crate::view::program::{self, Expr};
use crate::view::touch::Touch;
use crate::view::value::Val;

impl Render<'_> {
    /// Renders the shadow tree of a component again, after its data changed in these parts.
    pub fn update(&mut self, host: NodeId, data: Val, touch: Touch) {
        self.host = host;
        let Some(component) = self.component_of(host) else {
            return;
        };
        component.data = data.clone();
        let (Some(root), path) = (component.root, Rc::clone(&component.definition.path)) else {
            return;
        };
        if let Some(program) = self.book.template_of(&path) {
            let mut env = self.env(&program, data, touch);
            let body = Rc::clone(&env.program.body);
            self.refill(root, &body, &mut env);
        }
    }

    /// Updates the children of a node, which were made from the same program nodes.
    fn refill(&mut self, parent: NodeId, body: &[program::Node], env: &mut Env) {
        let children = self.tree.node(parent).children.clone();
        for (child, node) in children.into_iter().zip(body) {
            let now = self.refresh(child, node, env);
            self.replace(parent, child, now);
        }
    }

    /// Updates one node that goes where it stands.
    pub(super) fn refresh_node(&mut self, id: NodeId, node: &program::Node, env: &mut Env) {
        match node {
            program::Node::Text(content) => {
                if self.touch(content, env).is_touched() {
                    let text = self.text(content, env);
                    self.tree.node_mut(id).kind = Kind::Text(text);
                }
            }
            program::Node::Element(element) => self.refresh_element(id, element, env),
            program::Node::Block { slot, body, .. } => {
                self.refresh_block_slot(id, slot.as_ref(), env);
                self.refill(id, body, env);
            }
            program::Node::If {
                branches,
                otherwise,
            } => {
                let (key, body) = self.branch(branches, otherwise, env);
                self.show_branch(id, key, &body, env);
            }
            program::Node::For {
                list,
                key,
                body,
                reads,
            } => {
                let touch = self.touch(list, env);
                let around = reads.touched(&env.touch, &env.touches);
                // Nothing that the list shows changed otherwise.
                if touch.is_touched() || around {
                    self.refresh_list(id, (list, &touch), key.as_deref(), (body, around), env);
                }
            }
            program::Node::Template { is, data, place } => {
                let name = self.text(is, env);
                let found = self.template(&name, data, *place, env);
                let (mut inner, body) = found.unwrap_or_else(|| (env.clone(), Rc::from([])));
                self.show_branch(id, name, &body, &mut inner);
            }
            program::Node::Include { file, .. } => {
                if let Some((mut inner, body)) = self.included(file, env) {
                    self.refill(id, &body, &mut inner);
                }
            }
            program::Node::Slot {
                name, slot, values, ..
            } => {
                self.refresh_slot(id, name, slot.as_ref(), values, env);
            }
        }
    }

    fn refresh_block_slot(&mut self, id: NodeId, slot: Option<&Expr>, env: &mut Env) {
        if let Some(slot) = slot
            && self.touch(slot, env).is_touched()
        {
            let slot = Some(self.text(slot, env));
            self.tree.node_mut(id).kind = Kind::Virtual(Virtual::Block { slot });
        }
    }

    fn refresh_slot(
        &mut self,
        id: NodeId,
        name: &Expr,
        slot: Option<&Expr>,
        values: &[(Rc<str>, Expr)],
        env: &mut Env,
    ) {
        let name = self
            .touch(name, env)
            .is_touched()
            .then(|| self.text(name, env));
        let to = slot.map(|slot| self.text(slot, env));
        let mut given = Vec::new();
        for (own, value) in values {
            if self.touch(value, env).is_touched() {
                given.push((Rc::clone(own), self.eval(value, env)));
            }
        }
        let tells = name.is_some() || !given.is_empty();
        if let Kind::Virtual(Virtual::Slot(own)) = &mut self.tree.node_mut(id).kind {
            if let Some(name) = name {
                own.name = name;
            }
            own.slot = to;
            for (name, value) in given {
                set_named(&mut own.values, &name, value);
            }
        }
        if tells {
            self.slot_changed();
        }
    }

    /// What is in dynamic slots of the host is to be made again.
    pub(super) fn slot_changed(&mut self) {
        let host = self.host;
        if self.has_dynamic_slots(host) && !self.orders.contains(&Order::Slots(host)) {
            self.orders.push(Order::Slots(host));
        }
    }

    /// Shows a branch: the one that is there is updated, another one takes its place.
    fn show_branch(&mut self, id: NodeId, key: Rc<str>, body: &[program::Node], env: &mut Env) {
        let is_same = matches!(
            &self.tree.node(id).kind,
            Kind::Virtual(Virtual::Branch(old)) if *old == key
        );
        if is_same {
            self.refill(id, body, env);
            return;
        }
        let old = std::mem::take(&mut self.tree.node_mut(id).children);
        self.tree.node_mut(id).kind = Kind::Virtual(Virtual::Branch(key));
        let touch = std::mem::replace(&mut env.touch, Touch::All);
        self.fill(id, body, env);
        env.touch = touch;
        // The old branch goes, then the new one comes, as if one node took the place of another.
        self.remove(old);
        self.inserted(id);
        self.slot_changed();
    }

    pub(super) fn remove(&mut self, nodes: Vec<NodeId>) {
        for node in nodes {
            let detached = self.tree.detach(node);
            if !detached.is_empty() {
                self.orders.push(Order::Detached(detached));
            }
            self.gone.push(node);
        }
    }

    /// Tells that new nodes came under a node that is on the page.
    pub(super) fn inserted(&mut self, parent: NodeId) {
        if !self.tree.node(parent).attached {
            return;
        }
        for child in self.tree.node(parent).children.clone() {
            if !self.tree.node(child).attached {
                self.orders.push(Order::Inserted(child));
            }
        }
    }

    fn refresh_element(&mut self, id: NodeId, written: &program::Element, env: &mut Env) {
        self.refresh_texts(id, written, env);
        self.refresh_named(id, written, env);
        let mut passed = Vec::new();
        if self.any_touched(written.id.iter(), env) {
            self.set_id(id, written, env, &mut passed);
            if let Some(own) = self.tree.node(id).element().map(|own| Rc::clone(&own.id)) {
                self.tell_text(id, "id", &own);
            }
        }
        let style_touched = self.any_touched(written.style.iter(), env)
            || self.any_touched(written.style_names.iter().map(|(_, own)| own), env);
        if style_touched {
            self.set_style(id, written, env, &mut passed);
        }
        for attribute in attributes(written) {
            if self.is_handler(id, attribute) {
                continue;
            }
            let model = attribute.model.as_ref();
            if self.touch(&attribute.value, env).is_touched() {
                let value = self.eval(&attribute.value, env);
                let model = model.and_then(|model| self.path(model, env));
                self.set_attribute(id, &attribute.name, value, model, &mut passed);
            }
        }
        if let Some(component) = self.tree.node(id).component()
            && !passed.is_empty()
        {
            let instance = component.instance;
            self.orders.push(Order::Pass {
                instance,
                values: passed,
            });
        }
        self.refresh_content(id, written, env);
    }

    fn refresh_content(&mut self, id: NodeId, written: &program::Element, env: &mut Env) {
        if self.has_dynamic_slots(id) {
            self.keep_content(id, written, env);
            self.orders.push(Order::Slots(id));
            return;
        }
        self.refill(id, &written.body, env);
    }

    /// Class and slot.
    fn refresh_texts(&mut self, id: NodeId, written: &program::Element, env: &mut Env) {
        let class_touched = self.any_touched(written.class.iter(), env)
            || self.any_touched(
                written
                    .class_names
                    .iter()
                    .filter_map(|(_, own)| own.as_ref()),
                env,
            );
        if class_touched {
            let classes = self.classes(written, env);
            let element = self.element_mut(id);
            element.write_classes(classes.clone());
            if let Some(component) = element.component.as_deref_mut()
                && component
                    .definition
                    .external_classes
                    .iter()
                    .any(|own| &**own == "class")
            {
                set_named(&mut component.external_classes, "class", classes);
            }
        }
        if let Some(slot) = self.touched_text(written.slot.as_ref(), env) {
            self.element_mut(id).slot = slot;
        }
    }

    /// Dataset, marks and handlers.
    fn refresh_named(&mut self, id: NodeId, written: &program::Element, env: &mut Env) {
        for (name, value) in &written.dataset {
            if self.touch(value, env).is_touched() {
                let value = self.eval(value, env);
                set_named(&mut self.element_mut(id).dataset, name, value);
            }
        }
        for (name, value) in &written.marks {
            if self.touch(value, env).is_touched() {
                let value = self.eval(value, env);
                set_named(&mut self.element_mut(id).marks, name, value);
            }
        }
        if self.any_touched(written.events.iter().map(|own| &own.handler), env) {
            let component = self.tree.node(id).component();
            let definition = component.map(|own| Rc::clone(&own.definition));
            let events = self.events(&written.events, definition.as_deref(), env);
            self.element_mut(id).events = events;
        }
    }

    fn tell_text(&mut self, id: NodeId, name: &str, value: &Rc<str>) {
        self.tell_change(id, &name.into(), &Val::Text(Rc::clone(value)));
    }

    fn touched_text(&mut self, expression: Option<&Expr>, env: &Env) -> Option<Rc<str>> {
        let expression = expression?;
        self.touch(expression, env)
            .is_touched()
            .then(|| self.text(expression, env))
    }

    fn any_touched<'b>(&mut self, expressions: impl Iterator<Item = &'b Expr>, env: &Env) -> bool {
        let mut expressions = expressions;
        expressions.any(|expression| self.touch(expression, env).is_touched())
    }

    /// The element of a node that was made from one.
    fn element_mut(&mut self, id: NodeId) -> &mut super::Element {
        let element = self.tree.node_mut(id).element_mut();
        element.expect("made from an element of the program")
    }

    fn refresh_list(
        &mut self,
        id: NodeId,
        (list, touch): (&Expr, &Touch),
        key: Option<&str>,
        (body, around): (&[program::Node], bool),
        env: &mut Env,
    ) {
        let value = self.eval(list, env);
        let path = self.path(list, env);
        let Kind::Virtual(Virtual::List(old)) = &self.tree.node(id).kind else {
            return;
        };
        let old = old.clone();
        let items = Items::of(&value, key, Some((&old, touch)));
        let touches = item_touches(&items, &old, touch, key);
        let mut list = ListUpdate {
            id,
            items: &items,
            old: &old,
            touches: &touches,
            path: path.as_deref(),
            body,
            around,
        };
        let keyed = items.keys().zip(old.keys.as_deref());
        match keyed.filter(|_| touch.is_touched() && !fits(&items, &old)) {
            Some((new, old_keys)) => self.move_items(&mut list, old_keys, new, env),
            None => self.match_items(&mut list, env),
        }
        self.tree.node_mut(id).kind = Kind::Virtual(Virtual::List(items.into_state()));
    }

    /// Updates item by item; what is too much at the end goes, what is missing comes.
    fn match_items(&mut self, list: &mut ListUpdate<'_>, env: &mut Env) {
        let children = self.tree.node(list.id).children.clone();
        let kept = children.len().min(list.items.len());
        for (at, child) in children.iter().take(kept).enumerate() {
            self.refresh_item(list, *child, at, at, env);
        }
        if children.len() > kept {
            self.tree.node_mut(list.id).children.truncate(kept);
            self.remove(children[kept..].to_vec());
        } else if list.items.len() > kept {
            for at in kept..list.items.len() {
                let child = self.create_item(list.items, at, list.path, list.body, env);
                self.tree.append(list.id, child);
            }
            self.inserted(list.id);
        } else {
            return;
        }
        self.slot_changed();
    }

    fn refresh_item(
        &mut self,
        list: &ListUpdate<'_>,
        child: NodeId,
        at: usize,
        old_at: usize,
        env: &mut Env,
    ) {
        let index = if list.items.index_changed(at, list.old, old_at) {
            Touch::All
        } else {
            Touch::None
        };
        let item = list.touches[at].clone();
        if !item.is_touched() && !index.is_touched() && !list.around {
            return;
        }
        list.items.enter(at, list.path, (item, index), env);
        self.refill(child, list.body, env);
        env.pop(2);
    }

    /// Brings items with keys into their new order with the least moves.
    fn move_items(
        &mut self,
        list: &mut ListUpdate<'_>,
        old_keys: &[Rc<str>],
        new_keys: &[Rc<str>],
        env: &mut Env,
    ) {
        let old_children = self.tree.node(list.id).children.clone();
        let (from, stays) = stay_or_move(old_keys, new_keys);
        let mut children = Vec::with_capacity(from.len());
        for (at, place) in from.iter().enumerate() {
            let child = match place {
                Some(place) => old_children[*place],
                None => self.create_item(list.items, at, list.path, list.body, env),
            };
            children.push(child);
        }
        for child in &children {
            self.tree.node_mut(*child).parent = Some(list.id);
        }
        self.tree.node_mut(list.id).children.clone_from(&children);
        let used: BTreeSet<usize> = from.iter().flatten().copied().collect();
        let mut old_at = 0;
        for (at, child) in children.iter().enumerate() {
            // Old items up to the next one that stays go before what comes in their place.
            let next = (at..stays.len())
                .find(|at| stays[*at])
                .and_then(|at| from[at]);
            let end = next.unwrap_or(old_children.len());
            self.remove_unused(&old_children, &used, &mut old_at, end);
            match from[at] {
                None => self.inserted_one(list.id, *child),
                Some(place) => {
                    if !stays[at] {
                        self.moved(list.id, *child);
                    }
                    self.refresh_item(list, *child, at, place, env);
                }
            }
        }
        self.remove_unused(&old_children, &used, &mut old_at, old_children.len());
        self.slot_changed();
    }

    fn remove_unused(
        &mut self,
        children: &[NodeId],
        used: &BTreeSet<usize>,
        from: &mut usize,
        end: usize,
    ) {
        while *from < end {
            if !used.contains(from) {
                self.remove(vec![children[*from]]);
            }
            *from += 1;
        }
    }

    fn inserted_one(&mut self, parent: NodeId, child: NodeId) {
        if self.tree.node(parent).attached {
            self.orders.push(Order::Inserted(child));
        }
    }

    fn moved(&mut self, parent: NodeId, child: NodeId) {
        if self.tree.node(parent).attached {
            let moved = self.tree.moved(child);
            if !moved.is_empty() {
                self.orders.push(Order::Moved(moved));
            }
        }
    }
}

/// One update of a list.
struct ListUpdate<'a> {
    id: NodeId,
    items: &'a Items,
    old: &'a ListState,
    /// Touched parts of each item.
    touches: &'a [Touch],
    path: Option<&'a [Segment]>,
    body: &'a [program::Node],
    /// Whether the content reads something else that was touched.
    around: bool,
}

/// Whether the keys are the same as before.
fn fits(items: &Items, old: &ListState) -> bool {
    items.keys() == old.keys.as_deref()
}

/// The touched parts of each item. An item whose key was touched, or shares its key with others, is
/// touched as a whole.
fn item_touches(items: &Items, old: &ListState, touch: &Touch, key: Option<&str>) -> Vec<Touch> {
    let Touch::Paths(parts) = touch else {
        return vec![touch.clone(); items.len()];
    };
    let mut touches = vec![Touch::None; items.len()];
    for (name, part) in parts.iter() {
        if let Some(at) = items.place(name) {
            touches[at] = if key_touched(part, key) {
                Touch::All
            } else {
                part.clone()
            };
        }
    }
    let shared: BTreeSet<&str> = old
        .shared
        .iter()
        .chain(items.shared())
        .map(|key| &**key)
        .collect();
    for (at, own) in items.keys().unwrap_or_default().iter().enumerate() {
        if shared.is_empty() {
            break;
        }
        let base = own.rsplit_once("--").map_or(&**own, |(base, _)| base);
        if shared.contains(&**own) || shared.contains(base) {
            touches[at] = Touch::All;
        }
    }
    touches
}
