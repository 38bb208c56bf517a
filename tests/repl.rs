//! `wxsim repl` with lines from a file: what it prints, what it takes back, what it writes.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files of their own"
)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};

use crate::support::{Ended, Wxsim, project};

const ORDERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-apps/two-apps/orders");
const INVOICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-apps/two-apps/invoice");
const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-apps/shop");

/// What is printed when that is typed.
fn typed(project: &str, lines: &str) -> Ended {
    Wxsim::new()
        .args(&["repl", project])
        .typed(lines)
        .finishes(0)
}

/// What is printed after a line, up to the next prompt.
fn after<'t>(printed: &'t str, line: &str) -> &'t str {
    let prompt = format!("wx> {line}\n");
    let at = printed
        .rfind(&prompt)
        .unwrap_or_else(|| panic!("no `{line}` in {printed}"));
    let rest = &printed[at + prompt.len()..];
    rest.split("wx> ").next().unwrap_or_default()
}

#[test]
fn the_page_is_shown_and_its_targets_are_tapped_by_number_text_or_selector() {
    let lines =
        ".tap 5\n.back\n.tap 凤凰单丛\n.tap \"加入购物车\"\n.tap 99\n.tap nowhere\n.stack\n";
    let ended = typed(SHOP, lines);
    let printed = &ended.stdout;
    assert!(
        printed.starts_with("── pages/home/home · 小店\n [1] tap      全部\n"),
        "{printed}"
    );
    assert!(after(printed, ".tap 5").starts_with("── pages/goods/goods · 凤凰单丛\n"));
    assert!(after(printed, ".tap \"加入购物车\"").contains("] button   确定"));
    assert!(after(printed, ".tap 99").contains("no target 99"));
    assert!(after(printed, ".tap nowhere").contains("nowhere"));
    assert_eq!(
        after(printed, ".stack"),
        "pages/goods/goods?id=101\npages/home/home\n"
    );
    assert!(!printed.contains('\u{1b}'), "no colours in a file");
}

