//! Components that act by themselves: what a render set going, and what comes of it.
//!
//! Official pages: `component/` and the name of each tag.
//!
//! Differs from the client: a picture of the network is not asked for outside. A declared route answers for it; else it has
//! the size of [`PICTURE`], as most pages wait for their pictures, and only a phone without a network fails. A lazy
//! picture is fetched with the others. A film plays no longer than its `play`.
//!
//! Unverified: how long it takes; a swiper rests while its page is not seen; films and web pages begin to load with the
//! first render.

use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::Cause;
use crate::api::file_access;
use crate::crypto::base64_text;
use crate::errmsg::{AdProblem, MediaProblem};
use crate::media_format::{film, film::Film, picture};
use crate::view::gesture::{Effect, Gesture, autoplay, perform};
use crate::view::stir::{Due, Stir, close_container, named, playing, stirred, touched};
use crate::view::tags;
use crate::view::template::resolve;
use crate::view::tree::NodeId;
use crate::view::value::Val;
use crate::world::ad::LOAD_MS;
use crate::world::camera::DetachCamera;
use crate::world::connection::Connection;
use crate::world::live::DetachPusher;
use crate::world::network::{DELAY_MS, Fetch, Outcome};
use crate::world::notice::OfElement;
use crate::world::route::PageId;
use crate::world::video::AutoplayVideo;

/// Width and height of a picture that no declared route answers for.
const PICTURE: (u32, u32) = (320, 240);
/// A film that no declared route answers for.
const FILM: Film = Film {
    width: 640,
    height: 360,
    duration_ms: 60_000,
};
/// Time that a file of the program takes, in milliseconds.
const FILE_MS: i64 = 10;

impl Sim {
    /// A page was rendered: its components hear of what is new.
    pub(super) fn components_stir(&mut self, page: PageId) {
        let due = self.with(|core| core.views.tree_mut(page).map(stirred));
        self.take_up(page, due.unwrap_or_default());
    }

    /// A going back closes the container that is open on the page on top; whether there was one.
    pub(super) fn close_container(&mut self) -> bool {
        let closed = self.with(|core| {
            let (page, _) = core.page_on_top()?;
            let tree = core.views.tree_mut(page)?;
            close_container(tree).map(|due| (page, due))
        });
        let is_closed = closed.is_some();
        if let Some((page, due)) = closed {
            self.take_up(page, due);
        }
        is_closed
    }

    fn take_up(&mut self, page: PageId, due: Vec<Due>) {
        for due in due {
            if due.after_ms == 0 && !due.idle {
                self.stir(page, due.stir);
            } else {
                self.with(|core| core.put_off(page, due));
            }
        }
    }

    /// A component does something.
    pub(super) fn stir(&mut self, page: PageId, stir: Stir) {
        match stir {
            Stir::Arrives { node, tag } => self.insert_node(page, node, tag),
            Stir::Leaves("camera") => self.with(|core| core.world.apply(DetachCamera(page))),
            Stir::Leaves(_) => self.with(|core| core.world.apply(DetachPusher(page))),
            Stir::Loads { node, tag, src } => self.with(|core| core.load(page, node, tag, &src)),
            Stir::Plays(node, turn) => {
                let effects = self.with(|core| core.swiper_plays(page, node, turn));
                for effect in effects {
                    self.tell_effect(page, effect);
                }
            }
            Stir::Tells(effect) => self.tell_effect(page, effect),
        }
    }

    /// A component that the program drives by its context tells something, when the page has it.
    pub(super) fn element_event(&mut self, event: &OfElement) {
        let page = event.page;
        let effects = self.with(|core| {
            let tree = core.views.trees.get(&page)?;
            let node = named(tree, &event.tag, &event.id)?;
            let (event, detail) = (event.event.clone(), event.detail.clone());
            let gesture = Gesture::Happen { event, detail };
            perform(core.views.tree_mut(page)?, node, &gesture).ok()
        });
        for effect in effects.unwrap_or_default() {
            self.tell_effect(page, effect);
        }
    }

