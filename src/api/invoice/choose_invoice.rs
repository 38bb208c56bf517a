//! `wx.chooseInvoice`: the user chooses electronic invoices kept in WeChat.
//!
//! Official page: `api/open-api/invoice/wx.chooseInvoice`. `invoiceInfo` is a JSON text since base library
//! 2.8.0 (its changelog); the documentation of the time before has an object. With `card_id` and
//! `encrypt_code` a server asks for the invoice. The program must be linked to an official account that
//! WeChat verified. Guarded by `scope.invoice` until November 2020 (typings 3.2.0).
//!
//! The page speaks of three members, published programs read a list, also for one invoice; which of the two
//! one invoice is, is a rule
//! ([`Rules::invoice_info_is_object`](crate::profile::Rules::invoice_info_is_object)).
//!
//! Unverified: before 2.8.0 the object is of the first invoice.

use serde_json::{Value as Json, json};

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, choice};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Guard};
use crate::value::Value;
use crate::version::Version;
use crate::world::invoice::Invoice;
use crate::world::privacy::PrivacyItem;

/// Base library since which `invoiceInfo` is a text.
const TEXT_SINCE: Version = Version(2, 8, 0);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseInvoice",
    group: Group::Invoice,
    summary: "Lets the user choose electronic invoices.",
    since: Version(2, 3, 0),
    guard: Guard::Scope("scope.invoice"),
    privacy: Some(PrivacyItem::Invoice),
    fails: &[
        Reason::NoPermission,
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "What to reimburse",
        js: "wx.chooseInvoice({ success: ({ invoiceInfo }) => console.log(JSON.parse(invoiceInfo)) })",
        replies: "chooseInvoice:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    if !cx.world.may_ask_for_invoices() {
        return Err(Reason::NoPermission);
    }
    let invoices = cx.world.invoices().iter();
    let entries: Vec<String> = invoices.map(|it| it.card_id.clone()).collect();
    Ok(Question {
        text: choice::shown(&entries, "no invoice yet"),
        entries,
        ..Question::new("invoice", "")
    })
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let places = match answer.as_str() {
        Some("choose") => Some(vec![0]),
        Some(_) => return Err(Reason::Cancel),
        None => choice::places(answer),
    };
    let chosen: Vec<Json> = match places {
        None => vec![written(answer)],
        Some(places) => {
            let invoices = cx.world.invoices();
            let all = places.into_iter().filter_map(|at| invoices.get(at));
            all.map(told).collect()
        }
    };
    let first = chosen.first().cloned().ok_or(Reason::Cancel)?;
    let profile = cx.world.profile();
    let info = if profile.sdk < TEXT_SINCE {
        Value::from(&first)
    } else if profile.rules.invoice_info_is_object && chosen.len() == 1 {
        first.to_string().into()
    } else {
        Json::Array(chosen).to_string().into()
    };
    Ok(vec![("invoiceInfo".to_owned(), info)])
}

fn told(invoice: &Invoice) -> Json {
    json!({
        "card_id": invoice.card_id,
        "encrypt_code": invoice.encrypt_code,
        "app_id": invoice.app_id,
    })
}

/// An invoice that is written in the answer.
fn written(answer: &Json) -> Json {
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    told(&Invoice {
        card_id: text("card_id"),
        encrypt_code: text("encrypt_code"),
        app_id: text("app_id"),
    })
}
