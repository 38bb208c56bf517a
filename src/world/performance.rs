//! Measured times of a run: what `wx.getPerformance` gives.
//!
//! Official pages: `wx.getPerformance`, `PerformanceEntry`, "Performance data". The members of an
//! entry and the base library of each are those of the official typings; times are Unix
//! milliseconds of the virtual clock.
//!
//! - A route begins with the call and ends with its animation; the one that starts the program,
//!   `appLaunch`, begins with the start and ends with the first render of the first page.
//! - `firstRender` begins with the route and ends with `onReady`. Paints have no duration; iPhones
//!   tell neither the first nor the largest one.
//!
//! Differs from the client: no virtual time passes while the main package is fetched and scripts
//! run, so that these take 0 milliseconds; nothing is drawn, so that there are no resources
//! (`resourceTiming`), and every paint is at the end of the first render.
//!
//! Unverified: entries come in the order in which they end; a full buffer loses its oldest entry;
//! observers hear of entries that end together in one list, and of none from before; observing
//! again replaces what was observed; the names of the files that packages become; before base
//! library 2.21.2 scripts of the main package have no module name.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::code_package::PACKAGE_BYTES;
use super::notice::{Alarm, Notice, Told};
use super::object::{NewObject, ObjectId, SingleObject};
use super::route::{PageEntry, PageId, RouteKind, RoutePlan, RouteStep};
use super::{Change, Millis, World, sealed::Sealed};
use crate::profile::Platform;
use crate::version::Version;

/// Virtual time from a route to its end and to the first render of its page, in milliseconds.
pub const ROUTE_MS: i64 = 50;
/// Virtual time from a route until the view has the page's data, in milliseconds.
const RECEIVED_MS: i64 = 10;
/// How many entries are kept unless the program says otherwise.
const BUFFER_SIZE: usize = 30;
/// The main package's name.
pub const MAIN_PACKAGE: &str = "__APP__";

/// Base library of the files of scripts, the details of renders, the first paints.
const DETAILS_SINCE: Version = Version(2, 21, 2);
/// Base library of page numbers, where a route came from, the largest paint.
const PAGES_SINCE: Version = Version(2, 23, 1);
/// Base library of packages and resources.
const PACKAGES_SINCE: Version = Version(2, 24, 0);

/// What was measured in this run, and who hears of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Performance {
    began: Millis,
    entries: Vec<Json>,
    size: usize,
    /// Types of entries by observer.
    observers: BTreeMap<ObjectId, BTreeSet<String>>,
    /// Pages that are not rendered yet: by which route, and when.
    opened: BTreeMap<PageId, (RouteKind, Millis)>,
    /// Routes whose animation goes on, by number.
    routes: BTreeMap<u32, Json>,
    route: u32,
    packages: BTreeSet<String>,
}

impl Performance {
    /// A run that begins now.
    pub(super) fn at(began: Millis) -> Self {
        Self {
            began,
            entries: Vec::new(),
            size: BUFFER_SIZE,
            observers: BTreeMap::new(),
            opened: BTreeMap::new(),
            routes: BTreeMap::new(),
            route: 0,
            packages: BTreeSet::new(),
        }
    }

    fn trim(&mut self) {
        let surplus = self.entries.len().saturating_sub(self.size);
        self.entries.drain(..surplus);
    }
}

/// The program gets the object that gives the entries: the same one each time.
#[derive(Clone, Copy, Debug)]
pub struct OpenPerformance;

impl Sealed for OpenPerformance {}
impl Change for OpenPerformance {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        world.apply(SingleObject("Performance"))
    }
}

/// The program wants to hear of entries; it hears of none before it says of which.
#[derive(Clone, Copy, Debug)]
pub struct OpenObserver;

impl Sealed for OpenObserver {}
impl Change for OpenObserver {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        world.apply(NewObject("PerformanceObserver"))
    }
}

/// An observer hears of entries of these types; without any, of nothing.
#[derive(Clone, Debug)]
pub struct Observe(pub ObjectId, pub Vec<String>);

