//! A phone in somebody's hand: does a line and says what there is to see.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::command::{Command, Role};
use super::complete::Facts;
use super::looks;
use super::record::Recorded;
use super::screen::{Screen, Target, happenings, screen, trace};
use super::typed::{Typed, read, unknown};
use super::words::Words;
use crate::diagnostic::{Diagnostic, Place};
use crate::package::{Project, TYPED, TypedLine};
use crate::report::{Paint, api::Member};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Sim, Step};
use crate::value::{Exception, Value};
use crate::world::World;
use crate::world::enter_options::EnterOptions;
use crate::world::permission::{DecideScope, ForgetPermissions, ScopeDecision};
use crate::world::scope::Scope;

/// Targets that are completed.
const TARGETS_MAX: usize = 40;

/// What came of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done; this is to be seen.
    Done(String),
    /// It cannot be done, and nothing has changed; why.
    Refused(String),
}

/// Everything that happened, as the program's listener writes it.
pub type Seen = Rc<RefCell<Vec<Entry>>>;

/// Makes the program anew in a world, from its files as they are now; `Err` says why it does not start.
pub type Loader = Box<dyn FnMut(World, Seen) -> Result<(Sim, Rc<Project>), String>>;

/// A phone and who holds it.
pub struct Session {
    sim: Sim,
    project: Rc<Project>,
    seen: Seen,
    words: Words,
    paint: Paint,
    shown: Screen,
    loader: Loader,
    /// How many entries there were before the line.
    before: usize,
}

impl Session {
    /// A phone on which the program does not run yet.
    pub fn new(
        sim: Sim,
        project: Rc<Project>,
        seen: Seen,
        (words, paint): (Words, Paint),
        loader: Loader,
    ) -> Self {
        Self {
            sim,
            project,
            seen,
            words,
            paint,
            shown: Screen::default(),
            loader,
            before: 0,
        }
    }

    /// Starts the program, and says what is to be seen.
    pub fn launch(&mut self, enter: EnterOptions) -> String {
        self.sim.launch(enter);
        self.told(true, None)
    }

    /// Whether a rule that weighs as an error was broken since the line began.
    pub fn has_found_error(&self) -> bool {
        let seen = self.seen.borrow();
        let new = seen.iter().skip(self.before);
        new.into_iter()
            .any(|entry| matches!(&entry.event, Event::Found(found) if found.counts(Weight::Error)))
    }

    /// Does a line.
    pub fn line(&mut self, text: &str) -> Outcome {
        self.before = self.seen.borrow().len();
        let done = match read(text) {
            Typed::Nothing => Ok(String::new()),
            Typed::Unknown(name) => Err(self.rendered(&unknown(&name, self.words))),
            Typed::Code(line) => self.code(text, line),
            Typed::Command(command, rest) => self.command(command, &rest),
        };
        match done {
            Ok(text) => Outcome::Done(text),
            Err(why) => Outcome::Refused(why),
        }
    }

    fn rendered(&self, problem: &Diagnostic) -> String {
        problem.render(self.paint == Paint::Coloured)
    }

    // ---- JavaScript

    fn code(&mut self, typed: &str, line: TypedLine) -> Result<String, String> {
        let is_expression = matches!(line, TypedLine::Expression(_));
        let (inner, is_plain) = match line {
            TypedLine::Open => return Err("the line is not complete".to_owned()),
            TypedLine::Wrong(problem) => return Err(self.rendered(&problem)),
            TypedLine::Expression(code) => {
                let is_plain = !["$page", "$data", "_", "await"]
                    .iter()
                    .any(|own| has(&code, own));
                (format!("return (\n{code}\n);\n"), is_plain)
            }
            TypedLine::Body(body) => (body, false),
        };
        let code = evaluated(&inner);
        let value = self.sim.ask_scripts(&code);
        if is_plain {
            self.note_plain(&code, typed.trim().trim_end_matches(';'));
        }
        match value {
            Ok(value) => Ok(self.told(false, Some(&value))),
            Err(pending) if is_pending(&pending) => {
                let waits = !self.sim.open_questions().is_empty();
                let told = self.told(false, None);
                Ok(joined(&[told, self.words.pending(waits)]))
            }
            Err(thrown) => {
                let thrown = self.thrown(&thrown, typed, is_expression);
                let told = self.told(false, None);
                Ok(joined(&[told, thrown]))
            }
        }
    }

    /// What was typed is the step, not what was made of it.
    fn note_plain(&self, code: &str, typed: &str) {
        let step = format!("evaluate {code}");
        let mut seen = self.seen.borrow_mut();
        let own = seen
            .iter_mut()
            .rev()
            .find_map(|entry| match &mut entry.event {
                Event::Step { step: own } if *own == step => Some(own),
                _ => None,
            });
        if let Some(own) = own {
            *own = format!("evaluate {typed}");
        }
    }

