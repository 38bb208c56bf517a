//! What all rules together make of one node.

use std::collections::BTreeMap;
use std::rc::Rc;

use float_pigment_css::property::NodeProperties;
use float_pigment_css::typing::{
    BorderStyle, CalcExpr, Color, Display, Length, LengthExpr, LineHeight, Number, Position,
    Visibility,
};

use super::Viewport;
use super::declaration::Custom;

/// A node's style. A copy costs nothing; nodes with the same rules share it.
#[derive(Clone, Debug)]
pub struct Computed {
    inner: Rc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    /// Number among the styles of one [`Styles`](super::Styles).
    pub(super) number: usize,
    pub(super) properties: NodeProperties,
    pub(super) font_size: f32,
    pub(super) declared: BTreeMap<Rc<str>, Rc<str>>,
    pub(super) custom: Rc<Custom>,
    pub(super) line_clamp: Option<usize>,
    pub(super) units: Units,
}

/// What units of length stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units {
    /// The viewport.
    pub viewport: Viewport,
}

/// `ratio` of a base plus pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Linear {
    /// Part of the base.
    pub ratio: f32,
    /// Pixels.
    pub px: f32,
}

impl Units {
    /// Official page: `framework/view/wxss`: a screen is 750 rpx wide, and 20 rem.
    fn rem(&self) -> f32 {
        self.viewport.width / 20.0
    }

    /// A length; `None` for `auto` and what cannot be computed.
    pub fn linear(&self, length: &Length, font_size: f32) -> Option<Linear> {
        let Viewport { width, height, .. } = self.viewport;
        let px = match length {
            Length::Undefined | Length::Auto => return None,
            Length::Ratio(ratio) => {
                return Some(Linear {
                    ratio: *ratio,
                    px: 0.0,
                });
            }
            Length::Px(px) => *px,
            Length::Vw(part) => width / 100.0 * part,
            Length::Vh(part) => height / 100.0 * part,
            Length::Vmin(part) => width.min(height) / 100.0 * part,
            Length::Vmax(part) => width.max(height) / 100.0 * part,
            Length::Rem(rem) => self.rem() * rem,
            Length::Rpx(rpx) => width / 750.0 * rpx,
            Length::Em(em) => font_size * em,
            Length::Expr(expression) => return self.expression(expression, font_size),
        };
        Some(Linear { ratio: 0.0, px })
    }

    fn expression(&self, expression: &LengthExpr, font_size: f32) -> Option<Linear> {
        let [top, right, bottom, left] = self.viewport.safe_area;
        match expression {
            LengthExpr::Invalid => None,
            LengthExpr::Env(name, fallback) => {
                let px = match name.as_str() {
                    "safe-area-inset-top" => top,
                    "safe-area-inset-right" => right,
                    "safe-area-inset-bottom" => bottom,
                    "safe-area-inset-left" => left,
                    _ => return self.linear(fallback, font_size),
                };
                Some(Linear { ratio: 0.0, px })
            }
            LengthExpr::Calc(calc) => match self.calc(calc, font_size)? {
                Calc::Length(length) => Some(length),
                Calc::Number(_) => None,
            },
        }
    }

    fn calc(&self, calc: &CalcExpr, font_size: f32) -> Option<Calc> {
        let pair =
            |a: &CalcExpr, b: &CalcExpr| Some((self.calc(a, font_size)?, self.calc(b, font_size)?));
        match calc {
            CalcExpr::Length(length) => self.linear(length, font_size).map(Calc::Length),
            CalcExpr::Number(number) => Some(Calc::Number(number_of(number)?)),
            CalcExpr::Angle(_) => None,
            CalcExpr::Plus(a, b) => pair(a, b).and_then(|(a, b)| a.plus(&b, 1.0)),
            CalcExpr::Sub(a, b) => pair(a, b).and_then(|(a, b)| a.plus(&b, -1.0)),
            CalcExpr::Mul(a, b) => match pair(a, b)? {
                (Calc::Number(factor), other) | (other, Calc::Number(factor)) => {
                    Some(other.times(factor))
                }
                _ => None,
            },
            CalcExpr::Div(a, b) => match pair(a, b)? {
                (a, Calc::Number(divisor)) if divisor != 0.0 => Some(a.times(1.0 / divisor)),
                _ => None,
            },
        }
    }
}

