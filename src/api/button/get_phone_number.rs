//! `<button open-type="getPhoneNumber">`: asks the user for the phone number.
//!
//! Official page: "Phone number quick verification component". Not for personal subjects and subjects
//! that WeChat has not verified. Since base library 2.21.2 the event has a `code` for the server and
//! needs no login; before, the number is only in the encrypted data and a session must be alive. A
//! success is charged since 2023-08-28.
//!
//! A number that WeChat wants checked by message is not given: the user gives up (`allow`), or passes the check
//! (`verify`) and goes on.
//!
//! Unverified: what leads to the check, which here is a fact of the user, and that the user may pass it in the
//! sheet; clients since 8.0.0 say `operateWXData:fail jsapi has no permission` where older ones and the
//! developer tool say `no permission`; a number that the platform blocks is looked at before the quota.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, open_data_result};
use crate::errmsg::{AccountProblem, Reason};
use crate::profile::{Platform, Profile};
use crate::spec::{ApiSpec, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::account::Subject;
use crate::world::phone_number::{MintPhoneCode, VerifyPhone};
use crate::world::privacy::PrivacyItem;
use crate::world::registration::Capability;
use crate::world::session::SessionState;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.getPhoneNumber",
    group: Group::Button,
    summary: "Asks the user for the phone number.",
    since: Version(1, 2, 0),
    form: Form::Button {
        success: "getphonenumber",
        failure: "getphonenumber",
    },
    promise: false,
    privacy: Some(PrivacyItem::PhoneNumber),
    asks_wechat: true,
    fails: FAILS,
    ..ApiSpec::ASYNC
};

const FAILS: &[Reason] = &[
    Reason::NoPermission,
    Reason::Account(AccountProblem::PhoneNotPermitted),
    Reason::Account(AccountProblem::PhoneBlocked),
    Reason::Account(AccountProblem::PhoneUnverified),
    Reason::PhoneQuota,
    Reason::LoginRequired,
    Reason::UserDeny,
    Reason::UserCancel,
];

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

/// Client whose words for a missing permission name what it called inside.
const INNER_NAME_SINCE: Version = Version(8, 0, 0);
/// Base library in which the event got its code.
const CODE_SINCE: Version = Version(2, 21, 2);

fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let dead = cx.world.session_state(&cx.caller) != SessionState::Alive;
    if dead && cx.world.profile().sdk < CODE_SINCE {
        return Err(Reason::LoginRequired);
    }
    let question = sheet(cx)?;
    if cx.world.user().phone_verified {
        return Ok(question);
    }
    Ok(Question {
        text: format!("{}, to be verified", question.text),
        entries: vec!["verify".to_owned()],
        ..question
    })
}

/// The sheet with the user's numbers, unless the app may not ask.
pub(super) fn sheet(cx: &mut Cx<'_>) -> Result<Question, Reason> {
    let app = cx.world.app();
    if app.subject == Subject::Personal || !app.verified {
        return Err(not_permitted(cx.world.profile()));
    }
    if cx.world.is_blocked(Capability::PhoneNumber) {
        return Err(Reason::Account(AccountProblem::PhoneBlocked));
    }
    if !cx.world.has_phone_quota() {
        return Err(Reason::PhoneQuota);
    }
    let user = cx.world.user();
    let phone = user.phone_number();
    let number = format!("+{} {}", phone.country_code, phone.number);
    Ok(Question::new("phone", number))
}

/// The words for an account that may not ask: newer clients name what they called inside.
fn not_permitted(profile: &Profile) -> Reason {
    if profile.client < INNER_NAME_SINCE || profile.platform == Platform::Devtools {
        Reason::NoPermission
    } else {
        Reason::Account(AccountProblem::PhoneNotPermitted)
    }
}

/// Why the user gave no number; `None` when one was given.
pub(super) fn refusal(answer: &Json) -> Option<Reason> {
    match answer.as_str() {
        Some("allow") => None,
        Some("deny") => Some(Reason::UserDeny),
        _ => Some(Reason::UserCancel),
    }
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    if answer.as_str() == Some("verify") {
        cx.world.apply(VerifyPhone);
    } else if let Some(reason) = refusal(answer) {
        return Err(reason);
    } else if !cx.world.user().phone_verified {
        return Err(Reason::Account(AccountProblem::PhoneUnverified));
    }
    let number = cx.world.user().phone_number().members();
    let mut members = Vec::new();
    if cx.world.session_state(&cx.caller) == SessionState::Alive {
        members.extend(open_data_result::sealed(cx, number)?);
    }
    let code = cx.world.apply(MintPhoneCode(cx.caller.clone()));
    if cx.world.profile().sdk >= CODE_SINCE {
        members.push(("code".to_owned(), code.into()));
    }
    Ok(members)
}
