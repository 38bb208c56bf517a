//! `@media`: what a device has to be for rules to count.

use super::Viewport;
use super::scan::split_at_mark;

/// A list of queries, one of which has to hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Media {
    queries: Vec<Query>,
}

#[derive(Clone, Debug, PartialEq)]
struct Query {
    not: bool,
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq)]
enum Condition {
    /// A media type: whether it is ours.
    Type(bool),
    /// A size: which one, how it compares, pixels.
    Size(Side, Bound, Length),
    /// `orientation`.
    Portrait(bool),
    /// `prefers-color-scheme`.
    Dark(bool),
    /// A feature that is not known: the query does not hold.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Width,
    Height,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Min,
    Max,
    Exactly,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Length {
    Px(f32),
    Rpx(f32),
}

impl Media {
    /// Reads what stands behind `@media`.
    pub(super) fn parse(text: &str) -> Self {
        let queries = split_at_mark(text, ',')
            .into_iter()
            .map(|part| Query::parse(part.trim()));
        Self {
            queries: queries.collect(),
        }
    }

    /// Whether it holds on a device.
    pub(super) fn holds(&self, viewport: &Viewport) -> bool {
        self.queries.iter().any(|query| query.holds(viewport))
    }
}

impl Query {
    fn parse(text: &str) -> Self {
        let lower = text.to_ascii_lowercase();
        let mut words = lower.as_str();
        let mut not = false;
        if let Some(rest) = words.strip_prefix("not ") {
            not = true;
            words = rest.trim_start();
        } else if let Some(rest) = words.strip_prefix("only ") {
            words = rest.trim_start();
        }
        let conditions = split_and(words)
            .into_iter()
            .map(|part| Condition::parse(part.trim()));
        Self {
            not,
            conditions: conditions.collect(),
        }
    }

    fn holds(&self, viewport: &Viewport) -> bool {
        // A query with an unknown feature is "not all", also behind `not`.
        if self.conditions.contains(&Condition::Unknown) {
            return false;
        }
        self.conditions
            .iter()
            .all(|condition| condition.holds(viewport))
            != self.not
    }
}

/// Splits at the word `and` outside of brackets.
fn split_and(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            'a' if depth == 0 && text[at..].starts_with("and") => {
                let before = text[..at].chars().next_back();
                let after = text[at + 3..].chars().next();
                let apart =
                    |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "()".contains(c));
                if apart(before) && apart(after) {
                    parts.push(&text[start..at]);
                    start = at + 3;
                }
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

impl Condition {
    fn parse(text: &str) -> Self {
        let Some(inner) = text
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'))
        else {
            return Self::Type(matches!(text, "all" | "screen" | ""));
        };
        let Some((name, value)) = inner.split_once(':') else {
            return match inner.trim() {
                "width" | "height" => Self::Type(true),
                _ => Self::Unknown,
            };
        };
        let value = value.trim();
        match name.trim() {
            "orientation" => Self::Portrait(value == "portrait"),
            "prefers-color-scheme" => Self::Dark(value == "dark"),
            name => size(name, value).unwrap_or(Self::Unknown),
        }
    }

    fn holds(&self, viewport: &Viewport) -> bool {
        match self {
            Self::Type(ours) => *ours,
            Self::Portrait(wanted) => (viewport.height >= viewport.width) == *wanted,
            Self::Dark(wanted) => viewport.dark == *wanted,
            Self::Unknown => false,
            Self::Size(side, bound, length) => {
                let own = match side {
                    Side::Width => viewport.width,
                    Side::Height => viewport.height,
                };
                let wanted = match length {
                    Length::Px(px) => *px,
                    Length::Rpx(rpx) => rpx * viewport.width / 750.0,
                };
                match bound {
                    Bound::Min => own >= wanted,
                    Bound::Max => own <= wanted,
                    Bound::Exactly => (own - wanted).abs() < f32::EPSILON,
                }
            }
        }
    }
}

fn size(name: &str, value: &str) -> Option<Condition> {
    let (bound, name) = if let Some(rest) = name.strip_prefix("min-") {
        (Bound::Min, rest)
    } else if let Some(rest) = name.strip_prefix("max-") {
        (Bound::Max, rest)
    } else {
        (Bound::Exactly, name)
    };
    let side = match name {
        "width" | "device-width" => Side::Width,
        "height" | "device-height" => Side::Height,
        _ => return None,
    };
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: f32 = digits.trim().parse().ok()?;
    let length = match &value[digits.len()..] {
        "px" => Length::Px(number),
        "rpx" => Length::Rpx(number),
        // Font sizes in queries are those of the page before any rule: 16 px.
        "em" | "rem" => Length::Px(number * 16.0),
        "" if number == 0.0 => Length::Px(0.0),
        _ => return None,
    };
    Some(Condition::Size(side, bound, length))
}

#[cfg(test)]
mod tests {
    use super::Media;
    use crate::view::style::Viewport;

    #[test]
    fn queries_hold_on_the_devices_they_name() {
        let phone = Viewport::new(375.0, 667.0);
        let dark = Viewport {
            dark: true,
            ..Viewport::new(1024.0, 768.0)
        };
        for (query, on_phone, on_dark) in [
            ("screen", true, true),
            ("print", false, false),
            ("(min-width: 400px)", false, true),
            ("only screen and (max-width:375px)", true, false),
            ("not all and (min-width: 400px)", true, false),
            ("(prefers-color-scheme: dark)", false, true),
            ("(orientation: landscape)", false, true),
            ("print, (orientation:portrait)", true, false),
            ("(min-width: 750rpx)", true, true),
            ("(-webkit-min-device-pixel-ratio: 2)", false, false),
            ("not (hover: hover)", false, false),
        ] {
            let media = Media::parse(query);
            assert_eq!(media.holds(&phone), on_phone, "{query} on a phone");
            assert_eq!(media.holds(&dark), on_dark, "{query} on a tablet");
        }
    }
}
