//! The recorder: one recording at a time, on virtual time.
//!
//! Official page: `RecorderManager`. A recording stops by itself after its `duration`; with `frameSize` the program gets
//! the bytes as they come (MP3 and PCM only). What was recorded becomes a temporary file of the size that
//! bit rate and time give.
//!
//! Differs from the client: the bytes are zeros; only WAV files have a header.
//! Unverified: a recording pauses when the user leaves, and stays so; one of `wx.startRecord`, which cannot go on, ends then
//! and when it is interrupted; one that pauses already is not interrupted.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::files::MakeTempFile;
use super::notice::{Alarm, Notice, Told};
use super::object::ObjectId;
use super::{Change, Millis, World, sealed::Sealed};

/// The class of what `wx.startRecord` begins: its end is the success of that call.
pub const VOICE: &str = "VoiceRecording";
/// Time from the start to `onStart`.
const START_MS: i64 = 50;

/// How something is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// Milliseconds after which it stops by itself.
    pub duration_ms: i64,
    /// `mp3`, `aac`, `wav` or `PCM`; `silk` of `wx.startRecord`.
    pub format: String,
    /// Samples a second.
    pub sample_rate: i64,
    /// One or two.
    pub channels: i64,
    /// Bits a second.
    pub bit_rate: i64,
    /// Bytes of a frame that the program wants to hear of.
    pub frame_bytes: Option<usize>,
}

impl Recipe {
    /// Bytes that a second has.
    fn bytes_per_second(&self) -> i64 {
        match self.format.as_str() {
            "wav" | "PCM" => self.sample_rate * self.channels * 2,
            _ => self.bit_rate / 8,
        }
    }

    fn bytes(&self, ms: i64) -> usize {
        let bytes = self.bytes_per_second() * ms / 1_000;
        usize::try_from(bytes).unwrap_or_default()
    }

    /// The frame size, where the format has frames.
    fn frame(&self) -> Option<usize> {
        let framed = matches!(self.format.as_str(), "mp3" | "PCM");
        self.frame_bytes.filter(|bytes| framed && *bytes > 0)
    }

    /// Ending of the file's name.
    fn ending(&self) -> String {
        self.format.to_ascii_lowercase()
    }

    /// The file of so many bytes of sound.
    fn file(&self, bytes: usize) -> Vec<u8> {
        let mut file = Vec::new();
        if self.format == "wav" {
            let number = |number: i64| u32::try_from(number).unwrap_or_default().to_le_bytes();
            let long = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
            let short = |number: i64| u16::try_from(number).unwrap_or_default().to_le_bytes();
            file.extend(b"RIFF");
            file.extend(long(bytes + 36));
            file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
            file.extend(short(self.channels));
            file.extend(number(self.sample_rate));
            file.extend(number(self.bytes_per_second()));
            file.extend(short(self.channels * 2));
            file.extend(b"\x10\0data");
            file.extend(long(bytes));
        }
        file.resize(file.len() + bytes, 0);
        file
    }
}

/// A recording under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Recording {
    object: ObjectId,
    recipe: Recipe,
    /// Since when it goes on; `None` while it pauses.
    since: Option<Millis>,
    /// Milliseconds before that.
    before_ms: i64,
    /// Bytes that the program heard of.
    told: usize,
}

impl Recording {
    fn length_ms(&self, now: Millis) -> i64 {
        self.before_ms + self.since.map_or(0, |since| now.since(since))
    }
}

/// The recorder of the phone, as the program has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recorder {
    recording: Option<Recording>,
    /// Whose recording was interrupted.
    interrupted: Option<ObjectId>,
    /// Counts what makes steps under way void.
    turn: u32,
}

/// Why the recorder does not do as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecorderBusy {
    /// There is a recording already.
    Recording,
    /// There is none.
    NotStarted,
    /// A call keeps the microphone.
    Interrupted,
}

/// What the recorder is told.
#[derive(Clone, Debug)]
pub enum RecorderOrder {
    /// Begin.
    Start(Recipe),
    /// Pause.
    Pause,
    /// Go on.
    Resume,
    /// End.
    Stop,
}

/// Something that a recording comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecorderStep {
    /// A frame is full.
    Frame,
    /// Its time is over.
    Full,
}

/// The program uses the recorder.
#[derive(Clone, Debug)]
pub struct UseRecorder {
    /// Number of the object.
    pub object: ObjectId,
    /// What it is told.
    pub order: RecorderOrder,
}

