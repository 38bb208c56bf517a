//! WXML files as programs.
//!
//! The parser is the platform's own (`glass-easel-template-compiler`); what it gives is compiled to
//! [`Program`](super::program::Program)s. Official pages: `reference/wxml`.

mod advice;
mod compile;
mod expression;
mod limits;
mod path;
mod read;
mod written;

pub use path::resolve;
pub use read::Library;

#[cfg(test)]
mod tests;
