//! Mistakes in templates and style sheets, told when they are first met.

use std::collections::BTreeSet;

use super::core::Core;
use super::trace::Event;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::view::style::Sheets;
use crate::view::tree::Trouble;

/// What was told, so that each mistake is told once.
#[derive(Debug, Default)]
pub(super) struct Told {
    troubles: BTreeSet<Trouble>,
    /// Mistakes of style sheets.
    styles: usize,
}

impl Core {
    /// Tells what the parser and rendering found.
    pub(super) fn tell_template_findings(&mut self, troubles: Vec<Trouble>) {
        let findings = self.views.library.borrow_mut().take_findings();
        for finding in findings {
            self.tell_finding(finding);
        }
        for trouble in troubles {
            if self.views.told.troubles.insert(trouble.clone()) {
                let place = self.place_of(&trouble);
                self.tell_finding(trouble.diagnostic().at(place));
            }
        }
    }

    /// Tells what is wrong in style sheets that were read since the last time. All of it are warnings:
    /// sheets are read only where something asks for a place, and whether a page fails must not hang on
    /// that.
    pub(super) fn tell_style_findings(&mut self) {
        let problems = self.views.sheets.as_ref().map(Sheets::problems);
        let fresh: Vec<Diagnostic> = problems
            .and_then(|all| all.get(self.views.told.styles..))
            .map(<[Diagnostic]>::to_vec)
            .unwrap_or_default();
        self.views.told.styles += fresh.len();
        for mut finding in fresh {
            finding.severity = finding.severity.min(Severity::Warning);
            self.tell_finding(finding);
        }
    }

    fn tell_finding(&mut self, finding: Diagnostic) {
        self.emit(|| Event::Finding(finding));
    }

    /// Where it is in the file, with the line's text.
    fn place_of(&self, trouble: &Trouble) -> Place {
        let Some(at) = trouble.place else {
            return Place::file(&*trouble.file);
        };
        let text = self.code.text(&trouble.file).unwrap_or_default();
        let index = usize::try_from(at.line.max(1) - 1).unwrap_or_default();
        let line = text.lines().nth(index).unwrap_or_default();
        Place::at(&*trouble.file, at.line, at.column, 1).with_source(line)
    }
}
