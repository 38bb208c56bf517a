//! The end of a test as the beginning of an exploration: everything that a user and the world can do from there.
//!
//! Copies of the test's process go the ways; the process itself decides which, and stays where the test ended. In a copy
//! the routes and stubs of the test go on to answer, and its properties are asked in each state. Nobody but an
//! [`Ear`] hears the copies, and no server outside can be reached from them.

mod options;
mod told;
mod whole;

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use self::options::{Exploration, Property, Replay};
use self::told::OWN_CODE;
pub use self::whole::judge_rules;
use super::Stage;
use super::real_server::{Beyond, Given, Need};
use crate::engine::Engine;
use crate::explore::{
    Bound, Ear, Judge, Outcome, Rest, Script, Search, Violation, Walk, Walked, When, Whole,
    judge_whole,
};
use crate::report::suite::{Failure, FailureKind};
use crate::rules::Rules;
use crate::runtime::Sim;
use crate::runtime::monitor::{Found, Weight, Words};
use crate::runtime::trace::Event;
use crate::value::Value;
use crate::worker::Outbox;

/// The step that stands in the trace where an exploration begins.
pub const EXPLORES: &str = "explore";

/// How everything is tried at the end of a test.
pub struct Explorer {
    /// The way to the supervisor.
    pub outbox: Outbox,
    /// Copies that run at the same time.
    pub jobs: usize,
    /// Processor time from one choice to the next, in milliseconds.
    pub way_ms: u64,
    /// Whether there are copies of the process.
    pub has_copies: bool,
    /// The choices of an exploration to do again, in the place of any exploration.
    pub story: Option<Vec<u32>>,
}

/// Names of the options that are those of an exploration.
///
/// # Errors
/// What is wrong with the options.
pub(super) fn check(given: &Value) -> Result<Value, String> {
    let given = given.to_json().unwrap_or_default();
    let keys = options::own_keys(given.as_object().unwrap_or(&serde_json::Map::new()))?;
    Ok(Value::Array(keys.into_iter().map(Value::from).collect()))
}

/// Real time that the last choices may take when the budget is over, in milliseconds.
const LAST_MS: u64 = 120_000;

/// What is said where there are no copies of the process.
const NO_COPIES: &str = "an exploration needs copies of the process, which --no-fork (or this system) does not let it have";

impl Stage {
    /// Lets the rules see the test that runs, if everything is tried at its end.
    pub(super) fn watch(&self, sim: &mut Sim) {
        let node = self.plan.node(self.current.get());
        let level = node.and_then(|node| node.rules.as_deref());
        if level.and_then(options::threshold).is_some() {
            sim.set_monitor(Box::new(Rules::new(|_| true)));
        }
    }

