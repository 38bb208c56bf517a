//! `wx.compressImage`: a smaller copy of a picture.
//!
//! Official page: `api/media/image/wx.compressImage`. Since base library 2.26.0 width or height of the copy may be given;
//! the other side follows in proportion.
//!
//! Differs from the client: the copy is a gray JPEG of the right size, whatever `quality` says.

use crate::api::chosen_files::temporary;
use crate::api::file_access::text;
use crate::api::media_bytes::{self, picture_at, side};
use crate::api::{Api, Cx, Reply, answer};
use crate::media_format::picture::gray_jpeg;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "compressImage",
    group: Group::Media,
    summary: "Makes a smaller copy of a picture.",
    since: Version(2, 4, 0),
    params: &[
        Param::required("src", Class::String),
        Param::optional("quality", Class::Number),
        Param {
            since: SIZE_SINCE,
            ..Param::optional("compressedWidth", Class::Number)
        },
        Param {
            since: SIZE_SINCE,
            ..Param::optional("compressedHeight", Class::Number)
        },
    ],
    fails: media_bytes::FAILS,
    examples: &[Example {
        title: "A picture of the album",
        js: "wx.chooseImage({ count: 1, success({ tempFilePaths: [src] }) {\n\
             wx.compressImage({ src, quality: 50 });\n\
             } })",
        replies: "chooseImage:ok\ncompressImage:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Base library in which the size of the copy can be given.
const SIZE_SINCE: Version = Version(2, 26, 0);

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (_, picture) = picture_at(cx, text(options, "src"))?;
    let sized = cx.world.profile().sdk >= SIZE_SINCE;
    let given = |key: &str| {
        options
            .get(key)
            .as_f64()
            .filter(|side| sized && *side >= 1.0)
    };
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let (width, height) = match (given("compressedWidth"), given("compressedHeight")) {
        (Some(width), Some(height)) => (width, height),
        (Some(wanted), None) => (wanted, height * wanted / width),
        (None, Some(wanted)) => (width * wanted / height, wanted),
        (None, None) => (width, height),
    };
    let copy = gray_jpeg(side(width), side(height));
    let path = temporary(cx, "jpg", copy);
    Ok(vec![("tempFilePath".to_owned(), path.into())])
}
