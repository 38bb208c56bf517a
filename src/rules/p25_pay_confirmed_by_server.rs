//! That the cashier calls back is no proof of a payment, and that it does not is no proof of none.
//!
//! Found are: a program that says after the success callback of `wx.requestPayment` that it is paid (in a toast, a
//! dialog, its data or the address of a page) and has asked no server since when it comes to rest; and, for a user who
//! paid while the callback got lost, a program that is opened or brought to the front again and asks no server either,
//! or takes the order for unpaid all the same and orders the payment once more.
//! A program that keeps a socket, or that has a timer running, may hear of the payment there and is not found.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::asks_server::asks_server;
use super::minted::leaves;
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::value::Frame;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P25",
    name: "pay-confirmed-by-server",
    weight: Weight::Warning,
    title: [
        "Whether an order is paid is asked of the server, not told by the cashier's callback",
        "订单是否支付成功以服务器查询结果为准，而不是收银台的回调",
    ],
    fix: [
        "after the callback, and whenever the program is shown with an open order, ask your server, which was notified or queries the order",
        "在回调之后、以及带着未完成订单再次显示时，向自己的服务器查询（服务器以支付通知或查单为准）",
    ],
    source: "https://apifox.com/apidoc/docs-site/1172626/doc-962820",
    official: false,
    judged: Judged::Run(|| Box::<Payments>::default()),
};

/// What became of a payment.
enum Outcome {
    /// The callback said so; where the program said it first: what, macrotask, place.
    CalledBack(Option<(String, u32, Option<Frame>)>),
    /// The callback got lost; whether the program was opened since.
    Lost(bool),
}

/// Follows payments.
#[derive(Default)]
struct Payments {
    /// Calls of open questions.
    asked: BTreeMap<u32, u32>,
    /// Payments after which no server was asked, by call.
    open: BTreeMap<u32, Outcome>,
    /// Whether a socket was opened.
    has_socket: bool,
    /// How far it has come with a payment whose callback got lost.
    lost: Lost,
}

/// A payment whose callback got lost.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Lost {
    /// There is none.
    #[default]
    None,
    /// The user has paid.
    Paid,
    /// The program was opened or brought to the front since.
    Opened,
}

impl Watcher for Payments {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Enter { kind, .. } if kind == "launch" || kind == "foreground" => {
                self.open
                    .retain(|_, outcome| matches!(outcome, Outcome::Lost(_)));
                for outcome in self.open.values_mut() {
                    *outcome = Outcome::Lost(true);
                }
                if self.lost == Lost::Paid {
                    self.lost = Lost::Opened;
                }
            }
            Event::Question {
                question,
                call,
                asked,
                ..
            } if asked.key == "pay" => {
                self.asked.insert(*question, *call);
            }
            Event::Answer {
                question, answer, ..
            } if answer == "lostCallback" => {
                self.lost = Lost::Paid;
                if let Some(call) = self.asked.get(question) {
                    self.open.insert(*call, Outcome::Lost(false));
                }
            }
            Event::Server {
                action, problem, ..
            } if action == "prepay" && problem.contains("ORDERPAID") => {
                if std::mem::take(&mut self.lost) == Lost::Opened {
                    let found = cx.find(
                        "the user has paid, the callback got lost, and the program has them pay the same order again",
                        "用户已经支付但回调丢失，程序仍把订单当作未支付，让用户再次支付",
                    );
                    found.data = json!({ "problem": "unpaid" });
                }
            }
            Event::Reply { call, api, result } if api == "requestPayment" => {
                if result["errMsg"] == "requestPayment:ok" {
                    self.open.insert(*call, Outcome::CalledBack(None));
                }
            }
            Event::Call { api, .. } | Event::Sync { api, .. } if asks_server(api) => {
                self.has_socket |= api == "connectSocket";
                self.open.clear();
            }
            _ => self.hear_words(entry, cx),
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        if self.has_socket {
            return self.open.clear();
        }
        let open = std::mem::take(&mut self.open);
        for (call, outcome) in open {
            let may_ask = cx.causes.open_timers().any(|(task, repeats)| {
                repeats || cx.causes.replies(task).any(|reply| reply.call == call)
            });
            match outcome {
                Outcome::CalledBack(Some(_)) | Outcome::Lost(true) if may_ask => {
                    self.open.insert(call, outcome);
                }
                Outcome::CalledBack(Some((text, task, at))) => {
                    let found = cx.find_at(
                        task,
                        at,
                        format!("the program says \"{text}\" after the callback of the cashier and asks no server"),
                        format!("收银台回调之后程序直接显示“{text}”，没有向服务器查询"),
                    );
                    found.data = json!({ "problem": "callback", "says": text });
                }
                Outcome::Lost(true) => {
                    let found = cx.find_call(
                        call,
                        "the user has paid, the callback got lost, and the program asks no server when it is opened again",
                        "用户已经支付但回调丢失，程序再次打开时没有向服务器查询",
                    );
                    found.data = json!({ "problem": "lost" });
                }
                Outcome::CalledBack(None) | Outcome::Lost(false) => {
                    self.open.insert(call, outcome);
                }
            }
        }
    }
}

