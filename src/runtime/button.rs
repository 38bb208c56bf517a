//! Taps: handlers of the page, and buttons with an open capability (`open-type`).
//!
//! Official page: `component/button`. A capability goes the way of an API call, with its gates and
//! questions; its result is the `detail` of an event.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde_json::{Value as Json, json};

use super::core::Core;
use super::sim::{Sim, StepError};
use super::step::BadStep;
use super::trace::Cause;
use crate::api::{self, Api, Behaviour};
use crate::spec::{Form, Group};
use crate::value::Value;
use crate::view::bubbling::Travel;
use crate::view::tags;
use crate::view::tree::{NodeId, camel_case};
use crate::world::route::PageId;

/// A tap on a button with an open capability.
#[derive(Clone, Debug, PartialEq)]
pub struct ButtonTap {
    /// `open-type`; several joined by `|`.
    pub open_type: String,
    /// The page's handler of the capability's event; empty for none.
    pub method: String,
    /// Attributes of the button, an object: `id`, `lang`, `dataset`, …
    pub attributes: Json,
}

impl FromStr for ButtonTap {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let bad = |why: &str| {
            BadStep(format!(
                "{why}; write `button OPEN_TYPE [METHOD] [JSON]`, such as `button getPhoneNumber \
                 onPhone {{\"id\":\"phone\"}}`"
            ))
        };
        let (words, attributes) = match text.find('{') {
            Some(at) => text.split_at(at),
            None => (text, "{}"),
        };
        let attributes: Json = serde_json::from_str(attributes)
            .map_err(|error| bad(&format!("the attributes are not JSON: {error}")))?;
        let mut words = words.split_whitespace();
        let open_type = words
            .next()
            .ok_or_else(|| bad("the open-type is missing"))?;
        let method = words.next().unwrap_or_default();
        match words.next() {
            Some(word) => Err(bad(&format!("`{word}` is too much"))),
            None => Ok(Self {
                open_type: open_type.to_owned(),
                method: method.to_owned(),
                attributes,
            }),
        }
    }
}

impl fmt::Display for ButtonTap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.open_type)?;
        if !self.method.is_empty() {
            write!(f, " {}", self.method)?;
        }
        if self.attributes != json!({}) {
            write!(f, " {}", self.attributes)?;
        }
        Ok(())
    }
}

/// Where the result of a button's capability goes.
#[derive(Clone, Debug)]
pub(super) struct ButtonEvent {
    pub(super) page: PageId,
    pub(super) method: String,
    pub(super) attributes: Json,
    /// The button on the page; `None` for one that only the step knows.
    pub(super) node: Option<NodeId>,
}

/// The capability whose tap is the agreement that others of the same button wait for.
const AGREE: &str = "agreePrivacyAuthorization";

impl Sim {
    /// Taps a button with an open capability.
    pub(super) fn tap_button(&mut self, tap: &ButtonTap) -> Result<(), StepError> {
        let page = self.with(|core| core.world.current_page().cloned());
        let page = page.ok_or(StepError::NoPage)?;
        let found = self.capabilities(&tap.open_type)?;
        if !tap.method.is_empty() {
            let known = self.methods(page.id);
            if !known.contains(&tap.method) {
                return Err(no_method(page.route, &tap.method, &known));
            }
        }
        let event = ButtonEvent {
            page: page.id,
            method: tap.method.clone(),
            attributes: tap.attributes.clone(),
            node: None,
        };
        let gesture = self.next_gesture();
        self.press_all(&Cause::Gesture(gesture), true, &found, &event);
        Ok(())
    }

