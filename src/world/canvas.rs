//! Canvases: what the program drew onto each, and the pixels that it put there.
//!
//! Official pages: `api/canvas`. Drawing is recorded and not rasterised: a pixel is transparent black
//! unless the program put it there after the last drawing that began anew.
//!
//! Differs from the client: every `canvasId` names a canvas of the page on top, [`USUAL_SIZE`] large,
//! also within components, whether the page has it or not.

mod picture;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::files::Content;
use super::object::{NewObject, ObjectId};
use super::route::PageId;
use super::{Change, World, sealed::Sealed};

pub use picture::{Format, picture};

/// Width and height of a canvas without styles (official page `component/canvas`).
pub const USUAL_SIZE: (u32, u32) = (300, 150);
/// Commands that are kept of one canvas; later ones are only counted.
pub const COMMANDS_MAX: usize = 10_000;
/// Bytes of pixels that are kept of one canvas; earlier ones give way.
pub const PIXEL_BYTES_MAX: usize = 64 << 20;

/// Which canvas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The one of that `canvas-id` in a page.
    Page(PageId, String),
    /// A canvas object of the program.
    Own(ObjectId),
}

/// Some pixels: left, top, width, height, and four bytes for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Pixels {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
    bytes: Content,
}

/// What is on a canvas.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Canvas {
    place: Place,
    size: (u32, u32),
    drawn: bool,
    commands: Vec<Json>,
    count: usize,
    pixels: Vec<Pixels>,
}

impl Canvas {
    /// Width and height.
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// Whether anything was drawn or put onto it.
    pub fn is_drawn(&self) -> bool {
        self.drawn
    }

    /// What it shows, in the order of drawing: `{"method": …, "data": […]}`, at most
    /// [`COMMANDS_MAX`].
    pub fn commands(&self) -> &[Json] {
        &self.commands
    }

    /// How many commands made what it shows.
    pub fn count(&self) -> usize {
        self.count
    }

    fn begin(&mut self) {
        self.commands.clear();
        self.pixels.clear();
        self.count = 0;
    }
}

/// All canvases, and which one a context of the program draws onto.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Canvases {
    contexts: BTreeMap<ObjectId, Place>,
    list: Vec<Canvas>,
}

impl World {
    /// What was drawn onto a canvas; `None` before the first drawing.
    pub fn canvas(&self, place: &Place) -> Option<&Canvas> {
        self.canvases.list.iter().find(|it| it.place == *place)
    }

    /// The canvas of that `canvas-id` in the page on top; `None` without a page.
    pub fn canvas_place(&self, id: &str) -> Option<Place> {
        let page = self.current_page()?.id;
        Some(Place::Page(page, id.to_owned()))
    }

    /// The canvas that an object of the program draws onto.
    pub fn canvas_of(&self, object: ObjectId) -> Option<&Place> {
        self.canvases.contexts.get(&object)
    }

    /// The pixels of a rectangle, four bytes for each.
    pub fn pixels(&self, place: &Place, area: (i64, i64, i64, i64)) -> Vec<u8> {
        let (left, top, width, height) = area;
        let mut bytes = vec![0; usize::try_from(width * height * 4).unwrap_or(0)];
        let parts = self.canvas(place).map_or(&[][..], |canvas| &canvas.pixels);
        for part in parts {
            part.copy_into(&mut bytes, left, top, width, height);
        }
        bytes
    }

    fn canvas_mut(&mut self, place: &Place) -> &mut Canvas {
        let mut list = std::mem::take(&mut self.canvases.list);
        list.retain(|canvas| match &canvas.place {
            Place::Page(page, _) => self.page(*page).is_some(),
            Place::Own(_) => true,
        });
        let known = list.iter().position(|canvas| canvas.place == *place);
        let at = known.unwrap_or_else(|| {
            list.push(Canvas {
                place: place.clone(),
                size: USUAL_SIZE,
                drawn: false,
                commands: Vec::new(),
                count: 0,
                pixels: Vec::new(),
            });
            list.len() - 1
        });
        self.canvases.list = list;
        &mut self.canvases.list[at]
    }
}

impl Pixels {
    /// Copies what lies in the rectangle.
    fn copy_into(&self, out: &mut [u8], left: i64, top: i64, width: i64, height: i64) {
        let from = left.max(self.left);
        let until = (left + width).min(self.left + self.width);
        for y in top.max(self.top)..(top + height).min(self.top + self.height) {
            let row = ((y - self.top) * self.width + from - self.left) * 4;
            let target = ((y - top) * width + from - left) * 4;
            let ends = [row, target, (until - from).max(0) * 4];
            let [row, target, length] = ends.map(|at| usize::try_from(at).unwrap_or(0));
            let source = self
                .bytes
                .bytes()
                .get(row..row + length)
                .unwrap_or_default();
            if let Some(target) = out.get_mut(target..target + source.len()) {
                target.copy_from_slice(source);
            }
        }
    }
}

/// The program gets a context of the canvas of that `canvas-id` in the page on top.
#[derive(Clone, Debug)]
pub struct OpenCanvasContext(pub String);

impl Sealed for OpenCanvasContext {}
impl Change for OpenCanvasContext {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let object = world.apply(NewObject("CanvasContext"));
        let place = world.canvas_place(&self.0).unwrap_or(Place::Own(object));
        world.canvases.contexts.insert(object, place);
        object
    }
}

/// The program makes a canvas of its own.
#[derive(Clone, Copy, Debug)]
pub struct MakeCanvas {
    /// Its class, as in the manual.
    pub class: &'static str,
    /// Width and height.
    pub size: (u32, u32),
}

impl Sealed for MakeCanvas {}
impl Change for MakeCanvas {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let object = world.apply(NewObject(self.class));
        let place = Place::Own(object);
        world.canvas_mut(&place).size = self.size;
        world.canvases.contexts.insert(object, place);
        object
    }
}

/// A context hands over what it recorded.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The canvas.
    pub place: Place,
    /// What to draw.
    pub commands: Vec<Json>,
    /// Whether what is there stays.
    pub reserve: bool,
    /// A new width and height.
    pub size: Option<(u32, u32)>,
}

impl Sealed for Draw {}
impl Change for Draw {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let canvas = world.canvas_mut(&self.place);
        if !self.reserve {
            canvas.begin();
        }
        canvas.size = self.size.unwrap_or(canvas.size);
        canvas.drawn = true;
        canvas.count += self.commands.len();
        let room = COMMANDS_MAX.saturating_sub(canvas.commands.len());
        canvas.commands.extend(self.commands.into_iter().take(room));
    }
}

/// The program puts pixels onto a canvas.
#[derive(Clone, Debug)]
pub struct PutPixels {
    /// The canvas.
    pub place: Place,
    /// Left, top, width, height.
    pub area: (i64, i64, i64, i64),
    /// Four bytes for each.
    pub bytes: Vec<u8>,
}

impl Sealed for PutPixels {}
impl Change for PutPixels {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let (left, top, width, height) = self.area;
        let canvas = world.canvas_mut(&self.place);
        canvas.drawn = true;
        canvas.pixels.push(Pixels {
            left,
            top,
            width,
            height,
            bytes: self.bytes.into(),
        });
        let held = |canvas: &Canvas| -> usize {
            let lengths = canvas.pixels.iter().map(|part| part.bytes.bytes().len());
            lengths.sum()
        };
        while canvas.pixels.len() > 1 && held(canvas) > PIXEL_BYTES_MAX {
            canvas.pixels.remove(0);
        }
    }
}

#[cfg(test)]
#[path = "canvas/tests.rs"]
mod tests;
