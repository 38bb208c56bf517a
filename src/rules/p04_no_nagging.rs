//! Nobody is asked again and again after a refusal.
//!
//! A question counts as asked again when the same one comes back after it was refused or closed, from the same
//! gesture or from none (a start, a return to the foreground). The same question twice more is found. A dialog of
//! the program's own counts when it follows a refusal of the platform's question, says the same, and was cancelled
//! (or has no cancel button). The next gesture of the user begins anew: whether it was meant for the same feature is
//! not known.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::{Failure, failure};
use super::{Cx, Judged, Root, Rule, Watcher};
use crate::api::question::Question;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P04",
    name: "no-nagging",
    weight: Weight::Error,
    title: [
        "Nobody is asked again and again after a refusal",
        "用户拒绝后不反复弹出同样的请求",
    ],
    fix: [
        "after a refusal go on without it, and ask again only when the user uses the feature again",
        "用户拒绝后继续提供其他功能，等用户再次使用该功能时再询问",
    ],
    source: "https://zz5.net/news/6992",
    official: false,
    judged: Judged::Run(|| Box::<Nagging>::default()),
};

/// How often a refused question may come back.
const AGAIN_MAX: u32 = 1;

/// Keeps refused questions.
#[derive(Clone, Default)]
struct Nagging {
    /// Calls that the platform answered with a refusal of the user.
    calls: BTreeSet<u32>,
    /// Questions that wait for their answer.
    open: BTreeMap<u32, Asked>,
    /// Refused questions: where the refused one came from, and how often it came back.
    refused: BTreeMap<String, (Root, u32)>,
}

/// A question on the way.
#[derive(Clone)]
struct Asked {
    key: String,
    root: Root,
    cancellable: bool,
}

impl Watcher for Nagging {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        if let Some(failed) = failure(&entry.event).filter(Failure::is_refusal) {
            self.calls.insert(failed.call);
        }
        match &entry.event {
            Event::Question {
                question,
                call,
                asked,
            } => self.hear_question(*question, *call, asked, cx),
            Event::Answer {
                question, answer, ..
            } => {
                if let Some(asked) = self.open.remove(question) {
                    self.answered(asked, answer.as_str().unwrap_or_default());
                }
            }
            _ => {}
        }
    }
}

impl Nagging {
    fn hear_question(&mut self, question: u32, call: u32, asked: &Question, cx: &mut Cx<'_>) {
        let task = cx.causes.call(call).map_or(0, |call| call.task);
        let follows = |call: &super::CallFacts| self.calls.contains(&call.call);
        let key = match asked.key.as_str() {
            "modal" if cx.causes.replies(task).any(follows) => format!("modal {}", asked.text),
            "phone" | "profile" => asked.key.clone(),
            key if key.starts_with("scope.") => key.to_owned(),
            _ => return,
        };
        let root = cx.causes.root(task);
        if let Some((first, times)) = self.refused.get_mut(&key) {
            if root == *first || matches!(root, Root::Launch | Root::System) {
                *times += 1;
                if *times > AGAIN_MAX {
                    let times = *times;
                    nag(call, asked, times, cx);
                }
            } else {
                self.refused.remove(&key);
            }
        }
        let cancellable = asked.cancellable;
        let asked = Asked {
            key,
            root,
            cancellable,
        };
        self.open.insert(question, asked);
    }

    fn answered(&mut self, asked: Asked, answer: &str) {
        let is_refused = match answer {
            "deny" | "dismiss" | "cancel" => true,
            "confirm" => !asked.cancellable,
            _ => false,
        };
        if is_refused {
            self.refused.entry(asked.key).or_insert((asked.root, 0));
        } else {
            self.refused.remove(&asked.key);
        }
    }
}

/// Tells of a question that came back too often.
fn nag(call: u32, asked: &Question, times: u32, cx: &mut Cx<'_>) {
    let (en, zh) = if asked.key == "modal" {
        (
            format!(
                "after a refusal the same dialog comes again and again: {}",
                asked.text
            ),
            format!("拒绝后同一弹窗反复出现：{}", asked.text),
        )
    } else {
        let key = &asked.key;
        (
            format!("`{key}` is asked for again and again after the user said no"),
            format!("用户拒绝后仍反复请求 `{key}`"),
        )
    };
    let found = cx.find_call(call, en, zh);
    found.data = serde_json::json!({ "question": asked.key, "times": times });
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    const MARKUP: &str = "<button bindtap=\"go\">a</button>";

    fn run(script: &str, answers: &[&str], steps: &[&str]) -> Vec<Found> {
        let sample = Sample::page(MARKUP, script);
        let sample = answers
            .iter()
            .fold(sample, |sample, answer| sample.answers(answer));
        sample.agrees().steps(steps).findings("P04")
    }

    #[test]
    fn a_prompt_at_every_return_is_found_when_it_comes_back_twice() {
        let script = "Page({ onShow() {\n wx.authorize({ scope: 'scope.record', fail() {} }) } })";
        let back = ["background", "resume"];
        let closed = ["scope.record=dismiss"];
        assert_eq!(
            run(script, &closed, &back),
            [],
            "once more is not yet nagging"
        );
        let found = run(script, &closed, &[back, back].concat());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].says.en,
            "`scope.record` is asked for again and again after the user said no"
        );
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        assert_eq!(
            run(script, &["scope.record=allow"], &[back, back].concat()),
            []
        );
    }

    fn modal(options: &str, times: u32) -> String {
        format!(
            "Page({{ times: 0, go() {{ wx.authorize({{ scope: 'scope.record', fail: () => this.tell() }}) }},\n\
             tell() {{ if (this.times++ < {times}) {{\n\
             wx.showModal({{ content: 'please', {options} success: (res) => this.again(res) }}) }} }},\n\
             again(res) {{ this.tell() }} }})"
        )
    }

    #[test]
    fn the_programs_own_dialog_is_found_when_it_does_not_go_away() {
        let answers = ["scope.record=deny", "modal=cancel"];
        let tap = ["tap text=a"];
        let found = run(&modal("", 3), &answers, &tap);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .says
                .en
                .contains("the same dialog comes again and again")
        );
        assert_eq!(found[0].at.as_ref().map(|at| at.line), Some(3));
        assert_eq!(run(&modal("", 2), &answers, &tap), [], "twice in all");
        let answers = ["scope.record=deny", "modal=confirm"];
        let found = run(&modal("showCancel: false,", 3), &answers, &tap);
        assert_eq!(found.len(), 1, "no way out: {found:?}");
        assert_eq!(run(&modal("", 3), &answers, &tap), [], "the user wants to");
    }

    #[test]
    fn every_new_gesture_may_ask() {
        let script = "Page({ go() { wx.authorize({ scope: 'scope.record', fail() {} }) } })";
        let taps = ["tap text=a"; 4];
        assert_eq!(run(script, &["scope.record=dismiss"], &taps), []);
        let script = "Page({ go() { wx.authorize({ scope: 'scope.record', fail() {\n\
            wx.showModal({ content: 'please' }) } }) } })";
        let answers = ["scope.record=deny", "modal=cancel"];
        assert_eq!(run(script, &answers, &taps), []);
    }

    #[test]
    fn dialogs_that_have_nothing_to_do_with_a_refusal_are_none() {
        let script = "Page({ go() { const ask = (n) => wx.showModal({ content: 'a', success() { n && ask(n - 1) } });\nask(4) } })";
        assert_eq!(run(script, &["modal=cancel"], &["tap text=a"]), []);
    }
}
