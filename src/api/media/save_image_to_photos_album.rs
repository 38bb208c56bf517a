//! `wx.saveImageToPhotosAlbum`: saves a picture to the phone's album.
//!
//! Official page: `api/media/image/wx.saveImageToPhotosAlbum`. Guarded by `scope.writePhotosAlbum`. A temporary or saved file;
//! addresses of the network do not work.
//!
//! Unverified: a path of the package counts as missing; the words for a missing file and for one that is
//! no picture.

use crate::api::file_access::text;
use crate::api::media_bytes::{missing, picture_at};
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{FileProblem, MediaProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::album::{MediaKind, SaveToAlbum};
use crate::world::files::Root;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "saveImageToPhotosAlbum",
    group: Group::Media,
    summary: "Saves a picture to the phone's album.",
    since: Version(1, 2, 0),
    params: &[Param::required("filePath", Class::String)],
    guard: Guard::Scope("scope.writePhotosAlbum"),
    privacy: Some(PrivacyItem::Album),
    fails: FAILS,
    examples: &[Example {
        title: "Save what was downloaded",
        js: "wx.chooseImage({ count: 1, success({ tempFilePaths: [filePath] }) {\n\
             wx.saveImageToPhotosAlbum({ filePath });\n\
             } })",
        replies: "chooseImage:ok\nsaveImageToPhotosAlbum:ok",
    }],
    ..ApiSpec::ASYNC
};

/// What saving can fail with.
pub(super) const FAILS: &[Reason] = &[
    Reason::AuthDeny,
    Reason::AuthCanceled,
    Reason::SystemPermissionDenied,
    Reason::Media(MediaProblem::InvalidFileType),
    Reason::File(FileProblem::NoSuchFile, String::new()),
];

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (content, _) = picture_at(cx, kept(cx, options)?)?;
    let kind = MediaKind::Image;
    cx.world.apply(SaveToAlbum { kind, content });
    Ok(Vec::new())
}

/// The path of the options, which must not lead into the package.
pub(super) fn kept<'v>(cx: &Cx<'_>, options: &'v Value) -> Result<&'v str, Reason> {
    let path = text(options, "filePath");
    match cx.world.file_path(path) {
        Some(place) if place.root != Root::Package => Ok(path),
        _ => Err(missing(path)),
    }
}
