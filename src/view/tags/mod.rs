//! The built-in components: every tag with its attributes and events.
//!
//! Official pages: `component/`, with a page for each tag, and `framework/view/wxml/event` for what
//! every element hears. What users do to them is in `crate::view::gesture`.
//!
//! Unverified: where a page names no version, the version of the tag stands. The options of
//! Skyline's `worklet:` attributes are left out.

mod attribute;
mod table;

pub use attribute::{Attr, EventDef, Fallback, Kind};

use attribute::{V1, any, flag, text, touch, v};

use crate::version::Version;
use crate::view::tree::{Element, camel_case};
use crate::view::value::Val;

/// A built-in component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tag {
    /// Name.
    pub name: &'static str,
    /// First base library that knows it.
    pub since: Version,
    /// Whether what is written in it shows.
    pub container: bool,
    /// Whether it is only known: nothing of what it does is simulated.
    pub inert: bool,
    /// Attributes beside those that every element has ([`COMMON`]).
    pub attributes: &'static [Attr],
    /// Events beside those that every element has ([`COMMON_EVENTS`]).
    pub events: &'static [EventDef],
}

/// Attributes of every element; `data-*`, `mark:*` and the many `aria-*` come in addition.
pub const COMMON: &[Attr] = &[
    text("id", "", V1),
    text("class", "", V1),
    text("style", "", V1),
    flag("hidden", false, V1),
    text("slot", "", v(1, 6, 3)),
    any("animation", V1),
    text("aria-role", "", v(2, 5, 0)),
    text("aria-label", "", v(2, 5, 0)),
];

/// Events of every element: those of touches and of animations.
pub const COMMON_EVENTS: &[EventDef] = &[
    touch("touchstart", V1),
    touch("touchmove", V1),
    touch("touchcancel", V1),
    touch("touchend", V1),
    touch("tap", V1),
    touch("longpress", v(1, 5, 0)),
    touch("longtap", V1),
    touch("transitionend", V1),
    touch("animationstart", V1),
    touch("animationiteration", V1),
    touch("animationend", V1),
    touch("touchforcechange", v(1, 9, 90)),
];

/// Every tag, family by family.
pub fn all() -> impl Iterator<Item = &'static Tag> {
    table::FAMILIES.iter().copied().flatten()
}

/// A tag by name; `None` for what is none, which renders as an anonymous element.
pub fn find(tag: &str) -> Option<&'static Tag> {
    all().find(|known| known.name == tag)
}

impl Tag {
    /// An attribute by name, dashed or in camel case: `form-type` is `formType`.
    pub fn attribute(&self, name: &str) -> Option<&'static Attr> {
        let wanted = camel_case(name);
        let all = self.attributes.iter().chain(COMMON);
        all.into_iter().find(|own| camel_case(own.name) == wanted)
    }

    /// An event by name, its own or one that every element has.
    pub fn event(&self, name: &str) -> Option<&'static EventDef> {
        let all = self.events.iter().chain(COMMON_EVENTS);
        all.into_iter().find(|own| own.name == name)
    }
}

/// What an attribute of an element amounts to now, converted and with its default; `Undefined` when
/// the element is no built-in component or has no such attribute.
pub fn value(element: &Element, name: &str) -> Val {
    let wanted = camel_case(name);
    let state = element
        .state
        .iter()
        .find(|(own, _)| camel_case(own) == wanted);
    let written = || {
        element
            .attributes
            .iter()
            .find(|(own, _)| camel_case(own) == wanted)
    };
    let now = state
        .or_else(written)
        .map_or(&Val::Undefined, |(_, value)| value);
    match find(&element.tag).and_then(|tag| tag.attribute(name)) {
        Some(attribute) => attribute.read(now),
        None => now.clone(),
    }
}

#[cfg(test)]
mod tests;
