//! The routing APIs' rules: which request may change the page stack, and how.
//!
//! Official pages: "Page routing", `wx.navigateTo` and its siblings.
//!
//! Unverified: the order of the checks (background, page known, tab page or not, stack full).

use serde::{Deserialize, Serialize};

use super::keyboard::LowerKeyboard;
use super::page_stack::NewPage;
use super::page_url::PageUrl;
use super::{Change, World, sealed::Sealed};
use crate::errmsg::Reason;
use crate::version::Version;

pub use super::page_stack::{PageEntry, PageId, ResetPages, RouteStep};

/// How pages are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RouteKind {
    /// `wx.navigateTo`: a page on top of the others.
    NavigateTo,
    /// `wx.redirectTo`: a page in place of the top one.
    RedirectTo,
    /// `wx.switchTab`: a tab page, closing all others but tab pages.
    SwitchTab,
    /// `wx.reLaunch`: one page, closing all others.
    ReLaunch,
    /// `wx.navigateBack`: closes pages from the top.
    NavigateBack,
    /// The first page of a cold start.
    AppLaunch,
    /// The page that coming back to the foreground opens anew.
    AutoReLaunch,
}

/// A call of a routing API.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteRequest {
    /// Which API.
    pub kind: RouteKind,
    /// Address of the page; not used by `navigateBack`.
    pub url: String,
    /// For `navigateBack`, how many pages to close; `None` when missing or no number.
    pub delta: Option<f64>,
}

impl RouteKind {
    /// The platform's word: the API's name, or the open type of a start.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NavigateTo => "navigateTo",
            Self::RedirectTo => "redirectTo",
            Self::SwitchTab => "switchTab",
            Self::ReLaunch => "reLaunch",
            Self::NavigateBack => "navigateBack",
            Self::AppLaunch => "appLaunch",
            Self::AutoReLaunch => "autoReLaunch",
        }
    }
}

impl RouteRequest {
    /// A request to open the page at an address.
    pub fn to(kind: RouteKind, url: &str) -> Self {
        Self {
            kind,
            url: url.to_owned(),
            delta: None,
        }
    }

    /// A request to close so many pages.
    pub fn back(delta: Option<f64>) -> Self {
        Self {
            kind: RouteKind::NavigateBack,
            url: String::new(),
            delta,
        }
    }
}

/// What a change of pages leads to, in order; the world has changed already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutePlan {
    /// The hooks to run.
    pub steps: Vec<RouteStep>,
    /// The page on top from now on.
    pub target: PageId,
    /// By what.
    pub kind: RouteKind,
    /// Whether `switchTab` left out the address's query; the client warns on the console.
    pub query_dropped: bool,
}

/// Calls a routing API. On failure nothing changes.
#[derive(Clone, Debug)]
pub struct Route(pub RouteRequest);

impl Sealed for Route {}
impl Change for Route {
    type Effect = Result<RoutePlan, Reason>;

    fn apply(self, world: &mut World) -> Result<RoutePlan, Reason> {
        let from = world.current_page().cloned();
        let plan = self.plan(world)?;
        world.route_measured(&plan, from.as_ref());
        world.apply(LowerKeyboard);
        Ok(plan)
    }
}

impl Route {
    fn plan(self, world: &mut World) -> Result<RoutePlan, Reason> {
        let RouteRequest { kind, url, delta } = self.0;
        if kind == RouteKind::NavigateBack {
            let steps = world.pages.back(delta)?;
            return world.plan(kind, steps).ok_or(Reason::BackAtFirstPage);
        }
        let mut page = world.check_route(kind, &url)?;
        let query_dropped = kind == RouteKind::SwitchTab && !page.query.is_empty();
        if kind == RouteKind::SwitchTab {
            page.query.clear();
        }
        let missing = Reason::PageNotFound(page.route.clone());
        let steps = world.open(kind, page);
        let plan = world.plan(kind, steps).ok_or(missing)?;
        Ok(RoutePlan {
            query_dropped,
            ..plan
        })
    }
}

/// The page that was to be opened first does not exist: what `App.onPageNotFound` gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageNotFound {
    /// The route asked for.
    pub path: String,
    /// Its query, in order, not decoded.
    pub query: Vec<(String, String)>,
}

/// Opens the first page of a cold start or, with pages open, the page that coming back to the
/// foreground opens anew. An empty path means the home page. On failure nothing changes.
#[derive(Clone, Debug)]
pub struct OpenFirstPage {
    /// Route, without leading slash; may be empty.
    pub path: String,
    /// Query, in order, not decoded.
    pub query: Vec<(String, String)>,
}

