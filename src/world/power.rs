//! Battery and screen of the phone.
//!
//! Brightness and the lasting light are the program's: they end with it. The battery is the phone's.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
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

impl Default for Battery {
    /// At four fifths, not charging.
    fn default() -> Self {
        Self {
            level: 80,
            charging: false,
            saving: false,
        }
    }
}

/// The battery is another one than before; listeners hear when the phone begins or ends to save
/// power, and of nothing else (official page `wx.onBatteryInfoChange`).
#[derive(Clone, Copy, Debug)]
pub struct SetBattery(pub Battery);

impl Sealed for SetBattery {}
impl Change for SetBattery {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = std::mem::replace(&mut world.battery, self.0);
        if before.saving != self.0.saving {
            let argument = json!({ "isLowPowerModeEnabled": self.0.saving });
            let told = Told::global("onBatteryInfoChange", argument);
            world.leave(0, Notice::Told(told));
        }
    }
}

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
        self.battery
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
    use super::{Battery, KeepScreenOn, SetBattery, SetBrightness};
    use crate::profile::{Platform, Profile};
    use crate::world::foreground::Kill;
    use crate::world::notice::TakeNotices;
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
    fn only_saving_power_is_told() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let battery = Battery {
            level: 20,
            charging: true,
            ..world.battery()
        };
        world.apply(SetBattery(battery));
        assert_eq!(world.battery().level, 20);
        assert!(world.apply(TakeNotices).is_empty());
        let saving = true;
        world.apply(SetBattery(Battery { saving, ..battery }));
        assert_eq!(world.apply(TakeNotices).len(), 1);
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
