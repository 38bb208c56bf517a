//! The view against the official framework: `tests/view/**/*.md`, each with what that framework shows.
//!
//! The records are made by `tests/external/oracle`; here the same programs run under wxsim, and logs
//! and trees have to be the same. `tests/view/README.md` describes the form of the files.
#![allow(
    clippy::disallowed_methods,
    reason = "reads the case files, and blesses the records of differences"
)]

mod case;
mod program;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use case::Case;

/// As many unlike cases are printed in full.
const TOLD_MAX: usize = 40;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/view")
}

/// The files of the two kinds of cases, in order.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder().join("cases"), folder().join("generated")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of cases") {
            let path = entry.expect("an entry of a folder of cases").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What one file came to.
#[derive(Default)]
struct Outcome {
    count: usize,
    unlike: Vec<String>,
    differences: BTreeSet<String>,
}

/// Runs the cases of a file; with `bless`, writes what deliberate differences show.
fn run(path: &Path, bless: bool) -> Outcome {
    let text = fs::read_to_string(path)
        .expect("a case file")
        .replace("\r\n", "\n");
    let name = path
        .strip_prefix(folder())
        .unwrap_or(path)
        .display()
        .to_string();
    let mut outcome = Outcome::default();
    let mut fresh = text.clone();
    for case in case::read(&text) {
        outcome.count += 1;
        outcome
            .differences
            .extend(case.difference.map(str::to_owned));
        let shown = match program::play(&case) {
            Ok(shown) => shown,
            Err(problem) => {
                outcome
                    .unlike
                    .push(format!("{name}: {}: {problem}\n", case.title));
                continue;
            }
        };
        if bless && let Some(own) = case.wxsim {
            fresh = fresh.replacen(
                &format!("```wxsim\n{own}"),
                &format!("```wxsim\n{shown}"),
                1,
            );
        } else if let Some(told) = unlike(&case, &shown) {
            outcome
                .unlike
                .push(format!("{name}: {}\n{told}", case.title));
        }
    }
    if fresh != text {
        fs::write(path, fresh).expect("the case file can be written");
    }
    outcome
}

/// Where what is shown leaves what was recorded; `None` when it does not.
fn unlike(case: &Case<'_>, shown: &str) -> Option<String> {
    let Some(wanted) = case.wxsim.or(case.record) else {
        return Some("  no record: run tests/external/oracle with --bless\n".to_owned());
    };
    if wanted == shown {
        return (case.wxsim == case.record).then(|| "  the difference has gone\n".to_owned());
    }
    let lines: Vec<&str> = wanted.lines().collect();
    let own: Vec<&str> = shown.lines().collect();
    let same = lines
        .iter()
        .zip(&own)
        .take_while(|(one, other)| one == other)
        .count();
    let step = own[..same].iter().rfind(|line| line.starts_with('▸'));
    let mut told = format!("  in step {}\n", step.unwrap_or(&""));
    for (mark, lines) in [("framework", &lines), ("wxsim    ", &own)] {
        for line in lines.iter().skip(same).take(4) {
            let _ = writeln!(told, "  {mark} {line}");
        }
    }
    Some(told)
}

/// Runs every file, on all cores.
fn run_all(bless: bool) -> Outcome {
    let only = std::env::var("WXSIM_VIEW_CASES").unwrap_or_default();
    let files: Vec<PathBuf> = files();
    let chosen = |path: &&PathBuf| {
        path.display()
            .to_string()
            .replace('\\', "/")
            .contains(&only)
    };
    let files: Vec<&PathBuf> = files.iter().filter(chosen).collect();
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut all = Outcome::default();
    thread::scope(|scope| {
        let work = || {
            let mut outcomes = Vec::new();
            while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                outcomes.push(run(path, bless));
            }
            outcomes
        };
        let start = || {
            thread::Builder::new()
                .stack_size(32 << 20)
                .spawn_scoped(scope, work)
        };
        let threads: Vec<_> = (0..cores).map(|_| start().expect("a thread")).collect();
        for thread in threads {
            for outcome in thread.join().expect("a thread that runs cases") {
                all.count += outcome.count;
                all.unlike.extend(outcome.unlike);
                all.differences.extend(outcome.differences);
            }
        }
    });
    all.unlike.sort();
    all
}

#[test]
fn the_view_shows_what_the_official_framework_shows() {
    let bless = std::env::var_os("WXSIM_BLESS").is_some();
    let all = run_all(bless);
    assert!(all.count > 0, "there are cases");
    let (told, others) = all.unlike.split_at(all.unlike.len().min(TOLD_MAX));
    let names: String = others.iter().filter_map(|one| one.lines().next()).fold(
        String::new(),
        |mut names, name| {
            let _ = writeln!(names, "{name}");
            names
        },
    );
    assert!(
        all.unlike.is_empty(),
        "{} of {} cases are unlike the official framework\n\n{}\n{names}",
        all.unlike.len(),
        all.count,
        told.join("\n"),
    );
}

#[test]
fn every_difference_of_a_case_has_its_reason() {
    let list = fs::read_to_string(folder().join("differences.md")).expect("the list");
    let listed: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let mut named = BTreeSet::new();
    for path in files() {
        let text = fs::read_to_string(path).expect("a case file");
        let cases = case::read(&text);
        named.extend(
            cases
                .iter()
                .filter_map(|case| case.difference)
                .map(str::to_owned),
        );
    }
    let named: BTreeSet<&str> = named.iter().map(String::as_str).collect();
    assert_eq!(
        listed, named,
        "tests/view/differences.md lists what the cases name"
    );
}
