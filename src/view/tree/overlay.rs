//! Classes and styles that do not come from the template: those of WXS functions and of `this.animate`.
//!
//! Official pages: `framework/view/interactive-animation` (what `setStyle`, `addClass` and `removeClass`
//! do has precedence over the template), `framework/view/animation` (an animation leaves styles on the
//! node until `clearAnimation`). They are parts of their own beside what the template says, so an update
//! of the template does not take them away.
//!
//! Unverified: `setStyle` replaces what the one before set; styles of animations go over it.

use std::fmt::Write as _;
use std::rc::Rc;

use super::Element;
use crate::view::coerce::join_text;
use crate::view::value::Val;

/// What lies over the classes and the style of the template.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// What the template says.
    classes: Vec<Rc<str>>,
    style: Rc<str>,
    added: Vec<Rc<str>>,
    removed: Vec<Rc<str>>,
    /// Style of WXS, as text.
    set: String,
    /// Properties that animations left, in the order in which they came.
    animated: Vec<(Rc<str>, Val)>,
}

/// Properties of key frames that are parts of `transform`.
const TRANSFORMS: &[&str] = &[
    "matrix",
    "matrix3d",
    "rotate",
    "rotate3d",
    "rotateX",
    "rotateY",
    "rotateZ",
    "scale",
    "scale3d",
    "scaleX",
    "scaleY",
    "scaleZ",
    "skew",
    "skewX",
    "skewY",
    "translate",
    "translate3d",
    "translateX",
    "translateY",
    "translateZ",
];

/// Members of key frames that are no styles.
const NO_STYLES: &[&str] = &["offset", "ease", "easing", "composite"];

impl Element {
    /// The template gives other classes.
    pub fn write_classes(&mut self, classes: Vec<Rc<str>>) {
        match &mut self.overlay {
            Some(over) => over.classes = classes,
            None => self.classes = classes,
        }
        self.combine();
    }

    /// The template gives another style.
    pub fn write_style(&mut self, style: Rc<str>) {
        match &mut self.overlay {
            Some(over) => over.style = style,
            None => self.style = style,
        }
        self.combine();
    }

    /// Style of a WXS function: a text, or an object whose members are properties.
    pub fn set_style(&mut self, style: &Val) {
        let mut text = String::new();
        match style {
            Val::Object(members) => {
                for (name, value) in members.iter() {
                    declare(&mut text, name, &join_text(value));
                }
            }
            other => join_text(other)
                .trim()
                .trim_end_matches(';')
                .clone_into(&mut text),
        }
        self.over().set = text;
        self.combine();
    }

    /// A WXS function adds classes or takes them away; names are separated by spaces.
    pub fn switch_class(&mut self, names: &str, is_on: bool) {
        let over = self.over();
        for name in names.split_whitespace() {
            let (to, from) = if is_on {
                (&mut over.added, &mut over.removed)
            } else {
                (&mut over.removed, &mut over.added)
            };
            from.retain(|own| &**own != name);
            if !to.iter().any(|own| &**own == name) {
                to.push(name.into());
            }
        }
        self.combine();
    }

    /// An animation is at a key frame.
    pub fn animate(&mut self, frame: &Val) {
        let Val::Object(members) = frame else {
            return;
        };
        let over = self.over();
        for (name, value) in members.iter() {
            if NO_STYLES.contains(&&**name) || matches!(value, Val::Null | Val::Undefined) {
                continue;
            }
            over.animated.retain(|(own, _)| own != name);
            over.animated.push((Rc::clone(name), value.clone()));
        }
        self.combine();
    }

    /// Takes away what animations left: the named properties, or all.
    pub fn clear_animation(&mut self, names: Option<&[Rc<str>]>) {
        if let Some(over) = &mut self.overlay {
            let stays = |name: &Rc<str>| names.is_some_and(|names| !names.contains(name));
            over.animated.retain(|(name, _)| stays(name));
        }
        self.combine();
    }

    fn over(&mut self) -> &mut Overlay {
        let (classes, style) = (&self.classes, &self.style);
        self.overlay.get_or_insert_with(|| {
            Box::new(Overlay {
                classes: classes.clone(),
                style: Rc::clone(style),
                ..Overlay::default()
            })
        })
    }

    /// Puts together what shows.
    fn combine(&mut self) {
        let Some(over) = self.overlay.as_deref() else {
            return;
        };
        let mut classes = over.classes.clone();
        classes.retain(|name| !over.removed.contains(name));
        for name in &over.added {
            if !classes.contains(name) {
                classes.push(Rc::clone(name));
            }
        }
        let mut style = over.style.to_string();
        for part in [&*over.set, &animated_text(&over.animated)] {
            if !part.is_empty() {
                style.truncate(style.trim_end().trim_end_matches(';').len());
                let gap = if style.is_empty() { "" } else { "; " };
                style.push_str(gap);
                style.push_str(part);
            }
        }
        self.style = style.into();
        self.classes = classes;
    }
}

