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
use unicode_width::UnicodeWidthStr as _;

use crate::support::project;
use crate::support::screen::Screen;

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-apps/shop");

/// Columns and rows at first.
const SIZE: (u16, u16) = (100, 40);

struct Terminal {
    session: OsSession,
    home: TempDir,
    /// What a person sees.
    screen: Screen,
}

fn open(home: TempDir, project: &str) -> Terminal {
    open_with(home, &[project], SIZE)
}

fn open_with(home: TempDir, arguments: &[&str], (columns, rows): (u16, u16)) -> Terminal {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxsim"));
    command
        .arg("repl")
        .args(arguments)
        .env("XDG_STATE_HOME", home.path());
    command
        .env("TERM", "xterm-256color")
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL");
    let mut session = Session::spawn(command).expect("the program starts");
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    session
        .get_process_mut()
        .set_window_size(columns, rows)
        .expect("a size");
    let screen = Screen::new(columns.into(), rows.into());
    let mut terminal = Terminal {
        session,
        home,
        screen,
    };
    terminal.sees("wx> ");
    terminal
}

impl Terminal {
    fn sees(&mut self, text: &str) {
        let found = self.session.expect(text);
        let Ok(found) = found else {
            panic!("`{text}` is not seen: {found:?} in\n{}", self.screen.text());
        };
        self.screen.write(found.before());
        self.screen.write(found.get(0).unwrap_or_default());
    }

    fn types(&mut self, keys: &str) {
        self.session.send(keys).expect("it takes keys");
    }

    /// Ctrl-C at the prompt, up to the next one.
    fn gives_up(&mut self) {
        self.session
            .send(ControlCode::EndOfText)
            .expect("it takes keys");
        self.sees("\r\n");
        self.sees("wx> ");
    }

