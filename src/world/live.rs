//! Live broadcasts: what a page sends, and what it plays.
//!
//! Official pages: `LivePusherContext`, `LivePlayerContext`. The client takes every order: one that does not fit what goes on
//! changes nothing.
//!
//! Differs from the client: nothing is sent or received, and nobody hears of what goes on; players have no component,
//! so any id counts as there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::object::{NewObject, ObjectId};
use super::route::PageId;
use super::{Change, World, sealed::Sealed};

/// How far a broadcast is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Nothing goes on.
    #[default]
    Stopped,
    /// The camera is shown and nothing is sent.
    Preview,
    /// It goes on.
    Runs,
    /// It pauses.
    Paused,
}

/// A live pusher of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pusher {
    /// Where it sends to; empty for nowhere.
    pub url: String,
    /// How far it is.
    pub stage: Stage,
    /// Whether the front camera films.
    pub front: bool,
    /// Whether the lamp is on.
    pub torch: bool,
    /// Music behind the voice.
    pub music: Stage,
    /// Volume of the music.
    pub music_volume: f64,
    /// Volume of the microphone.
    pub microphone_volume: f64,
    /// From 1.
    pub zoom: f64,
}

/// A live player of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Player {
    page: Option<PageId>,
    id: String,
    /// How far it is.
    pub stage: Stage,
    /// Whether it is silent.
    pub muted: bool,
    /// Whether it fills the screen.
    pub full_screen: bool,
    /// Whether it plays on in the background.
    pub in_background: bool,
}

/// Pushers by page, players, and the objects that speak for them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Live {
    pushers: BTreeMap<PageId, Pusher>,
    of_pushers: BTreeMap<ObjectId, PageId>,
    players: Vec<Player>,
    of_players: BTreeMap<ObjectId, usize>,
}

/// A live pusher appears on the page on top; whether it is the first there.
#[derive(Clone, Debug)]
pub struct AttachPusher {
    /// Where it sends to.
    pub url: String,
}

impl Sealed for AttachPusher {}
impl Change for AttachPusher {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let Some(page) = world.current_page().map(|page| page.id) else {
            return false;
        };
        let first = !world.live.pushers.contains_key(&page);
        world.live.pushers.entry(page).or_insert(Pusher {
            url: self.url,
            stage: Stage::Stopped,
            front: true,
            torch: false,
            music: Stage::Stopped,
            music_volume: 1.0,
            microphone_volume: 1.0,
            zoom: 1.0,
        });
        first
    }
}

/// A page has no live pusher any more.
#[derive(Clone, Copy, Debug)]
pub struct DetachPusher(pub PageId);

impl Sealed for DetachPusher {}
impl Change for DetachPusher {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.live.pushers.remove(&self.0);
    }
}

/// The program gets the object that speaks for the live pusher of the page on top.
#[derive(Clone, Copy, Debug)]
pub struct OpenPusher;

impl Sealed for OpenPusher {}
impl Change for OpenPusher {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let object = world.apply(NewObject("LivePusherContext"));
        if let Some(page) = world.current_page().map(|page| page.id) {
            world.live.of_pushers.insert(object, page);
        }
        object
    }
}

/// What a live pusher is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PusherOrder {
    /// Send.
    Start,
    /// Send nothing and close the camera.
    Stop,
    /// Pause.
    Pause,
    /// Go on.
    Resume,
    /// Open the camera.
    StartPreview,
    /// Close the camera.
    StopPreview,
    /// Take the other camera.
    SwitchCamera,
    /// Put the lamp on or out.
    ToggleTorch,
    /// Play music.
    PlayMusic,
    /// End the music.
    StopMusic,
    /// Pause the music.
    PauseMusic,
    /// Go on with the music.
    ResumeMusic,
    /// Volume of the music.
    MusicVolume(f64),
    /// Volume of the microphone.
    MicrophoneVolume(f64),
    /// Zoom.
    Zoom(f64),
}

