//! An exploration as one HTML file that needs nothing else: the states drawn, what each shows, what does not hold.
//!
//! Everything is there without JavaScript: the drawing, the stories, the matrix, the states as a list. The script lets people
//! walk through the graph. It makes elements of texts only, and a policy in the page forbids every request.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::drawing::{came, drawing, kind_name, legend};
use super::html::{both, document, escaped, list, matrix, phrase, shown, shown_words, source};
use super::layout::layout;
use super::ways::{Trail, Way, broken, page_of, shortest, story_of, trail, ways};
use super::words::{AGAIN, CAUSES, NOTHING, Phrase, START, STORY, headline, weight};
use crate::explore::{Graph, GraphState, Outcome, Violation};
use crate::report::suite::Language;
use crate::runtime::monitor::Words;

/// Most states that are drawn and listed; those on the stories of violations are besides.
pub const STATES_MAX: usize = 1_000;

const SWITCH: Phrase = Phrase("中文", "English");
const VIOLATIONS: Phrase = Phrase("What does not hold", "发现的问题");
const NO_VIOLATIONS: Phrase = Phrase("Nothing was found.", "没有发现问题。");
const UNDECIDED: Phrase = Phrase(
    "Not decided, because not everything was tried",
    "未穷尽，无法判定",
);
const STATES: Phrase = Phrase("All states", "所有状态");
const SEARCH: Phrase = Phrase("find a state", "查找状态");
const ALL: Phrase = Phrase("all ways", "显示所有路径");
const HINT: Phrase = Phrase(
    "Click a state, or move with the arrow keys and press Enter.",
    "点击一个状态，或用方向键移动后按回车键。",
);

/// The page; `language` is the one that it opens in.
pub fn page(outcome: &Outcome, title: &str, language: Language) -> String {
    let graph = &outcome.graph;
    let ways = ways(graph);
    let trails: Vec<Trail> = outcome
        .violations
        .iter()
        .map(|one| trail(one, graph))
        .collect();
    let is_drawn = drawn(graph, &trails);
    let layout = layout(graph, &ways, &is_drawn);
    let broken = broken(outcome);
    let mut body = head(outcome, title, &is_drawn);
    let _ = write!(
        body,
        "<main>\n<div class=\"graph\">\n{}{}<div class=\"view\" id=\"view\">\n{}</div>\n</div>\n{}</main>\n",
        tools(),
        legend(),
        drawing(graph, &ways, &layout, &broken),
        aside(outcome)
    );
    body.push_str(&matrix(&outcome.matrix));
    body.push_str(&states(graph, &is_drawn, &broken));
    let class = if outcome.violations.is_empty() {
        "quiet"
    } else {
        "bad"
    };
    let data = data(outcome, &ways, &trails, &layout.places);
    document(title, language, class, &body, &data)
}

fn drawn(graph: &Graph, trails: &[Trail]) -> Vec<bool> {
    let on_trails: BTreeSet<usize> = trails
        .iter()
        .flat_map(|trail| trail.states.iter().copied())
        .collect();
    (0..graph.states.len())
        .map(|state| state < STATES_MAX || on_trails.contains(&state))
        .collect()
}

fn head(outcome: &Outcome, title: &str, is_drawn: &[bool]) -> String {
    let mut text = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"totals\">{}</p>\n",
        escaped(title),
        both(&headline(outcome))
    );
    let drawn = is_drawn.iter().filter(|own| **own).count();
    if drawn < is_drawn.len() {
        let all = is_drawn.len();
        let words = Words::new(
            format!("{drawn} of the {all} states are shown, those with the shortest stories"),
            format!("显示 {all} 个状态中操作步骤最短的 {drawn} 个"),
        );
        let _ = writeln!(text, "<p class=\"cut\">{}</p>", both(&words));
    }
    let _ = writeln!(
        text,
        "<p class=\"tools\"><button id=\"switch\">{}</button></p>\n</header>",
        phrase(SWITCH)
    );
    text
}

fn tools() -> String {
    format!(
        "<p class=\"tools\"><label>{} <input type=\"search\" id=\"search\"></label> \
         <label><input type=\"checkbox\" id=\"all\"> {}</label> \
         <button id=\"smaller\">−</button> <button id=\"larger\">+</button> <button id=\"fit\">↔</button></p>\n",
        phrase(SEARCH),
        phrase(ALL)
    )
}

