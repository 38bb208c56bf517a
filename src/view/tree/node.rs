//! Nodes of the tree.

use std::rc::Rc;

use super::definition::Definition;
use super::dynamic::{Content, Filled};
use super::list::ListState;
use super::overlay::Overlay;
use crate::data_path::Segment;
use crate::view::program;
use crate::view::value::Val;

/// A node's number in its [`Tree`](super::Tree); never used again after the node is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A node of a shadow tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Parent in the same shadow tree; a shadow root has none.
    pub parent: Option<NodeId>,
    /// The component (or page) in whose template the node is written. A shadow root's own host.
    pub host: NodeId,
    /// Children in the same shadow tree, in order.
    pub children: Vec<NodeId>,
    /// What it is.
    pub kind: Kind,
    /// Whether it is part of the page.
    pub attached: bool,
}

/// Kinds of nodes.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Root of the shadow tree of its host.
    Root,
    /// A text.
    Text(Rc<str>),
    /// An element, built in or a component.
    Element(Box<Element>),
    /// Nodes that draw nothing themselves and let their content through.
    Virtual(Virtual),
}

/// Nodes that draw nothing themselves.
#[derive(Clone, Debug)]
pub enum Virtual {
    /// `wx:if`, with the branch that shows; `template is`, with the name that shows.
    Branch(Rc<str>),
    /// `wx:for`, with what it showed last.
    List(ListState),
    /// One item of a `wx:for`.
    Item,
    /// `<block>`, also with a slot of its own.
    Block {
        /// Its `slot` attribute.
        slot: Option<Rc<str>>,
    },
    /// `<slot>`.
    Slot(Box<Slot>),
}

/// A slot.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    /// Name; empty for the default one.
    pub name: Rc<str>,
    /// Its own `slot` attribute.
    pub slot: Option<Rc<str>>,
    /// Values it gives, for `dynamicSlots`.
    pub values: Vec<(Rc<str>, Val)>,
}

/// An element: everything that was written on it, with its values.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Tag as written.
    pub tag: Rc<str>,
    /// `id`.
    pub id: Rc<str>,
    /// Classes, in order.
    pub classes: Vec<Rc<str>>,
    /// Inline style.
    pub style: Rc<str>,
    /// `slot` it goes to.
    pub slot: Rc<str>,
    /// Attributes in the order written; of a component those that are neither properties nor
    /// external classes.
    pub attributes: Vec<(Rc<str>, Val)>,
    /// `data-*`, in camel case.
    pub dataset: Vec<(Rc<str>, Val)>,
    /// `mark:*`.
    pub marks: Vec<(Rc<str>, Val)>,
    /// Handlers.
    pub events: Vec<Binding>,
    /// Attributes and properties that write back (`model:`), with the host's data path each writes to.
    pub models: Vec<(Rc<str>, Vec<Segment>)>,
    /// `change:` functions with the value each saw last.
    pub changes: Vec<Change>,
    /// What the user changed, over the attributes of the same names: the text of an input, whether a
    /// checkbox is checked. The template's next change of the attribute ends it.
    pub state: Vec<(Rc<str>, Val)>,
    /// The component, when the element is one.
    pub component: Option<Box<Component>>,
    /// What it waits for, when it stands in for a component that has not arrived.
    pub waiting: Option<Box<Waiting>>,
    /// Classes and styles that are not the template's; `classes` and `style` have them already.
    pub overlay: Option<Box<Overlay>>,
    /// Where it is written.
    pub place: program::Place,
}

/// What an element stands in for.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Path of the component's files, without extension.
    pub path: Rc<str>,
    /// The tag as written.
    pub tag: Rc<str>,
    /// Attributes as they are now, with the data path that each writes back to.
    pub(super) given: Vec<(Rc<str>, Given)>,
    /// Generic tags with the paths of the components that were given for them.
    pub(super) generics: Vec<(Rc<str>, Rc<str>)>,
}

/// An attribute that waits with its element.
pub(super) type Given = (Val, Option<Vec<Segment>>);

/// A WXS function that hears of the changes of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The attribute.
    pub name: Rc<str>,
    /// The function.
    pub handler: Val,
    /// The value it saw last.
    pub seen: Val,
}

/// A handler on an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The event.
    pub event: Rc<str>,
    /// A method's name (text) or a WXS function.
    pub handler: Val,
    /// The event goes no further.
    pub is_catch: bool,
    /// Only the first such handler on the way runs.
    pub is_mut: bool,
    /// On the way down.
    pub is_capture: bool,
}

/// What makes an element a component.
#[derive(Clone, Debug)]
pub struct Component {
    /// Number by which the logic layer knows it.
    pub instance: u32,
    /// Path of the component's files, without extension.
    pub path: Rc<str>,
    /// Root of its shadow tree, once it is rendered.
    pub root: Option<NodeId>,
    /// Its data as the view has it.
    pub data: Val,
    /// External classes with the classes given for them.
    pub external_classes: Vec<(Rc<str>, Vec<Rc<str>>)>,
    /// Generic tags with the paths of the components that were given for them.
    pub generics: Vec<(Rc<str>, Rc<str>)>,
    /// What the view knows of its definition.
    pub definition: Rc<Definition>,
    /// With `dynamicSlots`: what goes into each slot.
    pub(super) content: Option<Content>,
    /// With `dynamicSlots`: what is in each slot.
    pub(super) filled: Vec<Filled>,
}

impl Element {
    /// What an attribute amounts to now: what the user made of it, else what is written.
    pub fn current(&self, name: &str) -> &Val {
        let changed = self.state.iter().find(|(own, _)| &**own == name);
        changed.map_or_else(|| self.attribute(name), |(_, value)| value)
    }

    /// An attribute's value as written; `Undefined` when it is not.
    pub fn attribute(&self, name: &str) -> &Val {
        let found = self.attributes.iter().find(|(own, _)| &**own == name);
        found.map_or(&Val::Undefined, |(_, value)| value)
    }
}

impl Node {
    /// The element, when the node is one.
    pub fn element(&self) -> Option<&Element> {
        if let Kind::Element(element) = &self.kind {
            Some(element)
        } else {
            None
        }
    }

    /// The element, to be changed.
    pub fn element_mut(&mut self) -> Option<&mut Element> {
        if let Kind::Element(element) = &mut self.kind {
            Some(element)
        } else {
            None
        }
    }

    /// The component, when the node is one.
    pub fn component(&self) -> Option<&Component> {
        self.element()?.component.as_deref()
    }
}
