//! What is moved by fingers: scroll-view, swiper, movable-view.
//!
//! Official pages: `component/scroll-view`, `component/swiper`, `component/movable-view`. Thresholds,
//! directions and signs of a scroll are those of the published view code.
//!
//! Unverified: an `enhanced` scroll-view tells `dragstart`, `dragging`, `scroll`, `dragend` once each; the
//! `dy` of a pull is the threshold, half of it when it was not far enough.

use super::{CannotDo, Effect, cannot, count, flag, is_disabled, is_tag, number, own, parts};
use super::{property, set_state, tag_of, text};
use crate::view::coerce::{join_text, to_number};
use crate::view::gesture::touch::Point;
use crate::view::tree::{Element, NodeId, Tree, camel_case};
use crate::view::value::Val;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where the content of a scroll-view is brought to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scroll {
    /// How much of the content is out at the left.
    pub left: f64,
    /// How much is out at the top.
    pub top: f64,
    /// The scroll-view.
    pub view: Size,
    /// Its content.
    pub content: Size,
}

/// An axis of a scroll: its names with the numbers of before and after.
struct Axis {
    upper: &'static str,
    lower: &'static str,
    before: f64,
    now: f64,
    view: f64,
    content: f64,
}

impl Axis {
    fn new(
        names: (&'static str, &'static str),
        before: f64,
        (to, view, content): (f64, f64, f64),
    ) -> Self {
        let most = (content - view).max(0.0);
        Self {
            upper: names.0,
            lower: names.1,
            before,
            now: to.clamp(0.0, most),
            view,
            content,
        }
    }

    fn reached(&self, node: NodeId, upper: f64, lower: f64, effects: &mut Vec<Effect>) {
        let direction = |name: &str| Val::object([("direction", Val::text(name))]);
        if self.now < self.before && self.now <= upper {
            effects.push(own(node, "scrolltoupper", direction(self.upper)));
        }
        if self.now > self.before && self.now + self.view + lower >= self.content {
            effects.push(own(node, "scrolltolower", direction(self.lower)));
        }
    }
}

fn checked<'a>(tree: &'a Tree, node: NodeId, tag: &str) -> Result<&'a Element, CannotDo> {
    let element = tree
        .node(node)
        .element()
        .filter(|_| is_tag(tree, node, tag));
    let Some(element) = element else {
        let own = tag_of(tree, node);
        return cannot(format!("<{own}> is no <{tag}>: only that moves so"));
    };
    Ok(element)
}

/// Moves the content of a scroll-view; a place beyond its end is its end.
pub(super) fn scroll(tree: &mut Tree, node: NodeId, to: &Scroll) -> Result<Vec<Effect>, CannotDo> {
    let element = checked(tree, node, "scroll-view")?;
    let read = |name: &str| {
        Some(number(element, name))
            .filter(|own| !own.is_nan())
            .unwrap_or(0.0)
    };
    let (x, y) = (flag(element, "scroll-x"), flag(element, "scroll-y"));
    if !x && !y {
        return cannot("the scroll-view does not scroll: write `scroll-y` or `scroll-x`");
    }
    let [left, top, upper, lower] = [
        "scroll-left",
        "scroll-top",
        "upper-threshold",
        "lower-threshold",
    ]
    .map(read);
    let wide = Axis::new(
        ("left", "right"),
        left,
        (to.left, to.view.width, to.content.width),
    );
    let high = Axis::new(
        ("top", "bottom"),
        top,
        (to.top, to.view.height, to.content.height),
    );
    let (now_left, now_top) = (
        if x { wide.now } else { left },
        if y { high.now } else { top },
    );
    let is_enhanced = flag(element, "enhanced");
    let place = |left: f64, top: f64| {
        Val::object([
            ("scrollTop", Val::Number(top)),
            ("scrollLeft", Val::Number(left)),
        ])
    };
    let mut effects = Vec::new();
    if is_enhanced {
        effects.push(own(node, "dragstart", place(left, top)));
        effects.push(own(node, "dragging", place(now_left, now_top)));
    }
    let (before, now) = ((left, top), (now_left, now_top));
    if now != before {
        effects.push(own(node, "scroll", detail(before, now, to.content)));
    }
    if y {
        high.reached(node, upper, lower, &mut effects);
    }
    if x {
        wide.reached(node, upper, lower, &mut effects);
    }
    if is_enhanced {
        effects.push(own(node, "dragend", place(now_left, now_top)));
    }
    for (own, value) in [("scroll-left", now_left), ("scroll-top", now_top)] {
        effects.extend(keep_place(tree, node, own, value));
    }
    Ok(effects)
}

