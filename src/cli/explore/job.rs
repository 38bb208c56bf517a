//! The worker's side of `wxsim explore`: loads the program once and lets copies of the process go all ways.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::expected::expect;
use super::property::{Property, judge, unreadable};
use crate::cli::load::{self, Trouble, Wanted};
use crate::explore::{
    Again, Bound, Bounds, Ear, Forest, Notes, Outcome, Progress, Rest, Roaming, Script, Search,
    Vary, Walk, When, Whole, judge_whole, roam,
};
use crate::package::{Files, Project};
use crate::rules::privacy_guide::{GuideCollector, GuideDraft};
use crate::rules::{Levels, Rules};
use crate::runtime::monitor::{Found, Monitor, Noted, Rest as RuntimeRest, Weight};
use crate::runtime::trace::Entry;
use crate::runtime::{Config, Sim};
use crate::scenario::judge_rules;
use crate::worker::{self, Outbox, Zygote};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Request {
    pub(in crate::cli) project: PathBuf,
    pub(in crate::cli) config: Config,
    /// How it may be started, the usual way first.
    pub(in crate::cli) enters: Vec<EnterOptions>,
    /// Whether it is started at every other page, too.
    pub(in crate::cli) every_page: bool,
    pub(in crate::cli) vary: BTreeSet<Vary>,
    /// How many things may go otherwise in one action.
    pub(in crate::cli) twists_max: u32,
    /// Virtual milliseconds after each action.
    pub(in crate::cli) settle_ms: i64,
    pub(in crate::cli) bounds: Bounds,
    /// Real milliseconds after which it ends; 0 for no limit.
    pub(in crate::cli) budget_ms: u64,
    /// Random walks beyond the bound.
    pub(in crate::cli) walks: u64,
    /// Copies that run at the same time.
    pub(in crate::cli) jobs: usize,
    /// Processor time from one point to the next, in milliseconds.
    pub(in crate::cli) way_ms: u64,
    pub(in crate::cli) fork: bool,
    pub(in crate::cli) properties: Vec<Property>,
    /// Weight from which a finding is a violation; `None` leaves the rules out.
    pub(in crate::cli) threshold: Option<Weight>,
    /// What the author says of rules; `None` takes them as they are.
    pub(in crate::cli) levels: Option<Levels>,
    /// Whether it is noted what the program touches of the user's.
    pub(in crate::cli) drafts_guide: bool,
    /// The choices to do again, instead of an exploration.
    pub(in crate::cli) choices: Option<Vec<u32>>,
}

/// What the worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) enum Message {
    /// What there is to say of the project, or what is wrong with a property.
    Said(Trouble),
    /// How far it is.
    Progress(Progress),
    /// What came of it.
    Outcome(Box<Outcome>),
    /// What came of choices that were done again.
    Again(Box<Replayed>),
}

/// Choices that were done again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Replayed {
    /// The trace.
    pub(in crate::cli) entries: Vec<Entry>,
    /// What was chosen, in words: English, Chinese.
    pub(in crate::cli) story: Vec<crate::runtime::monitor::Words>,
    /// Whether one of the choices was not there.
    pub(in crate::cli) is_lost: bool,
}

/// The worker's side.
pub(in crate::cli) fn job(text: &str, zygote: &mut Zygote) {
    let forks = |request: &Request| request.fork;
    load::in_worker(text, zygote, forks, Loaded::load, |request, own, outbox| {
        own.explore(request, outbox);
    });
}

fn send(outbox: &mut Outbox, message: &Message) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// A program that can start.
struct Loaded {
    sim: Sim,
    ear: Rc<RefCell<Ear>>,
    draft: Rc<RefCell<GuideDraft>>,
    project: Rc<Project>,
    files: Rc<dyn Files>,
    began: Instant,
}

