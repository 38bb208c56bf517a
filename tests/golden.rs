//! The whole `--json` trace of one story, kept as a file: a tap that logs in, is refused the
//! location, goes to the settings page and gets it.
//!
//! `WXSIM_BLESS=1` rewrites the file; read the difference before it is committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::path::Path;

use crate::support::{Wxsim, hello};

const GOLDEN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/golden/hello-locate.jsonl"
);

fn story(no_fork: bool) -> String {
    let mut run = Wxsim::run(hello())
        .json()
        .step("gesture onLocate")
        .answer("scope.userLocation=deny")
        .answer("modal=confirm")
        .answer("settings={\"scope.userLocation\": true}")
        .answer("privacy=agree");
    if no_fork {
        run = run.arg("--no-fork");
    }
    run.finishes(0).stdout
}

#[test]
fn login_refusal_settings_and_location_leave_the_same_trace_as_ever() {
    let trace = story(false);
    if std::env::var_os("WXSIM_BLESS").is_some() {
        std::fs::create_dir_all(Path::new(GOLDEN).parent().expect("a folder")).expect("made");
        std::fs::write(GOLDEN, &trace).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(GOLDEN).expect("the golden file is there");
    for (index, (now, then)) in trace.lines().zip(golden.lines()).enumerate() {
        assert_eq!(now, then, "line {}", index + 1);
    }
    assert_eq!(trace.lines().count(), golden.lines().count());
}

#[test]
fn the_worker_without_fork_leaves_it_too() {
    assert_eq!(story(true), story(false));
}
