//! What `wxsim run` prints: trace lines or JSON, mistakes of the project, the summary.

use std::io::{IsTerminal as _, Write as _};

use super::job::{Message, Request};
use crate::cli::EXIT_USAGE;
use crate::cli::load::Trouble;
use crate::cli::own_line::OwnLine;
use crate::diagnostic::Diagnostic;
use crate::report::{Paint, Summary, line};
use crate::runtime::trace::{Entry, Event};

/// Mistakes of a project that are shown in full.
const DIAGNOSTICS_SHOWN: usize = 20;

/// Prints what comes.
pub(super) struct Output {
    /// Line by line, also into a pipe: a reader sees how far the program came.
    out: anstream::AutoStream<std::io::Stdout>,
    json: bool,
    paint: Paint,
    /// The second of two runs is only compared with the first.
    silent: bool,
    pub(super) summary: Summary,
    /// What was printed, kept where two runs are compared.
    lines: Option<Vec<String>>,
    pub(super) unusable: bool,
    /// The world that the run left, as text.
    pub(super) world: Option<String>,
    /// Mistakes of the project so far.
    diagnostics: usize,
    /// Virtual time of the latest entry.
    t: i64,
    entries: u64,
    /// Flags that a later release, or other settings, would need to run the same.
    replay_flags: Vec<(&'static str, String)>,
}

impl Output {
    pub(super) fn new(json: bool, request: &Request) -> Self {
        let day = request.config.profile.compat_date;
        let replay_flags = if request.config.world.is_some() {
            Vec::new() // The saved world has both.
        } else {
            vec![
                ("--seed", request.config.seed.to_string()),
                ("--compat-date", day.to_string()),
            ]
        };
        let mut output = Self {
            replay_flags,
            ..Self::quiet(json)
        };
        output.summary.fail_for_rules(request.watched.fails);
        output
    }

    /// Says what is wrong with the settings or the flags.
    pub(super) fn refuse(json: bool, problems: &[Diagnostic]) -> u8 {
        let mut output = Self::quiet(json);
        output.unusable = true;
        for problem in problems {
            output.diagnostic(problem);
        }
        EXIT_USAGE
    }

    /// One for no run in particular.
    fn quiet(json: bool) -> Self {
        let coloured = !json && colours_wanted();
        let paint = if coloured {
            Paint::Coloured
        } else {
            Paint::Plain
        };
        Self {
            out: anstream::AutoStream::auto(std::io::stdout()),
            json,
            paint,
            silent: false,
            summary: Summary::default(),
            lines: None,
            unusable: false,
            world: None,
            diagnostics: 0,
            t: 0,
            entries: 0,
            replay_flags: Vec::new(),
        }
    }

    /// One that prints nothing and keeps its lines, to be compared with this one.
    pub(super) fn silent_copy(&self) -> Self {
        Self {
            paint: self.paint,
            silent: true,
            lines: Some(Vec::new()),
            ..Self::quiet(self.json)
        }
    }

    /// Keeps what is printed from now on.
    pub(super) fn keep_lines(&mut self) {
        self.lines = Some(Vec::new());
    }

    /// What was printed since [`Output::keep_lines`].
    pub(super) fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }

    pub(super) fn message(&mut self, text: &str) {
        match serde_json::from_str(text) {
            Ok(Message::Trace(entry)) => self.entry(&entry),
            Ok(Message::Said(Trouble::Project(diagnostic))) => self.diagnostic(&diagnostic),
            Ok(Message::Said(Trouble::Unusable(diagnostic))) => {
                self.rest_of_diagnostics();
                self.unusable = true;
                self.diagnostic(&diagnostic);
            }
            Ok(Message::World(text)) => self.world = Some(text),
            Err(error) => unreachable!("the worker speaks this program's own language: {error}"),
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.t = entry.t;
        self.entries = entry.n;
        self.summary.add(entry);
        if self.json {
            let text = serde_json::to_string(entry).unwrap_or_default();
            self.print(text);
        } else if matches!(entry.event, Event::Start { .. }) {
            self.rest_of_diagnostics();
            self.print(self.summary.header().to_owned());
        } else if let Some(text) = line(entry, self.paint) {
            self.print(text);
        }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        if self.json {
            let mut json = serde_json::to_value(diagnostic).unwrap_or_default();
            if let Some(members) = json.as_object_mut() {
                members.insert("type".to_owned(), "diagnostic".into());
            }
            self.print(json.to_string());
            return;
        }
        self.diagnostics += 1;
        let _ = self.out.flush();
        let shown = self.diagnostics <= DIAGNOSTICS_SHOWN || self.unusable;
        if shown && !self.silent {
            let coloured = std::io::stderr().is_terminal();
            anstream::eprintln!("{}\n", diagnostic.render(coloured));
        }
    }

    /// Says how many mistakes of the project were not shown, once the program starts.
    fn rest_of_diagnostics(&mut self) {
        let more = std::mem::take(&mut self.diagnostics).saturating_sub(DIAGNOSTICS_SHOWN);
        if more > 0 && !self.silent {
            anstream::eprintln!("… and {more} more; --json lists them all\n");
        }
    }

    /// `note` is what the worker was about to read; nothing once the program runs.
    pub(super) fn died(&mut self, reason: &str, note: Option<String>) {
        if let Some(note) = note.filter(|note| !note.is_empty()) {
            self.unusable = true;
            let problem = Diagnostic::error(format!("the project cannot run: {note}, {reason}"));
            return self.diagnostic(&problem);
        }
        let (reason, place) = (reason.to_owned(), self.summary.place());
        let event = Event::Died { reason, place };
        let entry = Entry {
            n: self.entries + 1,
            t: self.t,
            task: 0,
            event,
        };
        self.entry(&entry);
    }

    fn print(&mut self, text: String) {
        if !self.silent {
            // A reader that went away (`| head`) ends the printing, not the run.
            let _ = writeln!(self.out, "{text}");
        }
        if let Some(lines) = &mut self.lines {
            lines.push(text);
        }
    }

    pub(super) fn finish(&mut self) {
        if !(self.json || self.unusable || self.silent) {
            let summary = self.summary.render(self.paint);
            let _ = write!(self.out, "\n{summary}");
            if self.summary.has_failures() {
                let flags = self.replay_flags.iter();
                let line = flags.fold(OwnLine::typed(), |line, (flag, value)| {
                    line.with(flag, value)
                });
                let _ = writeln!(self.out, "{:<14} {}", "replay", line.text());
            }
        }
        let _ = self.out.flush();
    }
}

/// Colour only on a terminal, and not when `NO_COLOR` is set.
fn colours_wanted() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// The first line in which two outputs differ.
pub(in crate::cli) fn difference(one: &[String], other: &[String]) -> Option<String> {
    if one == other {
        return None;
    }
    let at = one.iter().zip(other).position(|(one, other)| one != other);
    let at = at.unwrap_or(one.len().min(other.len()));
    let line = |lines: &[String]| lines.get(at).map_or("(nothing)", String::as_str).to_owned();
    Some(format!(
        "the two runs differ in line {}:\n  {}\n  {}",
        at + 1,
        line(one),
        line(other)
    ))
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_line_that_differs_is_shown_from_both_runs() {
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let told = |one, other| difference(&lines(one), &lines(other));
        assert_eq!(told("a\nb", "a\nb"), None);
        let changed = told("a\nb", "a\nc").expect("a difference");
        assert_eq!(changed, "the two runs differ in line 2:\n  b\n  c");
        let longer = told("a", "a\nb").expect("a difference");
        assert_eq!(longer, "the two runs differ in line 2:\n  (nothing)\n  b");
    }
}
