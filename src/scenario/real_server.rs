//! A real server under test: the program's own back end as a process, with WeChat's interfaces within its reach.
//!
//! The process that runs a test opens no connection and starts no process; it asks its supervisor, and waits. While it
//! waits, requests to WeChat's interfaces may come from the back end: they are answered from the world of the test
//! before what was asked for is there. Virtual time stands still meanwhile. What the world has to tell the back end (pushed
//! messages, notifications) goes out whenever the program has come to rest.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::api::outside::Outgoing;
use crate::runtime::{Backend, Served};
use crate::server::{Request, Response};
use crate::world::World;
use crate::world::network::Outcome as Answer;
use crate::world::open_api::delivery::{Delivery, Outcome};

/// What a test asks of whoever may.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Need {
    /// The address at which WeChat's interfaces answer.
    Url,
    /// A process is started and waited for until it is ready.
    Start(Start),
    /// A process ends.
    Stop(u32),
    /// What a process has printed.
    Output(u32),
    /// A request goes out to this machine.
    Exchange(Outgoing),
    /// Something is told to a developer's server.
    Post {
        /// Where.
        url: String,
        /// Header lines.
        headers: Vec<(String, String)>,
        /// What.
        #[serde(with = "crate::crypto::base64_text::in_json")]
        body: Vec<u8>,
    },
    /// Requests to WeChat's interfaces that wait.
    Pending,
    /// The next request to WeChat's interfaces, for so many real milliseconds.
    Next(u64),
    /// The answer to such a request; what was asked for before it came is waited for again.
    Served {
        /// Its number.
        id: u64,
        /// HTTP status.
        status: u16,
        /// Header lines.
        headers: Vec<(String, String)>,
        /// Body.
        #[serde(with = "crate::crypto::base64_text::in_json")]
        body: Vec<u8>,
    },
}

/// A process to start.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Start {
    /// The command.
    pub command: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Its folder, from that of the project.
    pub cwd: String,
    /// Variables of its environment besides those of wxsim.
    pub env: Map<String, Json>,
    /// What it prints when it is ready; empty waits for nothing.
    pub ready: String,
    /// Real time that this may take, as a duration.
    pub timeout: String,
}

/// What comes of a need.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Given {
    /// A text: an address, what a process printed.
    Text(String),
    /// A number of a process.
    Number(u32),
    /// What came of a request.
    Answer(Answer),
    /// What came of something told.
    Outcome(Outcome),
    /// It is done, or there is nothing.
    Done,
    /// Whoever asks is to end.
    End,
    /// It cannot be: why.
    Problem(String),
    /// A request to WeChat's interfaces has come meanwhile.
    Serve {
        /// Its number.
        id: u64,
        /// The request.
        request: Request,
    },
}

/// Whoever may open connections and start processes.
pub trait Beyond {
    /// Asks, and waits.
    fn ask(&mut self, need: &Need) -> Given;
}

/// Answers requests that are not WeChat's.
type First = fn(&mut World, &Request) -> Option<Response>;

/// How whoever runs a program reaches whoever may.
#[derive(Clone, Default)]
pub struct RealServer {
    beyond: Rc<RefCell<Option<Box<dyn Beyond>>>>,
    first: Rc<Cell<Option<First>>>,
    /// Whether WeChat's interfaces have an address by now.
    is_open: Rc<Cell<bool>>,
}

impl RealServer {
    /// Gives it somebody who may.
    pub fn set(&self, beyond: Box<dyn Beyond>) {
        *self.beyond.borrow_mut() = Some(beyond);
    }

    /// Whether a server beside the test knows the way here.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// Lets somebody answer requests before WeChat's interfaces do.
    pub fn answer_first(&self, first: First) {
        self.first.set(Some(first));
        self.is_open.set(true);
    }

    fn answer(&self, backend: &Backend, request: &Request) -> Response {
        let first = self.first.get();
        let answered = first.and_then(|first| backend.change(|world| first(world, request)));
        answered.unwrap_or_else(|| backend.http(request))
    }

    /// Asks for something; what comes from the back end meanwhile is answered from the world.
    ///
    /// # Errors
    /// It cannot be.
    pub fn need(&self, backend: &Backend, need: Need) -> Result<Given, String> {
        self.is_open
            .set(self.is_open.get() || matches!(need, Need::Url | Need::Start(_)));
        let mut beyond = self.beyond.borrow_mut();
        let beyond = beyond.as_mut().ok_or(NOT_HERE)?;
        let mut next = need;
        loop {
            match beyond.ask(&next) {
                Given::Problem(problem) => return Err(problem),
                Given::Serve { id, request } => {
                    let Response {
                        status,
                        headers,
                        body,
                        ..
                    } = self.answer(backend, &request);
                    next = Need::Served {
                        id,
                        status,
                        headers,
                        body,
                    };
                }
                given => return Ok(given),
            }
        }
    }

    /// What a server of this machine answers to a request of the program, at another address.
    ///
    /// # Errors
    /// It cannot be asked.
    pub fn forward(
        &self,
        backend: &Backend,
        request: &Served,
        url: String,
    ) -> Result<Answer, String> {
        let header = request.header.iter();
        let outgoing = Outgoing {
            method: request.method.clone(),
            url,
            header: header
                .map(|(name, value)| (name.clone(), line_text(value)))
                .collect(),
            body: request.body.clone().into_bytes(),
            upload: None,
            timeout_ms: FORWARD_MS_MAX,
        };
        match self.need(backend, Need::Exchange(outgoing))? {
            Given::Answer(outcome) => Ok(outcome),
            other => Err(format!("{other:?}")),
        }
    }

    /// Answers what waits, and tells the back end what it is to know by now.
    ///
    /// # Errors
    /// What a developer's server was to be told cannot go out at all.
    pub fn settle(&self, backend: &Backend) -> Result<(), String> {
        if !self.is_open.get() {
            return Ok(());
        }
        self.need(backend, Need::Pending)?;
        self.tell(backend)
    }

    /// Tells the back end what it is to know by now.
    ///
    /// # Errors
    /// As [`RealServer::settle`].
    pub fn tell(&self, backend: &Backend) -> Result<(), String> {
        for _ in 0..ROUNDS_MAX {
            let due = backend.due_deliveries();
            if due.is_empty() {
                break;
            }
            for delivery in due {
                let Delivery {
                    id,
                    url,
                    headers,
                    body,
                    ..
                } = delivery;
                let outcome = match self.need(backend, Need::Post { url, headers, body })? {
                    Given::Outcome(outcome) => outcome,
                    other => Outcome::Failed(format!("{other:?}")),
                };
                backend.delivered(id, &outcome);
            }
        }
        Ok(())
    }
}

/// The value of a header line as text.
pub(super) fn line_text(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Real milliseconds that a server of this machine may take.
const FORWARD_MS_MAX: i64 = 60_000;
/// How often the world may have something new to tell because of what it told.
const ROUNDS_MAX: usize = 20;

const NOT_HERE: &str = "real servers are for tests that wxsim runs from the command line";
