//! The integration tests, one binary.

mod names;
mod tidy;
