//! The project's tests, run by a process of their own, with what the rules found in them.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::diagnostic::Diagnostic;
use crate::report::explored::audit::{Finding, Origin, TestCounts};
use crate::runtime::monitor::Found;

/// What came of the tests.
#[derive(Default)]
pub(super) struct Ran {
    pub(super) counts: TestCounts,
    pub(super) findings: Vec<Finding>,
}

/// Runs the tests of a project; a project without tests has none.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests run in a process of this program"
)]
pub(super) fn run(project: &Path) -> Result<Ran, Diagnostic> {
    let own = std::env::current_exe();
    let own = own.map_err(|error| failed(&error.to_string()))?;
    let output = Command::new(own)
        .args(["test", "--json"])
        .arg(project)
        .stderr(Stdio::null())
        .output();
    let output = output.map_err(|error| failed(&error.to_string()))?;
    let mut ran = Ran::default();
    let text = String::from_utf8_lossy(&output.stdout);
    for line in text
        .lines()
        .filter_map(|line| serde_json::from_str::<Json>(line).ok())
    {
        if line["type"] == "test" {
            ran.add(&line);
        }
    }
    Ok(ran)
}

impl Ran {
    /// The line of a test.
    fn add(&mut self, line: &Json) {
        let outcome = line["outcome"].as_str().unwrap_or_default();
        if matches!(outcome, "passed" | "failed") {
            self.counts.ran += 1;
        }
        self.counts.failed += usize::from(outcome == "failed");
        let titles = line["titles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str);
        let titles: Vec<&str> = line["file"].as_str().into_iter().chain(titles).collect();
        let name = titles.join(" › ");
        for found in line["warnings"].as_array().into_iter().flatten() {
            if let Ok(found) = serde_json::from_value::<Found>(found.clone()) {
                self.findings.push(Finding {
                    found,
                    story: Vec::new(),
                    choices: String::new(),
                    replay: format!("wxsim test {}", titles.first().copied().unwrap_or_default()),
                    origin: Origin::Test(name.clone()),
                });
            }
        }
    }
}

fn failed(why: &str) -> Diagnostic {
    Diagnostic::error(format!("the tests of the project cannot be run: {why}"))
        .help("leave them out with --no-tests")
}
