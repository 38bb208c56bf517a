//! The file that keeps the snapshots of a test file.
//!
//! ```text
//! # wxsim snapshots 1
//!
//! === pays: total snapshot 1
//! {
//!   "total": 100,
//! }
//!
//! === refunds tree 1 [persona=deny-all]
//! <view>no</view>
//!
//! ```
//!
//! A line with `=== ` and a key, the text as it is, an empty line; in the order of the keys. A line of a text that
//! begins like a heading, like a mark of a merge or with `\` has a `\` before it; in a key `\n` is a line break.
//! Line ends may be those of any system. Below the heading there may be notes: `===@ tests/pay.test.js:3:5`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Begins the first line, before the number of the version.
const HEAD: &str = "# wxsim snapshots ";
/// The version that is written.
const VERSION: &str = "1";
/// Begins every line that is no text.
const MARK: &str = "===";
/// What git writes around the sides of a conflict.
const CONFLICTS: &[&str] = &["<<<<<<<", ">>>>>>>", "|||||||"];

/// A text that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The text, its lines ended by `\n`.
    pub text: String,
    /// Notes by their sign.
    pub notes: BTreeMap<char, String>,
}

/// Texts by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store(pub BTreeMap<String, Kept>);

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
}

impl Store {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// The first line that no such file has.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = plain_lines(text);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let mut lines = (1..).zip(text.split('\n'));
        check_head(lines.next().map_or("", |(_, line)| line))?;
        let mut reading = Reading::default();
        for (number, line) in lines {
            reading.line(line).map_err(|message| StoreError {
                line: number,
                message,
            })?;
        }
        reading.close();
        Ok(reading.store)
    }

    /// The text of a file.
    pub fn render(&self) -> String {
        let mut out = format!("{HEAD}{VERSION}\n\n");
        for (key, kept) in &self.0 {
            let _ = writeln!(out, "{MARK} {}", escaped_key(key));
            for (sign, note) in &kept.notes {
                let _ = writeln!(out, "{MARK}{sign} {}", escaped_key(note));
            }
            for line in kept.text.split('\n') {
                let escape = if is_special(line) { "\\" } else { "" };
                let _ = writeln!(out, "{escape}{line}");
            }
            out.push('\n');
        }
        out
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|kept| kept.text.as_str())
    }

    /// Keeps a text.
    pub fn put(&mut self, key: &str, text: &str) {
        let kept = Kept {
            text: plain_lines(text),
            notes: BTreeMap::new(),
        };
        self.0.insert(key.to_owned(), kept);
    }
}

/// Line ends of other systems as `\n`.
pub(super) fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn check_head(line: &str) -> Result<(), StoreError> {
    let message = match line.strip_prefix(HEAD).map(str::trim_end) {
        Some(VERSION) => return Ok(()),
        Some(other) => format!("it is of version {other}, and this wxsim reads version {VERSION}"),
        None if is_conflict(line) => CONFLICT.to_owned(),
        None => format!("the first line is not `{HEAD}{VERSION}`: this is no file of snapshots"),
    };
    Err(StoreError { line: 1, message })
}

const CONFLICT: &str = "a merge left its marks here: choose one of the two sides";

fn is_conflict(line: &str) -> bool {
    CONFLICTS.iter().any(|mark| line.starts_with(mark)) || line.starts_with("=======")
}

fn is_special(line: &str) -> bool {
    line.starts_with('\\') || line.starts_with(MARK) || is_conflict(line)
}

fn escaped_key(key: &str) -> String {
    key.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

fn read_key(escaped: &str) -> String {
    let mut key = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => key.push('\n'),
                Some('r') => key.push('\r'),
                other => key.extend(other),
            },
            c => key.push(c),
        }
    }
    key
}

