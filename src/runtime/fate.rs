//! What may go otherwise than it does: a reply that fails, one that overtakes another, a user who does not wait.
//!
//! Whoever sets a [`Fate`] is asked before each reply to a call of the program, and before each call that the platform may
//! let fail. Without one everything goes its way.

use serde::{Deserialize, Serialize};

use super::core::Core;
use super::failure::Failure;
use super::queue::{Until, Work};
use super::sim::Sim;
use crate::api::{Api, Behaviour, Reply};
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::connection::offline_words;

/// Who decides what goes otherwise.
pub trait Fate {
    /// A reply is due: what becomes of it.
    fn due(&mut self, due: &Due) -> Twist;

    /// A call is about to be done: the number of the failure that comes instead, if any.
    fn called(&mut self, api: &str, failures: &[Failure]) -> Option<usize>;

    /// A payment was made: how the merchant's server is told.
    fn paid(&mut self) -> Telling;
}

/// How a merchant's server is told of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Once, at once.
    Once,
    /// Twice: WeChat Pay does not see that it came through.
    Twice,
    /// With the second attempt, the first being lost.
    Late,
    /// Never: all attempts are lost.
    Never,
}

/// A reply to a call that is about to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Number of the call.
    pub call: u32,
    /// The API.
    pub api: String,
    /// How it might fail instead; nothing when it fails anyhow.
    pub faults: Vec<Fault>,
    /// Calls whose replies are on their way too, in the order in which they are due.
    pub others: Vec<(u32, String)>,
    /// Whether the user could do once more what they did last.
    pub again: bool,
}

/// Why a call fails though nothing of the program is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The phone has no network.
    Network,
    /// The answer does not come in time.
    Timeout,
    /// The server answers with the status 500.
    Server,
    /// The server answers with the status 401: it knows the login no more.
    Session,
}

impl Fault {
    /// As flags and reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Server => "server",
            Self::Session => "401",
        }
    }

    /// The kind of things that go otherwise to which it belongs, as flags write it.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Server | Self::Session => "server",
        }
    }
}

/// What becomes of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twist {
    /// It is told.
    Nothing,
    /// The call fails instead.
    Fails(Fault),
    /// The reply to that call is told before it.
    After(u32),
    /// The user does once more what they did last, before it.
    Again,
    /// The user leaves the program before it.
    Leaves,
}

impl Sim {
    /// Asks somebody from now on what goes otherwise.
    pub fn set_fate(&mut self, fate: Box<dyn Fate>) {
        self.with(|core| core.fate = Some(fate));
    }

    /// The reply to a call is due.
    pub(super) fn reply_is_due(&mut self, call: u32, reply: Reply) {
        let Some(mut fate) = self.with(|core| core.fate.take()) else {
            return self.reply_arrives(call, reply);
        };
        let due = self.due(call, &reply);
        let twist = due.map_or(Twist::Nothing, |due| fate.due(&due));
        self.with(|core| core.fate = Some(fate));
        match twist {
            Twist::Nothing => self.reply_arrives(call, reply),
            Twist::Fails(fault) => {
                let reply = self.with(|core| core.failed(fault, &reply));
                self.reply_arrives(call, reply);
            }
            Twist::After(other) => {
                self.wait_on(call, reply);
                let is_other =
                    |work: &Work| matches!(work, Work::Reply { call, .. } if *call == other);
                let taken = self.with(|core| core.queue.take_first(Until::Quiet, is_other));
                if let Some((_, Work::Reply { call, reply })) = taken {
                    self.reply_arrives(call, reply);
                }
            }
            Twist::Again => {
                self.wait_on(call, reply);
                self.do_again();
            }
            Twist::Leaves => {
                self.wait_on(call, reply);
                // Who has left already cannot leave.
                let _ = self.background();
            }
        }
    }

    fn reply_arrives(&mut self, call: u32, reply: Reply) {
        let reply = self.with(|core| core.arrived(call, reply));
        self.deliver(call, &reply);
    }

    /// The reply waits behind what is due at this moment.
    fn wait_on(&mut self, call: u32, reply: Reply) {
        self.with(|core| core.later(0, Work::Reply { call, reply }));
    }

    fn due(&self, call: u32, reply: &Reply) -> Option<Due> {
        let again = self.can_do_again();
        self.with(|core| {
            let made = core.calls.get(&call)?;
            Some(Due {
                call,
                api: made.name.to_string(),
                faults: core.faults(call, reply),
                others: core.replies_on_their_way(),
                again,
            })
        })
    }
}

/// How the reply to a call of an API may fail instead.
pub fn faults(api: &Api) -> Vec<Fault> {
    let asks_server = matches!(
        api.behaviour,
        Behaviour::Transfer { .. } | Behaviour::MayTransfer { .. }
    );
    let has_status = asks_server && api.spec.name == "request";
    let may_be_late = asks_server || api.spec.fails.contains(&Reason::Timeout);
    [
        (Fault::Network, asks_server),
        (Fault::Timeout, may_be_late),
        (Fault::Server, has_status),
        (Fault::Session, has_status),
    ]
    .into_iter()
    .filter_map(|(fault, can)| can.then_some(fault))
    .collect()
}

impl Core {
    /// How a call might fail that does not.
    fn faults(&self, call: u32, reply: &Reply) -> Vec<Fault> {
        let made = self.calls.get(&call).filter(|_| reply.is_ok());
        made.map_or_else(Vec::new, |made| faults(made.api))
    }

    fn failed(&self, fault: Fault, reply: &Reply) -> Reply {
        match fault {
            Fault::Network => {
                let words = offline_words(self.world.profile().platform);
                Err(Reason::Network(words.to_owned()))
            }
            Fault::Timeout => Err(Reason::Timeout),
            Fault::Server | Fault::Session => reply.clone().map(|members| {
                let status = if fault == Fault::Server { 500_u32 } else { 401 };
                let members = members
                    .into_iter()
                    .map(|(name, value)| match name.as_str() {
                        "statusCode" => (name, status.into()),
                        "data" => (name, Value::from("")),
                        _ => (name, value),
                    });
                members.collect()
            }),
        }
    }

    fn replies_on_their_way(&self) -> Vec<(u32, String)> {
        let calls = self.queue.replies();
        let named = calls.filter_map(|call| Some((call, self.calls.get(&call)?.name.to_string())));
        named.collect()
    }
}
