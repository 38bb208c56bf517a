//! What is collected is named in the privacy guide of the console.
//!
//! Only what the platform itself refuses is found; without a word of the settings the guide names everything.

use super::outcome::failure;
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::Entry;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P12",
    name: "privacy-declared",
    weight: Weight::Error,
    title: [
        "Every API that collects something is named in the privacy guide",
        "收集用户信息的接口，都在《用户隐私保护指引》中声明",
    ],
    fix: [
        "add what is collected to the user privacy guide in the console, or leave the call out",
        "在公众平台后台的《用户隐私保护指引》中补充声明，或去掉该调用",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html",
    official: true,
    judged: Judged::Run(|| Box::new(Undeclared)),
};

/// Hears failures.
struct Undeclared;

impl Watcher for Undeclared {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Some(failed) = failure(&entry.event) else {
            return;
        };
        let api = failed.api;
        let (en, zh) = if failed
            .text
            .ends_with("api scope is not declared in the privacy agreement")
        {
            (
                format!(
                    "`{api}` collects what the privacy guide does not name, so the platform refuses it"
                ),
                format!("`{api}` 收集的信息没有在《用户隐私保护指引》中声明，平台拒绝执行"),
            )
        } else if failed.text.ends_with("appid privacy api banned") {
            (
                format!(
                    "`{api}` is called though the privacy guide says that nothing is collected"
                ),
                format!("《用户隐私保护指引》声明不收集信息，却调用了 `{api}`"),
            )
        } else {
            return;
        };
        let found = cx.find_call(failed.call, en, zh);
        found.data = serde_json::json!({ "api": api, "errMsg": failed.text });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn sample(guide: &str) -> Sample {
        let script = "Page({ go() {\n wx.getClipboardData({ fail() {} }) } })";
        let guide = guide.parse().expect("a guide");
        Sample::page("<button bindtap=\"go\">a</button>", script)
            .agrees()
            .with(|config| config.privacy_guide = guide)
            .steps(&["tap text=a"])
    }

    #[test]
    fn what_the_guide_does_not_name_is_found() {
        for (guide, says) in [
            (
                "location",
                "`getClipboardData` collects what the privacy guide does not name",
            ),
            (
                "banned",
                "`getClipboardData` is called though the privacy guide says",
            ),
        ] {
            let found = sample(guide).findings("P12");
            assert_eq!(found.len(), 1, "{guide}: {found:?}");
            assert!(found[0].says.en.starts_with(says), "{found:?}");
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
    }

    #[test]
    fn what_it_names_is_none_and_neither_is_anything_before_it_was_needed() {
        assert_eq!(sample("clipboard").findings("P12"), []);
        assert_eq!(sample("location").day("2022-01-01").findings("P12"), []);
    }
}
