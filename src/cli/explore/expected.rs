//! What a program could ask and what could fail, by the names in its code: the matrix shows what of it was not reached.

use std::collections::BTreeSet;

use crate::api::find;
use crate::cli::named;
use crate::explore::{Matrix, Vary};
use crate::package::Files;
use crate::profile::Profile;
use crate::report::suite::coverage::questions_of;
use crate::runtime::{failures, faults};

/// Adds the questions and the APIs that the code names, with the failures of what is varied.
///
/// Only what the code writes as `wx.NAME`, or as the `open-type` of a button, is known.
pub(super) fn expect(
    matrix: &mut Matrix,
    files: &dyn Files,
    vary: &BTreeSet<Vary>,
    profile: &Profile,
) {
    let varies = |kind: &str| vary.iter().any(|own| own.name() == kind);
    for name in named::apis(files) {
        let Some(api) = find(&name) else {
            continue;
        };
        for (question, answers) in questions_of(api.spec, profile) {
            // All answers of a question were tried when it was asked, and it may not have each that there is.
            if !matrix.answers.contains_key(question) {
                matrix.expect_answers(question, answers);
            }
        }
        let of_replies = faults(api).into_iter();
        let of_replies = of_replies.filter(|fault| varies(fault.kind()));
        let of_calls = failures(api).into_iter();
        let of_calls = of_calls.filter(|failure| varies(failure.kind));
        let mut names: Vec<String> = of_replies.map(|fault| fault.name().to_owned()).collect();
        names.extend(of_calls.map(|failure| failure.name));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        matrix.expect_faults(&name, &names);
    }
}
