//! The supervisor's side of a session: reads lines, keeps the history, prints what the phone shows.

use std::path::{Component, Path, PathBuf};

use serde_json::Value as Json;

use super::input::{Entered, Input};
use super::job::{Asked, Message, Request};
use crate::api::question::Question;
use crate::cli::load::Trouble;
use crate::cli::network::Exchange;
use crate::cli::{EXIT_FAILED, EXIT_OK, EXIT_USAGE, job_text, person};
use crate::diagnostic::Diagnostic;
use crate::package::TypedLine;
use crate::repl::command::{self, Role};
use crate::repl::typed::{Typed, read, unknown};
use crate::repl::{Given, History};
use crate::worker::{self, Death, Ending, Event, Limits};

/// Processes that may end without having come as far as a line, one after the other.
const STARTS_MAX: u32 = 3;

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Desk<'a> {
    pub(super) request: &'a Request,
    pub(super) input: &'a mut dyn Input,
    pub(super) exchange: &'a mut Exchange,
    pub(super) watch: Option<super::Sources>,
    history: History,
    /// How far back the phone has to go before it goes on.
    back_to: Option<usize>,
    /// The line that is done again.
    again: Option<usize>,
    /// Questions of that line so far.
    questions: usize,
    /// Whether a line of the history is being done for the first time.
    is_new: bool,
    /// Whether the page is shown next.
    shows_page: bool,
    /// Whether a copy only looks what can be completed.
    looks: bool,
    /// A line that waits for the project to be read anew.
    typed: Option<String>,
    /// Where the recorded session goes.
    record: Option<PathBuf>,
    is_over: bool,
    is_unusable: bool,
    /// Whether a rule does not hold that counts.
    has_failed: bool,
    has_started: bool,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        request: &'a Request,
        input: &'a mut dyn Input,
        exchange: &'a mut Exchange,
        watch: Option<super::Sources>,
    ) -> Self {
        Self {
            request,
            input,
            exchange,
            watch,
            history: History::default(),
            back_to: None,
            again: None,
            questions: 0,
            is_new: false,
            shows_page: false,
            looks: false,
            typed: None,
            record: None,
            is_over: false,
            is_unusable: false,
            has_failed: false,
            has_started: false,
        }
    }

    /// The whole session; the exit code.
    pub(super) fn run(mut self, limits: &Limits) -> Result<u8, Diagnostic> {
        let mut starts = 0;
        while !self.is_over && !self.is_unusable {
            self.has_started = false;
            let text = job_text(super::JOB, self.request);
            let ending = worker::watch(&text, limits, &mut |event| self.event(event));
            let ending = ending.map_err(|error| {
                Diagnostic::error(format!("the worker process does not run: {error}"))
            })?;
            starts = if self.has_started { 0 } else { starts + 1 };
            if let Ending::Died {
                death, last_note, ..
            } = ending
                && !self.has_started
            {
                let note = last_note.filter(|note| !note.is_empty());
                let note = note.unwrap_or_else(|| "while the program started".to_owned());
                return Err(Diagnostic::error(format!(
                    "the program does not start: {note}, {}",
                    death.text()
                )));
            }
            if starts >= STARTS_MAX {
                return Err(Diagnostic::error(
                    "the worker process ends before it begins",
                ));
            }
        }
        Ok(match (self.is_unusable, self.has_failed) {
            (true, _) => EXIT_USAGE,
            (false, true) => EXIT_FAILED,
            (false, false) => EXIT_OK,
        })
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Line { text, .. } => {
                if let Ok(message) = serde_json::from_str(text) {
                    self.message(message);
                }
            }
            Event::Ask {
                question, answer, ..
            } => *answer = self.asked(question),
            Event::Died { death, .. } => self.died(death),
        }
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::Said(Trouble::Project(problem)) => self.complain(&problem),
            Message::Said(Trouble::Unusable(problem)) => {
                self.complain(&problem);
                // A project that was in order once keeps the phone that it has.
                self.is_unusable |= !self.has_started;
            }
            Message::Failed => self.has_failed = true,
            Message::Shown(_) if self.is_quiet() => {}
            Message::Shown(text) => self.say(&text),
            Message::Refused(why) => {
                if std::mem::take(&mut self.is_new) {
                    self.history.forget_last();
                }
                self.say(&why);
            }
            Message::Recorded(text) => self.write(&text),
            Message::Facts(mut facts) => {
                facts.moments = self.history.moments();
                self.input.tell(facts);
            }
        }
    }

    /// Whether the phone only catches up.
    fn is_quiet(&self) -> bool {
        self.again.is_some() || !self.has_started && !self.history.is_empty()
    }

    fn complain(&mut self, problem: &Diagnostic) {
        let text = format!("{}\n", self.rendered(problem));
        self.input.complain(&text);
    }

    fn say(&mut self, text: &str) {
        if !text.is_empty() {
            self.input.say(&format!("{text}\n"));
        }
    }

    fn rendered(&self, problem: &Diagnostic) -> String {
        problem.render(self.request.coloured)
    }

    fn died(&mut self, death: &Death) {
        if !self.has_started || self.looks {
            return;
        }
        let words = self.request.words;
        if std::mem::take(&mut self.is_new) {
            self.history.forget_last();
        } else if let Some(again) = self.again.take() {
            let count = self.history.len() - again;
            self.history.undo(count);
        }
        let is_interrupt = matches!(death, Death::Signal { name, .. } if name == "SIGINT");
        self.say(&if is_interrupt {
            words.interrupted()
        } else {
            words.ended(&death.text())
        });
    }

    fn asked(&mut self, asked: &str) -> String {
        if let Some(question) = person::question(asked) {
            let known = self
                .again
                .map(|line| self.history.answer(line, self.questions).cloned());
            self.questions += 1;
            let answer = known.unwrap_or_else(|| self.person(&question));
            worker::forget_interrupt();
            return answer.map(|answer| answer.to_string()).unwrap_or_default();
        }
        let Ok(Asked { at }) = serde_json::from_str(asked) else {
            return self.exchange.answer(asked);
        };
        self.has_started = true;
        self.is_new = false;
        self.looks = false;
        self.questions = 0;
        let given = self.next(at);
        worker::forget_interrupt();
        serde_json::to_string(&given).unwrap_or_default()
    }

    fn person(&mut self, question: &Question) -> Option<Json> {
        let answer = self.input.answer(question);
        if self.is_new {
            self.history.note_answer(answer.clone());
        }
        answer
    }

    fn next(&mut self, at: usize) -> Given {
        if self.is_over {
            return Given::End;
        }
        if let Some(target) = self.back_to {
            if at > target {
                return Given::Leave;
            }
            self.back_to = None;
        }
        if let Some(given) = self.history.catch_up(at) {
            self.again = Some(at);
            return given;
        }
        self.again = None;
        if std::mem::take(&mut self.shows_page) {
            return shows(".page");
        }
        if let Some(text) = self.typed.take()
            && let Some(given) = self.given(&text, at)
        {
            return given;
        }
        loop {
            if let Some(given) = self.read(at) {
                return given;
            }
        }
    }

    fn add(&mut self, text: &str) -> Given {
        self.is_new = true;
        self.history.add(text)
    }

    /// What a line leads to; `None` when it is all done here.
    fn read(&mut self, at: usize) -> Option<Given> {
        let mut text = String::new();
        loop {
            match self.input.line(!text.is_empty()) {
                Entered::Line(line) => text.push_str(&line),
                Entered::Nothing => return None,
                Entered::Wants(want) => {
                    self.looks = true;
                    return Some(Given::Facts(want));
                }
                Entered::Idle => return self.reloads().then(|| self.add(".reload")),
                Entered::End if text.is_empty() => {
                    self.is_over = true;
                    return Some(Given::End);
                }
                Entered::End => break,
            }
            if !matches!(read(&text), Typed::Code(TypedLine::Open)) {
                break;
            }
            text.push('\n');
        }
        // The line is for the program as its files are by now.
        if self.reloads() {
            self.typed = Some(text);
            return Some(self.add(".reload"));
        }
        self.given(&text, at)
    }

    /// Whether a file was written since somebody looked last; it is told.
    fn reloads(&mut self) -> bool {
        let files = self.watch.as_mut().map(super::Sources::changed);
        let files = files.unwrap_or_default();
        if !files.is_empty() {
            self.say(&self.request.words.changed(&files));
            self.input.flush();
        }
        !files.is_empty()
    }

    /// What a whole line leads to; `None` when it is all done here.
    fn given(&mut self, text: &str, at: usize) -> Option<Given> {
        match read(text) {
            Typed::Nothing => None,
            Typed::Unknown(name) => {
                self.say(&self.rendered(&unknown(&name, self.request.words)));
                None
            }
            Typed::Code(TypedLine::Open) => {
                let problem = Diagnostic::error(self.request.words.ends_within());
                self.say(&self.rendered(&problem));
                None
            }
            Typed::Code(TypedLine::Wrong(problem)) => {
                self.say(&self.rendered(&problem));
                None
            }
            Typed::Code(_) => Some(self.add(text)),
            Typed::Command(command, rest) => match command.role_with(&rest) {
                Role::Does => Some(self.add(text.trim())),
                Role::Shows => Some(shows(text.trim())),
                Role::Session => self.session(command.name, &rest, at),
            },
        }
    }

    /// A command about the session itself.
    fn session(&mut self, name: &str, rest: &str, at: usize) -> Option<Given> {
        let words = self.request.words;
        match name {
            "help" => {
                let rest = rest.trim_start_matches('.');
                match command::find(rest) {
                    None if !rest.is_empty() => self.say(&self.rendered(&unknown(rest, words))),
                    found => self.say(words.help(found).trim_end()),
                }
                None
            }
            "exit" => {
                self.is_over = true;
                Some(Given::End)
            }
            "undo" => {
                let count = if rest.is_empty() { Ok(1) } else { rest.parse() };
                let taken = self.history.undo(count.unwrap_or(0));
                if taken.is_empty() {
                    self.say(&words.nothing_to_undo());
                    return None;
                }
                self.say(&words.taken_back(&taken));
                self.shows_page = true;
                self.back_to = Some(self.history.len());
                Some(self.next(at))
            }
            "save" if !rest.is_empty() => {
                self.history.save(rest);
                self.say(&words.saved(rest));
                None
            }
            "restore" if !rest.is_empty() => {
                let Some(common) = self.history.restore(rest) else {
                    self.say(&words.not_saved(rest, &self.history.moments()));
                    return None;
                };
                self.shows_page = true;
                self.back_to = Some(common);
                Some(self.next(at))
            }
            "record" if !rest.is_empty() => Some(self.recorded(rest)),
            other => {
                self.say(&words.help(command::find(other)));
                None
            }
        }
    }

    fn recorded(&mut self, file: &str) -> Given {
        let path = PathBuf::from(file);
        let whole = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
        let folder = whole.parent().unwrap_or(Path::new("/"));
        let app = relative(folder, &self.request.project);
        let named = self.request.beside.iter();
        let named = named.filter(|other| other.app_id.is_none());
        let with = named.map(|other| relative(folder, &other.folder)).collect();
        let stem = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let name = stem.split('.').next().unwrap_or_default().to_owned();
        let is_flow = path.extension().is_some_and(|own| own == "yaml");
        self.record = Some(path);
        Given::Record {
            app,
            with,
            name,
            is_flow,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the user names the file")]
    fn write(&mut self, text: &str) {
        let Some(path) = self.record.take() else {
            return;
        };
        let shown = path.display().to_string();
        let folder = path.parent().filter(|own| !own.as_os_str().is_empty());
        let made = folder.map_or(Ok(()), std::fs::create_dir_all);
        match made.and_then(|()| std::fs::write(&path, text)) {
            Ok(()) => self.say(&self.request.words.written(&shown)),
            Err(error) => {
                let problem = Diagnostic::error(format!("{shown}: {error}"));
                self.say(&self.rendered(&problem));
            }
        }
    }
}

fn shows(text: &str) -> Given {
    Given::Line {
        text: text.to_owned(),
        shows: true,
        keeps: false,
    }
}

/// The way from one folder to another, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let named = path
            .components()
            .filter(|own| !matches!(own, Component::CurDir));
        named
            .map(|own| own.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(from), parts(to));
    let common = from
        .iter()
        .zip(&to)
        .take_while(|(own, other)| own == other)
        .count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - common);
    let way: Vec<String> = up.chain(to.into_iter().skip(common)).collect();
    if way.is_empty() {
        ".".to_owned()
    } else {
        way.join("/")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn the_way_from_a_test_to_its_program() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/app/tests", "/a/app"), "..");
        assert_eq!(way("/a/x", "/a/app/shop"), "../app/shop");
        assert_eq!(way("/a", "/a"), ".");
    }
}
