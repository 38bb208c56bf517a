//! Due work of the logic layer, in virtual time.
//!
//! *Replies* (API results, answers, route changes, renders) are pending: an action waits for them.
//! *Timers* of the app and idle notices are not: they run when time passes them.
//!
//! Unverified: an interval that fell due several times while scripts were suspended runs once when
//! they go on.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::animation::Animated;
use crate::api::Reply;
use crate::api::exchange::{Progress, Request};
use crate::value::Value;
use crate::view::stir::Stir;
use crate::world::Millis;
use crate::world::enter_options::EnterOptions;
use crate::world::foreground::Entry as Coming;
use crate::world::notice::Notice;
use crate::world::pay::cashier::Payment;
use crate::world::route::{PageId, RouteRequest};

/// One piece of due work; each is a macrotask.
#[derive(Debug)]
pub(super) enum Work {
    /// The first page of a start, or the one that coming back opens.
    FirstPage(EnterOptions),
    /// A request that somebody beside the program may answer.
    Serve { call: u32, request: Request },
    /// Somebody beside the program is told of a payment.
    Told(Box<Payment>),
    /// A call whose API is replaced.
    Replace(u32),
    /// A call's result.
    Reply { call: u32, reply: Reply },
    /// A task tells how it goes on.
    Progress { call: u32, step: Progress },
    /// The user's answer.
    Answer {
        question: u32,
        answer: Json,
        choice: u32,
    },
    /// What the user does in a mini program that is declared without code.
    Stub(Json),
    /// A routing call whose turn it is.
    Route { call: u32, request: RouteRequest },
    /// A page was rendered: `setData` callbacks and, the first time, `onReady`.
    Render(PageId),
    /// Somebody looks where the things of a page stand now.
    Look(PageId),
    /// A selector query is answered.
    Query { token: u32, list: Value },
    /// What the client tells by itself.
    Notice(Notice),
    /// The program's own privacy dialog, for that call.
    NeedPrivacy(u32),
    /// A component that a placeholder stands in for is here, by its path.
    Component(String),
    /// A component of a page does something by itself.
    Stir(PageId, Stir),
    /// Hooks of coming back to the foreground.
    Show(Coming),
    /// The promise of a sharing counts no longer.
    ShareDue(u32),
    /// What came of a sharing is told, by old clients.
    ShareTold {
        number: u32,
        ok: bool,
        result: Value,
    },
    /// A timer of the app.
    Timer(u32),
    /// A timer or animation frame of a WXS function of a page.
    WxsTimer { page: PageId, number: u32 },
    /// An animation of `this.animate` is at its end, or was cleared.
    Animated(Box<Animated>),
}

/// Due work by time, then by order of arrival.
#[derive(Debug, Default)]
pub(super) struct Queue {
    pending: BTreeMap<(Millis, u64), Work>,
    timers: BTreeMap<(Millis, u64), Idle>,
    timer_slots: BTreeMap<u32, Timer>,
    arrivals: u64,
}

/// Due work that keeps no action going.
#[derive(Debug)]
enum Idle {
    /// A timer of the app, by its number.
    Timer(u32),
    /// What goes on by itself.
    Work(Box<Work>),
}

#[derive(Debug)]
struct Timer {
    slot: (Millis, u64),
    /// Milliseconds between two runs of an interval.
    repeats_ms: Option<i64>,
}

/// Which work may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Everything until no reply is pending; timers only on the way there.
    Quiet,
    /// Everything due at that moment or before.
    Time(Millis),
}

/// Shortest delay of a timer in milliseconds, as browsers and the platform clamp it.
const TIMER_MS_MIN: i64 = 1;
/// Longest delay of a timer in milliseconds (2^31 - 1).
const TIMER_MS_MAX: f64 = 2_147_483_647.0;

impl Queue {
    pub(super) fn push(&mut self, at: Millis, work: Work) {
        self.arrivals += 1;
        self.pending.insert((at, self.arrivals), work);
    }

    /// The promise of a sharing is decided: its three seconds need no end.
    pub(super) fn forget_share(&mut self, number: u32) {
        let is_other = |work: &mut Work| !matches!(work, Work::ShareDue(due) if *due == number);
        self.pending.retain(|_, work| is_other(work));
    }

    /// Work that keeps no action going.
    pub(super) fn push_idle(&mut self, at: Millis, work: Work) {
        self.arrivals += 1;
        self.timers
            .insert((at, self.arrivals), Idle::Work(Box::new(work)));
    }

    /// The first pending work of a kind and its time, unless that comes too late.
    pub(super) fn take_first(
        &mut self,
        until: Until,
        is_wanted: impl Fn(&Work) -> bool,
    ) -> Option<(Millis, Work)> {
        let found = self.pending.iter().find(|(_, work)| is_wanted(work));
        let slot = *found?.0;
        match until {
            Until::Time(end) if slot.0 > end => None,
            _ => Some((slot.0, self.pending.remove(&slot)?)),
        }
    }

    /// What is due, in order: kinds of work, and timers with how far off they are in milliseconds.
    pub(super) fn outline(&self, now: Millis) -> impl Iterator<Item = String> {
        let pending = self.pending.values().map(|work| {
            let shown = format!("{work:?}");
            let kind = shown.split(['(', ' ']).next().unwrap_or_default();
            kind.to_owned()
        });
        let timers = self
            .timers
            .iter()
            .filter_map(move |((at, _), idle)| match idle {
                Idle::Timer(id) => {
                    let repeats = self.timer_slots.get(id).and_then(|timer| timer.repeats_ms);
                    Some(match repeats {
                        Some(ms) => format!("every {ms}"),
                        None => format!("in {}", at.since(now)),
                    })
                }
                Idle::Work(work) => {
                    let is_told = matches!(**work, Work::Told(_));
                    is_told.then(|| format!("told in {}", at.since(now)))
                }
            });
        pending.chain(timers)
    }

