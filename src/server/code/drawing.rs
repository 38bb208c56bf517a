//! A text as a QR code, square or in the round style of mini program codes.
//!
//! The round style has a dot for each module, marks that are round inside, and a circle around the whole. It is read as
//! any QR code: modules keep their middles, and the marks their proportions and, as readers find a code by them, their
//! outer corners.

use qrcode::{Color, EcLevel, QrCode};

use super::bitmap::{Bitmap, Fill, Shape, UNIT};

/// How a code is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// As `createwxaqrcode` does.
    Square,
    /// As the other two do.
    Round,
}

/// Modules of paper around a square code.
const MARGIN: i32 = 4;
/// Side of a code inside the circle, in hundredths of the picture's.
const SIDE_IN_CIRCLE: i32 = 62;
/// Radius of the circle and how thick it is, in thousandths of the picture's side.
const CIRCLE: (i32, i32) = (485, 14);
/// Radius of a dot in hundredths of a module.
const DOT: i32 = 46;
/// Modules of a corner's mark.
const CORNER: i32 = 7;
/// Modules of the mark in the last corner, and how far its middle is from the end.
const ALIGNMENT: (i32, i32) = (5, 7);
/// How round the hole of a mark is, in hundredths of half its side.
const HOLE: i32 = 60;

/// The modules of a text.
struct Modules {
    colors: Vec<Color>,
    side: i32,
}

impl Modules {
    /// `None` when the text is too long.
    fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        Some(Self {
            side: i32::try_from(code.width()).ok()?,
            colors: code.into_colors(),
        })
    }

    /// Column and row of the dark ones.
    fn dark(&self) -> impl Iterator<Item = (i32, i32)> {
        let places = (0..self.side).flat_map(|row| (0..self.side).map(move |column| (column, row)));
        let all = places.zip(&self.colors);
        all.filter(|(_, color)| **color == Color::Dark)
            .map(|(place, _)| place)
    }

    /// Where the corners' marks begin.
    fn corners(&self) -> [(i32, i32); 3] {
        let far = self.side - CORNER;
        [(0, 0), (far, 0), (0, far)]
    }

    /// Where the mark in the last corner begins; the smallest codes have none.
    fn alignment(&self) -> Option<(i32, i32)> {
        let (side, from_end) = ALIGNMENT;
        let at = self.side - from_end - side / 2;
        (self.side > 21).then_some((at, at))
    }
}

/// Modules on paper.
struct Grid {
    /// Where the first begins.
    origin: i32,
    /// Side of one.
    module: i32,
}

impl Grid {
    /// The middle of a block of modules that begins at one and has a side of so many.
    fn middle(&self, (column, row): (i32, i32), modules: i32) -> (i32, i32) {
        let at = |place: i32| self.origin + place * self.module + modules * self.module / 2;
        (at(column), at(row))
    }
}

/// A text as a picture so many pixels wide; `None` when the text is too long for a QR code of that width.
pub(super) fn drawn(text: &str, look: Look, width: u16) -> Option<Bitmap> {
    let modules = Modules::of(text)?;
    let mut bitmap = Bitmap::new(width);
    let side = i32::from(width) * UNIT;
    match look {
        Look::Square => {
            // Whole pixels, so that edges are sharp.
            let pixels = i32::from(width) / (modules.side + 2 * MARGIN);
            let module = pixels * UNIT;
            let grid = Grid {
                origin: (i32::from(width) - modules.side * pixels) / 2 * UNIT,
                module,
            };
            (pixels > 0).then_some(())?;
            square(&mut bitmap, &modules, &grid);
        }
        Look::Round => {
            let module = side * SIDE_IN_CIRCLE / 100 / modules.side;
            let grid = Grid {
                origin: (side - modules.side * module) / 2,
                module,
            };
            (module > UNIT).then_some(())?;
            circle(&mut bitmap, side);
            round(&mut bitmap, &modules, &grid);
        }
    }
    Some(bitmap)
}

fn square(bitmap: &mut Bitmap, modules: &Modules, grid: &Grid) {
    for place in modules.dark() {
        let shape = Shape {
            center: grid.middle(place, 1),
            half: grid.module / 2,
            radius: 0,
        };
        bitmap.fill(&shape, Fill::Ink);
    }
}

