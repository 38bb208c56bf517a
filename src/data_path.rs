//! Data paths: the `a.b[0].c` keys of `setData`, and what observers watch.
//!
//! Grammar of the platform's own parser: dots separate keys, `[n]` is an array index, a backslash
//! before `.`, `[` or `]` makes it part of the key, empty keys between dots are skipped.
//!
//! Differs from the client: brackets that are never closed or never opened are errors here; the
//! client ignores some of them.

use std::fmt;
use std::str::FromStr;

/// Most segments of a path.
pub const SEGMENTS_MAX: usize = 1000;
/// Largest index: the last that a script's array can have.
pub const INDEX_MAX: usize = 4_294_967_294;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// The member of an object.
    Key(String),
    /// The element of an array, from 0.
    Index(usize),
}

/// A way from the data object to a value inside it; begins with a key and is never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataPath(Vec<Segment>);

/// A text is no data path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}: {path}")]
pub struct BadPath {
    /// What is wrong, in the client's words where it refuses the text too.
    pub problem: &'static str,
    /// The text.
    pub path: String,
    /// Where, in characters from 0; the length of the text when its end came too early.
    pub at: usize,
}

impl DataPath {
    /// Reads a `setData` key.
    ///
    /// # Errors
    /// [`BadPath`] for an empty path, one that begins with an index, brackets without a whole
    /// number between them, and more than [`SEGMENTS_MAX`] segments.
    pub fn parse(text: &str) -> Result<Self, BadPath> {
        let mut reader = Reader::default();
        let mut chars = text.chars().enumerate().peekable();
        while let Some((at, c)) = chars.next() {
            let escaped = c == '\\' && reader.bracket == Bracket::Outside;
            let next = chars.next_if(|(_, next)| escaped && matches!(next, '.' | '[' | ']'));
            let read = match next {
                Some((_, next)) => {
                    reader.key.push(next);
                    Ok(())
                }
                None => reader.read(c),
            };
            read.map_err(|problem| BadPath {
                problem,
                path: text.to_owned(),
                at,
            })?;
        }
        reader.finish().map_err(|problem| {
            let at = text.chars().count();
            BadPath {
                problem,
                path: text.to_owned(),
                at,
            }
        })
    }

    /// The path of one member of the data object; the key is taken as it is.
    pub fn of_key(key: impl Into<String>) -> Self {
        Self(vec![Segment::Key(key.into())])
    }

    /// The steps; at least one, the first a key.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

impl FromStr for DataPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        Self::parse(text)
    }
}

impl fmt::Display for DataPath {
    /// The text that [`DataPath::parse`] reads back as the same path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_segments(f, &self.0)
    }
}

fn write_segments(f: &mut fmt::Formatter<'_>, segments: &[Segment]) -> fmt::Result {
    for (at, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Index(index) => write!(f, "[{index}]")?,
            Segment::Key(key) => {
                if at > 0 {
                    f.write_str(".")?;
                }
                for c in key.chars() {
                    if matches!(c, '.' | '[' | ']') {
                        f.write_str("\\")?;
                    }
                    write!(f, "{c}")?;
                }
            }
        }
    }
    Ok(())
}

/// Where the reader stands.
#[derive(Clone, Copy, Default, PartialEq)]
enum Bracket {
    /// Outside brackets.
    #[default]
    Outside,
    /// Behind `[`.
    Opened,
    /// Behind the digits of this number.
    Number(usize),
}

#[derive(Default)]
struct Reader {
    segments: Vec<Segment>,
    key: String,
    bracket: Bracket,
}

const STARTS_WITH_INDEX: &str = "path can not start with []";
const NO_NUMBER: &str = "must have number in []";
const NOT_A_DIGIT: &str = "only number 0-9 could inside []";
const EMPTY: &str = "path can not be empty";
const UNCLOSED: &str = "[ without ]";
const UNOPENED: &str = "] without [";
const INDEX_TOO_LARGE: &str = "index too large in []";
const TOO_LONG: &str = "path has more than 1000 segments";

