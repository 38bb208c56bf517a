//! The tests of the sample programs pass; those of their twins, which do it wrong, fail in just the expected ways.

use std::path::PathBuf;

use serde_json::Value as Json;

use crate::support::{Ended, Wxsim};

/// Machines of all kinds run this: only a test that hangs takes so long.
const PATIENCE: [&str; 2] = ["--wall-limit", "2m"];

/// What the tests of the twins come to: the title, and the kinds of what is wrong.
const TWINS: [(&str, &[&str]); 13] = [
    ("绑定手机号：服务器收到加密的数据", &[]),
    ("按钮的回调里不登录", &["assertion"]),
    ("拒绝绑定：不发请求", &["appException"]),
    ("打开页面时什么都不问", &["assertion"]),
    ("一打开就问，没有人回答", &["unansweredQuestion"]),
    ("录音被拒绝，也能用", &["unhandledRejection"]),
    ("附近的门店：要先声明接口", &["appException"]),
    ("2018 年 6 月 › 允许：能用", &[]),
    ("2018 年 6 月 › 拒绝：还有别的办法", &["appException"]),
    ("设置页要由点击打开", &["consoleError"]),
    ("支付", &[]),
    ("付了款，回调没有来：再打开时是已支付", &["assertion"]),
    ("取消：不说已支付", &["assertion"]),
];

fn test(folder: &str) -> Wxsim {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    Wxsim::new()
        .args(&["test", &folder.to_string_lossy()])
        .args(&PATIENCE)
}

/// The tests that ran, by title, with what was wrong with each.
fn results(ended: &Ended) -> Vec<(String, Vec<String>)> {
    let mut lines = ended.lines();
    lines.retain(|line| line["type"] == "test");
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let each = |list: &Json, read: &dyn Fn(&Json) -> String| -> Vec<String> {
        list.as_array().into_iter().flatten().map(read).collect()
    };
    let result = |line: &Json| {
        let titles = each(&line["titles"], &text);
        let kinds = each(&line["failures"], &|failure| text(&failure["kind"]));
        (titles.join(" › "), kinds)
    };
    let mut results: Vec<_> = lines.iter().map(result).collect();
    results.sort();
    results
}

#[test]
fn the_tests_of_the_samples_pass_and_are_the_same_every_time() {
    let ended = test("sample-apps")
        .args(&["--json", "--check-determinism"])
        .finishes(0);
    let results = results(&ended);
    assert!(results.len() > 150, "{}", ended.show());
    for (title, kinds) in results {
        assert!(kinds.is_empty(), "{title}: {kinds:?}");
    }
}

#[test]
fn the_tests_of_the_twins_find_what_is_wrong_forked_or_not() {
    for mode in [&[][..], &["--no-fork"]] {
        let ended = test("tests/twins").arg("--json").args(mode).finishes(1);
        let found = results(&ended);
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|(title, kinds)| (title.as_str(), kinds.iter().map(String::as_str).collect()))
            .collect();
        let mut expected: Vec<(&str, Vec<&str>)> = TWINS
            .iter()
            .map(|(title, kinds)| (*title, kinds.to_vec()))
            .collect();
        expected.sort();
        assert_eq!(found, expected, "{mode:?}");
    }
}

#[test]
fn a_test_may_be_run_for_users_of_each_temper() {
    let ended = test("sample-apps/permissions")
        .args(&["--json", "--personas", "allow-all,deny-all"])
        .finishes(0);
    let lines = ended.lines();
    let tests = || lines.iter().filter(|line| line["type"] == "test");
    let of = |persona: &str| {
        let is_it = |line: &&Json| line["variant"].to_string().contains(persona);
        tests().filter(is_it).count()
    };
    assert!(of("deny-all") > 0, "{}", ended.show());
    assert_eq!(of("allow-all"), of("deny-all"));
    // The four of users.test.js choose their own user or day: they run once, for neither.
    assert_eq!(tests().count(), of("allow-all") + of("deny-all") + 4);
}
