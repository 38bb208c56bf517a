//! What the user did in a test, read from its trace: a story, and where it broke.

use super::language::Language;
use super::plain::{first_line, one_line};
use super::{FailureKind, TestResult};
use crate::report::text::brief;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, ErrorKind, Event};

/// The steps of a test and what nobody answered.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The steps, in order.
    pub(super) acts: Vec<Act>,
    /// What the app asked in vain.
    pub(super) missing: Vec<Missing>,
}

/// One thing that the user did or the test looked at.
#[derive(Debug)]
pub(super) struct Act {
    /// Virtual time, in milliseconds.
    pub(super) t: i64,
    /// As written in `wxsim run`.
    pub(super) text: String,
    /// Whether it went wrong here.
    pub(super) is_broken: bool,
    /// Questions with their answers.
    pub(super) asides: Vec<String>,
}

/// Something asked that nobody answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// The question, request or cloud function.
    pub(super) what: String,
    /// The line of a test that would answer it.
    pub(super) line: String,
}

impl Story {
    /// The story of a test; in the language is what wxsim itself says.
    pub(super) fn of(test: &TestResult, language: Language) -> Self {
        let failure = test.failures.first();
        let mut story = Self::default();
        let mut is_entering = false;
        let mut broken = None;
        for entry in &test.trace {
            match &entry.event {
                Event::Step { step } => {
                    story.act(entry.t, step);
                    is_entering = true;
                }
                Event::Enter { kind, options } if kind == "launch" => {
                    if !is_entering {
                        let path = options.as_ref().and_then(|it| it["path"].as_str());
                        story.act(entry.t, &format!("launch {}", path.unwrap_or_default()));
                    }
                    is_entering = false;
                }
                Event::Answer { key, answer, .. } => {
                    if let Some(act) = story.acts.last_mut() {
                        act.asides.push(format!("{key}: {}", brief(answer)));
                    }
                }
                _ => {}
            }
            let breaks = failure.is_some_and(|it| breaks(it.kind, &entry.event));
            if breaks && broken.is_none() {
                broken = Some(story.acts.len());
            }
        }
        story.missing = missing(&test.trace);
        let Some(failure) = failure else {
            return story;
        };
        if is_of_last_step(failure.kind) {
            broken = Some(story.acts.len());
        }
        match broken.and_then(|at| at.checked_sub(1)) {
            Some(at) => story.acts[at].is_broken = true,
            // Without a step there is nothing to tell.
            None if story.acts.is_empty() => {}
            None => {
                story.act(test.virtual_ms, first_line(failure.says(language)));
                if let Some(last) = story.acts.last_mut() {
                    last.is_broken = true;
                }
            }
        }
        story
    }

    fn act(&mut self, t: i64, text: &str) {
        self.acts.push(Act {
            t,
            text: one_line(text),
            is_broken: false,
            asides: Vec::new(),
        });
    }
}

/// Whether an event is the failure, seen in the trace.
fn breaks(kind: FailureKind, event: &Event) -> bool {
    match (kind, event) {
        (FailureKind::UnhandledRejection, Event::Error { kind, .. }) => {
            *kind == ErrorKind::Rejection
        }
        (FailureKind::AppException, Event::Error { kind, .. }) => *kind != ErrorKind::Rejection,
        (FailureKind::Rule, Event::Found(found)) => found.counts(Weight::Error),
        (FailureKind::ConsoleError, Event::Console { level, .. }) => level == "error",
        (FailureKind::UnansweredQuestion, Event::Unanswered { .. })
        | (FailureKind::UnmatchedRequest, Event::Unrouted { .. } | Event::Undeclared { .. }) => {
            true
        }
        _ => false,
    }
}

/// Whether the last step is the one that went wrong.
fn is_of_last_step(kind: FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::Action
            | FailureKind::Stuck
            | FailureKind::TimeLimit
            | FailureKind::MemoryLimit
            | FailureKind::StackOverflow
            | FailureKind::Crashed
    )
}

/// What the app asked and nobody answered to the end, each once.
fn missing(trace: &[Entry]) -> Vec<Missing> {
    let mut found: Vec<Missing> = Vec::new();
    for (at, entry) in trace.iter().enumerate() {
        let Some(one) = missed(&entry.event) else {
            continue;
        };
        let is_late = |later: &Entry| match (&later.event, &entry.event) {
            (Event::Answer { question, .. }, Event::Unanswered { question: own, .. }) => {
                question == own
            }
            _ => false,
        };
        if !trace[at..].iter().any(is_late) && !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn missed(event: &Event) -> Option<Missing> {
    Some(match event {
        Event::Unanswered {
            key,
            answers,
            problem,
            ..
        } => {
            let why = if problem.is_empty() {
                String::new()
            } else {
                format!(" ({problem})")
            };
            Missing {
                what: one_line(&format!("{key}{why}")),
                line: one_line(&answer_line(key, answers)),
            }
        }
        Event::Unrouted { method, url, .. } => {
            let url = url.split('?').next().unwrap_or(url);
            Missing {
                what: one_line(&format!("{method} {url}")),
                line: one_line(&format!(
                    "server.route({}, {}, {{ json: {{}} }})",
                    quoted(method),
                    quoted(url)
                )),
            }
        }
        Event::Undeclared { name, .. } => {
            let content = match name.as_str() {
                name if name.starts_with("db.") => "[{}]",
                name if name.starts_with("cloud://") => "''",
                _ => "{}",
            };
            Missing {
                what: one_line(&format!("cloud {name}")),
                line: one_line(&format!("server.cloud({}, {content})", quoted(name))),
            }
        }
        _ => return None,
    })
}

/// `user.answers({ 'scope.userLocation': 'allow' })` with the other answers.
fn answer_line(key: &str, answers: &[String]) -> String {
    let is_name = key.chars().all(char::is_alphanumeric);
    let key = if is_name { key.to_owned() } else { quoted(key) };
    let value = match answers.first() {
        Some(first) if is_literal(first) => first.clone(),
        Some(first) => quoted(first),
        None => quoted("ignore"),
    };
    let others = answers.iter().skip(1).map(String::as_str);
    let others = others.collect::<Vec<_>>().join(", ");
    let others = if others.is_empty() {
        others
    } else {
        format!("  // or {others}")
    };
    format!("user.answers({{ {key}: {value} }}){others}")
}

/// Whether an answer is written in scripts as it is: an object, a number.
fn is_literal(answer: &str) -> bool {
    answer.starts_with('{') || answer.parse::<u32>().is_ok()
}

/// A text as scripts write it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::answer_line;

    #[test]
    fn the_line_that_answers_is_script() {
        let line = |key, answers: &[&str]| {
            let answers: Vec<String> = answers.iter().map(|it| (*it).to_owned()).collect();
            answer_line(key, &answers)
        };
        assert_eq!(
            line("scope.record", &["allow", "deny"]),
            "user.answers({ 'scope.record': 'allow' })  // or deny"
        );
        assert_eq!(
            line("actionSheet", &["0"]),
            "user.answers({ actionSheet: 0 })"
        );
        assert_eq!(
            line("settings", &["{\"scope.record\":true}"]),
            "user.answers({ settings: {\"scope.record\":true} })"
        );
    }
}
