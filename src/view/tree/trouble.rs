//! What goes wrong while a template is rendered.

use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::view::program::Place;

/// How often `<template is>` may stand within what it shows, and a component within its own shadow
/// tree. The client has no such number: it ends when its stack does.
pub(super) const NESTED_MAX: usize = 500;

/// A mistake that only data shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// The template, from the code root.
    pub file: Rc<str>,
    /// Where, when it is one place.
    pub place: Option<Place>,
    /// What it is.
    pub kind: TroubleKind,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TroubleKind {
    /// No template has the name that `is` gives.
    NoTemplate(Rc<str>),
    /// A template shows itself without end.
    EndlessTemplate(Rc<str>),
    /// A component has itself in its own template without end.
    EndlessComponent(Rc<str>),
}

impl Trouble {
    /// The mistake for its author, not yet with a place.
    pub fn diagnostic(&self) -> Diagnostic {
        match &self.kind {
            TroubleKind::NoTemplate(name) if name.is_empty() => {
                Diagnostic::warning("`<template is>` has an empty name, so nothing shows here")
                    .help("give `is` the name of a `<template name>`")
            }
            TroubleKind::NoTemplate(name) => {
                Diagnostic::warning(format!("there is no template named `{name}`"))
                    .help("define `<template name>` in this file, or import the file that does; imports of imported files do not count")
            }
            TroubleKind::EndlessTemplate(name) => Diagnostic::error(format!(
                "the template `{name}` is nested {NESTED_MAX} times; the rest is left out"
            ))
            .help("let a `wx:if` end it"),
            TroubleKind::EndlessComponent(path) => Diagnostic::error(format!(
                "the component `{path}` is nested {NESTED_MAX} times; the rest is left out"
            ))
            .help("let a `wx:if` end it"),
        }
    }
}
