//! `wxsim explore` and `wxsim audit` as somebody meets them: what is wrong is said with its place and what to do about
//! it, results are never lost, and nothing is left behind.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files and start the program"
)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::support::{Wxsim, project};

fn login() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apps/login")
}

fn command(command: &str, project: &Path) -> Wxsim {
    Wxsim::new().args(&[command, &project.to_string_lossy()])
}

/// A short exploration of the login sample.
fn short() -> Wxsim {
    command("explore", &login()).args(&["--vary", "none", "--depth", "1"])
}

#[test]
fn what_cannot_be_explored_is_said() {
    let empty = TempDir::new().expect("a folder");
    let broken = project(&[("app.json", "{\"pages\": [}")]);
    for name in ["explore", "audit"] {
        command(name, Path::new("/no/such/project"))
            .finishes(2)
            .complains(&["/no/such/project", "give the folder of a mini program"]);
        command(name, empty.path()).finishes(2).complains(&[
            "there is no app.json",
            "give the folder that holds app.json",
        ]);
        let ended = command(name, broken.path()).json().finishes(2);
        let ended = ended.complains(&["the project cannot run"]);
        assert_eq!(ended.stdout, "", "{}", ended.show());
        command(name, broken.path()).finishes(2).complains(&[
            "app.json:1:",
            "{\"pages\": [}",
            "the project cannot run",
        ]);
        command(name, &login())
            .args(&["--language", "fr"])
            .finishes(2)
            .complains(&["`fr` is no language of the reports: en or zh"]);
    }
}

#[test]
fn a_property_that_is_no_expression_has_its_place() {
    for (flag, property, parts) in [
        (
            "--always",
            "odd: state.(",
            ["`odd` is no expression: ", "--always:1:7", "1 | state.("],
        ),
        (
            "--eventually",
            "two lines: state.page &&\n  ) || true",
            [
                "`two lines` is no expression: ",
                "--eventually:2:3",
                "2 |   ) || true",
            ],
        ),
        (
            "--sometimes",
            "early: state.page ===",
            [
                "`early` is no expression: ",
                "--sometimes:1:15",
                "1 | state.page ===",
            ],
        ),
    ] {
        let ended = short().args(&[flag, property]).finishes(2);
        let ended = ended.complains(&parts);
        let ended = ended.complains(&["write an expression over `state`"]);
        assert_eq!(ended.stdout, "", "nothing is explored: {}", ended.show());
    }
}

#[test]
fn a_misspelt_member_of_the_state_is_told() {
    let words = "TypeError: state has no `pag`; there are page, stack, data, app";
    for flag in ["--always", "--sometimes", "--eventually"] {
        short()
            .args(&[flag, "here: state.pag === 'pages/me/me'"])
            .finishes(1)
            .prints(&["✗ here: ", words]);
    }
    short()
        .args(&["--always", "whole: JSON.stringify(state).length > 2"])
        .finishes(0);
}

#[test]
fn a_baseline_is_read_before_anything_is_explored() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    for (name, text) in [("other.json", "{\"a\": 1}"), ("broken.json", "{")] {
        let ended = short().args(&["--baseline", &path(name, text)]).finishes(2);
        let ended = ended.complains(&["--baseline: ", name, "wxsim explore PROJECT --out FILE"]);
        assert_eq!(ended.stdout, "", "{}", ended.show());
    }
    let another = project(&[]);
    let out = path("another.json", "");
    command("explore", another.path())
        .args(&["--depth", "1", "--out", &out])
        .finishes(0);
    short()
        .args(&["--baseline", &out])
        .finishes(2)
        .prints(&["bounded by depth 1"])
        .complains(&[
            "--baseline: ",
            "is of another program: no page of this one is in it",
        ]);
}

