//! Steps on the view: what the user touches and types, found as people point at things.

use std::fmt;

use serde_json::Value as Json;

use super::scrolling::Way;
use super::step::BadStep;

/// A step on an element of the page on top.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewStep {
    /// `tap TARGET`
    Tap(String),
    /// `longpress TARGET`
    LongPress(String),
    /// `drag TARGET = X,Y`: a finger goes down on the middle of an element, moves and goes up.
    Drag {
        /// The element.
        target: String,
        /// How far it moves, in pixels to the right and down.
        by: (f64, f64),
    },
    /// `input TARGET = TEXT`: the user types a text into a field.
    Input {
        /// The field.
        target: String,
        /// The text.
        text: String,
    },
    /// `focus TARGET`, `blur TARGET`, `confirm TARGET` (the key at the lower right of the keyboard).
    Field {
        /// `focus`, `blur` or `confirm`.
        verb: &'static str,
        /// The field.
        target: String,
    },
    /// `choose TARGET = JSON`: a picker, slider, swiper or picker-view is brought to a value.
    Choose {
        /// The element.
        target: String,
        /// The value.
        value: Json,
    },
    /// `trigger TARGET EVENT [JSON]`: an event with a detail, for what has no gesture of its own.
    Trigger {
        /// The element.
        target: String,
        /// The event's name.
        event: String,
        /// Its `detail`.
        detail: Json,
    },
    /// `scroll N` and `scroll TARGET to N` or `by N`, where TARGET may be `page`: the user scrolls the
    /// page or a scroll-view.
    Scroll {
        /// The scroll-view; `None` for the page.
        target: Option<String>,
        /// Where to.
        way: Way,
    },
    /// `tree`: prints the page on top as it is drawn.
    Tree,
}

/// Every step with its form, for help texts.
pub(super) const FORMS: &str = "tap TARGET, longpress TARGET, drag TARGET = X,Y, input TARGET = TEXT, focus TARGET, blur TARGET, confirm TARGET, \
                                choose TARGET = JSON, trigger TARGET EVENT [JSON], scroll [TARGET to|by] N, tree";

/// What may be written for TARGET, for help texts.
const TARGETS: &str =
    "a selector such as `#buy` or `.item .name`, or a text in quotes such as `\"立即购买\"`";

impl ViewStep {
    /// Reads a step of these; `None` when the verb is none.
    pub(super) fn parse(verb: &str, rest: &str) -> Option<Result<Self, BadStep>> {
        let target = |make: fn(String) -> Self| Some(needed(verb, rest).map(make));
        match verb {
            "tree" if rest.is_empty() => Some(Ok(Self::Tree)),
            "tap" => target(Self::Tap),
            "longpress" => target(Self::LongPress),
            "drag" => Some(drag(rest)),
            "focus" | "blur" | "confirm" => {
                let verb = ["focus", "blur", "confirm"]
                    .into_iter()
                    .find(|own| *own == verb)?;
                Some(needed(verb, rest).map(|target| Self::Field { verb, target }))
            }
            "input" => Some(pair(verb, rest).map(|(target, text)| Self::Input { target, text })),
            "choose" => Some(pair(verb, rest).map(|(target, value)| Self::Choose {
                target,
                value: serde_json::from_str(&value).unwrap_or(Json::String(value)),
            })),
            "trigger" => Some(trigger(rest)),
            "scroll" => Some(scroll(rest)),
            _ => None,
        }
    }
}

fn needed(verb: &str, rest: &str) -> Result<String, BadStep> {
    if rest.is_empty() {
        return Err(BadStep(format!("`{verb}` needs its target: {TARGETS}")));
    }
    Ok(rest.to_owned())
}

/// `TARGET = VALUE`, or `TARGET VALUE` when the target is one word.
fn pair(verb: &str, rest: &str) -> Result<(String, String), BadStep> {
    let split = rest.split_once(" = ").or_else(|| rest.split_once(" ="));
    let split = split.or_else(|| rest.split_once(char::is_whitespace));
    let (target, value) = split.ok_or_else(|| {
        BadStep(format!(
            "write `{verb} TARGET = VALUE`; a target is {TARGETS}"
        ))
    })?;
    needed(verb, target.trim()).map(|target| (target, value.trim_start().to_owned()))
}

fn drag(rest: &str) -> Result<ViewStep, BadStep> {
    let (target, way) = pair("drag", rest)?;
    let (x, y) = way.split_once(',').unwrap_or((&way, "0"));
    let pixels = |text: &str| match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(BadStep(format!(
            "write `drag TARGET = X,Y` with numbers of pixels, not `{way}`"
        ))),
    };
    let by = (pixels(x)?, pixels(y)?);
    Ok(ViewStep::Drag { target, by })
}

fn trigger(rest: &str) -> Result<ViewStep, BadStep> {
    let form = || BadStep("write `trigger TARGET EVENT [JSON]`".to_owned());
    let (words, detail) = match rest.find(['{', '[']) {
        // An attribute selector has a bracket too: details follow a space.
        Some(at) if at > 0 && rest[..at].ends_with(' ') => rest.split_at(at),
        _ => (rest, "{}"),
    };
    let (target, event) = words
        .trim()
        .rsplit_once(char::is_whitespace)
        .ok_or_else(form)?;
    let detail = serde_json::from_str(detail)
        .map_err(|error| BadStep(format!("the detail is not JSON: {error}")))?;
    Ok(ViewStep::Trigger {
        target: target.trim().to_owned(),
        event: event.to_owned(),
        detail,
    })
}

fn scroll(rest: &str) -> Result<ViewStep, BadStep> {
    let split = |word: &str, way: fn(i32) -> Way| {
        let (target, number) = rest.rsplit_once(word)?;
        Some((target.trim(), way(number.trim().parse().ok()?)))
    };
    let found = rest.parse().ok().map(|to| ("page", Way::To(to)));
    let found = found.or_else(|| split(" to ", Way::To));
    let (target, way) = found.or_else(|| split(" by ", Way::By)).ok_or_else(|| {
        BadStep(format!(
            "write `scroll N` for the page, `scroll TARGET to N` or `scroll TARGET by N` with a \
             number of pixels, not `scroll {rest}`"
        ))
    })?;
    let target = (target != "page").then(|| target.to_owned());
    Ok(ViewStep::Scroll { target, way })
}

impl fmt::Display for ViewStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tap(target) => write!(f, "tap {target}"),
            Self::LongPress(target) => write!(f, "longpress {target}"),
            Self::Input { target, text } => write!(f, "input {target} = {text}"),
            Self::Field { verb, target } => write!(f, "{verb} {target}"),
            Self::Drag { target, by: (x, y) } => write!(f, "drag {target} = {x},{y}"),
            Self::Choose { target, value } => write!(f, "choose {target} = {value}"),
            Self::Trigger {
                target,
                event,
                detail,
            } => {
                write!(f, "trigger {target} {event}")?;
                match detail.as_object() {
                    Some(members) if members.is_empty() => Ok(()),
                    _ => write!(f, " {detail}"),
                }
            }
            Self::Scroll { target, way } => match (target, way) {
                (None, Way::To(to)) => write!(f, "scroll {to}"),
                (None, way) => write!(f, "scroll page {way}"),
                (Some(target), way) => write!(f, "scroll {target} {way}"),
            },
            Self::Tree => f.write_str("tree"),
        }
    }
}
