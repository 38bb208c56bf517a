//! `wx.chooseImage`: the user chooses pictures or takes one.
//!
//! Official page: `api/media/image/wx.chooseImage`. Not maintained since base library 2.21.0, where
//! `wx.chooseMedia` takes its place. Paths are temporary files.
//!
//! Differs from the client: `sizeType` changes nothing, the files are as they are in the album.
//! Unverified: at most 9 files before base library 2.25.0 and 20 since, as for `wx.chooseMedia`; a missing
//! system permission fails when only that source is offered.

use serde_json::Value as Json;

use crate::api::chosen_files::{Choice, count, names, number};
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
    name: "chooseImage",
    group: Group::Media,
    summary: "Lets the user choose pictures or take one.",
    params: &[
        Param::optional("count", Class::Number),
        Param::optional("sizeType", Class::Array),
        Param::optional("sourceType", Class::Array),
    ],
    tap_state: TapState::Given,
    privacy: Some(PrivacyItem::ChosenMedia),
    fails: media_choice::FAILS,
    examples: &[Example {
        title: "The first picture of the album",
        js: "wx.chooseImage({ count: 1, success: ({ tempFiles }) => console.log(tempFiles[0].size) })",
        replies: "chooseImage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Base library whose result has `tempFiles`.
const FILES_SINCE: Version = Version(1, 2, 0);

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn choice(cx: &Cx<'_>, options: &Value) -> Choice {
    Choice {
        kinds: vec![MediaKind::Image],
        mixed: false,
        count: count(cx, options),
        album: names(options, "sourceType", "album"),
        camera: names(options, "sourceType", "camera"),
        max_duration: 0.0,
    }
}

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    ask_choice(cx, &choice(cx, options))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let files = choice(cx, options).files(cx, answer)?;
    let paths = files.iter().map(|file| file.path.as_str().into());
    let mut members = vec![("tempFilePaths".to_owned(), Value::Array(paths.collect()))];
    if cx.world.profile().sdk >= FILES_SINCE {
        let facts = files.iter().map(|file| {
            Value::object([
                ("path", file.path.as_str().into()),
                ("size", number(file.size)),
            ])
        });
        members.push(("tempFiles".to_owned(), Value::Array(facts.collect())));
    }
    Ok(members)
}
