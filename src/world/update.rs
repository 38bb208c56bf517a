//! Versions of the mini program: whether WeChat has a newer one than the one that runs.
//!
//! Official page: `UpdateManager`. WeChat looks once at each start. In this world there is never a
//! newer version.

use serde_json::json;

use super::notice::{Alarm, Notice, Told};
use super::object::{ObjectId, SingleObject};
use super::{Change, World, sealed::Sealed};

/// Time from the program's first interest to the result, in milliseconds.
const CHECK_MS: i64 = 200;

/// The program gets the object that tells of versions; the result comes once in a run.
#[derive(Clone, Copy, Debug)]
pub struct OpenUpdateManager;

impl Sealed for OpenUpdateManager {}
impl Change for OpenUpdateManager {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let manager = world.apply(SingleObject("UpdateManager"));
        if world.update_check != Some(manager) {
            world.update_check = Some(manager);
            world.leave_idle(CHECK_MS, Notice::Alarm(Alarm::UpdateCheck(manager)));
        }
        manager
    }
}

/// The look for a newer version is over.
pub(super) fn checked(world: &mut World, manager: ObjectId) {
    let result = json!({ "hasUpdate": false });
    let told = Told::of(manager, "onCheckForUpdate", result);
    world.leave(0, Notice::Told(told));
}

#[cfg(test)]
mod tests {
    use super::OpenUpdateManager;
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::notice::{Alarm, Arrive, Notice, TakeNotices};
    use crate::world::{AppFacts, World};

    #[test]
    fn the_result_comes_once_in_a_run() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let manager = world.apply(OpenUpdateManager);
        assert_eq!(world.apply(OpenUpdateManager), manager);
        assert_eq!(world.apply(TakeNotices).len(), 1);
        world.apply(Arrive(Alarm::UpdateCheck(manager)));
        let told = world.apply(TakeNotices).pop().expect("a result");
        assert!(matches!(told.notice, Notice::Told(told) if told.event == "onCheckForUpdate"));
        world.apply(Kill);
        world.apply(OpenUpdateManager);
        assert_eq!(world.apply(TakeNotices).len(), 1);
    }
}
