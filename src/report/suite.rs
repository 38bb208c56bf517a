//! Results of `wxsim test` and the reports that are made of them.

pub mod coverage;
pub(in crate::report) mod frame;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
mod language;
pub(in crate::report) mod plain;
mod result;
mod story;
pub mod tap;
mod terminal;
mod totals;

pub use coverage::Coverage;
pub use language::Language;
pub use result::{
    Chinese, Failure, FailureKind, FileResult, Outcome, SuiteResult, TestResult, Totals,
};
pub use terminal::Terminal;
