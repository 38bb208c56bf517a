//! The worker's side of `wxsim repl`: the phone, each line in a copy of the process of its own.

use std::path::PathBuf;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::cli::load::{self, Beside, Trouble, Wanted};
use crate::cli::person::Caller;
use crate::cli::watched::Watched;
use crate::repl::{Facts, Given, Loader, Outcome, Seen, Session, Want, Words};
use crate::report::Paint;
use crate::runtime::trace::Entry;
use crate::runtime::{Config, Sim};
use crate::worker::{BranchEnd, Outbox, Twigs, Word, Zygote};
use crate::world::enter_options::EnterOptions;

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) project: PathBuf,
    pub(super) config: Config,
    /// The other mini programs of the world.
    pub(super) beside: Vec<Beside>,
    /// Whether requests may go out.
    pub(super) live: bool,
    /// Who looks at it.
    pub(super) watched: Watched,
    pub(super) enter: EnterOptions,
    pub(super) words: Words,
    pub(super) coloured: bool,
    pub(super) fork: bool,
}

/// What the worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// What there is to say of the project.
    Said(Trouble),
    /// There is this to see.
    Shown(String),
    /// A rule does not hold, which fails the session.
    Failed,
    /// The line was not done, and why.
    Refused(String),
    /// The session as a test.
    Recorded(String),
    /// What can be completed.
    Facts(Facts),
}

/// What the worker asks between two lines.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Asked {
    /// How many lines it has behind it.
    pub(super) at: usize,
}

/// The word of a copy that leaves: an older one goes on.
const BACK: Word = Word(1);
/// The word of the last copy: the session is over.
const OVER: Word = Word(2);

fn send(outbox: &mut Outbox, message: &Message) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// The worker's side.
pub(in crate::cli) fn job(text: &str, zygote: &mut Zygote) {
    let request: Request =
        serde_json::from_str(text).expect("the supervisor speaks this program's own language");
    zygote.set_mode(load::mode(request.fork));
    let twigs = zygote.twigs();
    zygote.branch(
        &mut None,
        |outbox| load(&request, request.config.clone(), &Seen::default(), outbox),
        |loaded, outbox| {
            let Some(Loaded { sim, seen }) = loaded.take() else {
                return OVER;
            };
            let paint = if request.coloured {
                Paint::Coloured
            } else {
                Paint::Plain
            };
            let loader = loader(&request, outbox);
            let mut session = Session::new(sim, seen, (request.words, paint), loader);
            let shown = session.launch(request.enter.clone());
            send(outbox, &Message::Shown(shown));
            if request.watched.fails && session.has_found_error() {
                send(outbox, &Message::Failed);
            }
            let mut phone = Phone {
                session,
                at: 0,
                fails: request.watched.fails,
                twigs,
            };
            phone.serve(outbox)
        },
    );
    zygote.finish();
}

/// A program that can start.
struct Loaded {
    sim: Sim,
    seen: Seen,
}

fn load(request: &Request, config: Config, seen: &Seen, outbox: &mut Outbox) -> Option<Loaded> {
    let own = Rc::clone(seen);
    let listener = Box::new(move |entry: &Entry| own.borrow_mut().push(entry.clone()));
    let mut speaker = outbox.clone();
    let wanted = Wanted {
        project: &request.project,
        config,
        beside: &request.beside,
        live: request.live,
    };
    let loaded = load::load(wanted, listener, outbox, &mut |trouble| {
        send(&mut speaker, &Message::Said(trouble));
    });
    let mut sim = loaded?.sim;
    request.watched.install(&mut sim);
    sim.set_person(Box::new(Caller(outbox.clone())));
    Some(Loaded {
        sim,
        seen: Rc::clone(seen),
    })
}

/// Reads the project as it is by then.
fn loader(request: &Request, outbox: &Outbox) -> Loader {
    let request = request.clone();
    let mut outbox = outbox.clone();
    Box::new(move |world, seen| {
        let mut config = request.config.clone();
        config.profile = world.profile().clone();
        config.seed = world.seed();
        config.user = None;
        config.world = Some(Box::new(world));
        match load(&request, config, &seen, &mut outbox) {
            Some(Loaded { sim, .. }) => Ok(sim),
            None => Err(request.words.not_reloaded()),
        }
    })
}

struct Phone {
    session: Session,
    /// How many lines it has behind it.
    at: usize,
    /// Whether errors that rules find fail the session.
    fails: bool,
    twigs: Twigs,
}

impl Phone {
    /// Does line after line, until it is taken back or over.
    fn serve(&mut self, outbox: &mut Outbox) -> Word {
        loop {
            let (text, shows, keeps) = match self.ask(outbox) {
                Given::Leave => return BACK,
                Given::End => return OVER,
                Given::Facts(want) => {
                    self.tell_facts(&want, outbox);
                    continue;
                }
                Given::Record {
                    app,
                    with,
                    name,
                    is_flow,
                } => {
                    let text = self.session.recorded(&app, &with, &name, is_flow);
                    send(outbox, &Message::Recorded(text));
                    continue;
                }
                Given::Line { text, shows, keeps } => (text, shows, keeps),
            };
            if shows || !keeps || !self.twigs.can_grow() {
                self.line(&text, shows, outbox);
                continue;
            }
            let end = self.twigs.grow(outbox, |outbox| {
                if self.line(&text, false, outbox) {
                    self.serve(outbox)
                } else {
                    BACK
                }
            });
            if end == BranchEnd::Finished(OVER) {
                return OVER;
            }
        }
    }

    /// Tells what can be completed; a copy looks for it, and leaves no trace.
    fn tell_facts(&mut self, want: &Want, outbox: &mut Outbox) {
        if !self.twigs.can_grow() {
            let facts = self.session.facts(want, false);
            return send(outbox, &Message::Facts(facts));
        }
        self.twigs.grow(outbox, |outbox| {
            let facts = self.session.facts(want, true);
            send(outbox, &Message::Facts(facts));
            BACK
        });
    }

    fn ask(&mut self, outbox: &mut Outbox) -> Given {
        let asked = Asked { at: self.at };
        let answer = outbox.ask(&serde_json::to_string(&asked).unwrap_or_default());
        serde_json::from_str(&answer).unwrap_or(Given::End)
    }

    /// Whether the line was done.
    fn line(&mut self, text: &str, only_shows: bool, outbox: &mut Outbox) -> bool {
        match self.session.line(text) {
            Outcome::Done(shown) => {
                self.at += usize::from(!only_shows);
                send(outbox, &Message::Shown(shown));
                if self.fails && self.session.has_found_error() {
                    send(outbox, &Message::Failed);
                }
                true
            }
            Outcome::Refused(why) => {
                send(outbox, &Message::Refused(why));
                false
            }
        }
    }
}
