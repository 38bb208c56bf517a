//! The simulator's side of the logic layer: world, due work, calls and questions under way.
//!
//! Scripts reach it through `ops.rs` and the event loop through `sim.rs`; no script runs
//! while it is borrowed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value as Json;

use super::backend::Backend;
use super::button::ButtonEvent;
use super::code::Code;
use super::exception_words::name_what_failed;
use super::fate::Fate;
use super::monitor::Monitor;
use super::policy::{Person, Policy};
use super::pretence::Pretence;
use super::programs::Visit;
use super::queue::{Queue, Work};
use super::responder::Responder;
use super::route_events::RouteEvent;
use super::share::Share;
use super::trace::{Cause, ErrorKind, Event, Fault, Listener, Trace};
use super::transfer::Transfers;
use super::view::Views;
use crate::api::outside::Outside;
use crate::api::question::Question;
use crate::api::{self, Api, Cx, Reply};
use crate::engine::Limits;
use crate::profile::Platform;
use crate::value::{Exception, Value};
use crate::view::gesture::Act;
use crate::world::object::ObjectId;
use crate::world::route::PageId;
use crate::world::scope::Scope;
use crate::world::{AppFacts, Millis, World};

/// The running macrotask.
#[derive(Clone, Debug, Default)]
pub(super) struct Task {
    pub(super) number: u32,
    pub(super) tap: bool,
    /// Whether that state comes of a tap on the cashier.
    pub(super) tap_of_payment: bool,
    /// The hook or handler that began last in it: `pages/a/a.onLoad`.
    pub(super) hook: String,
    /// Names without simulation that were used in it.
    pub(super) unsupported: Vec<String>,
}

/// An asynchronous call under way.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) api: &'static Api,
    /// What was called: a member of `wx`, or of an object that is not simulated.
    pub(super) name: Cow<'static, str>,
    pub(super) options: Value,
    /// Tap state when it was made.
    pub(super) tap: bool,
    /// Whether that state came of a tap on the cashier.
    pub(super) tap_of_payment: bool,
    /// The object whose method it is, or that it gives.
    pub(super) object: Option<ObjectId>,
    /// Where the result goes, of a button's capability.
    pub(super) event: Option<ButtonEvent>,
}

/// What an answer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Whether a scope is granted.
    Scope(Scope),
    /// Whether the privacy guide is agreed to.
    Privacy,
    /// What the API replies.
    Api,
    /// Whether the back button leaves the page.
    Leave,
    /// What the user does in a mini program without code.
    Visit,
    /// To whom a card goes.
    Share,
    /// What the user does in a place that the program opened.
    Elsewhere,
}

/// A question that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) purpose: Purpose,
    pub(super) question: Question,
    /// The call that asked, then those that queue behind the same dialog.
    pub(super) calls: Vec<u32>,
    /// Whether an answer is on its way.
    pub(super) answered: bool,
}

/// Numbers given out so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counters {
    pub(super) tasks: u32,
    pub(super) questions: u32,
    pub(super) choices: u32,
    /// Requests that the responder was asked.
    pub(super) served: u32,
    pub(super) gestures: u32,
    pub(super) errors: u32,
    pub(super) routes: u32,
}

/// Pages whose data changed or that were not rendered yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Renders {
    /// `setData` callbacks to run after the page's next render.
    pub(super) callbacks: BTreeMap<PageId, Vec<u32>>,
    /// Pages with a render on its way.
    pub(super) scheduled: BTreeSet<PageId>,
    /// Pages that had their first render.
    pub(super) ready: BTreeSet<PageId>,
}

