//! Tests: JavaScript test files and the program that they test.

pub mod host_page;
pub mod screen;

#[cfg(test)]
mod host_page_tests;
#[cfg(test)]
mod screen_tests;
