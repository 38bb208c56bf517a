//! The tree as a web view sees it: shadow trees in the place of components, slot contents in the
//! place of slots, no virtual nodes and no hosts that draw nothing.

use std::collections::BTreeMap;

use crate::view::tree::{Element, Kind, NodeId, Tree};

/// A drawn node's place in [`Drawn`].
pub type Index = usize;

/// The drawn nodes in document order.
#[derive(Debug, Default)]
pub struct Drawn {
    nodes: Vec<DrawnNode>,
    places: BTreeMap<NodeId, Index>,
}

/// A drawn element or text.
#[derive(Debug)]
pub struct DrawnNode {
    /// The node.
    pub id: NodeId,
    /// The element it is drawn in; the page has none.
    pub parent: Option<Index>,
    /// What is drawn in it, in order.
    pub children: Vec<Index>,
    /// Number among the elements of its parent, from 1; 0 for texts.
    pub number: usize,
    /// Elements in it.
    pub elements: usize,
    /// The element before it in the same parent.
    pub before: Option<Index>,
}

impl Drawn {
    /// Reads a tree.
    pub fn new(tree: &Tree) -> Self {
        let mut drawn = Self::default();
        // An explicit stack: deep trees must not end the process.
        let mut stack = vec![(tree.page(), None)];
        while let Some((id, parent)) = stack.pop() {
            let inner = if is_transparent(tree, id) {
                parent
            } else {
                Some(drawn.add(tree, id, parent))
            };
            let children = tree.drawn_children(id);
            stack.extend(children.into_iter().rev().map(|child| (child, inner)));
        }
        drawn
    }

    fn add(&mut self, tree: &Tree, id: NodeId, parent: Option<Index>) -> Index {
        let index = self.nodes.len();
        let mut node = DrawnNode {
            id,
            parent,
            children: Vec::new(),
            number: 0,
            elements: 0,
            before: None,
        };
        if let Some(parent) = parent {
            if tree.node(id).element().is_some() {
                let siblings = &self.nodes[parent].children;
                node.before = siblings
                    .iter()
                    .rev()
                    .copied()
                    .find(|at| self.nodes[*at].number > 0);
                self.nodes[parent].elements += 1;
                node.number = self.nodes[parent].elements;
            }
            self.nodes[parent].children.push(index);
        }
        self.nodes.push(node);
        self.places.insert(id, index);
        index
    }

    /// A node by place.
    pub fn node(&self, index: Index) -> &DrawnNode {
        &self.nodes[index]
    }

    /// Where a node is drawn; `None` when it is not.
    pub fn place(&self, id: NodeId) -> Option<Index> {
        self.places.get(&id).copied()
    }

    /// Number of drawn nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// Whether a node has no box of its own and lets its content through.
fn is_transparent(tree: &Tree, id: NodeId) -> bool {
    let node = tree.node(id);
    match &node.kind {
        Kind::Root | Kind::Virtual(_) => true,
        Kind::Text(_) => false,
        Kind::Element(element) => id != tree.page() && draws_nothing(element),
    }
}

fn draws_nothing(element: &Element) -> bool {
    element
        .component
        .as_ref()
        .is_some_and(|component| component.definition.virtual_host)
}
