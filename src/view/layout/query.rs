//! Questions about rectangles: what IntersectionObserver tells.

use super::Rect;

/// `margins` of `relativeTo`: how much a reference grows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Margins {
    /// To the left.
    pub left: f32,
    /// To the right.
    pub right: f32,
    /// Upwards.
    pub top: f32,
    /// Downwards.
    pub bottom: f32,
}

/// How a rectangle meets its references.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Intersection {
    /// `intersectionRatio`: the part of the target's area that is in all references.
    pub ratio: f32,
    /// `intersectionRect`; zero when they do not meet.
    pub rect: Rect,
    /// `relativeRect`: where all references meet.
    pub relative: Rect,
}

/// The common part of two rectangles; `None` when they do not touch.
pub fn intersect(one: Rect, other: Rect) -> Option<Rect> {
    let (left, top) = (one.left.max(other.left), one.top.max(other.top));
    let (right, bottom) = (
        one.right().min(other.right()),
        one.bottom().min(other.bottom()),
    );
    (right >= left && bottom >= top).then_some(Rect {
        left,
        top,
        width: right - left,
        height: bottom - top,
    })
}

/// How a target meets all references, each grown by its margins.
///
/// Official page: `api/wxml/IntersectionObserver.relativeTo`: with several references the region is
/// where all of them meet. A target without area counts with ratio 1 when it lies inside.
///
/// Unverified: that last rule, which is the web's.
pub fn intersection(target: Rect, references: &[(Rect, Margins)]) -> Intersection {
    let mut region: Option<Rect> = None;
    for (rect, margins) in references {
        let grown = Rect {
            left: rect.left - margins.left,
            top: rect.top - margins.top,
            width: rect.width + margins.left + margins.right,
            height: rect.height + margins.top + margins.bottom,
        };
        region = Some(match region {
            None => grown,
            Some(region) => match intersect(region, grown) {
                Some(both) => both,
                None => return Intersection::default(),
            },
        });
    }
    let Some(relative) = region else {
        return Intersection::default();
    };
    let Some(rect) = intersect(target, relative) else {
        return Intersection {
            relative,
            ..Intersection::default()
        };
    };
    let area = target.width * target.height;
    let ratio = if area > 0.0 {
        rect.width * rect.height / area
    } else {
        1.0
    };
    Intersection {
        ratio,
        rect,
        relative,
    }
}

/// Whether a ratio that was `before` came to a threshold or over it, from either side.
///
/// Official page: `api/wxml/wx.createIntersectionObserver` (`initialRatio`); that a ratio on a threshold
/// counts on both ways is the rule of the framework's published adapter.
pub fn crossed(before: f32, now: f32, thresholds: &[f32]) -> bool {
    #[expect(clippy::float_cmp, reason = "the same ratio is the same number")]
    let is_same = before == now;
    let between = |threshold: &f32| (before - threshold) * (now - threshold) <= 0.0;
    !is_same && thresholds.iter().any(between)
}
