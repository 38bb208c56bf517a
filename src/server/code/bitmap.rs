//! A square picture of one ink on paper: how much ink is in each pixel.
//!
//! Lengths are whole numbers of sixteenths of a pixel, so that the same drawing has the same pixels everywhere.

/// Sixteenths in a pixel.
pub(super) const UNIT: i32 = 16;

/// What a shape is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    Ink,
    Paper,
}

/// A square with round corners; a disc when their radius is half its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// The middle.
    pub(super) center: (i32, i32),
    /// Half the side.
    pub(super) half: i32,
    /// Radius of the corners, at most half the side.
    pub(super) radius: i32,
}

impl Shape {
    pub(super) fn disc(center: (i32, i32), radius: i32) -> Self {
        Self {
            center,
            half: radius,
            radius,
        }
    }

    /// How far a point is outside of the edge; negative inside.
    fn outside(&self, x: i32, y: i32) -> i32 {
        let straight = self.half - self.radius;
        let across = (x - self.center.0).abs() - straight;
        let down = (y - self.center.1).abs() - straight;
        if across <= 0 || down <= 0 {
            return across.max(down) - self.radius;
        }
        let square = across * across + down * down;
        let (inner, outer) = (self.radius - UNIT, self.radius + UNIT);
        if square >= outer * outer {
            return UNIT;
        }
        if inner > 0 && square <= inner * inner {
            return -UNIT;
        }
        square.isqrt() - self.radius
    }
}

/// The picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bitmap {
    width: u16,
    /// 0 is paper, 255 is ink, row by row.
    ink: Vec<u8>,
}

impl Bitmap {
    /// An empty sheet, so many pixels wide and high.
    pub(super) fn new(width: u16) -> Self {
        let side = usize::from(width);
        Self {
            width,
            ink: vec![0; side * side],
        }
    }

    /// Pixels of a side.
    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// How much ink is in each pixel, row by row: 0 for none, 255 for nothing else.
    pub(super) fn ink(&self) -> &[u8] {
        &self.ink
    }

    /// Fills a shape; at its edge a pixel gets as much as the shape covers.
    pub(super) fn fill(&mut self, shape: &Shape, fill: Fill) {
        let rows = self.pixels(shape.center.1, shape.half);
        let columns = self.pixels(shape.center.0, shape.half);
        for row in rows {
            let y = middle(row);
            let start = row * usize::from(self.width);
            let line = self.ink.get_mut(start..start + usize::from(self.width));
            let Some(line) = line else { return };
            let Some(pixels) = line.get_mut(columns.clone()) else {
                return;
            };
            for (column, pixel) in columns.clone().zip(pixels) {
                let covered = covered(shape.outside(middle(column), y));
                *pixel = match fill {
                    Fill::Ink => (*pixel).max(covered),
                    Fill::Paper => (*pixel).min(u8::MAX - covered),
                };
            }
        }
    }

    /// The pixels of a row or column that a shape reaches.
    fn pixels(&self, center: i32, half: i32) -> std::ops::Range<usize> {
        let at = |place: i32| {
            let pixel = place.div_euclid(UNIT).clamp(0, i32::from(self.width));
            usize::try_from(pixel).unwrap_or_default()
        };
        at(center - half)..at(center + half + UNIT - 1)
    }
}

/// Where the middle of a pixel is.
fn middle(pixel: usize) -> i32 {
    i32::try_from(pixel).unwrap_or_default() * UNIT + UNIT / 2
}

/// How much of a pixel a shape covers whose edge is so far from the pixel's middle.
fn covered(outside: i32) -> u8 {
    let inside = (UNIT / 2 - outside).clamp(0, UNIT);
    u8::try_from(inside * 255 / UNIT).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Bitmap, Fill, Shape, UNIT};

    fn rows(bitmap: &Bitmap) -> Vec<String> {
        let lines = bitmap.ink().chunks(usize::from(bitmap.width()));
        let mark = |ink: &u8| match ink {
            0 => '.',
            255 => '#',
            _ => '+',
        };
        lines.map(|line| line.iter().map(mark).collect()).collect()
    }

    #[test]
    fn squares_are_sharp_and_discs_are_round() {
        let mut square = Bitmap::new(6);
        let center = (3 * UNIT, 3 * UNIT);
        let shape = Shape {
            center,
            half: 2 * UNIT,
            radius: 0,
        };
        square.fill(&shape, Fill::Ink);
        assert_eq!(rows(&square)[0], "......");
        assert_eq!(rows(&square)[1..5], [".####."; 4]);
        square.fill(
            &Shape {
                half: UNIT,
                ..shape
            },
            Fill::Paper,
        );
        assert_eq!(rows(&square)[2..4], [".#..#."; 2]);
        let mut disc = Bitmap::new(7);
        let center = (7 * UNIT / 2, 7 * UNIT / 2);
        disc.fill(&Shape::disc(center, 3 * UNIT), Fill::Ink);
        let rows = rows(&disc);
        assert_eq!(rows[3], "+#####+");
        assert!(
            rows[0].starts_with("..") && rows[0].ends_with(".."),
            "{rows:?}"
        );
        let upside_down: Vec<String> = rows.iter().rev().cloned().collect();
        assert_eq!(rows, upside_down);
    }

    #[test]
    fn what_reaches_over_the_edge_is_cut() {
        let mut bitmap = Bitmap::new(4);
        for center in [(-100, 0), (0, 900), (0, 0), (4 * UNIT, 4 * UNIT)] {
            bitmap.fill(&Shape::disc(center, 2 * UNIT), Fill::Ink);
        }
        let total = bitmap.ink().iter().map(|ink| u32::from(*ink)).sum::<u32>();
        assert!(total > 0);
        let empty = Bitmap::new(0);
        assert!(empty.ink().is_empty());
    }
}
