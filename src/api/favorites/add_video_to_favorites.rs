//! `wx.addVideoToFavorites`: puts a video into the user's favorites of WeChat.
//!
//! Official page: `api/open-api/favorites/wx.addVideoToFavorites`. A still that is not there is left out, as on Android.
//!
//! Differs from the client: nobody can look at the favorites.
//! Unverified: it needs no tap and asks nobody; the words of failures are Android's.

use crate::api::file_access::{facts, text};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "addVideoToFavorites",
    group: Group::Favorites,
    summary: "Puts a video into the user's favorites.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("videoPath", Class::String),
        Param::optional("thumbPath", Class::String),
    ],
    fails: &[
        Reason::Media(MediaProblem::VideoPathEmpty),
        Reason::Media(MediaProblem::VideoPathIllegal),
    ],
    examples: &[Example {
        title: "A chosen video",
        js: "wx.chooseVideo({ success({ tempFilePath: videoPath }) {\n\
             wx.addVideoToFavorites({ videoPath });\n\
             } })",
        replies: "chooseVideo:ok\naddVideoToFavorites:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = text(options, "videoPath");
    kept(
        cx,
        path,
        MediaProblem::VideoPathEmpty,
        MediaProblem::VideoPathIllegal,
    )
}

/// A file goes to the favorites.
///
/// # Errors
/// The path is empty, or leads to no file.
pub(super) fn kept(cx: &Cx<'_>, path: &str, empty: MediaProblem, illegal: MediaProblem) -> Reply {
    if path.is_empty() {
        return Err(Reason::Media(empty));
    }
    let there = facts(cx, path).is_ok_and(|facts| !facts.is_folder);
    there.then(Vec::new).ok_or(Reason::Media(illegal))
}
