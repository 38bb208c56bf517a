//! The texts of a project that a rule can look through: what its scripts, templates and settings say.

use std::collections::BTreeSet;

use super::Cx;
use crate::package::requires;
use crate::value::Frame;

/// Most files of a project that are looked through.
const FILES_MAX: usize = 2000;

/// A file of the project.
pub(super) struct Text {
    /// Its path, relative to the code root.
    pub(super) file: String,
    /// What it says.
    pub(super) text: String,
}

impl Text {
    /// The place of a byte of it.
    pub(super) fn frame(&self, at: usize) -> Frame {
        let before = &self.text[..at];
        let line_begin = before.rfind('\n').map_or(0, |end| end + 1);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Frame {
            function: String::new(),
            file: self.file.clone(),
            line: count(before.matches('\n').count() + 1),
            column: count(before[line_begin..].chars().count() + 1),
        }
    }

    /// Whether a byte of it is in a line that is nothing but a comment.
    pub(super) fn is_in_comment(&self, at: usize) -> bool {
        let begin = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[begin..].trim_start();
        ["//", "*", "/*", "<!--"]
            .iter()
            .any(|mark| line.starts_with(mark))
    }

    /// Texts in quotes that a name is given: the name, the text and where it begins.
    pub(super) fn named_literals(&self) -> Vec<(&str, &str, usize)> {
        let text = self.text.as_str();
        let mut found = Vec::new();
        for (at, quote) in text.match_indices(['"', '\'']) {
            let Some(name) = name_before(&text[..at]) else {
                continue;
            };
            let rest = &text[at + 1..];
            if let Some(end) = rest.find(quote).filter(|end| !rest[..*end].contains('\n')) {
                found.push((name, &rest[..end], at + 1));
            }
        }
        found
    }
}

/// The name that stands before `=` or `:`, perhaps in quotes itself.
fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let text = text.strip_suffix(['=', ':'])?.trim_end();
    let text = text.strip_suffix(['"', '\'']).unwrap_or(text);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
    let name = text.trim_end_matches(is_part).len();
    Some(&text[name..]).filter(|name| !name.is_empty())
}

/// Every script that the program can reach by `require` and `import` with a relative path, and app.json, ext.json and
/// the files of its pages and components.
pub(super) fn all(cx: &Cx<'_>) -> Vec<Text> {
    let project = cx.rest.project;
    let mut wanted = vec![
        project.app_script.clone(),
        "app.json".to_owned(),
        "ext.json".to_owned(),
    ];
    for page in &project.pages {
        wanted.extend(
            [page.script.clone(), page.template.clone()]
                .into_iter()
                .flatten(),
        );
    }
    for component in &project.components {
        wanted.extend(
            [component.script.clone(), component.template.clone()]
                .into_iter()
                .flatten(),
        );
    }
    let (mut seen, mut texts) = (BTreeSet::new(), Vec::new());
    while let Some(file) = wanted.pop() {
        if texts.len() == FILES_MAX || !seen.insert(file.clone()) {
            continue;
        }
        let Some(text) = (cx.rest.text)(&file) else {
            continue;
        };
        let relative = requires(&text)
            .into_iter()
            .filter(|path| path.starts_with('.'));
        for specifier in relative {
            let path = joined(&file, specifier);
            wanted.extend(["", ".js", ".ts", "/index.js"].map(|end| format!("{path}{end}")));
        }
        texts.push(Text { file, text });
    }
    texts.sort_by(|one, other| one.file.cmp(&other.file));
    texts
}

