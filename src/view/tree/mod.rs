//! The tree of one page: shadow trees of the page and of the components in it.

mod definition;
mod dynamic;
mod element;
mod list;
mod node;
mod order;
mod overlay;
mod placeholder;
mod render;
mod trouble;
mod update;

pub use definition::{Book, Definition, Slots};
pub use element::camel_case;
pub use list::ListState;
pub use node::{Binding, Change, Component, Element, Kind, Node, NodeId, Slot, Virtual, Waiting};
pub use order::Order;
pub use overlay::Overlay;
pub use render::Render;
pub use trouble::{Trouble, TroubleKind};

use std::rc::Rc;

use super::coerce;
use super::stir::Lively;
use super::value::Val;

/// The nodes of one page.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Option<Node>>,
    page: Option<NodeId>,
    tab_bar: Option<NodeId>,
    focused: Option<NodeId>,
    /// Width and height of the window, for `match-media`.
    window: (f64, f64),
    pub(in crate::view) lively: Lively,
    moves: Vec<Move>,
}

/// A scroll-view that is to be moved, with the attribute that says so and its value.
pub type Move = (NodeId, Rc<str>, Val);

impl Tree {
    /// The page's own element, the host of the outermost shadow tree.
    ///
    /// # Panics
    /// When no page was rendered into the tree.
    pub fn page(&self) -> NodeId {
        self.page.expect("the tree has a page")
    }

    /// The element of the tab bar that the program draws itself, when the page has it.
    pub fn tab_bar(&self) -> Option<NodeId> {
        self.tab_bar
    }

    /// A scroll-view is to be moved as one of its attributes says.
    pub fn ask_move(&mut self, node: NodeId, name: &str, value: Val) {
        self.moves.push((node, name.into(), value));
    }

    /// Whether scroll-views are to be moved.
    pub fn has_moves(&self) -> bool {
        !self.moves.is_empty()
    }

    /// Scroll-views that are to be moved, in order; they count as moved.
    pub fn take_moves(&mut self) -> Vec<Move> {
        std::mem::take(&mut self.moves)
    }

    /// The field that has the keyboard.
    pub fn focused(&self) -> Option<NodeId> {
        self.focused
    }

    /// Gives the keyboard to a field, or takes it away.
    pub fn set_focused(&mut self, field: Option<NodeId>) {
        self.focused = field;
    }

    /// The node in which one is drawn: of content the slot, of a shadow root its component.
    pub fn drawn_parent(&self, id: NodeId) -> Option<NodeId> {
        let node = self.find(id)?;
        if let Kind::Root = node.kind {
            return Some(node.host);
        }
        super::bubbling::drawn_in(self, id)
    }

    /// A node.
    ///
    /// # Panics
    /// When the node is gone.
    pub fn node(&self, id: NodeId) -> &Node {
        self.find(id).expect("the node is in the tree")
    }

