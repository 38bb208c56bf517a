//! Observers: who hears when nodes meet or the window changes.
//!
//! Official pages: `api/wxml/IntersectionObserver`, `api/wxml/MediaQueryObserver`. Somebody looks after
//! each change of a page's tree, after it scrolled and after the window changed, and only then is
//! the page laid out. The published adapter of the client's own framework has the rule of `initialRatio`
//! (inclusive on both sides), and that a media query tells its first result soon.
//!
//! Unverified: without `relativeTo` and `relativeToViewport` the reference is the screen; the targets are
//! those that the selector means at the first look; a node without area counts with ratio 1 inside.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::core::Core;
use super::event::dataset;
use super::ops::number;
use super::queue::Work;
use super::scrolling::Bottom;
use super::sim::Sim;
use super::trace::Cause;
use crate::value::Value;
use crate::view::layout::query::{Margins, crossed, intersection};
use crate::view::layout::{Layout, Rect};
use crate::view::selector::{Selector, find_all};
use crate::view::tree::{NodeId, Tree};
use crate::world::route::PageId;

/// Everybody who wants to know where things stand.
#[derive(Default)]
pub(super) struct Watches {
    intersections: Vec<Watch>,
    media: Vec<Media>,
    /// Pages with a look on its way.
    looks: BTreeSet<PageId>,
    /// How pages stand to their ends.
    pub(super) bottoms: BTreeMap<PageId, Bottom>,
}

/// One call of `IntersectionObserver.observe`.
struct Watch {
    token: u32,
    page: PageId,
    host: NodeId,
    selector: String,
    all: bool,
    thresholds: Vec<f32>,
    initial: f32,
    /// Selectors of references, `None` for the screen.
    references: Vec<(Option<String>, Margins)>,
    /// Nodes with their ratios, and references, once somebody looked.
    found: Option<Found>,
}

struct Found {
    targets: Vec<(NodeId, f32)>,
    references: Vec<(Option<NodeId>, Margins)>,
}

/// One call of `MediaQueryObserver.observe`.
struct Media {
    token: u32,
    page: PageId,
    wanted: Value,
    matches: Option<bool>,
}

impl Watches {
    /// Forgets a page that closed.
    pub(super) fn forget(&mut self, page: PageId) {
        self.intersections.retain(|own| own.page != page);
        self.media.retain(|own| own.page != page);
        self.bottoms.remove(&page);
    }
}

impl Core {
    /// `IntersectionObserver.observe`.
    pub(super) fn observe(&mut self, told: &Value) -> Value {
        let Some((page, host)) = self.observer_place(told) else {
            return Value::Undefined;
        };
        let thresholds: Vec<f32> = told.get("thresholds").items().iter().map(float).collect();
        let references = told.get("relative").items().iter();
        let references = references.map(|one| {
            let selector = one.get("selector").as_str().map(str::to_owned);
            (selector, margins(one.get("margins")))
        });
        let watch = Watch {
            token: number(told.get("token")),
            page,
            host,
            selector: told.get("selector").as_str().unwrap_or_default().to_owned(),
            all: told.get("all").as_bool() == Some(true),
            thresholds: if thresholds.is_empty() {
                vec![0.0]
            } else {
                thresholds
            },
            initial: float(told.get("initial")),
            references: references.collect(),
            found: None,
        };
        self.views.watches.intersections.push(watch);
        self.look_later(page);
        Value::Undefined
    }

    /// `MediaQueryObserver.observe`.
    pub(super) fn observe_media(&mut self, told: &Value) -> Value {
        if let Some((page, _)) = self.observer_place(told) {
            self.views.watches.media.push(Media {
                token: number(told.get("token")),
                page,
                wanted: told.get("wanted").clone(),
                matches: None,
            });
            self.look_later(page);
        }
        Value::Undefined
    }

    /// `disconnect`: these calls hear nothing more.
    pub(super) fn unobserve(&mut self, tokens: &Value) -> Value {
        for token in tokens.items().iter().map(number) {
            let watches = &mut self.views.watches;
            watches.intersections.retain(|own| own.token != token);
            watches.media.retain(|own| own.token != token);
        }
        Value::Undefined
    }

    fn observer_place(&self, told: &Value) -> Option<(PageId, NodeId)> {
        match told.get("host") {
            Value::Number(_) => self.views.place(number(told.get("host"))),
            _ => self.page_on_top(),
        }
    }

