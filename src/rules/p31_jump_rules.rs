//! A program jumps only to programs that its app.json declares, where that is asked for.
//!
//! From base library 2.4.0 until 2020-04-24 the targets of `wx.navigateToMiniProgram` had to stand in
//! `navigateToMiniProgramAppIdList`, at most ten of them; those of `wx.openEmbeddedMiniProgram` stand in
//! `embeddedAppIdList` to this day. What a refusal of the user leads to is not judged here: an exception is
//! [P28](super::p28_unhandled)'s.

use serde_json::json;

use super::{Cx, Judged, Rule, Watcher};
use crate::profile::Date;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::value::Frame;
use crate::version::Version;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P31",
    name: "jump-rules",
    weight: Weight::Error,
    title: [
        "Programs that are jumped to are declared in app.json where the platform asks for it",
        "在平台要求时，跳转的目标小程序已在 app.json 中声明",
    ],
    fix: [
        "add the appid to navigateToMiniProgramAppIdList (at most ten, until 2020-04-24) or to embeddedAppIdList",
        "把 appid 加入 navigateToMiniProgramAppIdList（2020-04-24 之前，最多十个）或 embeddedAppIdList",
    ],
    source: "https://mp.weixin.qq.com/debug/minigame/dev/api/wx.navigateToMiniProgram.html",
    official: true,
    judged: Judged::Run(|| Box::new(Jumps)),
};

/// Base library from which targets are declared.
const LIST_SINCE: Version = Version(2, 4, 0);
/// Day from which they no longer are.
const LIST_UNTIL: Date = Date::new(2020, 4, 24);
/// Most targets.
const LIST_MAX: usize = 10;
/// The key of app.json.
const LIST: &str = "navigateToMiniProgramAppIdList";

/// Hears jumps.
struct Jumps;

impl Watcher for Jumps {
    fn begin(&mut self, cx: &mut Cx<'_>) {
        let profile = cx.rest.world.profile();
        let holds = profile.sdk >= LIST_SINCE && profile.compat_date < LIST_UNTIL;
        let count = cx.app_json()[LIST].as_array().map_or(0, Vec::len);
        if holds && count > LIST_MAX {
            let frame = in_app_json(cx, LIST);
            let found = cx.find_at(
                0,
                Some(frame),
                format!("{LIST} has {count} appids; ten are the most"),
                format!("{LIST} 中有 {count} 个 appid，最多十个"),
            );
            found.data = json!({ "count": count });
        }
    }

    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Event::Reply { call, api, result } = &entry.event else {
            return;
        };
        let message = result["errMsg"].as_str().unwrap_or_default();
        let lists = [LIST, "embeddedAppIdList"];
        let missing = lists
            .into_iter()
            .find(|list| message.ends_with(&format!("is not in {list}")));
        if let Some(list) = missing {
            let facts = cx.causes.call(*call);
            let app_id = facts.map(|call| {
                call.options["appId"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            });
            let app_id = app_id.unwrap_or_default();
            let found = cx.find_call(
                *call,
                format!("`{api}` to {app_id}, which {list} does not name"),
                format!("`{api}` 的目标 {app_id} 没有写在 {list} 中"),
            );
            found.data = json!({ "api": api, "appId": app_id, "list": list });
        }
    }
}

/// The place of a key of app.json.
fn in_app_json(cx: &Cx<'_>, key: &str) -> Frame {
    let text = (cx.rest.text)("app.json").unwrap_or_default();
    let lines = text.lines().enumerate();
    let mut at = lines.filter_map(|(line, text)| Some((line, text.find(&format!("\"{key}\""))?)));
    let (line, column) = at.next().unwrap_or_default();
    let count = |number: usize| u32::try_from(number + 1).unwrap_or(u32::MAX);
    Frame {
        function: String::new(),
        file: "app.json".to_owned(),
        line: count(line),
        column: count(column),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    const DAY: &str = "2019-06-04";

    fn sample(list: &str) -> Sample {
        let script =
            "Page({ go() {\n wx.navigateToMiniProgram({ appId: 'wxother', fail() {} }) } })";
        let sample = Sample::page("<button bindtap=\"go\">a</button>", script);
        let app = format!(
            "{{\"pages\": [\"pages/a/a\"],\n  \"navigateToMiniProgramAppIdList\": {list}}}"
        );
        sample.file("app.json", &app).steps(&["tap text=a"])
    }

    #[test]
    fn a_target_that_is_not_declared_is_found_in_its_time() {
        let found = sample("[]").day(DAY).findings("P31");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        assert_eq!(found[0].data["appId"], "wxother");
        assert_eq!(sample("[\"wxother\"]").day(DAY).findings("P31"), []);
        assert_eq!(sample("[]").findings("P31"), [], "today");
    }

    #[test]
    fn more_than_ten_are_too_many_in_their_time() {
        let many = format!(
            "[{}]",
            (0..11)
                .map(|n| format!("\"wx{n}\""))
                .collect::<Vec<_>>()
                .join(",")
        );
        let found = sample(&many).steps(&[]).day(DAY).findings("P31");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line, at.column), ("app.json", 2, 3));
        assert_eq!(sample(&many).steps(&[]).findings("P31"), []);
    }
}
