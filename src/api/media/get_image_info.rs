//! `wx.getImageInfo`: size and kind of a picture.
//!
//! Official page: `api/media/image/wx.getImageInfo`. `src` is a path of the package, of the program's files or a URL,
//! whose picture becomes a temporary file. Width and height are those before any rotation;
//! `orientation` and `type` exist since base library 1.9.90.
//!
//! Unverified: `type` of WebP is `unknown`, as the official page lists no such value; the words for a file that
//! is missing or no picture.

use crate::api::chosen_files::temporary;
use crate::api::exchange::{self, Progress, Request};
use crate::api::file_access::{self, text};
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{MediaProblem, Reason};
use crate::media_format::picture::{self, Kind};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::network::Response;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getImageInfo",
    group: Group::Media,
    summary: "Gives size and kind of a picture.",
    params: &[Param::required("src", Class::String)],
    fails: &[
        Reason::Media(MediaProblem::FileNotFound),
        Reason::Media(MediaProblem::InvalidFileType),
        Reason::DomainNotListed,
        Reason::Timeout,
        Reason::Interrupted,
        Reason::TooManyRedirects,
        Reason::Network(String::new()),
    ],
    differs: "Declared routes answer for pictures of the network.",
    examples: &[Example {
        title: "A picture of the album",
        js: "wx.chooseImage({ count: 1, success({ tempFilePaths: [src] }) {\n\
             wx.getImageInfo({ src, success: ({ width, height }) => console.log(width, height) });\n\
             } })",
        replies: "chooseImage:ok\ngetImageInfo:ok",
    }],
    ..ApiSpec::ASYNC
};

/// Base library whose result has `orientation` and `type`.
const KIND_SINCE: Version = Version(1, 9, 90);

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::MayTransfer {
        local,
        request,
        answered,
    },
};

fn local(cx: &mut Cx<'_>, options: &Value) -> Option<Reply> {
    let src = text(options, "src");
    if src.starts_with("http://usr")
        || src.starts_with("http://tmp")
        || src.starts_with("http://store")
    {
        return Some(of_file(cx, src));
    }
    let remote = src.starts_with("http://") || src.starts_with("https://");
    (!remote).then(|| of_file(cx, src))
}

fn of_file(cx: &mut Cx<'_>, src: &str) -> Reply {
    let bytes = file_access::read(cx, src, "open")
        .map_err(|_| Reason::Media(MediaProblem::FileNotFound))?;
    let shown = src.trim_start_matches('/').to_owned();
    facts(cx, &bytes, shown)
}

fn request(_: &mut Cx<'_>, options: &Value) -> Result<Request, Reason> {
    Ok(Request {
        method: "GET".to_owned(),
        url: exchange::url(&Value::object([("url", text(options, "src").into())]))?,
        body: String::new(),
    })
}

fn answered(cx: &mut Cx<'_>, _: &Value, response: &Response) -> (Vec<Progress>, Reply) {
    let reply = downloaded(cx, response);
    (Vec::new(), reply)
}

fn downloaded(cx: &mut Cx<'_>, response: &Response) -> Reply {
    if response.status >= 400 {
        let words = format!("status code {}", response.status);
        return Err(Reason::Network(words));
    }
    let bytes = response.body.bytes().clone();
    let ending = picture::read(&bytes).map(|picture| picture.kind.ending());
    let path = temporary(
        cx,
        ending.ok_or(Reason::Media(MediaProblem::InvalidFileType))?,
        bytes.clone(),
    );
    facts(cx, &bytes, path)
}

fn facts(cx: &Cx<'_>, bytes: &[u8], path: String) -> Reply {
    let picture = picture::read(bytes).ok_or(Reason::Media(MediaProblem::InvalidFileType))?;
    let mut members = vec![
        ("width".to_owned(), picture.width.into()),
        ("height".to_owned(), picture.height.into()),
        ("path".to_owned(), path.into()),
    ];
    if cx.world.profile().sdk >= KIND_SINCE {
        let orientation = orientation(picture.orientation);
        members.push(("orientation".to_owned(), orientation.into()));
        members.push(("type".to_owned(), kind(picture.kind).into()));
    }
    Ok(members)
}

/// The word for an orientation of EXIF.
fn orientation(exif: u32) -> &'static str {
    match exif {
        2 => "up-mirrored",
        3 => "down",
        4 => "down-mirrored",
        5 => "left-mirrored",
        6 => "right",
        7 => "right-mirrored",
        8 => "left",
        _ => "up",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Jpeg => "jpeg",
        Kind::Png => "png",
        Kind::Gif => "gif",
        Kind::Tiff => "tiff",
        Kind::Webp => "unknown",
    }
}