impl Sealed for OpenFirstPage {}
impl Change for OpenFirstPage {
    type Effect = Result<RoutePlan, PageNotFound>;

    fn apply(self, world: &mut World) -> Result<RoutePlan, PageNotFound> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        let home = world.app.home_page().unwrap_or_default();
        let route = if path.is_empty() { home } else { path }.to_owned();
        let missing = PageNotFound {
            path: route.clone(),
            query: self.query.clone(),
        };
        if !world.app.has_page(&route) {
            return Err(missing);
        }
        let kind = if world.pages.is_empty() {
            RouteKind::AppLaunch
        } else {
            RouteKind::AutoReLaunch
        };
        let tab = world.app.is_tab_page(&route);
        let from = world.current_page().cloned();
        let steps = world.open(
            kind,
            NewPage {
                route,
                query: self.query,
                tab,
            },
        );
        let plan = world.plan(kind, steps).ok_or(missing)?;
        world.route_measured(&plan, from.as_ref());
        Ok(plan)
    }
}

impl World {
    /// The page that a request opens, if it may.
    fn check_route(&self, kind: RouteKind, url: &str) -> Result<NewPage, Reason> {
        if kind == RouteKind::ReLaunch
            && self.is_in_background()
            && self.profile.sdk >= Version(1, 4, 1)
        {
            return Err(Reason::ReLaunchInBackground);
        }
        let current = self.current_page().map(|page| page.route.as_str());
        let url = PageUrl::resolve(url, current);
        if !self.app.has_page(&url.route) {
            return Err(Reason::PageNotFound(url.text()));
        }
        let tab = self.app.is_tab_page(&url.route);
        let full = self.pages.depth() >= self.profile.page_stack_max();
        match kind {
            RouteKind::NavigateTo | RouteKind::RedirectTo if tab => Err(Reason::TabBarPage),
            RouteKind::SwitchTab if !tab => Err(Reason::NotTabBarPage),
            RouteKind::NavigateTo if full => Err(Reason::PageStackFull),
            _ => Ok(NewPage {
                route: url.route,
                query: url.query,
                tab,
            }),
        }
    }

    /// Opens a page that may be opened.
    fn open(&mut self, kind: RouteKind, page: NewPage) -> Vec<RouteStep> {
        let keeps_tabs = self.profile.sdk < Version(2, 4, 2);
        let pages = &mut self.pages;
        let mut steps = Vec::new();
        match kind {
            RouteKind::SwitchTab => return pages.switch_tab(page),
            RouteKind::NavigateTo => pages.hide_top(&mut steps),
            RouteKind::RedirectTo => pages.unload_top(&mut steps),
            RouteKind::ReLaunch
            | RouteKind::AppLaunch
            | RouteKind::AutoReLaunch
            | RouteKind::NavigateBack => return pages.re_launch(page, keeps_tabs),
        }
        pages.load(page, &mut steps);
        steps
    }

