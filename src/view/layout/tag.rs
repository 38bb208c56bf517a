//! What built-in tags do to their boxes beside their default style.
//!
//! Official pages: `component/image` (`mode`), `component/swiper` (`current`, margins aside),
//! `component/movable-view` (`x`, `y`), `component/rich-text` (its text only).

use std::rc::Rc;

use float_pigment_css::typing::{AlignItems, AlignSelf, FlexDirection, JustifyContent};
use float_pigment_layout::DefLength;

use super::measure::MeasureText;
use super::style::BoxStyle;
use crate::view::style::{Drawn, Index};
use crate::view::tree::{Element, Tree};
use crate::view::value::Val;

/// A built-in element; components and the page are none.
pub(super) struct Tag<'t> {
    element: Option<&'t Element>,
    /// The element around it, with this one's number in it from 0.
    around: Option<(&'t Element, usize)>,
}

/// How an image keeps its ratio.
#[derive(Clone, Copy, Debug)]
pub(super) struct PictureRatio {
    /// The height decides.
    pub(super) of_height: bool,
    /// Width over height.
    pub(super) ratio: f32,
}

/// Size of a picture that nobody knows: as large as an image without a style.
const PICTURE: (f32, f32) = (320.0, 240.0);

impl<'t> Tag<'t> {
    pub(super) fn of(tree: &'t Tree, drawn: &Drawn, place: Index) -> Self {
        let node = drawn.node(place);
        let element = tree.node(node.id).element();
        let element = element.filter(|element| element.component.is_none());
        let around = node
            .parent
            .and_then(|parent| tree.node(drawn.node(parent).id).element());
        Self {
            element,
            around: around.map(|around| (around, node.number.saturating_sub(1))),
        }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.element.is_some_and(|element| &*element.tag == name)
    }

    /// Whether nothing written inside of it is drawn.
    pub(super) fn is_leaf(&self) -> bool {
        const LEAVES: [&str; 11] = [
            "image",
            "input",
            "textarea",
            "icon",
            "progress",
            "switch",
            "slider",
            "rich-text",
            "web-view",
            "audio",
            "cover-image",
        ];
        self.element
            .is_some_and(|element| LEAVES.contains(&&*element.tag))
    }

    /// Text that is no node: that of `rich-text`.
    pub(super) fn own_text(&self) -> Option<String> {
        let element = self
            .element
            .filter(|element| &*element.tag == "rich-text")?;
        let text = rich_text(element.current("nodes"));
        (!text.is_empty()).then_some(text)
    }

    /// The ratio that an image keeps (`mode="widthFix"` and `heightFix`).
    pub(super) fn picture_ratio(&self, fonts: &dyn MeasureText) -> Option<PictureRatio> {
        let element = self.element.filter(|element| &*element.tag == "image")?;
        let of_height = match element.current("mode").as_str()? {
            "widthFix" => false,
            "heightFix" => true,
            _ => return None,
        };
        let source = element.current("src").as_str().unwrap_or_default();
        let (width, height) = fonts.picture(source).unwrap_or(PICTURE);
        (width > 0.0 && height > 0.0).then(|| PictureRatio {
            of_height,
            ratio: width / height,
        })
    }

    /// Where the element moves its box: parts of the box's size, then pixels.
    pub(super) fn shift(&self) -> [f32; 4] {
        let Some(element) = self.element else {
            return [0.0; 4];
        };
        match &*element.tag {
            "movable-view" => [0.0, 0.0, pixels(element, "x"), pixels(element, "y")],
            "swiper-item" => match self.around {
                Some((swiper, number)) if &*swiper.tag == "swiper" => {
                    let current = number_of(swiper.current("current")).unwrap_or(0.0);
                    #[expect(clippy::cast_precision_loss, reason = "a swiper has few items")]
                    let steps = number as f32 - current;
                    if is_on(swiper.current("vertical")) {
                        [0.0, steps, 0.0, 0.0]
                    } else {
                        [steps, 0.0, 0.0, 0.0]
                    }
                }
                _ => [0.0; 4],
            },
            _ => [0.0; 4],
        }
    }
}

