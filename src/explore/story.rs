//! A story in words.

use crate::runtime::monitor::Words;

use super::outcome::Violation;

/// The lines of a violation's story, numbered; what lies before the first choice is the start.
pub fn story(violation: &Violation, in_chinese: bool) -> Vec<String> {
    let word = |words: &Words| {
        if in_chinese {
            words.zh.clone()
        } else {
            words.en.clone()
        }
    };
    let start = if in_chinese {
        "启动小程序"
    } else {
        "the program is started"
    };
    let lines = std::iter::once(start.to_owned()).chain(violation.story.iter().map(word));
    lines
        .enumerate()
        .map(|(number, line)| match number {
            0 => line,
            number => format!("{number}. {line}"),
        })
        .collect()
}
