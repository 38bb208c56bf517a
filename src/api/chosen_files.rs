//! What the APIs that let the user choose files share: the answers, and the files that come of them.
//!
//! The user chooses from the album, takes a picture or a video, or takes a file of a chat. The answer
//! `choose` is the first files there; `{"files":[…]}` says which files, by a path in the package or by
//! size and kind. Every chosen file becomes a temporary file with real bytes.

use serde::Deserialize;
use serde_json::Value as Json;

use super::{Cx, media_bytes};
use crate::errmsg::Reason;
use crate::media_format::film::{self, Film};
use crate::media_format::picture;
use crate::value::Value;
use crate::version::Version;
use crate::world::album::MediaKind;
use crate::world::files::MakeTempFile;

/// Bytes of the largest file that an answer may ask for.
const SIZE_MAX: u64 = 64 << 20;

/// A file in an answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileWanted {
    /// A file of the package that has the bytes.
    #[serde(default)]
    pub path: Option<String>,
    /// Name in the chat.
    #[serde(default)]
    pub name: Option<String>,
    /// Bytes; a shorter file gets zeros behind its end.
    #[serde(default)]
    pub size: Option<u64>,
    /// Pixels.
    #[serde(default)]
    pub width: Option<u16>,
    /// Pixels.
    #[serde(default)]
    pub height: Option<u16>,
    /// Seconds of a video.
    #[serde(default)]
    pub duration: Option<f64>,
    /// `image`, `video` or `file`.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    files: Vec<FileWanted>,
}

/// The files of an answer; `None` when it is no object of that shape.
pub fn wanted(answer: &Json) -> Option<Vec<FileWanted>> {
    let Files { files } = Files::deserialize(answer).ok()?;
    let kinds = ["image", "video", "file"];
    let fits = |file: &FileWanted| {
        let kind = file.kind.as_deref();
        kind.is_none_or(|kind| kinds.contains(&kind))
            && file.size.is_none_or(|size| size <= SIZE_MAX)
            && file
                .duration
                .is_none_or(|seconds| (0.0..=86_400.0).contains(&seconds))
            && ![file.width, file.height].contains(&Some(0))
    };
    (!files.is_empty() && files.iter().all(fits)).then_some(files)
}

/// A file that the user chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// What it is.
    pub kind: MediaKind,
    /// Temporary file.
    pub path: String,
    /// Bytes.
    pub size: usize,
    /// Pixels; 0 when the bytes are no picture or video.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Seconds of a video.
    pub duration: f64,
}

/// The bytes of a file that an answer describes.
///
/// # Errors
/// The package has no such file.
pub fn bytes(
    cx: &mut Cx<'_>,
    file: &FileWanted,
    kind: Option<MediaKind>,
) -> Result<Vec<u8>, Reason> {
    let mut bytes = match (&file.path, kind) {
        (Some(path), _) => media_bytes::bytes(cx, path)?,
        (None, Some(MediaKind::Image)) => {
            picture::gray_jpeg(file.width.unwrap_or(1080), file.height.unwrap_or(1440))
        }
        (None, Some(MediaKind::Video)) => film::mp4(Film {
            width: file.width.unwrap_or(1280).into(),
            height: file.height.unwrap_or(720).into(),
            duration_ms: milliseconds(file.duration.unwrap_or(10.0)),
        }),
        (None, None) => Vec::new(),
    };
    if let Some(size) = file.size {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        bytes.resize(bytes.len().max(size), 0);
    }
    Ok(bytes)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts of floats saturate"
)]
fn milliseconds(seconds: f64) -> u32 {
    (seconds * 1_000.0).round() as u32
}

/// Makes the temporary file of bytes that the user chose.
pub fn made(cx: &mut Cx<'_>, kind: MediaKind, content: Vec<u8>) -> Chosen {
    let picture = picture::read(&content);
    let film = film::read(&content);
    let (width, height) = match (picture, film) {
        (Some(it), _) => (it.width, it.height),
        (_, Some(it)) => (it.width, it.height),
        _ => (0, 0),
    };
    let ending = match kind {
        MediaKind::Image => picture.map_or("jpg", |it| it.kind.ending()),
        MediaKind::Video => "mp4",
    };
    let size = content.len();
    let path = temporary(cx, ending, content);
    Chosen {
        kind,
        path,
        size,
        width,
        height,
        duration: f64::from(film.map_or(0, |it| it.duration_ms)) / 1_000.0,
    }
}

/// A temporary file; its path.
pub fn temporary(cx: &mut Cx<'_>, ending: &str, content: Vec<u8>) -> String {
    cx.world.apply(MakeTempFile {
        caller: cx.caller.clone(),
        ending: ending.to_owned(),
        content,
    })
}