/// A file that was read down to some line.
#[derive(Default)]
struct Reading {
    store: Store,
    open: Option<(String, BTreeMap<char, String>, Vec<String>)>,
}

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if is_conflict(line) {
            return Err(CONFLICT.to_owned());
        }
        let Some(marked) = line.strip_prefix(MARK) else {
            let text = line.strip_prefix('\\').unwrap_or(line);
            return match &mut self.open {
                Some((_, _, lines)) => {
                    lines.push(text.to_owned());
                    Ok(())
                }
                None if line.trim().is_empty() => Ok(()),
                None => Err(format!("this text has no heading `{MARK} name` above it")),
            };
        };
        let mut chars = marked.chars();
        match (chars.next(), chars.as_str()) {
            (Some(' '), key) if !key.trim().is_empty() => self.heading(read_key(key)),
            (Some(sign), note) if note.starts_with(' ') => self.note(sign, &note[1..]),
            _ => Err(format!("a heading is `{MARK} ` with a name")),
        }
    }

    fn heading(&mut self, key: String) -> Result<(), String> {
        self.close();
        if self.store.0.contains_key(&key) {
            return Err(format!("there is a snapshot `{key}` above already"));
        }
        self.open = Some((key, BTreeMap::new(), Vec::new()));
        Ok(())
    }

    fn note(&mut self, sign: char, note: &str) -> Result<(), String> {
        match &mut self.open {
            Some((_, notes, lines)) if lines.is_empty() => {
                notes.insert(sign, read_key(note));
                Ok(())
            }
            _ => Err(format!("`{MARK}{sign}` stands right below a heading")),
        }
    }

    /// The empty line that ends an entry is no text.
    fn close(&mut self) {
        let Some((key, notes, mut lines)) = self.open.take() else {
            return;
        };
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        let text = lines.join("\n");
        self.store.0.insert(key, Kept { text, notes });
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Store};

    /// Every list of at most `length` of these lines.
    fn texts(lines: &[&str], length: u32) -> Vec<String> {
        let mut all = vec![String::new()];
        for length in 1..=length {
            for mut number in 0..lines.len().pow(length) {
                let mut own = Vec::new();
                for _ in 0..length {
                    own.push(lines[number % lines.len()]);
                    number /= lines.len();
                }
                all.push(own.join("\n"));
            }
        }
        all
    }

    #[test]
    fn any_text_comes_back_as_it_was_with_the_line_ends_of_any_system() {
        let lines = [
            "",
            "a",
            " b ",
            "=== c 1",
            "====",
            "=======",
            "\\",
            "\\=== d",
            "<<<<<<< HEAD",
            "# wxsim snapshots 1",
            "支付",
        ];
        for text in texts(&lines, 3) {
            let mut store = Store::default();
            store.put("before 1", "x");
            store.put("it: a \\n line\nand another 1", &text);
            let alone = Store(
                [(
                    "k 1".to_owned(),
                    Kept {
                        text: text.clone(),
                        ..Kept::default()
                    },
                )]
                .into(),
            );
            for store in [store, alone] {
                let rendered = store.render();
                assert_eq!(Store::parse(&rendered).as_ref(), Ok(&store), "{rendered}");
                let windows = format!("\u{feff}{}", rendered.replace('\n', "\r\n"));
                assert_eq!(Store::parse(&windows).as_ref(), Ok(&store), "{windows:?}");
            }
        }
    }

    #[test]
    fn a_file_is_sorted_and_has_a_heading_for_each_text() {
        let mut store = Store::default();
        store.put("refunds tree 1", "<view>\r\n  no\r\n</view>");
        store.put("pays snapshot 1", "=== 1\n");
        let own = Kept {
            text: "2".to_owned(),
            notes: [('@', "a.test.js:3:5".to_owned())].into(),
        };
        store.0.insert("pays snapshot 2".to_owned(), own);
        let expected = "# wxsim snapshots 1\n\n=== pays snapshot 1\n\\=== 1\n\n\n\
                        === pays snapshot 2\n===@ a.test.js:3:5\n2\n\n\
                        === refunds tree 1\n<view>\n  no\n</view>\n\n";
        assert_eq!(store.render(), expected);
        assert_eq!(Store::parse(expected), Ok(store));
    }

    #[test]
    fn an_editor_may_take_the_last_empty_lines_away() {
        let mut store = Store::default();
        store.put("a 1", "x\ny");
        for end in ["", "\n", "\n\n"] {
            let text = format!("{}{end}", store.render().trim_end());
            assert_eq!(Store::parse(&text).as_ref(), Ok(&store), "{text:?}");
        }
    }

    #[test]
    fn a_broken_file_is_told_with_the_line() {
        for (text, line, part) in [
            ("", 1, "no file of snapshots"),
            ("=== a\nx\n", 1, "no file of snapshots"),
            ("# wxsim snapshots 2\n", 1, "version 2"),
            ("# wxsim snapshots 1\n\nx\n", 3, "no heading"),
            (
                "# wxsim snapshots 1\n\n=== a\nx\n\n=== a\ny\n",
                6,
                "`a` above already",
            ),
            ("# wxsim snapshots 1\n\n===\n", 3, "a heading is"),
            (
                "# wxsim snapshots 1\n\n=== a\nx\n===@ b\n",
                5,
                "right below",
            ),
            ("<<<<<<< HEAD\n# wxsim snapshots 1\n", 1, "merge"),
            (
                "# wxsim snapshots 1\n\n=== a\n<<<<<<< HEAD\nx\n=======\n",
                4,
                "merge",
            ),
        ] {
            let error = Store::parse(text).expect_err(text);
            assert_eq!(error.line, line, "{text:?}: {error}");
            assert!(error.message.contains(part), "{text:?}: {error}");
        }
    }
}