/// What an element's attributes change in its box.
pub(super) fn adapt(tag: &Tag<'_>, style: &mut Rc<BoxStyle>, fonts: &dyn MeasureText) {
    let Some(element) = tag.element else { return };
    match &*element.tag {
        "image" => {
            let Some(ratio) = tag.picture_ratio(fonts) else {
                return;
            };
            let own = Rc::make_mut(style);
            match (ratio.of_height, own.height) {
                (true, DefLength::Points(height)) => {
                    own.width = DefLength::Points(height * ratio.ratio);
                }
                (true, _) => {
                    own.width = DefLength::Auto;
                    own.aspect_ratio = Some(ratio.ratio);
                }
                (false, _) => own.height = DefLength::Auto,
            }
        }
        "swiper-item" => {
            let Some((swiper, _)) = tag.around else {
                return;
            };
            let shown = number_of(swiper.current("display-multiple-items")).unwrap_or(1.0);
            if shown > 1.0 {
                let own = Rc::make_mut(style);
                if is_on(swiper.current("vertical")) {
                    own.height = DefLength::Percent(1.0 / shown);
                } else {
                    own.width = DefLength::Percent(1.0 / shown);
                }
            }
        }
        _ => {}
    }
}

/// The static place of a box out of the flow of a flex box: which part of it stands at its mark.
pub(super) fn static_alignment(parent: &BoxStyle, child: &BoxStyle) -> (f32, f32) {
    let main = match parent.justify_content {
        JustifyContent::Center | JustifyContent::SpaceAround | JustifyContent::SpaceEvenly => 0.5,
        JustifyContent::FlexEnd | JustifyContent::End | JustifyContent::Right => 1.0,
        _ => 0.0,
    };
    let of_items = || match parent.align_items {
        AlignItems::Center => 0.5,
        AlignItems::FlexEnd | AlignItems::End | AlignItems::SelfEnd => 1.0,
        _ => 0.0,
    };
    let cross = match child.align_self {
        AlignSelf::Auto => of_items(),
        AlignSelf::Center => 0.5,
        AlignSelf::FlexEnd | AlignSelf::End | AlignSelf::SelfEnd => 1.0,
        _ => 0.0,
    };
    match parent.flex_direction {
        FlexDirection::Row => (main, cross),
        FlexDirection::RowReverse => (1.0 - main, cross),
        FlexDirection::Column => (cross, main),
        FlexDirection::ColumnReverse => (cross, 1.0 - main),
    }
}

/// The text of `content`.
pub(super) fn content_text(written: &str) -> String {
    let written = written.trim();
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(inner) = quote.and_then(|quote| written[1..].strip_suffix(quote)) else {
        return String::new();
    };
    let mut text = String::new();
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        let mut number = 0;
        let mut digits = 0;
        while let Some(digit) = chars
            .peek()
            .and_then(|c| c.to_digit(16))
            .filter(|_| digits < 6)
        {
            number = number * 16 + digit;
            digits += 1;
            chars.next();
        }
        if digits > 0 {
            text.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
            chars.next_if(|c| c.is_whitespace());
        } else {
            text.extend(chars.next());
        }
    }
    text
}

/// Deepest nesting of the nodes of a `rich-text`.
const RICH_DEPTH_MAX: usize = 64;

/// The text of the nodes of a `rich-text`.
fn rich_text(nodes: &Val) -> String {
    let mut text = String::new();
    collect(nodes, &mut text, 0);
    text
}

fn collect(nodes: &Val, text: &mut String, depth: usize) {
    match nodes {
        Val::Text(markup) => {
            let mut inside = false;
            for c in markup.chars() {
                match c {
                    '<' => inside = true,
                    '>' => inside = false,
                    _ if !inside => text.push(c),
                    _ => {}
                }
            }
        }
        Val::Array(items) if depth < RICH_DEPTH_MAX => {
            items.iter().for_each(|item| collect(item, text, depth + 1));
        }
        Val::Object(fields) => {
            if let Some(Val::Text(own)) = fields.get("text") {
                text.push_str(own);
            }
            if let Some(children) = fields.get("children") {
                collect(children, text, depth);
            }
        }
        _ => {}
    }
}

fn pixels(element: &Element, name: &str) -> f32 {
    number_of(element.current(name)).unwrap_or(0.0)
}

/// A number that is written as one or as text.
pub(super) fn number_of(value: &Val) -> Option<f32> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        Val::Number(number) => Some(*number as f32).filter(|number| number.is_finite()),
        Val::Text(text) => text.trim().trim_end_matches("px").parse().ok(),
        _ => None,
    }
}

fn is_on(value: &Val) -> bool {
    match value {
        Val::Undefined | Val::Null => false,
        Val::Bool(on) => *on,
        Val::Text(text) => !text.is_empty(),
        _ => true,
    }
}
