//! `wx.editImage`: the user edits a picture.
//!
//! Official page: `api/media/image/wx.editImage`. The result is a temporary file.
//!
//! Differs from the client: the edited picture is a copy of the given one.

use serde_json::Value as Json;

use crate::api::chosen_files::temporary;
use crate::api::file_access::text;
use crate::api::media_bytes::picture_at;
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{FileProblem, MediaProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "editImage",
    group: Group::Media,
    summary: "Lets the user edit a picture.",
    since: Version(2, 22, 0),
    promise: false,
    params: &[Param::required("src", Class::String)],
    tap_state: TapState::Given,
    fails: &[
        Reason::Cancel,
        Reason::Media(MediaProblem::InvalidFileType),
        Reason::File(FileProblem::NoSuchFile, String::new()),
    ],
    examples: &[Example {
        title: "A picture of the album",
        js: "wx.chooseImage({ count: 1, success({ tempFilePaths: [src] }) {\n\
             wx.editImage({ src });\n\
             } })",
        replies: "chooseImage:ok\neditImage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let path = text(options, "src");
    picture_at(cx, path)?;
    Ok(Question::new("edit", format!("edit {path}")))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("ok") {
        return Err(Reason::Cancel);
    }
    let (bytes, picture) = picture_at(cx, text(options, "src"))?;
    let path = temporary(cx, picture.kind.ending(), bytes);
    Ok(vec![("tempFilePath".to_owned(), path.into())])
}
