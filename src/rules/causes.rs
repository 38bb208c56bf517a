//! What led to what: from an event back to the user's gesture, a page's hook, a timer or the start.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::runtime::monitor::{Happening, Noted};
use crate::runtime::trace::{Cause, Entry, Event};
use crate::value::Frame;

/// Most links of a chain.
const LINKS_MAX: usize = 30;

/// Where a chain of causes begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// The program was started, or scripts were loaded.
    Launch,
    /// The program came to the foreground or went to the background, or the phone changed.
    System,
    /// The user did something, by the number of the gesture.
    Gesture(u32),
    /// It is not known: what went before was not seen.
    Unknown,
}

/// A call of an API.
#[derive(Clone, Debug)]
pub struct CallFacts {
    /// Its number.
    pub call: u32,
    /// The API.
    pub api: String,
    /// Its options without callbacks.
    pub options: Json,
    /// The macrotask that it was made in.
    pub task: u32,
    /// Virtual milliseconds since the run began.
    pub t: i64,
    /// Where in the code, innermost first.
    pub stack: Vec<Frame>,
}

#[derive(Clone, Debug, Default)]
struct TaskFacts {
    cause: Option<Cause>,
    /// The macrotask from which it comes.
    from: Option<u32>,
    /// Hooks and handlers in it, in order.
    hooks: Vec<String>,
    /// The step of the user, for a gesture.
    step: String,
}

/// The causes of a run's events.
#[derive(Clone, Debug, Default)]
pub struct Causes {
    tasks: BTreeMap<u32, TaskFacts>,
    calls: BTreeMap<u32, CallFacts>,
    /// Macrotasks in which timers were started, and whether they repeat.
    timers: BTreeMap<u32, (u32, bool)>,
    /// Timers that will run yet: started, not run, not ended.
    open_timers: BTreeSet<u32>,
    /// The routing call that waits for its turn.
    routing: Option<u32>,
    /// The last step of the user.
    step: String,
    /// The macrotask whose events come now.
    task: u32,
    /// The last macrotask that a user or the system began.
    rooted: u32,
}

/// APIs that open or close pages.
const ROUTING: [&str; 5] = [
    "navigateTo",
    "redirectTo",
    "switchTab",
    "reLaunch",
    "navigateBack",
];

impl Causes {
    /// Takes in what happened.
    pub(super) fn add(&mut self, noted: &Noted) {
        match &noted.what {
            Happening::Timer {
                timer,
                task,
                repeats,
            } => {
                self.timers.insert(*timer, (*task, *repeats));
                self.open_timers.insert(*timer);
            }
            Happening::TimerEnd { timer } => {
                self.open_timers.remove(timer);
            }
            Happening::Entry(entry) => self.add_entry(entry, &noted.stack),
        }
    }

    fn add_entry(&mut self, entry: &Entry, stack: &[Frame]) {
        self.task = entry.task;
        match &entry.event {
            Event::Step { step } => self.step.clone_from(step),
            Event::Enter { kind, .. } if kind == "launch" => self.open_timers.clear(),
            Event::Task { cause, .. } => self.begin(entry.task, cause),
            Event::Hook { owner, hook, .. } => {
                let task = self.tasks.entry(entry.task).or_default();
                task.hooks.push(format!("{owner}.{hook}"));
            }
            Event::Call {
                call, api, options, ..
            } => {
                if ROUTING.contains(&api.as_str()) {
                    self.routing = Some(entry.task);
                }
                let facts = CallFacts {
                    call: *call,
                    api: api.clone(),
                    options: options.clone(),
                    task: entry.task,
                    t: entry.t,
                    stack: stack.to_vec(),
                };
                self.calls.insert(*call, facts);
            }
            _ => {}
        }
    }

    fn begin(&mut self, number: u32, cause: &Cause) {
        if let Cause::Timer(timer) = cause
            && self.timers.get(timer).is_some_and(|(_, repeats)| !repeats)
        {
            self.open_timers.remove(timer);
        }
        let from = match cause {
            Cause::Timer(timer) => self.timers.get(timer).map(|(task, _)| *task),
            Cause::Reply(call) => self.calls.get(call).map(|call| call.task),
            Cause::Route => self.routing.take().or(Some(self.rooted)),
            Cause::Render | Cause::Report | Cause::Load(_) => Some(self.rooted),
            Cause::Launch | Cause::Gesture(_) | Cause::System => None,
        };
        let step = match cause {
            Cause::Gesture(_) => self.step.clone(),
            _ => String::new(),
        };
        let from = from.filter(|from| *from != number && *from > 0);
        if from.is_none() {
            self.rooted = number;
        }
        let facts = TaskFacts {
            cause: Some(cause.clone()),
            from,
            hooks: Vec::new(),
            step,
        };
        self.tasks.insert(number, facts);
    }

