//! What layout found.

use std::collections::BTreeMap;

use float_pigment_css::typing::{BoxSizing, PointerEvents, Visibility};

use super::facts::holds_absolute;
use crate::view::style::{Computed, Drawn, Index, Viewport, px};
use crate::view::tree::NodeId;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// From the left edge of the page.
    pub left: f32,
    /// From the upper edge of the page.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// `left + width`
    pub fn right(self) -> f32 {
        self.left + self.width
    }

    /// `top + height`
    pub fn bottom(self) -> f32 {
        self.top + self.height
    }

    /// Moved by so much.
    #[must_use]
    pub fn moved(self, x: f32, y: f32) -> Self {
        Self {
            left: self.left + x,
            top: self.top + y,
            ..self
        }
    }

    /// The rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        Self {
            left,
            top,
            width: self.right().max(other.right()) - left,
            height: self.bottom().max(other.bottom()) - top,
        }
    }
}

/// What `scrollOffset` tells of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScrollFacts {
    /// `scrollLeft`
    pub left: f32,
    /// `scrollTop`
    pub top: f32,
    /// `scrollWidth`
    pub width: f32,
    /// `scrollHeight`
    pub height: f32,
}

/// The rectangles of a page, with the page scrolled to its top.
#[derive(Debug)]
pub struct Layout {
    pub(super) drawn: Drawn,
    pub(super) found: BTreeMap<Index, Found>,
    /// Drawn elements in the order in which they are painted, the topmost last.
    pub(super) painted: Vec<Index>,
    /// Lower edge of everything on the page.
    pub(super) content_height: f32,
    pub(super) viewport: Viewport,
}

/// What is kept of one node.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) rect: Rect,
    pub(super) style: Option<Computed>,
    pub(super) is_fixed: bool,
    pub(super) scroll: ScrollFacts,
    pub(super) is_scroll_view: bool,
    /// What of it can be seen through the boxes around it that clip.
    pub(super) clip: Option<Rect>,
    /// margin and padding: left, right, top, bottom
    pub(super) padding: [f32; 4],
}

impl Layout {
    /// The border box of a node as `boundingClientRect` gives it while the page is not scrolled;
    /// zero for nodes that are not drawn.
    pub fn rect(&self, node: NodeId) -> Rect {
        self.find(node).map(|found| found.rect).unwrap_or_default()
    }

    /// The border box as it stands on the screen with the page scrolled so far.
    pub fn client_rect(&self, node: NodeId, page_scroll: (f32, f32)) -> Rect {
        let Some(found) = self.find(node) else {
            return Rect::default();
        };
        if found.is_fixed {
            return found.rect;
        }
        found.rect.moved(-page_scroll.0, -page_scroll.1)
    }

    /// `offsetLeft` and `offsetTop`: from the nearest box around that is positioned (a scroll-view is),
    /// else from the page; scrolling changes them as little as in a browser.
    pub fn offset(&self, node: NodeId) -> (f32, f32) {
        let Some(place) = self.drawn.place(node) else {
            return (0.0, 0.0);
        };
        let Some(found) = self.found.get(&place) else {
            return (0.0, 0.0);
        };
        let (mut left, mut top) = (found.rect.left, found.rect.top);
        let mut next = self.drawn.node(place).parent;
        while let Some(at) = next {
            let around = self.drawn.node(at);
            next = around.parent;
            let Some(own) = self.found.get(&at) else {
                continue;
            };
            left += own.scroll.left;
            top += own.scroll.top;
            let holds = own.style.as_ref().is_some_and(holds_absolute) || own.is_scroll_view;
            if holds && around.parent.is_some() {
                let [above, _, _, before] = own.style.as_ref().map_or([0.0; 4], Computed::borders);
                return (left - own.rect.left - before, top - own.rect.top - above);
            }
        }
        (left, top)
    }

    /// Whether a node has a box.
    pub fn is_drawn(&self, node: NodeId) -> bool {
        self.find(node).is_some()
    }

    /// Whether the screen holds a node while the page scrolls, itself or something around it.
    pub fn is_fixed(&self, node: NodeId) -> bool {
        self.find(node).is_some_and(|found| found.is_fixed)
    }

    /// What a node shows of its content and how much there is.
    pub fn scroll(&self, node: NodeId) -> ScrollFacts {
        self.find(node)
            .map(|found| found.scroll)
            .unwrap_or_default()
    }

    /// Height of the page's content: as far as it can be scrolled, and at least the screen.
    pub fn content_height(&self) -> f32 {
        self.content_height.max(self.viewport.height)
    }

    /// The farthest that the page can be scrolled.
    pub fn page_scroll_max(&self) -> f32 {
        self.content_height() - self.viewport.height
    }

    /// The screen.
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// The style of a node.
    pub fn style(&self, node: NodeId) -> Option<&Computed> {
        self.find(node)?.style.as_ref()
    }

    /// What of a node can be seen through the boxes around it, without the screen's edge.
    pub fn visible_rect(&self, node: NodeId) -> Option<Rect> {
        let found = self.find(node)?;
        match found.clip {
            None => Some(found.rect),
            Some(clip) => super::query::intersect(found.rect, clip),
        }
    }

    /// A property as `computedStyle` gives it: sizes that only layout knows in pixels.
    pub fn computed_text(&self, node: NodeId, name: &str) -> String {
        let Some((found, style)) = self
            .find(node)
            .and_then(|one| Some((one, one.style.as_ref()?)))
        else {
            return String::new();
        };
        let [top, right, bottom, left] = style.borders();
        let around = match style.properties().box_sizing_ref() {
            BoxSizing::BorderBox => (0.0, 0.0),
            _ => (
                left + right + found.padding[0] + found.padding[1],
                top + bottom + found.padding[2] + found.padding[3],
            ),
        };
        match name {
            "width" => px((found.rect.width - around.0).max(0.0)),
            "height" => px((found.rect.height - around.1).max(0.0)),
            "padding-left" | "paddingLeft" => px(found.padding[0]),
            "padding-right" | "paddingRight" => px(found.padding[1]),
            "padding-top" | "paddingTop" => px(found.padding[2]),
            "padding-bottom" | "paddingBottom" => px(found.padding[3]),
            _ => style.text(name),
        }
    }

    /// The element that a finger on the screen touches: the topmost one at the place.
    pub fn node_at(&self, x: f32, y: f32, page_scroll: (f32, f32)) -> Option<NodeId> {
        let hits = |found: &Found| {
            let (x, y) = if found.is_fixed {
                (x, y)
            } else {
                (x + page_scroll.0, y + page_scroll.1)
            };
            let inside = |rect: Rect| {
                rect.left <= x && x < rect.right() && rect.top <= y && y < rect.bottom()
            };
            let is_touchable = found.style.as_ref().is_some_and(|style| {
                *style.properties().visibility_ref() == Visibility::Visible
                    && *style.properties().pointer_events_ref() != PointerEvents::None
            });
            inside(found.rect) && found.clip.is_none_or(inside) && is_touchable
        };
        let topmost = self
            .painted
            .iter()
            .rev()
            .find(|at| self.found.get(at).is_some_and(hits));
        topmost.map(|at| self.drawn.node(*at).id)
    }

    fn find(&self, node: NodeId) -> Option<&Found> {
        self.found.get(&self.drawn.place(node)?)
    }
}
