//! The integration tests, one binary.

mod cases;
mod play;
mod tidy;
