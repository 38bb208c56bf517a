//! Programs of every construct, what is told of mistakes, and what must not end the process.

mod construct;
mod dump;
mod finding;
mod mutation;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Library;
use crate::view::program::Program;

/// Files of a project.
struct Shelf(BTreeMap<String, Rc<str>>);

impl Shelf {
    fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Rc::from(*text)));
        Self(files.collect())
    }

    fn read(&self, path: &str) -> Option<Rc<str>> {
        self.0.get(path).cloned()
    }

    fn program(&self, library: &mut Library, path: &str) -> Option<Rc<Program>> {
        library.program(path, &|file| self.read(file))
    }
}

/// The program of one text in the file `pages/a/a.wxml`, and what is told, one mistake a line.
fn compiled(text: &str) -> (Rc<Program>, String) {
    let mut library = Library::default();
    let program = Shelf::of(&[("pages/a/a.wxml", text)])
        .program(&mut library, "pages/a/a.wxml")
        .expect("the file is there");
    let findings = library.take_findings();
    (
        program,
        findings
            .iter()
            .map(|finding| format!("{finding}\n"))
            .collect::<Vec<_>>()
            .concat(),
    )
}
