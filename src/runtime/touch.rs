//! What the user touches: events and capabilities that follow.

use super::sim::{Sim, StepError};
use super::trace::{Cause, Event};
use super::view_step::ViewStep;
use crate::value::Value;
use crate::view::bubbling::Travel;
use crate::view::markup::markup;
use crate::view::selector::{Selector, find_drawn};
use crate::view::tree::NodeId;
use crate::world::route::PageId;

impl Sim {
    /// A step on the page on top.
    pub(super) fn touch(&mut self, step: &ViewStep) -> Result<(), StepError> {
        match step {
            ViewStep::Tree => {
                let (route, markup) = self.shown().ok_or(StepError::NoPage)?;
                self.with(|core| core.emit(|| Event::Tree { route, markup }));
                Ok(())
            }
            ViewStep::Tap(target) => {
                let (page, node) = self.point(target)?;
                let gesture = self.next_gesture();
                for event in ["touchstart", "touchend", "tap"] {
                    self.touch_event(page, node, event, Cause::Gesture(gesture), event == "tap");
                }
                Ok(())
            }
            ViewStep::LongPress(target) => {
                let (page, node) = self.point(target)?;
                let gesture = self.next_gesture();
                for event in ["touchstart", "longpress", "touchend"] {
                    self.touch_event(page, node, event, Cause::Gesture(gesture), false);
                }
                Ok(())
            }
            ViewStep::Trigger { target, event, detail } => {
                let (page, node) = self.point(target)?;
                let gesture = self.next_gesture();
                let detail = Value::from(detail);
                self.task(Cause::Gesture(gesture), false, event, |sim| {
                    let more = Value::object([]);
                    sim.dispatch(page, node, event, Travel::default(), detail, more)
                });
                Ok(())
            }
            other => Err(StepError::BadAnswer(format!("`{other}` is not built yet"))),
        }
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

    fn point(&self, target: &str) -> Result<(PageId, NodeId), StepError> {
        let bad = |why: String| StepError::BadAnswer(why);
        let selector = Selector::parse(target).map_err(|error| bad(error.to_string()))?;
        self.with(|core| {
            let (page, _) = core.page_on_top().ok_or(StepError::NoPage)?;
            let found = core.views.trees.get(&page).map(|tree| find_drawn(tree, &selector));
            let node = found.and_then(|found| found.first().copied());
            node.map(|node| (page, node))
                .ok_or_else(|| bad(format!("nothing on the page is `{target}`")))
        })
    }

    fn touch_event(&mut self, page: PageId, node: NodeId, event: &str, cause: Cause, tap: bool) {
        let detail = Value::object([("x", 0_u32.into()), ("y", 0_u32.into())]);
        let touches = || Value::Array(Vec::new());
        let more = Value::object([("touches", touches()), ("changedTouches", touches())]);
        self.task(cause, tap, event, |sim| {
            sim.dispatch(page, node, event, Travel::TOUCH, detail, more)
        });
    }
}
