//! From a refusal there is a way to the settings.
//!
//! Found is a state in which a scope is refused and from which no gesture, however many, leads to `wx.openSetting`, to
//! a button with `open-type="openSetting"` or to a state in which the scope is granted after all. Nothing is found
//! while something that can be reached from there has not been tried. The phone number and the profile are asked for
//! by every new tap: they need no such way.

use std::collections::BTreeSet;

use serde_json::json;

use super::explored::{Edge, EdgeKind, Explored, State};
use super::{Judged, Rule};
use crate::runtime::monitor::{Found, Weight, Words};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P05",
    name: "way-back",
    weight: Weight::Warning,
    title: [
        "After a refusal there is a way to the settings",
        "用户拒绝授权后，有入口可以前往设置页重新授权",
    ],
    fix: [
        "offer a button with open-type=\"openSetting\", or call wx.openSetting in a tap, where the refused feature is",
        "在被拒绝的功能处提供 open-type=\"openSetting\" 的按钮，或在点击事件中调用 wx.openSetting",
    ],
    source: "https://developers.weixin.qq.com/minigame/dev/guide/base-ability/authorize.md",
    official: true,
    judged: Judged::Exploration(judge),
};

fn judge(explored: &Explored, found: &mut Vec<Found>) {
    let mut told = BTreeSet::new();
    for (number, state) in explored.states.iter().enumerate() {
        if state.stack.is_empty() || state.is_asking {
            continue;
        }
        let scopes = state.refused.iter().filter(|key| key.starts_with("scope."));
        for scope in scopes {
            if !told.contains(scope) && has_no_way(explored, number, scope) {
                told.insert(scope.clone());
                found.push(tell(explored, number, state, scope));
            }
        }
    }
}

/// Whether everything was tried from a state and nothing leads to the settings or grants the scope.
fn has_no_way(explored: &Explored, from: usize, scope: &str) -> bool {
    let reached = explored.reached(from, |edge| edge.kind != EdgeKind::World);
    let mut states = reached.iter().map(|number| &explored.states[*number]);
    let is_way = |state: &State| state.offers_settings || !state.refused.contains(scope);
    let is_left = |edge: &Edge| {
        let opens = |api: &str| edge.calls.contains(api);
        reached.contains(&edge.from) && (opens("openSetting") || opens("button.openSetting"))
    };
    states.all(|state| state.is_expanded && !is_way(state)) && !explored.edges.iter().any(is_left)
}

fn tell(explored: &Explored, number: usize, state: &State, scope: &str) -> Found {
    let page = state.page();
    let mut found = RULE.found(Words::new(
        format!("after `{scope}` is refused on `{page}` no gesture leads to the settings"),
        format!("在 `{page}` 拒绝 `{scope}` 后，没有任何操作可以到达设置页"),
    ));
    found.causes = explored.story(number);
    page.clone_into(&mut found.page);
    found.data = json!({ "scope": scope, "state": number, "shows": state.shows });
    found
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::rules::explored::samples::{explored, gesture, state};
    use crate::rules::explored::{EdgeKind, Explored, State};
    use crate::runtime::monitor::Found;

    const SCOPE: &str = "scope.record";

    fn denied(page: &str) -> State {
        let mut state = state(page);
        state.refused.insert(SCOPE.to_owned());
        state
    }

    fn found(explored: &Explored) -> Vec<Found> {
        let mut found = Vec::new();
        judge(explored, &mut found);
        found
    }

    fn dead_end() -> Explored {
        explored(
            vec![state("pages/a/a"), denied("pages/a/a"), denied("pages/b/b")],
            vec![
                gesture(0, 1, "tap \"Record\"").answered(SCOPE, "deny"),
                gesture(1, 2, "tap \"More\""),
                gesture(2, 1, "tap \"Back\""),
            ],
        )
    }

    #[test]
    fn a_refusal_without_a_way_to_the_settings_is_found_once() {
        let all = found(&dead_end());
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(
            all[0].says.en,
            "after `scope.record` is refused on `pages/a/a` no gesture leads to the settings"
        );
        assert_eq!(all[0].causes, ["tap \"Record\", scope.record: deny"]);
        assert_eq!(all[0].page, "pages/a/a");
    }

    #[test]
    fn a_button_a_call_and_a_later_grant_are_ways() {
        let mut button = dead_end();
        button.states[2].offers_settings = true;
        assert_eq!(found(&button), []);
        for api in ["openSetting", "button.openSetting"] {
            let mut call = dead_end();
            call.edges[2].calls.insert(api.to_owned());
            assert_eq!(found(&call), [], "{api}");
        }
        let mut granted = dead_end();
        granted.edges.push(gesture(2, 0, "tap \"Allow\""));
        assert_eq!(found(&granted), []);
        granted.edges[3].kind = EdgeKind::World;
        assert_eq!(found(&granted).len(), 1, "that is not the program's doing");
    }

    #[test]
    fn what_was_not_tried_and_what_is_asked_for_again_are_none() {
        let mut open = dead_end();
        open.states[2].is_expanded = false;
        assert_eq!(found(&open), []);
        let mut phone = dead_end();
        for state in &mut phone.states[1..] {
            state.refused = ["phone".to_owned()].into();
        }
        assert_eq!(found(&phone), []);
        let mut closed = dead_end();
        closed.states[1].stack.clear();
        closed.states[2].stack.clear();
        assert_eq!(found(&closed), []);
    }
}
