//! What a page keeps for the next cold start: `restartStrategy` and `onSaveExitState`.
//!
//! Official pages: running mechanism, page configuration. A program that is left on a page with
//! `"restartStrategy": "homePageAndLatestPage"` (not a tab page) starts there again within a day,
//! unless it is opened with a path. What the page's `onSaveExitState` gave is then its `exitState`.

use super::core::Core;
use super::sim::Sim;
use crate::value::Exception;
use crate::version::Version;
use crate::world::Millis;
use crate::world::exit_state::{ForgetExit, KeepExit};
use crate::world::route::PageId;

/// Base library in which the strategy appeared.
const STRATEGY_SINCE: Version = Version(2, 8, 0);
const STRATEGY: &str = "homePageAndLatestPage";

impl Sim {
    /// Lets the page on top save its state before the program may be destroyed.
    pub(super) fn save_exit(&mut self, page: PageId) -> Result<(), Exception> {
        if !self.with(|core| core.restarts_at(page)) {
            self.with(|core| core.world.apply(ForgetExit));
            return Ok(());
        }
        let saved = self.engine.call("saveExitState", &[page.0.into()])?;
        let kept = KeepExit {
            page,
            data: saved.get("data").to_json(),
            expires: saved.get("expireTimeStamp").as_f64().and_then(moment),
        };
        self.with(|core| core.world.apply(kept));
        Ok(())
    }
}

/// A moment that a script names; `None` for what is no number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "far moments stop at the range"
)]
fn moment(unix_ms: f64) -> Option<Millis> {
    (!unix_ms.is_nan()).then(|| Millis(unix_ms.floor() as i64))
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

    /// Whether a page lies in an independent subpackage.
    pub(super) fn is_independent(&self, route: &str) -> bool {
        let project = &self.code.project;
        let page = project.pages.iter().find(|page| page.route == route);
        let package = page.and_then(|page| project.app.subpackages.get(page.subpackage?));
        package.is_some_and(|package| package.independent)
    }
}

#[cfg(test)]
mod tests {
    use super::moment;
    use crate::world::Millis;

    #[test]
    fn a_moment_is_any_number() {
        assert_eq!(moment(1.9), Some(Millis(1)));
        assert_eq!(moment(f64::INFINITY), Some(Millis(i64::MAX)));
        assert_eq!(moment(f64::NAN), None);
    }
}
