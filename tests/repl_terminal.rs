//! `wxsim repl` at a terminal: completion, dialogs, Ctrl-C, history, another size, wide characters.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "a terminal of its own, with a person's patience"
)]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::{OsSession, Session};
use expectrl::{ControlCode, Expect as _};
use tempfile::TempDir;

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-apps/shop");

struct Terminal {
    session: OsSession,
    home: TempDir,
}

fn open(home: TempDir, project: &str) -> Terminal {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxsim"));
    command
        .args(["repl", project])
        .env("XDG_STATE_HOME", home.path());
    command
        .env("TERM", "xterm-256color")
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL");
    let mut session = Session::spawn(command).expect("the program starts");
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    session
        .get_process_mut()
        .set_window_size(100, 40)
        .expect("a size");
    let mut terminal = Terminal { session, home };
    terminal.sees("wx> ");
    terminal
}

impl Terminal {
    fn sees(&mut self, text: &str) {
        let found = self.session.expect(text);
        assert!(found.is_ok(), "`{text}` is not seen: {found:?}");
    }

    fn types(&mut self, keys: &str) {
        self.session.send(keys).expect("it takes keys");
    }

    fn leaves(mut self) -> TempDir {
        self.session
            .send(ControlCode::EndOfTransmission)
            .expect("it takes keys");
        let end = self.session.get_process().wait();
        assert!(matches!(end, Ok(WaitStatus::Exited(_, 0))), "{end:?}");
        self.home
    }
}

#[test]
fn names_are_completed_and_lines_are_remembered() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    terminal.types("wx.getStorageInfoS\t");
    terminal.sees("wx.getStorageInfoSync");
    terminal.types("().keys.length\r");
    terminal.sees("wx> ");
    terminal.types(".longp\t1\r");
    terminal.sees(".longpress");
    terminal.sees("wx> ");
    terminal.types("'凤凰' + '单丛'\r");
    terminal.sees("\"凤凰单丛\"");
    terminal.sees("wx> ");
    let home = terminal.leaves();
    let kept = home.path().join("wxsim/repl");
    assert_eq!(std::fs::read_dir(&kept).expect("the folder").count(), 1);
    // The next session has the line of the last one.
    let mut terminal = open(home, SHOP);
    terminal
        .session
        .get_process_mut()
        .set_window_size(60, 20)
        .expect("a size");
    terminal.types("\u{1b}[A\r");
    terminal.sees("\"凤凰单丛\"");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn a_dialog_is_answered_with_arrow_keys_and_ctrl_c_ends_a_script() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    terminal.types("wx.showModal({ title: '删除', content: '确定吗' }).then((r) => r.cancel)\r");
    terminal.sees("│ 确定吗");
    terminal.sees("❯ confirm");
    terminal.types("\u{1b}[B");
    terminal.sees("❯ cancel");
    terminal.types("\r");
    terminal.sees("true");
    terminal.sees("wx> ");
    terminal.types("globalThis.kept = 41\r");
    terminal.sees("41");
    terminal.sees("wx> ");
    terminal.types("for (;;) [1].forEach(() => JSON.stringify({}))\r");
    std::thread::sleep(Duration::from_millis(1_500));
    terminal
        .session
        .send(ControlCode::EndOfText)
        .expect("it takes keys");
    terminal.sees("interrupted");
    terminal.sees("wx> ");
    terminal.types("kept + 1\r");
    terminal.sees("42");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn a_line_that_is_not_finished_goes_on_and_ctrl_c_gives_it_up() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    terminal.types("[1,\r2].length\r");
    terminal.sees("2\r\n");
    terminal.sees("wx> ");
    terminal.types("half a li");
    terminal.sees("half a li");
    terminal
        .session
        .send(ControlCode::EndOfText)
        .expect("it takes keys");
    terminal.sees("wx> ");
    terminal.types("6 * 7\r");
    terminal.sees("42");
    terminal.sees("wx> ");
    let home = terminal.leaves();
    assert!(Path::exists(home.path()));
}
