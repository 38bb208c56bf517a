//! Updates of the location: who asked for them, and when they come.
//!
//! Official pages: `wx.startLocationUpdate`, `wx.startLocationUpdateBackground`, `wx.onLocationChange`. The
//! program hears of the place once after the start and each time the phone moves; in the background
//! only after the second call.
//!
//! Unverified: the first update comes a second after the start.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::device::{BadLocation, LocationFix, SetLocation};
use super::notice::{Alarm, Notice, Told};
use super::{Change, World, gcj02, sealed::Sealed};

/// What a program asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updates {
    /// Whether they come in the background too.
    pub in_background: bool,
    /// Whether coordinates are GCJ-02.
    pub gcj02: bool,
}

/// Time from the start to the first update, in milliseconds.
const FIRST_MS: i64 = 1_000;

/// The program asks for updates.
#[derive(Clone, Copy, Debug)]
pub struct StartUpdates(pub Updates);

impl Sealed for StartUpdates {}
impl Change for StartUpdates {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.location_updates = Some(self.0);
        world.leave_idle(FIRST_MS, Notice::Alarm(Alarm::Location));
    }
}

/// The program wants no more updates.
#[derive(Clone, Copy, Debug)]
pub struct StopUpdates;

impl Sealed for StopUpdates {}
impl Change for StopUpdates {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.location_updates = None;
    }
}

/// The phone moves, and a program that asked for updates hears of it.
#[derive(Clone, Copy, Debug)]
pub struct Move(pub LocationFix);

impl Sealed for Move {}
impl Change for Move {
    type Effect = Result<(), BadLocation>;

    fn apply(self, world: &mut World) -> Result<(), BadLocation> {
        world.apply(SetLocation(self.0))?;
        tell(world);
        Ok(())
    }
}

/// The program hears where the phone is, if it asked for that.
pub(super) fn tell(world: &mut World) {
    let Some(updates) = world.location_updates else {
        return;
    };
    if world.is_in_background() && !updates.in_background {
        return;
    }
    let argument = world.location_as_told(updates.gcj02);
    world.leave(0, Notice::Told(Told::global("onLocationChange", argument)));
}

impl World {
    /// The place as `onLocationChange` tells it.
    fn location_as_told(&self, gcj02: bool) -> Json {
        let fix = self.location();
        let (latitude, longitude) = self.coordinates(gcj02);
        json!({
            "latitude": latitude,
            "longitude": longitude,
            "speed": fix.speed,
            "accuracy": fix.accuracy,
            "altitude": fix.altitude,
            "verticalAccuracy": fix.vertical_accuracy,
            "horizontalAccuracy": fix.horizontal_accuracy,
        })
    }

    /// Latitude and longitude of the phone, to six decimals in GCJ-02.
    pub fn coordinates(&self, gcj02: bool) -> (f64, f64) {
        self.location().coordinates(gcj02)
    }
}

impl LocationFix {
    /// Latitude and longitude, to six decimals in GCJ-02.
    pub fn coordinates(&self, gcj02: bool) -> (f64, f64) {
        if !gcj02 {
            return (self.latitude, self.longitude);
        }
        let (latitude, longitude) = gcj02::of_wgs84(self.latitude, self.longitude);
        let six = |degrees: f64| (degrees * 1e6).round() / 1e6;
        (six(latitude), six(longitude))
    }
}

#[cfg(test)]
mod tests {
    use super::{Move, StartUpdates, StopUpdates, Updates};
    use crate::profile::Profile;
    use crate::world::device::LocationFix;
    use crate::world::foreground::Kill;
    use crate::world::notice::{Alarm, Arrive, Notice, TakeNotices};
    use crate::world::{AppFacts, World};

    fn told(world: &mut World) -> usize {
        let due = world.apply(TakeNotices);
        due.iter()
            .filter(|due| matches!(due.notice, Notice::Told(_)))
            .count()
    }

    #[test]
    fn updates_come_after_the_start_and_with_each_move() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let fix = LocationFix::default();
        world.apply(Move(fix)).expect("on the globe");
        assert_eq!(told(&mut world), 0, "nobody asked");
        let updates = Updates {
            in_background: false,
            gcj02: false,
        };
        world.apply(StartUpdates(updates));
        world.apply(Arrive(Alarm::Location));
        assert_eq!(told(&mut world), 1);
        world.apply(Move(fix)).expect("on the globe");
        assert_eq!(told(&mut world), 1);
        world.apply(StopUpdates);
        world.apply(Arrive(Alarm::Location));
        assert_eq!(told(&mut world), 0, "stopped");
        world.apply(StartUpdates(updates));
        world.apply(Kill);
        world.apply(Move(fix)).expect("on the globe");
        assert_eq!(told(&mut world), 0, "they end with the program");
    }
}
