//! Resets of quotas, of which an app has some in each month of China.
//!
//! Official pages: "Clear quota", "Clear quota with `AppSecret`", "Clear quota of one API". The first two share
//! one count.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{Change, Millis, World, sealed::Sealed};
use super::quota::ClearQuota;
use crate::profile::{CHINA_UTC_OFFSET_S, civil_day};

/// Resets of all interfaces in a month.
pub const RESETS_A_MONTH: u32 = 10;
/// Resets of one interface in a month, of whichever.
pub const SINGLE_RESETS_A_MONTH: u32 = 50;

/// What an app used up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spent {
    month: i64,
    all: u32,
    single: u32,
}

/// What each app that ever reset a quota used up.
pub(super) type Resets = BTreeMap<String, Spent>;

/// The app has no reset left in this month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the app used all of its {0} resets of this month")]
pub struct NoResetLeft(pub u32);

/// The server of an app sets back what it called: of one interface, or of all.
#[derive(Clone, Copy, Debug)]
pub struct ResetQuota<'a> {
    /// The app.
    pub app_id: &'a str,
    /// The interface; `None` for all.
    pub path: Option<&'a str>,
}

impl Sealed for ResetQuota<'_> {}
impl Change for ResetQuota<'_> {
    type Effect = Result<(), NoResetLeft>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let month = month_of(world.now);
        let resets = &mut world.open_api.resets;
        let spent = resets.entry(self.app_id.to_owned()).or_default();
        if spent.month != month {
            *spent = Spent {
                month,
                ..Spent::default()
            };
        }
        let (count, most) = match self.path {
            None => (&mut spent.all, RESETS_A_MONTH),
            Some(_) => (&mut spent.single, SINGLE_RESETS_A_MONTH),
        };
        if *count >= most {
            return Err(NoResetLeft(most));
        }
        *count += 1;
        world.apply(ClearQuota {
            app_id: self.app_id,
            path: self.path,
        });
        Ok(())
    }
}

/// Number of a month of China.
fn month_of(now: Millis) -> i64 {
    let ms = now.0 + i64::from(CHINA_UTC_OFFSET_S) * 1_000;
    let (year, month, _) = civil_day(ms.div_euclid(86_400_000));
    year * 12 + month
}

#[cfg(test)]
mod tests {
    use super::{NoResetLeft, RESETS_A_MONTH, ResetQuota, SINGLE_RESETS_A_MONTH};
    use crate::profile::{Date, Profile};
    use crate::world::open_api::quota::CountCall;
    use crate::world::{AdvanceTo, AppFacts, Millis, World};

    #[test]
    fn each_app_has_so_many_resets_in_a_month_of_china() {
        let mut world = World::new(Profile::on(Date::new(2024, 6, 1)), AppFacts::default(), 1);
        let last = Millis(Date::new(2024, 7, 1).midnight_unix_ms() - 1);
        world.apply(AdvanceTo(last));
        let reset = |world: &mut World, app_id, path| world.apply(ResetQuota { app_id, path });
        for (path, most) in [(None, RESETS_A_MONTH), (Some("/a"), SINGLE_RESETS_A_MONTH)] {
            for _ in 0..most {
                assert_eq!(reset(&mut world, "1", path), Ok(()));
            }
            assert_eq!(reset(&mut world, "1", path), Err(NoResetLeft(most)));
            assert_eq!(reset(&mut world, "2", path), Ok(()), "another app");
        }
        assert_eq!(reset(&mut world, "1", Some("/b")), Err(NoResetLeft(50)));
        world.apply(AdvanceTo(last.plus(1)));
        assert_eq!(reset(&mut world, "1", None), Ok(()), "another month");
        assert_eq!(reset(&mut world, "1", Some("/b")), Ok(()));
    }

    #[test]
    fn one_interface_or_all_count_from_nothing_again() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let call = |world: &mut World| {
            for path in ["/a", "/b"] {
                let limits = (None, None);
                let app_id = "1";
                let counted = world.apply(CountCall {
                    app_id,
                    path,
                    limits,
                });
                assert_eq!(counted, Ok(()));
            }
        };
        let calls = |world: &World| ["/a", "/b"].map(|path| world.calls_today("1", path));
        call(&mut world);
        let one = ResetQuota {
            app_id: "1",
            path: Some("/a"),
        };
        assert_eq!(world.apply(one), Ok(()));
        assert_eq!(calls(&world), [0, 1]);
        call(&mut world);
        assert_eq!(world.apply(ResetQuota { path: None, ..one }), Ok(()));
        assert_eq!(calls(&world), [0, 0]);
    }
}