    /// An error that came out of a line, with the place in the program or in the line.
    fn thrown(&self, thrown: &Exception, typed: &str, is_expression: bool) -> String {
        let problem = Diagnostic::error(thrown.headline());
        let frame = thrown.stack.iter().find(|frame| frame.file != EVALUATED);
        let place = match frame {
            Some(frame) => {
                let place = Place::at(&frame.file, frame.line, frame.column.max(1), 1);
                Some(place.with_source(&self.sim.source_line(frame)))
            }
            None => typed_place(thrown, typed, is_expression),
        };
        self.rendered(&match place {
            Some(place) => problem.at(place),
            None => problem,
        })
    }

    // ---- commands

    fn command(&mut self, command: &Command, rest: &str) -> Result<String, String> {
        if command.role == Role::Shows {
            return self.look(command, rest);
        }
        let words = self.words;
        let needs = |rest: &str| {
            if rest.is_empty() {
                Err(words.form(command))
            } else {
                Ok(())
            }
        };
        match command.name {
            "tap" | "longpress" => {
                needs(rest)?;
                self.touch(command.name, rest)
            }
            "input" | "choose" => {
                needs(rest)?;
                self.fill(command.name, rest)
            }
            "tab" => self.step(&format!("tabItem {rest}")),
            "go" => {
                needs(rest)?;
                self.go(rest)
            }
            "answer" => {
                needs(rest)?;
                self.answer(rest)
            }
            "permissions" => self.permissions(rest),
            "session" if rest.is_empty() => Ok(looks::session(&self.sim)),
            "pay" if rest.is_empty() => Ok(looks::orders(&self.sim)),
            "pay" => self.answer(&format!("pay={rest}")),
            "device" if rest.is_empty() => Ok(looks::device(&self.sim)),
            "session" | "device" | "do" => self.step(rest),
            "network" if rest.is_empty() => {
                Ok(self.sim.read(|world| world.connection().name().to_owned()))
            }
            "user" if rest.is_empty() => Ok(looks::users(&self.sim)),
            "app" if rest.is_empty() => Ok(looks::programs(&self.sim)),
            "app" => self.step(&format!("program {rest}")),
            "reload" => self.reload(),
            name => self.step(format!("{name} {rest}").trim()),
        }
    }

    fn step(&mut self, text: &str) -> Result<String, String> {
        let step: Step = text.parse().map_err(|problem| format!("{problem}"))?;
        self.sim
            .step(&step)
            .map_err(|problem| problem.to_string())?;
        Ok(self.told(true, None))
    }

    /// A target by its number, by what it says, or as steps write it.
    fn touch(&mut self, verb: &str, target: &str) -> Result<String, String> {
        if let Ok(number) = target.parse::<usize>() {
            return match self.target(number)? {
                Target::Tab(at) => self.step(&format!("tabItem {at}")),
                Target::Element(element) => {
                    let done = self.sim.step_on(verb, element, &Json::Null);
                    done.map_err(|problem| problem.to_string())?;
                    Ok(self.told(true, None))
                }
            };
        }
        let as_written = format!("{verb} {target}");
        let first = self.try_step(&as_written);
        let Err(why) = first else {
            return first;
        };
        // A text needs no quotes.
        let quoted = format!("{verb} \"{target}\"");
        let is_plain = !target.contains(['"', '=', '#', '.', '[', '>']);
        if is_plain && let Ok(done) = self.try_step(&quoted) {
            return Ok(done);
        }
        Err(why)
    }

    /// A step that may find nothing; then it has not happened.
    fn try_step(&mut self, text: &str) -> Result<String, String> {
        let done = self.step(text);
        if done.is_err() {
            self.seen.borrow_mut().truncate(self.before);
        }
        done
    }

    fn target(&mut self, number: usize) -> Result<Target, String> {
        self.look_again();
        let at = number.checked_sub(1);
        let target = at.and_then(|at| self.shown.targets.get(at)).cloned();
        target.ok_or_else(|| self.words.no_target(&number.to_string()))
    }

    fn fill(&mut self, verb: &str, rest: &str) -> Result<String, String> {
        let numbered = rest
            .split_once(|c: char| c == '=' || c.is_whitespace())
            .and_then(|(number, rest)| Some((number.parse::<usize>().ok()?, rest)));
        let Some((number, value)) = numbered else {
            return self.try_step(&format!("{verb} {rest}"));
        };
        let value = value.trim_start();
        let value = value.strip_prefix('=').unwrap_or(value).trim();
        let Target::Element(element) = self.target(number)? else {
            return Err(self.words.no_target(&number.to_string()));
        };
        let detail = if verb == "input" {
            Json::String(value.to_owned())
        } else {
            serde_json::from_str(value).unwrap_or_else(|_| Json::String(value.to_owned()))
        };
        let done = self.sim.step_on(verb, element, &detail);
        done.map_err(|problem| problem.to_string())?;
        Ok(self.told(true, None))
    }

