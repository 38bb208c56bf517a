//! What `wx.getLocation` finds, and how often it looks.
//!
//! Official page: `wx.getLocation` with its announcement on the frequency (base library 2.17.0). In
//! develop and trial builds a second call within thirty seconds fails. In the published build a call
//! soon after another gets the position of the first; how soon depends on the device and is not
//! published, so here none is kept unless [`Rules::location_interval_ms`] says how long.
//!
//! Unverified: the thirty seconds run from the last position that was looked for, of any coordinate
//! type; the published build keeps one position for each type.
//!
//! [`Rules::location_interval_ms`]: crate::profile::Rules::location_interval_ms

use serde::{Deserialize, Serialize};

use super::account::EnvVersion;
use super::device::LocationFix;
use super::per_caller::PerCaller;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::version::Version;

/// Base library since which calls are limited.
const LIMITED_SINCE: Version = Version(2, 17, 0);
/// How often develop and trial builds may look, in milliseconds.
const BUILD_INTERVAL_MS: i64 = 30_000;

/// A position that was found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Found {
    at: Millis,
    gcj02: bool,
    fix: LocationFix,
}

/// The last positions that programs found, one for each type of coordinates.
pub(super) type Positions = PerCaller<Vec<Found>>;

/// A develop or trial build looks too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooOften;

/// The program looks where it is.
#[derive(Clone, Debug)]
pub struct FindPosition {
    /// Who looks.
    pub caller: Caller,
    /// Whether the coordinates are to be GCJ-02.
    pub gcj02: bool,
}

impl Sealed for FindPosition {}
impl Change for FindPosition {
    type Effect = Result<LocationFix, TooOften>;

    fn apply(self, world: &mut World) -> Result<LocationFix, TooOften> {
        let fix = world.location();
        let interval = world.location_interval_ms();
        if interval <= 0 {
            return Ok(fix);
        }
        let (now, gcj02) = (world.now, self.gcj02);
        let is_published = world.app.env_version == EnvVersion::Release;
        let found = world.frequency.positions.of(&self.caller);
        found.retain(|it| now.since(it.at) < interval);
        if !is_published && !found.is_empty() {
            return Err(TooOften);
        }
        if let Some(kept) = found.iter().find(|it| it.gcj02 == gcj02) {
            return Ok(kept.fix);
        }
        found.push(Found {
            at: now,
            gcj02,
            fix,
        });
        Ok(fix)
    }
}

impl World {
    /// Time within which the program finds no other position; 0 for none.
    fn location_interval_ms(&self) -> i64 {
        if self.profile.sdk < LIMITED_SINCE {
            return 0;
        }
        let of_build = match self.app.env_version {
            EnvVersion::Release => 0,
            EnvVersion::Develop | EnvVersion::Trial => BUILD_INTERVAL_MS,
        };
        self.profile.rules.location_interval_ms.unwrap_or(of_build)
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILD_INTERVAL_MS, FindPosition, TooOften};
    use crate::profile::{Profile, Rules};
    use crate::version::Version;
    use crate::world::account::EnvVersion;
    use crate::world::device::{LocationFix, SetLocation};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world(env_version: EnvVersion, location_interval_ms: Option<i64>, sdk: Version) -> World {
        let profile = Profile {
            sdk,
            rules: Rules {
                location_interval_ms,
                ..Rules::default()
            },
            ..Profile::default()
        };
        let app = AppFacts {
            env_version,
            ..AppFacts::default()
        };
        World::new(profile, app, 1)
    }

    const TODAY: Version = Version(3, 17, 0);

    fn find(world: &mut World, gcj02: bool) -> Result<f64, TooOften> {
        let caller = world.caller();
        let found = world.apply(FindPosition { caller, gcj02 });
        found.map(|fix| fix.latitude)
    }

    fn go_to(world: &mut World, latitude: f64) {
        let fix = LocationFix {
            latitude,
            ..LocationFix::default()
        };
        world.apply(SetLocation(fix)).expect("on the globe");
    }

    #[test]
    fn a_trial_build_may_look_once_in_thirty_seconds() {
        let mut world = world(EnvVersion::Trial, None, TODAY);
        assert!(find(&mut world, false).is_ok());
        world.apply(AdvanceTo(world.now().plus(BUILD_INTERVAL_MS - 1)));
        assert_eq!(find(&mut world, true), Err(TooOften));
        world.apply(AdvanceTo(world.now().plus(1)));
        assert!(find(&mut world, true).is_ok());
    }

    #[test]
    fn the_published_build_keeps_a_position_as_long_as_the_rules_say() {
        let mut world = world(EnvVersion::Release, Some(1_000), TODAY);
        go_to(&mut world, 1.0);
        assert_eq!(find(&mut world, false), Ok(1.0));
        go_to(&mut world, 2.0);
        assert_eq!(find(&mut world, false), Ok(1.0), "kept");
        assert_eq!(find(&mut world, true), Ok(2.0), "the other type");
        world.apply(AdvanceTo(world.now().plus(1_000)));
        assert_eq!(find(&mut world, false), Ok(2.0));
    }

    #[test]
    fn usually_and_before_2_17_0_every_call_looks() {
        for (env, interval, sdk) in [
            (EnvVersion::Release, None, TODAY),
            (EnvVersion::Release, Some(1_000), Version(2, 16, 1)),
            (EnvVersion::Develop, None, Version(2, 16, 1)),
        ] {
            let mut world = world(env, interval, sdk);
            go_to(&mut world, 1.0);
            assert_eq!(find(&mut world, false), Ok(1.0));
            go_to(&mut world, 2.0);
            assert_eq!(find(&mut world, false), Ok(2.0));
        }
    }
}
