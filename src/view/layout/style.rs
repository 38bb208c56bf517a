//! Styles in the words of the layout crate.

use float_pigment_css::property::NodeProperties;
use float_pigment_css::typing::{
    AlignContent, AlignItems, AlignSelf, AspectRatio, BoxSizing, Direction, Display, FlexDirection,
    FlexWrap, Float, Gap, GridAuto, GridAutoFlow, GridTemplate, JustifyContent, JustifyItems,
    JustifySelf, Length, Overflow, Position, TextAlign, TrackListItem, TrackSize, WritingMode,
};
use float_pigment_layout::{
    DefLength, LayoutGridAuto, LayoutGridTemplate, LayoutStyle, LayoutTrackListItem,
    LayoutTrackSize,
};

use crate::view::style::{Computed, Linear, number_of};

/// A length of the layout crate; what is neither pixels nor a part is both.
pub(super) type Def = DefLength<f32, Linear>;

/// A box's style.
#[derive(Clone, Debug)]
pub(super) struct BoxStyle {
    pub(super) display: Display,
    pub(super) position: Position,
    direction: Direction,
    writing_mode: WritingMode,
    pub(super) flex_direction: FlexDirection,
    flex_wrap: FlexWrap,
    pub(super) align_items: AlignItems,
    pub(super) align_self: AlignSelf,
    align_content: AlignContent,
    pub(super) justify_content: JustifyContent,
    justify_items: JustifyItems,
    justify_self: JustifySelf,
    /// left, right, top, bottom
    pub(super) inset: [Def; 4],
    pub(super) margin: [Def; 4],
    pub(super) padding: [Def; 4],
    pub(super) border: [Def; 4],
    flex_grow: f32,
    flex_shrink: f32,
    flex_basis: Def,
    pub(super) width: Def,
    pub(super) height: Def,
    min: [Def; 2],
    max: [Def; 2],
    pub(super) aspect_ratio: Option<f32>,
    box_sizing: BoxSizing,
    order: i32,
    pub(super) text_align: TextAlign,
    gap: [Def; 2],
    rows: LayoutGridTemplate<f32, Linear>,
    columns: LayoutGridTemplate<f32, Linear>,
    auto_rows: LayoutGridAuto<f32, Linear>,
    auto_columns: LayoutGridAuto<f32, Linear>,
    auto_flow: GridAutoFlow,
}

impl BoxStyle {
    /// The style of an element's box.
    pub(super) fn of(style: &Computed) -> Self {
        let own = style.properties();
        let def = |length: &Length| def(style, length);
        let edges = |lengths: [&Length; 4]| lengths.map(def);
        let [top, right, bottom, left] = style.borders();
        let [top, right, bottom, left] = [top, right, bottom, left].map(DefLength::Points);
        Self {
            display: display(own),
            // A sticky box stays in its place.
            position: match own.position() {
                Position::Sticky => Position::Static,
                other => other,
            },
            direction: own.direction(),
            writing_mode: own.writing_mode(),
            flex_direction: own.flex_direction(),
            flex_wrap: own.flex_wrap(),
            align_items: own.align_items(),
            align_self: own.align_self(),
            align_content: own.align_content(),
            justify_content: own.justify_content(),
            justify_items: own.justify_items(),
            justify_self: own.justify_self(),
            inset: edges([
                own.left_ref(),
                own.right_ref(),
                own.top_ref(),
                own.bottom_ref(),
            ]),
            margin: edges(margins(own)),
            padding: edges(paddings(own)),
            border: [left, right, top, bottom],
            flex_grow: number_of(own.flex_grow_ref()).unwrap_or(0.0),
            flex_shrink: number_of(own.flex_shrink_ref()).unwrap_or(1.0),
            flex_basis: def(own.flex_basis_ref()),
            width: def(own.width_ref()),
            height: def(own.height_ref()),
            min: [own.min_width_ref(), own.min_height_ref()].map(def),
            max: [own.max_width_ref(), own.max_height_ref()].map(def),
            aspect_ratio: match own.aspect_ratio_ref() {
                AspectRatio::Auto => None,
                AspectRatio::Ratio(width, height) => ratio(number_of(width), number_of(height)),
            },
            box_sizing: own.box_sizing(),
            #[expect(clippy::cast_possible_truncation, reason = "`order` is a whole number")]
            order: number_of(own.order_ref()).unwrap_or(0.0) as i32,
            text_align: own.text_align(),
            gap: [own.column_gap_ref(), own.row_gap_ref()].map(|gap| match gap {
                Gap::Normal => DefLength::Undefined,
                Gap::Length(length) => def(length),
            }),
            rows: template(style, own.grid_template_rows_ref()),
            columns: template(style, own.grid_template_columns_ref()),
            auto_rows: auto(style, own.grid_auto_rows_ref()),
            auto_columns: auto(style, own.grid_auto_columns_ref()),
            auto_flow: own.grid_auto_flow(),
        }
    }

