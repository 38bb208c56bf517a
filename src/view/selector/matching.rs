//! Which way through the elements around an element fits a selector.

use super::{Link, Part, Place, Relation, Test, written};
use crate::view::coerce;
use crate::view::tree::{Kind, NodeId, Tree};
use crate::view::value::Val;

/// A search for the elements of a chain around an element.
pub(super) struct Way<'t> {
    pub(super) tree: &'t Tree,
    /// The outermost compound has to be in the shadow tree of this one.
    pub(super) host: Option<NodeId>,
    /// Of the elements around, only the nearest that fits a compound is tried.
    pub(super) tries_nearest: bool,
}

/// How far a chain fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Not even the element itself.
    None,
    /// The element, but no elements around it.
    Own,
    /// Some way through the elements around.
    All,
}

impl Way<'_> {
    /// How far a chain fits that ends at an element.
    pub(super) fn fit(&self, chain: &[Link], place: Place, around: &[Place]) -> Fit {
        let Some((link, outer)) = chain.split_last() else {
            return Fit::None;
        };
        if !link.parts.iter().all(|part| part.holds(self.tree, place.0)) {
            return Fit::None;
        }
        if self.has_outer(link.relation, outer, place, around) {
            Fit::All
        } else {
            Fit::Own
        }
    }

    /// Whether the rest of a chain fits to the elements around.
    fn has_outer(
        &self,
        relation: Relation,
        outer: &[Link],
        place: Place,
        around: &[Place],
    ) -> bool {
        if outer.is_empty() {
            let host = self.host;
            return host.is_none_or(|host| self.tree.node(place.0).host == host);
        }
        for (at, other) in around.iter().enumerate().rev() {
            if relation != Relation::Across && other.1 != place.1 {
                return false;
            }
            match self.fit(outer, *other, &around[..at]) {
                Fit::All => return true,
                Fit::Own if self.tries_nearest && relation != Relation::Across => return false,
                Fit::Own | Fit::None if relation == Relation::Child => return false,
                Fit::Own | Fit::None => {}
            }
        }
        false
    }
}

impl Part {
    fn holds(&self, tree: &Tree, id: NodeId) -> bool {
        let Some(element) = tree.node(id).element() else {
            return false;
        };
        match self {
            Self::Any => true,
            Self::Tag(tag) => *element.tag == **tag,
            Self::Id(own) => *element.id == **own,
            Self::Class(class) => element.classes.iter().any(|own| **own == **class),
            Self::Attribute(name, test) => test.holds(&written(element, name)),
            Self::Nth(step, first) => {
                let (at, _) = among_siblings(tree, id);
                is_nth(at, *step, *first)
            }
            Self::LastChild => {
                let (at, count) = among_siblings(tree, id);
                at == count
            }
            Self::Not(parts) => !parts.iter().all(|part| part.holds(tree, id)),
        }
    }
}

impl Test {
    /// An attribute that is `false` counts as not there, but `[name=false]` finds it.
    fn holds(&self, value: &Val) -> bool {
        if matches!(value, Val::Undefined | Val::Null) {
            return false;
        }
        let text = coerce::to_text(value);
        match self {
            Self::Present => *value != Val::Bool(false),
            Self::Is(wanted) => text == *wanted,
            Self::Begins(wanted) => !wanted.is_empty() && text.starts_with(&**wanted),
            Self::Ends(wanted) => !wanted.is_empty() && text.ends_with(&**wanted),
            Self::Contains(wanted) => !wanted.is_empty() && text.contains(&**wanted),
        }
    }
}

fn is_nth(at: usize, step: i64, first: i64) -> bool {
    let Ok(at) = i64::try_from(at) else {
        return false;
    };
    let past = at - first;
    if step == 0 {
        past == 0
    } else {
        past % step == 0 && past / step >= 0
    }
}

/// The place of an element among the elements of its parent, from 1, and how many there are.
fn among_siblings(tree: &Tree, id: NodeId) -> (usize, usize) {
    let mut parent = tree.node(id).parent;
    while let Some(at) = parent
        && matches!(tree.node(at).kind, Kind::Virtual(_))
    {
        parent = tree.node(at).parent;
    }
    let mut siblings = Vec::new();
    if let Some(parent) = parent {
        collect_children(tree, parent, &mut siblings);
    }
    let at = siblings
        .iter()
        .position(|own| *own == id)
        .map_or(1, |at| at + 1);
    (at, siblings.len().max(1))
}

fn collect_children(tree: &Tree, id: NodeId, found: &mut Vec<NodeId>) {
    for child in &tree.node(id).children {
        match tree.node(*child).kind {
            Kind::Element(_) => found.push(*child),
            Kind::Virtual(_) => collect_children(tree, *child, found),
            Kind::Root | Kind::Text(_) => {}
        }
    }
}
