//! What built-in components do without a touch: after a render, because they are new or because their
//! attributes became others.
//!
//! Official pages: `component/` and the name of each tag. A swiper, a field, a movable-view and a page-container hear of
//! data that changed; a slider, a switch and a picker-view do not (as in the published view code of early clients).
//!
//! Unverified: a `current` that the first render already shows is no change; a page-container enters and leaves with
//! two events at once and the third after its `duration`; `activeend` tells `curPercent`.

use std::collections::BTreeMap;

use super::gesture::{Effect, Gesture, item_events, own, perform, set_state, swiper_item_of};
use super::tags;
use super::tree::{Element, Kind, Node, NodeId, Tree};
use super::value::Val;
use crate::view::coerce::{join_text, to_bool};

/// Something that a component does.
#[derive(Clone, Debug, PartialEq)]
pub enum Stir {
    /// A camera or a live pusher is there: it asks for what it needs.
    Arrives {
        /// The element.
        node: NodeId,
        /// Its tag.
        tag: &'static str,
    },
    /// The last camera or live pusher of the page is gone.
    Leaves(&'static str),
    /// Something is fetched or drawn.
    Loads {
        /// The element.
        node: NodeId,
        /// Its tag.
        tag: &'static str,
        /// Where it is, as written.
        src: String,
    },
    /// A swiper that plays goes on; the number is that of its start.
    Plays(NodeId, u32),
    /// An event, or data that follows.
    Tells(Effect),
}

/// When something happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Milliseconds from the render on.
    pub after_ms: i64,
    /// Whether nobody waits for it.
    pub idle: bool,
    /// What happens.
    pub stir: Stir,
}

