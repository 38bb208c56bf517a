//! One test file with the program that it tests: two engines, one thread, one scheduler.
//!
//! The test's microtasks run until nothing is left; then the next of its actions is done with the program, until
//! that comes to rest; then the test goes on. A timer of the test is due when the test has nothing else to wait
//! for: virtual time goes on until then.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;

use super::explore::Explorer;
use super::host::{Action, Shared, TestHost, count};
use super::host_page::{HostPage, Wanted};
use super::judge;
use super::listening::Listening;
use super::modules::TestFiles;
use super::plan::{Options, Plan};
use super::reads::{ACTS_MAX, OF_SAME};
use super::real_server::{Beyond, Given, Need, RealServer};
use super::routes::TestRoutes;
use super::snapshots::{Compared, SnapshotRules, Store};
use super::{LATER, PRELUDE};
use crate::engine::{Engine, Limits};
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::{ElementRef, Sim, Step};
use crate::value::{Exception, Value};

/// A test file that was read, perhaps with its program.
pub struct Stage {
    pub(super) engine: Rc<RefCell<Engine>>,
    pub(super) shared: Rc<Shared>,
    pub(super) plan: Plan,
    /// The test that runs.
    pub(super) current: Cell<u32>,
    /// Where in the trace it was over and everything was tried.
    pub(super) explored_from: Cell<Option<usize>>,
    pub(super) explorer: Option<Explorer>,
    ear: RefCell<Box<dyn FnMut(Turn)>>,
    renderer: RefCell<Option<Renderer>>,
    pub(super) real: RealServer,
    fails_for_rules: bool,
}

/// Makes a program with a page around one component.
pub type Renderer = Box<dyn FnMut(&Wanted) -> Result<(Sim, HostPage), String>>;

/// Whose code runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The test's.
    Test,
    /// The program's.
    Program,
}

/// What came of a test or of a hook.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// What does not hold.
    pub failures: Vec<Failure>,
    /// What the test printed, a line each.
    pub output: Vec<String>,
    /// Virtual milliseconds that passed.
    pub virtual_ms: i64,
    /// What was compared with what is kept.
    pub snapshots: Vec<Compared>,
}

/// Most timers of a program that `clock.runAll` lets run out, in virtual milliseconds from now.
const RUN_ALL_MS: i64 = 24 * 60 * 60 * 1000;

impl Stage {
    /// A test context without a file yet. `root` is the folder that shown paths are relative to, `made` code in the
    /// place of files.
    pub fn start(root: &Path, made: Vec<(String, String)>, limits: Limits) -> Self {
        let files = TestFiles::new(root, made);
        let shared = Rc::new(Shared::new(files));
        let real = shared.real.clone();
        let host = Rc::new(TestHost(Rc::clone(&shared)));
        let engine = Engine::start(host, limits, PRELUDE, LATER);
        let engine = engine
            .unwrap_or_else(|error| unreachable!("the test context starts: {}", error.text()));
        Self {
            engine: Rc::new(RefCell::new(engine)),
            shared,
            plan: Plan::default(),
            current: Cell::new(0),
            explored_from: Cell::new(None),
            explorer: None,
            ear: RefCell::new(Box::new(|_| ())),
            renderer: RefCell::new(None),
            real,
            fails_for_rules: false,
        }
    }

    /// Reads a test file and collects what it declares.
    ///
    /// # Errors
    /// The file does not load.
    pub fn load(&mut self, file: &str) -> Result<(), Box<Failure>> {
        let mut engine = self.engine.borrow_mut();
        let loaded = engine.call("run", &[file.into(), "".into()]);
        let jobs = engine.run_microtasks();
        let wrong = loaded.err().or_else(|| jobs.into_iter().next());
        if let Some(exception) = wrong {
            return Err(Box::new(load_failure(&self.shared, &exception, file)));
        }
        if let Some(failure) = self.shared.failures.borrow_mut().pop() {
            return Err(Box::new(failure));
        }
        let plan = engine.call("plan", &[]).unwrap_or_default();
        self.plan = Plan::read(&plan);
        Ok(())
    }

    /// What it declares.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Tells somebody whose code is about to run, for the case that it ends the process.
    pub fn tell_turns(&mut self, ear: Box<dyn FnMut(Turn)>) {
        self.ear = RefCell::new(ear);
    }

    fn tell(&self, turn: Turn) {
        (self.ear.borrow_mut())(turn);
    }

    /// Who is to hear the program.
    pub fn listening(&self) -> Listening {
        self.shared.listening.clone()
    }

    /// Says how everything is tried at the end of a test.
    pub fn explore_with(&mut self, explorer: Explorer) {
        self.explorer = Some(explorer);
    }

