//! What test scripts ask of the simulator: the `host` object of the test context.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use serde_json::Value as Json;

use super::explore;
use super::listening::Listening;
use super::modules::TestFiles;
use super::real_server::{Given, Need, RealServer};
use super::snapshots::Snapshots;
use super::{reads, screen};
use crate::engine::{Host, ModuleSource, Throw};
use crate::near::near;
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::trace::Entry;
use crate::runtime::{Backend, Sim};
use crate::value::{Exception, Frame, Value};
use crate::world::cloud::CloudRule;
use crate::world::network::url_matches;

const OPERATIONS: &[&str] = &[
    "console",
    "startTimer",
    "stopTimer",
    "random",
    "report",
    "resolve",
    "hasExports",
    "readsLastMatch",
    "act",
    "read",
    "set",
    "backend",
    "served",
    "failed",
    "finished",
    "nearest",
    "matchesUrl",
    "elements",
    "elementsNear",
    "element",
    "elementVisible",
    "elementTarget",
    "tree",
    "emitted",
    "snapshot",
    "exploration",
];

/// Something to do with the program, in turn.
#[derive(Clone, Debug)]
pub(super) struct Action {
    /// Its number, by which the scripts wait for it.
    pub(super) number: u32,
    /// `step`, `evaluate`, …
    pub(super) verb: String,
    /// What it takes.
    pub(super) arguments: Vec<Value>,
    /// Where it is written.
    pub(super) site: Option<Frame>,
}

/// What both engines' sides share.
pub(super) struct Shared {
    pub(super) sim: RefCell<Option<Sim>>,
    backend: RefCell<Option<Backend>>,
    /// The trace of the program, from its beginning.
    pub(super) log: Rc<RefCell<Vec<Entry>>>,
    /// Who writes it.
    pub(super) listening: Listening,
    pub(super) queue: RefCell<VecDeque<Action>>,
    timers: RefCell<BTreeMap<u32, (i64, Option<i64>)>>,
    pub(super) failures: RefCell<Vec<Failure>>,
    pub(super) is_finished: Cell<bool>,
    pub(super) output: RefCell<Vec<String>>,
    pub(super) files: TestFiles,
    replies: RefCell<BTreeMap<u32, Result<Json, Exception>>>,
    tokens: Cell<u32>,
    pub(super) seed: Cell<u64>,
    draws: Cell<u64>,
    pub(super) snapshots: Snapshots,
    pub(super) real: RealServer,
}

impl Shared {
    pub(super) fn new(files: TestFiles) -> Self {
        let listening = Listening::default();
        Self {
            sim: RefCell::default(),
            backend: RefCell::default(),
            log: Rc::clone(&listening.log),
            listening,
            queue: RefCell::default(),
            timers: RefCell::default(),
            failures: RefCell::default(),
            is_finished: Cell::new(false),
            output: RefCell::default(),
            files,
            replies: RefCell::default(),
            tokens: Cell::new(0),
            seed: Cell::new(1),
            draws: Cell::new(0),
            snapshots: Snapshots::default(),
            real: RealServer::default(),
        }
    }

    pub(super) fn set_backend(&self, backend: Backend) {
        *self.backend.borrow_mut() = Some(backend);
    }

    pub(super) fn backend(&self) -> Result<Backend, Throw> {
        let backend = self.backend.borrow().clone();
        backend.ok_or_else(|| Throw::error(NO_PROGRAM))
    }

    pub(super) fn next_token(&self) -> u32 {
        self.tokens.set(self.tokens.get() + 1);
        self.tokens.get()
    }

    pub(super) fn take_reply(&self, token: u32) -> Option<Result<Json, Exception>> {
        self.replies.borrow_mut().remove(&token)
    }

    /// Something does not hold.
    pub(super) fn fail(&self, failure: Failure) {
        self.failures.borrow_mut().push(failure);
    }

    /// The same, told in words.
    pub(super) fn fail_with(&self, kind: FailureKind, message: String) {
        self.fail(Failure::new(kind, message));
    }

    /// Test code threw.
    pub(super) fn fail_exception(&self, exception: &Exception, what: &str) {
        let mut failure = self.failure_of(exception, FailureKind::TestException);
        if !what.is_empty() {
            failure.message = format!("{what}: {}", failure.message);
        }
        self.fail(failure);
    }

    /// An exception as a failure, with its place in the test code.
    pub(super) fn failure_of(&self, exception: &Exception, kind: FailureKind) -> Failure {
        let kind = match &exception.limit {
            Some(_) => FailureKind::TimeLimit,
            None => kind,
        };
        let plain = matches!(kind, FailureKind::Assertion | FailureKind::Action);
        let mut failure = Failure::new(
            kind,
            if plain {
                exception.message.clone()
            } else {
                exception.headline()
            },
        );
        failure.stack = exception.stack.iter().map(Frame::to_string).collect();
        if let Some(frame) = exception.stack.first() {
            self.place(&mut failure, frame);
        }
        failure
    }

