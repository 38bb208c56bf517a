//! Cameras on pages: one on each at most; what they film, and the frames that listeners get.
//!
//! Official page: `CameraContext.onCameraFrame`. Frames come while the page is on top and the user is there.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Alarm, Notice, Told};
use super::object::{NewObject, ObjectId};
use super::route::PageId;
use super::{Change, Millis, World, sealed::Sealed};

/// Pages with a camera, the objects that speak for them, and since when they film.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cameras {
    pages: BTreeSet<PageId>,
    objects: BTreeMap<ObjectId, PageId>,
    filming: BTreeMap<PageId, Millis>,
    frames: BTreeMap<ObjectId, Frames>,
}

/// The class of what listens to frames.
const LISTENER: &str = "CameraFrameListener";
/// Time between two frames: thirty a second.
const FRAME_MS: i64 = 33;
/// Pixels of a frame.
const FRAME: (u32, u32) = (36, 48);

/// A listener to the frames of a page's camera.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Frames {
    page: PageId,
    on: bool,
    /// Counts what makes frames under way void.
    turn: u32,
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

/// A page has no camera any more.
#[derive(Clone, Copy, Debug)]
pub struct DetachCamera(pub PageId);

impl Sealed for DetachCamera {}
impl Change for DetachCamera {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.cameras.pages.remove(&self.0);
        world.cameras.filming.remove(&self.0);
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

/// The program gets a listener to the frames of an object's camera.
#[derive(Clone, Copy, Debug)]
pub struct OpenFrames(pub ObjectId);

impl Sealed for OpenFrames {}
impl Change for OpenFrames {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let listener = world.apply(NewObject(LISTENER));
        if let Some(page) = world.cameras.objects.get(&self.0).copied() {
            let (on, turn) = (false, 0);
            let frames = Frames { page, on, turn };
            world.cameras.frames.insert(listener, frames);
        }
        listener
    }
}

/// A listener begins or ends; whether there is a camera.
#[derive(Clone, Copy, Debug)]
pub struct SetFrames {
    /// The listener.
    pub listener: ObjectId,
    /// Whether frames come.
    pub on: bool,
}

impl Sealed for SetFrames {}
impl Change for SetFrames {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let Self { listener, on } = self;
        let cameras = &mut world.cameras;
        let Some(frames) = cameras.frames.get_mut(&listener) else {
            return false;
        };
        if !cameras.pages.contains(&frames.page) {
            return false;
        }
        if frames.on != on {
            frames.on = on;
            frames.turn += 1;
            let turn = frames.turn;
            if on {
                world.leave_idle(FRAME_MS, Notice::Alarm(Alarm::CameraFrame(listener, turn)));
            }
        }
        true
    }
}

/// A frame is there, unless the listener ended meanwhile or the page is gone.
pub(super) fn frame(world: &mut World, listener: ObjectId, turn: u32) {
    let frames = world.cameras.frames.get(&listener);
    let Some(frames) = frames.filter(|frames| frames.on && frames.turn == turn) else {
        return;
    };
    let page = frames.page;
    if world.page(page).is_none() {
        return;
    }
    world.leave_idle(FRAME_MS, Notice::Alarm(Alarm::CameraFrame(listener, turn)));
    let on_top = world.current_page().is_some_and(|top| top.id == page);
    if !on_top || world.is_in_background() {
        return;
    }
    let (width, height) = FRAME;
    let told = Told::of(
        listener,
        "frame",
        json!({ "width": width, "height": height }),
    );
    let bytes = Some(("data".to_owned(), pixels()));
    world.leave(0, Notice::Told(Told { bytes, ..told }));
}

/// A gray frame; four bytes are a pixel.
fn pixels() -> Vec<u8> {
    let count = (FRAME.0 * FRAME.1) as usize;
    [0x80, 0x80, 0x80, 0xff].repeat(count)
}

impl World {
    /// Whether the page of an object has a camera.
    pub fn has_camera(&self, object: ObjectId) -> bool {
        let page = self.cameras.objects.get(&object);
        page.is_some_and(|page| self.cameras.pages.contains(page) && self.page(*page).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAME, OpenCamera, OpenFrames, SetFrames, pixels};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_frame_has_four_bytes_for_each_pixel() {
        let pixels = pixels();
        assert_eq!(pixels.len(), 4 * (FRAME.0 * FRAME.1) as usize);
        assert_eq!(pixels[..4], [0x80, 0x80, 0x80, 0xff]);
    }

    #[test]
    fn no_frames_come_without_a_camera() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let camera = world.apply(OpenCamera);
        let listener = world.apply(OpenFrames(camera));
        assert!(!world.apply(SetFrames { listener, on: true }));
    }
}
