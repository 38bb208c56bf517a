//! The mistakes found while a project is read, with an upper bound on their number.

use crate::diagnostic::Diagnostic;

/// How many mistakes of one project are listed; the rest are counted in a last note.
pub const DIAGNOSTICS_MAX: usize = 200;

/// Mistakes in the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Diagnostic>,
    left_out: usize,
}

impl Findings {
    /// Adds a mistake unless [`DIAGNOSTICS_MAX`] are there.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < DIAGNOSTICS_MAX {
            self.list.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Adds the mistake because of which nothing can run; it is listed in any case.
    pub(super) fn push_fatal(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// The list, with a note when some were left out.
    pub(super) fn into_vec(mut self) -> Vec<Diagnostic> {
        if self.left_out > 0 {
            self.list.push(Diagnostic::note(format!(
                "{} more were found; the first {DIAGNOSTICS_MAX} are listed (DIAGNOSTICS_MAX)",
                self.left_out
            )));
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::{DIAGNOSTICS_MAX, Findings};
    use crate::diagnostic::Diagnostic;

    #[test]
    fn only_so_many_mistakes_are_listed_and_the_rest_counted() {
        let mut findings = Findings::default();
        for _ in 0..DIAGNOSTICS_MAX + 3 {
            findings.push(Diagnostic::warning("again"));
        }
        findings.push_fatal(Diagnostic::error("the end"));
        let list = findings.into_vec();
        assert_eq!(list.len(), DIAGNOSTICS_MAX + 2);
        assert_eq!(list[DIAGNOSTICS_MAX].message, "the end");
        assert!(list[DIAGNOSTICS_MAX + 1].message.starts_with("3 more"));
    }
}
