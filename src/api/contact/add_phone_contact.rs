//! `wx.addPhoneContact`: lets the user add a contact.
//!
//! Official page: `api/device/wx.addPhoneContact`. Guarded by `scope.addPhoneContact` since
//! 2022-02-21. Some thirty more texts are taken as they are.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "addPhoneContact",
    group: Group::Contact,
    summary: "Lets the user add a contact.",
    since: Version(1, 2, 0),
    params: &[Param::required("firstName", Class::String)],
    guard: Guard::Scope("scope.addPhoneContact"),
    privacy: Some(PrivacyItem::Contacts),
    fails: &[Reason::AuthDeny, Reason::AuthCanceled, Reason::Cancel],
    examples: &[Example {
        title: "The shop",
        js: "wx.addPhoneContact({ firstName: 'Shop', mobilePhoneNumber: '10086' })",
        replies: "addPhoneContact:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(_: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let text = options.get("firstName").as_str().unwrap_or_default();
    Ok(Question::new("contact", text))
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    match answer.as_str() {
        Some("ok") => Ok(Vec::new()),
        _ => Err(Reason::Cancel),
    }
}