    /// Tries everything from here; what does not hold fails the test.
    ///
    /// # Errors
    /// The options are wrong, or there is no program.
    pub(super) fn explore(&self, given: &Json) -> Result<Value, String> {
        let mut exploration = Exploration::read(given.as_object().ok_or("options are missing")?)?;
        let explorer = self.explorer.as_ref();
        if let Some(story) = explorer.and_then(|own| own.story.clone()) {
            exploration.replay = Some(Replay::Ways(story));
        }
        let mut violations = self.found_so_far(exploration.threshold);
        let outcome = {
            let mut sim = self.shared.sim.borrow_mut();
            let sim = sim.as_mut().ok_or("there is no mini program here")?;
            sim.take_late();
            sim.set_policy(sim.policy().rules_alone());
            self.explored_from.set(Some(self.shared.log.borrow().len()));
            sim.note_step(EXPLORES);
            let outcome = self.explored(sim, &exploration);
            self.shared.set_backend(sim.backend());
            outcome
        };
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(failure) => {
                self.shared.fail(self.placed(*failure));
                return Ok(Value::Undefined);
            }
        };
        violations.extend(outcome.violations.iter().cloned());
        let lines = told::lines(&outcome, &violations, &exploration);
        self.shared.output.borrow_mut().extend(lines);
        if let Some(expected) = &exploration.expect {
            violations.retain(|own| told::is_named(own, expected));
        }
        violations.sort_by_key(|own| own.story.len());
        for violation in &violations {
            let failure = told::failure(violation, &exploration);
            self.shared.fail(self.placed(failure));
        }
        Ok(Value::Undefined)
    }

    /// What rules found before anything was chosen.
    fn found_so_far(&self, threshold: Option<Weight>) -> Vec<Violation> {
        let log = self.shared.log.borrow();
        let found = log.iter().filter_map(|entry| match &entry.event {
            Event::Found(found) => Some(&**found),
            _ => None,
        });
        let counting = found.filter(|found| counts(found, threshold));
        counting.map(|own| told::found(own, &[], "")).collect()
    }

    /// A failure with its place: where the test is written, unless it has one in the program.
    fn placed(&self, mut failure: Failure) -> Failure {
        let node = self.plan.node(self.current.get());
        if let (None, Some(frame)) = (&failure.place, node.and_then(|node| node.frame.as_ref())) {
            self.shared.place(&mut failure, frame);
        }
        failure
    }

    fn explored(&self, sim: &mut Sim, exploration: &Exploration) -> Result<Outcome, Box<Failure>> {
        let ear = Rc::new(RefCell::new(Ear::default()));
        for entry in self.shared.log.borrow().iter() {
            ear.borrow_mut().hear(entry);
        }
        let walk = Walk {
            vary: exploration.vary.clone(),
            twists_max: exploration.twists_max,
            settle_ms: exploration.settle_ms,
            enters: exploration.start.iter().cloned().collect(),
            judge: Some(self.judge(&exploration.properties)),
            notes: None,
        };
        let Some(replay) = &exploration.replay else {
            return self.searched(sim, &ear, &walk, exploration);
        };
        let (outcome, is_lost) = self.replayed(sim, &ear, &walk, exploration, replay);
        let is_open = !is_lost
            && exploration.expect.as_ref().is_some_and(|expected| {
                let is_of_way = crate::rules::named(expected).is_some();
                let is_found = outcome
                    .violations
                    .iter()
                    .any(|own| told::is_named(own, expected));
                !is_of_way && !is_found && !self.is_always(exploration, expected)
            });
        if !is_open {
            return Ok(outcome);
        }
        // What it speaks of lies behind the story.
        let walk = Walk {
            enters: Vec::new(),
            ..walk
        };
        self.searched(sim, &ear, &walk, exploration)
    }

    #[expect(clippy::unused_self, reason = "a question about what is explored")]
    fn is_always(&self, exploration: &Exploration, name: &str) -> bool {
        let mut always = exploration.properties.iter();
        always.any(|own| own.when == When::Always && own.name == name)
    }

    /// Judges the properties: functions in the test's own engine, expressions in that of the program. Behind them stands
    /// one that holds unless code of the test went wrong.
    fn judge(&self, properties: &[Property]) -> Judge {
        let own = properties.to_vec();
        let (engine, shared) = (Rc::clone(&self.engine), Rc::clone(&self.shared));
        Rc::new(move |sim: &mut Sim| {
            let state = sim.state_view();
            let mut wrong = shared
                .failures
                .borrow_mut()
                .pop()
                .map(|failure| failure.message);
            let asked = asked(&engine, &own, &state);
            let mut judged: Vec<Result<bool, String>> = Vec::new();
            for (at, property) in own.iter().enumerate() {
                let holds = match (&property.code, &asked) {
                    (Some(code), _) => sim.holds(code, &state.to_string()),
                    (None, Ok(asked)) => held(asked.items().get(at)),
                    (None, Err(problem)) => Err(problem.clone()),
                };
                judged.push(holds.or_else(|why| {
                    let name = &property.name;
                    wrong.get_or_insert_with(|| format!("`{name}` cannot be judged: {why}"));
                    Ok(true)
                }));
            }
            judged.push(wrong.map_or(Ok(true), Err));
            judged
        })
    }

    /// Does the choices of a story in this very process; tells, too, whether one of them was not there.
    fn replayed(
        &self,
        sim: &mut Sim,
        ear: &Rc<RefCell<Ear>>,
        walk: &Walk,
        exploration: &Exploration,
        replay: &Replay,
    ) -> (Outcome, bool) {
        let script = match replay {
            Replay::Ways(ways) => Script::Ways(ways.iter().copied().collect()),
            Replay::Keys(keys) => Script::Keys(keys.iter().cloned().collect::<VecDeque<_>>()),
        };
        self.shared.listening.lend(ear, false);
        let walked = walk.run(sim, ear, script, Rest::Usual);
        self.shared.listening.take_back();
        let mut output = self.shared.output.borrow_mut();
        for (number, choice) in walked.choices.iter().enumerate() {
            output.push(format!("{}. {}", number + 1, choice.says.en));
        }
        if walked.is_lost {
            output.push("one of the choices is not there any more".to_owned());
        }
        let mut outcome = Outcome {
            states: walked.states.len(),
            transitions: walked.ways.len(),
            bound: Some(Bound::Depth(0)),
            ..Outcome::default()
        };
        outcome.violations = on_the_way(&walked, exploration);
        if walked.is_lost && exploration.expect.is_none() {
            let gone = "one of the choices is not there any more: the program has changed since";
            outcome.violations.push(Violation {
                says: Words::new(gone, gone),
                ..told::unheld("replay", None, &[], "")
            });
        }
        (outcome, walked.is_lost)
    }

    fn searched(
        &self,
        sim: &mut Sim,
        ear: &Rc<RefCell<Ear>>,
        walk: &Walk,
        exploration: &Exploration,
    ) -> Result<Outcome, Box<Failure>> {
        if exploration.bounds.depth == 0 {
            let nothing = Replay::Ways(Vec::new());
            let (outcome, _) = self.replayed(sim, ear, walk, exploration, &nothing);
            return Ok(outcome);
        }
        let copies = self.explorer.as_ref().filter(|own| own.has_copies);
        let Some(explorer) = copies else {
            let mut failure = Failure::new(FailureKind::Action, NO_COPIES);
            failure.help =
                "run it on Linux without --no-fork; `depth: 0` and `replay` need none".into();
            return Err(Box::new(failure));
        };
        let mut outbox = explorer.outbox.clone();
        let ms = exploration.budget_ms.saturating_add(LAST_MS);
        let mut outcome =
            outbox.in_own_time(ms, || self.in_copies(sim, ear, walk, exploration, explorer))?;
        let button = exploration.expect.as_deref().and_then(told::dead_button);
        let properties = exploration.properties.iter();
        let whole = Whole {
            properties: properties.map(|own| (own.when, own.name.clone())).collect(),
            homes: homes(sim),
            buttons: button.map(str::to_owned).into_iter().collect(),
        };
        judge_whole(&mut outcome, &whole);
        if let Some(threshold) = exploration.threshold {
            let pages = sim.read(|world| world.app().pages.clone());
            judge_rules(&mut outcome, &pages, threshold, None);
        }
        Ok(outcome)
    }

    #[cfg(unix)]
    fn in_copies(
        &self,
        sim: &mut Sim,
        ear: &Rc<RefCell<Ear>>,
        walk: &Walk,
        exploration: &Exploration,
        explorer: &Explorer,
    ) -> Result<Outcome, Box<Failure>> {
        use crate::explore::Wood;
        use crate::worker::grove::Grove;
        let grove = Grove::new(explorer.way_ms).map_err(|error| {
            let message = format!("copies of the process cannot be made: {error}");
            Box::new(Failure::new(FailureKind::Crashed, message))
        })?;
        let mut wood = Wood::new(grove, explorer.jobs, |sprout, task| {
            self.shared.listening.lend(ear, true);
            self.real.set(Box::new(Nobody));
            sim.leave_outside();
            walk.run_task(sim, ear, sprout, task);
        });
        let began = now();
        let budget = Duration::from_millis(exploration.budget_ms);
        let search = Search::new(&mut wood, exploration.bounds)
            .counting(exploration.threshold)
            .with_always(always(&exploration.properties));
        Ok(search.run(&mut |_| {
            let is_over = now().saturating_duration_since(began) >= budget;
            is_over.then_some(Bound::Seconds(budget.as_secs()))
        }))
    }

    #[cfg(not(unix))]
    fn in_copies(
        &self,
        _: &mut Sim,
        _: &Rc<RefCell<Ear>>,
        _: &Walk,
        _: &Exploration,
        _: &Explorer,
    ) -> Result<Outcome, Box<Failure>> {
        Err(Box::new(Failure::new(FailureKind::Action, NO_COPIES)))
    }
}