impl Sealed for Observe {}
impl Change for Observe {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let types = self.1.into_iter().collect();
        world.performance.observers.insert(self.0, types);
    }
}

/// How many entries are kept.
#[derive(Clone, Copy, Debug)]
pub struct SetBufferSize(pub usize);

impl Sealed for SetBufferSize {}
impl Change for SetBufferSize {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.performance.size = self.0;
        world.performance.trim();
    }
}

/// A package of the code is fetched, unless it was before.
#[derive(Clone, Debug)]
pub struct FetchPackage {
    /// Its name.
    pub package: String,
    /// How long that takes.
    pub takes_ms: i64,
}

impl Sealed for FetchPackage {}
impl Change for FetchPackage {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Self { package, takes_ms } = self;
        if world.performance.packages.contains(&package) {
            return;
        }
        let began = world.now;
        if takes_ms == 0 {
            fetched(world, &package, began);
        } else {
            let alarm = Alarm::PackageFetched(package, began);
            world.leave_idle(takes_ms, Notice::Alarm(alarm));
        }
    }
}

impl World {
    /// Whether a package of the code was fetched, by its name.
    pub fn has_package(&self, package: &str) -> bool {
        self.performance.packages.contains(package)
    }
}

/// A package of the code has arrived.
pub(super) fn fetched(world: &mut World, package: &str, began: Millis) {
    let is_new = world.performance.packages.insert(package.to_owned());
    if is_new && world.profile.sdk >= PACKAGES_SINCE {
        let mut entry = span("loadPackage", "downloadPackage", began, world.now);
        entry["packageName"] = package.into();
        entry["packageSize"] = PACKAGE_BYTES.into();
        world.note(vec![entry]);
    }
}

/// Scripts of a package have run.
#[derive(Clone, Debug)]
pub struct ScriptsRan {
    /// The package's name.
    pub module: String,
    /// The files that they are in on the client.
    pub files: Vec<String>,
}

impl Sealed for ScriptsRan {}
impl Change for ScriptsRan {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let mut entry = span("script", "evaluateScript", world.now, world.now);
        let is_new = world.profile.sdk >= DETAILS_SINCE;
        if is_new || self.module != MAIN_PACKAGE {
            entry["moduleName"] = self.module.into();
        }
        if is_new {
            entry["fileList"] = self.files.into();
        }
        world.note(vec![entry]);
    }
}

/// A page was rendered for the first time.
#[derive(Clone, Copy, Debug)]
pub struct FirstRendered(pub PageId);

impl Sealed for FirstRendered {}
impl Change for FirstRendered {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let opened = world.performance.opened.remove(&self.0);
        let Some(((kind, began), page)) = opened.zip(world.page(self.0).cloned()) else {
            return;
        };
        let mut entries = vec![world.first_render(&page, began)];
        for (name, since, on_iphone) in [
            ("firstPaint", DETAILS_SINCE, false),
            ("firstContentfulPaint", DETAILS_SINCE, true),
            ("largestContentfulPaint", PAGES_SINCE, false),
        ] {
            let tells = on_iphone || world.profile.platform != Platform::Ios;
            if tells && world.profile.sdk >= since {
                let mut entry = json!({ "entryType": "render", "name": name });
                entry["startTime"] = world.now.0.into();
                entries.push(world.of_page(entry, &page));
            }
        }
        if kind == RouteKind::AppLaunch {
            let mut entry = span(
                "navigation",
                "appLaunch",
                world.performance.began,
                world.now,
            );
            entry["navigationType"] = kind.name().into();
            entries.push(world.of_page(entry, &page));
        }
        world.note(entries);
    }
}

/// The animation of a route is over.
pub(super) fn route_over(world: &mut World, route: u32) {
    if let Some(entry) = world.performance.routes.remove(&route) {
        world.note(vec![entry]);
    }
}

/// A stretch of time.
fn span(kind: &str, name: &str, began: Millis, ended: Millis) -> Json {
    json!({
        "entryType": kind,
        "name": name,
        "startTime": began.0,
        "duration": ended.since(began),
    })
}

