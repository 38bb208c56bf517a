//! `wx.addPhoneCalendar`: lets the user add an entry to the calendar.
//!
//! Official page: `api/device/wx.addPhoneCalendar`. From a tap; guarded by `scope.addPhoneCalendar`
//! since 2022-02-21.

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
    name: "addPhoneCalendar",
    group: Group::Calendar,
    summary: "Lets the user add an entry to the calendar.",
    since: Version(2, 15, 0),
    params: &[
        Param::required("title", Class::String),
        Param::required("startTime", Class::Number),
    ],
    tap_since: Some(Version(2, 15, 0)),
    guard: Guard::Scope("scope.addPhoneCalendar"),
    privacy: Some(PrivacyItem::Calendar),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "A delivery",
        js: "wx.addPhoneCalendar({ title: 'Delivery', startTime: 1800000000 })",
        replies: "addPhoneCalendar:ok",
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
    let text = options.get("title").as_str().unwrap_or_default();
    Ok(Question::new("calendar", text))
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    match answer.as_str() {
        Some("ok") => Ok(Vec::new()),
        _ => Err(Reason::Cancel),
    }
}
