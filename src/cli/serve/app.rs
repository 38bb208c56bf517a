//! `wxsim serve --app`: the mini program runs on a phone in the same world; the control interface holds the phone.
//!
//! The program runs in a worker process, which owns the world; the supervisor listens and hands it each request. What
//! the program asks of its own server goes there, to this machine, and may lead to requests to WeChat's interfaces,
//! which are answered meanwhile.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::Facts;
use crate::cli::field::Asker;
use crate::cli::load::{self, Trouble, Wanted};
use crate::cli::watched::Watched;
use crate::diagnostic::Diagnostic;
use crate::runtime::trace::Entry;
use crate::runtime::{Backend, Config, Replaced, Responder, Served, Serving, Sim, Step};
use crate::scenario::{Beyond as _, Given, Need, RealServer};
use crate::serve::{answer_control, is_control, told_apps, told_merchants, told_users};
use crate::server::{Request as Asked, Response};
use crate::worker::{Outbox, Zygote};
use crate::world::World;
use crate::world::enter_options::EnterOptions;
use crate::world::network::{Outcome, Route};

/// How long is waited for a request before it is looked at what is due, in milliseconds.
const TICK_MS: u64 = 100;

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) project: PathBuf,
    pub(super) config: Config,
    /// Milliseconds that the world is ahead of the time outside; `None` stands until it is told to move.
    pub(super) ahead_ms: Option<i64>,
    /// Beginnings of addresses, and servers of this machine that answer there.
    pub(super) forward: Vec<(String, String)>,
    /// The page that is opened first.
    pub(super) page: Option<String>,
    /// Who looks at it.
    pub(super) watched: Watched,
}

/// What the worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message<E = Entry> {
    /// The program runs.
    Ready(Facts),
    /// It did something.
    Trace(E),
    /// What there is to say of the project, or why it cannot run.
    Said(Trouble),
    /// A request was answered.
    Answered {
        /// The request.
        request: Asked,
        /// HTTP status.
        status: u16,
        /// Its body where it is JSON.
        body: Json,
        /// Why it failed.
        why: String,
    },
}

fn send(outbox: &mut Outbox, message: &Message<&Entry>) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// The worker's side.
pub(in crate::cli) fn job(text: &str, zygote: &mut Zygote) {
    load::in_worker(text, zygote, |_| false, load, run);
}

fn load(request: &Request, outbox: &mut Outbox) -> Option<Sim> {
    let mut sender = outbox.clone();
    let listener = Box::new(move |entry: &Entry| send(&mut sender, &Message::Trace(entry)));
    let mut speaker = outbox.clone();
    let wanted = Wanted {
        project: &request.project,
        config: request.config.clone(),
        beside: &[],
        live: false,
    };
    let loaded = load::load(wanted, listener, outbox, &mut |trouble| {
        send(&mut speaker, &Message::Said(trouble));
    });
    let mut sim = loaded?.sim;
    request.watched.install(&mut sim);
    Some(sim)
}

/// What gets a request that comes while the phone is busy with something else.
fn besides(world: &mut World, request: &Asked) -> Option<Response> {
    let path = request.path.strip_prefix("/_wxsim/").unwrap_or_default();
    if PHONE.contains(&path) {
        let words = "the program waits for its own server; ask again when that has answered";
        return Some(
            Response::json(409, "application/json", &json!({ "error": words })).because(words),
        );
    }
    is_control(&request.path).then(|| answer_control(world, request))
}

/// Calls of the control interface that the phone itself answers.
const PHONE: [&str; 3] = ["phone", "answer", "clock"];

/// The phone, and the way to whoever may open connections.
struct Phone<'a> {
    sim: &'a mut Sim,
    real: RealServer,
    ahead_ms: Option<i64>,
}

fn run(request: &Request, sim: &mut Sim, outbox: &mut Outbox) {
    let real = RealServer::default();
    real.set(Box::new(Asker(outbox.clone())));
    real.answer_first(besides);
    sim.set_responder(Box::new(Forwarder {
        real: real.clone(),
        forward: request.forward.clone(),
    }));
    let mut phone = Phone {
        sim,
        real,
        ahead_ms: request.ahead_ms,
    };
    phone.catch_up();
    let enter = request
        .page
        .as_deref()
        .map_or_else(EnterOptions::default, |page| EnterOptions::at(page, 1001));
    phone.sim.launch(enter);
    let facts = phone.sim.backend().change(|world| Facts {
        apps: told_apps(world),
        users: told_users(world),
        merchants: told_merchants(world),
    });
    send(outbox, &Message::Ready(facts));
    let mut asker = Asker(outbox.clone());
    let mut next = Need::Next(TICK_MS);
    loop {
        next = match asker.ask(&next) {
            Given::Serve { id, request } => {
                phone.catch_up();
                let response = phone.answer(&request);
                tell(outbox, request, &response);
                let Response {
                    status,
                    headers,
                    body,
                    ..
                } = response;
                Need::Served {
                    id,
                    status,
                    headers,
                    body,
                }
            }
            Given::Problem(problem) => {
                let problem = Trouble::Unusable(Diagnostic::error(problem));
                send(outbox, &Message::Said(problem));
                return;
            }
            Given::End => return,
            _ => {
                phone.catch_up();
                // What cannot be told to anybody is in the list of deliveries.
                let _ = phone.real.tell(&phone.sim.backend());
                Need::Next(TICK_MS)
            }
        };
    }
}