/// What is kept of the components that act by themselves.
#[derive(Clone, Debug, Default)]
pub struct Lively {
    nodes: Vec<(NodeId, &'static str)>,
    seen: BTreeMap<NodeId, Vec<Val>>,
    plays: BTreeMap<NodeId, u32>,
}

/// Tags that act by themselves, with the attributes that they watch.
const WATCHED: &[(&str, &[&str])] = &[
    ("ad", &["unit-id"]),
    ("ad-custom", &["unit-id"]),
    ("camera", &[]),
    ("cover-image", &["src"]),
    ("image", &["src"]),
    ("input", &["focus", "auto-focus"]),
    ("live-pusher", &[]),
    ("map", &[]),
    ("movable-view", &["x", "y"]),
    ("page-container", &["show"]),
    ("progress", &["percent", "active"]),
    ("swiper", &["current", "current-item-id", "autoplay"]),
    ("textarea", &["focus", "auto-focus"]),
    ("video", &["src"]),
    ("web-view", &["src"]),
];

/// Shortest time between two items of a playing swiper, in milliseconds.
const INTERVAL_MS_MIN: i64 = 50;

impl Lively {
    /// Notes a node that came to the tree.
    pub(super) fn note(&mut self, id: NodeId, node: &Node) {
        let Kind::Element(element) = &node.kind else {
            return;
        };
        if element.component.is_none()
            && let Some((tag, _)) = WATCHED.iter().find(|(tag, _)| **tag == *element.tag)
        {
            self.nodes.push((id, tag));
        }
    }
}

/// What components do after a render.
pub fn stirred(tree: &mut Tree) -> Vec<Due> {
    let mut all = Vec::new();
    forget_gone(tree, &mut all);
    for (id, tag) in tree.lively.nodes.clone() {
        let Some(now) = watched(tree, id, tag) else {
            continue;
        };
        let before = tree.lively.seen.insert(id, now.clone());
        if before.as_ref() != Some(&now) {
            let change = Change {
                id,
                tag,
                before: before.map(|before| converted(tag, &before)),
                now: converted(tag, &now),
            };
            if change.before.as_ref() != Some(&change.now) {
                change.follow(tree, &mut all);
            }
        }
    }
    all
}

/// What the user just made of components is no change of the page's own.
pub fn touched(tree: &mut Tree) {
    for (id, tag) in tree.lively.nodes.clone() {
        if tree.lively.seen.contains_key(&id)
            && let Some(now) = watched(tree, id, tag)
        {
            tree.lively.seen.insert(id, now);
        }
    }
}

/// Whether a swiper still plays as it did when that number was given, with the milliseconds until its next
/// item and until that has come to rest.
pub fn playing(tree: &Tree, id: NodeId, turn: u32) -> Option<(i64, i64)> {
    let element = tree.find(id)?.element()?;
    let plays = tree.lively.plays.get(&id) == Some(&turn) && flag(element, "autoplay");
    plays.then(|| {
        let interval_ms = milliseconds(element, "interval").max(INTERVAL_MS_MIN);
        (interval_ms, milliseconds(element, "duration"))
    })
}

/// The component of a tag and an `id`, wherever on the page it is; among tags that act by themselves.
pub fn named(tree: &Tree, tag: &str, id: &str) -> Option<NodeId> {
    let mut known = tree.lively.nodes.iter().filter(|(_, own)| *own == tag);
    let is_it = |node: NodeId| {
        let node = tree.find(node).filter(|node| node.attached);
        node.and_then(Node::element)
            .is_some_and(|own| &*own.id == id)
    };
    known.find(|(node, _)| is_it(*node)).map(|(node, _)| *node)
}

/// A going back closes the container that is open on the page; `None` when there is none.
pub fn close_container(tree: &mut Tree) -> Option<Vec<Due>> {
    let nodes = tree.lively.nodes.iter().rev();
    let open = nodes.filter(|(_, tag)| *tag == "page-container");
    let (id, _) = *open.into_iter().find(|(id, _)| is_open(tree, *id))?;
    let write = set_state(tree, id, "show", &Val::Bool(false));
    let mut all: Vec<Due> = write.map(Stir::Tells).map(at_once).into_iter().collect();
    passes(tree, id, ["beforeleave", "leave", "afterleave"], &mut all);
    touched(tree);
    Some(all)
}

fn is_open(tree: &Tree, id: NodeId) -> bool {
    let node = tree.find(id).filter(|node| node.attached);
    node.and_then(Node::element)
        .is_some_and(|own| flag(own, "show"))
}

/// What left the page is forgotten.
fn forget_gone(tree: &mut Tree, all: &mut Vec<Due>) {
    let is_there = |tree: &Tree, id: NodeId| tree.find(id).is_some_and(|node| node.attached);
    let nodes = tree.lively.nodes.iter().copied();
    let gone: Vec<_> = nodes
        .filter(|(id, _)| !is_there(tree, *id) && tree.lively.seen.contains_key(id))
        .collect();
    for (id, tag) in &gone {
        tree.lively.seen.remove(id);
        tree.lively.plays.remove(id);
        let stays = |(own, other): &(NodeId, &str)| other == tag && is_there(tree, *own);
        let is_gate = ["camera", "live-pusher"].contains(tag);
        if is_gate && !tree.lively.nodes.iter().any(stays) {
            all.push(at_once(Stir::Leaves(tag)));
        }
    }
    let mut nodes = std::mem::take(&mut tree.lively.nodes);
    nodes.retain(|(id, _)| tree.find(*id).is_some());
    tree.lively.nodes = nodes;
}

/// The watched attributes of an element that is on the page, as written: most do not change.
fn watched(tree: &Tree, id: NodeId, tag: &str) -> Option<Vec<Val>> {
    let node = tree.find(id).filter(|node| node.attached)?;
    let element = node.element()?;
    let (_, names) = WATCHED.iter().find(|(own, _)| *own == tag)?;
    Some(
        names
            .iter()
            .map(|name| element.current(name).clone())
            .collect(),
    )
}

/// Watched attributes converted and with their defaults.
fn converted(tag: &str, values: &[Val]) -> Vec<Val> {
    let known = tags::find(tag);
    let names = WATCHED.iter().find(|(own, _)| *own == tag);
    let names = names.map_or(&[][..], |(_, names)| names);
    let pairs = names.iter().zip(values);
    pairs
        .map(
            |(name, value)| match known.and_then(|tag| tag.attribute(name)) {
                Some(attribute) => attribute.read(value),
                None => value.clone(),
            },
        )
        .collect()
}

/// Watched attributes that became others.
struct Change {
    id: NodeId,
    tag: &'static str,
    before: Option<Vec<Val>>,
    now: Vec<Val>,
}

impl Change {
    fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Whether the attribute at that place is another one.
    fn changed(&self, at: usize) -> bool {
        self.before
            .as_ref()
            .is_none_or(|before| before[at] != self.now[at])
    }

    fn follow(&self, tree: &mut Tree, all: &mut Vec<Due>) {
        let (node, tag) = (self.id, self.tag);
        match tag {
            "camera" | "live-pusher" => all.push(at_once(Stir::Arrives { node, tag })),
            "input" | "textarea" => self.focus(tree, all),
            "movable-view" => self.movable(all),
            "page-container" => self.container(tree, all),
            "progress" => self.progress(tree, all),
            "swiper" => self.swiper(tree, all),
            _ => {
                let src = self.now.first().map(join_text).unwrap_or_default();
                if !src.is_empty() || matches!(tag, "map" | "ad" | "ad-custom") {
                    all.push(at_once(Stir::Loads { node, tag, src }));
                }
            }
        }
    }

    fn focus(&self, tree: &mut Tree, all: &mut Vec<Due>) {
        let has = |values: &[Val]| values.iter().any(to_bool);
        let had = self.before.as_deref().is_some_and(has);
        let gesture = match (had, has(&self.now)) {
            (false, true) => Gesture::Focus,
            (true, false) => Gesture::Blur,
            _ => return,
        };
        let effects = perform(tree, self.id, &gesture).unwrap_or_default();
        all.extend(effects.into_iter().map(Stir::Tells).map(at_once));
    }

