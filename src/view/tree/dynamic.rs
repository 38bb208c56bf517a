//! `dynamicSlots`: content that is made once for each slot, with the values that the slot gives.
//!
//! Official page: `framework/custom-component/glass-easel/dynamic-slots` of the framework's guide.

use std::rc::Rc;

use super::render::Env;
use super::{Kind, Node, NodeId, Render, Tree, Virtual};
use crate::view::program::{self, SlotValue};
use crate::view::touch::Touch;
use crate::view::value::Val;

/// What is to be put into each slot.
#[derive(Clone, Debug)]
pub(super) struct Content {
    body: Rc<[program::Node]>,
    values: Rc<[SlotValue]>,
    env: Box<Env>,
}

/// What is in one slot.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// The slot.
    pub slot: NodeId,
    /// Nodes, one for each node of the content; those that go to another slot are empty blocks.
    pub nodes: Vec<NodeId>,
    /// Values with which they were rendered.
    seen: Vec<Val>,
}

impl Render<'_> {
    /// Keeps the content of a component with dynamic slots until its slots are known.
    pub(super) fn keep_content(&mut self, id: NodeId, written: &program::Element, env: &Env) {
        let content = Content {
            body: Rc::clone(&written.body),
            values: Rc::clone(&written.slot_values),
            env: Box::new(env.clone()),
        };
        if let Some(component) = self.component_of(id) {
            component.content = Some(content);
        }
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
        let mut filled = Vec::new();
        for slot in &slots {
            let known = old.iter().find(|own| own.slot == *slot);
            filled.push(self.fill_slot(id, *slot, &content, known));
        }
        let children: Vec<NodeId> = filled
            .iter()
            .flat_map(|own| own.nodes.iter().copied())
            .collect();
        let before = std::mem::replace(&mut self.tree.node_mut(id).children, children.clone());
        let gone = before
            .into_iter()
            .filter(|node| !children.contains(node))
            .collect();
        self.remove(gone);
        if let Some(component) = self.component_of(id) {
            component.filled = filled;
            if let Some(content) = &mut component.content {
                // What the host changed is rendered now.
                content.env.touch = Touch::None;
                content
                    .env
                    .touches
                    .iter_mut()
                    .for_each(|touch| *touch = Touch::None);
            }
        }
        self.inserted(id);
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
        let mut env = (*content.env).clone();
        let mut seen = Vec::new();
        for (at, value) in content.values.iter().enumerate() {
            let given = own.values.iter().find(|(name, _)| *name == value.name);
            let given = given.map(|(_, value)| value.clone()).unwrap_or_default();
            let is_same = known
                .as_ref()
                .is_some_and(|known| known.seen.get(at) == Some(&given));
            let touch = if is_same { Touch::None } else { Touch::All };
            seen.push(given.clone());
            env.push(given, touch, None);
        }
        let mut nodes = Vec::new();
        for (at, node) in content.body.iter().enumerate() {
            let old = known
                .as_ref()
                .and_then(|known| known.nodes.get(at).copied());
            nodes.push(self.fill_one(id, node, &own.name, old, &mut env));
        }
        Filled { slot, nodes, seen }
    }

    /// One node of the content in one slot: an empty block when it goes to another one.
    fn fill_one(
        &mut self,
        id: NodeId,
        node: &program::Node,
        slot: &str,
        old: Option<NodeId>,
        env: &mut Env,
    ) -> NodeId {
        let written = match node {
            program::Node::Element(element) => element.slot.as_ref(),
            program::Node::Block { slot, .. } => slot.as_ref(),
            _ => None,
        };
        let name = written.map_or_else(|| "".into(), |written| self.text(written, env));
        let inherits = matches!(
            node,
            program::Node::If { .. } | program::Node::For { .. } | program::Node::Template { .. }
        );
        let fits = inherits || &*name == slot;
        let was = old.filter(|old| !self.is_placeholder(*old));
        if fits && let Some(old) = was {
            self.refresh(old, node, env);
            return old;
        }
        if !fits && let Some(old) = old.filter(|_| was.is_none()) {
            return old;
        }
        let made = if fits {
            let touch = std::mem::replace(&mut env.touch, Touch::All);
            let made = self.create(node, env);
            env.touch = touch;
            made
        } else {
            self.tree.add(Node {
                parent: None,
                host: self.host,
                children: Vec::new(),
                kind: Kind::Virtual(Virtual::Block {
                    slot: Some(PLACEHOLDER.into()),
                }),
                attached: false,
            })
        };
        self.tree.node_mut(made).parent = Some(id);
        made
    }

    fn is_placeholder(&self, id: NodeId) -> bool {
        matches!(
            &self.tree.node(id).kind,
            Kind::Virtual(Virtual::Block { slot: Some(slot) }) if &**slot == PLACEHOLDER
        )
    }
}

/// The slot that no slot is named like.
const PLACEHOLDER: &str = "\u{0}";

impl Tree {
    /// The slots in the shadow tree of a component, in order.
    pub fn slots_of(&self, host: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        let root = self
            .node(host)
            .component()
            .and_then(|component| component.root);
        let mut stack: Vec<NodeId> = root.into_iter().collect();
        while let Some(id) = stack.pop() {
            let node = self.node(id);
            if let Kind::Virtual(Virtual::Slot(_)) = &node.kind {
                found.push(id);
            }
            stack.extend(node.children.iter().rev());
        }
        found
    }
}
