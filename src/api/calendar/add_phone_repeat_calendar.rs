//! `wx.addPhoneRepeatCalendar`: lets the user add an entry that repeats.
//!
//! Official page: `api/device/wx.addPhoneRepeatCalendar`. `repeatInterval` is `day`, `week`,
//! `month` (the default) or `year`.
//!
//! Unverified: the words for another interval.

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
    name: "addPhoneRepeatCalendar",
    group: Group::Calendar,
    summary: "Lets the user add an entry that repeats.",
    since: Version(2, 15, 0),
    params: &[
        Param::required("title", Class::String),
        Param::required("startTime", Class::Number),
        Param::optional("repeatInterval", Class::String),
    ],
    tap_since: Some(Version(2, 15, 0)),
    guard: Guard::Scope("scope.addPhoneCalendar"),
    privacy: Some(PrivacyItem::Calendar),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::SystemPermissionDenied,
        Reason::Cancel,
        Reason::InvalidValue("repeatInterval", String::new()),
    ],
    examples: &[Example {
        title: "Each week",
        js: "wx.addPhoneRepeatCalendar({ title: 'Market', startTime: 1800000000, repeatInterval: 'week' })",
        replies: "addPhoneRepeatCalendar:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(_: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let interval = options.get("repeatInterval").as_str().unwrap_or("month");
    if !["day", "week", "month", "year"].contains(&interval) {
        return Err(Reason::InvalidValue("repeatInterval", interval.to_owned()));
    }
    let title = options.get("title").as_str().unwrap_or_default();
    Ok(Question::new(
        "calendar",
        format!("{title}, each {interval}"),
    ))
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    match answer.as_str() {
        Some("ok") => Ok(Vec::new()),
        _ => Err(Reason::Cancel),
    }
}