fn aside(outcome: &Outcome) -> String {
    let mut text = format!(
        "<aside>\n<div id=\"detail\" aria-live=\"polite\"><p class=\"hint\">{}</p></div>\n<h2>{} ({})</h2>\n",
        phrase(HINT),
        phrase(VIOLATIONS),
        outcome.violations.len()
    );
    if outcome.violations.is_empty() {
        let _ = writeln!(text, "<p>{}</p>", phrase(NO_VIOLATIONS));
    }
    for (number, one) in outcome.violations.iter().enumerate() {
        text.push_str(&violation(number, one));
    }
    if !outcome.undecided.is_empty() {
        let names: Vec<String> = outcome.undecided.iter().map(|name| escaped(name)).collect();
        let _ = writeln!(
            text,
            "<h2>{}</h2>\n{}",
            phrase(UNDECIDED),
            list("ul", "undecided", &names)
        );
    }
    text + "</aside>\n"
}

fn violation(number: usize, one: &Violation) -> String {
    let class = match one.weight {
        crate::runtime::monitor::Weight::Error => "error",
        crate::runtime::monitor::Weight::Warning => "warning",
        crate::runtime::monitor::Weight::Info => "info",
    };
    let mut text = format!(
        "<details class=\"violation {class}\" id=\"v{number}\">\n<summary><span class=\"weight\">{}</span> <b>{}</b> {}</summary>\n",
        phrase(weight(one.weight)),
        escaped(&one.property),
        both(&one.says)
    );
    if let Some(at) = &one.at {
        text.push_str(&source(at, &one.source_line));
    }
    let mut lines = vec![phrase(START)];
    lines.extend(one.story.iter().map(both));
    let _ = write!(
        text,
        "<h3>{}</h3>\n{}",
        phrase(STORY),
        list("ol", "story", &lines)
    );
    if !one.causes.is_empty() {
        let lines: Vec<String> = one.causes.iter().map(|cause| escaped(cause)).collect();
        let _ = write!(
            text,
            "<h3>{}</h3>\n{}",
            phrase(CAUSES),
            list("ol", "causes", &lines)
        );
    }
    if !one.replay.is_empty() {
        let replay = escaped(&one.replay);
        let _ = writeln!(
            text,
            "<h3>{}</h3>\n<pre class=\"replay\">{replay}</pre>",
            phrase(AGAIN)
        );
    }
    text + "</details>\n"
}

/// All states as a list: what is read where there is no script.
fn states(graph: &Graph, is_drawn: &[bool], broken: &BTreeSet<usize>) -> String {
    let shortest = shortest(graph);
    let mut text = format!(
        "<details class=\"states\">\n<summary>{}</summary>\n<table>\n",
        phrase(STATES)
    );
    for (number, state) in graph
        .states
        .iter()
        .enumerate()
        .filter(|(number, _)| is_drawn[*number])
    {
        let story = story_of(number, &shortest, graph);
        let story: Vec<String> = story
            .into_iter()
            .map(|edge| both(&came(&graph.edges[edge])))
            .collect();
        let class = if broken.contains(&number) {
            " class=\"broken\""
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "<tr{class}><td>{number}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            page_name(state),
            escaped(&state.seen.shows),
            story.join(" → ")
        );
    }
    text + "</table>\n</details>\n"
}

fn page_name(state: &GraphState) -> String {
    match page_of(state) {
        "" => phrase(NOTHING),
        page => escaped(page),
    }
}

