//! The lines of a dialog, none wider than the terminal.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::api::question::Question;
use crate::repl::Words;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it says.
    pub(super) label: String,
    /// The answer that it stands for; `None` is the field.
    pub(super) answer: Option<String>,
}

/// How a dialog is drawn.
pub(super) struct Drawing<'a> {
    pub(super) question: &'a Question,
    pub(super) entries: &'a [Entry],
    pub(super) words: Words,
    /// Width and height of the terminal.
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Drawing<'_> {
    /// While it waits for an answer; `field` is what was typed so far.
    pub(super) fn open(&self, marked: usize, field: Option<&str>) -> Vec<String> {
        let bold = Style::new().fg_color(Some(AnsiColor::Cyan.into())).bold();
        let dim = Style::new().dimmed();
        let mut lines = self.head(self.entries.len() + 2);
        for (at, entry) in self.entries.iter().enumerate() {
            let label = match field {
                Some(typed) if at == marked => self.field(typed),
                _ => self.cut(&entry.label, 4),
            };
            lines.push(if at == marked {
                format!("│ {bold}❯ {label}{bold:#}")
            } else {
                format!("│   {label}")
            });
        }
        let keys = match field {
            Some(_) => self.words.field_keys(),
            None => self.words.keys(),
        };
        lines.push(format!("{dim}└ {}{dim:#}", self.cut(&keys, 2)));
        lines
    }

    /// When it is over: what was said.
    pub(super) fn closed(&self, said: &str) -> Vec<String> {
        let mut lines = self.head(1);
        lines.push(format!("└ {}", self.cut(said, 2)));
        lines
    }

    /// The key and the text, where so many lines follow.
    fn head(&self, below: usize) -> Vec<String> {
        let title = Style::new().bold();
        let key = self.cut(&self.question.key, 2);
        let mut lines = vec![format!("{title}┌ {key}{title:#}")];
        let parts = self.question.text.lines();
        let parts = parts.flat_map(|line| line.split(" / "));
        let wrapped = parts.flat_map(|part| self.wrapped(part));
        let room = self.rows.saturating_sub(below + 1).max(1);
        lines.extend(wrapped.take(room).map(|line| format!("│ {line}")));
        lines
    }

    /// How wide a text may be beside so many columns; the last column of a terminal stays free.
    fn room(&self, beside: usize) -> usize {
        self.columns.saturating_sub(beside + 1).max(2)
    }

    fn wrapped(&self, text: &str) -> Vec<String> {
        let room = self.room(2);
        let mut lines = vec![String::new()];
        let mut width = 0;
        for c in text.chars().filter(|c| !c.is_control()) {
            let own = c.width().unwrap_or(0);
            if width + own > room {
                lines.push(String::new());
                width = 0;
            }
            width += own;
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
        lines
    }

    fn cut(&self, text: &str, beside: usize) -> String {
        let room = self.room(beside);
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if text.width() <= room {
            return text;
        }
        let mut kept = String::new();
        for c in text.chars() {
            if kept.width() + c.width().unwrap_or(0) >= room {
                break;
            }
            kept.push(c);
        }
        kept + "…"
    }

    /// The end of what was typed, with a mark where it goes on.
    fn field(&self, typed: &str) -> String {
        let room = self.room(5);
        let mut width = 0;
        let kept = typed.chars().rev().take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= room
        });
        let kept: Vec<char> = kept.collect();
        kept.into_iter().rev().chain(['▏']).collect()
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Drawing, Entry};
    use crate::api::question::Question;
    use crate::repl::Words;

    #[test]
    fn no_line_is_wider_than_the_terminal_and_the_text_is_whole() {
        let text = "删除这件商品之后不能恢复，确定要删除吗 / Really?";
        let question = Question::new("modal", text);
        let long = "一个很长很长很长很长很长很长的选项".to_owned();
        let entries = [
            Entry {
                answer: Some(long.clone()),
                label: long,
            },
            Entry {
                label: "cancel".into(),
                answer: Some("cancel".into()),
            },
        ];
        for columns in [8, 17, 30, 80] {
            let drawing = Drawing {
                question: &question,
                entries: &entries,
                words: Words::Chinese,
                columns,
                rows: 40,
            };
            let typed = "长".repeat(60);
            for field in [None, Some(typed.as_str())] {
                let lines: Vec<String> = drawing
                    .open(0, field)
                    .iter()
                    .map(|line| anstream::adapter::strip_str(line).to_string())
                    .collect();
                for line in &lines {
                    assert!(line.width() < columns, "{columns}: {line}");
                }
                let shown: String = lines
                    .iter()
                    .map(|line| line.trim_start_matches("│ "))
                    .collect();
                assert!(shown.contains(&text.replace(" / ", "")), "{shown}");
            }
        }
    }
}
