//! What listeners hear of routes: before and after a route, and of each page that is made or closed
//! by it.
//!
//! Official page: "Listening to page routes" (base library 3.5.5), with the order for `redirectTo`.
//! The others follow from it. A route can be led elsewhere before it happens
//! ([`rewrite`](crate::world::rewrite)); then the listeners are told again.
//!
//! Unverified: `path` has no slash at its beginning; pages whose view is there already have their
//! animation done as soon as a new one; `page` of a route holds the window of the page's JSON file.

use serde_json::{Value as Json, json};

use super::FIRST_RENDER_MS;
use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::{Cause, Event};
use crate::value::{Exception, Value};
use crate::world::World;
use crate::world::notice::{Notice, Told};
use crate::world::rewrite::{CloseRewriting, OpenRewriting, Target};
use crate::world::route::{PageEntry, PageId, RouteKind};

/// The route that is under way.
#[derive(Clone, Debug)]
pub(super) struct RouteEvent {
    /// The same for everything that listeners hear of one route.
    id: String,
    kind: RouteKind,
    /// When it was accepted, in Unix milliseconds.
    time: i64,
    /// The page on top afterwards.
    path: String,
    query: Json,
    page: u32,
    not_found: bool,
}

/// Most times that one route may be led elsewhere.
const REWRITES_MAX: u32 = 20;

impl Core {
    /// A route to a page; it keeps the id that listeners heard before.
    fn route_event(&mut self, kind: RouteKind, page: &PageEntry) -> RouteEvent {
        let time = self.world.now().0;
        RouteEvent {
            id: self.route_id(),
            kind,
            time,
            path: page.route.clone(),
            query: query(&page.query),
            page: page.id.0,
            not_found: false,
        }
    }

    /// The id of the route that is under way, or of a new one.
    fn route_id(&mut self) -> String {
        if let Some(route) = self.route.take() {
            return route.id;
        }
        self.counters.routes += 1;
        format!("{}_{}", self.counters.routes, self.world.now().0)
    }

    /// The page stack as scripts see it: a page that is being closed is still in it.
    pub(super) fn shown_stack(&self) -> Vec<PageId> {
        if self.leaving.is_empty() {
            self.stack()
        } else {
            self.leaving.clone()
        }
    }

    /// The page stack, bottom first.
    pub(super) fn stack(&self) -> Vec<PageId> {
        let pages = self.world.page_stack().iter();
        pages.map(|page| page.id).collect()
    }

    /// The accepted route is under way.
    pub(super) fn begin_route(&mut self, kind: RouteKind) {
        if let Some(page) = self.world.current_page().cloned() {
            let event = self.route_event(kind, &page);
            self.route = Some(event);
        }
    }

    /// What listeners get of the route under way.
    fn route_info(&self, event: &str) -> Value {
        let Some(route) = &self.route else {
            return Value::Undefined;
        };
        let mut pages = self.code.project.pages.iter();
        let page = pages.find(|page| page.route == route.path);
        let window = page.map(|page| &page.window);
        let mut info = json!({
            "path": route.path,
            "query": route.query,
            "openType": route.kind.name(),
            "webviewId": route.page,
            "routeEventId": route.id,
        });
        if event != "onAppRouteDone" {
            info["renderer"] = "webview".into();
            info["notFound"] = route.not_found.into();
            info["page"] = json!({ "window": window });
        }
        if event != "onBeforeAppRoute" {
            info["timeStamp"] = route.time.into();
        }
        Value::from(&info)
    }

    /// What listeners get of a page that is made or closed by the route under way.
    fn page_info(&self, event: &str, page: &PageEntry) -> Value {
        let id = self.route.as_ref().map(|route| route.id.as_str());
        let mut info = json!({ "path": page.route, "routeEventId": id });
        if event.ends_with("PageLoad") {
            let kind = self.route.as_ref().map(|route| route.kind.name());
            info["query"] = query(&page.query);
            info["openType"] = kind.into();
            info["componentFramework"] = "exparser".into();
        }
        Value::from(&info)
    }
}

fn query(pairs: &[(String, String)]) -> Json {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(key, value)| (key.clone(), Json::String(value.clone())));
    Json::Object(pairs.collect())
}

