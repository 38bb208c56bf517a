//! One failure in full: where, the story, what does not hold, the end of the trace, how to see it again.

use std::fmt::Write as _;

use anstyle::AnsiColor;

use super::{STEPS_MAX, TRACE_LINES, Terminal};
use crate::report::suite::frame::frame;
use crate::report::suite::language::{self, Words};
use crate::report::suite::plain::{trace_lines, visible};
use crate::report::suite::story::Story;
use crate::report::suite::{Failure, FileResult, TestResult};
use crate::report::text::colour;

impl Terminal {
    /// A file of which no test could run.
    pub(super) fn problem(self, file: &FileResult, problem: &Failure) -> String {
        let title = format!(
            "! {} › {}",
            visible(&file.path),
            self.say(language::WHOLE_FILE)
        );
        format!(
            "{}\n\n{}",
            self.bold(&self.red(&title)),
            self.failure(problem, file)
        )
    }

    /// A test that did not pass.
    pub(super) fn failed(self, file: &FileResult, test: &TestResult) -> String {
        let title = format!("{} {} › {}", test.outcome.mark(), file.path, test.title());
        let mut report = format!("{}\n", self.bold(&self.red(&visible(&title))));
        let story = Story::of(test, self.language);
        report.push_str(&self.story(&story));
        for failure in &test.failures {
            report.push('\n');
            report.push_str(&self.failure(failure, file));
        }
        if !story.missing.is_empty() {
            report.push_str(&self.heading(language::MISSING));
            for missing in &story.missing {
                let line = self.paint.apply(colour(AnsiColor::Green), &missing.line);
                let _ = writeln!(report, "    ? {}\n      {line}", missing.what);
            }
        }
        let lines = trace_lines(test, self.paint);
        if !lines.is_empty() {
            report.push_str(&self.heading(language::TRACE));
            for line in &lines[lines.len().saturating_sub(TRACE_LINES)..] {
                let _ = writeln!(report, "  {line}");
            }
        }
        if !test.replay.is_empty() {
            report.push_str(&self.heading(language::REPLAY));
            let _ = writeln!(report, "    {}", visible(&test.replay));
        }
        report
    }

    fn heading(self, words: Words) -> String {
        format!("\n  {}\n", self.bold(self.say(words)))
    }

    fn story(self, story: &Story) -> String {
        if story.acts.is_empty() {
            return String::new();
        }
        let mut text = self.heading(language::STORY);
        let hidden = story.acts.len().saturating_sub(STEPS_MAX);
        if hidden > 0 {
            let more = format!("… {hidden} {}", self.say(language::EARLIER));
            let _ = writeln!(text, "    {}", self.dim(&more));
        }
        for act in &story.acts[hidden..] {
            let line = if act.is_broken {
                self.red(&format!("✗ {}", act.text))
            } else {
                let mark = self.paint.apply(colour(AnsiColor::Green), "✓");
                format!("{mark} {}", act.text)
            };
            let _ = writeln!(text, "    {line}");
            for aside in &act.asides {
                let aside = self
                    .paint
                    .apply(colour(AnsiColor::Magenta), &format!("? {aside}"));
                let _ = writeln!(text, "      {aside}");
            }
        }
        text
    }

    /// Message, difference, source lines, stack, help.
    fn failure(self, failure: &Failure, file: &FileResult) -> String {
        let diff = visible(failure.diff.trim_end());
        let mut message = visible(failure.says(self.language).trim_end());
        // The difference is part of most messages; it is shown once, in colour.
        let has_diff = !diff.is_empty();
        if has_diff && let Some(at) = message.find(&diff) {
            let rest = message.split_off(at);
            message = format!("{}{}", message.trim_end(), &rest[diff.len()..]);
        }
        let mut text = String::new();
        for (index, line) in message.lines().enumerate() {
            let line = if index == 0 {
                self.bold(&self.red(line))
            } else {
                self.compared(line)
            };
            let _ = writeln!(text, "{}", format!("  {line}").trim_end());
        }
        if has_diff {
            text.push('\n');
            for line in diff.lines() {
                let _ = writeln!(text, "    {}", self.compared(line));
            }
        }
        let quoted = frame(failure, file, self.paint);
        if !quoted.is_empty() {
            text.push('\n');
        }
        for line in quoted.lines() {
            let _ = writeln!(text, "  {line}");
        }
        if !failure.stack.is_empty() {
            text.push_str(&self.heading(language::STACK));
            for call in &failure.stack {
                let _ = writeln!(text, "    {}", self.dim(&format!("at {}", visible(call))));
            }
        }
        let help = failure.advice(self.language).trim_end();
        if !help.is_empty() {
            let title = self
                .paint
                .apply(colour(AnsiColor::Cyan), self.say(language::HELP));
            let _ = writeln!(text, "\n  {title}: {}", visible(help));
        }
        text
    }

    /// A line of a comparison: green for what is expected, red for what is there.
    fn compared(self, line: &str) -> String {
        let begins = |beginnings: &[&str]| beginnings.iter().any(|it| line.starts_with(it));
        if begins(&["- ", "Expected"]) || line == "-" {
            self.paint.apply(colour(AnsiColor::Green), line)
        } else if begins(&["+ ", "Received"]) || line == "+" {
            self.red(line)
        } else {
            line.to_owned()
        }
    }
}
