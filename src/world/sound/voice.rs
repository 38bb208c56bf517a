//! The voice that `wx.playVoice` plays: one at a time, silent towards listeners; its end is the success of the call.

use serde_json::json;

use super::{AddSound, DriveSound, Order, SetSource};
use crate::world::notice::Notice;
use crate::world::object::{NewObject, ObjectId};
use crate::world::{Change, World, sealed::Sealed};

/// A voice plays; the one that was paused goes on, any other is over.
#[derive(Clone, Debug)]
pub struct PlayVoice {
    /// Path of a file that is there.
    pub src: String,
    /// Milliseconds after which it stops.
    pub most_ms: u32,
}

impl Sealed for PlayVoice {}
impl Change for PlayVoice {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let Self { src, most_ms } = self;
        let order = Order::Play;
        if let Some(object) = world.sounds.voice {
            let sound = world.sounds.live.get(&object);
            if sound.is_some_and(|sound| sound.paused() && !sound.wanted && sound.src == src) {
                world.apply(DriveSound { object, order });
                return object;
            }
        }
        world.apply(StopVoice);
        let object = world.apply(NewObject("Voice"));
        world.apply(AddSound(object));
        let found = true;
        world.apply(SetSource { object, src, found });
        if let Some(sound) = world.sounds.live.get_mut(&object) {
            sound.length_ms = sound.length_ms.min(most_ms);
        }
        world.sounds.voice = Some(object);
        world.apply(DriveSound { object, order });
        object
    }
}

/// The voice pauses, if one plays.
#[derive(Clone, Copy, Debug)]
pub struct PauseVoice;

impl Sealed for PauseVoice {}
impl Change for PauseVoice {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if let Some(object) = world.sounds.voice {
            let order = Order::Pause;
            world.apply(DriveSound { object, order });
        }
    }
}

/// The voice is over, if there is one.
#[derive(Clone, Copy, Debug)]
pub struct StopVoice;

impl Sealed for StopVoice {}
impl Change for StopVoice {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if let Some(object) = world.sounds.voice.take() {
            world.sounds.live.remove(&object);
            world.leave(0, Notice::Over(object, json!({})));
        }
    }
}

/// Of everything that sounds tell, only the end matters.
pub(super) fn tell(world: &mut World, event: &str) {
    if event == "onEnded" {
        world.apply(StopVoice);
    }
}

#[cfg(test)]
mod tests {
    use super::{PauseVoice, PlayVoice, StopVoice};
    use crate::profile::Profile;
    use crate::world::notice::{Arrive, Notice, TakeNotices};
    use crate::world::object::ObjectId;
    use crate::world::{AdvanceTo, AppFacts, Millis, World};

    /// What is due, by time.
    type Dues = Vec<(Millis, Notice)>;

    /// Lets time pass and says which voices ended.
    fn pass(world: &mut World, due: &mut Dues, ms: i64) -> Vec<ObjectId> {
        let end = world.now().plus(ms);
        let mut over = Vec::new();
        loop {
            let now = world.now();
            for it in world.apply(TakeNotices) {
                due.push((now.plus(it.after_ms), it.notice));
            }
            due.sort_by_key(|(at, _)| *at);
            if due.first().is_none_or(|(at, _)| *at > end) {
                world.apply(AdvanceTo(end));
                return over;
            }
            let (at, notice) = due.remove(0);
            world.apply(AdvanceTo(at));
            match notice {
                Notice::Alarm(alarm) => world.apply(Arrive(alarm)),
                Notice::Over(object, _) => over.push(object),
                _ => {}
            }
        }
    }

    fn play(world: &mut World, src: &str, most_ms: u32) -> ObjectId {
        let src = src.to_owned();
        world.apply(PlayVoice { src, most_ms })
    }

    #[test]
    fn one_voice_plays_to_its_end_or_to_the_next() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let due = &mut Dues::new();
        let first = play(&mut world, "a", 60_000);
        assert_eq!(pass(&mut world, due, 9_000), []);
        let second = play(&mut world, "b", 2_000);
        assert_eq!(pass(&mut world, due, 0), [first]);
        assert_eq!(pass(&mut world, due, 2_040), []);
        assert_eq!(pass(&mut world, due, 10), [second], "its time is over");
        assert_eq!(pass(&mut world, due, 20_000), []);
    }

    #[test]
    fn a_paused_voice_goes_on_and_its_pause_does_not_count() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let due = &mut Dues::new();
        let first = play(&mut world, "a", 60_000);
        assert_eq!(pass(&mut world, due, 4_050), []);
        world.apply(PauseVoice);
        assert_eq!(pass(&mut world, due, 20_000), []);
        assert_eq!(play(&mut world, "a", 60_000), first);
        assert_eq!(pass(&mut world, due, 5_999), []);
        assert_eq!(pass(&mut world, due, 1), [first]);
        let again = play(&mut world, "a", 60_000);
        world.apply(StopVoice);
        assert_eq!(pass(&mut world, due, 0), [again], "before it was loaded");
    }
}
