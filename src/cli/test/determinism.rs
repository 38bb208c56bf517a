//! `--check-determinism`: two runs of the same tests have the same traces.

use crate::cli::run::difference;
use crate::report::suite::{Failure, FailureKind, FileResult, Outcome, TestResult};

/// Fails the tests whose traces are not those of the other run.
pub(super) fn compare(one: &mut FileResult, other: &FileResult) {
    for (own, again) in one.tests.iter_mut().zip(&other.tests) {
        if own.outcome == Outcome::Errored || again.outcome == Outcome::Errored {
            // A limit or a crash cut it off: nothing can be said of its trace.
            if own.outcome != Outcome::Errored {
                own.failures.extend(again.failures.clone());
                own.outcome = Outcome::Errored;
            }
            continue;
        }
        let differs = difference(&lines(own), &lines(again));
        let outcomes = (own.outcome != again.outcome).then(|| {
            format!(
                "the first run {:?}, the second {:?}",
                own.outcome, again.outcome
            )
        });
        if let Some(problem) = differs.or(outcomes) {
            own.failures.push(Failure {
                help: "an app that reads something else than its simulated world, or wxsim itself, is not deterministic".to_owned(),
                ..Failure::new(FailureKind::Assertion, format!("--check-determinism: {problem}"))
            });
            own.outcome = own.outcome.max(Outcome::Failed);
        }
    }
}

fn lines(test: &TestResult) -> Vec<String> {
    let entries = test.trace.iter();
    let texts = entries.map(|entry| serde_json::to_string(entry).unwrap_or_default());
    texts.collect()
}
