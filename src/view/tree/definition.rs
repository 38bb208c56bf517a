//! What rendering needs to know of components and templates.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::view::program::{Node, Program};

/// How content finds its slot (`options` of a component).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Slots {
    /// One slot takes all.
    #[default]
    One,
    /// `multipleSlots`: by name.
    Many,
    /// `dynamicSlots`: the content is made once for each slot, with the slot's values.
    Dynamic,
}

/// What the view knows of a component, told by the logic layer before the first one is made.
#[derive(Clone, Debug, Default)]
pub struct Definition {
    /// Path of its files, without extension.
    pub path: Rc<str>,
    /// Its properties, in camel case.
    pub properties: BTreeSet<Rc<str>>,
    /// Its external classes.
    pub external_classes: Vec<Rc<str>>,
    /// How content finds its slot.
    pub slots: Slots,
    /// Whether its element draws nothing itself.
    pub virtual_host: bool,
    /// Tags that stand for components in its template, with their paths.
    pub using: BTreeMap<Rc<str>, Rc<str>>,
    /// Tags that may stand in for those whose component has not arrived (`componentPlaceholder`).
    pub placeholders: BTreeMap<Rc<str>, Rc<str>>,
    /// Tags that whoever uses it decides (`componentGenerics`), with the default's path.
    pub generics: BTreeMap<Rc<str>, Option<Rc<str>>>,
    /// Behaviors of the platform it has, such as `wx://form-field`.
    pub platform_behaviors: Vec<Rc<str>>,
}

impl Definition {
    /// Whether content goes by the name of its slot.
    pub fn many_slots(&self) -> bool {
        self.slots != Slots::One
    }
}

/// Where rendering looks up components and templates.
pub trait Book {
    /// A component by its path.
    fn definition(&self, path: &str) -> Option<Rc<Definition>>;

    /// The template of a component or page by its path, without extension.
    fn template_of(&self, path: &str) -> Option<Rc<Program>>;

    /// The `<template name>` that a file finds, with the program whose modules it sees.
    fn named(&self, from: &Program, name: &str) -> Option<(Rc<Program>, Rc<[Node]>)>;

    /// An included file.
    fn included(&self, file: &str) -> Option<Rc<Program>>;
}
