//! Phrases that the reports share, in the two languages.

use crate::explore::{Bound, Chosen, Outcome};
use crate::report::suite::Language;
use crate::runtime::monitor::{Weight, Words};

/// A phrase in English and in Chinese.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase(pub(super) &'static str, pub(super) &'static str);

impl Phrase {
    pub(super) fn say(self, language: Language) -> &'static str {
        match language {
            Language::English => self.0,
            Language::Chinese => self.1,
        }
    }

    pub(super) fn words(self) -> Words {
        Words::new(self.0, self.1)
    }
}

pub(super) const AGAIN: Phrase = Phrase("again", "重现");
pub(super) const CAUSES: Phrase = Phrase("how it came about", "由来");
pub(super) const FIX: Phrase = Phrase("how to fix", "修改建议");
pub(super) const HANDLED: Phrase = Phrase("handled", "已处理");
pub(super) const MATRIX: Phrase = Phrase("Answers and failures", "回答与失败");
pub(super) const NOTHING: Phrase = Phrase("the program does not run", "小程序未运行");
pub(super) const PAGE: Phrase = Phrase("page", "页面");
pub(super) const SEE: Phrase = Phrase("see", "参考");
pub(super) const START: Phrase = Phrase("the program is started", "启动小程序");
pub(super) const STORY: Phrase = Phrase("story", "操作步骤");
pub(super) const SUPPRESSED: Phrase = Phrase("suppressed", "已忽略");
pub(super) const UNHANDLED: Phrase = Phrase("unhandled", "未处理");
pub(super) const UNREACHABLE: Phrase = Phrase("unreachable", "不可达");
pub(super) const UNREACHED: Phrase = Phrase("not reached", "未到达");

/// A text in that language.
pub(super) fn say(words: &Words, language: Language) -> &str {
    match language {
        Language::English => &words.en,
        Language::Chinese => &words.zh,
    }
}

/// What was chosen on the way, in a word or two.
pub(super) fn chosen(chosen: &Chosen) -> Words {
    match chosen {
        Chosen::Answer(key, answer) => {
            Words::new(format!("{key}={answer}"), format!("{key}={answer}"))
        }
        Chosen::Fault(api, fault) => Words::new(
            format!("{api} fails ({fault})"),
            format!("{api} 失败（{fault}）"),
        ),
        Chosen::Other(what) if what == "again" => Words::new("the same again", "重复操作"),
        Chosen::Other(what) => Words::new(what.clone(), what.clone()),
    }
}

/// What is told apart by colour is told in words too.
pub(super) fn weight(weight: Weight) -> Phrase {
    match weight {
        Weight::Error => Phrase("error", "错误"),
        Weight::Warning => Phrase("warning", "警告"),
        Weight::Info => Phrase("information", "提示"),
    }
}

/// The word of a matrix cell.
pub(super) fn cell(word: &str) -> Phrase {
    match word {
        "handled" => HANDLED,
        "unhandled" => UNHANDLED,
        "unreachable" => UNREACHABLE,
        _ => UNREACHED,
    }
}

fn bound(bound: &Bound) -> Words {
    let zh = match bound {
        Bound::Depth(depth) => format!("深度 {depth}"),
        Bound::States(states) => format!("{states} 个状态"),
        Bound::Seconds(seconds) => format!("{seconds} 秒"),
        Bound::Interrupted => "中断".to_owned(),
    };
    Words::new(bound.to_string(), zh)
}

/// How much was tried: `104 states, 1386 transitions, complete`.
pub(super) fn extent(states: usize, transitions: usize, limit: Option<&Bound>) -> Words {
    let (en, zh) = match limit {
        None => ("complete".to_owned(), "已穷尽".to_owned()),
        Some(limit) => {
            let limit = bound(limit);
            (
                format!("bounded by {}", limit.en),
                format!("受限于{}", limit.zh),
            )
        }
    };
    Words::new(
        format!(
            "{}, {}, {en}",
            counted(states, "state"),
            counted(transitions, "transition")
        ),
        format!("{states} 个状态，{transitions} 次转移，{zh}"),
    )
}

/// The same of an outcome.
pub fn headline(outcome: &Outcome) -> Words {
    extent(outcome.states, outcome.transitions, outcome.bound.as_ref())
}

/// `1 state`, `2 states`.
pub(super) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
