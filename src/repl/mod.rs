//! `wxsim repl`: a phone at a prompt.
//!
//! Pure: what is typed is a text, what is shown is a text. [`typed`] reads a line, [`Session`] does it to a
//! [`Sim`](crate::runtime::Sim), [`History`] knows which lines the phone has behind it. Who owns the terminal, the
//! processes and the files is the command line.

pub mod command;
mod complete;
mod facts;
pub mod highlight;
mod history;
mod looks;
mod record;
mod screen;
mod script;
mod session;
pub mod typed;
mod words;

pub use complete::{Completion, Facts, Want, complete, want};
pub use history::{Given, History, Line};
pub use session::{Loader, Outcome, Seen, Session};
pub use words::Words;
