//! Agreement to the privacy guide comes from a tap on the button that is made for it.
//!
//! `resolve({ event: 'agree', buttonId })` is found when no `agreePrivacyAuthorization` button was tapped before, and
//! when `buttonId` is missing or is none of the buttons that were tapped. Buttons without an id fit any.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P14",
    name: "agree-by-button",
    weight: Weight::Error,
    title: [
        "Agreement to the privacy guide comes from a tap on an agreePrivacyAuthorization button",
        "用户对隐私协议的同意来自点击 agreePrivacyAuthorization 按钮",
    ],
    fix: [
        "call resolve({ event: 'agree', buttonId }) in the bindagreeprivacyauthorization handler of the button with that id",
        "在该 id 的按钮的 bindagreeprivacyauthorization 事件中调用 resolve({ event: 'agree', buttonId })",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html",
    official: true,
    judged: Judged::Run(|| Box::<Buttons>::default()),
};

/// Keeps the buttons that were tapped.
#[derive(Clone, Default)]
struct Buttons {
    /// Ids of tapped buttons; empty for one without.
    tapped: BTreeSet<String>,
}

impl Watcher for Buttons {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Reply { call, api, .. } if api == "button.agreePrivacyAuthorization" => {
                let options = cx.causes.call(*call).map(|call| &call.options);
                let id = options.and_then(|options| options["id"].as_str());
                self.tapped.insert(id.unwrap_or_default().to_owned());
            }
            Event::Sync { api, arguments, .. } if api == "onNeedPrivacyAuthorization.resolve" => {
                let told = &arguments[0];
                if told["event"] == "agree" {
                    let id = told["buttonId"].as_str().unwrap_or_default();
                    self.agreed(id, cx);
                }
            }
            _ => {}
        }
    }
}

impl Buttons {
    /// The program says that the user agreed by that button.
    fn agreed(&self, id: &str, cx: &mut Cx<'_>) {
        let (en, zh) = if self.tapped.is_empty() {
            (
                "the program says that the user agreed, and no agreePrivacyAuthorization button was tapped".to_owned(),
                "没有点击过 agreePrivacyAuthorization 按钮，小程序就上报用户已同意".to_owned(),
            )
        } else if id.is_empty() {
            (
                "the program says that the user agreed, without the `buttonId` of the button"
                    .to_owned(),
                "上报用户已同意时缺少同意按钮的 `buttonId`".to_owned(),
            )
        } else if !self.tapped.contains(id) && !self.tapped.contains("") {
            (
                format!(
                    "the program says that the user agreed by the button `{id}`, which was not tapped"
                ),
                format!("小程序上报用户通过按钮 `{id}` 同意，但该按钮没有被点击过"),
            )
        } else {
            return;
        };
        let tapped = json!(self.tapped);
        cx.find(en, zh).data = json!({ "buttonId": id, "tapped": tapped });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    fn run(resolve: &str, markup_id: &str, steps: &[&str]) -> Vec<Found> {
        let script = format!(
            "let resolve\nwx.onNeedPrivacyAuthorization((done) => {{ resolve = done }})\nPage({{\n\
             go() {{ wx.getClipboardData({{ fail() {{}} }}) }},\n\
             agree() {{ resolve({resolve}) }} }})"
        );
        let markup = format!(
            "<button bindtap=\"go\">a</button><button bindtap=\"agree\">plain</button>\
             <button {markup_id} open-type=\"agreePrivacyAuthorization\" \
             bindagreeprivacyauthorization=\"agree\">agree</button>"
        );
        Sample::page(&markup, &script).steps(steps).findings("P14")
    }

    const TAPPED: [&str; 2] = ["tap text=a", "tap text=agree"];

    #[test]
    fn an_agreement_without_the_button_is_found_where_it_is_told() {
        let resolve = "{ event: 'agree', buttonId: 'yes' }";
        let found = run(resolve, "id=\"yes\"", &["tap text=a", "tap text=plain"]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .says
                .en
                .ends_with("no agreePrivacyAuthorization button was tapped")
        );
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 5));
        assert_eq!(run(resolve, "id=\"yes\"", &TAPPED), []);
        assert_eq!(
            run(resolve, "", &TAPPED),
            [],
            "which button it was is not known"
        );
    }

    #[test]
    fn another_button_and_no_button_are_found() {
        let found = run(
            "{ event: 'agree', buttonId: 'other' }",
            "id=\"yes\"",
            &TAPPED,
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .says
                .en
                .contains("by the button `other`, which was not tapped")
        );
        let found = run("{ event: 'agree' }", "id=\"yes\"", &TAPPED);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].says.en.contains("without the `buttonId`"));
    }

    #[test]
    fn a_refusal_needs_no_button() {
        let steps = ["tap text=a", "tap text=plain"];
        assert_eq!(run("{ event: 'disagree' }", "id=\"yes\"", &steps), []);
    }
}
