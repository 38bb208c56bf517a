//! Groups of check boxes and radios.
//!
//! Official pages: `component/checkbox-group`, `component/radio-group`. A control belongs to the nearest
//! group in its own template. The values of checked boxes stand in the order in which they were checked,
//! those that the template checked first: so the published view code keeps them.

use super::{Effect, around, flag, own, parts, set_state, text};
use crate::view::coerce::join_text;
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;

/// Tags of groups.
pub(super) const GROUPS: &[&str] = &["checkbox-group", "radio-group"];

fn group_of(tree: &Tree, control: NodeId) -> Option<NodeId> {
    around(tree, control, |own| GROUPS.contains(&&*own.tag))
}

/// The controls of a group, in order.
pub(super) fn members(tree: &Tree, group: NodeId) -> Vec<NodeId> {
    let is_radio = super::is_tag(tree, group, "radio-group");
    parts(
        tree,
        group,
        if is_radio { "radio" } else { "checkbox" },
        GROUPS,
    )
}

fn value_of(tree: &Tree, control: NodeId) -> String {
    tree.node(control)
        .element()
        .map(|own| text(own, "value"))
        .unwrap_or_default()
}

/// The values of what is checked in a group: a list, or one text for radios.
pub(super) fn value(tree: &Tree, group: NodeId) -> Val {
    let is_checked = |id: &NodeId| {
        tree.node(*id)
            .element()
            .is_some_and(|own| flag(own, "checked"))
    };
    let checked = members(tree, group).into_iter().filter(is_checked);
    let mut checked: Vec<String> = checked.map(|id| value_of(tree, id)).collect();
    if super::is_tag(tree, group, "radio-group") {
        return Val::text(checked.first().map_or("", |first| first));
    }
    let mut ordered = Vec::new();
    let known = tree
        .node(group)
        .element()
        .map(|own| own.current("value").clone());
    if let Some(Val::Array(known)) = known {
        for earlier in known.iter().map(join_text) {
            if let Some(at) = checked.iter().position(|own| *own == earlier) {
                ordered.push(checked.remove(at));
            }
        }
    }
    ordered.extend(checked);
    Val::array(ordered.iter().map(|own| Val::text(own)))
}

/// `change` of the group around a control, or of the group itself.
pub(super) fn change(tree: &mut Tree, id: NodeId) -> Option<Effect> {
    let is_group = GROUPS.iter().any(|tag| super::is_tag(tree, id, tag));
    let group = if is_group { id } else { group_of(tree, id)? };
    let value = value(tree, group);
    if matches!(value, Val::Array(_)) {
        set_state(tree, group, "value", &value);
    }
    Some(own(group, "change", Val::object([("value", value)])))
}

/// A radio is checked, the others of its group are not; a checked one stays so.
pub(super) fn check_radio(tree: &mut Tree, id: NodeId, effects: &mut Vec<Effect>) {
    if tree
        .node(id)
        .element()
        .is_none_or(|own| flag(own, "checked"))
    {
        return;
    }
    let others = group_of(tree, id).map_or_else(Vec::new, |group| members(tree, group));
    for other in others.into_iter().filter(|other| *other != id) {
        effects.extend(set_state(tree, other, "checked", &Val::Bool(false)));
    }
    effects.extend(set_state(tree, id, "checked", &Val::Bool(true)));
    effects.extend(change(tree, id));
}
