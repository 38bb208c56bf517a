//! The lines around a place with a caret below the column.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::plain::{path_of, visible, width};
use super::{Failure, FileResult};
use crate::diagnostic::Place;
use crate::report::text::{Paint, colour};

/// Longest line that is shown whole; of longer ones a window around the column.
const COLUMNS_MAX: usize = 120;

/// Place, source lines and caret, each line ending with a line feed; empty without a place.
pub(super) fn frame(failure: &Failure, file: &FileResult, paint: Paint) -> String {
    let Some(place) = &failure.place else {
        return String::new();
    };
    let from_here = Place {
        file: path_of(failure, file),
        ..place.clone()
    };
    let arrow = format!("❯ {}", visible(&from_here.to_string()));
    let arrow = paint.apply(colour(AnsiColor::Cyan), &arrow);
    let mut text = format!("{arrow}\n");
    let own = [(place.line, place.source_line.clone())];
    let lines = match failure.source.as_slice() {
        [] if place.source_line.is_empty() => return text,
        [] => own.as_slice(),
        lines => lines,
    };
    text.push_str(&quoted(place, lines, paint));
    text
}

/// Lines of a source with their numbers and a caret below the place.
pub(in crate::report) fn quoted(place: &Place, lines: &[(u32, String)], paint: Paint) -> String {
    let mut text = String::new();
    let dim = Style::new().dimmed();
    let last = lines
        .iter()
        .map(|(number, _)| *number)
        .max()
        .unwrap_or_default();
    let digits = last.to_string().len();
    let first = window(lines, place.line, place.column);
    for (number, line) in lines {
        let is_it = *number == place.line;
        let shown = shown(line, first);
        let mark = if is_it { '>' } else { ' ' };
        let gutter = format!("{mark} {number:>digits$} |");
        let style = if is_it { colour(AnsiColor::Red) } else { dim };
        let row = format!("{} {shown}", paint.apply(style, &gutter));
        let _ = writeln!(text, "{}", row.trim_end());
        if is_it && place.column > 0 {
            let column = (place.column as usize - 1).saturating_sub(first);
            let before: String = shown.chars().take(column).collect();
            let marked: String = shown
                .chars()
                .skip(column)
                .take(place.length as usize)
                .collect();
            let carets = "^".repeat(width(&marked).max(1));
            let blank = " ".repeat(digits + 2);
            let below = format!("{blank} | {}{carets}", " ".repeat(width(&before)));
            let _ = writeln!(text, "{}", paint.apply(colour(AnsiColor::Red), &below));
        }
    }
    text
}

/// The first character that is shown of each line.
fn window(lines: &[(u32, String)], line: u32, column: u32) -> usize {
    let own = lines.iter().find(|(number, _)| *number == line);
    let is_long = own.is_some_and(|(_, text)| text.chars().count() > COLUMNS_MAX);
    if is_long {
        (column as usize).saturating_sub(COLUMNS_MAX / 2)
    } else {
        0
    }
}

fn shown(line: &str, first: usize) -> String {
    let cut: String = line.chars().skip(first).take(COLUMNS_MAX).collect();
    // A tab takes one column, so that the caret stands right.
    visible(&cut).replace('\t', " ")
}

#[cfg(test)]
mod tests {
    use super::frame;
    use crate::diagnostic::Place;
    use crate::report::Paint;
    use crate::report::suite::{Failure, FailureKind, FileResult};

    fn failure(line: u32, column: u32, source: &[(u32, &str)]) -> Failure {
        let source = source
            .iter()
            .map(|(line, text)| (*line, (*text).to_owned()));
        let mut failure = Failure::new(FailureKind::Assertion, "x");
        failure.place = Some(Place::at("a.js", line, column, 0));
        failure.source = source.collect();
        failure
    }

    #[test]
    fn the_caret_stands_below_wide_characters_and_tabs() {
        let failure = failure(10, 9, &[(9, ""), (10, "\tf('支付', x)")]);
        let text = "❯ a.js:10:9\n   9 |\n> 10 |  f('支付', x)\n     |           ^\n";
        assert_eq!(frame(&failure, &FileResult::default(), Paint::Plain), text);
    }

    #[test]
    fn of_a_long_line_the_part_around_the_column_is_shown() {
        let line = format!("{}here{}", "a".repeat(500), "b".repeat(500));
        let text = frame(
            &failure(1, 501, &[(1, &line)]),
            &FileResult::default(),
            Paint::Plain,
        );
        let rows: Vec<&str> = text.lines().collect();
        let caret = rows[2].find('^').expect("a caret");
        assert_eq!(rows[1].get(caret..caret + 4), Some("here"), "{text}");
    }
}
