//! `wx.chooseLocation`: the user chooses a place on the map.
//!
//! Official page: `api/location/wx.chooseLocation`. Until 2021 guarded by `scope.userLocation`; versions published
//! after 2022-07-14 must list it in `requiredPrivateInfos`. Coordinates are GCJ-02.
//!
//! Unverified: the day on which the scope no longer guarded it.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::profile::Date;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseLocation",
    group: Group::Location,
    summary: "Lets the user choose a place on the map.",
    params: &[
        Param {
            since: Version(2, 9, 0),
            ..Param::optional("latitude", Class::Number)
        },
        Param {
            since: Version(2, 9, 0),
            ..Param::optional("longitude", Class::Number)
        },
    ],
    guard: Guard::ScopeBefore("scope.userLocation", Date::new(2021, 4, 28)),
    private_info: true,
    privacy: Some(PrivacyItem::ChosenLocation),
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::PermissionDescMissing,
        Reason::SystemPermissionDenied,
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "Where to deliver",
        js: "wx.chooseLocation({ success: ({ name }) => console.log(name) })",
        replies: "chooseLocation:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(_: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    Ok(Question::new("location", "choose a place"))
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("choose") {
        return Err(Reason::Cancel);
    }
    let (latitude, longitude) = cx.world.coordinates(true);
    let members = [
        ("name", Value::from("天安门广场")),
        ("address", "北京市东城区东长安街".into()),
        ("latitude", Value::Number(latitude)),
        ("longitude", Value::Number(longitude)),
    ];
    Ok(members.map(|(key, value)| (key.to_owned(), value)).to_vec())
}
