//! What is known of an attribute or an event of a built-in component.

use crate::version::Version;
use crate::view::coerce::{join_text, to_bool, to_number};
use crate::view::value::Val;

/// An attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attr {
    /// Name as the manual writes it, mostly dashed.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Value when it is not written.
    pub default: Fallback,
    /// First base library that knows it.
    pub since: Version,
    /// The words it may have, with the first base library that knows each; empty for any text.
    pub words: &'static [(&'static str, Version)],
}

/// Kinds of attribute values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A boolean. A text is true unless it is empty: `disabled="false"` disables.
    Flag,
    /// A number.
    Number,
    /// A number of pixels, also with the unit `px` or `rpx`.
    Length,
    /// A text.
    Text,
    /// A text that is a colour.
    Color,
    /// An array.
    List,
    /// An object.
    Object,
    /// What it is depends on other attributes, such as the `mode` of a picker.
    Any,
}

/// The value of an attribute that is not written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fallback {
    /// There is none.
    None,
    /// A boolean.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(&'static str),
}

/// An event of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDef {
    /// Name, as after `bind`.
    pub name: &'static str,
    /// First base library that knows it.
    pub since: Version,
    /// Whether it goes up to the elements around.
    pub bubbles: bool,
    /// Whether it leaves the shadow tree in which it began.
    pub composed: bool,
}

impl Attr {
    /// The attribute with the words it may have.
    pub(super) const fn words(self, words: &'static [(&'static str, Version)]) -> Self {
        Self { words, ..self }
    }

    /// What a written value amounts to: converted to the attribute's kind, else the default.
    ///
    /// Unverified: a number that is none falls back to the default.
    pub fn read(&self, written: &Val) -> Val {
        if matches!(written, Val::Undefined | Val::Null) {
            return self.default.value();
        }
        match self.kind {
            Kind::Flag => Val::Bool(to_bool(written)),
            Kind::Number => self.number(to_number(written)),
            Kind::Length => self.number(length_of(written)),
            Kind::Text | Kind::Color => Val::text(&join_text(written)),
            Kind::List | Kind::Object | Kind::Any => written.clone(),
        }
    }

    fn number(&self, number: f64) -> Val {
        if number.is_nan() {
            self.default.value()
        } else {
            Val::Number(number)
        }
    }
}

/// Pixels of a length; `rpx` are those of a window 375 pixels wide.
fn length_of(written: &Val) -> f64 {
    let Val::Text(text) = written else {
        return to_number(written);
    };
    let text = text.trim();
    match (text.strip_suffix("rpx"), text.strip_suffix("px")) {
        (Some(number), _) => to_number(&Val::text(number)) / 2.0,
        (None, Some(number)) => to_number(&Val::text(number)),
        (None, None) => to_number(written),
    }
}

impl Fallback {
    /// As a value of templates.
    pub fn value(self) -> Val {
        match self {
            Self::None => Val::Undefined,
            Self::Flag(flag) => Val::Bool(flag),
            Self::Number(number) => Val::Number(number),
            Self::Text(text) => Val::text(text),
        }
    }
}

/// The first base library.
pub(super) const V1: Version = v(1, 0, 0);

/// A version.
pub(super) const fn v(major: u16, minor: u16, patch: u16) -> Version {
    Version(major, minor, patch)
}

const fn attr(name: &'static str, kind: Kind, default: Fallback, since: Version) -> Attr {
    Attr {
        name,
        kind,
        default,
        since,
        words: &[],
    }
}

/// A boolean attribute.
pub(super) const fn flag(name: &'static str, default: bool, since: Version) -> Attr {
    attr(name, Kind::Flag, Fallback::Flag(default), since)
}

const fn numeric(name: &'static str, kind: Kind, default: Option<f64>, since: Version) -> Attr {
    let default = match default {
        Some(number) => Fallback::Number(number),
        None => Fallback::None,
    };
    attr(name, kind, default, since)
}

/// A numeric attribute.
pub(super) const fn number(name: &'static str, default: Option<f64>, since: Version) -> Attr {
    numeric(name, Kind::Number, default, since)
}

/// An attribute in pixels.
pub(super) const fn length(name: &'static str, default: Option<f64>, since: Version) -> Attr {
    numeric(name, Kind::Length, default, since)
}

/// An attribute that is a text.
pub(super) const fn text(name: &'static str, default: &'static str, since: Version) -> Attr {
    attr(name, Kind::Text, Fallback::Text(default), since)
}

/// An attribute that is a colour.
pub(super) const fn color(name: &'static str, default: &'static str, since: Version) -> Attr {
    attr(name, Kind::Color, Fallback::Text(default), since)
}

/// An attribute that is an array.
pub(super) const fn list(name: &'static str, since: Version) -> Attr {
    attr(name, Kind::List, Fallback::None, since)
}

/// An attribute that is an object.
pub(super) const fn object(name: &'static str, since: Version) -> Attr {
    attr(name, Kind::Object, Fallback::None, since)
}

/// An attribute of several kinds.
pub(super) const fn any(name: &'static str, since: Version) -> Attr {
    attr(name, Kind::Any, Fallback::None, since)
}

/// An event that only its own element hears, as almost all events of components.
pub(super) const fn event(name: &'static str, since: Version) -> EventDef {
    EventDef {
        name,
        since,
        bubbles: false,
        composed: false,
    }
}

/// An event of a touch or of an animation, which every element around hears.
pub(super) const fn touch(name: &'static str, since: Version) -> EventDef {
    EventDef {
        name,
        since,
        bubbles: true,
        composed: true,
    }
}