    /// Something of a page changed: who watches it looks soon.
    pub(super) fn look_later(&mut self, page: PageId) {
        if !self.renders.ready.contains(&page) {
            return;
        }
        let moves = self.views.trees.get(&page).is_some_and(Tree::has_moves);
        let watches = &mut self.views.watches;
        let is_watched = moves
            || watches.intersections.iter().any(|own| own.page == page)
            || watches.media.iter().any(|own| own.page == page);
        if is_watched && watches.looks.insert(page) {
            self.later(super::RENDER_MS, Work::Look(page));
        }
    }

    /// What observers of intersections of a page are to be told, by their tokens.
    fn intersections(&mut self, page: PageId) -> Vec<(u32, Value)> {
        let mut watches = std::mem::take(&mut self.views.watches.intersections);
        let mut told = Vec::new();
        if watches.iter().any(|own| own.page == page)
            && let Some(place) = self.layout_of(page)
        {
            for watch in watches.iter_mut().filter(|own| own.page == page) {
                self.find_targets(watch);
                self.ratios(watch, &place, &mut told);
            }
        }
        self.views.watches.intersections = watches;
        told
    }

    fn find_targets(&mut self, watch: &mut Watch) {
        let Some(tree) = self.views.trees.get(&watch.page) else {
            return;
        };
        if watch.found.is_some() {
            return;
        }
        let find = |text: &str| find_all(tree, watch.host, &Selector::of_client(text));
        let many = if watch.all { usize::MAX } else { 1 };
        let targets: Vec<_> = find(&watch.selector)
            .into_iter()
            .take(many)
            .map(|node| (node, watch.initial))
            .collect();
        let mut missing = Vec::new();
        if targets.is_empty() {
            missing.push((watch.selector.clone(), "the observer will hear nothing"));
        }
        let mut references = Vec::new();
        for (text, margins) in &watch.references {
            let node = text
                .as_ref()
                .map(|text| (text, find(text).first().copied()));
            match node {
                None => references.push((None, *margins)),
                Some((_, Some(node))) => references.push((Some(node), *margins)),
                Some((text, None)) => missing.push((text.clone(), "it is no reference")),
            }
        }
        watch.found = Some(Found {
            targets,
            references,
        });
        for (selector, follows) in missing {
            let text = format!("IntersectionObserver: no node is `{selector}`, so {follows}");
            self.console("warn", text);
        }
    }

    /// Asks for the ratios of a watch and tells of those that crossed a threshold.
    fn ratios(&self, watch: &mut Watch, place: &Layout, told: &mut Vec<(u32, Value)>) {
        let (Some(found), Some(tree)) = (&mut watch.found, self.views.trees.get(&watch.page))
        else {
            return;
        };
        let screen = Rect {
            width: place.viewport().width,
            height: place.viewport().height,
            ..Rect::default()
        };
        #[expect(clippy::cast_possible_truncation, reason = "positions are small")]
        let scrolled = (0.0, self.world.scroll_top(watch.page) as f32);
        let is_there = |node: NodeId| tree.find(node).is_some_and(|node| node.attached);
        let mut references: Vec<(Rect, Margins)> = found
            .references
            .iter()
            .map(|(node, margins)| {
                let rect = node.map_or(screen, |node| place.client_rect(node, scrolled));
                (rect, *margins)
            })
            .collect();
        if references.is_empty() {
            references.push((screen, Margins::default()));
        }
        found.targets.retain(|(node, _)| is_there(*node));
        for (node, before) in &mut found.targets {
            let rect = place.client_rect(*node, scrolled);
            let mut met = intersection(rect, &references);
            if !place.is_drawn(*node) {
                met.ratio = 0.0;
                met.rect = Rect::default();
            }
            let is_told = crossed(*before, met.ratio, &watch.thresholds);
            *before = met.ratio;
            let Some(element) = tree.find(*node).and_then(|node| node.element()) else {
                continue;
            };
            if is_told {
                let fact = Value::object([
                    ("id", (&*element.id).into()),
                    ("dataset", dataset(element)),
                    ("time", Value::from(&json!(self.world.now().0))),
                    ("boundingClientRect", sized(rect)),
                    ("intersectionRatio", rounded(met.ratio)),
                    ("intersectionRect", sized(met.rect)),
                    ("relativeRect", edges(met.relative)),
                ]);
                told.push((watch.token, fact));
            }
        }
    }

