//! From a position in prepared code back to the position in the author's file.

/// Where the pieces of prepared code come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    /// Ordered by generated position; all counted from 0, columns in UTF-16 units. `None` where the
    /// code is the author's but for the insertions.
    points: Option<Vec<Point>>,
    /// What was put into the code last, in order.
    insertions: Vec<Insertion>,
}

/// A piece of code that nobody wrote; all counted from 0, columns in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    line: u32,
    /// Where it begins, behind the earlier ones of its line.
    column: u32,
    length: u32,
}

impl Insertion {
    pub(super) fn new(line: usize, column: usize, length: usize) -> Self {
        let number = |value| u32::try_from(value).unwrap_or(u32::MAX);
        Self {
            line: number(line),
            column: number(column),
            length: number(length),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    line: u32,
    column: u32,
    source_line: u32,
    source_column: u32,
}

impl SourceMap {
    /// Keeps the positions of a source map and drops its texts.
    pub(super) fn new(map: &oxc_sourcemap::SourceMap<'_>) -> Self {
        let points = map
            .get_tokens()
            .filter(|token| token.get_source_id().is_some());
        let mut points: Vec<Point> = points
            .map(|token| Point {
                line: token.get_dst_line(),
                column: token.get_dst_col(),
                source_line: token.get_src_line(),
                source_column: token.get_src_col(),
            })
            .collect();
        points.sort_by_key(|point| (point.line, point.column));
        Self {
            points: Some(points),
            insertions: Vec::new(),
        }
    }

    /// The map of code into which pieces were put; `map` is that of the code before.
    pub(super) fn with_insertions(map: Option<Self>, insertions: Vec<Insertion>) -> Self {
        Self {
            points: map.and_then(|map| map.points),
            insertions,
        }
    }

    /// The column before pieces were put into the line.
    fn without_insertions(&self, line: u32, column: u32) -> u32 {
        let here = self.insertions.iter().filter(|it| it.line == line);
        let before = here.filter(|it| it.column < column);
        let inserted = before.map(|it| it.length.min(column - it.column));
        column - inserted.sum::<u32>()
    }

    /// The author's line and column of a line and column of the code; all counted from 1, columns
    /// in UTF-16 units. It is the start of the piece that holds the position; `None` when the line
    /// holds nothing of the author's.
    #[must_use]
    pub fn original(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        let (line, column) = (line.checked_sub(1)?, column.saturating_sub(1));
        let column = self.without_insertions(line, column);
        let Some(points) = &self.points else {
            return Some((line + 1, column + 1));
        };
        let after = points.partition_point(|point| (point.line, point.column) <= (line, column));
        let before = after.checked_sub(1).map(|index| points[index]);
        let point = before.filter(|point| point.line == line).or_else(|| {
            points
                .get(after)
                .copied()
                .filter(|point| point.line == line)
        })?;
        Some((point.source_line + 1, point.source_column + 1))
    }
}
