//! What happened in a test: a strip along virtual time with a lane for each kind, then the lines.
//!
//! The axis is not even: long waits are drawn short, so that three days fit beside a tap.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{both, escaped};
use crate::report::suite::language::Words;
use crate::report::suite::plain::{as_ms, duration};
use crate::report::text::{Paint, line, seconds};
use crate::runtime::trace::{Cause, Entry, Event};

/// Entries that are shown of a test, the last ones.
const ENTRIES_MAX: usize = 2000;

const TITLE: Words = Words("timeline", "时间线");
const DROPPED: Words = Words("entries before are left out", "条更早的记录已省略");

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lane {
    Step,
    Ask,
    Call,
    Net,
    View,
    Script,
    Error,
}

impl Lane {
    const ALL: [(Self, &'static str, Words); 7] = [
        (Self::Step, "step", Words("user", "用户")),
        (Self::Ask, "ask", Words("questions", "询问")),
        (Self::Call, "call", Words("calls", "调用")),
        (Self::Net, "net", Words("requests", "请求")),
        (Self::View, "view", Words("renders", "渲染")),
        (Self::Script, "script", Words("scripts", "脚本")),
        (Self::Error, "error", Words("errors", "错误")),
    ];

    fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(lane, ..)| *lane == self);
        found.map_or("", |(_, name, _)| name)
    }

    /// The lane of an event; `None` for what only machines read.
    fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Step { .. }
            | Event::Enter { .. }
            | Event::Jump { .. }
            | Event::Card { .. }
            | Event::Program { .. } => Self::Step,
            Event::Question { .. } | Event::Answer { .. } => Self::Ask,
            Event::Call { .. }
            | Event::Sync { .. }
            | Event::Reply { .. }
            | Event::Progress { .. }
            | Event::Told { .. } => Self::Call,
            Event::Request { .. }
            | Event::Server { .. }
            | Event::SessionKey { .. }
            | Event::Encrypted { .. }
            | Event::Handed { .. }
            | Event::Payment { .. } => Self::Net,
            Event::SetData { .. }
            | Event::Route { .. }
            | Event::Tree { .. }
            | Event::Task {
                cause: Cause::Render,
                ..
            } => Self::View,
            Event::Console { level, .. } if level == "error" => Self::Error,
            Event::Hook { .. }
            | Event::Wxs { .. }
            | Event::Console { .. }
            | Event::Triggered { .. } => Self::Script,
            Event::Unanswered { .. }
            | Event::Unrouted { .. }
            | Event::Undeclared { .. }
            | Event::Error { .. }
            | Event::Died { .. }
            | Event::Finding(_)
            | Event::Found(_)
            | Event::Unheard { .. }
            | Event::Unsupported { .. } => Self::Error,
            Event::Start { .. } | Event::Task { .. } | Event::End { .. } => return None,
        })
    }
}

/// One entry on the strip.
struct Mark<'a> {
    entry: &'a Entry,
    /// Its number in the trace of the test; entries of several runs have the same `n`.
    number: usize,
    lane: Lane,
    text: String,
    /// Its place in the row of marks of the same time and lane.
    place: u32,
    /// When what it begins is over.
    until: Option<i64>,
}

/// Strip and lines; empty without a trace.
pub(super) fn render(id: &str, trace: &[Entry]) -> String {
    let dropped = trace.len().saturating_sub(ENTRIES_MAX);
    let marks = marks(&trace[dropped..]);
    if marks.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "<details class=\"timeline\" open><summary>{}</summary>\n",
        both(TITLE)
    );
    text.push_str(&strip(id, &marks));
    if dropped > 0 {
        let _ = writeln!(text, "<p class=\"time\">{dropped} {}</p>", both(DROPPED));
    }
    text.push_str("<table class=\"lines\">\n");
    for mark in &marks {
        let _ = writeln!(
            text,
            "<tr class=\"{}\" id=\"{id}n{}\"><td>{:.3}</td><td>{}</td></tr>",
            mark.lane.name(),
            mark.number,
            seconds(mark.entry.t),
            escaped(&mark.text)
        );
    }
    text + "</table>\n</details>\n"
}

fn marks(trace: &[Entry]) -> Vec<Mark<'_>> {
    let mut taken: BTreeMap<(i64, Lane), u32> = BTreeMap::new();
    let mut marks = Vec::new();
    for (at, entry) in trace.iter().enumerate() {
        let Some((lane, text)) = Lane::of(&entry.event).zip(text_of(entry)) else {
            continue;
        };
        let place = taken.entry((entry.t, lane)).or_default();
        marks.push(Mark {
            entry,
            number: at + 1,
            lane,
            text,
            place: *place,
            until: ends(entry, &trace[at..]),
        });
        *place += 1;
    }
    marks
}

/// The line of an entry without its time.
fn text_of(entry: &Entry) -> Option<String> {
    if let Event::Task { .. } = entry.event {
        return Some("render".to_owned());
    }
    let line = line(entry, Paint::Plain)?;
    let body = line
        .trim_start()
        .split_once("  ")
        .map(|(_, body)| body.to_owned());
    body.map(|body| body.trim_end().replace("\n             ", "\n"))
}

