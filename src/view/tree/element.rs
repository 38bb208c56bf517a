//! Elements: what is written on them, as attributes of a built-in one, as properties, external classes
//! and content of a component.

use std::fmt::Write as _;
use std::rc::Rc;

use super::render::Env;
use super::{Binding, Change, Element, Kind, NodeId, Order, Render};
use crate::data_path::Segment;
use crate::view::coerce;
use crate::view::program::{self, Expr};
use crate::view::touch::Touch;
use crate::view::value::Val;

impl Render<'_> {
    pub(super) fn create_element(&mut self, written: &program::Element, env: &mut Env) -> NodeId {
        let definition = self.resolve(&written.tag);
        let mut element = Element {
            tag: Rc::clone(&written.tag),
            place: written.place,
            id: self.optional_text(written.id.as_ref(), env),
            classes: self.classes(written, env),
            style: self.style(written, env),
            slot: self.optional_text(written.slot.as_ref(), env),
            dataset: self.named_values(&written.dataset, env),
            marks: self.named_values(&written.marks, env),
            events: self.events(&written.events, env),
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
        for attribute in &written.attributes {
            let value = self.eval(&attribute.value, env);
            let model = attribute
                .model
                .as_ref()
                .and_then(|model| self.path(model, env));
            self.set_attribute(id, &attribute.name, value, model, &mut passed);
        }
        self.pass_style_and_class(id, written, &mut passed);
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
        for _ in written.slot_values.iter() {
            env.push(Val::Undefined, Touch::All, None);
        }
        self.fill(id, &written.body, env);
        env.pop(written.slot_values.len());
    }

    pub(super) fn has_dynamic_slots(&self, id: NodeId) -> bool {
        let component = self.tree.node(id).component();
        component.is_some_and(|component| component.definition.slots == super::Slots::Dynamic)
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

    /// The inline style of an element.
    pub(super) fn style(&mut self, written: &program::Element, env: &Env) -> Rc<str> {
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

    pub(super) fn events(&mut self, written: &[program::Binding], env: &Env) -> Vec<Binding> {
        let bindings = written.iter().map(|binding| Binding {
            event: Rc::clone(&binding.event),
            handler: match self.eval(&binding.handler, env) {
                function @ Val::Function(_) => function,
                other => Val::Text(coerce::join_text(&other).into()),
            },
            is_catch: binding.is_catch,
            is_mut: binding.is_mut,
            is_capture: binding.is_capture,
        });
        bindings.collect()
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
    fn generics(&mut self, written: &[(Rc<str>, Rc<str>)]) -> Vec<(Rc<str>, Rc<str>)> {
        let mut found = Vec::new();
        for (name, tag) in written {
            if let Some(definition) = self.resolve(tag) {
                found.push((Rc::clone(name), Rc::clone(&definition.path)));
            }
        }
        found
    }

    /// `class` and `style` may be a property or an external class of a component.
    fn pass_style_and_class(
        &mut self,
        id: NodeId,
        written: &program::Element,
        passed: &mut Vec<(Rc<str>, Val)>,
    ) {
        let Some(element) = self.tree.node_mut(id).element_mut() else {
            return;
        };
        let (classes, style) = (element.classes.clone(), Rc::clone(&element.style));
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
        if written.style.is_some() && component.definition.properties.contains("style") {
            passed.push(("style".into(), Val::Text(style)));
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
    if let Some(path) = path {
        set_named(models, name, path);
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
