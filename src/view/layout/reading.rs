//! From boxes back to nodes.

use std::collections::BTreeMap;

use float_pigment_css::typing::{Display, Overflow, Position, ZIndex};
use float_pigment_layout::DefLength;

use super::boxes::{Content, LayoutBox};
use super::facts::Facts;
use super::query::intersect;
use super::result::{Found, Layout, Rect, ScrollFacts};
use super::tag::number_of;
use super::transform::{self, Matrix};
use crate::view::style::{Computed, Drawn, Index, Viewport, number_of as css_number};
use crate::view::tree::Tree;

/// Reads the rectangles out of laid out boxes.
pub(super) fn read(
    tree: &Tree,
    drawn: Drawn,
    root: &LayoutBox,
    facts: BTreeMap<Index, Facts>,
    viewport: Viewport,
) -> Layout {
    let mut reader = Reader {
        tree,
        drawn: &drawn,
        facts,
        found: BTreeMap::new(),
        marks: BTreeMap::new(),
        painted: Vec::new(),
    };
    let around = Around {
        origin: (0.0, 0.0),
        map: Matrix::IDENTITY,
        clip: None,
        is_fixed: false,
        layer: (0, 0),
        edge: None,
    };
    let content = reader.walk(root, around);
    let mut painted = std::mem::take(&mut reader.painted);
    painted.sort_by_key(|(layer, _)| *layer);
    let found = std::mem::take(&mut reader.found);
    Layout {
        found,
        painted: painted.into_iter().map(|(_, at)| at).collect(),
        content_height: content.map_or(0.0, Rect::bottom),
        drawn,
        viewport,
    }
}

struct Reader<'a> {
    tree: &'a Tree,
    drawn: &'a Drawn,
    facts: BTreeMap<Index, Facts>,
    found: BTreeMap<Index, Found>,
    /// Where boxes out of the flow would stand.
    marks: BTreeMap<Index, (f32, f32)>,
    painted: Vec<((i64, u8), Index)>,
}

/// What a box inherits of those around it.
#[derive(Clone, Copy)]
struct Around {
    /// Its parent's corner before any transformation.
    origin: (f32, f32),
    map: Matrix,
    clip: Option<Rect>,
    is_fixed: bool,
    /// `z-index` of the outermost positioned box, and whether it is positioned.
    layer: (i64, u8),
    /// Right edge of its parent's content, when that one lays out blocks.
    edge: Option<f32>,
}

