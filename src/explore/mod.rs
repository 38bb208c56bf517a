//! Everything that a user and the world can do to a program, tried.
//!
//! The program is the model. Wherever something is to choose (what the user does next, how a question is answered, whether
//! a reply fails or comes late) its process stops and goes on in all ways ([`worker::grove`](crate::worker::grove)); the
//! [`Search`] decides which of them grow, cheapest story first, and passes by states that it has seen.
//!
//! ```text
//! in a copy:        walk ─▶ Chooser ─▶ Arrival (what is here, what may be chosen) ─▶ stops
//! who decides:      Forest ─▶ Search ─▶ Outcome (states, violations with their stories, matrix, graph)
//! ```
//!
//! Two states are the same when nothing that can be seen tells them apart ([`fingerprint`]); what a closure holds cannot be
//! seen. So an outcome is complete *up to the fingerprint*, within the [`Bounds`], with at most so many things going wrong
//! at a time.

mod arrival;
mod chooser;
mod fingerprint;
mod forest;
mod judge;
mod matrix;
mod moves;
mod outcome;
mod roam;
mod search;
mod shrink;
mod story;
mod vary;
mod walk;

pub use arrival::{Arrival, Choice, Chosen, Did, Kind, Point, Seen, Told};
pub use chooser::{Ear, Rest, Script};
pub use fingerprint::fingerprint;
#[cfg(unix)]
pub use forest::Wood;
pub use forest::{Again, Forest, Heard, Lone, Task};
pub use judge::{DEAD_BUTTON, When, Whole, judge_whole, violation_of};
pub use matrix::{Cell, Matrix};
pub use moves::{Move, moves};
pub use outcome::{Bound, Graph, GraphEdge, GraphState, Outcome, Violation};
pub use roam::{Roaming, roam};
pub use search::{Bounds, Progress, Search};
pub use shrink::shrink;
pub use story::story;
pub use vary::Vary;
pub use walk::{Judge, Notes, Walk, Walked};
