//! Declarations of rules: texts, and what the parser crate makes of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use float_pigment_css::parser::{StyleParsingDebugMode, parse_inline_style};
use float_pigment_css::property::Property;

use super::scan::{split_at_mark, without_comments};

/// `name: value`.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    /// Name in lower case (custom properties as written).
    pub(super) name: Rc<str>,
    /// Value as written, without `!important`.
    pub(super) value: Rc<str>,
    /// `!important`
    pub(super) important: bool,
    /// What it sets; none when nobody understands it or it has to wait for `var()`.
    pub(super) properties: Vec<Property>,
    /// Whether it uses `var()`.
    pub(super) uses_var: bool,
}

/// Values of custom properties.
pub(super) type Custom = BTreeMap<Rc<str>, Rc<str>>;

/// Reads the content of a rule's block or of a `style` attribute.
pub(super) fn declarations(text: &str) -> Vec<Declaration> {
    let text = without_comments(text);
    let pieces = split_at_mark(&text, ';').into_iter();
    pieces.filter_map(declaration).collect()
}

fn declaration(piece: &str) -> Option<Declaration> {
    let (name, value) = piece.split_once(':')?;
    let name = name.trim();
    let mut value = value.trim();
    let mut important = false;
    if let Some(at) = value.rfind('!')
        && value[at + 1..].trim().eq_ignore_ascii_case("important")
    {
        important = true;
        value = value[..at].trim_end();
    }
    let is_custom = name.starts_with("--");
    if name.is_empty() || value.is_empty() && !is_custom {
        return None;
    }
    let name = if is_custom {
        name.to_owned()
    } else {
        name.to_ascii_lowercase()
    };
    let uses_var = value.contains("var(");
    let properties = if is_custom || uses_var {
        Vec::new()
    } else {
        properties(&name, value)
    };
    Some(Declaration {
        name: name.into(),
        value: value.into(),
        important,
        properties,
        uses_var,
    })
}

/// What a declaration sets, in the words of the parser crate.
pub(super) fn properties(name: &str, value: &str) -> Vec<Property> {
    let name = name.strip_prefix("-webkit-").unwrap_or(name);
    match name {
        "inset" => {
            let parts: Vec<&str> = value.split_whitespace().collect();
            let side = |at: usize, other: usize| parts.get(at).or(parts.get(other));
            let sides = [
                ("top", parts.first()),
                ("right", side(1, 0)),
                ("bottom", side(2, 0)),
                ("left", parts.get(3).or(side(1, 0))),
            ];
            let sides = sides
                .iter()
                .filter_map(|(name, part)| Some((name, part.as_ref()?)));
            sides.flat_map(|(name, part)| read(name, part)).collect()
        }
        "place-items" => both(value, "align-items", "justify-items"),
        "place-content" => both(value, "align-content", "justify-content"),
        "grid-gap" => read("gap", value),
        "grid-row-gap" => read("row-gap", value),
        "grid-column-gap" => read("column-gap", value),
        "word-wrap" => read("overflow-wrap", value),
        "box-flex" => read("flex-grow", value),
        _ => read(name, &normalised(name, value)),
    }
}

fn both(value: &str, first: &str, second: &str) -> Vec<Property> {
    let mut parts = value.split_whitespace();
    let one = parts.next().unwrap_or_default();
    let mut found = read(first, one);
    found.extend(read(second, parts.next().unwrap_or(one)));
    found
}

/// Values that the parser crate does not know in words that it knows.
fn normalised(name: &str, value: &str) -> String {
    let mut value = value
        .replace("constant(", "env(")
        .replace("-webkit-calc(", "calc(");
    // The parser knows units and words in small letters only.
    if !value.contains(['"', '\'']) && !value.contains("url(") {
        value.make_ascii_lowercase();
        value = in_known_units(&value);
    }
    match (name, &*value) {
        ("display", "-webkit-flex" | "-ms-flexbox") => "flex",
        ("display", "-webkit-inline-flex" | "-webkit-inline-box") => "inline-flex",
        // An old flex box, used today for `-webkit-line-clamp` only.
        ("display", "-webkit-box") => "flow-root",
        ("display", "table" | "table-row" | "table-row-group" | "list-item") => "block",
        ("display", "table-cell" | "inline-table") => "inline-block",
        ("position", "-webkit-sticky") => "sticky",
        ("overflow" | "overflow-x" | "overflow-y", "overlay") => "auto",
        ("max-width" | "max-height" | "min-width" | "min-height", "none") => "initial",
        ("font-size", word) => return font_size(word).unwrap_or(word).to_owned(),
        ("white-space", "break-spaces") => "pre-wrap",
        ("overflow-wrap", "anywhere") => "break-word",
        _ if name.starts_with("grid-template") => return expand_repeat(&value),
        _ => return value,
    }
    .to_owned()
}

/// Sizes of fonts by name.
fn font_size(word: &str) -> Option<&'static str> {
    Some(match word {
        "xx-small" => "9px",
        "x-small" => "10px",
        "small" => "13px",
        "medium" => "16px",
        "large" => "18px",
        "x-large" => "24px",
        "xx-large" => "32px",
        "smaller" => "0.83333em",
        "larger" => "1.2em",
        _ => return None,
    })
}

