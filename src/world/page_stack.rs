//! The open pages: the stack that the user sees the top of, and the tab pages kept beside it.
//!
//! Official page: "Page routing", with its tables of which hooks run in which order; here they are
//! lists of steps. A tab page that another tab page covers hangs: it is kept off the stack, without
//! any hook, and shown again as it was.
//!
//! Unverified: the order in which `reLaunch` closes hanging tab pages (here: as they came to hang).

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};
use crate::errmsg::Reason;

/// A page instance; grows with every page opened and is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId(pub u32);

/// An open page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// Which instance.
    pub id: PageId,
    /// Full path without query and leading slash.
    pub route: String,
    /// What `onLoad` gets: texts exactly as in the address, in order.
    pub query: Vec<(String, String)>,
    /// Whether it is a tab page.
    pub tab: bool,
}

/// One thing that happens to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteStep {
    /// `onHide`.
    Hide(PageId),
    /// `onUnload`; the page is no longer in the world.
    Unload(PageEntry),
    /// The page is made and `onLoad` runs.
    Load(PageId),
    /// `onShow`.
    Show(PageId),
}

/// The open pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Pages {
    /// Bottom first; a tab page is only ever at the bottom.
    stack: Vec<PageEntry>,
    /// Tab pages off the stack, in the order in which they came to hang.
    hanging: Vec<PageEntry>,
    /// How many pages were ever opened.
    opened: u32,
}

impl Pages {
    /// No pages, with ids that go on after those of a former run.
    pub(super) fn after(former: &Self) -> Self {
        Self {
            opened: former.opened,
            ..Self::default()
        }
    }

    /// Goes on with ids behind those that the pages of another program have.
    pub(super) fn continue_after(&mut self, other: &Self) {
        self.opened = self.opened.max(other.opened);
    }

    /// How many pages the stack holds.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Whether no page is open, not even a hanging one.
    pub(super) fn is_empty(&self) -> bool {
        self.stack.is_empty() && self.hanging.is_empty()
    }

    pub(super) fn load(&mut self, page: NewPage, steps: &mut Vec<RouteStep>) {
        self.opened = self.opened.saturating_add(1);
        let id = PageId(self.opened);
        self.stack.push(PageEntry {
            id,
            route: page.route,
            query: page.query,
            tab: page.tab,
        });
        steps.extend([RouteStep::Load(id), RouteStep::Show(id)]);
    }

    pub(super) fn unload_top(&mut self, steps: &mut Vec<RouteStep>) {
        steps.extend(self.stack.pop().map(RouteStep::Unload));
    }

    pub(super) fn hide_top(&self, steps: &mut Vec<RouteStep>) {
        steps.extend(self.stack.last().map(|page| RouteStep::Hide(page.id)));
    }

    /// Closes the pages above the given depth, from the top.
    fn unload_above(&mut self, depth: usize, steps: &mut Vec<RouteStep>) {
        while self.stack.len() > depth {
            self.unload_top(steps);
        }
    }

    /// The whole table of `switchTab`.
    pub(super) fn switch_tab(&mut self, page: NewPage) -> Vec<RouteStep> {
        let mut steps = Vec::new();
        let tab_below = self.stack.first().is_some_and(|page| page.tab);
        let was_on_top = tab_below && self.stack.len() == 1;
        self.unload_above(usize::from(tab_below), &mut steps);
        if let Some(current) = self.stack.pop() {
            if current.route == page.route {
                if !was_on_top {
                    steps.push(RouteStep::Show(current.id));
                }
                self.stack.push(current);
                return steps;
            }
            if was_on_top {
                steps.push(RouteStep::Hide(current.id));
            }
            self.hanging.push(current);
        }
        match self.hanging.iter().position(|tab| tab.route == page.route) {
            Some(at) => {
                let tab = self.hanging.remove(at);
                steps.push(RouteStep::Show(tab.id));
                self.stack.push(tab);
            }
            None => self.load(page, &mut steps),
        }
        steps
    }

    /// Closes everything and opens one page. Before 2.4.2 other tab pages went on hanging.
    pub(super) fn re_launch(&mut self, page: NewPage, keeps_tabs: bool) -> Vec<RouteStep> {
        let mut steps = Vec::new();
        self.unload_above(0, &mut steps);
        for tab in std::mem::take(&mut self.hanging) {
            if keeps_tabs && tab.route != page.route {
                self.hanging.push(tab);
            } else {
                steps.push(RouteStep::Unload(tab));
            }
        }
        self.load(page, &mut steps);
        steps
    }

    /// Closes so many pages, but never the last one; at least one.
    pub(super) fn back(&mut self, delta: Option<f64>) -> Result<Vec<RouteStep>, Reason> {
        let below = self.stack.len().saturating_sub(1);
        if below == 0 {
            return Err(Reason::BackAtFirstPage);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates and makes not-a-number 0"
        )]
        let count = (delta.unwrap_or(1.0) as usize).clamp(1, below);
        let mut steps = Vec::new();
        self.unload_above(self.stack.len() - count, &mut steps);
        steps.extend(self.stack.last().map(|page| RouteStep::Show(page.id)));
        Ok(steps)
    }
}

/// A page to be opened.
pub(super) struct NewPage {
    pub(super) route: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) tab: bool,
}

/// Closes all pages without any hook; their ids are not used again.
#[derive(Clone, Copy, Debug)]
pub struct ResetPages;

impl Sealed for ResetPages {}
impl Change for ResetPages {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.pages = Pages::after(&world.pages);
    }
}

impl World {
    /// The page stack, bottom first.
    pub fn page_stack(&self) -> &[PageEntry] {
        &self.pages.stack
    }

    /// The tab pages kept off the stack, in the order in which they came to hang.
    pub fn hanging_tabs(&self) -> &[PageEntry] {
        &self.pages.hanging
    }

    /// The page on top.
    pub fn current_page(&self) -> Option<&PageEntry> {
        self.pages.stack.last()
    }

    /// An open page, on the stack or hanging.
    pub fn page(&self, id: PageId) -> Option<&PageEntry> {
        self.pages
            .stack
            .iter()
            .chain(&self.pages.hanging)
            .find(|page| page.id == id)
    }
}
