//! Tests: JavaScript test files and the program that they test.
//!
//! Test code runs in an engine of its own; no object crosses to the program. A [`Stage`] is one test file in one
//! process: it reads the file ([`Plan`]), gets a program, and runs one test or hook.

mod explore;
pub mod flow;
mod host;
mod host_page;
mod judge;
mod listening;
mod modules;
mod plan;
mod reads;
mod real_server;
mod routes;
mod screen;
mod snapshots;
mod stage;

pub use explore::{EXPLORES, Explorer, judge_rules};
pub use host_page::{HostPage, Wanted, host_page};
pub use listening::Listening;
pub use plan::{Mode, Node, Options, Plan, Strict};
pub use real_server::{Beyond, Given, Need, RealServer, Start};
pub use snapshots::{
    Compared, Edit, Kept, SnapshotRules, State, Store, StoreError, rewrite, suffix, suffix_of,
};
pub use stage::{Done, Renderer, Stage, Turn};

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
        "wxsim:t14",
        include_str!("../../js-prelude/test/14_equals.js"),
    ),
    (
        "wxsim:t20",
        include_str!("../../js-prelude/test/20_expect.js"),
    ),
    (
        "wxsim:t22",
        include_str!("../../js-prelude/test/22_matchers.js"),
    ),
    (
        "wxsim:t40",
        include_str!("../../js-prelude/test/40_fixtures.js"),
    ),
    screen::SCRIPT,
    host_page::SCRIPT,
    (
        "wxsim:t60",
        include_str!("../../js-prelude/test/60_domain.js"),
    ),
    (
        "wxsim:t69",
        include_str!("../../js-prelude/test/69_export.js"),
    ),
];

/// Scripts that are read when they are needed.
const LATER: &[(&str, &str)] = &[
    ("wxsim:84", include_str!("../../js-prelude/84_locale.js")),
    (
        "wxsim:t74",
        include_str!("../../js-prelude/test/74_format.js"),
    ),
    (
        "wxsim:t75",
        include_str!("../../js-prelude/test/75_patterns.js"),
    ),
    (
        "wxsim:t76",
        include_str!("../../js-prelude/test/76_more_matchers.js"),
    ),
    (
        "wxsim:t77",
        include_str!("../../js-prelude/test/77_mock.js"),
    ),
    (
        "wxsim:t78",
        include_str!("../../js-prelude/test/78_explore.js"),
    ),
];

#[cfg(test)]
mod expect_tests;
#[cfg(test)]
mod host_page_tests;
#[cfg(test)]
mod screen_tests;
