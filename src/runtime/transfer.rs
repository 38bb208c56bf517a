//! Requests under way: ten of an API at a time, what their tasks tell, abort, the background; and
//! the handshakes of sockets.
//!
//! Official page: "Network". A request that has not ended five seconds after the user left fails with
//! `interrupted`, a socket is closed; one that is made later waits until the user comes back.

use std::collections::BTreeMap;

use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::{Cause, Event, json};
use crate::api::exchange::{self, Asking, Exchange, Progress, Request};
use crate::api::outside;
use crate::api::sent_header::sent_header;
use crate::api::{Behaviour, Connect, Reply};
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::socket::InterruptSockets;
use crate::world::{AdvanceTo, Millis};

/// Requests of one API that are sent at a time.
const AT_A_TIME_MAX: usize = 10;

/// A request that has not ended.
#[derive(Clone, Debug)]
struct Transfer {
    api: &'static str,
    request: Request,
    made: Millis,
    /// Whether it was sent, or will never be.
    sent: bool,
    /// Its number at the responder, which answers it later.
    held: Option<u32>,
}

/// Requests that have not ended, by call number.
#[derive(Clone, Debug, Default)]
pub(super) struct Transfers {
    open: BTreeMap<u32, Transfer>,
    /// Whether a socket to a real server was opened and not let go.
    pub(super) has_live_sockets: bool,
}

impl Transfers {
    /// What is left when the logic layer is gone: sockets that servers still have.
    pub(super) fn without_scripts(&self) -> Self {
        Self {
            open: BTreeMap::new(),
            has_live_sockets: self.has_live_sockets,
        }
    }
}

impl Core {
    /// A call that passed the gate and asks a server.
    pub(super) fn transfer(&mut self, number: u32, request: Request) {
        if !self.waits_for_responder(number, &request) {
            self.transfer_on(number, request);
        }
    }

    /// The same when nobody beside the program is asked any more.
    pub(super) fn transfer_on(&mut self, number: u32, request: Request) {
        let Some(call) = self.calls.get(&number) else {
            return;
        };
        let api = call.api.spec.name;
        let (method, url) = (&request.method, &request.url);
        if !self.world.has_route(method, url) && !self.world.is_open(url) {
            if self.pretends_answer(number) {
                return;
            }
            return self.exchange(number, Exchange::closed(request));
        }
        let transfer = Transfer {
            api,
            request,
            made: self.world.now(),
            sent: false,
            held: None,
        };
        self.transfers.open.insert(number, transfer);
        self.send_waiting(api);
    }

    /// A request waits for the responder; it has a place meanwhile.
    pub(super) fn hold(&mut self, call: u32, number: u32, request: Request) {
        let Some(made) = self.calls.get(&call) else {
            return;
        };
        let transfer = Transfer {
            api: made.api.spec.name,
            request,
            made: self.world.now(),
            sent: true,
            held: Some(number),
        };
        self.transfers.open.insert(call, transfer);
    }

    /// The request of a call that waits for the responder; it waits no longer.
    pub(super) fn let_go_of(&mut self, call: u32) -> Option<Request> {
        let transfer = self.transfers.open.get(&call);
        transfer.filter(|transfer| transfer.held.is_some())?;
        self.transfers.open.remove(&call).map(|it| it.request)
    }

    /// The call and the request that wait for the responder under that number; they wait no longer.
    pub(super) fn let_go(&mut self, number: u32) -> Option<(u32, Request)> {
        let mut open = self.transfers.open.iter();
        let (call, _) = open.find(|(_, transfer)| transfer.held == Some(number))?;
        let call = *call;
        Some((call, self.let_go_of(call)?))
    }

    /// Sends the oldest waiting requests of an API while there is a place.
    fn send_waiting(&mut self, api: &str) {
        loop {
            let of_api = |transfer: &&mut Transfer| transfer.api == api;
            let open = self.transfers.open.iter_mut();
            let (mut places, mut first) = (AT_A_TIME_MAX, None);
            for (number, transfer) in open.filter(|(_, transfer)| of_api(transfer)) {
                match transfer.sent {
                    true => places = places.saturating_sub(1),
                    false if first.is_none() => first = Some((*number, transfer)),
                    false => {}
                }
            }
            let Some((number, transfer)) = first.filter(|_| places > 0) else {
                return;
            };
            transfer.sent = true;
            let request = transfer.request.clone();
            self.send(number, request);
        }
    }

    fn send(&mut self, number: u32, request: Request) {
        let Some(call) = self.calls.get(&number).cloned() else {
            return;
        };
        let (Behaviour::Transfer { answered, .. } | Behaviour::MayTransfer { answered, .. }) =
            call.api.behaviour
        else {
            return;
        };
        let api = call.api.spec.name;
        let made = self.transfers.open.get(&number).map(|open| open.made);
        let asking = Asking {
            api,
            options: &call.options,
            made: made.unwrap_or(self.world.now()),
        };
        self.emit_request(number, &request, asking);
        let mut outside = self.outside.take();
        let mut cx = self.cx(call.object);
        let exchange =
            exchange::perform(&mut cx, asking, request, answered, outside.as_deref_mut());
        self.outside = outside;
        self.tell_server();
        self.exchange(number, exchange);
    }