enum Calc {
    Length(Linear),
    Number(f32),
}

impl Calc {
    fn plus(&self, other: &Self, sign: f32) -> Option<Self> {
        match (self, other) {
            (Self::Length(a), Self::Length(b)) => Some(Self::Length(Linear {
                ratio: a.ratio + sign * b.ratio,
                px: a.px + sign * b.px,
            })),
            (Self::Number(a), Self::Number(b)) => Some(Self::Number(a + sign * b)),
            _ => None,
        }
    }

    fn times(self, factor: f32) -> Self {
        match self {
            Self::Length(length) => Self::Length(Linear {
                ratio: length.ratio * factor,
                px: length.px * factor,
            }),
            Self::Number(number) => Self::Number(number * factor),
        }
    }
}

/// A number; `None` for an expression, which the parser leaves only where it could not compute it.
pub(crate) fn number_of(number: &Number) -> Option<f32> {
    match number {
        Number::F32(number) => Some(*number),
        #[expect(
            clippy::cast_precision_loss,
            reason = "small whole numbers of style sheets"
        )]
        Number::I32(number) => Some(*number as f32),
        Number::Calc(_) => None,
    }
}

/// `normal` of the client's Chinese system fonts.
///
/// Unverified: 1.4 lines, ascent 1.06, descent 0.34 of the font size.
const LINE_HEIGHT_NORMAL: f32 = 1.4;

impl Computed {
    pub(super) fn new(inner: Inner) -> Self {
        Self {
            inner: Rc::new(inner),
        }
    }

