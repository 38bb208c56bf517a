//! What the user touches: events and capabilities that follow.

use serde_json::Value as Json;

use super::RENDER_MS;
use super::core::Core;
use super::ops::number;
use super::sim::{Sim, StepError};
use super::trace::{Cause, Event};
use super::view_step::ViewStep;
use super::wxs_handlers::Happening;
use crate::value::Value;
use crate::view::bubbling::Travel;
use crate::view::find::{Target, find, nearest};
use crate::view::gesture::{
    Act, Acts, CannotDo, Effect, Gesture, Point, acts, perform, replace, unheard,
};
use crate::view::markup::markup;
use crate::view::stir::touched;
use crate::view::tree::NodeId;
use crate::view::value::Val;
use crate::world::route::PageId;

/// Moves of a finger that drags something.
const DRAG_STEPS: u32 = 4;

impl Sim {
    /// Writes what the page on top shows into the trace; whether there is a page.
    pub fn show_tree(&mut self) -> bool {
        let Some((route, markup)) = self.shown() else {
            return false;
        };
        self.with(|core| core.emit(|| Event::Tree { route, markup }));
        true
    }

    /// A step on the page on top.
    pub(super) fn touch(&mut self, step: &ViewStep) -> Result<(), StepError> {
        match step {
            ViewStep::Tree if self.show_tree() => Ok(()),
            ViewStep::Tree => Err(StepError::NoPage),
            ViewStep::Scroll { target: None, way } => self.scroll_page(*way),
            ViewStep::Tap(target)
            | ViewStep::LongPress(target)
            | ViewStep::Drag { target, .. }
            | ViewStep::Input { target, .. }
            | ViewStep::Field { target, .. }
            | ViewStep::Choose { target, .. }
            | ViewStep::Trigger { target, .. }
            | ViewStep::Scroll {
                target: Some(target),
                ..
            } => {
                let (page, node) = self.point(target)?;
                self.touch_at(page, node, step)
            }
        }
    }

    /// A step on an element, wherever its target points.
    pub(super) fn touch_at(
        &mut self,
        page: PageId,
        node: NodeId,
        step: &ViewStep,
    ) -> Result<(), StepError> {
        let gesture = match step {
            ViewStep::Tap(_) => Gesture::Tap(Point::default()),
            ViewStep::LongPress(_) => Gesture::LongPress(Point::default()),
            ViewStep::Drag { by, .. } => self.stroke(page, node, *by),
            ViewStep::Input { text, .. } => Gesture::Input(text.clone()),
            ViewStep::Field { verb: "focus", .. } => Gesture::Focus,
            ViewStep::Field { verb: "blur", .. } => Gesture::Blur,
            ViewStep::Field { .. } => Gesture::Confirm,
            ViewStep::Choose { value, .. } => Gesture::Choose(value.clone()),
            ViewStep::Scroll { way, .. } => return self.scroll_view(page, node, *way),
            ViewStep::Trigger { event, detail, .. } => {
                self.trigger_at(page, node, event, detail);
                return Ok(());
            }
            ViewStep::Tree => return self.touch(step),
        };
        self.gesture_at(page, node, &gesture)
    }

    fn trigger_at(&mut self, page: PageId, node: NodeId, event: &str, detail: &Json) {
        let gesture = self.next_gesture();
        let detail = Value::from(detail);
        self.task(Cause::Gesture(gesture), false, event, |sim| {
            let more = Value::object([]);
            sim.dispatch(page, node, event, Travel::default(), detail, more)
                .map(drop)
        });
    }

    /// The page on top with what it shows.
    pub fn shown(&self) -> Option<(String, String)> {
        self.with(|core| {
            let (page, node) = core.page_on_top()?;
            let route = core.world.page(page)?.route.clone();
            let tree = core.views.trees.get(&page)?;
            let mut shown = markup(tree, node);
            if let Some(bar) = tree.tab_bar() {
                shown.push_str(&markup(tree, bar));
            }
            Some((route, shown))
        })
    }

    /// The element that a step points at.
    fn point(&self, text: &str) -> Result<(PageId, NodeId), StepError> {
        let target =
            Target::parse(text).map_err(|error| StepError::BadAnswer(error.to_string()))?;
        self.with(|core| {
            let (page, _) = core.page_on_top().ok_or(StepError::NoPage)?;
            let tree = core.views.trees.get(&page).ok_or(StepError::NoPage)?;
            let node = find(tree, &target).first().copied();
            node.map(|node| (page, node)).ok_or_else(|| {
                let near = nearest(tree, &target);
                let help = if near.is_empty() {
                    "the step `tree` prints what the page shows".to_owned()
                } else {
                    format!("did you mean {}?", near.join(" or "))
                };
                StepError::BadAnswer(format!("nothing on the page is `{text}`; {help}"))
            })
        })
    }