/// The program drives a live pusher; whether there is one.
#[derive(Clone, Copy, Debug)]
pub struct DrivePusher {
    /// Number of the object.
    pub object: ObjectId,
    /// What it is told.
    pub order: PusherOrder,
}

impl Sealed for DrivePusher {}
impl Change for DrivePusher {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let page = world.page_of_pusher(self.object);
        let Some(pusher) = page.and_then(|page| world.live.pushers.get_mut(&page)) else {
            return false;
        };
        pusher.obey(self.order);
        true
    }
}

impl Pusher {
    fn obey(&mut self, order: PusherOrder) {
        match order {
            PusherOrder::Start if self.url.is_empty() || self.stage == Stage::Paused => {}
            PusherOrder::Start => self.stage = Stage::Runs,
            PusherOrder::Stop => {
                (self.stage, self.music, self.torch) = (Stage::Stopped, Stage::Stopped, false);
            }
            PusherOrder::Pause => paused(&mut self.stage),
            PusherOrder::Resume => resumed(&mut self.stage),
            PusherOrder::StartPreview if self.stage == Stage::Stopped => {
                self.stage = Stage::Preview;
            }
            PusherOrder::StopPreview if self.stage == Stage::Preview => {
                self.stage = Stage::Stopped;
            }
            PusherOrder::StartPreview | PusherOrder::StopPreview => {}
            PusherOrder::SwitchCamera => (self.front, self.torch) = (!self.front, false),
            PusherOrder::ToggleTorch => self.torch = !self.torch,
            PusherOrder::PlayMusic => self.music = Stage::Runs,
            PusherOrder::StopMusic => self.music = Stage::Stopped,
            PusherOrder::PauseMusic => paused(&mut self.music),
            PusherOrder::ResumeMusic => resumed(&mut self.music),
            PusherOrder::MusicVolume(volume) => self.music_volume = volume,
            PusherOrder::MicrophoneVolume(volume) => self.microphone_volume = volume,
            PusherOrder::Zoom(zoom) => self.zoom = zoom,
        }
    }
}

fn paused(stage: &mut Stage) {
    if *stage == Stage::Runs {
        *stage = Stage::Paused;
    }
}

fn resumed(stage: &mut Stage) {
    if *stage == Stage::Paused {
        *stage = Stage::Runs;
    }
}

/// The program gets an object that speaks for a live player of the page on top.
#[derive(Clone, Debug)]
pub struct OpenPlayer {
    /// `id` of the component.
    pub id: String,
}

impl Sealed for OpenPlayer {}
impl Change for OpenPlayer {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let object = world.apply(NewObject("LivePlayerContext"));
        let page = world.current_page().map(|page| page.id);
        let live = &mut world.live;
        let mut known = live.players.iter();
        let at = known.position(|player| player.page == page && player.id == self.id);
        let at = at.unwrap_or_else(|| {
            live.players.push(Player {
                page,
                id: self.id,
                stage: Stage::Stopped,
                muted: false,
                full_screen: false,
                in_background: false,
            });
            live.players.len() - 1
        });
        live.of_players.insert(object, at);
        object
    }
}

/// What a live player is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerOrder {
    /// Play.
    Play,
    /// Stop.
    Stop,
    /// Pause.
    Pause,
    /// Go on.
    Resume,
    /// Be silent, or no longer.
    Mute,
    /// Fill the screen, or no longer.
    FullScreen(bool),
    /// Play on in the background, or no longer.
    Background(bool),
}

/// The program drives a live player.
#[derive(Clone, Copy, Debug)]
pub struct DrivePlayer {
    /// Number of the object.
    pub object: ObjectId,
    /// What it is told.
    pub order: PlayerOrder,
}

