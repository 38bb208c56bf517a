//! Numbers of the canvas APIs: areas and sizes.

use crate::value::Value;
use crate::world::canvas::USUAL_SIZE;

/// Most pixels that are read or put at a time.
pub const PIXELS_MAX: i64 = 16 << 20;

/// A coordinate, cut to a whole number.
pub fn whole(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "within the range")]
    value
        .as_f64()
        .filter(|number| number.abs() < 1e9)
        .map(|number| number as i64)
}

/// Left, top, width and height in options; `None` when the area is empty or too large. A negative
/// side counts the other way.
pub fn area(options: &Value) -> Option<(i64, i64, i64, i64)> {
    let number = |key: &str| whole(options.get(key));
    let (left, width) = forward(number("x")?, number("width")?);
    let (top, height) = forward(number("y")?, number("height")?);
    let pixels = width * height;
    (1..=PIXELS_MAX)
        .contains(&pixels)
        .then_some((left, top, width, height))
}

fn forward(from: i64, length: i64) -> (i64, i64) {
    if length < 0 {
        (from + length, -length)
    } else {
        (from, length)
    }
}

/// Width and height of a canvas; what is no number is the usual one.
pub fn sides(width: &Value, height: &Value) -> (u32, u32) {
    let side = |value: &Value, usual: u32| {
        let side = whole(value).and_then(|side| u32::try_from(side).ok());
        side.unwrap_or(usual)
    };
    (side(width, USUAL_SIZE.0), side(height, USUAL_SIZE.1))
}

#[cfg(test)]
mod tests {
    use super::{area, sides, whole};
    use crate::value::Value;

    fn of(numbers: [f64; 4]) -> Option<(i64, i64, i64, i64)> {
        let [x, y, width, height] = numbers.map(Value::Number);
        let keys = [("x", x), ("y", y), ("width", width), ("height", height)];
        area(&Value::object(keys))
    }

    #[test]
    fn an_area_has_whole_pixels_and_some() {
        assert_eq!(of([1.9, -2.0, 3.7, 4.0]), Some((1, -2, 3, 4)));
        assert_eq!(of([10.0, 10.0, -4.0, -5.0]), Some((6, 5, 4, 5)));
        assert_eq!(of([0.0, 0.0, 0.0, 4.0]), None);
        assert_eq!(of([0.0, 0.0, 5_000.0, 5_000.0]), None);
        assert_eq!(of([f64::NAN, 0.0, 1.0, 1.0]), None);
        assert_eq!(whole(&Value::Undefined), None);
    }

    #[test]
    fn a_canvas_without_a_size_has_the_usual_one() {
        let width = Value::Number(20.0);
        assert_eq!(sides(&width, &Value::Undefined), (20, 150));
        assert_eq!(sides(&Value::Number(-1.0), &"x".into()), (300, 150));
    }
}
