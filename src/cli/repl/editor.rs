//! The prompt at a terminal: completion, colours, lines that go on, a history of its own for each project.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, ExternalPrinter as _, Helper, Hinter};
use serde_json::Value as Json;

use super::dialog;
use super::input::{Entered, Input, PROMPT};
use crate::api::question::Question;
use crate::package::TypedLine;
use crate::repl::highlight::{Kind, pieces};
use crate::repl::typed::{Typed, read};
use crate::repl::{Facts, Words, complete, want};
use crate::worker;

/// Lines that are remembered.
const LINES_MAX: usize = 2_000;

/// How often somebody looks whether files have changed.
const TICK: Duration = Duration::from_millis(300);

/// How long Tab waits for what the phone has.
const PATIENCE: Duration = Duration::from_secs(5);

/// A terminal. Lines are edited by a thread of its own, so that what is typed stays while something else is done.
pub(super) struct Editor {
    /// Asks for a line.
    asks: Sender<()>,
    /// What comes of it.
    entered: Receiver<Entered>,
    /// What can be completed.
    facts: Sender<Facts>,
    /// Prints above the line that is being typed.
    printer: Option<Box<dyn FnMut(String)>>,
    words: Words,
    /// Whether it says when nothing happens.
    is_restless: bool,
    /// Whether a line is being typed.
    is_typed: bool,
    /// Whether what can be completed is waited for.
    is_wanted: bool,
    /// What is to be printed above that line.
    kept: String,
}

/// What the line editor asks while somebody types.
#[derive(Helper, Hinter)]
struct Prompt {
    wants: Sender<Entered>,
    facts: Receiver<Facts>,
    coloured: bool,
}

type Lines = rustyline::Editor<Prompt, FileHistory>;

impl Editor {
    /// The terminal, with the lines that were typed for that project before.
    pub(super) fn new(
        project: &Path,
        words: Words,
        coloured: bool,
        is_restless: bool,
    ) -> Result<Self, String> {
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .auto_add_history(true)
            .max_history_size(LINES_MAX)
            .and_then(|config| config.history_ignore_dups(true))
            .map_err(|error| error.to_string())?
            .build();
        let mut lines = Lines::with_config(config).map_err(|error| error.to_string())?;
        let (asks, asked) = channel();
        let (says, entered) = channel();
        let (facts, told) = channel();
        lines.set_helper(Some(Prompt {
            wants: says.clone(),
            facts: told,
            coloured,
        }));
        let file = history_file(project);
        if let Some(file) = &file {
            let _ = lines.load_history(file); // There is none the first time.
        }
        let printer = lines.create_external_printer().ok();
        let printer = printer.map(|mut printer| -> Box<dyn FnMut(String)> {
            Box::new(move |text| {
                let _ = printer.print(text); // A terminal that is gone reads nothing.
            })
        });
        #[expect(
            clippy::disallowed_methods,
            reason = "this process runs no program and makes no copies"
        )]
        std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || edit(lines, file.as_deref(), &asked, &says))
            .map_err(|error| error.to_string())?;
        Ok(Self {
            asks,
            entered,
            facts,
            printer,
            words,
            is_restless,
            is_typed: false,
            is_wanted: false,
            kept: String::new(),
        })
    }

    /// Prints what came up while a line is being typed.
    fn catch_up(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        if kept.is_empty() {
            return;
        }
        match &mut self.printer {
            Some(printer) => printer(kept),
            None => crate::cli::print(&kept),
        }
    }
}

/// Reads a line whenever one is asked for.
fn edit(mut lines: Lines, file: Option<&Path>, asked: &Receiver<()>, says: &Sender<Entered>) {
    while asked.recv().is_ok() {
        let entered = match lines.readline(PROMPT) {
            Ok(line) => {
                if let Some(file) = file {
                    let _ = lines.save_history(file); // A session without a memory is one too.
                }
                Entered::Line(line)
            }
            Err(ReadlineError::Interrupted) => {
                worker::interrupt();
                Entered::Nothing
            }
            Err(_) => Entered::End,
        };
        if says.send(entered).is_err() {
            return;
        }
    }
}

