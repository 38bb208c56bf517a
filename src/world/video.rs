//! Videos on pages, as the program drives them.
//!
//! Official page: `VideoContext`. A context speaks for the `<video>` of its id on the page on which it was made; two contexts
//! of one id speak for the same one.
//!
//! What the program makes a video do is an event of the `<video>`, when the page has one.
//!
//! Differs from the client: videos have no length; what the program asked for is kept.
//! Unverified: `stop` is no event.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::notice::{Notice, OfElement};
use super::object::{NewObject, ObjectId};
use super::route::PageId;
use super::{Change, Millis, World, sealed::Sealed};

/// A video, as the program left it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Video {
    page: Option<PageId>,
    /// `id` of the component.
    pub id: String,
    /// Since when it plays.
    pub since: Option<Millis>,
    /// Where it stood then, in seconds.
    pub at: f64,
    /// How fast it plays.
    pub rate: f64,
    /// Whether it fills the screen.
    pub full_screen: bool,
    /// Whether the status bar is shown in full screen.
    pub status_bar: bool,
    /// Whether it plays on in the background.
    pub in_background: bool,
}

impl Video {
    /// Where it stands, in seconds.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a video")]
    pub fn position(&self, now: Millis) -> f64 {
        let played_ms = self.since.map_or(0, |since| now.since(since)) as f64;
        self.at + played_ms / 1_000.0 * self.rate
    }
}

/// The videos that programs drive, and which of them an object speaks for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Videos {
    all: Vec<Video>,
    objects: BTreeMap<ObjectId, usize>,
}

/// The program gets an object that speaks for a video of the page on top.
#[derive(Clone, Debug)]
pub struct OpenVideo {
    /// `id` of the component.
    pub id: String,
}

impl Sealed for OpenVideo {}
impl Change for OpenVideo {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let object = world.apply(NewObject("VideoContext"));
        let page = world.current_page().map(|page| page.id);
        let at = world.videos.place(page, self.id);
        world.videos.objects.insert(object, at);
        object
    }
}

impl Videos {
    /// Where a video of a page is kept.
    fn place(&mut self, page: Option<PageId>, id: String) -> usize {
        let mut known = self.all.iter();
        let at = known.position(|video| video.page == page && video.id == id);
        at.unwrap_or_else(|| {
            self.all.push(Video {
                page,
                id,
                since: None,
                at: 0.0,
                rate: 1.0,
                full_screen: false,
                status_bar: true,
                in_background: false,
            });
            self.all.len() - 1
        })
    }
}

/// A video of a page begins to play by itself.
#[derive(Clone, Debug)]
pub struct AutoplayVideo {
    /// The page.
    pub page: PageId,
    /// `id` of the component.
    pub id: String,
}

impl Sealed for AutoplayVideo {}
impl Change for AutoplayVideo {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let at = world.videos.place(Some(self.page), self.id);
        world.videos.all[at].since = Some(world.now);
    }
}

/// What a video is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum VideoOrder {
    /// It plays.
    Play,
    /// It pauses.
    Pause,
    /// It stops, and stands at its beginning.
    Stop,
    /// It goes on from there, in seconds.
    Seek(f64),
    /// It plays as fast as that.
    Rate(f64),
    /// It fills the screen, or no longer.
    FullScreen(bool),
    /// The status bar is shown in full screen, or not.
    StatusBar(bool),
    /// It plays on in the background, or not.
    Background(bool),
}

/// The program drives a video.
#[derive(Clone, Copy, Debug)]
pub struct DriveVideo {
    /// Number of the object.
    pub object: ObjectId,
    /// What the video is told.
    pub order: VideoOrder,
}

impl Sealed for DriveVideo {}
impl Change for DriveVideo {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let now = world.now;
        let at = world.videos.objects.get(&self.object).copied();
        let Some(video) = at.and_then(|at| world.videos.all.get_mut(at)) else {
            return;
        };
        let position = video.position(now);
        let goes_on = video.since.map(|_| now);
        let event = self.order.event(video);
        let (page, id) = (video.page, video.id.clone());
        match self.order {
            VideoOrder::Play => (video.at, video.since) = (position, Some(now)),
            VideoOrder::Pause => (video.at, video.since) = (position, None),
            VideoOrder::Stop => (video.at, video.since) = (0.0, None),
            VideoOrder::Seek(seconds) => (video.at, video.since) = (seconds.max(0.0), goes_on),
            VideoOrder::Rate(rate) => {
                (video.at, video.since) = (position, goes_on);
                video.rate = rate;
            }
            VideoOrder::FullScreen(full) => video.full_screen = full,
            VideoOrder::StatusBar(shown) => video.status_bar = shown,
            VideoOrder::Background(on) => video.in_background = on,
        }
        if let (Some((event, detail)), Some(page)) = (event, page) {
            let event = OfElement {
                page,
                tag: "video".to_owned(),
                id,
                event: event.to_owned(),
                detail,
            };
            world.leave(0, Notice::Element(event));
        }
    }
}

impl VideoOrder {
    /// The event of a video that obeys, with its detail.
    fn event(self, video: &Video) -> Option<(&'static str, Json)> {
        let plays = video.since.is_some();
        match self {
            Self::Play if !plays => Some(("play", json!({}))),
            Self::Pause if plays => Some(("pause", json!({}))),
            Self::Seek(seconds) => Some(("seekcomplete", json!({ "position": seconds.max(0.0) }))),
            Self::FullScreen(full) if full != video.full_screen => {
                let direction = if full { "horizontal" } else { "vertical" };
                let detail = json!({ "fullScreen": full, "direction": direction });
                Some(("fullscreenchange", detail))
            }
            _ => None,
        }
    }
}

impl World {
    /// The video that an object speaks for.
    pub fn video(&self, object: ObjectId) -> Option<&Video> {
        self.videos.all.get(*self.videos.objects.get(&object)?)
    }
}

#[cfg(test)]
mod tests {
    use super::{DriveVideo, OpenVideo, VideoOrder};
    use crate::profile::Profile;
    use crate::world::{AdvanceTo, AppFacts, World};

    #[test]
    fn contexts_of_one_id_drive_one_video() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let open = |world: &mut World, id: &str| world.apply(OpenVideo { id: id.to_owned() });
        let (one, same, other) = (
            open(&mut world, "a"),
            open(&mut world, "a"),
            open(&mut world, "b"),
        );
        assert!(one != same, "two objects");
        let drive = |world: &mut World, object, order| world.apply(DriveVideo { object, order });
        drive(&mut world, one, VideoOrder::Play);
        let wait = |world: &mut World, ms| world.apply(AdvanceTo(world.now().plus(ms)));
        wait(&mut world, 2_000);
        drive(&mut world, same, VideoOrder::Rate(2.0));
        wait(&mut world, 1_000);
        let stands = |world: &World, object| world.video(object).map(|it| it.position(world.now()));
        assert_eq!(stands(&world, one), Some(4.0));
        assert_eq!(stands(&world, other), Some(0.0));
        drive(&mut world, same, VideoOrder::Seek(1.0));
        drive(&mut world, same, VideoOrder::Pause);
        wait(&mut world, 1_000);
        assert_eq!(stands(&world, one), Some(1.0));
        drive(&mut world, one, VideoOrder::Stop);
        assert_eq!(stands(&world, same), Some(0.0));
    }
}
