//! `<button open-type="getRealtimePhoneNumber">`: asks the user for a phone number that is verified now.
//!
//! Official page: "Phone number realtime verification component". The event has only a `code`.
//! It checks the number by message itself, so one that was not checked yet is no failure.
//!
//! Unverified: a number that it checked needs no check of the other component.

use serde_json::Value as Json;

use super::get_phone_number::{refusal, sheet};
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{AccountProblem, Reason};
use crate::spec::{ApiSpec, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::phone_number::{MintPhoneCode, VerifyPhone};
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.getRealtimePhoneNumber",
    group: Group::Button,
    summary: "Asks the user for a phone number that is verified now.",
    since: Version(2, 24, 4),
    form: Form::Button {
        success: "getrealtimephonenumber",
        failure: "getrealtimephonenumber",
    },
    promise: false,
    privacy: Some(PrivacyItem::PhoneNumber),
    asks_wechat: true,
    fails: &[
        Reason::NoPermission,
        Reason::Account(AccountProblem::PhoneNotPermitted),
        Reason::Account(AccountProblem::PhoneBlocked),
        Reason::PhoneQuota,
        Reason::UserDeny,
        Reason::UserCancel,
    ],
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    sheet(cx)
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    if let Some(reason) = refusal(answer) {
        return Err(reason);
    }
    cx.world.apply(VerifyPhone);
    let code = cx.world.apply(MintPhoneCode(cx.caller.clone()));
    Ok(vec![("code".to_owned(), code.into())])
}
