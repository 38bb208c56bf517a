//! `wx.chooseVideo`: the user chooses a video or takes one.
//!
//! Official page: `api/media/video/wx.chooseVideo`. Not maintained since base library 2.21.0, where
//! `wx.chooseMedia` takes its place. A video that is taken is 60 seconds long at most.
//!
//! Differs from the client: `compressed` and `camera` change nothing.

use serde_json::Value as Json;

use crate::api::chosen_files::{Choice, names, number};
use crate::api::media_choice::{self, ask_choice};
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::album::MediaKind;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseVideo",
    group: Group::Media,
    summary: "Lets the user choose a video or take one.",
    params: &[
        Param::optional("sourceType", Class::Array),
        Param {
            since: Version(1, 6, 0),
            ..Param::optional("compressed", Class::Boolean)
        },
        Param::optional("maxDuration", Class::Number),
        Param::optional("camera", Class::String),
    ],
    tap_state: TapState::Given,
    privacy: Some(PrivacyItem::ChosenMedia),
    fails: media_choice::FAILS,
    examples: &[Example {
        title: "Take a video",
        js: "wx.chooseVideo({ sourceType: ['camera'], maxDuration: 5 })",
        replies: "chooseVideo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Longest video that is taken, in seconds.
const DURATION_MAX: f64 = 60.0;

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn choice(options: &Value) -> Choice {
    let given = options.get("maxDuration").as_f64();
    Choice {
        kinds: vec![MediaKind::Video],
        mixed: false,
        count: 1,
        album: names(options, "sourceType", "album"),
        camera: names(options, "sourceType", "camera"),
        max_duration: given.map_or(DURATION_MAX, |seconds| seconds.clamp(1.0, DURATION_MAX)),
    }
}

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    ask_choice(cx, &choice(options))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let files = choice(options).files(cx, answer)?;
    let file = files.first().ok_or(Reason::Cancel)?;
    let members = [
        ("tempFilePath", Value::from(file.path.as_str())),
        ("duration", Value::Number(file.duration)),
        ("size", number(file.size)),
        ("width", file.width.into()),
        ("height", file.height.into()),
    ];
    Ok(members.map(|(key, value)| (key.to_owned(), value)).to_vec())
}
