//! What a page keeps for the next cold start: `restartStrategy` and `onSaveExitState`.
//!
//! Official pages: running mechanism, page configuration. A program that is left on a page with
//! `"restartStrategy": "homePageAndLatestPage"` (not a tab page) starts there again within a day,
//! unless it is opened with a path. What the page's `onSaveExitState` gave is then its `exitState`.

use super::core::Core;
use super::sim::Sim;
use crate::value::{Exception, Value};
use crate::version::Version;
use crate::world::enter_options::EnterOptions;
use crate::world::route::{PageEntry, PageId};

/// The page on top when the user left.
#[derive(Clone, Debug)]
pub(super) struct Exit {
    page: PageEntry,
    data: Value,
    /// Unix time in milliseconds after which it is forgotten.
    expires_unix_ms: f64,
}

/// A day, in milliseconds: how long the page is kept when it does not say.
const KEPT_MS: i64 = 86_400_000;
/// Base library in which the strategy appeared.
const STRATEGY_SINCE: Version = Version(2, 8, 0);
const STRATEGY: &str = "homePageAndLatestPage";

impl Sim {
    /// Lets the page on top save its state before the program may be destroyed.
    pub(super) fn save_exit(&mut self, page: PageId) -> Result<(), Exception> {
        if !self.with(|core| core.restarts_at(page)) {
            self.with(|core| core.exit = None);
            return Ok(());
        }
        let saved = self.engine.call("saveExitState", &[page.0.into()])?;
        self.with(|core| {
            let now = core.world.now();
            #[expect(
                clippy::cast_precision_loss,
                reason = "milliseconds since 1970 are exact"
            )]
            let latest = now.plus(KEPT_MS).0 as f64;
            let expires = saved.get("expireTimeStamp").as_f64().unwrap_or(latest);
            core.exit = core.world.page(page).cloned().map(|page| Exit {
                page,
                data: saved.get("data").clone(),
                expires_unix_ms: expires.min(latest),
            });
        });
        Ok(())
    }
}

impl Core {
    fn restarts_at(&self, page: PageId) -> bool {
        let Some(entry) = self.world.page(page) else {
            return false;
        };
        let mut pages = self.code.project.pages.iter();
        let config = pages.find(|page| page.route == entry.route);
        let strategy = config.and_then(|page| page.restart_strategy.as_deref());
        !entry.tab && strategy == Some(STRATEGY) && self.world.profile().sdk >= STRATEGY_SINCE
    }

    /// The options of a cold start: those given, or the page that was left, when it is kept.
    pub(super) fn resume_exit(&mut self, options: EnterOptions) -> EnterOptions {
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds since 1970 are exact"
        )]
        let now = self.world.now().0 as f64;
        match self
            .exit
            .take()
            .filter(|exit| options.path.is_empty() && now <= exit.expires_unix_ms)
        {
            Some(exit) => {
                let (path, query) = (exit.page.route.clone(), exit.page.query.clone());
                self.exit = Some(exit);
                EnterOptions {
                    path,
                    query,
                    ..options
                }
            }
            None => options,
        }
    }

    /// The saved state for the first page, handed out once.
    pub(super) fn take_exit_data(&mut self, page: PageId) -> Option<Value> {
        let exit = self.exit.take()?;
        (self.world.page(page)?.route == exit.page.route).then_some(exit.data)
    }

    /// Whether a page lies in an independent subpackage.
    pub(super) fn is_independent(&self, route: &str) -> bool {
        let project = &self.code.project;
        let page = project.pages.iter().find(|page| page.route == route);
        let package = page.and_then(|page| project.app.subpackages.get(page.subpackage?));
        package.is_some_and(|package| package.independent)
    }
}
