//! Versions of the mini program: whether WeChat has a newer one than the one that runs.
//!
//! Official page: `UpdateManager`. WeChat looks once at each start. In this world there is never a
//! newer version.

use serde::{Deserialize, Serialize};

use super::notice::Notice;
use super::{Change, World, sealed::Sealed};

/// The look for a newer version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UpdateCheck {
    awaited: bool,
}

/// Time from the first listener to the result, in milliseconds.
const CHECK_MS: i64 = 200;

/// The program waits for the result; it comes once in a run of the program.
#[derive(Clone, Copy, Debug)]
pub struct AwaitUpdate;

impl Sealed for AwaitUpdate {}
impl Change for AwaitUpdate {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if !world.update_check.awaited {
            world.update_check.awaited = true;
            world.leave(CHECK_MS, Notice::UpdateChecked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AwaitUpdate;
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::notice::TakeNotices;
    use crate::world::{AppFacts, World};

    #[test]
    fn the_result_comes_once_in_a_run() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(AwaitUpdate);
        world.apply(AwaitUpdate);
        assert_eq!(world.apply(TakeNotices).len(), 1);
        world.apply(Kill);
        world.apply(AwaitUpdate);
        assert_eq!(world.apply(TakeNotices).len(), 1);
    }
}