/// Nobody is outside of a copy.
struct Nobody;

impl Beyond for Nobody {
    fn ask(&mut self, _: &Need) -> Given {
        Given::Problem("a real server cannot be reached while everything is tried".to_owned())
    }
}

/// Whether a finding counts.
fn counts(found: &Found, threshold: Option<Weight>) -> bool {
    threshold.is_some_and(|least| found.counts(least))
}

/// Names of the properties that always hold, by number.
fn always(properties: &[Property]) -> Vec<Option<String>> {
    let names = properties
        .iter()
        .map(|own| (own.when == When::Always).then(|| own.name.clone()));
    names.chain([Some(OWN_CODE.to_owned())]).collect()
}

/// What the functions of the test say of a state.
fn asked(
    engine: &Rc<RefCell<Engine>>,
    properties: &[Property],
    state: &Json,
) -> Result<Value, String> {
    if properties.iter().all(|own| own.code.is_some()) {
        return Ok(Value::Undefined);
    }
    let asked = engine.borrow_mut().call("judge", &[Value::from(state)]);
    asked.map_err(|exception| exception.headline())
}

/// What a function said.
fn held(said: Option<&Value>) -> Result<bool, String> {
    match said {
        Some(Value::String(why)) => Err(why.clone()),
        said => Ok(said.and_then(Value::as_bool) == Some(true)),
    }
}

