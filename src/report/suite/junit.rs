//! `JUnit` XML, as Jenkins, GitLab and most other services read it.
//!
//! A file is a `testsuite`, a test a `testcase`. What does not hold is one `failure`; what could not run
//! to its end one `error`, with all texts inside: readers show the first element only. A file that
//! does not load is a test case of its own.

use std::io;

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use super::language::Language;
use super::plain::{
    failure_text, failures_text, first_line, path_of, trace_lines, visible, wall, warning_lines,
};
use super::{Failure, FailureKind, FileResult, Outcome, SuiteResult, TestResult, Totals};
use crate::report::text::Paint;

/// The document, ending with a line feed.
pub fn render(suite: &SuiteResult) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing into memory does not fail.
    let _ = document(&mut writer, suite);
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

type Xml = Writer<Vec<u8>>;

fn document(xml: &mut Xml, suite: &SuiteResult) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = counts(&suite.totals(), wall(suite.wall_ms));
    xml.create_element("testsuites")
        .with_attribute(("name", "wxsim test"))
        .with_attributes(pairs(&counts))
        .write_inner_content(|xml| suite.files.iter().try_for_each(|file| one_file(xml, file)))?;
    Ok(())
}

fn one_file(xml: &mut Xml, file: &FileResult) -> io::Result<()> {
    let counts = counts(&file.totals(), wall(file.wall_ms));
    xml.create_element("testsuite")
        .with_attribute(("name", &*visible(&file.path)))
        .with_attributes(pairs(&counts))
        .write_inner_content(|xml| {
            if let Some(problem) = &file.problem {
                one_problem(xml, file, problem)?;
            }
            file.tests
                .iter()
                .try_for_each(|test| one_test(xml, file, test))
        })?;
    Ok(())
}

fn one_problem(xml: &mut Xml, file: &FileResult, problem: &Failure) -> io::Result<()> {
    let path = visible(&file.path);
    xml.create_element("testcase")
        .with_attributes([("name", &*path), ("classname", &*path), ("time", "0.000")])
        .write_inner_content(|xml| {
            bad(
                xml,
                Outcome::Errored,
                problem,
                &failure_text(problem, file, Language::English),
            )
        })?;
    Ok(())
}

fn one_test(xml: &mut Xml, file: &FileResult, test: &TestResult) -> io::Result<()> {
    let mut attributes = vec![
        ("name", visible(&test.title())),
        ("classname", visible(&file.path)),
        ("time", seconds(test.wall_ms)),
        ("file", visible(&file.path)),
    ];
    let line = test
        .place
        .as_ref()
        .map(|place| place.line)
        .filter(|line| *line > 0);
    attributes.extend(line.map(|line| ("line", line.to_string())));
    xml.create_element("testcase")
        .with_attributes(pairs(&attributes))
        .write_inner_content(|xml| {
            tags(xml, &test.tags)?;
            outcome(xml, file, test)?;
            printed(xml, "system-out", &trace_lines(test, Paint::Plain))?;
            printed(xml, "system-err", &warning_lines(test))
        })?;
    Ok(())
}

fn printed(xml: &mut Xml, element: &str, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let shown = visible(&lines.join("\n"));
    xml.create_element(element)
        .write_text_content(BytesText::new(&shown))?;
    Ok(())
}

fn tags(xml: &mut Xml, tags: &[String]) -> io::Result<()> {
    if tags.is_empty() {
        return Ok(());
    }
    xml.create_element("properties")
        .write_inner_content(|xml| {
            for tag in tags {
                xml.create_element("property")
                    .with_attributes([("name", "tag"), ("value", &*visible(tag))])
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn outcome(xml: &mut Xml, file: &FileResult, test: &TestResult) -> io::Result<()> {
    let message = match test.outcome {
        Outcome::Passed => return Ok(()),
        Outcome::Failed | Outcome::Errored => {
            let unknown = Failure::new(FailureKind::Crashed, "");
            let failure = test.failures.first().unwrap_or(&unknown);
            let at = failure.place.as_ref().or(test.place.as_ref()).map(|place| {
                let path = path_of(failure, file);
                format!("{}:{}:{}\n", visible(&path), place.line, place.column)
            });
            let details = format!(
                "{}{}",
                at.unwrap_or_default(),
                failures_text(test, file, Language::English)
            );
            return bad(xml, test.outcome, failure, &details);
        }
        Outcome::Skipped => "skipped",
        Outcome::Todo => "todo",
    };
    xml.create_element("skipped")
        .with_attribute(("message", message))
        .write_empty()?;
    Ok(())
}

fn bad(xml: &mut Xml, outcome: Outcome, failure: &Failure, text: &str) -> io::Result<()> {
    let element = if outcome == Outcome::Failed {
        "failure"
    } else {
        "error"
    };
    let message = visible(first_line(&failure.message));
    xml.create_element(element)
        .with_attributes([("message", &*message), ("type", failure.kind.name())])
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

fn counts(totals: &Totals, ms: f64) -> Vec<(&'static str, String)> {
    vec![
        ("tests", totals.tests.to_string()),
        ("failures", totals.failed.to_string()),
        ("errors", totals.errored.to_string()),
        ("skipped", (totals.skipped + totals.todo).to_string()),
        ("time", seconds(ms)),
    ]
}

fn pairs<'a>(attributes: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    attributes
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
}

fn seconds(ms: f64) -> String {
    format!("{:.3}", ms / 1000.0)
}
