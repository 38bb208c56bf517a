//! The event loop: one macrotask after the other, in virtual time.

use super::core::{Call, Core};
use super::gate;
use super::queue::{Until, Work};
use super::sim::Sim;
use super::trace::{Cause, ErrorKind, Event};
use crate::api::{self, unmodelled};
use crate::errmsg::Reason;
use crate::spec;
use crate::value::{Exception, Value};
use crate::world::foreground::{RunState, SUSPEND_AFTER_MS};
use crate::world::{AdvanceTo, Millis};

impl Sim {
    /// Runs until no reply is pending; timers that fall due on the way run too.
    pub(super) fn settle(&mut self) {
        self.run(Until::Quiet);
        self.be_looked_at();
    }

    /// Runs everything due until a moment and ends at that moment.
    pub(super) fn run_until(&mut self, end: Millis) {
        self.run(Until::Time(end));
        self.with(|core| core.world.apply(AdvanceTo(end)));
        self.be_looked_at();
    }

    /// Lets so many macrotasks run in one action or advance: an action without end is told sooner.
    pub fn limit_tasks(&mut self, tasks: u32) {
        self.limits.tasks = tasks;
    }

    fn run(&mut self, until: Until) {
        let tasks_max = self.limits.tasks;
        let mut rested = None;
        for _ in 0..tasks_max {
            self.with(|core| core.rest(until, &mut rested));
            if self.work_beside(until) {
                continue;
            }
            let Some(work) = self.with(|core| core.next_work(until)) else {
                return;
            };
            self.work(work);
        }
        self.with(|core| {
            let exception = Exception {
                name: "LimitError".to_owned(),
                message: format!("{tasks_max} tasks ran and there is still work to do"),
                limit: Some("tasks".to_owned()),
                ..Exception::default()
            };
            let place = core.place_with_page("event loop");
            core.fail(ErrorKind::Limit, exception, &place);
            core.queue.clear();
        });
    }

    /// One macrotask: `body`, then microtasks, unhandled rejections and the app's error handlers.
    pub(super) fn task(
        &mut self,
        cause: Cause,
        tap: bool,
        place: &str,
        body: impl FnOnce(&mut Self) -> Result<(), Exception>,
    ) {
        self.with(|core| core.begin_task(cause, tap));
        if let Err(exception) = body(self) {
            self.with(|core| core.fail_task(exception, place));
        }
        self.finish_task(place);
        self.with(Core::end_task);
        self.report_errors();
    }

    fn finish_task(&mut self, place: &str) {
        for exception in self.engine.run_microtasks() {
            self.with(|core| core.fail_task(exception, place));
        }
        if let Err(exception) = self.engine.report_rejections("rejected") {
            self.with(|core| core.fail_task(exception, "onUnhandledRejection"));
        }
    }

    /// Hands errors to `App.onError` and `wx.onError`; errors of theirs end here.
    fn report_errors(&mut self) {
        let Some(first) = self.with(|core| core.reports.pop_front()) else {
            return;
        };
        self.with(|core| {
            core.reporting = true;
            core.begin_task(Cause::Report, false);
        });
        let mut next = Some(first);
        while let Some(text) = next {
            let text = Value::from(text);
            for (function, name) in [("appHook", "onError"), ("emit", "onError")] {
                if let Err(exception) = self.engine.call(function, &[name.into(), text.clone()]) {
                    self.with(|core| core.fail_task(exception, "onError"));
                }
            }
            next = self.with(|core| core.reports.pop_front());
        }
        self.finish_task("onError");
        self.with(|core| {
            core.end_task();
            core.reporting = false;
        });
    }

    pub(super) fn work(&mut self, work: Work) {
        match work {
            Work::FirstPage(options) => self.open_first_page(&options),
            Work::Serve { call, request } => self.serve_request(call, request),
            Work::Told(payment) => self.tell_payment(&payment),
            Work::Replace(call) => self.replace_call(call),
            Work::Reply { call, reply } => self.reply_is_due(call, reply),
            Work::Progress { call, step } => self.tell_progress(call, &step),
            Work::Answer {
                question,
                answer,
                choice,
            } => {
                let is_of_visit = self.with(|core| core.answered(question, &answer, choice));
                if is_of_visit {
                    self.visit_answered(&answer);
                }
            }
            Work::Stub(answer) => self.visit_answered(&answer),
            Work::Route { call, request } => self.route(Some(call), request),
            Work::Render(page) => self.render(page),
            Work::Look(page) => self.look(page),
            Work::Query { token, list } => self.answer_query(token, &list),
            Work::Notice(notice) => self.notice(notice),
            Work::NeedPrivacy(call) => self.tell_privacy(call),
            Work::Component(path) => self.component_arrived(&path),
            Work::Stir(page, stir) => self.stir(page, stir),
            Work::Show(entry) => self.run_show(&entry),
            Work::ShareDue(number) => self.with(|core| core.share_due(number)),
            Work::ShareTold { number, ok, result } => self.tell_share(number, ok, &result),
            Work::WxsTimer { page, number } => self.wxs_timer(page, number),
            Work::Animated(animated) => self.animated(&animated),
            Work::Timer(id) => {
                let place = format!("timer {id}");
                self.task(Cause::Timer(id), false, &place, |sim| {
                    sim.engine.call("timer", &[id.into()]).map(drop)
                });
            }
        }
    }