    fn go(&mut self, page: &str) -> Result<String, String> {
        let page = page.trim_start_matches('/');
        let route = page.split('?').next().unwrap_or_default();
        if !self.sim.read(|world| world.app().has_page(route)) {
            let known = self.sim.read(|world| world.app().pages.clone());
            let near = crate::near::near(route, known.iter().map(String::as_str));
            let problem = Diagnostic::error(format!("there is no page {route}"));
            return Err(self.rendered(&problem.help(near.join(", "))));
        }
        let is_tab = self.sim.read(|world| world.app().is_tab_page(route));
        let api = if is_tab { "switchTab" } else { "navigateTo" };
        let url = Json::String(format!("/{page}"));
        let code = format!("wx.{api}({{ url: {url} }})");
        self.step(&format!("evaluate {code}"))
    }

    fn answer(&mut self, rest: &str) -> Result<String, String> {
        let step: Step = format!("answer {rest}")
            .parse()
            .map_err(|problem| format!("{problem}"))?;
        let Step::Answer { key, answer } = &step else {
            return Err("write KEY=VALUE".to_owned());
        };
        if self.sim.open_questions().contains(key) {
            return self.step(&format!("answer {rest}"));
        }
        let answers = Map::from_iter([(key.clone(), answer.clone())]);
        self.sim.answer_with(&answers)?;
        Ok(self.words.kept_for_later(key))
    }

    fn permissions(&mut self, rest: &str) -> Result<String, String> {
        let (verb, scope) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let caller = self.sim.read(World::caller);
        match verb {
            "" => return Ok(looks::permissions(&self.sim)),
            "reset" => self
                .sim
                .backend()
                .change(|world| world.apply(ForgetPermissions(caller))),
            "grant" | "deny" => {
                let name = scope.trim();
                let name = name.strip_prefix("scope.").unwrap_or(name);
                let scope = Scope::parse(&format!("scope.{name}"))
                    .ok_or_else(|| format!("`{name}` is no scope; .permissions lists them"))?;
                let decision = match verb {
                    "grant" => ScopeDecision::Allow,
                    _ => ScopeDecision::Deny,
                };
                let change = DecideScope {
                    caller,
                    scope,
                    decision,
                };
                self.sim.backend().change(|world| world.apply(change));
            }
            _ => return Err("write .permissions, or grant SCOPE, deny SCOPE, reset".to_owned()),
        }
        Ok(looks::permissions(&self.sim))
    }

    /// The program anew, in the world that it left, at the page where it was.
    fn reload(&mut self) -> Result<String, String> {
        let world = World::restore(&self.sim.save_world()).map_err(|error| error.to_string())?;
        let page = self.sim.read(|world| {
            let page = world.current_page()?;
            Some(looks::address(&page.route, &page.query))
        });
        let (sim, project) = (self.loader)(world, Rc::clone(&self.seen))?;
        self.sim = sim;
        self.project = project;
        let entries = self.seen.borrow().len();
        let start = |entry: &Entry| matches!(entry.event, Event::Start { .. });
        let has_page = |page: &String| {
            let route = page.split('?').next().unwrap_or_default();
            self.sim.read(|world| world.app().has_page(route))
        };
        let launch = match page.filter(has_page) {
            Some(page) => format!("launch {page}"),
            None => "launch".to_owned(),
        };
        let told = self.step(&launch)?;
        // A recorded session has one start.
        let mut seen = self.seen.borrow_mut();
        let again = (self.before..entries.max(self.before))
            .rev()
            .find(|at| start(&seen[*at]));
        if let Some(at) = again {
            seen.remove(at);
        }
        Ok(told)
    }

    fn look(&mut self, command: &Command, rest: &str) -> Result<String, String> {
        let seen = || self.seen.borrow();
        Ok(match command.name {
            "page" => {
                self.look_again();
                self.shown.text.clone()
            }
            "tree" => self.sim.tree_text(None).trim_end().to_owned(),
            "data" => return looks::data(&mut self.sim, rest),
            "storage" => looks::storage(&self.sim, rest),
            "stack" => looks::stack(&self.sim),
            "calls" => looks::calls(&seen(), rest, self.paint),
            "trace" => {
                let count = rest.parse().unwrap_or(20);
                let seen = seen();
                trace(&seen[seen.len().saturating_sub(count)..], self.paint)
            }
            "privacy" => looks::privacy(&self.sim),
            "clock" => self.clock(),
            "fingerprint" => self
                .sim
                .read(|world| format!("{:016x}", world.fingerprint())),
            "api" => return self.api(rest),
            _ => self.words.help(Some(command)),
        })
    }

