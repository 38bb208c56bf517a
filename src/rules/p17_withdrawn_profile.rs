//! A profile that the platform does not give any more is not shown and not kept.
//!
//! `wx.getUserInfo` gives an anonymous user to versions published after 2021-04-28, `wx.getUserProfile` to all since
//! 2022-10-25: one nickname, one grey avatar for everybody. Found is where that avatar, or that nickname in what
//! follows from the reply, is put into the data of a page or sent to a server.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Cx, Judged, Rule, Watcher};
use crate::api;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::spec::Group;
use crate::world::user_info::{ANONYMOUS_AVATAR, ANONYMOUS_NAME};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P17",
    name: "withdrawn-profile",
    weight: Weight::Warning,
    title: [
        "The anonymous profile that the platform gives to everybody is not used as the user's",
        "不把平台返回的匿名头像和昵称当作用户资料使用",
    ],
    fix: [
        "let the user fill in avatar and nickname (button open-type=chooseAvatar, input type=nickname)",
        "让用户自己填写头像和昵称（button open-type=chooseAvatar、input type=nickname）",
    ],
    source: "https://developers.weixin.qq.com/community/personal/oCJUsw_IiDZ2EYx3nXX0QilnV4so/fav",
    official: true,
    judged: Judged::Run(|| Box::<Profiles>::default()),
};

/// Keeps who gave an anonymous profile.
#[derive(Clone, Default)]
struct Profiles {
    /// Calls that did.
    calls: BTreeSet<u32>,
    /// The API of the last.
    api: String,
}

impl Watcher for Profiles {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Reply { call, api, result } if is_anonymous(&result["userInfo"]) => {
                self.calls.insert(*call);
                api.clone_into(&mut self.api);
            }
            _ if self.calls.is_empty() => {}
            Event::SetData { data, .. } if self.has(&data.to_string(), entry.task, cx) => {
                let api = &self.api;
                let found = cx.find(
                    format!("the anonymous profile of `{api}` is put into the data of the page"),
                    format!("`{api}` 返回的匿名资料被写入页面数据"),
                );
                found.data = serde_json::json!({ "api": api, "to": "page" });
            }
            Event::Call {
                call, api, options, ..
            } if is_sending(api) => {
                self.hear_sent(*call, &options.to_string(), cx);
            }
            _ => {}
        }
    }
}

impl Profiles {
    /// Something is sent to a server.
    fn hear_sent(&self, call: u32, text: &str, cx: &mut Cx<'_>) {
        let task = cx.causes.call(call).map_or(0, |call| call.task);
        if !self.has(text, task, cx) {
            return;
        }
        let api = &self.api;
        let found = cx.find_call(
            call,
            format!("the anonymous profile of `{api}` is sent to a server"),
            format!("`{api}` 返回的匿名资料被发送到服务器"),
        );
        found.data = serde_json::json!({ "api": api, "to": "server" });
    }

    /// Whether a text of that macrotask has the anonymous profile.
    fn has(&self, text: &str, task: u32, cx: &Cx<'_>) -> bool {
        let avatar = ANONYMOUS_AVATAR.split('/').rev().nth(1).unwrap_or_default();
        let follows = || {
            let mut replies = cx.causes.replies(task);
            replies.any(|reply| self.calls.contains(&reply.call))
        };
        let encoded = || ANONYMOUS_NAME.bytes().map(|byte| format!("%{byte:02X}"));
        text.contains(avatar)
            || (text.contains(ANONYMOUS_NAME) || text.contains(&encoded().collect::<String>()))
                && follows()
    }
}

/// Whether a call sends its options to a server.
fn is_sending(name: &str) -> bool {
    let api = api::find(name);
    api.is_some_and(|api| matches!(api.spec.group, Group::Network | Group::Cloud))
}

/// Whether a profile is the one that everybody has.
fn is_anonymous(profile: &Json) -> bool {
    profile["nickName"] == ANONYMOUS_NAME && profile["avatarUrl"] == ANONYMOUS_AVATAR
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    fn run(call: &str, then: &str, day: &str) -> Vec<Found> {
        let script = format!(
            "Page({{ data: {{}}, go() {{ wx.{call}({{ desc: 'to greet', success: (res) => {{\n\
             const user = res.userInfo\n{then}\n}}, fail() {{}} }}) }} }})"
        );
        let sample = Sample::page("<button bindtap=\"go\">a</button>", &script);
        sample
            .agrees()
            .day(day)
            .steps(&["tap text=a"])
            .findings("P17")
    }

    const SHOWS: &str = "this.setData({ user })";
    const NAMES: &str = "this.setData({ name: user.nickName })";
    const SENDS: &str =
        "wx.request({ url: 'https://a.example/', method: 'POST', data: user, fail() {} })";
    const QUERIES: &str = "wx.request({ url: 'https://a.example/?name=' + encodeURIComponent(user.nickName), fail() {} })";

    #[test]
    fn an_anonymous_profile_is_found_where_it_is_shown_or_sent() {
        for call in ["getUserInfo", "getUserProfile"] {
            for (then, says) in [
                (SHOWS, "is put into the data of the page"),
                (NAMES, "is put into the data of the page"),
                (SENDS, "is sent to a server"),
                (QUERIES, "is sent to a server"),
            ] {
                let found = run(call, then, "2026-01-01");
                assert_eq!(found.len(), 1, "{call} {then}: {found:?}");
                let expected = format!("the anonymous profile of `{call}` {says}");
                assert_eq!(found[0].says.en, expected);
                let at = found[0].at.as_ref().expect("a place");
                assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 3));
            }
        }
    }

    #[test]
    fn a_profile_that_is_left_alone_and_a_name_of_the_programs_own_are_none() {
        assert_eq!(run("getUserInfo", "console.log(user)", "2026-01-01"), []);
        let own = "setTimeout(() => 0, 1)";
        assert_eq!(run("getUserInfo", own, "2026-01-01"), []);
        let script = "Page({ data: {}, go() { this.setData({ name: '微信用户' }) } })";
        let page = Sample::page("<button bindtap=\"go\">a</button>", script);
        assert_eq!(page.agrees().steps(&["tap text=a"]).findings("P17"), []);
        let script = "Page({ data: {}, onLoad() { wx.getUserInfo({}) },\n\
                      go() { this.setData({ name: '微信用户' }) } })";
        let page = Sample::page("<button bindtap=\"go\">a</button>", script);
        assert_eq!(
            page.agrees().steps(&["tap text=a"]).findings("P17"),
            [],
            "it follows from the tap"
        );
    }

    #[test]
    fn while_the_platform_gave_the_users_own_profile_there_is_nothing_to_find() {
        assert_eq!(run("getUserProfile", SHOWS, "2022-06-01"), []);
        assert_eq!(
            run("getUserInfo", SHOWS, "2022-06-01").len(),
            1,
            "withdrawn earlier"
        );
        assert_eq!(run("getUserInfo", SHOWS, "2018-03-01"), []);
    }
}
