//! Sounds of the program: loading, playing, ending, on virtual time.
//!
//! Official pages: `InnerAudioContext`, `BackgroundAudioManager`. A sound is ready a moment after its `src` is set. When the
//! user leaves, sounds pause; the background player goes on if app.json lists `audio` in `requiredBackgroundModes`.
//!
//! Differs from the client: every sound is ten seconds long, except recordings; sounds of the network
//! need no route.
//! Unverified: a loop tells no `onEnded`; playing without `src` does nothing; after its end a sound stands
//! at its beginning; sounds that paused because the user left or because of a call stay paused; while a call lasts,
//! playing does nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

pub use component::OpenAudio;
pub use voice::{PauseVoice, PlayVoice, StopVoice};

use super::connection::Connection;
use super::notice::{Alarm, Notice, Told};
use super::object::ObjectId;
use super::route::PageId;
use super::{Change, Millis, World, sealed::Sealed};

/// The class of the one player that goes on in the background.
pub const BACKGROUND: &str = "BackgroundAudioManager";
/// Length of a sound that was not recorded here, in milliseconds.
const LENGTH_MS: u32 = 10_000;
/// Time from `src` to `onCanplay`.
const LOAD_MS: i64 = 50;
/// Time from `onSeeking` to `onSeeked`.
const SEEK_MS: i64 = 20;
/// Time between two `onTimeUpdate`.
const UPDATE_MS: i64 = 250;

/// Why a sound cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SoundProblem {
    /// The background player needs a title.
    NoTitle,
    /// The phone has no connection.
    Network,
    /// There is no such file.
    File,
}

impl SoundProblem {
    /// What `onError` tells.
    fn argument(self) -> Json {
        let (code, words) = match self {
            Self::NoTitle => (-1, "title is nil!"),
            Self::Network => (10_002, "network error"),
            Self::File => (10_003, "file error"),
        };
        json!({ "errCode": code, "errMsg": words })
    }
}

/// How far playing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Play {
    Stopped,
    Paused,
    Playing { since: Millis },
}

/// A sound.
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are properties of the object"
)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    /// Where it comes from; empty for nowhere.
    pub src: String,
    /// Seconds at which playing begins.
    pub start_time: f64,
    /// Whether it plays as soon as it is ready.
    pub autoplay: bool,
    /// Whether it begins again at its end.
    pub looped: bool,
    /// Whether the phone's switch mutes it.
    pub obey_mute_switch: bool,
    /// From 0 to 1.
    pub volume: f64,
    /// From 0.5 to 2.
    pub rate: f64,
    /// Texts that change nothing, such as the title.
    pub words: BTreeMap<String, String>,
    problem: Option<SoundProblem>,
    ready: bool,
    /// Whether its problem was told.
    failed: bool,
    wanted: bool,
    play: Play,
    at_ms: f64,
    length_ms: u32,
    /// Counts what makes steps under way void.
    turn: u32,
}

impl Default for Sound {
    fn default() -> Self {
        Self {
            src: String::new(),
            start_time: 0.0,
            autoplay: false,
            looped: false,
            obey_mute_switch: true,
            volume: 1.0,
            rate: 1.0,
            words: BTreeMap::new(),
            problem: None,
            ready: false,
            failed: false,
            wanted: false,
            play: Play::Stopped,
            at_ms: 0.0,
            length_ms: 0,
            turn: 0,
        }
    }
}

impl Sound {
    /// Whether it is not playing.
    pub fn paused(&self) -> bool {
        !matches!(self.play, Play::Playing { .. })
    }

    /// Whether it was never started or has ended.
    pub fn stopped(&self) -> bool {
        self.play == Play::Stopped
    }

    /// Its length in seconds; 0 before it is ready.
    pub fn duration(&self) -> f64 {
        f64::from(if self.ready { self.length_ms } else { 0 }) / 1_000.0
    }

    /// Where it stands, in seconds.
    pub fn position(&self, now: Millis) -> f64 {
        self.position_ms(now) / 1_000.0
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a sound")]
    fn position_ms(&self, now: Millis) -> f64 {
        let played_ms = match self.play {
            Play::Playing { since } => now.since(since) as f64 * self.rate,
            _ => 0.0,
        };
        (self.at_ms + played_ms).min(f64::from(self.length_ms))
    }

    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a sound")]
    fn rest_ms(&self) -> i64 {
        ((f64::from(self.length_ms) - self.at_ms) / self.rate).ceil() as i64
    }
}

/// Sounds by the number of their object, and the lengths of recordings by their path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sounds {
    live: BTreeMap<ObjectId, Sound>,
    recordings: BTreeMap<String, u32>,
    /// Sounds of `<audio>` by page and id.
    components: Vec<(Option<PageId>, String, ObjectId)>,
    /// What `wx.playVoice` plays.
    voice: Option<ObjectId>,
}

