//! Finding what people point at: by its text, its role, an id made for tests, or a selector.
//!
//! | written | finds |
//! |---|---|
//! | `"立即购买"`, `text=立即购买` | the innermost element with that visible text, else one that contains it |
//! | `role=button`, `role=button[name=购买]` | visible elements of that role, called so |
//! | `testid=buy` | `data-testid` or `data-test-id` |
//! | `open-type=share`, `name=city`, `placeholder=手机号` | that attribute |
//! | `.van-button`, `view > #a` | a selector, through all components |
//!
//! `@2` at the end picks the second one.

mod glance;
mod nearest;
mod query;
mod text;

use std::fmt;

pub use glance::{Glance, glance};
pub use nearest::nearest;
pub use query::{By, Candidate, ElementQuery, nearest_to, query, targets};
pub use text::{hides, names_of, role, visible_text};

use super::coerce;
use super::selector::{BadSelector, Selector, find_drawn, written};
use super::tree::{Element, NodeId, Tree};
use super::value::Val;
use text::{Page, names, tidy};

/// What somebody points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    wanted: Wanted,
    /// Which match, from 1.
    pick: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    Text(String),
    Role(String, Option<String>),
    /// The word before `=`, and the value.
    Attribute(&'static str, String),
    Css(Selector),
}

/// What may stand before `=`, with the attributes (of a component also properties) it means.
const ATTRIBUTES: [(&str, &[&str]); 4] = [
    ("testid", &["data-testid", "data-test-id"]),
    ("open-type", &["open-type"]),
    ("name", &["name"]),
    ("placeholder", &["placeholder"]),
];

/// Quotes with those that close them.
const QUOTES: [(char, char); 3] = [('"', '"'), ('\'', '\''), ('“', '”')];

/// A target that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTarget {
    /// Nothing is written.
    Empty,
    /// A quote is not closed, or something stands behind it.
    Quote(String),
    /// A value is missing, as in `role=`.
    Value(String),
    /// Something else than `[name=…]` stands behind a role.
    Role(String),
    /// `@0`: matches are counted from 1.
    Pick(String),
    /// A selector that is not understood.
    Selector(BadSelector),
}

impl fmt::Display for BadTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing is named to look for"),
            Self::Quote(text) => write!(f, "`{text}`: the quotes do not end where the text does"),
            Self::Value(text) => write!(f, "`{text}`: a value is missing"),
            Self::Role(text) => write!(f, "`{text}`: only `[name=…]` may stand behind a role"),
            Self::Pick(text) => write!(f, "`{text}`: matches are counted from `@1` on"),
            Self::Selector(bad) => bad.fmt(f),
        }
    }
}

impl std::error::Error for BadTarget {}

impl Target {
    /// Reads what somebody points at.
    ///
    /// # Errors
    /// When it is empty, not complete, or a selector that is not understood.
    pub fn parse(text: &str) -> Result<Self, BadTarget> {
        let whole = text.trim();
        let (body, pick) = split_pick(whole)?;
        if body.is_empty() {
            return Err(BadTarget::Empty);
        }
        let wanted = if body.starts_with(QUOTES.map(|(open, _)| open)) {
            Wanted::Text(unquote(body)?)
        } else {
            match body.split_once('=') {
                Some(("text", rest)) => Wanted::Text(value(body, rest)?),
                Some(("role", rest)) => role_wanted(body, rest)?,
                Some((word, rest)) => match ATTRIBUTES.iter().find(|(own, _)| *own == word) {
                    Some((own, _)) => Wanted::Attribute(own, value(body, rest)?),
                    None => Wanted::Css(selector(body)?),
                },
                None => Wanted::Css(selector(body)?),
            }
        };
        Ok(Self { wanted, pick })
    }
}

fn selector(text: &str) -> Result<Selector, BadTarget> {
    Selector::parse(text).map_err(BadTarget::Selector)
}

/// `x@2` → `x` and 2. What stands in quotes or brackets is no number of a match.
fn split_pick(text: &str) -> Result<(&str, Option<usize>), BadTarget> {
    let Some((body, number)) = text.rsplit_once('@') else {
        return Ok((text, None));
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Ok((text, None));
    }
    match number.parse() {
        Ok(pick) if pick > 0 => Ok((body.trim_end(), Some(pick))),
        _ => Err(BadTarget::Pick(text.to_owned())),
    }
}

/// A value behind `=`, with or without quotes.
fn value(whole: &str, rest: &str) -> Result<String, BadTarget> {
    let rest = rest.trim();
    if rest.is_empty() {
        Err(BadTarget::Value(whole.to_owned()))
    } else if rest.starts_with(QUOTES.map(|(open, _)| open)) {
        unquote(rest)
    } else {
        Ok(rest.to_owned())
    }
}

fn unquote(text: &str) -> Result<String, BadTarget> {
    let mut letters = text.chars();
    let open = letters.next();
    let close = QUOTES
        .iter()
        .find(|(own, _)| Some(*own) == open)
        .map(|(_, close)| *close);
    match close.and_then(|close| letters.as_str().strip_suffix(close)) {
        Some(inner) if !inner.trim().is_empty() => Ok(inner.to_owned()),
        Some(_) => Err(BadTarget::Value(text.to_owned())),
        None => Err(BadTarget::Quote(text.to_owned())),
    }
}

