//! What the prompt says of itself, in English or Chinese.

use std::fmt::Write as _;

use super::command::{COMMANDS, Command};
use crate::world::permission::ScopeState;
use crate::world::session::SessionState;

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

    /// Files of the project that were written.
    pub fn changed(self, files: &[String]) -> String {
        let files = files.join(", ");
        self.pick(format!("changed: {files}"), format!("已修改：{files}"))
    }

    /// There is no more to read, and the line is not complete.
    pub fn ends_within(self) -> String {
        self.pick(
            "the input ends in the middle of a line",
            "输入在一行中间结束",
        )
    }

    /// The entry of a dialog that leads to a field.
    pub fn type_a_text(self) -> &'static str {
        match self {
            Self::English => "type a text…",
            Self::Chinese => "输入文字…",
        }
    }

    /// The keys of that field.
    pub fn field_keys(self) -> String {
        self.pick("Enter · Esc leaves the field", "回车 · Esc 离开输入框")
    }

    /// What a promise of an earlier line came to.
    pub(super) fn settled(self, value: &str) -> String {
        self.pick(
            format!("(the promise is settled) {value}"),
            format!("（Promise 已完成）{value}"),
        )
    }

    pub(super) fn key_and_value(self) -> String {
        self.pick("write KEY=VALUE", "写法：KEY=VALUE")
    }

    pub(super) fn no_scope(self, name: &str) -> String {
        self.pick(
            format!("`{name}` is no scope; .permissions lists them"),
            format!("没有权限 `{name}`；.permissions 列出全部"),
        )
    }

    pub(super) fn permission_forms(self) -> String {
        self.pick(
            "write .permissions, or grant SCOPE, deny SCOPE, reset",
            "写法：.permissions，或加 grant SCOPE、deny SCOPE、reset",
        )
    }

    pub(super) fn no_such_page(self, route: &str) -> String {
        self.pick(
            format!("there is no page {route}"),
            format!("没有页面 {route}"),
        )
    }

    pub(super) fn no_such_api(self, name: &str) -> String {
        self.pick(
            format!("there is no API `{name}`"),
            format!("没有接口 `{name}`"),
        )
    }

    /// The project cannot be read anew.
    pub fn not_reloaded(self) -> String {
        self.pick(
            "the project cannot run; the phone keeps what it had",
            "项目无法运行；手机保持原样",
        )
    }

    pub(super) fn empty(self) -> String {
        self.pick("(empty)", "（空）")
    }

    pub(super) fn no_page_open(self) -> String {
        self.pick("(no page)", "（没有页面）")
    }

    pub(super) fn no_call(self) -> String {
        self.pick("(no call)", "（没有调用）")
    }

    pub(super) fn no_order(self) -> String {
        self.pick("(no order)", "（没有订单）")
    }

    pub(super) fn scope_state(self, state: ScopeState) -> String {
        match state {
            ScopeState::Unasked => self.pick("not asked", "未询问"),
            ScopeState::Dismissed => self.pick("dismissed", "已关闭询问"),
            ScopeState::Granted => self.pick("granted", "已允许"),
            ScopeState::Denied => self.pick("denied", "已拒绝"),
        }
    }

    pub(super) fn session(self, state: SessionState) -> String {
        match state {
            SessionState::Absent => self.pick(
                "no session: wx.login was never called",
                "没有登录态：还未调用 wx.login",
            ),
            SessionState::Alive => self.pick("alive", "有效"),
            SessionState::Expired => self.pick("expired", "已过期"),
        }
    }

    /// The privacy guide, and whether agreement is needed; `None` where the program does not check it.
    pub(super) fn privacy(self, guide: &str, needs: Option<bool>) -> String {
        let agreement = match needs {
            None => self.pick(
                "not needed: the program does not check it",
                "不需要：小程序不检查",
            ),
            Some(true) => self.pick("needed", "需要"),
            Some(false) => self.pick("given", "已同意"),
        };
        self.pick(
            format!("guide      {guide}\nagreement  {agreement}"),
            format!("指引    {guide}\n同意    {agreement}"),
        )
    }

    /// Names of what is shown of a phone: id, platform, theme, network, latitude, longitude.
    pub(super) fn device(self) -> [&'static str; 6] {
        match self {
            Self::English => [
                "phone",
                "platform",
                "theme",
                "network",
                "latitude",
                "longitude",
            ],
            Self::Chinese => ["手机", "平台", "主题", "网络", "纬度", "经度"],
        }
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
