//! Supervised worker processes: where page scripts run, so that no app can take the runner down.
//!
//! An app under test can overflow the native stack, exhaust memory or never return, and the engine
//! cannot always be interrupted. So a command that runs page scripts starts *this same binary*
//! again with [`WORKER_ARG`] as its first argument, under a stack limit, an address-space limit and
//! a time limit, and reads what it has to say from a pipe ([`supervise`], [`watch`]).
//!
//! Inside, [`serve`] runs one job on a single thread. The job hands its work to
//! [`Zygote::branch`]: the project is loaded once, then every branch is `fork`ed from that exact
//! heap. A branch may have branches of its own ([`Twigs`]). Where there is no `fork`
//! ([`Mode::Replay`]) each branch loads anew, and says the same.
//!
//! A branch that needs something of the outside (an answer over the network, say) asks for it with
//! [`Outbox::ask`]; the supervisor's caller gets an [`Event::Ask`] and the branch waits. Questions
//! and answers are texts; what they say is between the job and the supervisor's caller.
//!
//! ```text
//! supervisor ──exec──▶ zygote ──fork──▶ branch 0     each branch: own timer, own death
//!     ▲                   │ └───fork──▶ branch 1     the zygote: sees how each one ended
//!     ├── one pipe: frames of [`Outbox`] + whatever else was printed ──┘
//!     └── another: the job, then the answer to each [`Outbox::ask`] ──▶ who asked
//! ```
//!
//! Only `sys_unix.rs` holds `unsafe`.

mod death;
#[cfg(unix)]
pub mod grove;
mod inbox;
mod limits;
mod message;
mod outbox;
mod process;
#[cfg(unix)]
mod room;
mod run;
mod supervisor;
#[cfg_attr(unix, path = "sys_unix.rs")]
#[cfg_attr(not(unix), path = "sys_other.rs")]
mod sys;
mod zygote;

pub use death::Death;
pub use limits::Limits;
pub use message::{WORD_MAX, Word};
pub use outbox::Outbox;
pub use supervisor::{
    Ending, Event, WorkerError, catch_interrupts, catch_one_interrupt, forget_interrupt,
    hear_interrupts, interrupt, is_interrupted, supervise, watch,
};
pub use zygote::{BranchEnd, Mode, Twigs, Zygote, serve};

/// First argument of a worker process. `main` calls [`serve`] before anything else when it sees it.
pub const WORKER_ARG: &str = "__worker";

/// Whether copies can stop and go on in all ways ([`grove`]).
pub fn can_grow() -> bool {
    sys::CAN_GROW
}