    fn movable(&self, all: &mut Vec<Due>) {
        let [x, y] = &*self.now else { return };
        if self.is_new() {
            return;
        }
        let number = |own: &Val| match own {
            Val::Number(own) => Val::Number(*own),
            _ => Val::Number(0.0),
        };
        let detail = Val::object([
            ("x", number(x)),
            ("y", number(y)),
            ("source", Val::text("")),
        ]);
        all.push(at_once(Stir::Tells(own(self.id, "change", detail))));
    }

    fn container(&self, tree: &Tree, all: &mut Vec<Due>) {
        let shows = self.now.first().is_some_and(to_bool);
        if shows {
            passes(tree, self.id, ["beforeenter", "enter", "afterenter"], all);
        } else if !self.is_new() {
            passes(tree, self.id, ["beforeleave", "leave", "afterleave"], all);
        }
    }

    fn progress(&self, tree: &Tree, all: &mut Vec<Due>) {
        let Some(element) = tree.find(self.id).and_then(Node::element) else {
            return;
        };
        let percent = |own: Option<&Val>| match own {
            Some(Val::Number(own)) if own.is_finite() => own.clamp(0.0, 100.0),
            _ => 0.0,
        };
        let to = percent(self.now.first());
        if !flag(element, "active") || !self.changed(0) && !self.changed(1) {
            return;
        }
        let is_forwards = join_text(&tags::value(element, "active-mode")) == "forwards";
        let from = if is_forwards {
            percent(self.before.as_ref().and_then(|own| own.first()))
        } else {
            0.0
        };
        #[expect(clippy::cast_possible_truncation, reason = "a hundred at most")]
        let steps = (to - from).abs().ceil() as i64;
        let detail = Val::object([("curPercent", Val::Number(to))]);
        all.push(Due {
            after_ms: steps.saturating_mul(milliseconds(element, "duration")),
            idle: false,
            stir: Stir::Tells(own(self.id, "activeend", detail)),
        });
    }

    fn swiper(&self, tree: &mut Tree, all: &mut Vec<Due>) {
        let Some(element) = tree.find(self.id).and_then(Node::element) else {
            return;
        };
        let duration_ms = milliseconds(element, "duration");
        let interval_ms = milliseconds(element, "interval").max(INTERVAL_MS_MIN);
        if self.changed(2) && to_bool(&self.now[2]) {
            let turn = tree.lively.plays.entry(self.id).or_default();
            *turn += 1;
            all.push(Due {
                after_ms: interval_ms,
                idle: true,
                stir: Stir::Plays(self.id, *turn),
            });
        }
        let by_id = self.changed(1) && !join_text(&self.now[1]).is_empty();
        let wanted = if by_id { &self.now[1] } else { &self.now[0] };
        let Some(at) = swiper_item_of(tree, self.id, wanted, by_id) else {
            return;
        };
        if by_id {
            set_state(tree, self.id, "current", &count(at));
            touched(tree);
        }
        let is_other = by_id && self.now[0] != count(at) || self.changed(0);
        if self.is_new() || !is_other {
            return;
        }
        for (effect, after_ms) in item_events(tree, self.id, at, "")
            .into_iter()
            .zip([0, duration_ms])
        {
            all.push(Due {
                after_ms,
                idle: false,
                stir: Stir::Tells(effect),
            });
        }
    }
}

/// A page-container comes or goes.
fn passes(tree: &Tree, id: NodeId, events: [&'static str; 3], all: &mut Vec<Due>) {
    let element = tree.find(id).and_then(Node::element);
    let duration_ms = element.map_or(0, |own| milliseconds(own, "duration"));
    for (event, after_ms) in events.into_iter().zip([0, 0, duration_ms]) {
        let stir = Stir::Tells(own(id, event, Val::object::<&str>([])));
        all.push(Due {
            after_ms,
            idle: false,
            stir,
        });
    }
}

fn at_once(stir: Stir) -> Due {
    Due {
        after_ms: 0,
        idle: false,
        stir,
    }
}

fn flag(element: &Element, name: &str) -> bool {
    to_bool(&tags::value(element, name))
}

fn milliseconds(element: &Element, name: &str) -> i64 {
    let Val::Number(ms) = tags::value(element, name) else {
        return 0;
    };
    #[expect(clippy::cast_possible_truncation, reason = "casts saturate")]
    let ms = ms as i64;
    ms.max(0)
}

/// A place as a number of scripts.
fn count(at: usize) -> Val {
    #[expect(clippy::cast_precision_loss, reason = "swipers have few items")]
    Val::Number(at as f64)
}