impl World {
    /// The entries in the buffer, oldest first, of a type and of a name if these are given.
    pub fn measured(&self, kind: Option<&str>, name: Option<&str>) -> Vec<Json> {
        let fits = |entry: &&Json| {
            kind.is_none_or(|kind| entry["entryType"] == kind)
                && name.is_none_or(|name| entry["name"] == name)
        };
        let entries = self.performance.entries.iter();
        entries.filter(fits).cloned().collect()
    }

    /// Types of entries of the base library.
    pub fn measured_types(&self) -> &'static [&'static str] {
        const TYPES: &[&str] = &["navigation", "render", "script", "loadPackage", "resource"];
        if self.profile.sdk >= PACKAGES_SINCE {
            TYPES
        } else {
            &TYPES[..3]
        }
    }

    /// A route from a page is under way.
    pub(super) fn route_measured(&mut self, plan: &RoutePlan, from: Option<&PageEntry>) {
        let Some(page) = self.page(plan.target).cloned() else {
            return;
        };
        let now = self.now;
        if plan.steps.contains(&RouteStep::Load(page.id)) {
            let opened = &mut self.performance.opened;
            opened.insert(page.id, (plan.kind, now));
        }
        if plan.kind == RouteKind::AppLaunch {
            return;
        }
        let mut entry = span("navigation", "route", now, now.plus(ROUTE_MS));
        entry["navigationStart"] = now.0.into();
        entry["navigationType"] = plan.kind.name().into();
        let mut entry = self.of_page(entry, &page);
        if let Some(from) = from.filter(|_| self.profile.sdk >= PAGES_SINCE) {
            entry["referrerPath"] = from.route.as_str().into();
            entry["referrerPageId"] = from.id.0.into();
        }
        self.performance.route += 1;
        let route = self.performance.route;
        self.performance.routes.insert(route, entry);
        self.leave_idle(ROUTE_MS, Notice::Alarm(Alarm::RouteOver(route)));
    }

    fn first_render(&self, page: &PageEntry, began: Millis) -> Json {
        let mut entry = span("render", "firstRender", began, self.now);
        if self.profile.sdk >= DETAILS_SINCE {
            let received = began.plus(RECEIVED_MS).min(self.now);
            entry["viewLayerReadyTime"] = began.0.into();
            entry["initDataSendTime"] = began.0.into();
            entry["initDataRecvTime"] = received.0.into();
            entry["viewLayerRenderStartTime"] = received.0.into();
            entry["viewLayerRenderEndTime"] = self.now.0.into();
        }
        self.of_page(entry, page)
    }

    /// The entry with its page.
    fn of_page(&self, mut entry: Json, page: &PageEntry) -> Json {
        entry["path"] = page.route.as_str().into();
        if self.profile.sdk >= PAGES_SINCE {
            entry["pageId"] = page.id.0.into();
        }
        entry
    }

    /// Keeps entries and tells observers of them.
    fn note(&mut self, entries: Vec<Json>) {
        let mut heard = Vec::new();
        for (observer, types) in &self.performance.observers {
            let is_observed = |entry: &&Json| {
                let kind = entry["entryType"].as_str();
                kind.is_some_and(|kind| types.contains(kind))
            };
            let list: Vec<Json> = entries.iter().filter(is_observed).cloned().collect();
            if !list.is_empty() {
                heard.push(Told::of(*observer, "entries", list.into()));
            }
        }
        for told in heard {
            self.leave(0, Notice::Told(told));
        }
        self.performance.entries.extend(entries);
        self.performance.trim();
    }
}

