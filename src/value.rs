//! Plain values that cross between scripts and the simulator.
//!
//! JSON plus what scripts really pass: `undefined`, `NaN` and infinities, dates, errors, and marks
//! for things that have no plain form (functions, symbols, cycles). Object keys keep their order.

use std::any::Any;
use std::fmt::Write as _;
use std::rc::Rc;

use serde_json::{Map, Number, Value as Json};

use crate::profile::civil_day;

/// A value that left the script engine.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `undefined`, also a missing argument.
    #[default]
    Undefined,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number; may be `NaN` or infinite.
    Number(f64),
    /// A text. Lone surrogates are replaced by U+FFFD.
    String(String),
    /// An array; holes are `Undefined`.
    Array(Vec<Value>),
    /// A plain object's own enumerable text-keyed members, in order.
    Object(Vec<(String, Value)>),
    /// A `Date`, in Unix milliseconds (`NaN` when invalid).
    Date(f64),
    /// An error object.
    Error(Box<Exception>),
    /// A function, which the simulator can only hand back.
    Function(Callable),
    /// A function that gives this value, for results such as `Stats` whose facts are methods.
    Gives(Box<Value>),
    /// Binary data (`ArrayBuffer` or a view of one), by its class.
    Bytes(&'static str, Vec<u8>),
    /// Something without a plain form (symbol, big integer, map, …), by its class.
    Opaque(String),
    /// An object that contains itself.
    Cycle,
}

/// A function that left the script engine; it is the same one when it comes back.
#[derive(Clone, Default)]
pub struct Callable {
    /// Its name; empty for an anonymous one.
    pub name: String,
    /// What the engine that it comes from knows it by; no other part of the simulator looks inside.
    inner: Option<Rc<dyn Any>>,
}

impl Callable {
    /// A function of an engine, with what that engine finds it by.
    pub fn new(name: impl Into<String>, inner: Rc<dyn Any>) -> Self {
        Self {
            name: name.into(),
            inner: Some(inner),
        }
    }

    /// A name without a function, which is `undefined` to scripts.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            inner: None,
        }
    }

    /// Whether an engine has it: it is more than a name.
    pub fn is_known(&self) -> bool {
        self.inner.is_some()
    }

    /// A number that no other function has while this one is there; 0 for a mere name.
    pub fn number(&self) -> usize {
        let address = |inner: &Rc<dyn Any>| Rc::as_ptr(inner).cast::<()>().addr();
        self.inner.as_ref().map_or(0, address)
    }

    /// What the engine finds it by, when it is of that type.
    pub fn inner<T: 'static>(&self) -> Option<&T> {
        self.inner.as_ref()?.downcast_ref()
    }
}

impl std::fmt::Debug for Callable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Callable").field(&self.name).finish()
    }
}

impl PartialEq for Callable {
    /// The same function; functions without an engine are equal by name.
    fn eq(&self, other: &Self) -> bool {
        match (&self.inner, &other.inner) {
            (Some(own), Some(other)) => Rc::ptr_eq(own, other),
            (None, None) => self.name == other.name,
            _ => false,
        }
    }
}

/// One line of a script's call stack.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Frame {
    /// Function's name; empty for anonymous and module code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub function: String,
    /// File relative to the project's code root.
    pub file: String,
    /// Line from 1; 0 when unknown.
    pub line: u32,
    /// Column from 1; 0 when unknown.
    pub column: u32,
}

/// An error that a script threw or a promise was rejected with.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Exception {
    /// The error's class, such as `TypeError`; empty when something else than an error was thrown.
    pub name: String,
    /// The error's message, or the thrown value as text.
    pub message: String,
    /// Where, innermost first; only frames of the project's files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<Frame>,
    /// The limit of the engine that ended the script, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

impl Exception {
    /// `TypeError: message`, or the message alone when no error object was thrown.
    pub fn headline(&self) -> String {
        if self.name.is_empty() {
            self.message.clone()
        } else {
            format!("{}: {}", self.name, self.message)
        }
    }

    /// Headline and stack, a line each, as in the console of the platform.
    pub fn text(&self) -> String {
        let mut text = self.headline();
        for frame in &self.stack {
            text.push_str("\n    at ");
            text.push_str(&frame.to_string());
        }
        text
    }
}

