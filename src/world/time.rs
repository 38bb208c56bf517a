//! Virtual time: starts with the profile and moves only when told to.

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// A moment of virtual Unix time, in milliseconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Millis(pub i64);

impl Millis {
    /// The moment this many milliseconds later; stops at the end of the range.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from an earlier moment to this one; negative when it is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Moves virtual time forward to a moment; an earlier moment changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct AdvanceTo(pub Millis);

impl Sealed for AdvanceTo {}
impl Change for AdvanceTo {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.now = world.now.max(self.0);
    }
}

impl World {
    /// The present moment.
    pub fn now(&self) -> Millis {
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::{AdvanceTo, Millis};
    use crate::profile::{Date, Profile};
    use crate::world::{AppFacts, World};

    #[test]
    fn time_starts_with_the_profile_and_never_goes_back() {
        let profile = Profile::on(Date::new(2018, 6, 4));
        let start = Millis(profile.start_unix_ms());
        let mut world = World::new(profile, AppFacts::default(), 1);
        assert_eq!(world.now(), start);
        world.apply(AdvanceTo(start.plus(10)));
        world.apply(AdvanceTo(start));
        assert_eq!(world.now().since(start), 10);
    }
}
