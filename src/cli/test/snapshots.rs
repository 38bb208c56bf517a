//! The supervisor's side of snapshots: it alone writes them, after all tests ran.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cli::snapshot_files::{self as files, relative};
use crate::report::suite::{Failure, FailureKind, FileResult, Outcome, TestResult};
use crate::scenario::{Compared, Edit, SnapshotRules, State, Store, rewrite, suffix, suffix_of};

use super::pending::{self, Pending};

/// What one run of one file compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Whether tests were left out because enough had failed.
    pub(super) is_cut: bool,
    /// In the order of the comparisons.
    pub(super) compared: Vec<Compared>,
    /// What tells the run apart in the names of snapshots.
    pub(super) words: Vec<(String, String)>,
    /// Whether every test of the file came to its end, so that nobody else asks for a snapshot.
    pub(super) is_whole: bool,
}

/// What is to be done with them.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Folder that shown paths are relative to.
    pub(super) root: PathBuf,
    /// What may become of texts that are new or differ.
    pub(super) rules: SnapshotRules,
    /// Whether texts that differ are put by for a review.
    pub(super) keeps_pending: bool,
    /// Folders of the command.
    pub(super) folders: Vec<PathBuf>,
}

/// What was done, in numbers and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    written: usize,
    updated: usize,
    removed: usize,
    pending: usize,
    /// What nobody asks for.
    stale: Vec<String>,
    /// What could not be written, and why.
    refused: Vec<String>,
}

/// The runs of one test file.
struct OfFile<'s> {
    path: PathBuf,
    shown: &'s str,
    runs: Vec<(usize, &'s Seen)>,
}

/// A text for the test code, with the index of the file result that is to tell of trouble.
type InlineEdit = (Edit, usize, String);

/// Writes what the runs left; `seen` stands beside the results. Trouble becomes failures of the results.
pub(super) fn settle(plan: &Plan, results: &mut [FileResult], seen: &[Seen]) -> Told {
    let mut told = Told::default();
    let mut troubles: Vec<(usize, String, String)> = Vec::new();
    let mut inline: BTreeMap<PathBuf, Vec<InlineEdit>> = BTreeMap::new();
    let shown: Vec<String> = results.iter().map(|result| result.path.clone()).collect();
    for file in by_file(plan, &shown, seen) {
        let compared = agreed(plan.rules, &file, &mut troubles);
        stored(plan, &file, &compared, &mut told, &mut troubles);
        waiting(plan, &file, &compared, &mut told, &mut troubles);
        for (at, own) in compared {
            if let Some((path, edit)) = edit_of(plan, own) {
                inline
                    .entry(path)
                    .or_default()
                    .push((edit, at, own.key.clone()));
            }
        }
    }
    for (path, edits) in inline {
        write_inline(&path, edits, plan, &mut told, &mut troubles);
    }
    orphans(plan, &mut told);
    for (at, key, problem) in troubles {
        told.refused.push(format!("{key}: {problem}"));
        if let Some(result) = results.get_mut(at) {
            result.tests.push(trouble(key, problem));
        }
    }
    told
}

fn by_file<'s>(plan: &Plan, shown: &'s [String], seen: &'s [Seen]) -> Vec<OfFile<'s>> {
    let mut all: Vec<OfFile<'s>> = Vec::new();
    for (at, (shown, seen)) in shown.iter().zip(seen).enumerate() {
        match all.iter_mut().find(|file| file.shown == shown) {
            Some(file) => file.runs.push((at, seen)),
            None => all.push(OfFile {
                path: plan.root.join(shown),
                shown,
                runs: vec![(at, seen)],
            }),
        }
    }
    all
}

/// What the runs compared, each once; two runs must not ask for different texts.
fn agreed<'s>(
    rules: SnapshotRules,
    file: &OfFile<'s>,
    troubles: &mut Vec<(usize, String, String)>,
) -> Vec<(usize, &'s Compared)> {
    let mut by_name: BTreeMap<String, (usize, &Compared)> = BTreeMap::new();
    for (at, own) in file
        .runs
        .iter()
        .flat_map(|(at, seen)| seen.compared.iter().map(move |own| (*at, own)))
    {
        let name = match &own.site {
            Some(site) if own.is_inline => format!("{}:{}:{}", site.file, site.line, site.column),
            _ => own.key.clone(),
        };
        let before = by_name.entry(name).or_insert((at, own));
        let is_other = (before.1.state, &before.1.text) != (own.state, &own.text);
        if is_other && passes(rules, before.1) && passes(rules, own) {
            let problem = if own.is_inline {
                "the same toMatchInlineSnapshot() gets different texts: use toMatchSnapshot(), which keeps one for \
                 each test"
            } else {
                "two runs of the same test give different texts: what is it that differs?"
            };
            troubles.push((at, own.key.clone(), problem.to_owned()));
        } else if passes(rules, before.1) {
            *before = (at, own);
        }
    }
    by_name.into_values().collect()
}

