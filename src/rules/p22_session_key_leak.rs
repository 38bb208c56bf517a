//! The session key never leaves the program's server.
//!
//! The keys are those of the world, so that what is found is one of them for sure, in whatever form. An answer of a
//! server that was recorded elsewhere has another key: a member called `session_key` that is 16 bytes in base64 is one
//! too.

use serde_json::{Value as Json, json};

use super::carried::{Way, carried};
use super::minted::{Minted, leaves};
use super::{Cx, Judged, Rule, Watcher};
use crate::crypto::base64_text;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::Entry;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P22",
    name: "session_key-leak",
    weight: Weight::Error,
    title: [
        "The session_key never reaches the client",
        "session_key 不会到达客户端",
    ],
    fix: [
        "keep the session_key on the server and give the client a token of your own",
        "把 session_key 留在服务器，只把自己的登录态给客户端",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/en/dev/framework/security.html",
    official: true,
    judged: Judged::Run(|| Box::<Keys>::default()),
};

/// Looks for session keys.
#[derive(Default)]
struct Keys {
    keys: Minted,
    /// Whether the keys of this moment are among them.
    is_fresh: bool,
}

impl Watcher for Keys {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Some(carried) = carried(entry) else {
            return;
        };
        if !self.is_fresh {
            self.keys.merge(&Minted::session_keys(cx.rest.world));
            self.is_fresh = true;
        }
        let known = self.keys.in_json(&carried.what);
        let hit = known.first().map(|hit| (hit.path.clone(), json!(hit.form)));
        let named = || {
            Some((named_key(&carried.what)?, Json::Null)).filter(|_| carried.way == Way::Response)
        };
        let Some((path, form)) = hit.or_else(named) else {
            return;
        };
        let [en, zh] = carried.way.words();
        let name = &carried.name;
        let en = format!("the session_key {en} (`{name}`)");
        let zh = format!("session_key {zh}（`{name}`）");
        let found = match carried.call {
            Some(call) => cx.find_call(call, en, zh),
            None => cx.find(en, zh),
        };
        found.data = json!({ "way": carried.way.name(), "of": name, "path": path, "form": form });
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        // A key that is replaced later may still be told.
        self.keys.merge(&Minted::session_keys(cx.rest.world));
        self.is_fresh = false;
    }
}

/// Where a value has a member that can only be a session key.
fn named_key(json: &Json) -> Option<String> {
    let mut found = None;
    leaves(json, "", &mut |path, text| {
        let name = path.rsplit('.').next().unwrap_or_default();
        let is_named = matches!(name, "session_key" | "sessionKey");
        let is_key =
            || text.len() == 24 && base64_text::decode(text).is_some_and(|key| key.len() == 16);
        if found.is_none() && is_named && is_key() {
            found = Some(path.to_owned());
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::trace::Event;

    const SCRIPT: &str =
        "Page({ onLoad() { wx.login({ success: ({ code }) => this.setData({ ready: !!code }) }) },
  go() { wx.request({ url: 'https://a.example/', success: ({ data }) => {
    this.setData({ user: data })
    console.log(data.k)
    wx.setStorageSync('k', data)
    wx.request({ url: 'https://b.example/?k=' + encodeURIComponent(data.k || '') })
  } }) } })";

    fn sample(body: &str) -> Sample {
        let sample = Sample::page("<button bindtap=\"go\">a</button>", SCRIPT);
        let sample = sample.route(&format!("* https://a.example/ = 200 {body}"));
        sample.route("* https://b.example/* = 200 {}")
    }

    /// The key of the first login.
    fn key() -> String {
        let sample = sample("{}").with(|config| config.reveals_session_key = true);
        let entries = sample.steps(&["server code2session"]).run("P22");
        let told = entries.into_iter().find_map(|entry| match entry.event {
            Event::Server { result, .. } => result["session_key"].as_str().map(str::to_owned),
            _ => None,
        });
        told.expect("a key")
    }

    #[test]
    fn a_key_is_found_wherever_it_goes() {
        let found = sample(&format!(r#"{{"k":"{}"}}"#, key()))
            .steps(&["tap text=a"])
            .findings("P22");
        let ways: Vec<&str> = found
            .iter()
            .filter_map(|found| found.data["way"].as_str())
            .collect();
        assert_eq!(
            ways,
            ["response", "data", "console", "storage", "request"],
            "{found:?}"
        );
        let lines: Vec<u32> = found
            .iter()
            .filter_map(|found| Some(found.at.as_ref()?.line))
            .collect();
        assert_eq!(lines, [2, 3, 4, 5, 6]);
        assert_eq!(found[0].data["path"], "data.k");
        assert!(found[4].data["form"] == "url", "{:?}", found[4].data);
    }

    #[test]
    fn a_recorded_answer_has_a_key_of_another_world() {
        let of = |body: &str| sample(body).steps(&["tap text=a"]).findings("P22");
        let found = of(r#"{"session_key":"MDEyMzQ1Njc4OWFiY2RlZg=="}"#);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].data["path"], "data.session_key");
        assert_eq!(
            of(r#"{"session_key":"own-token","k":"MDEyMzQ1Njc4OWFiY2RlZg=="}"#),
            []
        );
    }
}
