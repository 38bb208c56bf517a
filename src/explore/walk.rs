//! A program walked through, one choice after the other.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::arrival::{Arrival, Choice, Did, Kind, Point, Seen, Told};
use super::chooser::{Chooser, Desk, Ear, Rest, Script, refused_sheets};
use super::fingerprint::fingerprint;
#[cfg(unix)]
use super::forest::Task;
use super::moves::{Move, moves, refused};
use super::vary::Vary;
use crate::login_words::{is_login, is_login_button, is_login_key, is_settings};
use crate::runtime::monitor::{Found, Words};
use crate::runtime::trace::Entry;
use crate::runtime::{ElementRef, Sim};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// Judges properties of the author's on a program at rest: for each whether it holds, or why that cannot be said.
pub type Judge = Rc<dyn Fn(&mut Sim) -> Vec<Result<bool, String>>>;

/// Gives what is to be noted of the way so far.
pub type Notes = Rc<dyn Fn() -> Option<String>>;

/// How a program is walked through.
#[derive(Clone)]
pub struct Walk {
    /// What is varied.
    pub vary: BTreeSet<Vary>,
    /// How many things may go otherwise in one action.
    pub twists_max: u32,
    /// Virtual milliseconds that pass after each action, so that timers run.
    pub settle_ms: i64,
    /// How it may be started, the usual way first; nothing to go on where it is.
    pub enters: Vec<EnterOptions>,
    /// Properties.
    pub judge: Option<Judge>,
    /// What is noted of the way so far.
    pub notes: Option<Notes>,
}

/// What came of a walk whose way was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Walked {
    /// What is here, if the way ended where there was something to choose.
    pub arrival: Option<Arrival>,
    /// Ways that were taken.
    pub ways: Vec<u32>,
    /// Keys of what was taken.
    pub keys: Vec<String>,
    /// What was chosen, without what happens anyhow.
    pub choices: Vec<Choice>,
    /// Rules that did not hold on the way, each with how many ways had been taken.
    pub found: Vec<(usize, Found)>,
    /// What was judged at each rest, with how many ways had been taken.
    pub rests: Vec<(usize, Told)>,
    /// Fingerprints of the states on the way.
    pub states: Vec<u64>,
    /// Whether a way was not there.
    pub is_lost: bool,
    /// The trace, if it was wanted.
    pub entries: Vec<Entry>,
}

impl Walk {
    /// Walks until the chooser is over; a chooser that grows never returns.
    pub fn run(&self, sim: &mut Sim, ear: &Rc<RefCell<Ear>>, script: Script, rest: Rest) -> Walked {
        let chooser = Rc::new(RefCell::new(Chooser::new(script, rest)));
        let desk = Desk {
            chooser: Rc::clone(&chooser),
            ear: Rc::clone(ear),
            vary: self.vary.clone(),
            twists_max: self.twists_max,
        };
        sim.set_person(Box::new(desk.clone()));
        sim.set_fate(Box::new(desk));
        sim.limit_tasks(TASKS_MAX);
        ear.borrow_mut().begin();
        let mut walked = Walked::default();
        if let Some(enter) = self.start(&chooser, ear) {
            sim.launch(enter.clone());
        }
        sim.advance(self.settle_ms);
        while !chooser.borrow().has_stopped() {
            let (seen, hears) = seen(sim, &ear.borrow());
            let mut told = ear.borrow_mut().told();
            self.judge(sim, &mut told);
            told.notes = self.notes.as_ref().and_then(|notes| notes());
            walked.states.push(seen.fingerprint);
            let ways = chooser.borrow().taken.len();
            let found = told.found.iter().cloned();
            walked.found.extend(found.map(|found| (ways, found)));
            walked.rests.push((ways, told.clone()));
            if chooser.borrow().is_over() {
                break;
            }
            let (choices, mut moves): (Vec<Choice>, Vec<Move>) =
                moves(sim, &self.vary, &hears).into_iter().unzip();
            let arrival = || Arrival {
                point: Point::Rest(Box::new(seen)),
                choices: Vec::new(),
                told,
            };
            let way = chooser.borrow_mut().choose(&choices, arrival);
            let way = usize::try_from(way).unwrap_or(usize::MAX);
            if chooser.borrow().has_stopped() || way >= moves.len() {
                break;
            }
            ear.borrow_mut().begin();
            perform(sim, &moves.swap_remove(way));
            sim.advance(self.settle_ms);
        }
        let chooser = &mut *chooser.borrow_mut();
        walked.arrival = chooser.stopped_at();
        walked.ways.clone_from(&chooser.taken);
        walked.keys.clone_from(&chooser.keys);
        walked.choices.clone_from(&chooser.choices);
        walked.is_lost = chooser.is_lost;
        walked.entries = ear.borrow_mut().take_kept();
        walked
    }

    /// Does in a copy what it was planted for; returns only when growing is over.
    #[cfg(unix)]
    pub fn run_task(
        &self,
        sim: &mut Sim,
        ear: &Rc<RefCell<Ear>>,
        mut sprout: crate::worker::grove::Sprout,
        task: Task,
    ) {
        match task {
            Task::Grow(path) => {
                self.run(sim, ear, Script::Ways(path.into()), Rest::Grow(sprout));
            }
            Task::Alone(lone) => {
                let (script, rest) = lone.script();
                let walked = self.run(sim, ear, script, rest);
                sprout.end(&serde_json::to_string(&walked).unwrap_or_default());
            }
        }
    }

