//! `<button open-type="getUserInfo">`: asks the user for nickname and avatar.
//!
//! Official page: `component/button`. Until 2021 it opens the dialog, also after a refusal: that is its
//! point. Later it gives an anonymous user without dialog.
//!
//! Unverified: the button asks again after a refusal.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::user_info_result::{Credentials, members};
use crate::api::{Api, Asked, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::permission::{DecideScope, ScopeDecision, ScopeState};
use crate::world::privacy::PrivacyItem;
use crate::world::scope::Scope;
use crate::world::user_info::Source;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.getUserInfo",
    group: Group::Button,
    summary: "Asks the user for nickname and avatar.",
    since: Version(1, 3, 0),
    form: Form::Button {
        success: "getuserinfo",
        failure: "getuserinfo",
    },
    params: &[Param::optional("lang", Class::String)],
    promise: false,
    privacy: Some(PrivacyItem::Profile),
    asks_wechat: true,
    fails: &[Reason::AuthDeny, Reason::AuthCanceled],
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::MayAsk { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Asked, Reason> {
    let state = cx.world.scope_state(&cx.caller, Scope::UserInfo);
    if state == ScopeState::Granted {
        return members(cx, options, Source::UserInfo, Credentials::WhenThere).map(Asked::Answer);
    }
    let name = Scope::UserInfo.name();
    Ok(Asked::Question(Question::new(name, "nickname and avatar")))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let (decision, refusal) = match answer.as_str() {
        Some("allow") => (ScopeDecision::Allow, None),
        Some("deny") => (ScopeDecision::Deny, Some(Reason::AuthDeny)),
        _ => (ScopeDecision::Dismiss, Some(Reason::AuthCanceled)),
    };
    let caller = cx.caller.clone();
    cx.world.apply(DecideScope {
        caller,
        scope: Scope::UserInfo,
        decision,
    });
    match refusal {
        Some(reason) => Err(reason),
        None => members(cx, options, Source::UserInfo, Credentials::WhenThere),
    }
}