    /// What is to be known of an API.
    fn api(&self, name: &str) -> Result<String, String> {
        if let Some(member) = Member::find(name) {
            return Ok(member.render(self.paint).trim_end().to_owned());
        }
        let near = Member::near(name).join(", ");
        let problem = Diagnostic::error(format!("there is no API `{name}`"));
        Err(self.rendered(&problem.help(near)))
    }

    /// The time of the world, as scripts see it.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our time")]
    fn clock(&self) -> String {
        let ms = self.sim.now().0;
        let date = Value::Date(ms as f64).show(0);
        format!("{date} · {ms}")
    }

    // ---- what is to be seen

    /// What happened since the line began, the value, the page when it is another (or `always`).
    fn told(&mut self, always: bool, value: Option<&Value>) -> String {
        let mut parts = {
            let seen = self.seen.borrow();
            happenings(&seen[self.before.min(seen.len())..], self.words, self.paint)
        };
        parts.extend(value.filter(|own| !own.is_undefined()).map(looks::value));
        let before = std::mem::take(&mut self.shown);
        self.look_again();
        if always || before.text != self.shown.text {
            parts.push(self.shown.text.clone());
        }
        joined(&parts)
    }

    fn look_again(&mut self) {
        let bar = self.project.app.tab_bar.as_ref();
        let tabs: Vec<(String, String)> = bar
            .filter(|bar| !bar.custom)
            .into_iter()
            .flat_map(|bar| bar.items.iter())
            .map(|item| (item.text.clone(), item.page_path.clone()))
            .collect();
        self.shown = screen(&self.sim, &tabs, self.words, self.paint);
    }

    /// The session as a test, for a file from which the program lies at `app`.
    pub fn recorded(&mut self, app: &str, name: &str, is_flow: bool) -> String {
        self.look_again();
        let pages = self.sim.read(|world| {
            let pages = world.page_stack().iter();
            pages.map(|page| page.route.clone()).collect()
        });
        let seen = self.seen.borrow();
        let recorded = Recorded {
            entries: &seen,
            pages,
            errors: self.sim.errors(),
            texts: &self.shown.texts,
            app,
            name,
        };
        recorded.text(is_flow)
    }

    /// What can be completed now.
    pub fn facts(&mut self) -> Facts {
        self.look_again();
        let targets = self
            .shown
            .targets
            .iter()
            .take(TARGETS_MAX)
            .filter_map(|own| match own {
                Target::Element(element) => self.sim.target_of(*element),
                Target::Tab(_) => None,
            });
        let targets = targets.collect();
        let data = match self.sim.page_data() {
            Json::Object(members) => members.into_iter().map(|(key, _)| key).collect(),
            _ => Vec::new(),
        };
        let questions = self.sim.open_questions();
        self.sim.read(|world| Facts {
            pages: world.app().pages.clone(),
            targets,
            storage: world
                .storage_keys(&world.caller())
                .into_iter()
                .map(str::to_owned)
                .collect(),
            data,
            globals: Vec::new(),
            questions,
            moments: Vec::new(),
        })
    }
}

fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|own| !own.is_empty())
        .collect();
    parts.join("\n")
}

/// Whether a word stands in code; a guess that errs on the safe side.
fn has(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let letter =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
        !letter(code[..at].chars().next_back()) && !letter(code[at + word.len()..].chars().next())
    })
}

/// The name of code that is evaluated, in stacks.
const EVALUATED: &str = "evaluate";
/// Lines of [`evaluated`] before what was typed.
const LINES_BEFORE: u32 = 2;

/// Whether a promise has come to nothing yet.
fn is_pending(thrown: &Exception) -> bool {
    thrown.name.is_empty() && thrown.stack.is_empty() && thrown.message.contains("still pending")
}

/// Where in a typed line an error came up: the name that is missing, or where the stack says it.
fn typed_place(thrown: &Exception, typed: &str, is_expression: bool) -> Option<Place> {
    let missing = thrown
        .message
        .strip_suffix(" is not defined")
        .filter(|name| has(typed, name));
    if let Some(name) = missing {
        let at = typed.find(name)?;
        return Some(Place::span(TYPED, typed, at, at + name.len()));
    }
    let frame = thrown.stack.first().filter(|_| is_expression)?;
    let line = frame
        .line
        .checked_sub(LINES_BEFORE)
        .filter(|line| *line > 0)?;
    let text = typed.lines().nth(usize::try_from(line).ok()? - 1)?;
    Some(Place::at(TYPED, line, frame.column.max(1), 1).with_source(text))
}

/// What is evaluated for a line: the names that a prompt has, and the value kept under `_`.
fn evaluated(body: &str) -> String {
    format!(
        "(async ($page, $data) => {{\n{body}}})(...(() => {{ const p = getCurrentPages().pop(); \
         return [p, p && p.data]; }})()).then((v) => (globalThis._ = v))"
    )
}
