//! One style sheet file: its rules in order, what it imports, and its mistakes.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::declaration::{Declaration, declarations};
use super::media::Media;
use super::scan::{Scanner, Stop, without_comments};
use super::selector::Selector;
use super::selector_text::parse_list;
use crate::diagnostic::{Diagnostic, Place};

/// A file's content.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Statements in order.
    pub(super) items: Vec<Item>,
    /// Mistakes.
    pub(super) problems: Vec<Diagnostic>,
    text: Rc<str>,
    /// Selectors that the platform warns of when the file belongs to a component.
    in_component: Vec<Range<usize>>,
}

impl Sheet {
    /// Official page: `framework/custom-component/wxml-wxss`: components should use classes only.
    pub(super) fn in_component<'s>(
        &'s self,
        file: &'s str,
    ) -> impl Iterator<Item = Diagnostic> + 's {
        self.in_component.iter().map(move |part| {
            let message = "a component's style sheet uses a tag, id or attribute selector";
            Diagnostic::warning(message)
                .at(Place::span(file, &self.text, part.start, part.end))
                .help("use a class: such selectors are not allowed in components")
        })
    }
}

/// A statement.
#[derive(Debug)]
pub(super) enum Item {
    /// `@import`
    Import {
        /// As written.
        path: String,
        /// Under which conditions.
        media: Option<Rc<Media>>,
        /// Where.
        place: Place,
    },
    /// A rule.
    Rule(Rc<Rule>),
}

/// A rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its selectors.
    pub(super) selectors: Vec<Selector>,
    /// Conditions around it.
    pub(super) media: Vec<Rc<Media>>,
    text: Rc<str>,
    body: Range<usize>,
    /// Offset of its selector.
    pub(super) at: usize,
    parsed: OnceCell<Vec<Declaration>>,
}

impl Rule {
    /// What it declares; read when it first matches.
    pub(super) fn declarations(&self) -> &[Declaration] {
        self.parsed
            .get_or_init(|| declarations(&self.text[self.body.clone()]))
    }
}

/// Deepest nesting of `@media` and the like.
const NESTING_MAX: usize = 32;

/// Reads a file.
pub(super) fn parse(file: &str, text: &Rc<str>) -> Sheet {
    let mut parser = Parser {
        file,
        text,
        media: Vec::new(),
        sheet: Sheet {
            items: Vec::new(),
            problems: Vec::new(),
            text: Rc::clone(text),
            in_component: Vec::new(),
        },
    };
    parser.statements(0..text.len());
    parser.sheet
}

struct Parser<'t> {
    file: &'t str,
    text: &'t Rc<str>,
    media: Vec<Rc<Media>>,
    sheet: Sheet,
}

impl Parser<'_> {
    fn problem(&mut self, what: Diagnostic, part: Range<usize>, help: &str) {
        let place = Place::span(self.file, self.text, part.start, part.end);
        self.sheet.problems.push(what.at(place).help(help));
    }

    fn statements(&mut self, part: Range<usize>) {
        let mut scanner = Scanner::new(self.text, part);
        loop {
            scanner.skip_blanks();
            if scanner.is_done() {
                return;
            }
            let (prelude, stop) = scanner.statement();
            let prelude = trimmed(self.text, prelude);
            match stop {
                Stop::Open => {
                    let open = scanner.at - 1;
                    let (body, closed) = scanner.block();
                    if !closed {
                        let what = Diagnostic::error("a block is never closed");
                        self.problem(what, open..open + 1, "add the missing `}`");
                    }
                    self.block(prelude, body);
                }
                Stop::Semicolon => self.at_statement(prelude),
                Stop::Close => {
                    let at = scanner.at - 1;
                    let what = Diagnostic::error("unexpected `}`");
                    self.problem(what, at..at + 1, "remove it, or open the block it closes");
                }
                Stop::End if self.text[prelude.clone()].starts_with('@') => {
                    self.at_statement(prelude);
                }
                Stop::End => {
                    let what = Diagnostic::error("a rule has no block");
                    self.problem(what, prelude, "write `{ … }` behind the selector");
                }
            }
        }
    }

    /// `@import …;` and statements without a block.
    fn at_statement(&mut self, prelude: Range<usize>) {
        let text = without_comments(&self.text[prelude.clone()]);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some(rest) = text.strip_prefix("@import") {
            if let Some((path, media)) = import(rest.trim()) {
                let place = Place::span(self.file, self.text, prelude.start, prelude.end);
                self.sheet.items.push(Item::Import { path, media, place });
            } else {
                let what = Diagnostic::error("`@import` names no file");
                self.problem(what, prelude, "write `@import \"file.wxss\";`");
            }
        } else if !text.starts_with('@') {
            let what = Diagnostic::error("a declaration stands outside of a rule");
            self.problem(what, prelude, "put it into `selector { … }`");
        }
    }

    fn block(&mut self, prelude: Range<usize>, body: Range<usize>) {
        let text = without_comments(&self.text[prelude.clone()])
            .trim()
            .to_owned();
        let Some(at_rule) = text.strip_prefix('@') else {
            self.rule(prelude, &text, body);
            return;
        };
        let split = at_rule.find(|c: char| !c.is_alphanumeric() && c != '-');
        let (name, rest) = at_rule.split_at(split.unwrap_or(at_rule.len()));
        match name {
            _ if self.media.len() >= NESTING_MAX => {}
            "media" => self.under(Media::parse(rest.trim()), body),
            // What is asked for is taken as supported, so its opposite is not.
            "supports" | "layer" if !rest.trim_start().starts_with("not") => {
                self.under(Media::parse("all"), body);
            }
            // Nothing that a rectangle depends on.
            _ => {}
        }
    }

    fn under(&mut self, media: Media, body: Range<usize>) {
        self.media.push(Rc::new(media));
        self.statements(body);
        self.media.pop();
    }

    fn rule(&mut self, prelude: Range<usize>, selector: &str, body: Range<usize>) {
        match parse_list(selector) {
            Ok(selectors) => {
                if selectors.iter().any(Selector::uses_more_than_classes) {
                    self.sheet.in_component.push(prelude.clone());
                }
                self.check_declarations(&body);
                let rule = Rule {
                    selectors,
                    media: self.media.clone(),
                    text: Rc::clone(self.text),
                    body,
                    at: prelude.start,
                    parsed: OnceCell::new(),
                };
                self.sheet.items.push(Item::Rule(Rc::new(rule)));
            }
            Err(error) => {
                let help = "correct the selector; the whole rule is ignored until then";
                self.problem(Diagnostic::error(error), prelude, help);
            }
        }
    }

    /// Declarations without a colon and blocks inside of rules.
    fn check_declarations(&mut self, body: &Range<usize>) {
        let mut scanner = Scanner::new(self.text, body.clone());
        loop {
            scanner.skip_blanks();
            if scanner.is_done() {
                return;
            }
            let (piece, stop) = scanner.statement();
            let piece = trimmed(self.text, piece);
            if stop == Stop::Open {
                scanner.block();
                let what = Diagnostic::error("a rule stands inside a rule");
                self.problem(what, piece, "write it outside, with the whole selector");
            } else if !piece.is_empty() && !self.text[piece.clone()].contains(':') {
                let what = Diagnostic::error("a declaration has no colon");
                self.problem(what, piece, "write `property: value;`");
            }
        }
    }
}

