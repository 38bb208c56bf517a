//! What happens to the page on top besides taps: pull-down refresh, scrolling; and the connection.
//!
//! Sources: official pages of the page hooks and of `wx.startPullDownRefresh`, which says that it is
//! the same as the user's own pull.
//!
//! Unverified: `wx.startPullDownRefresh` on a page without `enablePullDownRefresh` succeeds and no
//! hook runs; a page that is being refreshed does not refresh again; the hook comes after the reply.

use super::core::{Core, Purpose};
use super::queue::Work;
use super::sim::{Sim, StepError};
use super::trace::Cause;
use crate::api::question::Question;
use crate::value::Value;
use crate::world::connection::{Connection, SetConnection};
use crate::world::notice::{Arrive, Notice, TakeNotices};
use crate::world::page_window::StartPullDown;
use crate::world::route::{PageEntry, PageId};

impl Core {
    /// Queues what changes of the world lead to.
    pub(super) fn take_notices(&mut self) {
        self.send_wires();
        self.tell_handovers();
        for due in self.world.apply(TakeNotices) {
            if due.idle {
                let at = self.world.now().plus(due.after_ms);
                self.queue.push_idle(at, Work::Notice(due.notice));
            } else {
                self.later(due.after_ms, Work::Notice(due.notice));
            }
        }
    }

    /// Asks the user whether to leave the page on top, if the program wants that.
    pub(super) fn ask_before_leaving(&mut self) -> bool {
        let Some(page) = self.world.current_page().map(|page| page.id) else {
            return false;
        };
        let Some(text) = self.world.leave_question(page).map(str::to_owned) else {
            return false;
        };
        self.ask(0, Question::new("leavePage", text), Purpose::Leave);
        true
    }

    /// Whether a page's JSON file or app.json lets it be pulled down.
    fn can_be_pulled(&self, route: &str) -> bool {
        let mut pages = self.code.project.pages.iter();
        let page = pages.find(|page| page.route == route);
        page.and_then(|page| page.window.get("enablePullDownRefresh"))
            .is_some_and(|enabled| *enabled == true)
    }
}

impl Sim {
    pub(super) fn notice(&mut self, notice: Notice) {
        match notice {
            Notice::PulledDown(page) => {
                let route = self.with(|core| core.world.page(page).map(|page| page.route.clone()));
                if route.is_some_and(|route| self.with(|core| core.can_be_pulled(&route))) {
                    self.page_event(page, "onPullDownRefresh", None);
                }
            }
            Notice::Scrolled(page) => self.page_scrolled(page),
            Notice::Resized(page, size) => {
                self.page_event(page, "onResize", Some(Value::from(&size)));
                self.with(|core| core.look_later(page));
            }
            Notice::Element(event) => self.element_event(&event),
            Notice::Told(told) => self.tell(told),
            Notice::Jump(jump) => self.jump(&jump),
            Notice::Return(back) => self.go_back(&back),
            Notice::Over(object, members) => self.end_lasting(object, &members),
            Notice::Away(place) => self.go_elsewhere(place),
            Notice::Back(options) => self.return_from(options.map(|options| *options)),
            Notice::Alarm(alarm) => self.with(|core| {
                core.world.apply(Arrive(alarm));
                core.take_notices();
            }),
        }
    }

    pub(super) fn page_event(&mut self, page: PageId, hook: &str, argument: Option<Value>) {
        self.task(Cause::System, false, hook, |sim| {
            sim.page_hook(page, hook, argument)
        });
    }

    pub(super) fn top(&self) -> Result<PageEntry, StepError> {
        let page = self.with(|core| core.world.current_page().cloned());
        page.ok_or(StepError::NoPage)
    }

    pub(super) fn pull_down(&mut self) -> Result<(), StepError> {
        let PageEntry { id, route, .. } = self.top()?;
        if !self.with(|core| core.can_be_pulled(&route)) {
            return Err(StepError::NoPullDown(route));
        }
        if self.with(|core| core.world.is_refreshing(id)) {
            return Err(StepError::Refreshing(route));
        }
        self.with(|core| {
            core.world.apply(StartPullDown);
            core.take_notices();
        });
        Ok(())
    }

    /// The phone gets another connection; the program hears of it when it differs.
    pub(super) fn connect(&mut self, connection: Connection) {
        if !self.with(|core| core.world.apply(SetConnection(connection))) {
            return;
        }
        let argument = Value::object([
            ("isConnected", (connection != Connection::None).into()),
            ("networkType", connection.name().into()),
        ]);
        self.task(Cause::System, false, "onNetworkStatusChange", |sim| {
            sim.emit("onNetworkStatusChange", &argument)
        });
    }
}
