//! `wxsim review`: texts that differ from their snapshots, one after the other.

mod diff;

use std::collections::BTreeMap;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use serde_json::json;

use super::snapshot_files as files;
use super::test::pending::{self, Pending};
use super::{EXIT_FAILED, EXIT_OK, paint, print, usage};
use crate::diagnostic::Diagnostic;
use crate::report::Paint;
use crate::scenario::{Edit, Store, rewrite};

/// Look through snapshots that differ, and accept or reject each.
///
/// `wxsim test` puts by what differs as __snapshots__/*.snap.new.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Arguments {
    /// A folder, or a test file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Accept all of them
    #[arg(long, group = "way")]
    accept: bool,
    /// Reject all of them
    #[arg(long, group = "way")]
    reject: bool,
    /// Only list them
    #[arg(long, group = "way")]
    list: bool,
    /// List them as JSON, one object a line: name, file, line, column, isInline, before, after
    #[arg(long, requires = "list")]
    json: bool,
}

const EXAMPLES: &str = "\
Keys: a accept, r reject, s skip, A accept all, R reject all, q end.
When the input is no terminal, each is decided by a line: accept, reject, skip, accept all, reject all.

Exit codes: 0 all of it was done, 1 a snapshot could not be written, 2 wrong usage or a file that cannot be read.";

/// A text to decide about.
struct Item {
    key: String,
    pending: Pending,
    /// What is kept.
    before: Option<String>,
    /// The test file.
    test: PathBuf,
}

/// What becomes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    Accept,
    Reject,
    Skip,
}

/// What somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    This(Decision),
    All(Decision),
}

pub(super) fn main(arguments: &Arguments) -> u8 {
    let items = match items(&arguments.path) {
        Ok(items) => items,
        Err(problem) => return usage(&problem),
    };
    if arguments.list {
        print(
            &items
                .iter()
                .map(|item| listed(item, arguments.json))
                .collect::<String>(),
        );
        return EXIT_OK;
    }
    if items.is_empty() {
        print("no snapshot waits for a review\n");
        return EXIT_OK;
    }
    let all = match (arguments.accept, arguments.reject) {
        (true, _) => Some(Decision::Accept),
        (_, true) => Some(Decision::Reject),
        _ => None,
    };
    let decisions = match all {
        Some(decision) => vec![decision; items.len()],
        None => decide(&items),
    };
    carry_out(&items, &decisions)
}

/// What waits, in the order of the files and names.
#[expect(clippy::disallowed_methods, reason = "the user names the path")]
fn items(path: &Path) -> Result<Vec<Item>, Diagnostic> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let found = if whole.is_dir() {
        files::find(&whole, files::PENDING_ENDING)
    } else if whole.is_file() {
        vec![files::pending_of(&whole)]
    } else {
        let problem = format!("{}: there is no such file or folder", path.display());
        return Err(Diagnostic::error(problem).help("give a folder or a test file"));
    };
    let mut items = Vec::new();
    for path in found {
        let Some(test) = files::test_file_of(&path, files::PENDING_ENDING) else {
            continue;
        };
        let waiting = files::read(&path, &shown(&path))?;
        let kept = files::path_of(&test);
        let kept = files::read(&kept, &shown(&kept))?;
        for (key, entry) in waiting.0 {
            let pending = pending::read(&entry);
            let before = kept.text(&key).map(str::to_owned);
            items.push(Item {
                before: pending.inline.clone().or(before),
                key,
                pending,
                test: test.clone(),
            });
        }
    }
    Ok(items)
}

#[expect(
    clippy::disallowed_methods,
    reason = "paths are shown from where the user is"
)]
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let shown = path.strip_prefix(&here).unwrap_or(path);
    shown.to_string_lossy().replace('\\', "/")
}

impl Item {
    /// The file in which the matcher is called.
    fn source(&self) -> Option<(PathBuf, u32, u32)> {
        let (file, line, column) = self.pending.place.as_ref()?;
        let mut path = self.test.parent()?.to_path_buf();
        for part in file.split('/') {
            match part {
                ".." => {
                    path.pop();
                }
                part => path.push(part),
            }
        }
        Some((path, *line, *column))
    }

    fn place(&self) -> String {
        match self.source() {
            Some((path, line, column)) => format!("{}:{line}:{column}", shown(&path)),
            None => shown(&self.test),
        }
    }
}

