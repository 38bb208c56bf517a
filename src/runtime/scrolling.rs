//! Scrolling: of pages and scroll-views, by a finger or by the program.
//!
//! Official pages: `reference/api/Page` (`onPageScroll`, `onReachBottom`), `component/scroll-view`,
//! `api/ui/scroll/ScrollViewContext`.
//!
//! Differs from the client: a movement is one event, whatever its duration.
//!
//! Unverified: content that grew since `onReachBottom` makes it run again at the next movement down;
//! a scroll-view that the program moves tells the same events as under a finger, also with the position
//! that the first render gives it.

use std::fmt;

use super::core::Core;
use super::sim::{Sim, StepError};
use super::trace::Cause;
use super::view::Views;
use crate::api::measured::{Measure, Measured};
use crate::value::Value;
use crate::view::coerce::{join_text, to_bool, to_number};
use crate::view::gesture::{Effect, Gesture, Scroll, Size, perform};
use crate::view::layout::Layout;
use crate::view::selector::{Selector, find_all};
use crate::view::tags;
use crate::view::tree::{NodeId, Tree};
use crate::view::value::Val;
use crate::world::page_window::ScrollTo;
use crate::world::route::{PageEntry, PageId};

/// Where a step scrolls to, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To a position.
    To(i32),
    /// By so much, down or to the right; a negative number goes back.
    By(i32),
}

impl Way {
    fn from(self, now: f64) -> f64 {
        match self {
            Self::To(to) => f64::from(to),
            Self::By(by) => now + f64::from(by),
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::To(to) => write!(f, "to {to}"),
            Self::By(by) => write!(f, "by {by}"),
        }
    }
}

/// What `onReachBottom` depends on besides the position.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bottom {
    /// The position before.
    top: f64,
    /// Height of the content for which the hook ran, until the page leaves its end.
    told: Option<f32>,
}

/// `onReachBottomDistance` unless a page or app.json says otherwise (official page).
const BOTTOM_DISTANCE: f64 = 50.0;

impl Core {
    /// A member of a page's window: of its own JSON file, else of app.json.
    fn window_member(&self, route: &str, name: &str) -> Option<&serde_json::Value> {
        let mut pages = self.code.project.pages.iter();
        pages.find(|page| page.route == route)?.window.get(name)
    }

    /// The page arrived at a position: whether its end came near by that.
    fn reached_bottom(&mut self, page: PageId) -> bool {
        let (Some(place), Some(entry)) = (self.layout_of(page), self.world.page(page)) else {
            return false;
        };
        let route = entry.route.clone();
        let distance = self.window_member(&route, "onReachBottomDistance");
        let distance = distance
            .and_then(serde_json::Value::as_f64)
            .unwrap_or(BOTTOM_DISTANCE);
        let top = self.world.scroll_top(page);
        let height = place.content_height();
        let rest = f64::from(height) - f64::from(place.viewport().height) - top;
        let bottom = self.views.watches.bottoms.entry(page).or_default();
        let is_near = rest < distance.max(1.0);
        let goes_down = top > bottom.top;
        bottom.top = top;
        if !is_near {
            bottom.told = None;
            return false;
        }
        let reaches = goes_down && bottom.told != Some(height);
        if reaches {
            bottom.told = Some(height);
        }
        reaches
    }

    /// Answers what an API asks of the page on top.
    pub(super) fn measure(&mut self, asked: &Measure) -> Measured {
        let mut found = Measured::default();
        let Some((page, host)) = self.page_on_top().filter(|_| asked.asks()) else {
            return found;
        };
        let Some(place) = self.layout_of(page) else {
            return found;
        };
        found.scroll_max = Some(f64::from(place.page_scroll_max()));
        let node = asked.selector.as_deref().and_then(|selector| {
            let tree = self.views.trees.get(&page)?;
            find_all(tree, host, &Selector::of_client(selector))
                .first()
                .copied()
        });
        found.top = node.map(|node| {
            let fixed = if place.is_fixed(node) {
                self.world.scroll_top(page)
            } else {
                0.0
            };
            f64::from(place.rect(node).top) + fixed
        });
        found
    }

