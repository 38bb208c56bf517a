//! One entry of the trace as one line for a person.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde_json::Value as Json;

use crate::runtime::trace::{Entry, ErrorKind, Event, Fault};
use crate::value::Value;
use crate::world::scene::Scene;

/// Whether terminal colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Text alone.
    Plain,
    /// With escape sequences.
    Coloured,
}

impl Paint {
    pub(super) fn apply(self, style: Style, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("{style}{text}{style:#}"),
        }
    }
}

/// Longest detail of one line, in characters.
const DETAIL_CHARS_MAX: usize = 160;

pub(super) fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

/// The line of an entry; `None` for entries that only machines read.
///
/// Seconds of virtual time, a mark (`▸` step, `→` call, `←` reply, `?` question, `!` answer), and
/// what happened.
pub fn line(entry: &Entry, paint: Paint) -> Option<String> {
    let (style, body) = body(&entry.event)?;
    let seconds = format!("{:>9.3}", seconds(entry.t));
    let dim = Style::new().dimmed();
    Some(format!(
        "{}  {}",
        paint.apply(dim, &seconds),
        paint.apply(style, &body)
    ))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
pub(super) fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn body(event: &Event) -> Option<(Style, String)> {
    let plain = Style::new();
    Some(match event {
        Event::Start { .. } | Event::Task { .. } | Event::End { .. } => return None,
        Event::Step { step } => (plain.bold(), format!("▸ {step}")),
        Event::Enter { kind, options } => (
            plain.bold(),
            format!(
                "■ {kind}{}",
                options.as_ref().map(opened).unwrap_or_default()
            ),
        ),
        Event::Hook {
            owner,
            hook,
            argument,
            ..
        } => (
            colour(AnsiColor::Cyan),
            format!("{owner}.{hook}{}", detail(argument)),
        ),
        Event::Route { kind, pages } => (
            colour(AnsiColor::Blue),
            format!("{kind} ⇒ {}", pages.join(" › ")),
        ),
        Event::Call { call, api, options } => (
            colour(AnsiColor::Green),
            format!("→ wx.{api} #{call}{}", detail(options)),
        ),
        Event::Sync {
            api,
            arguments,
            result,
        } => {
            let arguments: Vec<String> = arguments
                .as_array()
                .into_iter()
                .flatten()
                .map(brief)
                .collect();
            let text = format!("· wx.{api}({}) = {}", arguments.join(", "), brief(result));
            (colour(AnsiColor::Green), text)
        }
        Event::Reply { call, result, .. } => {
            let failed = result["errMsg"]
                .as_str()
                .is_some_and(|text| text.contains(":fail"));
            let style = colour(if failed {
                AnsiColor::Yellow
            } else {
                AnsiColor::Green
            });
            (style, format!("← {}", reply(*call, result)))
        }
        Event::Question {
            question, asked, ..
        } => {
            let text = if asked.text.is_empty() {
                String::new()
            } else {
                format!(" “{}”", asked.text)
            };
            (
                colour(AnsiColor::Magenta),
                format!("? {} Q{question}{text}", asked.key),
            )
        }
        Event::Answer {
            question, answer, ..
        } => (
            colour(AnsiColor::Magenta),
            format!("! {} Q{question}", brief(answer)),
        ),
        Event::Unanswered {
            question,
            key,
            answers,
            problem,
        } => {
            let why = if problem.is_empty() {
                "nobody answers"
            } else {
                problem
            };
            let text = format!("? {key} Q{question}: {why}; {}", flag(key, answers));
            (colour(AnsiColor::Red), text)
        }
        Event::SetData { route, data, .. } => (plain, format!("{route} setData{}", detail(data))),
        Event::Console { level, text } => (plain, format!("console.{level}: {}", cut(text))),
        Event::Triggered {
            event,
            detail: argument,
            ..
        } => (plain, format!("event {event}{}", detail(argument))),
        Event::Error {
            kind,
            place,
            fault,
            exception,
        } => (
            colour(AnsiColor::Red).bold(),
            failure(*kind, place, *fault, exception),
        ),
        Event::Unsupported { times, .. } if *times > 1 => return None,
        Event::Unsupported { name, .. } => (
            colour(AnsiColor::Yellow),
            format!("~ {name} is not simulated"),
        ),
        Event::Died { reason, place } => (
            colour(AnsiColor::Red).bold(),
            format!("✗ the run ended in {place}: {reason}"),
        ),
    })
}

fn opened(options: &Json) -> String {
    let number = options["scene"]
        .as_u64()
        .and_then(|scene| u32::try_from(scene).ok());
    let scene = number
        .and_then(Scene::find)
        .map(|scene| format!(" ({})", scene.label));
    let mut text = format!(" {}", options["path"].as_str().unwrap_or_default());
    if let Some(query) = options["query"]
        .as_object()
        .filter(|query| !query.is_empty())
    {
        let pairs = query
            .iter()
            .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
        let _ = write!(text, "?{}", pairs.collect::<Vec<_>>().join("&"));
    }
    if let Some(number) = number {
        let _ = write!(text, ", scene {number}{}", scene.unwrap_or_default());
    }
    text
}

fn reply(call: u32, result: &Json) -> String {
    let text = result["errMsg"].as_str().unwrap_or_default();
    let mut rest = result.clone();
    if let Some(members) = rest.as_object_mut() {
        members.shift_remove("errMsg");
    }
    format!("{text} #{call}{}", detail(&rest))
}

/// The flag that would answer a question.
pub(super) fn flag(key: &str, answers: &[String]) -> String {
    let Some(first) = answers.first() else {
        return String::new();
    };
    let quote = if first.starts_with('{') { "'" } else { "" };
    let more: Vec<&str> = answers.iter().skip(1).map(String::as_str).collect();
    let more = if more.is_empty() {
        String::new()
    } else {
        format!(" (or {})", more.join(", "))
    };
    format!("add --answer {quote}{key}={first}{quote}{more}")
}

/// What went wrong, where, and whose mistake it most likely is.
pub(super) fn failure(
    kind: ErrorKind,
    place: &str,
    fault: Fault,
    exception: &crate::value::Exception,
) -> String {
    let mut text = format!("✗ {}", cut(&exception.headline()));
    if kind == ErrorKind::Rejection {
        text = format!("✗ Uncaught (in promise) {}", cut(&exception.headline()));
    }
    if let Some(limit) = &exception.limit {
        let _ = write!(text, " [limit {limit}]");
    }
    for frame in exception.stack.iter().take(FRAMES_SHOWN) {
        let _ = write!(text, "\n             at {frame}");
    }
    if kind != ErrorKind::Rejection {
        let _ = write!(text, "\n             {place}");
    }
    let whose = match fault {
        Fault::App => "",
        Fault::Project => "\n             something is missing in the project",
        Fault::Wxsim => {
            "\n             likely because wxsim does not simulate what was used before"
        }
    };
    text.push_str(whose);
    text
}

/// Stack frames shown of one error.
const FRAMES_SHOWN: usize = 6;

fn detail(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Object(members) if members.is_empty() => String::new(),
        other => format!(" {}", brief(other)),
    }
}

/// A value in the way scripts write it, cut to one line.
pub(super) fn brief(value: &Json) -> String {
    cut(&Value::from(value).show(5))
}

fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let more = text.lines().nth(1).is_some() || line.chars().count() > DETAIL_CHARS_MAX;
    let mut cut: String = line.chars().take(DETAIL_CHARS_MAX).collect();
    if more {
        cut.push('…');
    }
    cut
}