    /// Runs the handlers of an event; without any, nothing happens.
    fn tell_effect(&mut self, page: PageId, effect: Effect) {
        if let Effect::Event {
            node, name, travel, ..
        } = &effect
        {
            let (node, name, travel) = (*node, *name, *travel);
            let is_heard = self.with(|core| {
                let tree = core.views.trees.get(&page);
                tree.is_some_and(|tree| tree.find(node).is_some())
                    && !core.calls_of(page, node, name, travel).items().is_empty()
            });
            if !is_heard {
                return;
            }
        }
        self.follow_effect(page, &Cause::Render, effect);
    }
}

impl Core {
    fn put_off(&mut self, page: PageId, due: Due) {
        let at = self.world.now().plus(due.after_ms);
        let work = Work::Stir(page, due.stir);
        if due.idle {
            self.queue.push_idle(at, work);
        } else {
            self.queue.push(at, work);
        }
    }

    fn swiper_plays(&mut self, page: PageId, node: NodeId, turn: u32) -> Vec<Effect> {
        let is_seen = !self.world.is_in_background()
            && self.page_on_top().is_some_and(|(top, _)| top == page);
        let Some(tree) = self.views.tree_mut(page) else {
            return Vec::new();
        };
        let Some((interval_ms, duration_ms)) = playing(tree, node, turn) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if is_seen {
            effects = autoplay(tree, node);
            touched(tree);
        }
        let idle = |after_ms, stir| Due {
            after_ms,
            idle: true,
            stir,
        };
        let is_end = |effect: &Effect| matches!(effect, Effect::Event { name, .. } if *name == "animationfinish");
        if effects.last().is_some_and(is_end)
            && let Some(end) = effects.pop()
        {
            self.put_off(page, idle(duration_ms, Stir::Tells(end)));
        }
        self.put_off(page, idle(interval_ms, Stir::Plays(node, turn)));
        effects
    }

    /// Something is fetched: its events come when it is there, or when it is known that it is not.
    fn load(&mut self, page: PageId, node: NodeId, tag: &'static str, src: &str) {
        let (after_ms, events) = match tag {
            "image" | "cover-image" => self.picture_events(page, node, src),
            "video" => self.film_events(page, node, src),
            "web-view" => {
                let is_there = self.world.connection() != Connection::None;
                let name = if is_there { "load" } else { "error" };
                let detail = Val::object([("src", Val::text(src))]);
                (i64::from(DELAY_MS), vec![(name, detail)])
            }
            "map" => (FILE_MS, vec![("updated", Val::object::<&str>([]))]),
            _ => (LOAD_MS, vec![self.advertisement(src)]),
        };
        for (name, detail) in events {
            let effect = Effect::Event {
                node,
                name,
                detail,
                travel: crate::view::bubbling::Travel::default(),
            };
            self.put_off(
                page,
                Due {
                    after_ms,
                    idle: false,
                    stir: Stir::Tells(effect),
                },
            );
        }
    }

    fn advertisement(&self, unit: &str) -> (&'static str, Val) {
        let problem = match (unit, self.world.has_ads()) {
            ("", _) => AdProblem::InvalidUnit,
            (_, false) => AdProblem::NoAd,
            (_, true) => return ("load", Val::object::<&str>([])),
        };
        let detail = [
            ("errMsg", Val::text(problem.text())),
            ("errCode", Val::Number(f64::from(problem.code()))),
        ];
        ("error", Val::object(detail))
    }

    fn picture_events(&mut self, page: PageId, node: NodeId, src: &str) -> Events {
        let (after_ms, found) = self.fetched(page, node, src);
        let size = match &found {
            Found::Bytes(bytes) => picture_size(bytes),
            Found::Unknown => Some(PICTURE),
            Found::Nothing => None,
        };
        let event = if let Some((width, height)) = size {
            let detail = [
                ("height", Val::Number(f64::from(height))),
                ("width", Val::Number(f64::from(width))),
            ];
            ("load", Val::object(detail))
        } else {
            let words = MediaProblem::picture_missing(src);
            ("error", Val::object([("errMsg", Val::text(&words))]))
        };
        (after_ms, vec![event])
    }