    /// Moves the content of a scroll-view.
    fn move_view(
        &mut self,
        page: PageId,
        node: NodeId,
        to: impl FnOnce(&Tree, Scroll) -> Scroll,
    ) -> Result<Vec<Effect>, StepError> {
        let place = self.layout_of(page).ok_or(StepError::NoPage)?;
        let tree = self.views.tree_mut(page).ok_or(StepError::NoPage)?;
        let (rect, own) = (place.rect(node), place.scroll(node));
        let now = Scroll {
            left: f64::from(own.left),
            top: f64::from(own.top),
            view: size(rect.width, rect.height),
            content: size(own.width, own.height),
        };
        let to = to(tree, now);
        perform(tree, node, &Gesture::Scroll(to))
            .map_err(|error| StepError::BadAnswer(error.to_string()))
    }

    /// `ScrollViewContext.scrollTo` and `scrollIntoView`: done when somebody looks next.
    pub(super) fn ask_scroll(&mut self, page: PageId, node: NodeId, to: &Value) -> Value {
        if let Some(tree) = self.views.tree_mut(page)
            && tree.find(node).is_some()
        {
            for name in ["scroll-top", "scroll-left", "scroll-into-view"] {
                let value = to.get(name);
                if !matches!(value, Value::Undefined) {
                    tree.ask_move(node, name, value.clone().into());
                }
            }
            self.look_later(page);
        }
        Value::Undefined
    }

    /// Scroll-views that the program moves arrive.
    pub(super) fn carry_out_moves(&mut self, page: PageId) -> Vec<Effect> {
        let asked = self
            .views
            .trees
            .get_mut(&page)
            .map(Tree::take_moves)
            .unwrap_or_default();
        let mut effects = Vec::new();
        for (node, name, value) in asked {
            let here = self.views.trees.get(&page);
            let is_there = here.is_some_and(|tree| tree.find(node).is_some());
            if !is_there || amounts_to_nothing(&name, &value) {
                continue;
            }
            self.views.begin_at_the_top(page, node);
            let Some(place) = self.layout_of(page) else {
                continue;
            };
            let moved = self.move_view(page, node, |tree, now| {
                written_place(tree, &place, node, (&name, &value), now)
            });
            // One that does not scroll stays.
            effects.extend(moved.unwrap_or_default());
        }
        effects
    }
}