/// Whether the test goes on as if the text were what is kept.
fn passes(rules: SnapshotRules, own: &Compared) -> bool {
    match own.state {
        State::Same => true,
        State::New => rules.may_add,
        State::Different => rules.may_change,
    }
}

/// Brings the file of snapshots up to date.
fn stored(
    plan: &Plan,
    file: &OfFile<'_>,
    compared: &[(usize, &Compared)],
    told: &mut Told,
    troubles: &mut Vec<(usize, String, String)>,
) {
    let path = files::path_of(&file.path);
    let shown = relative(&plan.root, &path);
    let Ok(before) = files::read(&path, &shown) else {
        return; // The worker told so.
    };
    let mut store = before.clone();
    let (mut written, mut updated) = (0, 0);
    for (_, own) in compared.iter().filter(|(_, own)| !own.is_inline) {
        match own.state {
            State::New if plan.rules.may_add => written += 1,
            State::Different if plan.rules.may_change => updated += 1,
            _ => continue,
        }
        store.put(&own.key, &own.text);
    }
    let stale = stale_keys(file, &before);
    if plan.rules.may_change {
        told.removed += stale.len();
        store.0.retain(|key, _| !stale.contains(key));
    } else {
        told.stale
            .extend(stale.iter().map(|key| format!("{shown}: {key}")));
    }
    if store == before {
        return;
    }
    match files::write_store(&path, &store) {
        Ok(()) => {
            told.written += written;
            told.updated += updated;
        }
        Err(problem) => troubles.push((file.runs[0].0, shown, problem)),
    }
}

/// Keys that no test asked for, of runs that would have.
fn stale_keys(file: &OfFile<'_>, store: &Store) -> BTreeSet<String> {
    let asked = asked(file);
    let whole = whole_suffixes(file);
    let keys = store.0.keys();
    keys.filter(|key| !asked.contains(key.as_str()) && whole.contains(suffix_of(key)))
        .cloned()
        .collect()
}

fn asked<'s>(file: &OfFile<'s>) -> BTreeSet<&'s str> {
    let compared = file.runs.iter().flat_map(|(_, seen)| &seen.compared);
    compared.map(|own| own.key.as_str()).collect()
}

/// The ends of keys for which every run came to its end.
fn whole_suffixes(file: &OfFile<'_>) -> BTreeSet<String> {
    let of = |is_whole: bool| {
        let runs = file
            .runs
            .iter()
            .filter(move |(_, seen)| seen.is_whole == is_whole);
        runs.map(|(_, seen)| suffix(seen.words.iter()))
    };
    let cut: BTreeSet<String> = of(false).collect();
    of(true).filter(|suffix| !cut.contains(suffix)).collect()
}

/// Puts by what differs, and takes away what does not any more.
fn waiting(
    plan: &Plan,
    file: &OfFile<'_>,
    compared: &[(usize, &Compared)],
    told: &mut Told,
    troubles: &mut Vec<(usize, String, String)>,
) {
    let path = files::pending_of(&file.path);
    let folder = file.path.parent().unwrap_or(&plan.root);
    // What cannot be read is written anew: it is nothing but the outcome of a run.
    let before = files::read(&path, "").unwrap_or_default();
    let mut store = before.clone();
    let (asked, whole) = (asked(file), whole_suffixes(file));
    let is_open = |key: &str| !asked.contains(key) && !whole.contains(suffix_of(key));
    store.0.retain(|key, _| is_open(key));
    for (_, own) in compared {
        if own.state == State::Different && !plan.rules.may_change {
            told.pending += usize::from(plan.keeps_pending);
            let place = own.site.as_ref().map(|site| {
                let file = relative(folder, &plan.root.join(&site.file));
                (file, site.line, site.column)
            });
            let pending = Pending {
                text: own.text.clone(),
                place,
                inline: own.is_inline.then(|| own.before.clone()).flatten(),
            };
            store.0.insert(own.key.clone(), pending::kept(&pending));
        }
    }
    if store == before || !plan.keeps_pending {
        return;
    }
    if let Err(problem) = files::write_store(&path, &store) {
        troubles.push((file.runs[0].0, relative(&plan.root, &path), problem));
    }
}