    /// Files of test code that were read.
    pub fn read_files(&self) -> Vec<std::path::PathBuf> {
        self.shared.files.read_files()
    }

    /// The text of a file of test code.
    pub fn text(&self, file: &str) -> Option<String> {
        self.shared.files.text(file)
    }

    /// Gives it the program.
    pub fn set_program(&mut self, mut sim: Sim) {
        sim.set_responder(Box::new(self.routes()));
        self.shared.seed.set(sim.read(crate::world::World::seed));
        self.shared.set_backend(sim.backend());
        *self.shared.sim.borrow_mut() = Some(sim);
    }

    /// Gives it what the file keeps, what may become of it, and words that tell this run apart from others of the
    /// same tests: `persona`, `deny-all`.
    pub fn set_snapshots(&self, stored: Store, rules: SnapshotRules, words: Vec<(String, String)>) {
        let own = &self.shared.snapshots;
        *own.stored.borrow_mut() = stored;
        own.rules.set(rules);
        *own.words.borrow_mut() = words;
    }

    /// Lets rules that weigh as errors fail tests.
    pub fn fail_for_rules(&mut self, on: bool) {
        self.fails_for_rules = on;
    }

    /// Gives it somebody who may open connections and start processes.
    pub fn reach_with(&self, beyond: Box<dyn Beyond>) {
        self.real.set(beyond);
    }

    /// Says how a program with a page around one component is made.
    pub fn render_with(&mut self, renderer: Renderer) {
        self.renderer = RefCell::new(Some(renderer));
    }

    fn routes(&self) -> TestRoutes {
        TestRoutes {
            engine: Rc::clone(&self.engine),
            shared: Rc::clone(&self.shared),
            waiting: Vec::new(),
            real: self.real.clone(),
        }
    }

    /// Runs a test with the hooks around each.
    pub fn run_test(&mut self, number: u32) -> Done {
        self.run(number, "runTest", &[number.into()])
    }

    /// Runs the hooks of a group that run once.
    pub fn run_hooks(&mut self, group: u32, name: &str) -> Done {
        self.run(group, "runHooks", &[group.into(), name.into()])
    }

    fn run(&mut self, number: u32, function: &str, arguments: &[Value]) -> Done {
        self.shared.begin();
        self.current.set(number);
        self.explored_from.set(None);
        let options = self.plan.node(number).map(|node| node.options.clone());
        let options = Options::new(&options.unwrap_or_default()).unwrap_or_default();
        self.shared.snapshots.begin(&options);
        let (began, from) = (self.now(), self.shared.log.borrow().len());
        if let Err(problem) = self.prepare(&options) {
            let kind = FailureKind::TestException;
            self.shared.fail_with(kind, problem);
        } else {
            self.tell(Turn::Test);
            let called = self.engine.borrow_mut().call(function, arguments);
            if let Err(exception) = called {
                self.shared.fail_exception(&exception, "");
            }
            self.drive();
        }
        let mut strict = options.strict();
        strict.rules &= self.fails_for_rules;
        let judged = {
            let log = self.shared.log.borrow();
            let end = self.explored_from.get().unwrap_or(log.len());
            judge::judge(&log[from..end], strict)
        };
        self.add_judged(judged);
        Done {
            failures: self.shared.failures.take(),
            output: self.shared.output.take(),
            virtual_ms: self.now() - began,
            snapshots: self.shared.snapshots.compared.take(),
        }
    }

    /// Answers and persona of the options.
    fn prepare(&mut self, options: &Options) -> Result<(), String> {
        let mut sim = self.shared.sim.borrow_mut();
        let Some(sim) = sim.as_mut() else {
            return Ok(());
        };
        if let Some(persona) = options.text("persona") {
            sim.set_persona(persona.parse()?);
        }
        if let Some(answers) = options.answers() {
            sim.answer_with(answers)?;
        }
        self.watch(sim);
        Ok(())
    }

    /// Failures of the program itself, but those that the test allowed.
    fn add_judged(&self, judged: Vec<Failure>) {
        if judged.is_empty() {
            return;
        }
        let texts = judged.iter().map(|failure| failure.message.as_str().into());
        let texts = Value::Array(texts.collect());
        let allowed = self.engine.borrow_mut().call("allowed", &[texts]);
        let allowed = allowed.unwrap_or_default();
        let allowed = allowed
            .items()
            .iter()
            .map(|own| own.as_bool() == Some(true));
        let pairs = judged.into_iter().zip(allowed);
        let left = pairs.filter(|(_, is_allowed)| !is_allowed);
        self.shared
            .failures
            .borrow_mut()
            .extend(left.map(|(failure, _)| failure));
    }

    fn now(&self) -> i64 {
        let sim = self.shared.sim.borrow();
        sim.as_ref().map_or(0, |sim| sim.now().0)
    }

