//! `wx.getUserProfile`: asks the user for nickname and avatar.
//!
//! Official page: `api/open-api/user-info/wx.getUserProfile`. Asks each time, needs a tap, stores no
//! scope. Since 2022-10-25 it gives an anonymous user. The encrypted data do not tell who the user is.
//!
//! Unverified: since 2022-10-25 no dialog opens.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::user_info_result::{Credentials, members};
use crate::api::{Api, Asked, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::user_info::Source;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getUserProfile",
    group: Group::UserInfo,
    summary: "Asks the user for nickname and avatar; gives an anonymous user today.",
    since: Version(2, 10, 4),
    params: &[
        Param::required("desc", Class::String),
        Param::optional("lang", Class::String),
    ],
    tap_since: Some(Version(2, 10, 4)),
    privacy: Some(PrivacyItem::Profile),
    asks_wechat: true,
    fails: &[Reason::AuthDeny, Reason::AuthCanceled, Reason::DescLength],
    calls_per_second: Some(4),
    examples: &[Example {
        title: "From a tap, with what it is for",
        js: "wx.getUserProfile({ desc: 'to show your name', success: (it) => console.log(it.rawData) })",
        replies: "getUserProfile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::MayAsk { ask, answered },
};

/// Longest text that the dialog shows, in characters.
const DESC_CHARS_MAX: usize = 30;

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Asked, Reason> {
    let desc = options.get("desc").as_str().unwrap_or_default();
    if desc.is_empty() || desc.chars().count() > DESC_CHARS_MAX {
        return Err(Reason::DescLength);
    }
    if cx.world.is_anonymous(Source::Profile) {
        return members(cx, options, Source::Profile, Credentials::WhenThere).map(Asked::Answer);
    }
    Ok(Asked::Question(Question::new("profile", desc)))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    match answer.as_str() {
        Some("allow") => members(cx, options, Source::Profile, Credentials::WhenThere),
        Some("deny") => Err(Reason::AuthDeny),
        _ => Err(Reason::AuthCanceled),
    }
}