#[test]
fn javascript_runs_in_the_app_and_declarations_stay() {
    let lines = "const a = 5\nlet { b } = { b: a + 1 }\nb * 2\n_ + 1\nfunction f() {\n  return 'x';\n}\nawait f()\n\
                 $page.route\n$data.goods.length\ngetApp() === getApp()\n{ a: 1 }\n";
    let printed = typed(SHOP, lines).stdout;
    for (line, value) in [
        ("const a = 5", ""),
        ("b * 2", "12\n"),
        ("_ + 1", "13\n"),
        ("await f()", "\"x\"\n"),
        ("$page.route", "\"pages/home/home\"\n"),
        ("$data.goods.length", "4\n"),
        ("getApp() === getApp()", "true\n"),
        ("{ a: 1 }", "{a: 1}\n"),
    ] {
        assert_eq!(after(&printed, line), value, "{line}");
    }
    assert!(
        printed.contains("wx> function f() {\n...   return 'x';\n... }\n"),
        "{printed}"
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_ends_nothing() {
    let lines =
        "nope()\n1 +* 2\ngetApp().nothing.x\n.tapp 1\n.go pages/hom/home\n.advance soon\n1 + 1\n";
    let printed = typed(SHOP, lines).stdout;
    let told = after(&printed, "nope()");
    assert!(
        told.contains("nope is not defined") && told.contains("^^^^"),
        "{told}"
    );
    assert!(after(&printed, "1 +* 2").contains("input:1:4"));
    let told = after(&printed, "getApp().nothing.x");
    assert!(
        told.contains("TypeError") && told.contains("input:1:"),
        "{told}"
    );
    assert!(after(&printed, ".tapp 1").contains("did you mean .app, .tap?"));
    assert!(after(&printed, ".go pages/hom/home").contains("pages/home/home"));
    assert!(after(&printed, ".advance soon").contains("soon"));
    assert_eq!(after(&printed, "1 + 1"), "2\n");
}

#[test]
fn a_question_waits_for_its_answer() {
    let folder = project(&[]);
    let path = folder.path().to_string_lossy().into_owned();
    let ask = "wx.showModal({ title: 'Hi', success: (r) => console.log(r.confirm) }), 0";
    let lines = format!("{ask}\n.answer modal=confirm\n.answer modal=cancel\n{ask}\n");
    let printed = typed(&path, &lines).stdout;
    let first = printed.find("? modal Q1 “Hi”").expect("the question");
    assert!(printed[first..].contains("waits for an answer: .answer modal=confirm (or cancel)"));
    assert!(
        after(&printed, ".answer modal=confirm").contains("console.log: true"),
        "{printed}"
    );
    let again = after(&printed, ask);
    assert!(
        again.contains("! \"cancel\"") && again.contains("console.log: false"),
        "{again}"
    );
    let ended = Wxsim::new()
        .args(&["repl", &path])
        .answer("modal=confirm")
        .typed(&format!("{ask}\n"));
    ended.finishes(0).prints(&["console.log: true"]);
    let wrong = Wxsim::new()
        .args(&["repl", &path])
        .answer("modal=perhaps")
        .typed("");
    wrong.finishes(2).complains(&["perhaps"]);
}

#[test]
fn a_project_that_cannot_load_and_a_wrong_call_end_with_2() {
    Wxsim::new()
        .args(&["repl", "/nowhere/at/all"])
        .finishes(2)
        .complains(&["/nowhere/at/all"]);
    Wxsim::new()
        .arg("repl")
        .finishes(2)
        .complains(&["<PROJECT>"]);
    Wxsim::new()
        .args(&["repl", SHOP, "--lang", "fr"])
        .finishes(2)
        .complains(&["en or zh"]);
}

/// Ten lines that change the world.
const TEN: &str = ".tap 5\n.tap 加入购物车\n.tap 250 克\n.tap 礼盒\n.tap 确定\nwx.setStorageSync('a', 1)\n\
                   .advance 90s\n.permissions deny camera\n.tap 购物车\n.network none\n";

fn fingerprint(flags: &[&str], lines: &str) -> String {
    let lines = format!("{lines}.fingerprint\n.storage\n.data\n");
    let ended = Wxsim::new()
        .args(&["repl", SHOP])
        .args(flags)
        .typed(&lines)
        .finishes(0);
    let at = ended
        .stdout
        .rfind("wx> .fingerprint")
        .expect("it was asked");
    ended.stdout[at..].to_owned()
}

#[test]
fn a_step_that_was_taken_back_was_never_taken() {
    let ten = fingerprint(&[], TEN);
    let eleven = format!("{TEN}wx.setStorageSync('a', Math.random())\n");
    assert_ne!(fingerprint(&[], &eleven), ten);
    assert_eq!(fingerprint(&[], &format!("{eleven}.undo\n")), ten);
    assert_eq!(
        fingerprint(&["--no-fork"], &format!("{eleven}.undo\n")),
        ten,
        "without copies"
    );
    let more = format!("{TEN}.save x\n.back\n.undo 4\n.restore x\n");
    assert_eq!(fingerprint(&[], &more), ten, "a moment that was saved");
}

#[test]
fn a_line_that_never_ends_is_ended_and_the_session_goes_on() {
    let endless = "for (;;) [1, 2].forEach(() => JSON.stringify({}))";
    let lines = format!("const a = 1\n{endless}\na + 1\n.undo\na\n");
    let ended = Wxsim::new()
        .args(&["repl", SHOP, "--wall-limit", "1s"])
        .typed(&lines)
        .finishes(0);
    let told = after(&ended.stdout, endless);
    assert!(told.contains("the phone is as it was before"), "{told}");
    assert_eq!(after(&ended.stdout, "a + 1"), "2\n");
    assert!(after(&ended.stdout, ".undo").contains("took back: a + 1"));
    assert_eq!(after(&ended.stdout, "a"), "1\n");
}

#[test]
fn a_recorded_session_is_a_test_that_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (script, flow) = (path("buys.test.js"), path("buys.flow.yaml"));
    let lines = format!("{TEN}1 + 1\n.undo 4\n.tap 购物车\n.record {script}\n.record {flow}\n");
    let printed = typed(SHOP, &lines).stdout;
    assert!(printed.contains(&format!("wrote {script}\n")), "{printed}");
    let text = std::fs::read_to_string(&script).expect("the test");
    for part in [
        "toBeOnPage('pages/cart/cart')",
        "toHaveNoErrors()",
        "toShow(",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let mut checked = Wxsim::new().arg("test").arg(&script).arg(&flow);
    checked = checked.args(&["--wall-limit", "2m"]);
    checked.finishes(0).prints(&["2 passed"]);
}

#[test]
fn a_reloaded_program_keeps_its_page_and_its_world() {
    let folder = project(&[]);
    let root = folder.path().to_string_lossy().into_owned();
    let lines = "wx.setStorageSync('a', 7)\n.reload\nwx.getStorageSync('a')\n.undo 2\nwx.getStorageSync('a')\n";
    let printed = typed(&root, lines).stdout;
    assert_eq!(
        printed.matches("wx> wx.getStorageSync('a')\n7\n").count(),
        2,
        "{printed}"
    );
}

#[test]
fn a_file_that_was_written_is_read_before_the_next_line() {
    let folder = project(&[]);
    let mut child = Wxsim::new()
        .args(&["repl", "--watch", &folder.path().to_string_lossy()])
        .listens()
        .start();
    let mut input = child.stdin.take().expect("it listens");
    let mut output = BufReader::new(child.stdout.take().expect("it prints"));
    let mut line = String::new();
    input.write_all(b"1 + 1\n").expect("it reads");
    while line != "2\n" {
        line.clear();
        assert_ne!(output.read_line(&mut line).expect("text"), 0, "it ends");
    }
    let script = "App({ globalData: 'new and longer' });";
    std::fs::write(folder.path().join("app.js"), script).expect("written");
    input.write_all(b"getApp().globalData\n").expect("it reads");
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).expect("text");
    assert!(rest.contains("\"new and longer\""), "{rest}");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn every_command_has_help_in_both_languages() {
    let english = typed(SHOP, ".help\n.help tap\n.help nothing\n").stdout;
    assert!(english.contains(".tap N | TEXT | SELECTOR"), "{english}");
    assert!(after(&english, ".help tap").contains(".tap role=button[name=Buy]"));
    let chinese = Wxsim::new()
        .args(&["repl", SHOP, "--lang", "zh"])
        .typed(".help\n.undo\n");
    chinese
        .finishes(0)
        .prints(&["点击编号", "没有可撤销的操作"]);
}

/// Passes the recorded files of a session at once.
fn records(project: &[&str], lines: &str) -> [String; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (script, flow) = (path("all.test.js"), path("all.flow.yaml"));
    let mut wxsim = Wxsim::new().arg("repl").args(project);
    wxsim = wxsim.typed(&format!("{lines}.record {script}\n.record {flow}\n"));
    let printed = wxsim.finishes(0).stdout;
    assert!(printed.contains(&format!("wrote {flow}\n")), "{printed}");
    let mut checked = Wxsim::new().arg("test").arg(&script).arg(&flow);
    checked = checked.args(&["--wall-limit", "2m"]);
    let ended = checked.ends();
    let texts = [script, flow].map(|file| std::fs::read_to_string(file).expect("it is written"));
    assert_eq!(
        ended.status.code(),
        Some(0),
        "{}\n{}",
        ended.show(),
        texts.join("\n")
    );
    ended.prints(&["2 passed"]);
    texts
}

/// What a user does in the shop, from the first look to the paid order.
const ALL: &str = ".tap 5\n.tap 加入购物车\n.tap 250 克\n.tap 礼盒\n.tap 确定\n.share fileTransfer\n.share\n.answer share={\"to\":\"fileTransfer\"}\n.back\n.tap 购物车\n\
                   .longpress 凤凰单丛\n.answer modal=cancel\n.network none\n.network wifi\n.permissions deny camera\n\
                   .permissions grant userLocation\n.settings {\"scope.userLocation\":false}\n.permissions reset\n\
                   .permissions deny record\nwx.authorize({ scope: 'scope.record' }).catch((e) => e.errMsg)\n\
                   wx.authorize({ scope: 'scope.camera' }).catch((e) => e.errMsg)\n.answer scope.camera=deny\n\
                   wx.showActionSheet({ itemList: ['a', 'b'] }).then((r) => r.tapIndex)\n.answer actionSheet=1\n\
                   wx.showModal({ title: '备注', editable: true }).then((r) => wx.setStorageSync('note', r.content))\n\
                   .answer modal=请 快\n.answer modal=cancel\nwx.showModal({ title: '再问' }).then((r) => r.confirm)\n.background\n.advance 30s\n.resume\n.advance 2d\n.session expire\n.device theme dark\n\
                   .device locate 23.6,116.6\n.go pages/order/order?id=S1001\n.tap 微信支付\n.answer pay=pay\n.advance 5s\n.pay\n.kill\n\
                   .launch pages/order/order?id=S1001\n";

#[test]
fn a_session_with_most_commands_is_a_test_that_passes() {
    let [script, flow] = records(&[SHOP], ALL);
    for part in [
        "permission scope.camera deny",
        "permission reset",
        "请 快",
        "world.network('none')",
        "app.background()",
        "toShow(",
    ] {
        assert!(script.contains(part), "no `{part}` in {script}");
    }
    assert!(flow.contains("permission scope.record deny"), "{flow}");
}

#[test]
fn a_session_with_a_reloaded_program_is_a_test_that_passes() {
    let lines = ".tap 5\nwx.setStorageSync('a', 1)\n.reload\n.tap 加入购物车\nwx.getStorageSync('a')\n.back\n";
    let [script, _] = records(&[SHOP], lines);
    assert!(
        script.contains("app.launch('pages/goods/goods?id=101'"),
        "{script}"
    );
}

#[test]
fn two_programs_share_a_phone() {
    let lines = ".app\n.tap 1\n.tap 开具发票\n.answer openProgram=allow\n.app\n$page.route\n.reload\n.stack\n\
                 .app wx5e1f3a7c9b2d4e60\n.undo\n.stack\n.app wx-nobody\n.app wx5e1f3a7c9b2d4e60\n.stack\n";
    let printed = Wxsim::new()
        .args(&["repl", ORDERS, INVOICE])
        .typed(lines)
        .finishes(0)
        .stdout;
    let orders = "wx5e1f3a7c9b2d4e60 小程序示例\n";
    let invoice = "wx8c0d2b4a6f1e3597 开票助手\n";
    assert!(
        printed.contains(&format!("wx> .app\n● {orders}  {invoice}")),
        "{printed}"
    );
    assert_eq!(after(&printed, ".app"), format!("● {invoice}  {orders}"));
    assert!(after(&printed, ".answer openProgram=allow").contains("开票金额 ¥52"));
    assert_eq!(after(&printed, "$page.route"), "\"pages/make/make\"\n");
    // The program in front stays there, at its page.
    assert!(
        after(&printed, ".reload").contains("── pages/make/make · 开票助手"),
        "{printed}"
    );
    let there = "wx> .stack\npages/make/make?order=7\n";
    assert_eq!(printed.matches(there).count(), 2, "{printed}");
    assert!(after(&printed, ".app wx-nobody").contains("no code of the mini program `wx-nobody`"));
    assert!(
        after(&printed, ".stack").starts_with("pages/orders/orders\n"),
        "{printed}"
    );
}

#[test]
fn a_session_with_two_programs_is_a_test_that_passes() {
    let folder = project(&[
        ("project.config.json", r#"{"appid": "wx00000000000000b2"}"#),
        (
            "app.json",
            r#"{"pages": ["pages/a/a", "pages/b/b"], "tabBar": {"list": [{"pagePath": "pages/a/a", "text": "Bee"}, {"pagePath": "pages/b/b", "text": "Sea"}]}}"#,
        ),
        ("pages/b/b.js", "Page({})"),
        ("pages/b/b.json", "{}"),
        ("pages/b/b.wxml", "<view>the sea</view>"),
    ]);
    let other = folder.path().to_string_lossy().into_owned();
    let lines = ".tap 1\n.app wx00000000000000b2\n.tab 1\n";
    let printed = Wxsim::new()
        .args(&["repl", ORDERS, &other])
        .typed(lines)
        .finishes(0)
        .stdout;
    // The tab bar is that of the program in front.
    assert!(
        after(&printed, ".tab 1").contains("tab      Sea ●"),
        "{printed}"
    );
    let [script, _] = records(&[ORDERS, &other], lines);
    assert!(
        script.contains("sim.program('wx00000000000000b2'"),
        "{script}"
    );
}

#[test]
fn what_a_promise_comes_to_later_is_told_then() {
    let lines = "await new Promise((done) => setTimeout(() => done('tea'), 1000))\n1 + 1\n.advance 500ms\n.advance 1s\n_\n\
                 new Promise((_, failed) => setTimeout(() => failed(new Error('too late')), 1000))\n.advance 2s\n2 + 2\n";
    let printed = typed(SHOP, lines).stdout;
    assert_eq!(after(&printed, "1 + 1"), "2\n");
    assert!(
        !after(&printed, ".advance 500ms").contains("settled"),
        "{printed}"
    );
    assert!(
        after(&printed, ".advance 1s").starts_with("(the promise is settled) \"tea\"\n"),
        "{printed}"
    );
    assert_eq!(after(&printed, "_"), "\"tea\"\n");
    assert!(
        after(&printed, ".advance 2s").starts_with("error: Error: too late"),
        "{printed}"
    );
    assert_eq!(after(&printed, "2 + 2"), "4\n");
}

#[test]
fn a_text_answers_a_dialog_that_takes_one() {
    let modal = "wx.showModal({ title: '名字', editable: true }).then((r) => r.content)";
    let scan = "wx.scanCode().then((r) => r.result)";
    let plain = "wx.showModal({ title: 'Sure?' }).then((r) => r.confirm)";
    let lines = format!(
        "{modal}\n.answer modal=小 王\n{scan}\n.answer scan=https://a.example/?a=1\n{plain}\n.answer modal=小王\n.answer modal=confirm\n"
    );
    let printed = typed(SHOP, &lines).stdout;
    assert!(
        after(&printed, modal).contains(r#"(or cancel, {"confirm":"TEXT"})"#),
        "{printed}"
    );
    assert!(
        after(&printed, ".answer modal=小 王").contains("\"小 王\"\n"),
        "{printed}"
    );
    let scanned = after(&printed, ".answer scan=https://a.example/?a=1");
    assert!(
        scanned.contains("\"https://a.example/?a=1\"\n"),
        "{printed}"
    );
    assert!(
        after(&printed, ".answer modal=小王").contains("does not answer `modal`"),
        "{printed}"
    );
    assert!(
        after(&printed, ".answer modal=confirm").contains("true\n"),
        "{printed}"
    );
}

#[test]
fn what_is_shown_of_the_phone_is_in_the_language_of_the_prompt() {
    let lines = ".session\n.privacy\n.device\n.permissions\n.storage none\n.calls none\n.kill\n.stack\n.pay\n.permissions allow\n.go nowhere\n.api nowhere\n";
    let chinese = Wxsim::new()
        .args(&["repl", SHOP, "--lang", "zh"])
        .typed(lines);
    let printed = chinese.finishes(0).stdout;
    for part in [
        "没有登录态",
        "指引",
        "平台        ios",
        "未询问",
        "（空）",
        "（没有调用）",
        "（没有页面）",
        "（没有订单）",
        "写法：.permissions",
        "没有页面 nowhere",
        "没有接口 `nowhere`",
    ] {
        assert!(printed.contains(part), "no `{part}` in {printed}");
    }
    let english = typed(SHOP, lines).stdout;
    for part in [
        "no session",
        "guide",
        "platform    ios",
        "not asked",
        "(empty)",
        "(no call)",
        "(no page)",
        "(no order)",
        "write .permissions",
        "there is no page nowhere",
        "there is no API `nowhere`",
    ] {
        assert!(english.contains(part), "no `{part}` in {english}");
    }
}

#[test]
fn a_script_of_a_thousand_lines_runs_and_its_last_line_can_be_taken_back() {
    let mut lines = String::new();
    for at in 0..1_000 {
        let _ = match at % 8 {
            0 => writeln!(lines, ".tap {}", at % 11 + 1),
            1 => writeln!(lines, "wx.setStorageSync('n', {at})"),
            2 => writeln!(lines, "$data.goods && $data.goods.length"),
            3 => writeln!(lines, ".back"),
            4 => writeln!(lines, ".page"),
            5 => writeln!(lines, ".advance {at}ms"),
            6 => writeln!(lines, ".input 1 = {at}"),
            _ if at % 40 == 7 => writeln!(lines, ".launch"),
            _ => writeln!(lines, ".tap {}", at % 5 + 1),
        };
    }
    lines.push_str("wx.setStorageSync('n', 1)\n.undo\nwx.getStorageSync('n')\n");
    let printed = typed(SHOP, &lines).stdout;
    assert_eq!(after(&printed, "wx.getStorageSync('n')"), "993\n");
    assert!(
        !printed.contains("the line was ended"),
        "a line ended the phone"
    );
}
