//! A program logs in when it needs to, not whenever it is shown.
//!
//! Strict: a login counts as needless when the session of an earlier one of this run still lives, the program keeps
//! what its own server answered to the request with that login's code (in the storage, or as part of a later
//! request), it got that less than ten minutes ago, and a hook of the program or of a page leads to the login, not a
//! handler, an answer of the server or a failed `wx.checkSession`. What a program keeps in variables alone is not seen.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::carried::{Way, carried};
use super::minted::leaves;
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P19",
    name: "login-when-needed",
    weight: Weight::Warning,
    title: [
        "wx.login is called when the program needs a login, not whenever it is shown",
        "只在需要登录时才调用 wx.login，而不是每次显示都登录",
    ],
    fix: [
        "keep your own token and call wx.checkSession first; log in again only when that fails or the server refuses the token",
        "保存自己的登录态并先调用 wx.checkSession；只有它失败或服务器拒绝该登录态时才重新登录",
    ],
    source: "https://developers.weixin.qq.com/community/develop/doc/0004e0a9eeceb005adba25e7f5bc00",
    official: true,
    judged: Judged::Run(|| Box::<Logins>::default()),
};

/// How long a token surely holds, in milliseconds.
const TOKEN_MS: i64 = 10 * 60_000;
/// Fewest characters of a token.
const TOKEN_CHARS_MIN: usize = 8;

/// Follows logins and what came of them.
#[derive(Default)]
struct Logins {
    /// Codes of logins.
    codes: BTreeSet<String>,
    /// When the session was last used for a login; `None` when there is none.
    alive_from: Option<i64>,
    /// Requests that had a code.
    exchanges: BTreeSet<u32>,
    /// Texts that came for a code, and when.
    tokens: BTreeMap<String, i64>,
    /// Those that the program keeps: storage key (empty: elsewhere), text.
    kept: BTreeSet<(String, String)>,
    /// Calls that failed.
    failed: BTreeSet<u32>,
}

impl Watcher for Logins {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" => {
                // Numbers of calls begin anew.
                self.exchanges.clear();
                self.failed.clear();
                self.kept.retain(|(key, _)| !key.is_empty());
            }
            Event::Step { step } if ENDING.iter().any(|word| step.starts_with(word)) => {
                *self = Self::default();
            }
            Event::Call { call, api, .. } if api == "login" => self.judge(*call, entry, cx),
            Event::Reply { call, api, result } => self.hear_reply(*call, api, result, entry.t),
            Event::Request {
                call,
                url,
                header,
                body,
                ..
            } => {
                let header = Json::Object(header.clone()).to_string();
                let texts = [url, body, &header];
                self.hear_request(*call, &texts);
            }
            Event::Sync { api, .. } if api == "clearStorageSync" => self.forget(|_| true),
            _ => {}
        }
        self.hear_storage(entry);
    }
}

/// Steps after which nothing of before holds.
const ENDING: [&str; 4] = ["expire", "deleteApp", "user ", "program "];

impl Logins {
    fn hear_reply(&mut self, call: u32, api: &str, result: &Json, t: i64) {
        let message = result["errMsg"].as_str().unwrap_or_default();
        if message.contains(":fail") {
            self.failed.insert(call);
        }
        if let Some(code) = result["code"].as_str().filter(|_| api == "login") {
            self.codes.insert(code.to_owned());
            self.alive_from = Some(t);
        }
        let is_good = result["statusCode"]
            .as_u64()
            .is_some_and(|status| status < 400);
        if is_good && self.exchanges.remove(&call) {
            leaves(&result["data"], "", &mut |_, text| {
                if text.chars().count() >= TOKEN_CHARS_MIN {
                    self.tokens.insert(text.to_owned(), t);
                }
            });
        }
    }

    fn hear_request(&mut self, call: u32, texts: &[&String]) {
        let has = |wanted: &String| texts.iter().any(|text| text.contains(wanted.as_str()));
        if self.codes.iter().any(has) {
            self.exchanges.insert(call);
        }
        let sent = self.tokens.keys().filter(|token| has(token));
        let sent: Vec<String> = sent.cloned().collect();
        self.kept
            .extend(sent.into_iter().map(|token| (String::new(), token)));
    }

    fn hear_storage(&mut self, entry: &Entry) {
        let (api, what) = match &entry.event {
            Event::Call { api, options, .. } => (api, options["key"].clone()),
            Event::Sync { api, arguments, .. } => (api, arguments[0].clone()),
            _ => return,
        };
        let key = what.as_str().unwrap_or("?").to_owned();
        match api.as_str() {
            "removeStorage" | "removeStorageSync" => self.forget(|known| known == key),
            "clearStorage" => self.forget(|_| true),
            _ => {}
        }
        let Some(carried) = carried(entry).filter(|carried| carried.way == Way::Storage) else {
            return;
        };
        let text = carried.what.to_string();
        self.forget(|known| known == key);
        let stored = self
            .tokens
            .keys()
            .filter(|token| text.contains(token.as_str()));
        let stored: Vec<String> = stored.cloned().collect();
        self.kept
            .extend(stored.into_iter().map(|token| (key.clone(), token)));
    }

