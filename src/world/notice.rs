//! What the client tells the program of its own accord, as a consequence of a change of the world.
//!
//! A change leaves notices; whoever runs the program takes them and lets the hooks run.

use serde::{Deserialize, Serialize};

use super::route::PageId;
use super::{Change, World, sealed::Sealed};

/// Something that the program is to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// The page is being refreshed: `onPullDownRefresh`.
    PulledDown(PageId),
    /// The page has another position: `onPageScroll`.
    Scrolled(PageId),
    /// WeChat knows whether there is a newer version: `onCheckForUpdate`.
    UpdateChecked,
}

/// A notice and the virtual milliseconds until it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Due {
    /// From the change on.
    pub after_ms: i64,
    /// What arrives.
    pub notice: Notice,
}

/// Hands over the notices that changes left, in their order.
#[derive(Clone, Copy, Debug)]
pub struct TakeNotices;

impl Sealed for TakeNotices {}
impl Change for TakeNotices {
    type Effect = Vec<Due>;

    fn apply(self, world: &mut World) -> Vec<Due> {
        std::mem::take(&mut world.notices)
    }
}

impl World {
    pub(super) fn leave(&mut self, after_ms: i64, notice: Notice) {
        self.notices.push(Due { after_ms, notice });
    }
}