impl Input for Editor {
    fn line(&mut self, _: bool) -> Entered {
        if std::mem::take(&mut self.is_wanted) {
            let _ = self.facts.send(Facts::default()); // Who could tell is gone.
        }
        if self.is_typed {
            self.catch_up();
        } else if self.asks.send(()).is_err() {
            return Entered::End;
        }
        self.is_typed = true;
        let entered = if self.is_restless {
            self.entered.recv_timeout(TICK)
        } else {
            self.entered
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected)
        };
        match entered {
            Ok(Entered::Wants(want)) => {
                self.is_wanted = true;
                Entered::Wants(want)
            }
            Ok(entered) => {
                self.is_typed = false;
                entered
            }
            Err(RecvTimeoutError::Timeout) => Entered::Idle,
            Err(RecvTimeoutError::Disconnected) => Entered::End,
        }
    }

    fn tell(&mut self, facts: Facts) {
        if std::mem::take(&mut self.is_wanted) {
            let _ = self.facts.send(facts); // Nobody waits any more.
        }
    }

    fn say(&mut self, text: &str) {
        if self.is_typed {
            self.kept.push_str(text);
        } else {
            crate::cli::print(text);
        }
    }

    fn flush(&mut self) {
        self.catch_up();
    }

    fn complain(&mut self, text: &str) {
        self.say(&format!("{text}\n"));
    }

    fn answer(&mut self, question: &Question) -> Option<Json> {
        // The keys belong to the line that is being typed.
        if self.is_typed {
            return None;
        }
        dialog::answer(question, self.words)
    }
}

impl Completer for Prompt {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        // Who reads the lines asks the phone meanwhile.
        let facts = want(line, at).and_then(|want| {
            while self.facts.try_recv().is_ok() {} // What came too late before.
            self.wants.send(Entered::Wants(want)).ok()?;
            self.facts.recv_timeout(PATIENCE).ok()
        });
        let (start, found) = complete(line, at, &facts.unwrap_or_default());
        let pairs = found.into_iter().map(|own| Pair {
            display: own.shown,
            replacement: own.text,
        });
        Ok((start, pairs.collect()))
    }
}

impl Highlighter for Prompt {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.coloured {
            return Cow::Borrowed(line);
        }
        let coloured = pieces(line).map(|(kind, text)| {
            let style = Style::new();
            let style = match kind {
                Kind::Plain => return text.to_owned(),
                Kind::Command => style.fg_color(Some(AnsiColor::Cyan.into())).bold(),
                Kind::Keyword => style.fg_color(Some(AnsiColor::Magenta.into())),
                Kind::Text => style.fg_color(Some(AnsiColor::Green.into())),
                Kind::Number => style.fg_color(Some(AnsiColor::Yellow.into())),
                Kind::Remark => style.dimmed(),
            };
            format!("{style}{text}{style:#}")
        });
        Cow::Owned(coloured.collect())
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.coloured
    }
}

impl Validator for Prompt {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(match read(context.input()) {
            Typed::Code(TypedLine::Open) => ValidationResult::Incomplete,
            _ => ValidationResult::Valid(None),
        })
    }
}

/// Where the lines that were typed for a project are kept.
#[expect(
    clippy::disallowed_methods,
    reason = "what was typed before changes no run"
)]
fn history_file(project: &Path) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|own| !own.is_empty());
    let folder = set("XDG_STATE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(set("HOME")?).join(".local/state")))?
        .join("wxsim/repl");
    std::fs::create_dir_all(&folder).ok()?;
    let path = project.to_string_lossy();
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = path.chars().map(plain).collect();
    let start = name.char_indices().rev().nth(79).map_or(0, |(at, _)| at);
    Some(folder.join(format!("{}.txt", &name[start..])))
}
