//! `wx.cropImage`: the user cuts a picture to a proportion.
//!
//! Official page: `api/media/image/wx.cropImage`. The result is a temporary file.
//!
//! Differs from the client: the result is a gray JPEG of the largest size with that proportion.
//! Unverified: the words for another proportion.

use serde_json::Value as Json;

use crate::api::chosen_files::temporary;
use crate::api::file_access::text;
use crate::api::media_bytes::{picture_at, side};
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{FileProblem, MediaProblem, Reason};
use crate::media_format::picture::gray_jpeg;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cropImage",
    group: Group::Media,
    summary: "Lets the user cut a picture to a proportion.",
    since: Version(2, 26, 0),
    promise: false,
    params: &[
        Param::required("src", Class::String),
        Param::required("cropScale", Class::String),
    ],
    tap_state: TapState::Given,
    fails: &[
        Reason::Cancel,
        Reason::Parameter(String::new()),
        Reason::Media(MediaProblem::InvalidFileType),
        Reason::File(FileProblem::NoSuchFile, String::new()),
    ],
    examples: &[Example {
        title: "A square",
        js: "wx.chooseImage({ count: 1, success({ tempFilePaths: [src] }) {\n\
             wx.cropImage({ src, cropScale: '1:1' });\n\
             } })",
        replies: "chooseImage:ok\ncropImage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Proportions of the official page.
const SCALES: [(&str, f64, f64); 7] = [
    ("16:9", 16.0, 9.0),
    ("9:16", 9.0, 16.0),
    ("4:3", 4.0, 3.0),
    ("3:4", 3.0, 4.0),
    ("5:4", 5.0, 4.0),
    ("4:5", 4.0, 5.0),
    ("1:1", 1.0, 1.0),
];

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn scale(options: &Value) -> Result<(f64, f64), Reason> {
    let wanted = text(options, "cropScale");
    let known = SCALES.iter().find(|(name, ..)| *name == wanted);
    known
        .map(|(_, wide, tall)| (*wide, *tall))
        .ok_or_else(|| Reason::Parameter(format!("invalid cropScale {wanted};")))
}

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    scale(options)?;
    let path = text(options, "src");
    picture_at(cx, path)?;
    let proportion = text(options, "cropScale");
    Ok(Question::new("edit", format!("cut {path} to {proportion}")))
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("ok") {
        return Err(Reason::Cancel);
    }
    let (_, picture) = picture_at(cx, text(options, "src"))?;
    let (wide, tall) = scale(options)?;
    let (width, height) = largest((picture.width, picture.height), (wide, tall));
    let path = temporary(cx, "jpg", gray_jpeg(width, height));
    Ok(vec![("tempFilePath".to_owned(), path.into())])
}

/// The largest size of a proportion within a size.
fn largest((width, height): (u32, u32), (wide, tall): (f64, f64)) -> (u16, u16) {
    let unit = (f64::from(width) / wide).min(f64::from(height) / tall);
    (side(unit * wide), side(unit * tall))
}

#[cfg(test)]
mod tests {
    use super::largest;

    #[test]
    fn the_cut_is_as_large_as_it_can_be() {
        assert_eq!(largest((1080, 1440), (1.0, 1.0)), (1080, 1080));
        assert_eq!(largest((1080, 1440), (16.0, 9.0)), (1080, 608));
        assert_eq!(largest((1440, 1080), (3.0, 4.0)), (810, 1080));
        assert_eq!(largest((1, 1), (16.0, 9.0)), (1, 1));
    }
}