fn detail(before: (f64, f64), now: (f64, f64), content: Size) -> Val {
    let detail = [
        ("scrollLeft", now.0),
        ("scrollTop", now.1),
        ("scrollHeight", content.height),
        ("scrollWidth", content.width),
        ("deltaX", before.0 - now.0),
        ("deltaY", before.1 - now.1),
    ];
    Val::object(detail.map(|(name, own)| (name, Val::Number(own))))
}

/// Keeps where a scroll-view is beside what its attribute says, which only moves it when it changes.
fn keep_place(tree: &mut Tree, node: NodeId, written: &str, value: f64) -> Option<Effect> {
    let value = Val::Number(value);
    set_state(tree, node, &camel_case(written), &value);
    let element = tree.node(node).element()?;
    let is_bound = element.models.iter().any(|(model, _)| **model == *written);
    is_bound.then(|| Effect::Write {
        node,
        name: written.into(),
        value,
    })
}

/// Pulls a scroll-view down.
pub(super) fn pull(tree: &mut Tree, node: NodeId, is_far: bool) -> Result<Vec<Effect>, CannotDo> {
    let element = checked(tree, node, "scroll-view")?;
    if !flag(element, "refresher-enabled") {
        return cannot("the scroll-view does not refresh: write `refresher-enabled`");
    }
    if flag(element, "refresher-triggered") {
        return cannot("the scroll-view refreshes already: `refresher-triggered` has to end first");
    }
    let threshold = number(element, "refresher-threshold");
    let pulled = if is_far { threshold } else { threshold / 2.0 };
    let detail = Val::object([("dy", Val::Number(pulled))]);
    let mut effects = vec![own(node, "refresherpulling", detail.clone())];
    if is_far {
        effects.extend(set_state(
            tree,
            node,
            "refresher-triggered",
            &Val::Bool(true),
        ));
        effects.push(own(node, "refresherrefresh", detail));
    } else {
        effects.push(own(node, "refresherabort", detail));
    }
    Ok(effects)
}

fn items(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    parts(tree, node, "swiper-item", &["swiper"])
}

/// Goes to an item of a swiper.
pub(super) fn swipe(tree: &mut Tree, node: NodeId, to: &Val) -> Result<Vec<Effect>, CannotDo> {
    let items = items(tree, node);
    let Some(at) = (0..items.len()).find(|at| count(*at) == Val::Number(to_number(to))) else {
        return cannot(format!("the swiper has {} items, from 0", items.len()));
    };
    Ok(show_item(tree, node, at, "touch"))
}

/// The item that an `autoplay` swiper goes to next; behind the last one the first. `None` when it does
/// not play or has nowhere to go.
pub fn next_item(tree: &Tree, node: NodeId) -> Option<usize> {
    let element = tree.find(node)?.element()?;
    next_place(tree, node).filter(|_| flag(element, "autoplay"))
}

/// The item of a swiper behind the one it shows.
pub(super) fn next_place(tree: &Tree, node: NodeId) -> Option<usize> {
    let element = tree
        .find(node)?
        .element()
        .filter(|own| &*own.tag == "swiper")?;
    let many = items(tree, node).len();
    let now = number(element, "current");
    let at = (0..many)
        .find(|at| count(*at) == Val::Number(now))
        .unwrap_or(0);
    (many > 1).then(|| (at + 1) % many)
}

/// An `autoplay` swiper goes on by itself.
pub fn autoplay(tree: &mut Tree, node: NodeId) -> Vec<Effect> {
    let next = next_item(tree, node);
    next.map_or_else(Vec::new, |at| show_item(tree, node, at, "autoplay"))
}

