//! How often an app may call an interface, in a minute and in a day of China.
//!
//! Official pages: "Clear quota", "Query API quota", and the limits on the page of each interface.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{Change, Millis, World, sealed::Sealed};
use crate::profile::CHINA_UTC_OFFSET_S;

/// Calls of an app to an interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Count {
    minute: i64,
    in_minute: u32,
    day: i64,
    in_day: u32,
}

/// Calls by app and path.
pub(super) type Quotas = BTreeMap<String, BTreeMap<String, Count>>;

/// Which limit is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotaProblem {
    /// The one of the minute.
    Minute,
    /// The one of the day.
    Day,
}

/// Number of the minute and of the day of China.
fn minute_and_day(now: Millis) -> (i64, i64) {
    let ms = now.0 + i64::from(CHINA_UTC_OFFSET_S) * 1_000;
    (ms.div_euclid(60_000), ms.div_euclid(86_400_000))
}

/// An app calls an interface.
#[derive(Clone, Copy, Debug)]
pub struct CountCall<'a> {
    /// The app, or an app and a user for limits of one user.
    pub app_id: &'a str,
    /// The interface.
    pub path: &'a str,
    /// Calls in a minute and in a day; `None` for any number.
    pub limits: (Option<u32>, Option<u32>),
}

impl Sealed for CountCall<'_> {}
impl Change for CountCall<'_> {
    type Effect = Result<(), QuotaProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let (minute, day) = minute_and_day(world.now);
        let quotas = &mut world.open_api.quotas;
        if !quotas.contains_key(self.app_id) {
            quotas.insert(self.app_id.to_owned(), BTreeMap::new());
        }
        let of_app = quotas.get_mut(self.app_id);
        let Some(of_app) = of_app else { return Ok(()) };
        if !of_app.contains_key(self.path) {
            of_app.insert(self.path.to_owned(), Count::default());
        }
        let Some(count) = of_app.get_mut(self.path) else {
            return Ok(());
        };
        if count.minute != minute {
            (count.minute, count.in_minute) = (minute, 0);
        }
        if count.day != day {
            (count.day, count.in_day) = (day, 0);
        }
        let (a_minute, a_day) = self.limits;
        if a_day.is_some_and(|limit| count.in_day >= limit) {
            return Err(QuotaProblem::Day);
        }
        if a_minute.is_some_and(|limit| count.in_minute >= limit) {
            return Err(QuotaProblem::Minute);
        }
        count.in_minute += 1;
        count.in_day += 1;
        Ok(())
    }
}

/// The calls of an app to an interface, or to all, count as not made.
#[derive(Clone, Copy, Debug)]
pub struct ClearQuota<'a> {
    /// The app.
    pub app_id: &'a str,
    /// The interface; `None` for all.
    pub path: Option<&'a str>,
}

impl Sealed for ClearQuota<'_> {}
impl Change for ClearQuota<'_> {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Some(of_app) = world.open_api.quotas.get_mut(self.app_id) else {
            return;
        };
        match self.path {
            Some(path) => drop(of_app.remove(path)),
            None => of_app.clear(),
        }
    }
}

impl World {
    /// Calls of an app to an interface today.
    pub fn calls_today(&self, app_id: &str, path: &str) -> u32 {
        let (_, day) = minute_and_day(self.now);
        let count = self.open_api.quotas.get(app_id).and_then(|it| it.get(path));
        count.filter(|it| it.day == day).map_or(0, |it| it.in_day)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClearQuota, CountCall, QuotaProblem};
    use crate::profile::Profile;
    use crate::world::{AdvanceTo, AppFacts, World};

    #[test]
    fn limits_hold_for_a_minute_and_a_day_of_china() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let call = |world: &mut World, app_id: &'static str| {
            world.apply(CountCall {
                app_id,
                path: "/a",
                limits: (Some(2), Some(3)),
            })
        };
        assert_eq!(call(&mut world, "1"), Ok(()));
        assert_eq!(call(&mut world, "1"), Ok(()));
        assert_eq!(call(&mut world, "1"), Err(QuotaProblem::Minute));
        assert_eq!(call(&mut world, "2"), Ok(()), "another app");
        world.apply(AdvanceTo(world.now().plus(60_000)));
        assert_eq!(call(&mut world, "1"), Ok(()));
        assert_eq!(call(&mut world, "1"), Err(QuotaProblem::Day));
        assert_eq!(
            world.calls_today("1", "/a"),
            3,
            "what was refused is not counted"
        );
        world.apply(ClearQuota {
            app_id: "1",
            path: Some("/a"),
        });
        assert_eq!(call(&mut world, "1"), Ok(()));
        world.apply(AdvanceTo(world.now().plus(86_400_000)));
        assert_eq!(world.calls_today("1", "/a"), 0);
    }
}
