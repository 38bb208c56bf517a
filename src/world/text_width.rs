//! How wide a text is drawn.
//!
//! Differs from the client: there are no fonts. Every font counts as Helvetica with its published
//! widths for ASCII, and everything else is as wide as it is high, as Chinese characters are.
//! Weight, style and kerning change nothing.

/// Size of the usual font of a canvas, in pixels.
pub const USUAL_FONT_PX: f64 = 10.0;

/// Widths of the characters from blank to `~`, in thousandths of the font's size.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The width in pixels of a text in a CSS font such as `bold 14px sans-serif`.
pub fn text_width(text: &str, font: &str) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(char_width(c))).sum();
    f64::from(thousandths) * font_px(font) / 1000.0
}

fn char_width(c: char) -> u16 {
    let code = c as u32;
    let ascii = code
        .checked_sub(32)
        .and_then(|at| ASCII.get(usize::try_from(at).ok()?));
    match ascii {
        Some(width) => *width,
        None if c.is_control() => 0,
        None => 1000,
    }
}

/// The size in a CSS font: the first length in it; [`USUAL_FONT_PX`] without one.
pub fn font_px(font: &str) -> f64 {
    let size = font.split_ascii_whitespace().find_map(|part| {
        let part = part.split('/').next().unwrap_or(part);
        let (number, factor) = match part.strip_suffix("px") {
            Some(number) => (number, 1.0),
            None => (part.strip_suffix("pt")?, 4.0 / 3.0),
        };
        Some(number.parse::<f64>().ok()? * factor)
    });
    size.filter(|px| px.is_finite() && *px > 0.0)
        .unwrap_or(USUAL_FONT_PX)
}

#[cfg(test)]
mod tests {
    use super::{font_px, text_width};

    #[test]
    fn a_text_is_as_wide_as_its_characters() {
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(text_width("", "20px x"), 0.0));
        assert!(close(text_width("中文，", "20px x"), 60.0));
        assert!(close(text_width("Wi\n", "1000px x"), 944.0 + 222.0));
        assert!(close(text_width("a ~", "10px x"), 5.56 + 2.78 + 5.84));
    }

    #[test]
    fn the_size_is_found_in_every_form_of_a_font() {
        for (font, px) in [
            ("14px sans-serif", 14.0),
            ("normal bold 12.5px/1.5 Arial", 12.5),
            ("9pt serif", 12.0),
            ("sans-serif", 10.0),
            ("-3px x", 10.0),
            ("", 10.0),
        ] {
            assert!((font_px(font) - px).abs() < 1e-9, "{font}");
        }
    }
}
