//! What templates compute with: script values whose texts, arrays and objects are shared.
//!
//! A copy costs nothing, and writing to a shared part copies only that part, so the view can keep
//! the data of every component without a deep copy of it. Functions are kept as they are: component
//! libraries pass them down as properties.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::value::{Callable, Value};

/// A value of a template.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Val {
    /// `undefined`, also a missing member.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number; may be `NaN` or infinite.
    Number(f64),
    /// A text.
    Text(Rc<str>),
    /// An array; holes are `Undefined`.
    Array(Rc<Vec<Val>>),
    /// A plain object.
    Object(Rc<Fields>),
    /// A `Date`, in Unix milliseconds.
    Date(f64),
    /// A function of the logic layer or of a WXS module.
    Function(Callable),
    /// Anything else, as it left the engine (bytes, errors, symbols …).
    Other(Rc<Value>),
}

/// Members of an object, in order.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    entries: Vec<(Rc<str>, Val)>,
    /// Places of the keys, once there are many.
    index: Option<BTreeMap<Rc<str>, usize>>,
}

/// From this number of members on keys are looked up in an index.
const INDEXED_FROM: usize = 12;

impl Fields {
    /// The member of that name.
    pub fn get(&self, key: &str) -> Option<&Val> {
        self.place(key).map(|at| &self.entries[at].1)
    }

    /// The member of that name, made `Undefined` when there is none.
    pub fn get_mut(&mut self, key: &str) -> &mut Val {
        let at = self.place(key).unwrap_or_else(|| {
            self.push(key.into(), Val::Undefined);
            self.entries.len() - 1
        });
        &mut self.entries[at].1
    }

    /// Sets a member; a new one comes last.
    pub fn set(&mut self, key: &str, value: Val) {
        *self.get_mut(key) = value;
    }

    /// Members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &Val)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Number of members.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(own, _)| &**own == key),
        }
    }

    fn push(&mut self, key: Rc<str>, value: Val) {
        if let Some(index) = &mut self.index {
            index.insert(Rc::clone(&key), self.entries.len());
        }
        self.entries.push((key, value));
        if self.index.is_none() && self.entries.len() >= INDEXED_FROM {
            let places = self.entries.iter().enumerate();
            self.index = Some(places.map(|(at, (key, _))| (Rc::clone(key), at)).collect());
        }
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<K: Into<Rc<str>>> FromIterator<(K, Val)> for Fields {
    fn from_iter<I: IntoIterator<Item = (K, Val)>>(members: I) -> Self {
        let mut fields = Self::default();
        for (key, value) in members {
            fields.set(&key.into(), value);
        }
        fields
    }
}

impl Val {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// An object of the given members.
    pub fn object<K: Into<Rc<str>>>(members: impl IntoIterator<Item = (K, Val)>) -> Self {
        Self::Object(Rc::new(members.into_iter().collect()))
    }

    /// An array of the given elements.
    pub fn array(items: impl IntoIterator<Item = Val>) -> Self {
        Self::Array(Rc::new(items.into_iter().collect()))
    }

    /// The text of a `Text`.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The value as it crosses to scripts.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Undefined => Value::Undefined,
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::String(text.to_string()),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(fields) => Value::Object(
                fields
                    .iter()
                    .map(|(key, value)| (key.to_string(), value.to_value()))
                    .collect(),
            ),
            Self::Date(ms) => Value::Date(*ms),
            Self::Function(function) => Value::Function(function.clone()),
            Self::Other(value) => (**value).clone(),
        }
    }
}

impl From<&Value> for Val {
    fn from(value: &Value) -> Self {
        match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Bool(*flag),
            Value::Number(number) => Self::Number(*number),
            Value::String(text) => Self::Text(text.as_str().into()),
            Value::Array(items) => Self::array(items.iter().map(Self::from)),
            Value::Object(members) => {
                let members = members.iter();
                Self::object(members.map(|(key, value)| (key.as_str(), Self::from(value))))
            }
            Value::Date(ms) => Self::Date(*ms),
            Value::Function(function) => Self::Function(function.clone()),
            other => Self::Other(Rc::new(other.clone())),
        }
    }
}

impl From<Value> for Val {
    fn from(value: Value) -> Self {
        Self::from(&value)
    }
}
