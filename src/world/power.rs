//! Battery and screen of the phone.
//!
//! Brightness and the lasting light are the program's: they end with it.

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};
use crate::profile::Platform;

/// What the battery tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Battery {
    /// Percent, 1 to 100.
    pub level: u32,
    /// Whether it is being charged.
    pub charging: bool,
    /// Whether the phone saves power.
    pub saving: bool,
}

/// A phone at four fifths, not charging.
const BATTERY: Battery = Battery {
    level: 80,
    charging: false,
    saving: false,
};

/// Brightness when nothing was set, in percent.
const BRIGHTNESS: u32 = 50;

/// What the program set of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ScreenLight {
    /// Percent; `None` as the system has it.
    brightness: Option<u32>,
    kept_on: bool,
}

/// The program sets the brightness, 0 to 1; -1 leaves it to the system (Android).
#[derive(Clone, Copy, Debug)]
pub struct SetBrightness(pub f64);

impl Sealed for SetBrightness {}
impl Change for SetBrightness {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let follows = world.profile.platform == Platform::Android && self.0 < 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 100"
        )]
        let percent = (self.0.clamp(0.0, 1.0) * 100.0).round() as u32;
        world.screen_light.brightness = (!follows).then_some(percent);
    }
}

/// The program keeps the screen on, or no longer.
#[derive(Clone, Copy, Debug)]
pub struct KeepScreenOn(pub bool);

impl Sealed for KeepScreenOn {}
impl Change for KeepScreenOn {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.screen_light.kept_on = self.0;
    }
}

impl World {
    /// The battery.
    pub fn battery(&self) -> Battery {
        BATTERY
    }

    /// Brightness of the screen, 0 to 1.
    pub fn brightness(&self) -> f64 {
        f64::from(self.screen_light.brightness.unwrap_or(BRIGHTNESS)) / 100.0
    }

    /// Whether the program keeps the screen on.
    pub fn is_screen_kept_on(&self) -> bool {
        self.screen_light.kept_on
    }
}

#[cfg(test)]
mod tests {
    use super::{KeepScreenOn, SetBrightness};
    use crate::profile::{Platform, Profile};
    use crate::world::foreground::Kill;
    use crate::world::{AppFacts, World};

    fn brightness(platform: Platform, value: f64) -> f64 {
        let profile = Profile {
            platform,
            ..Profile::default()
        };
        let mut world = World::new(profile, AppFacts::default(), 1);
        world.apply(SetBrightness(1.0));
        world.apply(SetBrightness(value));
        world.brightness() * 100.0
    }

    #[test]
    fn brightness_stays_in_its_range() {
        let near = |one: f64, other: f64| (one - other).abs() < 0.01;
        assert!(near(brightness(Platform::Ios, 0.25), 25.0));
        assert!(near(brightness(Platform::Ios, 7.0), 100.0));
        assert!(near(brightness(Platform::Ios, -1.0), 0.0));
        assert!(near(brightness(Platform::Android, -1.0), 50.0));
    }

    #[test]
    fn the_lasting_light_ends_with_the_program() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(KeepScreenOn(true));
        assert!(world.is_screen_kept_on());
        world.apply(Kill);
        assert!(!world.is_screen_kept_on());
    }
}
