//! `dynamicSlots`: content that is made once for each slot, with the values that the slot gives.
//!
//! Official page: `framework/custom-component/glass-easel/dynamic-slots` of the framework's guide.
//! Values reach the nodes that stand in the content directly; those inside a block, a condition, a
//! list or a template choose their slot too, but get no values.

use std::rc::Rc;

use super::render::Env;
use super::{Kind, NodeId, Render, Tree, Virtual};
use crate::view::coerce;
use crate::view::program::{self, SlotValue};
use crate::view::touch::Touch;
use crate::view::value::Val;

/// What is to be put into each slot.
#[derive(Clone, Debug)]
pub(super) struct Content {
    body: Rc<[program::Node]>,
    env: Box<Env>,
}

/// What is in one slot.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// The slot.
    pub slot: NodeId,
    /// Nodes, one for each node of the content; those that go to another slot are placeholders.
    pub nodes: Vec<NodeId>,
    /// The slot's name when they were made.
    name: Rc<str>,
    /// Values with which they were rendered.
    seen: Vec<(Rc<str>, Val)>,
}

/// The slot that content is made for.
#[derive(Clone, Debug)]
pub(super) struct Filling {
    name: Rc<str>,
    values: Rc<[(Rc<str>, Val, Touch)]>,
}

impl Filling {
    /// What nodes inside a node of the content are made for; `None` when they do not choose.
    fn within(&self, node: &program::Node) -> Option<Self> {
        let chooses = match node {
            program::Node::Block { slot, .. } => slot.is_none(),
            program::Node::If { .. }
            | program::Node::For { .. }
            | program::Node::Template { .. }
            | program::Node::Include { .. } => true,
            program::Node::Text(_) | program::Node::Element(_) | program::Node::Slot { .. } => {
                false
            }
        };
        chooses.then(|| Self {
            name: Rc::clone(&self.name),
            values: Rc::from([]),
        })
    }
}

/// What one node of a program and the slot it is made for come to.
struct Place {
    fits: bool,
    outer: Option<Filling>,
    taken: usize,
}

