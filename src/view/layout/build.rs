//! From the drawn tree to boxes.

use std::collections::BTreeMap;
use std::rc::Rc;

use float_pigment_css::typing::{Display, Position};
use float_pigment_layout::DefLength;

use super::boxes::{Container, Content, Edge, LayoutBox};
use super::facts::{
    Facts, LINES_NESTED_MAX, container, facts, holds_absolute, is_inline, is_set, is_transformed,
    points, remember_sizes,
};
use super::measure::MeasureText;
use super::style::BoxStyle;
use super::tag::{self, Tag};
use super::text::{Font, Run};
use crate::view::style::{Computed, Drawn, Index, Pseudo, Styles};
use crate::view::tree::{Kind, Tree};

/// Deepest nesting of boxes that is laid out; what is deeper has no box. The layout crate needs
/// about 10 KiB of stack for each level.
pub(super) const DEPTH_MAX: usize = 128;

/// How children of a box are laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Formatting {
    /// Blocks and lines.
    Flow,
    /// Flex or grid items.
    Items,
}

pub(super) struct Builder<'a> {
    pub(super) tree: &'a Tree,
    pub(super) drawn: &'a Drawn,
    pub(super) styles: &'a Styles<'a>,
    pub(super) fonts: &'a dyn MeasureText,
    pub(super) facts: BTreeMap<Index, Facts>,
    /// Boxes out of the flow, waiting for the box around them; the first list is the screen's.
    waiting: Vec<Vec<LayoutBox>>,
    /// Styles of boxes by the number of what they were made of.
    shared: BTreeMap<(usize, u8), Rc<BoxStyle>>,
    depth: usize,
    /// Boxes in lines around each other.
    lines: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        tree: &'a Tree,
        drawn: &'a Drawn,
        styles: &'a Styles<'a>,
        fonts: &'a dyn MeasureText,
    ) -> Self {
        Self {
            tree,
            drawn,
            styles,
            fonts,
            facts: BTreeMap::new(),
            waiting: Vec::new(),
            shared: BTreeMap::new(),
            depth: 0,
            lines: 0,
        }
    }

    /// The page's box with everything in it.
    pub(super) fn page(mut self) -> (LayoutBox, BTreeMap<Index, Facts>) {
        let style = self.styles.of(0);
        self.waiting.push(Vec::new());
        let mut page = self.element_box(0, &style, Font::default());
        page.is_root = true;
        let rest = self.waiting.pop().unwrap_or_default();
        page.children.extend(rest);
        (page, self.facts)
    }

    fn shared(
        &mut self,
        style: &Computed,
        variant: u8,
        make: impl FnOnce() -> BoxStyle,
    ) -> Rc<BoxStyle> {
        let known = self.shared.entry((style.number(), variant));
        Rc::clone(known.or_insert_with(|| Rc::new(make())))
    }

    /// The box of an element that is no part of a line.
    fn element_box(&mut self, place: Index, style: &Computed, outside: Font) -> LayoutBox {
        let tag = Tag::of(self.tree, self.drawn, place);
        let mut own = self.shared(style, 0, || BoxStyle::of(style));
        tag::adapt(&tag, &mut own, self.fonts);
        let formatting = match own.display {
            Display::Flex | Display::InlineFlex | Display::Grid | Display::InlineGrid => {
                Formatting::Items
            }
            _ => Formatting::Flow,
        };
        let holds = place == 0 || holds_absolute(style);
        if holds && place != 0 {
            self.waiting.push(Vec::new());
        }
        self.facts.insert(place, facts(style, &tag));
        let mut made = LayoutBox::new(own, Content::Container(container(place, style, outside)));
        if self.depth < DEPTH_MAX {
            let in_line = usize::from(made.style.display == Display::InlineBlock);
            // Such a box may become two.
            self.depth += 1 + in_line;
            self.lines += in_line;
            made.children = self.children(place, style, formatting, &tag);
            if in_line > 0 && self.lines > LINES_NESTED_MAX {
                remember_sizes(&mut made, style);
            }
            self.lines -= in_line;
            self.depth -= 1 + in_line;
        }
        if holds && place != 0 {
            let late = self.waiting.pop().unwrap_or_default();
            made.children.extend(late);
        }
        made
    }

    fn children(
        &mut self,
        place: Index,
        style: &Computed,
        formatting: Formatting,
        tag: &Tag<'_>,
    ) -> Vec<LayoutBox> {
        let mut items = Vec::new();
        if let Some(text) = tag.own_text() {
            self.text(None, &text, style, true, &mut items);
        }
        if let Some(ratio) = tag
            .picture_ratio(self.fonts)
            .filter(|ratio| !ratio.of_height)
        {
            // A padding is a part of the width, so it keeps the ratio for whatever width.
            let mut own = BoxStyle::anonymous(style);
            own.padding[2] = DefLength::Percent(1.0 / ratio.ratio);
            let content = Content::Container(Container::default());
            items.push(LayoutBox::new(Rc::new(own), content));
        }
        if !tag.is_leaf() {
            self.contents(place, style, formatting, &mut items);
        }
        if formatting == Formatting::Items {
            self.wrapped(items, style)
        } else {
            items
        }
    }

    /// What stands in an element, generated boxes included.
    fn contents(
        &mut self,
        place: Index,
        style: &Computed,
        formatting: Formatting,
        items: &mut Vec<LayoutBox>,
    ) {
        self.generated(place, Pseudo::Before, formatting, items);
        let drawn = self.drawn;
        for child in &drawn.node(place).children {
            self.child(*child, style, formatting, items);
        }
        self.generated(place, Pseudo::After, formatting, items);
    }

    fn child(
        &mut self,
        place: Index,
        parent: &Computed,
        formatting: Formatting,
        items: &mut Vec<LayoutBox>,
    ) {
        let node = self.tree.node(self.drawn.node(place).id);
        if let Kind::Text(text) = &node.kind {
            let around = self.drawn.node(place).parent;
            let in_text = around.is_some_and(|at| Tag::of(self.tree, self.drawn, at).is("text"));
            self.text(Some(place), text, parent, in_text, items);
            return;
        }
        let style = self.styles.of(place);
        if matches!(style.display(), Display::None) {
            return;
        }
        match style.position() {
            Position::Absolute | Position::Fixed => {
                self.out_of_flow(place, &style, parent, formatting, items);
            }
            _ if is_inline(&style) && formatting == Formatting::Flow => {
                self.inline(place, &style, items);
            }
            _ => items.push(self.element_box(place, &style, Font::of(parent))),
        }
    }

    fn text(
        &mut self,
        place: Option<Index>,
        text: &str,
        style: &Computed,
        in_text: bool,
        items: &mut Vec<LayoutBox>,
    ) {
        let run = Run::new(text, style, in_text, self.fonts);
        let own = self.shared(style, 2, || BoxStyle::inline(style));
        items.push(LayoutBox::new(own, Content::Text(place, run)));
    }

    /// An inline element: two edges with its content between, all in the lines around it.
    fn inline(&mut self, place: Index, style: &Computed, items: &mut Vec<LayoutBox>) {
        if self.depth >= DEPTH_MAX {
            return;
        }
        self.depth += 1;
        let tag = Tag::of(self.tree, self.drawn, place);
        self.facts.insert(place, facts(style, &tag));
        let own = self.shared(style, 2, || BoxStyle::inline(style));
        let sides = BoxStyle::of(style);
        let edge = |is_start: bool| {
            let side = usize::from(!is_start);
            Content::Edge(Edge {
                element: place,
                is_start,
                margin: points(sides.margin[side]),
                inside: points(sides.padding[side]) + points(sides.border[side]),
                above: points(sides.padding[2]) + points(sides.border[2]),
                below: points(sides.padding[3]) + points(sides.border[3]),
                font: Font::of(style),
            })
        };
        items.push(LayoutBox::new(Rc::clone(&own), edge(true)));
        self.contents(place, style, Formatting::Flow, items);
        items.push(LayoutBox::new(own, edge(false)));
        self.depth -= 1;
    }

    /// `::before` and `::after`.
    fn generated(
        &mut self,
        place: Index,
        which: Pseudo,
        formatting: Formatting,
        items: &mut Vec<LayoutBox>,
    ) {
        let Some(style) = self.styles.pseudo(place, which) else {
            return;
        };
        let in_flow = !matches!(style.position(), Position::Absolute | Position::Fixed);
        if !in_flow || matches!(style.display(), Display::None) {
            return;
        }
        let text = tag::content_text(style.declared("content").unwrap_or_default());
        let mut inner = Vec::new();
        if !text.is_empty() {
            self.text(None, &text, &style, false, &mut inner);
        }
        if is_inline(&style) && formatting == Formatting::Flow {
            items.append(&mut inner);
            return;
        }
        let own = self.shared(&style, 0, || BoxStyle::of(&style));
        let around = Font::of(&self.styles.of(place));
        let mut container = container(place, &style, around);
        container.element = None;
        let mut made = LayoutBox::new(own, Content::Container(container));
        made.children = inner;
        items.push(made);
    }

    /// A box out of the flow goes to the box that holds it and leaves a mark in its place.
    fn out_of_flow(
        &mut self,
        place: Index,
        style: &Computed,
        parent: &Computed,
        formatting: Formatting,
        items: &mut Vec<LayoutBox>,
    ) {
        let is_fixed = matches!(style.position(), Position::Fixed);
        let mut made = self.element_box(place, style, Font::of(parent));
        let is_auto = |side: usize| !is_set(made.style.inset[side]);
        let follows = (is_auto(0) && is_auto(1), is_auto(2) && is_auto(3));
        let on_screen = is_fixed && !self.has_transformed_holder(place);
        if let Some(facts) = self.facts.get_mut(&place) {
            facts.is_fixed = on_screen;
            facts.follows = follows;
        }
        if follows.0 || follows.1 {
            self.mark(place, parent, formatting, items);
        }
        let level = if is_fixed {
            self.fixed_level(place)
        } else {
            self.waiting.len() - 1
        };
        if level == 0 && !is_fixed {
            // Held by the screen at the top of the page.
            let mut own = BoxStyle::clone(&made.style);
            own.position = Position::Fixed;
            made.style = Rc::new(own);
        } else if level > 0 && is_fixed {
            let mut own = BoxStyle::clone(&made.style);
            own.position = Position::Absolute;
            made.style = Rc::new(own);
        }
        self.waiting[level].push(made);
    }

    /// The mark of a box out of the flow.
    fn mark(
        &mut self,
        place: Index,
        parent: &Computed,
        formatting: Formatting,
        items: &mut Vec<LayoutBox>,
    ) {
        let content = Content::Placeholder(place);
        if formatting == Formatting::Items {
            let mut own = BoxStyle::anonymous(parent);
            own.position = Position::Absolute;
            let child = BoxStyle::of(&self.styles.of(place));
            own.align_self = child.align_self.clone();
            if let Some(facts) = self.facts.get_mut(&place) {
                facts.align = tag::static_alignment(&BoxStyle::of(parent), &child);
            }
            items.push(LayoutBox::new(Rc::new(own), content));
            return;
        }
        let in_line = items.last().is_some_and(LayoutBox::is_measured);
        let own = if in_line {
            self.shared(parent, 2, || BoxStyle::inline(parent))
        } else {
            self.shared(parent, 1, || BoxStyle::anonymous(parent))
        };
        items.push(LayoutBox::new(own, content));
    }

    /// The list of the nearest transformed box, or the screen's.
    fn fixed_level(&self, place: Index) -> usize {
        if !self.has_transformed_holder(place) {
            return 0;
        }
        self.waiting.len() - 1
    }

    fn has_transformed_holder(&self, place: Index) -> bool {
        let mut next = self.drawn.node(place).parent;
        while let Some(at) = next {
            if at != 0 && is_transformed(&self.styles.of(at)) {
                return true;
            }
            next = self.drawn.node(at).parent;
        }
        false
    }

    /// Lines among flex items stand in boxes of their own; blanks between items vanish.
    fn wrapped(&mut self, items: Vec<LayoutBox>, style: &Computed) -> Vec<LayoutBox> {
        let mut out: Vec<LayoutBox> = Vec::new();
        let mut line: Vec<LayoutBox> = Vec::new();
        for item in items {
            if matches!(item.content, Content::Text(..)) {
                line.push(item);
                continue;
            }
            self.close_line(&mut line, &mut out, style);
            out.push(item);
        }
        self.close_line(&mut line, &mut out, style);
        out
    }

    fn close_line(
        &mut self,
        line: &mut Vec<LayoutBox>,
        out: &mut Vec<LayoutBox>,
        style: &Computed,
    ) {
        let line = std::mem::take(line);
        let is_blank = |item: &LayoutBox| match &item.content {
            Content::Text(_, run) => run.is_blank(),
            _ => false,
        };
        if line.iter().all(is_blank) {
            return;
        }
        let own = self.shared(style, 1, || BoxStyle::anonymous(style));
        let container = Container {
            font: Font::of(style),
            outside: Font::of(style),
            ..Container::default()
        };
        let mut made = LayoutBox::new(own, Content::Container(container));
        made.children = line;
        out.push(made);
    }
}
