//! `wxsim check`, `wxsim api`, `wxsim explain`, `wxsim rules`, `wxsim convert`, `wxsim schema`: what they print and how they end.

mod api;
mod check;
mod check_taps;
mod convert;
mod explain;
mod rules;

use crate::support::Wxsim;

#[test]
fn the_help_has_every_command_in_one_line() {
    let ended = Wxsim::new().arg("--help").finishes(0);
    for command in [
        "run", "repl", "check", "test", "review", "init", "types", "api", "explain", "convert",
        "rules", "schema", "serve",
    ] {
        let line = ended
            .stdout
            .lines()
            .find(|line| line.starts_with(&format!("  {command} ")));
        assert!(line.is_some_and(|line| line.len() > 20), "{}", ended.stdout);
    }
}
