//! Fields: `input` and `textarea`.
//!
//! Official pages: `component/input`, `component/textarea`: 140 characters unless `maxlength` says
//! otherwise (-1: any number), `confirm-hold`, the details of the events. What a handler of `input` on an
//! `<input>` returns replaces the text ([`replace`]); on a textarea it does not.
//!
//! Differs from the client: the keyboard is [`KEYBOARD_HEIGHT`] pixels high, and keys that the keyboard of
//! a `type` lacks cannot be typed.
//!
//! Unverified: `keyboardheightchange` follows `focus` and `blur`; the length counts UTF-16 units.

use super::{CannotDo, Effect, cannot, flag, is_tag, number, own, set_state, tag_of, text};
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// How high the keyboard is, in pixels.
pub const KEYBOARD_HEIGHT: f64 = 300.0;

/// How long it takes to come or go, in seconds.
const KEYBOARD_DURATION: f64 = 0.25;

/// `keyCode` of the key that takes a character away.
const BACKSPACE: u32 = 8;

fn check(tree: &Tree, node: NodeId) -> Result<(), CannotDo> {
    let tag = tag_of(tree, node);
    let is_field = ["input", "textarea", "editor"]
        .iter()
        .any(|own| is_tag(tree, node, own));
    if !is_field {
        return cannot(format!(
            "<{tag}> is no field: text goes into input and textarea"
        ));
    }
    let off = if tag == "editor" {
        "read-only"
    } else {
        "disabled"
    };
    if tree.node(node).element().is_some_and(|own| flag(own, off)) {
        return cannot(format!("the <{tag}> is `{off}`: change that first"));
    }
    Ok(())
}

fn value_of(tree: &Tree, node: NodeId) -> String {
    tree.node(node)
        .element()
        .map(|own| text(own, "value"))
        .unwrap_or_default()
}

fn cursor(text: &str) -> Val {
    super::count(text.encode_utf16().count())
}

/// The text as far as `maxlength` lets it in; never half a character.
fn within_length(tree: &Tree, node: NodeId, typed: &str) -> String {
    let most = tree
        .node(node)
        .element()
        .map_or(f64::NAN, |own| number(own, "maxlength"));
    if most.is_nan() || most < 0.0 {
        return typed.to_owned();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative; casts saturate"
    )]
    let mut left = most as usize;
    let fits = typed.chars().take_while(|c| {
        let rest = left.checked_sub(c.len_utf16());
        left = rest.unwrap_or_default();
        rest.is_some()
    });
    fits.collect()
}

/// The keys of a keyboard; `None` for one that has all.
fn keys(tree: &Tree, node: NodeId) -> Option<(&'static str, &'static str)> {
    let element = tree
        .node(node)
        .element()
        .filter(|own| &*own.tag == "input")?;
    match text(element, "type").as_str() {
        "number" => Some(("number", "0123456789")),
        "digit" => Some(("digit", "0123456789.")),
        "idcard" => Some(("idcard", "0123456789Xx")),
        _ => None,
    }
}

fn write(tree: &mut Tree, node: NodeId, typed: &str) -> Result<Vec<Effect>, CannotDo> {
    if let Some((kind, keys)) = keys(tree, node)
        && let Some(other) = typed.chars().find(|c| !keys.contains(*c))
    {
        return cannot(format!(
            "the keyboard of the type {kind} has no `{other}`, only {keys}"
        ));
    }
    let before = value_of(tree, node);
    let kept = within_length(tree, node, typed);
    let is_less = kept.chars().count() < before.chars().count();
    let last = kept.chars().last().map_or(BACKSPACE, u32::from);
    let key = if is_less { BACKSPACE } else { last };
    let value = Val::text(&kept);
    let mut effects: Vec<Effect> = set_state(tree, node, "value", &value).into_iter().collect();
    let detail = Val::object([
        ("value", value),
        ("cursor", cursor(&kept)),
        ("keyCode", Val::Number(f64::from(key))),
    ]);
    effects.push(own(node, "input", detail));
    Ok(effects)
}

