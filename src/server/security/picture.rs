//! Whether bytes are a picture that the check of pictures takes.
//!
//! The header is read first, so a picture that says it is too large is never decoded; while it is decoded, memory
//! has a limit, whatever the file says of itself.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use crate::media_format::picture::{self, Kind};
use crate::server::errcode;
use crate::server::fault::Fault;

/// Largest width, in pixels.
pub(super) const WIDTH_MAX: u32 = 750;
/// Largest height, in pixels.
pub(super) const HEIGHT_MAX: u32 = 1_334;
/// Memory while decoding, in bytes: twice what the largest picture of eight bytes a pixel needs.
const MEMORY_MAX: u64 = 2 * 8 * 750 * 1_334;

/// Decodes a picture.
///
/// # Errors
/// 40006 when it is none, or too large.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let wrong = |why: String| errcode::INVALID_MEDIA_SIZE.because(why);
    let header = picture::read(bytes);
    let header = header.ok_or_else(|| wrong("by its bytes the file is no picture".to_owned()))?;
    let format = match header.kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Gif => ImageFormat::Gif,
        Kind::Webp | Kind::Tiff => {
            return Err(wrong("pictures are PNG, JPEG and GIF".to_owned()));
        }
    };
    let (width, height) = (header.width, header.height);
    if width > WIDTH_MAX || height > HEIGHT_MAX {
        let why = format!("{width} × {height} pixels; at most {WIDTH_MAX} × {HEIGHT_MAX}");
        return Err(wrong(why));
    }
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(WIDTH_MAX);
    limits.max_image_height = Some(HEIGHT_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoded = reader.decode();
    decoded
        .map(|_| ())
        .map_err(|error| wrong(format!("the picture cannot be read: {error}")))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, RgbImage, Rgba, RgbaImage};

    use super::check;
    use crate::media_format::picture::gray_jpeg;

    /// A picture with something on it.
    pub(in super::super) fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let pixel = |x: u32, y: u32| image::Rgb([(x % 251) as u8, (y % 241) as u8, 7]);
        let image = DynamicImage::from(RgbImage::from_fn(width, height, pixel));
        let mut bytes = Vec::new();
        image
            .write_to(&mut Cursor::new(&mut bytes), format)
            .expect("it has a file form");
        bytes
    }

    fn why(bytes: &[u8]) -> String {
        check(bytes).map_or_else(|fault| fault.why, |()| "fine".to_owned())
    }

    #[test]
    fn pictures_of_the_formats_are_fine_up_to_the_limit() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif] {
            assert_eq!(why(&picture(750, 1_334, format)), "fine", "{format:?}");
            assert_eq!(why(&picture(1, 1, format)), "fine", "{format:?}");
            let wide = why(&picture(751, 2, format));
            assert_eq!(wide, "751 × 2 pixels; at most 750 × 1334", "{format:?}");
            let tall = why(&picture(2, 1_335, format));
            assert_eq!(tall, "2 × 1335 pixels; at most 750 × 1334", "{format:?}");
        }
        assert_eq!(why(&gray_jpeg(750, 1_334)), "fine");
        let transparent = RgbaImage::from_pixel(750, 1_334, Rgba([1, 2, 3, 4]));
        let mut bytes = Vec::new();
        let deep = DynamicImage::from(transparent).to_rgba16();
        deep.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
            .expect("it has a file form");
        assert_eq!(why(&bytes), "fine", "eight bytes a pixel");
    }

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        for bytes in [b"".as_slice(), b"hello", b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(why(bytes), "by its bytes the file is no picture");
        }
        let bmp = picture(2, 2, ImageFormat::Bmp);
        assert_eq!(why(&bmp), "by its bytes the file is no picture");
        let webp = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x90\x01\x2c\x01";
        assert_eq!(why(webp), "pictures are PNG, JPEG and GIF");
        for format in [ImageFormat::Png, ImageFormat::Gif] {
            let whole = picture(40, 40, format);
            let cut = why(&whole[..whole.len() / 2]);
            assert!(cut.starts_with("the picture cannot be read: "), "{cut}");
        }
    }

    #[test]
    fn a_bomb_is_refused_by_its_header_and_by_what_it_needs() {
        let small = picture(8, 8, ImageFormat::Png);
        let mut bomb = small;
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert_eq!(why(&bomb), "65535 × 65535 pixels; at most 750 × 1334");
        // The screen is small; the frame on it needs 17 GB.
        let mut gif = picture(8, 8, ImageFormat::Gif);
        let at = gif
            .windows(2)
            .position(|it| it == [0x2c, 0])
            .expect("a frame");
        gif[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
        assert_eq!(
            why(&gif),
            "the picture cannot be read: Memory limit exceeded"
        );
    }
}
