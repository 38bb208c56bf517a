//! What the prompt says of itself, in English or Chinese.

use std::fmt::Write as _;

use super::command::{COMMANDS, Command};

/// The language of the prompt's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Words {
    /// English.
    #[default]
    English,
    /// Chinese.
    Chinese,
}

impl Words {
    /// The language of a locale such as `zh_CN.UTF-8`.
    pub fn of_locale(locale: &str) -> Self {
        if locale.starts_with("zh") {
            Self::Chinese
        } else {
            Self::English
        }
    }

    fn pick(self, english: impl Into<String>, chinese: impl Into<String>) -> String {
        match self {
            Self::English => english.into(),
            Self::Chinese => chinese.into(),
        }
    }

    /// What is said at the start.
    pub fn welcome(self) -> String {
        self.pick(
            "JavaScript runs in the app; .help lists the commands",
            "JavaScript 在小程序里运行；.help 列出命令",
        )
    }

    pub(super) fn no_command(self, name: &str) -> String {
        self.pick(
            format!("there is no command `.{name}`"),
            format!("没有命令 `.{name}`"),
        )
    }

    pub(super) fn did_you_mean(self, near: &[String]) -> String {
        match near {
            [] => self.pick(".help lists the commands", ".help 列出命令"),
            near => {
                let near = near.join(", ");
                self.pick(format!("did you mean {near}?"), format!("是不是 {near}？"))
            }
        }
    }

    /// A question that nobody answers, with what would answer it.
    pub fn waits(self, key: &str, answers: &[String]) -> String {
        let answers: Vec<_> = answers.iter().filter(|own| *own != "ignore").collect();
        let first = answers.first().map_or("VALUE", |own| own.as_str());
        let others: Vec<&str> = answers.iter().skip(1).map(|own| own.as_str()).collect();
        let or = match others.as_slice() {
            [] => String::new(),
            others => self.pick(
                format!(" (or {})", others.join(", ")),
                format!("（或 {}）", others.join("、")),
            ),
        };
        self.pick(
            format!("waits for an answer: .answer {key}={first}{or}"),
            format!("等待应答：.answer {key}={first}{or}"),
        )
    }

    /// There is no page to see.
    pub(super) fn no_page(self) -> String {
        self.pick(
            "no page is open; .launch starts the program",
            "没有打开的页面；.launch 启动小程序",
        )
    }

    pub(super) fn no_target(self, number: &str) -> String {
        self.pick(
            format!("the page has no target {number}; .page shows them"),
            format!("页面上没有编号 {number}；.page 显示全部"),
        )
    }

    pub(super) fn more_lines(self, count: usize) -> String {
        self.pick(
            format!("… and {count} more lines; .tree shows all"),
            format!("… 还有 {count} 行；.tree 显示全部"),
        )
    }

    /// Lines were taken back.
    pub fn taken_back(self, lines: &[String]) -> String {
        let lines = lines.join("; ");
        self.pick(format!("took back: {lines}"), format!("已撤销：{lines}"))
    }

    /// There is nothing to take back.
    pub fn nothing_to_undo(self) -> String {
        self.pick("there is nothing to take back", "没有可撤销的操作")
    }

    /// A moment was kept.
    pub fn saved(self, name: &str) -> String {
        self.pick(
            format!("this moment is `{name}`"),
            format!("此刻已存为 `{name}`"),
        )
    }

    /// There is no such moment.
    pub fn not_saved(self, name: &str, known: &[String]) -> String {
        let known = known.join(", ");
        self.pick(
            format!("no moment is saved as `{name}`; saved: {known}"),
            format!("没有名为 `{name}` 的时刻；已保存：{known}"),
        )
    }

    /// A line ended the process that ran it.
    pub fn ended(self, why: &str) -> String {
        self.pick(
            format!("the line was ended: {why}; the phone is as it was before"),
            format!("该行被终止：{why}；手机回到该行之前"),
        )
    }

    /// Ctrl-C.
    pub fn interrupted(self) -> String {
        self.pick(
            "interrupted; the phone is as it was before the line",
            "已中断；手机回到该行之前",
        )
    }

    /// A file was written.
    pub fn written(self, path: &str) -> String {
        self.pick(format!("wrote {path}"), format!("已写入 {path}"))
    }

    /// An answer is for questions that are not asked yet.
    pub(super) fn kept_for_later(self, key: &str) -> String {
        self.pick(
            format!("nobody asks now; the questions `{key}` to come are answered so"),
            format!("现在没有询问；以后的 `{key}` 将这样应答"),
        )
    }

    /// The keys of a dialog.
    pub fn keys(self) -> String {
        self.pick(
            "↑ ↓ Enter · y n Esc · Ctrl-C answers later",
            "↑ ↓ 回车 · y n Esc · Ctrl-C 稍后应答",
        )
    }

    /// A command needs something more.
    pub(super) fn form(self, command: &Command) -> String {
        let form = format!(".{} {}", command.name, command.form);
        self.pick(format!("write {form}"), format!("写法：{form}"))
    }

    /// The promise of a line waits for an answer, or for time to pass.
    pub(super) fn pending(self, waits: bool) -> String {
        if waits {
            self.pick(
                "(its promise waits for the answer)",
                "（该 Promise 等待应答）",
            )
        } else {
            self.pick(
                "(its promise is pending; .advance lets timers run)",
                "（该 Promise 未完成；.advance 让定时器执行）",
            )
        }
    }

    /// The list of commands, or all that is to be known of one.
    pub fn help(self, of: Option<&Command>) -> String {
        let about = |command: &Command| self.pick(command.help, command.help_zh);
        let Some(command) = of else {
            let mut text = String::new();
            for command in COMMANDS {
                let form = format!(".{} {}", command.name, command.form);
                let _ = writeln!(text, "{:<36} {}", form.trim_end(), about(command));
            }
            text.push_str(&self.pick(
                "\nEverything else is JavaScript: wx, getApp(), getCurrentPages(), $page, $data, _ (the last value); await is allowed.",
                "\n其余都是 JavaScript：wx、getApp()、getCurrentPages()、$page、$data、_（上一个值）；可用 await。",
            ));
            return text;
        };
        let mut text = format!(".{} {}\n{}", command.name, command.form, about(command));
        for example in command.examples {
            let _ = write!(text, "\n  {example}");
        }
        text
    }
}
