//! Pictures: size, kind and orientation by their headers, and gray JPEG files.
//!
//! Formats: PNG, JPEG with EXIF, GIF, WebP (all three kinds), TIFF.

use super::{be, le};

/// Format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the formats")]
pub enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
}

/// What a picture's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its format.
    pub kind: Kind,
    /// Pixels, before any rotation.
    pub width: u32,
    /// Pixels, before any rotation.
    pub height: u32,
    /// As EXIF counts it, from 1.
    pub orientation: u32,
}

impl Kind {
    /// Usual ending of file names.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Tiff => "tiff",
        }
    }
}

/// Reads the header of a picture; `None` when the bytes are none.
pub fn read(bytes: &[u8]) -> Option<Picture> {
    let upright = |kind, width, height| Picture {
        kind,
        width,
        height,
        orientation: 1,
    };
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16)? == b"IHDR" {
        return Some(upright(Kind::Png, be(bytes, 16, 4)?, be(bytes, 20, 4)?));
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Some(upright(Kind::Gif, le(bytes, 6, 2)?, le(bytes, 8, 2)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP" {
        let (width, height) = webp(bytes)?;
        return Some(upright(Kind::Webp, width, height));
    }
    if bytes.starts_with(&[0xff, 0xd8]) {
        return jpeg(bytes);
    }
    let tags = directory(bytes)?;
    let tag = |wanted| tags.iter().find(|(tag, _)| *tag == wanted);
    Some(Picture {
        kind: Kind::Tiff,
        width: tag(WIDTH)?.1,
        height: tag(HEIGHT)?.1,
        orientation: tag(ORIENTATION).map_or(1, |(_, value)| *value),
    })
}

/// Tags of a TIFF directory.
const WIDTH: u32 = 256;
const HEIGHT: u32 = 257;
const ORIENTATION: u32 = 274;
/// Type of a tag whose value has two bytes.
const SHORT: u32 = 3;

/// Tags and values of the first directory of a TIFF file, which EXIF is too.
fn directory(bytes: &[u8]) -> Option<Vec<(u32, u32)>> {
    let number = match bytes.get(..4)? {
        b"II*\0" => le,
        b"MM\0*" => be,
        _ => return None,
    };
    let at = usize::try_from(number(bytes, 4, 4)?).ok()?;
    let count = usize::try_from(number(bytes, at, 2)?).ok()?;
    let entries = (0..count).map_while(|entry| {
        let at = at + 2 + 12 * entry;
        let tag = number(bytes, at, 2)?;
        let length = if number(bytes, at + 2, 2)? == SHORT {
            2
        } else {
            4
        };
        Some((tag, number(bytes, at + 8, length)?))
    });
    Some(entries.collect())
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((le(bytes, 26, 2)? & 0x3fff, le(bytes, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let packed = le(bytes, 21, 4)?;
            Some(((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => Some((le(bytes, 24, 3)? + 1, le(bytes, 27, 3)? + 1)),
        _ => None,
    }
}

fn jpeg(bytes: &[u8]) -> Option<Picture> {
    let (mut at, mut orientation) = (2, 1);
    loop {
        if be(bytes, at, 1)? != 0xff {
            return None;
        }
        let marker = be(bytes, at + 1, 1)?;
        let length = usize::try_from(be(bytes, at + 2, 2)?).ok()?;
        let frame = (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker);
        if frame {
            return Some(Picture {
                kind: Kind::Jpeg,
                width: be(bytes, at + 7, 2)?,
                height: be(bytes, at + 5, 2)?,
                orientation,
            });
        }
        let segment = bytes.get(at + 4..at + 2 + length.max(2))?;
        if marker == 0xe1
            && let Some(exif) = segment.strip_prefix(b"Exif\0\0")
            && let Some(tags) = directory(exif)
            && let Some((_, value)) = tags.iter().find(|(tag, _)| *tag == ORIENTATION)
        {
            orientation = *value;
        }
        at += 2 + length;
    }
}

/// A gray JPEG file of that size, which every decoder shows.
pub fn gray_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[&[u8]]| {
        let length: usize = content.iter().map(|part| part.len()).sum();
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(length + 2).unwrap_or_default().to_be_bytes());
        bytes.extend(content.concat());
    };
    let (tall, wide) = (height.to_be_bytes(), width.to_be_bytes());
    segment(0xe0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]);
    segment(0xdb, &[&[0], &[1; 64]]);
    segment(0xc0, &[&[8], &tall, &wide, &[1, 1, 0x11, 0]]);
    // One code of one bit in each table: no difference to the last block; nothing more in the block.
    for table in [0x00, 0x10] {
        segment(0xc4, &[&[table, 1], &[0; 15], &[0]]);
    }
    segment(0xda, &[&[1, 1, 0, 0, 63, 0]]);
    let blocks = |pixels: u16| usize::from(pixels).div_ceil(8);
    let bits = 2 * blocks(width) * blocks(height);
    bytes.resize(bytes.len() + bits / 8, 0);
    if bits % 8 != 0 {
        bytes.push(0xff >> (bits % 8));
    }
    bytes.extend([0xff, 0xd9]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Kind, Picture, gray_jpeg, read};

    fn picture(kind: Kind, width: u32, height: u32, orientation: u32) -> Picture {
        Picture {
            kind,
            width,
            height,
            orientation,
        }
    }

    #[test]
    fn a_made_picture_says_its_size() {
        for (width, height) in [(1, 1), (8, 8), (1080, 1440), (65535, 3)] {
            let made = gray_jpeg(width, height);
            assert_eq!(
                read(&made),
                Some(picture(Kind::Jpeg, width.into(), height.into(), 1))
            );
            assert!(made.ends_with(&[0xff, 0xd9]));
        }
        // 135 × 180 blocks of two bits each: the data between the header and the end.
        assert_eq!(
            gray_jpeg(1080, 1440).len() - gray_jpeg(1, 1).len(),
            6075 - 1
        );
    }

    #[test]
    fn headers_say_size_and_kind() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\0\x20";
        assert_eq!(read(png), Some(picture(Kind::Png, 256, 32, 1)));
        assert_eq!(
            read(b"GIF89a\x02\0\x03\x01"),
            Some(picture(Kind::Gif, 2, 259, 1))
        );
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x90\x01\x2c\x01";
        assert_eq!(read(lossy), Some(picture(Kind::Webp, 400, 300, 1)));
        // 14 bits of width - 1, then 14 bits of height - 1.
        let packed = (399_u32 + (299 << 14)).to_le_bytes();
        let lossless = [b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f".as_slice(), &packed].concat();
        assert_eq!(read(&lossless), Some(picture(Kind::Webp, 400, 300, 1)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x8f\x01\0\x2b\x01\0";
        assert_eq!(read(extended), Some(picture(Kind::Webp, 400, 300, 1)));
    }

    #[test]
    fn exif_and_tiff_say_how_a_picture_is_turned() {
        // One entry: tag 274, a short, one of them, value 6.
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let plain = gray_jpeg(40, 30);
        let turned = [&plain[..2], &[0xff, 0xe1], &length, exif, &plain[2..]].concat();
        assert_eq!(read(&turned), Some(picture(Kind::Jpeg, 40, 30, 6)));
        let tiff = b"II*\0\x08\0\0\0\x02\0\
            \0\x01\x04\0\x01\0\0\0\x50\0\0\0\x01\x01\x03\0\x01\0\0\0\x3c\0\0\0";
        assert_eq!(read(tiff), Some(picture(Kind::Tiff, 80, 60, 1)));
    }

    #[test]
    fn what_is_cut_short_or_no_picture_is_none() {
        let made = gray_jpeg(40, 30);
        for length in 0..made.len().min(100) {
            let _ = read(&made[..length]);
        }
        let none = [
            &b""[..],
            b"hello",
            b"\x89PNG\r\n\x1a\n",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"\xff\xd8\xff\xe0\0\0",
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            b"II*\0\xff\xff\xff\xff",
        ];
        for bytes in none {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }
}
