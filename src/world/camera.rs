//! Cameras on pages: one on each at most; what they film.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::object::{NewObject, ObjectId};
use super::route::PageId;
use super::{Change, Millis, World, sealed::Sealed};

/// Pages with a camera, the objects that speak for them, and since when they film.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cameras {
    pages: BTreeSet<PageId>,
    objects: BTreeMap<ObjectId, PageId>,
    filming: BTreeMap<PageId, Millis>,
}

/// A camera appears on the page on top; whether it is the first there.
#[derive(Clone, Copy, Debug)]
pub struct AttachCamera;

impl Sealed for AttachCamera {}
impl Change for AttachCamera {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let page = world.current_page().map(|page| page.id);
        page.is_some_and(|page| world.cameras.pages.insert(page))
    }
}

/// The program gets the object that speaks for the camera of the page on top.
#[derive(Clone, Copy, Debug)]
pub struct OpenCamera;

impl Sealed for OpenCamera {}
impl Change for OpenCamera {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let object = world.apply(NewObject("CameraContext"));
        if let Some(page) = world.current_page().map(|page| page.id) {
            world.cameras.objects.insert(object, page);
        }
        object
    }
}

/// The camera of an object films; whether it did not already.
#[derive(Clone, Copy, Debug)]
pub struct BeginFilm(pub ObjectId);

impl Sealed for BeginFilm {}
impl Change for BeginFilm {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let now = world.now;
        let Some(page) = world.cameras.objects.get(&self.0) else {
            return false;
        };
        if world.cameras.filming.contains_key(page) {
            return false;
        }
        world.cameras.filming.insert(*page, now);
        true
    }
}

/// The camera of an object films no longer; how long it did, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct EndFilm(pub ObjectId);

impl Sealed for EndFilm {}
impl Change for EndFilm {
    type Effect = Option<i64>;

    fn apply(self, world: &mut World) -> Option<i64> {
        let page = world.cameras.objects.get(&self.0)?;
        let since = world.cameras.filming.remove(page)?;
        Some(world.now.since(since))
    }
}

impl World {
    /// Whether the page of an object has a camera.
    pub fn has_camera(&self, object: ObjectId) -> bool {
        let page = self.cameras.objects.get(&object);
        page.is_some_and(|page| self.cameras.pages.contains(page))
    }
}
