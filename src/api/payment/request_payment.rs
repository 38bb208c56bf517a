//! `wx.requestPayment`: opens the cashier for an order that the program's server made.
//!
//! Official page: `api/payment/wx.requestPayment`; of WeChat Pay: "Calling payment in a mini program". All
//! parameters are texts, `timeStamp` too. A success is no proof of a payment, which is what the server is told
//! of. Up to client 6.5.2 a closed cashier is told to `complete` alone (the official page of 2018). In the
//! developer tool the cashier is a code that the developer scans with a phone. No tap is needed.
//!
//! `signType` is required in the script of 2017 and optional in the typings of 2.4.1.
//!
//! Unverified: that it became optional just there; clients from 8.0.0 name the appid where payments are not
//! permitted; what a wrong password, too little money and a cashier without an answer lead to; the length of
//! `nonceStr` is not checked.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Turn};
use crate::errmsg::{PaymentProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::World;
use crate::world::pay::cashier::{LeaveCashier, OpenCashier, Pay, TypeWrongPassword};
use crate::world::pay::order::Order;

/// Base library since which `signType` may be left out.
const SIGN_TYPE_OPTIONAL_SINCE: Version = Version(2, 4, 1);
/// What `signType` is then.
const USUAL_SIGN_TYPE: &str = "MD5";
/// The last client that tells `complete` alone of a closed cashier.
const OLD_CANCEL_UNTIL: Version = Version(6, 5, 2);
/// Client that names the appid where payments are not permitted.
const NAMES_APP_SINCE: Version = Version(8, 0, 0);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "requestPayment",
    group: Group::Payment,
    summary: "Lets the user pay an order with WeChat Pay.",
    params: &[
        Param::required("timeStamp", Class::String),
        Param::required("nonceStr", Class::String),
        Param::required("package", Class::String),
        Param {
            required_before: SIGN_TYPE_OPTIONAL_SINCE,
            ..Param::defaulted("signType", Class::String)
        },
        Param::required("paySign", Class::String),
    ],
    tap_state: TapState::OfPayment,
    asks_wechat: true,
    fails: &[
        Reason::NoPermission,
        Reason::Payment(PaymentProblem::NotPermitted(String::new())),
        Reason::Payment(PaymentProblem::Limited),
        Reason::Payment(PaymentProblem::NoOrder),
        Reason::Payment(PaymentProblem::OtherPayer),
        Reason::Payment(PaymentProblem::Paid),
        Reason::Payment(PaymentProblem::Closed),
        Reason::Payment(PaymentProblem::Expired),
        Reason::Payment(PaymentProblem::Signature),
        Reason::Cancel,
        Reason::Payment(PaymentProblem::OldCancel),
        Reason::Payment(PaymentProblem::NotEnough),
        Reason::Payment(PaymentProblem::Locked),
        Reason::Timeout,
    ],
    differs: "The user is the simulator's; no money moves.",
    examples: &[Example {
        title: "Parameters that no server signed",
        js: "wx.requestPayment({ timeStamp: '1490840662', nonceStr: 'n', package: 'prepay_id=wx1', signType: 'RSA', paySign: '', fail: ({ errMsg }) => console.log(errMsg) })",
        replies: "requestPayment:fail 调用支付JSAPI缺少参数：total_fee",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Dialog { ask, answered },
};

fn text<'a>(options: &'a Value, key: &str) -> &'a str {
    options.get(key).as_str().unwrap_or_default()
}

pub(super) fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    if !cx.world.may_ask_for_payment() {
        return Err(not_permitted(cx.world));
    }
    let sign_type = options.get("signType").as_str();
    let order = cx.world.apply(OpenCashier {
        user: &cx.caller,
        time_stamp: text(options, "timeStamp"),
        nonce: text(options, "nonceStr"),
        package: text(options, "package"),
        sign_type: sign_type.unwrap_or(USUAL_SIGN_TYPE),
        pay_sign: text(options, "paySign"),
    });
    let order = order.map_err(Reason::Payment)?;
    Ok(question(cx.world, &order, ""))
}

fn not_permitted(world: &World) -> Reason {
    if world.profile().client < NAMES_APP_SINCE {
        return Reason::NoPermission;
    }
    let app_id = world.app().app_id.clone();
    Reason::Payment(PaymentProblem::NotPermitted(app_id))
}

/// The cashier; `said` is what it says besides.
fn question(world: &World, order: &Order, said: &str) -> Question {
    let in_tool = world.profile().platform == Platform::Devtools;
    let (yuan, fen) = (order.total / 100, order.total % 100);
    let price = format!("¥{yuan}.{fen:02}");
    let code = if in_tool { "扫码支付" } else { "" };
    let parts = [said, code, &price, &order.description, &order.mch_id];
    let shown: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Question::new("pay", shown.join(" / "))
}

pub(super) fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Turn {
    let prepay_id = World::prepay_id(text(options, "package"));
    let at = Pay {
        prepay_id,
        user: &cx.caller,
    };
    let word = answer.as_str().unwrap_or_default();
    let reason = match word {
        "cancel" if cx.world.profile().client <= OLD_CANCEL_UNTIL => {
            Reason::Payment(PaymentProblem::OldCancel)
        }
        "cancel" => Reason::Cancel,
        "notEnough" => Reason::Payment(PaymentProblem::NotEnough),
        "timeout" => Reason::Timeout,
        "wrongPassword" => {
            let stays = cx.world.apply(TypeWrongPassword(at));
            let order = cx.world.prepaid(prepay_id).filter(|_| stays);
            return match order {
                Some(order) => Turn::Ask(question(cx.world, order, "支付密码错误，请重试")),
                None => Turn::Reply(Err(Reason::Payment(PaymentProblem::Locked))),
            };
        }
        _ => {
            return match cx.world.apply(at) {
                Ok(()) if word == "lostCallback" => Turn::Silence,
                paid => Turn::Reply(paid.map(|()| Vec::new()).map_err(Reason::Payment)),
            };
        }
    };
    cx.world.apply(LeaveCashier(at));
    Turn::Reply(Err(reason))
}
