//! The stand-in for WeChat's servers as a process: who owns the world, what is kept, how it is steered.
//!
//! One owner holds the world. Whatever comes in (a request, a moment at which something is due, what came of a
//! delivery) is an [`Entry`] stamped with the moment of the world; it is written down before it is answered, so that
//! the same entries give the same world again.

mod control;
mod control_cards;
mod control_page;
mod control_pay;
mod control_platform;
mod control_users;
mod entry;
mod state;

pub use control::{CONTROL, OPEN_API, answer as answer_control, is_control, unproven};
pub use entry::Entry;
use entry::Performed;
pub use state::{BadState, Lock, StateFile};

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value as Json;

use crate::net::listener::{Post, Service};
use crate::server::{Request, Response};
use crate::world::open_api::delivery::{Delivery, Outcome};
use crate::world::open_host::{OpenHost, is_own_machine};
use crate::world::{Millis, World};

/// How time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// As outside, and so many milliseconds besides.
    Real(i64),
    /// By the control interface alone.
    Virtual,
}

/// One request for the one who watches.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// The moment of the world.
    pub at: Millis,
    /// What came.
    pub request: &'a Request,
    /// What it got.
    pub response: &'a Response,
}

/// Hears of every request.
pub type Watcher = Box<dyn FnMut(&Seen<'_>) + Send>;

/// The owner of the world.
pub struct Server {
    inner: Mutex<Inner>,
}

struct Inner {
    world: World,
    clock: Clock,
    state: Option<StateFile>,
    token: String,
    watcher: Watcher,
    /// Hosts of other machines that bodies may go to.
    hosts: Vec<OpenHost>,
}

/// Now, in milliseconds of Unix time.
#[expect(
    clippy::disallowed_methods,
    reason = "a server for real back ends lives in their time"
)]
pub fn real_now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl Server {
    /// A server over a world. `token` is what control requests have to show.
    pub fn new(world: World, token: String, watcher: Watcher) -> Self {
        Self {
            inner: Mutex::new(Inner {
                world,
                clock: Clock::Virtual,
                state: None,
                token,
                watcher,
                hosts: Vec::new(),
            }),
        }
    }

    /// Lets time pass as outside: from now, or, when the world is of another day, from its moment on.
    #[must_use]
    pub fn with_real_time(self, from_now: bool) -> Self {
        let mut inner = self.lock();
        let behind = inner.world.now().0 - real_now_ms();
        inner.clock = Clock::Real(if from_now { behind.max(0) } else { behind });
        drop(inner);
        self
    }

    /// Writes down what happens.
    #[must_use]
    pub fn with_state(self, state: StateFile) -> Self {
        self.lock().state = Some(state);
        self
    }

    /// Lets bodies go to these hosts of other machines too.
    #[must_use]
    pub fn with_hosts(self, hosts: Vec<OpenHost>) -> Self {
        self.lock().hosts = hosts;
        self
    }

    /// What was under way when the server ended last is sent again.
    ///
    /// # Errors
    /// The state cannot be written.
    pub fn begin(&self) -> Result<(), BadState> {
        let mut inner = self.lock();
        let at = inner.now();
        inner.take(&Entry::Again { at }).map(drop)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic in a request is answered as an error of the server; the world before it is whole, because a
        // change is applied as one.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// The moment that an entry of now has.
    fn now(&self) -> Millis {
        match self.clock {
            Clock::Real(ahead) => self
                .world
                .now()
                .max(Millis(real_now_ms().saturating_add(ahead))),
            Clock::Virtual => self.world.now(),
        }
    }

    /// Whether a body may go there: to this machine, or to a host that was opened.
    fn may_post(&self, url: &str) -> bool {
        is_own_machine(url) || self.hosts.iter().any(|host| host.admits(url))
    }

    /// Writes an entry down, then performs it.
    fn take(&mut self, entry: &Entry) -> Result<Performed, BadState> {
        if let Some(state) = &mut self.state {
            state.append(entry, &self.world)?;
        }
        let before = self.world.now();
        let performed = entry::perform(&mut self.world, entry);
        // A control request that moves time moves it for good.
        if let Clock::Real(ahead) = &mut self.clock {
            *ahead += self.world.now().since(entry.at().max(before));
        }
        Ok(performed)
    }

    fn answer(&mut self, request: &Request) -> Response {
        if control::is_control(&request.path)
            && let Some(response) = control::unproven(request, &self.token)
        {
            return response;
        }
        let at = self.now();
        let kept = entry::kept(request);
        let entry = Entry::Request { at, request: kept };
        if control::only_reads(request) {
            self.world.apply(crate::world::AdvanceTo(at));
            return control::answer(&mut self.world, request);
        }
        match self.take(&entry) {
            Ok(performed) => performed.response,
            Err(error) => {
                let words = format!("the state could not be written: {error}");
                Response::new(500, "text/plain", words.clone()).because(words)
            }
        }
    }
}

fn post(delivery: Delivery) -> Post {
    Post {
        id: delivery.id,
        url: delivery.url,
        headers: delivery.headers,
        body: delivery.body,
    }
}

impl Server {
    /// Asks the address of new settings for message push whether it knows its token; what is wrong.
    fn push_problem(
        &self,
        request: &Request,
        outside: &dyn Fn(&Post) -> Outcome,
    ) -> Option<String> {
        let inner = self.lock();
        if control::unproven(request, &inner.token).is_some() {
            return None;
        }
        let (url, echo) = control::push_check(&inner.world, request)?;
        let may_go = inner.may_post(&url);
        drop(inner);
        if !may_go {
            return Some(format!(
                "{url} is not this machine; open its host with --allow-host"
            ));
        }
        let asked = Post {
            id: 0,
            url: url.clone(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        match outside(&asked) {
            Outcome::Answered { status: 200, body } if body.trim_ascii() == echo.as_bytes() => None,
            Outcome::Answered { status, body } => {
                let body = String::from_utf8_lossy(&body)
                    .chars()
                    .take(200)
                    .collect::<String>();
                Some(format!(
                    "Token校验失败: GET {url} must answer 200 and the echostr {echo} alone; it answered {status} and `{body}`"
                ))
            }
            Outcome::Failed(why) => Some(format!(
                "GET {url}: {why}; start the server first, or write \"check\": false to set it unasked"
            )),
        }
    }
}

impl Service for Server {
    fn asks_outside(&self, request: &Request) -> bool {
        control::sets_push(request)
    }

    fn answer(&self, request: Request, outside: &dyn Fn(&Post) -> Outcome) -> Response {
        let problem = if control::sets_push(&request) {
            self.push_problem(&request, outside)
        } else {
            None
        };
        let mut inner = self.lock();
        let response = match problem {
            Some(words) => control::failed(400, &words),
            None => inner.answer(&request),
        };
        let at = inner.world.now();
        let seen = Seen {
            at,
            request: &request,
            response: &response,
        };
        (inner.watcher)(&seen);
        response
    }

    fn tick(&self) -> Vec<Post> {
        let mut inner = self.lock();
        let at = inner.now();
        if inner.world.next_server_due().is_none_or(|due| due > at) {
            return Vec::new();
        }
        // What cannot be written down does not happen; the next tick tries again.
        let out = inner.take(&Entry::Tick { at }).unwrap_or_default().out;
        let (may_go, closed) = out
            .into_iter()
            .partition(|delivery| inner.may_post(&delivery.url));
        for delivery in closed {
            let closed: Delivery = delivery;
            let why = format!(
                "{} is not this machine; open its host with --allow-host",
                closed.url
            );
            let outcome = Outcome::Failed(why);
            let id = closed.id;
            let _ = inner.take(&Entry::Posted { at, id, outcome });
        }
        let posts: Vec<Delivery> = may_go;
        posts.into_iter().map(post).collect()
    }

    fn posted(&self, id: u64, outcome: Outcome) {
        let mut inner = self.lock();
        let at = inner.now();
        // What cannot be written down is tried again later, as if it had not gone out.
        let _ = inner.take(&Entry::Posted { at, id, outcome });
    }
}

/// Every app with its secret, for whoever starts the server.
pub fn told_apps(world: &World) -> Vec<Json> {
    control_page::apps(world)
}

/// Every merchant with its keys, for whoever starts the server.
pub fn told_merchants(world: &mut World) -> Vec<Json> {
    control_pay::merchants(world)
}

/// Every user with the openids, for whoever starts the server.
pub fn told_users(world: &World) -> Vec<Json> {
    let users = world.users().iter();
    users.map(|user| control_users::told(world, user)).collect()
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
