//! Personal data are not kept on the phone in clear, nor handed to strangers.
//!
//! The values are those of the world's users, so what is found is theirs for sure, in whatever form. Found are: phone
//! numbers, addresses and the like in the storage, unless `encrypt` was given; an `openid` or `unionid` there
//! (information only, since it is no secret by itself); and personal data in a request without TLS, or to a host that is
//! neither the one that the login codes go to nor one beside it (the latter is information only: the privacy guide must
//! name who gets the data).

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::carried::{Way, carried, host};
use super::minted::{Hit, Kind, Minted};
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P34",
    name: "plain-personal-data",
    weight: Weight::Warning,
    title: [
        "Personal data are not stored on the phone in clear",
        "不在本地以明文保存个人信息",
    ],
    fix: [
        "keep them on the server, show only a part (138****8000), or store them with encrypt: true",
        "将其保存在服务器，只展示部分内容（如 138****8000），或使用 encrypt: true 加密存储",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/en/dev/framework/security.html",
    official: true,
    judged: Judged::Run(|| Box::<Personal>::default()),
};

/// Looks for personal data.
#[derive(Default)]
struct Personal {
    /// What is looked for; read anew after each rest.
    data: Option<Minted>,
    /// Codes of logins.
    codes: BTreeSet<String>,
    /// Hosts that they were sent to: the program's own servers.
    own_hosts: BTreeSet<String>,
}

impl Watcher for Personal {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Reply { api, result, .. } if api == "login" => {
                self.codes
                    .extend(result["code"].as_str().map(str::to_owned));
            }
            Event::Request { url, body, .. } => {
                if self
                    .codes
                    .iter()
                    .any(|code| url.contains(code.as_str()) || body.contains(code.as_str()))
                {
                    self.own_hosts.insert(site(&host(url)));
                }
                self.judge_request(entry, url, cx);
            }
            Event::Call { options, .. } => self.judge_storage(entry, is_encrypted(options), cx),
            Event::Sync { .. } => self.judge_storage(entry, false, cx),
            _ => {}
        }
    }

    fn rest(&mut self, _cx: &mut Cx<'_>) {
        self.data = None;
    }
}

fn is_encrypted(options: &Json) -> bool {
    options["encrypt"] == Json::Bool(true)
}

impl Personal {
    fn hits(&mut self, what: &Json, cx: &Cx<'_>) -> Vec<Hit> {
        let data = self
            .data
            .get_or_insert_with(|| Minted::personal(cx.rest.world));
        data.in_json(what)
    }

    fn judge_storage(&mut self, entry: &Entry, is_encrypted: bool, cx: &mut Cx<'_>) {
        let carried = carried(entry).filter(|carried| carried.way == Way::Storage && !is_encrypted);
        let Some(carried) = carried else {
            return;
        };
        for kind in kinds(&self.hits(&carried.what, cx)) {
            let [en, zh] = kind.words();
            let (en, zh) = (
                format!("{en} is stored on the phone in clear"),
                format!("{zh}以明文写入了本地缓存"),
            );
            let found = match carried.call {
                Some(call) => cx.find_call(call, en, zh),
                None => cx.find(en, zh),
            };
            if is_id(kind) {
                found.weight = Weight::Info;
            }
            found.data = json!({ "way": "storage", "kind": kind });
        }
    }

    fn judge_request(&mut self, entry: &Entry, url: &str, cx: &mut Cx<'_>) {
        let to = host(url);
        let is_open = url.to_lowercase().starts_with("http://");
        let is_strange = !self.own_hosts.is_empty() && !self.own_hosts.contains(&site(&to));
        let Some(carried) = carried(entry).filter(|_| is_open || is_strange) else {
            return;
        };
        for kind in kinds(&self.hits(&carried.what, cx)) {
            let [en, zh] = kind.words();
            let (en, zh) = if is_open {
                (
                    format!("{en} is sent to {to} without TLS"),
                    format!("{zh}以明文发送到 {to}"),
                )
            } else {
                (
                    format!("{en} is sent to {to}, which is not the server that the logins go to"),
                    format!("{zh}被发送到 {to}，而登录并不使用该服务器"),
                )
            };
            let call = carried.call.unwrap_or_default();
            let found = cx.find_call(call, en, zh);
            if !is_open || is_id(kind) {
                found.weight = Weight::Info;
            }
            found.data = json!({ "way": "request", "kind": kind, "host": to, "plain": is_open });
        }
    }
}