/// What the script reads: states, ways and violations by their numbers.
fn data(
    outcome: &Outcome,
    ways: &[Way],
    trails: &[Trail],
    places: &[Option<(usize, usize)>],
) -> Json {
    let graph = &outcome.graph;
    let shortest = shortest(graph);
    let states: Vec<Json> = graph.states.iter().enumerate().map(|(number, state)| {
        let Some((x, y)) = places[number] else {
            return Json::Null;
        };
        let seen = &state.seen;
        let choices: Vec<String> = state.choices.iter().map(u32::to_string).collect();
        let via = shortest[number].map(|edge| {
            let edge = &graph.edges[edge];
            json!({ "from": edge.from, "says": shown_words(&came(edge)) })
        });
        json!({
            "x": x, "y": y, "via": via, "choices": choices.join(","), "isExpanded": state.is_expanded,
            "stack": seen.stack.iter().map(|page| shown(page)).collect::<Vec<_>>(),
            "shows": shown(&seen.shows), "hasToken": seen.has_token,
            "refused": seen.refused.iter().map(|scope| shown(scope)).collect::<Vec<_>>(),
        })
    }).collect();
    let ways: Vec<Json> = ways
        .iter()
        .map(|way| {
            let is_drawn = places[way.from].is_some() && places[way.to].is_some();
            let acts = way.acts.iter().filter(|_| is_drawn).map(
                |act| json!({ "kind": kind_name(act.kind), "says": shown_words(&act.label(12)) }),
            );
            json!({ "from": way.from, "to": way.to, "acts": acts.collect::<Vec<_>>() })
        })
        .collect();
    let violations: Vec<Json> = trails
        .iter()
        .map(|trail| json!({ "states": trail.states }))
        .collect();
    json!({ "states": states, "ways": ways, "violations": violations })
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::{STATES_MAX, page};
    use crate::explore::Bound;
    use crate::report::explored::fixture::{HOSTILE, hostile, outcome, state};
    use crate::report::explored::html::between;
    use crate::report::suite::Language;

    fn data(page: &str) -> Json {
        let text = between(
            page,
            "<script type=\"application/json\" id=\"data\">",
            "</script>",
        );
        serde_json::from_str(text).expect("the data is JSON")
    }

    #[test]
    fn the_data_is_read_back() {
        let data = data(&page(&outcome(), "shop", Language::English));
        assert_eq!(data["states"].as_array().map(Vec::len), Some(3));
        assert_eq!(
            data["states"][1]["via"]["says"]["en"],
            "tap button \"Log in\" · phone=deny"
        );
        assert_eq!(data["states"][1]["choices"], "0,1,0,0");
        assert_eq!(data["ways"][0]["acts"][0]["kind"], "gesture");
        assert_eq!(
            data["violations"][0]["states"],
            serde_json::json!([0, 1, 2])
        );
    }

    #[test]
    fn everything_is_told_without_a_script() {
        let page = page(&outcome(), "shop", Language::Chinese);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh\">\n"));
        for part in [
            "<title>shop</title>",
            "3 states, 7 transitions, complete",
            "3 个状态，7 次转移，已穷尽",
            "<g class=\"state broken\" id=\"s2\"",
            "<text class=\"page\" x=\"10\" y=\"18\">pages/login/login</text>",
            "<pre class=\"replay\">wxsim explore app --choices 0,1,0,0,0,2</pre>",
            "<pre class=\"source\">pages/me/me.js:12:5\n&gt; 12 |     this.data.user.name\n     |     ^</pre>",
            "<td class=\"unhandled\"><span class=\"en\">unhandled</span><span class=\"zh\">未处理</span> (1)</td><td>P28</td>",
            "<td class=\"unreachable\"><span class=\"en\">unreachable</span>",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn no_text_is_markup_or_ends_the_data() {
        let page = page(&hostile(), HOSTILE, Language::English);
        assert_eq!(page.matches("</script>").count(), 2);
        assert_eq!(page.matches("<script").count(), 2);
        assert!(!page.contains("<b>\"") && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
        let data = data(&page);
        let shows = data["states"][0]["shows"].as_str().unwrap_or_default();
        assert!(
            shows.starts_with("</script><b>\"'`\n") && shows.ends_with('…'),
            "{shows}"
        );
        assert!(shows.chars().count() < 2_100);
    }

    #[test]
    fn nothing_is_loaded() {
        let page = page(&outcome(), "x", Language::English);
        let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
        assert!(
            policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"),
            "{policy}"
        );
        for word in [
            "http:",
            "https:",
            " src=",
            "@import",
            "fetch(",
            "innerHTML",
            " style=",
        ] {
            assert!(!page.contains(word), "{word}");
        }
    }

    #[test]
    fn a_large_graph_is_drawn_as_far_as_it_can_be_read() {
        let mut large = outcome();
        large.bound = Some(Bound::States(1_500));
        for number in 0..1_500 {
            large
                .graph
                .states
                .push(state("pages/many/many", "x", &[9, number]));
        }
        let text = page(&large, "x", Language::English);
        assert_eq!(text.matches("<g class=\"state").count(), STATES_MAX);
        assert!(text.contains("1000 of the 1503 states are shown"));
        assert!(text.contains("bounded by 1500 states"));
    }
}
