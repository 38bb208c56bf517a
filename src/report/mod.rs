//! Reports: texts made of the trace. They are strings until the command line writes them.

pub mod api;
mod check;
mod errcode;
pub mod explain;
pub mod explored;
pub mod found;
pub mod rules;
pub mod suite;
mod summary;
mod text;

pub use check::{Cause, CheckReport, Doubt, PageFacts, PageReport, Status, TapId, Taps};
pub use summary::Summary;
pub use text::{Paint, line, words_of};