impl Frame {
    /// `file:line:column`.
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

impl std::fmt::Display for Frame {
    /// `name (file:line:column)` or `file:line:column`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.function.is_empty() {
            f.write_str(&self.place())
        } else {
            write!(f, "{} ({})", self.function, self.place())
        }
    }
}

impl Value {
    /// An object of the given members.
    pub fn object<const N: usize>(members: [(&str, Value); N]) -> Self {
        Self::Object(
            members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        )
    }

    /// The ECMAScript class name, as the platform prints it in parameter errors.
    pub fn class(&self) -> &str {
        match self {
            Self::Undefined => "Undefined",
            Self::Null => "Null",
            Self::Bool(_) => "Boolean",
            Self::Number(_) => "Number",
            Self::String(_) => "String",
            Self::Array(_) => "Array",
            Self::Object(_) | Self::Cycle => "Object",
            Self::Date(_) => "Date",
            Self::Error(_) => "Error",
            Self::Function(_) | Self::Gives(_) => "Function",
            Self::Bytes(class, _) => class,
            Self::Opaque(class) => class,
        }
    }

    /// The member of an object; `Undefined` for a missing one and for anything but an object.
    pub fn get(&self, key: &str) -> &Value {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(name, _)| name == key)
                .map_or(&Self::Undefined, |(_, value)| value),
            _ => &Self::Undefined,
        }
    }

    /// Whether an object has the member, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(members) if members.iter().any(|(name, _)| name == key))
    }

    /// The text of a `String`.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The number of a `Number`.
    pub fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The boolean of a `Bool`.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(flag) = self {
            Some(*flag)
        } else {
            None
        }
    }

    /// The elements of an `Array`; none for anything else.
    pub fn items(&self) -> &[Value] {
        if let Self::Array(items) = self {
            items
        } else {
            &[]
        }
    }

    /// Whether something in it contains itself, so that it has no JSON.
    pub fn has_cycle(&self) -> bool {
        match self {
            Self::Cycle => true,
            Self::Array(items) => items.iter().any(Self::has_cycle),
            Self::Object(members) => members.iter().any(|(_, value)| value.has_cycle()),
            _ => false,
        }
    }

    /// Whether it is `undefined`.
    pub fn is_undefined(&self) -> bool {
        matches!(self, Self::Undefined)
    }

    /// What `JSON.stringify` makes of it; `None` for values that have no JSON form.
    ///
    /// Dates become ISO texts (UTC), not-a-number and infinities become `null`, members without a
    /// JSON form are left out of objects and become `null` in arrays.
    pub fn to_json(&self) -> Option<Json> {
        Some(match self {
            Self::Undefined | Self::Function(_) | Self::Gives(_) => return None,
            Self::Null => Json::Null,
            Self::Bool(flag) => Json::Bool(*flag),
            Self::Number(number) => json_number(*number),
            Self::String(text) => Json::String(text.clone()),
            Self::Array(items) => Json::Array(
                items
                    .iter()
                    .map(|item| item.to_json().unwrap_or(Json::Null))
                    .collect(),
            ),
            Self::Object(members) => Json::Object(
                members
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), value.to_json()?)))
                    .collect(),
            ),
            Self::Date(ms) => iso_date(*ms).map_or(Json::Null, Json::String),
            Self::Error(_) | Self::Bytes(..) | Self::Opaque(_) | Self::Cycle => {
                Json::Object(Map::new())
            }
        })
    }

    /// A readable form that keeps what JSON drops, for consoles and traces.
    ///
    /// At most `depth` levels and [`SHOWN_CHARS_MAX`] characters.
    pub fn show(&self, depth: usize) -> String {
        let mut out = String::new();
        self.show_into(&mut out, depth);
        if out.chars().count() > SHOWN_CHARS_MAX {
            out = out.chars().take(SHOWN_CHARS_MAX).collect();
            out.push('…');
        }
        out
    }

    fn show_into(&self, out: &mut String, depth: usize) {
        if out.len() > SHOWN_CHARS_MAX * 4 {
            return;
        }
        match self {
            Self::Undefined => out.push_str("undefined"),
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(&number_text(*number)),
            Self::String(text) => out.push_str(&Json::String(text.clone()).to_string()),
            Self::Array(_) if depth == 0 => out.push_str("[…]"),
            Self::Object(members) if depth == 0 && !members.is_empty() => out.push_str("{…}"),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    item.show_into(out, depth - 1);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    if is_identifier(key) {
                        out.push_str(key);
                    } else {
                        out.push_str(&Json::String(key.clone()).to_string());
                    }
                    out.push_str(": ");
                    value.show_into(out, depth.saturating_sub(1));
                }
                out.push('}');
            }
            Self::Date(ms) => out.push_str(&iso_date(*ms).unwrap_or_else(|| "Invalid Date".into())),
            Self::Error(error) => out.push_str(&error.text()),
            Self::Gives(value) => {
                out.push_str("() => ");
                value.show_into(out, depth);
            }
            Self::Function(function) if function.name.is_empty() => out.push_str("[function]"),
            Self::Function(function) => {
                out.push_str("[function ");
                out.push_str(&function.name);
                out.push(']');
            }
            Self::Bytes(class, bytes) => {
                out.push_str(class);
                let _ = write!(out, "({})", bytes.len());
            }
            Self::Opaque(class) => {
                out.push('[');
                out.push_str(class);
                out.push(']');
            }
            Self::Cycle => out.push_str("[circular]"),
        }
    }
}

