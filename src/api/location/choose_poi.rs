//! `wx.choosePoi`: the user chooses a place of a list, or no more than a city.
//!
//! Official page: `api/location/wx.choosePoi`. Versions published after 2022-07-14 must list it in
//! `requiredPrivateInfos`, and it must be opened in the console. `type` is 1 for a city, 2 for a place. Coordinates
//! are GCJ-02.
//!
//! Unverified: the base library that introduced it, which the page does not name; no scope ever guarded it; `city`
//! is a text, though the page calls it a number; with a city alone the result has `type` and `city` only.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "choosePoi",
    group: Group::Location,
    summary: "Lets the user choose a place of a list, or a city.",
    private_info: true,
    privacy: Some(PrivacyItem::ChosenLocation),
    fails: &[Reason::Cancel],
    examples: &[Example {
        title: "Where the user lives, as exactly as they like",
        js: "wx.choosePoi({ success: ({ type, city, name }) => console.log(type === 1 ? city : name) })",
        replies: "choosePoi:ok",
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
    Ok(Question::new("poi", "choose a place or a city"))
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let city = ("city", Value::from("北京市"));
    let members = match answer.as_str() {
        Some("choose") => {
            let (latitude, longitude) = cx.world.coordinates(true);
            vec![
                ("type", Value::Number(2.0)),
                city,
                ("name", "天安门广场".into()),
                ("address", "北京市东城区东长安街".into()),
                ("latitude", Value::Number(latitude)),
                ("longitude", Value::Number(longitude)),
            ]
        }
        Some("city") => vec![("type", Value::Number(1.0)), city],
        _ => return Err(Reason::Cancel),
    };
    let members = members.into_iter();
    Ok(members
        .map(|(key, value)| (key.to_owned(), value))
        .collect())
}
