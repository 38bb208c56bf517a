//! Reading files: each once, with what they import.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use glass_easel_template_compiler::parse::{ParseErrorLevel, TemplateStructure as _, parse};

use super::compile;
use crate::view::program::{Node, Place, Program};

/// Deepest nesting of tags that is parsed; the parser's own stack ends near 2,000.
pub const NESTING_MAX: usize = 400;

/// The programs of a project.
#[derive(Default)]
pub struct Library {
    programs: BTreeMap<Rc<str>, Option<Rc<Program>>>,
    findings: Vec<Finding>,
    /// Names that were told once.
    told: BTreeSet<(Rc<str>, String)>,
}

/// A mistake in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, from the code root.
    pub file: Rc<str>,
    /// Where.
    pub place: Place,
    /// What.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Whether the template does not mean what is written.
    pub is_error: bool,
}

/// Gives the text of a file by its path from the code root.
type Read<'a> = &'a dyn Fn(&str) -> Option<Rc<str>>;

impl Library {
    /// The program of a file; `None` when the file is not there.
    pub fn program(&mut self, file: &str, read: Read<'_>) -> Option<Rc<Program>> {
        if let Some(known) = self.programs.get(file) {
            return known.clone();
        }
        let program = read(file).map(|text| Rc::new(self.compile(file, &text)));
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
        for (file, place) in own.imports.iter().rev() {
            let Some(program) = self.program(file, read) else {
                self.tell_missing(&own.path, *place, file);
                continue;
            };
            if let Some(body) = definition(&program, name) {
                return Some((program, body));
            }
        }
        None
    }

    /// Mistakes found since this was asked last.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn tell_missing(&mut self, from: &Rc<str>, place: Place, file: &str) {
        if self.told.insert((Rc::clone(from), file.to_owned())) {
            self.findings.push(Finding {
                file: Rc::clone(from),
                place,
                message: format!("the imported file {file} does not exist"),
                help: "create it or remove the import".to_owned(),
                is_error: true,
            });
        }
    }

    fn compile(&mut self, file: &str, text: &str) -> Program {
        let empty = || Program {
            path: file.into(),
            ..Program::default()
        };
        let depth = nesting(text);
        if depth > NESTING_MAX {
            self.fail(file, format!("tags are nested {depth} deep"), "at most 400 are read (NESTING_MAX)");
            return empty();
        }
        // The parser has a state that it calls unreachable (`{{0xz}}`).
        let parsed = catch_unwind(AssertUnwindSafe(|| {
            let (tree, mut state) = parse(file, text);
            (compile::program(file, &tree), state.take_warnings())
        }));
        let Ok((program, warnings)) = parsed else {
            self.fail(
                file,
                "the template cannot be read: a number or an expression in it is malformed".to_owned(),
                "look for numbers such as 0x without digits",
            );
            return empty();
        };
        for warning in warnings {
            let start = warning.location.start;
            let is_error = matches!(
                warning.level(),
                ParseErrorLevel::Error | ParseErrorLevel::Fatal
            );
            if matches!(warning.level(), ParseErrorLevel::Note) {
                continue;
            }
            self.findings.push(Finding {
                file: file.into(),
                place: compile::place(start.line, start.utf16_col),
                message: warning.kind.to_string(),
                help: String::new(),
                is_error,
            });
        }
        program
    }

    fn fail(&mut self, file: &str, message: String, help: &str) {
        self.findings.push(Finding {
            file: file.into(),
            place: Place { line: 1, column: 1 },
            message,
            help: help.to_owned(),
            is_error: true,
        });
    }
}

fn definition(program: &Program, name: &str) -> Option<Rc<[Node]>> {
    let own = program.templates.iter().rev().find(|(own, _)| &**own == name);
    own.map(|(_, template)| Rc::clone(&template.body))
}

/// How deep tags are nested at most, and expressions with them: counted before the text is parsed.
fn nesting(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut most, mut brackets) = (0_usize, 0_usize, 0_usize);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' if bytes.get(at + 1) == Some(&b'/') => depth = depth.saturating_sub(1),
            b'<' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => depth += 1,
            b'/' if bytes.get(at + 1) == Some(&b'>') => depth = depth.saturating_sub(1),
            b'(' | b'[' | b'{' => brackets += 1,
            b')' | b']' | b'}' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth).max(brackets);
    }
    most
}
