//! Mistakes in templates and style sheets, and wrong names in scripts, told when they are first met.

use std::collections::BTreeSet;

use super::core::Core;
use super::trace::Event;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::errmsg::Reason;
use crate::near::near;
use crate::package::is_erratum;
use crate::value::Value;
use crate::view::style::Sheets;
use crate::view::tree::Trouble;
use crate::world::scope::Scope;

/// What was told, so that each mistake is told once.
#[derive(Debug, Default)]
pub(super) struct Told {
    troubles: BTreeSet<Trouble>,
    /// Mistakes of style sheets.
    styles: usize,
    /// Names that are no scope.
    scopes: BTreeSet<String>,
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

    /// Tells the wrong names of a script that is about to run.
    pub(super) fn tell_errata(&mut self, path: &str) {
        for finding in self.code.take_errata(path) {
            self.tell_finding(finding);
        }
    }

    /// Tells which scope is meant by a name that is none; what a script spells out is told with its place.
    pub(super) fn tell_unknown_scope(&mut self, options: &Value, reason: &Reason) {
        let name = options.get("scope").as_str().unwrap_or_default().to_owned();
        let is_known = Scope::parse(&name).is_some() || is_erratum(&name);
        if *reason != Reason::InvalidScope
            || is_known
            || !self.views.told.scopes.insert(name.clone())
        {
            return;
        }
        let bare = |name| str::strip_prefix(name, "scope.").unwrap_or(name);
        let known = Scope::ALL.into_iter().map(|scope| bare(scope.name()));
        if let Some(meant) = near(bare(&name), known).first() {
            let finding = Diagnostic::warning(format!("there is no scope `{name}`"));
            self.tell_finding(finding.help(format!("did you mean `scope.{meant}`?")));
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
