//! WXML files as programs.
//!
//! The parser is the platform's own (`glass-easel-template-compiler`); what it gives is compiled to
//! [`Program`](super::program::Program)s. Official pages: `reference/wxml`.

mod compile;
mod expression;
mod path;
mod read;

pub use path::beside;
pub use read::{Finding, Library};