    /// Says where in the test code, with the lines around.
    pub(super) fn place(&self, failure: &mut Failure, frame: &Frame) {
        let text = self.files.text(&frame.file).unwrap_or_default();
        failure.place_at(frame, &text);
    }

    /// When the first timer of the test is due, and which.
    pub(super) fn next_timer(&self) -> Option<(i64, u32)> {
        let timers = self.timers.borrow();
        timers.iter().map(|(id, (at, _))| (*at, *id)).min()
    }

    /// A timer runs: one that repeats is due again.
    pub(super) fn timer_runs(&self, id: u32) {
        let mut timers = self.timers.borrow_mut();
        if let Some((at, Some(every))) = timers.get(&id).copied() {
            timers.insert(id, (at + every, Some(every)));
        } else {
            timers.remove(&id);
        }
    }

    /// What is left of a test does not go over to the next.
    pub(super) fn begin(&self) {
        self.queue.borrow_mut().clear();
        self.failures.borrow_mut().clear();
        self.output.borrow_mut().clear();
        self.is_finished.set(false);
    }

    fn now(&self) -> i64 {
        let backend = self.backend.borrow();
        backend.as_ref().map_or(0, |backend| backend.now().0)
    }

    /// A number from 0 to 1, by the seed of the run.
    fn random(&self) -> f64 {
        // SplitMix64: the numbers of tests need be neither secret nor those of the world.
        self.draws.set(self.draws.get().wrapping_add(1));
        let steps = self.draws.get().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed.get().wrapping_add(steps);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bits = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default();
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }

