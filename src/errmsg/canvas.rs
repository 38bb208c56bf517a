//! What can go wrong with canvases.

use super::meaning::{Meaning, text};

/// A failure of a canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CanvasProblem {
    /// Nothing was drawn, or there is no such canvas.
    Empty,
    /// There is no picture of that size.
    NoBitmap,
    /// The pixels do not fit the area.
    WrongPixels,
}

impl CanvasProblem {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Empty => "canvas is empty",
            Self::NoBitmap => "create bitmap failed",
            Self::WrongPixels => "invalid image data",
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::Empty => text(
                "Nothing was drawn onto the canvas, or there is no canvas of that name.",
                "画布还没有绘制，或者找不到该画布。",
                "Call it in the callback of `draw`, with the canvas-id of a canvas of this page.",
                "在 `draw` 的回调里调用，并使用本页面画布的 canvas-id。",
            ),
            Self::NoBitmap => text(
                "The area or the picture has no size, or is too large.",
                "区域或图片的尺寸为零，或过大。",
                "Check width, height, destWidth and destHeight; they are in pixels.",
                "检查 width、height、destWidth、destHeight，单位为像素。",
            ),
            Self::WrongPixels => text(
                "`data` does not hold four bytes for each pixel of the area.",
                "`data` 的长度不等于区域内像素数乘 4。",
                "Hand over a Uint8ClampedArray of width × height × 4.",
                "传入长度为 宽 × 高 × 4 的 Uint8ClampedArray。",
            ),
        }
    }
}
