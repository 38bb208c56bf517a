//! The commands of the prompt: one table for what they do, their help, their examples.

use crate::near::near;

/// What a command does with the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It does something to the phone; it can be taken back.
    Does,
    /// It shows something.
    Shows,
    /// It is about the session itself.
    Session,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name, without the dot.
    pub name: &'static str,
    /// What stands behind the name.
    pub form: &'static str,
    /// What it does.
    pub help: &'static str,
    /// The same in Chinese.
    pub help_zh: &'static str,
    /// How it is typed.
    pub examples: &'static [&'static str],
    /// What it is about.
    pub role: Role,
}

impl Command {
    /// What it is about with that behind it: some only show something when they are typed alone.
    pub fn role_with(&self, rest: &str) -> Role {
        const SHOW_ALONE: [&str; 7] = [
            "permissions",
            "session",
            "pay",
            "device",
            "network",
            "user",
            "app",
        ];
        if rest.is_empty() && SHOW_ALONE.contains(&self.name) {
            Role::Shows
        } else {
            self.role
        }
    }
}

const fn row(
    role: Role,
    name: &'static str,
    form: &'static str,
    help: &'static str,
    help_zh: &'static str,
    examples: &'static [&'static str],
) -> Command {
    Command {
        name,
        form,
        help,
        help_zh,
        examples,
        role,
    }
}

use Role::{Does, Session, Shows};

