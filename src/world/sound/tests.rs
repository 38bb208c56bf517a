use super::{AddSound, DriveSound, Order, SetSound, SetSource};
use crate::profile::Profile;
use crate::world::notice::{Arrive, Notice, TakeNotices};
use crate::world::object::{NewObject, ObjectId};
use crate::world::{AdvanceTo, AppFacts, Millis, World};
use serde_json::json;

/// Runs what falls due in the next milliseconds; the events, `onTimeUpdate` left out.
fn run(world: &mut World, pending: &mut Vec<(Millis, Notice)>, ms: i64) -> Vec<String> {
    let end = world.now().plus(ms);
    let mut heard = Vec::new();
    loop {
        let now = world.now();
        let left = world.apply(TakeNotices).into_iter();
        pending.extend(left.map(|due| (now.plus(due.after_ms), due.notice)));
        pending.sort_by_key(|(at, _)| *at);
        if pending.first().is_none_or(|(at, _)| *at > end) {
            world.apply(AdvanceTo(end));
            heard.retain(|event| event != "onTimeUpdate");
            return heard;
        }
        let (at, notice) = pending.remove(0);
        world.apply(AdvanceTo(at));
        match notice {
            Notice::Told(told) => heard.push(told.event),
            Notice::Alarm(alarm) => world.apply(Arrive(alarm)),
            _ => {}
        }
    }
}

fn loaded() -> (World, ObjectId, Vec<(Millis, Notice)>) {
    let mut world = World::new(Profile::default(), AppFacts::default(), 1);
    let object = world.apply(NewObject("InnerAudioContext"));
    world.apply(AddSound(object));
    let src = "a.mp3".to_owned();
    world.apply(SetSource {
        object,
        src,
        found: true,
    });
    let mut pending = Vec::new();
    assert_eq!(run(&mut world, &mut pending, 100), ["onCanplay"]);
    (world, object, pending)
}

#[test]
fn a_sound_plays_to_its_end_at_its_rate() {
    let (mut world, object, mut pending) = loaded();
    let drive = |world: &mut World, order| world.apply(DriveSound { object, order });
    drive(&mut world, Order::Play);
    assert_eq!(run(&mut world, &mut pending, 4_000), ["onPlay"]);
    let rate = |sound: &mut super::Sound, value: &serde_json::Value| {
        sound.rate = value.as_f64().unwrap_or(1.0);
    };
    world.apply(SetSound {
        object,
        edit: rate,
        value: json!(2),
    });
    // Six seconds are left, which take three.
    assert!(run(&mut world, &mut pending, 2_999).is_empty());
    assert_eq!(run(&mut world, &mut pending, 1), ["onEnded"]);
    drive(&mut world, Order::Play);
    assert_eq!(run(&mut world, &mut pending, 1_000), ["onPlay"]);
    let position = world.sound(object).map(|sound| sound.position(world.now()));
    assert_eq!(position, Some(2.0));
}

#[test]
fn what_is_under_way_is_void_after_a_pause_a_seek_or_an_end() {
    let (mut world, object, mut pending) = loaded();
    let drive = |world: &mut World, order| world.apply(DriveSound { object, order });
    drive(&mut world, Order::Play);
    run(&mut world, &mut pending, 9_000);
    drive(&mut world, Order::Seek(2.0));
    assert_eq!(
        run(&mut world, &mut pending, 7_999),
        ["onSeeking", "onSeeked"]
    );
    drive(&mut world, Order::Pause);
    assert_eq!(run(&mut world, &mut pending, 60_000), ["onPause"]);
    drive(&mut world, Order::Play);
    assert_eq!(run(&mut world, &mut pending, 2), ["onPlay", "onEnded"]);
    drive(&mut world, Order::Stop);
    assert!(run(&mut world, &mut pending, 60_000).is_empty());
    drive(&mut world, Order::Play);
    drive(&mut world, Order::Destroy);
    assert_eq!(run(&mut world, &mut pending, 60_000), ["onPlay"]);
}