    pub(super) fn deliver(&mut self, number: u32, reply: &api::Reply) {
        let Some(call) = self.with(|core| core.calls.remove(&number)) else {
            return;
        };
        let (result, tap) = self.with(|core| {
            let result = core.result_of(&call, reply);
            (result, core.callback_tap(&call, reply.is_ok()))
        });
        if reply.is_err() {
            self.with(|core| core.tell_failure(&call, &result));
        }
        let name = &call.name;
        let place = format!("at api {name} callback function");
        self.task(Cause::Reply(number), tap, &place, |sim| {
            sim.with(|core| {
                core.task.tap_of_payment = tap && Core::comes_of_payment(&call);
                if *reply == Err(Reason::NotSimulated) {
                    // What the app makes of that failure is no mistake of its own.
                    core.task.unsupported.push(name.to_string());
                }
                core.tell_reply(number, &call, &result);
            });
            if let Some(event) = &call.event {
                return sim.deliver_event(call.api, event, reply.is_ok(), &result);
            }
            let made_up = sim.with(|core| core.made_up_member(number, name));
            let made_up = made_up.map_or(Value::Undefined, Value::from);
            let outcome = match reply {
                Err(reason) if reason.completes_only() => Value::Null,
                reply => reply.is_ok().into(),
            };
            let arguments = [number.into(), outcome, result.clone(), made_up];
            sim.engine.call("deliver", &arguments).map(drop)
        });
        self.with(|core| core.transfer_ended(number));
    }
}

/// The name that a result begins with.
fn own_name(name: &str) -> &str {
    spec::own_name(unmodelled::own_name(name))
}

impl Core {
    /// What the callbacks of a call are given.
    pub(super) fn result_of(&self, call: &Call, reply: &api::Reply) -> Value {
        let name = match call.api.spec.replies_as {
            "" => own_name(&call.name),
            name => name,
        };
        let mut result = api::result(name, reply, &self.world);
        if let (Value::Object(members), Err(_)) = (&mut result, reply) {
            let code = gate::code_of_missing(&self.world, call.api.spec.guard);
            let code = code.map(|code| ("errCode".to_owned(), code.into()));
            members.extend(code);
        }
        result
    }

    /// The trace has the reply to a call.
    pub(super) fn tell_reply(&mut self, number: u32, call: &Call, result: &Value) {
        let result = super::trace::json(result);
        self.emit(|| Event::Reply {
            call: number,
            api: call.name.to_string(),
            result,
        });
    }

    /// When the next work falls due, unless the logic layer is suspended by then.
    pub(super) fn next_at(&self, until: Until) -> Option<Millis> {
        let next = self.queue.next_at(until)?;
        match self.world.run_state() {
            RunState::Background { since } if next > since.plus(SUSPEND_AFTER_MS) => None,
            _ => Some(next),
        }
    }

    /// The next work and its time, unless the logic layer is suspended by then.
    pub(super) fn next_work(&mut self, until: Until) -> Option<Work> {
        let mut next = self.queue.next_at(until);
        if let RunState::Background { since } = self.world.run_state() {
            let end = since.plus(SUSPEND_AFTER_MS);
            let passes = match until {
                Until::Quiet => false,
                Until::Time(time) => time >= end,
            };
            if passes && next.is_none_or(|at| at > end) && self.interrupt_transfers(end) {
                next = Some(end);
            }
            if next.is_some_and(|at| at > end) {
                return self.next_of_user(until);
            }
        }
        let at = next?;
        self.world.apply(AdvanceTo(at.max(self.world.now())));
        let now = self.world.now();
        self.queue.take(now)
    }
}
