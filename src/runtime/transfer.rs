//! Requests under way: ten of an API at a time, what their tasks tell, abort, the background.
//!
//! Official page: "Network". A request that has not ended five seconds after the user left fails with
//! `interrupted`; one that is made later waits until the user comes back.

use std::collections::{BTreeMap, BTreeSet};

use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::{Cause, Event, json};
use crate::api::Behaviour;
use crate::api::exchange::{self, Exchange, Progress, Request};
use crate::errmsg::Reason;
use crate::value::Value;
use crate::world::Millis;

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
}

/// Requests that have not ended, and what is listened to of them, by call number.
#[derive(Clone, Debug, Default)]
pub(super) struct Transfers {
    open: BTreeMap<u32, Transfer>,
    heard: BTreeSet<(u32, String)>,
}

impl Core {
    /// A call that passed the gate and asks a server.
    pub(super) fn transfer(&mut self, number: u32, request: Request) {
        let Some(call) = self.calls.get(&number) else {
            return;
        };
        let api = call.api.spec.name;
        if !self.world.has_route(&request.method, &request.url) {
            return self.exchange(number, Exchange::closed(request));
        }
        let transfer = Transfer {
            api,
            request,
            made: self.world.now(),
            sent: false,
        };
        self.transfers.open.insert(number, transfer);
        self.send_waiting(api);
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
        let Behaviour::Transfer { answered, .. } = call.api.behaviour else {
            return;
        };
        let sent = request.clone();
        self.emit(|| Event::Request {
            call: number,
            method: sent.method,
            url: sent.url,
            body: sent.body,
        });
        let exchange = exchange::perform(
            &mut self.cx(call.object),
            call.api.spec.name,
            &call.options,
            request,
            answered,
        );
        self.exchange(number, exchange);
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

    /// A script listens to a task.
    pub(super) fn hear(&mut self, number: u32, event: &str) {
        self.transfers.heard.insert((number, event.to_owned()));
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
        transfer.sent = true;
        self.queue.forget_call(number);
        let (call, reply) = (number, Err(reason));
        self.queue.push(at, Work::Reply { call, reply });
    }

    /// The logic layer is suspended at `end`: requests from before it fail just then. Whether there
    /// was one.
    pub(super) fn interrupt_transfers(&mut self, end: Millis) -> bool {
        let open = self.transfers.open.iter();
        let due = open.filter(|(_, transfer)| transfer.made < end);
        let due: Vec<u32> = due.map(|(number, _)| *number).collect();
        for number in &due {
            self.cut(*number, Reason::Interrupted, end);
        }
        !due.is_empty()
    }

    /// A call was answered: the next one of its API may be sent.
    pub(super) fn transfer_ended(&mut self, number: u32) {
        self.transfers.heard.retain(|(call, _)| *call != number);
        if let Some(transfer) = self.transfers.open.remove(&number) {
            self.send_waiting(transfer.api);
        }
    }
}

impl Sim {
    /// A task tells how it goes on, if someone listens.
    pub(super) fn tell_progress(&mut self, number: u32, step: &Progress) {
        let api = self.with(|core| {
            let key = (number, step.event.to_owned());
            let call = core.calls.get(&number)?;
            core.transfers.heard.contains(&key).then_some(call.api)
        });
        let Some(api) = api.map(|api| api.spec.name) else {
            return;
        };
        let listeners = format!("{api}.on{} #{number}", step.event);
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
