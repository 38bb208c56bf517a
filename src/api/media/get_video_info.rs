//! `wx.getVideoInfo`: size, length and kind of a video.
//!
//! Official page: `api/media/video/wx.getVideoInfo`. Read from the header of an MP4 or QuickTime file.
//!
//! Differs from the client: `fps` is always 30, `orientation` always `up`, `type` always `mp4`.

use crate::api::file_access::text;
use crate::api::media_bytes::{self, film_at, kilobytes};
use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getVideoInfo",
    group: Group::Media,
    summary: "Gives size, length and kind of a video.",
    since: Version(2, 11, 0),
    params: &[Param::required("src", Class::String)],
    fails: media_bytes::FAILS,
    examples: &[Example {
        title: "How long a chosen video is",
        js: "wx.chooseVideo({ success({ tempFilePath: src }) {\n\
             wx.getVideoInfo({ src, success: ({ duration }) => console.log(duration) });\n\
             } })",
        replies: "chooseVideo:ok\ngetVideoInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Frames a second.
const FPS: u32 = 30;

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (bytes, film) = film_at(cx, text(options, "src"))?;
    // Bits in a millisecond are kilobits in a second.
    let duration_ms = usize::try_from(film.duration_ms).unwrap_or(usize::MAX);
    let rate = (bytes.len() * 8).checked_div(duration_ms).unwrap_or(0);
    let duration = f64::from(film.duration_ms) / 1_000.0;
    let members = [
        ("orientation", Value::from("up")),
        ("type", "mp4".into()),
        ("duration", Value::Number(duration)),
        ("size", kilobytes(&bytes)),
        ("width", film.width.into()),
        ("height", film.height.into()),
        ("fps", FPS.into()),
        ("bitrate", crate::api::chosen_files::number(rate)),
    ];
    Ok(members.map(|(key, value)| (key.to_owned(), value)).to_vec())
}
