//! The page on top as a numbered list, and what happened meanwhile as lines.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::words::Words;
use crate::report::{Paint, found, words_of};
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{ElementRef, Sim};
use crate::view::find::Glance;

/// Lines of a page that are shown.
const LINES_MAX: usize = 40;
/// Lines that are looked at; those behind have no number.
const LOOKED_AT_MAX: usize = 2_000;
/// Letters of a text that are shown.
const TEXT_CHARS_MAX: usize = 72;

/// Something with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// An element of the page.
    Element(ElementRef),
    /// An item of the tab bar.
    Tab(usize),
}

/// A page as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Screen {
    /// The text.
    pub(super) text: String,
    /// What the numbers mean, from 1.
    pub(super) targets: Vec<Target>,
    /// What the targets say.
    pub(super) labels: Vec<String>,
    /// Texts of the page that are no targets.
    pub(super) texts: Vec<String>,
}

/// The page on top; `tabs` are the labels of the tab bar when the program does not draw its own.
pub(super) fn screen(sim: &Sim, tabs: &[(String, String)], words: Words, paint: Paint) -> Screen {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let top = sim.read(|world| {
        let page = world.current_page()?;
        Some((page.route.clone(), page.tab, world.page_title().to_owned()))
    });
    let Some((route, is_tab, title)) = top else {
        return Screen {
            text: paint.apply(dim, &words.no_page()),
            ..Screen::default()
        };
    };
    let title = Some(title).filter(|title| !title.is_empty());
    let title = title.map_or_else(String::new, |title| format!(" · {title}"));
    let mut screen = Screen {
        text: paint.apply(bold, &format!("── {route}{title}")),
        ..Screen::default()
    };
    let mut lines = Vec::new();
    for (element, line) in sim.glance(LOOKED_AT_MAX) {
        let number = line.part.map(|_| {
            screen.targets.push(Target::Element(element));
            screen.labels.push(line.text.clone());
            screen.targets.len()
        });
        if number.is_none() {
            screen.texts.push(line.text.clone());
        }
        lines.push(shown(&line, number, paint));
    }
    for (at, (label, path)) in tabs.iter().enumerate().filter(|_| is_tab) {
        screen.targets.push(Target::Tab(at));
        screen.labels.push(label.clone());
        let here = if *path == route { " ●" } else { "" };
        let number = format!("{:>4}", format!("[{}]", screen.targets.len()));
        lines.push(format!(
            "{} {:<8} {label}{here}",
            mark(&number, paint),
            "tab"
        ));
    }
    for line in lines.iter().take(LINES_MAX) {
        let _ = write!(screen.text, "\n{line}");
    }
    if lines.len() > LINES_MAX {
        let more = words.more_lines(lines.len() - LINES_MAX);
        let _ = write!(screen.text, "\n     {}", paint.apply(dim, &more));
    }
    screen
}

fn mark(number: &str, paint: Paint) -> String {
    paint.apply(Style::new().fg_color(Some(AnsiColor::Cyan.into())), number)
}

fn shown(line: &Glance, number: Option<usize>, paint: Paint) -> String {
    let indent = "  ".repeat(line.depth.min(4));
    let text = cut(&line.text);
    let Some(number) = number else {
        return format!("     {indent}{text}");
    };
    let number = mark(&format!("{:>4}", format!("[{number}]")), paint);
    let part = line.part.unwrap_or_default();
    let value = match (part, line.value.as_deref()) {
        (_, None) => String::new(),
        ("checkbox" | "radio" | "switch", Some(value)) => format!(" ({value})"),
        (_, Some(value)) => format!(" = {}", cut(value)),
    };
    let off = if line.is_disabled { " (disabled)" } else { "" };
    format!("{number} {indent}{part:<8} {text}{value}{off}")
        .trim_end()
        .to_owned()
}

fn cut(text: &str) -> String {
    let text = text.replace('\n', " ");
    match text.char_indices().nth(TEXT_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What a person should hear of what happened.
pub(super) fn happenings(entries: &[Entry], words: Words, paint: Paint) -> Vec<String> {
    let lines = entries.iter().filter_map(|entry| match &entry.event {
        Event::Unanswered { key, answers, .. } => {
            let red = Style::new().fg_color(Some(AnsiColor::Yellow.into()));
            let asked = entries.iter().rev().find_map(|own| match &own.event {
                Event::Question { asked, .. } if asked.key == *key => Some(asked),
                _ => None,
            });
            let typed = asked.and_then(|own| own.typed("TEXT"));
            let typed = typed.map(|own| own.to_string());
            let typed = typed.filter(|own| !answers.contains(own));
            let answers: Vec<String> = answers.iter().cloned().chain(typed).collect();
            Some(paint.apply(red, &format!("  {}", words.waits(key, &answers))))
        }
        Event::Call { api, options, .. } if api == "showToast" => {
            let title = options["title"].as_str().unwrap_or_default();
            Some(format!("toast “{title}”"))
        }
        Event::Found(found) if found.allowed.is_empty() => {
            Some(found::told(found, words == Words::Chinese, paint))
        }
        Event::Console { .. }
        | Event::Error { .. }
        | Event::Question { .. }
        | Event::Answer { .. }
        | Event::Unrouted { .. }
        | Event::Undeclared { .. }
        | Event::Unsupported { .. }
        | Event::Unheard { .. }
        | Event::Program { .. }
        | Event::Jump { .. }
        | Event::Card { .. }
        | Event::Server { .. }
        | Event::Payment { .. } => words_of(entry, paint),
        _ => None,
    });
    lines.collect()
}

/// Entries as lines, with their times.
pub(super) fn trace(entries: &[Entry], paint: Paint) -> String {
    let lines = entries
        .iter()
        .filter_map(|entry| crate::report::line(entry, paint));
    lines.collect::<Vec<_>>().join("\n")
}
