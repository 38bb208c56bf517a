//! The prompt at a terminal: completion, colours, lines that go on, a history of its own for each project.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Helper, Hinter};
use serde_json::Value as Json;

use super::dialog;
use super::input::{Entered, Input, PROMPT};
use crate::api::question::Question;
use crate::package::TypedLine;
use crate::repl::highlight::{Kind, pieces};
use crate::repl::typed::{Typed, read};
use crate::repl::{Facts, Words, complete};

/// Lines that are remembered.
const LINES_MAX: usize = 2_000;

/// A terminal.
pub(super) struct Editor {
    lines: rustyline::Editor<Prompt, FileHistory>,
    /// Where its lines are kept.
    file: Option<PathBuf>,
    words: Words,
}

/// What the line editor asks while somebody types.
#[derive(Helper, Hinter)]
struct Prompt {
    facts: Facts,
    coloured: bool,
}

impl Editor {
    /// The terminal, with the lines that were typed for that project before.
    pub(super) fn new(project: &Path, words: Words, coloured: bool) -> Result<Self, String> {
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .auto_add_history(true)
            .max_history_size(LINES_MAX)
            .and_then(|config| config.history_ignore_dups(true))
            .map_err(|error| error.to_string())?
            .build();
        let mut editor =
            rustyline::Editor::with_config(config).map_err(|error| error.to_string())?;
        editor.set_helper(Some(Prompt {
            facts: Facts::default(),
            coloured,
        }));
        let file = history_file(project);
        if let Some(file) = &file {
            let _ = editor.load_history(file); // There is none the first time.
        }
        Ok(Self {
            lines: editor,
            file,
            words,
        })
    }
}

impl Input for Editor {
    fn line(&mut self, facts: &Facts, _: bool) -> Entered {
        if let Some(prompt) = self.lines.helper_mut() {
            prompt.facts.clone_from(facts);
        }
        match self.lines.readline(PROMPT) {
            Ok(line) => {
                if let Some(file) = &self.file {
                    let _ = self.lines.save_history(file); // A session without a memory is one too.
                }
                Entered::Line(line)
            }
            Err(ReadlineError::Interrupted) => Entered::Nothing,
            Err(_) => Entered::End,
        }
    }

    fn answer(&mut self, question: &Question) -> Option<Json> {
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
        let (start, found) = complete(line, at, &self.facts);
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