/// The path that a relative one means in a file.
fn joined(file: &str, specifier: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The names of the members of an object whose text begins behind its brace, and where they stand; `None` when they
/// cannot all be told.
pub(super) fn members(text: &str) -> Option<Vec<(String, usize)>> {
    let (mut names, mut depth, mut at_name) = (Vec::new(), 1_u32, true);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            continue;
        }
        if let Some(inner) = rest.strip_prefix("/*") {
            rest = inner.split_once("*/")?.1;
            continue;
        }
        let is_name = depth == 1 && at_name;
        if matches!(first, '"' | '\'' | '`') {
            let end = end_of_text(&rest[1..], first)?;
            if is_name {
                names.push((rest[1..=end].to_owned(), text.len() - rest.len()));
                at_name = false;
            }
            rest = &rest[end + 2..];
            continue;
        }
        match first {
            '.' | '[' if is_name => return None,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            // A slash may begin a regular expression, in which anything may stand.
            '/' => return None,
            ',' if depth == 1 => {
                at_name = true;
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            return Some(names);
        }
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        if is_name && is_word(first) {
            let word: String = rest.chars().take_while(|c| is_word(*c)).collect();
            let at = text.len() - rest.len();
            rest = &rest[word.len()..];
            // `async success() {}`: the name comes behind.
            let is_prefix = word == "async" && rest.trim_start().starts_with(is_word);
            at_name = is_prefix;
            if !is_prefix {
                names.push((word, at));
            }
            continue;
        }
        rest = &rest[first.len_utf8()..];
    }
    None
}

/// Where a text in quotes ends, counted from behind the first quote.
fn end_of_text(text: &str, quote: char) -> Option<usize> {
    let (mut is_escaped, mut next) = (false, 0);
    for (at, c) in text.char_indices() {
        match c {
            _ if at < next => {}
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '$' if quote == '`' && text[at..].starts_with("${") => {
                let inside = at + "${".len();
                next = inside + end_of_inset(&text[inside..])? + 1;
            }
            _ if c == quote => return Some(at),
            _ => {}
        }
    }
    None
}

/// Where the brace closes behind which a template goes on, counted from behind the one that opens.
fn end_of_inset(text: &str) -> Option<usize> {
    let (mut depth, mut next) = (1_u32, 0);
    for (at, c) in text.char_indices() {
        match c {
            _ if at < next => {}
            '"' | '\'' | '`' => next = at + end_of_text(&text[at + 1..], c)? + 2,
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Text, joined, members};

    #[test]
    fn names_of_literals_and_their_places_are_found() {
        let text = Text {
            file: "a.js".into(),
            text: "const a = 'x'\n  o = { \"b\": \"y\", 'c-d' : 'z' }\nf('no')".into(),
        };
        let found = text.named_literals();
        let names: Vec<(&str, &str)> = found
            .iter()
            .map(|(name, value, _)| (*name, *value))
            .collect();
        assert_eq!(names, [("a", "x"), ("b", "y"), ("c-d", "z")]);
        let frame = text.frame(found[1].2);
        assert_eq!((frame.line, frame.column), (2, 15));
    }

    #[test]
    fn a_relative_path_is_one_of_the_project() {
        assert_eq!(joined("pages/a/a.js", "../b/./c"), "pages/b/c");
    }

    #[test]
    fn the_names_of_an_object_are_read_or_not_told() {
        let names = |text: &str| {
            let names = members(text)?.into_iter().map(|(name, _)| name);
            Some(names.collect::<Vec<_>>().join(" "))
        };
        assert_eq!(
            names("url: 'a,{', 'success': (r) => { f(r, {}) }, fail }"),
            Some("url success fail".into())
        );
        assert_eq!(
            names("async success() { return [1, 2] }, // no, fail\n}"),
            Some("success".into())
        );
        assert_eq!(names("...options, success() {} }"), None);
        assert_eq!(names("success() { return /'/.test(x) } }"), None);
        assert_eq!(names("success() {"), None);
        assert_eq!(
            names("path: `/a?b=${ids.map((id) => `${id}}`).join('}')}&c=`, success: () => {} }"),
            Some("path success".into())
        );
        assert_eq!(names("path: `/a?b=${id`, success: () => {} }"), None);
    }
}