pub(super) struct Core {
    pub(super) world: World,
    pub(super) code: Code,
    /// Members of `wx` in this base library; scripts name them by position.
    pub(super) table: Vec<&'static Api>,
    pub(super) trace: Trace,
    pub(super) queue: Queue,
    pub(super) policy: Policy,
    /// Who is asked what the policy does not answer.
    pub(super) person: Option<Box<dyn Person>>,
    /// Who decides what goes otherwise.
    pub(super) fate: Option<Box<dyn Fate>>,
    /// What the user did last on a page.
    pub(super) last_act: Option<Act>,
    /// Who looks at what happened whenever the program rests.
    pub(super) monitor: Option<Box<dyn Monitor>>,
    pub(super) pretence: Pretence,
    /// Whether a script asked for the launch or enter options.
    pub(super) asks_how_started: bool,
    /// Calls whose answer is made up.
    pub(super) made_up: BTreeSet<u32>,
    pub(super) task: Task,
    pub(super) calls: BTreeMap<u32, Call>,
    pub(super) asked: BTreeMap<u32, Asked>,
    pub(super) unanswered: Vec<u32>,
    /// Sharings under way, by number.
    pub(super) shares: BTreeMap<u32, Share>,
    pub(super) transfers: Transfers,
    /// Real servers, where hosts are open.
    pub(super) outside: Option<Box<dyn Outside>>,
    /// Who answers before the world does.
    pub(super) responder: Option<Box<dyn Responder>>,
    /// Names of APIs whose calls the responder answers.
    pub(super) replaced: BTreeSet<String>,
    /// What came of questions to the scripts, by their number.
    pub(super) told: BTreeMap<u32, Result<Value, Exception>>,
    /// How many such questions there were.
    pub(super) questions_put: u32,
    /// Calls that wait for what the program's own privacy dialog comes to.
    pub(super) privacy_waits: Vec<u32>,
    pub(super) backend: Backend,
    /// Lists of listeners that are not empty.
    pub(super) heard: BTreeSet<String>,
    pub(super) counters: Counters,
    pub(super) renders: Renders,
    pub(super) views: Views,
    pub(super) limits: Limits,
    /// The zone that scripts see, in seconds east of UTC.
    pub(super) utc_offset_s: i32,
    /// Errors that the app's own handlers have not seen.
    pub(super) reports: VecDeque<String>,
    /// Whether those handlers run now: their own errors are not reported to them again.
    pub(super) reporting: bool,
    /// Routes whose script called `Page` or `Component`.
    pub(super) registered: BTreeSet<String>,
    /// Whether the scripts of the main package ran.
    pub(super) main_loaded: bool,
    /// The page that the present start asked for in vain.
    pub(super) missing_page: Option<String>,
    /// Routes whose script ran.
    pub(super) loaded: BTreeSet<String>,
    /// Routes of pages whose `onUnload` runs: the world has closed them already.
    pub(super) closed: BTreeMap<PageId, String>,
    /// The page stack before the route under way, until it opens or shows a page: scripts see it so
    /// long.
    pub(super) leaving: Vec<PageId>,
    /// The route that listeners are told of.
    pub(super) route: Option<RouteEvent>,
    /// The mini program without code that the user is in instead of this one.
    pub(super) visited: Option<Visit>,
    pub(super) began: Millis,
    /// Names without simulation with how often each was used.
    pub(super) unsupported: BTreeMap<String, u32>,
}

/// What a simulator begins with besides a world and a program.
pub(super) struct Beginning {
    pub(super) policy: Policy,
    pub(super) listener: Option<Listener>,
    pub(super) limits: Limits,
    pub(super) utc_offset_s: i32,
    pub(super) reveals_session_key: bool,
}

impl Core {
    /// The side of a program that does not run yet.
    pub(super) fn new(world: World, code: Code, beginning: Beginning) -> Self {
        let sdk = world.profile().sdk;
        Self {
            began: world.now(),
            world,
            code,
            table: api::rows().filter(|api| api::exists(api, sdk)).collect(),
            trace: Trace::new(beginning.listener),
            queue: Queue::default(),
            policy: beginning.policy,
            person: None,
            fate: None,
            last_act: None,
            monitor: None,
            pretence: Pretence::None,
            asks_how_started: false,
            made_up: BTreeSet::new(),
            task: Task::default(),
            calls: BTreeMap::new(),
            asked: BTreeMap::new(),
            unanswered: Vec::new(),
            shares: BTreeMap::new(),
            transfers: Transfers::default(),
            outside: None,
            responder: None,
            replaced: BTreeSet::new(),
            told: BTreeMap::new(),
            questions_put: 0,
            privacy_waits: Vec::new(),
            backend: Backend::new(beginning.reveals_session_key),
            heard: BTreeSet::new(),
            counters: Counters::default(),
            renders: Renders::default(),
            views: Views::default(),
            limits: beginning.limits,
            utc_offset_s: beginning.utc_offset_s,
            reports: VecDeque::new(),
            reporting: false,
            registered: BTreeSet::new(),
            loaded: BTreeSet::new(),
            main_loaded: false,
            missing_page: None,
            closed: BTreeMap::new(),
            visited: None,
            route: None,
            leaving: Vec::new(),
            unsupported: BTreeMap::new(),
        }
    }