impl Reader {
    fn read(&mut self, c: char) -> Result<(), &'static str> {
        if self.bracket != Bracket::Outside {
            return self.read_index(c);
        }
        match c {
            '.' => self.end_key(),
            '[' => {
                self.end_key()?;
                if self.segments.is_empty() {
                    return Err(STARTS_WITH_INDEX);
                }
                self.bracket = Bracket::Opened;
                Ok(())
            }
            ']' => Err(UNOPENED),
            _ => {
                self.key.push(c);
                Ok(())
            }
        }
    }

    fn read_index(&mut self, c: char) -> Result<(), &'static str> {
        let index = if let Bracket::Number(index) = self.bracket {
            Some(index)
        } else {
            None
        };
        if c == ']' {
            self.bracket = Bracket::Outside;
            return self.push(Segment::Index(index.ok_or(NO_NUMBER)?));
        }
        let digit = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
        let digit = digit.ok_or(NOT_A_DIGIT)?;
        let index = index
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(digit));
        let index = index
            .filter(|index| *index <= INDEX_MAX)
            .ok_or(INDEX_TOO_LARGE)?;
        self.bracket = Bracket::Number(index);
        Ok(())
    }

    fn end_key(&mut self) -> Result<(), &'static str> {
        if self.key.is_empty() {
            return Ok(());
        }
        let key = std::mem::take(&mut self.key);
        self.push(Segment::Key(key))
    }

    fn push(&mut self, segment: Segment) -> Result<(), &'static str> {
        if self.segments.len() == SEGMENTS_MAX {
            return Err(TOO_LONG);
        }
        self.segments.push(segment);
        Ok(())
    }

    fn finish(mut self) -> Result<DataPath, &'static str> {
        if self.bracket != Bracket::Outside {
            return Err(UNCLOSED);
        }
        self.end_key()?;
        if self.segments.is_empty() {
            Err(EMPTY)
        } else {
            Ok(DataPath(self.segments))
        }
    }
}

/// What an observer watches: `a.b`, `list[0]`, `a.**` (with all that is inside), `**` (all data).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WatchedPath {
    /// Empty only for `**`.
    segments: Vec<Segment>,
    wildcard: bool,
}

impl WatchedPath {
    /// Reads one of the comma-separated parts of an observer's name; blanks around it do not count.
    ///
    /// # Errors
    /// [`BadPath`] as [`DataPath::parse`].
    pub fn parse(text: &str) -> Result<Self, BadPath> {
        let text = text.trim();
        if text == "**" {
            return Ok(Self {
                segments: Vec::new(),
                wildcard: true,
            });
        }
        let (path, wildcard) = text
            .strip_suffix(".**")
            .map_or((text, false), |path| (path, true));
        Ok(Self {
            segments: DataPath::parse(path)?.0,
            wildcard,
        })
    }

    /// The steps to the value that the observer gets; none for `**`, which gets all data.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether changes inside the value count too.
    pub fn is_wildcard(&self) -> bool {
        self.wildcard
    }

    /// Whether setting a path calls the observer: the watched value itself, something it lies in
    /// or, with a wildcard, something inside it was set.
    pub fn is_touched_by(&self, set: &DataPath) -> bool {
        let inside = set.0.len() > self.segments.len();
        let same = self
            .segments
            .iter()
            .zip(&set.0)
            .all(|(watched, set)| watched == set);
        same && (self.wildcard || !inside)
    }
}

