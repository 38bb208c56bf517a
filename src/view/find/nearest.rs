//! What somebody may have meant who pointed at nothing.

use std::collections::BTreeSet;

use super::text::{Page, names, role, tidy};
use super::{ATTRIBUTES, Target, Wanted, all, attribute_values, by_text};
use crate::near::near;
use crate::view::selector::Selector;
use crate::view::tree::Tree;

/// Longest text that is offered, in letters.
const OFFERED_MAX: usize = 40;

/// How many are offered.
const COUNT_MAX: usize = 5;

/// What would nearly have matched, each as it can be written instead; for what is there but not
/// visible, says so.
pub fn nearest(tree: &Tree, target: &Target) -> Vec<String> {
    if target.pick.is_some() {
        let count = all(tree, &target.wanted).len();
        if count > 0 {
            return (1..=count.min(COUNT_MAX))
                .map(|pick| format!("@{pick}"))
                .collect();
        }
    }
    match &target.wanted {
        Wanted::Text(text) => near_texts(tree, text),
        Wanted::Role(role, name) => near_roles(tree, role, name.as_deref()),
        Wanted::Attribute(word, value) => near_values(tree, word, value),
        Wanted::Css(selector) => near_words(tree, selector),
    }
}

fn near_texts(tree: &Tree, wanted: &str) -> Vec<String> {
    let hidden = Page::with_hidden(tree);
    if !by_text(&hidden, wanted).is_empty() {
        return vec![format!("{} (hidden)", quoted(wanted))];
    }
    let page = Page::of(tree);
    let texts: BTreeSet<String> = page
        .elements
        .iter()
        .map(|drawn| page.text_of(drawn))
        .collect();
    let texts = texts
        .iter()
        .map(String::as_str)
        .filter(|text| is_short(text));
    let wanted = tidy(wanted);
    let mut found = near(&wanted, texts.clone());
    // Somebody may have written more than the page says.
    let parts = texts.filter(|text| text.chars().count() > 1 && wanted.contains(text));
    found.extend(
        parts
            .filter(|part| !found.contains(part))
            .collect::<Vec<_>>(),
    );
    found.into_iter().take(COUNT_MAX).map(quoted).collect()
}

fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= OFFERED_MAX
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// Names of the elements of that role, the near ones or all; without any, roles that are near.
fn near_roles(tree: &Tree, wanted: &str, name: Option<&str>) -> Vec<String> {
    let page = Page::of(tree);
    let (mut roles, mut called) = (BTreeSet::new(), Vec::new());
    for (at, drawn) in page
        .elements
        .iter()
        .enumerate()
        .filter(|(_, drawn)| !drawn.is_hidden)
    {
        let Some(own) = role(tree, drawn.id) else {
            continue;
        };
        roles.insert(own);
        if own == wanted {
            called.extend(
                names(tree, &page, at)
                    .into_iter()
                    .filter(|name| is_short(name)),
            );
        }
    }
    if !roles.contains(wanted) {
        let found = near(wanted, roles.iter().copied());
        return found
            .into_iter()
            .map(|role| format!("role={role}"))
            .collect();
    }
    let mut found = near(
        &tidy(name.unwrap_or_default()),
        called.iter().map(String::as_str),
    );
    if found.is_empty() {
        found = called.iter().map(String::as_str).take(COUNT_MAX).collect();
    }
    found
        .into_iter()
        .map(|name| format!("role={wanted}[name={}]", quoted(name)))
        .collect()
}

fn near_values(tree: &Tree, word: &'static str, wanted: &str) -> Vec<String> {
    let page = Page::of(tree);
    let elements = page
        .elements
        .iter()
        .filter_map(|drawn| tree.node(drawn.id).element());
    let of = |word: &'static str| -> BTreeSet<String> {
        elements
            .clone()
            .flat_map(|own| attribute_values(own, word))
            .collect()
    };
    let values = of(word);
    let found = near(wanted, values.iter().map(String::as_str));
    if !found.is_empty() {
        return found
            .into_iter()
            .map(|value| format!("{word}={value}"))
            .collect();
    }
    let others = ATTRIBUTES
        .iter()
        .filter(|(other, _)| *other != word && of(other).contains(wanted));
    others
        .map(|(other, _)| format!("{other}={wanted}"))
        .collect()
}

/// For each id, class and tag of a selector that is not on the page, those that are near.
fn near_words(tree: &Tree, selector: &Selector) -> Vec<String> {
    let page = Page::of(tree);
    let mut known = BTreeSet::new();
    for element in page
        .elements
        .iter()
        .filter_map(|drawn| tree.node(drawn.id).element())
    {
        known.insert(element.tag.to_string());
        known.extend(element.classes.iter().map(|class| format!(".{class}")));
        if !element.id.is_empty() {
            known.insert(format!("#{}", element.id));
        }
    }
    let mut found = Vec::new();
    for word in selector
        .words()
        .iter()
        .filter(|word| !known.contains(*word))
    {
        let name = word.trim_start_matches(['.', '#']);
        // `foo` may be meant as `.foo` or `#foo`, and the other way round.
        let other = known
            .iter()
            .filter(|own| own.trim_start_matches(['.', '#']) == name);
        let near = near(word, known.iter().map(String::as_str));
        for own in other.map(String::as_str).chain(near) {
            if !found.iter().any(|known| known == own) {
                found.push(own.to_owned());
            }
        }
    }
    found.truncate(COUNT_MAX);
    found
}
