//! Texts as pieces that lines are filled with.

use std::rc::Rc;

use float_pigment_css::typing::{LetterSpacing, WhiteSpace, WordBreak};

use super::measure::{MeasureText, closes, is_wide, opens};
use crate::view::style::Computed;

/// Parts of the font size above and below the baseline of Chinese system fonts.
///
/// Unverified: as the fonts of phones have them; together the height of a `normal` line.
pub(super) const ASCENT: f32 = 1.06;
/// See [`ASCENT`].
pub(super) const DESCENT: f32 = 0.34;

/// What a font takes of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Font {
    /// Size in pixels.
    pub(super) size: f32,
    /// `line-height` in pixels.
    pub(super) line: f32,
    /// Whether lines break (`white-space`).
    pub(super) wraps: bool,
}

impl Font {
    pub(super) fn of(style: &Computed) -> Self {
        Self {
            size: style.font_size(),
            line: style.line_height(),
            wraps: !matches!(
                style.properties().white_space(),
                WhiteSpace::NoWrap | WhiteSpace::Pre
            ),
        }
    }

    /// What it takes above and below the baseline.
    pub(super) fn extent(self) -> (f32, f32) {
        let half = (self.line - self.size * (ASCENT + DESCENT)) / 2.0;
        (self.size * ASCENT + half, self.size * DESCENT + half)
    }
}

/// A piece of text between two places where a line may break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// Width in pixels.
    pub(super) width: f32,
    /// A line may break before it.
    pub(super) breaks_before: bool,
    /// A line may break behind it, when what follows agrees.
    pub(super) breaks_behind: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Word,
    /// A blank that vanishes at the ends of lines and beside another one.
    Blank,
    /// A line ends here.
    Newline,
}

/// A text with its measures.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) font: Font,
    pub(super) pieces: Rc<[Piece]>,
}

impl Run {
    /// Measures a text; in `<text>` line ends count although blanks are taken together.
    pub(super) fn new(
        text: &str,
        style: &Computed,
        in_text: bool,
        fonts: &dyn MeasureText,
    ) -> Self {
        let own = style.properties();
        let space = own.white_space();
        let (blanks, lines) = match space {
            WhiteSpace::Normal => (true, in_text),
            WhiteSpace::NoWrap => (true, false),
            WhiteSpace::PreLine => (true, true),
            WhiteSpace::Pre | WhiteSpace::PreWrap | WhiteSpace::WxPreEdit => (false, true),
        };
        let extra = match own.letter_spacing_ref() {
            LetterSpacing::Normal => 0.0,
            LetterSpacing::Length(length) => style.linear(length).map_or(0.0, |linear| linear.px),
        };
        let size = style.font_size();
        let cutter = Cutter {
            width: &|c| fonts.advance(c) * size + extra,
            collapses: blanks,
            lines,
            words: own.word_break(),
        };
        Self {
            font: Font::of(style),
            pieces: cutter.cut(text).into(),
        }
    }
}

impl Run {
    /// Whether nothing of it can be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| piece.kind == PieceKind::Blank)
    }
}

struct Cutter<'a> {
    width: &'a dyn Fn(char) -> f32,
    collapses: bool,
    lines: bool,
    words: WordBreak,
}

impl Cutter<'_> {
    fn cut(&self, text: &str) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut last: Option<char> = None;
        for c in text.chars() {
            let is_line_end = c == '\n' && self.lines;
            if c == '\r' {
                continue;
            }
            if is_line_end {
                pieces.push(piece(PieceKind::Newline, 0.0));
                last = None;
            } else if c.is_ascii_whitespace() && self.collapses {
                let repeats = pieces
                    .last()
                    .is_some_and(|last| last.kind == PieceKind::Blank);
                if !repeats {
                    pieces.push(piece(PieceKind::Blank, (self.width)(' ')));
                }
                last = None;
            } else {
                self.push(c, last, &mut pieces);
                last = Some(c);
            }
        }
        pieces
    }

    /// Adds a character to the last word, or begins a new piece where a line may break.
    fn push(&self, c: char, last: Option<char>, pieces: &mut Vec<Piece>) {
        let width = (self.width)(if c == '\n' { ' ' } else { c });
        let may_break = last.is_none_or(|last| self.breaks_between(last, c));
        if let (Some(piece), false) = (pieces.last_mut(), may_break) {
            piece.width += width;
            piece.breaks_behind = self.breaks_behind(c);
            return;
        }
        pieces.push(Piece {
            kind: PieceKind::Word,
            width,
            breaks_before: last.is_some() || (is_wide(c) && !closes(c) && !self.keeps_together()),
            breaks_behind: self.breaks_behind(c),
        });
    }

    fn keeps_together(&self) -> bool {
        self.words == WordBreak::KeepAll
    }

    fn breaks_behind(&self, c: char) -> bool {
        (is_wide(c) && !opens(c) && !self.keeps_together()) || (c == ' ' && !self.collapses)
    }

    fn breaks_between(&self, last: char, c: char) -> bool {
        if closes(c) || opens(last) {
            return false;
        }
        if self.words == WordBreak::BreakAll || last == ' ' || last == '-' {
            return true;
        }
        !self.keeps_together() && (is_wide(last) || is_wide(c))
    }
}

fn piece(kind: PieceKind, width: f32) -> Piece {
    Piece {
        kind,
        width,
        breaks_before: true,
        breaks_behind: true,
    }
}
