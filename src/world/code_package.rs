//! Packages of the code that are fetched while the program runs.
//!
//! Differs from the client: all of them are at hand, and each counts as [`PACKAGE_BYTES`] large.

use serde_json::json;

use super::notice::{Notice, Told};
use super::object::ObjectId;
use super::{Change, World, sealed::Sealed};

/// Size of a package, in bytes.
pub const PACKAGE_BYTES: u32 = 100 << 10;

/// A task tells of its progress until its package has arrived.
#[derive(Clone, Copy, Debug)]
pub struct ReportProgress {
    /// The task.
    pub task: ObjectId,
    /// When, from now.
    pub after_ms: i64,
}

impl Sealed for ReportProgress {}
impl Change for ReportProgress {
    type Effect = ();

    fn apply(self, world: &mut World) {
        for percent in [50_u32, 100] {
            let argument = json!({
                "progress": percent,
                "totalBytesWritten": PACKAGE_BYTES * percent / 100,
                "totalBytesExpectedToWrite": PACKAGE_BYTES,
            });
            let told = Told::of(self.task, "onProgressUpdate", argument);
            let at_ms = self.after_ms * i64::from(percent) / 100 - 1;
            world.leave(at_ms, Notice::Told(told));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ReportProgress;
    use crate::profile::Profile;
    use crate::world::notice::TakeNotices;
    use crate::world::object::NewObject;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_task_tells_twice_before_its_end() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let task = world.apply(NewObject("LoadSubpackageTask"));
        let after_ms = 300;
        world.apply(ReportProgress { task, after_ms });
        let times = world.apply(TakeNotices).into_iter();
        assert_eq!(
            times.map(|due| due.after_ms).collect::<Vec<_>>(),
            [149, 299]
        );
    }
}
