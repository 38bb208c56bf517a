//! Reports of a test run: one result, many forms.

mod result;

pub use result::{
    Failure, FailureKind, FileResult, Outcome, SuiteResult, TestResult, Totals,
};