impl Loaded {
    fn load(request: &Request, outbox: &mut Outbox) -> Option<Self> {
        let began = now();
        let ear = Rc::new(RefCell::new(Ear::default()));
        let listening = Rc::clone(&ear);
        let mut speaker = outbox.clone();
        let mut say = |trouble| send(&mut speaker, &Message::Said(trouble));
        let wanted = Wanted {
            project: &request.project,
            config: request.config.clone(),
            beside: &[],
            live: false,
        };
        let listener = Box::new(move |entry: &Entry| listening.borrow_mut().hear(entry));
        let loaded = load::load(wanted, listener, outbox, &mut say)?;
        let mut sim = loaded.sim;
        let wrong = unreadable(&request.properties, &mut sim);
        if !wrong.is_empty() {
            wrong.into_iter().map(Trouble::Unusable).for_each(say);
            return None;
        }
        let draft = watch(request, &mut sim);
        Some(Self {
            sim,
            ear,
            draft,
            project: loaded.project,
            files: loaded.files,
            began,
        })
    }

    /// The program as it is after loading, once more.
    fn anew(&self, request: &Request) -> (Sim, Rc<RefCell<Ear>>, Rc<RefCell<GuideDraft>>) {
        let ear = Rc::new(RefCell::new(Ear::default()));
        let listening = Rc::clone(&ear);
        let listener = Box::new(move |entry: &Entry| listening.borrow_mut().hear(entry));
        let (project, files) = (Rc::clone(&self.project), Rc::clone(&self.files));
        let made = Sim::new(project, files, request.config.clone(), Some(listener));
        let mut sim =
            made.unwrap_or_else(|error| panic!("the prelude does not run: {}", error.text()));
        sim.compile();
        let draft = watch(request, &mut sim);
        (sim, ear, draft)
    }

    fn explore(&mut self, request: &Request, outbox: &mut Outbox) {
        worker::hear_interrupts();
        let walk = Walk {
            notes: notes(request, &self.draft),
            ..walk(request, self.enters(request))
        };
        if let Some(choices) = &request.choices {
            self.ear.borrow_mut().keep();
            let script = Script::Ways(choices.iter().copied().collect());
            let walked = walk.run(&mut self.sim, &self.ear, script, Rest::Stop(None));
            let replayed = Replayed {
                entries: walked.entries,
                story: walked
                    .choices
                    .into_iter()
                    .map(|choice| choice.says)
                    .collect(),
                is_lost: walked.is_lost,
            };
            return send(outbox, &Message::Again(Box::new(replayed)));
        }
        let outcome = if request.fork {
            self.in_copies(request, &walk, outbox)
        } else {
            let run = |script, rest| {
                let (mut sim, ear, draft) = self.anew(request);
                let walk = Walk {
                    notes: notes(request, &draft),
                    ..walk.clone()
                };
                walk.run(&mut sim, &ear, script, rest)
            };
            let mut again = Again::new(run);
            search(request, &mut again, self.began, outbox)
        };
        send(
            outbox,
            &Message::Outcome(Box::new(self.judged(request, outcome))),
        );
    }

    /// The ways to start the program.
    fn enters(&self, request: &Request) -> Vec<EnterOptions> {
        let mut enters = request.enters.clone();
        if request.every_page {
            let first = enters
                .first()
                .map(|enter| enter.path.clone())
                .unwrap_or_default();
            let home = self
                .sim
                .read(|world| world.app().home_page().map(str::to_owned));
            let usual = if first.is_empty() {
                home.unwrap_or_default()
            } else {
                first
            };
            let pages = self.project.app.pages.iter().filter(|page| **page != usual);
            enters.extend(pages.map(|page| EnterOptions::at(page, DEFAULT_SCENE)));
        }
        enters
    }

    /// The outcome with what only the whole shows.
    fn judged(&self, request: &Request, mut outcome: Outcome) -> Outcome {
        let app = &self.project.app;
        let first = std::iter::once(&app.entry_page).chain(app.pages.first());
        let tabs = app
            .tab_bar
            .iter()
            .flat_map(|bar| bar.items.iter().map(|item| &item.page_path));
        let properties = request
            .properties
            .iter()
            .map(|own| (own.when, own.name.clone()));
        let whole = Whole {
            properties: properties.collect(),
            homes: first.chain(tabs).cloned().collect(),
            buttons: Vec::new(),
        };
        judge_whole(&mut outcome, &whole);
        let profile = self.sim.read(|world| world.profile().clone());
        expect(&mut outcome.matrix, &*self.files, &request.vary, &profile);
        if let Some(threshold) = request.threshold {
            judge_rules(&mut outcome, &app.pages, threshold, request.levels.as_ref());
        }
        outcome
    }

