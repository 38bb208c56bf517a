//! The worker of the program, and the package that its script may be in.
//!
//! Official pages: "Worker", `api/base/subpackage`. One worker runs at a time.

use serde::{Deserialize, Serialize};

use super::object::{NewObject, ObjectId};
use super::{Change, World, sealed::Sealed};
use crate::errmsg::WorkerProblem;

/// The worker that runs, and whether its package has arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Workers {
    running: Option<ObjectId>,
    package_arrived: bool,
}

impl World {
    /// Why a worker cannot be made now.
    ///
    /// # Errors
    /// One runs, app.json has no `workers`, or their package has not arrived.
    pub fn may_make_worker(&self) -> Result<(), WorkerProblem> {
        let (_, is_subpackage) = self
            .app()
            .workers
            .as_ref()
            .ok_or(WorkerProblem::NotDeclared)?;
        match self.workers {
            Workers {
                running: Some(_), ..
            } => Err(WorkerProblem::OneRuns),
            Workers {
                package_arrived: false,
                ..
            } if *is_subpackage => Err(WorkerProblem::PackageMissing),
            _ => Ok(()),
        }
    }
}

/// A worker begins.
#[derive(Clone, Copy, Debug)]
pub struct StartWorker;

impl Sealed for StartWorker {}
impl Change for StartWorker {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let worker = world.apply(NewObject("Worker"));
        world.workers.running = Some(worker);
        worker
    }
}

/// A worker ends.
#[derive(Clone, Copy, Debug)]
pub struct EndWorker(pub ObjectId);

impl Sealed for EndWorker {}
impl Change for EndWorker {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let running = &mut world.workers.running;
        *running = running.filter(|worker| *worker != self.0);
    }
}

/// The package of the workers' scripts arrives.
#[derive(Clone, Copy, Debug)]
pub struct ArriveWorkers;

impl Sealed for ArriveWorkers {}
impl Change for ArriveWorkers {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.workers.package_arrived = true;
    }
}

#[cfg(test)]
mod tests {
    use super::{ArriveWorkers, EndWorker, StartWorker};
    use crate::errmsg::WorkerProblem;
    use crate::profile::Profile;
    use crate::world::object::ObjectId;
    use crate::world::{AppFacts, World};

    fn world(workers: Option<(String, bool)>) -> World {
        let app = AppFacts {
            workers,
            ..AppFacts::default()
        };
        World::new(Profile::default(), app, 1)
    }

    #[test]
    fn one_worker_runs_at_a_time() {
        let mut world = world(Some(("w".into(), false)));
        assert_eq!(world.may_make_worker(), Ok(()));
        let worker = world.apply(StartWorker);
        assert_eq!(world.may_make_worker(), Err(WorkerProblem::OneRuns));
        world.apply(EndWorker(ObjectId(99)));
        assert_eq!(world.may_make_worker(), Err(WorkerProblem::OneRuns));
        world.apply(EndWorker(worker));
        assert_eq!(world.may_make_worker(), Ok(()));
    }

    #[test]
    fn a_worker_needs_its_declaration_and_its_package() {
        let undeclared = world(None).may_make_worker();
        assert_eq!(undeclared, Err(WorkerProblem::NotDeclared));
        let mut apart = world(Some(("w".into(), true)));
        assert_eq!(apart.may_make_worker(), Err(WorkerProblem::PackageMissing));
        apart.apply(ArriveWorkers);
        assert_eq!(apart.may_make_worker(), Ok(()));
    }
}