fn tell(outbox: &mut Outbox, request: Asked, response: &Response) {
    let message = Message::Answered {
        request,
        status: response.status,
        body: response.body_json(),
        why: response.why.clone(),
    };
    send(outbox, &message);
}

impl Phone<'_> {
    /// Time passes as outside.
    fn catch_up(&mut self) {
        if let Some(ahead) = self.ahead_ms {
            let now = crate::serve::real_now_ms().saturating_add(ahead);
            self.sim.advance((now - self.sim.now().0).max(0));
        }
    }

    fn answer(&mut self, request: &Asked) -> Response {
        let path = request.path.strip_prefix("/_wxsim/").unwrap_or_default();
        let done = match (request.method.as_str(), path) {
            ("GET", "phone") => Ok(self.shown()),
            ("POST", "phone") => self.do_steps(request),
            ("POST", "answer") => self.give_answers(request),
            ("POST", "clock") => self.move_clock(request),
            ("POST", "restore") => Err(
                "a program runs in this world; start without --app to restore another".to_owned(),
            ),
            _ => {
                let backend = self.sim.backend();
                return if is_control(&request.path) {
                    backend.change(|world| answer_control(world, request))
                } else {
                    backend.http(request)
                };
            }
        };
        match done {
            Ok(json) => Response::json(200, "application/json", &json),
            Err(words) => {
                let body = json!({ "error": words, "phone": self.shown() });
                Response::json(400, "application/json", &body).because(words)
            }
        }
    }

    /// What the phone shows.
    fn shown(&mut self) -> Json {
        let pages = self.sim.read(|world| {
            let pages = world.page_stack().iter().map(|page| page.route.clone());
            pages.collect::<Vec<_>>()
        });
        json!({
            "now": self.sim.now(),
            "page": pages.last(),
            "pages": pages,
            "questions": self.sim.open_questions(),
            "data": self.sim.page_data(),
            "tree": self.sim.tree_text(None),
        })
    }

    /// `{"step": "tap #buy"}`, or a list in `steps`: every step of `wxsim run`.
    fn do_steps(&mut self, request: &Asked) -> Result<Json, String> {
        let body: Json =
            serde_json::from_slice(&request.body).map_err(|error| format!("the body: {error}"))?;
        let steps = match (&body["step"], &body["steps"]) {
            (Json::String(step), _) => vec![step.clone()],
            (_, Json::Array(steps)) => steps
                .iter()
                .filter_map(Json::as_str)
                .map(str::to_owned)
                .collect(),
            _ => {
                return Err(
                    "give `step`, such as {\"step\": \"tap #buy\"}, or a list in `steps`"
                        .to_owned(),
                );
            }
        };
        for text in steps {
            let step: Step = text.parse().map_err(|error| format!("{error}"))?;
            self.sim
                .step(&step)
                .map_err(|error| format!("step `{step}`: {error}"))?;
            // As above.
            let _ = self.real.tell(&self.sim.backend());
        }
        Ok(self.shown())
    }

    /// `{"pay": "pay", "scope.userLocation": "deny"}`: answers what waits, else what is to come.
    fn give_answers(&mut self, request: &Asked) -> Result<Json, String> {
        let answers: Map<String, Json> =
            serde_json::from_slice(&request.body).map_err(|error| format!("the body: {error}"))?;
        let open = self.sim.open_questions();
        for (key, answer) in answers {
            if open.contains(&key) {
                let words = answer
                    .as_str()
                    .map_or_else(|| answer.to_string(), str::to_owned);
                let step: Step = format!("answer {key}={words}")
                    .parse()
                    .map_err(|error| format!("{error}"))?;
                self.sim.step(&step).map_err(|error| error.to_string())?;
            } else {
                self.sim.answer_with(&Map::from_iter([(key, answer)]))?;
            }
        }
        let _ = self.real.tell(&self.sim.backend());
        Ok(self.shown())
    }

    /// Time passes on the phone, with all that is due meanwhile.
    fn move_clock(&mut self, request: &Asked) -> Result<Json, String> {
        let mut copy = self.sim.read(World::clone);
        let told = answer_control(&mut copy, request);
        if told.status != 200 {
            return Err(told.why);
        }
        let ms = copy.now().since(self.sim.now());
        self.sim.advance(ms);
        self.ahead_ms = self.ahead_ms.map(|ahead| ahead.saturating_add(ms));
        Ok(told.body_json())
    }
}

/// Lets requests of the program go to servers of this machine.
struct Forwarder {
    real: RealServer,
    forward: Vec<(String, String)>,
}

impl Responder for Forwarder {
    fn serve(&mut self, backend: &Backend, request: &Served) -> Serving {
        let mut rules = self.forward.iter();
        let Some((from, to)) = rules.find(|(from, _)| request.url.starts_with(from.as_str()))
        else {
            return Serving::Unknown;
        };
        let url = format!("{to}{}", &request.url[from.len()..]);
        let outcome = self.real.forward(backend, request, url);
        let outcome = outcome.unwrap_or_else(|_| Outcome::Fail("refused".to_owned()));
        let route = Route::new(&request.method, &request.url, outcome);
        Serving::Answer(route.times(1).exact())
    }

    fn late(&mut self) -> Vec<(u32, Option<Route>)> {
        Vec::new()
    }

    fn replace(&mut self, _: &Backend, _: &str, _: &Json) -> Option<Replaced> {
        None
    }
}
