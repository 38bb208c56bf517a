//! Pictures as tests look at them.

use image::{Rgba, RgbaImage};

use crate::server::response::Response;

/// The pixels of an answer that is a picture of the type that it says.
pub(super) fn pixels(response: &Response) -> RgbaImage {
    let format = match response.header("content-type") {
        Some("image/jpeg") => image::ImageFormat::Jpeg,
        Some("image/png") => image::ImageFormat::Png,
        other => panic!("{other:?}: {}", response.body_json()),
    };
    decoded(&response.body, format)
}

/// The pixels of a picture.
pub(super) fn decoded(bytes: &[u8], format: image::ImageFormat) -> RgbaImage {
    let picture = image::load_from_memory_with_format(bytes, format);
    picture.expect("a picture").to_rgba8()
}

/// What a reader of QR codes reads from a picture on a white desk.
pub(super) fn read(picture: &RgbaImage) -> String {
    let side = usize::try_from(picture.width()).expect("a small picture");
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        let at = |place: usize| u32::try_from(place).expect("a small picture");
        let Rgba([r, g, b, alpha]) = *picture.get_pixel(at(x), at(y));
        let grey = (u32::from(r) + u32::from(g) + u32::from(b)) / 3;
        let grey = 255 - (255 - grey) * u32::from(alpha) / 255;
        u8::try_from(grey).expect("a byte")
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("a good code").1
}

/// The colour of the circle around a mini program code.
pub(super) fn line_color(picture: &RgbaImage) -> [u8; 3] {
    let Rgba([r, g, b, _]) = *picture.get_pixel(picture.width() / 2, picture.width() * 22 / 1000);
    [r, g, b]
}

/// Whether two colours are the same for an eye that looks at a JPEG.
pub(super) fn is_near(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(a, b)| a.abs_diff(b) < 12)
}