    /// Number among the styles of one [`Styles`](super::Styles): equal numbers, equal styles.
    pub(in crate::view) fn number(&self) -> usize {
        self.inner.number
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// All properties, as the parser crate has them.
    pub fn properties(&self) -> &NodeProperties {
        &self.inner.properties
    }

    /// `font-size` in pixels.
    pub fn font_size(&self) -> f32 {
        self.inner.font_size
    }

    /// `line-height` in pixels.
    pub fn line_height(&self) -> f32 {
        let size = self.inner.font_size;
        match self.inner.properties.line_height_ref() {
            LineHeight::Normal => size * LINE_HEIGHT_NORMAL,
            LineHeight::Num(number) => size * number_of(number).unwrap_or(LINE_HEIGHT_NORMAL),
            LineHeight::Length(length) => match self.inner.units.linear(length, size) {
                Some(linear) => linear.px + linear.ratio * size,
                None => size * LINE_HEIGHT_NORMAL,
            },
        }
    }

    /// `display`
    pub fn display(&self) -> Display {
        self.inner.properties.display()
    }

    /// `position`
    pub fn position(&self) -> Position {
        self.inner.properties.position()
    }

    /// Whether `visibility` and `opacity` let it be seen.
    pub fn is_visible(&self) -> bool {
        let opacity = number_of(self.inner.properties.opacity_ref()).unwrap_or(1.0);
        matches!(self.inner.properties.visibility_ref(), Visibility::Visible) && opacity > 0.0
    }

    /// `-webkit-line-clamp`
    pub fn line_clamp(&self) -> Option<usize> {
        self.inner.line_clamp
    }

    /// A length of this style.
    pub fn linear(&self, length: &Length) -> Option<Linear> {
        self.inner.units.linear(length, self.inner.font_size)
    }

    /// The text that won for a property, as it is written: of a shorthand under the shorthand's name.
    pub fn declared(&self, name: &str) -> Option<&str> {
        self.inner.declared.get(name).map(|text| &**text)
    }

    /// The value of a custom property.
    pub fn custom(&self, name: &str) -> Option<&str> {
        self.inner.custom.get(name).map(|text| &**text)
    }

    /// A property as `getComputedStyle` writes it, lengths in pixels; empty when it is not known.
    ///
    /// `name` as CSS or as scripts write it (`marginTop`). Sizes that only layout knows are those of
    /// [`Layout::computed_text`](crate::view::layout::Layout::computed_text).
    pub fn text(&self, name: &str) -> String {
        let name = dashed(name);
        if let Some(custom) = self.custom(&name) {
            return custom.trim().to_owned();
        }
        match &*name {
            "line-height" => match self.inner.properties.line_height_ref() {
                LineHeight::Normal => "normal".to_owned(),
                _ => px(self.line_height()),
            },
            "font-size" => px(self.font_size()),
            "color" => color(self.inner.properties.color_ref(), self),
            "background-color" => color(self.inner.properties.background_color_ref(), self),
            "border-top-color" => color(self.inner.properties.border_top_color_ref(), self),
            "border-right-color" => color(self.inner.properties.border_right_color_ref(), self),
            "border-bottom-color" => color(self.inner.properties.border_bottom_color_ref(), self),
            "border-left-color" => color(self.inner.properties.border_left_color_ref(), self),
            "border-top-width" => px(self.borders()[0]),
            "border-right-width" => px(self.borders()[1]),
            "border-bottom-width" => px(self.borders()[2]),
            "border-left-width" => px(self.borders()[3]),
            "margin" | "padding" => self.sides(&format!("{name}-"), ""),
            "border-width" | "border-style" | "border-color" => {
                self.sides("border-", name.trim_start_matches("border"))
            }
            "overflow" => {
                let (x, y) = (self.listed("overflow-x"), self.listed("overflow-y"));
                if x == y { x } else { format!("{x} {y}") }
            }
            _ => self.listed(&name),
        }
    }

    /// Widths of the borders in pixels: top, right, bottom, left; without a style there is none.
    pub fn borders(&self) -> [f32; 4] {
        let own = &self.inner.properties;
        let width = |style: &BorderStyle, width: &Length| match style {
            BorderStyle::None | BorderStyle::Hidden => 0.0,
            _ => self.linear(width).map_or(0.0, |linear| linear.px),
        };
        [
            width(own.border_top_style_ref(), own.border_top_width_ref()),
            width(own.border_right_style_ref(), own.border_right_width_ref()),
            width(own.border_bottom_style_ref(), own.border_bottom_width_ref()),
            width(own.border_left_style_ref(), own.border_left_width_ref()),
        ]
    }

    fn sides(&self, before: &str, behind: &str) -> String {
        let side = |side: &str| self.text(&format!("{before}{side}{behind}"));
        let (top, right) = (side("top"), side("right"));
        let (bottom, left) = (side("bottom"), side("left"));
        if left != right {
            format!("{top} {right} {bottom} {left}")
        } else if top != bottom {
            format!("{top} {right} {bottom}")
        } else if top != right {
            format!("{top} {right}")
        } else {
            top
        }
    }

    fn listed(&self, name: &str) -> String {
        let all = self.inner.properties.to_property_name_value_list();
        let found = all.into_iter().find(|(own, _)| *own == name);
        match found {
            Some((_, text)) => self.in_pixels(&text),
            None => self.declared(name).unwrap_or_default().to_owned(),
        }
    }

    /// Replaces lengths in other units.
    fn in_pixels(&self, text: &str) -> String {
        let words = text.split(' ').map(|word| {
            let units = ["rpx", "rem", "em", "vw", "vh"];
            let found = units.iter().find_map(|unit| {
                let number: f32 = word.strip_suffix(unit)?.parse().ok()?;
                Some(match *unit {
                    "rpx" => Length::Rpx(number),
                    "rem" => Length::Rem(number),
                    "em" => Length::Em(number),
                    "vw" => Length::Vw(number),
                    _ => Length::Vh(number),
                })
            });
            let pixels = found.and_then(|length| self.linear(&length));
            pixels.map_or_else(|| word.to_owned(), |linear| px(linear.px))
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// `marginTop` → `margin-top`.
fn dashed(name: &str) -> String {
    if name.starts_with("--") {
        return name.to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Pixels as the web view writes them: at most six digits.
pub(crate) fn px(pixels: f32) -> String {
    let rounded = (f64::from(pixels) * 10_000.0).round() / 10_000.0;
    format!("{rounded}px")
}

fn color(color: &Color, style: &Computed) -> String {
    match color {
        Color::Undefined => "rgba(0, 0, 0, 0)".to_owned(),
        Color::CurrentColor => style.text("color"),
        Color::Specified(red, green, blue, 255) => format!("rgb({red}, {green}, {blue})"),
        Color::Specified(red, green, blue, 0) => format!("rgba({red}, {green}, {blue}, 0)"),
        Color::Specified(red, green, blue, alpha) => {
            let alpha = (f32::from(*alpha) / 255.0 * 100.0).round() / 100.0;
            format!("rgba({red}, {green}, {blue}, {alpha})")
        }
    }
}
