//! What the style of an element says about its box.

use std::rc::Rc;

use float_pigment_css::typing::{Display, Float, Overflow, Position, Transform, VerticalAlign};
use float_pigment_layout::DefLength;

use super::boxes::{Align, Container, Content, LayoutBox};
use super::style::{BoxStyle, Def};
use super::tag::Tag;
use super::text::Font;
use crate::view::style::{Computed, Index};

/// What is known of an element's box beside its place.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) style: Computed,
    /// Where it is moved to after layout: parts of its own size, then pixels.
    pub(super) shift: [f32; 4],
    /// Whether the screen holds it while the page scrolls.
    pub(super) is_fixed: bool,
    /// The flow's place decides on its left and its top.
    pub(super) follows: (bool, bool),
    /// Alignment of its placeholder in a flex box.
    pub(super) align: (f32, f32),
}

/// From so many boxes in lines around each other on sizes are remembered.
pub(super) const LINES_NESTED_MAX: usize = 2;

/// Puts the content of a box in a line into a flex item: the layout crate asks such a box twice at
/// each level and remembers nothing, so the time would double with each level; it remembers the sizes
/// of flex items.
pub(super) fn remember_sizes(made: &mut LayoutBox, style: &Computed) {
    let Content::Container(container) = &made.content else {
        return;
    };
    let inner = Container {
        element: None,
        ..container.clone()
    };
    let mut item = LayoutBox::new(Rc::new(BoxStyle::item(style)), Content::Container(inner));
    item.children = std::mem::take(&mut made.children);
    made.children.push(item);
    let own = Rc::make_mut(&mut made.style);
    own.display = Display::InlineFlex;
    own.plain_flex();
}

pub(super) fn is_set(length: Def) -> bool {
    !matches!(length, DefLength::Auto | DefLength::Undefined)
}

pub(super) fn points(length: Def) -> f32 {
    match length {
        DefLength::Points(px) => px,
        DefLength::Custom(both) => both.px,
        _ => 0.0,
    }
}

pub(super) fn is_inline(style: &Computed) -> bool {
    let float = style.properties().float();
    matches!(style.display(), Display::Inline) && matches!(float, Float::None)
}

pub(super) fn is_transformed(style: &Computed) -> bool {
    let Transform::Series(series) = style.properties().transform_ref();
    series.iter().next().is_some()
}

/// Whether absolute boxes inside of it are placed from it.
pub(super) fn holds_absolute(style: &Computed) -> bool {
    !matches!(style.position(), Position::Static) || is_transformed(style)
}

pub(super) fn facts(style: &Computed, tag: &Tag<'_>) -> Facts {
    Facts {
        style: style.clone(),
        shift: tag.shift(),
        is_fixed: false,
        follows: (false, false),
        align: (0.0, 0.0),
    }
}

pub(super) fn container(place: Index, style: &Computed, outside: Font) -> Container {
    let own = style.properties();
    let clips = |overflow: &Overflow| !matches!(overflow, Overflow::Visible);
    Container {
        element: Some(place),
        font: Font::of(style),
        outside,
        clamp: style.line_clamp(),
        indent: style
            .linear(own.text_indent_ref())
            .map_or(0.0, |linear| linear.px),
        align: match own.vertical_align() {
            VerticalAlign::Baseline => Align::Baseline,
            VerticalAlign::Middle => Align::Middle,
            VerticalAlign::Top | VerticalAlign::TextTop => Align::Top,
            VerticalAlign::Bottom | VerticalAlign::TextBottom => Align::Bottom,
        },
        is_opaque: clips(own.overflow_x_ref()) || clips(own.overflow_y_ref()),
    }
}
