//! Sockets to real servers: what goes out over them, and when they are listened to.
//!
//! Whenever virtual time would move on, or nothing is due any more, the program is at rest, and what
//! has come from servers by then is taken; once for each moment of virtual time in an action.

use super::core::Core;
use super::queue::Until;
use crate::api::exchange::{self, Asking, Request};
use crate::api::outside::{self, Resting};
use crate::world::Millis;
use crate::world::connection::Connection;
use crate::world::network::Outcome;
use crate::world::object::ObjectId;
use crate::world::real_socket::{ConnectReal, Hear, Rest, TakeWires};
use crate::world::socket::ConnectSocket;

impl Core {
    /// Sends the handshake of a socket to its server.
    pub(super) fn connect_really(
        &mut self,
        object: Option<ObjectId>,
        request: &Request,
        asking: Asking<'_>,
    ) {
        let (Some(socket), Some(mut outside)) = (object, self.outside.take()) else {
            return;
        };
        let offline = self.world.connection() == Connection::None;
        let mut cx = self.cx(object);
        let timeout_ms = exchange::timeout_ms(&cx, asking.api, asking.options);
        let handshake = outside::handshake(&mut cx, asking, request, timeout_ms);
        let outcome = if offline {
            Outcome::Fail("unreachable".to_owned())
        } else {
            outside.connect(socket, &handshake)
        };
        self.outside = Some(outside);
        self.transfers.has_live_sockets |= matches!(outcome, Outcome::Open(_));
        let url = &request.url;
        let connect = ConnectSocket {
            socket,
            url,
            timeout_ms,
        };
        self.world.apply(ConnectReal { connect, outcome });
    }

    /// What the program sent goes out.
    pub(super) fn send_wires(&mut self) {
        for wire in self.world.apply(TakeWires) {
            if let Some(outside) = &mut self.outside {
                outside.wire(&wire);
            }
        }
    }

    /// Listens to servers when nothing is due now; `rested` is the moment of the last time in this
    /// action.
    pub(super) fn rest(&mut self, until: Until, rested: &mut Option<Millis>) {
        let now = self.world.now();
        if *rested == Some(now) || !(self.world.awaits_servers() || self.transfers.has_live_sockets)
        {
            return;
        }
        let next = self.queue.next_at(until);
        if next.is_some_and(|at| at <= now) {
            return;
        }
        let is_first = rested.is_none();
        *rested = Some(now);
        self.world.apply(Rest);
        if self.transfers.has_live_sockets
            && let Some(outside) = &mut self.outside
        {
            let live = self.world.real_sockets();
            self.transfers.has_live_sockets = !live.is_empty();
            let is_idle = next.is_none();
            let came = outside.rest(&Resting {
                live,
                is_idle,
                is_first,
            });
            for (socket, coming) in came {
                self.world.apply(Hear(socket, coming));
            }
        }
        self.take_notices();
    }
}