    fn emit_request(&mut self, call: u32, request: &Request, asking: Asking<'_>) {
        let lines = sent_header(&self.world, asking.api, asking.options);
        let Request { method, url, body } = request.clone();
        let upload = outside::upload(&mut self.cx(None), asking);
        self.emit(|| Event::Request {
            call,
            method,
            url,
            header: lines
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect(),
            body,
            upload,
        });
    }

    /// A socket is opened: its handshake is sent, or no rule answers.
    pub(super) fn connect(&mut self, number: u32, connect: Connect) {
        let Some(call) = self.calls.get(&number).cloned() else {
            return;
        };
        let (request, routed) = match connect(&mut self.cx(call.object), &call.options) {
            Ok(handshake) => handshake,
            Err(reason @ Reason::InvalidUrl(_)) => return self.refuse_parameters(number, reason),
            Err(reason) => return self.reply(number, Err(reason)),
        };
        let is_open = self.world.is_open_to_sockets(&request.url);
        if !routed && !is_open && self.pretends_answer(number) {
            return;
        }
        if !routed && (!is_open || self.outside.is_none()) {
            return self.exchange(number, Exchange::closed(request));
        }
        let asking = Asking {
            api: call.api.spec.name,
            options: &call.options,
            made: self.world.now(),
        };
        self.emit_request(number, &request, asking);
        if !routed {
            self.connect_really(call.object, &request, asking);
        }
        self.reply(number, Ok(Vec::new()));
        self.take_notices();
    }

    /// Schedules what a request leads to.
    fn exchange(&mut self, number: u32, exchange: Exchange) {
        let Exchange {
            progress,
            after_ms,
            reply,
            unrouted,
        } = exchange;
        if let Some(request) = unrouted {
            self.emit(|| Event::Unrouted {
                call: number,
                method: request.method,
                url: request.url,
            });
        }
        for step in progress {
            let at_ms = after_ms * step.percent / 100;
            self.later(at_ms, Work::Progress { call: number, step });
        }
        let call = number;
        self.later(after_ms, Work::Reply { call, reply });
    }

    /// A script ends a task.
    pub(super) fn abort(&mut self, number: u32) {
        self.cut(number, Reason::Abort, self.world.now());
    }

    /// Ends a request that has not ended, at a moment.
    fn cut(&mut self, number: u32, reason: Reason, at: Millis) {
        let Some(transfer) = self.transfers.open.get_mut(&number) else {
            return;
        };
        (transfer.sent, transfer.held) = (true, None);
        self.queue.forget_call(number);
        let (call, reply) = (number, Err(reason));
        self.queue.push(at, Work::Reply { call, reply });
    }

    /// The logic layer is suspended at `end`: requests from before it fail and sockets are closed
    /// just then. Whether there was one.
    pub(super) fn interrupt_transfers(&mut self, end: Millis) -> bool {
        let open = self.transfers.open.iter();
        let due = open.filter(|(_, transfer)| transfer.made < end);
        let due: Vec<u32> = due.map(|(number, _)| *number).collect();
        for number in &due {
            self.cut(*number, Reason::Interrupted, end);
        }
        self.world.apply(AdvanceTo(end));
        let sockets = self.world.apply(InterruptSockets);
        self.take_notices();
        sockets || !due.is_empty()
    }

    /// What a server's answer becomes when it arrives.
    pub(super) fn arrived(&mut self, number: u32, reply: Reply) -> Reply {
        let Some(call) = self.calls.get(&number).cloned() else {
            return reply;
        };
        match call.api.behaviour {
            Behaviour::Transfer { arrived, .. } => {
                arrived(&mut self.cx(call.object), &call.options, reply?)
            }
            _ => reply,
        }
    }

    /// A call was answered: the next one of its API may be sent.
    pub(super) fn transfer_ended(&mut self, number: u32) {
        if let Some(transfer) = self.transfers.open.remove(&number) {
            let task = format!(" #{number}");
            self.heard.retain(|list| !list.ends_with(&task));
            self.send_waiting(transfer.api);
        }
    }
}

impl Sim {
    /// A task tells how it goes on, if someone listens.
    pub(super) fn tell_progress(&mut self, number: u32, step: &Progress) {
        let call = self.with(|core| core.calls.get(&number).map(|call| call.api));
        let Some(api) = call.map(|api| api.spec.name) else {
            return;
        };
        let listeners = format!("{api}.on{} #{number}", step.event);
        if !self.with(|core| core.heard.contains(&listeners)) {
            return;
        }
        let place = format!("at {listeners} callback function");
        self.task(Cause::Reply(number), false, &place, |sim| {
            sim.with(|core| {
                let argument = json(&step.argument);
                core.emit(|| Event::Progress {
                    call: number,
                    api: api.to_owned(),
                    event: step.event.to_owned(),
                    argument,
                });
            });
            let arguments = [Value::from(listeners), step.argument.clone()];
            sim.engine.call("emit", &arguments).map(drop)
        });
    }
}
