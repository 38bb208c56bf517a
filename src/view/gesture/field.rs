//! Fields: `input` and `textarea`.

use super::{CannotDo, Effect, flag, own, property, set_state, text};
use crate::view::coerce::to_number;
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// Longest text unless `maxlength` says otherwise (official page of `input`).
const LENGTH_MAX: f64 = 140.0;

fn field(tree: &Tree, node: NodeId) -> Result<&'static str, CannotDo> {
    let element = tree.node(node).element();
    let tag = element.map(|own| own.tag.to_string()).unwrap_or_default();
    let known = ["input", "textarea", "editor"].into_iter().find(|own| *own == tag);
    let Some(known) = known else {
        let text = format!("<{tag}> is no field: text goes into input and textarea");
        return Err(CannotDo(text));
    };
    if element.is_some_and(|own| flag(own, "disabled")) {
        return Err(CannotDo(format!("the <{tag}> is disabled")));
    }
    Ok(known)
}

fn value_of(tree: &Tree, node: NodeId) -> String {
    tree.node(node).element().map(|own| text(own, "value")).unwrap_or_default()
}

fn units(text: &str) -> Val {
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    Val::Number(text.encode_utf16().count() as f64)
}

/// The text of a field becomes another one.
pub(super) fn input(
    tree: &mut Tree,
    node: NodeId,
    typed: &str,
) -> Result<Vec<Effect>, CannotDo> {
    field(tree, node)?;
    let mut effects = focus(tree, node)?;
    let element = tree.node(node).element();
    let most = element.map_or(f64::NAN, |own| to_number(property(own, "maxlength")));
    let most = if most.is_nan() { LENGTH_MAX } else { most };
    let mut kept = typed.to_owned();
    if most >= 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative; casts saturate"
        )]
        let most = most as usize;
        kept = kept.chars().take(most).collect();
    }
    let value = Val::text(&kept);
    effects.extend(set_state(tree, node, "value", &value));
    let key = kept.chars().last().map_or(0, u32::from);
    let detail = Val::object([
        ("value", value),
        ("cursor", units(&kept)),
        ("keyCode", Val::Number(f64::from(key))),
    ]);
    effects.push(own(node, "input", detail));
    Ok(effects)
}

/// A field gets the keyboard; the one that had it loses it.
pub(super) fn focus(tree: &mut Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    field(tree, node)?;
    if tree.focused() == Some(node) {
        return Ok(Vec::new());
    }
    let mut effects = match tree.focused() {
        Some(other) if tree.find(other).is_some() => blur(tree, other)?,
        _ => Vec::new(),
    };
    tree.set_focused(Some(node));
    let value = value_of(tree, node);
    let detail = Val::object([("value", Val::text(&value)), ("height", Val::Number(0.0))]);
    effects.push(own(node, "focus", detail));
    Ok(effects)
}

/// A field loses the keyboard.
pub(super) fn blur(tree: &mut Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    field(tree, node)?;
    if tree.focused() == Some(node) {
        tree.set_focused(None);
    }
    let value = value_of(tree, node);
    let detail = Val::object([("value", Val::text(&value)), ("cursor", units(&value))]);
    Ok(vec![own(node, "blur", detail)])
}

/// The key at the lower right of the keyboard; without `confirm-hold` the keyboard goes.
pub(super) fn confirm(tree: &mut Tree, node: NodeId) -> Result<Vec<Effect>, CannotDo> {
    field(tree, node)?;
    let value = Val::text(&value_of(tree, node));
    let mut effects = vec![own(node, "confirm", Val::object([("value", value)]))];
    let holds = tree.node(node).element().is_some_and(|own| flag(own, "confirmHold"));
    if !holds {
        effects.extend(blur(tree, node)?);
    }
    Ok(effects)
}