/// What did not hold while the choices of a story were made.
fn on_the_way(walked: &Walked, exploration: &Exploration) -> Vec<Violation> {
    let story: Vec<Words> = walked
        .choices
        .iter()
        .map(|choice| choice.says.clone())
        .collect();
    let numbers: Vec<String> = walked.ways.iter().map(u32::to_string).collect();
    let choices = numbers.join(",");
    let found = walked.found.iter().map(|(_, found)| found);
    let counting = found.filter(|found| counts(found, exploration.threshold));
    let mut violations: Vec<Violation> = counting
        .map(|found| told::found(found, &story, &choices))
        .collect();
    let mut known = BTreeSet::new();
    for (_, told) in &walked.rests {
        for (number, name) in always(&exploration.properties).into_iter().enumerate() {
            let why = told.unjudged.iter().find(|(own, _)| *own == number);
            let why = why.map(|(_, why)| why.as_str());
            let Some(name) = name.filter(|_| !told.holds.contains(&number)) else {
                continue;
            };
            if known.insert((number, why.map(str::to_owned))) {
                violations.push(told::unheld(&name, why, &story, &choices));
            }
        }
    }
    violations
}

/// Pages from which a user can go anywhere.
fn homes(sim: &Sim) -> BTreeSet<String> {
    sim.read(|world| {
        let app = world.app();
        let first = app.home_page().map(str::to_owned);
        first
            .into_iter()
            .chain(app.tab_pages.iter().cloned())
            .collect()
    })
}

#[expect(clippy::disallowed_methods, reason = "the budget is of real time")]
fn now() -> Instant {
    Instant::now()
}
