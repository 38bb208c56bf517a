//! The switches of the phone itself: Wi-Fi, Bluetooth, location.
//!
//! Official page: `wx.getSystemSetting`. All are on until the user turns them; they change neither
//! the connection nor what the operating system allows WeChat.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// A switch of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// Wireless networks.
    Wifi,
    /// Bluetooth.
    Bluetooth,
    /// Finding out where the phone is.
    Location,
}

impl Switch {
    /// Every switch.
    pub const ALL: [Self; 3] = [Self::Wifi, Self::Bluetooth, Self::Location];

    /// The word in steps, and the start of the platform's own (`wifiEnabled`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wifi => "wifi",
            Self::Bluetooth => "bluetooth",
            Self::Location => "location",
        }
    }
}

/// The switches that are off.
pub(super) type SwitchedOff = BTreeSet<Switch>;

/// The user turns a switch of the phone.
#[derive(Clone, Copy, Debug)]
pub struct TurnSwitch {
    /// Which one.
    pub switch: Switch,
    /// Whether it is on from now on.
    pub on: bool,
}

impl Sealed for TurnSwitch {}
impl Change for TurnSwitch {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let changed = if self.on {
            world.switched_off.remove(&self.switch)
        } else {
            world.switched_off.insert(self.switch)
        };
        if changed && self.switch == Switch::Bluetooth {
            super::bluetooth::switched(world, self.on);
        }
    }
}

impl World {
    /// Whether a switch of the phone is on.
    pub fn is_switched_on(&self, switch: Switch) -> bool {
        !self.switched_off.contains(&switch)
    }
}

#[cfg(test)]
mod tests {
    use super::{Switch, TurnSwitch};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_switch_is_on_until_it_is_turned() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let switch = Switch::Wifi;
        world.apply(TurnSwitch { switch, on: false });
        let states = Switch::ALL.map(|switch| world.is_switched_on(switch));
        assert_eq!(states, [false, true, true]);
        world.apply(TurnSwitch { switch, on: true });
        assert!(world.is_switched_on(switch));
    }
}
