//! Small matters of text that several reports share.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::frame::frame;
use super::language::{self, Language};
use super::story::Story;
use super::{Failure, FailureKind, FileResult, TestResult};
use crate::report::found;
use crate::report::text::{Paint, line};

/// The text with a picture in the place of each character that would steer a terminal or is not allowed
/// in XML; line feeds and tabs stay.
pub(in crate::report) fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // The last two are marks that turn the direction of a line.
        '\u{80}'..='\u{9f}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(shown).collect()
}

/// The first line.
pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// One line, visible.
pub(in crate::report) fn one_line(text: &str) -> String {
    let words = text.lines().map(str::trim).filter(|line| !line.is_empty());
    visible(&words.collect::<Vec<_>>().join(" "))
}

/// Columns that the text takes in a terminal.
pub(in crate::report) fn width(text: &str) -> usize {
    text.width()
}

/// Text of at least that many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let blanks = " ".repeat(columns.saturating_sub(width(text)));
    format!("{text}{blanks}")
}

/// `12 ms`, `1.24 s`, `3 min 20 s`, `2 d 3 h`.
pub(super) fn duration(ms: f64) -> String {
    const SECOND: f64 = 1000.0;
    const UNITS: [(f64, &str); 4] = [
        (86_400_000.0, "d"),
        (3_600_000.0, "h"),
        (60_000.0, "min"),
        (SECOND, "s"),
    ];
    if ms < SECOND {
        return format!("{:.0} ms", ms.max(0.0));
    }
    if ms < 60.0 * SECOND {
        return format!("{:.2} s", ms / SECOND);
    }
    let at = UNITS.iter().position(|(size, _)| ms >= *size).unwrap_or(3);
    let (size, unit) = UNITS[at];
    let whole = (ms / size).floor();
    let text = format!("{whole:.0} {unit}");
    let rest = UNITS
        .get(at + 1)
        .map(|(small, unit)| (((ms - whole * size) / small).floor(), unit));
    match rest {
        Some((rest, unit)) if rest >= 1.0 => format!("{text} {rest:.0} {unit}"),
        _ => text,
    }
}

/// Milliseconds of a trace for [`duration`].
#[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
pub(super) fn as_ms(ms: i64) -> f64 {
    ms as f64
}

/// Real milliseconds for [`duration`].
#[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
pub(super) fn wall(ms: u64) -> f64 {
    ms as f64
}

/// A failure without colour: message, place, difference, stack, help. Ends with a line feed.
pub(super) fn failure_text(failure: &Failure, file: &FileResult, language: Language) -> String {
    let message = failure.says(language).trim_end();
    let mut text = format!("{}\n", visible(message));
    if !failure.diff.is_empty() && !message.contains(failure.diff.trim_end()) {
        let _ = write!(text, "\n{}\n", visible(failure.diff.trim_end()));
    }
    let quoted = frame(failure, file, Paint::Plain);
    if !quoted.is_empty() {
        let _ = write!(text, "\n{quoted}");
    }
    for call in &failure.stack {
        let _ = writeln!(text, "    at {}", visible(call));
    }
    let help = failure.advice(language).trim_end();
    if !help.is_empty() {
        let title = language.say(language::HELP);
        let _ = writeln!(text, "\n{title}: {}", visible(help));
    }
    text
}

/// Everything that does not hold in a test, without colour.
pub(super) fn failures_text(test: &TestResult, file: &FileResult, language: Language) -> String {
    let mut parts: Vec<String> = test
        .failures
        .iter()
        .map(|it| failure_text(it, file, language))
        .collect();
    let story = Story::of(test, language);
    let missing = story.missing.iter();
    let title = language.say(language::MISSING);
    let lines = missing.map(|it| format!("{}: {title}: {}\n", it.what, it.line));
    let lines: String = lines.collect();
    if !lines.is_empty() {
        parts.push(lines);
    }
    if !test.replay.is_empty() {
        parts.push(format!(
            "{}: {}\n",
            language.say(language::REPLAY),
            visible(&test.replay)
        ));
    }
    parts.join("\n")
}

/// The lines of the trace as `wxsim run` prints them.
pub(super) fn trace_lines(test: &TestResult, paint: Paint) -> Vec<String> {
    let entries = test.trace.iter();
    entries.filter_map(|entry| line(entry, paint)).collect()
}