fn circle(bitmap: &mut Bitmap, side: i32) {
    let (radius, thick) = CIRCLE;
    let center = (side / 2, side / 2);
    bitmap.fill(&Shape::disc(center, side * radius / 1000), Fill::Ink);
    let inner = side * (radius - thick) / 1000;
    bitmap.fill(&Shape::disc(center, inner), Fill::Paper);
}

fn round(bitmap: &mut Bitmap, modules: &Modules, grid: &Grid) {
    let (corners, alignment) = (modules.corners(), modules.alignment());
    let marks = corners.iter().map(|at| (*at, CORNER));
    let marks: Vec<_> = marks.chain(alignment.map(|at| (at, ALIGNMENT.0))).collect();
    for place in modules.dark() {
        let within = |((left, top), side): &((i32, i32), i32)| {
            (*left..left + side).contains(&place.0) && (*top..top + side).contains(&place.1)
        };
        if !marks.iter().any(within) {
            let dot = Shape::disc(grid.middle(place, 1), grid.module * DOT / 100);
            bitmap.fill(&dot, Fill::Ink);
        }
    }
    for (at, side) in marks {
        mark(bitmap, grid, grid.middle(at, side), side);
    }
}

/// A frame of one module with a round hole and a disc in its middle.
fn mark(bitmap: &mut Bitmap, grid: &Grid, center: (i32, i32), side: i32) {
    for (side, roundness, fill) in [
        (side, 0, Fill::Ink),
        (side - 2, HOLE, Fill::Paper),
        (side - 4, 100, Fill::Ink),
    ] {
        let half = side * grid.module / 2;
        let shape = Shape {
            center,
            half,
            radius: half * roundness / 100,
        };
        bitmap.fill(&shape, fill);
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, drawn};
    use crate::server::code::bitmap::Bitmap;

    /// What a reader of QR codes reads.
    fn read(bitmap: &Bitmap) -> Option<String> {
        let side = usize::from(bitmap.width());
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            255 - bitmap.ink()[y * side + x]
        });
        let grids = image.detect_grids();
        let (_, text) = grids.first()?.decode().ok()?;
        (grids.len() == 1).then_some(text)
    }

    #[test]
    fn both_looks_are_read_in_every_size() {
        for look in [Look::Square, Look::Round] {
            for width in [280, 281, 299, 333, 430, 431, 640, 1000, 1280] {
                for n in 0..4 {
                    let text = format!("wxcode://wx1111111111111111/kX9_aB-cDeF{n}");
                    let bitmap = drawn(&text, look, width).expect("it is short");
                    assert_eq!(bitmap.width(), width);
                    assert_eq!(read(&bitmap), Some(text), "{look:?} {width}");
                }
            }
        }
    }

    #[test]
    fn texts_of_many_lengths_are_read_until_one_is_too_long() {
        for look in [Look::Square, Look::Round] {
            for length in [1, 10, 30, 60, 100, 150] {
                let text = "a".repeat(length);
                let bitmap = drawn(&text, look, 430).expect("it is short");
                assert_eq!(read(&bitmap), Some(text), "{look:?} {length}");
            }
            assert_eq!(drawn(&"a".repeat(5_000), look, 430), None);
            assert_eq!(drawn("a", look, 1), None, "no room");
        }
    }

    #[test]
    fn a_round_code_has_a_circle_and_a_square_one_has_none() {
        let ink = |look, x: usize, y: usize| {
            let bitmap = drawn("a", look, 400).expect("it is short");
            bitmap.ink()[y * 400 + x]
        };
        // The circle is 7.9 thousandths from the edge, in the middle of each side.
        for (x, y) in [(200, 9), (9, 200), (390, 200), (200, 390)] {
            assert_eq!(ink(Look::Round, x, y), 255, "{x} {y}");
            assert_eq!(ink(Look::Square, x, y), 0, "{x} {y}");
        }
        let bitmap = drawn("a", Look::Square, 400).expect("it is short");
        assert!(
            bitmap.ink().iter().all(|ink| [0, 255].contains(ink)),
            "sharp"
        );
        let bitmap = drawn("a", Look::Round, 400).expect("it is short");
        assert!(
            !bitmap.ink().iter().all(|ink| [0, 255].contains(ink)),
            "dots"
        );
    }
}
