//! The AppSecret and the interfaces that need it stay on the server.
//!
//! Three things are found: a request of the client to `api.weixin.qq.com`; the secret of the program (or of another one
//! that is registered) in the texts of the package or in what the program handles; and a literal of 32 hexadecimal
//! digits under a name that ends with `secret`, which is what an AppSecret looks like.

use serde_json::json;

use super::carried::{carried, host};
use super::minted::Minted;
use super::{Cx, Judged, Rule, Watcher, texts};
use crate::runtime::monitor::{Weight, Words};
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P23",
    name: "secret-in-client",
    weight: Weight::Error,
    title: [
        "No AppSecret in the client, and no call of api.weixin.qq.com from it",
        "客户端中没有 AppSecret，也不直接请求 api.weixin.qq.com",
    ],
    fix: [
        "call the interfaces of api.weixin.qq.com from your server; reset the secret if a package with it was published",
        "由服务器调用 api.weixin.qq.com 的接口；如果已发布的代码包中含有密钥，请重置密钥",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/en/dev/framework/security.html",
    official: true,
    judged: Judged::Run(|| Box::<Secrets>::default()),
};

/// The host of the interfaces for servers.
const SERVER_HOST: &str = "api.weixin.qq.com";
/// Digits of an AppSecret.
const SECRET_DIGITS: usize = 32;

/// Looks for secrets.
#[derive(Default)]
struct Secrets {
    secrets: Option<Minted>,
}

impl Watcher for Secrets {
    fn begin(&mut self, cx: &mut Cx<'_>) {
        let secrets = Minted::app_secrets(cx.rest.world);
        for text in texts::all(cx) {
            let known = (!secrets.in_text(&text.text).is_empty()).then(|| text.frame(0));
            let literals = text.named_literals().into_iter();
            let mut named = literals.filter(|(name, value, at)| {
                is_secret_name(name) && is_digits(value) && !text.is_in_comment(*at)
            });
            let named = named
                .next()
                .map(|(name, _, at)| (name.to_owned(), text.frame(at)));
            let ([en, zh], name, frame) = match (known, named) {
                (Some(frame), None) => (
                    ["has the AppSecret", "含有 AppSecret"],
                    String::new(),
                    frame,
                ),
                (Some(_), Some((name, frame))) => {
                    (["has the AppSecret", "含有 AppSecret"], name, frame)
                }
                (None, Some((name, frame))) => {
                    let words = [
                        "has a literal that looks like an AppSecret",
                        "含有疑似 AppSecret 的字面量",
                    ];
                    (words, name, frame)
                }
                (None, None) => continue,
            };
            let file = &text.file;
            let found = cx.find_at(
                0,
                Some(frame),
                format!("{file} {en}: everybody who has the package can read it"),
                format!("{file} {zh}：任何拿到代码包的人都能读到"),
            );
            found.data = json!({ "way": "package", "name": name });
        }
        self.secrets = Some(secrets);
    }

    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        if let Event::Call {
            call, api, options, ..
        } = &entry.event
        {
            let url = options["url"].as_str().unwrap_or_default();
            if REQUESTING.contains(&api.as_str()) && host(url) == SERVER_HOST {
                let path = url.split('?').next().unwrap_or_default().to_owned();
                let found = cx.find_call(
                    *call,
                    format!("the client calls {path}, which is for servers"),
                    format!("客户端直接请求了 {path}，该接口只供服务器调用"),
                );
                found.data = json!({ "way": "request", "url": path });
            }
        }
        let Some((carried, secrets)) = carried(entry).zip(self.secrets.as_ref()) else {
            return;
        };
        if let Some(hit) = secrets.in_json(&carried.what).into_iter().next() {
            let [en, zh] = carried.way.words();
            let name = &carried.name;
            let words = Words::new(
                format!("the AppSecret {en} (`{name}`)"),
                format!("AppSecret {zh}（`{name}`）"),
            );
            let found = match carried.call {
                Some(call) => cx.find_call(call, words.en, words.zh),
                None => cx.find(words.en, words.zh),
            };
            found.data = json!({ "way": carried.way.name(), "of": name, "path": hit.path, "form": hit.form });
        }
    }
}

/// APIs that take a URL of a server.
const REQUESTING: [&str; 4] = ["request", "downloadFile", "uploadFile", "connectSocket"];

fn is_secret_name(name: &str) -> bool {
    name.to_lowercase().ends_with("secret")
}

fn is_digits(value: &str) -> bool {
    value.len() == SECRET_DIGITS && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;
    use crate::rules::fixture::Sample;
    use crate::world::{AppFacts, World};

    const OTHER: &str = "0123456789abcdef0123456789abcdef";

    /// The secret of the program of a sample.
    fn secret() -> String {
        let world = World::new(Profile::default(), AppFacts::default(), 0);
        world
            .app_secret(&world.app().app_id.clone())
            .expect("it runs")
    }

    fn sample(script: &str) -> Sample {
        Sample::page("<button bindtap=\"go\">a</button>", script)
    }

    #[test]
    fn a_request_of_the_client_to_the_server_interfaces_is_found() {
        let script = "Page({ go() {\n wx.request({ url: 'https://api.weixin.qq.com/sns/jscode2session?x=1' }) } })";
        let found = sample(script).steps(&["tap text=a"]).findings("P23");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        assert_eq!(
            found[0].data["url"],
            "https://api.weixin.qq.com/sns/jscode2session"
        );
        let other = script.replace("api.weixin.qq.com", "api.weixin.qq.com.example");
        assert_eq!(sample(&other).steps(&["tap text=a"]).findings("P23"), []);
    }

    #[test]
    fn a_secret_in_the_package_is_found_by_its_value_or_its_name() {
        let script = "require('../../config')\nPage({ go() {} })";
        let config = format!("module.exports = {{\n  appSecret: '{OTHER}' }}");
        let found = sample(script).file("config.js", &config).findings("P23");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line, at.column), ("config.js", 2, 15));
        let config = format!("module.exports = {{ k: '{}' }}", secret());
        let found = sample(script).file("config.js", &config).findings("P23");
        assert_eq!(found.len(), 1, "{found:?}");
        for config in [
            format!("module.exports = {{ id: '{OTHER}' }}"),
            format!("// appSecret: '{OTHER}'\nmodule.exports = {{ appSecret: 'of the server' }}"),
        ] {
            let found = sample(script).file("config.js", &config).findings("P23");
            assert_eq!(found, [], "{config}");
        }
    }

    #[test]
    fn a_secret_that_a_server_gives_is_found_on_its_way() {
        let script = "Page({ go() { wx.request({ url: 'https://a.example/', success: ({ data }) => this.setData(data) }) } })";
        let route = format!(r#"* https://a.example/ = 200 {{"key":"{}"}}"#, secret());
        let found = sample(script)
            .route(&route)
            .steps(&["tap text=a"])
            .findings("P23");
        let ways: Vec<&str> = found
            .iter()
            .filter_map(|found| found.data["way"].as_str())
            .collect();
        assert_eq!(ways, ["response", "data"], "{found:?}");
    }
}