    /// Calls whose replies are due, in order.
    pub(super) fn replies(&self) -> impl Iterator<Item = u32> {
        self.pending.values().filter_map(|work| match work {
            Work::Reply { call, .. } => Some(*call),
            _ => None,
        })
    }

    pub(super) fn start_timer(&mut self, now: Millis, id: u32, delay_ms: f64, repeats: bool) {
        #[expect(clippy::cast_possible_truncation, reason = "clamped before")]
        let delay_ms = (delay_ms.clamp(0.0, TIMER_MS_MAX) as i64).max(TIMER_MS_MIN);
        self.put_timer(now.plus(delay_ms), id, repeats.then_some(delay_ms));
    }

    fn put_timer(&mut self, at: Millis, id: u32, repeats_ms: Option<i64>) {
        self.arrivals += 1;
        let slot = (at, self.arrivals);
        self.timers.insert(slot, Idle::Timer(id));
        self.timer_slots.insert(id, Timer { slot, repeats_ms });
    }

    pub(super) fn stop_timer(&mut self, id: u32) {
        if let Some(timer) = self.timer_slots.remove(&id) {
            self.timers.remove(&timer.slot);
        }
    }

    /// When the next work that may be taken is due.
    pub(super) fn next_at(&self, until: Until) -> Option<Millis> {
        let reply = self.pending.keys().next().copied();
        let timer = self.timers.keys().next().copied();
        let first = match (reply, timer) {
            (Some(reply), Some(timer)) => reply.min(timer),
            (Some(reply), None) => reply,
            (None, Some(timer)) if until != Until::Quiet => timer,
            (None, _) => return None,
        };
        match until {
            Until::Quiet => Some(first.0),
            Until::Time(end) => (first.0 <= end).then_some(first.0),
        }
    }

    /// Takes the work due next; an interval is put back for its first run after `now`.
    pub(super) fn take(&mut self, now: Millis) -> Option<Work> {
        let reply = self.pending.keys().next().copied();
        let timer = self.timers.keys().next().copied();
        if timer.is_some_and(|timer| reply.is_none_or(|reply| timer < reply)) {
            let (slot, idle) = self.timers.pop_first()?;
            let id = match idle {
                Idle::Timer(id) => id,
                Idle::Work(work) => return Some(*work),
            };
            let timer = self.timer_slots.remove(&id)?;
            if let Some(ms) = timer.repeats_ms {
                let missed = now.since(slot.0).max(0) / ms;
                self.put_timer(slot.0.plus(ms * (missed + 1)), id, Some(ms));
            }
            return Some(Work::Timer(id));
        }
        self.pending.pop_first().map(|(_, work)| work)
    }

    /// Forgets what a call was to be told.
    pub(super) fn forget_call(&mut self, number: u32) {
        self.pending.retain(|_, work| match work {
            Work::Reply { call, .. } | Work::Progress { call, .. } => *call != number,
            _ => true,
        });
    }

    /// Forgets everything: the logic layer is gone.
    pub(super) fn clear(&mut self) {
        *self = Self {
            arrivals: self.arrivals,
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Queue, Until, Work};
    use crate::world::Millis;
    use crate::world::route::PageId;

    fn name(work: Option<Work>) -> String {
        work.map(|work| format!("{work:?}")).unwrap_or_default()
    }

    #[test]
    fn equal_times_run_in_order_of_arrival() {
        let mut queue = Queue::default();
        queue.start_timer(Millis(0), 1, 10.0, false);
        queue.push(Millis(10), Work::Render(PageId(1)));
        queue.start_timer(Millis(5), 2, 5.0, false);
        let order = [
            name(queue.take(Millis(10))),
            name(queue.take(Millis(10))),
            name(queue.take(Millis(10))),
            name(queue.take(Millis(10))),
        ];
        assert_eq!(order, ["Timer(1)", "Render(PageId(1))", "Timer(2)", ""]);
    }

    #[test]
    fn timers_alone_keep_nothing_alive_but_run_on_the_way_to_a_reply() {
        let mut queue = Queue::default();
        queue.start_timer(Millis(0), 1, 10.0, true);
        assert_eq!(queue.next_at(Until::Quiet), None);
        assert_eq!(queue.next_at(Until::Time(Millis(9))), None);
        queue.push(Millis(25), Work::Replace(1));
        assert_eq!(queue.next_at(Until::Quiet), Some(Millis(10)));
        let order = [10, 20, 25].map(|now| name(queue.take(Millis(now))));
        assert_eq!(order, ["Timer(1)", "Timer(1)", "Replace(1)"]);
    }

    #[test]
    fn an_interval_makes_up_for_nothing_and_keeps_its_beat() {
        let mut queue = Queue::default();
        queue.start_timer(Millis(0), 1, 10.0, true);
        assert_eq!(name(queue.take(Millis(57))), "Timer(1)");
        assert_eq!(queue.next_at(Until::Time(Millis(59))), None);
        assert_eq!(queue.next_at(Until::Time(Millis(60))), Some(Millis(60)));
    }

    #[test]
    fn a_stopped_timer_never_runs_and_delays_are_clamped() {
        let mut queue = Queue::default();
        queue.start_timer(Millis(0), 1, f64::INFINITY, false);
        queue.start_timer(Millis(0), 2, -5.0, false);
        queue.stop_timer(2);
        queue.stop_timer(77);
        assert_eq!(queue.next_at(Until::Time(Millis(1_000))), None);
        assert_eq!(
            queue.next_at(Until::Time(Millis(2_147_483_647))),
            Some(Millis(2_147_483_647))
        );
    }
}