impl Render<'_> {
    /// Keeps the content of a component with dynamic slots until its slots are known.
    pub(super) fn keep_content(&mut self, id: NodeId, written: &program::Element, env: &Env) {
        let mut env = Box::new(env.clone());
        env.filling = None;
        let body = Rc::clone(&written.body);
        let Some(component) = self.component_of(id) else {
            return;
        };
        let waits = |content: &Content| {
            let old = &content.env;
            old.touch.is_touched() || old.touches.iter().any(Touch::is_touched)
        };
        if component.content.as_ref().is_some_and(waits) {
            // An earlier change is not rendered yet.
            env.touch_all();
        }
        component.content = Some(Content { body, env });
    }

    /// Makes or updates what is in the slots of a component with dynamic slots.
    pub fn fill_slots(&mut self, id: NodeId) {
        let Some(component) = self.component_of(id) else {
            return;
        };
        let Some(content) = component.content.clone() else {
            return;
        };
        let old = std::mem::take(&mut component.filled);
        self.host = self.tree.node(id).host;
        let slots = self.tree.slots_of(id);
        let is_kept = |own: &Filled| {
            slots
                .iter()
                .any(|(slot, name)| *slot == own.slot && *name == own.name)
        };
        let (kept, gone): (Vec<Filled>, Vec<Filled>) = old.into_iter().partition(is_kept);
        let gone: Vec<NodeId> = gone.into_iter().flat_map(|own| own.nodes).collect();
        let children = &mut self.tree.node_mut(id).children;
        children.retain(|child| !gone.contains(child));
        let is_changed = !gone.is_empty() || slots.len() > kept.len();
        self.remove(gone);
        let mut filled = Vec::new();
        for (slot, _) in &slots {
            let known = kept.iter().find(|own| own.slot == *slot);
            filled.push(self.fill_slot(id, *slot, &content, known));
        }
        if let Some(component) = self.component_of(id) {
            component.filled = filled;
            if let Some(content) = &mut component.content {
                // What the host changed is rendered now.
                content.env.touch_none();
            }
        }
        self.inserted(id);
        if is_changed {
            self.slot_changed();
        }
    }

    fn fill_slot(
        &mut self,
        id: NodeId,
        slot: NodeId,
        content: &Content,
        known: Option<&Filled>,
    ) -> Filled {
        let Kind::Virtual(Virtual::Slot(own)) = self.tree.node(slot).kind.clone() else {
            unreachable!("listed as a slot");
        };
        let before = known.map_or(&[][..], |known| &known.seen);
        let values = own.values.iter().map(|(name, value)| {
            let seen = before.iter().find(|(own, _)| own == name);
            let is_same = seen.is_some_and(|(_, seen)| coerce::same(seen, value));
            let touch = if is_same { Touch::None } else { Touch::All };
            (Rc::clone(name), value.clone(), touch)
        });
        let mut env = (*content.env).clone();
        env.filling = Some(Filling {
            name: Rc::clone(&own.name),
            values: values.collect(),
        });
        let mut nodes = Vec::new();
        for (at, node) in content.body.iter().enumerate() {
            let old = known.and_then(|known| known.nodes.get(at).copied());
            let made = if let Some(old) = old {
                let made = self.refresh(old, node, &mut env);
                self.replace(id, old, made);
                made
            } else {
                let made = self.create(node, &mut env);
                self.tree.append(id, made);
                made
            };
            nodes.push(made);
        }
        Filled {
            slot,
            nodes,
            name: own.name,
            seen: own.values,
        }
    }

    /// Puts a node in the place of another one, when it is another one.
    pub(super) fn replace(&mut self, parent: NodeId, old: NodeId, new: NodeId) {
        if old == new {
            return;
        }
        for child in &mut self.tree.node_mut(parent).children {
            if *child == old {
                *child = new;
            }
        }
        self.tree.node_mut(new).parent = Some(parent);
        self.remove(vec![old]);
        self.inserted(parent);
        self.slot_changed();
    }

    /// Makes one node with all that is in it; a placeholder when it goes to another slot than the one
    /// that is filled.
    pub(super) fn create(&mut self, node: &program::Node, env: &mut Env) -> NodeId {
        let place = self.enter_node(node, env);
        let id = if place.fits {
            self.create_node(node, env)
        } else {
            let slot = Some(PLACEHOLDER.into());
            self.add(Kind::Virtual(Virtual::Block { slot }))
        };
        leave_node(place, env);
        id
    }

    /// Updates one node; gives another one when it now goes to the slot that is filled, or no more.
    pub(super) fn refresh(&mut self, id: NodeId, node: &program::Node, env: &mut Env) -> NodeId {
        let place = self.enter_node(node, env);
        let did_fit = place.outer.is_none() || !self.is_placeholder(id);
        let now = match (did_fit, place.fits) {
            (true, true) => {
                self.refresh_node(id, node, env);
                id
            }
            (false, false) => id,
            (false, true) => self.create_node(node, env),
            (true, false) => {
                let slot = Some(PLACEHOLDER.into());
                self.add(Kind::Virtual(Virtual::Block { slot }))
            }
        };
        leave_node(place, env);
        now
    }

    /// Lets the expressions of a node see the slot values it takes, and says whether it goes to the
    /// slot that is filled.
    fn enter_node(&mut self, node: &program::Node, env: &mut Env) -> Place {
        let outer = env.filling.take();
        let (slot, names): (_, &[SlotValue]) = match node {
            program::Node::Element(own) => (own.slot.as_ref(), &own.slot_values),
            program::Node::Block {
                slot, slot_values, ..
            } => (slot.as_ref(), slot_values),
            program::Node::Slot { common, .. } => (None, &common.slot_values),
            _ => (None, &[]),
        };
        for name in names {
            let values = outer.as_ref().map_or(&[][..], |outer| &outer.values);
            let given = values.iter().find(|(own, ..)| *own == name.name);
            let (value, touch) = given
                .map_or((Val::Undefined, Touch::None), |(_, value, touch)| {
                    (value.clone(), touch.clone())
                });
            env.push(value, touch, None);
        }
        let fits = outer.as_ref().is_none_or(|outer| match (node, slot) {
            (program::Node::Text(_), _) | (program::Node::Element(_), None) => {
                outer.name.is_empty()
            }
            (_, Some(slot)) => self.text(slot, env) == outer.name,
            (_, None) => true,
        });
        env.filling = outer.as_ref().and_then(|outer| outer.within(node));
        Place {
            fits,
            outer,
            taken: names.len(),
        }
    }

    fn is_placeholder(&self, id: NodeId) -> bool {
        matches!(
            &self.tree.node(id).kind,
            Kind::Virtual(Virtual::Block { slot: Some(slot) }) if &**slot == PLACEHOLDER
        )
    }
}

fn leave_node(place: Place, env: &mut Env) {
    env.filling = place.outer;
    env.pop(place.taken);
}

/// The slot that no slot is named like.
const PLACEHOLDER: &str = "\u{0}";

impl Tree {
    /// The slots in the shadow tree of a component with their names, in order.
    fn slots_of(&self, host: NodeId) -> Vec<(NodeId, Rc<str>)> {
        let mut found = Vec::new();
        let root = self
            .node(host)
            .component()
            .and_then(|component| component.root);
        let mut stack: Vec<NodeId> = root.into_iter().collect();
        while let Some(id) = stack.pop() {
            let node = self.node(id);
            if let Kind::Virtual(Virtual::Slot(own)) = &node.kind {
                found.push((id, Rc::clone(&own.name)));
            }
            stack.extend(node.children.iter().rev());
        }
        found
    }
}
