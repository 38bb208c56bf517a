//! No login comes between encrypted data and the server that is to read them.
//!
//! A login may replace the session key, and then the server, which exchanges the newest code, has another key than the
//! one that the data were encrypted with. It is found also where the key happened to stay. Strict: the encrypted data
//! must really be sent after the login, without the `code` that came with them (a server that has that needs no key),
//! and a login after a failed `wx.checkSession` is none of this kind.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::world::printed_code::uri_component;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P20",
    name: "login-after-encrypt",
    weight: Weight::Error,
    title: [
        "wx.login is not called between encrypted data and their decryption",
        "在拿到加密数据之后、服务器解密之前，不调用 wx.login",
    ],
    fix: [
        "log in before the user taps the button (or check the session first), and send the data with the session that you have",
        "在用户点击按钮之前就完成登录（或先检查登录态），然后直接把加密数据发给服务器",
    ],
    source: "https://juejin.cn/post/6989887418786644004",
    official: false,
    judged: Judged::Run(|| Box::<Ciphertexts>::default()),
};

/// Encrypted data that no server has read yet.
struct Ciphertext {
    /// The API that gave them.
    api: String,
    /// The data.
    data: String,
    /// The code that came with them.
    code: String,
    /// The first login since.
    login: Option<u32>,
}

/// Follows encrypted data.
#[derive(Default)]
struct Ciphertexts {
    open: Vec<Ciphertext>,
    /// Calls of `wx.checkSession` that failed.
    failed: BTreeSet<u32>,
}

/// Most encrypted data that are followed.
const OPEN_MAX: usize = 20;

impl Watcher for Ciphertexts {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" => *self = Self::default(),
            Event::Reply { call, api, result } => self.hear_reply(*call, api, result),
            Event::Call { call, api, .. } if api == "login" => {
                let mut replies = cx.causes.replies(entry.task);
                if !replies.any(|reply| self.failed.contains(&reply.call)) {
                    for open in &mut self.open {
                        open.login.get_or_insert(*call);
                    }
                }
            }
            Event::Server {
                action, problem, ..
            } if action == "decrypt" && problem.is_empty() => self.open.clear(),
            Event::Request { url, body, .. } => self.sent(&format!("{url}\n{body}"), url, cx),
            Event::Call { api, options, .. }
                if api.contains("callFunction") || api.contains("callContainer") =>
            {
                self.sent(&options.to_string(), api, cx);
            }
            _ => {}
        }
    }
}

impl Ciphertexts {
    fn hear_reply(&mut self, call: u32, api: &str, result: &Json) {
        if api == "checkSession" && result["errMsg"] != "checkSession:ok" {
            self.failed.insert(call);
        }
        let data = result["encryptedData"]
            .as_str()
            .filter(|data| !data.is_empty());
        if let Some(data) = data.filter(|_| self.open.len() < OPEN_MAX) {
            self.open.push(Ciphertext {
                api: api.to_owned(),
                data: data.to_owned(),
                code: result["code"].as_str().unwrap_or_default().to_owned(),
                login: None,
            });
        }
    }

    /// A text is sent to a server.
    fn sent(&mut self, text: &str, to: &str, cx: &mut Cx<'_>) {
        let is_in = |data: &str| {
            text.contains(data)
                || text.contains(&uri_component(data))
                || text.contains(&data.replace('/', "\\/"))
        };
        let mut found = Vec::new();
        self.open.retain(|open| {
            let is_sent = is_in(&open.data);
            let needs_key = open.code.is_empty() || !is_in(&open.code);
            if is_sent && needs_key {
                found.extend(open.login.map(|login| (login, open.api.clone())));
            }
            !is_sent
        });
        for (login, api) in found {
            let found = cx.find_call(
                login,
                format!("wx.login is called after `{api}` gave encrypted data, which are sent to the server only then"),
                format!("`{api}` 返回加密数据之后又调用了 wx.login，之后才把数据发给服务器"),
            );
            found.data = json!({ "api": api, "to": to });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn sample(handler: &str) -> Sample {
        let markup =
            "<button id=\"p\" open-type=\"getPhoneNumber\" bindgetphonenumber=\"got\">a</button>";
        let script = format!(
            "const send = (data) => wx.request({{ url: 'https://a.example/', method: 'POST', data }})\nPage({{\nonLoad() {{ wx.login({{}}) }},\n{handler}\n}})"
        );
        let sample = Sample::page(markup, &script).agrees();
        sample
            .route("* https://a.example/* = 200 {}")
            .steps(&["tap #p"])
    }

    #[test]
    fn a_login_before_the_data_are_sent_is_found_though_the_key_stays() {
        let handler = "got({ detail: { encryptedData, iv } }) { wx.login({ success: ({ code }) => send({ code, encryptedData, iv }) }) }";
        let found = sample(handler).findings("P20");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 4));
        assert!(
            found[0].says.en.contains("`button.getPhoneNumber`"),
            "{}",
            found[0].says.en
        );
    }

    #[test]
    fn data_that_are_sent_first_or_with_their_code_are_fine() {
        for handler in [
            "got({ detail: { encryptedData, iv } }) { send({ encryptedData, iv }) }",
            "got({ detail: { encryptedData, iv } }) { send({ encryptedData, iv }); wx.login({}) }",
            "got({ detail }) { wx.login({ success: () => send(detail) }) }",
            "got({ detail }) { wx.login({ success: ({ code }) => send({ code, phone: detail.code }) }) }",
        ] {
            assert_eq!(sample(handler).findings("P20"), [], "{handler}");
        }
    }

    #[test]
    fn a_login_after_a_failed_check_is_right() {
        let handler = "got({ detail: { encryptedData, iv } }) { wx.checkSession({ fail: () => wx.login({ success: ({ code }) => send({ code, encryptedData, iv }) }) }) }";
        let sample = sample(handler).steps(&["expire", "tap #p"]);
        let entries = sample.run("P20");
        let logins = entries.iter().filter(|entry| {
            serde_json::to_string(entry)
                .is_ok_and(|text| text.contains("\"api\":\"login\"") && text.contains("\"call\""))
        });
        assert!(logins.count() >= 2, "it logs in again");
        let found = entries
            .iter()
            .any(|entry| matches!(entry.event, crate::runtime::trace::Event::Found(_)));
        assert!(!found);
    }
}
