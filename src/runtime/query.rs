//! Selector queries: facts of nodes.
//!
//! Official page: `api/wxml/NodesRef.fields`. What is asked for of a node that is not there is `null`, of
//! several an empty list.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::core::Core;
use super::event::dataset;
use super::ops::number;
use super::sim::Sim;
use super::trace::Cause;
use crate::value::Value;
use crate::view::coerce::to_bool;
use crate::view::layout::Layout;
use crate::view::selector::{Selector, find_all};
use crate::view::tags;
use crate::view::tree::{NodeId, Tree};
use crate::world::route::PageId;

/// Pages that were laid out for one query: nothing changes while it is answered.
pub(super) type Places = BTreeMap<PageId, Rc<Layout>>;

impl Sim {
    /// Answers a query; its callbacks run.
    pub(super) fn answer_query(&mut self, token: u32, list: &Value) {
        let facts = self.with(|core| core.queried(list));
        self.task(Cause::Render, false, "SelectorQuery callback", |sim| {
            sim.engine.call("queried", &[token.into(), facts]).map(drop)
        });
    }
}

impl Core {
    fn queried(&mut self, list: &Value) -> Value {
        let mut places = Places::new();
        let facts = list.items().iter();
        let facts = facts.map(|asked| self.one_query(asked, &mut places));
        Value::Array(facts.collect())
    }

    fn one_query(&mut self, asked: &Value, places: &mut Places) -> Value {
        let fields = asked.get("fields");
        let host = match asked.get("host") {
            Value::Number(_) => self.views.place(number(asked.get("host"))),
            _ => self.page_on_top(),
        };
        let kind = asked.get("kind").as_str().unwrap_or_default();
        let Some((page, node)) = host else {
            return if kind == "all" {
                Value::Array(Vec::new())
            } else {
                Value::Null
            };
        };
        if kind == "viewport" {
            return self.viewport_facts(page, fields, places);
        }
        let text = asked.get("selector").as_str().unwrap_or_default();
        let selector = Selector::of_client(text);
        let found = self
            .views
            .trees
            .get(&page)
            .map(|tree| find_all(tree, node, &selector));
        let found = found.unwrap_or_default();
        if kind == "all" {
            let facts = found
                .into_iter()
                .map(|node| self.node_facts(page, node, fields, places));
            return Value::Array(facts.collect());
        }
        let first = found.first();
        first.map_or(Value::Null, |node| {
            self.node_facts(page, *node, fields, places)
        })
    }

    /// The page on top with its own node.
    pub(super) fn page_on_top(&self) -> Option<(PageId, NodeId)> {
        let page = self.world.current_page()?.id;
        Some((page, self.views.trees.get(&page)?.page()))
    }

    fn viewport_facts(&mut self, page: PageId, fields: &Value, places: &mut Places) -> Value {
        let node = self.views.trees.get(&page).map(Tree::page);
        node.map_or(Value::Null, |node| {
            self.node_facts(page, node, fields, places)
        })
    }

    pub(super) fn node_facts(
        &mut self,
        page: PageId,
        node: NodeId,
        fields: &Value,
        places: &mut Places,
    ) -> Value {
        let asks = |name: &&str| fields.get(name).as_bool() == Some(true);
        let needs_place = ["rect", "size", "scrollOffset"].iter().any(asks)
            || !fields.get("computedStyle").items().is_empty();
        if needs_place && !places.contains_key(&page) {
            places.extend(self.layout_of(page).map(|place| (page, place)));
        }
        let place = places.get(&page).filter(|_| needs_place);
        let place = place.map(|place| self.geometry(place, page, node, fields));
        let size = |name: &str| {
            let facts = place.iter().flatten();
            facts
                .filter(|(own, _)| own == name)
                .find_map(|(_, value)| value.as_f64())
        };
        let (width, height) = (
            size("width").unwrap_or(300.0),
            size("height").unwrap_or(150.0),
        );
        let mut facts = self.element_facts(page, node, fields, (width, height));
        if let (Value::Object(facts), Some(place)) = (&mut facts, place) {
            facts.extend(place);
        }
        facts
    }

    /// What of a node is known without its place; `size` is that of a canvas.
    fn element_facts(
        &self,
        page: PageId,
        node: NodeId,
        fields: &Value,
        (width, height): (f64, f64),
    ) -> Value {
        let tree = &self.views.trees[&page];
        let Some(element) = tree.find(node).and_then(|node| node.element()) else {
            return Value::Null;
        };
        let wants = |name: &str| fields.get(name).as_bool() == Some(true);
        let mut facts: Vec<(String, Value)> = Vec::new();
        let mut tell = |name: &str, value: Value| facts.push((name.to_owned(), value));
        if wants("id") {
            tell("id", (&*element.id).into());
        }
        if wants("dataset") {
            tell("dataset", dataset(element));
        }
        if wants("mark") {
            let marks = element.marks.iter();
            let marks = marks.map(|(name, value)| (name.to_string(), value.to_value()));
            tell("mark", Value::Object(marks.collect()));
        }
        for name in fields
            .get("properties")
            .items()
            .iter()
            .filter_map(Value::as_str)
        {
            tell(name, element.current(name).to_value());
        }
        if wants("ref")
            && let Some(component) = &element.component
        {
            tell("ref", component.instance.into());
        }
        if wants("context") {
            let of = [
                ("tag", (&*element.tag).into()),
                ("id", (&*element.id).into()),
            ];
            tell("context", Value::object(of));
        }
        if wants("node") {
            let of = [
                ("tag", (&*element.tag).into()),
                ("key", format!("{}-{}", page.0, node.0).into()),
                ("page", page.0.into()),
                ("node", node.0.into()),
                (
                    "enhanced",
                    to_bool(&tags::value(element, "enhanced")).into(),
                ),
                ("width", width.into()),
                ("height", height.into()),
            ];
            tell("node", Value::object(of));
        }
        Value::Object(facts)
    }
}
