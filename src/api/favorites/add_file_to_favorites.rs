//! `wx.addFileToFavorites`: puts a file into the user's favorites of WeChat.
//!
//! Official page: `api/open-api/favorites/wx.addFileToFavorites`.
//!
//! Differs from the client: nobody can look at the favorites.
//! Unverified: it needs no tap and asks nobody; the words of failures are like those of `wx.addVideoToFavorites` on Android.

use super::add_video_to_favorites::kept;
use crate::api::file_access::text;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{MediaProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "addFileToFavorites",
    group: Group::Favorites,
    summary: "Puts a file into the user's favorites.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("fileName", Class::String),
    ],
    fails: &[
        Reason::Media(MediaProblem::FilePathEmpty),
        Reason::Media(MediaProblem::FilePathIllegal),
    ],
    examples: &[Example {
        title: "No such file",
        js: "wx.addFileToFavorites({ filePath: 'wxfile://tmp_none.pdf', fail() {} })",
        replies: "addFileToFavorites:fail filePath is illegal",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = text(options, "filePath");
    kept(
        cx,
        path,
        MediaProblem::FilePathEmpty,
        MediaProblem::FilePathIllegal,
    )
}