impl Payments {
    /// What the program says after a callback.
    fn hear_words(&mut self, entry: &Entry, cx: &Cx<'_>) {
        let said = match &entry.event {
            Event::SetData { data, .. } => data,
            Event::Call { api, options, .. } if SAYING.contains(&api.as_str()) => options,
            _ => return,
        };
        for (call, outcome) in &mut self.open {
            let Outcome::CalledBack(words @ None) = outcome else {
                continue;
            };
            if cx
                .causes
                .replies(entry.task)
                .any(|reply| reply.call == *call)
                && let Some(text) = paid_words(said)
            {
                *words = Some((text, entry.task, cx.stack.first().cloned()));
            }
        }
    }
}

/// APIs that tell the user something.
const SAYING: [&str; 6] = [
    "showToast",
    "showModal",
    "navigateTo",
    "redirectTo",
    "reLaunch",
    "switchTab",
];

/// Words that say that something is paid.
const PAID: [&str; 8] = [
    "支付成功",
    "付款成功",
    "购买成功",
    "支付完成",
    "已支付",
    "已付款",
    "payment successful",
    "paid",
];
/// Words that have one of those and say something else.
const UNPAID: [&str; 5] = ["unpaid", "not paid", "未支付", "未已支付", "prepaid"];

/// The text of a value that says that something is paid.
fn paid_words(json: &Json) -> Option<String> {
    let mut found = None;
    leaves(json, "", &mut |_, text| {
        let small = text.to_lowercase();
        let says = PAID.iter().any(|word| small.contains(word));
        if found.is_none() && says && !UNPAID.iter().any(|word| small.contains(word)) {
            found = Some(text.to_owned());
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    fn sample(success: &str, more: &str) -> Sample {
        let script = format!(
            "Page({{ {more} pay() {{ wx.request({{ url: 'https://a.example/pay', success: ({{ data }}) => wx.requestPayment({{ ...data,
  success: () => {{ {success} }}, fail() {{}} }}) }}) }} }})"
        );
        let sample = Sample::page("<button bindtap=\"pay\">a</button>", &script);
        let sample = sample.route(r#"* https://a.example/pay = 200 {"$pay": {"total": 1}}"#);
        let sample = sample.route("* https://a.example/order = 200 {}");
        sample.steps(&["tap text=a", "advance 3s"])
    }

    const TOAST: &str = "wx.showToast({ title: '支付成功' })";
    const ASK: &str = "wx.request({ url: 'https://a.example/order' })";

    #[test]
    fn who_says_paid_without_a_question_to_the_server_is_found() {
        let found = sample(TOAST, "").answers("pay=pay").findings("P25");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        assert!(
            found[0].says.en.contains("支付成功"),
            "{}",
            found[0].says.en
        );
        let data = sample("this.setData({ state: 'paid' })", "")
            .answers("pay=pay")
            .findings("P25");
        assert_eq!(data.len(), 1, "{data:?}");
    }

    #[test]
    fn who_asks_or_says_nothing_is_not() {
        for success in [
            ASK,
            &format!("{TOAST}; {ASK}"),
            &format!("setTimeout(() => {ASK}, 1000); {TOAST}"),
            &format!("this.timer = setInterval(() => {ASK}, 4000); {TOAST}"),
            "this.setData({ state: 'unpaid' })",
            "wx.navigateTo({ url: '/pages/a/a?order=1' })",
        ] {
            let found = sample(success, "").answers("pay=pay").findings("P25");
            assert_eq!(found, [], "{success}");
        }
        let cancelled = sample(TOAST, "").answers("pay=cancel").findings("P25");
        assert_eq!(cancelled, [], "not paid");
    }

    #[test]
    fn after_a_lost_callback_the_server_is_asked_when_it_is_shown_again() {
        let steps = ["tap text=a", "background", "resume"];
        let lost = |more: &str| {
            let sample = sample(TOAST, more).answers("pay=lostCallback");
            sample.steps(&steps).findings("P25")
        };
        let found = lost("");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].data["problem"], "lost");
        assert_eq!(found[0].at.as_ref().map(|at| at.line), Some(1));
        assert_eq!(lost(&format!("onShow() {{ {ASK} }},")), []);
        let stays = sample(TOAST, "")
            .answers("pay=lostCallback")
            .findings("P25");
        assert_eq!(stays, [], "it was not opened since");
    }

    #[test]
    fn who_has_an_order_paid_twice_is_found() {
        let script = format!(
            "Page({{ onShow() {{ {ASK} }}, pay() {{ wx.request({{ url: 'https://a.example/pay', success: ({{ data }}) => {{
  if (data.package) wx.requestPayment({{ ...data, fail() {{}} }}) }} }}) }} }})"
        );
        let run = |answer: &str, steps: &[&str]| {
            let sample = Sample::page("<button bindtap=\"pay\">a</button>", &script);
            let order = r#"{"$pay": {"out_trade_no": "ORDER1", "total": 1}}"#;
            let sample = sample.route(&format!("* https://a.example/pay = 200 {order}"));
            let sample = sample.route("* https://a.example/order = 200 {}");
            sample.answers(answer).steps(steps).findings("P25")
        };
        let again = ["tap text=a", "background", "resume", "tap text=a"];
        let found = run("pay=lostCallback", &again);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].data["problem"], "unpaid");
        assert_eq!(run("pay=lostCallback", &again[..3]), []);
        assert_eq!(run("pay=cancel", &again), [], "it is not paid");
    }
}
