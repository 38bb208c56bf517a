//! The merchant's keys and the signing of payments stay on the server.
//!
//! Found are: a key of the merchant in the texts of the package or in what the program handles (known keys, and
//! literals of 32 letters and digits under a name such as `mchKey`); a request of the client to WeChat Pay; and a
//! `paySign` that nothing from outside ever had. The last is not said when an answer held something that may be
//! encrypted (a long text of base64 or hexadecimal digits), nor of a `paySign` that has not the form of a signature, nor
//! of one that stands in the program as a literal.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::carried::{Way, carried, host};
use super::minted::{Minted, leaves};
use super::texts::Text;
use super::{Cx, Judged, Rule, Watcher, texts};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P24",
    name: "pay-sign-client",
    weight: Weight::Error,
    title: [
        "The payment key and the signing stay on the server",
        "支付密钥和签名都留在服务器",
    ],
    fix: [
        "let the server make the order and sign; the client only hands on what it got",
        "由服务器下单并签名，客户端只原样传递服务器返回的参数",
    ],
    source: "https://developers.weixin.qq.com/miniprogram/en/dev/framework/security.html",
    official: true,
    judged: Judged::Run(|| Box::<Signing>::default()),
};

/// The host of WeChat Pay.
const PAY_HOST: &str = "api.mch.weixin.qq.com";
/// Characters of a key of a merchant.
const KEY_CHARS: usize = 32;
/// Fewest characters of an RSA signature in base64.
const RSA_CHARS_MIN: usize = 300;
/// From so many characters on a text may be something that is encrypted.
const CIPHER_CHARS_MIN: usize = 400;

/// Most texts of the form of a signature that are kept; with more, none is said to come from nowhere.
const GIVEN_MAX: usize = 5_000;

/// Looks for keys and for signatures that come from nowhere.
#[derive(Default)]
struct Signing {
    keys: Minted,
    /// Texts of the form of a signature that came from outside.
    given: BTreeSet<String>,
    may_decrypt: bool,
}

impl Watcher for Signing {
    fn begin(&mut self, cx: &mut Cx<'_>) {
        self.keys = Minted::merchant_keys(cx.rest.world);
        for text in texts::all(cx) {
            self.look_through(&text, cx);
        }
    }

    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter {
                options: Some(options),
                ..
            } => self.take_in(options),
            Event::Hook { argument, .. } => self.take_in(argument),
            Event::Sync { result, .. } => self.take_in(result),
            Event::Call {
                call, api, options, ..
            } if PAYING.contains(&api.as_str()) => {
                self.judge(*call, options, cx);
            }
            Event::Call {
                call, api, options, ..
            } if host(text_of(options, "url")) == PAY_HOST => {
                let found = cx.find_call(
                    *call,
                    "the client calls WeChat Pay, which only the merchant's server may do",
                    "客户端直接请求了微信支付接口，该接口只供商户服务器调用",
                );
                found.data = json!({ "way": "request", "api": api });
            }
            _ => {}
        }
        let Some(carried) = carried(entry) else {
            return;
        };
        if carried.way == Way::Response {
            self.take_in(&carried.what);
        }
        if let Some(hit) = self.keys.in_json(&carried.what).into_iter().next() {
            let [en, zh] = carried.way.words();
            let (en, zh) = (
                format!("a key of the merchant {en}"),
                format!("商户密钥{zh}"),
            );
            let found = match carried.call {
                Some(call) => cx.find_call(call, en, zh),
                None => cx.find(en, zh),
            };
            found.data = json!({ "way": carried.way.name(), "of": carried.name, "path": hit.path });
        }
    }
}

/// APIs that open the cashier.
const PAYING: [&str; 2] = ["requestPayment", "requestOrderPayment"];

fn text_of<'a>(options: &'a Json, key: &str) -> &'a str {
    options[key].as_str().unwrap_or_default()
}

impl Signing {
    fn look_through(&mut self, text: &Text, cx: &mut Cx<'_>) {
        let literals = text.named_literals();
        for (_, value, _) in &literals {
            if is_signature(value) {
                self.given.insert((*value).to_owned());
            }
        }
        let mut named = literals.into_iter().filter(|(name, value, at)| {
            is_key_name(name) && is_key(value) && !text.is_in_comment(*at)
        });
        let named = named
            .next()
            .map(|(name, _, at)| (name.to_owned(), text.frame(at)));
        let known =
            || (!self.keys.in_text(&text.text).is_empty()).then(|| (String::new(), text.frame(0)));
        let Some((name, frame)) = named.or_else(known) else {
            return;
        };
        let found = cx.find_at(
            0,
            Some(frame),
            format!(
                "{} has a key of the merchant: everybody who has the package can read it",
                text.file
            ),
            format!("{} 中含有商户密钥：任何拿到代码包的人都能读到", text.file),
        );
        found.data = json!({ "way": "package", "name": name });
    }