    fn film_events(&mut self, page: PageId, node: NodeId, src: &str) -> Events {
        let (after_ms, found) = self.fetched(page, node, src);
        let film = match &found {
            Found::Bytes(bytes) => film::read(bytes),
            Found::Unknown => Some(FILM),
            Found::Nothing => None,
        };
        let Some(film) = film else {
            let detail = Val::object([("errMsg", Val::text(MediaProblem::UNPLAYABLE))]);
            return (after_ms, vec![("error", detail)]);
        };
        let detail = [
            ("width", f64::from(film.width)),
            ("height", f64::from(film.height)),
            ("duration", f64::from(film.duration_ms) / 1_000.0),
        ];
        let detail = Val::object(detail.map(|(name, own)| (name, Val::Number(own))));
        let mut events = vec![("loadedmetadata", detail)];
        let tree = self.views.trees.get(&page);
        let element = tree.and_then(|tree| tree.find(node)?.element());
        if element.is_some_and(|own| tags::value(own, "autoplay") == Val::Bool(true)) {
            events.push(("play", Val::object::<&str>([])));
            let id = element.map(|own| own.id.to_string()).unwrap_or_default();
            self.world.apply(AutoplayVideo { page, id });
        }
        (after_ms, events)
    }

    /// What is at a place that an attribute names, and after how many milliseconds that is known.
    fn fetched(&mut self, page: PageId, node: NodeId, src: &str) -> (i64, Found) {
        if let Some(data) = src.strip_prefix("data:") {
            let bytes = data.split_once(',').map(|(kind, text)| {
                if kind.ends_with(";base64") {
                    base64_text::decode_loosely(text)
                } else {
                    text.as_bytes().to_vec()
                }
            });
            return (FILE_MS, bytes.map_or(Found::Nothing, Found::Bytes));
        }
        let is_own = ["http://tmp", "http://usr", "http://store", "wxfile://"]
            .iter()
            .any(|start| src.starts_with(start));
        if src.contains("://") && !is_own {
            return self.of_network(src);
        }
        let path = if is_own {
            src.to_owned()
        } else {
            format!("/{}", resolve(&self.written_in(page, node), src))
        };
        let mut cx = self.cx(None);
        let bytes = file_access::read(&mut cx, &path, "open");
        (FILE_MS, bytes.map_or(Found::Nothing, Found::Bytes))
    }

    fn of_network(&mut self, url: &str) -> (i64, Found) {
        if self.world.connection() == Connection::None {
            return (i64::from(DELAY_MS), Found::Nothing);
        }
        let method = "GET";
        match self.world.apply(Fetch { method, url }) {
            Some((after_ms, Outcome::Response(response))) if response.status < 400 => {
                (after_ms, Found::Bytes(response.body.bytes()))
            }
            Some((after_ms, _)) => (after_ms, Found::Nothing),
            None => (i64::from(DELAY_MS), Found::Unknown),
        }
    }

    /// The component or page in whose template an element is written.
    fn written_in(&self, page: PageId, node: NodeId) -> String {
        let tree = self.views.trees.get(&page);
        let host = tree.and_then(|tree| tree.node(tree.find(node)?.host).component());
        host.map(|own| own.path.to_string()).unwrap_or_default()
    }
}

/// Events with their details, and when they come.
type Events = (i64, Vec<(&'static str, Val)>);

/// What is at a place.
enum Found {
    Bytes(Vec<u8>),
    /// Something that was not declared.
    Unknown,
    Nothing,
}

/// Width and height of a picture; of a drawing (SVG) that says no size, those of [`PICTURE`].
fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if let Some(picture) = picture::read(bytes) {
        return Some((picture.width, picture.height));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, tag) = text.split_once("<svg")?;
    let tag = tag.split('>').next()?;
    let side = |name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        let digits = value.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    };
    Some(side("width").zip(side("height")).unwrap_or(PICTURE))
}