fn is_id(kind: Kind) -> bool {
    matches!(kind, Kind::OpenId | Kind::UnionId)
}

/// The kinds of what was found, each once.
fn kinds(hits: &[Hit]) -> BTreeSet<Kind> {
    hits.iter().map(|hit| hit.kind).collect()
}

/// The part of a host that all of its owner's have: its last two labels, three under a country's second level.
fn site(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let second = labels.len().checked_sub(2).map_or("", |at| labels[at]);
    let count = if ["com", "net", "org", "gov", "edu", "co"].contains(&second) {
        3
    } else {
        2
    };
    labels[labels.len().saturating_sub(count)..].join(".")
}

#[cfg(test)]
mod tests {
    use super::site;
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::{Found, Weight};

    fn found(body: &str) -> Vec<Found> {
        let script = format!(
            "Page({{ onLoad() {{ wx.login({{ success: ({{ code }}) => wx.request({{ url: 'https://api.a.example/?code=' + code }}) }}) }},\n go() {{ wx.chooseAddress({{ success: (res) => {{\n {body} }} }}) }} }})"
        );
        let app = r#"{"pages": ["pages/a/a"], "requiredPrivateInfos": ["chooseAddress"]}"#;
        let sample =
            Sample::page("<button bindtap=\"go\">a</button>", &script).file("app.json", app);
        let sample = sample
            .agrees()
            .route("* https://api.a.example/* = 200 {}")
            .route("* http://api.a.example/* = 200 {}");
        sample
            .route("* https://b.example/* = 200 {}")
            .steps(&["tap text=a"])
            .findings("P34")
    }

    fn kinds(found: &[Found]) -> Vec<&str> {
        found
            .iter()
            .filter_map(|found| found.data["kind"].as_str())
            .collect()
    }

    #[test]
    fn what_is_stored_in_clear_is_found_in_every_form() {
        let all = found("wx.setStorageSync('address', res)");
        assert_eq!(kinds(&all), ["phoneNumber", "address"], "{all:?}");
        let at = all[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 3));
        assert_eq!(
            kinds(&found(
                "wx.setStorage({ key: 'a', data: JSON.stringify({ t: [res.telNumber] }) })"
            )),
            ["phoneNumber"]
        );
        let coded = "wx.setStorageSync('a', wx.arrayBufferToBase64(new Uint8Array([...res.telNumber].map(c => c.charCodeAt(0))).buffer))";
        assert_eq!(kinds(&found(coded)), ["phoneNumber"]);
    }

    #[test]
    fn what_is_encrypted_or_hidden_is_not() {
        for body in [
            "wx.setStorage({ key: 'a', data: res, encrypt: true })",
            "wx.setStorageSync('a', res.telNumber.slice(0, 3) + '****')",
            "wx.setStorageSync('a', res.userName)",
            "wx.request({ url: 'https://api.a.example/', method: 'POST', data: res })",
            "wx.request({ url: 'https://www.a.example/', method: 'POST', data: res })",
        ] {
            assert_eq!(found(body), [], "{body}");
        }
    }

    #[test]
    fn strangers_and_open_lines_are_found() {
        let all = found(
            "wx.request({ url: 'https://b.example/', method: 'POST', data: { t: res.telNumber } })",
        );
        assert_eq!(kinds(&all), ["phoneNumber"], "{all:?}");
        assert_eq!(
            (all[0].weight, all[0].data["host"].as_str()),
            (Weight::Info, Some("b.example"))
        );
        let all = found(
            "wx.request({ url: 'http://api.a.example/', method: 'POST', data: { t: res.telNumber } })",
        );
        assert_eq!(kinds(&all), ["phoneNumber"], "{all:?}");
        assert_eq!(all[0].weight, Weight::Warning);
    }

    #[test]
    fn hosts_of_one_owner_are_one_site() {
        assert_eq!(site("api.a.example"), "a.example");
        assert_eq!(site("x.shop.com.cn"), "shop.com.cn");
        assert_eq!(site("localhost"), "localhost");
    }
}