    /// The plan for steps already taken; `None` when no page is open.
    fn plan(&self, kind: RouteKind, steps: Vec<RouteStep>) -> Option<RoutePlan> {
        let target = self.current_page()?.id;
        Some(RoutePlan {
            steps,
            target,
            kind,
            query_dropped: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        OpenFirstPage, PageId, PageNotFound, ResetPages, Route, RouteKind, RoutePlan, RouteRequest,
        RouteStep,
    };
    use crate::errmsg::Reason;
    use crate::profile::{Date, Profile};
    use crate::version::Version;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, EnterBackground};
    use crate::world::{AppFacts, World};

    /// A program with tab pages `a` and `b` and other pages `c` and `d`, opened at a page.
    fn at(first: &str) -> World {
        let names = |names: &[&str]| names.iter().map(|name| format!("p/{name}")).collect();
        let (pages, tab_pages) = (names(&["a", "b", "c", "d"]), names(&["a", "b"]));
        let app = AppFacts {
            pages,
            tab_pages,
            ..AppFacts::default()
        };
        let mut world = World::new(Profile::default(), app, 1);
        world.apply(ColdStart(EnterOptions::new(first, 1001)));
        open(&mut world, first).expect("the first page exists");
        world
    }

    fn open(world: &mut World, name: &str) -> Result<RoutePlan, PageNotFound> {
        world.apply(OpenFirstPage {
            path: format!("p/{name}"),
            query: Vec::new(),
        })
    }

    fn route(world: &mut World, kind: RouteKind, url: &str) -> Result<RoutePlan, Reason> {
        world.apply(Route(RouteRequest {
            kind,
            url: url.to_owned(),
            delta: None,
        }))
    }

    fn back(world: &mut World, delta: Option<f64>) -> Result<RoutePlan, Reason> {
        let (kind, url) = (RouteKind::NavigateBack, String::new());
        world.apply(Route(RouteRequest { kind, url, delta }))
    }

    /// The steps as `name.hook`, e.g. `c.onUnload a.onShow`.
    fn hooks(world: &World, plan: &RoutePlan) -> String {
        let name = |id: PageId| {
            let page = world.page(id).expect("an open page");
            page.route.trim_start_matches("p/").to_owned()
        };
        let texts = plan.steps.iter().map(|step| match step {
            RouteStep::Hide(id) => name(*id) + ".onHide",
            RouteStep::Unload(page) => page.route.replace("p/", "") + ".onUnload",
            RouteStep::Load(id) => name(*id) + ".onLoad",
            RouteStep::Show(id) => name(*id) + ".onShow",
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    fn done(world: &mut World, kind: RouteKind, name: &str) -> String {
        let plan = route(world, kind, &format!("/p/{name}")).expect("it may");
        assert_eq!(plan.target, world.current_page().expect("a page").id);
        hooks(world, &plan)
    }

    use RouteKind::{NavigateTo, ReLaunch, RedirectTo, SwitchTab};

    #[test]
    fn hooks_run_in_the_order_of_the_table() {
        let mut world = at("a");
        assert_eq!(
            done(&mut world, NavigateTo, "c"),
            "a.onHide c.onLoad c.onShow"
        );
        assert_eq!(
            done(&mut world, RedirectTo, "d"),
            "c.onUnload d.onLoad d.onShow"
        );
        done(&mut world, NavigateTo, "d");
        let plan = back(&mut world, Some(2.0)).expect("two pages above");
        assert_eq!(hooks(&world, &plan), "d.onUnload d.onUnload a.onShow");
        done(&mut world, NavigateTo, "c");
        assert_eq!(
            done(&mut world, ReLaunch, "d"),
            "c.onUnload a.onUnload d.onLoad d.onShow"
        );
        assert_eq!(
            done(&mut world, RedirectTo, "c"),
            "d.onUnload c.onLoad c.onShow"
        );
    }

    #[test]
    fn switch_tab_follows_its_whole_table() {
        let mut world = at("a");
        assert_eq!(done(&mut world, SwitchTab, "a"), "", "a tab to itself");
        assert_eq!(
            done(&mut world, SwitchTab, "b"),
            "a.onHide b.onLoad b.onShow",
            "first time"
        );
        assert_eq!(
            done(&mut world, SwitchTab, "a"),
            "b.onHide a.onShow",
            "again"
        );
        done(&mut world, NavigateTo, "c");
        assert_eq!(
            done(&mut world, SwitchTab, "a"),
            "c.onUnload a.onShow",
            "C to its tab"
        );

        let mut world = at("a");
        done(&mut world, NavigateTo, "c");
        assert_eq!(
            done(&mut world, SwitchTab, "b"),
            "c.onUnload b.onLoad b.onShow"
        );
        assert_eq!(
            world.hanging_tabs()[0].route,
            "p/a",
            "hanging without any call"
        );
        done(&mut world, NavigateTo, "d");
        assert_eq!(
            done(&mut world, SwitchTab, "b"),
            "d.onUnload b.onShow",
            "D to its tab"
        );

        for tab in ["a", "b"] {
            let expected = format!("d.onUnload {tab}.onLoad {tab}.onShow");
            assert_eq!(
                done(&mut at("d"), SwitchTab, tab),
                expected,
                "D entered from a share"
            );
        }
    }

    #[test]
    fn re_launch_closes_hanging_tabs_since_2_4_2() {
        let prepared = || {
            let mut world = at("a");
            done(&mut world, SwitchTab, "b");
            done(&mut world, NavigateTo, "c");
            world
        };
        let mut world = prepared();
        let unloads = "c.onUnload b.onUnload a.onUnload";
        assert_eq!(
            done(&mut world, ReLaunch, "d"),
            format!("{unloads} d.onLoad d.onShow")
        );
        let mut old = prepared();
        old.profile.sdk = Version(2, 4, 1);
        assert_eq!(
            done(&mut old, ReLaunch, "d"),
            "c.onUnload b.onUnload d.onLoad d.onShow"
        );
        assert_eq!(old.hanging_tabs()[0].route, "p/a");
        assert_eq!(
            done(&mut old, ReLaunch, "a"),
            "d.onUnload a.onUnload a.onLoad a.onShow"
        );
    }

    #[test]
    fn coming_back_by_a_path_closes_all_pages_and_a_start_has_none_to_close() {
        let mut world = at("a");
        done(&mut world, NavigateTo, "c");
        let plan = open(&mut world, "d").expect("it exists");
        assert_eq!(plan.kind, RouteKind::AutoReLaunch);
        assert_eq!(
            hooks(&world, &plan),
            "c.onUnload a.onUnload d.onLoad d.onShow"
        );
        let last = plan.target;
        world.apply(ResetPages);
        let plan = open(&mut world, "a").expect("it exists");
        assert_eq!(
            (plan.kind, hooks(&world, &plan)),
            (RouteKind::AppLaunch, "a.onLoad a.onShow".into())
        );
        assert!(plan.target > last, "ids are never used again");
    }

    #[test]
    fn a_missing_first_page_changes_nothing() {
        let mut world = at("a");
        let before = world.clone();
        let query = vec![("x".to_owned(), "1".to_owned())];
        let first = OpenFirstPage {
            path: "/p/zzz".into(),
            query: query.clone(),
        };
        assert_eq!(
            world.apply(first),
            Err(PageNotFound {
                path: "p/zzz".into(),
                query
            })
        );
        assert_eq!(world, before);
    }

    #[test]
    fn going_back_takes_odd_deltas_as_the_client_does() {
        let cases = [
            (None, 3),
            (Some(1.0), 3),
            (Some(0.0), 3),
            (Some(-5.0), 3),
            (Some(f64::NAN), 3),
            (Some(2.9), 2),
            (Some(3.0), 1),
            (Some(99.0), 1),
            (Some(f64::INFINITY), 1),
        ];
        for (delta, left) in cases {
            let mut world = at("a");
            for _ in 0..3 {
                done(&mut world, NavigateTo, "c");
            }
            back(&mut world, delta).expect("pages below");
            assert_eq!(world.page_stack().len(), left, "{delta:?}");
        }
        assert_eq!(back(&mut at("a"), Some(1.0)), Err(Reason::BackAtFirstPage));
    }

    #[test]
    fn what_may_not_be_opened_changes_nothing() {
        let full = || {
            let mut world = at("a");
            for _ in 1..10 {
                done(&mut world, NavigateTo, "c");
            }
            world
        };
        let missing = |text: &str| Reason::PageNotFound(text.to_owned());
        let cases = vec![
            (at("c"), NavigateTo, "zzz?x=1", missing("p/zzz?x=1")),
            (at("c"), SwitchTab, "/zzz", missing("zzz")),
            (at("c"), NavigateTo, "a", Reason::TabBarPage),
            (at("c"), RedirectTo, "a", Reason::TabBarPage),
            (at("c"), SwitchTab, "d", Reason::NotTabBarPage),
            (full(), NavigateTo, "d", Reason::PageStackFull),
            (full(), NavigateTo, "a", Reason::TabBarPage),
        ];
        for (mut world, kind, url, reason) in cases {
            let before = world.clone();
            assert_eq!(route(&mut world, kind, url), Err(reason), "{kind:?} {url}");
            assert_eq!(world, before);
        }
        assert_eq!(
            done(&mut full(), RedirectTo, "d"),
            "c.onUnload d.onLoad d.onShow"
        );
    }

    #[test]
    fn re_launch_is_refused_in_the_background_since_1_4_1() {
        let mut world = at("a");
        world.apply(EnterBackground);
        assert_eq!(
            route(&mut world, ReLaunch, "c"),
            Err(Reason::ReLaunchInBackground)
        );
        assert!(route(&mut world, NavigateTo, "c").is_ok());
        world.profile = Profile::on(Date::new(2017, 6, 21));
        assert!(route(&mut world, ReLaunch, "c").is_ok());
    }

    #[test]
    fn the_query_reaches_the_page_as_written_except_by_switch_tab() {
        let mut world = at("a");
        route(&mut world, NavigateTo, "c?name=%E5%90%8D").expect("it exists");
        let page = world.current_page().expect("a page");
        assert_eq!(page.query, [("name".to_owned(), "%E5%90%8D".to_owned())]);
        assert!(!page.tab);
        let plan = route(&mut world, SwitchTab, "b?x=1").expect("a tab page");
        assert!(plan.query_dropped);
        assert!(
            world
                .current_page()
                .is_some_and(|page| page.query.is_empty() && page.tab)
        );
    }
}
