//! Tests: JavaScript test files and the program that they test.
//!
//! Test code runs in an engine of its own; no object crosses to the program. A [`Stage`] is one test file in one
//! process: it reads the file ([`Plan`]), gets a program, and runs one test or hook.

mod host;
mod judge;
mod modules;
mod plan;
mod reads;
mod routes;
mod snapshots;
mod stage;

pub use plan::{Mode, Node, Options, Plan, Strict};
pub use snapshots::{
    Compared, Edit, Kept, SnapshotRules, State, Store, StoreError, rewrite, suffix, suffix_of,
};
pub use stage::{Done, Stage};

/// The scripts of the test context, in load order.
const PRELUDE: &[(&str, &str)] = &[
    (
        "wxsim:00",
        include_str!("../../js-prelude/00_primordials.js"),
    ),
    ("wxsim:10", include_str!("../../js-prelude/10_globals.js")),
    (
        "wxsim:20",
        include_str!("../../js-prelude/20_console_timers.js"),
    ),
    ("wxsim:30", include_str!("../../js-prelude/30_modules.js")),
    ("wxsim:t00", include_str!("../../js-prelude/test/00_kit.js")),
    (
        "wxsim:t10",
        include_str!("../../js-prelude/test/10_collect.js"),
    ),
    (
        "wxsim:t40",
        include_str!("../../js-prelude/test/40_fixtures.js"),
    ),
    (
        "wxsim:t90",
        include_str!("../../js-prelude/test/90_export.js"),
    ),
];

/// Scripts that are read when they are needed.
const LATER: &[(&str, &str)] = &[("wxsim:84", include_str!("../../js-prelude/84_locale.js"))];