    /// A box without a style of its own around inline content.
    pub(super) fn anonymous(parent: &Computed) -> Self {
        let properties = NodeProperties::new(Some(parent.properties()));
        Self::bare(parent, &properties, Display::Block)
    }

    /// The only item of a flex box.
    pub(super) fn item(parent: &Computed) -> Self {
        let mut style = Self::anonymous(parent);
        style.flex_grow = 1.0;
        style
    }

    /// Lays out its only item as a block would its content.
    pub(super) fn plain_flex(&mut self) {
        self.flex_direction = FlexDirection::Row;
        self.flex_wrap = FlexWrap::NoWrap;
        self.align_items = AlignItems::Stretch;
        self.justify_content = JustifyContent::Normal;
    }

    /// A box that measures itself, in a line.
    pub(super) fn inline(parent: &Computed) -> Self {
        let properties = NodeProperties::new(Some(parent.properties()));
        Self::bare(parent, &properties, Display::Inline)
    }

    fn bare(parent: &Computed, properties: &NodeProperties, display: Display) -> Self {
        let mut style = Self::of(parent);
        let zero = || [0.0; 4].map(DefLength::Points);
        style.display = display;
        style.position = Position::Static;
        style.flex_direction = properties.flex_direction();
        style.align_items = properties.align_items();
        style.align_self = AlignSelf::Auto;
        style.justify_content = properties.justify_content();
        style.justify_self = JustifySelf::Auto;
        style.inset = [DefLength::Auto; 4];
        (style.margin, style.padding, style.border) = (zero(), zero(), zero());
        (style.flex_grow, style.flex_shrink) = (0.0, 1.0);
        (style.flex_basis, style.width, style.height) =
            (DefLength::Undefined, DefLength::Auto, DefLength::Auto);
        style.min = [DefLength::Auto; 2];
        style.max = [DefLength::Undefined; 2];
        style.aspect_ratio = None;
        style.order = 0;
        style
    }
}

fn margins(own: &NodeProperties) -> [&Length; 4] {
    let (left, right) = (own.margin_left_ref(), own.margin_right_ref());
    [left, right, own.margin_top_ref(), own.margin_bottom_ref()]
}

fn paddings(own: &NodeProperties) -> [&Length; 4] {
    let (left, right) = (own.padding_left_ref(), own.padding_right_ref());
    [left, right, own.padding_top_ref(), own.padding_bottom_ref()]
}

fn ratio(width: Option<f32>, height: Option<f32>) -> Option<f32> {
    let (width, height) = (width?, height?);
    (width > 0.0 && height > 0.0).then(|| width / height)
}

/// `display` with what keeps margins inside, and floats as boxes in a line.
fn display(own: &NodeProperties) -> Display {
    let clips = |overflow: &Overflow| !matches!(overflow, Overflow::Visible);
    let floats = !matches!(own.float_ref(), Float::None);
    match own.display() {
        Display::None => Display::None,
        Display::Block | Display::Inline | Display::FlowRoot if floats => Display::InlineBlock,
        Display::Flex if floats => Display::InlineFlex,
        Display::Block if clips(own.overflow_x_ref()) || clips(own.overflow_y_ref()) => {
            Display::FlowRoot
        }
        other => other,
    }
}

fn def(style: &Computed, length: &Length) -> Def {
    match length {
        Length::Undefined => DefLength::Undefined,
        Length::Auto => DefLength::Auto,
        other => match style.linear(other) {
            None => DefLength::Auto,
            Some(Linear { ratio: 0.0, px }) => DefLength::Points(px),
            Some(Linear { ratio, px: 0.0 }) => DefLength::Percent(ratio),
            Some(both) => DefLength::Custom(both),
        },
    }
}

fn track(style: &Computed, size: &TrackSize) -> LayoutTrackSize<f32, Linear> {
    match size {
        TrackSize::MinContent => LayoutTrackSize::MinContent,
        TrackSize::MaxContent => LayoutTrackSize::MaxContent,
        TrackSize::Fr(part) => LayoutTrackSize::Fr(*part),
        TrackSize::Length(length) => LayoutTrackSize::Length(def(style, length)),
    }
}