/// Every command, in the order of the help.
pub const COMMANDS: &[Command] = &[
    row(
        Does,
        "tap",
        "N | TEXT | SELECTOR",
        "Taps a numbered target, a text, or what a selector finds.",
        "点击编号、文字或选择器所指的元素。",
        &[
            ".tap 3",
            ".tap 购物车",
            ".tap #buy",
            ".tap role=button[name=Buy]",
        ],
    ),
    row(
        Does,
        "longpress",
        "N | TEXT | SELECTOR",
        "Presses long.",
        "长按。",
        &[".longpress 3"],
    ),
    row(
        Does,
        "input",
        "N | FIELD = TEXT",
        "Types into a field.",
        "在输入框里输入。",
        &[".input 2 = 13800138000", ".input name=phone = 13800138000"],
    ),
    row(
        Does,
        "choose",
        "N | FIELD = VALUE",
        "Brings a picker, switch or slider to a value (JSON).",
        "选择器、开关、滑块取值（JSON）。",
        &[
            ".choose 4 = 1",
            ".choose name=region = [\"广东省\",\"广州市\",\"天河区\"]",
        ],
    ),
    row(
        Does,
        "back",
        "",
        "The back button; at the first page the user leaves.",
        "返回；在首页则离开小程序。",
        &[".back"],
    ),
    row(
        Does,
        "tab",
        "N",
        "Taps an item of the tab bar, counted from 0.",
        "点击标签栏的第几项（从 0 数起）。",
        &[".tab 1"],
    ),
    row(
        Does,
        "go",
        "PAGE[?QUERY]",
        "Opens a page of the program.",
        "打开一个页面。",
        &[".go pages/goods/goods?id=101"],
    ),
    row(
        Does,
        "launch",
        "[PAGE[?QUERY]] [scene=N]",
        "Starts the program anew.",
        "冷启动。",
        &[".launch", ".launch pages/goods/goods?id=7 scene=1007"],
    ),
    row(
        Shows,
        "page",
        "",
        "Shows the page with numbered targets.",
        "显示当前页面，可操作的元素带编号。",
        &[".page"],
    ),
    row(
        Shows,
        "tree",
        "",
        "Shows the page as readable WXML.",
        "以 WXML 显示当前页面。",
        &[".tree"],
    ),
    row(
        Shows,
        "data",
        "[PATH]",
        "Shows the data of the page, or a part of it.",
        "显示页面数据，或其中一部分。",
        &[".data", ".data goods[0].name"],
    ),
    row(
        Shows,
        "storage",
        "[KEY]",
        "Shows what the program has stored.",
        "显示本地缓存。",
        &[".storage", ".storage cart"],
    ),
    row(
        Shows,
        "stack",
        "",
        "Shows the pages that are open.",
        "显示页面栈。",
        &[".stack"],
    ),
    row(
        Shows,
        "calls",
        "[NAME]",
        "Shows the calls of wx and what they came to.",
        "显示 wx 接口的调用与结果。",
        &[".calls", ".calls request"],
    ),
    row(
        Shows,
        "trace",
        "[N]",
        "Shows the last N things that happened [20].",
        "显示最近发生的 N 件事 [20]。",
        &[".trace", ".trace 50"],
    ),
    row(
        Does,
        "permissions",
        "[grant SCOPE | deny SCOPE | reset]",
        "Shows what the user has decided, or changes it.",
        "显示或更改用户的授权。",
        &[
            ".permissions",
            ".permissions deny userLocation",
            ".permissions reset",
        ],
    ),
    row(
        Does,
        "settings",
        "JSON",
        "Sets switches on the settings page.",
        "在设置页拨动开关。",
        &[".settings {\"scope.camera\":true}"],
    ),
    row(
        Does,
        "session",
        "[expire]",
        "Shows the login session, or ends it.",
        "显示登录态，或使其过期。",
        &[".session", ".session expire"],
    ),
    row(
        Shows,
        "privacy",
        "",
        "Shows the privacy guide and whether the user has agreed.",
        "显示隐私保护指引与同意情况。",
        &[".privacy"],
    ),
    row(
        Shows,
        "clock",
        "",
        "Shows the time in the program's world.",
        "显示虚拟时间。",
        &[".clock"],
    ),
    row(
        Does,
        "advance",
        "DURATION",
        "Lets time pass; timers run.",
        "让时间流逝，定时器随之执行。",
        &[".advance 3d", ".advance 500ms"],
    ),
    row(
        Does,
        "background",
        "",
        "The user leaves the program.",
        "切到后台。",
        &[".background"],
    ),
    row(
        Does,
        "resume",
        "[PAGE] [scene=N]",
        "The user comes back.",
        "回到前台。",
        &[".resume", ".resume scene=1089"],
    ),
    row(
        Does,
        "kill",
        "",
        "Ends the program.",
        "结束小程序进程。",
        &[".kill"],
    ),
    row(
        Does,
        "share",
        "WHERE",
        "Shares the page.",
        "转发当前页面。",
        &[".share fileTransfer", ".share timeline"],
    ),
    row(
        Does,
        "scan",
        "CODE",
        "Scans a code that opens the program.",
        "扫码打开小程序。",
        &[".scan poster"],
    ),
    row(
        Does,
        "pay",
        "[ANSWER]",
        "Shows the orders, or answers the cashier: pay, cancel, wrongPassword, notEnough, timeout, lostCallback.",
        "显示订单，或应答收银台。",
        &[".pay", ".pay cancel"],
    ),
    row(
        Does,
        "device",
        "[STEP]",
        "Shows the phone, or does something to it.",
        "显示手机状态，或改变它。",
        &[".device", ".device theme dark", ".device locate 39.9,116.4"],
    ),
    row(
        Does,
        "network",
        "[TYPE]",
        "Shows the connection, or changes it.",
        "显示或切换网络。",
        &[".network", ".network none"],
    ),
    row(
        Does,
        "user",
        "[ID]",
        "Shows who holds the phone, or hands it over.",
        "显示或切换用户。",
        &[".user", ".user u2"],
    ),
    row(
        Does,
        "app",
        "[APPID [PAGE]]",
        "Shows the mini programs of the world, or goes to one.",
        "显示或切换小程序。",
        &[".app", ".app wx1234567890abcdef"],
    ),
    row(
        Does,
        "answer",
        "KEY=VALUE",
        "Answers the question that waits, else the questions to come.",
        "应答等待中的询问；没有则应答以后的。",
        &[".answer modal=confirm", ".answer scope.userLocation=deny"],
    ),
    row(
        Does,
        "do",
        "STEP",
        "Does any step of `wxsim run --do`.",
        "执行 `wxsim run --do` 的任一步骤。",
        &[".do pullDown", ".do sensor compass {\"direction\":90}"],
    ),
    row(
        Does,
        "reload",
        "",
        "Reads the project anew; page and world stay.",
        "重新载入项目，保留页面与世界。",
        &[".reload"],
    ),
    row(
        Session,
        "save",
        "NAME",
        "Keeps this moment under a name.",
        "以名字保存此刻。",
        &[".save before-pay"],
    ),
    row(
        Session,
        "restore",
        "NAME",
        "Goes back to a moment that was saved.",
        "回到保存的时刻。",
        &[".restore before-pay"],
    ),
    row(
        Session,
        "undo",
        "[N]",
        "Takes back the last line, or the last N.",
        "撤销最后一行或最后 N 行。",
        &[".undo", ".undo 3"],
    ),
    row(
        Session,
        "record",
        "FILE",
        "Writes what was done so far as a test (*.test.js) or a flow (*.flow.yaml).",
        "把至今的操作写成测试（*.test.js）或流程（*.flow.yaml）。",
        &[".record tests/buys.test.js"],
    ),
    row(
        Shows,
        "api",
        "NAME",
        "Tells what an API needs and how it can fail.",
        "说明一个接口的条件与失败情形。",
        &[".api getPhoneNumber", ".api login"],
    ),
    row(
        Shows,
        "fingerprint",
        "",
        "Shows the number that tells one state of the world from another.",
        "显示世界状态的指纹。",
        &[".fingerprint"],
    ),
    row(
        Session,
        "help",
        "[COMMAND]",
        "Lists the commands, or explains one.",
        "列出命令，或解释其中一条。",
        &[".help", ".help tap"],
    ),
    row(Session, "exit", "", "Leaves.", "退出。", &[".exit"]),
];

/// The command of that name.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|own| own.name == name)
}

/// Names that look like one.
pub fn nearest(name: &str) -> Vec<&'static str> {
    near(name, COMMANDS.iter().map(|own| own.name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{COMMANDS, Role};
    use crate::repl::typed::{Typed, read};

    #[test]
    fn every_name_is_there_once_with_help_and_an_example_that_is_read() {
        let names: BTreeSet<_> = COMMANDS.iter().map(|own| own.name).collect();
        assert_eq!(names.len(), COMMANDS.len());
        for own in COMMANDS {
            assert!(
                !own.help.is_empty() && !own.help_zh.is_empty(),
                "{}",
                own.name
            );
            assert!(!own.examples.is_empty(), "{}", own.name);
            for example in own.examples {
                match read(example) {
                    Typed::Command(command, _) => assert_eq!(command.name, own.name),
                    other => panic!("{example}: {other:?}"),
                }
            }
        }
        assert!(COMMANDS.iter().any(|own| own.role == Role::Session));
    }
}
