//! A route that listeners hear of before it happens, and that they may lead to another page.
//!
//! Official page: "Route rewriting" (`wx.rewriteRoute`, base library 3.8.0). Only listeners of
//! `wx.onBeforeAppRoute` may, once for each time they are told, and only to a page that fits the kind
//! of the route. Android has it since client 8.0.57, iOS since 8.0.61.

use serde::{Deserialize, Serialize};

use super::page_url::PageUrl;
use super::route::RouteKind;
use super::{Change, World, sealed::Sealed};
use crate::errmsg::{Reason, RewriteProblem};
use crate::profile::Platform;
use crate::version::Version;

/// The route that is told at this moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rewriting {
    kind: RouteKind,
    query: Vec<(String, String)>,
    /// Where it leads instead.
    target: Option<Target>,
}

/// The page that a route leads to instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its route.
    pub path: String,
    /// Its query.
    pub query: Vec<(String, String)>,
}

impl Target {
    /// The whole address, as routing APIs take it.
    pub fn url(&self) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("/{}{mark}{}", self.path, pairs.join("&"))
    }
}

/// Listeners are told of a route that has not happened.
#[derive(Clone, Debug)]
pub struct OpenRewriting {
    /// The kind of the route.
    pub kind: RouteKind,
    /// The query of its page.
    pub query: Vec<(String, String)>,
}

impl Sealed for OpenRewriting {}
impl Change for OpenRewriting {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.rewriting = Some(Rewriting {
            kind: self.kind,
            query: self.query,
            target: None,
        });
    }
}

/// The listeners have been told; the effect is where the route leads instead.
#[derive(Clone, Copy, Debug)]
pub struct CloseRewriting;

impl Sealed for CloseRewriting {}
impl Change for CloseRewriting {
    type Effect = Option<Target>;

    fn apply(self, world: &mut World) -> Option<Target> {
        world.rewriting.take()?.target
    }
}

/// The program leads the route to another page.
#[derive(Clone, Debug)]
pub struct RewriteRoute {
    /// Address of the page.
    pub url: String,
    /// Whether the query of the route stays, and that of the address is dropped.
    pub preserve_query: bool,
}

impl Sealed for RewriteRoute {}
impl Change for RewriteRoute {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        if !world.can_rewrite() {
            return Err(Reason::NotSupported);
        }
        let refused = |problem| Err(Reason::Rewrite(problem));
        let Some(rewriting) = &world.rewriting else {
            return refused(RewriteProblem::Outside);
        };
        if let Some(target) = &rewriting.target {
            return refused(RewriteProblem::Twice(target.path.clone()));
        }
        let kind = rewriting.kind;
        if kind == RouteKind::NavigateBack {
            return refused(RewriteProblem::Back);
        }
        let current = world.current_page().map(|page| page.route.as_str());
        let url = PageUrl::resolve(&self.url, current);
        if !world.app.has_page(&url.route) {
            return Err(Reason::PageNotFound(url.text()));
        }
        let tab = world.app.is_tab_page(&url.route);
        match kind {
            RouteKind::SwitchTab if !tab => {
                return refused(RewriteProblem::NoTab(kind.name(), url.route));
            }
            RouteKind::NavigateTo | RouteKind::RedirectTo if tab => {
                return refused(RewriteProblem::Tab(kind.name(), url.route));
            }
            _ => {}
        }
        let query = if self.preserve_query {
            rewriting.query.clone()
        } else {
            url.query
        };
        let target = Target {
            path: url.route,
            query,
        };
        if let Some(rewriting) = &mut world.rewriting {
            rewriting.target = Some(target);
        }
        Ok(())
    }
}

impl World {
    fn can_rewrite(&self) -> bool {
        let client = self.profile.client;
        match self.profile.platform {
            Platform::Android => client >= Version(8, 0, 57),
            Platform::Ios => client >= Version(8, 0, 61),
            Platform::Devtools => true,
            Platform::Windows | Platform::Mac | Platform::Ohos => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CloseRewriting, OpenRewriting, RewriteRoute, Target};
    use crate::errmsg::{Reason, RewriteProblem};
    use crate::profile::{Platform, Profile};
    use crate::world::route::RouteKind;
    use crate::world::{AppFacts, World};

    fn world(platform: Platform) -> World {
        let app = AppFacts {
            pages: vec!["tab".into(), "page".into()],
            tab_pages: vec!["tab".into()],
            ..AppFacts::default()
        };
        let profile = Profile {
            platform,
            ..Profile::default()
        };
        World::new(profile, app, 1)
    }

    fn rewrite(world: &mut World, url: &str, preserve_query: bool) -> Result<(), Reason> {
        world.apply(RewriteRoute {
            url: url.to_owned(),
            preserve_query,
        })
    }

    fn open(world: &mut World, kind: RouteKind) {
        let query = vec![("a".to_owned(), "1".to_owned())];
        world.apply(OpenRewriting { kind, query });
    }

    #[test]
    fn a_route_is_led_elsewhere_once_and_only_while_it_is_told() {
        let mut world = world(Platform::Ios);
        let outside = Err(Reason::Rewrite(RewriteProblem::Outside));
        assert_eq!(rewrite(&mut world, "/page", false), outside);
        open(&mut world, RouteKind::NavigateTo);
        assert_eq!(rewrite(&mut world, "/page?b=2", true), Ok(()));
        let twice = RewriteProblem::Twice("page".to_owned());
        assert_eq!(
            rewrite(&mut world, "/page", false),
            Err(Reason::Rewrite(twice))
        );
        let target = world.apply(CloseRewriting).expect("a target");
        assert_eq!(target.url(), "/page?a=1");
        assert_eq!(rewrite(&mut world, "/page", false), outside);
    }

    #[test]
    fn the_page_has_to_fit_the_kind_of_the_route() {
        let mut world = world(Platform::Android);
        let refused = |problem| Err(Reason::Rewrite(problem));
        for (kind, url, outcome) in [
            (
                RouteKind::NavigateBack,
                "/page",
                refused(RewriteProblem::Back),
            ),
            (
                RouteKind::NavigateTo,
                "/tab",
                refused(RewriteProblem::Tab("navigateTo", "tab".into())),
            ),
            (
                RouteKind::SwitchTab,
                "/page",
                refused(RewriteProblem::NoTab("switchTab", "page".into())),
            ),
            (
                RouteKind::ReLaunch,
                "/none",
                Err(Reason::PageNotFound("none".into())),
            ),
            (RouteKind::AppLaunch, "/tab", Ok(())),
        ] {
            open(&mut world, kind);
            assert_eq!(rewrite(&mut world, url, false), outcome, "{kind:?}");
        }
        let target = Target {
            path: "tab".into(),
            query: Vec::new(),
        };
        assert_eq!(world.apply(CloseRewriting), Some(target));
    }

    #[test]
    fn a_computer_cannot() {
        let mut world = world(Platform::Windows);
        open(&mut world, RouteKind::NavigateTo);
        let reason = Reason::NotSupported;
        assert_eq!(rewrite(&mut world, "/page", false), Err(reason));
    }
}
