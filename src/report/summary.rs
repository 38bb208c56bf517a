//! One screen at the end of a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::found::{self, Gathered};
use super::text::{
    Paint, brief, cloud_flag, colour, failed, flag, headline, route_flag, seconds, whose,
};
use crate::diagnostic::Diagnostic;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Cause, Entry, ErrorKind, Event};
use crate::value::Frame;

/// What a run came to, read from its trace.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    header: String,
    virtual_ms: i64,
    pages: Vec<String>,
    calls: BTreeMap<String, Calls>,
    /// Texts of questions by number, with the answers given.
    asked: BTreeMap<u32, (String, Option<String>)>,
    unanswered: BTreeMap<u32, String>,
    unsupported: BTreeMap<String, u32>,
    /// Flags that would answer requests, with how often each would.
    unrouted: BTreeMap<String, u32>,
    /// Flags that would declare cloud functions and collections, likewise.
    undeclared: BTreeMap<String, u32>,
    /// Failures with how often each came up.
    failures: Vec<(String, u32)>,
    /// Failures beyond [`FAILURES_KEPT`].
    failures_dropped: usize,
    /// Mistakes of templates and style sheets that the platform passes over.
    warnings: Vec<String>,
    /// What rules found.
    found: Gathered,
    /// Whether errors among that are failures.
    fails_for_rules: bool,
    pending: Vec<String>,
    /// The hook or handler that began last, with its page.
    last_hook: Option<String>,
    /// The task that began last, unless a hook began in it.
    last_task: Option<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Calls {
    made: u32,
    failed: u32,
}

/// Failures and names listed before the rest is only counted.
const LISTED_MAX: usize = 12;

/// Different failures that are kept, so that an app that fails without end costs no more.
const FAILURES_KEPT: usize = 100;

impl Summary {
    /// Takes in the next entry.
    pub fn add(&mut self, entry: &Entry) {
        self.virtual_ms = self.virtual_ms.max(entry.t);
        match &entry.event {
            Event::Start { .. } => self.header = header(&entry.event),
            Event::Route { pages, .. } => self.pages.clone_from(pages),
            Event::Hook { owner, hook, .. } => {
                self.last_hook = Some(format!("{owner}.{hook}"));
                self.last_task = None;
            }
            Event::Task { cause, .. } => self.last_task = task_text(cause),
            Event::Call { api, .. } | Event::Sync { api, .. } => {
                self.calls.entry(api.clone()).or_default().made += 1;
            }
            Event::Reply { api, result, .. } => {
                self.calls.entry(api.clone()).or_default().failed += u32::from(failed(result));
                self.last_task = Some(format!("a callback of wx.{api}"));
            }
            Event::Unsupported { name, .. } => {
                *self.unsupported.entry(name.clone()).or_default() += 1;
            }
            Event::Undeclared { name, .. } => {
                *self.undeclared.entry(cloud_flag(name)).or_default() += 1;
            }
            Event::Unrouted { method, url, .. } => {
                *self.unrouted.entry(route_flag(method, url)).or_default() += 1;
            }
            Event::Finding(finding) if finding.is_error() => {
                self.fail(format!("✗ {}", placed(finding)));
            }
            Event::Finding(finding) => self.warnings.push(format!("~ {}", placed(finding))),
            Event::Found(found) => self.found.add(found),
            Event::Died { reason, place } => self.fail(format!("✗ {place}: {reason}")),
            Event::End { pages, pending, .. } => {
                self.pages.clone_from(pages);
                self.pending.clone_from(pending);
            }
            event => {
                self.add_question(event);
                self.add_error(event);
            }
        }
    }

    fn add_question(&mut self, event: &Event) {
        match event {
            Event::Question {
                question, asked, ..
            } => {
                self.asked.insert(*question, (asked.key.clone(), None));
            }
            Event::Answer {
                question, answer, ..
            } => {
                self.unanswered.remove(question);
                if let Some((_, given)) = self.asked.get_mut(question) {
                    *given = Some(brief(answer));
                }
            }
            Event::Unanswered {
                question,
                key,
                answers,
                ..
            } => {
                let text = format!("{key}: {}", flag(key, answers));
                self.unanswered.insert(*question, text);
            }
            _ => {}
        }
    }