/// The text of a field becomes another one.
pub(super) fn input(tree: &mut Tree, node: NodeId, typed: &str) -> Result<Vec<Effect>, CannotDo> {
    let mut effects = focus(tree, node)?;
    effects.extend(write(tree, node, typed)?);
    Ok(effects)
}

/// A text is typed key by key; keys beyond the length do nothing.
pub(super) fn type_keys(
    tree: &mut Tree,
    node: NodeId,
    typed: &str,
) -> Result<Vec<Effect>, CannotDo> {
    let mut effects = focus(tree, node)?;
    for key in typed.chars() {
        let before = value_of(tree, node);
        let wanted = format!("{before}{key}");
        if within_length(tree, node, &wanted) == wanted {
            effects.extend(write(tree, node, &wanted)?);
        }
    }
    Ok(effects)
}

/// The text that a handler of `input` gave takes the place of what was typed.
pub fn replace(tree: &mut Tree, node: NodeId, given: &str) -> Option<Effect> {
    let is_input = tree.find(node).is_some() && is_tag(tree, node, "input");
    if !is_input {
        return None;
    }
    let kept = within_length(tree, node, given);
    set_state(tree, node, "value", &Val::text(&kept))
}

fn height_change(node: NodeId, height: f64) -> Effect {
    let detail = Val::object([
        ("height", Val::Number(height)),
        ("duration", Val::Number(KEYBOARD_DURATION)),
    ]);
    own(node, "keyboardheightchange", detail)
}

/// A field gets the keyboard; the one that had it loses it.
pub(super) fn focus(tree: &mut Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    check(tree, node)?;
    if tree.focused() == Some(node) {
        return Ok(Vec::new());
    }
    let mut effects = Vec::new();
    if let Some(other) = tree.focused()
        && tree.find(other).is_some()
    {
        tree.set_focused(None);
        effects.push(blurred(tree, other));
    }
    tree.set_focused(Some(node));
    let value = value_of(tree, node);
    let detail = Val::object([
        ("value", Val::text(&value)),
        ("height", Val::Number(KEYBOARD_HEIGHT)),
    ]);
    effects.push(own(node, "focus", detail));
    effects.push(height_change(node, KEYBOARD_HEIGHT));
    Ok(effects)
}

fn blurred(tree: &Tree, node: NodeId) -> Effect {
    let value = value_of(tree, node);
    let detail = Val::object([("value", Val::text(&value)), ("cursor", cursor(&value))]);
    own(node, "blur", detail)
}

/// A field loses the keyboard; nothing happens to one that has it not.
pub(super) fn blur(tree: &mut Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    let is_field = ["input", "textarea", "editor"]
        .iter()
        .any(|own| is_tag(tree, node, own));
    if !is_field {
        check(tree, node)?;
    }
    if tree.focused() != Some(node) {
        return Ok(Vec::new());
    }
    tree.set_focused(None);
    Ok(vec![blurred(tree, node), height_change(node, 0.0)])
}

/// The key at the lower right of the keyboard; without `confirm-hold` the keyboard goes.
pub(super) fn confirm(tree: &mut Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    let mut effects = focus(tree, node)?;
    let value = Val::text(&value_of(tree, node));
    effects.push(own(node, "confirm", Val::object([("value", value)])));
    let holds = tree
        .node(node)
        .element()
        .is_some_and(|own| flag(own, "confirm-hold"));
    if !holds {
        effects.extend(blur(tree, node)?);
    }
    Ok(effects)
}

/// The keyboard gets another height; 0 takes it away.
pub(super) fn keyboard(
    tree: &mut Tree,
    node: NodeId,
    height: f64,
) -> Result<Vec<Effect>, CannotDo> {
    check(tree, node)?;
    if height <= 0.0 {
        return blur(tree, node);
    }
    let mut effects = focus(tree, node)?;
    effects.push(height_change(node, height));
    Ok(effects)
}
