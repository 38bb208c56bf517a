//! `transform`: where the corners of a box go.

use float_pigment_css::typing::{Angle, Length, Transform, TransformItem, TransformOrigin};

use super::Rect;
use crate::view::style::Computed;

/// A plane map: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix([f32; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn translate(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First the other, then this one.
    pub(super) fn after(self, other: Self) -> Self {
        let (own, then) = (self.0, other.0);
        let x = |at: usize| own[0] * then[at] + own[2] * then[at + 1];
        let y = |at: usize| own[1] * then[at] + own[3] * then[at + 1];
        Self([x(0), y(0), x(2), y(2), x(4) + own[4], y(4) + own[5]])
    }

    /// The smallest upright rectangle around a mapped one.
    pub(super) fn map(self, rect: Rect) -> Rect {
        if self == Self::IDENTITY {
            return rect;
        }
        let own = self.0;
        let point = |x: f32, y: f32| {
            (
                own[0] * x + own[2] * y + own[4],
                own[1] * x + own[3] * y + own[5],
            )
        };
        let corners = [
            point(rect.left, rect.top),
            point(rect.right(), rect.top),
            point(rect.left, rect.bottom()),
            point(rect.right(), rect.bottom()),
        ];
        let least =
            |part: fn(&(f32, f32)) -> f32| corners.iter().map(part).fold(f32::MAX, f32::min);
        let most = |part: fn(&(f32, f32)) -> f32| corners.iter().map(part).fold(f32::MIN, f32::max);
        let (left, top) = (least(|p| p.0), least(|p| p.1));
        Rect {
            left,
            top,
            width: most(|p| p.0) - left,
            height: most(|p| p.1) - top,
        }
    }
}

/// The map of a box that stands at `rect`; `None` when it is not moved.
pub(super) fn of(style: &Computed, rect: Rect, shift: [f32; 4]) -> Option<Matrix> {
    let Transform::Series(series) = style.properties().transform_ref();
    let [part_x, part_y, x, y] = shift;
    let moved = Matrix::translate(part_x * rect.width + x, part_y * rect.height + y);
    if series.iter().next().is_none() {
        return (moved != Matrix::IDENTITY).then_some(moved);
    }
    let resolve = |length: &Length, base: f32| {
        style
            .linear(length)
            .map_or(0.0, |linear| linear.ratio * base + linear.px)
    };
    let (x, y) = origin(style, &resolve, rect);
    let mut map = Matrix::translate(rect.left + x, rect.top + y);
    for item in series.iter() {
        map = map.after(item_matrix(item, &resolve, rect));
    }
    Some(moved.after(map.after(Matrix::translate(-rect.left - x, -rect.top - y))))
}

fn origin(style: &Computed, resolve: &dyn Fn(&Length, f32) -> f32, rect: Rect) -> (f32, f32) {
    let (middle_x, middle_y) = (rect.width / 2.0, rect.height / 2.0);
    match style.properties().transform_origin_ref() {
        TransformOrigin::LengthTuple(x, y, _) => (resolve(x, rect.width), resolve(y, rect.height)),
        TransformOrigin::Left => (0.0, middle_y),
        TransformOrigin::Right => (rect.width, middle_y),
        TransformOrigin::Center => (middle_x, middle_y),
        TransformOrigin::Top => (middle_x, 0.0),
        TransformOrigin::Bottom => (middle_x, rect.height),
        TransformOrigin::Length(x) => (resolve(x, rect.width), middle_y),
    }
}

fn item_matrix(item: &TransformItem, resolve: &dyn Fn(&Length, f32) -> f32, rect: Rect) -> Matrix {
    match item {
        TransformItem::Matrix(numbers) => Matrix(*numbers),
        TransformItem::Translate2D(x, y) | TransformItem::Translate3D(x, y, _) => {
            Matrix::translate(resolve(x, rect.width), resolve(y, rect.height))
        }
        TransformItem::Scale2D(x, y) | TransformItem::Scale3D(x, y, _) => {
            Matrix([*x, 0.0, 0.0, *y, 0.0, 0.0])
        }
        // In space: around the axis that stands on the screen.
        TransformItem::Rotate2D(angle) | TransformItem::Rotate3D(0.0, 0.0, _, angle) => {
            rotate(angle)
        }
        TransformItem::Skew(x, y) => {
            Matrix([1.0, radians(y).tan(), radians(x).tan(), 1.0, 0.0, 0.0])
        }
        TransformItem::None
        | TransformItem::Matrix3D(_)
        | TransformItem::Rotate3D(..)
        | TransformItem::Perspective(_) => Matrix::IDENTITY,
    }
}

fn rotate(angle: &Angle) -> Matrix {
    let (sin, cos) = radians(angle).sin_cos();
    Matrix([cos, sin, -sin, cos, 0.0, 0.0])
}

fn radians(angle: &Angle) -> f32 {
    match angle {
        Angle::Deg(degrees) => degrees.to_radians(),
        Angle::Grad(grad) => (grad * 0.9).to_radians(),
        Angle::Rad(radians) => *radians,
        Angle::Turn(turns) => (turns * 360.0).to_radians(),
        Angle::Calc(_) => 0.0,
    }
}
