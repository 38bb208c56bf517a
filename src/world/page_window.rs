//! The window of each page: pull-down refresh, position, background.
//!
//! Official pages: `api/ui/pull-down-refresh`, `api/ui/scroll`, `api/ui/background`.
//!
//! How far a page can be scrolled is the view's to know: whoever moves a page asks it first.

use serde::{Deserialize, Serialize};

use super::notice::Notice;
use super::route::PageId;
use super::{Change, World, sealed::Sealed};

/// What happened to a page's window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Window {
    refreshing: bool,
    scroll_top: f64,
    background: Background,
    /// What the user is asked before the back button leaves the page.
    question: Option<String>,
}

/// Background of a page's window; `None` as configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Background {
    /// Color of the window.
    pub color: Option<String>,
    /// Color above the page (iOS).
    pub top: Option<String>,
    /// Color below the page (iOS).
    pub bottom: Option<String>,
    /// `dark` or `light`: the mark of the pull-down refresh.
    pub text_style: Option<String>,
}

/// The windows of the open pages in which something happened, by page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Windows(Vec<(PageId, Window)>);

/// The last position, so that numbers stay exact.
const SCROLL_MAX: f64 = 1e9;

impl World {
    fn window(&self, page: PageId) -> Option<&Window> {
        let found = self.windows.0.iter().find(|(id, _)| *id == page);
        found.map(|(_, window)| window)
    }

    /// The window of an open page; windows of closed pages are forgotten here.
    fn window_mut(&mut self, page: PageId) -> Option<&mut Window> {
        self.page(page)?;
        let mut windows = std::mem::take(&mut self.windows.0);
        windows.retain(|(id, _)| self.page(*id).is_some());
        if windows.iter().all(|(id, _)| *id != page) {
            windows.push((page, Window::default()));
        }
        self.windows.0 = windows;
        let mut windows = self.windows.0.iter_mut();
        windows
            .find(|(id, _)| *id == page)
            .map(|(_, window)| window)
    }

    /// Whether the pull-down refresh of a page runs.
    pub fn is_refreshing(&self, page: PageId) -> bool {
        self.window(page).is_some_and(|window| window.refreshing)
    }

    /// The position of a page, in pixels from its top.
    pub fn scroll_top(&self, page: PageId) -> f64 {
        self.window(page).map_or(0.0, |window| window.scroll_top)
    }

    /// What the user is asked before the back button leaves a page.
    pub fn leave_question(&self, page: PageId) -> Option<&str> {
        self.window(page)?.question.as_deref()
    }

    /// The background of a page's window.
    pub fn background(&self, page: PageId) -> Background {
        let window = self.window(page);
        window.map_or_else(Background::default, |window| window.background.clone())
    }
}

/// From now on the user is asked before the back button leaves the page on top, or no longer.
#[derive(Clone, Debug)]
pub struct AskBeforeLeaving(pub Option<String>);

impl Sealed for AskBeforeLeaving {}
impl Change for AskBeforeLeaving {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let page = world.current_page().map(|page| page.id);
        if let Some(window) = page.and_then(|page| world.window_mut(page)) {
            window.question = self.0;
        }
    }
}

/// The pull-down refresh of the page on top begins; no effect while it runs.
#[derive(Clone, Copy, Debug)]
pub struct StartPullDown;

impl Sealed for StartPullDown {}
impl Change for StartPullDown {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Some(page) = world.current_page().map(|page| page.id) else {
            return;
        };
        if let Some(window) = world.window_mut(page)
            && !window.refreshing
        {
            window.refreshing = true;
            world.leave(PULL_DOWN_MS, Notice::PulledDown(page));
        }
    }
}

/// Time from the start of a pull-down refresh to its hook, in milliseconds.
const PULL_DOWN_MS: i64 = 10;

/// The pull-down refresh of the page on top ends.
#[derive(Clone, Copy, Debug)]
pub struct StopPullDown;

impl Sealed for StopPullDown {}
impl Change for StopPullDown {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let page = world.current_page().map(|page| page.id);
        if let Some(window) = page.and_then(|page| world.window_mut(page)) {
            window.refreshing = false;
        }
    }
}

/// The page on top moves to a position; the program hears of it when it is another one.
#[derive(Clone, Copy, Debug)]
pub struct ScrollTo {
    /// Pixels from the top.
    pub top: f64,
    /// How long it takes.
    pub duration_ms: i64,
}