    /// The rows of an `open-type`, the agreement first.
    fn capabilities(&self, open_type: &str) -> Result<Vec<&'static Api>, StepError> {
        let mut kinds: Vec<&str> = open_type.split('|').collect();
        kinds.sort_by_key(|kind| *kind != AGREE);
        if kinds.len() > 1 && kinds[0] != AGREE {
            // Only the agreement takes others beside it.
            return Err(StepError::NoCapability(open_type.to_owned()));
        }
        let find = |kind: &str| {
            let api = self.with(|core| core.capability(kind));
            api.ok_or_else(|| StepError::NoCapability(kind.to_owned()))
        };
        kinds.into_iter().map(find).collect()
    }

    /// The open capability of a button on the page is used.
    pub(super) fn press_node(
        &mut self,
        page: PageId,
        node: NodeId,
        cause: &Cause,
        open_type: &str,
    ) {
        let is_old_tag = self.with(|core| core.tag_of(page, node) == "contact-button");
        let found = match self.capabilities(open_type) {
            Ok(found) => found,
            // The tag is older than the capability of buttons.
            Err(_) if is_old_tag => api::find("button.contact").into_iter().collect(),
            Err(_) => return self.with(|core| core.tell_plain(open_type)),
        };
        let event = self.with(|core| core.event_of(page, node));
        self.press_all(cause, true, &found, &event);
    }

    /// A component with a gate came to a page.
    pub(super) fn insert_node(&mut self, page: PageId, node: NodeId, tag: &str) {
        let found = self.with(|core| {
            let api = core.of_view("component", &insertion(tag))?;
            Some((api, core.event_of(page, node)))
        });
        if let Some((api, event)) = found {
            self.press_all(&Cause::Render, false, &[api], &event);
        }
    }

    /// A component with a gate appears on the page on top.
    pub(super) fn attach(&mut self, component: &ButtonTap) -> Result<(), StepError> {
        let page = self.with(|core| core.world.current_page().cloned());
        let page = page.ok_or(StepError::NoPage)?;
        let kind = &component.open_type;
        let api = self.with(|core| core.of_view("component", &insertion(kind)));
        let api = api.ok_or_else(|| StepError::NoComponent(kind.clone()))?;
        let event = ButtonEvent {
            page: page.id,
            method: component.method.clone(),
            attributes: component.attributes.clone(),
            node: None,
        };
        self.press_all(&Cause::Render, false, &[api], &event);
        Ok(())
    }

    fn press_all(&mut self, cause: &Cause, tap: bool, apis: &[&'static Api], event: &ButtonEvent) {
        let shares = |api: &Api| matches!(api.behaviour, Behaviour::Share);
        let others = apis.iter().copied().filter(|api| !shares(api));
        let others: Vec<&'static Api> = others.collect();
        if !others.is_empty() {
            self.task(cause.clone(), tap, "button", |sim| {
                for api in others {
                    let number = sim.engine.call("nextCall", &[])?;
                    let number = super::ops::number(&number);
                    sim.with(|core| core.press(number, api, event.clone()));
                }
                Ok(())
            });
        }
        if apis.iter().any(|api| shares(api)) {
            let button = self.with(|core| core.button_of(event));
            self.share_by_button(event.page, button, cause.clone());
        }
    }

    /// The result of a capability arrives at the page.
    pub(super) fn deliver_event(
        &mut self,
        api: &Api,
        event: &ButtonEvent,
        ok: bool,
        result: &Value,
    ) -> Result<(), crate::value::Exception> {
        let Form::Button { success, failure } = api.spec.form else {
            return Ok(());
        };
        let name = if ok { success } else { failure };
        if ok && (name.is_empty() || self.with(|core| core.is_later(api, name))) {
            return Ok(());
        }
        if name.is_empty() {
            let text = result.get("errMsg").as_str().unwrap_or_default().to_owned();
            self.with(|core| core.console("error", text));
            return Ok(());
        }
        if let Some(node) = event.node {
            let more = Value::object([]);
            let detail = result.clone();
            let travel = Travel::default();
            return self
                .dispatch(event.page, node, name, travel, detail, more)
                .map(drop);
        }
        if event.method.is_empty() {
            return Ok(());
        }
        let detail = result.clone();
        let argument = self.with(|core| core.event(name, &event.attributes, detail));
        let arguments = [event.page.0.into(), event.method.as_str().into(), argument];
        self.engine.call("handler", &arguments).map(drop)
    }

    /// Calls a method of the page on top as the handler of a tap.
    pub(super) fn gesture(&mut self, method: &str, dataset: &Json) -> Result<(), StepError> {
        let detail = Value::object([("x", 0_u32.into()), ("y", 0_u32.into())]);
        let attributes = json!({ "dataset": dataset });
        let mut event = self.with(|core| core.event("tap", &attributes, detail));
        if let Value::Object(members) = &mut event {
            members.push(("touches".to_owned(), Value::Array(Vec::new())));
            members.push(("changedTouches".to_owned(), Value::Array(Vec::new())));
        }
        let gesture = self.next_gesture();
        self.handle(Cause::Gesture(gesture), true, method, event)
    }

    /// An event of a field on the page on top.
    pub(super) fn field_event(
        &mut self,
        cause: Cause,
        name: &str,
        (method, attributes): (&str, &Json),
        detail: Value,
    ) -> Result<(), StepError> {
        let event = self.with(|core| core.event(name, attributes, detail));
        self.handle(cause, false, method, event)
    }

    /// Gives an event to a handler of the page on top, in a macrotask of its own.
    fn handle(
        &mut self,
        cause: Cause,
        tap: bool,
        method: &str,
        event: Value,
    ) -> Result<(), StepError> {
        let page = self.with(|core| core.world.current_page().cloned());
        let page = page.ok_or(StepError::NoPage)?;
        let mut found = true;
        self.task(cause, tap, method, |sim| {
            let arguments = [page.id.0.into(), method.into(), event];
            found = sim.engine.call("handler", &arguments)?.as_bool() == Some(true);
            Ok(())
        });
        if found {
            return Ok(());
        }
        let known = self.methods(page.id);
        Err(no_method(page.route, method, &known))
    }

    /// Names of the page's own methods.
    fn methods(&mut self, page: PageId) -> Vec<String> {
        let known = self.engine.call("methods", &[page.0.into()]);
        let known = known.unwrap_or_default();
        let names = known.items().iter().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    }
}

/// `live-pusher` → `insertLivePusher`, as the client calls it.
fn insertion(component: &str) -> String {
    let words = component.split('-').map(|word| {
        let (head, tail) = word.split_at(word.len().min(1));
        head.to_uppercase() + tail
    });
    format!("insert{}", words.collect::<String>())
}

