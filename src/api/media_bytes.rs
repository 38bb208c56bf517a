//! Pictures and videos that a program hands over by path.

use super::{Cx, file_access};
use crate::errmsg::{FileProblem, MediaProblem, Named, Reason};
use crate::media_format::film::{self, Film};
use crate::media_format::picture::{self, Picture};
use crate::value::Value;

/// What handing over a picture or video can fail with.
pub const FAILS: &[Reason] = &[
    Reason::Media(MediaProblem::InvalidFileType),
    Reason::File(FileProblem::NoSuchFile, String::new()),
];

/// The bytes of a file and what they are as a picture.
///
/// # Errors
/// There is no such file, or it is no picture.
pub fn picture_at(cx: &mut Cx<'_>, path: &str) -> Result<(Vec<u8>, Picture), Reason> {
    let bytes = bytes(cx, path)?;
    let picture = picture::read(&bytes).ok_or(Reason::Media(MediaProblem::InvalidFileType))?;
    Ok((bytes, picture))
}

/// The bytes of a file and what they are as a video.
///
/// # Errors
/// There is no such file, or it is no video.
pub fn film_at(cx: &mut Cx<'_>, path: &str) -> Result<(Vec<u8>, Film), Reason> {
    let bytes = bytes(cx, path)?;
    let film = film::read(&bytes).ok_or(Reason::Media(MediaProblem::InvalidFileType))?;
    Ok((bytes, film))
}

/// Any way in which a path leads to no file is one failure here.
///
/// # Errors
/// There is none.
pub fn bytes(cx: &mut Cx<'_>, path: &str) -> Result<Vec<u8>, Reason> {
    let content = file_access::contents(cx, path).map_err(|_| missing(path))?;
    Ok(content.bytes().to_vec())
}

/// No file has that path.
pub fn missing(path: &str) -> Reason {
    FileProblem::NoSuchFile.of(Named::Opened(path))
}

/// Pixels of a picture that is made; a side has one pixel at least.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts of floats saturate"
)]
pub fn side(pixels: f64) -> u16 {
    pixels.round().max(1.0) as u16
}

/// Kilobytes, the last one begun.
pub fn kilobytes(bytes: &[u8]) -> Value {
    super::chosen_files::number(bytes.len().div_ceil(1024))
}