impl Sealed for UseRecorder {}
impl Change for UseRecorder {
    type Effect = Result<(), RecorderBusy>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let now = world.now;
        match (self.order, &mut world.recorder.recording) {
            (RecorderOrder::Start(_), Some(_)) => return Err(RecorderBusy::Recording),
            (RecorderOrder::Start(_) | RecorderOrder::Resume, _)
                if world.audio_interrupted || world.voice_chat.is_some() =>
            {
                return Err(RecorderBusy::Interrupted);
            }
            (RecorderOrder::Start(recipe), none) => {
                *none = Some(Recording {
                    object: self.object,
                    recipe,
                    since: Some(now.plus(START_MS)),
                    before_ms: 0,
                    told: 0,
                });
                let told = Told::of(self.object, "onStart", Json::Null);
                world.leave(START_MS, Notice::Told(told));
                follow(world, START_MS);
            }
            (_, None) => return Err(RecorderBusy::NotStarted),
            (RecorderOrder::Pause, Some(_)) => pause(world),
            (RecorderOrder::Resume, Some(recording)) if recording.since.is_none() => {
                recording.since = Some(now);
                world.leave(
                    0,
                    Notice::Told(Told::of(self.object, "onResume", Json::Null)),
                );
                follow(world, 0);
            }
            (RecorderOrder::Resume, Some(_)) => {}
            (RecorderOrder::Stop, Some(_)) => stop(world),
        }
        Ok(())
    }
}

/// What is under way is void; the recording goes on.
fn follow(world: &mut World, begins_ms: i64) {
    world.recorder.turn += 1;
    let turn = world.recorder.turn;
    let Some(recording) = &world.recorder.recording else {
        return;
    };
    let rest_ms = recording.recipe.duration_ms - recording.before_ms;
    let full = Notice::Alarm(Alarm::Recorder(turn, RecorderStep::Full));
    let frame = next_frame(recording, recording.before_ms);
    world.leave_idle(begins_ms + rest_ms, full);
    if let Some(frame_ms) = frame {
        let frame = Notice::Alarm(Alarm::Recorder(turn, RecorderStep::Frame));
        world.leave_idle(begins_ms + frame_ms, frame);
    }
}

/// Milliseconds until a frame is full.
fn next_frame(recording: &Recording, length_ms: i64) -> Option<i64> {
    let end = i64::try_from(recording.told + recording.recipe.frame()?).ok()?;
    let speed = recording.recipe.bytes_per_second();
    let at_ms = (end * 1_000 + speed - 1).checked_div(speed)?;
    Some((at_ms - length_ms).max(1))
}

/// A step falls due, unless something happened since that makes it void.
pub(super) fn fell_due(world: &mut World, turn: u32, step: RecorderStep) {
    if world.recorder.turn != turn {
        return;
    }
    match step {
        RecorderStep::Full => stop(world),
        RecorderStep::Frame => {
            let now = world.now;
            let Some(recording) = &mut world.recorder.recording else {
                return;
            };
            let Some(bytes) = recording.recipe.frame() else {
                return;
            };
            recording.told += bytes;
            let object = recording.object;
            let next = next_frame(recording, recording.length_ms(now));
            tell_frame(world, object, bytes, false);
            if let Some(next_ms) = next {
                let frame = Notice::Alarm(Alarm::Recorder(turn, RecorderStep::Frame));
                world.leave_idle(next_ms, frame);
            }
        }
    }
}

fn tell_frame(world: &mut World, object: ObjectId, bytes: usize, last: bool) {
    let told = Told::of(object, "onFrameRecorded", json!({ "isLastFrame": last }));
    let bytes = Some(("frameBuffer".to_owned(), vec![0; bytes]));
    world.leave(0, Notice::Told(Told { bytes, ..told }));
}

/// The recording of `wx.startRecord` ends; whether there was one.
#[derive(Clone, Copy, Debug)]
pub struct StopVoiceRecording;

impl Sealed for StopVoiceRecording {}
impl Change for StopVoiceRecording {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let was_voice = is_voice(world);
        if was_voice {
            stop(world);
        }
        was_voice
    }
}

/// The user left.
pub(super) fn left(world: &mut World) {
    if is_voice(world) {
        stop(world);
    } else {
        pause(world);
    }
}

fn is_voice(world: &World) -> bool {
    let recording = world.recorder.recording.as_ref();
    recording.is_some_and(|recording| world.class_of(recording.object) == Some(VOICE))
}

/// Something else needs the microphone.
pub(super) fn interrupt(world: &mut World) {
    if !world.is_recording() {
        return;
    }
    if is_voice(world) {
        return stop(world);
    }
    let object = world.recorder.recording.as_ref().map(|it| it.object);
    world.recorder.interrupted = object;
    if let Some(object) = object {
        let told = Told::of(object, "onInterruptionBegin", Json::Null);
        world.leave(0, Notice::Told(told));
    }
    pause(world);
}

/// The microphone is free again.
pub(super) fn free(world: &mut World) {
    if let Some(object) = world.recorder.interrupted.take() {
        let told = Told::of(object, "onInterruptionEnd", Json::Null);
        world.leave(0, Notice::Told(told));
    }
}