#[test]
fn what_was_found_is_told_though_a_file_cannot_be_written() {
    for flag in ["--html", "--mermaid", "--out", "--save-failures"] {
        short()
            .args(&["--always", "never: false", flag, "/proc/no/such/file"])
            .finishes(2)
            .prints(&["✗ never: it does not hold", "; 1 violation\n"])
            .complains(&[
                &format!("{flag}: /proc/no/such/file"),
                "cannot be written: ",
            ]);
    }
    for flag in ["--html", "--sarif", "--privacy-draft"] {
        command("audit", &login())
            .args(&["--no-tests", "--depth", "0", flag, "/proc/no/such/file"])
            .finishes(2)
            .prints(&["known rejection causes found: "])
            .complains(&[&format!("{flag}: /proc/no/such/file cannot be written: ")]);
    }
}

#[test]
fn scripts_without_end_are_told_and_the_rest_is_explored() {
    let start = project(&[("app.js", "App({ onLaunch() { for (;;) {} } })")]);
    command("explore", start.path())
        .args(&["--depth", "1", "--vary", "none"])
        .finishes(1)
        .prints(&["✗ P28 unhandled: ", "app.js:1:", "the program is started"]);
    let tap = project(&[
        (
            "pages/a/a.wxml",
            "<button id=\"hang\" bindtap=\"hang\">hang</button><button bindtap=\"go\">go</button>",
        ),
        (
            "pages/a/a.js",
            "Page({\n  hang() { /^(a+)+$/.test('a'.repeat(60) + 'b') },\n  go() { this.setData({ gone: true }) },\n})",
        ),
    ]);
    command("explore", tap.path())
        .args(&["--depth", "1", "--vary", "none", "--wall-limit", "1s"])
        .args(&["--sometimes", "gone: state.data.gone"])
        .finishes(1)
        .prints(&[
            "✗ no-crash: the process died: ",
            "1 s",
            "1. tap button#hang \"hang\"",
            "; 1 violation\n",
        ]);
}

#[test]
fn a_reader_that_goes_away_breaks_nothing() {
    let mut child = short().args(&["--always", "never: false"]).start();
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*stderr), (Some(1), ""));
}

/// A page whose buttons take long and lead to ever new states: there is always something to interrupt.
#[cfg(target_os = "linux")]
fn endless() -> TempDir {
    project(&[
        (
            "pages/a/a.wxml",
            "<view>{{n}}</view><button bindtap=\"up\">up</button><button bindtap=\"more\">more</button>",
        ),
        (
            "pages/a/a.js",
            "const work = () => { let n = 0; for (let i = 0; i < 400000; i++) n += i; return n }\n\
             Page({\n  data: { n: 1 },\n  up() { work(); this.setData({ n: this.data.n + 1 }) },\n  \
             more() { work(); this.setData({ n: this.data.n * 3 }) },\n})",
        ),
    ])
}

#[cfg(target_os = "linux")]
mod interrupted {
    use std::process::Command;
    use std::time::Duration;

    use expectrl::process::unix::{Signal, WaitStatus};
    use expectrl::session::{OsSession, Session};
    use expectrl::{ControlCode, Eof, Expect as _};

    use super::{Json, Path, TempDir, command, endless, fs, login};
    use crate::explore_in_tests::running_in;

    /// `wxsim` at a terminal, in a folder.
    fn at_terminal(folder: &Path, arguments: &[&str]) -> OsSession {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wxsim"));
        command.args(arguments).current_dir(folder);
        command
            .env("TERM", "xterm-256color")
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL");
        let mut session = Session::spawn(command).expect("the program starts");
        session.set_expect_timeout(Some(Duration::from_mins(1)));
        let process = session.get_process_mut();
        process.set_window_size(120, 40).expect("a size");
        session
    }

    #[track_caller]
    fn sees(session: &mut OsSession, text: &str) {
        let found = session.expect(text);
        assert!(found.is_ok(), "`{text}` is not seen: {found:?}");
    }

