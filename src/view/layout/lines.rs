//! Lines: texts and boxes side by side, broken where they reach the edge.

use float_pigment_css::typing::TextAlign;
use float_pigment_layout::{
    InlineMeasure, InlineUnitMetadata, MeasureResult, OptionSize, Point, Size, SizingMode, Vector,
};

use super::boxes::{Align, Content, Env, LayoutBox, Unit};
use super::fill::{Line, Placed, fill};
use super::text::{ASCENT, DESCENT, Font};

/// The part of a text in one line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Fragment {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// What measures lines.
#[derive(Debug)]
pub(super) struct Filler;

impl InlineMeasure<LayoutBox> for Filler {
    type InlineUnit = Unit;
    type Env = Env;

    fn block_size(
        _: &mut Env,
        block: &LayoutBox,
        units: Vec<InlineUnitMetadata<LayoutBox>>,
        wanted: OptionSize<f32>,
        max_content: OptionSize<f32>,
        update_position: bool,
        mode: SizingMode,
    ) -> (Size<f32>, Vec<(Point<f32>, MeasureResult<f32>)>) {
        let Content::Container(container) = &block.content else {
            return (Size::new(0.0, 0.0), Vec::new());
        };
        let room = match mode {
            SizingMode::MinContent => 0.0,
            SizingMode::MaxContent => f32::INFINITY,
            SizingMode::Normal => wanted.width.or(max_content.width).unwrap_or(f32::INFINITY),
        };
        let mut lines = fill(&units, room, container.indent);
        if let Some(most) = container.clamp {
            lines.truncate(most);
        }
        let height = stack(&mut lines, &units, container.font);
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let align = match block.style.text_align {
            TextAlign::Center => 0.5,
            TextAlign::Right | TextAlign::End => 1.0,
            _ => 0.0,
        };
        let end = wanted.width.unwrap_or(width);
        for line in &mut lines {
            let shift = ((end - line.width) * align).max(0.0);
            line.placed.iter_mut().for_each(|placed| placed.x += shift);
        }
        let places = units.iter().enumerate();
        let places = places.map(|(at, unit)| place(at, unit, &lines, update_position));
        (Size::new(width, height), places.collect())
    }
}

/// Puts lines under each other; gives their height.
fn stack(lines: &mut Vec<Line>, units: &[InlineUnitMetadata<LayoutBox>], strut: Font) -> f32 {
    if let Some(last) = lines.last_mut() {
        last.drop_trailing();
        if !last.is_real && lines.len() > 1 && lines.last().is_some_and(|one| one.placed.is_empty())
        {
            lines.pop();
        }
    }
    let mut top = 0.0;
    for line in lines {
        line.top = top;
        if !line.is_real {
            continue;
        }
        (line.above, line.below) = strut.extent();
        let mut tallest = 0.0_f32;
        for placed in &line.placed {
            let metadata = &units[placed.unit];
            match extent(metadata, strut) {
                Some((above, below)) => {
                    line.above = line.above.max(above);
                    line.below = line.below.max(below);
                }
                None => tallest = tallest.max(outer_height(metadata)),
            }
        }
        line.below = line.below.max(tallest - line.above);
        top += line.above + line.below;
    }
    top
}

fn outer_height(metadata: &InlineUnitMetadata<LayoutBox>) -> f32 {
    metadata.unit.size.1 + metadata.margin.top.or_zero() + metadata.margin.bottom.or_zero()
}

