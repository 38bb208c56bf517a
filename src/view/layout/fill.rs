//! Which texts and boxes stand in which line.

use float_pigment_layout::InlineUnitMetadata;

use super::boxes::{Content, LayoutBox};
use super::text::PieceKind;

/// Pixels by which a line may be too long: sums of widths differ in their last digits.
const SLACK: f32 = 0.05;

#[derive(Clone, Copy, Debug)]
struct Item {
    unit: usize,
    width: f32,
    kind: Kind,
    breaks_before: bool,
    breaks_behind: bool,
    wraps: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Blank,
    Newline,
    Box,
    Start,
    End,
    Mark,
}

/// A line.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Units with their places.
    pub(super) placed: Vec<Placed>,
    pub(super) width: f32,
    /// Width of a blank at the end, which does not count.
    pub(super) trailing: f32,
    pub(super) is_real: bool,
    pub(super) above: f32,
    pub(super) below: f32,
    pub(super) top: f32,
}

/// A unit's part of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) unit: usize,
    pub(super) x: f32,
    pub(super) width: f32,
}

/// What stands in the lines, in order.
fn items(units: &[InlineUnitMetadata<LayoutBox>]) -> Vec<Item> {
    let mut items = Vec::new();
    for (unit, metadata) in units.iter().enumerate() {
        let item = |kind, width, breaks| Item {
            unit,
            width,
            kind,
            breaks_before: breaks,
            breaks_behind: breaks,
            wraps: true,
        };
        match &metadata.unit.content {
            Content::Text(_, run) => items.extend(run.pieces.iter().map(|piece| Item {
                unit,
                width: piece.width,
                kind: match piece.kind {
                    PieceKind::Word => Kind::Word,
                    PieceKind::Blank => Kind::Blank,
                    PieceKind::Newline => Kind::Newline,
                },
                breaks_before: piece.breaks_before,
                breaks_behind: piece.breaks_behind,
                wraps: run.font.wraps,
            })),
            Content::Edge(edge) if edge.is_start => {
                items.push(item(Kind::Start, edge.margin + edge.inside, false));
            }
            Content::Edge(edge) => items.push(item(Kind::End, edge.margin + edge.inside, false)),
            Content::Placeholder(_) => items.push(item(Kind::Mark, 0.0, false)),
            Content::Container(container) => {
                let margins = metadata.margin.left.or_zero() + metadata.margin.right.or_zero();
                items.push(Item {
                    wraps: container.outside.wraps,
                    ..item(Kind::Box, metadata.unit.size.0 + margins, true)
                });
            }
        }
    }
    items
}

/// Fills lines with items that hold together where no break is allowed.
pub(super) fn fill(units: &[InlineUnitMetadata<LayoutBox>], room: f32, indent: f32) -> Vec<Line> {
    let items = items(units);
    let mut filling = Filling {
        room,
        lines: vec![Line {
            width: indent,
            ..Line::default()
        }],
    };
    let mut at = 0;
    let mut behind = true;
    while at < items.len() {
        let start = at;
        let mut wraps = items[at].wraps;
        loop {
            let item = items[at];
            at += 1;
            match item.kind {
                Kind::Start | Kind::Mark | Kind::End => {}
                _ => behind = item.breaks_behind,
            }
            let Some(next) = items.get(at) else { break };
            let is_alone = |item: &Item| matches!(item.kind, Kind::Blank | Kind::Newline);
            let sticks = match next.kind {
                Kind::End | Kind::Mark => true,
                Kind::Start => !behind,
                _ => !(behind || next.breaks_before) || item.kind == Kind::Start,
            };
            if is_alone(&item) || is_alone(next) || !sticks {
                break;
            }
            wraps &= next.wraps;
        }
        filling.add(&items[start..at], wraps);
    }
    filling.lines
}

struct Filling {
    room: f32,
    lines: Vec<Line>,
}

impl Filling {
    fn line(&mut self) -> &mut Line {
        self.lines.last_mut().expect("there is a line")
    }

    fn new_line(&mut self) {
        self.line().drop_trailing();
        self.lines.push(Line::default());
    }

    fn add(&mut self, chunk: &[Item], wraps: bool) {
        match chunk[0].kind {
            Kind::Newline => {
                self.line().is_real = true;
                self.line().put(chunk[0].unit, 0.0);
                self.new_line();
                return;
            }
            Kind::Blank => {
                let line = self.line();
                if line.is_real && line.trailing == 0.0 {
                    line.put(chunk[0].unit, chunk[0].width);
                    line.trailing = chunk[0].width;
                }
                return;
            }
            _ => {}
        }
        let width: f32 = chunk.iter().map(|item| item.width).sum();
        let room = self.room;
        let line = self.line();
        if wraps && line.is_real && line.width + width > room + SLACK {
            self.new_line();
        }
        for item in chunk {
            self.put(*item);
        }
    }

    /// Puts an item; a word longer than a line is cut.
    fn put(&mut self, item: Item) {
        let mut left = item.width;
        if item.kind == Kind::Word && item.wraps && self.room >= 1.0 {
            while self.line().width + left > self.room + SLACK {
                let here = (self.room - self.line().width).max(0.0);
                self.line().is_real = true;
                self.line().put(item.unit, here);
                left -= here;
                self.new_line();
            }
        }
        let line = self.line();
        line.put(item.unit, left);
        line.trailing = 0.0;
        line.is_real |= left > 0.0 || item.kind == Kind::Box;
    }
}

impl Line {
    fn put(&mut self, unit: usize, width: f32) {
        if let Some(last) = self.placed.last_mut()
            && last.unit == unit
        {
            last.width += width;
        } else {
            self.placed.push(Placed {
                unit,
                x: self.width,
                width,
            });
        }
        self.width += width;
    }

    /// A blank at the end of a line does not count.
    pub(super) fn drop_trailing(&mut self) {
        let trailing = std::mem::take(&mut self.trailing);
        self.width -= trailing;
        if let Some(last) = self.placed.last_mut() {
            last.width = (last.width - trailing).max(0.0);
        }
    }
}
