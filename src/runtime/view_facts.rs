//! What scripts ask of the view: components by selector, their owner, what lies above and below.

use super::core::Core;
use crate::data_path::Segment;
use crate::value::Value;
use crate::view::selector::{Selector, find_all};
use crate::view::tree::{Kind, NodeId};
use crate::world::route::PageId;

impl Core {
    pub(super) fn model(&self, instance: u32, property: &str) -> Value {
        let place = self.views.place(instance);
        place.map_or(Value::Undefined, |(page, node)| {
            self.model_of(page, node, property)
        })
    }

    /// The data that an attribute writes back to (`model:`): the instance and its path.
    pub(super) fn model_of(&self, page: PageId, node: NodeId, name: &str) -> Value {
        let found = self.views.trees.get(&page).and_then(|tree| {
            let element = tree.find(node)?.element()?;
            let (_, path) = element.models.iter().find(|(own, _)| &**own == name)?;
            let host = tree.node(tree.node(node).host).component()?.instance;
            let keys = path.iter().map(|step| match step {
                Segment::Key(key) => Value::from(key.as_str()),
                #[expect(clippy::cast_precision_loss, reason = "indexes are small")]
                Segment::Index(index) => Value::Number(*index as f64),
            });
            Some(Value::object([
                ("host", host.into()),
                ("path", Value::Array(keys.collect())),
            ]))
        });
        found.unwrap_or_default()
    }

    pub(super) fn owner(&self, instance: u32) -> Value {
        let owner = self.views.of(instance).and_then(|(tree, node)| {
            let host = tree.find(node)?.host;
            (host != node).then(|| Some(tree.node(host).component()?.instance))?
        });
        owner.map_or(Value::Undefined, Value::from)
    }

    pub(super) fn facts(&self, instance: u32) -> Value {
        let element = self
            .views
            .of(instance)
            .and_then(|(tree, node)| tree.find(node)?.element());
        let Some(element) = element else {
            return Value::object([("id", "".into()), ("dataset", Value::object([]))]);
        };
        Value::object([
            ("id", (&*element.id).into()),
            ("dataset", super::event::dataset(element)),
        ])
    }

    /// Components above one in the same template, the nearest first; only up to the first element
    /// when `nearest`.
    pub(super) fn ancestors(&self, instance: u32, nearest: bool) -> Value {
        let mut found = Vec::new();
        if let Some((tree, node)) = self.views.of(instance) {
            let mut next = tree.find(node).and_then(|node| node.parent);
            while let Some(id) = next {
                let node = tree.node(id);
                if let Kind::Element(element) = &node.kind {
                    let component = element.component.as_deref();
                    found.extend(component.map(|own| own.instance));
                    if component.is_some() && nearest {
                        break;
                    }
                }
                next = node.parent;
            }
        }
        Value::Array(found.into_iter().map(Value::from).collect())
    }

    /// Components in the content of one, in order.
    pub(super) fn below(&self, instance: u32) -> Value {
        let mut found = Vec::new();
        if let Some((tree, node)) = self.views.of(instance) {
            let mut stack: Vec<NodeId> = tree.node(node).children.iter().rev().copied().collect();
            while let Some(id) = stack.pop() {
                let node = tree.node(id);
                found.extend(node.component().map(|component| component.instance));
                stack.extend(node.children.iter().rev());
            }
        }
        Value::Array(found.into_iter().map(Value::from).collect())
    }

    /// Components that a selector means, in order; only the first unless `all`.
    pub(super) fn select(&self, instance: u32, selector: &str, all: bool) -> Value {
        let Some((tree, host)) = self.views.of(instance) else {
            return Value::Array(Vec::new());
        };
        let selector = Selector::of_client(selector);
        let found = find_all(tree, host, &selector).into_iter();
        let components = found.filter_map(|node| Some(tree.node(node).component()?.instance));
        let count = if all { usize::MAX } else { 1 };
        Value::Array(components.take(count).map(Value::from).collect())
    }
}