    fn forget(&mut self, is_meant: impl Fn(&str) -> bool) {
        self.kept
            .retain(|(key, _)| key.is_empty() || !is_meant(key));
    }

    fn judge(&self, call: u32, entry: &Entry, cx: &mut Cx<'_>) {
        let idle_ms = cx.rest.world.profile().rules.session_idle_ms;
        let is_alive = self.alive_from.is_some_and(|from| entry.t - from < idle_ms);
        let is_young = |token: &String| {
            self.tokens
                .get(token)
                .is_some_and(|from| entry.t - from < TOKEN_MS)
        };
        let holds = self.kept.iter().any(|(_, token)| is_young(token));
        let hook = cx
            .causes
            .hooks(entry.task)
            .next()
            .unwrap_or_default()
            .to_owned();
        let is_needed = cx
            .causes
            .replies(entry.task)
            .any(|reply| reply.api == "request" || self.failed.contains(&reply.call));
        if is_alive && holds && is_lifecycle(&hook) && !is_needed {
            let found = cx.find_call(
                call,
                format!("{hook} logs in again though the session lives and the program keeps what its server gave it"),
                format!("会话仍然有效，程序也保存着服务器给的登录态，{hook} 却又调用了 wx.login"),
            );
            found.data = json!({ "hook": hook });
        }
    }
}

/// Whether the last hook on the way is one that runs by itself.
fn is_lifecycle(hook: &str) -> bool {
    let name = hook.rsplit('.').next().unwrap_or_default();
    matches!(name, "onLaunch" | "onShow" | "onLoad" | "onReady")
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn sample(app: &str) -> Sample {
        Sample::page(
            "<button bindtap=\"again\">a</button>",
            "Page({ again() { getApp().login() } })",
        )
        .file("app.js", app)
        .route(r#"* https://a.example/login = 200 {"token":"token-1234567890"}"#)
    }

    const LOGIN: &str = "  login() { wx.login({ success: ({ code }) => wx.request({ url: 'https://a.example/login', data: { code },
      success: ({ data }) => wx.setStorageSync('token', data.token) }) }) },";

    const TWICE: [&str; 2] = ["background", "resume"];

    #[test]
    fn a_login_whenever_it_is_shown_is_found() {
        let app = format!("App({{\n{LOGIN}\n  onShow() {{ this.login() }} }})");
        let found = sample(&app).steps(&TWICE).findings("P19");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("app.js", 2));
        assert!(
            found[0].says.en.starts_with("App.onShow logs in again"),
            "{}",
            found[0].says.en
        );
    }

    #[test]
    fn a_start_with_the_token_in_the_storage_is_found_too() {
        let app = format!("App({{\n{LOGIN}\n  onLaunch() {{ this.login() }} }})");
        let found = sample(&app).steps(&["launch"]).findings("P19");
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn whoever_checks_or_whom_the_user_asks_logs_in_rightly() {
        let checks = "  onShow() { wx.checkSession({ fail: () => this.login(), success: () => { if (!wx.getStorageSync('token')) this.login() } }) }";
        let app = format!("App({{\n{LOGIN}\n{checks} }})");
        assert_eq!(sample(&app).steps(&TWICE).findings("P19"), []);
        let steps = ["background", "expire", "resume"];
        assert_eq!(
            sample(&app).steps(&steps).findings("P19"),
            [],
            "the session ended"
        );
        let app = format!("App({{\n{LOGIN}\n  onLaunch() {{ this.login() }} }})");
        assert_eq!(
            sample(&app).steps(&["tap text=a"]).findings("P19"),
            [],
            "a tap"
        );
    }

    #[test]
    fn without_a_token_or_a_session_a_login_is_needed() {
        let shows = format!(
            "App({{\n{LOGIN}\n  onShow() {{ this.login() }}, onHide() {{ wx.removeStorageSync('token') }} }})"
        );
        assert_eq!(sample(&shows).steps(&TWICE).findings("P19"), [], "no token");
        let shows = shows.replace("wx.removeStorageSync('token')", "");
        assert_eq!(sample(&shows).steps(&TWICE).findings("P19").len(), 1);
        let steps = ["background", "expire", "resume"];
        assert_eq!(
            sample(&shows).steps(&steps).findings("P19"),
            [],
            "no session"
        );
    }
}