    /// The macrotask whose events come now; 0 outside of any.
    pub fn task(&self) -> u32 {
        self.task
    }

    /// A call of the run.
    pub fn call(&self, number: u32) -> Option<&CallFacts> {
        self.calls.get(&number)
    }

    /// The macrotasks from one back to its root.
    fn way_back(&self, task: u32) -> Vec<(u32, &TaskFacts)> {
        let mut way = Vec::new();
        let mut next = Some(task);
        while let Some((number, facts)) =
            next.and_then(|number| Some((number, self.tasks.get(&number)?)))
        {
            way.push((number, facts));
            if way.len() == LINKS_MAX {
                break;
            }
            next = facts.from;
        }
        way
    }

    /// Where the chain to a macrotask begins.
    pub fn root(&self, task: u32) -> Root {
        let way = self.way_back(task);
        match way.last().and_then(|(_, facts)| facts.cause.as_ref()) {
            Some(Cause::Launch | Cause::Load(_)) => Root::Launch,
            Some(Cause::System) => Root::System,
            Some(Cause::Gesture(number)) => Root::Gesture(*number),
            _ => Root::Unknown,
        }
    }

    /// Whether a timer that runs again and again is on the way to a macrotask.
    pub fn is_by_interval(&self, task: u32) -> bool {
        let way = self.way_back(task);
        way.iter().any(|(_, facts)| match facts.cause {
            Some(Cause::Timer(timer)) => {
                self.timers.get(&timer).is_some_and(|(_, repeats)| *repeats)
            }
            _ => false,
        })
    }

    /// Whether a timer was started in a macrotask, or in one that comes from it.
    pub fn leads_to_timer(&self, task: u32) -> bool {
        let mut started = self.timers.values();
        started.any(|(by, _)| self.way_back(*by).iter().any(|(number, _)| *number == task))
    }

    /// Timers that will run yet: the macrotask in which each was started, and whether it repeats.
    pub fn open_timers(&self) -> impl Iterator<Item = (u32, bool)> {
        let open = self.open_timers.iter();
        open.filter_map(|timer| self.timers.get(timer).copied())
    }

    /// The timer that is the cause of a macrotask.
    pub fn timer_of(&self, task: u32) -> Option<u32> {
        match self.tasks.get(&task)?.cause {
            Some(Cause::Timer(timer)) => Some(timer),
            _ => None,
        }
    }

    /// The macrotask of the latest hook or handler on the way to one.
    pub fn hook_task(&self, task: u32) -> Option<u32> {
        let way = self.way_back(task).into_iter();
        let mut with_hooks = way.filter(|(_, facts)| !facts.hooks.is_empty());
        with_hooks.next().map(|(number, _)| number)
    }

    /// Hooks and handlers on the way to a macrotask, the latest first: `pages/a/a.onLoad`.
    pub fn hooks(&self, task: u32) -> impl Iterator<Item = &str> {
        let way = self.way_back(task).into_iter();
        way.flat_map(|(_, facts)| facts.hooks.iter().rev().map(String::as_str))
    }

    /// APIs whose replies are on the way to a macrotask, the latest first, with the numbers of the calls.
    pub fn replies(&self, task: u32) -> impl Iterator<Item = &CallFacts> {
        let way = self.way_back(task).into_iter();
        way.filter_map(|(_, facts)| match facts.cause {
            Some(Cause::Reply(call)) => self.calls.get(&call),
            _ => None,
        })
    }

    /// The chain to a macrotask in words, first cause first.
    pub fn chain(&self, task: u32) -> Vec<String> {
        let mut chain = Vec::new();
        for (_, facts) in self.way_back(task).into_iter().rev() {
            let link = match &facts.cause {
                Some(Cause::Launch) => Some("start".to_owned()),
                Some(Cause::Load(path)) => Some(format!("load {path}")),
                Some(Cause::Gesture(_)) => Some(facts.step.clone()),
                Some(Cause::Timer(timer)) => Some(format!("timer {timer}")),
                Some(Cause::Reply(call)) => self
                    .calls
                    .get(call)
                    .map(|call| format!("reply of {}", call.api)),
                Some(Cause::System) => Some("system".to_owned()),
                Some(Cause::Route | Cause::Render | Cause::Report) | None => None,
            };
            chain.extend(link.filter(|link| !link.is_empty()));
            chain.extend(facts.hooks.iter().cloned());
        }
        chain
    }
}
