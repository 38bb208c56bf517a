//! Objects with methods: what the prelude makes them of, their properties, what they tell.

use serde_json::Value as Json;

use super::core::{Call, Core};
use super::queue::Work;
use super::sim::Sim;
use super::trace::{Cause, Event, json};
use crate::api::{self, Behaviour, Class};
use crate::value::Value;
use crate::world::notice::{Heard, Notice, Told};
use crate::world::object::ObjectId;

impl Core {
    /// The number of the object that a call gives.
    pub(super) fn opened(&self, call: u32) -> Value {
        let object = self.calls.get(&call).and_then(|call| call.object);
        object.map_or(Value::Undefined, |object| object.0.into())
    }

    /// Methods and properties of a class in this base library.
    pub(super) fn class_shape(&self, name: &str) -> Value {
        let Some(class) = api::class(name) else {
            unreachable!("{name} is no class");
        };
        let methods = self.table.iter().enumerate().filter(|(_, row)| {
            let methods = class.methods.iter();
            methods.map(|it| it.spec).any(|it| it.name == row.spec.name)
        });
        let members = class.members.iter().map(|member| {
            Value::object([
                ("name", member.name.into()),
                ("writable", member.set.is_some().into()),
            ])
        });
        let missing = class.missing.iter().map(|name| (*name).into());
        Value::object([
            (
                "methods",
                Value::Array(methods.map(|(at, api)| self.row(at, api.spec)).collect()),
            ),
            ("members", Value::Array(members.collect())),
            ("missing", Value::Array(missing.collect())),
        ])
    }

    fn class_of(&self, object: ObjectId) -> Option<&'static Class> {
        self.world.class_of(object).and_then(api::class)
    }

    /// A property of an object.
    pub(super) fn member(&mut self, object: ObjectId, name: &str) -> Value {
        let class = self.class_of(object);
        let member = class.and_then(|class| class.members.iter().find(|it| it.name == name));
        member.map_or(Value::Undefined, |member| {
            (member.get)(&self.cx(Some(object)))
        })
    }

    /// A script writes a property; one that cannot be written stays as it is.
    pub(super) fn set_member(&mut self, object: ObjectId, name: &str, value: &Value) {
        let Some(class) = self.class_of(object) else {
            return;
        };
        let member = class.members.iter().find(|member| member.name == name);
        let Some(set) = member.and_then(|member| member.set) else {
            return;
        };
        self.emit(|| Event::Sync {
            api: format!("{}.{name} =", class.name),
            object: Some(object.0),
            arguments: Json::Array(vec![json(value)]),
            result: Json::Null,
        });
        set(&mut self.cx(Some(object)), value);
        self.take_notices();
    }

    /// Listeners of an object hear why a call of it failed, if its row has an event for that.
    pub(super) fn tell_failure(&mut self, call: &Call, result: &Value) {
        let event = call.api.spec.failure_event;
        if let Some(object) = call.object.filter(|_| !event.is_empty()) {
            let told = Told::of(object, event, json(result));
            self.later(0, Work::Notice(Notice::Told(told)));
        }
    }

    /// A list of listeners is no longer empty, or is empty again.
    pub(super) fn heard(&mut self, list: &str, heard: bool) {
        if heard {
            self.heard.insert(list.to_owned());
            self.world.apply(Heard(list));
            self.take_notices();
        } else {
            self.heard.remove(list);
        }
    }
}

impl Sim {
    /// What a call began is over: it succeeds.
    pub(super) fn end_lasting(&mut self, object: ObjectId, members: &Json) {
        let calls: Vec<u32> = self.with(|core| {
            let calls = core.calls.iter();
            let lasting = calls.filter(|(_, call)| {
                call.object == Some(object) && matches!(call.api.behaviour, Behaviour::Lasts(_))
            });
            lasting.map(|(number, _)| *number).collect()
        });
        let Value::Object(members) = Value::from(members) else {
            return;
        };
        for call in calls {
            self.deliver(call, &Ok(members.clone()));
        }
    }

    /// Listeners of an object or of `wx` hear of something, if there are any.
    pub(super) fn tell(&mut self, told: Told) {
        let Told {
            object,
            event,
            argument,
            bytes,
        } = told;
        let class = object.and_then(|id| self.with(|core| Some(core.class_of(id)?.name)));
        let (name, list) = match (object, class) {
            (Some(id), Some(class)) => {
                let name = format!("{class}.{event}");
                let list = format!("{name} @{}", id.0);
                (name, list)
            }
            (Some(_), None) => return,
            (None, _) => (event.clone(), event),
        };
        if !self.with(|core| core.heard.contains(&list)) {
            return;
        }
        let mut value = Value::from(&argument);
        if let (Value::Object(members), Some((key, data))) = (&mut value, bytes) {
            members.push((key, Value::Bytes("ArrayBuffer", data)));
        }
        let place = format!("at {name} callback function");
        self.task(Cause::System, false, &place, |sim| {
            sim.with(|core| {
                let argument = json(&value);
                core.emit(|| Event::Told {
                    event: name,
                    object: object.map(|id| id.0),
                    argument,
                });
            });
            sim.engine.call("emit", &[list.into(), value]).map(drop)
        });
    }
}
