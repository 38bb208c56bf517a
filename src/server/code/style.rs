//! How the server of an app wants its picture: `width`, `auto_color`, `line_color`, `is_hyaline`.

use serde_json::{Map, Value as Json};

use crate::server::asked::Asked;
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::rng::number_of;

/// Pixels of a side when nothing is said.
const WIDTH_USUAL: i64 = 430;
/// Fewest pixels of a side.
const WIDTH_MIN: u16 = 280;
/// Most pixels of a side.
const WIDTH_MAX: u16 = 1280;
/// Colours for `auto_color`.
const PALETTE: [[u8; 3]; 6] = [
    [0x1a, 0x7f, 0x37],
    [0x0b, 0x57, 0xd0],
    [0xb3, 0x26, 0x1e],
    [0x6a, 0x1b, 0x9a],
    [0x00, 0x69, 0x6d],
    [0x8a, 0x4b, 0x08],
];

/// What a picture looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// Pixels of a side.
    pub(super) width: u16,
    /// Red, green and blue of the lines.
    pub(super) color: [u8; 3],
    /// Whether there is nothing behind the lines: a PNG.
    pub(super) is_hyaline: bool,
}

impl Style {
    /// The type of the picture.
    pub(super) fn content_type(&self) -> &'static str {
        if self.is_hyaline {
            "image/png"
        } else {
            "image/jpeg"
        }
    }

    /// Black on white in the width that is asked for.
    ///
    /// # Errors
    /// 47001.
    pub(super) fn plain(asked: &Asked<'_>) -> Result<Self, Fault> {
        let width = asked.integer("width")?.unwrap_or(WIDTH_USUAL);
        Ok(Self {
            width: within(width),
            color: [0; 3],
            is_hyaline: false,
        })
    }

    /// All that can be asked for.
    ///
    /// # Errors
    /// 47001 or 40097.
    pub(super) fn asked(world: &World, asked: &Asked<'_>) -> Result<Self, Fault> {
        let plain = Self::plain(asked)?;
        let color = match asked.flag("auto_color")? {
            Some(true) => main_color(world, &asked.app_id),
            _ => match asked.member("line_color")? {
                None => plain.color,
                Some(Json::Object(parts)) => line_color(parts)?,
                Some(_) => {
                    return Err(errcode::DATA_FORMAT.because("line_color is no object of r, g, b"));
                }
            },
        };
        Ok(Self {
            color,
            is_hyaline: asked.flag("is_hyaline")?.unwrap_or_default(),
            ..plain
        })
    }

    /// Black on nothing.
    pub(super) fn hyaline(width: u16) -> Self {
        Self {
            width: within(i64::from(width)),
            color: [0; 3],
            is_hyaline: true,
        }
    }
}

/// The nearest width that there is.
fn within(width: i64) -> u16 {
    let width = width.clamp(i64::from(WIDTH_MIN), i64::from(WIDTH_MAX));
    u16::try_from(width).unwrap_or(WIDTH_MAX)
}

/// The colour that WeChat takes for an app.
fn main_color(world: &World, app_id: &str) -> [u8; 3] {
    let number = number_of(world.seed(), &format!("main color of {app_id}"), 1);
    let at = number % PALETTE.len() as u64;
    let at = usize::try_from(at).unwrap_or_default();
    PALETTE.get(at).copied().unwrap_or_default()
}

/// Red, green and blue, as numbers or texts; what is missing is 0.
fn line_color(parts: &Map<String, Json>) -> Result<[u8; 3], Fault> {
    let mut color = [0; 3];
    for (name, value) in ["r", "g", "b"].into_iter().zip(&mut color) {
        let number = match parts.get(name) {
            None | Some(Json::Null) => Some(0),
            Some(Json::Number(number)) => number.as_u64().and_then(|it| u8::try_from(it).ok()),
            Some(Json::String(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        *value = number.ok_or_else(|| {
            errcode::INVALID_ARGS
                .because(format!("`{name}` of line_color is no number of 0 to 255"))
        })?;
    }
    Ok(color)
}
