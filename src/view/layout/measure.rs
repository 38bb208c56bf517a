//! How wide characters are.
//!
//! Differs from the client: no font is read. A Chinese character is as wide as the font size, Latin
//! ones follow a table of classes, and weight, family, kerning and ligatures do not count.

/// Widths of characters.
pub trait MeasureText {
    /// The width of a character in parts of the font size.
    fn advance(&self, c: char) -> f32;

    /// Width and height of a picture, for `mode="widthFix"`; `None` when it is not known.
    fn picture(&self, _source: &str) -> Option<(f32, f32)> {
        None
    }
}

/// The built-in table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table;

impl MeasureText for Table {
    fn advance(&self, c: char) -> f32 {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
            'i' | 'j' | 'l' | 'I' | '!' | '\'' | ',' | '.' | ':' | ';' | '|' | ' ' | '\u{a0}' => {
                0.28
            }
            'r' | 't' | 'f' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | '"' | '`' => {
                0.34
            }
            'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.86,
            'A'..='Z' | '&' => 0.68,
            '\t' => 2.24,
            ' '..='~' => 0.56,
            _ if is_wide(c) => 1.0,
            _ => 0.6,
        }
    }
}

/// Whether a character fills a square, and lines may break beside it.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}'
        | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Whether no line begins with a character.
pub(super) fn closes(c: char) -> bool {
    "，。、；：！？）》」』】〕〉…—”’,.;:!?)]}%".contains(c)
}

/// Whether no line ends with a character.
pub(super) fn opens(c: char) -> bool {
    "（《「『【〔〈“‘([{".contains(c)
}