    /// How the program is started.
    fn start(
        &self,
        chooser: &Rc<RefCell<Chooser>>,
        ear: &Rc<RefCell<Ear>>,
    ) -> Option<&EnterOptions> {
        let [first, others @ ..] = self.enters.as_slice() else {
            return None;
        };
        if others.is_empty() {
            return Some(first);
        }
        let choices = self
            .enters
            .iter()
            .enumerate()
            .map(|(number, enter)| start_of(enter, number));
        let arrival = || Arrival {
            point: Point::Start,
            choices: Vec::new(),
            told: Told::default(),
        };
        let choices: Vec<Choice> = choices.collect();
        let way = chooser.borrow_mut().choose(&choices, arrival);
        let way = usize::try_from(way).unwrap_or(0);
        if way > 0 {
            ear.borrow_mut().started(&choices[way].says.en);
        }
        self.enters.get(way)
    }

    fn judge(&self, sim: &mut Sim, told: &mut Told) {
        let Some(judge) = &self.judge else {
            return;
        };
        for (number, outcome) in judge(sim).into_iter().enumerate() {
            match outcome {
                Ok(true) => {
                    told.holds.insert(number);
                }
                Ok(false) => {}
                Err(why) => told.unjudged.push((number, why)),
            }
        }
    }
}

/// A way to start the program, as a choice.
fn start_of(enter: &EnterOptions, number: usize) -> Choice {
    let (page, page_zh) = match enter.path.as_str() {
        "" => ("the first page", "首页"),
        path => (path, path),
    };
    let (en, zh) = if enter.scene == DEFAULT_SCENE {
        (
            format!("the program is opened at {page}"),
            format!("从 {page_zh} 打开小程序"),
        )
    } else {
        let scene = enter.scene;
        (
            format!("the program is opened at {page} by scene {scene}"),
            format!("以场景值 {scene} 从 {page_zh} 打开小程序"),
        )
    };
    let step = format!("launch {} scene={}", enter.path, enter.scene);
    Choice {
        key: format!("start {} {}", enter.path, enter.scene),
        says: Words::new(en, zh),
        cost: u32::from(number > 0),
        kind: Kind::World,
        did: Did::Steps(vec![step]),
    }
}

/// Does something; what cannot be done any more is left out, as for a user.
fn perform(sim: &mut Sim, own: &Move) {
    match own {
        Move::Act(act) => {
            sim.note_step(&act.label);
            sim.act(act);
        }
        Move::Steps(steps) => {
            for step in steps {
                // A user cannot do it either then.
                let _ = sim.step(step);
            }
        }
    }
}

/// Macrotasks of one action: one that goes on for ever is told soon.
const TASKS_MAX: u32 = 5_000;

/// Characters of a page's texts that are kept.
const SHOWS_MAX: usize = 60;

/// What is seen of the program now, and which hooks its page has.
fn seen(sim: &mut Sim, ear: &Ear) -> (Seen, Vec<String>) {
    let state = sim.state();
    let now_ms = sim.now().0;
    let (stack, has_token) = sim.read(|world| {
        let stack = world.page_stack().iter().map(|page| page.route.clone());
        let caller = world.caller();
        let has_token = world
            .storage_keys(&caller)
            .iter()
            .any(|key| is_login_key(key));
        (stack.collect(), has_token)
    });
    let mut refused: BTreeSet<String> = refused(sim)
        .into_iter()
        .map(|scope| scope.name().to_owned())
        .collect();
    refused.extend(refused_sheets(ear));
    let page = sim.read(|world| world.current_page().map_or(0, |page| page.id.0));
    let found = sim.acts(1, usize::MAX);
    let acts = found.list.into_iter().map(|act| {
        let node = act.node.0;
        let facts = sim.element(ElementRef { page, node });
        let open =
            facts.and_then(|facts| Some(facts.attributes.get("open-type")?.as_str()?.to_owned()));
        (act.label, open.unwrap_or_default())
    });
    let acts: Vec<(String, String)> = acts.collect();
    let leads_to_login =
        |(label, open): &&(String, String)| is_login(label) || is_login_button(open);
    let logins = acts.iter().filter(leads_to_login);
    let logins: Vec<String> = logins.map(|(label, _)| label.clone()).collect();
    let shown = sim.glance(usize::MAX);
    let texts: Vec<&str> = shown
        .iter()
        .map(|(_, line)| line.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let has_content = texts.iter().any(|text| !is_login(text));
    let texts_shown: String = texts.join(" ").chars().take(SHOWS_MAX).collect();
    let hears = state["fields"]["hears"].as_array().into_iter().flatten();
    let hears = hears.filter_map(Json::as_str).map(str::to_owned).collect();
    let seen = Seen {
        fingerprint: fingerprint(&state, now_ms),
        stack,
        refused,
        has_token,
        shows: texts_shown,
        logins,
        offers_settings: acts
            .iter()
            .any(|(label, open)| is_settings(open) || is_settings(label)),
        has_content,
        is_asking: sim.is_asking(),
        has_home_button: sim.has_home_button(),
        idle: found.idle,
    };
    (seen, hears)
}
