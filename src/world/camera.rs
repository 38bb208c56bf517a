//! Cameras on pages: one on each at most.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::route::PageId;
use super::{Change, World, sealed::Sealed};

/// Pages with a camera.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cameras(BTreeSet<PageId>);

/// A camera appears on the page on top; whether it is the first there.
#[derive(Clone, Copy, Debug)]
pub struct AttachCamera;

impl Sealed for AttachCamera {}
impl Change for AttachCamera {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let page = world.current_page().map(|page| page.id);
        page.is_some_and(|page| world.cameras.0.insert(page))
    }
}
