//! Layout: rectangles of nodes, on demand.
//!
//! Boxes are laid out by the crate `float-pigment-layout` (the platform's own engine for its newer
//! renderer): blocks with collapsing margins, flex, grid, boxes out of the flow. Lines are ours.
//!
//! Differs from the client: texts are measured by a table, see [`MeasureText`], and words that are too
//! long for a line are cut; floats stand in a line like `inline-block`, tables are blocks, `sticky`
//! boxes stay in their place; flex items may become smaller than their content; `min-content`,
//! `max-content` and `fit-content` count as `auto`; a grid item cannot name its lines; `::before` and
//! `::after` out of the flow have no boxes; a picture without a known size is 320 by 240 itself.
//! Swipers, movable views and transitions stand where they come to rest; the keyboard moves nothing.

mod boxes;
mod build;
mod facts;
mod fill;
mod lines;
mod measure;
pub mod query;
mod reading;
mod result;
mod style;
mod tag;
#[cfg(test)]
mod tests;
mod text;
mod transform;

pub use measure::{MeasureText, Table};
pub use result::{Layout, Rect, ScrollFacts};

use float_pigment_layout::{OptionNum, OptionSize};

use super::style::{Drawn, Sheets, Styles, Viewport};
use super::tree::{NodeId, Tree};
use boxes::Env;
use build::Builder;

/// Lays out a page: rectangles of all drawn nodes.
///
/// `page` is the tree's page; a tree has one.
pub fn layout(
    tree: &Tree,
    page: NodeId,
    sheets: &Sheets,
    viewport: Viewport,
    text: &dyn MeasureText,
) -> Layout {
    debug_assert_eq!(page, tree.page(), "a tree has one page");
    let drawn = Drawn::new(tree);
    let styles = Styles::new(tree, &drawn, sheets, viewport);
    let (root, facts) = Builder::new(tree, &drawn, &styles, text).page();
    let mut env = Env {
        width: viewport.width,
        height: viewport.height,
    };
    let width = OptionNum::some(viewport.width);
    root.layout.update_with_containing_size(
        &mut env,
        &root,
        OptionSize::new(width, OptionNum::none()),
        OptionSize::new(width, OptionNum::some(viewport.height)),
    );
    reading::read(tree, drawn, &root, facts, viewport)
}