    /// Until no process runs there any more.
    #[track_caller]
    fn is_left_by_all(folder: &Path) {
        for _ in 0..200 {
            if running_in(folder) == 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{} processes are left behind", running_in(folder));
    }

    fn place(folder: &TempDir) -> std::path::PathBuf {
        folder.path().canonicalize().expect("a folder")
    }

    #[test]
    fn a_terminal_shows_how_far_it_is_and_an_interrupt_ends_it_with_what_was_found() {
        let folder = endless();
        let place = place(&folder);
        let arguments = [
            "explore",
            ".",
            "--vary",
            "none",
            "--out",
            "out.json",
            "--always",
            "small: state.data.n < 3",
        ];
        let mut session = at_terminal(&place, &arguments);
        sees(&mut session, " paths (");
        sees(&mut session, "/s) · ");
        sees(&mut session, " states · ");
        sees(&mut session, " waiting · stories of ");
        sees(&mut session, " 1 found");
        session.send(ControlCode::EndOfText).expect("it takes keys");
        sees(&mut session, ": it does not hold");
        sees(&mut session, "bounded by interruption; 1 violation");
        session.expect(Eof).expect("its end");
        let end = session.get_process().wait();
        assert!(matches!(end, Ok(WaitStatus::Exited(_, 1))), "{end:?}");
        let text = fs::read_to_string(place.join("out.json")).expect("the outcome is written");
        let told: Json = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            (&told["bound"], &told["complete"]),
            (&"interrupted".into(), &false.into())
        );
        is_left_by_all(&place);
    }

    #[test]
    fn the_second_interrupt_ends_it_at_once() {
        let folder = endless();
        let place = place(&folder);
        let mut session = at_terminal(&place, &["explore", ".", "--vary", "none"]);
        sees(&mut session, " waiting · ");
        session.send(ControlCode::EndOfText).expect("it takes keys");
        session.send(ControlCode::EndOfText).expect("it takes keys");
        let end = session.get_process().wait();
        let is_killed = matches!(end, Ok(WaitStatus::Signaled(_, Signal::SIGINT, _)));
        // Both came before the terminal had told of the first: they are one then.
        assert!(
            is_killed || matches!(end, Ok(WaitStatus::Exited(_, 0))),
            "{end:?}"
        );
        is_left_by_all(&place);
    }

    #[test]
    fn an_audit_that_is_interrupted_tells_what_it_has_and_runs_no_tests() {
        let folder = endless();
        let place = place(&folder);
        let mut session = at_terminal(&place, &["audit", "."]);
        sees(&mut session, " waiting · ");
        session.send(ControlCode::EndOfText).expect("it takes keys");
        sees(&mut session, "bounded by interruption");
        sees(&mut session, "tests run: 0");
        sees(&mut session, "known rejection causes found: ");
        session.expect(Eof).expect("its end");
        is_left_by_all(&place);
    }

    #[test]
    fn a_signal_that_ends_it_ends_all_of_it() {
        let folder = endless();
        let place = place(&folder);
        for more in [&[][..], &["--no-fork"]] {
            for signal in ["-TERM", "-KILL"] {
                let child = command("explore", &place).args(more).within(&place);
                let mut child = child.start();
                while running_in(&place) < 2 {
                    std::thread::sleep(Duration::from_millis(20));
                }
                std::thread::sleep(Duration::from_millis(500));
                let sent = Command::new("kill")
                    .args([signal, &child.id().to_string()])
                    .status();
                assert!(
                    sent.is_ok_and(|status| status.success()),
                    "{signal} is not sent"
                );
                let status = child.wait().expect("it ends");
                assert_eq!(status.code(), None, "{signal} {more:?}");
                is_left_by_all(&place);
            }
        }
    }

    #[test]
    fn json_at_a_terminal_is_the_last_that_is_printed() {
        let arguments = login();
        let arguments = [
            "explore",
            &arguments.to_string_lossy(),
            "--vary",
            "none",
            "--depth",
            "1",
            "--json",
        ];
        let mut session = at_terminal(Path::new("/"), &arguments);
        let found = session.expect(Eof).expect("its end");
        let text = String::from_utf8_lossy(found.as_bytes()).into_owned();
        let start = text.find('{').expect("an object");
        let told: Json =
            serde_json::from_str(&text[start..]).expect("JSON alone, after the progress");
        assert_eq!(told["bound"]["depth"], 1);
    }
}
