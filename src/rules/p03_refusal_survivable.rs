//! The program copes with a refusal.
//!
//! Three things are found. An error that nobody catches in the very reply that tells of the refusal. A mini program
//! that closes itself because of it, with no dialog between that could be cancelled. And a gesture that comes to
//! nothing: a scope is refused, now or earlier, and until the program rests nothing that the user could notice
//! happens.
//!
//! The strict reading of the last: only for scopes, as the phone number and the profile are asked for again by the
//! next tap; only after a gesture, as a program may well go on without what it asked for at its start; not when the
//! gesture has changed the page or its data before, when a timer may still bring something, or when the program
//! missed something that is not simulated.

use super::outcome::{Failure, failure, is_missing, is_noticed};
use super::{Cx, Judged, Root, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Cause, Entry, Event, Fault};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P03",
    name: "refusal-survivable",
    weight: Weight::Error,
    title: [
        "The program copes with a refusal: no error, no dead button, no forced exit",
        "用户拒绝授权后小程序仍能正常使用：不报错、不失去响应、不强制退出",
    ],
    fix: [
        "handle the failure (fail or catch): say what does not work without it and offer another way",
        "处理失败（fail 或 catch）：告诉用户缺少该权限时不能做什么，并提供其他途径",
    ],
    source: "https://developers.weixin.qq.com/minigame/dev/guide/base-ability/authorize.md",
    official: true,
    judged: Judged::Run(|| Box::<Refusals>::default()),
};

/// Keeps refusals until the program rests.
#[derive(Clone, Default)]
struct Refusals {
    /// The gesture under way.
    gesture: u32,
    /// Whether something could be noticed since it began.
    is_noticed: bool,
    /// Refused calls of the run, with their APIs.
    refused: Vec<(u32, String)>,
    /// Those of scopes since the program last rested, with the macrotasks of their replies.
    quiet: Vec<(u32, u32)>,
}

impl Watcher for Refusals {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Task {
                cause: Cause::Gesture(number),
                ..
            } if *number != self.gesture => {
                self.gesture = *number;
                self.is_noticed = false;
            }
            Event::Error { fault, .. } if *fault != Fault::Wxsim => self.hear_error(entry, cx),
            Event::Call { call, api, .. } if is_exit(api) => self.hear_exit(*call, api, cx),
            _ => {}
        }
        let counts = if self.quiet.is_empty() {
            matches!(entry.event, Event::SetData { .. } | Event::Route { .. })
        } else {
            is_noticed(&entry.event)
        };
        self.is_noticed |= counts || is_missing(&entry.event);
        if let Some(failed) = failure(&entry.event).filter(Failure::is_refusal) {
            self.refused.push((failed.call, failed.api.to_owned()));
            if is_of_scope(failed.api) {
                self.quiet.push((failed.call, entry.task));
            }
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        for (call, reply) in std::mem::take(&mut self.quiet) {
            let Some(facts) = cx.causes.call(call) else {
                continue;
            };
            let by_gesture = matches!(cx.causes.root(facts.task), Root::Gesture(_));
            if self.is_noticed || !by_gesture || cx.causes.leads_to_timer(reply) {
                continue;
            }
            let api = facts.api.clone();
            let found = cx.find_call(
                call,
                format!("`{api}` is refused and nothing happens: no change of the page, no word to the user"),
                format!("`{api}` 被拒绝后没有任何反应：页面没有变化，也没有提示"),
            );
            found.data = serde_json::json!({ "api": api });
        }
    }
}

impl Refusals {
    /// An error in the reply that tells of a refusal.
    fn hear_error(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Event::Error { exception, .. } = &entry.event else {
            return;
        };
        let reply = cx.causes.replies(entry.task).next().map(|reply| reply.call);
        let known = self.refused.iter().find(|(call, _)| Some(*call) == reply);
        let Some((call, api)) = known.cloned() else {
            return;
        };
        self.quiet.retain(|(quiet, _)| *quiet != call);
        let headline = exception.headline();
        let at = exception.stack.first().cloned();
        let found = cx.find_at(
            entry.task,
            at,
            format!("when `{api}` is refused, an error is not caught: {headline}"),
            format!("`{api}` 被拒绝时出现未捕获的错误：{headline}"),
        );
        found.data = serde_json::json!({ "api": api, "error": headline });
    }

    /// The program closes itself.
    fn hear_exit(&self, call: u32, exit: &str, cx: &mut Cx<'_>) {
        let Some(facts) = cx.causes.call(call) else {
            return;
        };
        let may_choose = |reply: &&super::CallFacts| match reply.api.as_str() {
            "showModal" => reply.options["showCancel"] != false,
            "showActionSheet" => true,
            _ => false,
        };
        let is_refused = |number: u32| self.refused.iter().find(|(known, _)| *known == number);
        let replies: Vec<_> = cx.causes.replies(facts.task).collect();
        let Some(at) = replies
            .iter()
            .position(|reply| is_refused(reply.call).is_some())
        else {
            return;
        };
        if replies[..at].iter().any(may_choose) {
            return;
        }
        let api = replies[at].api.clone();
        let found = cx.find_call(
            call,
            format!("`{api}` is refused and the program closes itself with `{exit}`"),
            format!("`{api}` 被拒绝后，小程序用 `{exit}` 强制退出"),
        );
        found.data = serde_json::json!({ "api": api, "exit": exit });
    }
}

