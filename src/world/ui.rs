//! What the mini program shows over its page: a toast or a loading mark, one at a time.
//!
//! Official pages: `wx.showToast`, `wx.showLoading`, `wx.hideToast`, `wx.hideLoading`. Both are the
//! same thing on the client: showing one replaces the other, and hiding one hides the other too
//! unless `noConflict` is given (base library 2.22.1).
//!
//! Unverified: hiding fails when nothing (or, with `noConflict`, only the other one) is shown.

use serde::{Deserialize, Serialize};

use super::{Change, Millis, World, sealed::Sealed};
use crate::errmsg::Reason;
use crate::version::Version;

/// How long a toast stays when nothing else is said, in milliseconds.
pub const TOAST_MS: i64 = 1_500;

/// A toast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Toast {
    /// Its text.
    pub title: String,
    /// `success`, `error`, `loading` or `none`.
    pub icon: String,
    /// Whether the page below cannot be tapped.
    pub mask: bool,
    /// The moment at which it is gone.
    pub until: Millis,
}

/// A loading mark; stays until hidden.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loading {
    /// Its text.
    pub title: String,
    /// Whether the page below cannot be tapped.
    pub mask: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
enum Shown {
    #[default]
    Nothing,
    Toast(Toast),
    Loading(Loading),
}

/// What lies over the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Screen {
    shown: Shown,
}

/// Shows a toast in place of what is shown.
#[derive(Clone, Debug)]
pub struct ShowToast(pub Toast);

impl Sealed for ShowToast {}
impl Change for ShowToast {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.screen.shown = Shown::Toast(self.0);
    }
}

/// Shows a loading mark in place of what is shown.
#[derive(Clone, Debug)]
pub struct ShowLoading(pub Loading);

impl Sealed for ShowLoading {}
impl Change for ShowLoading {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.screen.shown = Shown::Loading(self.0);
    }
}

/// Hides the toast.
#[derive(Clone, Copy, Debug, Default)]
pub struct HideToast {
    /// Leaves a loading mark alone.
    pub no_conflict: bool,
}

impl Sealed for HideToast {}
impl Change for HideToast {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        let found = world.toast().is_some();
        hide(world, found, self.no_conflict)
    }
}

/// Hides the loading mark.
#[derive(Clone, Copy, Debug, Default)]
pub struct HideLoading {
    /// Leaves a toast alone.
    pub no_conflict: bool,
}

impl Sealed for HideLoading {}
impl Change for HideLoading {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        let found = world.loading().is_some();
        hide(world, found, self.no_conflict)
    }
}

/// Hides what is shown: what was asked for, or anything where the two are mixed.
fn hide(world: &mut World, found: bool, no_conflict: bool) -> Result<(), Reason> {
    let mixed = !no_conflict || world.profile.sdk < Version(2, 22, 1);
    let anything = world.toast().is_some() || world.loading().is_some();
    if found || (mixed && anything) {
        world.screen.shown = Shown::Nothing;
        Ok(())
    } else {
        Err(Reason::NothingShown("toast"))
    }
}

impl World {
    /// The toast on the screen; gone when its time is over.
    pub fn toast(&self) -> Option<&Toast> {
        match &self.screen.shown {
            Shown::Toast(toast) if self.now < toast.until => Some(toast),
            _ => None,
        }
    }

    /// The loading mark on the screen.
    pub fn loading(&self) -> Option<&Loading> {
        if let Shown::Loading(loading) = &self.screen.shown {
            Some(loading)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HideLoading, HideToast, Loading, ShowLoading, ShowToast, TOAST_MS, Toast};
    use crate::errmsg::Reason;
    use crate::profile::{Date, Profile};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn toast(world: &mut World) {
        let until = world.now().plus(TOAST_MS);
        let toast = Toast {
            title: "ok".into(),
            icon: "success".into(),
            mask: false,
            until,
        };
        world.apply(ShowToast(toast));
    }

    fn loading(world: &mut World) {
        world.apply(ShowLoading(Loading {
            title: "wait".into(),
            mask: true,
        }));
    }

    const NOTHING: Result<(), Reason> = Err(Reason::NothingShown("toast"));

    #[test]
    fn a_toast_goes_by_itself_and_a_loading_mark_stays() {
        let mut world = world();
        toast(&mut world);
        world.apply(AdvanceTo(world.now().plus(TOAST_MS - 1)));
        assert_eq!(world.toast().expect("still there").title, "ok");
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(world.toast(), None);
        assert_eq!(world.apply(HideToast::default()), NOTHING);
        loading(&mut world);
        world.apply(AdvanceTo(world.now().plus(3_600_000)));
        assert!(world.loading().is_some());
        assert_eq!(world.apply(HideLoading::default()), Ok(()));
        assert_eq!(world.apply(HideLoading::default()), NOTHING);
    }

    #[test]
    fn showing_one_replaces_the_other() {
        let mut world = world();
        toast(&mut world);
        loading(&mut world);
        assert!(world.toast().is_none() && world.loading().is_some());
        toast(&mut world);
        assert!(world.toast().is_some() && world.loading().is_none());
    }

    #[test]
    fn hiding_one_hides_the_other_unless_told_not_to() {
        let mut world = world();
        toast(&mut world);
        assert_eq!(world.apply(HideLoading { no_conflict: true }), NOTHING);
        assert!(world.toast().is_some());
        assert_eq!(world.apply(HideLoading::default()), Ok(()));
        assert_eq!(world.toast(), None);
        loading(&mut world);
        assert_eq!(world.apply(HideToast { no_conflict: true }), NOTHING);
        assert_eq!(world.apply(HideToast::default()), Ok(()));
        assert_eq!(world.loading(), None);
    }

    #[test]
    fn before_2_22_1_hiding_one_always_hides_the_other() {
        let profile = Profile::on(Date::new(2018, 6, 4));
        let mut world = World::new(profile, AppFacts::default(), 1);
        toast(&mut world);
        assert_eq!(world.apply(HideLoading { no_conflict: true }), Ok(()));
    }
}
