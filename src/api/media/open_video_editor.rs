//! `wx.openVideoEditor`: the user edits a video.
//!
//! Official page: `api/media/video/wx.openVideoEditor`. The results are temporary files.
//!
//! Differs from the client: the edited video is a copy of the given one; `minDuration` and `maxDuration` change nothing.
//! Unverified: the two are needed by the typings, and not checked.

use serde_json::Value as Json;

use crate::api::chosen_files::temporary;
use crate::api::file_access::text;
use crate::api::media_bytes::film_at;
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{FileProblem, MediaProblem, Reason};
use crate::media_format::picture::gray_jpeg;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openVideoEditor",
    group: Group::Media,
    summary: "Lets the user edit a video.",
    since: Version(2, 12, 0),
    promise: false,
    params: &[
        Param::required("filePath", Class::String),
        Param::since("minDuration", Class::Any, Version(2, 16, 1)),
        Param::since("maxDuration", Class::Any, Version(2, 16, 1)),
    ],
    tap_state: TapState::Given,
    fails: &[
        Reason::Cancel,
        Reason::Media(MediaProblem::InvalidFileType),
        Reason::File(FileProblem::NoSuchFile, String::new()),
    ],
    examples: &[Example {
        title: "A video of the album",
        js: "wx.chooseVideo({ success({ tempFilePath: filePath }) {\n\
             wx.openVideoEditor({ filePath });\n\
             } })",
        replies: "chooseVideo:ok\nopenVideoEditor:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let path = text(options, "filePath");
    film_at(cx, path)?;
    Ok(Question::new("edit", format!("edit {path}")))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("ok") {
        return Err(Reason::Cancel);
    }
    let (bytes, film) = film_at(cx, text(options, "filePath"))?;
    let size = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let pixels = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX).max(1);
    let still = temporary(
        cx,
        "jpg",
        gray_jpeg(pixels(film.width), pixels(film.height)),
    );
    let path = temporary(cx, "mp4", bytes);
    let members = [
        ("duration", Value::from(film.duration_ms)),
        ("size", size.into()),
        ("tempFilePath", path.into()),
        ("tempThumbPath", still.into()),
    ];
    Ok(members.map(|(key, value)| (key.to_owned(), value)).to_vec())
}
