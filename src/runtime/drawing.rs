//! What contexts of canvases hand over: recorded commands, pixels, texts to measure.

use serde_json::Value as Json;

use super::core::Core;
use super::ops::number;
use super::trace::{Event, json};
use crate::api::canvas_area::{area, sides};
use crate::value::Value;
use crate::world::canvas::{Canvas, Draw, Place, PutPixels};
use crate::world::object::ObjectId;
use crate::world::text_width::text_width;

/// Commands that the trace shows of a drawing.
const SHOWN_MAX: usize = 8;

impl Core {
    fn drawn_place(&self, argument: &Value) -> Option<Place> {
        let object = ObjectId(number(argument));
        self.world.canvas_of(object).cloned()
    }

    /// A context's commands; gives how many, and the first of them as texts.
    ///
    /// Arguments: the object, the commands, whether what is there stays, and of a canvas of the
    /// program its width and height.
    pub(super) fn drawn(&mut self, arguments: &[Value]) -> Value {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let commands = argument(1).items();
        let shown = commands.iter().take(SHOWN_MAX).map(command_text);
        let count = u32::try_from(commands.len()).unwrap_or(u32::MAX);
        let summary = Value::object([
            ("commands", count.into()),
            ("first", Value::Array(shown.map(Value::from).collect())),
        ]);
        let Some(place) = self.drawn_place(argument(0)) else {
            return summary;
        };
        let own = matches!(place, Place::Own(_));
        if own && !commands.is_empty() {
            self.emit(|| Event::Sync {
                api: "RenderingContext.draw".to_owned(),
                object: Some(number(argument(0))),
                arguments: Json::Array(vec![json(&summary)]),
                result: Json::Null,
            });
        }
        self.world.apply(Draw {
            place,
            commands: commands.iter().filter_map(Value::to_json).collect(),
            reserve: argument(2).as_bool() == Some(true),
            size: own.then(|| sides(argument(3), argument(4))),
        });
        summary
    }

    /// Width and height of the canvas of an object.
    pub(super) fn canvas_size(&self, object: &Value) -> Value {
        let place = self.drawn_place(object);
        let canvas = place.and_then(|place| self.world.canvas(&place));
        let size = canvas.map_or((0, 0), Canvas::size);
        Value::Array(vec![size.0.into(), size.1.into()])
    }

    /// Pixels of a canvas; `undefined` for an area without any.
    pub(super) fn pixels(&mut self, arguments: &[Value]) -> Value {
        let place = arguments.first().and_then(|id| self.drawn_place(id));
        let area = arguments.get(1).and_then(area);
        match (place, area) {
            (Some(place), Some(area)) => {
                Value::Bytes("Uint8ClampedArray", self.world.pixels(&place, area))
            }
            _ => Value::Undefined,
        }
    }

    /// Pixels onto a canvas.
    pub(super) fn put_pixels(&mut self, arguments: &[Value]) {
        let place = arguments.first().and_then(|id| self.drawn_place(id));
        let area = arguments.get(1).and_then(area);
        if let (Some(place), Some(area), Some(Value::Bytes(_, bytes))) =
            (place, area, arguments.get(2))
        {
            let bytes = bytes.clone();
            self.world.apply(PutPixels { place, area, bytes });
        }
    }
}

/// `{width}` of a text in a font.
pub(super) fn measure(text: &str, font: &str) -> Value {
    Value::object([("width", Value::Number(text_width(text, font)))])
}

/// A command as a script would write it.
fn command_text(command: &Value) -> String {
    let data = command.get("data").items().iter();
    let data: Vec<String> = data.map(|value| value.show(2)).collect();
    let method = command.get("method").as_str().unwrap_or_default();
    format!("{method}({})", data.join(", "))
}
