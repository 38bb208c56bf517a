//! One story with three users, a group and two mini programs: the first logs in, pays and shares into the group; the
//! second opens the card with its ticket, whose group the server reads, chooses a seat in the other program and comes
//! back; the third gets the card in a chat of two.
//!
//! `WXSIM_BLESS=1` rewrites `tests/golden/story.txt`, to be read before it is committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::fs;
use std::path::PathBuf;

use crate::support::Wxsim;

const STEPS: [&str; 17] = [
    "tap \"login\"",
    "server code2session",
    "tap \"pay\"",
    "tap \"share\"",
    "user bo",
    "open card",
    "tap \"login\"",
    "server code2session",
    "tap \"group\"",
    "server decrypt",
    "tap \"seat\"",
    "tap \"seat 2\"",
    "share chen",
    "user chen",
    "open card",
    "tap \"group\"",
    "tree",
];

fn told(more: &[&str]) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut run = Wxsim::run(PathBuf::from(format!("{root}/tests/story/tea")))
        .answer("pay=pay")
        .answer("share={\"to\":\"tea\"}")
        .answer("openProgram=allow")
        .args(more);
    for step in STEPS {
        run = run.step(step);
    }
    run.finishes(0).stdout
}

#[test]
fn three_users_a_group_and_two_programs() {
    let story = told(&[]);
    let golden = format!("{}/tests/golden/story.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("WXSIM_BLESS").is_some() {
        fs::write(&golden, &story).expect("the story is written");
    }
    assert_eq!(story, fs::read_to_string(golden).expect("the story"));
    assert_eq!(story, told(&[]), "every run tells the same");
    assert_eq!(story, told(&["--no-fork"]), "in one process, too");
}
