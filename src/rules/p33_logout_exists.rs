//! Who can log in can log out.
//!
//! Only a complete exploration can show that there is no way out: found is a program in which a state with a token of
//! its own was reached, and no gesture and no item of the menu leads from such a state to one without. What the world does
//! (a session that ends) is no way out.

use serde_json::json;

use super::explored::{EdgeKind, Explored};
use super::{Judged, Rule};
use crate::runtime::monitor::{Found, Weight, Words};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P33",
    name: "logout-exists",
    weight: Weight::Info,
    title: [
        "A program with accounts offers a way to log out",
        "有账号体系的小程序提供退出登录的入口",
    ],
    fix: [
        "offer \"log out\" where the account is shown, and forget the token there",
        "在账号页面提供“退出登录”，并清除本地登录态",
    ],
    source: "https://developers.weixin.qq.com/community/develop/doc/00042644b548d83fa65ddb9895c000",
    official: true,
    judged: Judged::Exploration(judge),
};

fn judge(explored: &Explored, found: &mut Vec<Found>) {
    let has_token = |number: usize| {
        explored
            .states
            .get(number)
            .is_some_and(|state| state.has_token)
    };
    let runs = |number: usize| {
        explored
            .states
            .get(number)
            .is_some_and(|state| !state.stack.is_empty())
    };
    let is_of_user = |kind| matches!(kind, EdgeKind::Gesture | EdgeKind::Menu);
    let mut ways_out = explored.edges.iter().filter(|edge| {
        is_of_user(edge.kind) && has_token(edge.from) && runs(edge.to) && !has_token(edge.to)
    });
    if !explored.is_complete || ways_out.next().is_some() {
        return;
    }
    // A token that is there from the beginning tells nothing of a login.
    let login = explored
        .edges
        .iter()
        .find(|edge| !has_token(edge.from) && has_token(edge.to));
    let Some(login) = login else {
        return;
    };
    let states = &explored.states;
    let page = states[login.to].stack.last().cloned().unwrap_or_default();
    let inside = states.iter().filter(|state| state.has_token).count();
    let mut one = RULE.found(Words::new(
        format!(
            "`{}` logs the user in, and nothing that can be done leads out again",
            login.label
        ),
        format!(
            "“{}”之后用户处于登录状态，任何操作都无法退出登录",
            login.label
        ),
    ));
    one.causes = vec![login.label.clone()];
    one.page = page;
    one.data = json!({ "states": states.len(), "withToken": inside });
    found.push(one);
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::rules::explored::{Edge, EdgeKind, Explored, State};

    fn state(has_token: bool) -> State {
        State {
            stack: vec!["pages/a/a".into()],
            has_token,
            ..State::default()
        }
    }

    fn edge(from: usize, to: usize, kind: EdgeKind, label: &str) -> Edge {
        Edge {
            from,
            to,
            kind,
            label: label.into(),
            answers: Vec::new(),
            calls: std::collections::BTreeSet::default(),
        }
    }

    fn explored(back: EdgeKind) -> Explored {
        Explored {
            states: vec![state(false), state(true)],
            edges: vec![
                edge(0, 1, EdgeKind::Gesture, "tap button \"Log in\""),
                edge(1, 0, back, "back"),
            ],
            is_complete: true,
            pages: vec!["pages/a/a".into()],
        }
    }

    fn count(explored: &Explored) -> usize {
        let mut found = Vec::new();
        judge(explored, &mut found);
        found.len()
    }

    #[test]
    fn no_way_out_is_found_and_what_the_world_does_is_none() {
        let mut found = Vec::new();
        judge(&explored(EdgeKind::World), &mut found);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].says.en.starts_with("`tap button \"Log in\"` logs"),
            "{}",
            found[0].says.en
        );
        assert_eq!(found[0].page, "pages/a/a");
        assert_eq!(count(&explored(EdgeKind::Gesture)), 0);
        assert_eq!(count(&explored(EdgeKind::Menu)), 0);
    }

    #[test]
    fn leaving_the_program_is_no_way_out() {
        let mut left = explored(EdgeKind::Menu);
        left.states[0].stack.clear();
        assert_eq!(count(&left), 1);
    }

    #[test]
    fn what_was_not_explored_to_the_end_or_has_no_login_tells_nothing() {
        let mut part = explored(EdgeKind::World);
        part.is_complete = false;
        assert_eq!(count(&part), 0);
        let mut never = explored(EdgeKind::World);
        never.edges.remove(0);
        assert_eq!(count(&never), 0);
    }
}
