//! `wx.saveVideoToPhotosAlbum`: saves a video to the phone's album.
//!
//! Official page: `api/media/video/wx.saveVideoToPhotosAlbum`. Guarded by `scope.writePhotosAlbum`; MP4 files.

use super::save_image_to_photos_album::{FAILS, kept};
use crate::api::media_bytes::film_at;
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::album::{MediaKind, SaveToAlbum};
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "saveVideoToPhotosAlbum",
    group: Group::Media,
    summary: "Saves a video to the phone's album.",
    since: Version(1, 2, 0),
    params: &[Param::required("filePath", Class::String)],
    guard: Guard::Scope("scope.writePhotosAlbum"),
    privacy: Some(PrivacyItem::Album),
    fails: FAILS,
    examples: &[Example {
        title: "Save a chosen video",
        js: "wx.chooseVideo({ success({ tempFilePath: filePath }) {\n\
             wx.saveVideoToPhotosAlbum({ filePath });\n\
             } })",
        replies: "chooseVideo:ok\nsaveVideoToPhotosAlbum:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (content, _) = film_at(cx, kept(cx, options)?)?;
    let kind = MediaKind::Video;
    cx.world.apply(SaveToAlbum { kind, content });
    Ok(Vec::new())
}
