//! Who does not give the phone number can still look around.
//!
//! Judged when everything was tried and the number was both given and refused. An error is a program that shows
//! content to nobody who has not given it. Pages that only those see who have given it are told as information: some
//! pages may well need it, and which is for people to say.

use std::collections::BTreeSet;

use serde_json::json;

use super::explored::{Edge, Explored};
use super::{Judged, Rule};
use crate::runtime::monitor::{Found, Weight, Words};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P09",
    name: "browse-without-phone",
    weight: Weight::Error,
    title: [
        "Browsing does not need the phone number",
        "浏览内容不需要提供手机号",
    ],
    fix: [
        "ask for the number where something is ordered or bound to it, and show everything else without",
        "只在下单或绑定等必要环节请求手机号，其余内容无需手机号即可浏览",
    ],
    source: "https://developers.weixin.qq.com/community/personal/oCJUsww2bW2mLOHG6bTbidYPPexw/fav",
    official: true,
    judged: Judged::Exploration(judge),
};

fn judge(explored: &Explored, found: &mut Vec<Found>) {
    let answers = || explored.edges.iter().flat_map(|edge| &edge.answers);
    let refuses = |answer: &str| matches!(answer, "deny" | "dismiss");
    let is_refused = answers().any(|(key, answer)| key == "phone" && refuses(answer));
    let is_given = explored.edges.iter().any(gives_phone);
    if !explored.is_complete || explored.states.is_empty() || !is_refused || !is_given {
        return;
    }
    let free = explored.reached(0, |edge| !gives_phone(edge));
    let all = explored.reached(0, |_| true);
    let pages = |states: &BTreeSet<usize>| -> BTreeSet<&str> {
        let pages = states.iter().map(|number| explored.states[*number].page());
        pages.filter(|page| !page.is_empty()).collect()
    };
    let shows = |states: &BTreeSet<usize>| {
        let mut states = states.iter().map(|number| &explored.states[*number]);
        states.any(|state| !state.stack.is_empty() && state.has_content)
    };
    let (seen, every) = (pages(&free), pages(&all));
    let gated: Vec<&str> = every.difference(&seen).copied().collect();
    if !shows(&free) && shows(&all) {
        let says = Words::new(
            "without the phone number nothing can be seen but the request for it",
            "不提供手机号就看不到任何内容",
        );
        found.push(tell(says, RULE.weight, &gated, every.len()));
    } else if !gated.is_empty() {
        let (count, total, names) = (gated.len(), every.len(), gated.join(", "));
        let says = Words::new(
            format!("only who gives the phone number sees {count} of {total} pages: {names}"),
            format!("{total} 个页面中有 {count} 个只有提供手机号后才能看到：{names}"),
        );
        found.push(tell(says, Weight::Info, &gated, every.len()));
    }
}

/// Whether the phone number is given on the way.
fn gives_phone(edge: &Edge) -> bool {
    let mut answers = edge.answers.iter();
    answers.any(|(key, answer)| key == "phone" && matches!(answer.as_str(), "allow" | "verify"))
}

fn tell(says: Words, weight: Weight, gated: &[&str], pages: usize) -> Found {
    let mut found = RULE.found(says);
    found.weight = weight;
    found.data = json!({ "gated": gated, "pages": pages });
    found
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::rules::explored::samples::{explored, gesture, state};
    use crate::rules::explored::{Explored, State};
    use crate::runtime::monitor::{Found, Weight};

    fn found(explored: &Explored) -> Vec<Found> {
        let mut found = Vec::new();
        judge(explored, &mut found);
        found
    }

    /// A first page that asks for the number, and what is behind it.
    fn program(first: State) -> Explored {
        explored(
            vec![first, state("pages/shop/shop")],
            vec![
                gesture(0, 1, "tap \"Phone\"").answered("phone", "allow"),
                gesture(0, 0, "tap \"Phone\"").answered("phone", "deny"),
            ],
        )
    }

    fn wall() -> State {
        State {
            has_content: false,
            offers_login: true,
            ..state("pages/login/login")
        }
    }

    #[test]
    fn a_program_that_shows_nothing_without_the_number_is_found() {
        let all = found(&program(wall()));
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].weight, Weight::Error);
        assert!(
            all[0]
                .says
                .en
                .starts_with("without the phone number nothing can be seen")
        );
        assert_eq!(all[0].data["gated"], serde_json::json!(["pages/shop/shop"]));
    }

    #[test]
    fn pages_behind_the_number_are_told_and_are_no_error() {
        let all = found(&program(state("pages/home/home")));
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].weight, Weight::Info);
        let says = "only who gives the phone number sees 1 of 2 pages: pages/shop/shop";
        assert_eq!(all[0].says.en, says);
    }

    #[test]
    fn another_way_to_the_same_page_is_enough() {
        let mut free = program(wall());
        free.edges.push(gesture(0, 1, "tap \"Later\""));
        assert_eq!(found(&free), []);
    }

    #[test]
    fn what_was_not_tried_is_not_known() {
        let mut part = program(wall());
        part.is_complete = false;
        assert_eq!(found(&part), []);
        let mut given = program(wall());
        given.edges.pop();
        assert_eq!(found(&given), [], "nobody refused");
        let mut refused = program(wall());
        refused.edges.remove(0);
        assert_eq!(found(&refused), [], "nobody gave it");
    }
}
