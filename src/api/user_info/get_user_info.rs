//! `wx.getUserInfo`: nickname and avatar of the user.
//!
//! Official page: `api/open-api/user-info/wx.getUserInfo`. Until 2018-04-30 it opens the authorization
//! dialog; then only the button does, and the call fails for a scope that was never granted. Versions
//! published after 2021-04-28 get an anonymous user without any dialog.
//!
//! Unverified: without `withCredentials` encrypted data are there when a session is alive; the words of
//! a call that needs a session and has none.

use crate::api::user_info_result::{Credentials, LANG_SINCE, members};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::user_info::Source;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getUserInfo",
    group: Group::UserInfo,
    summary: "Gives nickname and avatar of the user; an anonymous one today.",
    params: &[
        Param {
            since: Version(1, 1, 0),
            ..Param::optional("withCredentials", Class::Boolean)
        },
        Param {
            since: LANG_SINCE,
            ..Param::optional("lang", Class::String)
        },
        Param {
            since: Version(1, 9, 92),
            ..Param::optional("timeout", Class::Number)
        },
    ],
    guard: Guard::Scope("scope.userInfo"),
    privacy: Some(PrivacyItem::Profile),
    asks_wechat: true,
    latency_ms: 80,
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::ScopeUnauthorized,
        Reason::LoginRequired,
    ],
    calls_per_second: Some(4),
    examples: &[Example {
        title: "The user is anonymous today",
        js: "wx.getUserInfo({ success: ({ userInfo }) => console.log(userInfo.nickName) })",
        replies: "getUserInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let credentials = match options.get("withCredentials").as_bool() {
        Some(true) => Credentials::Needed,
        Some(false) => Credentials::Left,
        None => Credentials::WhenThere,
    };
    members(cx, options, Source::UserInfo, credentials)
}
