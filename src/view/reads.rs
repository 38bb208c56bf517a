//! What a part of a template reads: an update passes over what reads nothing of the changed data.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::program::{Element, Entry, Expr, Item, Node};
use super::touch::Touch;

/// Data fields and scopes that nodes read, by what is written in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    fields: BTreeSet<Rc<str>>,
    scopes: BTreeSet<usize>,
    /// Something else may be read: the content of an included file.
    unknown: bool,
}

impl Reads {
    /// What these nodes read, scopes of their own included.
    pub fn of(body: &[Node]) -> Self {
        let mut reads = Self::default();
        reads.nodes(body);
        reads
    }

    /// Whether a change of the data, or of the scopes outside, touches what is read.
    pub fn touched(&self, data: &Touch, outside: &[Touch]) -> bool {
        if self.unknown && (data.is_touched() || outside.iter().any(Touch::is_touched)) {
            return true;
        }
        let by_data = match data {
            Touch::None => false,
            Touch::All => !self.fields.is_empty(),
            Touch::Paths(parts) => parts.keys().any(|name| self.fields.contains(name)),
        };
        let scope = |scope: &usize| outside.get(*scope).is_some_and(Touch::is_touched);
        by_data || self.scopes.iter().any(scope)
    }

    fn nodes(&mut self, body: &[Node]) {
        for node in body {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.expression(text),
            Node::Element(element) => self.element(element),
            Node::Block { slot, body, .. } => {
                self.expressions(slot.iter());
                self.nodes(body);
            }
            Node::If {
                branches,
                otherwise,
            } => {
                for (condition, body) in branches {
                    self.expression(condition);
                    self.nodes(body);
                }
                self.nodes(otherwise);
            }
            Node::For { list, body, .. } => {
                self.expression(list);
                self.nodes(body);
            }
            // What a template shows has no other data.
            Node::Template { is, data, .. } => self.expressions([is, data]),
            Node::Include { .. } => self.unknown = true,
            Node::Slot {
                name,
                slot,
                values,
                common,
            } => {
                self.expression(name);
                self.expressions(slot.iter());
                self.expressions(values.iter().map(|(_, value)| value));
                self.element(common);
            }
        }
    }

    fn element(&mut self, element: &Element) {
        let Element {
            id,
            class,
            class_names,
            style,
            style_names,
            slot,
            dataset,
            marks,
            attributes,
            events,
            changes,
            body,
            tag: _,
            place: _,
            slot_values: _,
            generics: _,
            extras: _,
        } = element;
        self.expressions([id, class, style, slot].into_iter().flatten());
        self.expressions(class_names.iter().filter_map(|(_, own)| own.as_ref()));
        self.expressions(style_names.iter().map(|(_, own)| own));
        self.expressions(dataset.iter().map(|(_, own)| own));
        self.expressions(marks.iter().map(|(_, own)| own));
        self.expressions(attributes.iter().map(|own| &own.value));
        self.expressions(attributes.iter().filter_map(|own| own.model.as_ref()));
        self.expressions(events.iter().map(|own| &own.handler));
        self.expressions(changes.iter().map(|(_, own)| own));
        self.nodes(body);
    }

    fn expressions<'e>(&mut self, all: impl IntoIterator<Item = &'e Expr>) {
        for one in all {
            self.expression(one);
        }
    }

    fn expression(&mut self, expression: &Expr) {
        match expression {
            Expr::Fixed(_) => {}
            Expr::Field(name) => {
                self.fields.insert(Rc::clone(name));
            }
            Expr::Scope(at) => {
                self.scopes.insert(*at);
            }
            Expr::Member(owner, _) | Expr::Unary(_, owner) => self.expression(owner),
            Expr::Index(left, right) | Expr::Binary(_, left, right) => {
                self.expressions([&**left, &**right]);
            }
            Expr::Call(callee, arguments) => {
                self.expression(callee);
                self.expressions(arguments);
            }
            Expr::Object(entries) => self.expressions(entries.iter().map(|entry| match entry {
                Entry::Named(_, value) | Entry::Spread(value) => value,
            })),
            Expr::Array(items) => self.expressions(items.iter().filter_map(|item| match item {
                Item::One(value) | Item::Spread(value) => Some(value),
                Item::Hole => None,
            })),
            Expr::Cond(condition, yes, no) => self.expressions([&**condition, &**yes, &**no]),
            Expr::Join(parts) => self.expressions(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reads;
    use crate::data_path::DataPath;
    use crate::view::program::{Expr, Node};
    use crate::view::touch::Touch;

    #[test]
    fn only_what_is_read_is_touched() {
        let member = Expr::Member(Box::new(Expr::Field("user".into())), "name".into());
        let reads = Reads::of(&[Node::Text(member), Node::Text(Expr::Scope(1))]);
        let touch = |path: &str| {
            let path = DataPath::parse(path).expect("a path").segments().to_vec();
            Touch::of_paths(&[path])
        };
        assert!(reads.touched(&touch("user.age"), &[]));
        assert!(!reads.touched(&touch("users"), &[Touch::All]));
        assert!(reads.touched(&Touch::None, &[Touch::None, Touch::All]));
        assert!(reads.touched(&Touch::All, &[]));
        assert!(!reads.touched(&Touch::None, &[Touch::None]));
    }

    #[test]
    fn an_included_file_may_read_all() {
        let reads = Reads::of(&[Node::Include {
            file: "a.wxml".into(),
            place: crate::view::program::Place::default(),
        }]);
        assert!(reads.touched(&Touch::All, &[]) && !reads.touched(&Touch::None, &[]));
    }
}
