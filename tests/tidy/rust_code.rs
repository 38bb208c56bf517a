//! Rust source as tokens: comments gone, string contents kept apart from code.

use std::collections::BTreeSet;

use super::File;

/// A piece of code that matters to the checks; lifetimes and character literals are dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// An identifier, a keyword or a number.
    Word(String),
    /// The content of a string literal, escapes as written.
    Text(String),
    /// Any other character of code.
    Mark(char),
}

/// A token and its line, counted from 1.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) token: Token,
}

impl Spot {
    pub(super) fn word(&self) -> Option<&str> {
        if let Token::Word(word) = &self.token {
            Some(word)
        } else {
            None
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Token::Text(text) = &self.token {
            Some(text)
        } else {
            None
        }
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.token == Token::Mark(mark)
    }
}

/// Whether the code at `at` is spelled as `pattern`: its words and marks, separated by blanks.
pub(super) fn spells(spots: &[Spot], at: usize, pattern: &str) -> bool {
    pattern.split(' ').enumerate().all(|(i, part)| {
        spots.get(at + i).is_some_and(|spot| match &spot.token {
            Token::Word(word) => word == part,
            Token::Mark(mark) => part.chars().eq([*mark]),
            Token::Text(_) => false,
        })
    })
}

/// All tokens of a source file.
pub(super) fn tokens(source: &str) -> Vec<Spot> {
    let mut reader = Reader {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
        spots: Vec::new(),
    };
    while reader.at < reader.chars.len() {
        reader.step();
    }
    reader.spots
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    spots: Vec<Spot>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn next(&mut self) -> char {
        let char = self.peek(0);
        self.line += usize::from(char == '\n');
        self.at += 1;
        char
    }

    fn push(&mut self, line: usize, token: Token) {
        self.spots.push(Spot { line, token });
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.chars.len() && self.peek(0) != '\n' {
                    self.next();
                }
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(None),
            ('\'', _) => self.quote(),
            (char, _) if is_word(char) => self.word(),
            (char, _) => {
                let line = self.line;
                self.next();
                if !char.is_whitespace() {
                    self.push(line, Token::Mark(char));
                }
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.next();
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    /// A string at its opening quote; `hashes` is their number in a raw string.
    fn string(&mut self, hashes: Option<usize>) {
        let line = self.line;
        let mut content = String::new();
        self.next();
        while self.at < self.chars.len() {
            let char = self.next();
            let closes = char == '"' && (0..hashes.unwrap_or(0)).all(|i| self.peek(i) == '#');
            if closes {
                self.at += hashes.unwrap_or(0);
                break;
            }
            content.push(char);
            if char == '\\' && hashes.is_none() {
                content.push(self.next());
            }
        }
        self.push(line, Token::Text(content));
    }

    /// A character literal or a lifetime at its quote.
    fn quote(&mut self) {
        self.next();
        if self.peek(0) == '\\' {
            self.at += 2;
            while self.at < self.chars.len() && self.next() != '\'' {}
        } else if self.peek(1) == '\'' {
            self.next();
            self.next();
        } else {
            while is_word(self.peek(0)) {
                self.next();
            }
        }
    }

    fn word(&mut self) {
        let line = self.line;
        let mut word = String::new();
        while is_word(self.peek(0)) {
            word.push(self.next());
        }
        if matches!(word.as_str(), "r" | "br" | "cr") {
            let rest = &self.chars[self.at..];
            let hashes = rest.iter().take_while(|c| **c == '#').count();
            if self.peek(hashes) == '"' {
                self.at += hashes;
                self.string(Some(hashes));
                return;
            }
            if word == "r" && hashes == 1 {
                self.next(); // `r#type`: the word that follows is the identifier
                return;
            }
        }
        if !(matches!(word.as_str(), "b" | "c") && self.peek(0) == '"') {
            self.push(line, Token::Word(word));
        }
    }
}

fn is_word(char: char) -> bool {
    char == '_' || char.is_alphanumeric()
}

/// The tokens outside items marked `#[cfg(test)]` or `#[test]`.
pub(super) fn without_tests(spots: &[Spot]) -> Vec<Spot> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < spots.len() {
        if is_test_mark(spots, at) {
            at = item_end(spots, at);
        } else {
            kept.push(spots[at].clone());
            at += 1;
        }
    }
    kept
}

fn is_test_mark(spots: &[Spot], at: usize) -> bool {
    ["# [ cfg ( test ) ]", "# [ cfg ( all ( test ,", "# [ test ]"]
        .iter()
        .any(|mark| spells(spots, at, mark))
}

/// Where the item ends whose attributes start at `at`: after its `;` or its closing brace.
fn item_end(spots: &[Spot], at: usize) -> usize {
    let mut depth = 0_i32;
    for (i, spot) in spots.iter().enumerate().skip(at) {
        match spot.token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']') => depth -= 1,
            Token::Mark('}') => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            Token::Mark(';') if depth == 0 => return i + 1,
            _ => {}
        }
    }
    spots.len()
}

