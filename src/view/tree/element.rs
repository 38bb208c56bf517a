//! Elements: what is written on them, as attributes of a built-in one, as properties, external classes
//! and content of a component.

use std::fmt::Write as _;
use std::rc::Rc;

use super::render::Env;
use super::{Binding, Change, Definition, Element, Kind, NodeId, Order, Render};
use crate::data_path::Segment;
use crate::view::coerce;
use crate::view::program::{self, Expr};
use crate::view::value::Val;

impl Render<'_> {
    pub(super) fn create_element(&mut self, written: &program::Element, env: &mut Env) -> NodeId {
        let (tag, definition, waiting) = self.stands_for(written);
        let extras = written.extras.iter();
        let mut element = Element {
            tag,
            waiting: waiting.map(Box::new),
            place: written.place,
            classes: self.classes(written, env),
            attributes: extras
                .map(|(name, value)| (Rc::clone(name), Val::Text(Rc::clone(value))))
                .collect(),
            slot: self.optional_text(written.slot.as_ref(), env),
            dataset: self.named_values(&written.dataset, env),
            marks: self.named_values(&written.marks, env),
            events: self.events(&written.events, definition.as_deref(), env),
            changes: self.changes(&written.changes, env),
            ..Element::default()
        };
        if let Some(definition) = definition {
            let generics = self.generics(&written.generics);
            let component = self.component(definition, generics);
            element.component = Some(Box::new(component));
        }
        let component = element.component.as_deref();
        let created = component.map(|own| (own.instance, Rc::clone(&own.path)));
        let id = self.add(Kind::Element(Box::new(element)));
        if let Some((instance, path)) = &created {
            let path = Rc::clone(path);
            self.orders.push(Order::Create {
                instance: *instance,
                path,
                node: id,
            });
        }
        let mut passed = Vec::new();
        self.set_id(id, written, env, &mut passed);
        self.set_style(id, written, env, &mut passed);
        self.pass_class(id, written);
        for attribute in attributes(written) {
            if self.is_handler(id, attribute) {
                continue;
            }
            let value = self.eval(&attribute.value, env);
            let model = attribute
                .model
                .as_ref()
                .and_then(|model| self.path(model, env));
            self.set_attribute(id, &attribute.name, value, model, &mut passed);
        }
        if let Some((instance, _)) = created
            && !passed.is_empty()
        {
            self.orders.push(Order::Pass {
                instance,
                values: passed,
            });
        }
        self.fill_content(id, written, env);
        id
    }

    /// Makes the content of an element; that of dynamic slots is made for each slot later.
    fn fill_content(&mut self, id: NodeId, written: &program::Element, env: &mut Env) {
        if self.has_dynamic_slots(id) {
            self.keep_content(id, written, env);
            self.orders.push(Order::Slots(id));
            return;
        }
        self.fill(id, &written.body, env);
    }

    pub(super) fn has_dynamic_slots(&self, id: NodeId) -> bool {
        let component = self.tree.node(id).component();
        component.is_some_and(|component| component.definition.slots == super::Slots::Dynamic)
    }

    /// Sets the id of an element: the text of any value; a property of that name gets it too.
    pub(super) fn set_id(
        &mut self,
        id: NodeId,
        written: &program::Element,
        env: &Env,
        passed: &mut Vec<(Rc<str>, Val)>,
    ) {
        let Some(written) = &written.id else {
            return;
        };
        let value = self.eval(written, env);
        let component = self.tree.node(id).component();
        let is_property = component.is_some_and(|own| own.definition.properties.contains("id"));
        let own = match &value {
            Val::Text(text) => Rc::clone(text),
            Val::Undefined | Val::Null if is_property => "".into(),
            other => coerce::to_text(other).into(),
        };
        if let Some(element) = self.tree.node_mut(id).element_mut() {
            element.id = own;
        }
        if is_property {
            passed.push(("id".into(), value));
        }
    }

    fn optional_text(&mut self, expression: Option<&Expr>, env: &Env) -> Rc<str> {
        expression.map_or_else(|| "".into(), |expression| self.text(expression, env))
    }

    /// The classes of an element, in order.
    pub(super) fn classes(&mut self, written: &program::Element, env: &Env) -> Vec<Rc<str>> {
        let mut classes = Vec::new();
        if let Some(class) = &written.class {
            let text = self.text(class, env);
            let names = text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ','));
            classes.extend(names.filter(|name| !name.is_empty()).map(Rc::from));
        }
        for (name, condition) in &written.class_names {
            let shows = match condition {
                Some(condition) => coerce::to_bool(&self.eval(condition, env)),
                None => true,
            };
            if shows {
                classes.push(Rc::clone(name));
            }
        }
        classes
    }

    /// Sets the style of an element, or the property of that name of a component.
    pub(super) fn set_style(
        &mut self,
        id: NodeId,
        written: &program::Element,
        env: &Env,
        passed: &mut Vec<(Rc<str>, Val)>,
    ) {
        if written.style.is_none() && written.style_names.is_empty() {
            return;
        }
        let component = self.tree.node(id).component();
        let is_property = component.is_some_and(|own| own.definition.properties.contains("style"));
        if is_property {
            let value = match &written.style {
                Some(style) if written.style_names.is_empty() => self.eval(style, env),
                _ => Val::Text(self.style(written, env)),
            };
            passed.push(("style".into(), value));
        } else {
            let style = self.style(written, env);
            if let Some(element) = self.tree.node_mut(id).element_mut() {
                element.write_style(style);
            }
        }
    }

    /// The inline style of an element.
    fn style(&mut self, written: &program::Element, env: &Env) -> Rc<str> {
        let text = self.optional_text(written.style.as_ref(), env);
        if written.style_names.is_empty() {
            return text;
        }
        let mut style = text.to_string();
        for (name, value) in &written.style_names {
            let value = self.text(value, env);
            let _ = write!(style, "{name}:{value};");
        }
        style.into()
    }

    pub(super) fn named_values(
        &mut self,
        written: &[(Rc<str>, Expr)],
        env: &Env,
    ) -> Vec<(Rc<str>, Val)> {
        let values = written.iter();
        values
            .map(|(name, value)| (Rc::clone(name), self.eval(value, env)))
            .collect()
    }

    /// The handlers of an element; one whose name is empty is not bound.
    pub(super) fn events(
        &mut self,
        written: &[program::Binding],
        definition: Option<&Definition>,
        env: &Env,
    ) -> Vec<Binding> {
        let mut bindings = Vec::new();
        for binding in written {
            let attribute = binding.attribute.as_ref();
            if attribute.is_some_and(|own| takes(definition, &own.name)) {
                continue;
            }
            let handler = match self.eval(&binding.handler, env) {
                own @ (Val::Function(_) | Val::Bool(_)) => own,
                other => Val::Text(coerce::join_text(&other).into()),
            };
            if handler.as_str() != Some("") {
                bindings.push(Binding {
                    event: Rc::clone(&binding.event),
                    handler,
                    is_catch: binding.is_catch,
                    is_mut: binding.is_mut,
                    is_capture: binding.is_capture,
                });
            }
        }
        bindings
    }

    /// Whether an attribute is a handler bound without a colon, and on this element nothing else.
    pub(super) fn is_handler(&self, id: NodeId, attribute: &program::Attribute) -> bool {
        attribute.is_handler && {
            let component = self.tree.node(id).component();
            !takes(component.map(|own| &*own.definition), &attribute.name)
        }
    }

    fn changes(&mut self, written: &[(Rc<str>, Expr)], env: &Env) -> Vec<Change> {
        let changes = written.iter().map(|(name, handler)| Change {
            name: Rc::clone(name),
            handler: self.eval(handler, env),
            seen: Val::Undefined,
        });
        changes.collect()
    }

    /// Paths of the components that are given for generic tags.
    pub(super) fn generics(&mut self, written: &[(Rc<str>, Rc<str>)]) -> Vec<(Rc<str>, Rc<str>)> {
        let mut found = Vec::new();
        for (name, tag) in written {
            if let Some(definition) = self.resolve(tag) {
                found.push((Rc::clone(name), Rc::clone(&definition.path)));
            }
        }
        found
    }

    /// `class` may be an external class of a component.
    fn pass_class(&mut self, id: NodeId, written: &program::Element) {
        let Some(element) = self.tree.node_mut(id).element_mut() else {
            return;
        };
        let classes = element.classes.clone();
        let Some(component) = element.component.as_deref_mut() else {
            return;
        };
        let has_class = component
            .definition
            .external_classes
            .iter()
            .any(|own| &**own == "class");
        if has_class && written.class.is_some() {
            set_named(&mut component.external_classes, "class", classes);
        }
    }

    /// Sets an attribute: a property or an external class of a component, else an attribute.
    pub(super) fn set_attribute(
        &mut self,
        id: NodeId,
        name: &Rc<str>,
        value: Val,
        model: Option<Vec<Segment>>,
        passed: &mut Vec<(Rc<str>, Val)>,
    ) {
        self.tell_change(id, name, &value);
        let Some(element) = self.tree.node_mut(id).element_mut() else {
            return;
        };
        element.state.retain(|(own, _)| own != name);
        if let Some(waiting) = element.waiting.as_deref_mut() {
            set_named(&mut waiting.given, name, (value.clone(), model.clone()));
        }
        let moves = &*element.tag == "scroll-view" && SCROLLS.contains(&&**name);
        if moves && !coerce::same(element.attribute(name), &value) {
            self.tree.ask_move(id, name, value.clone());
        }
        let Some(element) = self.tree.node_mut(id).element_mut() else {
            return;
        };
        let Some(component) = element.component.as_deref_mut() else {
            set_model(&mut element.models, name, model);
            set_named(&mut element.attributes, name, value);
            return;
        };
        let camel = camel_case(name);
        if component.definition.properties.contains(&camel) {
            set_model(&mut element.models, &camel, model);
            passed.push((camel, value));
        } else if component.definition.external_classes.contains(name) {
            let text = coerce::join_text(&value);
            let classes = text.split_whitespace().map(Rc::from).collect();
            set_named(&mut component.external_classes, name, classes);
        } else if &**name == "hidden" {
            set_named(&mut element.attributes, name, value);
        }
    }

    /// `change:` functions hear of a value that is another one.
    pub(super) fn tell_change(&mut self, id: NodeId, name: &Rc<str>, value: &Val) {
        let Some(element) = self.tree.node_mut(id).element_mut() else {
            return;
        };
        let Some(change) = element
            .changes
            .iter_mut()
            .find(|change| change.name == *name)
        else {
            return;
        };
        if coerce::same(&change.seen, value) {
            return;
        }
        let old = std::mem::replace(&mut change.seen, value.clone());
        let handler = change.handler.clone();
        let value = value.clone();
        self.orders.push(Order::Changed {
            node: id,
            handler,
            value,
            old,
        });
    }
}

