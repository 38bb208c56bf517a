//! The integration tests, one binary.

mod cases;
mod examples;
mod play;
mod tidy;