/// What a unit takes above and below the baseline; `None` for boxes that follow the line's edges.
fn extent(metadata: &InlineUnitMetadata<LayoutBox>, strut: Font) -> Option<(f32, f32)> {
    match &metadata.unit.content {
        Content::Text(_, run) => Some(run.font.extent()),
        Content::Edge(edge) => Some(edge.font.extent()),
        Content::Placeholder(_) => Some((f32::MIN, f32::MIN)),
        Content::Container(container) => {
            let height = outer_height(metadata);
            match container.align {
                Align::Top | Align::Bottom => None,
                Align::Middle => {
                    // Half the height of an `x` over the baseline.
                    let middle = strut.size * 0.25;
                    Some((height / 2.0 + middle, height / 2.0 - middle))
                }
                Align::Baseline => {
                    let above = if container.is_opaque {
                        height
                    } else {
                        metadata.unit.baseline + metadata.margin.top.or_zero()
                    };
                    Some((above, height - above))
                }
            }
        }
    }
}

/// The place of one unit in all lines.
fn place(
    at: usize,
    metadata: &InlineUnitMetadata<LayoutBox>,
    lines: &[Line],
    keep: bool,
) -> (Point<f32>, MeasureResult<f32>) {
    let mut fragments = Vec::new();
    for line in lines {
        let own = line.placed.iter().filter(|placed| placed.unit == at);
        fragments.extend(own.map(|placed| fragment(metadata, line, *placed)));
    }
    let end = lines
        .last()
        .map_or((0.0, 0.0), |line| (line.width, line.top));
    let union = union(&fragments).unwrap_or(Fragment {
        x: end.0,
        y: end.1,
        ..Fragment::default()
    });
    if keep {
        for fragment in &mut fragments {
            fragment.x -= union.x;
            fragment.y -= union.y;
        }
        *metadata.unit.fragments.borrow_mut() = fragments;
    }
    let baseline = Vector::new(0.0, metadata.unit.ascent());
    let result = MeasureResult {
        size: Size::new(union.width, union.height),
        first_baseline_ascent: baseline,
        last_baseline_ascent: baseline,
    };
    (Point::new(union.x, union.y), result)
}

impl Unit {
    /// The baseline from the unit's upper edge.
    fn ascent(&self) -> f32 {
        match &self.content {
            Content::Text(_, run) => run.font.size * ASCENT,
            Content::Edge(edge) => edge.font.size * ASCENT + edge.above,
            _ => self.baseline,
        }
    }
}

fn fragment(metadata: &InlineUnitMetadata<LayoutBox>, line: &Line, placed: Placed) -> Fragment {
    let baseline = line.top + line.above;
    let of_font = |font: Font| {
        (
            baseline - font.size * ASCENT,
            font.size * (ASCENT + DESCENT),
        )
    };
    match &metadata.unit.content {
        Content::Text(_, run) => {
            let (y, height) = of_font(run.font);
            Fragment {
                x: placed.x,
                y,
                width: placed.width,
                height,
            }
        }
        Content::Edge(edge) => {
            let (y, height) = of_font(edge.font);
            Fragment {
                x: placed.x + if edge.is_start { edge.margin } else { 0.0 },
                y: y - edge.above,
                width: edge.inside,
                height: height + edge.above + edge.below,
            }
        }
        Content::Placeholder(_) => Fragment {
            x: placed.x,
            y: line.top,
            ..Fragment::default()
        },
        Content::Container(container) => {
            let height = outer_height(metadata);
            let (above, _) = extent(metadata, container.outside).unwrap_or_default();
            let top = match container.align {
                Align::Top => line.top,
                Align::Bottom => baseline + line.below - height,
                _ => baseline - above,
            };
            Fragment {
                x: placed.x + metadata.margin.left.or_zero(),
                y: top + metadata.margin.top.or_zero(),
                width: metadata.unit.size.0,
                height: metadata.unit.size.1,
            }
        }
    }
}

/// The rectangle around fragments.
pub(super) fn union(fragments: &[Fragment]) -> Option<Fragment> {
    let mut all = fragments.iter();
    let first = *all.next()?;
    Some(all.fold(first, |one, other| {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        Fragment {
            x,
            y,
            width: (one.x + one.width).max(other.x + other.width) - x,
            height: (one.y + one.height).max(other.y + other.height) - y,
        }
    }))
}