/// The attributes of an element, with the handlers that a component may take for properties.
pub(super) fn attributes(written: &program::Element) -> impl Iterator<Item = &program::Attribute> {
    let handlers = written.events.iter();
    let handlers = handlers.filter_map(|own| own.attribute.as_deref());
    written.attributes.iter().chain(handlers)
}

/// Whether a component has a property or an external class of that name.
fn takes(definition: Option<&Definition>, name: &str) -> bool {
    definition.is_some_and(|own| {
        own.properties.contains(&camel_case(name))
            || own.external_classes.iter().any(|class| &**class == name)
    })
}
/// Attributes that move a scroll-view when they change.
const SCROLLS: &[&str] = &["scroll-top", "scroll-left", "scroll-into-view"];

/// Sets a named value in a list that keeps the order in which names came.
pub(super) fn set_named<T>(list: &mut Vec<(Rc<str>, T)>, name: &str, value: T) {
    match list.iter_mut().find(|(own, _)| &**own == name) {
        Some((_, old)) => *old = value,
        None => list.push((name.into(), value)),
    }
}

fn set_model(
    models: &mut Vec<(Rc<str>, Vec<Segment>)>,
    name: &Rc<str>,
    path: Option<Vec<Segment>>,
) {
    match path {
        Some(path) => set_named(models, name, path),
        // The branch that shows now cannot be written.
        None => models.retain(|(own, _)| own != name),
    }
}

/// `hover-class` → `hoverClass`.
pub fn camel_case(name: &str) -> Rc<str> {
    if !name.contains('-') {
        return name.into();
    }
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '-' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            camel.extend(c.to_uppercase());
        } else {
            camel.push(c);
        }
    }
    camel.into()
}
