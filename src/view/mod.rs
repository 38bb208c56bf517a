//! The view layer: templates, the tree of nodes, what built-in components do.
//!
//! Pure: it runs no script and knows no world. What the logic layer has to do because of a change
//! (create a component, pass properties, run lifetimes) leaves it as [`tree::Order`]s, and WXS
//! functions are called through [`Modules`].

pub mod bubbling;
pub mod coerce;
pub mod expr;
pub mod find;
pub mod gesture;
pub mod layout;
pub mod markup;
pub mod program;
pub mod reads;
pub mod selector;
#[cfg(test)]
mod sketch;
pub mod stir;
pub mod style;
pub mod tags;
pub mod template;
pub mod touch;
pub mod tree;
pub mod value;

use value::Val;

use crate::value::Callable;

/// What runs the functions of WXS modules.
pub trait Modules {
    /// Calls a function of a module; one that throws gives `undefined` (and is reported there).
    fn call(&mut self, function: &Callable, arguments: &[Val]) -> Val;

    /// What a module exports: an object whose functions can be called.
    fn exports(&mut self, code: &program::ModuleCode, template: &str) -> Val;
}