/// Lengths of paper in pixels; the parser does not know them.
fn in_known_units(value: &str) -> String {
    const UNITS: [(&str, f64); 5] = [
        ("pt", 96.0 / 72.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 96.0 / 25.4),
    ];
    if !UNITS.iter().any(|(unit, _)| value.contains(unit)) {
        return value.to_owned();
    }
    let words = value.split_inclusive([' ', ',', '(', ')', '/']);
    let converted = words.map(|word| {
        let bare = word.trim_end_matches([' ', ',', '(', ')', '/']);
        let found = UNITS.iter().find_map(|(unit, pixels)| {
            let number: f64 = bare.strip_suffix(unit)?.parse().ok()?;
            Some(number * pixels)
        });
        match found {
            Some(pixels) => format!("{pixels}px{}", &word[bare.len()..]),
            None => word.to_owned(),
        }
    });
    converted.collect()
}

/// Longest list of tracks.
const TRACKS_MAX: usize = 200;

/// `repeat(3, 1fr)` written out, `minmax(a, b)` as `b`.
fn expand_repeat(value: &str) -> String {
    let mut out = value.to_owned();
    while let Some(at) = out.find("minmax(") {
        let inside = split_at_mark(&out[at + 7..], ')')[0].to_owned();
        let largest = inside
            .split_once(',')
            .map_or("auto", |(_, most)| most.trim())
            .to_owned();
        out.replace_range(at..(at + 8 + inside.len()).min(out.len()), &largest);
    }
    while let Some(at) = out.find("repeat(") {
        let inside = split_at_mark(&out[at + 7..], ')')[0].to_owned();
        let (count, tracks) = inside.split_once(',').unwrap_or(("1", ""));
        let count = count.trim().parse().unwrap_or(1_usize).min(TRACKS_MAX);
        let tracks = vec![tracks.trim(); count].join(" ");
        out.replace_range(at..(at + 8 + inside.len()).min(out.len()), &tracks);
    }
    out
}

fn read(name: &str, value: &str) -> Vec<Property> {
    let text = format!("{name}:{value};");
    let (found, _) = parse_inline_style(&text, StyleParsingDebugMode::None);
    found
        .iter()
        .flat_map(|meta| meta.iter().cloned().collect::<Vec<_>>())
        .collect()
}

/// Deepest chain of `var()` in `var()`; longer ones are circles.
const VAR_DEPTH_MAX: usize = 16;

/// Puts the values of custom properties in place of `var()`; `None` when one has none.
pub(super) fn with_vars(value: &str, custom: &Custom, depth: usize) -> Option<String> {
    let Some(at) = value.find("var(") else {
        return Some(value.to_owned());
    };
    if depth >= VAR_DEPTH_MAX {
        return None;
    }
    let inside = split_at_mark(&value[at + 4..], ')')[0];
    let (name, fallback) = match inside.split_once(',') {
        Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
        None => (inside.trim(), None),
    };
    let own = custom.get(name).map(|own| &**own);
    let own = own.and_then(|own| with_vars(own, custom, depth + 1));
    let own = own.or_else(|| with_vars(fallback?, custom, depth + 1))?;
    let rest = value.get(at + 5 + inside.len()..).unwrap_or_default();
    let rest = with_vars(rest, custom, depth)?;
    Some(format!("{}{own}{rest}", &value[..at]))
}

#[cfg(test)]
mod tests {
    use super::{Custom, declarations, expand_repeat, in_known_units, with_vars};

    #[test]
    fn declarations_are_split_and_read() {
        let found = declarations(
            "WIDTH: 10px !important; background: url(a;b.png); /* x: y; */ color:;;--Own: { a };\
             inset: 0 auto; display: -webkit-box; height: var(--h)",
        );
        let shown: Vec<String> = found
            .iter()
            .map(|one| format!("{} {} {}", one.name, one.important, one.properties.len()))
            .collect();
        assert_eq!(
            shown,
            [
                "width true 1",
                "background false 10",
                "--Own false 0",
                "inset false 4",
                "display false 1",
                "height false 0",
            ]
        );
        assert!(found[5].uses_var);
    }

    #[test]
    fn custom_properties_stand_in_for_var() {
        let custom: Custom = [("--a", "1px"), ("--b", "var(--a) 2px"), ("--c", "var(--c)")]
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        for (value, found) in [
            ("var(--b) var(--a)", Some("1px 2px 1px")),
            ("calc(var(--x, var(--a)) + 1px)", Some("calc(1px + 1px)")),
            ("var(--x)", None),
            ("var(--c)", None),
        ] {
            assert_eq!(with_vars(value, &custom, 0).as_deref(), found, "{value}");
        }
    }

    #[test]
    fn lengths_of_paper_are_pixels() {
        for (value, found) in [
            ("12pt", "16px"),
            ("1in 2pc", "96px 32px"),
            ("calc(100% - 3pt)", "calc(100% - 4px)"),
            ("inherit", "inherit"),
            ("1px", "1px"),
        ] {
            assert_eq!(in_known_units(value), found, "{value}");
        }
    }

    #[test]
    fn tracks_are_written_out() {
        assert_eq!(expand_repeat("10px repeat(2, 1fr)"), "10px 1fr 1fr");
        assert_eq!(expand_repeat("repeat(2, minmax(0, 2fr))"), "2fr 2fr");
    }
}
