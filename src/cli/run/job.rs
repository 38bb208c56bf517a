//! The worker's side of `wxsim run`: reads the project, starts it, performs the steps.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::cli::load::{self, Beside, Trouble, Wanted};
use crate::cli::person::Caller;
use crate::cli::watched::Watched;
use crate::diagnostic::Diagnostic;
use crate::runtime::trace::Entry;
use crate::runtime::{Config, Sim, Step};
use crate::worker::{Outbox, Zygote};
use crate::world::enter_options::EnterOptions;

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
pub(super) struct Request {
    pub(super) project: PathBuf,
    pub(super) config: Config,
    /// The other mini programs of the world.
    pub(super) beside: Vec<Beside>,
    /// Whether requests may go out.
    pub(super) live: bool,
    /// Whether a person answers what no rule answers.
    pub(super) asks: bool,
    /// Who looks at it.
    pub(super) watched: Watched,
    pub(super) enter: EnterOptions,
    pub(super) steps: Vec<String>,
    pub(super) duration_ms: i64,
    /// Whether the page on top is printed at the end.
    pub(super) shows_tree: bool,
    pub(super) fork: bool,
    /// Whether the world is sent at the end.
    pub(super) saves_world: bool,
}

/// What the worker says; it sends entries by reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Message<E = Entry> {
    /// An entry of the trace.
    Trace(E),
    /// What there is to say of the project, or that a step does not apply.
    Said(Trouble),
    /// The world after the run, as text.
    World(String),
}

/// The worker's side: loads the program, then runs it in a branch.
pub(in crate::cli) fn job(request: &str, zygote: &mut Zygote) {
    let forks = |request: &Request| request.fork;
    load::in_worker(request, zygote, forks, load, run);
}

fn send(outbox: &mut Outbox, message: &Message<&Entry>) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

fn load(request: &Request, outbox: &mut Outbox) -> Option<Sim> {
    let mut sender = outbox.clone();
    let listener = Box::new(move |entry: &Entry| send(&mut sender, &Message::Trace(entry)));
    let mut speaker = outbox.clone();
    let wanted = Wanted {
        project: &request.project,
        config: request.config.clone(),
        beside: &request.beside,
        live: request.live,
    };
    let loaded = load::load(wanted, listener, outbox, &mut |trouble| {
        send(&mut speaker, &Message::Said(trouble));
    });
    let mut sim = loaded?.sim;
    request.watched.install(&mut sim);
    if request.asks {
        sim.set_person(Box::new(Caller(outbox.clone())));
    }
    Some(sim)
}

fn run(request: &Request, sim: &mut Sim, outbox: &mut Outbox) {
    sim.launch(request.enter.clone());
    for text in &request.steps {
        let Ok(step) = text.parse::<Step>() else {
            continue;
        };
        if let Err(error) = sim.step(&step) {
            let problem = Diagnostic::error(format!("step `{step}`: {error}"));
            send(outbox, &Message::Said(Trouble::Unusable(problem)));
            sim.finish();
            return;
        }
    }
    sim.advance(request.duration_ms);
    if request.shows_tree {
        sim.show_tree();
    }
    sim.finish();
    if request.saves_world {
        send(outbox, &Message::World(sim.save_world()));
    }
}
