//! Pieces of a style sheet's text: where comments, strings, blocks and statements end.

use std::ops::Range;

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    /// Offset of the next byte.
    pub(super) at: usize,
    end: usize,
}

/// What ends a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `;`
    Semicolon,
    /// The end of the text.
    End,
}

impl<'t> Scanner<'t> {
    /// A part of a text.
    pub(super) fn new(text: &'t str, part: Range<usize>) -> Self {
        Self {
            text,
            at: part.start,
            end: part.end,
        }
    }

    /// Skips blanks and comments, also the marks of HTML comments.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..self.end];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if let Some(comment) = trimmed.strip_prefix("/*") {
                self.at += comment.find("*/").map_or(trimmed.len(), |to| to + 4);
            } else if trimmed.starts_with("<!--") {
                self.at += 4;
            } else if trimmed.starts_with("-->") {
                self.at += 3;
            } else {
                return;
            }
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.end
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.text.as_bytes()[self.at])
    }

    /// Reads up to `{`, `}` or `;` outside of strings and brackets, and takes that mark.
    pub(super) fn statement(&mut self) -> (Range<usize>, Stop) {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' | b'\'' => self.skip_string(byte),
                b'/' if self.text[self.at..self.end].starts_with("/*") => self.skip_blanks(),
                b'\\' => self.at = (self.at + 2).min(self.end),
                b'(' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b')' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                // A brace ends a bracket that was left open.
                b'{' | b'}' => return self.take(start, byte),
                b';' if depth == 0 => return self.take(start, byte),
                _ => self.at += 1,
            }
        }
        (start..self.end, Stop::End)
    }

    fn take(&mut self, start: usize, byte: u8) -> (Range<usize>, Stop) {
        let end = self.at;
        self.at += 1;
        let stop = match byte {
            b'{' => Stop::Open,
            b'}' => Stop::Close,
            _ => Stop::Semicolon,
        };
        (start..end, stop)
    }

    /// The content of a block whose `{` was taken; `None` when it is never closed (then everything
    /// is its content).
    pub(super) fn block(&mut self) -> (Range<usize>, bool) {
        let start = self.at;
        let mut depth = 1_usize;
        loop {
            let (piece, stop) = self.statement();
            match stop {
                Stop::Open => depth += 1,
                Stop::Close => {
                    depth -= 1;
                    if depth == 0 {
                        return (start..piece.end, true);
                    }
                }
                Stop::Semicolon => {}
                Stop::End => return (start..self.end, false),
            }
        }
    }

    /// A string ends at its quote or, broken, at the end of the line.
    fn skip_string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.at = (self.at + 2).min(self.end),
                b'\n' => return,
                _ => {
                    self.at += 1;
                    if byte == quote {
                        return;
                    }
                }
            }
        }
    }
}

/// A text without its comments; borrowed when there are none.
pub(super) fn without_comments(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("/*") {
        return text.into();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at + 2..]
            .find("*/")
            .map_or("", |to| &rest[at + 4 + to..]);
    }
    out.push_str(rest);
    out.into()
}

/// Splits at a mark outside of strings and brackets.
pub(super) fn split_at_mark(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut quote = None;
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        if c == '\\' {
            escaped = true;
        } else if let Some(open) = quote {
            if c == open {
                quote = None;
            }
        } else if c == mark && depth == 0 {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        } else {
            match c {
                '"' | '\'' => quote = Some(c),
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Stop, split_at_mark, without_comments};

    #[test]
    fn marks_inside_strings_brackets_and_comments_do_not_count() {
        let text = r#"a[b="{"] /* { */ url(x;y) "\"{" { c }"#;
        let mut scanner = Scanner::new(text, 0..text.len());
        let (piece, stop) = scanner.statement();
        assert_eq!((piece.end, stop), (text.len() - 5, Stop::Open));
        let (block, closed) = scanner.block();
        assert_eq!((&text[block], closed), (" c ", true));
        assert!(scanner.is_done());
    }

    #[test]
    fn an_open_block_takes_the_rest() {
        let text = "a { b { c } ";
        let mut scanner = Scanner::new(text, 0..text.len());
        scanner.statement();
        let (block, closed) = scanner.block();
        assert_eq!((&text[block], closed), (" b { c } ", false));
    }

    #[test]
    fn lists_are_split_outside_of_brackets() {
        assert_eq!(
            split_at_mark("a(b, c), \"d,\" ,e", ','),
            ["a(b, c)", " \"d,\" ", "e"]
        );
        assert_eq!(without_comments("a/* x */b"), "a b");
    }
}