/// Appends a declaration; a value without text is none.
fn declare(text: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let gap = if text.is_empty() { "" } else { "; " };
        let _ = write!(text, "{gap}{name}: {value}");
    }
}

/// Properties of key frames as a style.
fn animated_text(animated: &[(Rc<str>, Val)]) -> String {
    let mut text = String::new();
    let mut transform = String::new();
    for (name, value) in animated {
        if TRANSFORMS.contains(&&**name) {
            let gap = if transform.is_empty() { "" } else { " " };
            let _ = write!(transform, "{gap}{name}({})", arguments(name, value));
        } else {
            declare(&mut text, &hyphenated(name), &measured(name, value));
        }
    }
    declare(&mut text, "transform", &transform);
    text
}

/// Arguments of a transform function: numbers are pixels or degrees where it takes such.
fn arguments(function: &str, value: &Val) -> String {
    let values = match value {
        Val::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    let last = values.len().saturating_sub(1);
    let unit = |at: usize| match function {
        // `rotate3d(x, y, z, angle)`
        "rotate3d" => ["", "deg"][usize::from(at == last)],
        name if name.starts_with("translate") => "px",
        name if name.starts_with("rotate") || name.starts_with("skew") => "deg",
        _ => "",
    };
    let texts = values.iter().enumerate().map(|(at, value)| match value {
        Val::Number(_) => format!("{}{}", join_text(value), unit(at)),
        other => join_text(other),
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// The value of a property: numbers of lengths are pixels.
fn measured(name: &str, value: &Val) -> String {
    const PLAIN: &[&str] = &[
        "opacity",
        "zIndex",
        "flex",
        "flexGrow",
        "order",
        "fontWeight",
    ];
    match value {
        Val::Number(_) if !PLAIN.contains(&name) => format!("{}px", join_text(value)),
        other => join_text(other),
    }
}

/// `backgroundColor` → `background-color`.
fn hyphenated(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Element;
    use crate::view::value::Val;

    fn element() -> Element {
        Element {
            classes: vec!["a".into(), "b".into()],
            style: "color: red;".into(),
            ..Element::default()
        }
    }

    #[test]
    fn what_wxs_sets_survives_an_update_of_the_template() {
        let mut element = element();
        let style = [("left", "3px"), ("top", ""), ("color", "blue")];
        element.set_style(&Val::object(style.map(|(name, to)| (name, Val::text(to)))));
        element.switch_class("on  a", true);
        element.switch_class("b", false);
        assert_eq!(&*element.style, "color: red; left: 3px; color: blue");
        assert_eq!(element.classes.join(" "), "a on");
        element.write_classes(vec!["b".into(), "c".into()]);
        element.write_style("top: 0".into());
        assert_eq!(&*element.style, "top: 0; left: 3px; color: blue");
        assert_eq!(element.classes.join(" "), "c on a", "`b` stays away");
        element.set_style(&Val::text("right: 1px;"));
        assert_eq!(&*element.style, "top: 0; right: 1px", "replaced");
        element.switch_class("b", true);
        element.switch_class("on", false);
        assert_eq!(element.classes.join(" "), "b c a");
    }

    #[test]
    fn key_frames_become_a_style_until_they_are_cleared() {
        let mut element = element();
        let pair = [Val::Number(4.0), Val::text("2rpx")];
        let turn = [1.0, 0.0, 0.0, 90.0].map(Val::Number);
        element.animate(&Val::object([
            ("offset", Val::Number(1.0)),
            ("ease", Val::text("linear")),
            ("opacity", Val::Number(0.5)),
            ("translate", Val::array(pair)),
            ("backgroundColor", Val::text("#00FF00")),
            ("rotate3d", Val::array(turn)),
            ("left", Val::Number(7.0)),
            ("scale", Val::array([1.0, 2.0].map(Val::Number))),
            ("rotate", Val::Number(45.0)),
            ("top", Val::Null),
        ]));
        assert_eq!(
            &*element.style,
            "color: red; opacity: 0.5; background-color: #00FF00; left: 7px; transform: \
             translate(4px, 2rpx) rotate3d(1, 0, 0, 90deg) scale(1, 2) rotate(45deg)"
        );
        element.set_style(&Val::text("left: 1px"));
        element.clear_animation(Some(
            &["translate", "rotate3d", "scale", "opacity"].map(Into::into),
        ));
        assert_eq!(
            &*element.style,
            "color: red; left: 1px; background-color: #00FF00; left: 7px; transform: rotate(45deg)"
        );
        element.clear_animation(None);
        assert_eq!(&*element.style, "color: red; left: 1px");
        element.set_style(&Val::Undefined);
        assert_eq!(&*element.style, "color: red;");
    }
}