/// When a call is replied to or a question answered.
fn ends(entry: &Entry, later: &[Entry]) -> Option<i64> {
    let is_end = |other: &&Entry| match (&entry.event, &other.event) {
        (Event::Call { call, .. }, Event::Reply { call: own, .. }) => call == own,
        (Event::Question { question, .. }, Event::Answer { question: own, .. }) => question == own,
        _ => false,
    };
    match entry.event {
        Event::Call { .. } | Event::Question { .. } => later.iter().find(is_end).map(|end| end.t),
        _ => None,
    }
}

/// Pixels: of the names of the lanes, of a lane, of a mark, of the axis.
const NAMES: u32 = 64;
const LANE: u32 = 20;
const MARK: u32 = 8;
const AXIS: u32 = 18;

/// Marks beside each other at one time; further ones lie on the last.
const ROW_MAX: u32 = 12;

/// Pixels between two labels of the axis.
const LABEL: u32 = 56;

/// Where each time stands.
fn axis(marks: &[Mark<'_>]) -> BTreeMap<i64, u32> {
    let mut widths: BTreeMap<i64, u32> = BTreeMap::new();
    for mark in marks {
        let width = widths.entry(mark.entry.t).or_default();
        *width = (*width).max((mark.place.min(ROW_MAX) + 1) * MARK);
        if let Some(until) = mark.until {
            widths.entry(until).or_default();
        }
    }
    let mut x = NAMES + MARK;
    let mut last: Option<(i64, u32)> = None;
    let mut places = BTreeMap::new();
    for (t, width) in widths {
        if let Some((before, taken)) = last {
            x += taken + gap(t - before);
        }
        places.insert(t, x);
        last = Some((t, width));
    }
    places
}

/// Pixels for a wait: ten times as long is a little wider.
fn gap(ms: i64) -> u32 {
    4 + 4 * ms.max(1).ilog10() + if ms > 0 { 2 } else { 0 }
}

fn strip(id: &str, marks: &[Mark<'_>]) -> String {
    let axis = axis(marks);
    let lanes = u32::try_from(Lane::ALL.len()).unwrap_or_default();
    let width = axis.values().max().copied().unwrap_or_default() + (ROW_MAX + 1) * MARK;
    let height = AXIS + lanes * LANE;
    let mut text = format!(
        "<div class=\"strip\"><svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n"
    );
    for ((_, name, words), top) in Lane::ALL.iter().zip((AXIS..).step_by(LANE as usize)) {
        let (middle, base) = (top + LANE / 2, top + LANE / 2 + 4);
        let _ = writeln!(
            text,
            "<line class=\"lane\" x1=\"{NAMES}\" x2=\"{width}\" y1=\"{middle}\" y2=\"{middle}\"/>\
             <text class=\"en {name}\" x=\"0\" y=\"{base}\">{}</text><text class=\"zh {name}\" x=\"0\" y=\"{base}\">{}</text>",
            words.0, words.1
        );
    }
    let mut free = 0;
    let begun: BTreeSet<i64> = marks.iter().map(|mark| mark.entry.t).collect();
    for (t, x) in axis.iter().filter(|(t, _)| begun.contains(t)) {
        if *x >= free {
            let _ = writeln!(
                text,
                "<line class=\"tick\" x1=\"{x}\" x2=\"{x}\" y1=\"{AXIS}\" y2=\"{height}\"/><text class=\"tick\" x=\"{x}\" y=\"12\">{}</text>",
                duration(as_ms(*t))
            );
            free = x + LABEL;
        }
    }
    for mark in marks {
        text.push_str(&drawn(id, mark, &axis));
    }
    text + "</svg></div>\n"
}

/// A mark that leads to its line: a bar for what takes time, else a dot.
fn drawn(id: &str, mark: &Mark<'_>, axis: &BTreeMap<i64, u32>) -> String {
    let at = |t: i64| axis.get(&t).copied().unwrap_or_default();
    let row = Lane::ALL
        .iter()
        .take_while(|(lane, ..)| *lane != mark.lane)
        .count();
    let top = AXIS + u32::try_from(row).unwrap_or_default() * LANE + LANE / 2 - 4;
    let x = at(mark.entry.t) + mark.place.min(ROW_MAX) * MARK;
    let width = mark
        .until
        .map_or(0, |until| at(until).saturating_sub(x))
        .max(MARK - 1);
    let bar = if mark.until.is_some() { " bar" } else { "" };
    format!(
        "<a href=\"#{id}n{}\"><rect class=\"{}{bar}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"8\" rx=\"3\"><title>{:.3} {}</title></rect></a>\n",
        mark.number,
        mark.lane.name(),
        seconds(mark.entry.t),
        escaped(&mark.text)
    )
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn long_waits_are_drawn_short() {
        assert!(gap(1) < gap(1000) && gap(1000) < gap(259_200_000));
        assert!(gap(259_200_000) < 50);
    }
}
