//! One entry of the trace as one line for a person.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde_json::Value as Json;

use super::found;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::runtime::trace::{Entry, ErrorKind, Event, Fault};
use crate::spec::{Form, shown_name};
use crate::value::{Exception, Value};
use crate::world::network::HANDSHAKE;
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
    /// A text in that style, where there are styles.
    pub fn apply(self, style: Style, text: &str) -> String {
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
    let seconds = paint.apply(Style::new().dimmed(), &format!("{:>9.3}", seconds(entry.t)));
    Some(format!("{seconds}  {}", paint.apply(style, &body)))
}

/// What happened, without the time; further lines are indented. `None` as for [`line`].
pub fn words_of(entry: &Entry, paint: Paint) -> Option<String> {
    let (style, body) = body(&entry.event)?;
    Some(paint.apply(style, &body.replace(BELOW, "\n    ")))
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of one run")]
pub(super) fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn body(event: &Event) -> Option<(Style, String)> {
    user_line(event)
        .or_else(|| call_line(event))
        .or_else(|| request_line(event))
        .or_else(|| server_line(event))
        .or_else(|| script_line(event))
        .or_else(|| trouble_line(event))
}

/// What the user did and was asked.
fn user_line(event: &Event) -> Option<(Style, String)> {
    let bold = Style::new().bold();
    let asks = colour(AnsiColor::Magenta);
    Some(match event {
        Event::Step { step } => (bold, format!("▸ {step}")),
        Event::Enter { kind, options } => {
            let opened = options.as_ref().map(opened).unwrap_or_default();
            (bold, format!("■ {kind}{opened}"))
        }
        Event::Program { app_id, name } => (bold, format!("━━ {name} ({app_id})")),
        Event::Jump { to, back, .. } => {
            let way = if *back { "⇐ back to" } else { "⇒" };
            (bold, format!("{way} {to}{}", carried(event)))
        }
        Event::Question {
            question, asked, ..
        } => {
            let shown = match asked.text.as_str() {
                "" => String::new(),
                text => format!(" “{}”", cut(text)),
            };
            let both = if asked.with_privacy {
                " and privacy"
            } else {
                ""
            };
            (asks, format!("? {}{both} Q{question}{shown}", asked.key))
        }
        Event::Answer {
            question, answer, ..
        } => (asks, format!("! {} Q{question}", brief(answer))),
        Event::Card {
            card,
            to,
            title,
            path,
            picture,
        } => {
            let shown = format!("“{}” {} ({picture})", cut(title), cut(path));
            (bold, format!("✉ card {card} {to} {shown}"))
        }
        _ => return None,
    })
}

/// What a jump takes along.
fn carried(jump: &Event) -> String {
    let Event::Jump {
        url,
        extra_data,
        env_version,
        ..
    } = jump
    else {
        return String::new();
    };
    let url = Some(url.as_str()).filter(|url| !url.is_empty());
    let data = extra_data.as_ref().map(brief);
    let build = env_version.as_ref().map(|build| format!("({build})"));
    let parts = [url.map(str::to_owned), build, data];
    let parts = parts.into_iter().flatten();
    parts.fold(String::new(), |text, part| format!("{text} {part}"))
}

/// Calls of `wx` and their replies.
fn call_line(event: &Event) -> Option<(Style, String)> {
    let green = colour(AnsiColor::Green);
    Some(match event {
        Event::Call {
            call,
            api,
            object,
            options,
        } => {
            let name = called(api, *object);
            (green, format!("→ {name} #{call}{}", detail(options)))
        }
        Event::Progress {
            call,
            api,
            event,
            argument,
        } => (
            green,
            format!("← {api}.on{event} #{call}{}", detail(argument)),
        ),
        Event::Told {
            event,
            object,
            argument,
        } => {
            let name = called(event, *object);
            (
                green,
                format!("← {name}{}", detail(&without(argument, UNSAID))),
            )
        }
        Event::Sync {
            api,
            object,
            arguments,
            result,
        } => (green, sync_line(api, *object, arguments, result)),
        Event::Reply { call, result, .. } => {
            let style = if failed(result) {
                colour(AnsiColor::Yellow)
            } else {
                green
            };
            (style, format!("← {}", reply(*call, result)))
        }
        _ => return None,
    })
}

/// What goes to a server.
fn request_line(event: &Event) -> Option<(Style, String)> {
    let Event::Request {
        call,
        method,
        url,
        body,
        upload,
        ..
    } = event
    else {
        return None;
    };
    let body = match body.as_str() {
        "" => String::new(),
        body => format!(" {}", cut(body)),
    };
    let file = upload.as_ref();
    let file = file.map(|it| format!(" ({} bytes, {})", it.size, it.kind));
    let file = file.unwrap_or_default();
    let line = format!("⇢ {method} {} #{call}{body}{file}", cut(url));
    Some((colour(AnsiColor::Green), line))
}

/// Session keys and the program's own server.
fn server_line(event: &Event) -> Option<(Style, String)> {
    let blue = colour(AnsiColor::Blue);
    Some(match event {
        Event::SessionKey { call, key } => (blue, format!("⚷ session key {key} #{call}")),
        Event::Encrypted { call, key } => {
            (blue, format!("⚷ encrypted under session key {key} #{call}"))
        }
        Event::Handed { to, message } => {
            let to = match to["app"].as_str() {
                Some("") => "app".to_owned(),
                Some(app_id) => format!("app {app_id}"),
                None => "server".to_owned(),
            };
            let message = without(message, ENVELOPE);
            (blue, format!("⇒ {to}{}", detail(&message)))
        }
        Event::Server {
            action,
            result,
            problem,
        } if problem.is_empty() => (blue, format!("⇐ server {action}{}", detail(result))),
        Event::Payment {
            told,
            notify_url,
            status,
        } => (blue, payment(told, notify_url, *status)),
        Event::Server {
            action, problem, ..
        } => (
            colour(AnsiColor::Yellow),
            format!("⇐ server {action}: {problem}"),
        ),
        _ => return None,
    })
}

/// A payment that the merchant's server is told of.
fn payment(told: &Json, notify_url: &str, status: Option<u16>) -> String {
    let answer = match (notify_url, status) {
        ("", _) => String::new(),
        (url, Some(status)) => format!(" (POST {} = {status})", cut(url)),
        (url, None) => format!(" (POST {}: no answer)", cut(url)),
    };
    format!("⇒ paid{}{answer}", detail(told))
}

/// Whether the result of a call is an object of the class that its row gives: `SocketTask @1`.
fn is_object(api: &str, result: &str) -> bool {
    let mut rows = crate::api::rows().map(|row| row.spec);
    let row = rows.find(|row| row.name == api);
    row.is_some_and(|row| {
        matches!(row.form, Form::Object(class) if result.split_once(" @").is_some_and(|it| it.0 == class))
    })
}

/// A call that came back at once, or a property that was written.
fn sync_line(api: &str, object: Option<u32>, arguments: &Json, result: &Json) -> String {
    let arguments = arguments.as_array().into_iter().flatten().map(brief);
    let arguments = arguments.collect::<Vec<String>>().join(", ");
    if let Some(property) = api.strip_suffix(" =") {
        return format!("· {} = {arguments}", called(property, object));
    }
    let result = match result {
        Json::Null => String::new(),
        Json::String(text) if is_object(api, text) => format!(" = {text}"),
        other => format!(" = {}", brief(other)),
    };
    format!("· {}({arguments}){result}", called(api, object))
}

/// `wx.name`, `wx.name @1` when it gives an object, or `Class.method @1`.
fn called(api: &str, object: Option<u32>) -> String {
    let object = object.map(|id| format!(" @{id}")).unwrap_or_default();
    format!("{}{object}", shown_name(api))
}

/// What the scripts did besides.
fn script_line(event: &Event) -> Option<(Style, String)> {
    let plain = Style::new();
    Some(match event {
        Event::Hook {
            owner,
            hook,
            argument,
            ..
        } => {
            let text = format!("{owner}.{hook}{}", hook_argument(argument));
            (colour(AnsiColor::Cyan), text)
        }
        Event::Wxs {
            owner,
            function,
            argument,
            ..
        } => {
            let text = format!("{owner} WXS {function}{}", hook_argument(argument));
            (colour(AnsiColor::Cyan), text)
        }
        Event::Route { kind, pages } => {
            let text = format!("{kind} ⇒ {}", pages.join(" › "));
            (colour(AnsiColor::Blue), text)
        }
        Event::Tree { route, markup } => {
            let lines = markup.lines().map(|line| format!("\n             {line}"));
            (plain, format!("{route} shows{}", lines.collect::<String>()))
        }
        Event::SetData { route, data, .. } => (plain, format!("{route} setData{}", detail(data))),
        Event::Console { level, text } => (plain, format!("console.{level}: {}", cut(text))),
        Event::Triggered {
            event,
            detail: argument,
            ..
        } => (plain, format!("event {event}{}", detail(argument))),
        _ => return None,
    })
}

/// What went wrong or is missing.
fn trouble_line(event: &Event) -> Option<(Style, String)> {
    let red = colour(AnsiColor::Red);
    Some(match event {
        Event::Unanswered {
            question,
            key,
            answers,
            problem,
        } => {
            let why = match problem.as_str() {
                "" => "nobody answers",
                problem => problem,
            };
            let flag = flag(key, answers);
            (red, format!("? {key} Q{question}: {why}; {flag}"))
        }
        Event::Error {
            kind,
            place,
            fault,
            exception,
            source_line,
        } => {
            let text = failure(*kind, place, *fault, exception, source_line);
            (red, text)
        }
        Event::Unrouted {
            call, method, url, ..
        } => {
            let flag = route_flag(method, url);
            let text = format!("⇢ {method} {} #{call}: no route answers; {flag}", cut(url));
            (colour(AnsiColor::Yellow), text)
        }
        Event::Undeclared { call, name } => {
            let flag = cloud_flag(name);
            let text = format!("⇢ cloud {name} #{call}: not declared; {flag}");
            (colour(AnsiColor::Yellow), text)
        }
        Event::Finding(finding) => finding_line(finding),
        Event::Found(found) => return found::traced(found),
        Event::Unheard { inside } => {
            let more = match inside.as_slice() {
                [] => String::new(),
                some => format!("; inside it: {}", some[..some.len().min(3)].join(", ")),
            };
            (
                colour(AnsiColor::Yellow),
                format!("~ nobody hears it{more}"),
            )
        }
        Event::Unsupported { times, .. } if *times > 1 => return None,
        Event::Unsupported { name, .. } => (
            colour(AnsiColor::Yellow),
            format!("~ {name} is not simulated"),
        ),
        Event::Died { reason, place } => (red, format!("✗ the run ended in {place}: {reason}")),
        _ => return None,
    })
}

/// A mistake in a template or style sheet with its line and what to do.
fn finding_line(finding: &Diagnostic) -> (Style, String) {
    let (style, mark) = match finding.severity {
        Severity::Error => (colour(AnsiColor::Red), '✗'),
        Severity::Warning => (colour(AnsiColor::Yellow), '~'),
        Severity::Note => (Style::new(), '·'),
    };
    let place = finding.place.as_ref();
    let at = place.map_or_else(String::new, |place| format!("{place}  "));
    let mut lines = vec![format!("{mark} {at}{}", finding.message)];
    lines.extend(place.into_iter().flat_map(quoted));
    lines.extend((!finding.help.is_empty()).then(|| finding.help.clone()));
    (style, lines.join(BELOW))
}

/// Whether a call's result is a failure.
pub(super) fn failed(result: &Json) -> bool {
    let text = result["errMsg"].as_str();
    text.is_some_and(|text| text.contains(":fail") || text.contains(": fail"))
}

/// A label without its remarks in brackets.
fn short(label: &str) -> &str {
    label.split(" (").next().unwrap_or(label)
}

fn opened(options: &Json) -> String {
    let number = options["scene"]
        .as_u64()
        .and_then(|scene| u32::try_from(scene).ok());
    let scene = number
        .and_then(Scene::find)
        .map(|scene| format!(" ({})", short(scene.label)));
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

/// The argument of a hook; of the event that a handler gets, only its type and dataset.
fn hook_argument(argument: &Json) -> String {
    let dataset = argument.pointer("/currentTarget/dataset");
    match (argument["type"].as_str(), dataset) {
        (Some(kind), Some(dataset)) => format!(" ({kind}){}", detail(dataset)),
        _ => detail(argument),
    }
}

fn reply(call: u32, result: &Json) -> String {
    let text = result["errMsg"].as_str().unwrap_or_default();
    let mut rest = without(result, UNSAID);
    if let Some(members) = rest.as_object_mut() {
        members.shift_remove("errMsg");
    }
    format!("{text} #{call}{}", detail(&rest))
}

/// Members of results that would hide the others in one line.
const UNSAID: &[&str] = &["profile", "exception"];

/// Members of messages to a server that say from whom and when.
const ENVELOPE: &[&str] = &["ToUserName", "FromUserName", "CreateTime", "MsgId"];

/// A value without some of its members.
fn without(value: &Json, names: &[&str]) -> Json {
    let mut rest = value.clone();
    if let Some(members) = rest.as_object_mut() {
        for name in names {
            members.shift_remove(*name);
        }
    }
    rest
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

/// The flag that would answer a request.
pub(super) fn route_flag(method: &str, url: &str) -> String {
    let url = url.split('?').next().unwrap_or(url);
    let url = cut(&url.replace('\'', "%27"));
    let answer = if method == HANDSHAKE {
        "open"
    } else {
        "200 {…}"
    };
    format!("add --route '{method} {url} = {answer}'")
}

/// The flag that would say what a cloud function answers or a collection holds.
pub(super) fn cloud_flag(name: &str) -> String {
    let content = match name {
        name if name.starts_with("db.") => "[{…}]",
        name if name.starts_with("cloud://") => "\"…\"",
        _ => "{…}",
    };
    format!(
        "add --cloud '{} = {content}'",
        cut(&name.replace('\'', "…"))
    )
}

/// What went wrong, with its kind and limit, in one line.
pub(super) fn headline(kind: ErrorKind, exception: &Exception) -> String {
    let text = cut(&exception.headline());
    let text = match kind {
        ErrorKind::Rejection => format!("Uncaught (in promise) {text}"),
        ErrorKind::Exception | ErrorKind::Limit => text,
    };
    match &exception.limit {
        Some(limit) => format!("{text} [limit {limit}]"),
        None => text,
    }
}

/// Whose mistake it most likely is, when not the app's.
pub(super) fn whose(fault: Fault) -> &'static str {
    match fault {
        Fault::App => "",
        Fault::Project => "something is missing in the project",
        Fault::Wxsim => "likely because wxsim does not simulate what was used before",
    }
}

/// What went wrong, the quoted line, the stack, and whose mistake it most likely is.
fn failure(
    kind: ErrorKind,
    place: &str,
    fault: Fault,
    exception: &Exception,
    source_line: &str,
) -> String {
    let mut lines = vec![format!("✗ {}", headline(kind, exception))];
    if let Some(frame) = exception.stack.first() {
        let place = Place::at(&frame.file, frame.line, frame.column.max(1), 1);
        lines.extend(quoted(&place.with_source(source_line)));
    }
    let frames = exception.stack.iter().take(FRAMES_SHOWN);
    lines.extend(frames.map(|frame| format!("at {frame}")));
    lines.extend((kind != ErrorKind::Rejection).then(|| place.to_owned()));
    lines.extend((fault != Fault::App).then(|| whose(fault).to_owned()));
    lines.join(BELOW)
}

/// The line of a place with a caret below.
fn quoted(place: &Place) -> Vec<String> {
    if place.source_line.is_empty() {
        return Vec::new();
    }
    let text = Diagnostic::error("").at(place.clone()).render(false);
    text.lines()
        .skip(2)
        .filter(|line| line.trim() != "|")
        .map(str::to_owned)
        .collect()
}

/// Stack frames shown of one error.
const FRAMES_SHOWN: usize = 6;

/// The further lines of an entry stand under its first.
const BELOW: &str = "\n             ";

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
    // What a script prints must not steer the terminal.
    let printable = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut cut: String = line.chars().take(DETAIL_CHARS_MAX).map(printable).collect();
    if more {
        cut.push('…');
    }
    cut
}
