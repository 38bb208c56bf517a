//! Files of an exploration: the outcome, its difference from another, stories as flows, the graph.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::Arguments;
use super::job::Request;
use crate::diagnostic::Diagnostic;
use crate::explore::{GraphEdge, Outcome};
use crate::report::explored::mermaid::mermaid;
use crate::report::explored::page::page;
use crate::report::suite::Language;

/// What is different from an earlier exploration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    new_violations: Vec<String>,
    gone_violations: Vec<String>,
    new_ways: Vec<String>,
    gone_ways: Vec<String>,
}

impl Difference {
    /// What is different between two outcomes.
    pub(super) fn between(before: &Outcome, after: &Outcome) -> Self {
        let violations = |outcome: &Outcome| -> BTreeSet<String> {
            let told = outcome.violations.iter().map(|own| {
                let place = own.at.as_ref().map(|at| format!(" ({})", at.file));
                format!(
                    "{}{}: {}",
                    own.property,
                    place.unwrap_or_default(),
                    own.says.en
                )
            });
            told.collect()
        };
        let (old, new) = (violations(before), violations(after));
        let (old_ways, new_ways) = (ways(before), ways(after));
        Self {
            new_violations: new.difference(&old).cloned().collect(),
            gone_violations: old.difference(&new).cloned().collect(),
            new_ways: new_ways.difference(&old_ways).cloned().collect(),
            gone_ways: old_ways.difference(&new_ways).cloned().collect(),
        }
    }

    /// Whether something is found that was not before.
    pub(super) fn is_worse(&self) -> bool {
        !self.new_violations.is_empty()
    }

    /// The difference for people.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let groups = [
            ("+ violation", &self.new_violations),
            ("- violation", &self.gone_violations),
            ("+ way", &self.new_ways),
            ("- way", &self.gone_ways),
        ];
        for (mark, list) in groups {
            for own in list {
                let _ = writeln!(text, "{mark} {own}");
            }
        }
        if text.is_empty() {
            text.push_str("no difference from the baseline\n");
        }
        text.push('\n');
        text
    }
}

/// What to do about a baseline that is none.
const WRITE_ONE: &str = "write one with `wxsim explore PROJECT --out FILE`";

/// Whether two outcomes have no page in common.
pub(super) fn is_other(before: &Outcome, after: &Outcome) -> bool {
    let pages = |outcome: &Outcome| -> BTreeSet<String> {
        let stacks = outcome.graph.states.iter().map(|state| &state.seen.stack);
        stacks.flatten().cloned().collect()
    };
    let (before, after) = (pages(before), pages(after));
    !before.is_empty() && !after.is_empty() && before.is_disjoint(&after)
}

/// Says that a baseline is none of this program.
pub(super) fn of_another(path: &Path) -> Diagnostic {
    let place = path.display();
    let problem =
        format!("--baseline: {place} is of another program: no page of this one is in it");
    Diagnostic::error(problem).help(WRITE_ONE)
}

/// Ways as pages see them: from page to page, by what is done and answered.
fn ways(outcome: &Outcome) -> BTreeSet<String> {
    let page = |state: usize| {
        let stack = outcome
            .graph
            .states
            .get(state)
            .map(|state| &state.seen.stack);
        stack
            .and_then(|stack| stack.last().cloned())
            .unwrap_or_else(|| "outside".to_owned())
    };
    let told = |edge: &GraphEdge| {
        let mut chosen = String::new();
        for own in &edge.chosen {
            let _ = match own {
                crate::explore::Chosen::Answer(key, answer) => write!(chosen, ", {key}={answer}"),
                crate::explore::Chosen::Fault(api, fault) => {
                    write!(chosen, ", {api} fails: {fault}")
                }
                crate::explore::Chosen::Other(what) => write!(chosen, ", {what}"),
            };
        }
        format!(
            "{} → {}: {}{chosen}",
            page(edge.from),
            page(edge.to),
            edge.says.en
        )
    };
    outcome.graph.edges.iter().map(told).collect()
}

/// Writes what the flags ask for.
pub(super) fn write(
    arguments: &Arguments,
    request: &Request,
    outcome: &Outcome,
    language: Language,
) -> Result<(), Diagnostic> {
    if let Some(path) = &arguments.out {
        let text = serde_json::to_string_pretty(outcome).unwrap_or_default();
        put("--out", path, &format!("{text}\n"))?;
    }
    if let Some(path) = &arguments.html {
        let title = arguments.project.display().to_string();
        put("--html", path, &page(outcome, &title, language))?;
    }
    if let Some(path) = &arguments.mermaid {
        put("--mermaid", path, &mermaid(outcome, language))?;
    }
    if let Some(folder) = &arguments.save_failures {
        super::stories::save(folder, arguments, request, outcome)?;
    }
    Ok(())
}

/// Reads an outcome to compare with.
///
/// # Errors
/// There is no such file, or it is none that `--out` or `--json` wrote.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
pub(super) fn read(path: &Path) -> Result<Outcome, Diagnostic> {
    let wrong = |problem: String| {
        Diagnostic::error(format!("--baseline: {}: {problem}", path.display())).help(WRITE_ONE)
    };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}

/// Writes the file of a flag, with the folders that it lies in.
///
/// # Errors
/// It cannot be written.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
pub(in crate::cli) fn put(flag: &str, path: &Path, text: &str) -> Result<(), Diagnostic> {
    let written = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder),
        _ => Ok(()),
    };
    written
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| {
            let place = path.display();
            Diagnostic::error(format!("{flag}: {place} cannot be written: {error}"))
        })
}