    /// Lets the test and the program take turns until the test is over.
    fn drive(&mut self) {
        loop {
            self.run_microtasks();
            if self.shared.is_finished.get() {
                break;
            }
            let next = self.shared.queue.borrow_mut().pop_front();
            if let Some(action) = next {
                let number = action.number;
                self.tell(Turn::Program);
                let done = self.perform(&action);
                self.tell(Turn::Test);
                let (ok, value) = match done {
                    Ok(value) => (true, value),
                    Err(problem) => (false, problem.into()),
                };
                self.run_due_timers();
                self.call("acted", &[number.into(), ok.into(), value]);
            } else if let Some((at, id)) = self.shared.next_timer() {
                self.advance_to(at);
                self.shared.timer_runs(id);
                self.call("timer", &[id.into()]);
            } else if !self.shared.failures.borrow().is_empty() {
                return;
            } else {
                let mut failure = Failure::new(
                    FailureKind::Stuck,
                    "the test waits for something that cannot come: no action of it is under way and no timer is due",
                );
                failure.help =
                    "look for a promise that nothing settles, such as an event of the app that never happens".into();
                self.shared.fail(failure);
                return;
            }
        }
        let forgotten = self.shared.queue.borrow_mut().pop_front();
        if let Some(action) = forgotten {
            let message = format!("`{}` was not awaited", shown(&action));
            let mut failure = Failure::new(FailureKind::Action, message);
            failure.help = "write `await` before it".into();
            if let Some(site) = &action.site {
                self.shared.place(&mut failure, site);
            }
            self.shared.fail(failure);
        }
    }

    fn run_microtasks(&self) {
        let mut engine = self.engine.borrow_mut();
        // The engine drops a limit that ends an async function after an `await`: the watchdog must end it.
        engine.limit_loops(u64::MAX);
        for exception in engine.run_microtasks() {
            self.shared.fail_exception(&exception, "");
        }
        if let Err(exception) = engine.report_rejections("rejected") {
            self.shared.fail_exception(&exception, "");
        }
        engine.limit_loops(Limits::default().loop_iterations);
    }

    /// Timers of the test whose time has come while the program did something.
    fn run_due_timers(&self) {
        let now = self.now();
        while let Some((_, id)) = self.shared.next_timer().filter(|(at, _)| *at <= now) {
            self.shared.timer_runs(id);
            self.call("timer", &[id.into()]);
            self.run_microtasks();
        }
    }

    fn call(&self, function: &str, arguments: &[Value]) {
        let called = self.engine.borrow_mut().call(function, arguments);
        if let Err(exception) = called {
            self.shared.fail_exception(&exception, "");
        }
    }

    /// Time passes in an action; timers of the test that fall due meanwhile run in between.
    fn pass(&self, step: &Step, ms: i64) {
        if let Some(sim) = self.shared.sim.borrow_mut().as_mut() {
            sim.note_step(&step.to_string());
        }
        let end = self.now() + ms;
        while let Some((at, id)) = self.shared.next_timer().filter(|(at, _)| *at < end) {
            self.advance_to(at);
            self.shared.timer_runs(id);
            self.call("timer", &[id.into()]);
            self.run_microtasks();
            if let Some(sim) = self.shared.sim.borrow_mut().as_mut() {
                sim.take_late();
            }
        }
        self.advance_to(end);
        if let Some(sim) = self.shared.sim.borrow_mut().as_mut() {
            sim.rest();
        }
    }

    fn advance_to(&self, at: i64) {
        if let Some(sim) = self.shared.sim.borrow_mut().as_mut() {
            let ms = at - sim.now().0;
            sim.advance(ms.max(0));
            self.shared.set_backend(sim.backend());
        }
    }

    /// Does an action with the program.
    fn perform(&self, action: &Action) -> Result<Value, String> {
        let step = action.arguments.first().and_then(Value::as_str);
        let step = step.filter(|_| action.verb == "step" && self.shared.sim.borrow().is_some());
        if let Some(Ok(step @ Step::Advance(ms))) = step.map(str::parse::<Step>) {
            self.pass(&step, ms);
            self.tell_real_servers()?;
            return Ok(Value::Undefined);
        }
        if action.verb == "process" {
            let start = action.arguments.first().and_then(Value::to_json);
            return self.start_process(&start.unwrap_or_default());
        }
        if action.verb == "explore" {
            let given = action.arguments.first().and_then(Value::to_json);
            return self.explore(&given.unwrap_or_default());
        }
        let done = self.act(action);
        self.tell_real_servers()?;
        done
    }