    fn add_error(&mut self, event: &Event) {
        let Event::Error {
            kind,
            place,
            fault,
            exception,
            ..
        } = event
        else {
            return;
        };
        let file = exception.stack.first().map(Frame::place);
        let note = match whose(*fault) {
            "" => String::new(),
            whose => format!(" ({whose})"),
        };
        let at = match (file, kind) {
            (Some(file), _) => format!("{file}  "),
            (None, ErrorKind::Rejection) => String::new(),
            (None, _) => format!("{place}  "),
        };
        self.fail(format!("✗ {at}{}{note}", headline(*kind, exception)));
    }

    fn fail(&mut self, text: String) {
        if let Some((_, times)) = self.failures.iter_mut().find(|(known, _)| *known == text) {
            *times += 1;
        } else if self.failures.len() < FAILURES_KEPT {
            self.failures.push((text, 1));
        } else {
            self.failures_dropped += 1;
        }
    }

    /// The run in one line: versions, platform, seed.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// What runs: a page's or the App object's hook, or a task after it.
    pub fn place(&self) -> String {
        match (&self.last_task, &self.last_hook) {
            (None, None) => "the start of the program".to_owned(),
            (Some(task), None) => task.clone(),
            (None, Some(hook)) => hook.clone(),
            (Some(task), Some(hook)) => format!("{task}, after {hook}"),
        }
    }

    /// Whether anything went wrong in the app.
    pub fn has_failures(&self) -> bool {
        let is_broken = self.fails_for_rules && self.found.has(Weight::Error);
        is_broken || !self.failures.is_empty()
    }

    /// Lets what rules find as errors count as failures.
    pub fn fail_for_rules(&mut self, on: bool) {
        self.fails_for_rules = on;
    }

    /// The screen, ending with a line feed.
    pub fn render(&self, paint: Paint) -> String {
        let mut rows: Vec<(&str, Style, Vec<String>)> = Vec::new();
        let plain = Style::new();
        let time = format!("{:.3} s of virtual time", seconds(self.virtual_ms));
        rows.push(("ran", plain, vec![time]));
        let stack = if self.pages.is_empty() {
            "none".to_owned()
        } else {
            self.pages.join(" › ")
        };
        rows.push(("pages", plain, vec![stack]));
        rows.push(("calls", plain, vec![self.calls_text()]));
        rows.push(("asked", plain, self.asked_lines()));
        let red = colour(AnsiColor::Red);
        rows.push((
            "unanswered",
            red,
            self.unanswered.values().cloned().collect(),
        ));
        let yellow = colour(AnsiColor::Yellow);
        rows.push(("not simulated", yellow, vec![self.unsupported_text()]));
        rows.push(("no route", yellow, flag_lines(&self.unrouted)));
        rows.push(("no cloud", yellow, flag_lines(&self.undeclared)));
        if !self.pending.is_empty() {
            rows.push(("never answered", plain, vec![self.pending.join(", ")]));
        }
        rows.push(("warnings", yellow, capped(self.warnings.clone(), 0)));
        rows.extend(self.rule_rows());
        let failures = self
            .failures
            .iter()
            .map(|(text, times)| times_text(text, *times))
            .collect();
        rows.push((
            "errors",
            red.bold(),
            capped(failures, self.failures_dropped),
        ));
        let mut text = String::new();
        for (title, style, lines) in rows {
            for (index, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
                let title = if index == 0 { title } else { "" };
                let title = paint.apply(Style::new().bold(), &format!("{title:<14}"));
                let _ = writeln!(text, "{title} {}", paint.apply(style, line));
            }
        }
        text
    }