/// Longest readable form of a value, in characters.
pub const SHOWN_CHARS_MAX: usize = 2_000;

fn is_identifier(key: &str) -> bool {
    let mut chars = key.chars();
    chars
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_' || first == '$')
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '$')
}

/// A number as JSON: whole numbers without a fraction, `null` for what JSON cannot write.
pub fn json_number(number: f64) -> Json {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT_MAX {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and within the exact range"
        )]
        return Json::Number(Number::from(number as i64));
    }
    Number::from_f64(number).map_or(Json::Null, Json::Number)
}

fn number_text(number: f64) -> String {
    if number.is_nan() {
        "NaN".to_owned()
    } else if number.is_infinite() {
        if number > 0.0 {
            "Infinity".to_owned()
        } else {
            "-Infinity".to_owned()
        }
    } else {
        json_number(number).to_string()
    }
}

/// `2018-06-04T01:00:00.000Z`; `None` for an invalid date.
fn iso_date(unix_ms: f64) -> Option<String> {
    if !unix_ms.is_finite() || unix_ms.abs() > 8.64e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    let ms = unix_ms as i64;
    let (days, rest) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let (year, month, day) = civil_day(days);
    let (hour, minute, second, milli) = (
        rest / 3_600_000,
        rest / 60_000 % 60,
        rest / 1000 % 60,
        rest % 1000,
    );
    let year = match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{}{:06}", if year < 0 { '-' } else { '+' }, year.abs()),
    };
    Some(format!(
        "{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"
    ))
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(flag) => Self::Bool(*flag),
            Json::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Self::String(text.clone()),
            Json::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Json::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn json_is_what_json_stringify_gives() {
        let value = Value::object([
            ("a", Value::Undefined),
            ("b", Value::Number(f64::NAN)),
            (
                "c",
                Value::Array(vec![
                    Value::Undefined,
                    Value::Function(super::Callable::named("f")),
                ]),
            ),
            ("d", Value::Date(1_528_074_000_000.0)),
            ("e", Value::Number(1.0)),
        ]);
        assert_eq!(
            value.to_json().expect("an object").to_string(),
            r#"{"b":null,"c":[null,null],"d":"2018-06-04T01:00:00.000Z","e":1}"#
        );
        assert_eq!(Value::Undefined.to_json(), None);
        assert!(!value.has_cycle());
        assert!(Value::Array(vec![Value::object([("a", Value::Cycle)])]).has_cycle());
    }

    #[test]
    fn show_keeps_what_json_drops() {
        let value = Value::object([
            ("ok", Value::Undefined),
            ("a-b", Value::Number(f64::INFINITY)),
            (
                "deep",
                Value::object([("x", Value::Array(vec![Value::Null]))]),
            ),
        ]);
        assert_eq!(
            value.show(2),
            r#"{ok: undefined, "a-b": Infinity, deep: {x: […]}}"#
        );
    }
}
