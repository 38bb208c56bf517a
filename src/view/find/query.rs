//! Elements as tests ask for them, in the words of Testing Library: by text, role, label and so on.
//!
//! Texts, labels and roles are looked for in what is visible, the rest everywhere, as targets of steps
//! are. Of elements in each other that fit, the innermost is meant.
//!
//! Differs from Testing Library: a text is all that is visible in an element, not only its own text
//! nodes, so `总计 5 元` is found though the number stands in a `<text>` of its own. A text that fits
//! but for white space counts when no other does.

use serde::{Deserialize, Serialize};

use super::text::{Page, is_built_in, is_input, labels, names, role, tidy};
use super::{ATTRIBUTES, BadTarget, FITS, Target, Wanted, all, attribute_values, innermost_of};
use crate::near::near;
use crate::view::coerce;
use crate::view::tree::{Element, NodeId, Tree};

/// By what elements are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum By {
    /// Visible text.
    Text,
    /// Role; `name` is one of the names by which the element is called.
    Role,
    /// `data-testid` or `data-test-id`.
    TestId,
    /// `placeholder` of a field, also while something is typed.
    Placeholder,
    /// What is typed into a field.
    DisplayValue,
    /// `aria-label`, or the text of a `<label>`, of something that is operated.
    Label,
    /// Anything that a step takes for its target: a selector, `role=…`, a text in quotes.
    Target,
}

/// A question for elements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ElementQuery {
    /// What `value` is.
    pub by: By,
    /// What is looked for; without it all elements that have such a text are found. A role and a target
    /// are always needed.
    #[serde(default)]
    pub value: Option<String>,
    /// With a role: a name of the element.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether `value` and `name` are the whole text; else a part of it in any case.
    #[serde(default = "yes")]
    pub exact: bool,
    /// Whether what is hidden counts too.
    #[serde(default)]
    pub hidden: bool,
}

fn yes() -> bool {
    true
}

impl ElementQuery {
    /// The whole text, of what is visible.
    pub fn new(by: By, value: &str) -> Self {
        Self {
            by,
            value: Some(value.to_owned()),
            name: None,
            exact: true,
            hidden: false,
        }
    }
}

/// An element that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The element.
    pub node: NodeId,
    /// The texts by which it is known: its text, its values, with a role its names.
    pub texts: Vec<String>,
    /// How many of the candidates right behind it are drawn in it.
    pub inside: usize,
}

/// The elements that a question means, in the order they are drawn; only those in `within`.
///
/// # Errors
/// A target or selector that is not understood.
pub fn query(
    tree: &Tree,
    wanted: &ElementQuery,
    within: Option<NodeId>,
) -> Result<Vec<Candidate>, BadTarget> {
    let found = candidates(tree, wanted, within)?;
    let text = match wanted.by {
        By::Target => None,
        By::Role => wanted.name.as_deref(),
        _ => wanted.value.as_deref(),
    };
    let Some(text) = text else {
        return Ok(found);
    };
    Ok(fitting(&found, wanted, text))
}

/// Those of the candidates whose text fits best.
fn fitting(found: &[Candidate], wanted: &ElementQuery, text: &str) -> Vec<Candidate> {
    let text = tidy(text);
    let lower = text.to_lowercase();
    let fits = |own: &str, round: usize| match (wanted.by, wanted.exact) {
        (By::TestId, true) => round == 0 && own == text,
        (_, true) => FITS[round](own, &text),
        (_, false) => FITS[round + 2](&own.to_lowercase(), &lower),
    };
    for round in 0..2 {
        let fitting: Vec<bool> = found
            .iter()
            .map(|own| own.texts.iter().any(|text| fits(text, round)))
            .collect();
        let chosen: Vec<Candidate> = if wanted.by == By::Role {
            let pairs = found.iter().zip(&fitting);
            pairs
                .filter(|(_, fits)| **fits)
                .map(|(own, _)| own.clone())
                .collect()
        } else {
            let chosen = innermost_of(&fitting, |at| found[at].inside);
            chosen.into_iter().map(|at| found[at].clone()).collect()
        };
        if !chosen.is_empty() {
            return chosen;
        }
    }
    Vec::new()
}