/// What rules found in a test without failing it: a line each, then how to mend it.
pub(super) fn warning_lines(test: &TestResult) -> Vec<String> {
    let warnings = test.warnings().into_iter();
    warnings
        .flat_map(|found| [found::line(found, false), found::fix(found, false)])
        .collect()
}

/// `2 failed | 1 passed (3)`, without what is nought.
pub(super) fn counts(totals: &super::Totals, language: Language) -> String {
    let counted = super::Outcome::ALL.into_iter();
    let counted = counted.filter(|outcome| totals.of(*outcome) > 0);
    let counted = counted.map(|it| format!("{} {}", totals.of(it), language.say(it.words())));
    let counted: Vec<String> = counted.collect();
    if counted.is_empty() {
        return language.say(language::NO_TESTS).to_owned();
    }
    format!("{} ({})", counted.join(" | "), totals.tests)
}

/// The path of a failure's file from the folder in which the tests were started.
pub(super) fn path_of(failure: &Failure, file: &FileResult) -> String {
    let Some(place) = &failure.place else {
        return file.path.clone();
    };
    let is_test = file.path == place.file || file.path.ends_with(&format!("/{}", place.file));
    let project = file.project.trim_end_matches('/').trim_start_matches("./");
    match project {
        _ if is_test => file.path.clone(),
        _ if is_of_test_code(failure) => place.file.clone(),
        "" | "." => place.file.clone(),
        folder if place.file.starts_with(&format!("{folder}/")) => place.file.clone(),
        folder => format!("{folder}/{}", place.file),
    }
}

/// Whether the place is in test code, whose paths are from that folder already; those of the app are from its own.
fn is_of_test_code(failure: &Failure) -> bool {
    match failure.kind {
        FailureKind::Assertion
        | FailureKind::Action
        | FailureKind::TestException
        | FailureKind::Snapshot
        | FailureKind::Stuck => true,
        // A module that does not load has those that wanted it above it; a mistake in the project has nobody.
        FailureKind::Load => !failure.stack.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{duration, padded, path_of, visible};
    use crate::diagnostic::Place;
    use crate::report::suite::{Failure, FailureKind, FileResult};

    #[test]
    fn times_have_the_unit_that_people_would_use() {
        for (ms, text) in [
            (0.2, "0 ms"),
            (999.0, "999 ms"),
            (1240.0, "1.24 s"),
            (60_000.0, "1 min"),
            (200_000.0, "3 min 20 s"),
            (259_200_000.0, "3 d"),
            (266_400_000.0, "3 d 2 h"),
        ] {
            assert_eq!(duration(ms), text);
        }
    }

    #[test]
    fn control_characters_are_seen_and_not_obeyed() {
        assert_eq!(
            visible("a\u{1b}[31m\tb\n\u{202e}\0"),
            "a␛[31m\tb\n\u{fffd}␀"
        );
        assert_eq!(padded("文", 4), "文  ");
    }

    #[test]
    fn a_place_in_the_app_is_below_the_project() {
        let mut failure = Failure::new(FailureKind::AppException, "x");
        let file = FileResult {
            path: "shop/tests/a.test.js".into(),
            project: "./shop/".into(),
            ..FileResult::default()
        };
        let mut of = |place: &str| {
            failure.place = Some(Place::at(place, 1, 1, 1));
            path_of(&failure, &file)
        };
        assert_eq!(of("pages/a/a.js"), "shop/pages/a/a.js");
        assert_eq!(of("tests/a.test.js"), "shop/tests/a.test.js");
        assert_eq!(of("shop/tests/a.test.js"), "shop/tests/a.test.js");
    }

    #[test]
    fn a_place_in_a_helper_of_tests_is_as_it_was_given() {
        let file = FileResult {
            path: "shop/tests/a.test.js".into(),
            project: "shop".into(),
            ..FileResult::default()
        };
        let mut failure = Failure::new(FailureKind::TestException, "x");
        failure.place = Some(Place::at("lib/helper.ts", 1, 1, 1));
        assert_eq!(path_of(&failure, &file), "lib/helper.ts");
        failure.kind = FailureKind::Load;
        assert_eq!(path_of(&failure, &file), "shop/lib/helper.ts");
        failure.stack = vec!["shop/tests/a.test.js:1:1".into()];
        assert_eq!(path_of(&failure, &file), "lib/helper.ts");
    }
}
