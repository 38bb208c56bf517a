//! `wx.chooseLicensePlate`: the user chooses a licence plate.
//!
//! Official page: `api/open-api/license-plate/wx.chooseLicensePlate`. Needs a tap. WeChat keeps the plates of a user, who
//! may write a new one.
//!
//! Differs from the client: a plate that is written is not kept.
//! Unverified: the words when the user closes the page.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, choice};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseLicensePlate",
    group: Group::LicensePlate,
    summary: "Lets the user choose a licence plate.",
    since: SINCE,
    tap_since: Some(SINCE),
    privacy: Some(PrivacyItem::LicensePlate),
    fails: &[Reason::Cancel],
    examples: &[Example {
        title: "Which car is parked",
        js: "wx.chooseLicensePlate({ success: ({ plateNumber }) => console.log(plateNumber) })",
        replies: "chooseLicensePlate:ok",
    }],
    ..ApiSpec::ASYNC
};

const SINCE: Version = Version(2, 19, 0);

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let entries = cx.world.user().license_plates.clone();
    Ok(Question {
        text: choice::shown(&entries, "no plate yet"),
        entries,
        ..Question::new("licensePlate", "")
    })
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let plates = &cx.world.user().license_plates;
    let chosen = match answer.as_str() {
        Some("choose") => plates.first().cloned(),
        Some(_) => None,
        None => match choice::places(answer) {
            Some(chosen) => chosen.first().and_then(|at| plates.get(*at)).cloned(),
            None => answer["plateNumber"].as_str().map(str::to_owned),
        },
    };
    let plate = chosen.ok_or(Reason::Cancel)?;
    Ok(vec![("plateNumber".to_owned(), plate.into())])
}
