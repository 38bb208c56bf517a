//! GitHub Actions: a remark at the line of each failure, and the summary of the step in Markdown.
//!
//! Escapes: `%`, carriage returns and line feeds everywhere, `:` and `,` in properties too, as the
//! toolkit of Actions does. Lines of the app's own are indented behind a bar, so that none of them is taken
//! for a command.

use std::fmt::Write as _;

use super::language::{self, Language};
use super::plain::{as_ms, counts, duration, failure_text, failures_text, first_line, one_line};
use super::plain::{path_of, trace_lines, visible, wall};
use super::{Failure, FileResult, Outcome, SuiteResult, TestResult};
use crate::diagnostic::{Place, Severity};
use crate::report::found;
use crate::report::text::Paint;
use crate::runtime::monitor::{Found, Weight};

/// The lines for the log: a remark per failure and mistake, and a group with the story of each failed test.
pub fn render(suite: &SuiteResult) -> String {
    let mut text = String::new();
    for file in &suite.files {
        if let Some(problem) = &file.problem {
            text.push_str(&remark(file, problem, &file.path, None));
        }
        text.push_str(&mistakes(file));
        for test in file.tests.iter().filter(|test| test.outcome.is_bad()) {
            for failure in &test.failures {
                text.push_str(&remark(file, failure, &test.title(), test.place.as_ref()));
            }
            text.push_str(&group(file, test));
        }
    }
    for (file, found) in suite.warnings() {
        text.push_str(&warning(file, found));
    }
    text
}

/// What a rule found without failing a test.
fn warning(file: &FileResult, found: &Found) -> String {
    let own = Failure::of_rule(found);
    let mut properties = vec![("file", path_of(&own, file))];
    if let Some(place) = &own.place {
        properties.push(("line", place.line.to_string()));
        properties.push(("col", place.column.to_string()));
    }
    properties.push(("title", format!("{} {}", found.rule, found.name)));
    let name = match found.weight {
        Weight::Error | Weight::Warning => "warning",
        Weight::Info => "notice",
    };
    let help = &own.help;
    command(name, &properties, &format!("{}\n{help}", found.says.en))
}

/// `::error file=…,line=…,col=…,title=…::…`; without a place of its own at the test.
fn remark(file: &FileResult, failure: &Failure, title: &str, test: Option<&Place>) -> String {
    let mut properties = vec![("file", path_of(failure, file))];
    if let Some(place) = failure.place.as_ref().or(test) {
        properties.extend((place.line > 0).then(|| ("line", place.line.to_string())));
        properties.extend((place.column > 0).then(|| ("col", place.column.to_string())));
    }
    properties.push(("title", one_line(title)));
    command(
        "error",
        &properties,
        &failure_text(failure, file, Language::English),
    )
}

/// What is wrong with the project without keeping it from running.
fn mistakes(file: &FileResult) -> String {
    let lines = file.diagnostics.iter().map(|mistake| {
        let mut own = Failure::new(super::FailureKind::Load, mistake.message.clone());
        own.place.clone_from(&mistake.place);
        let mut properties = vec![("file", path_of(&own, file))];
        let line = mistake.place.as_ref().map(|place| place.line);
        properties.extend(line.filter(|it| *it > 0).map(|it| ("line", it.to_string())));
        let name = match mistake.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let help = if mistake.help.is_empty() {
            String::new()
        } else {
            format!("\n{}", mistake.help)
        };
        command(name, &properties, &format!("{}{help}", mistake.message))
    });
    lines.collect()
}

