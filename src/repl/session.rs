//! A phone in somebody's hand: does a line and says what there is to see.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::command::{Command, Role};
use super::looks;
use super::record::Recorded;
use super::screen::{Screen, Target, happenings, screen, trace};
use super::script::is_pending;
use super::typed::{Typed, read, unknown};
use super::words::Words;
use crate::diagnostic::Diagnostic;
use crate::report::{Paint, api::Member};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Sim, Step};
use crate::value::Value;
use crate::world::World;
use crate::world::enter_options::EnterOptions;
use crate::world::scope::Scope;

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
pub type Loader = Box<dyn FnMut(World, Seen) -> Result<Sim, String>>;

/// A phone and who holds it.
pub struct Session {
    pub(super) sim: Sim,
    pub(super) seen: Seen,
    pub(super) words: Words,
    pub(super) paint: Paint,
    pub(super) shown: Screen,
    pub(super) loader: Loader,
    /// How many entries there were before the line.
    pub(super) before: usize,
}

impl Session {
    /// A phone on which the program does not run yet.
    pub fn new(sim: Sim, seen: Seen, (words, paint): (Words, Paint), loader: Loader) -> Self {
        Self {
            sim,
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

    pub(super) fn rendered(&self, problem: &Diagnostic) -> String {
        problem.render(self.paint == Paint::Coloured)
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
            "session" if rest.is_empty() => Ok(looks::session(&self.sim, words)),
            "pay" if rest.is_empty() => Ok(looks::orders(&self.sim, words)),
            "pay" => self.answer(&format!("pay={rest}")),
            "device" if rest.is_empty() => Ok(looks::device(&self.sim, words)),
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
            let problem = Diagnostic::error(self.words.no_such_page(route));
            return Err(self.rendered(&problem.help(near.join(", "))));
        }
        let is_tab = self.sim.read(|world| world.app().is_tab_page(route));
        let api = if is_tab { "switchTab" } else { "navigateTo" };
        let url = Json::String(format!("/{page}"));
        let opened = self.sim.ask_scripts(&format!("wx.{api}({{ url: {url} }})"));
        let told = self.told(true, None);
        match opened {
            Err(thrown) if !is_pending(&thrown) => {
                let problem = Diagnostic::error(thrown.headline());
                Ok(joined(&[self.rendered(&problem), told]))
            }
            _ => Ok(told),
        }
    }

    fn answer(&mut self, rest: &str) -> Result<String, String> {
        let (key, text) = rest
            .split_once('=')
            .ok_or_else(|| self.words.key_and_value())?;
        let (key, text) = (key.trim(), text.trim());
        let written = format!("answer {key}={text}");
        let Some(question) = self.sim.open_question(key) else {
            let step: Step = written.parse().map_err(|problem| format!("{problem}"))?;
            if let Step::Answer { key, answer } = step {
                self.sim.answer_with(&Map::from_iter([(key, answer)]))?;
            }
            return Ok(self.words.kept_for_later(key));
        };
        let value = serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()));
        match question.accepts(&value) {
            Ok(()) => self.step(&written),
            // What is no answer is a text, where there is a place for one.
            Err(why) => match question.typed(text) {
                Some(typed) => self.step(&format!("answer {key}={typed}")),
                None => Err(why),
            },
        }
    }

    fn permissions(&mut self, rest: &str) -> Result<String, String> {
        let (verb, scope) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let decision = match verb {
            "" => return Ok(looks::permissions(&self.sim, self.words)),
            "reset" => "reset".to_owned(),
            "grant" | "deny" => {
                let name = scope.trim();
                let name = name.strip_prefix("scope.").unwrap_or(name);
                let scope = format!("scope.{name}");
                Scope::parse(&scope).ok_or_else(|| self.words.no_scope(name))?;
                let decision = if verb == "grant" { "allow" } else { "deny" };
                format!("{scope} {decision}")
            }
            _ => return Err(self.words.permission_forms()),
        };
        let step: Step = format!("permission {decision}")
            .parse()
            .map_err(|problem| format!("{problem}"))?;
        self.sim
            .step(&step)
            .map_err(|problem| problem.to_string())?;
        let told = self.told(false, None);
        Ok(joined(&[told, looks::permissions(&self.sim, self.words)]))
    }

    /// The programs anew, in the world that they left, at the page where the user was.
    fn reload(&mut self) -> Result<String, String> {
        let world = World::restore(&self.sim.save_world()).map_err(|error| error.to_string())?;
        let (page, in_front) = self.sim.read(|world| {
            let page = world.current_page();
            let page = page.map(|page| looks::address(&page.route, &page.query));
            (page.unwrap_or_default(), world.app().app_id.clone())
        });
        let policy = self.sim.policy();
        self.sim = (self.loader)(world, Rc::clone(&self.seen))?;
        self.sim.set_policy(policy);
        let own = self.sim.read(|world| world.app().app_id.clone());
        let route = page.split('?').next().unwrap_or_default();
        let is_there = self.sim.read(|world| world.app().has_page(route));
        let launch = |page: &str| format!("launch {page}").trim_end().to_owned();
        let told = if own == in_front {
            self.step(&launch(if is_there { &page } else { "" }))?
        } else {
            self.step("launch")?;
            let there = self.step(&format!("program {in_front} {page}"));
            there.or_else(|_| self.step(&format!("program {in_front}")))?
        };
        self.note_reload(&launch(&page));
        Ok(told)
    }

    /// What happened before the last step of this line is no part of a recorded session, which has one start; what the
    /// step comes to there is a start of the program in front.
    fn note_reload(&mut self, launch: &str) {
        let mut seen = self.seen.borrow_mut();
        let is_step = |entry: &Entry| matches!(entry.event, Event::Step { .. });
        let Some(last) = seen.iter().rposition(is_step) else {
            return;
        };
        if let Event::Step { step } = &mut seen[last].event
            && step.starts_with("program ")
        {
            launch.clone_into(step);
        }
        let before = self.before.min(last);
        seen.drain(before..last);
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
            "storage" => looks::storage(&self.sim, rest, self.words),
            "stack" => looks::stack(&self.sim, self.words),
            "calls" => looks::calls(&seen(), rest, self.words, self.paint),
            "trace" => {
                let count = rest.parse().unwrap_or(20);
                let seen = seen();
                trace(&seen[seen.len().saturating_sub(count)..], self.paint)
            }
            "privacy" => looks::privacy(&self.sim, self.words),
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
        let problem = Diagnostic::error(self.words.no_such_api(name));
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
    pub(super) fn told(&mut self, always: bool, value: Option<&Value>) -> String {
        let mut parts = {
            let seen = self.seen.borrow();
            happenings(&seen[self.before.min(seen.len())..], self.words, self.paint)
        };
        parts.extend(value.filter(|own| !own.is_undefined()).map(looks::value));
        for late in self.sim.late_answers() {
            let late = late.map(|value| (!value.is_undefined()).then(|| looks::value(&value)));
            parts.extend(match late {
                Ok(value) => value.map(|value| self.words.settled(&value)),
                Err(thrown) => Some(self.rendered(&Diagnostic::error(thrown.headline()))),
            });
        }
        let before = std::mem::take(&mut self.shown);
        self.look_again();
        if always || before.text != self.shown.text {
            parts.push(self.shown.text.clone());
        }
        joined(&parts)
    }

    pub(super) fn look_again(&mut self) {
        let project = self.sim.project();
        let bar = project.app.tab_bar.as_ref();
        let tabs: Vec<(String, String)> = bar
            .filter(|bar| !bar.custom)
            .into_iter()
            .flat_map(|bar| bar.items.iter())
            .map(|item| (item.text.clone(), item.page_path.clone()))
            .collect();
        self.shown = screen(&self.sim, &tabs, self.words, self.paint);
    }

    /// The session as a test, for a file from which the program lies at `app`, others at `with`.
    pub fn recorded(&mut self, app: &str, with: &[String], name: &str, is_flow: bool) -> String {
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
            with,
            name,
        };
        recorded.text(is_flow)
    }
}

/// Texts that are not empty, one a line.
pub(super) fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|own| !own.is_empty())
        .collect();
    parts.join("\n")
}