/// The files that exist only for tests: declared as `#[cfg(test)] mod name;`.
pub(super) fn test_files(files: &[File]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let spots = tokens(&file.text);
        let stem = file.path.trim_end_matches(".rs");
        let folder = ["/mod", "/lib", "/main"]
            .iter()
            .find_map(|end| stem.strip_suffix(end));
        let folder = folder.unwrap_or(stem);
        for at in 0..spots.len() {
            if is_test_mark(&spots, at) && spells(&spots, at + 7, "mod") {
                let name = spots.get(at + 8).and_then(Spot::word).unwrap_or_default();
                let below = format!("{folder}/{name}/");
                let itself = format!("{folder}/{name}.rs");
                let paths = files.iter().map(|file| &file.path);
                found.extend(
                    paths
                        .filter(|p| **p == itself || p.starts_with(&below))
                        .cloned(),
                );
            }
        }
    }
    found
}

#[test]
fn comments_strings_and_lifetimes_are_told_from_code() {
    let source = "fn a<'x>(c: &'x str) { // unsafe\n/* dbg! /* nested */ */ f('\"', '\\'', b\"q\\\"\", r#\"raw \" \"#);\n r#type }";
    let spots = tokens(source);
    let words: Vec<_> = spots.iter().filter_map(Spot::word).collect();
    assert_eq!(words, ["fn", "a", "c", "str", "f", "type"]);
    let texts: Vec<_> = spots.iter().filter_map(Spot::text).collect();
    assert_eq!(texts, ["q\\\"", "raw \" "]);
    assert_eq!(spots.last().map(|spot| spot.line), Some(3));
    assert_eq!(tokens("\"never closed").len(), 1);
    assert!(tokens("/* never closed").is_empty());
}

#[test]
fn items_for_tests_are_left_out() {
    let source = "#[cfg(test)] use a::{b, c}; fn keep() -> [u8; 2] {}
        #[test] #[should_panic] fn gone() -> [u8; 3] { if x {} }
        #[cfg(test)] mod tests { fn gone() { {} } } fn also_kept() {}";
    let kept = without_tests(&tokens(source));
    let words: Vec<_> = kept.iter().filter_map(Spot::word).collect();
    assert_eq!(words, ["fn", "keep", "u8", "2", "fn", "also_kept"]);
}

#[test]
fn a_file_is_a_test_only_where_it_is_declared_as_one() {
    let file = |path: &str, text: &str| File {
        path: path.into(),
        text: text.into(),
    };
    let files = [
        file("src/world/mod.rs", "#[cfg(test)]\nmod walk; mod fine;"),
        file("src/world/walk.rs", ""),
        file("src/world/walk/steps.rs", ""),
        file("src/world/fine.rs", ""),
        file("src/walk.rs", ""),
    ];
    let found: Vec<_> = test_files(&files).into_iter().collect();
    assert_eq!(found, ["src/world/walk.rs", "src/world/walk/steps.rs"]);
}