fn listed(item: &Item, is_json: bool) -> String {
    if !is_json {
        return format!("{}  {}\n", item.place(), item.key.replace('\n', " "));
    }
    let (path, line, column) = item.source().unwrap_or_else(|| (item.test.clone(), 0, 0));
    let line = json!({
        "name": item.key,
        "file": shown(&path),
        "line": line,
        "column": column,
        "isInline": item.pending.inline.is_some(),
        "before": item.before,
        "after": item.pending.text,
    });
    format!("{line}\n")
}

/// Asks about each.
fn decide(items: &[Item]) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let is_terminal = std::io::stdin().is_terminal();
    let mut lines = std::io::stdin().lock().lines();
    for (at, item) in items.iter().enumerate() {
        print(&format!(
            "{}/{}  {}\n     {}\n\n{}\n",
            at + 1,
            items.len(),
            item.key.replace('\n', " "),
            item.place(),
            told(item, paint())
        ));
        let said = if is_terminal { key() } else { line(&mut lines) };
        match said {
            Said::This(decision) => decisions.push(decision),
            Said::All(decision) => {
                decisions.resize(items.len(), decision);
                return decisions;
            }
        }
    }
    decisions
}

fn told(item: &Item, paint: Paint) -> String {
    diff::diff(
        item.before.as_deref().unwrap_or_default(),
        &item.pending.text,
        paint,
    )
}

/// One key of a terminal.
fn key() -> Said {
    print("a accept  r reject  s skip  A accept all  R reject all  q end: ");
    let said = loop {
        if enable_raw_mode().is_err() {
            break Said::All(Decision::Skip);
        }
        let event = read();
        let _ = disable_raw_mode();
        match event {
            Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                let is_end = key.modifiers.contains(KeyModifiers::CONTROL);
                if let Some(said) = of_key(key.code, is_end) {
                    break said;
                }
            }
            Ok(_) => {}
            Err(_) => break Said::All(Decision::Skip),
        }
    };
    let word = match said {
        Said::This(Decision::Accept) => "accepted",
        Said::This(Decision::Reject) => "rejected",
        Said::This(Decision::Skip) => "skipped",
        Said::All(Decision::Accept) => "accepted, and all that follow",
        Said::All(Decision::Reject) => "rejected, and all that follow",
        Said::All(Decision::Skip) => "end",
    };
    print(&format!("{word}\n\n"));
    said
}

/// What a key means; with Control, `c` and `d` end.
fn of_key(code: KeyCode, has_control: bool) -> Option<Said> {
    Some(match code {
        KeyCode::Char('c' | 'd') if has_control => Said::All(Decision::Skip),
        KeyCode::Char(_) if has_control => return None,
        KeyCode::Char('a') => Said::This(Decision::Accept),
        KeyCode::Char('r') => Said::This(Decision::Reject),
        KeyCode::Char('s') => Said::This(Decision::Skip),
        KeyCode::Char('A') => Said::All(Decision::Accept),
        KeyCode::Char('R') => Said::All(Decision::Reject),
        KeyCode::Char('q') | KeyCode::Esc => Said::All(Decision::Skip),
        _ => return None,
    })
}

/// One line of an input that is no terminal; its end skips all that is left.
fn line(lines: &mut std::io::Lines<std::io::StdinLock<'_>>) -> Said {
    loop {
        let Some(Ok(line)) = lines.next() else {
            return Said::All(Decision::Skip);
        };
        match of_line(line.trim()) {
            Some(said) => return said,
            None => print(&format!(
                "`{}` is no decision: accept, reject, skip, accept all, reject all\n",
                line.trim()
            )),
        }
    }
}

fn of_line(line: &str) -> Option<Said> {
    Some(match line {
        "accept" | "a" => Said::This(Decision::Accept),
        "reject" | "r" => Said::This(Decision::Reject),
        "skip" | "s" => Said::This(Decision::Skip),
        "accept all" | "A" => Said::All(Decision::Accept),
        "reject all" | "R" => Said::All(Decision::Reject),
        "quit" | "q" => Said::All(Decision::Skip),
        _ => return None,
    })
}