    pub(super) fn emit(&mut self, event: impl FnOnce() -> Event) {
        let t = self.world.now().since(self.began);
        self.trace.emit(t, self.task.number, event);
    }

    pub(super) fn begin_task(&mut self, cause: Cause, tap: bool) {
        self.counters.tasks += 1;
        self.task = Task {
            number: self.counters.tasks,
            tap,
            ..Task::default()
        };
        self.emit(|| Event::Task { cause, tap });
    }

    pub(super) fn end_task(&mut self) {
        self.task = Task::default();
    }

    pub(super) fn later(&mut self, ms: i64, work: Work) {
        let at = self.world.now().plus(ms);
        self.queue.push(at, work);
    }

    /// What an API may read and change; `object` is whose method it is.
    pub(super) fn cx(&mut self, object: Option<ObjectId>) -> Cx<'_> {
        let caller = self.world.caller();
        let in_devtools = self.world.profile().platform == Platform::Devtools;
        Cx {
            world: &mut self.world,
            caller,
            package: self.code.package(in_devtools),
            object,
        }
    }

    pub(super) fn console(&mut self, level: &str, text: String) {
        let level = level.to_owned();
        self.emit(|| Event::Console { level, text });
    }

    /// Records an uncaught error; the app's own handlers hear of it after the task.
    pub(super) fn fail(&mut self, kind: ErrorKind, mut exception: Exception, place: &str) {
        let source_line = self.code.line(exception.stack.first());
        name_what_failed(&mut exception, &source_line);
        let kind = if exception.limit.is_some() {
            ErrorKind::Limit
        } else {
            kind
        };
        self.counters.errors += 1;
        let fault = self.fault(&exception);
        if kind != ErrorKind::Rejection && !self.reporting {
            self.reports
                .push_back(format!("{}\n{place}", exception.text()));
        }
        let place = place.to_owned();
        self.emit(|| Event::Error {
            kind,
            place,
            fault,
            exception,
            source_line,
        });
    }

    /// Records an error that ended a task: the app cannot catch it, or threw it while it was loaded.
    pub(super) fn fail_task(&mut self, exception: Exception, place: &str) {
        let place = match (&exception.limit, self.task.hook.as_str()) {
            (None, _) => place.to_owned(),
            (Some(_), "") => self.place_with_page(place),
            (Some(_), hook) => hook.to_owned(),
        };
        self.fail(ErrorKind::Exception, exception, &place);
    }

    /// A place outside of hooks, and the page that lies on top.
    pub(super) fn place_with_page(&self, place: &str) -> String {
        match self.world.current_page() {
            Some(page) => format!("{place}, with {} on top", page.route),
            None => place.to_owned(),
        }
    }

    fn fault(&self, exception: &Exception) -> Fault {
        let message = &exception.message;
        if message.starts_with("module '") && message.contains("is not defined") {
            Fault::Project
        } else if message.contains("not simulated by wxsim") || !self.task.unsupported.is_empty() {
            Fault::Wxsim
        } else {
            Fault::App
        }
    }

    /// Something without simulation was used: one entry of the trace.
    pub(super) fn unsupported(&mut self, name: &str) {
        self.task.unsupported.push(name.to_owned());
        let name = name.to_owned();
        let times = self.unsupported.entry(name.clone()).or_default();
        *times += 1;
        let times = *times;
        self.emit(|| Event::Unsupported { name, times });
    }

    /// Schedules the reply to a call after the row's latency.
    pub(super) fn reply(&mut self, call: u32, reply: Reply) {
        let latency_ms = self
            .calls
            .get(&call)
            .map_or(0, |call| call.api.spec.latency_ms);
        self.later(i64::from(latency_ms), Work::Reply { call, reply });
    }

    /// A page needs a render; its `setData` callbacks wait for it.
    pub(super) fn needs_render(&mut self, page: PageId, delay_ms: i64) {
        if self.renders.scheduled.insert(page) {
            self.later(delay_ms, Work::Render(page));
        }
    }

    /// Asks the user, or queues behind the open dialog for the same scope or the privacy guide.
    pub(super) fn ask(&mut self, call: u32, question: Question, purpose: Purpose) {
        let open = self
            .asked
            .values_mut()
            .find(|asked| purpose != Purpose::Api && asked.purpose == purpose);
        if let Some(open) = open {
            open.calls.push(call);
            return;
        }
        self.counters.questions += 1;
        let number = self.counters.questions;
        let asked = question.clone();
        self.emit(|| Event::Question {
            question: number,
            call,
            asked,
        });
        let calls = vec![call];
        self.asked.insert(
            number,
            Asked {
                purpose,
                question,
                calls,
                answered: false,
            },
        );
        self.consult(number);
    }

    /// Lets the policy answer a question.
    pub(super) fn consult(&mut self, number: u32) {
        let Some(question) = self.asked.get(&number).map(|asked| asked.question.clone()) else {
            return;
        };
        let answer = self.policy.answer(&question).or_else(|| {
            let person = self.person.as_mut()?;
            person.answer(&question)
        });
        let Some(answer) = answer else {
            return self.unanswered(number, &question, String::new());
        };
        match question.accepts(&answer) {
            Ok(()) => self.give_answer(number, answer),
            Err(problem) => self.unanswered(number, &question, problem),
        }
    }

    fn unanswered(&mut self, number: u32, question: &Question, problem: String) {
        self.unanswered.push(number);
        let (key, answers) = (question.key.clone(), question.answers());
        self.emit(|| Event::Unanswered {
            question: number,
            key,
            answers,
            problem,
        });
    }

    /// The number of an answer.
    pub(super) fn next_choice(&mut self) -> u32 {
        self.counters.choices += 1;
        self.counters.choices
    }

    /// An answer to an open question, after the time a person takes.
    pub(super) fn give_answer(&mut self, question: u32, answer: Json) {
        let choice = self.next_choice();
        if let Some(asked) = self.asked.get_mut(&question) {
            asked.answered = true;
        }
        self.unanswered.retain(|open| *open != question);
        self.later(
            ANSWER_MS,
            Work::Answer {
                question,
                answer,
                choice,
            },
        );
    }

    /// The oldest question of that kind that nobody has answered.
    pub(super) fn open_question(&self, key: &str) -> Option<u32> {
        let open = |number: &&u32| {
            self.asked
                .get(number)
                .is_some_and(|asked| asked.question.key == key && !asked.answered)
        };
        self.unanswered.iter().find(open).copied()
    }

    /// What all programs of a world have in common goes over to another one of them.
    pub(super) fn hand_over(&mut self, other: &mut Self) {
        use std::mem::swap;
        swap(&mut self.world, &mut other.world);
        swap(&mut self.trace, &mut other.trace);
        swap(&mut self.policy, &mut other.policy);
        swap(&mut self.person, &mut other.person);
        swap(&mut self.fate, &mut other.fate);
        swap(&mut self.monitor, &mut other.monitor);
        swap(&mut self.outside, &mut other.outside);
        swap(&mut self.responder, &mut other.responder);
        swap(&mut self.replaced, &mut other.replaced);
        swap(&mut self.counters, &mut other.counters);
        swap(&mut self.unsupported, &mut other.unsupported);
    }

    /// The side of a program that was not opened yet, in the same world once it is handed over.
    pub(super) fn beside(&self, code: Code) -> Self {
        let world = World::new(self.world.profile().clone(), AppFacts::default(), 0);
        let beginning = Beginning {
            policy: Policy::default(),
            listener: None,
            limits: self.limits,
            utc_offset_s: self.utc_offset_s,
            reveals_session_key: self.backend.reveals_session_key(),
        };
        Self {
            began: self.began,
            pretence: self.pretence,
            ..Self::new(world, code, beginning)
        }
    }

    /// The logic layer is gone: what was due for it is forgotten.
    pub(super) fn forget_scripts(&mut self) {
        self.queue.clear();
        self.calls.clear();
        self.asked.clear();
        self.unanswered.clear();
        self.shares.clear();
        self.transfers = self.transfers.without_scripts();
        self.heard.clear();
        self.route = None;
        self.leaving.clear();
        self.privacy_waits.clear();
        self.renders = Renders::default();
        self.views = Views::default();
        self.reports.clear();
        self.visited = None;
        self.registered.clear();
        self.loaded.clear();
        self.main_loaded = false;
        self.missing_page = None;
    }
}

/// Time a person takes to answer a dialog, in virtual milliseconds.
pub const ANSWER_MS: i64 = 1_000;
