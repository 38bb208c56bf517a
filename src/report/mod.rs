//! Reports: texts made of the trace. They are strings until the command line writes them.

mod summary;
mod text;

pub use summary::Summary;
pub use text::{Paint, line};
