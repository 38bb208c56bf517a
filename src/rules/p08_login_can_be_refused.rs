//! A login can be refused.
//!
//! Found is a state that shows nothing but a login and from which nothing that the user can do, short of logging in,
//! leads to a state with content; and in such a state something called "cancel" that changes nothing when it
//! is tapped. To leave the program is no way out. Nothing is found while something that can be reached from there has
//! not been tried.

use std::collections::BTreeSet;

use serde_json::json;

use super::explored::{Edge, EdgeKind, Explored, State};
use super::{Judged, Rule};
use crate::login_words::is_cancel;
use crate::runtime::monitor::{Found, Weight, Words};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P08",
    name: "login-can-be-refused",
    weight: Weight::Error,
    title: [
        "A login can be refused, and the user gets back to what needs none",
        "用户可以拒绝登录，并回到无需登录的内容",
    ],
    fix: [
        "put a cancel button on the login page that goes back to the page before or to the home page",
        "在登录页提供“取消”或“暂不登录”，点击后返回上一页或首页",
    ],
    source: "https://developers.weixin.qq.com/community/develop/doc/000ea46d08898015317b956c65fc09?page=3",
    official: true,
    judged: Judged::Exploration(judge),
};

fn judge(explored: &Explored, found: &mut Vec<Found>) {
    let mut walls = BTreeSet::new();
    for (number, state) in explored.states.iter().enumerate() {
        let page = state.page();
        // A dialog that the user leaves open is no page's fault.
        let may_be_wall = is_login(state) && !state.is_asking;
        if may_be_wall && !walls.contains(page) && has_no_way(explored, number) {
            walls.insert(page);
            let (en, zh) = (
                format!(
                    "from the login of `{page}` nothing leads back to any content except to log in"
                ),
                format!("在 `{page}` 的登录界面，除了登录没有任何途径回到内容页"),
            );
            found.push(tell(explored, number, en, zh, ""));
        }
    }
    let mut dead = BTreeSet::new();
    for edge in &explored.edges {
        let state = &explored.states[edge.from];
        if is_dead_cancel(edge, state) && dead.insert((state.page(), &*edge.label)) {
            let (page, label) = (state.page(), &edge.label);
            let (en, zh) = (
                format!("on the login of `{page}` this changes nothing: {label}"),
                format!("在 `{page}` 的登录界面，该操作没有任何效果：{label}"),
            );
            found.push(tell(explored, edge.from, en, zh, label));
        }
    }
}

/// Whether a state shows nothing but a login.
fn is_login(state: &State) -> bool {
    let runs = !state.stack.is_empty();
    runs && state.offers_login && !state.has_content && !state.has_token
}

/// Whether everything was tried from a login and nothing leads to content but logging in, nor to a page on which the
/// client's own button leads home.
fn has_no_way(explored: &Explored, from: usize) -> bool {
    let gives_phone = |edge: &Edge| {
        edge.answers
            .iter()
            .any(|(key, answer)| key == "phone" && matches!(answer.as_str(), "allow" | "verify"))
    };
    let reached = explored.reached(from, |edge| {
        let logs_in = explored.states[edge.to].has_token || gives_phone(edge);
        edge.kind != EdgeKind::World && !logs_in
    });
    let mut states = reached.iter().map(|number| &explored.states[*number]);
    let leads_on = |state: &State| {
        !state.stack.is_empty() && (state.has_content || state.has_home_button)
    };
    states.all(|state| state.is_expanded && !leads_on(state))
}

/// Whether a tap on what is called "cancel", where nothing but a login is shown, changes nothing.
fn is_dead_cancel(edge: &Edge, state: &State) -> bool {
    edge.kind == EdgeKind::Gesture
        && edge.from == edge.to
        && edge.answers.is_empty()
        && is_login(state)
        && is_cancel(&edge.label)
}

fn tell(explored: &Explored, number: usize, en: String, zh: String, label: &str) -> Found {
    let state = &explored.states[number];
    let mut found = RULE.found(Words::new(en, zh));
    found.causes = explored.story(number);
    if !label.is_empty() {
        found.causes.push(label.to_owned());
    }
    state.page().clone_into(&mut found.page);
    found.data = json!({ "state": number, "shows": state.shows });
    found
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::rules::explored::samples::{explored, gesture, state};
    use crate::rules::explored::{EdgeKind, Explored, State};
    use crate::runtime::monitor::Found;

    fn login() -> State {
        State {
            offers_login: true,
            has_content: false,
            ..state("pages/login/login")
        }
    }

    fn found(explored: &Explored) -> Vec<Found> {
        let mut found = Vec::new();
        judge(explored, &mut found);
        found
    }

    /// Home, its login, home for who is logged in.
    fn wall() -> Explored {
        let logged_in = State {
            has_token: true,
            ..state("pages/home/home")
        };
        explored(
            vec![state("pages/home/home"), login(), logged_in],
            vec![
                gesture(0, 1, "tap \"Mine\""),
                gesture(1, 2, "tap \"Log in\"").answered("phone", "allow"),
                gesture(1, 1, "tap \"Log in\"").answered("phone", "deny"),
            ],
        )
    }

    #[test]
    fn a_dialog_that_stays_open_and_a_button_that_leads_home_make_no_wall() {
        for (is_asking, has_home_button) in [(true, false), (false, true)] {
            let own = State {
                is_asking,
                has_home_button,
                ..login()
            };
            let explored = explored(vec![own], Vec::new());
            assert_eq!(found(&explored), []);
        }
        assert_eq!(found(&explored(vec![login()], Vec::new())).len(), 1);
    }

    #[test]
    fn a_login_without_a_way_out_is_found() {
        let all = found(&wall());
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(
            all[0]
                .says
                .en
                .starts_with("from the login of `pages/login/login` nothing leads back")
        );
        assert_eq!(all[0].causes, ["tap \"Mine\""]);
    }

    #[test]
    fn a_way_back_is_one_by_a_gesture_or_the_menu_but_not_out_of_the_program() {
        for kind in [EdgeKind::Gesture, EdgeKind::Menu] {
            let mut back = wall();
            back.edges.push(gesture(1, 0, "back"));
            back.edges[3].kind = kind;
            assert_eq!(found(&back), [], "{kind:?}");
        }
        let mut out = wall();
        out.states.push(State {
            is_expanded: true,
            has_content: true,
            ..State::default()
        });
        out.edges.push(gesture(1, 3, "back"));
        assert_eq!(found(&out).len(), 1);
    }

    #[test]
    fn what_was_not_tried_is_not_known() {
        let mut open = wall();
        open.states[1].is_expanded = false;
        assert_eq!(found(&open), []);
    }

    #[test]
    fn a_cancel_that_changes_nothing_is_found() {
        let mut dead = wall();
        dead.edges.push(gesture(1, 0, "back"));
        dead.edges.push(gesture(1, 1, "tap button \"暂不登录\""));
        let all = found(&dead);
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(
            all[0]
                .says
                .en
                .ends_with("this changes nothing: tap button \"暂不登录\"")
        );
        assert_eq!(all[0].causes, ["tap \"Mine\"", "tap button \"暂不登录\""]);
        dead.edges[4].to = 0;
        assert_eq!(found(&dead), []);
    }
}