/// `button`, `button[name=x]`
fn role_wanted(whole: &str, rest: &str) -> Result<Wanted, BadTarget> {
    let (role, condition) = match rest.split_once('[') {
        Some((role, condition)) => (role, Some(condition)),
        None => (rest, None),
    };
    let role = value(whole, role)?;
    let Some(condition) = condition else {
        return Ok(Wanted::Role(role, None));
    };
    let name = condition
        .strip_suffix(']')
        .and_then(|inner| inner.trim().strip_prefix("name="));
    let name = name.ok_or_else(|| BadTarget::Role(whole.to_owned()))?;
    Ok(Wanted::Role(role, Some(value(whole, name)?)))
}

/// The elements that somebody points at, in the order they are drawn; one when a match is picked.
///
/// Texts and roles are looked for in what is visible, the rest everywhere.
pub fn find(tree: &Tree, target: &Target) -> Vec<NodeId> {
    let found = all(tree, &target.wanted);
    match target.pick {
        Some(pick) => found.get(pick - 1).copied().into_iter().collect(),
        None => found,
    }
}

/// All that match, whichever is picked.
fn all(tree: &Tree, wanted: &Wanted) -> Vec<NodeId> {
    match wanted {
        Wanted::Css(selector) => find_drawn(tree, selector),
        Wanted::Text(text) => by_text(&Page::of(tree), text),
        Wanted::Role(role, name) => by_role(tree, role, name.as_deref()),
        Wanted::Attribute(word, value) => by_attribute(tree, word, value),
    }
}

/// How well a text may fit, the best first.
const FITS: [fn(&str, &str) -> bool; 4] = [
    |own, wanted| own == wanted,
    |own, wanted| bare(own) == bare(wanted),
    |own, wanted| own.contains(wanted),
    |own, wanted| bare(own).contains(&bare(wanted)),
];

/// A text without its white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn by_text(page: &Page, wanted: &str) -> Vec<NodeId> {
    let wanted = tidy(wanted);
    let texts: Vec<String> = page
        .elements
        .iter()
        .map(|drawn| page.text_of(drawn))
        .collect();
    for fits in FITS {
        let fitting: Vec<bool> = texts.iter().map(|own| fits(own, &wanted)).collect();
        let found = innermost(page, &fitting);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Those of the fitting elements that have no other one in them.
fn innermost(page: &Page, fitting: &[bool]) -> Vec<NodeId> {
    let inner = innermost_of(fitting, |at| page.elements[at].inside);
    inner.into_iter().map(|at| page.elements[at].id).collect()
}

/// Places of the fitting ones of a list that have no other one among those in them, which come next.
fn innermost_of(fitting: &[bool], inside: impl Fn(usize) -> usize) -> Vec<usize> {
    let is_inner = |at: &usize| fitting[*at] && !fitting[at + 1..][..inside(*at)].contains(&true);
    (0..fitting.len()).filter(is_inner).collect()
}

fn by_role(tree: &Tree, wanted: &str, name: Option<&str>) -> Vec<NodeId> {
    let page = Page::of(tree);
    let elements = page.elements.iter().enumerate();
    let of_role = elements.filter(|(_, drawn)| {
        !drawn.is_hidden && role(tree, drawn.id).is_some_and(|own| own == wanted)
    });
    let of_role: Vec<usize> = of_role.map(|(at, _)| at).collect();
    let Some(name) = name else {
        return of_role.iter().map(|at| page.elements[*at].id).collect();
    };
    let name = tidy(name);
    let called: Vec<Vec<String>> = of_role.iter().map(|at| names(tree, &page, *at)).collect();
    for fits in FITS {
        let pairs = of_role.iter().zip(&called);
        let found = pairs.filter(|(_, names)| names.iter().any(|own| fits(own, &name)));
        let found: Vec<NodeId> = found.map(|(at, _)| page.elements[*at].id).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// A component that hands an attribute on to an element in it is not meant, but that element.
fn by_attribute(tree: &Tree, word: &str, value: &str) -> Vec<NodeId> {
    let page = Page::of(tree);
    let elements = page.elements.iter();
    let fitting: Vec<bool> = elements
        .map(|drawn| {
            let element = tree.node(drawn.id).element();
            element.is_some_and(|own| attribute_values(own, word).any(|own| own == value))
        })
        .collect();
    innermost(&page, &fitting)
}

/// The texts of the attributes that a word means.
fn attribute_values<'e>(element: &'e Element, word: &str) -> impl Iterator<Item = String> + 'e {
    let names = ATTRIBUTES
        .iter()
        .find(|(own, _)| *own == word)
        .map_or(&[][..], |(_, names)| names);
    let values = names.iter().map(|name| written(element, name));
    values.filter_map(|value| match value {
        Val::Undefined | Val::Null => None,
        value => Some(coerce::to_text(&value)),
    })
}

#[cfg(test)]
mod query_tests;
#[cfg(test)]
mod tests;
