//! Layouts with rectangles worked out by hand from the rules of CSS.

mod flex;
mod flow;
mod nodes;
mod scroll;
mod speed;
mod texts;

use super::{Layout, Rect, Table, layout};
use crate::view::style::Viewport;
use crate::view::style::sample::{PHONE, Sample};

/// Lays out a page on the phone of the tests (375 × 667).
fn lay(sample: &Sample) -> Layout {
    lay_on(sample, PHONE)
}

fn lay_on(sample: &Sample, viewport: Viewport) -> Layout {
    layout(
        &sample.tree,
        sample.tree.page(),
        &sample.sheets,
        viewport,
        &Table,
    )
}

/// `left top width height`, rounded to hundredths.
fn shown(rect: Rect) -> String {
    let part = |number: f32| (f64::from(number) * 100.0).round() / 100.0 + 0.0;
    let Rect {
        left,
        top,
        width,
        height,
    } = rect;
    format!(
        "{} {} {} {}",
        part(left),
        part(top),
        part(width),
        part(height)
    )
}

/// Checks rectangles by id on a page with its own style sheet.
fn check(wxml: &str, wxss: &str, rects: &[(&str, &str)]) {
    check_sample(&Sample::page(wxml, wxss), rects);
}

fn check_sample(sample: &Sample, rects: &[(&str, &str)]) {
    let layout = lay(sample);
    for (id, wanted) in rects {
        assert_eq!(shown(layout.rect(sample.node(id))), *wanted, "{id}");
    }
}
