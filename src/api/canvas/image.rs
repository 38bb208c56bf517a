//! `Image`: a picture that a canvas draws.
//!
//! Official page: `api/canvas/Image`. Writing `src` loads it; `onload` or `onerror` follows.
//!
//! Differs from the client: a picture of the network is always there and, as one whose format is not
//! PNG, [`USUAL_SIZE`] large.

use crate::api::file_access;
use crate::api::{Class, Cx, Reply, answer};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::canvas::USUAL_SIZE;

/// The class.
pub const CLASS: Class = Class {
    name: "Image",
    methods: &[answer(&LOAD, load)],
    members: &[],
    missing: &[],
};

const LOAD: ApiSpec = ApiSpec {
    name: "Image.load",
    group: Group::Canvas,
    summary: "Loads a picture: what writing `src` does.",
    since: Version(2, 7, 0),
    promise: false,
    latency_ms: 50,
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
    ],
    support: Support::Partial("pictures of the network, sizes of other formats than PNG"),
    ..ApiSpec::ASYNC
};

fn load(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let src = options.get("src").as_str().unwrap_or_default();
    let remote = ["http://", "https://", "data:", "cloud://"];
    let size = if remote.iter().any(|start| src.starts_with(start)) {
        USUAL_SIZE
    } else {
        png_size(&file_access::read(cx, src, "")?).unwrap_or(USUAL_SIZE)
    };
    Ok(vec![
        ("width".to_owned(), size.0.into()),
        ("height".to_owned(), size.1.into()),
    ])
}

/// Width and height of a PNG file.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let side = |at: usize| {
        let side = rest.get(at..at + 4)?;
        Some(u32::from_be_bytes(side.try_into().ok()?))
    };
    Some((side(8)?, side(12)?))
}

#[cfg(test)]
mod tests {
    use super::png_size;
    use crate::world::canvas::{Format, picture};

    #[test]
    fn the_size_of_a_picture_is_read_from_its_header() {
        assert_eq!(png_size(&picture(Format::Png, 7, 300)), Some((7, 300)));
        assert_eq!(png_size(&picture(Format::Jpeg, 7, 300)), None);
        assert_eq!(png_size(b"\x89PNG\r\n\x1a\n12"), None);
    }
}
