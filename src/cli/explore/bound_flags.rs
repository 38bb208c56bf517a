//! Flags that say how far an exploration goes, and by how many copies of the process.

use clap::Args;

use crate::explore::Bounds;
use crate::worker;

/// How far, and by whom.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct BoundFlags {
    /// Longest story, in choices
    #[arg(long, value_name = "N", default_value_t = Bounds::default().depth)]
    depth: u32,
    /// Most states
    #[arg(long, value_name = "N", default_value_t = Bounds::default().states_max)]
    max_states: usize,
    /// Go each way from the beginning instead of in copies of the process
    #[arg(long)]
    no_fork: bool,
    /// Copies that run at the same time [default: one for each processor]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

impl BoundFlags {
    /// The bounds.
    pub(in crate::cli) fn bounds(&self) -> Bounds {
        Bounds {
            depth: self.depth,
            states_max: self.max_states,
            ..Bounds::default()
        }
    }

    /// Whether there are copies of the process.
    pub(in crate::cli) fn forks(&self) -> bool {
        !self.no_fork && worker::can_grow()
    }

    /// Copies that run at the same time.
    pub(in crate::cli) fn jobs(&self) -> usize {
        self.jobs.unwrap_or_else(own_jobs).clamp(1, 64)
    }
}

/// Copies that run at the same time unless it is said: one for each processor, and not more than 64.
pub(in crate::cli) fn own_jobs() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(64))
}
