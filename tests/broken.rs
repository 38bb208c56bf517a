//! Broken projects: whatever is wrong, the program ends by itself and says what is wrong.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

mod config;
mod mutations;
mod random;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use mutations::{Item, Loads, MUTATIONS, Project};
use random::Random;

use crate::support::{Ended, Wxsim, hello};

/// How many broken projects are made.
const PROJECTS: usize = 200;

/// Processes at a time.
const AT_A_TIME: usize = 2;

#[test]
fn two_hundred_broken_projects_end_with_a_code_and_a_diagnostic() {
    let sample = read(&hello(), "");
    let (next, endings) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= PROJECTS {
                        return;
                    }
                    let code = run_broken(&sample, number);
                    *endings
                        .lock()
                        .expect("no test panics")
                        .entry(code)
                        .or_insert(0) += 1;
                }
            });
        }
    });
    let endings = endings.into_inner().expect("no test panics");
    println!("broken projects by exit code: {endings:?}");
    // All three codes come up, so the cases are as different as they are meant to be.
    assert_eq!(endings.keys().copied().collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn a_folder_that_is_not_there_is_a_wrong_call() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, problem) in [
        ("missing", "there is no such file"),
        ("file", "not a folder"),
        ("\u{1F600}/x", "there is no such file"),
    ] {
        fs::write(folder.path().join("file"), "x").expect("a file");
        Wxsim::run(folder.path().join(name))
            .finishes(2)
            .complains(&[name, problem, "app.json"]);
    }
}

/// Breaks the sample in the way of this number, runs it and checks how it ends.
fn run_broken(sample: &Project, number: usize) -> i32 {
    let (name, mutate) = MUTATIONS[number % MUTATIONS.len()];
    let mut project = sample.clone();
    let loads = mutate(&mut project, &mut Random(number as u64));
    let folder = tempfile::tempdir().expect("a folder");
    write(&project, folder.path());
    let json = number.is_multiple_of(4);
    let mut wxsim = Wxsim::run(folder.path()).args(&["--wall-limit", "20s"]);
    if json {
        wxsim = wxsim.json();
    }
    if number.is_multiple_of(3) {
        wxsim = wxsim.arg("--no-fork");
    }
    let ended = wxsim.ends();
    let problem = check(&ended, loads, json);
    assert!(
        problem.is_none(),
        "project {number} ({name}): {}; {}",
        problem.unwrap_or_default(),
        ended.show()
    );
    ended.status.code().unwrap_or_default()
}

/// What is wrong about the ending.
fn check(ended: &Ended, loads: Loads, json: bool) -> Option<String> {
    let all = format!("{}{}", ended.stdout, ended.stderr);
    if all.contains("panicked") {
        return Some("a panic".to_owned());
    }
    if all.contains("the run ended in")
        || all.contains("\"died\"")
        || all.contains(" was read, it ")
    {
        return Some("the worker died".to_owned());
    }
    let code = ended.status.code();
    let started = all.contains(if json { "\"enter\"" } else { "■ launch" });
    let said = if json {
        let is_error =
            |line: &serde_json::Value| line["type"] == "diagnostic" && line["severity"] == "error";
        ended.lines().iter().any(is_error)
    } else {
        ended.stderr.contains("error: ")
    };
    match (code, loads) {
        (Some(2), Loads::Yes) => Some("it can load".to_owned()),
        (Some(0 | 1), Loads::No) => Some("it cannot load".to_owned()),
        (Some(2), _) if started => Some("exit 2 although it started".to_owned()),
        (Some(2), _) if !said => Some("exit 2 without a diagnostic".to_owned()),
        (Some(0 | 1), _) if !started => Some("it did not start".to_owned()),
        (Some(0..=2), _) => None,
        _ => Some("a strange ending".to_owned()),
    }
}

/// All files below a folder.
fn read(root: &Path, inside: &str) -> Project {
    let mut project = Project::new();
    for entry in fs::read_dir(root.join(inside)).expect("a folder of the sample") {
        let name = entry.expect("an entry").file_name();
        let path = format!("{inside}{}", name.to_string_lossy());
        if root.join(&path).is_dir() {
            project.extend(read(root, &format!("{path}/")));
        } else {
            let bytes = fs::read(root.join(&path)).expect("a file of the sample");
            project.insert(path, Item::File(bytes));
        }
    }
    project
}

/// Copies the sample program to an empty folder.
pub(crate) fn copy_sample(to: &Path) {
    write(&read(&hello(), ""), to);
}

fn write(project: &Project, root: &Path) {
    for (path, item) in project {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("inside the root")).expect("a folder");
        match item {
            Item::File(bytes) => fs::write(&path, bytes).expect("a file"),
            Item::Zeros(length) => {
                let file = File::create(&path).expect("a file");
                file.set_len(*length).expect("a long file");
            }
            Item::Folder => fs::create_dir_all(&path).expect("a folder"),
            Item::Link(to) => link(to, &path),
            Item::Pipe => pipe(&path),
        }
    }
}

#[cfg(unix)]
fn link(to: &str, path: &Path) {
    std::os::unix::fs::symlink(to, path).expect("a link");
}

#[cfg(unix)]
fn pipe(path: &Path) {
    nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).expect("a pipe");
}

/// Links need rights there; a missing file is as good.
#[cfg(not(unix))]
fn link(_: &str, _: &Path) {}

#[cfg(not(unix))]
fn pipe(_: &Path) {}
