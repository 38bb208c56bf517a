//! Selectors: which elements they match.
//!
//! Official page: `api/wxml/SelectorQuery.select`: ids, classes, children, descendants, unions and
//! `>>>`. [`Selector::of_client`] understands just these, as the client does. What
//! [`Selector::parse`] understands beyond them (tags, attributes, `:nth-child` …) is for people who
//! point at elements.
//!
//! In the client's queries `.c > .a .b` finds no `.b` when the nearest `.a` around it is not in a
//! `.c`, even if another `.a` further out is: its framework (glass-easel, tried by run) goes on
//! looking only where `>>>` is between. [`Selector::parse`] finds it, as style sheets do.

mod matching;
mod parse;

use std::fmt;

use super::tree::{Element, Kind, NodeId, Tree, camel_case};
use super::value::Val;
use matching::{Fit, Way};

/// A parsed selector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// One of them has to match; without any nothing does.
    choices: Vec<Chain>,
    /// Of the elements around, the client tries the nearest that fits a compound and no other one.
    tries_nearest: bool,
}

/// Compounds from the outside in.
type Chain = Vec<Link>;

/// A compound with its relation to the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Link {
    relation: Relation,
    parts: Vec<Part>,
}

/// Where a compound's element is, seen from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// `a > b`
    Child,
    /// `a b`
    Descendant,
    /// `a >>> b`: also in the shadow trees of components.
    Across,
}

/// One condition of a compound.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Any,
    Tag(String),
    Id(String),
    Class(String),
    Attribute(String, Test),
    /// `:nth-child`: step and first place, counted from 1.
    Nth(i64, i64),
    LastChild,
    Not(Vec<Part>),
}

/// What an attribute has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Present,
    Is(String),
    Begins(String),
    Ends(String),
    Contains(String),
}

/// A selector that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSelector {
    /// The selector.
    pub text: String,
    /// The part from which on it is not understood; empty when it ends too early.
    pub rest: String,
}

impl fmt::Display for BadSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, rest } = self;
        if rest.is_empty() {
            write!(f, "the selector `{text}` is not complete")
        } else {
            write!(
                f,
                "the selector `{text}` is not understood from `{rest}` on"
            )
        }
    }
}

impl std::error::Error for BadSelector {}

/// An element around another one, with the number of shadow trees between.
type Place = (NodeId, usize);

/// Elements in the shadow tree of a component or page that match, in document order; `>>>` reaches
/// into the components in it.
pub fn find_all(tree: &Tree, host: NodeId, selector: &Selector) -> Vec<NodeId> {
    let mut found = Vec::new();
    visit_shadow(tree, host, selector.crosses(), &mut |id| {
        if selector.matches_in(tree, id, host) {
            found.push(id);
        }
        true
    });
    found
}

/// The first element that [`find_all`] finds.
pub fn find_first(tree: &Tree, host: NodeId, selector: &Selector) -> Option<NodeId> {
    let mut first = None;
    visit_shadow(tree, host, selector.crosses(), &mut |id| {
        first = selector.matches_in(tree, id, host).then_some(id);
        first.is_none()
    });
    first
}

/// Whether an element matches, wherever the outermost compound's element is.
pub fn matches(tree: &Tree, node: NodeId, selector: &Selector) -> bool {
    selector.matches_around(tree, (node, 0), &around(tree, node, None), None)
}

/// Elements anywhere on the page, and then on the tab bar that the program draws, that match, in
/// the order they are drawn.
///
/// Shadow trees make no difference: an element that is drawn inside another one is its descendant.
pub fn find_drawn(tree: &Tree, selector: &Selector) -> Vec<NodeId> {
    let mut found = Vec::new();
    for top in tops(tree) {
        walk_drawn(tree, (top, 0), &mut Vec::new(), &mut |place, around| {
            if place.0 != top && selector.matches_around(tree, place, around, None) {
                found.push(place.0);
            }
        });
    }
    found
}

/// The page, and the tab bar that the program draws.
pub(super) fn tops(tree: &Tree) -> impl Iterator<Item = NodeId> {
    std::iter::once(tree.page()).chain(tree.tab_bar())
}

