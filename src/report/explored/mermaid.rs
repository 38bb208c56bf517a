//! The states as a Mermaid flowchart, for documents that draw such: pages are subgraphs, states are nodes, ways are arrows.
//!
//! Ways that differ only in what was answered are one arrow; ways that lead back to their state are counted and left out. Of
//! a graph of more than [`STATES_MAX`] states each page is one node. Marks that would mean something to Mermaid are written
//! as `#code;` in every text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::ways::{Way, broken, page_of, pages, ways};
use super::words::{NOTHING, headline, say};
use crate::explore::{Graph, GraphState, Outcome};
use crate::report::suite::Language;
use crate::report::suite::plain::one_line;

/// Most states that are drawn one by one.
pub const STATES_MAX: usize = 200;
/// Longest text of a node or of a line of an arrow, in characters.
const CHARS_MAX: usize = 60;
/// Most lines of an arrow.
const LINES_MAX: usize = 4;
/// Most alternatives of a line.
const ALTERNATIVES_MAX: usize = 4;

/// The flowchart, ending with a line feed.
pub fn mermaid(outcome: &Outcome, language: Language) -> String {
    let graph = &outcome.graph;
    let ways = ways(graph);
    let mut text = String::from("flowchart LR\n");
    let _ = writeln!(text, "%% {}", remark(say(&headline(outcome), language)));
    let loops: usize = ways
        .iter()
        .filter(|way| way.is_loop())
        .map(|way| way.acts.len())
        .sum();
    if loops > 0 {
        let _ = match language {
            Language::English => {
                writeln!(text, "%% {loops} ways back to the same state are left out")
            }
            Language::Chinese => writeln!(text, "%% 省略了 {loops} 条回到原状态的路径"),
        };
    }
    if graph.states.len() > STATES_MAX {
        text.push_str(&by_page(outcome, &ways, language));
    } else {
        text.push_str(&by_state(outcome, &ways, language));
    }
    text.push_str("classDef broken stroke:#c62a2f,stroke-width:3px\n");
    text
}

fn by_state(outcome: &Outcome, ways: &[Way], language: Language) -> String {
    let graph = &outcome.graph;
    let mut text = String::new();
    for (number, page) in pages(graph).into_iter().enumerate() {
        let _ = writeln!(text, "subgraph p{number}[\"{}\"]", title(page, language));
        let own = graph
            .states
            .iter()
            .enumerate()
            .filter(|(_, state)| page_of(state) == page);
        for (state, seen) in own {
            let _ = writeln!(text, "  s{state}{}", node(state, seen));
        }
        text.push_str("end\n");
    }
    for way in ways.iter().filter(|way| !way.is_loop()) {
        let lines = way
            .acts
            .iter()
            .map(|act| say(&act.label(ALTERNATIVES_MAX), language).to_owned());
        let _ = writeln!(
            text,
            "s{} -->|\"{}\"| s{}",
            way.from,
            joined(&lines.collect::<Vec<_>>()),
            way.to
        );
    }
    text + &marked('s', &broken(outcome))
}

/// Where the program begins is round.
fn node(number: usize, state: &GraphState) -> String {
    let shows = if state.seen.shows.is_empty() {
        "–"
    } else {
        &state.seen.shows
    };
    let label = escaped(&format!("{number}: {}", cut(&one_line(shows))));
    if number == 0 {
        format!("([\"{label}\"])")
    } else {
        format!("[\"{label}\"]")
    }
}

/// One node for each page.
fn by_page(outcome: &Outcome, ways: &[Way], language: Language) -> String {
    let graph = &outcome.graph;
    let pages = pages(graph);
    let place = |state: usize| {
        pages
            .iter()
            .position(|page| *page == page_of(&graph.states[state]))
            .unwrap_or(0)
    };
    let mut text = String::new();
    let _ = match language {
        Language::English => writeln!(
            text,
            "%% more than {STATES_MAX} states: one node for each page"
        ),
        Language::Chinese => writeln!(text, "%% 超过 {STATES_MAX} 个状态：每个页面一个节点"),
    };
    for (number, page) in pages.iter().enumerate() {
        let label = format!("{} ({})", title(page, language), count(graph, page));
        let _ = writeln!(text, "p{number}[\"{label}\"]");
    }
    let mut arrows: BTreeMap<(usize, usize), BTreeMap<&str, usize>> = BTreeMap::new();
    for way in ways {
        let ends = (place(way.from), place(way.to));
        for act in way.acts.iter().filter(|_| ends.0 != ends.1) {
            *arrows
                .entry(ends)
                .or_default()
                .entry(say(&act.says, language))
                .or_default() += 1;
        }
    }
    for ((from, to), acts) in arrows {
        let lines: Vec<String> = acts
            .iter()
            .map(|(says, times)| format!("{says} ×{times}"))
            .collect();
        let _ = writeln!(text, "p{from} -->|\"{}\"| p{to}", joined(&lines));
    }
    let broken = broken(outcome).into_iter().map(place).collect();
    text + &marked('p', &broken)
}