impl Reader<'_> {
    /// Visits a box; gives what it covers for those who scroll around it.
    fn walk(&mut self, one: &LayoutBox, mut around: Around) -> Option<Rect> {
        let own = one.layout.result();
        let mut rect = Rect {
            left: around.origin.0 + own.origin.x,
            top: around.origin.1 + own.origin.y,
            width: own.size.width,
            height: own.size.height,
        };
        let Content::Container(container) = &one.content else {
            return self.in_line(one, rect, around);
        };
        if let Some(edge) = around.edge {
            pushed(one, edge, &mut rect);
        }
        let element = container.element;
        let mut scroll = (0.0, 0.0);
        let mut clips = false;
        if let Some(at) = element {
            let facts = self.facts.remove(&at)?;
            self.follow(at, &facts, &mut rect);
            if facts.is_fixed {
                around.is_fixed = true;
                around.clip = None;
            }
            around.layer = layer(&facts.style, around.layer);
            if let Some(map) = transform::of(&facts.style, rect, facts.shift) {
                around.map = around.map.after(map);
            }
            scroll = self.scroll_of(at);
            clips = clips_of(&facts.style);
            self.keep(at, one, rect, around, facts.style);
        }
        let inner = Around {
            origin: (rect.left - scroll.0, rect.top - scroll.1),
            clip: Self::inner_clip(rect, around, clips),
            edge: lays_blocks(one).then(|| rect.left - scroll.0 + content_right(one)),
            ..around
        };
        let content = self.content(one, inner);
        if let Some(at) = element {
            self.keep_scroll(at, rect, scroll, content);
        }
        let seen = around.map.map(rect);
        if clips {
            return (!around.is_fixed).then_some(seen);
        }
        let all = content.map_or(seen, |content| seen.union(content));
        (!around.is_fixed).then_some(all)
    }

    /// Visits what is in a box; inline elements are put together from their parts.
    fn content(&mut self, one: &LayoutBox, around: Around) -> Option<Rect> {
        let mut covered: Option<Rect> = None;
        let mut open: Vec<(Index, Option<Rect>)> = Vec::new();
        for child in &one.children {
            let part = self.walk(child, around);
            if let Some(part) = part {
                covered = Some(covered.map_or(part, |covered| covered.union(part)));
            }
            match &child.content {
                Content::Edge(edge) if edge.is_start => open.push((edge.element, part)),
                Content::Edge(edge) => {
                    if let Some((at, rect)) = open.pop() {
                        debug_assert_eq!(at, edge.element, "edges are paired");
                        let rect = joined(rect, part);
                        self.keep_inline(at, rect, around);
                        if let Some((_, outer)) = open.last_mut() {
                            *outer = joined(*outer, rect);
                        }
                    }
                }
                Content::Placeholder(_) => {}
                _ => {
                    if let Some((_, rect)) = open.last_mut() {
                        *rect = joined(*rect, part);
                    }
                }
            }
        }
        covered
    }

    /// A text, an edge or a mark.
    fn in_line(&mut self, one: &LayoutBox, rect: Rect, around: Around) -> Option<Rect> {
        let seen = around.map.map(rect);
        match &one.content {
            Content::Placeholder(at) => {
                self.marks.insert(*at, (rect.left, rect.top));
                None
            }
            Content::Text(Some(at), _) => {
                let found = Found {
                    rect: seen,
                    style: None,
                    is_fixed: around.is_fixed,
                    scroll: ScrollFacts::default(),
                    is_scroll_view: false,
                    clip: around.clip,
                    padding: [0.0; 4],
                };
                self.found.insert(*at, found);
                Some(seen)
            }
            _ => Some(seen),
        }
    }

    /// Moves a box out of the flow to its mark.
    fn follow(&self, at: Index, facts: &Facts, rect: &mut Rect) {
        let Some((left, top)) = self.marks.get(&at) else {
            return;
        };
        if facts.follows.0 {
            rect.left = left - facts.align.0 * rect.width;
        }
        if facts.follows.1 {
            rect.top = top - facts.align.1 * rect.height;
        }
    }

    fn keep(&mut self, at: Index, one: &LayoutBox, rect: Rect, around: Around, style: Computed) {
        let padding = one.layout.computed_style().padding;
        self.painted.push((around.layer, at));
        let found = Found {
            rect: around.map.map(rect),
            style: Some(style),
            is_fixed: around.is_fixed,
            scroll: ScrollFacts::default(),
            is_scroll_view: self.is_scroll_view(at),
            clip: around.clip,
            padding: [padding.left, padding.right, padding.top, padding.bottom],
        };
        self.found.insert(at, found);
    }

    fn keep_inline(&mut self, at: Index, rect: Option<Rect>, around: Around) {
        let Some(facts) = self.facts.remove(&at) else {
            return;
        };
        let layer = layer(&facts.style, around.layer);
        self.painted.push((layer, at));
        let rect = rect.unwrap_or_default();
        let found = Found {
            rect,
            style: Some(facts.style),
            is_fixed: around.is_fixed,
            scroll: ScrollFacts {
                width: rect.width,
                height: rect.height,
                ..ScrollFacts::default()
            },
            is_scroll_view: false,
            clip: around.clip,
            padding: [0.0; 4],
        };
        self.found.insert(at, found);
    }

    fn keep_scroll(&mut self, at: Index, rect: Rect, scroll: (f32, f32), content: Option<Rect>) {
        let Some(found) = self.found.get_mut(&at) else {
            return;
        };
        let reach = content.map_or((0.0, 0.0), |content| {
            (
                content.right() + scroll.0 - rect.left + found.padding[1],
                content.bottom() + scroll.1 - rect.top + found.padding[3],
            )
        });
        found.scroll = ScrollFacts {
            left: scroll.0,
            top: scroll.1,
            width: reach.0.max(rect.width),
            height: reach.1.max(rect.height),
        };
    }

    fn is_scroll_view(&self, at: Index) -> bool {
        let element = self.tree.node(self.drawn.node(at).id).element();
        element.is_some_and(|element| &*element.tag == "scroll-view")
    }

    /// How far a scroll-view is scrolled.
    fn scroll_of(&self, at: Index) -> (f32, f32) {
        let node = self.tree.node(self.drawn.node(at).id);
        let Some(element) = node
            .element()
            .filter(|element| &*element.tag == "scroll-view")
        else {
            return (0.0, 0.0);
        };
        let state = |own: &str, written: &str| {
            let own = element.state.iter().find(|(name, _)| &**name == own);
            let value = own.map_or_else(|| element.current(written), |(_, value)| value);
            number_of(value).unwrap_or(0.0)
        };
        (
            state("scrollLeft", "scroll-left"),
            state("scrollTop", "scroll-top"),
        )
    }

    fn inner_clip(rect: Rect, around: Around, clips: bool) -> Option<Rect> {
        if !clips {
            return around.clip;
        }
        let own = around.map.map(rect);
        match around.clip {
            None => Some(own),
            Some(clip) => Some(intersect(own, clip).unwrap_or_default()),
        }
    }
}

fn lays_blocks(one: &LayoutBox) -> bool {
    matches!(
        one.style.display,
        Display::Block | Display::FlowRoot | Display::InlineBlock
    )
}

/// Right edge of a box's content from its left edge.
fn content_right(one: &LayoutBox) -> f32 {
    let content = one.layout.result_content_rect();
    content.origin.x + content.size.width
}

/// A block with an automatic margin on its left only goes to the right, which the layout crate
/// leaves out.
fn pushed(one: &LayoutBox, edge: f32, rect: &mut Rect) {
    let [left, right, ..] = one.style.margin;
    let in_flow = matches!(one.style.position, Position::Static | Position::Relative);
    let is_block = matches!(
        one.style.display,
        Display::Block | Display::Flex | Display::Grid | Display::FlowRoot
    );
    if in_flow && is_block && left == DefLength::Auto && right != DefLength::Auto {
        rect.left = rect
            .left
            .max(edge - one.layout.computed_style().margin.right - rect.width);
    }
}

fn joined(one: Option<Rect>, other: Option<Rect>) -> Option<Rect> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.union(other)),
        (one, other) => one.or(other),
    }
}

/// A box that clips in one direction scrolls in the other.
fn clips_of(style: &Computed) -> bool {
    let own = style.properties();
    let clips = |overflow: &Overflow| !matches!(overflow, Overflow::Visible);
    clips(own.overflow_x_ref()) || clips(own.overflow_y_ref())
}

/// In which layer a box is painted: those of a box with a `z-index` stay inside of it.
fn layer(style: &Computed, around: (i64, u8)) -> (i64, u8) {
    if around.0 != 0 || matches!(style.position(), Position::Static) {
        return around;
    }
    let index = match style.properties().z_index_ref() {
        ZIndex::Auto => 0,
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`z-index` is a whole number"
        )]
        ZIndex::Num(number) => css_number(number).unwrap_or(0.0) as i64,
    };
    (index, 1)
}
