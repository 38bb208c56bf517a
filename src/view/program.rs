//! A template as it is rendered: what the parser's tree is compiled to.
//!
//! `crate::view::template` makes programs, `crate::view::tree` runs them. One node of a program is
//! one node of the tree, so that an update walks both side by side.

use std::rc::Rc;

use super::reads::Reads;
use super::value::Val;

/// A compiled WXML file.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Path of the file in the project, with extension, without a slash in front.
    pub path: Rc<str>,
    /// The file's own content.
    pub body: Rc<[Node]>,
    /// What `<template is>` finds: own definitions, by name.
    pub templates: Vec<(Rc<str>, Rc<Template>)>,
    /// Imported files, from the code root, with where they are imported.
    pub imports: Vec<(Rc<str>, Place)>,
    /// Modules that expressions of this file may use: scopes with the lowest numbers, in order.
    pub modules: Vec<Module>,
}

/// A `<template name>`: its content with the scripts of the file that defines it.
#[derive(Clone, Debug)]
pub struct Template {
    /// Content.
    pub body: Rc<[Node]>,
    /// The file that defines it; its templates and modules are the ones the content sees.
    pub file: Rc<str>,
}

/// A `<wxs>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Name in expressions.
    pub name: Rc<str>,
    /// What it runs.
    pub code: ModuleCode,
}

/// Where the code of a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleCode {
    /// A `.wxs` file, from the project's root.
    File(Rc<str>),
    /// Written in the template.
    Inline {
        /// The code.
        code: Rc<str>,
        /// Line of the template on which it begins, from 1.
        line: u32,
    },
}

/// A place in a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in UTF-16 units.
    pub column: u32,
}

/// A node.
#[derive(Clone, Debug)]
pub enum Node {
    /// Text.
    Text(Expr),
    /// An element or a component.
    Element(Box<Element>),
    /// `<block>` without conditions or loops; also an included file.
    Block {
        /// Its `slot` attribute.
        slot: Option<Expr>,
        /// `slot:` values it takes.
        slot_values: Rc<[SlotValue]>,
        /// Content.
        body: Rc<[Node]>,
    },
    /// `wx:if`, `wx:elif`, `wx:else`.
    If {
        /// Conditions with what they show, in order.
        branches: Vec<(Expr, Rc<[Node]>)>,
        /// What shows when none holds.
        otherwise: Rc<[Node]>,
    },
    /// `wx:for`; item and index are the next two scopes of its content.
    For {
        /// What is gone through.
        list: Expr,
        /// `wx:key`: a member's name or `*this`.
        key: Option<Rc<str>>,
        /// Content of one item.
        body: Rc<[Node]>,
        /// What the content reads.
        reads: Rc<Reads>,
    },
    /// `<template is>`.
    Template {
        /// Name.
        is: Expr,
        /// Its whole data, an object.
        data: Expr,
        /// Where it is written.
        place: Place,
    },
    /// `<include src>`: the file's content in this place, with this file's data and its own scripts.
    Include {
        /// The file, from the project's root.
        file: Rc<str>,
        /// Where it is written.
        place: Place,
    },
    /// `<slot>`.
    Slot {
        /// Its name; empty for the default one.
        name: Expr,
        /// Its own `slot` attribute.
        slot: Option<Expr>,
        /// Values it gives to its content, for `dynamicSlots`.
        values: Vec<(Rc<str>, Expr)>,
        /// `id` and the rest, rarely there.
        common: Box<Element>,
    },
}

/// A name that `slot:NAME="alias"` takes from a slot; the alias is the next scope of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotValue {
    /// The value's name.
    pub name: Rc<str>,
    /// What the content calls it.
    pub alias: Rc<str>,
}