/// The elements that have such texts, whatever these say.
fn candidates(
    tree: &Tree,
    wanted: &ElementQuery,
    within: Option<NodeId>,
) -> Result<Vec<Candidate>, BadTarget> {
    let page = if wanted.hidden {
        Page::with_hidden(tree)
    } else {
        Page::of(tree)
    };
    let places = places_in(tree, &page, within);
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    if wanted.by == By::Target {
        let target = Target::parse(wanted.value.as_deref().unwrap_or_default())?;
        let nodes = super::find(tree, &target);
        let is_meant = |at: &usize| nodes.contains(&page.elements[*at].id);
        found.extend(places.filter(is_meant).map(|at| (at, Vec::new())));
    } else {
        for at in places {
            let drawn = &page.elements[at];
            let Some(element) = tree.node(drawn.id).element() else {
                continue;
            };
            let sees = wanted.hidden || !drawn.is_hidden;
            let texts = match wanted.by {
                By::Text if sees => vec![page.text_of(drawn)],
                By::Role if sees && role(tree, drawn.id) == wanted.value.as_deref() => {
                    found.push((at, names(tree, &page, at)));
                    continue;
                }
                By::Label if sees && is_operated(tree, drawn.id, element) => {
                    labels(tree, &page, at, element)
                }
                By::TestId => attribute_values(element, "testid").collect(),
                By::Placeholder => attribute_values(element, "placeholder").collect(),
                By::DisplayValue if is_input(element) => {
                    vec![coerce::join_text(element.current("value"))]
                }
                _ => Vec::new(),
            };
            let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            if !texts.is_empty() {
                found.push((at, texts));
            }
        }
    }
    Ok(with_inside(&page, found))
}

fn with_inside(page: &Page, found: Vec<(usize, Vec<String>)>) -> Vec<Candidate> {
    let places: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
    let made = found.into_iter().enumerate().map(|(index, (at, texts))| {
        let end = at + page.elements[at].inside;
        let behind = places[index + 1..].iter();
        Candidate {
            node: page.elements[at].id,
            texts,
            inside: behind.take_while(|other| **other <= end).count(),
        }
    });
    made.collect()
}

/// Places of the elements in a node; of all without one.
fn places_in(tree: &Tree, page: &Page, within: Option<NodeId>) -> std::ops::Range<usize> {
    let all = 0..page.elements.len();
    let Some(node) = within else {
        return all;
    };
    if let Some(at) = page.elements.iter().position(|own| own.id == node) {
        return at + 1..at + 1 + page.elements[at].inside;
    }
    if node == tree.page() {
        // What the tab bar draws comes after the page.
        let bar = tree.tab_bar().map_or(0, |bar| {
            let mut drawn = Page::default();
            drawn.draw_below(tree, bar);
            drawn.elements.len()
        });
        return 0..all.end - bar;
    }
    0..0
}

/// Whether an element is one that a label is for.
fn is_operated(tree: &Tree, node: NodeId, element: &Element) -> bool {
    let has_label = !coerce::join_text(element.attribute("aria-label")).is_empty();
    let is_control = role(tree, node).is_some_and(|own| {
        let own_label = [
            "button", "checkbox", "combobox", "radio", "slider", "switch", "textbox",
        ];
        own_label.contains(&own)
    });
    has_label || is_control && !is_built_in(element, "label")
}

/// What would nearly have matched, each as a step writes it; empty when nothing is near.
pub fn nearest_to(tree: &Tree, wanted: &ElementQuery, within: Option<NodeId>) -> Vec<String> {
    let Some(value) = wanted.value.as_deref() else {
        return Vec::new();
    };
    if within.is_none()
        && let Some(target) = as_target(wanted, value)
    {
        return super::nearest(tree, &target);
    }
    let text = if wanted.by == By::Role {
        wanted.name.as_deref().unwrap_or_default()
    } else {
        value
    };
    let found = candidates(tree, wanted, within).unwrap_or_default();
    let texts: Vec<&str> = found
        .iter()
        .flat_map(|own| own.texts.iter().map(String::as_str))
        .collect();
    let found = near(&tidy(text), texts.into_iter());
    found
        .into_iter()
        .map(|text| format!("\"{text}\""))
        .collect()
}