impl Sounds {
    /// A recording is as long as that.
    pub(super) fn recorded(&mut self, path: &str, length_ms: u32) {
        self.recordings.insert(path.to_owned(), length_ms);
    }
}

/// Something that a sound comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SoundStep {
    /// It is ready, or cannot be played.
    Loaded,
    /// It goes on.
    Update,
    /// It is over.
    End,
    /// It stands where it was moved to.
    Seeked,
}

/// A property of a sound changes.
#[derive(Clone, Debug)]
pub struct SetSound {
    /// Number of the object.
    pub object: ObjectId,
    /// The change of the properties.
    pub edit: fn(&mut Sound, &Json),
    /// The new value.
    pub value: Json,
}

impl Sealed for SetSound {}
impl Change for SetSound {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let now = world.now;
        let Some(sound) = world.sounds.live.get_mut(&self.object) else {
            return;
        };
        let rate = sound.rate;
        let at_ms = sound.position_ms(now);
        (self.edit)(sound, &self.value);
        if sound.rate.total_cmp(&rate).is_ne() && !sound.paused() {
            sound.at_ms = at_ms;
            sound.play = Play::Playing { since: now };
            schedule(world, self.object);
        }
    }
}

/// A sound gets its source; what is missing shows when it is loaded.
#[derive(Clone, Debug)]
pub struct SetSource {
    /// Number of the object.
    pub object: ObjectId,
    /// The source.
    pub src: String,
    /// Whether there is such a file; addresses of the network count as there.
    pub found: bool,
}

impl Sealed for SetSource {}
impl Change for SetSource {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let background = world.class_of(self.object) == Some(BACKGROUND);
        let offline = world.connection == Connection::None && self.src.contains("://");
        let offline = offline && !self.src.starts_with("wxfile://");
        let length_ms = world.sounds.recordings.get(&self.src).copied();
        let Some(sound) = world.sounds.live.get_mut(&self.object) else {
            return;
        };
        sound.problem = match () {
            () if background && sound.words.get("title").is_none_or(String::is_empty) => {
                Some(SoundProblem::NoTitle)
            }
            () if !self.found => Some(SoundProblem::File),
            () if offline => Some(SoundProblem::Network),
            () => None,
        };
        sound.src = self.src;
        sound.length_ms = length_ms.unwrap_or(LENGTH_MS);
        sound.ready = false;
        sound.failed = false;
        sound.wanted = background;
        sound.play = Play::Stopped;
        sound.at_ms = 0.0;
        sound.turn += 1;
        if !sound.src.is_empty() {
            let alarm = alarm(sound, self.object, SoundStep::Loaded);
            world.leave(LOAD_MS, alarm);
        }
    }
}

/// What a program does with a sound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    /// It plays, from where it paused or from its beginning.
    Play,
    /// It pauses.
    Pause,
    /// It stops, and stands at its beginning.
    Stop,
    /// It goes on from there, in seconds.
    Seek(f64),
    /// It is gone.
    Destroy,
}

/// The program drives a sound.
#[derive(Clone, Copy, Debug)]
pub struct DriveSound {
    /// Number of the object.
    pub object: ObjectId,
    /// What it does.
    pub order: Order,
}

impl Sealed for DriveSound {}
impl Change for DriveSound {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Self { object, order } = self;
        let Some(sound) = world.sounds.live.get_mut(&object) else {
            return;
        };
        match order {
            Order::Destroy => drop(world.sounds.live.remove(&object)),
            _ if sound.src.is_empty() => {}
            Order::Play if sound.ready => start(world, object),
            Order::Play => {
                sound.wanted = true;
                if let Some(problem) = sound.problem.filter(|_| sound.failed) {
                    tell(world, object, "onError", problem.argument());
                }
            }
            Order::Pause => pause(world, object),
            Order::Stop => {
                sound.wanted = false;
                if !sound.stopped() {
                    halt(sound);
                    tell(world, object, "onStop", Json::Null);
                }
            }
            Order::Seek(seconds) => seek(world, object, seconds),
        }
    }
}

/// A new object is a sound.
#[derive(Clone, Copy, Debug)]
pub struct AddSound(pub ObjectId);

impl Sealed for AddSound {}
impl Change for AddSound {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.sounds.live.entry(self.0).or_default();
    }
}

/// The user left: sounds pause.
pub(super) fn left(world: &mut World) {
    let modes = &world.app.required_background_modes;
    let goes_on = modes.iter().any(|mode| mode == "audio");
    let ids: Vec<ObjectId> = world.sounds.live.keys().copied().collect();
    for id in ids {
        if !goes_on || world.class_of(id) != Some(BACKGROUND) {
            pause(world, id);
        }
    }
}

/// The system silences the program: sounds pause.
pub(super) fn interrupt(world: &mut World) {
    let ids: Vec<ObjectId> = world.sounds.live.keys().copied().collect();
    for id in ids {
        pause(world, id);
    }
}

