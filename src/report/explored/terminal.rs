//! An exploration for a terminal: what does not hold with its story, the matrix, how much was tried.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::words::{self, AGAIN, headline, say};
use crate::explore::{Matrix, Outcome, Violation, story};
use crate::report::Paint;
use crate::report::suite::Language;
use crate::report::suite::plain::one_line;
use crate::report::text::colour;

/// All of it but [`summary`], ending with a line feed.
pub fn outcome(outcome: &Outcome, paint: Paint, language: Language) -> String {
    let mut text = String::new();
    for one in &outcome.violations {
        text.push_str(&violation(one, paint, language));
        text.push('\n');
    }
    text + &matrix(&outcome.matrix, paint, language)
}

/// One violation with its story.
pub fn violation(violation: &Violation, paint: Paint, language: Language) -> String {
    let says = one_line(say(&violation.says, language));
    let mark = paint.apply(colour(AnsiColor::Red), "✗");
    let name = paint.apply(Style::new().bold(), &one_line(&violation.property));
    let mut text = format!("{mark} {name}: {says}\n");
    if let Some(at) = &violation.at {
        let place = one_line(&format!("{}:{}:{}", at.file, at.line, at.column));
        let place = paint.apply(colour(AnsiColor::Cyan), &place);
        let _ = writeln!(text, "  {place}  {}", one_line(&violation.source_line));
    }
    for line in story(violation, language == Language::Chinese) {
        let _ = writeln!(text, "    {}", one_line(&line));
    }
    let again = paint.apply(Style::new().dimmed(), &format!("{}:", AGAIN.say(language)));
    let _ = writeln!(text, "  {again} {}", one_line(&violation.replay));
    text
}

/// The matrix, a line for each question and each API, with an empty line behind; empty when nothing was to choose.
pub fn matrix(matrix: &Matrix, paint: Paint, language: Language) -> String {
    let mut text = String::new();
    for (name, cells) in matrix.answers.iter().chain(&matrix.faults) {
        let cells: Vec<String> = cells
            .iter()
            .map(|(column, own)| cell(column, own.reached, matrix.word(own), paint, language))
            .collect();
        let _ = writeln!(text, "{}: {}", one_line(name), cells.join(", "));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn cell(column: &str, reached: u32, word: &str, paint: Paint, language: Language) -> String {
    let style = match word {
        "handled" => colour(AnsiColor::Green),
        "unhandled" => colour(AnsiColor::Red),
        _ => Style::new().dimmed(),
    };
    let word = paint.apply(style, words::cell(word).say(language));
    format!("{} {word} ({reached})", one_line(column))
}

/// The last line, without a line feed: `104 states, 1386 transitions, complete; 0 violations`.
pub fn summary(outcome: &Outcome, language: Language) -> String {
    let found = outcome.violations.len();
    let extent = headline(outcome);
    match language {
        Language::English => format!("{}; {}", extent.en, words::counted(found, "violation")),
        Language::Chinese => format!("{}；发现 {found} 个问题", extent.zh),
    }
}

#[cfg(test)]
mod tests {
    use super::{outcome as shown, summary};
    use crate::report::Paint;
    use crate::report::explored::fixture::{hostile, outcome};
    use crate::report::suite::Language;

    #[test]
    fn a_violation_is_told_with_its_story() {
        let text = shown(&outcome(), Paint::Plain, Language::English);
        let golden = "✗ P28 unhandled: TypeError: nobody catches it\n  pages/me/me.js:12:5  this.data.user.name\n    \
            the program is started\n    1. tap button \"Log in\"\n    2. request fails (network)\n  \
            again: wxsim explore app --choices 0,1,0,0,0,2\n\n\
            phone: allow unreachable (0), deny handled (2)\nrequest: network unhandled (1)\n\n";
        assert_eq!(text, golden);
        assert_eq!(
            summary(&outcome(), Language::English),
            "3 states, 7 transitions, complete; 1 violation"
        );
        assert_eq!(
            summary(&outcome(), Language::Chinese),
            "3 个状态，7 次转移，已穷尽；发现 1 个问题"
        );
    }

    #[test]
    fn no_text_steers_the_terminal() {
        let text = shown(&hostile(), Paint::Plain, Language::Chinese);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }
}