/// The recording pauses, if it goes on.
fn pause(world: &mut World) {
    let now = world.now;
    let Some(recording) = &mut world.recorder.recording else {
        return;
    };
    if recording.since.is_none() {
        return;
    }
    recording.before_ms = recording.length_ms(now).max(0);
    recording.since = None;
    let object = recording.object;
    world.recorder.turn += 1;
    world.leave(0, Notice::Told(Told::of(object, "onPause", Json::Null)));
}

fn stop(world: &mut World) {
    let now = world.now;
    let Some(recording) = world.recorder.recording.take() else {
        return;
    };
    world.recorder.turn += 1;
    let recipe = &recording.recipe;
    let length_ms = recording.length_ms(now).clamp(0, recipe.duration_ms);
    let bytes = recipe.bytes(length_ms);
    if recipe.frame().is_some() {
        let rest = bytes.saturating_sub(recording.told);
        tell_frame(world, recording.object, rest, true);
    }
    let content = recipe.file(bytes);
    let size = content.len();
    let path = world.apply(MakeTempFile {
        caller: world.caller(),
        ending: recipe.ending(),
        content,
    });
    let sound_ms = u32::try_from(length_ms).unwrap_or_default();
    world.sounds.recorded(&path, sound_ms);
    if world.class_of(recording.object) == Some(VOICE) {
        let result = json!({ "tempFilePath": path });
        return world.leave(0, Notice::Over(recording.object, result));
    }
    let result = json!({ "tempFilePath": path, "duration": length_ms, "fileSize": size });
    world.leave(
        0,
        Notice::Told(Told::of(recording.object, "onStop", result)),
    );
}

impl World {
    /// Whether something is being recorded now.
    pub fn is_recording(&self) -> bool {
        let recording = self.recorder.recording.as_ref();
        recording.is_some_and(|recording| recording.since.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::{Recipe, RecorderBusy, RecorderOrder, UseRecorder};
    use crate::profile::Profile;
    use crate::world::notice::{Arrive, Notice, TakeNotices};
    use crate::world::object::NewObject;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn recipe(format: &str) -> Recipe {
        Recipe {
            duration_ms: 60_000,
            format: format.to_owned(),
            sample_rate: 8_000,
            channels: 2,
            bit_rate: 48_000,
            frame_bytes: None,
        }
    }

    #[test]
    fn bytes_follow_from_time_and_rate() {
        assert_eq!(recipe("aac").bytes(1_000), 6_000);
        assert_eq!(recipe("PCM").bytes(500), 16_000);
        let file = recipe("wav").file(32_000);
        assert_eq!(file.len(), 32_044);
        assert_eq!(&file[..4], b"RIFF");
        assert_eq!(file[4..8], 32_036_u32.to_le_bytes());
        assert_eq!(
            file[24..32],
            [8_000_u32.to_le_bytes(), 32_000_u32.to_le_bytes()].concat()
        );
        assert_eq!(&file[36..40], b"data");
    }

    #[test]
    fn pauses_do_not_count_and_old_ends_are_void() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let object = world.apply(NewObject("RecorderManager"));
        let tell = |world: &mut World, order| world.apply(UseRecorder { object, order });
        let start = RecorderOrder::Start(recipe("aac"));
        assert_eq!(
            tell(&mut world, RecorderOrder::Stop),
            Err(RecorderBusy::NotStarted)
        );
        assert_eq!(tell(&mut world, start.clone()), Ok(()));
        assert_eq!(tell(&mut world, start), Err(RecorderBusy::Recording));
        let wait = |world: &mut World, ms: i64| {
            let later = world.now().plus(ms);
            world.apply(AdvanceTo(later));
        };
        wait(&mut world, 2_050);
        assert_eq!(tell(&mut world, RecorderOrder::Pause), Ok(()));
        assert!(!world.is_recording());
        wait(&mut world, 90_000);
        assert_eq!(tell(&mut world, RecorderOrder::Resume), Ok(()));
        assert!(world.is_recording());
        wait(&mut world, 1_000);
        // The end of the first stretch comes late: it must not end the second.
        let dues = world.apply(TakeNotices);
        let alarms = dues.into_iter().filter_map(|due| match due.notice {
            Notice::Alarm(alarm) => Some(alarm),
            _ => None,
        });
        let first = alarms.into_iter().next().expect("an end");
        world.apply(Arrive(first));
        assert!(world.is_recording());
        assert_eq!(tell(&mut world, RecorderOrder::Stop), Ok(()));
        let dues = world.apply(TakeNotices);
        let told = dues.into_iter().find_map(|due| match due.notice {
            Notice::Told(told) if told.event == "onStop" => Some(told.argument),
            _ => None,
        });
        let told = told.expect("the end");
        assert_eq!(told["duration"], 3_000);
        assert_eq!(told["fileSize"], 18_000);
    }
}
