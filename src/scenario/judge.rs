//! What fails a test by itself: what its program should not do, read from the trace.

use crate::diagnostic::Place;
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, ErrorKind, Event};
use crate::value::Frame;

use super::plan::Strict;

/// What of these entries fails a test that is so strict.
pub(super) fn judge(entries: &[Entry], strict: Strict) -> Vec<Failure> {
    let mut failures = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let failure = match &entry.event {
            Event::Error { .. } => error(&entry.event, strict),
            Event::Console { level, text } if level == "error" && strict.console => {
                let message = format!("console.error: {text}");
                let help =
                    "test.use({ strict: { console: false } }) or app.allow('…') lets it pass";
                Some(with_help(FailureKind::ConsoleError, message, help))
            }
            Event::Unanswered {
                question,
                key,
                answers,
                problem,
            } if strict.questions => {
                let later = &entries[at..];
                let is_answered = later.iter().any(|entry| {
                    matches!(&entry.event, Event::Answer { question: own, .. } if own == question)
                });
                (!is_answered).then(|| unanswered(entries, *question, key, answers, problem))
            }
            Event::Unrouted { method, url, .. } if strict.requests => {
                let message = format!("no route answers {method} {url}");
                let url = url.split('?').next().unwrap_or_default();
                let help = format!("server.route('{method}', '{url}', {{ json: {{}} }})");
                Some(with_help(FailureKind::UnmatchedRequest, message, &help))
            }
            Event::Undeclared { name, .. } if strict.requests => {
                let message = format!("nobody says what the cloud's `{name}` gives");
                let help = format!("server.cloud('{name}', {{}})");
                Some(with_help(FailureKind::UnmatchedRequest, message, &help))
            }
            Event::Found(found) if strict.rules && found.counts(Weight::Error) => {
                Some(Failure::of_rule(found))
            }
            _ => None,
        };
        failures.extend(failure);
    }
    failures
}

fn with_help(kind: FailureKind, message: String, help: &str) -> Failure {
    Failure {
        help: help.to_owned(),
        ..Failure::new(kind, message)
    }
}

fn unanswered(
    entries: &[Entry],
    question: u32,
    key: &str,
    answers: &[String],
    problem: &str,
) -> Failure {
    let asked = entries.iter().find_map(|entry| match &entry.event {
        Event::Question {
            question: own,
            asked,
            ..
        } if *own == question => Some(asked),
        _ => None,
    });
    let text = asked.map_or_else(String::new, |asked| asked.text.clone());
    let mut message = format!("nobody answers the question `{key}`");
    if !text.is_empty() {
        message.push_str(": ");
        message.push_str(&text);
    }
    if !problem.is_empty() {
        message.push('\n');
        message.push_str(problem);
    }
    let first = answers.first().map_or("ignore", String::as_str);
    let value = if first.starts_with(['{', '[', '"']) || first.parse::<f64>().is_ok() {
        first.to_owned()
    } else {
        format!("'{first}'")
    };
    let help = format!(
        "user.answers({{ '{key}': {value} }}) before it; answers are {}",
        answers.join(", ")
    );
    with_help(FailureKind::UnansweredQuestion, message, &help)
}

fn error(event: &Event, strict: Strict) -> Option<Failure> {
    let Event::Error {
        kind,
        place,
        exception,
        source_line,
        ..
    } = event
    else {
        return None;
    };
    let (kind, counts) = match kind {
        ErrorKind::Rejection => (FailureKind::UnhandledRejection, strict.rejections),
        ErrorKind::Limit => (FailureKind::TimeLimit, true),
        ErrorKind::Exception => (FailureKind::AppException, strict.exceptions),
    };
    if !counts {
        return None;
    }
    let headline = match kind {
        FailureKind::UnhandledRejection => {
            format!("Uncaught (in promise) {}", exception.headline())
        }
        _ => exception.headline(),
    };
    let mut failure = Failure::new(kind, headline);
    failure.stack = exception.stack.iter().map(Frame::to_string).collect();
    if let Some(frame) = exception.stack.first() {
        let at = Place::at(&*frame.file, frame.line, frame.column, 0);
        failure.place = Some(at.with_source(source_line));
        if !source_line.is_empty() {
            failure.source = vec![(frame.line, source_line.clone())];
        }
    }
    if kind != FailureKind::UnhandledRejection {
        failure.help = format!("the app failed {place}");
    }
    Some(failure)
}