/// Writes what was accepted and takes away what was decided.
fn carry_out(items: &[Item], decisions: &[Decision]) -> u8 {
    let decided = || items.iter().zip(decisions.iter().copied());
    let mut problems: Vec<String> = Vec::new();
    let mut failed: Vec<(&Path, &str)> = Vec::new();
    let mut stored: BTreeMap<&Path, Vec<&Item>> = BTreeMap::new();
    let mut inline: BTreeMap<PathBuf, Vec<(&Item, Edit)>> = BTreeMap::new();
    for (item, _) in decided().filter(|(_, decision)| *decision == Decision::Accept) {
        match (item.source(), &item.pending.inline) {
            (Some((path, line, column)), Some(before)) => {
                let (before, text) = (Some(before.clone()), item.pending.text.clone());
                let edit = Edit {
                    line,
                    column,
                    before,
                    text,
                };
                inline.entry(path).or_default().push((item, edit));
            }
            _ => stored.entry(&item.test).or_default().push(item),
        }
    }
    for (test, items) in stored {
        if let Err(problem) = accept_stored(test, &items) {
            problems.push(problem);
            failed.extend(items.iter().map(|item| (test, item.key.as_str())));
        }
    }
    for (path, edits) in inline {
        for (item, problem) in accept_inline(&path, &edits) {
            problems.push(format!("{}: {problem}", item.place()));
            failed.push((item.test.as_path(), item.key.as_str()));
        }
    }
    let is_over = |(item, decision): &(&Item, Decision)| {
        *decision != Decision::Skip && !failed.contains(&(item.test.as_path(), item.key.as_str()))
    };
    let over: Vec<(&Item, Decision)> = decided().filter(is_over).collect();
    problems.extend(take_away(&over));
    let count = |wanted| over.iter().filter(|(_, own)| *own == wanted).count();
    print(&format!(
        "{} accepted, {} rejected, {} left\n",
        count(Decision::Accept),
        count(Decision::Reject),
        items.len() - over.len()
    ));
    for problem in &problems {
        usage(
            &Diagnostic::error(problem.as_str()).help("run `wxsim test` and `wxsim review` again"),
        );
    }
    if problems.is_empty() {
        EXIT_OK
    } else {
        EXIT_FAILED
    }
}

fn accept_stored(test: &Path, items: &[&Item]) -> Result<(), String> {
    let path = files::path_of(test);
    let mut store = files::read(&path, &shown(&path)).map_err(|problem| problem.to_string())?;
    for item in items {
        store.put(&item.key, &item.pending.text);
    }
    files::write_store(&path, &store)
}

/// Those that cannot be written, and why.
#[expect(
    clippy::disallowed_methods,
    reason = "inline snapshots are part of test files"
)]
fn accept_inline<'i>(path: &Path, edits: &[(&'i Item, Edit)]) -> Vec<(&'i Item, String)> {
    let all = |problem: String| {
        edits
            .iter()
            .map(|(item, _)| (*item, problem.clone()))
            .collect()
    };
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => return all(error.to_string()),
    };
    let wanted: Vec<Edit> = edits.iter().map(|(_, edit)| edit.clone()).collect();
    let (new, wrong) = rewrite(&path.to_string_lossy(), &source, &wanted);
    if new != source
        && let Err(problem) = files::write(path, &new)
    {
        return all(problem);
    }
    wrong
        .into_iter()
        .map(|(at, problem)| (edits[at].0, problem))
        .collect()
}

/// Takes what is over out of what waits.
fn take_away(over: &[(&Item, Decision)]) -> Vec<String> {
    let mut by_test: BTreeMap<&Path, Vec<&str>> = BTreeMap::new();
    for (item, _) in over {
        by_test.entry(&item.test).or_default().push(&item.key);
    }
    let mut problems = Vec::new();
    for (test, keys) in by_test {
        let path = files::pending_of(test);
        let mut store: Store = files::read(&path, "").unwrap_or_default();
        store.0.retain(|key, _| !keys.contains(&key.as_str()));
        problems.extend(files::write_store(&path, &store).err());
    }
    problems
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::{Decision, Said, of_key, of_line};

    #[test]
    fn keys_and_lines_decide() {
        for (key, line, said) in [
            ('a', "accept", Said::This(Decision::Accept)),
            ('r', "reject", Said::This(Decision::Reject)),
            ('s', "skip", Said::This(Decision::Skip)),
            ('A', "accept all", Said::All(Decision::Accept)),
            ('R', "reject all", Said::All(Decision::Reject)),
            ('q', "quit", Said::All(Decision::Skip)),
        ] {
            assert_eq!(of_key(KeyCode::Char(key), false), Some(said));
            assert_eq!(of_line(line), Some(said));
            assert_eq!(of_line(&key.to_string()), Some(said));
        }
        assert_eq!(
            of_key(KeyCode::Char('c'), true),
            Some(Said::All(Decision::Skip))
        );
        for (key, has_control) in [('a', true), ('x', false)] {
            assert_eq!(of_key(KeyCode::Char(key), has_control), None);
        }
        assert_eq!(of_line("yes"), None);
    }
}
