//! `wx.chooseInvoiceTitle`: the user chooses an invoice title kept in WeChat.
//!
//! Official page: `api/open-api/invoice/wx.chooseInvoiceTitle`. The program must be linked to an official
//! account that WeChat verified. Guarded by `scope.invoiceTitle` until November 2020 (typings 3.2.0).
//! `type` is 0 for a company, 1 for a person; most logs of programs show a text, others a number, so
//! that it is a rule ([`Rules::invoice_type_is_number`](crate::profile::Rules::invoice_type_is_number)).
//!
//! Unverified: the words where no account is linked are those for APIs that are not open to a program.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, choice};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Guard};
use crate::value::Value;
use crate::version::Version;
use crate::world::World;
use crate::world::invoice::InvoiceTitle;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseInvoiceTitle",
    group: Group::Invoice,
    summary: "Lets the user choose an invoice title.",
    since: Version(1, 5, 0),
    guard: Guard::Scope("scope.invoiceTitle"),
    privacy: Some(PrivacyItem::Invoice),
    fails: &[
        Reason::NoPermission,
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "Who the invoice is for",
        js: "wx.chooseInvoiceTitle({ success: ({ title }) => console.log(title) })",
        replies: "chooseInvoiceTitle:ok",
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
    let titles = cx.world.invoice_titles().iter();
    let entries: Vec<String> = titles.map(InvoiceTitle::line).collect();
    Ok(Question {
        text: choice::shown(&entries, "no invoice title yet"),
        entries,
        ..Question::new("invoiceTitle", "")
    })
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let place = match answer.as_str() {
        Some("choose") => Some(0),
        Some(_) => return Err(Reason::Cancel),
        None => choice::places(answer).and_then(|places| places.first().copied()),
    };
    let Some(place) = place else {
        return Ok(written(cx.world, answer));
    };
    let title = cx.world.invoice_titles().get(place).ok_or(Reason::Cancel)?;
    let number = title.kind.number();
    Ok(members(cx.world, &number.to_string(), title.members()))
}

/// The members of a title that the user wrote just now; those left out are empty texts.
fn written(world: &World, answer: &Json) -> Vec<(String, Value)> {
    let names = InvoiceTitle::default().members().into_iter();
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let kind = if text("type") == "1" { "1" } else { "0" };
    members(
        world,
        kind,
        names.map(|(name, _)| (name, text(name))).collect(),
    )
}

fn members(world: &World, kind: &str, texts: Vec<(&'static str, String)>) -> Vec<(String, Value)> {
    let kind = if world.profile().rules.invoice_type_is_number {
        Value::Number(f64::from(u8::from(kind == "1")))
    } else {
        kind.into()
    };
    let mut members = vec![("type".to_owned(), kind)];
    members.extend(choice::members(texts));
    members
}