/// The target of a step that asks nearly the same.
fn as_target(wanted: &ElementQuery, value: &str) -> Option<Target> {
    let attribute = |word: &str| {
        let (own, _) = ATTRIBUTES.iter().find(|(own, _)| *own == word)?;
        Some(Wanted::Attribute(own, value.to_owned()))
    };
    let wanted = match wanted.by {
        By::Text => Wanted::Text(value.to_owned()),
        By::Role => Wanted::Role(value.to_owned(), wanted.name.clone()),
        By::TestId => attribute("testid")?,
        By::Placeholder => attribute("placeholder")?,
        By::Target => return Target::parse(value).ok(),
        By::DisplayValue | By::Label => return None,
    };
    Some(Target { wanted, pick: None })
}

/// Longest text by which an element is pointed at, in letters.
const POINTED_MAX: usize = 20;

/// Targets that mean just this element, each as a step writes it: what people see and write before
/// classes and tags, without a number before with one, the shortest first. Empty for a node that is not
/// drawn.
pub fn targets(tree: &Tree, node: NodeId) -> Vec<String> {
    let page = Page::of(tree);
    let Some(at) = page.elements.iter().position(|own| own.id == node) else {
        return Vec::new();
    };
    let Some(element) = tree.node(node).element() else {
        return Vec::new();
    };
    let mut ranked = Vec::new();
    for (tier, text) in ways(tree, &page, at, element) {
        let Ok(target) = Target::parse(&text) else {
            continue;
        };
        let found = all(tree, &target.wanted);
        let Some(pick) = found.iter().position(|own| *own == node) else {
            continue;
        };
        if target.pick.is_some() {
            continue;
        }
        let is_one = found.len() == 1;
        let text = if is_one {
            text
        } else {
            format!("{text}@{}", pick + 1)
        };
        ranked.push((!is_one, tier, text.chars().count(), text));
    }
    ranked.sort();
    ranked.into_iter().map(|(.., text)| text).collect()
}

/// Ways to point at an element, each with its tier.
fn ways(tree: &Tree, page: &Page, at: usize, element: &Element) -> Vec<(u8, String)> {
    let node = page.elements[at].id;
    let mut found = Vec::new();
    for (word, _) in ATTRIBUTES {
        let values = attribute_values(element, word);
        let quoted = |value: String| {
            if value.contains(char::is_whitespace) {
                format!("{word}=\"{value}\"")
            } else {
                format!("{word}={value}")
            }
        };
        found.extend(values.map(|value| (0, quoted(value))));
    }
    if !element.id.is_empty() {
        found.push((0, format!("#{}", element.id)));
    }
    let is_short = |text: &str| !text.is_empty() && text.chars().count() <= POINTED_MAX;
    let text = page.text_of(&page.elements[at]);
    if is_short(&text) && !is_input(element) {
        // What is put together from the texts of several elements names none of them well.
        let inside = &page.elements[at + 1..][..page.elements[at].inside];
        let is_made = inside.iter().any(|own| !page.text_of(own).is_empty());
        let tier = u8::from(is_made);
        found.push((tier, format!("\"{text}\"")));
    }
    if let Some(role) = role(tree, node) {
        let names = names(tree, page, at).into_iter();
        let names = names.filter(|name| is_short(name));
        found.extend(names.map(|name| (0, format!("role={role}[name=\"{name}\"]"))));
        found.push((1, format!("role={role}")));
    }
    found.extend(element.classes.iter().map(|class| (1, format!(".{class}"))));
    found.push((1, element.tag.to_string()));
    found
}
