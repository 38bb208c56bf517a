//! What the pages have in common: a document that loads nothing, both languages at once, the matrix as a table.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::words::{self, MATRIX, Phrase};
use crate::diagnostic::Place;
use crate::explore::Matrix;
use crate::report::Paint;
use crate::report::suite::Language;
use crate::report::suite::frame::quoted;
use crate::report::suite::html::escaped as safe;
use crate::report::suite::plain::visible;
use crate::runtime::monitor::Words;
use crate::value::Frame;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Longest text that is shown of what a program says, in characters.
pub(super) const CHARS_MAX: usize = 2_000;

/// A document. `language` is the one that it opens in; `data` is for its script.
pub(super) fn document(
    title: &str,
    language: Language,
    class: &str,
    body: &str,
    data: &Json,
) -> String {
    let (style, script) = (STYLE.replace("\r\n", "\n"), SCRIPT.replace("\r\n", "\n"));
    let style = format!("\n{style}");
    let script = format!("\n{script}");
    // Nothing is loaded, and nothing but this style and this script is heeded.
    let policy = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{}'; script-src '{}'",
        hash(&style),
        hash(&script)
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body class=\"{class}\">\n{body}\
         <script type=\"application/json\" id=\"data\">{}</script>\n<script>{script}</script>\n</body>\n</html>\n",
        language.code(),
        escaped(title),
        embedded(data)
    )
}

fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

/// JSON that is no markup, whatever it says.
fn embedded(data: &Json) -> String {
    let text = data.to_string();
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(safe, "\\u{:04x}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

/// A text as it is shown: nothing steers it, and it has an end.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => visible(&format!("{}…", &text[..at])),
        None => visible(text),
    }
}

/// The same in both languages, for the script.
pub(super) fn shown_words(words: &Words) -> Json {
    serde_json::json!({ "en": shown(&words.en), "zh": shown(&words.zh) })
}

/// Text in which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    safe(&shown(text))
}

/// A text in both languages, of which the style sheet shows one.
pub(super) fn both(words: &Words) -> String {
    if words.en == words.zh {
        return escaped(&words.en);
    }
    format!(
        "<span class=\"en\">{}</span><span class=\"zh\">{}</span>",
        escaped(&words.en),
        escaped(&words.zh)
    )
}

/// A phrase in both languages.
pub(super) fn phrase(phrase: Phrase) -> String {
    both(&phrase.words())
}

/// A list of lines, numbered or not.
pub(super) fn list(tag: &str, class: &str, lines: &[String]) -> String {
    let items = lines.iter().map(|line| format!("<li>{line}</li>\n"));
    let items = items.collect::<String>();
    format!("<{tag} class=\"{class}\">\n{items}</{tag}>\n")
}

/// A place in the code with its line and a caret.
pub(super) fn source(at: &Frame, line: &str) -> String {
    let place = Place::at(at.file.clone(), at.line, at.column, 0);
    let lines = [(at.line, line.to_owned())];
    let quoted = match line {
        "" => String::new(),
        _ => quoted(&place, &lines, Paint::Plain),
    };
    let text = format!("{place}\n{quoted}");
    format!("<pre class=\"source\">{}</pre>\n", escaped(text.trim_end()))
}

/// The matrix as a table: a row for each answer and each failure.
pub(super) fn matrix(matrix: &Matrix) -> String {
    let rows = matrix.answers.iter().chain(&matrix.faults);
    let mut text = String::new();
    for (name, cells) in rows {
        for (number, (column, cell)) in cells.iter().enumerate() {
            let word = matrix.word(cell);
            let times = if cell.reached == 0 {
                String::new()
            } else {
                format!(" ({})", cell.reached)
            };
            let rules = cell.rules.iter().cloned().collect::<Vec<_>>().join(", ");
            let name = match number {
                0 => format!(
                    "<th scope=\"rowgroup\" rowspan=\"{}\">{}</th>",
                    cells.len(),
                    escaped(name)
                ),
                _ => String::new(),
            };
            let _ = writeln!(
                text,
                "<tr>{name}<td>{}</td><td class=\"{word}\">{}{times}</td><td>{}</td></tr>",
                escaped(column),
                phrase(words::cell(word)),
                escaped(&rules)
            );
        }
    }
    if text.is_empty() {
        return text;
    }
    format!(
        "<section class=\"matrix\">\n<h2>{}</h2>\n<table>\n{text}</table>\n</section>\n",
        phrase(MATRIX)
    )
}

/// The parts of a tag and its children that a test may want: everything between `start` and `end`.
#[cfg(test)]
pub(super) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).expect("the start is there") + start.len();
    let to = text[from..].find(end).expect("the end is there");
    &text[from..from + to]
}