/// What a call lets the user choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Kinds of files.
    pub kinds: Vec<MediaKind>,
    /// Whether files of both kinds may be chosen together.
    pub mixed: bool,
    /// Most files.
    pub count: usize,
    /// Whether the album is offered.
    pub album: bool,
    /// Whether the camera is offered.
    pub camera: bool,
    /// Longest video that is taken, in seconds.
    pub max_duration: f64,
}

/// Files that may be chosen at a time, before and since base library 2.25.0.
const COUNT_MAX: (usize, usize) = (9, 20);
const COUNT_SINCE: Version = Version(2, 25, 0);

/// `count` of the options within what the client takes.
pub fn count(cx: &Cx<'_>, options: &Value) -> usize {
    let most = if cx.world.profile().sdk >= COUNT_SINCE {
        COUNT_MAX.1
    } else {
        COUNT_MAX.0
    };
    let given = options.get("count").as_f64().filter(|count| *count >= 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts of floats saturate"
    )]
    given.map_or(COUNT_MAX.0, |count| count as usize).min(most)
}

/// Whether a list of the options names a word; a missing or empty list names all.
pub fn names(options: &Value, key: &str, word: &str) -> bool {
    let list = options.get(key).items();
    list.is_empty() || list.iter().any(|item| item.as_str() == Some(word))
}

impl Choice {
    /// What is asked, in one line.
    pub fn text(&self) -> String {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.name()).collect();
        let from = match (self.album, self.camera) {
            (true, true) => "from the album or the camera",
            (true, false) => "from the album",
            (false, _) => "with the camera",
        };
        format!("choose up to {} ({}) {from}", self.count, kinds.join(", "))
    }

    /// Words of the kinds, for the question.
    pub fn entries(&self) -> Vec<String> {
        self.kinds
            .iter()
            .map(|kind| kind.name().to_owned())
            .collect()
    }

    /// The files that the user chose: as described, else the first of the album, else one that is
    /// taken.
    ///
    /// # Errors
    /// The user chose nothing, or the package has no such file.
    pub fn files(&self, cx: &mut Cx<'_>, answer: &Json) -> Result<Vec<Chosen>, Reason> {
        let first = self.kinds.first().copied().unwrap_or(MediaKind::Image);
        let mut contents = Vec::new();
        if let Some(wanted) = wanted(answer) {
            for file in &wanted {
                let kind = match file.kind.as_deref() {
                    Some("video") => MediaKind::Video,
                    Some(_) => MediaKind::Image,
                    None => first,
                };
                contents.push((kind, bytes(cx, file, Some(kind))?));
            }
        } else if answer.as_str() != Some("choose") {
            return Err(Reason::Cancel);
        } else if self.album {
            let kinds = if self.mixed {
                &self.kinds[..]
            } else {
                &[first]
            };
            for kind in kinds {
                let files = cx.world.album(*kind).into_iter();
                contents.extend(files.map(|content| (*kind, content)));
            }
        } else {
            let taken = FileWanted {
                duration: Some(self.max_duration.min(10.0)),
                ..FileWanted::default()
            };
            contents.push((first, bytes(cx, &taken, Some(first))?));
        }
        contents.truncate(self.count);
        let files = contents.into_iter();
        Ok(files
            .map(|(kind, content)| made(cx, kind, content))
            .collect())
    }
}

/// Bytes, pixels or other counts as a script's number.
#[expect(clippy::cast_precision_loss, reason = "bytes of a file")]
pub fn number(count: usize) -> Value {
    Value::Number(count as f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::wanted;

    #[test]
    fn an_answer_describes_files_within_limits() {
        let fits = |answer| wanted(&answer).is_some();
        assert!(fits(json!({"files": [{}]})));
        assert!(fits(
            json!({"files": [{"path": "a.png", "size": 67_108_864}]})
        ));
        assert!(fits(
            json!({"files": [{"type": "video", "duration": 1.5, "width": 2, "height": 1}]})
        ));
        for wrong in [
            json!({}),
            json!({"files": []}),
            json!({"files": [{"size": 67_108_865}]}),
            json!({"files": [{"size": -1}]}),
            json!({"files": [{"width": 0}]}),
            json!({"files": [{"height": 70_000}]}),
            json!({"files": [{"duration": -1}]}),
            json!({"files": [{"type": "sound"}]}),
            json!({"files": [{"wdth": 1}]}),
            json!({"files": [{}], "more": 1}),
            json!("choose"),
        ] {
            assert!(!fits(wrong.clone()), "{wrong}");
        }
    }
}