fn command(name: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties = properties.iter().map(|(key, value)| {
        let value = data(&visible(value))
            .replace(':', "%3A")
            .replace(',', "%2C");
        format!("{key}={value}")
    });
    let properties = properties.collect::<Vec<_>>().join(",");
    format!(
        "::{name} {properties}::{}\n",
        data(visible(message).trim_end())
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What happened in a test, folded away.
fn group(file: &FileResult, test: &TestResult) -> String {
    let title = format!("{} › {}", file.path, test.title());
    let mut lines = format!("::group::{}\n", data(&one_line(&title)));
    let trace = trace_lines(test, Paint::Plain).join("\n");
    for line in visible(&trace).lines() {
        // The older form of a command may stand anywhere in a line.
        let line = line.replace("##[", "#\u{200b}#[");
        let _ = writeln!(lines, "│ {line}");
    }
    lines.push_str("::endgroup::\n");
    lines
}

/// The Markdown for the summary of the step.
pub fn step_summary(suite: &SuiteResult, language: Language) -> String {
    let say = |words| language.say(words);
    let mark = if suite.totals().is_good() {
        "✅"
    } else {
        "❌"
    };
    let mut text = format!("## {mark} wxsim test\n\n");
    let headings = [language::FILES, language::TESTS, language::TIME].map(say);
    let _ = writeln!(text, "| {} |\n|---|---|---|", headings.join(" | "));
    let virtual_ms = suite.files.iter().map(FileResult::virtual_ms).sum();
    let time = format!(
        "{} ({} {})",
        duration(wall(suite.wall_ms)),
        duration(as_ms(virtual_ms)),
        say(language::VIRTUAL)
    );
    let cells = [
        counts(&suite.file_totals(), language),
        counts(&suite.totals(), language),
        time,
    ];
    let cells = cells.map(|cell| cell.replace(" | ", ", "));
    let _ = writeln!(text, "| {} |", cells.join(" | "));
    if suite.is_cut {
        let _ = writeln!(text, "\n> {}", say(language::CUT));
    }
    let problems = suite.files.iter().filter_map(|file| {
        let problem = file.problem.as_ref()?;
        let title = format!("{} › {}", file.path, say(language::WHOLE_FILE));
        Some(details(
            Outcome::Errored,
            &title,
            (problem, language),
            &failure_text(problem, file, language),
        ))
    });
    let failed = suite.tests().filter(|(_, test)| test.outcome.is_bad());
    let failed = failed.map(|(file, test)| {
        let title = format!("{} › {}", file.path, test.title());
        let unknown = Failure::new(super::FailureKind::Crashed, "");
        let failure = test.failures.first().unwrap_or(&unknown);
        let all = failures_text(test, file, language);
        details(test.outcome, &title, (failure, language), &all)
    });
    text.extend(problems.chain(failed));
    text + &rules_summary(suite, language)
}

/// What rules found without failing a test, as a list.
fn rules_summary(suite: &SuiteResult, language: Language) -> String {
    let warnings = suite.warnings();
    if warnings.is_empty() {
        return String::new();
    }
    let mut text = format!("\n### {}\n\n", language.say(language::RULES));
    for (_, found) in warnings {
        let in_chinese = language == Language::Chinese;
        let line = one_line(&found::line(found, in_chinese));
        let _ = writeln!(text, "- {}", markdown(&line));
    }
    text
}

fn details(
    outcome: Outcome,
    title: &str,
    (failure, language): (&Failure, Language),
    all: &str,
) -> String {
    let fence = fence(all);
    format!(
        "\n<details><summary>{} {}: {}</summary>\n\n{fence}text\n{}\n{fence}\n\n</details>\n",
        outcome.mark(),
        markdown(&one_line(title)),
        markdown(&one_line(first_line(failure.says(language)))),
        all.trim_end(),
    )
}

/// More backticks than the text has in a row.
fn fence(text: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

/// Text in which nothing is markup, in Markdown and in HTML inside it.
pub(super) fn markdown(text: &str) -> String {
    let escape = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '@' => {
            format!("&#{};", u32::from(c))
        }
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::{command, fence, markdown};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let properties = [
            ("file", "a,b:c.js".to_owned()),
            ("title", "50%\nof".to_owned()),
        ];
        assert_eq!(
            command("error", &properties, "1: x,\r\n::error::y"),
            "::error file=a%2Cb%3Ac.js,title=50%25%0Aof::1: x,%0A::error::y\n"
        );
    }

    #[test]
    fn no_text_is_markup() {
        assert_eq!(markdown("<b>|*"), "&lt;b&gt;&#124;&#42;");
        assert_eq!(fence("a ```` b"), "`````");
    }
}
