//! What happens to the world of a server, each with its moment.

use serde::{Deserialize, Serialize};

use super::control;
use crate::server::{self, Request, Response};
use crate::world::handover::TakeHandovers;
use crate::world::open_api::content_check::RunDueChecks;
use crate::world::open_api::delivery::{Delivery, Outcome, TakeBackDeliveries, TakeDueDeliveries};
use crate::world::open_api::push::{EndDelivery, QueuePushes};
use crate::world::{AdvanceTo, Millis, World};

/// Something that happens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Entry {
    /// A request comes.
    Request {
        /// When.
        at: Millis,
        /// What.
        request: Request,
    },
    /// Time has passed, and something is due.
    Tick {
        /// When.
        at: Millis,
    },
    /// The server starts again: what was out is not known to have come.
    Again {
        /// When.
        at: Millis,
    },
    /// A developer's server answered, or did not.
    Posted {
        /// When.
        at: Millis,
        /// Which delivery.
        id: u64,
        /// What came of it.
        outcome: Outcome,
    },
}

impl Entry {
    /// When it happens.
    pub fn at(&self) -> Millis {
        match self {
            Self::Request { at, .. }
            | Self::Tick { at }
            | Self::Again { at }
            | Self::Posted { at, .. } => *at,
        }
    }
}

/// Header lines that interfaces read; others are not written down.
const HEADERS_KEPT: &[&str] = &[
    "content-type",
    "authorization",
    "wechatpay-serial",
    "accept",
    "user-agent",
];

/// What of a request is written down.
pub(super) fn kept(request: &Request) -> Request {
    let is_control = control::is_control(&request.path);
    let is_kept =
        |name: &str| HEADERS_KEPT.contains(&name) && !(is_control && name == "authorization");
    let headers = request.headers.iter().filter(|(name, _)| is_kept(name));
    Request {
        headers: headers.cloned().collect(),
        ..request.clone()
    }
}

/// What an entry gives.
#[derive(Debug, Default)]
pub(super) struct Performed {
    /// What a request gets.
    pub(super) response: Response,
    /// What goes out.
    pub(super) out: Vec<Delivery>,
}

/// Performs an entry: the same on the same world always gives the same.
pub(super) fn perform(world: &mut World, entry: &Entry) -> Performed {
    world.apply(AdvanceTo(entry.at()));
    let mut performed = Performed::default();
    // Nobody reads a trace here, so nothing waits to be told in one.
    world.apply(TakeHandovers);
    match entry {
        Entry::Request { request, .. } => {
            performed.response = if control::is_control(&request.path) {
                control::answer(world, request)
            } else {
                server::answer(world, request)
            };
            world.apply(QueuePushes);
        }
        Entry::Tick { .. } => {
            world.apply(RunDueChecks);
            world.apply(QueuePushes);
            performed.out = world.apply(TakeDueDeliveries);
        }
        Entry::Again { .. } => world.apply(TakeBackDeliveries),
        Entry::Posted { id, outcome, .. } => world.apply(EndDelivery {
            id: *id,
            outcome: outcome.clone(),
        }),
    }
    performed
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;