/// Whether an API closes the program.
fn is_exit(api: &str) -> bool {
    matches!(api, "exitMiniProgram" | "navigateBackMiniProgram")
}

/// Whether what an API asks for is a scope, which nobody is asked for again.
fn is_of_scope(api: &str) -> bool {
    api != "getUserProfile" && !api.starts_with("button.")
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    const MARKUP: &str = "<button bindtap=\"go\">a</button>\
        <button open-type=\"getPhoneNumber\" bindgetphonenumber=\"phone\">phone</button>";

    fn refused(methods: &str) -> Vec<Found> {
        let script = format!("Page({{ data: {{}},\n{methods}\n}})");
        Sample::page(MARKUP, &script)
            .answers("scope.record=deny")
            .answers("phone=deny")
            .answers("modal=confirm")
            .agrees()
            .steps(&["tap text=a", "tap text=phone"])
            .findings("P03")
    }

    #[test]
    fn an_error_that_a_refusal_leads_to_is_found_where_it_is_thrown() {
        for body in [
            "async go() { await wx.authorize({ scope: 'scope.record' }) }",
            "go() { wx.authorize({ scope: 'scope.record', fail(e) {\n e.a.b } }) }",
        ] {
            let found = refused(body);
            assert_eq!(found.len(), 1, "{body}: {found:?}");
            assert!(
                found[0]
                    .says
                    .en
                    .starts_with("when `authorize` is refused, an error")
            );
            let line = found[0].at.as_ref().map(|at| (at.file.as_str(), at.line));
            let expected = if body.contains('\n') { 3 } else { 2 };
            assert_eq!(line, Some(("pages/a/a.js", expected)), "{body}");
        }
        let found = refused("go() {}, phone(e) { e.detail.code.length }");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].says.en.contains("`button.getPhoneNumber`"),
            "{found:?}"
        );
    }

    #[test]
    fn a_button_that_does_nothing_after_a_refusal_is_found_at_the_call() {
        let found = refused(
            "go() { wx.authorize({ scope: 'scope.record', fail() { console.log('no') } }) }",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        assert!(
            found[0]
                .says
                .en
                .starts_with("`authorize` is refused and nothing happens")
        );
    }

    #[test]
    fn to_ask_again_for_what_was_refused_is_no_reaction() {
        let again = "wx.authorize({ scope: 'scope.record', fail() {} })";
        let body = format!(
            "go() {{ wx.authorize({{ scope: 'scope.record', fail: () => {{\n {again} }} }}) }}"
        );
        let lines = refused(&body)
            .into_iter()
            .map(|found| found.at.map(|at| at.line));
        assert_eq!(lines.collect::<Vec<_>>(), [Some(2), Some(3)]);
    }

    #[test]
    fn whatever_the_user_can_notice_is_a_reaction() {
        for reaction in [
            "wx.showToast({ title: 'no' })",
            "this.setData({ denied: true })",
            "wx.showModal({ content: 'no' })",
            "setTimeout(() => wx.showToast({ title: 'no' }), 10)",
            "wx.request({ url: 'https://a.example/denied', complete() {} })",
        ] {
            let body = format!(
                "go() {{ wx.authorize({{ scope: 'scope.record', fail: () => {{ {reaction} }} }}) }}"
            );
            assert_eq!(refused(&body), [], "{reaction}");
        }
        let before =
            "go() { this.setData({ tab: 1 }); wx.authorize({ scope: 'scope.record', fail() {} }) }";
        assert_eq!(refused(before), []);
    }

    #[test]
    fn a_phone_number_is_asked_for_again_so_silence_is_no_dead_button() {
        assert_eq!(refused("go() {}, phone(e) {}"), []);
    }

    #[test]
    fn what_was_asked_for_at_the_start_may_stay_without_a_word() {
        let script = "Page({ onLoad() { wx.authorize({ scope: 'scope.record', fail() {} }) } })";
        assert_eq!(
            Sample::page("", script)
                .answers("scope.record=deny")
                .findings("P03"),
            []
        );
    }

    #[test]
    fn what_is_asked_for_at_a_return_may_stay_without_a_word() {
        let script = "Page({ times: 0, go() {}, onShow() { if (this.times++) {\n\
                      wx.authorize({ scope: 'scope.record', fail() {} }) } } })";
        let sample = Sample::page(MARKUP, script).answers("scope.record=deny");
        let steps = ["tap text=a", "background", "resume"];
        assert_eq!(sample.steps(&steps).findings("P03"), []);
    }

    #[test]
    fn an_exit_is_forced_unless_the_user_may_choose() {
        let ask = |fail: &str| {
            refused(&format!(
                "go() {{ wx.authorize({{ scope: 'scope.record', fail() {{\n {fail} }} }}) }}"
            ))
        };
        let found = ask("wx.exitMiniProgram({ fail() {} })");
        let says = |found: &[Found]| found.first().map(|found| found.says.en.clone());
        let exits = "`authorize` is refused and the program closes itself with `exitMiniProgram`";
        assert_eq!(says(&found).as_deref(), Some(exits));
        let found =
            ask("wx.showModal({ showCancel: false, success() { wx.exitMiniProgram({}) } })");
        assert_eq!(says(&found).as_deref(), Some(exits));
        assert_eq!(
            ask("wx.showModal({ success() { wx.exitMiniProgram({}) } })"),
            []
        );
    }
}