impl fmt::Display for WatchedPath {
    /// The text that [`WatchedPath::parse`] reads back as the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_segments(f, &self.segments)?;
        match (self.wildcard, self.segments.is_empty()) {
            (true, true) => f.write_str("**"),
            (true, false) => f.write_str(".**"),
            (false, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DataPath, INDEX_MAX, SEGMENTS_MAX, Segment, WatchedPath};

    /// The segments as text, keys quoted.
    fn parsed(text: &str) -> String {
        let path = DataPath::parse(text).expect(text);
        let back = DataPath::parse(&path.to_string()).expect("its own text");
        assert_eq!(back, path, "{text} round-trips");
        let segments = path.segments().iter().map(|segment| match segment {
            Segment::Key(key) => format!("'{key}'"),
            Segment::Index(index) => index.to_string(),
        });
        segments.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_path_is_keys_and_indexes() {
        let cases = [
            ("a", "'a'"),
            ("a.b[0].c", "'a' 'b' 0 'c'"),
            ("list[2]", "'list' 2"),
            ("a[0][1]", "'a' 0 1"),
            ("a[007]", "'a' 7"),
            ("a[0]b", "'a' 0 'b'"),
            ("a.0", "'a' '0'"),
            ("..a...b.", "'a' 'b'"),
            ("名 字.b-c", "'名 字' 'b-c'"),
            (r"a\.b\[0\]", "'a.b[0]'"),
            (r"a\b\\.c\", r"'a\b\.c\'"),
        ];
        for (text, expected) in cases {
            assert_eq!(parsed(text), expected, "{text}");
        }
        assert_eq!(
            parsed(&format!("a[{INDEX_MAX}]")),
            format!("'a' {INDEX_MAX}")
        );
    }

    #[test]
    fn a_malformed_path_says_what_and_where() {
        let cases = [
            ("", "path can not be empty", 0),
            ("..", "path can not be empty", 2),
            ("[0].a", "path can not start with []", 0),
            (".[0]", "path can not start with []", 1),
            ("a[]", "must have number in []", 2),
            ("a[x]", "only number 0-9 could inside []", 2),
            ("a['x']", "only number 0-9 could inside []", 2),
            ("a[-1]", "only number 0-9 could inside []", 2),
            (r"a[\]]", "only number 0-9 could inside []", 2),
            ("a[", "[ without ]", 2),
            ("名[1", "[ without ]", 3),
            ("a]", "] without [", 1),
            ("a[1]]", "] without [", 4),
            ("a[4294967295]", "index too large in []", 11),
            ("a[99999999999999999999999]", "index too large in []", 11),
        ];
        for (text, problem, at) in cases {
            let bad = DataPath::parse(text).expect_err(text);
            assert_eq!((bad.problem, bad.at), (problem, at), "{text}");
            assert_eq!(bad.to_string(), format!("{problem}: {text}"));
        }
    }

    #[test]
    fn a_path_has_at_most_a_thousand_segments() {
        let keys = |count| vec!["a"; count].join(".");
        assert!(DataPath::parse(&keys(SEGMENTS_MAX)).is_ok());
        let bad = DataPath::parse(&keys(SEGMENTS_MAX + 1)).expect_err("one too many");
        assert_eq!(bad.problem, "path has more than 1000 segments");
    }

    #[test]
    fn an_observer_is_touched_from_outside_and_with_a_wildcard_from_inside() {
        let touched = |watched: &str, set: &str| {
            let watched = WatchedPath::parse(watched).expect(watched);
            assert_eq!(
                WatchedPath::parse(&watched.to_string()),
                Ok(watched.clone())
            );
            watched.is_touched_by(&set.parse().expect(set))
        };
        let cases = [
            ("a.b", "a.b", true),
            ("a.b", "a", true),
            ("a.b", "a.b.c", false),
            ("a.b", "a.c", false),
            ("a.b.**", "a.b.c[0]", true),
            ("a.b.**", "a", true),
            ("a.b.**", "ab", false),
            (" list[1] ", "list[1]", true),
            ("list[1]", "list[2]", false),
            ("**", "anything.at[0].all", true),
        ];
        for (watched, set, expected) in cases {
            assert_eq!(touched(watched, set), expected, "{watched} by {set}");
        }
        assert!(WatchedPath::parse("a[").is_err());
    }
}
