//! A code of a login or of a phone number is exchanged once, and within five minutes.
//!
//! Judged by what the program sends: the same code in a second request after the first has reached the server (or is
//! still under way), or a code that is older than it lives. A server that answers with a mistake of its own, such as 500,
//! may have used the code before that, so it is spent. A second try is fine when the first did not get there: without a
//! network, after a timeout, or when a gateway says that nobody answered or too many asked.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P21",
    name: "code-once",
    weight: Weight::Error,
    title: [
        "A code of wx.login or of a phone number is used once, within five minutes",
        "wx.login 或手机号的 code 只使用一次，并在五分钟内使用",
    ],
    fix: [
        "get a new code for every exchange, also for one that is tried again, just before it is sent",
        "每次换取之前（包括重试）都重新获取 code，并立即发送",
    ],
    source: "https://www.cnblogs.com/AtlasLapetos/p/18640917",
    official: false,
    judged: Judged::Run(|| Box::<Codes>::default()),
};

/// A code that the program got.
struct Code {
    /// The API that gave it.
    api: String,
    /// When.
    t: i64,
    /// The request that may have used it.
    sent: Option<u32>,
}

/// Follows codes.
#[derive(Default)]
struct Codes {
    codes: BTreeMap<String, Code>,
}

/// Statuses with which a gateway says that the program behind it did not do what was asked: no such path, too slow, too
/// many requests, out of service.
const NOT_ARRIVED: [u64; 6] = [404, 408, 429, 502, 503, 504];
/// Most codes that are followed.
const CODES_MAX: usize = 200;

impl Watcher for Codes {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" => {
                // Numbers of calls begin anew: what was sent stays sent.
                for code in self.codes.values_mut() {
                    code.sent = code.sent.map(|_| 0);
                }
            }
            Event::Reply { call, api, result } => self.hear_reply(*call, api, result, entry.t),
            Event::Request {
                call, url, body, ..
            } => self.hear_request(*call, &[url, body], entry, cx),
            _ => {}
        }
    }
}

impl Codes {
    fn hear_reply(&mut self, call: u32, api: &str, result: &Json, t: i64) {
        let gives = api == "login" || api.ends_with("PhoneNumber");
        let code = result["code"]
            .as_str()
            .filter(|code| gives && code.len() >= 16);
        if let Some(code) = code.filter(|_| self.codes.len() < CODES_MAX) {
            let api = api.to_owned();
            self.codes
                .insert(code.to_owned(), Code { api, t, sent: None });
        }
        let status = result["statusCode"].as_u64();
        let has_arrived = status.is_some_and(|status| !NOT_ARRIVED.contains(&status));
        for code in self.codes.values_mut() {
            if code.sent == Some(call) && !has_arrived {
                code.sent = None;
            }
        }
    }

    fn hear_request(&mut self, call: u32, texts: &[&String], entry: &Entry, cx: &mut Cx<'_>) {
        let life_ms = cx.rest.world.profile().rules.code_life_ms;
        for (text, code) in &mut self.codes {
            if !texts.iter().any(|sent| sent.contains(text.as_str())) {
                continue;
            }
            let api = &code.api;
            let age_ms = entry.t - code.t;
            if code.sent.is_some() {
                let found = cx.find_call(
                    call,
                    format!("the code of `{api}` is sent a second time; it works once"),
                    format!("`{api}` 的 code 被第二次发送；它只能使用一次"),
                );
                found.data = json!({ "api": api, "problem": "used" });
            } else if age_ms >= life_ms {
                let found = cx.find_call(
                    call,
                    format!("the code of `{api}` is sent too late: it works for five minutes"),
                    format!("`{api}` 的 code 发送得太晚：它的有效期是五分钟"),
                );
                found.data = json!({ "api": api, "problem": "old", "age_ms": age_ms });
            }
            code.sent = Some(call);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn sample(script: &str, status: u16) -> Sample {
        let script = format!(
            "const send = (code) => wx.request({{ url: 'https://a.example/login?code=' + code, fail() {{}} }})\n{script}"
        );
        let sample = Sample::page("<button bindtap=\"go\">a</button>", &script);
        sample.route(&format!("* https://a.example/* = {status} {{}}"))
    }

    const KEEPS: &str = "Page({ onLoad() { wx.login({ success: (r) => { this.code = r.code } }) },\ngo() { send(this.code) } })";

    #[test]
    fn a_code_that_is_sent_twice_is_found() {
        let found = sample(KEEPS, 200)
            .steps(&["tap text=a", "tap text=a"])
            .findings("P21");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 1));
        assert!(
            found[0].says.en.contains("a second time"),
            "{}",
            found[0].says.en
        );
        assert_eq!(found[0].data["problem"], "used");
    }

    #[test]
    fn a_code_that_has_reached_the_server_is_spent_whatever_it_answered() {
        let steps = ["tap text=a", "tap text=a"];
        for status in [400, 401, 500] {
            let found = sample(KEEPS, status).steps(&steps).findings("P21");
            assert_eq!(found.len(), 1, "{status}: {found:?}");
            assert_eq!(found[0].data["problem"], "used");
        }
    }

    #[test]
    fn a_second_try_after_the_first_did_not_arrive_and_a_new_code_are_fine() {
        let steps = ["tap text=a", "tap text=a"];
        for status in [429, 502, 503] {
            assert_eq!(sample(KEEPS, status).steps(&steps).findings("P21"), []);
        }
        let steps = ["network none", "tap text=a", "network wifi", "tap text=a"];
        assert_eq!(sample(KEEPS, 200).steps(&steps).findings("P21"), []);
        let fresh = "Page({ go() { wx.login({ success: (r) => send(r.code) }) } })";
        assert_eq!(sample(fresh, 200).steps(&steps).findings("P21"), []);
    }

    #[test]
    fn an_old_code_is_found() {
        let found = sample(KEEPS, 200)
            .steps(&["advance 6m", "tap text=a"])
            .findings("P21");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].data["problem"], "old");
        let found = sample(KEEPS, 200)
            .steps(&["advance 4m", "tap text=a"])
            .findings("P21");
        assert_eq!(found, []);
    }
}