/// What an element says under a name: `id`, `class`, `style`, `data-*`, an attribute with what the
/// user made of it, or a property of a component.
pub fn written(element: &Element, name: &str) -> Val {
    match name {
        "id" => return Val::Text(element.id.clone()),
        "class" => return Val::text(&element.classes.join(" ")),
        "style" => return Val::Text(element.style.clone()),
        _ => {}
    }
    if let Some(own) = name.strip_prefix("data-") {
        let own = camel_case(own);
        let found = element.dataset.iter().find(|(name, _)| *name == own);
        return found.map(|(_, value)| value.clone()).unwrap_or_default();
    }
    match element.current(name) {
        Val::Undefined => property(element, &camel_case(name)),
        value => value.clone(),
    }
}

fn property(element: &Element, name: &str) -> Val {
    let Some(component) = element.component.as_deref() else {
        return Val::Undefined;
    };
    match &component.data {
        Val::Object(fields) if component.definition.properties.contains(name) => {
            fields.get(name).cloned().unwrap_or_default()
        }
        _ => Val::Undefined,
    }
}

/// Visits the elements of a shadow tree, `deep` also those of the components in it (each before its
/// content); stops when a visit says so.
fn visit_shadow(
    tree: &Tree,
    host: NodeId,
    deep: bool,
    visit: &mut impl FnMut(NodeId) -> bool,
) -> bool {
    let root = tree
        .node(host)
        .component()
        .and_then(|component| component.root);
    root.is_none_or(|root| visit_below(tree, root, deep, visit))
}

fn visit_below(
    tree: &Tree,
    id: NodeId,
    deep: bool,
    visit: &mut impl FnMut(NodeId) -> bool,
) -> bool {
    for child in &tree.node(id).children {
        let is_element = tree.node(*child).element().is_some();
        if is_element && !visit(*child) {
            return false;
        }
        if deep && is_element && !visit_shadow(tree, *child, deep, visit) {
            return false;
        }
        if !visit_below(tree, *child, deep, visit) {
            return false;
        }
    }
    true
}

/// Walks what is drawn; the visitor gets the elements around as well, the outermost first.
fn walk_drawn(
    tree: &Tree,
    place: Place,
    around: &mut Vec<Place>,
    visit: &mut impl FnMut(Place, &[Place]),
) {
    visit(place, around);
    around.push(place);
    for child in elements_below(tree, place.0) {
        walk_drawn(tree, (child, 0), around, visit);
    }
    around.pop();
}

/// The elements that are drawn directly below a node, also those that draw nothing themselves.
fn elements_below(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut stack = tree.drawn_children(id);
    stack.reverse();
    while let Some(id) = stack.pop() {
        match tree.node(id).kind {
            Kind::Text(_) => {}
            Kind::Element(_) => found.push(id),
            Kind::Root | Kind::Virtual(_) => stack.extend(tree.drawn_children(id).iter().rev()),
        }
    }
    found
}

/// The elements around a node up to one that stays out, the outermost first.
fn around(tree: &Tree, node: NodeId, stop: Option<NodeId>) -> Vec<Place> {
    let mut found = Vec::new();
    let (mut at, mut shadows) = (node, 0);
    loop {
        let own = tree.node(at);
        let next = own.parent.or_else(|| {
            shadows += 1;
            matches!(own.kind, Kind::Root).then_some(own.host)
        });
        match next.filter(|next| Some(*next) != stop) {
            Some(next) => at = next,
            None => break,
        }
        if tree.node(at).element().is_some() {
            found.push((at, shadows));
        }
    }
    found.reverse();
    found
}

impl Selector {
    /// Whether it matches an element in the shadow tree of a host or, across, below it.
    fn matches_in(&self, tree: &Tree, node: NodeId, host: NodeId) -> bool {
        self.matches_around(tree, (node, 0), &around(tree, node, Some(host)), Some(host))
    }

    fn matches_around(
        &self,
        tree: &Tree,
        place: Place,
        around: &[Place],
        host: Option<NodeId>,
    ) -> bool {
        let way = Way {
            tree,
            host,
            tries_nearest: self.tries_nearest,
        };
        let mut choices = self.choices.iter();
        choices.any(|chain| way.fit(chain, place, around) == Fit::All)
    }

    /// Whether it may match in the shadow trees of components.
    fn crosses(&self) -> bool {
        self.choices
            .iter()
            .flatten()
            .any(|link| link.relation == Relation::Across)
    }
}

#[cfg(test)]
mod tests;