    /// Something comes from outside of the scripts.
    fn take_in(&mut self, json: &Json) {
        leaves(json, "", &mut |_, text| {
            let is_coded =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
            self.may_decrypt |= text.len() >= CIPHER_CHARS_MIN && text.chars().all(is_coded);
            let plain = text.replace("\\/", "/");
            let words = plain.split(|c: char| !is_coded(c));
            if self.given.len() > GIVEN_MAX {
                return;
            }
            self.given
                .extend(words.filter(|word| is_signature(word)).map(str::to_owned));
        });
    }

    fn judge(&self, call: u32, options: &Json, cx: &mut Cx<'_>) {
        let signature = text_of(options, "paySign");
        let is_whole = !self.may_decrypt && self.given.len() <= GIVEN_MAX;
        if is_signature(signature) && is_whole && !self.given.contains(signature) {
            let found = cx.find_call(
                call,
                "the client signs the payment itself: no answer of a server had this paySign",
                "客户端自己生成了支付签名：任何服务器响应中都没有出现过这个 paySign",
            );
            found.data = json!({ "way": "paySign", "signType": options["signType"] });
        }
    }
}

/// Whether a text has the form of a signature: digits of a sum, or base64 of an RSA signature.
fn is_signature(text: &str) -> bool {
    let is_sum = matches!(text.len(), 32 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_coded = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    is_sum || (text.len() >= RSA_CHARS_MIN && text.chars().all(is_coded))
}

fn is_key(value: &str) -> bool {
    value.len() == KEY_CHARS && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Names under which programs have keys of merchants.
const KEY_NAMES: [&str; 7] = [
    "mchkey",
    "merchantkey",
    "paykey",
    "partnerkey",
    "apiv3key",
    "wxpaykey",
    "mchsecret",
];

fn is_key_name(name: &str) -> bool {
    let plain = name.to_lowercase().replace(['_', '-', '$'], "");
    KEY_NAMES.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;
    use crate::rules::fixture::Sample;
    use crate::world::{AppFacts, World};

    const SUM: &str = "0123456789ABCDEF0123456789ABCDEF";

    fn sample(script: &str) -> Sample {
        let sample = Sample::page("<button bindtap=\"go\">a</button>", script);
        let sample = sample.route(r#"* https://a.example/pay = 200 {"$pay": {"total": 1}}"#);
        sample.answers("pay=cancel").steps(&["tap text=a"])
    }

    fn pays(sign: &str) -> String {
        format!(
            "Page({{ go() {{ wx.request({{ url: 'https://a.example/pay', success: ({{ data }}) => {{
  const paySign = {sign}
  wx.requestPayment({{ ...data, paySign, fail() {{}} }}) }} }}) }} }})"
        )
    }

    #[test]
    fn a_signature_that_came_from_nowhere_is_found() {
        let found = sample(&pays(
            "[...'0123456789ABCDEF'].reverse().join('').repeat(2)",
        ))
        .findings("P24");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 3));
        assert!(
            found[0].says.en.starts_with("the client signs"),
            "{}",
            found[0].says.en
        );
    }

    #[test]
    fn a_signature_of_the_server_is_handed_on() {
        assert_eq!(sample(&pays("data.paySign")).findings("P24"), []);
        let text = format!("const made = '{SUM}'\n{}", pays("made"));
        assert_eq!(sample(&text).findings("P24"), [], "a placeholder");
        let served = sample(&pays("data.s.split('.')[1]"));
        let body = format!(r#"* https://a.example/pay = 200 {{"s":"x.{SUM}.y"}}"#);
        assert_eq!(
            served
                .with(|config| config.routes.clear())
                .route(&body)
                .findings("P24"),
            []
        );
        let long = format!(
            r#"* https://a.example/pay = 200 {{"s":"{}"}}"#,
            "ab".repeat(300)
        );
        let coded = sample(&pays(
            "[...'0123456789ABCDEF'].reverse().join('').repeat(2)",
        ));
        let coded = coded.with(|config| config.routes.clear()).route(&long);
        assert_eq!(coded.findings("P24"), [], "it may be encrypted");
    }

    #[test]
    fn a_key_in_the_package_is_found_by_its_value_or_its_name() {
        let world = World::new(Profile::default(), AppFacts::default(), 0);
        let key = world.merchant_key("1900000001");
        let at = |text: &str| {
            let found = sample(text).steps(&[]).findings("P24");
            found
                .first()
                .and_then(|found| Some(found.at.as_ref()?.line))
        };
        assert_eq!(at(&format!("const k = '{key}'\nPage({{}})")), Some(1));
        assert_eq!(
            at(&format!("\nconst MCH_KEY = '{SUM}'\nPage({{}})")),
            Some(2)
        );
        assert_eq!(at(&format!("const other = '{SUM}'\nPage({{}})")), None);
    }

    #[test]
    fn a_request_of_the_client_to_wechat_pay_is_found() {
        let script = "Page({ go() { wx.request({ url: 'https://api.mch.weixin.qq.com/pay/unifiedorder' }) } })";
        let found = sample(script).findings("P24");
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
