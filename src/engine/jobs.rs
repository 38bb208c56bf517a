//! Microtasks: a plain queue that runs when it is told to, and never looks at a clock.
//!
//! The engine's own executor waits for timers in real time; wxsim keeps timers in its event loop.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use boa_engine::job::{GenericJob, Job, JobExecutor, PromiseJob};
use boa_engine::{Context, JsError, JsResult};

enum Microtask {
    Promise(PromiseJob),
    Generic(GenericJob),
}

/// The queue of promise reactions.
pub(super) struct Microtasks {
    queue: RefCell<VecDeque<Microtask>>,
    run_max: usize,
}

impl Microtasks {
    pub(super) fn new(run_max: usize) -> Self {
        Self {
            queue: RefCell::default(),
            run_max,
        }
    }

    /// Most microtasks of one run.
    pub(super) fn limit(&self) -> usize {
        self.run_max
    }

    /// Runs until the queue is empty, or cuts an endless chain at the limit and says so.
    pub(super) fn drain(&self, context: &mut Context) -> (Vec<JsError>, bool) {
        let mut errors = Vec::new();
        for _ in 0..self.run_max {
            let Some(task) = self.queue.borrow_mut().pop_front() else {
                context.clear_kept_objects();
                return (errors, false);
            };
            let result = match task {
                Microtask::Promise(job) => job.call(context),
                Microtask::Generic(job) => job.call(context),
            };
            errors.extend(result.err());
        }
        self.queue.borrow_mut().clear();
        (errors, true)
    }
}

impl JobExecutor for Microtasks {
    fn enqueue_job(self: Rc<Self>, job: Job, _: &mut Context) {
        match job {
            Job::PromiseJob(job) => self.queue.borrow_mut().push_back(Microtask::Promise(job)),
            Job::GenericJob(job) => self.queue.borrow_mut().push_back(Microtask::Generic(job)),
            // Engine timers and futures are never created: the prelude has its own timers, and
            // modules are loaded by `require`. Cleanup of finalization registries is optional.
            _ => {}
        }
    }

    fn run_jobs(self: Rc<Self>, context: &mut Context) -> JsResult<()> {
        let (errors, _) = self.drain(context);
        errors.into_iter().next().map_or(Ok(()), Err)
    }
}