    #[expect(clippy::too_many_lines, reason = "one arm an operation")]
    fn operation(&self, name: &str, arguments: &[Value]) -> Result<Value, Throw> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str().unwrap_or_default();
        Ok(match name {
            "console" => {
                let shown = arguments.iter().skip(1).map(|value| match value {
                    Value::String(text) => text.clone(),
                    value => value.show(4),
                });
                let line = shown.collect::<Vec<_>>().join(" ");
                self.output.borrow_mut().push(line);
                Value::Undefined
            }
            "startTimer" => {
                let every = i64::from(count(argument(1)).max(1));
                let repeats = (argument(2).as_bool() == Some(true)).then_some(every);
                let at = self.now() + every;
                let mut timers = self.timers.borrow_mut();
                timers.insert(count(argument(0)), (at, repeats));
                Value::Undefined
            }
            "stopTimer" => {
                self.timers.borrow_mut().remove(&(count(argument(0))));
                Value::Undefined
            }
            "random" => self.random().into(),
            "report" => {
                if let Value::Error(exception) = argument(0) {
                    self.fail_exception(exception, text(1));
                }
                Value::Undefined
            }
            "resolve" => self.files.resolve(text(0), text(1))?.into(),
            "hasExports" => self.files.exports(text(0)).into(),
            "readsLastMatch" => false.into(),
            "act" => {
                let site = match argument(3) {
                    Value::Error(error) => error.stack.first().cloned(),
                    _ => None,
                };
                self.queue.borrow_mut().push_back(Action {
                    number: count(argument(0)),
                    verb: text(1).to_owned(),
                    arguments: argument(2).items().to_vec(),
                    site,
                });
                Value::Undefined
            }
            "read" => reads::read(self, text(0), argument(1).items())?,
            "set" => self.set(text(0), argument(1).items())?,
            "backend" => self.ask_backend(text(0), argument(1).items())?,
            "served" => {
                let reply = match argument(2) {
                    Value::Undefined => Ok(argument(1).to_json().unwrap_or_default()),
                    Value::Error(error) => Err((**error).clone()),
                    other => Err(Exception {
                        message: other.show(2),
                        ..Exception::default()
                    }),
                };
                self.replies.borrow_mut().insert(count(argument(0)), reply);
                Value::Undefined
            }
            "failed" => {
                self.script_failed(argument(0), argument(1));
                Value::Undefined
            }
            "finished" => {
                self.is_finished.set(true);
                Value::Undefined
            }
            "snapshot" => self.snapshots.compare(arguments)?,
            "exploration" => explore::check(argument(0)).map_err(Throw::type_error)?,
            "nearest" => nearest(text(0), argument(1)).into(),
            "matchesUrl" => url_matches(text(0), text(1)).into(),
            other => {
                let mut sim = self.sim.try_borrow_mut().map_err(|_| Throw::error(BUSY))?;
                let sim = sim.as_mut().ok_or_else(|| Throw::error(NO_PROGRAM))?;
                let told = screen::answer(sim, other, arguments);
                let told = told.unwrap_or_else(|| unreachable!("the scripts ask for no {other}"));
                told.map_err(Throw::error)?
            }
        })
    }

    /// An error that the test's own code met, as the scripts tell it.
    fn script_failed(&self, error: &Value, told: &Value) {
        let thrown = |value: &Value| Exception {
            message: format!("the test threw {}", value.show(2)),
            ..Exception::default()
        };
        let exception = match error {
            Value::Error(exception) => (**exception).clone(),
            other => thrown(other),
        };
        let kind = match told.get("kind").as_str() {
            Some("assertion") => FailureKind::Assertion,
            Some("action") => FailureKind::Action,
            _ => FailureKind::TestException,
        };
        let mut failure = self.failure_of(&exception, kind);
        let member = |name: &str| told.get(name).as_str().unwrap_or_default().to_owned();
        failure.matcher = member("matcher");
        failure.diff = member("diff");
        failure.help = member("help");
        let at = member("where");
        if !at.is_empty() {
            failure.message = format!("{at}: {}", failure.message);
        }
        self.fail(failure);
    }

    fn set(&self, what: &str, arguments: &[Value]) -> Result<Value, Throw> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let mut sim = self.sim.try_borrow_mut().map_err(|_| Throw::error(BUSY))?;
        let sim = sim.as_mut().ok_or_else(|| Throw::error(NO_PROGRAM))?;
        let wrong = |problem: String| Throw::error(problem);
        match what {
            "answers" => {
                let given = argument(0).to_json().unwrap_or_default();
                let given = given.as_object().ok_or_else(|| {
                    Throw::type_error("user.answers({ modal: 'confirm' }) needs an object")
                })?;
                sim.answer_with(given).map_err(wrong)?;
            }
            "persona" => {
                let persona = argument(0).as_str().unwrap_or_default();
                let persona = persona.parse().map_err(wrong)?;
                sim.set_persona(persona);
            }
            "replace" => {
                let api = argument(0).as_str().unwrap_or_default();
                reads::replaceable(api)?;
                sim.replace_api(api, argument(1).as_bool() == Some(true));
            }
            "cloud" => {
                let name = argument(0).as_str().unwrap_or_default();
                let reply = argument(1).to_json().unwrap_or_default();
                let rule = format!("{name} = {reply}");
                let rule: CloudRule = rule.parse().map_err(|error| wrong(format!("{error}")))?;
                sim.declare_cloud(rule);
            }
            other => unreachable!("the scripts set nothing called {other}"),
        }
        Ok(Value::Undefined)
    }

    /// Something of outside, as JSON.
    fn need(&self, backend: &Backend, need: Need) -> Result<Json, String> {
        match self.real.need(backend, need)? {
            Given::Text(text) => Ok(text.into()),
            _ => Ok(Json::Null),
        }
    }

    fn ask_backend(&self, deed: &str, arguments: &[Value]) -> Result<Value, Throw> {
        let backend = self.backend()?;
        let text = |at: usize| arguments.get(at).and_then(Value::as_str);
        let done = match deed {
            "code2session" => backend.code2session(text(0)),
            "decrypt" => {
                let (data, iv) = (text(0).unwrap_or_default(), text(1).unwrap_or_default());
                backend.decrypt(data, iv, text(2))
            }
            "prepay" => {
                let order = arguments.first().and_then(Value::to_json);
                backend.prepay(&order.unwrap_or_else(|| serde_json::json!({})))
            }
            "order" => Ok(text(0)
                .and_then(|number| backend.order(number))
                .unwrap_or_default()),
            "orders" => Ok(Json::Array(backend.orders())),
            "credentials" => Ok(backend.credentials()),
            "push" => {
                let settings = arguments.first().and_then(Value::to_json);
                backend
                    .push_to(&settings.unwrap_or_default())
                    .map(|()| Json::Null)
            }
            "url" => self.need(&backend, Need::Url),
            "stop" => self.need(
                &backend,
                Need::Stop(arguments.first().map(count).unwrap_or_default()),
            ),
            "output" => self.need(
                &backend,
                Need::Output(arguments.first().map(count).unwrap_or_default()),
            ),
            other => unreachable!("the scripts ask for no deed {other}"),
        };
        done.map(|json| Value::from(&json)).map_err(Throw::error)
    }
}

/// What is said when the program has not been made ready.
const NO_PROGRAM: &str = "there is no mini program here: use fixtures inside a test or a hook";

/// What is said when an action is under way.
pub(super) const BUSY: &str =
    "a route function or wx.stub function cannot act on the app or look at it";

/// A number of calls or milliseconds that scripts give: whole, not below 0, at most that of a timer.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is cut to what fits"
)]
pub(super) fn count(value: &Value) -> u32 {
    value
        .as_f64()
        .unwrap_or_default()
        .clamp(0.0, 2_147_483_647.0) as u32
}

fn nearest(wanted: &str, known: &Value) -> String {
    let known: Vec<&str> = known.items().iter().filter_map(Value::as_str).collect();
    match near(wanted, known.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known.join(", ")),
    }
}

/// The host of the test context's engine.
pub(super) struct TestHost(pub(super) Rc<Shared>);

impl Host for TestHost {
    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        self.0.operation(OPERATIONS[index], &arguments)
    }

    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw> {
        self.0.files.source(path)
    }

    fn now_unix_ms(&self) -> i64 {
        self.0.now()
    }

    fn utc_offset_s(&self) -> i32 {
        crate::profile::CHINA_UTC_OFFSET_S
    }
}
