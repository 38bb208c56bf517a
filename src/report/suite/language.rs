//! The language of headings and totals; what a test says is shown as it is.

use serde::{Deserialize, Serialize};

/// In which language a report speaks to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh")]
    Chinese,
}

/// A phrase in English and in Chinese.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub(super) &'static str, pub(super) &'static str);

impl Language {
    /// The phrase in this language.
    pub(super) fn say(self, words: Words) -> &'static str {
        match self {
            Self::English => words.0,
            Self::Chinese => words.1,
        }
    }

    /// The code of the language, for `lang` of HTML.
    pub(in crate::report) fn code(self) -> &'static str {
        self.say(Words("en", "zh"))
    }
}

pub(super) const FILES: Words = Words("Files", "文件");
pub(super) const TESTS: Words = Words("Tests", "测试");
pub(super) const TIME: Words = Words("Time", "用时");
pub(super) const VIRTUAL: Words = Words("of virtual time", "虚拟时间");
pub(super) const FAILURES: Words = Words("Failures", "失败详情");
pub(super) const RULES: Words = Words("What rules found", "规则检查结果");
pub(super) const PASSED: Words = Words("passed", "通过");
pub(super) const FAILED: Words = Words("failed", "失败");
pub(super) const ERRORED: Words = Words("errored", "出错");
pub(super) const SKIPPED: Words = Words("skipped", "跳过");
pub(super) const TODO: Words = Words("todo", "待写");
pub(super) const CUT: Words = Words(
    "the run was ended early: not every test ran",
    "运行提前结束：部分测试没有执行",
);
pub(super) const STORY: Words = Words("what the user did", "用户的操作");
pub(super) const MISSING: Words = Words("nobody answers; add", "没有应答，请添加");
pub(super) const STACK: Words = Words("stack", "调用栈");
pub(super) const TRACE: Words = Words("the end of the trace", "最后的记录");
pub(super) const HELP: Words = Words("help", "建议");
pub(super) const REPLAY: Words = Words("run it again", "重新运行");
pub(super) const WHOLE_FILE: Words = Words("the file as a whole", "整个文件");
/// Behind a number.
pub(super) const ONE_TEST: Words = Words("test", "个测试");
/// Behind a number.
pub(super) const MANY_TESTS: Words = Words("tests", "个测试");
pub(super) const NOT_RUN: Words = Words("no test could run", "没有可以运行的测试");
pub(super) const NO_TESTS: Words = Words("no tests", "没有测试");
pub(super) const EARLIER: Words = Words("more before", "步在此之前");