/// A step falls due, unless something happened since that makes it void.
pub(super) fn fell_due(world: &mut World, id: ObjectId, turn: u32, step: SoundStep) {
    let now = world.now;
    let Some(sound) = world.sounds.live.get_mut(&id).filter(|it| it.turn == turn) else {
        return;
    };
    match step {
        SoundStep::Loaded => {
            if let Some(problem) = sound.problem {
                sound.failed = true;
                return tell(world, id, "onError", problem.argument());
            }
            sound.ready = true;
            let starts = sound.wanted || sound.autoplay;
            tell(world, id, "onCanplay", Json::Null);
            if starts {
                start(world, id);
            }
        }
        SoundStep::Update => {
            let again = alarm(sound, id, SoundStep::Update);
            world.leave_idle(UPDATE_MS, again);
            tell(world, id, "onTimeUpdate", Json::Null);
        }
        SoundStep::End if sound.looped => {
            sound.at_ms = 0.0;
            sound.play = Play::Playing { since: now };
            schedule(world, id);
        }
        SoundStep::End => {
            halt(sound);
            tell(world, id, "onEnded", Json::Null);
        }
        SoundStep::Seeked => tell(world, id, "onSeeked", Json::Null),
    }
}

fn halt(sound: &mut Sound) {
    sound.play = Play::Stopped;
    sound.at_ms = 0.0;
    sound.turn += 1;
}

fn start(world: &mut World, id: ObjectId) {
    let now = world.now;
    if world.audio_interrupted {
        return;
    }
    let Some(sound) = world
        .sounds
        .live
        .get_mut(&id)
        .filter(|sound| sound.paused())
    else {
        return;
    };
    if sound.stopped() {
        let begin_ms = sound.start_time.max(0.0) * 1_000.0;
        sound.at_ms = begin_ms.min(f64::from(sound.length_ms));
    }
    sound.play = Play::Playing { since: now };
    tell(world, id, "onPlay", Json::Null);
    schedule(world, id);
}

fn pause(world: &mut World, id: ObjectId) {
    let now = world.now;
    let Some(sound) = world.sounds.live.get_mut(&id) else {
        return;
    };
    sound.wanted = false;
    if sound.paused() {
        return;
    }
    sound.at_ms = sound.position_ms(now);
    sound.play = Play::Paused;
    sound.turn += 1;
    tell(world, id, "onPause", Json::Null);
}

fn seek(world: &mut World, id: ObjectId, seconds: f64) {
    let now = world.now;
    let Some(sound) = world.sounds.live.get_mut(&id).filter(|sound| sound.ready) else {
        return;
    };
    sound.at_ms = (seconds * 1_000.0).clamp(0.0, f64::from(sound.length_ms));
    let plays = !sound.paused();
    sound.play = if plays {
        Play::Playing { since: now }
    } else {
        Play::Paused
    };
    sound.turn += 1;
    let seeked = alarm(sound, id, SoundStep::Seeked);
    tell(world, id, "onSeeking", Json::Null);
    world.leave(SEEK_MS, seeked);
    if plays {
        follow(world, id);
    }
}

/// What is under way is void; the sound plays on to its end.
fn schedule(world: &mut World, id: ObjectId) {
    if let Some(sound) = world.sounds.live.get_mut(&id) {
        sound.turn += 1;
    }
    follow(world, id);
}

fn follow(world: &mut World, id: ObjectId) {
    let Some(sound) = world.sounds.live.get(&id) else {
        return;
    };
    let rest_ms = sound.rest_ms();
    let update = alarm(sound, id, SoundStep::Update);
    let end = alarm(sound, id, SoundStep::End);
    world.leave_idle(rest_ms, end);
    world.leave_idle(UPDATE_MS, update);
}

fn alarm(sound: &Sound, id: ObjectId, step: SoundStep) -> Notice {
    Notice::Alarm(Alarm::Sound(id, sound.turn, step))
}

/// Listeners of the sound hear of something; of the background player those of `wx` too.
fn tell(world: &mut World, id: ObjectId, event: &str, argument: Json) {
    if world.sounds.voice == Some(id) {
        return voice::tell(world, event);
    }
    let global = match event {
        _ if world.class_of(id) != Some(BACKGROUND) => None,
        "onPlay" => Some("onBackgroundAudioPlay"),
        "onPause" => Some("onBackgroundAudioPause"),
        "onStop" => Some("onBackgroundAudioStop"),
        _ => None,
    };
    world.leave(0, Notice::Told(Told::of(id, event, argument)));
    if let Some(global) = global {
        world.leave(0, Notice::Told(Told::global(global, Json::Null)));
    }
}

impl World {
    /// A sound that is not destroyed.
    pub fn sound(&self, id: ObjectId) -> Option<&Sound> {
        self.sounds.live.get(&id)
    }
}

mod component;
mod voice;

#[cfg(test)]
mod tests;