impl Sealed for DrivePlayer {}
impl Change for DrivePlayer {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let at = world.live.of_players.get(&self.object).copied();
        let Some(player) = at.and_then(|at| world.live.players.get_mut(at)) else {
            return;
        };
        match self.order {
            PlayerOrder::Play => player.stage = Stage::Runs,
            PlayerOrder::Stop => player.stage = Stage::Stopped,
            PlayerOrder::Pause => paused(&mut player.stage),
            PlayerOrder::Resume => resumed(&mut player.stage),
            PlayerOrder::Mute => player.muted = !player.muted,
            PlayerOrder::FullScreen(full) => player.full_screen = full,
            PlayerOrder::Background(on) => player.in_background = on,
        }
    }
}

impl World {
    /// The live pusher that an object speaks for.
    pub fn pusher(&self, object: ObjectId) -> Option<&Pusher> {
        self.live.pushers.get(&self.page_of_pusher(object)?)
    }

    /// The page of that live pusher, while it is open.
    fn page_of_pusher(&self, object: ObjectId) -> Option<PageId> {
        let page = self.live.of_pushers.get(&object).copied();
        page.filter(|page| self.page(*page).is_some())
    }

    /// The live player that an object speaks for.
    pub fn player(&self, object: ObjectId) -> Option<&Player> {
        self.live.players.get(*self.live.of_players.get(&object)?)
    }
}

#[cfg(test)]
mod tests {
    use super::{DrivePlayer, OpenPlayer, PlayerOrder, Pusher, PusherOrder, Stage};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn orders_that_do_not_fit_change_nothing() {
        let mut pusher = Pusher {
            url: String::new(),
            stage: Stage::Stopped,
            front: true,
            torch: false,
            music: Stage::Stopped,
            music_volume: 1.0,
            microphone_volume: 1.0,
            zoom: 1.0,
        };
        let before = pusher.clone();
        for order in [
            PusherOrder::Start,
            PusherOrder::Pause,
            PusherOrder::Resume,
            PusherOrder::StopPreview,
            PusherOrder::PauseMusic,
            PusherOrder::ResumeMusic,
        ] {
            pusher.obey(order);
            assert_eq!(pusher, before, "{order:?}");
        }
        pusher.url = "rtmp://a.example/live".to_owned();
        for (order, stage) in [
            (PusherOrder::StartPreview, Stage::Preview),
            (PusherOrder::Start, Stage::Runs),
            (PusherOrder::StopPreview, Stage::Runs),
            (PusherOrder::Pause, Stage::Paused),
            (PusherOrder::Start, Stage::Paused),
            (PusherOrder::Resume, Stage::Runs),
            (PusherOrder::Stop, Stage::Stopped),
        ] {
            pusher.obey(order);
            assert_eq!(pusher.stage, stage, "{order:?}");
        }
        pusher.obey(PusherOrder::ToggleTorch);
        pusher.obey(PusherOrder::PlayMusic);
        pusher.obey(PusherOrder::PauseMusic);
        assert!(pusher.torch && pusher.music == Stage::Paused);
        pusher.obey(PusherOrder::SwitchCamera);
        assert!(!pusher.torch && !pusher.front, "the lamp is on the back");
    }

    #[test]
    fn players_of_one_id_are_one() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let open = |world: &mut World, id: &str| world.apply(OpenPlayer { id: id.to_owned() });
        let (one, same, other) = (
            open(&mut world, "a"),
            open(&mut world, "a"),
            open(&mut world, "b"),
        );
        for order in [
            PlayerOrder::Resume,
            PlayerOrder::Play,
            PlayerOrder::Mute,
            PlayerOrder::FullScreen(true),
        ] {
            world.apply(DrivePlayer { object: one, order });
        }
        let player = world.player(same).expect("it is there");
        assert!(player.muted && player.full_screen && player.stage == Stage::Runs);
        let other = world.player(other).expect("it is there");
        assert!(!other.muted && other.stage == Stage::Stopped);
    }
}