fn count(graph: &Graph, page: &str) -> usize {
    graph
        .states
        .iter()
        .filter(|state| page_of(state) == page)
        .count()
}

fn title(page: &str, language: Language) -> String {
    match page {
        "" => NOTHING.say(language).to_owned(),
        page => escaped(&cut(&one_line(page))),
    }
}

fn marked(letter: char, all: &BTreeSet<usize>) -> String {
    let names: Vec<String> = all
        .iter()
        .map(|number| format!("{letter}{number}"))
        .collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("class {} broken\n", names.join(",")),
    }
}

/// Lines of an arrow, escaped.
fn joined(lines: &[String]) -> String {
    let more = lines.len().saturating_sub(LINES_MAX);
    let shown = lines
        .iter()
        .take(LINES_MAX)
        .map(|line| escaped(&cut(&one_line(line))));
    let more = (more > 0).then(|| format!("+{more}"));
    shown.chain(more).collect::<Vec<_>>().join("<br/>")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A line that Mermaid does not read.
fn remark(text: &str) -> String {
    one_line(text).replace(['{', '}', '%'], " ")
}

/// Text in which nothing means anything to Mermaid, between quotation marks.
///
/// A colon is written as a code too: in a line with `style` and `:` Mermaid takes the `;` of a code away.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || " _-.,/=+()?!*×…–|→，。（）、".contains(c) {
            safe.push(c);
        } else {
            let _ = write!(safe, "#{};", u32::from(c));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{STATES_MAX, escaped, mermaid};
    use crate::report::explored::fixture::{edge, hostile, outcome, state};
    use crate::report::suite::Language;

    #[test]
    fn pages_are_subgraphs_and_answers_are_on_one_arrow() {
        let text = mermaid(&outcome(), Language::English);
        let golden = "flowchart LR\n\
            %% 3 states, 7 transitions, complete\n\
            %% 1 ways back to the same state are left out\n\
            subgraph p0[\"pages/login/login\"]\n  s0([\"0#58; Log in\"])\nend\n\
            subgraph p1[\"pages/me/me\"]\n  s1[\"1#58; Hello\"]\n  s2[\"2#58; Hello, saved\"]\nend\n\
            s0 -->|\"tap button #34;Log in#34;#58; phone=deny | phone=dismiss\"| s1\n\
            s1 -->|\"tap save#58; request fails (network)\"| s2\n\
            s1 -->|\"back\"| s0\n\
            class s2 broken\n\
            classDef broken stroke:#c62a2f,stroke-width:3px\n";
        assert_eq!(text, golden);
        let chinese = mermaid(&outcome(), Language::Chinese);
        assert!(
            chinese.contains("%% 3 个状态，7 次转移，已穷尽\n"),
            "{chinese}"
        );
        assert!(chinese.contains("request 失败（network）"), "{chinese}");
    }

    #[test]
    fn no_text_means_anything() {
        assert_eq!(
            escaped("a\"#;`<%{:文"),
            "a#34;#35;#59;#96;#60;#37;#123;#58;文"
        );
        let text = mermaid(&hostile(), Language::English);
        assert!(
            !text.contains("</") && !text.contains('`') && !text.contains("%%{"),
            "{text}"
        );
        for line in text.lines().filter(|line| line.contains('"')) {
            assert!(
                line.matches('"').count() == 2 && line.len() < 1_200,
                "{line}"
            );
        }
    }

    #[test]
    fn a_large_graph_is_one_node_a_page() {
        let mut large = outcome();
        for number in 0..STATES_MAX {
            let choice = u32::try_from(number).expect("small");
            large
                .graph
                .states
                .push(state("pages/many/many", "x", &[9, choice]));
            large.graph.edges.push(edge(0, number + 3, "tap next", &[]));
        }
        let text = mermaid(&large, Language::English);
        assert!(
            text.contains("%% more than 200 states: one node for each page\n"),
            "{text}"
        );
        assert!(text.contains("p2[\"pages/many/many (200)\"]\n"), "{text}");
        assert!(text.contains("p0 -->|\"tap next ×200\"| p2\n"), "{text}");
        assert!(text.contains("class p1 broken\n"), "{text}");
        assert!(text.lines().count() < 20, "{text}");
    }
}
