//! Reading files: each once, with what they import.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use glass_easel_template_compiler::parse::{Position, parse};

use super::compile::{How, Named};
use super::{advice, compile, limits};
use crate::diagnostic::{self, Diagnostic};
use crate::view::program::{Node, Program};

/// The programs of a project.
#[derive(Default)]
pub struct Library {
    programs: BTreeMap<Rc<str>, Option<Rc<Program>>>,
    findings: Vec<Diagnostic>,
    /// Files that are being read because of one another, the outermost first.
    reading: Vec<Rc<str>>,
}

/// Gives the text of a file by its path from the code root.
type Read<'a> = &'a dyn Fn(&str) -> Option<Rc<str>>;

impl Library {
    /// The program of a file; `None` when the file is not there.
    pub fn program(&mut self, file: &str, read: Read<'_>) -> Option<Rc<Program>> {
        if let Some(known) = self.programs.get(file) {
            return known.clone();
        }
        let program = read(file).map(|text| Rc::new(self.compile(file, &text, read)));
        self.programs.insert(file.into(), program.clone());
        program
    }

    /// The `<template name>` that a file finds: its own, else that of an imported file. Imports of
    /// imported files do not count.
    ///
    /// Official page: `reference/wxml/import`. Gives the program of the file that defines it, whose
    /// modules the content sees.
    pub fn template(
        &mut self,
        from: &Program,
        name: &str,
        read: Read<'_>,
    ) -> Option<(Rc<Program>, Rc<[Node]>)> {
        let own = self.program(&from.path, read)?;
        if let Some(body) = definition(&own, name) {
            return Some((own, body));
        }
        // A later import of the same name wins.
        for (file, _) in own.imports.iter().rev() {
            let Some(program) = self.program(file, read) else {
                continue;
            };
            if let Some(body) = definition(&program, name) {
                return Some((program, body));
            }
        }
        None
    }

    /// Mistakes found since this was asked last.
    pub fn take_findings(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.findings)
    }

    fn compile(&mut self, file: &str, text: &str, read: Read<'_>) -> Program {
        self.reading.push(file.into());
        let program = self.parsed(file, text, read).unwrap_or_else(|| Program {
            path: file.into(),
            ..Program::default()
        });
        self.reading.pop();
        program
    }

    /// The program; `None` with a finding when the file cannot be read at all.
    fn parsed(&mut self, file: &str, text: &str, read: Read<'_>) -> Option<Program> {
        let long = match limits::check(text) {
            Ok(long) => long,
            Err(refusal) => {
                let place = diagnostic::Place::span(file, text, refusal.at, refusal.at);
                let finding = Diagnostic::error(refusal.message)
                    .help(refusal.help)
                    .at(place);
                self.findings.push(finding);
                return None;
            }
        };
        let readable = limits::readable(text, &long);
        let reading = &self.reading;
        // The parser has states that it calls unreachable; those that are known are refused above.
        let parsed = catch_unwind(AssertUnwindSafe(|| {
            let (tree, mut state) = parse(file, &readable);
            (
                compile::program(file, &tree, reading),
                state.take_warnings(),
            )
        }));
        let Ok((compiled, warnings)) = parsed else {
            let finding =
                Diagnostic::error("the template cannot be read: the parser gave up on it")
                    .help("look for malformed numbers and expressions")
                    .at(diagnostic::Place::file(file));
            self.findings.push(finding);
            return None;
        };
        let source = Source { file, text };
        for warning in warnings {
            let written = source.offset(warning.location.start);
            let advice = advice::of(&warning.kind, &text[written..]);
            if let Some((severity, message, help)) = advice {
                let finding = Diagnostic {
                    severity,
                    ..Diagnostic::error(message)
                };
                let place = source.place(warning.location);
                self.findings.push(finding.help(help).at(place));
            }
        }
        self.findings.extend(
            compiled
                .findings
                .into_iter()
                .map(|(finding, location)| finding.at(source.place(location))),
        );
        self.follow(&source, compiled.files, read);
        Some(compiled.program)
    }

    /// Reads what a file includes and tells what it names and is not there.
    fn follow(&mut self, source: &Source<'_>, files: Vec<Named>, read: Read<'_>) {
        for Named {
            how,
            file,
            location,
        } in files
        {
            let is_there = match how {
                How::Include => self.program(&file, read).is_some(),
                How::Import | How::Module => read(&file).is_some(),
            };
            if !is_there {
                let what = match how {
                    How::Include => "included",
                    How::Import => "imported",
                    How::Module => "module's",
                };
                let finding = Diagnostic::error(format!("the {what} file {file} does not exist"))
                    .help("create it, or correct the path: it is relative to this file's folder")
                    .at(source.place(location));
                self.findings.push(finding);
            }
        }
    }
}

/// A file whose places are looked up.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    /// Bytes of the parser's lines and columns, which count UTF-16 units.
    fn place(&self, location: Range<Position>) -> diagnostic::Place {
        let (start, end) = (self.offset(location.start), self.offset(location.end));
        diagnostic::Place::span(self.file, self.text, start, end)
    }

    fn offset(&self, position: Position) -> usize {
        let lines = self.text.split_inclusive('\n');
        let before: usize = lines.take(position.line as usize).map(str::len).sum();
        let mut left = position.utf16_col as usize;
        let mut offset = before;
        for letter in self.text[before..].chars() {
            if left < letter.len_utf16() {
                break;
            }
            left -= letter.len_utf16();
            offset += letter.len_utf8();
        }
        offset
    }
}

fn definition(program: &Program, name: &str) -> Option<Rc<[Node]>> {
    let own = program
        .templates
        .iter()
        .rev()
        .find(|(own, _)| &**own == name);
    own.map(|(_, template)| Rc::clone(&template.body))
}