    #[cfg(unix)]
    fn in_copies(&mut self, request: &Request, walk: &Walk, outbox: &mut Outbox) -> Outcome {
        use crate::explore::Wood;
        use crate::worker::grove::Grove;
        let grove = Grove::new(request.way_ms);
        let grove = grove.unwrap_or_else(|error| panic!("copies cannot be made: {error}"));
        let began = self.began;
        let (sim, ear) = (&mut self.sim, &self.ear);
        let mut wood = Wood::new(grove, request.jobs, |sprout, task| {
            walk.run_task(sim, ear, sprout, task);
        });
        search(request, &mut wood, began, outbox)
    }

    #[cfg(not(unix))]
    fn in_copies(&mut self, _: &Request, _: &Walk, _: &mut Outbox) -> Outcome {
        unreachable!("the supervisor asks for no copies here")
    }
}

/// Lets the rules look at a program; gives where they note what it touches.
fn watch(request: &Request, sim: &mut Sim) -> Rc<RefCell<GuideDraft>> {
    let draft = Rc::new(RefCell::new(GuideDraft::default()));
    if request.threshold.is_some() {
        let rules = Rules::new(|_| true).with_levels(request.levels.clone().unwrap_or_default());
        sim.set_monitor(Box::new(Watching {
            rules,
            guide: request.drafts_guide.then(GuideCollector::default),
            draft: Rc::clone(&draft),
        }));
    }
    draft
}

/// The rules, and who notes what is touched.
struct Watching {
    rules: Rules,
    guide: Option<GuideCollector>,
    draft: Rc<RefCell<GuideDraft>>,
}

impl Monitor for Watching {
    fn at_rest(&mut self, noted: Vec<Noted>, rest: &RuntimeRest<'_>) -> Vec<Found> {
        if let Some(guide) = &mut self.guide {
            for noted in &noted {
                guide.hear(noted);
            }
            *self.draft.borrow_mut() = guide.draft(rest.project, rest.world);
        }
        self.rules.at_rest(noted, rest)
    }
}

fn walk(request: &Request, enters: Vec<EnterOptions>) -> Walk {
    Walk {
        vary: request.vary.clone(),
        twists_max: request.twists_max,
        settle_ms: request.settle_ms,
        enters,
        judge: judge(&request.properties),
        notes: None,
    }
}

/// What was touched on the way so far, as text.
fn notes(request: &Request, draft: &Rc<RefCell<GuideDraft>>) -> Option<Notes> {
    let draft = Rc::clone(draft);
    let text = move || serde_json::to_string(&*draft.borrow()).ok();
    request.drafts_guide.then(|| -> Notes { Rc::new(text) })
}

fn search<F: Forest>(
    request: &Request,
    forest: &mut F,
    began: Instant,
    outbox: &mut Outbox,
) -> Outcome {
    let always = request
        .properties
        .iter()
        .map(|property| (property.when == When::Always).then(|| property.name.clone()));
    let search = Search::new(forest, request.bounds)
        .counting(request.threshold)
        .with_always(always.collect());
    let budget = Duration::from_millis(request.budget_ms);
    let end = |now: Instant| {
        let is_over = request.budget_ms > 0 && now.saturating_duration_since(began) >= budget;
        if worker::is_interrupted() {
            return Some(Bound::Interrupted);
        }
        is_over.then_some(Bound::Seconds(budget.as_secs()))
    };
    let mut told = began;
    let mut outcome = search.run(&mut |progress| {
        let now = now();
        if now.saturating_duration_since(told) > Duration::from_millis(200) {
            told = now;
            send(outbox, &Message::Progress(progress));
        }
        end(now)
    });
    let roaming = Roaming {
        walks: request.walks,
        steps: ROAM_STEPS,
        seed: request.config.seed,
        threshold: request.threshold.unwrap_or(Weight::Error),
    };
    roam(forest, &mut outcome, roaming, &mut || end(now()).is_none());
    // An interrupt while it roamed.
    if let Some(bound @ Bound::Interrupted) = end(now()) {
        outcome.bound = Some(bound);
        outcome.complete = false;
    }
    outcome
}

/// Choices of a random walk.
const ROAM_STEPS: u32 = 30;

#[expect(clippy::disallowed_methods, reason = "the budget is of real time")]
fn now() -> Instant {
    Instant::now()
}
