//! The integration tests, one binary.

mod cases;
mod docs;
mod examples;
mod names;
mod play;
mod readme;
mod tidy;
