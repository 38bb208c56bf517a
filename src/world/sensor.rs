//! Motion sensors of the phone: what each reads, whether the program listens, what comes next.
//!
//! Official pages: `wx.startAccelerometer`, `wx.startCompass`, `wx.startGyroscope`,
//! `wx.startDeviceMotionListening`. A sensor that runs is asked at each interval from its start on.
//!
//! Differs from the client: a phone that lies still is reported once after the start, and then only
//! what changes, not the same reading at each interval. In the background nothing is reported; what
//! changed there comes at the return.
//!
//! Unverified: how iOS answers to a second start (here it succeeds, with the new interval) and to a
//! stop of what does not run (here it succeeds); the texts of Android are reported from the field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::notice::{Alarm, Notice, Told};
use super::sensor_reading::{Reading, Scripted, Sensor};
use super::{Change, Millis, World, sealed::Sealed};
use crate::errmsg::{DeviceProblem, Reason};
use crate::profile::Platform;
use crate::version::Version;

/// Milliseconds between two reports when nothing else was asked for.
pub const NORMAL_MS: i64 = 200;

/// Base library in which the compass began to tell its accuracy.
const ACCURACY_SINCE: Version = Version(2, 4, 0);

/// A sensor that the program listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Running {
    /// Number of the start: what is due for another one is stale.
    start: u32,
    since: Millis,
    interval_ms: i64,
    /// The latest report.
    last: Millis,
    /// Whether a report is due.
    due: bool,
    /// Whether one was left out in the background.
    missed: bool,
}

/// The sensors; what they read belongs to the phone, that they run to the program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sensors {
    scripts: BTreeMap<Sensor, Vec<Scripted>>,
    readings: BTreeMap<Sensor, Reading>,
    running: BTreeMap<Sensor, Running>,
    starts: u32,
}

impl Sensors {
    /// As they are when the program is gone.
    pub(super) fn stopped(&self) -> Self {
        let mut sensors = self.clone();
        sensors.running.clear();
        sensors
    }
}

/// Declares what a sensor reads from each of its starts on.
#[derive(Clone, Debug)]
pub struct DeclareSensor(pub Sensor, pub Vec<Scripted>);

impl Sealed for DeclareSensor {}
impl Change for DeclareSensor {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.sensors.scripts.insert(self.0, self.1);
    }
}

/// The program starts a sensor.
#[derive(Clone, Copy, Debug)]
pub struct StartSensor {
    /// Which one.
    pub sensor: Sensor,
    /// Milliseconds between two reports.
    pub interval_ms: i64,
}

impl Sealed for StartSensor {}
impl Change for StartSensor {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        let runs = world.sensors.running.contains_key(&self.sensor);
        if runs && refuses_twice(world.profile.platform) {
            return Err(Reason::Device(DeviceProblem::SensorRuns));
        }
        start(world, self.sensor, self.interval_ms);
        Ok(())
    }
}

/// Android and the systems that follow it insist on one stop for each start.
fn refuses_twice(platform: Platform) -> bool {
    matches!(platform, Platform::Android | Platform::Ohos)
}

fn start(world: &mut World, sensor: Sensor, interval_ms: i64) {
    let sensors = &mut world.sensors;
    sensors.starts = sensors.starts.saturating_add(1);
    let start = sensors.starts;
    let running = Running {
        start,
        since: world.now,
        interval_ms,
        last: world.now,
        due: false,
        missed: false,
    };
    sensors.running.insert(sensor, running);
    let script = sensors.scripts.get(&sensor);
    let first = script.and_then(|script| script.first());
    if let Some(at_ms) = first.map(|first| first.at_ms) {
        sensors.readings.remove(&sensor);
        let alarm = Alarm::SensorMoves(sensor, start, 0);
        world.leave_idle(at_ms, Notice::Alarm(alarm));
    }
    report_later(world, sensor, true);
}

/// The program stops a sensor.
#[derive(Clone, Copy, Debug)]
pub struct StopSensor(pub Sensor);

impl Sealed for StopSensor {}
impl Change for StopSensor {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        let ran = world.sensors.running.remove(&self.0).is_some();
        if !ran && refuses_twice(world.profile.platform) {
            return Err(Reason::Device(DeviceProblem::SensorStands));
        }
        Ok(())
    }
}