/// The file and the conditions of an `@import`.
fn import(text: &str) -> Option<(String, Option<Rc<Media>>)> {
    let (path, rest) = if let Some(inner) = text.strip_prefix("url(") {
        let (path, rest) = inner.split_once(')')?;
        (path.trim().trim_matches(['"', '\'']), rest)
    } else {
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        text[1..].split_once(quote)?
    };
    let media = rest.trim();
    let media = (!media.is_empty()).then(|| Rc::new(Media::parse(media)));
    (!path.is_empty()).then(|| (path.to_owned(), media))
}

/// A range without blanks and comments at its ends.
fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let mut scanner = Scanner::new(text, part.clone());
    scanner.skip_blanks();
    let start = scanner.at.min(part.end);
    start..start + text[start..part.end].trim_end().len()
}

/// Where an imported file is; `None` for addresses on the network.
pub(super) fn resolve(from: &str, path: &str) -> Option<String> {
    if path.starts_with("//") || path.contains("://") || path.starts_with("data:") {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (base, path) = match path.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (folder, path),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    let mut file = parts.join("/");
    if !file
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
    {
        file.push_str(".wxss");
    }
    Some(file)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Item, parse, resolve};

    fn problems(text: &str) -> Vec<String> {
        let sheet = parse("a.wxss", &Rc::from(text));
        let shown = sheet.problems.iter().map(|problem| {
            let place = problem.place.as_ref().map(ToString::to_string);
            format!("{} {}", place.unwrap_or_default(), problem.message)
        });
        shown.collect()
    }

    #[test]
    fn rules_imports_and_conditions_are_read_in_order() {
        let text = "@import './b';\n/* c */ .a, .b { color: red }\n@media screen { .c { top: 0 } }\n\
            @keyframes x { from { top: 0 } }";
        let sheet = parse("a.wxss", &Rc::from(text));
        assert!(sheet.problems.is_empty(), "{:?}", sheet.problems);
        let shown: Vec<String> = sheet
            .items
            .iter()
            .map(|item| match item {
                Item::Import { path, .. } => format!("import {path}"),
                Item::Rule(rule) => format!("{} {}", rule.selectors.len(), rule.media.len()),
            })
            .collect();
        assert_eq!(shown, ["import ./b", "2 0", "1 1"]);
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, found) in [
            (".a {\n  color: red", "a.wxss:1:4 a block is never closed"),
            (".a { }\n}", "a.wxss:2:1 unexpected `}`"),
            (
                ".a { color red; top: 0 }",
                "a.wxss:1:6 a declaration has no colon",
            ),
            (
                ".a $ { top: 0 }",
                "a.wxss:1:1 `$` is not expected in the selector `.a $`",
            ),
            ("@import x;", "a.wxss:1:1 `@import` names no file"),
            (".a", "a.wxss:1:1 a rule has no block"),
            (
                "color: red;",
                "a.wxss:1:1 a declaration stands outside of a rule",
            ),
            (
                ".a { .b { top: 0 } }",
                "a.wxss:1:6 a rule stands inside a rule",
            ),
        ] {
            assert_eq!(problems(text), [found], "{text}");
        }
    }

    #[test]
    fn components_should_use_classes_only() {
        let warnings = |text: &str| {
            parse("a.wxss", &Rc::from(text))
                .in_component("a.wxss")
                .count()
        };
        for (text, count) in [
            ("view .a { top: 0 }", 1),
            ("#a, [b] { top: 0 }", 1),
            (":host(.x) .a, .b::after { top: 0 }", 0),
        ] {
            assert_eq!(warnings(text), count, "{text}");
        }
    }

    #[test]
    fn files_are_found_from_the_importing_one() {
        for (from, path, found) in [
            ("pages/a/a.wxss", "../b/b.wxss", Some("pages/b/b.wxss")),
            ("pages/a/a.wxss", "/style/x", Some("style/x.wxss")),
            ("app.wxss", "./x.wxss", Some("x.wxss")),
            ("app.wxss", "https://a/b.wxss", None),
        ] {
            assert_eq!(resolve(from, path).as_deref(), found, "{path}");
        }
    }
}
