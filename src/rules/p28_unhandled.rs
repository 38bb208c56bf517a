//! No script throws and no promise is rejected without anybody who hears it.

use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, ErrorKind, Event, Fault};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P28",
    name: "unhandled",
    weight: Weight::Error,
    title: [
        "No uncaught exception and no unhandled rejection",
        "没有未捕获的异常和未处理的 Promise 拒绝",
    ],
    fix: [
        "catch the error where it can happen: a fail callback, a .catch, a check before the member is read",
        "在可能出错的地方处理：fail 回调、.catch，或在读取成员之前先判断",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/dev/framework/audits/best-practice.html",
    official: true,
    judged: Judged::Run(|| Box::new(Errors)),
};

/// Hears uncaught errors.
struct Errors;

impl Watcher for Errors {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Event::Error {
            kind,
            place,
            fault,
            exception,
            ..
        } = &entry.event
        else {
            return;
        };
        // What is missing in the project, such as a package that was not built, is told on loading.
        if matches!(fault, Fault::Wxsim | Fault::Project) {
            return;
        }
        let headline = exception.headline();
        let (en, zh) = match kind {
            ErrorKind::Exception => ("nobody catches it", "没有被捕获"),
            ErrorKind::Rejection => (
                "a promise is rejected and nobody handles it",
                "Promise 被拒绝且未处理",
            ),
            ErrorKind::Limit => ("the script was ended", "脚本被终止"),
        };
        let at = exception.stack.first().cloned();
        let found = cx.find_at(
            entry.task,
            at,
            format!("{headline}: {en} ({place})"),
            format!("{headline}：{zh}（{place}）"),
        );
        found.data = serde_json::json!({ "place": place });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    #[test]
    fn what_is_thrown_or_rejected_is_found_and_what_is_caught_is_not() {
        let markup = "<button bindtap=\"go\">a</button>";
        for (body, count) in [
            ("null.a", 1),
            ("Promise.reject(new Error('no'))", 1),
            ("wx.request({ url: 'https://a.example/' })", 0),
            ("try { null.a } catch (e) { this.setData({ e: 1 }) }", 0),
            ("Promise.reject(1).catch(() => 1)", 0),
        ] {
            let script = format!("Page({{ go() {{ {body} }} }})");
            let found = Sample::page(markup, &script)
                .steps(&["tap text=a"])
                .findings("P28");
            assert_eq!(found.len(), count, "{body}: {found:?}");
        }
    }
}
