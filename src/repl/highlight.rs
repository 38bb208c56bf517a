//! The parts of a line, for colours.

/// What a piece of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing special.
    Plain,
    /// The name of a command.
    Command,
    /// A word of the language.
    Keyword,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// A remark.
    Remark,
}

const KEYWORDS: &[&str] = &[
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "do",
    "else",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "yield",
];

/// The pieces of a line, which together are the line.
pub fn pieces(line: &str) -> impl Iterator<Item = (Kind, &str)> {
    let mut rest = line;
    let mut is_first = true;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (kind, length) = piece(rest, first, is_first);
        is_first &= first.is_whitespace();
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        Some((kind, piece))
    })
}

fn piece(rest: &str, first: char, is_first: bool) -> (Kind, usize) {
    let until = |stop: &dyn Fn(char) -> bool| {
        rest.char_indices()
            .skip(1)
            .find(|(_, c)| stop(*c))
            .map_or(rest.len(), |(at, _)| at)
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    match first {
        '.' if is_first => (Kind::Command, until(&char::is_whitespace)),
        '#' if is_first => (Kind::Remark, rest.len()),
        '/' if rest.starts_with("//") => (Kind::Remark, until(&|c| c == '\n')),
        '\'' | '"' | '`' => (Kind::Text, quoted(rest, first)),
        c if c.is_ascii_digit() => (Kind::Number, until(&|c| !(is_word(c) || c == '.'))),
        c if is_word(c) => {
            let end = until(&|c| !is_word(c));
            let kind = if KEYWORDS.contains(&&rest[..end]) {
                Kind::Keyword
            } else {
                Kind::Plain
            };
            (kind, end)
        }
        c => (Kind::Plain, c.len_utf8()),
    }
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if !is_escaped && c == quote {
            return at + c.len_utf8();
        }
        is_escaped = !is_escaped && c == '\\';
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{Kind, pieces};

    #[test]
    fn the_pieces_are_the_line() {
        let line = "const a = '订\\'单' + 12.5 // x";
        assert_eq!(pieces(line).map(|(_, text)| text).collect::<String>(), line);
        let kinds: Vec<_> = pieces(line)
            .filter(|(kind, _)| *kind != Kind::Plain)
            .collect();
        let expected = [
            (Kind::Keyword, "const"),
            (Kind::Text, "'订\\'单'"),
            (Kind::Number, "12.5"),
            (Kind::Remark, "// x"),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(pieces(".tap 3").next(), Some((Kind::Command, ".tap")));
    }
}