    /// A node, when it is still there.
    pub fn find(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)?.as_ref()
    }

    /// Adds a node without a parent.
    ///
    /// # Panics
    /// When there are more than 2^32 nodes.
    pub fn add(&mut self, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("fewer nodes than numbers"));
        self.lively.note(id, &node);
        self.nodes.push(Some(node));
        id
    }

    /// Puts a node under a parent of the same shadow tree.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        self.node_mut(child).parent = Some(parent);
        self.node_mut(parent).children.push(child);
    }

    /// The numbers that nodes have had.
    fn ids(&self) -> Vec<NodeId> {
        let ids = (0..self.nodes.len()).filter_map(|at| u32::try_from(at).ok());
        ids.map(NodeId).collect()
    }

    /// A node to be changed, when it is still there.
    pub fn find_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)?.as_mut()
    }

    /// A node, to be changed.
    ///
    /// # Panics
    /// When the node is gone.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        let node = self.nodes.get_mut(id.0 as usize).and_then(Option::as_mut);
        node.expect("the node is in the tree")
    }

    /// Children as they are drawn: of a component its shadow tree, of a slot what was put into it.
    pub fn drawn_children(&self, id: NodeId) -> Vec<NodeId> {
        let node = self.node(id);
        if let Some(component) = node.component() {
            return component.root.into_iter().collect();
        }
        if let Kind::Virtual(Virtual::Slot(_)) = &node.kind {
            return self.slotted(id);
        }
        if node.element().is_some_and(|own| !self.matches_window(own)) {
            return Vec::new();
        }
        node.children.clone()
    }

    /// Says how large the window is in which the page is drawn.
    pub fn set_window(&mut self, width: f64, height: f64) {
        self.window = (width, height);
    }

    /// Whether the window is one that a `<match-media>` shows its content in; true of all else.
    ///
    /// Official page: `component/match-media`; sizes are in pixels.
    fn matches_window(&self, element: &Element) -> bool {
        if &*element.tag != "match-media" {
            return true;
        }
        let (width, height) = self.window;
        let size = |name: &str| match super::tags::value(element, name) {
            Val::Number(size) if !size.is_nan() => Some(size),
            _ => None,
        };
        let orientation = coerce::join_text(&super::tags::value(element, "orientation"));
        let is_wide = width > height;
        let fits_orientation = match &*orientation {
            "landscape" => is_wide,
            "portrait" => !is_wide,
            _ => true,
        };
        fits_orientation
            && size("min-width").is_none_or(|least| width >= least)
            && size("max-width").is_none_or(|most| width <= most)
            && size("width").is_none_or(|own| (width - own).abs() < 0.5)
            && size("min-height").is_none_or(|least| height >= least)
            && size("max-height").is_none_or(|most| height <= most)
            && size("height").is_none_or(|own| (height - own).abs() < 0.5)
    }

    /// The nodes that were put into a slot, in order.
    ///
    /// Official page: `framework/custom-component/wxml-wxss`: with one slot all of the content goes
    /// there, with `multipleSlots` content goes by the name of its `slot` attribute.
    pub fn slotted(&self, slot: NodeId) -> Vec<NodeId> {
        let node = self.node(slot);
        let Kind::Virtual(Virtual::Slot(own)) = &node.kind else {
            return Vec::new();
        };
        let Some(component) = self.node(node.host).component() else {
            return Vec::new();
        };
        if component.definition.slots == Slots::Dynamic {
            let filled = component.filled.iter().find(|filled| filled.slot == slot);
            return filled
                .map(|filled| filled.nodes.clone())
                .unwrap_or_default();
        }
        if self.slot_for(node.host, &own.name) != Some(slot) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for child in &self.node(node.host).children {
            self.take_slotted(
                *child,
                component.definition.many_slots(),
                &own.name,
                &mut found,
            );
        }
        found
    }

    /// Content for a slot: virtual nodes without a slot of their own let their content through.
    fn take_slotted(&self, id: NodeId, by_name: bool, name: &str, found: &mut Vec<NodeId>) {
        let node = self.node(id);
        let own = match &node.kind {
            Kind::Root | Kind::Text(_) => "",
            Kind::Element(element) => &*element.slot,
            Kind::Virtual(Virtual::Block { slot: Some(slot) }) => &**slot,
            Kind::Virtual(Virtual::Slot(slot)) => slot.slot.as_deref().unwrap_or_default(),
            Kind::Virtual(_) => {
                for child in &node.children {
                    self.take_slotted(*child, by_name, name, found);
                }
                return;
            }
        };
        if !by_name || own == name {
            found.push(id);
        }
    }

    /// The slot in which a node of a component's content is drawn.
    pub fn slot_of_content(&self, host: NodeId, content: NodeId, name: &str) -> Option<NodeId> {
        let component = self.node(host).component()?;
        if component.definition.slots != Slots::Dynamic {
            return self.slot_for(host, name);
        }
        let mut at = content;
        while self.node(at).parent? != host {
            at = self.node(at).parent?;
        }
        let filled = component
            .filled
            .iter()
            .find(|filled| filled.nodes.contains(&at));
        filled.map(|filled| filled.slot)
    }

    /// The slot of a component that takes content of that name: the first one in its template.
    fn slot_for(&self, host: NodeId, name: &str) -> Option<NodeId> {
        let component = self.node(host).component()?;
        let mut stack: Vec<NodeId> = component.root.into_iter().collect();
        while let Some(id) = stack.pop() {
            let node = self.node(id);
            if let Kind::Virtual(Virtual::Slot(slot)) = &node.kind
                && (!component.definition.many_slots() || &*slot.name == name)
            {
                return Some(id);
            }
            stack.extend(node.children.iter().rev());
        }
        None
    }
}
