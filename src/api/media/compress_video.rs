//! `wx.compressVideo`: a smaller copy of a video.
//!
//! Official page: `api/media/video/wx.compressVideo`. `quality` counts before `bitrate`, `fps` and `resolution`, which is the
//! share of the sides that the copy has.
//!
//! Differs from the client: the copy has no frames, so bit rate and frame rate change nothing.

use crate::api::chosen_files::temporary;
use crate::api::file_access::text;
use crate::api::media_bytes::{self, film_at, kilobytes, side};
use crate::api::{Api, Cx, Reply, answer};
use crate::media_format::film::{self, Film};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "compressVideo",
    group: Group::Media,
    summary: "Makes a smaller copy of a video.",
    since: Version(2, 11, 0),
    params: &[
        Param::required("src", Class::String),
        Param::optional("quality", Class::String),
        Param::optional("bitrate", Class::Number),
        Param::optional("fps", Class::Number),
        Param::optional("resolution", Class::Number),
    ],
    fails: media_bytes::FAILS,
    examples: &[Example {
        title: "Half as wide",
        js: "wx.chooseVideo({ success({ tempFilePath: src }) {\n\
             wx.compressVideo({ src, resolution: 0.5 });\n\
             } })",
        replies: "chooseVideo:ok\ncompressVideo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (_, film) = film_at(cx, text(options, "src"))?;
    let by_quality = !text(options, "quality").is_empty();
    let share = options.get("resolution").as_f64();
    let share = share.filter(|share| !by_quality && *share > 0.0 && *share <= 1.0);
    let scaled = |pixels: u32| side(f64::from(pixels) * share.unwrap_or(1.0)).into();
    let copy = film::mp4(Film {
        width: scaled(film.width),
        height: scaled(film.height),
        ..film
    });
    let size = kilobytes(&copy);
    let path = temporary(cx, "mp4", copy);
    Ok(vec![
        ("tempFilePath".to_owned(), path.into()),
        ("size".to_owned(), size),
    ])
}
