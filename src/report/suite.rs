//! Results of `wxsim test` and the reports that are made of them.

mod result;

pub use result::{Failure, FailureKind, FileResult, Outcome, SuiteResult, TestResult, Totals};
