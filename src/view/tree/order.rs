//! What the logic layer has to do because the view changed, in order.

use std::rc::Rc;

use super::{Kind, Node, NodeId, Tree};
use crate::view::value::Val;

/// One thing to do. The tree is complete before the first order is carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// A component was made: its instance, its own shadow tree, `created`.
    Create {
        /// Number of the new instance.
        instance: u32,
        /// Path of its files.
        path: Rc<str>,
        /// Its element.
        node: NodeId,
    },
    /// The template passes property values to a component.
    Pass {
        /// The instance.
        instance: u32,
        /// Names in camel case with the values, in the order written.
        values: Vec<(Rc<str>, Val)>,
    },
    /// Nodes came to the page: `attached` of all components in them.
    Inserted(NodeId),
    /// Components left the page: `detached` of each, in order.
    Detached(Vec<u32>),
    /// Components changed their place: `moved` of each, in order.
    Moved(Vec<u32>),
    /// The content of a component with `dynamicSlots` is to be made again.
    Slots(NodeId),
    /// A `change:` function hears of a value.
    Changed {
        /// The element.
        node: NodeId,
        /// The function.
        handler: Val,
        /// The value.
        value: Val,
        /// The value before.
        old: Val,
    },
}

impl Tree {
    /// Marks nodes as part of the page and lists the components in them as they are attached:
    /// each before its own shadow tree, that before its content.
    pub fn attach(&mut self, id: NodeId) -> Vec<u32> {
        let mut found = Vec::new();
        self.attach_into(id, &mut found);
        found
    }

    fn attach_into(&mut self, id: NodeId, found: &mut Vec<u32>) {
        let Some(node) = self.find_mut(id) else {
            return;
        };
        if node.attached {
            return;
        }
        node.attached = true;
        let (root, children) = below(node);
        found.extend(node.component().map(|component| component.instance));
        for child in root.into_iter().chain(children) {
            self.attach_into(child, found);
        }
    }

    /// Marks nodes as no part of the page and lists the components in them as they are detached:
    /// content first, then the shadow tree, then the component.
    pub fn detach(&mut self, id: NodeId) -> Vec<u32> {
        let mut found = Vec::new();
        self.walk_up(
            id,
            &mut |node| {
                let was = std::mem::take(&mut node.attached);
                node.component().filter(|_| was).map(|own| own.instance)
            },
            &mut found,
        );
        found
    }

    /// The components in nodes that changed their place, in the order of `moved`.
    pub(super) fn moved(&mut self, id: NodeId) -> Vec<u32> {
        let mut found = Vec::new();
        self.walk_up(
            id,
            &mut |node| {
                let attached = node.attached;
                node.component()
                    .filter(|_| attached)
                    .map(|own| own.instance)
            },
            &mut found,
        );
        found
    }

    fn walk_up(
        &mut self,
        id: NodeId,
        visit: &mut impl FnMut(&mut Node) -> Option<u32>,
        found: &mut Vec<u32>,
    ) {
        let Some(node) = self.find_mut(id) else {
            return;
        };
        let (root, children) = below(node);
        for child in children.into_iter().chain(root) {
            self.walk_up(child, visit, found);
        }
        if let Some(node) = self.find_mut(id) {
            found.extend(visit(node));
        }
    }

    /// The components in a node, each before those in its shadow tree and in its content.
    pub fn components(&self, id: NodeId, found: &mut Vec<u32>) {
        let Some(node) = self.find(id) else {
            return;
        };
        found.extend(node.component().map(|component| component.instance));
        let (root, children) = below(node);
        for child in root.into_iter().chain(children) {
            self.components(child, found);
        }
    }

    /// Removes nodes for good, with the shadow trees of the components in them.
    pub fn drop_nodes(&mut self, id: NodeId) {
        let Some(node) = self.nodes.get_mut(id.0 as usize).and_then(Option::take) else {
            return;
        };
        let (root, children) = below(&node);
        for child in root.into_iter().chain(children) {
            self.drop_nodes(child);
        }
    }
}

/// The shadow root and the children of a node.
fn below(node: &Node) -> (Option<NodeId>, Vec<NodeId>) {
    let root = match &node.kind {
        Kind::Element(_) => node.component().and_then(|component| component.root),
        _ => None,
    };
    (root, node.children.clone())
}