    /// What observers of the window are to be told, by their tokens.
    fn media(&mut self) -> Vec<(u32, Value)> {
        let viewport = self.viewport();
        let mut told = Vec::new();
        for media in &mut self.views.watches.media {
            let now = matches_media(&media.wanted, (viewport.width, viewport.height));
            if media.matches != Some(now) {
                media.matches = Some(now);
                told.push((media.token, Value::object([("matches", now.into())])));
            }
        }
        told
    }
}

/// Whether a window is as a descriptor says. Official page: `api/wxml/MediaQueryObserver.observe`.
fn matches_media(wanted: &Value, (width, height): (f32, f32)) -> bool {
    let (width, height) = (f64::from(width), f64::from(height));
    let fits = |name: &str, test: &dyn Fn(f64) -> bool| wanted.get(name).as_f64().is_none_or(test);
    let orientation = if width > height {
        "landscape"
    } else {
        "portrait"
    };
    let is_size = |own: f64, size: f64| (own - size).abs() < 0.5;
    fits("width", &|own| is_size(own, width))
        && fits("minWidth", &|own| width >= own)
        && fits("maxWidth", &|own| width <= own)
        && fits("height", &|own| is_size(own, height))
        && fits("minHeight", &|own| height >= own)
        && fits("maxHeight", &|own| height <= own)
        && wanted
            .get("orientation")
            .as_str()
            .is_none_or(|own| own == orientation)
}

#[expect(clippy::cast_possible_truncation, reason = "pixels and ratios")]
fn float(value: &Value) -> f32 {
    value.as_f64().unwrap_or(0.0) as f32
}

fn margins(told: &Value) -> Margins {
    Margins {
        left: float(told.get("left")),
        right: float(told.get("right")),
        top: float(told.get("top")),
        bottom: float(told.get("bottom")),
    }
}

/// A number without the digits that only single precision makes.
fn rounded(number: f32) -> Value {
    Value::Number((f64::from(number) * 1e4).round() / 1e4)
}

fn edges(rect: Rect) -> Value {
    Value::object([
        ("left", rounded(rect.left)),
        ("top", rounded(rect.top)),
        ("right", rounded(rect.right())),
        ("bottom", rounded(rect.bottom())),
    ])
}

fn sized(rect: Rect) -> Value {
    let mut edges = edges(rect);
    if let Value::Object(members) = &mut edges {
        members.push(("width".to_owned(), rounded(rect.width)));
        members.push(("height".to_owned(), rounded(rect.height)));
    }
    edges
}

impl Sim {
    /// Somebody looks where the things of a page stand now.
    pub(super) fn look(&mut self, page: PageId) {
        let is_open = self.with(|core| {
            core.views.watches.looks.remove(&page);
            core.views.trees.contains_key(&page)
        });
        if !is_open {
            return;
        }
        let moved = self.with(|core| core.carry_out_moves(page));
        self.follow_all(page, &Cause::Render, moved);
        for (token, fact) in self.with(|core| core.intersections(page)) {
            self.tell_observer(token, fact, "IntersectionObserver callback");
        }
        for (token, fact) in self.with(Core::media) {
            self.tell_observer(token, fact, "MediaQueryObserver callback");
        }
    }

    fn tell_observer(&mut self, token: u32, fact: Value, place: &str) {
        self.task(Cause::Render, false, place, |sim| {
            sim.engine.call("queried", &[token.into(), fact]).map(drop)
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::matches_media;
    use crate::value::Value;

    #[test]
    fn a_window_matches_when_all_that_is_said_fits() {
        let matches = |wanted| matches_media(&Value::from(&wanted), (375.0, 603.0));
        assert!(matches(json!({})));
        assert!(matches(
            json!({ "minWidth": 375, "maxWidth": 375, "width": 375 })
        ));
        assert!(matches(
            json!({ "orientation": "portrait", "minHeight": 600 })
        ));
        for other in [
            json!({ "minWidth": 376 }),
            json!({ "maxWidth": 374 }),
            json!({ "width": 374 }),
            json!({ "height": 600 }),
            json!({ "minHeight": 604 }),
            json!({ "maxHeight": 600, "width": 375 }),
            json!({ "orientation": "landscape" }),
        ] {
            assert!(!matches(other.clone()), "{other}");
        }
    }
}