fn template(style: &Computed, own: &GridTemplate) -> LayoutGridTemplate<f32, Linear> {
    match own {
        GridTemplate::None => LayoutGridTemplate::None,
        GridTemplate::TrackList(items) => {
            let items = items.iter().filter_map(|item| match item {
                TrackListItem::LineNames(_) => None,
                TrackListItem::TrackSize(size) => {
                    Some(LayoutTrackListItem::TrackSize(track(style, size)))
                }
            });
            LayoutGridTemplate::TrackList(items.collect())
        }
    }
}

fn auto(style: &Computed, own: &GridAuto) -> LayoutGridAuto<f32, Linear> {
    let GridAuto::List(items) = own;
    LayoutGridAuto(items.iter().map(|size| track(style, size)).collect())
}

impl LayoutStyle<f32, Linear> for BoxStyle {
    fn display(&self) -> Display {
        self.display.clone()
    }
    fn position(&self) -> Position {
        self.position.clone()
    }
    fn direction(&self) -> Direction {
        self.direction.clone()
    }
    fn writing_mode(&self) -> WritingMode {
        self.writing_mode.clone()
    }
    fn flex_direction(&self) -> FlexDirection {
        self.flex_direction.clone()
    }
    fn flex_wrap(&self) -> FlexWrap {
        self.flex_wrap.clone()
    }
    fn align_items(&self) -> AlignItems {
        self.align_items.clone()
    }
    fn align_self(&self) -> AlignSelf {
        self.align_self.clone()
    }
    fn align_content(&self) -> AlignContent {
        self.align_content.clone()
    }
    fn justify_content(&self) -> JustifyContent {
        self.justify_content.clone()
    }
    fn left(&self) -> Def {
        self.inset[0]
    }
    fn right(&self) -> Def {
        self.inset[1]
    }
    fn top(&self) -> Def {
        self.inset[2]
    }
    fn bottom(&self) -> Def {
        self.inset[3]
    }
    fn border_left(&self) -> Def {
        self.border[0]
    }
    fn border_right(&self) -> Def {
        self.border[1]
    }
    fn border_top(&self) -> Def {
        self.border[2]
    }
    fn border_bottom(&self) -> Def {
        self.border[3]
    }
    fn margin_left(&self) -> Def {
        self.margin[0]
    }
    fn margin_right(&self) -> Def {
        self.margin[1]
    }
    fn margin_top(&self) -> Def {
        self.margin[2]
    }
    fn margin_bottom(&self) -> Def {
        self.margin[3]
    }
    fn padding_left(&self) -> Def {
        self.padding[0]
    }
    fn padding_right(&self) -> Def {
        self.padding[1]
    }
    fn padding_top(&self) -> Def {
        self.padding[2]
    }
    fn padding_bottom(&self) -> Def {
        self.padding[3]
    }
    fn flex_grow(&self) -> f32 {
        self.flex_grow
    }
    fn flex_shrink(&self) -> f32 {
        self.flex_shrink
    }
    fn flex_basis(&self) -> Def {
        self.flex_basis
    }
    fn width(&self) -> Def {
        self.width
    }
    fn height(&self) -> Def {
        self.height
    }
    fn min_width(&self) -> Def {
        self.min[0]
    }
    fn min_height(&self) -> Def {
        self.min[1]
    }
    fn max_width(&self) -> Def {
        self.max[0]
    }
    fn max_height(&self) -> Def {
        self.max[1]
    }
    fn aspect_ratio(&self) -> Option<f32> {
        self.aspect_ratio
    }
    fn box_sizing(&self) -> BoxSizing {
        self.box_sizing.clone()
    }
    fn order(&self) -> i32 {
        self.order
    }
    fn text_align(&self) -> TextAlign {
        self.text_align.clone()
    }
    fn column_gap(&self) -> Def {
        self.gap[0]
    }
    fn row_gap(&self) -> Def {
        self.gap[1]
    }
    fn grid_template_rows(&self) -> LayoutGridTemplate<f32, Linear> {
        self.rows.clone()
    }
    fn grid_template_columns(&self) -> LayoutGridTemplate<f32, Linear> {
        self.columns.clone()
    }
    fn grid_auto_flow(&self) -> GridAutoFlow {
        self.auto_flow.clone()
    }
    fn grid_auto_rows(&self) -> LayoutGridAuto<f32, Linear> {
        self.auto_rows.clone()
    }
    fn grid_auto_columns(&self) -> LayoutGridAuto<f32, Linear> {
        self.auto_columns.clone()
    }
    fn justify_items(&self) -> JustifyItems {
        self.justify_items.clone()
    }
    fn justify_self(&self) -> JustifySelf {
        self.justify_self.clone()
    }
}
