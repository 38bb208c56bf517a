//! What an uploaded file is, by its bytes alone: neither its name nor its type counts.

use crate::media_format::picture;
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::open_api::temp_media::{MediaKind, picture_type};

/// Type and ending of a file that is uploaded as this kind.
///
/// # Errors
/// 40137 for a picture of a format that is not taken, 40005 for anything else that is not taken.
pub(super) fn of(kind: MediaKind, bytes: &[u8]) -> Result<(&'static str, &'static str), Fault> {
    match kind {
        MediaKind::Image => match picture_type(bytes) {
            Some(found) if found.1 != "webp" => Ok(found),
            _ if is_other_picture(bytes) => {
                Err(errcode::INVALID_IMAGE_FORMAT.because("pictures are PNG, JPEG and GIF"))
            }
            _ => Err(errcode::INVALID_FILE_TYPE
                .because("by its bytes the file is no picture; PNG, JPEG and GIF are taken")),
        },
        MediaKind::Thumb => match picture_type(bytes) {
            Some(found) if found.1 == "jpg" => Ok(found),
            Some(_) => Err(errcode::INVALID_IMAGE_FORMAT.because("a thumb is a JPEG")),
            None => Err(errcode::INVALID_FILE_TYPE.because("by its bytes the file is no JPEG")),
        },
        MediaKind::Voice => voice(bytes).ok_or_else(|| {
            errcode::INVALID_FILE_TYPE.because("by its bytes the file is neither AMR nor MP3")
        }),
        MediaKind::Video if bytes.get(4..8) == Some(b"ftyp") => Ok(("video/mp4", "mp4")),
        MediaKind::Video => {
            Err(errcode::INVALID_FILE_TYPE.because("by its bytes the file is no MP4"))
        }
    }
}

fn is_other_picture(bytes: &[u8]) -> bool {
    picture::read(bytes).is_some() || bytes.starts_with(b"BM")
}

fn voice(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"#!AMR") {
        return Some(("audio/amr", "amr"));
    }
    // A frame begins with eleven bits, and no layer is number 0.
    let is_frame =
        matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0);
    (bytes.starts_with(b"ID3") || is_frame).then_some(("audio/mp3", "mp3"))
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::media_format::film::{Film, mp4};
    use crate::media_format::picture::gray_jpeg;
    use crate::world::open_api::temp_media::MediaKind;

    #[test]
    fn each_kind_takes_its_formats_only() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\0\x20".to_vec();
        let webp = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x90\x01\x2c\x01".to_vec();
        let film = mp4(Film {
            width: 1,
            height: 1,
            duration_ms: 1,
        });
        let files = [
            png,
            gray_jpeg(1, 1),
            b"GIF89a\x02\0\x03\x01".to_vec(),
            webp,
            b"BM".to_vec(),
            b"#!AMR\n".to_vec(),
            b"ID3".to_vec(),
            vec![0xff, 0xfb],
            film,
            b"hello".to_vec(),
        ];
        let found = |kind| {
            files
                .each_ref()
                .map(|file| {
                    of(kind, file).map_or_else(|it| it.errcode.to_string(), |it| it.1.into())
                })
                .join(" ")
        };
        assert_eq!(
            found(MediaKind::Image),
            "png jpg gif 40137 40137 40005 40005 40005 40005 40005"
        );
        assert_eq!(
            found(MediaKind::Thumb),
            "40137 jpg 40137 40137 40005 40005 40005 40005 40005 40005"
        );
        assert_eq!(
            found(MediaKind::Voice),
            "40005 40005 40005 40005 40005 amr mp3 mp3 40005 40005"
        );
        assert_eq!(
            found(MediaKind::Video),
            "40005 40005 40005 40005 40005 40005 40005 40005 mp4 40005"
        );
        assert!(of(MediaKind::Image, b"").is_err());
    }
}