impl Views {
    /// A scroll-view that never moved is at its beginning, whatever its attributes say now.
    fn begin_at_the_top(&mut self, page: PageId, node: NodeId) {
        let element = self
            .tree_mut(page)
            .and_then(|tree| tree.find_mut(node)?.element_mut());
        let Some(element) = element else {
            return;
        };
        for name in ["scrollTop", "scrollLeft"] {
            if element.state.iter().all(|(own, _)| &**own != name) {
                element.state.push((name.into(), Val::Number(0.0)));
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels")]
fn written_place(
    tree: &Tree,
    place: &Layout,
    node: NodeId,
    (name, value): (&str, &Val),
    now: Scroll,
) -> Scroll {
    let number = || to_number(value);
    let keep = |to: f64, now: f64| if to.is_nan() { now } else { to };
    match name {
        "scroll-top" => Scroll {
            top: keep(number(), now.top),
            ..now
        },
        "scroll-left" => Scroll {
            left: keep(number(), now.left),
            ..now
        },
        _ => {
            let wanted = join_text(value);
            let host = tree.node(node).host;
            let text = if wanted.starts_with(['#', '.']) {
                wanted.clone()
            } else {
                format!("#{wanted}")
            };
            let found = find_all(tree, host, &Selector::of_client(&text));
            let Some(target) = found.first().filter(|own| place.is_drawn(**own)) else {
                return now;
            };
            let element = tree.node(node).element();
            let read = |name: &str| {
                element
                    .map(|own| tags::value(own, name))
                    .unwrap_or_default()
            };
            let offset = to_number(&read("scroll-into-view-offset"));
            let offset = if offset.is_nan() { 0.0 } else { offset as f32 };
            let (own, view) = (place.rect(*target), place.rect(node));
            let (x, y) = (own.left - view.left, own.top - view.top);
            Scroll {
                left: now.left
                    + f64::from(
                        x + if to_bool(&read("scroll-y")) {
                            0.0
                        } else {
                            offset
                        },
                    ),
                top: now.top + f64::from(y + offset),
                ..now
            }
        }
    }
}

/// A view that never moved stays where it is with these.
fn amounts_to_nothing(name: &str, value: &Val) -> bool {
    match value {
        Val::Undefined | Val::Null => true,
        Val::Text(text) => text.is_empty(),
        _ => name == "scroll-into-view" && join_text(value).is_empty(),
    }
}

fn size(width: f32, height: f32) -> Size {
    Size {
        width: f64::from(width),
        height: f64::from(height),
    }
}

impl Sim {
    /// `scroll N`: the user scrolls the page on top.
    pub(super) fn scroll_page(&mut self, way: Way) -> Result<(), StepError> {
        let PageEntry { id, route, .. } = self.top()?;
        self.with(|core| {
            let disabled = core.window_member(&route, "disableScroll");
            if disabled.is_some_and(|own| *own == true) {
                let told = format!("`{route}` does not scroll: it has `disableScroll`");
                return Err(StepError::BadAnswer(told));
            }
            let place = core.layout_of(id).ok_or(StepError::NoPage)?;
            let most = f64::from(place.page_scroll_max());
            if most <= 0.0 {
                let told = format!(
                    "`{route}` does not scroll: its content is no higher than the {} pixels that it \
                     shows",
                    place.viewport().height
                );
                return Err(StepError::BadAnswer(told));
            }
            let top = way.from(core.world.scroll_top(id)).clamp(0.0, most);
            let duration_ms = 0;
            core.world.apply(ScrollTo { top, duration_ms });
            core.take_notices();
            Ok(())
        })
    }

    /// `reachBottom`: the user scrolls to the end of the page; the hook runs even when the page is there.
    pub(super) fn reach_bottom(&mut self) -> Result<(), StepError> {
        let page = self.top()?.id;
        let moves = self.with(|core| {
            let place = core.layout_of(page);
            let top = place.map_or(0.0, |place| f64::from(place.page_scroll_max()));
            let bottom = core.views.watches.bottoms.entry(page).or_default();
            bottom.told = None;
            let before = core.world.scroll_top(page);
            let duration_ms = 0;
            core.world.apply(ScrollTo { top, duration_ms });
            core.take_notices();
            core.world.scroll_top(page) > before
        });
        if !moves {
            self.page_event(page, "onReachBottom", None);
        }
        Ok(())
    }

    /// A page arrived at another position.
    pub(super) fn page_scrolled(&mut self, page: PageId) {
        let (top, reaches) = self.with(|core| {
            let top = core.world.scroll_top(page);
            let reaches = core.reached_bottom(page);
            core.look_later(page);
            (top, reaches)
        });
        let argument = Value::object([("scrollTop", Value::Number(top))]);
        self.page_event(page, "onPageScroll", Some(argument));
        if reaches {
            self.page_event(page, "onReachBottom", None);
        }
    }

    /// `scroll TARGET …`: the user scrolls a scroll-view.
    pub(super) fn scroll_view(
        &mut self,
        page: PageId,
        node: NodeId,
        way: Way,
    ) -> Result<(), StepError> {
        let effects = self.with(|core| {
            core.move_view(page, node, |tree, now| {
                let element = tree.find(node).and_then(|node| node.element());
                let is_high = element.is_some_and(|own| to_bool(&tags::value(own, "scroll-y")));
                if is_high {
                    Scroll {
                        top: way.from(now.top),
                        ..now
                    }
                } else {
                    Scroll {
                        left: way.from(now.left),
                        ..now
                    }
                }
            })
        })?;
        let number = self.next_gesture();
        self.follow_all(page, &Cause::Gesture(number), effects);
        self.with(|core| core.look_later(page));
        Ok(())
    }

    /// Follows effects one after the other.
    pub(super) fn follow_all(&mut self, page: PageId, cause: &Cause, effects: Vec<Effect>) {
        for effect in effects {
            self.follow_effect(page, cause, effect);
        }
    }
}