    /// A finger moves over an element, in steps that take a frame each.
    fn stroke(&self, page: PageId, node: NodeId, (x, y): (f64, f64)) -> Gesture {
        let from = self.with(|core| core.middle_of(page, node));
        let points = (0..=DRAG_STEPS).map(|step| {
            let part = f64::from(step) / f64::from(DRAG_STEPS);
            Point {
                x: from.x + x * part,
                y: from.y + y * part,
            }
        });
        Gesture::Stroke {
            points: points.collect(),
            is_cancelled: false,
        }
    }

    fn gesture_at(
        &mut self,
        page: PageId,
        node: NodeId,
        gesture: &Gesture,
    ) -> Result<(), StepError> {
        let effects = self.with(|core| match core.views.tree_mut(page) {
            Some(tree) if tree.find(node).is_some() => {
                let effects = perform(tree, node, gesture)?;
                touched(tree);
                if let Some(inside) = unheard(tree, node, &effects) {
                    core.emit(|| Event::Unheard { inside });
                }
                Ok(effects)
            }
            _ => Ok(Vec::new()),
        });
        let effects = effects.map_err(|error: CannotDo| StepError::BadAnswer(error.to_string()))?;
        let number = self.next_gesture();
        for effect in effects {
            if let Effect::Event {
                name: "touchmove", ..
            } = effect
            {
                let next = self.now().plus(RENDER_MS);
                self.run_until(next);
            }
            self.follow_effect(page, &Cause::Gesture(number), effect);
        }
        Ok(())
    }

    /// What the user could do on the page on top: [`acts`].
    pub fn acts(&self, of_same: usize, max: usize) -> Acts {
        let found = self.with(|core| {
            let (page, _) = core.page_on_top()?;
            let mut found = acts(core.views.trees.get(&page)?, of_same, max);
            for act in &mut found.list {
                act.place = core.written_at(page, act.node).unwrap_or_default();
            }
            Some(found)
        });
        found.unwrap_or_default()
    }

    /// Does one of them and lets it come to rest.
    pub fn act(&mut self, act: &Act) {
        self.begin_act(act);
        self.with(|core| core.last_act = Some(act.clone()));
        self.settle();
        self.with(|core| core.last_act = None);
    }

    /// Does what was done last once more; nothing follows yet.
    pub(super) fn do_again(&mut self) {
        if let Some(act) = self.with(|core| core.last_act.take()) {
            self.begin_act(&act);
        }
    }

    /// Whether what was done last is still there to be done.
    pub(super) fn can_do_again(&self) -> bool {
        self.with(|core| {
            let act = core.last_act.as_ref()?;
            let (page, _) = core.page_on_top()?;
            let tree = core.views.trees.get(&page)?;
            let acts = acts(tree, usize::MAX, usize::MAX).list;
            Some(
                acts.iter()
                    .any(|other| other.node == act.node && other.key == act.key),
            )
        })
        .unwrap_or(false)
    }

    fn begin_act(&mut self, act: &Act) {
        let page = self.with(|core| core.page_on_top().map(|(page, _)| page));
        for gesture in &act.gestures {
            // What came of the one before may have made the next impossible, as for a user.
            let done = page.map(|page| self.gesture_at(page, act.node, gesture));
            if !matches!(done, Some(Ok(()))) {
                break;
            }
        }
        self.with(Core::take_notices);
    }

    pub(super) fn follow_effect(&mut self, page: PageId, cause: &Cause, effect: Effect) {
        match effect {
            Effect::Event {
                node,
                name,
                detail,
                travel,
            } => {
                let detail = match name {
                    "submit" => self.with_form_id(page, node, detail),
                    _ => detail,
                };
                let is_touch = travel == Travel::TOUCH;
                let (detail, more) = if is_touch && is_anywhere(&detail) {
                    (Value::object([]), touches(name, None, Some(node)))
                } else if is_touch {
                    let detail = detail.to_value();
                    let more = touches(name, Some(&detail), None);
                    (detail, more)
                } else {
                    (detail.to_value(), Value::object([]))
                };
                let mut given = Value::Undefined;
                let is_tap = name == "tap" || name == "submit" && self.submit_is_tap();
                self.task(cause.clone(), is_tap, name, |sim| {
                    given = sim.dispatch(page, node, name, travel, detail, more)?;
                    Ok(())
                });
                if name == "input" {
                    self.replace_text(page, node, cause, &given);
                }
            }
            Effect::OpenType { node, kind } => self.press_node(page, node, cause, &kind),
            Effect::Navigate(node) => self.follow_navigator(page, node, cause),
            Effect::Write { node, name, value } => {
                let model = self.with(|core| core.model_of(page, node, &name));
                self.task(cause.clone(), false, "model", |sim| {
                    sim.engine
                        .call("write", &[model, value.to_value()])
                        .map(drop)
                });
            }
        }
    }