#[cfg(test)]
mod tests {
    use super::{
        FetchPackage, FirstRendered, MAIN_PACKAGE, Observe, OpenObserver, OpenPerformance,
        ScriptsRan, SetBufferSize,
    };
    use crate::profile::{Platform, Profile};
    use crate::version::Version;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, Kill};
    use crate::world::notice::{Alarm, Arrive, Notice, TakeNotices};
    use crate::world::route::{OpenFirstPage, PageId, Route, RouteKind, RouteRequest};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn started(profile: Profile) -> World {
        let pages = vec!["a".to_owned(), "b".to_owned()];
        let app = AppFacts {
            pages,
            ..AppFacts::default()
        };
        let mut world = World::new(profile, app, 1);
        world.apply(ColdStart(EnterOptions::new("a", 1001)));
        let (path, query) = ("a".to_owned(), Vec::new());
        let plan = world.apply(OpenFirstPage { path, query }).expect("a page");
        world.apply(AdvanceTo(world.now().plus(50)));
        world.apply(FirstRendered(plan.target));
        world
    }

    fn names(world: &World) -> Vec<String> {
        let entries = world.measured(None, None).into_iter();
        let name = |entry: serde_json::Value| entry["name"].as_str().map(str::to_owned);
        entries.filter_map(name).collect()
    }

    #[test]
    fn which_entries_there_are_depends_on_base_library_and_phone() {
        let new = ["firstRender", "firstPaint", "firstContentfulPaint"];
        let rest = ["largestContentfulPaint", "appLaunch"];
        let android = Profile {
            platform: Platform::Android,
            ..Profile::default()
        };
        assert_eq!(names(&started(android)), [&new[..], &rest[..]].concat());
        let iphone = Profile {
            platform: Platform::Ios,
            ..Profile::default()
        };
        let few = ["firstRender", "firstContentfulPaint", "appLaunch"];
        assert_eq!(names(&started(iphone)), few);
        let old = Profile {
            sdk: Version(2, 11, 0),
            ..Profile::default()
        };
        let world = started(old);
        assert_eq!(names(&world), ["firstRender", "appLaunch"]);
        let render = &world.measured(Some("render"), None)[0];
        assert!(render.get("pageId").is_none() && render.get("initDataSendTime").is_none());
        assert_eq!(world.measured_types(), ["navigation", "render", "script"]);
    }

    #[test]
    fn a_full_buffer_loses_its_oldest_entry() {
        let mut world = started(Profile::default());
        world.apply(SetBufferSize(2));
        let package = MAIN_PACKAGE.to_owned();
        let takes_ms = 0;
        world.apply(FetchPackage {
            package: package.clone(),
            takes_ms,
        });
        world.apply(FetchPackage { package, takes_ms });
        let (module, files) = (MAIN_PACKAGE.to_owned(), Vec::new());
        world.apply(ScriptsRan { module, files });
        assert_eq!(names(&world), ["downloadPackage", "evaluateScript"]);
        world.apply(SetBufferSize(0));
        assert_eq!(names(&world), [""; 0]);
    }

    #[test]
    fn an_observer_hears_only_of_its_types_and_ends_with_the_program() {
        let mut world = started(Profile::default());
        let one = world.apply(OpenPerformance);
        assert_eq!(world.apply(OpenPerformance), one);
        let observer = world.apply(OpenObserver);
        world.apply(Observe(observer, vec!["navigation".to_owned()]));
        world.apply(TakeNotices);
        let request = RouteRequest::to(RouteKind::NavigateTo, "/b");
        let plan = world.apply(Route(request)).expect("a page");
        world.apply(FirstRendered(plan.target));
        let due = world.apply(TakeNotices);
        let [due] = &due[..] else {
            panic!("only the alarm of the route: {due:?}");
        };
        let Notice::Alarm(Alarm::RouteOver(route)) = due.notice else {
            panic!("{due:?}");
        };
        world.apply(Arrive(Alarm::RouteOver(route)));
        world.apply(Arrive(Alarm::RouteOver(route)));
        let heard = world.apply(TakeNotices);
        let [told] = &heard[..] else {
            panic!("once: {heard:?}");
        };
        let Notice::Told(told) = &told.notice else {
            panic!("{told:?}");
        };
        assert_eq!(told.argument[0]["referrerPath"], "a");
        assert_eq!(told.argument[0]["path"], "b");
        world.apply(Kill);
        world.apply(FirstRendered(PageId(9)));
        assert_eq!(names(&world), [""; 0]);
    }
}
