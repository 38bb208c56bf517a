//! Pictures of codes as bytes: JPEG, or PNG with nothing behind the lines.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::bitmap::Bitmap;
use super::drawing::{Look, drawn};
use super::style::Style;
use crate::world::World;

/// Quality of a JPEG, of 100.
const QUALITY: u8 = 85;

/// The picture of a code of the world, by its id or text: a PNG in black on nothing, 280 to 1280 pixels wide. `None` when there
/// is no such code, or it is no QR code and no mini program code.
pub fn picture_of_code(world: &World, name: &str, width: u16) -> Option<Vec<u8>> {
    of_code(world, name, &Style::hyaline(width))
}

/// The picture of a code of the world; `None` when there is none.
pub(super) fn of_code(world: &World, name: &str, style: &Style) -> Option<Vec<u8>> {
    let code = world.printed_code(name)?;
    let text = world.code_text(code)?;
    let look = match code.format() {
        "WX_CODE" => Look::Round,
        _ => Look::Square,
    };
    let bitmap = drawn(&text, look, style.width)?;
    if style.is_hyaline {
        png(&bitmap, style.color)
    } else {
        jpeg(&bitmap, style.color)
    }
}

/// Lines of a colour on white.
fn jpeg(bitmap: &Bitmap, color: [u8; 3]) -> Option<Vec<u8>> {
    let mut pixels = Vec::with_capacity(bitmap.ink().len() * 3);
    for ink in bitmap.ink() {
        pixels.extend(color.map(|part| mixed(part, *ink)));
    }
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    let side = u32::from(bitmap.width());
    let encoded = encoder.encode(&pixels, side, side, ExtendedColorType::Rgb8);
    encoded.is_ok().then_some(bytes)
}

/// A part of a colour, so much of it on white.
fn mixed(part: u8, ink: u8) -> u8 {
    let missing = u16::from(u8::MAX - part) * u16::from(ink) / 255;
    u8::MAX - u8::try_from(missing).unwrap_or(u8::MAX)
}

/// Lines of a colour on nothing.
fn png(bitmap: &Bitmap, [r, g, b]: [u8; 3]) -> Option<Vec<u8>> {
    let mut pixels = Vec::with_capacity(bitmap.ink().len() * 4);
    for ink in bitmap.ink() {
        pixels.extend([r, g, b, *ink]);
    }
    let mut bytes = Vec::new();
    let side = u32::from(bitmap.width());
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::NoFilter)
        .write_image(&pixels, side, side, ExtendedColorType::Rgba8)
        .is_ok()
        .then_some(bytes)
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::picture_of_code;
    use crate::profile::Profile;
    use crate::server::code::testing::{decoded, read};
    use crate::world::account::EnvVersion;
    use crate::world::printed_code::made::MakeCode;
    use crate::world::printed_code::{Content, DeclareCodes, PrintedCode};
    use crate::world::{AppFacts, World};

    #[test]
    fn every_code_of_the_world_that_is_no_bar_code_has_a_picture() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let made = MakeCode {
            app_id: world.app().app_id.clone(),
            content: Content::Limited {
                path: "a".into(),
                square: true,
            },
            env_version: EnvVersion::Release,
        };
        let id = world.apply(made).expect("it is good");
        let declared = |id: &str, format: &str| PrintedCode {
            id: id.into(),
            content: Content::Text {
                text: "https://a.example/茶".into(),
                format: format.into(),
                page: String::new(),
            },
            app_id: None,
            env_version: EnvVersion::Release,
        };
        world.apply(DeclareCodes {
            codes: vec![declared("link", "QR_CODE"), declared("bars", "EAN_13")],
            links: Vec::new(),
        });
        let picture = |name: &str, width| {
            let bytes = picture_of_code(&world, name, width)?;
            Some(decoded(&bytes, ImageFormat::Png))
        };
        let of_link = picture("link", 0).expect("it is a QR code");
        assert_eq!(of_link.dimensions(), (280, 280));
        assert_eq!(read(&of_link), "https://a.example/茶");
        let of_made = picture(&id, u16::MAX).expect("it was made");
        assert_eq!(of_made.dimensions(), (1280, 1280));
        let text = format!("wxcode://{}/{id}", world.app().app_id);
        assert_eq!(read(&of_made), text);
        assert_eq!(picture(&text, u16::MAX), Some(of_made));
        assert_eq!(picture("bars", 280), None);
        assert_eq!(picture("nothing", 280), None);
    }
}