    /// The window gets another size.
    fn becomes(&mut self, columns: u16, rows: u16) {
        self.screen.resize(columns.into(), rows.into());
        self.session
            .get_process_mut()
            .set_window_size(columns, rows)
            .expect("a size");
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
    terminal.becomes(60, 20);
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
    terminal.gives_up();
    terminal.types("6 * 7\r");
    terminal.sees("42");
    terminal.sees("wx> ");
    let home = terminal.leaves();
    assert!(Path::exists(home.path()));
}

#[test]
fn members_and_options_are_completed_from_the_phone() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    terminal.types("kept = { apples: 3 }\r");
    terminal.sees("{apples: 3}");
    terminal.sees("wx> ");
    terminal.types("kept.app\t * 2\r");
    terminal.sees("6\r\n");
    terminal.sees("wx> ");
    terminal.types("$data.goods[0].na\t\r");
    terminal.sees("\"凤凰单丛\"");
    terminal.sees("wx> ");
    terminal.types("wx.getStorage({ ke\t");
    terminal.sees("{ key");
    terminal.gives_up();
    terminal.types(".tap 英\t");
    terminal.sees("role=link[name=");
    // What was looked for left no trace, and is no line.
    terminal.gives_up();
    terminal.types(".undo\r");
    terminal.sees("took back: $data.goods[0].name");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn a_dialog_is_drawn_whole_again_in_a_window_of_another_size() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    let ask = "wx.showModal({ title: '删除商品', content: '删除之后不能恢复，购物车里也不再有它，确定要删除吗？' }).then((r) => r.cancel)";
    terminal.types(&format!("{ask}\r"));
    terminal.sees("answers later");
    let shown = terminal.screen.text();
    assert!(shown.contains("┌ modal\n│ 删除商品\n│ 删除之后不能恢复，购物车里也不再有它，确定要删除吗？\n│ ❯ confirm\n│   cancel\n└ "), "{shown}");
    for (columns, rows) in [(30, 20), (18, 12), (70, 30)] {
        terminal.becomes(columns, rows);
        terminal.sees("┌ modal");
        terminal.sees("cancel");
        terminal.sees("└ ");
        terminal.types("\u{1b}[B"); // The rest of the line is seen when the next is drawn.
        terminal.sees("└ ");
        terminal.types("\u{1b}[A");
        terminal.sees("└ ");
        let shown = terminal.screen.text();
        let dialog = &shown[shown.find("┌ modal").expect("the dialog")..];
        let joined: String = dialog
            .lines()
            .map(|line| line.trim_start_matches("│ "))
            .collect();
        assert!(
            joined
                .contains("删除之后不能恢复，购物车里也不再有它，确定要删除吗？❯ confirm  cancel└"),
            "{shown}"
        );
        assert_eq!(shown.matches("confirm").count(), 1, "{shown}");
        for line in dialog.lines() {
            assert!(line.width() < usize::from(columns), "{columns}: {line}");
        }
    }
    terminal.types("n");
    terminal.sees("true");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn a_line_is_drawn_anew_in_a_window_of_another_size() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    let line = format!("'{}'.length", "凤凰单丛蜜兰香".repeat(4));
    terminal.types(&line);
    terminal.sees(".length");
    assert!(terminal.screen.text().ends_with(&format!("wx> {line}")));
    terminal.becomes(25, 20);
    terminal.sees("wx> ");
    terminal.types(" //Q");
    terminal.sees("Q");
    let shown = terminal.screen.text();
    let at = shown.rfind("wx> ").expect("the prompt");
    let rows: Vec<&str> = shown[at..].lines().collect();
    // A wide letter that has no room goes into the next row.
    assert_eq!(rows.concat(), format!("wx> {line} //Q"), "{shown}");
    assert!(
        rows.len() > 2 && rows.iter().all(|row| row.width() <= 25),
        "{shown}"
    );
    terminal.types("\r");
    terminal.sees("28\r\n");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn the_documentation_shows_what_a_person_sees() {
    let home = TempDir::new().expect("a folder");
    let order = [SHOP, "--page", "pages/order/order?id=S1001"];
    let mut terminal = open_with(home, &order, (80, 24));
    terminal.types(".tap 微信支付\r");
    terminal.sees("answers later");
    terminal.types("\u{1b}[B");
    terminal.sees("❯ cancel");
    terminal.sees("answers later");
    let shown = terminal.screen.text();
    let page = include_str!("../docs/repl.md");
    let (_, rest) = page
        .split_once("<!-- screen -->\n```text\n")
        .expect("it begins");
    let (screen, _) = rest.split_once("\n```\n<!-- /screen -->").expect("it ends");
    assert_eq!(
        screen, shown,
        "docs/repl.md shows another screen than\n{shown}"
    );
    terminal.types("n");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn a_text_is_typed_into_a_dialog() {
    let mut terminal = open(TempDir::new().expect("a folder"), SHOP);
    terminal.types("wx.showModal({ title: '名字', editable: true }).then((r) => r.content)\r");
    terminal.sees("type a text…");
    terminal.sees("answers later");
    terminal.types("2");
    terminal.sees("leaves the field");
    terminal.types("小王王\u{7f}x");
    terminal.sees("小王x▏");
    terminal.types("\r");
    terminal.sees("└ 小王x");
    terminal.sees("\"小王x\"");
    terminal.sees("wx> ");
    terminal.leaves();
}

#[test]
fn a_file_that_is_written_while_the_prompt_waits_is_read_at_once_and_what_was_typed_stays() {
    let folder = project(&[]);
    let root = folder.path().to_string_lossy().into_owned();
    let home = TempDir::new().expect("a folder");
    let mut terminal = open_with(home, &["--watch", &root], SIZE);
    terminal.types("getApp().glo");
    terminal.sees("getApp().glo");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect(name);
    write("app.js", "App({ globalData: 'new and longer' });");
    terminal.sees("changed: app.js\r\n");
    terminal.sees("── pages/a/a");
    terminal.sees("wx> ");
    terminal.sees("getApp().glo");
    let shown = terminal.screen.text();
    assert!(shown.ends_with("\nwx> getApp().glo"), "{shown}");
    terminal.types("balData\r");
    terminal.sees("\"new and longer\"");
    terminal.sees("wx> ");
    // What is wrong is told, and the phone keeps what it had; a question waits, for the keys are the line's.
    write("pages/a/a.wxml", "<view>hello</view>");
    terminal.sees("hello");
    terminal.sees("wx> ");
    write("app.json", "{");
    terminal.sees("changed: app.json\r\n");
    terminal.sees("error");
    terminal.sees("keeps what it had");
    terminal.sees("wx> ");
    write("app.json", "{\"pages\": [\"pages/a/a\"]}");
    write(
        "pages/a/a.js",
        "Page({ onLoad() { wx.showModal({ title: 'Hi' }) } })",
    );
    terminal.sees("waits for an answer: .answer modal=confirm");
    terminal.sees("wx> ");
    terminal.types(".answer modal=confirm\r");
    terminal.sees("! \"confirm\"");
    terminal.sees("wx> ");
    // Ctrl-C ends a program that does not end by itself.
    let endless = "App({ onLaunch() { for (;;) [1].forEach(() => JSON.stringify({})) } })";
    write("app.js", endless);
    terminal.sees("changed: app.js\r\n");
    std::thread::sleep(Duration::from_secs(1));
    terminal
        .session
        .send(ControlCode::EndOfText)
        .expect("it takes keys");
    terminal.sees("interrupted");
    terminal.sees("wx> ");
    terminal.leaves();
}