/// Somebody moves the phone: from now on the sensor reads something else.
#[derive(Clone, Debug)]
pub struct MovePhone(pub Sensor, pub Reading);

impl Sealed for MovePhone {}
impl Change for MovePhone {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.read_anew(self.0, self.1);
        report_later(world, self.0, false);
    }
}

/// A listener of an event was added: two sensors start by it.
pub(super) fn heard(world: &mut World, event: &str) {
    let sensor = Sensor::ALL.into_iter().find(|it| it.event() == event);
    if let Some(sensor) = sensor.filter(|sensor| sensor.starts_by_itself())
        && !world.sensors.running.contains_key(&sensor)
    {
        start(world, sensor, NORMAL_MS);
    }
}

/// A reading of the declared list falls due.
pub(super) fn moves(world: &mut World, sensor: Sensor, start: u32, index: usize) {
    if world.sensors.running.get(&sensor).map(|it| it.start) != Some(start) {
        return;
    }
    let script = world.sensors.scripts.get(&sensor);
    let Some(due) = script.and_then(|script| script.get(index)).cloned() else {
        return;
    };
    let next = script.and_then(|script| script.get(index + 1));
    if let Some(after_ms) = next.map(|next| next.at_ms - due.at_ms) {
        let alarm = Alarm::SensorMoves(sensor, start, index + 1);
        world.leave_idle(after_ms, Notice::Alarm(alarm));
    }
    world.read_anew(sensor, due.reading);
    report_later(world, sensor, true);
}

/// The sensor has something to report, at its next interval.
fn report_later(world: &mut World, sensor: Sensor, idle: bool) {
    let now = world.now;
    let Some(running) = world.sensors.running.get_mut(&sensor) else {
        return;
    };
    if running.due && idle {
        return;
    }
    running.due = true;
    let whole = |ms: i64| (ms + running.interval_ms - 1) / running.interval_ms;
    let passed = now.since(running.since);
    let next = whole(running.last.since(running.since)) + 1;
    let after_ms = whole(passed).max(next) * running.interval_ms - passed;
    let notice = Notice::Alarm(Alarm::SensorReports(sensor, running.start));
    if idle {
        world.leave_idle(after_ms, notice);
    } else {
        world.leave(after_ms, notice);
    }
}

/// The interval of a sensor is over.
pub(super) fn reports(world: &mut World, sensor: Sensor, start: u32) {
    let (away, now) = (world.is_in_background(), world.now);
    let Some(running) = world.sensors.running.get_mut(&sensor) else {
        return;
    };
    if running.start != start || !running.due {
        return;
    }
    running.due = false;
    running.missed = away;
    running.last = now;
    if !away {
        let reading = Json::Object(world.reading(sensor));
        world.leave(0, Notice::Told(Told::global(sensor.event(), reading)));
    }
}

/// The program is back in the foreground.
pub(super) fn resumed(world: &mut World) {
    for sensor in Sensor::ALL {
        let running = world.sensors.running.get_mut(&sensor);
        if running.is_some_and(|running| std::mem::take(&mut running.missed)) {
            report_later(world, sensor, true);
        }
    }
}

impl World {
    /// What a sensor reads.
    pub fn reading(&self, sensor: Sensor) -> Reading {
        let mut reading = sensor.at_rest(self.profile.platform);
        if let Some(changed) = self.sensors.readings.get(&sensor) {
            reading.extend(changed.clone());
        }
        if sensor == Sensor::Compass && self.profile.sdk < ACCURACY_SINCE {
            reading.remove("accuracy");
        }
        reading
    }

    /// Whether the program listens to a sensor.
    pub fn sensor_runs(&self, sensor: Sensor) -> bool {
        self.sensors.running.contains_key(&sensor)
    }

    fn read_anew(&mut self, sensor: Sensor, members: Reading) {
        let reading = self.sensors.readings.entry(sensor).or_default();
        reading.extend(members);
    }
}

#[cfg(test)]
mod tests {
    use super::{DeclareSensor, MovePhone, StartSensor, StopSensor, heard};
    use crate::errmsg::{DeviceProblem, Reason};
    use crate::profile::{Platform, Profile};
    use crate::world::foreground::Kill;
    use crate::world::notice::{Arrive, Notice, TakeNotices};
    use crate::world::sensor_reading::{Scripted, Sensor};
    use crate::world::{AdvanceTo, AppFacts, Millis, World};
    use serde_json::{Map, json};