/// The text that a call in the test code is to have.
fn edit_of(plan: &Plan, own: &Compared) -> Option<(PathBuf, Edit)> {
    let may = own.state != State::Same && passes(plan.rules, own);
    let site = own.site.as_ref().filter(|_| own.is_inline && may)?;
    let edit = Edit {
        line: site.line,
        column: site.column,
        before: own.before.clone(),
        text: own.text.clone(),
    };
    Some((plan.root.join(&site.file), edit))
}

#[expect(
    clippy::disallowed_methods,
    reason = "inline snapshots are part of test files"
)]
fn write_inline(
    path: &Path,
    mut edits: Vec<InlineEdit>,
    plan: &Plan,
    told: &mut Told,
    troubles: &mut Vec<(usize, String, String)>,
) {
    // Test files may share a module with such a call.
    edits.sort_by_key(|(edit, ..)| (edit.line, edit.column));
    edits.dedup_by(|one, other| one.0 == other.0);
    let shown = relative(&plan.root, path);
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => {
            troubles.extend(
                edits
                    .into_iter()
                    .map(|(_, at, key)| (at, key, format!("{shown}: {error}"))),
            );
            return;
        }
    };
    let wanted: Vec<Edit> = edits.iter().map(|(edit, ..)| edit.clone()).collect();
    let (new, mut wrong) = rewrite(&shown, &source, &wanted);
    if new != source
        && let Err(problem) = files::write(path, &new)
    {
        wrong = (0..edits.len()).map(|at| (at, problem.clone())).collect();
    }
    for (at, (edit, result, key)) in edits.into_iter().enumerate() {
        match wrong.iter().find(|(index, _)| *index == at) {
            Some((_, problem)) => {
                troubles.push((result, key, format!("{shown}:{}: {problem}", edit.line)));
            }
            None if edit.before.is_none() => told.written += 1,
            None => told.updated += 1,
        }
    }
}

/// Files of snapshots whose test file is gone.
#[expect(clippy::disallowed_methods, reason = "snapshots lie beside the tests")]
fn orphans(plan: &Plan, told: &mut Told) {
    let mut found = BTreeSet::new();
    for folder in &plan.folders {
        for ending in [files::ENDING, files::PENDING_ENDING] {
            found.extend(
                files::find(folder, ending)
                    .into_iter()
                    .map(|path| (path, ending)),
            );
        }
    }
    for (path, ending) in found {
        if files::test_file_of(&path, ending).is_none_or(|test| test.exists()) {
            continue;
        }
        if plan.rules.may_change && files::remove(&path).is_ok() {
            told.removed += 1;
        } else {
            told.stale.push(format!(
                "{}: its test file is gone",
                relative(&plan.root, &path)
            ));
        }
    }
}

/// Trouble with a snapshot, as a test of its own.
fn trouble(key: String, problem: String) -> TestResult {
    TestResult {
        titles: vec!["snapshots".to_owned(), key],
        outcome: Outcome::Failed,
        failures: vec![Failure::new(FailureKind::Snapshot, problem)],
        ..TestResult::default()
    }
}

impl Told {
    /// What is said at the end of a run; nothing when there is nothing to say.
    pub(super) fn text(&self) -> String {
        let counts = [
            (self.written, "written"),
            (self.updated, "updated"),
            (self.removed, "removed"),
            (
                self.pending,
                "to be reviewed (wxsim review, or --update to take them all)",
            ),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let mut lines = Vec::new();
        if !counts.is_empty() {
            lines.push(format!("snapshots: {}", counts.join(", ")));
        }
        if !self.refused.is_empty() {
            lines.push("error: snapshots that are not written:".to_owned());
            lines.extend(self.refused.iter().map(|refused| format!("  {refused}")));
        }
        if !self.stale.is_empty() {
            lines.push(
                "warning: snapshots that no test asks for (--update removes them):".to_owned(),
            );
            lines.extend(self.stale.iter().map(|stale| format!("  {stale}")));
        }
        lines.join("\n")
    }
}