    /// What rules found, by weight.
    fn rule_rows(&self) -> Vec<(&'static str, Style, Vec<String>)> {
        let weights = [
            ("rule notes", Weight::Info),
            ("rule warnings", Weight::Warning),
            ("rule errors", Weight::Error),
        ];
        let rows = weights.into_iter().map(|(title, weight)| {
            let rules = self.found.by_rule(weight, false);
            let lines = rules.into_iter().flat_map(|(lines, fix)| {
                let lines = lines.iter().map(|(line, times)| times_text(line, *times));
                let mut lines = capped(lines.collect(), 0);
                lines.push(fix);
                lines
            });
            (title, found::style(weight), lines.collect())
        });
        let mut rows: Vec<_> = rows.collect();
        rows.insert(0, ("allowed", Style::new(), self.found.allowed()));
        rows
    }

    fn calls_text(&self) -> String {
        let total: u32 = self.calls.values().map(|calls| calls.made).sum();
        let mut names: Vec<(&String, &Calls)> = self.calls.iter().collect();
        names.sort_by_key(|(name, calls)| (std::cmp::Reverse(calls.made), name.as_str()));
        let names: Vec<String> = names
            .into_iter()
            .map(|(name, calls)| match calls.failed {
                0 => times_text(name, calls.made),
                failed => format!("{} ({failed} failed)", times_text(name, calls.made)),
            })
            .collect();
        if total == 0 {
            "none".to_owned()
        } else {
            format!("{total}: {}", names.join(", "))
        }
    }

    /// Names without simulation, the most used first; those beyond the limit are only counted.
    fn unsupported_text(&self) -> String {
        let mut names: Vec<(&String, &u32)> = self.unsupported.iter().collect();
        names.sort_by_key(|(name, times)| (std::cmp::Reverse(**times), name.as_str()));
        let texts = names
            .into_iter()
            .map(|(name, times)| times_text(name, *times));
        capped(texts.collect(), 0).join(", ")
    }

    fn asked_lines(&self) -> Vec<String> {
        let lines = self.asked.iter().filter_map(|(number, (key, answer))| {
            Some(format!("Q{number} {key} → {}", answer.as_ref()?))
        });
        capped(lines.collect(), 0)
    }
}

/// A mistake in one line, with its place.
fn placed(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref();
    let at = place.map_or_else(String::new, |place| format!("{place}  "));
    format!("{at}{}", finding.message)
}

/// Flags that would help, with how often each would.
fn flag_lines(flags: &BTreeMap<String, u32>) -> Vec<String> {
    let lines = flags.iter().map(|(flag, times)| times_text(flag, *times));
    capped(lines.collect(), 0)
}

/// Versions, platform and seed in one line.
fn header(start: &Event) -> String {
    let Event::Start {
        profile,
        app_id,
        seed,
        wxsim,
        user,
        ..
    } = start
    else {
        return String::new();
    };
    let platform = profile.platform.name();
    let whose = user
        .as_ref()
        .map_or_else(String::new, |user| format!(" · user {user}"));
    format!(
        "wxsim {wxsim} · {app_id}{whose} · {platform}, client {}, base library {}, {} · seed {seed}",
        profile.client, profile.sdk, profile.compat_date
    )
}

fn times_text(text: &str, times: u32) -> String {
    if times == 1 {
        text.to_owned()
    } else {
        format!("{text} ×{times}")
    }
}

fn capped(mut lines: Vec<String>, dropped: usize) -> Vec<String> {
    let more = lines.len().saturating_sub(LISTED_MAX) + dropped;
    if more > 0 {
        lines.truncate(LISTED_MAX);
        lines.push(format!("… and {more} more in the trace"));
    }
    lines
}

/// What a task runs, where no hook says it.
fn task_text(cause: &Cause) -> Option<String> {
    match cause {
        Cause::Load(path) => Some(format!("loading {path}")),
        Cause::Timer(number) => Some(format!("timer {number}")),
        Cause::Render => Some("a setData callback".to_owned()),
        Cause::Reply(number) => Some(format!("the reply to call {number}")),
        Cause::Launch | Cause::Route | Cause::Gesture(_) | Cause::System | Cause::Report => None,
    }
}