    fn world(platform: Platform) -> World {
        let profile = Profile {
            platform,
            ..Profile::default()
        };
        World::new(profile, AppFacts::default(), 1)
    }

    fn x(value: f64) -> Map<String, serde_json::Value> {
        json!({ "x": value }).as_object().cloned().expect("members")
    }

    /// Lets everything due happen; gives the moments and what listeners hear.
    fn play(world: &mut World, until_ms: i64) -> Vec<(i64, String)> {
        let began = world.now();
        let mut due: Vec<(Millis, Notice)> = Vec::new();
        let mut told = Vec::new();
        loop {
            for item in world.apply(TakeNotices) {
                due.push((world.now().plus(item.after_ms), item.notice));
            }
            due.sort_by_key(|(at, _)| *at);
            if due.first().is_none_or(|(at, _)| at.since(began) > until_ms) {
                return told;
            }
            let (at, notice) = due.remove(0);
            world.apply(AdvanceTo(at));
            match notice {
                Notice::Alarm(alarm) => world.apply(Arrive(alarm)),
                Notice::Told(it) => told.push((at.since(began), it.argument.to_string())),
                other => panic!("{other:?}"),
            }
        }
    }

    fn start(world: &mut World, interval_ms: i64) -> Result<(), Reason> {
        world.apply(StartSensor {
            sensor: Sensor::Accelerometer,
            interval_ms,
        })
    }

    #[test]
    fn readings_come_at_the_interval_and_the_latest_one_counts() {
        let mut world = world(Platform::Ios);
        let scripted = |at_ms, value| Scripted {
            at_ms,
            reading: x(value),
        };
        let script = vec![scripted(65, 0.1), scripted(70, 0.2), scripted(120, 0.3)];
        world.apply(DeclareSensor(Sensor::Accelerometer, script));
        assert_eq!(start(&mut world, 60), Ok(()));
        let told = play(&mut world, 1_000);
        let told: Vec<_> = told.iter().map(|(at, it)| (*at, it.as_str())).collect();
        assert_eq!(
            told,
            [
                (60, r#"{"x":0,"y":0,"z":-1}"#),
                (120, r#"{"x":0.2,"y":0,"z":-1}"#),
                (180, r#"{"x":0.3,"y":0,"z":-1}"#)
            ]
        );
    }

    #[test]
    fn a_phone_is_moved_also_while_nobody_listens() {
        let mut world = world(Platform::Ios);
        world.apply(MovePhone(Sensor::Accelerometer, x(1.0)));
        assert!(play(&mut world, 1_000).is_empty());
        start(&mut world, 20).expect("it stands");
        assert_eq!(play(&mut world, 1_000).len(), 1, "the reading is told");
        world
            .apply(StopSensor(Sensor::Accelerometer))
            .expect("it runs");
        world.apply(MovePhone(Sensor::Accelerometer, x(2.0)));
        assert!(play(&mut world, 1_000).is_empty());
    }

    #[test]
    fn android_insists_on_one_stop_for_each_start() {
        let mut android = world(Platform::Android);
        let stop = |world: &mut World| world.apply(StopSensor(Sensor::Accelerometer));
        assert_eq!(
            stop(&mut android),
            Err(Reason::Device(DeviceProblem::SensorStands))
        );
        heard(&mut android, "onAccelerometerChange");
        assert_eq!(
            start(&mut android, 20),
            Err(Reason::Device(DeviceProblem::SensorRuns))
        );
        assert_eq!(stop(&mut android), Ok(()));
        let mut ios = world(Platform::Ios);
        assert_eq!(stop(&mut ios), Ok(()));
        assert_eq!((start(&mut ios, 20), start(&mut ios, 60)), (Ok(()), Ok(())));
    }

    #[test]
    fn listening_starts_accelerometer_and_compass_only() {
        let mut world = world(Platform::Ios);
        for sensor in Sensor::ALL {
            heard(&mut world, sensor.event());
        }
        let running = Sensor::ALL.map(|sensor| world.sensor_runs(sensor));
        assert_eq!(running, [true, true, false, false]);
        world.apply(Kill);
        assert!(!world.sensor_runs(Sensor::Compass));
    }
}