impl Sealed for ScrollTo {}
impl Change for ScrollTo {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Some(page) = world.current_page().map(|page| page.id) else {
            return;
        };
        if self.top.is_nan() {
            return;
        }
        let top = self.top.clamp(0.0, SCROLL_MAX).round();
        if let Some(window) = world.window_mut(page)
            && top.total_cmp(&window.scroll_top).is_ne()
        {
            window.scroll_top = top;
            world.leave(self.duration_ms.max(0), Notice::Scrolled(page));
        }
    }
}

/// Changes the background of the page on top; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct SetBackground(pub Background);

impl Sealed for SetBackground {}
impl Change for SetBackground {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let page = world.current_page().map(|page| page.id);
        let Some(window) = page.and_then(|page| world.window_mut(page)) else {
            return;
        };
        let former = std::mem::take(&mut window.background);
        window.background = Background {
            color: self.0.color.or(former.color),
            top: self.0.top.or(former.top),
            bottom: self.0.bottom.or(former.bottom),
            text_style: self.0.text_style.or(former.text_style),
        };
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Background, ScrollTo, SetBackground, StartPullDown, StopPullDown};
    use crate::profile::Profile;
    use crate::world::notice::{Notice, TakeNotices};
    use crate::world::route::{OpenFirstPage, PageId, Route, RouteKind, RouteRequest};
    use crate::world::{AppFacts, World};

    /// Pages `a` and `b`, none open yet.
    pub(in crate::world) fn world() -> World {
        let pages = ["pages/a/a", "pages/b/b"].map(str::to_owned);
        let facts = AppFacts {
            pages: pages.to_vec(),
            tab_pages: vec![],
            ..AppFacts::default()
        };
        World::new(Profile::default(), facts, 1)
    }

    pub(in crate::world) fn open(world: &mut World, route: &str) -> PageId {
        if world.page_stack().is_empty() {
            let first = OpenFirstPage {
                path: route.to_owned(),
                query: Vec::new(),
            };
            world.apply(first).expect("the page exists");
        } else {
            let request = RouteRequest::to(RouteKind::NavigateTo, &format!("/{route}"));
            world.apply(Route(request)).expect("the page exists");
        }
        world.current_page().expect("it was opened").id
    }

    pub(in crate::world) fn back(world: &mut World) {
        world
            .apply(Route(RouteRequest::back(None)))
            .expect("a page below");
    }

    fn notices(world: &mut World) -> Vec<Notice> {
        let due = world.apply(TakeNotices);
        due.into_iter().map(|due| due.notice).collect()
    }

    #[test]
    fn a_refresh_begins_once_until_it_ends() {
        let mut world = world();
        world.apply(StartPullDown);
        assert_eq!(notices(&mut world), [], "no page");
        let page = open(&mut world, "pages/a/a");
        world.apply(StartPullDown);
        world.apply(StartPullDown);
        assert_eq!(notices(&mut world), [Notice::PulledDown(page)]);
        assert!(world.is_refreshing(page));
        world.apply(StopPullDown);
        assert!(!world.is_refreshing(page));
        world.apply(StartPullDown);
        assert_eq!(notices(&mut world), [Notice::PulledDown(page)]);
    }

    #[test]
    fn a_position_is_told_when_it_is_another_one() {
        let mut world = world();
        let page = open(&mut world, "pages/a/a");
        for top in [0.0, 99.6, 100.0, -5.0, f64::NAN] {
            let duration_ms = 0;
            world.apply(ScrollTo { top, duration_ms });
        }
        assert_eq!(
            notices(&mut world),
            [Notice::Scrolled(page), Notice::Scrolled(page)]
        );
        assert!(world.scroll_top(page).abs() < 1.0);
    }

    #[test]
    fn a_background_keeps_what_is_not_named() {
        let mut world = world();
        let page = open(&mut world, "pages/a/a");
        for (color, top) in [(Some("#fff"), None), (None, Some("#000"))] {
            world.apply(SetBackground(Background {
                color: color.map(str::to_owned),
                top: top.map(str::to_owned),
                ..Background::default()
            }));
        }
        let expected = (Some("#fff".to_owned()), Some("#000".to_owned()));
        let background = world.background(page);
        assert_eq!((background.color, background.top), expected);
    }
}