fn no_method(route: String, method: &str, known: &[String]) -> StepError {
    let known = if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    };
    StepError::NoMethod {
        route,
        method: method.to_owned(),
        known,
    }
}

impl Core {
    /// Whether a button got that event only in a later base library.
    fn is_later(&self, api: &Api, event: &str) -> bool {
        let button = tags::find("button").filter(|_| api.spec.group == Group::Button);
        let event = button.and_then(|tag| tag.event(event));
        event.is_some_and(|event| event.since > self.world.profile().sdk)
    }

    /// A button with an `open-type` that does nothing: said once when it is not simulated, or is none.
    fn tell_plain(&mut self, open_type: &str) {
        let words = tags::find("button").and_then(|tag| tag.attribute("open-type"));
        let words = words.map_or(&[][..], |attribute| attribute.words);
        let known = words.iter().find(|(word, _)| *word == open_type);
        match known {
            // For this base library it is a plain button, which its author need not be told.
            Some((_, since)) if *since > self.world.profile().sdk => {}
            Some(_) => {
                let text = format!("open-type=\"{open_type}\" is not simulated");
                self.unsupported(&format!("button.{open_type}"));
                self.console("warn", text);
            }
            None if self.views.plain_buttons.insert(open_type.to_owned()) => {
                let text = format!("open-type=\"{open_type}\" is none: the button is a plain one");
                self.console("warn", text);
            }
            None => {}
        }
    }

    /// The tag of a node of a page; empty when there is none.
    fn tag_of(&self, page: PageId, node: NodeId) -> String {
        let tree = self.views.trees.get(&page);
        let element = tree.and_then(|tree| tree.find(node)?.element());
        element.map_or_else(String::new, |element| element.tag.to_string())
    }

    /// The row of an `open-type` in this base library.
    fn capability(&self, open_type: &str) -> Option<&'static Api> {
        self.of_view("button", open_type)
    }

    fn of_view(&self, kind: &str, name: &str) -> Option<&'static Api> {
        let api = api::find(&format!("{kind}.{name}"))?;
        api::exists(api, self.world.profile().sdk).then_some(api)
    }

    /// The attributes of an element on a page, in camel case, with its id and dataset.
    pub(super) fn attributes(&self, page: PageId, node: NodeId) -> Json {
        let mut all = serde_json::Map::new();
        let tree = self.views.trees.get(&page);
        if let Some(element) = tree.and_then(|tree| tree.find(node)?.element()) {
            for (name, _) in &element.attributes {
                let value = element.current(name).to_value().to_json();
                all.insert(camel_case(name).to_string(), value.unwrap_or_default());
            }
            all.insert("id".to_owned(), (*element.id).into());
            let dataset = super::event::dataset(element).to_json();
            all.insert("dataset".to_owned(), dataset.unwrap_or_default());
        }
        Json::Object(all)
    }

    fn event_of(&self, page: PageId, node: NodeId) -> ButtonEvent {
        ButtonEvent {
            page,
            method: String::new(),
            attributes: self.attributes(page, node),
            node: Some(node),
        }
    }

    /// A button as handlers see it.
    fn button_of(&mut self, event: &ButtonEvent) -> Value {
        let place = event.node.map(|node| self.event_place(event.page, node));
        let tree = self.views.trees.get(&event.page);
        match (tree, event.node, place) {
            (Some(tree), Some(node), Some(place)) => {
                let mut button = super::event::subject(tree, node);
                if let Value::Object(members) = &mut button {
                    let offsets = members
                        .iter_mut()
                        .filter(|(key, _)| key.starts_with("offset"));
                    offsets.for_each(|(key, value)| *value = place.get(key).clone());
                }
                button
            }
            _ => Value::object([
                (
                    "id",
                    event.attributes["id"].as_str().unwrap_or_default().into(),
                ),
                ("dataset", dataset(&event.attributes)),
            ]),
        }
    }

    fn press(&mut self, number: u32, api: &'static Api, event: ButtonEvent) {
        let options = Value::from(&event.attributes);
        let name = Cow::Borrowed(api.spec.name);
        self.enlist(number, api, name, options, None);
        if let Some(call) = self.calls.get_mut(&number) {
            call.event = Some(event);
        }
        self.enter_gate(number);
    }

    /// An event object as handlers get it.
    fn event(&self, name: &str, attributes: &Json, detail: Value) -> Value {
        let target = || {
            Value::object([
                ("id", attributes["id"].as_str().unwrap_or_default().into()),
                ("dataset", dataset(attributes)),
            ])
        };
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
        let now = self.world.now().since(self.began) as f64;
        Value::object([
            ("type", name.into()),
            ("timeStamp", Value::Number(now)),
            ("target", target()),
            ("currentTarget", target()),
            ("detail", detail),
        ])
    }
}

fn dataset(attributes: &Json) -> Value {
    match attributes.get("dataset") {
        Some(dataset) => Value::from(dataset),
        None => Value::Object(Vec::new()),
    }
}
