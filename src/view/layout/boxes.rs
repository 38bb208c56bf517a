//! Boxes as the layout crate walks them.

use std::cell::RefCell;
use std::rc::Rc;

use float_pigment_css::typing::Display;
use float_pigment_layout::{
    InlineUnit, LayoutNode, LayoutTreeNode, LayoutTreeVisitor, MeasureResult, OptionSize,
    ScreenQuery, Size, SizingMode, Vector,
};

use super::lines::{Filler, Fragment};
use super::style::BoxStyle;
use super::text::{Font, Run};
use crate::view::style::{Index, Linear};

/// A box.
pub(super) struct LayoutBox {
    pub(super) layout: LayoutNode<LayoutBox>,
    pub(super) style: Rc<BoxStyle>,
    pub(super) content: Content,
    pub(super) children: Vec<LayoutBox>,
    /// The page's own box.
    pub(super) is_root: bool,
    /// Parts of a text in its lines, from the box's own corner.
    pub(super) fragments: Fragments,
}

/// Parts of a text, written by whoever fills the lines.
pub(super) type Fragments = Rc<RefCell<Vec<Fragment>>>;

/// What a box is.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A box around others.
    Container(Container),
    /// A text of a node.
    Text(Option<Index>, Run),
    /// Where an inline element begins or ends.
    Edge(Edge),
    /// The place that a box out of the flow would have.
    Placeholder(Index),
}

/// A box around others.
#[derive(Clone, Debug, Default)]
pub(super) struct Container {
    /// The element; none for anonymous boxes.
    pub(super) element: Option<Index>,
    /// The font of its lines.
    pub(super) font: Font,
    /// The font of the lines it stands in.
    pub(super) outside: Font,
    /// `-webkit-line-clamp`
    pub(super) clamp: Option<usize>,
    /// `text-indent` in pixels.
    pub(super) indent: f32,
    /// `vertical-align` of the box in a line.
    pub(super) align: Align,
    /// Its baseline is its lower edge.
    pub(super) is_opaque: bool,
}

/// `vertical-align` of a box in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Baseline,
    Middle,
    Top,
    Bottom,
}

/// Where an inline element begins or ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) element: Index,
    pub(super) is_start: bool,
    /// Margin outside of the element's rectangle.
    pub(super) margin: f32,
    /// Padding and border inside of it.
    pub(super) inside: f32,
    /// Padding and border above and below.
    pub(super) above: f32,
    pub(super) below: f32,
    pub(super) font: Font,
}

impl LayoutBox {
    pub(super) fn new(style: Rc<BoxStyle>, content: Content) -> Self {
        Self {
            layout: LayoutNode::new(),
            style,
            content,
            children: Vec::new(),
            is_root: false,
            fragments: Fragments::default(),
        }
    }

    /// Whether it stands in a line and is measured by itself.
    pub(super) fn is_measured(&self) -> bool {
        match &self.content {
            Content::Text(..) | Content::Edge(_) => true,
            Content::Placeholder(_) => self.style.display == Display::Inline,
            Content::Container(_) => false,
        }
    }
}

/// The screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Env {
    pub(super) width: f32,
    pub(super) height: f32,
}

impl ScreenQuery<f32> for Env {
    fn screen_width(&self) -> f32 {
        self.width
    }

    fn screen_height(&self) -> f32 {
        self.height
    }
}

/// A piece of a line as the crate hands it on.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) content: Content,
    pub(super) size: (f32, f32),
    /// Of its last line, from its upper edge.
    pub(super) baseline: f32,
    pub(super) fragments: Fragments,
}

impl InlineUnit<LayoutBox> for Unit {
    type Env = Env;

    fn new(_: &mut Env, node: &LayoutBox, result: MeasureResult<f32>) -> Self {
        Self {
            content: node.content.clone(),
            size: (result.size.width, result.size.height),
            baseline: result.last_baseline_ascent.y,
            fragments: Rc::clone(&node.fragments),
        }
    }
}

impl LayoutTreeNode for LayoutBox {
    type Length = f32;
    type LengthCustom = Linear;
    type TreeVisitor = Self;
    type Style = BoxStyle;
    type InlineUnit = Unit;
    type InlineMeasure = Filler;
    type Env = Env;

    fn layout_node(&self) -> &LayoutNode<Self> {
        &self.layout
    }

    fn tree_visitor(&self) -> &Self {
        self
    }

    fn style(&self) -> &BoxStyle {
        &self.style
    }

    fn resolve_custom_length(&self, custom: &Linear, owner: f32) -> f32 {
        custom.ratio * owner + custom.px
    }

    fn should_measure(&self, _: &mut Env) -> bool {
        self.is_measured()
    }

    /// Texts always stand in lines, so no one asks.
    fn measure_block_size(
        &self,
        _: &mut Env,
        _: OptionSize<f32>,
        _: Size<f32>,
        _: Size<f32>,
        _: OptionSize<f32>,
        _: bool,
        _: SizingMode,
    ) -> MeasureResult<f32> {
        nothing()
    }

    /// Measured with the whole line.
    fn measure_inline_unit(
        &self,
        _: &mut Env,
        _: OptionSize<f32>,
        _: Size<f32>,
        _: Size<f32>,
        _: OptionSize<f32>,
        _: SizingMode,
    ) -> MeasureResult<f32> {
        nothing()
    }
}

fn nothing() -> MeasureResult<f32> {
    MeasureResult {
        size: Size::new(0.0, 0.0),
        first_baseline_ascent: Vector::new(0.0, 0.0),
        last_baseline_ascent: Vector::new(0.0, 0.0),
    }
}

impl LayoutTreeVisitor<Self> for LayoutBox {
    /// The crate asks only whether there is one; a box owns its children and does not know its parent,
    /// so any box stands for it.
    fn parent(&self) -> Option<&Self> {
        (!self.is_root).then_some(self)
    }

    fn for_each_child<'a, 'b: 'a, F>(&'b self, mut f: F)
    where
        F: FnMut(&'a Self, usize),
        Self: 'a,
    {
        for (at, child) in self.children.iter().enumerate() {
            f(child, at);
        }
    }

    fn children_len(&self) -> usize {
        self.children.len()
    }

    fn child_at(&self, index: usize) -> Option<&Self> {
        self.children.get(index)
    }

    fn children_iter<'a, 'b: 'a>(&'b self) -> impl Iterator<Item = &'a Self>
    where
        Self: 'a,
    {
        self.children.iter()
    }
}
