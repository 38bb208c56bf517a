//! How often a program calls the APIs whose frequency the platform limits.
//!
//! Official page: "Call frequency of interfaces" (接口调用频率规范): a user of a program may call each of
//! these four times a second. How a refusal looks is not published.
//!
//! Differs from the client: nothing is refused unless
//! [`Rules::frequency_limit`](crate::profile::Rules::frequency_limit) says how many calls are too many.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::per_caller::PerCaller;
use super::position::Positions;
use super::{Caller, Change, Millis, World, sealed::Sealed};

/// The time in which calls are counted, in milliseconds.
const WINDOW_MS: i64 = 1_000;

/// What programs called lately.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Frequency {
    /// When the calls of the last second were answered, by API.
    calls: PerCaller<BTreeMap<String, Vec<Millis>>>,
    /// Where they were.
    pub(super) positions: Positions,
}

/// The program calls an API with a limit: whether the platform answers. A call that it refuses does
/// not count.
#[derive(Clone, Debug)]
pub struct CountCall {
    /// Who calls.
    pub caller: Caller,
    /// What.
    pub api: &'static str,
}

impl Sealed for CountCall {}
impl Change for CountCall {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let Some(limit) = world.profile.rules.frequency_limit else {
            return true;
        };
        let now = world.now;
        let apis = world.frequency.calls.of(&self.caller);
        let times = apis.entry(self.api.to_owned()).or_default();
        times.retain(|at| now.since(*at) < WINDOW_MS);
        let fits = times.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        if fits {
            times.push(now);
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::CountCall;
    use crate::profile::{Profile, Rules};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world(frequency_limit: Option<u32>) -> World {
        let profile = Profile {
            rules: Rules {
                frequency_limit,
                ..Rules::default()
            },
            ..Profile::default()
        };
        World::new(profile, AppFacts::default(), 1)
    }

    fn call(world: &mut World, api: &'static str) -> bool {
        let caller = world.caller();
        world.apply(CountCall { caller, api })
    }

    #[test]
    fn so_many_calls_of_one_api_fit_into_a_second() {
        let mut world = world(Some(2));
        assert!(call(&mut world, "login") && call(&mut world, "login"));
        assert!(!call(&mut world, "login"));
        assert!(call(&mut world, "getSetting"), "another API");
        world.apply(AdvanceTo(world.now().plus(999)));
        assert!(!call(&mut world, "login"));
        world.apply(AdvanceTo(world.now().plus(1)));
        assert!(call(&mut world, "login"), "refused calls did not count");
    }

    #[test]
    fn without_a_rule_nothing_is_refused_or_kept() {
        let mut world = world(None);
        let before = world.clone();
        assert!((0..100).all(|_| call(&mut world, "login")));
        assert_eq!(world, before);
    }
}