impl Sim {
    /// Tells listeners of a route that has not happened, in a world where it has; the effect is where
    /// they lead it.
    pub(super) fn before_route(
        &mut self,
        kind: RouteKind,
        preview: impl FnOnce(&mut World) -> bool,
    ) -> Option<Target> {
        const EVENT: &str = "onBeforeAppRoute";
        let told = self.with(|core| {
            if !core.heard.contains(EVENT) {
                return false;
            }
            let mut world = core.world.clone();
            if !preview(&mut world) {
                return false;
            }
            let Some(page) = world.current_page().cloned() else {
                return false;
            };
            let event = core.route_event(kind, &page);
            core.route = Some(event);
            let query = page.query;
            core.world.apply(OpenRewriting { kind, query });
            true
        });
        if !told {
            return None;
        }
        self.task(Cause::Route, false, EVENT, |sim| sim.tell_route(EVENT));
        self.with(|core| core.world.apply(CloseRewriting))
    }

    /// As [`Sim::before_route`], again for each page that the route is led to.
    pub(super) fn rewritten_route(
        &mut self,
        kind: RouteKind,
        preview: impl Fn(&mut World, Option<&Target>) -> bool,
    ) -> Option<Target> {
        let mut target: Option<Target> = None;
        for _ in 0..REWRITES_MAX {
            let next = self.before_route(kind, |world| preview(world, target.as_ref()));
            match next {
                Some(next) => target = Some(next),
                None => return target,
            }
        }
        let text = format!("a route was rewritten {REWRITES_MAX} times: the last page is opened");
        self.with(|core| core.console("error", text));
        target
    }

    /// Tells listeners of the first page of a start that does not exist; the effect is where they
    /// lead the route.
    pub(super) fn before_missing_page(
        &mut self,
        path: &str,
        pairs: &[(String, String)],
    ) -> Option<Target> {
        const EVENT: &str = "onBeforeAppRoute";
        self.with(|core| {
            let (id, time) = (core.route_id(), core.world.now().0);
            let open = core.world.current_page().is_some();
            let kind = if open {
                RouteKind::AutoReLaunch
            } else {
                RouteKind::AppLaunch
            };
            core.route = Some(RouteEvent {
                id,
                kind,
                time,
                path: path.to_owned(),
                query: query(pairs),
                page: 0,
                not_found: true,
            });
            let query = pairs.to_vec();
            core.world.apply(OpenRewriting { kind, query });
        });
        if self.with(|core| core.heard.contains(EVENT)) {
            self.task(Cause::Route, false, EVENT, |sim| sim.tell_route(EVENT));
        }
        self.with(|core| core.world.apply(CloseRewriting))
    }

    /// Listeners of the route itself.
    pub(super) fn tell_route(&mut self, event: &'static str) -> Result<(), Exception> {
        let info = self.with(|core| core.route_info(event));
        self.tell_of_route(event, info, 0)
    }

    /// Listeners of a page that is made or closed.
    pub(super) fn tell_page(
        &mut self,
        event: &'static str,
        page: &PageEntry,
    ) -> Result<(), Exception> {
        let info = self.with(|core| core.page_info(event, page));
        let has_instance = ["onAfterPageLoad", "onBeforePageUnload"].contains(&event);
        let instance = if has_instance { page.id.0 } else { 0 };
        self.tell_of_route(event, info, instance)
    }

    /// The page of that number, for listeners.
    pub(super) fn tell_loaded(&mut self, page: PageId) -> Result<(), Exception> {
        match self.with(|core| core.world.page(page).cloned()) {
            Some(page) => self.tell_page("onAfterPageLoad", &page),
            None => Ok(()),
        }
    }

    fn tell_of_route(
        &mut self,
        event: &'static str,
        info: Value,
        instance: u32,
    ) -> Result<(), Exception> {
        if !self.with(|core| core.heard.contains(event)) {
            return Ok(());
        }
        self.with(|core| {
            let argument = super::trace::json(&info);
            core.emit(|| Event::Told {
                event: event.to_owned(),
                object: None,
                argument,
            });
        });
        let arguments = [event.into(), info, instance.into()];
        self.engine.call("routeEvent", &arguments).map(drop)
    }

    /// The route is over; its animation ends with the first render of its page.
    pub(super) fn end_route(&mut self) {
        const EVENT: &str = "onAppRouteDone";
        self.with(|core| {
            if core.heard.contains(EVENT) {
                let info = super::trace::json(&core.route_info(EVENT));
                let told = Told::global(EVENT, info);
                core.later(FIRST_RENDER_MS, Work::Notice(Notice::Told(told)));
            }
            core.route = None;
        });
    }
}