    /// A process of the program's own starts; its number.
    fn start_process(&self, start: &serde_json::Value) -> Result<Value, String> {
        let start = serde_json::from_value(start.clone())
            .map_err(|error| format!("test.process(): {error}"))?;
        let backend = self
            .shared
            .backend()
            .map_err(|_| "there is no mini program here")?;
        match self.real.need(&backend, Need::Start(start))? {
            Given::Number(number) => Ok(number.into()),
            other => Err(format!("{other:?}")),
        }
    }

    /// What waits at WeChat's interfaces is answered, and developers' servers are told what they are to know.
    fn tell_real_servers(&self) -> Result<(), String> {
        match self.shared.backend() {
            Ok(backend) => self.real.settle(&backend),
            Err(_) => Ok(()),
        }
    }

    /// Does an action with the program, until it comes to rest.
    #[expect(clippy::too_many_lines, reason = "one arm an action")]
    fn act(&self, action: &Action) -> Result<Value, String> {
        let mut sim = self.shared.sim.borrow_mut();
        let sim = sim.as_mut().ok_or("there is no mini program here")?;
        let text = |at: usize| action.arguments.get(at).and_then(Value::as_str);
        sim.take_late();
        let done = match action.verb.as_str() {
            "step" => {
                let text = text(0).unwrap_or_default();
                let step: Step = text.parse().map_err(|error| {
                    sim.note_step(text);
                    format!("{error}")
                })?;
                sim.step(&step)
                    .map_err(|error| error.to_string())
                    .and_then(|()| opened(sim, &step))
                    .map(|()| Value::Undefined)
                    .map_err(|problem| format!("{step}: {problem}"))
            }
            "element" => {
                let number = |at: usize| action.arguments.get(at).map(count).unwrap_or_default();
                let element = ElementRef {
                    page: number(1),
                    node: number(2),
                };
                let detail = action.arguments.get(3).and_then(Value::to_json);
                let done = sim.step_on(
                    text(0).unwrap_or_default(),
                    element,
                    &detail.unwrap_or_default(),
                );
                done.map(|()| Value::Undefined)
                    .map_err(|error| error.to_string())
            }
            "render" => {
                let wanted = action.arguments.first().and_then(Value::to_json);
                let wanted = serde_json::from_value(wanted.unwrap_or_default());
                let wanted: Wanted = wanted.map_err(|error| error.to_string())?;
                let mut renderer = self.renderer.borrow_mut();
                let (made, page) = (renderer.as_mut().ok_or("there is no project here")?)(&wanted)?;
                let policy = sim.policy();
                *sim = made;
                sim.set_policy(policy);
                sim.set_responder(Box::new(self.routes()));
                let started = page.start(sim);
                Ok(Value::from(&started))
            }
            "evaluate" => {
                let code = text(0).unwrap_or_default();
                sim.ask_scripts(code).map_err(|error| error.headline())
            }
            "runAll" => {
                sim.run_timers(RUN_ALL_MS);
                Ok(Value::Undefined)
            }
            "act" => {
                let acts = sim.acts(OF_SAME, ACTS_MAX);
                let act = acts
                    .list
                    .iter()
                    .find(|act| Some(act.key.as_str()) == text(0));
                let act = act.ok_or("the page has no such thing to do any more")?;
                sim.act(act);
                Ok(Value::Undefined)
            }
            other => unreachable!("the scripts know no action {other}"),
        };
        self.shared.set_backend(sim.backend());
        done
    }
}

/// A start opens a page, unless the program looks after those that do not exist.
fn opened(sim: &Sim, step: &Step) -> Result<(), String> {
    match sim.missing_page() {
        Some(path) if matches!(step, Step::Launch(_)) => Err(format!(
            "the program has no page `{path}`, and App.onPageNotFound does not see to it"
        )),
        _ => Ok(()),
    }
}

/// An action as a test has it.
fn shown(action: &Action) -> String {
    match action.arguments.first().and_then(Value::as_str) {
        Some(text) if action.verb == "step" => text.to_owned(),
        _ => action.verb.clone(),
    }
}

/// Why a test file does not load.
fn load_failure(shared: &Shared, exception: &Exception, file: &str) -> Failure {
    let mut failure = shared.failure_of(exception, FailureKind::Load);
    if failure.place.is_none() {
        failure.place = Some(crate::diagnostic::Place::file(file));
    }
    if let Some((place, message)) = place_in(&exception.message) {
        let text = shared.files.text(&place.file).unwrap_or_default();
        failure.place_at(&place, &text);
        failure.message = format!("{}: {message}", exception.name);
    }
    failure
}

/// `file:line:column: message` of a syntax error.
fn place_in(message: &str) -> Option<(crate::value::Frame, &str)> {
    let (place, text) = message.split_once(": ")?;
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let file = parts.next()?.to_owned();
    let frame = crate::value::Frame {
        function: String::new(),
        file,
        line,
        column,
    };
    Some((frame, text))
}