/// An element with everything written on it.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Tag.
    pub tag: Rc<str>,
    /// Where it is written.
    pub place: Place,
    /// `id`.
    pub id: Option<Expr>,
    /// `class`, also as `class:NAME="{{ condition }}"`.
    pub class: Option<Expr>,
    /// `class:NAME` with their conditions (none: always).
    pub class_names: Vec<(Rc<str>, Option<Expr>)>,
    /// `style`.
    pub style: Option<Expr>,
    /// `style:NAME`.
    pub style_names: Vec<(Rc<str>, Expr)>,
    /// `slot`.
    pub slot: Option<Expr>,
    /// `slot:` values it takes; each is a scope of its content, in order.
    pub slot_values: Rc<[SlotValue]>,
    /// `data-*`, names in camel case as scripts read them.
    pub dataset: Vec<(Rc<str>, Expr)>,
    /// `mark:*`.
    pub marks: Vec<(Rc<str>, Expr)>,
    /// All other attributes, as written (`hover-class`, `bind:x` is no attribute).
    pub attributes: Vec<Attribute>,
    /// Handlers, those bound without a colon first.
    pub events: Vec<Binding>,
    /// `extra-attr:NAME`: attributes, also of components.
    pub extras: Vec<(Rc<str>, Rc<str>)>,
    /// `change:NAME="{{ module.function }}"`.
    pub changes: Vec<(Rc<str>, Expr)>,
    /// `generic:NAME="tag"`.
    pub generics: Vec<(Rc<str>, Rc<str>)>,
    /// Content.
    pub body: Rc<[Node]>,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Name as written, without `model:`.
    pub name: Rc<str>,
    /// Value; an attribute without one is `true`.
    pub value: Expr,
    /// The data that `model:NAME` writes back to, when the value is a path of data: keys and, for
    /// scopes, what they stand for.
    pub model: Option<Expr>,
    /// It is a handler bound without a colon, but for a component that has such a property.
    pub is_handler: bool,
}

/// A handler on an element.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The event, such as `tap`.
    pub event: Rc<str>,
    /// The handler's name or a WXS function.
    pub handler: Expr,
    /// `catch`: the event goes no further.
    pub is_catch: bool,
    /// `mut-bind`: only the first such handler on the way runs.
    pub is_mut: bool,
    /// `capture-`: on the way down.
    pub is_capture: bool,
    /// The attribute that a binding without a colon is on a component with a property or an external
    /// class of that name.
    pub attribute: Option<Box<Attribute>>,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A fixed value.
    Fixed(Val),
    /// A field of the data.
    Field(Rc<str>),
    /// A scope by number: first the modules of the file, then `wx:for` items and indexes and slot
    /// values from the outside in.
    Scope(usize),
    /// `a.b`
    Member(Box<Expr>, Rc<str>),
    /// `a[b]`
    Index(Box<Expr>, Box<Expr>),
    /// `f(a, b)`
    Call(Box<Expr>, Vec<Expr>),
    /// `{ a, b: c, ...d }`
    Object(Vec<Entry>),
    /// `[a, ...b]`
    Array(Vec<Item>),
    /// `-a`
    Unary(Unary, Box<Expr>),
    /// `a + b`, also the logical ones.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `a ? b : c`
    Cond(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Pieces of a text with expressions between, joined as text: `undefined` and `null` are empty.
    Join(Vec<Expr>),
}

impl Default for Expr {
    fn default() -> Self {
        Self::Fixed(Val::Undefined)
    }
}

/// A member of an object literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `name: value`
    Named(Rc<str>, Expr),
    /// `...value`
    Spread(Expr),
}

/// An element of an array literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A value.
    One(Expr),
    /// `...value`
    Spread(Expr),
    /// A hole.
    Hole,
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `!`
    Not,
    /// `~`
    BitNot,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `typeof`
    TypeOf,
    /// `void`
    Void,
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `*`
    Times,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `>>>`
    ShiftRightUnsigned,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    LessOrEqual,
    /// `>=`
    GreaterOrEqual,
    /// `instanceof`
    InstanceOf,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `===`
    Same,
    /// `!==`
    NotSame,
    /// `&`
    BitAnd,
    /// `^`
    BitXor,
    /// `|`
    BitOr,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Nullish,
}