fn show_item(tree: &mut Tree, node: NodeId, at: usize, source: &str) -> Vec<Effect> {
    let is_there = tree
        .node(node)
        .element()
        .is_some_and(|own| property(own, "current") == count(at));
    if is_there {
        return Vec::new();
    }
    let mut effects: Vec<Effect> = set_state(tree, node, "current", &count(at))
        .into_iter()
        .collect();
    effects.extend(item_events(tree, node, at, source));
    effects
}

/// The item of a swiper that a number, or an `item-id`, means.
pub(in crate::view) fn item_of(
    tree: &Tree,
    node: NodeId,
    wanted: &Val,
    by_id: bool,
) -> Option<usize> {
    let items = items(tree, node);
    let id_of = |id: NodeId| {
        let element = tree.node(id).element();
        element.map(|own| text(own, "item-id"))
    };
    (0..items.len()).find(|at| {
        if by_id {
            id_of(items[*at]).is_some_and(|own| own == join_text(wanted))
        } else {
            count(*at) == *wanted
        }
    })
}

/// What a swiper tells of another item: of the change, and of its end.
pub(in crate::view) fn item_events(
    tree: &Tree,
    node: NodeId,
    at: usize,
    source: &str,
) -> [Effect; 2] {
    let item = items(tree, node).get(at).copied();
    let item_id = item.and_then(|id| tree.node(id).element().map(|own| text(own, "item-id")));
    let detail = Val::object([
        ("current", count(at)),
        ("currentItemId", Val::text(&item_id.unwrap_or_default())),
        ("source", Val::text(source)),
    ]);
    [
        own(node, "change", detail.clone()),
        own(node, "animationfinish", detail),
    ]
}

fn movable(tree: &Tree, node: NodeId) -> Result<&Element, CannotDo> {
    let element = checked(tree, node, "movable-view")?;
    if is_disabled(tree, node) {
        return cannot("the <movable-view> is `disabled`: enable it first");
    }
    Ok(element)
}

/// Drags a movable-view.
pub(super) fn drag(tree: &mut Tree, node: NodeId, to: Point) -> Result<Vec<Effect>, CannotDo> {
    let element = movable(tree, node)?;
    let read = |name: &str| {
        Some(number(element, name))
            .filter(|own| !own.is_nan())
            .unwrap_or(0.0)
    };
    let before = Point {
        x: read("x"),
        y: read("y"),
    };
    let (event, to) = match text(element, "direction").as_str() {
        "horizontal" => ("htouchmove", Point { x: to.x, ..before }),
        "vertical" => ("vtouchmove", Point { y: to.y, ..before }),
        "all" if (to.x - before.x).abs() > (to.y - before.y).abs() => ("htouchmove", to),
        "all" => ("vtouchmove", to),
        _ => return cannot("the <movable-view> has no `direction`: it does not move"),
    };
    if to == before {
        return Ok(Vec::new());
    }
    let mut effects = vec![own(node, event, Val::object::<&str>([]))];
    for (name, value) in [("x", to.x), ("y", to.y)] {
        effects.extend(set_state(tree, node, name, &Val::Number(value)));
    }
    let detail = Val::object([
        ("x", Val::Number(to.x)),
        ("y", Val::Number(to.y)),
        ("source", Val::text("touch")),
    ]);
    effects.push(own(node, "change", detail));
    Ok(effects)
}

/// Brings a movable-view to a scale, within its bounds.
pub(super) fn scale(tree: &mut Tree, node: NodeId, to: f64) -> Result<Vec<Effect>, CannotDo> {
    let element = movable(tree, node)?;
    if !flag(element, "scale") {
        return cannot("the <movable-view> has no `scale`: two fingers do nothing");
    }
    let read = |name: &str| {
        Some(number(element, name))
            .filter(|own| !own.is_nan())
            .unwrap_or(0.0)
    };
    let (x, y) = (read("x"), read("y"));
    let scale = to.max(read("scale-min")).min(read("scale-max"));
    let detail = [("x", x), ("y", y), ("scale", scale)];
    let detail = Val::object(detail.map(|(name, own)| (name, Val::Number(own))));
    let mut effects: Vec<Effect> = set_state(tree, node, "scale-value", &Val::Number(scale))
        .into_iter()
        .collect();
    effects.push(own(node, "scale", detail));
    Ok(effects)
}