    /// A handler of `input` that gives a text (or `{value}`) replaces what was typed.
    fn replace_text(&mut self, page: PageId, node: NodeId, cause: &Cause, given: &Value) {
        let text = given.as_str().or_else(|| given.get("value").as_str());
        let Some(text) = text else {
            return;
        };
        let effect = self.with(|core| {
            let tree = core.views.tree_mut(page)?;
            replace(tree, node, text)
        });
        if let Some(effect) = effect {
            self.follow_effect(page, cause, effect);
        }
    }

    /// A `<navigator>` is tapped. Official page: `component/navigator`.
    fn follow_navigator(&mut self, page: PageId, node: NodeId, cause: &Cause) {
        let attributes = self.with(|core| Value::from(&core.attributes(page, node)));
        let text = |name: &str| attributes.get(name).as_str().unwrap_or_default().to_owned();
        let kind = match (text("target").as_str(), text("openType").as_str()) {
            ("miniProgram", "exit") => "exitMiniProgram",
            ("miniProgram", "navigateBack") => "navigateBackMiniProgram",
            ("miniProgram", _) => "navigateToMiniProgram",
            (_, "redirect") => "redirectTo",
            (_, "switchTab") => "switchTab",
            (_, "reLaunch") => "reLaunch",
            (_, "navigateBack") => "navigateBack",
            (_, "exit") => "exitMiniProgram",
            _ => "navigateTo",
        };
        self.task(cause.clone(), true, "navigator", |sim| {
            let arguments = [kind.into(), attributes, page.0.into(), node.0.into()];
            sim.engine.call("navigator", &arguments).map(drop)
        });
    }
}

impl Core {
    /// Line and file of an element, where its own template has it: not in an included one.
    fn written_at(&self, page: PageId, node: NodeId) -> Option<String> {
        let tree = self.views.trees.get(&page)?;
        let node = tree.find(node)?;
        let element = node.element()?;
        let file = format!("{}.wxml", tree.find(node.host)?.component()?.path);
        let line = usize::try_from(element.place.line).ok()?;
        let text = self.code.text(&file)?;
        let is_there = text
            .lines()
            .nth(line.checked_sub(1)?)?
            .contains(&*element.tag);
        let root = match self.code.project.code_root.as_str() {
            "" => String::new(),
            root => format!("{root}/"),
        };
        is_there.then(|| format!("{root}{file}:{line}"))
    }
}

impl Core {
    /// Detail and touches of an event for functions that get them at once: a touch that is just
    /// somewhere on a node is in its middle.
    pub(super) fn placed(&mut self, event: &Happening<'_>) -> (Value, Value) {
        let Some(node) = event.more.get("middleOf").as_f64() else {
            return (event.detail.clone(), event.more.clone());
        };
        let node = NodeId(number(&Value::Number(node)));
        let place = self.event_place(event.page, node);
        let detail = ["x", "y"].map(|name| (name, place.get(name).clone()));
        let more = touches(event.name, Some(&place), None);
        (Value::object(detail), more)
    }
}

/// Whether a touch has no place of its own: it is in the middle of its node.
fn is_anywhere(detail: &Val) -> bool {
    let detail = detail.to_value();
    let is_zero = |name: &str| detail.get(name).as_f64() == Some(0.0);
    is_zero("x") && is_zero("y")
}

/// `touches` and `changedTouches` of a touch event: one finger, which is up again at its end. Without a
/// place it is in the middle of a node, which scripts ask for when somebody reads it.
fn touches(name: &str, at: Option<&Value>, middle_of: Option<NodeId>) -> Value {
    let finger = at.map_or_else(
        || Value::object([]),
        |at| {
            // A place that is not told for the page and the screen is the same on both.
            let own = |name: &str, short: &str| match at.get(name) {
                Value::Undefined => at.get(short).clone(),
                known => known.clone(),
            };
            Value::object([
                ("identifier", Value::Number(0.0)),
                ("pageX", own("pageX", "x")),
                ("pageY", own("pageY", "y")),
                ("clientX", own("clientX", "x")),
                ("clientY", own("clientY", "y")),
                ("force", Value::Number(1.0)),
            ])
        },
    );
    let is_up = matches!(name, "touchend" | "touchcancel");
    let down = if is_up {
        Vec::new()
    } else {
        vec![finger.clone()]
    };
    Value::object([
        ("touches", Value::Array(down)),
        ("changedTouches", Value::Array(vec![finger])),
        (
            "middleOf",
            middle_of.map_or(Value::Undefined, |node| node.0.into()),
        ),
    ])
}
