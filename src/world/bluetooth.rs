//! Bluetooth as the program uses it: in which modes it opened the adapter.
//!
//! Whether Bluetooth is on is a switch of the phone ([`super::switches`]).

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
use super::switches::Switch;
use super::{Change, World, sealed::Sealed};

/// What the phone is to other devices. On iOS each is opened by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// It looks for devices.
    #[default]
    Central,
    /// It is one that others find.
    Peripheral,
}

/// In which modes the program opened the adapter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Adapter {
    central: bool,
    peripheral: bool,
}

/// The program opens the adapter in a mode.
#[derive(Clone, Copy, Debug)]
pub struct OpenAdapter(pub Mode);

impl Sealed for OpenAdapter {}
impl Change for OpenAdapter {
    type Effect = ();

    fn apply(self, world: &mut World) {
        match self.0 {
            Mode::Central => world.bluetooth.central = true,
            Mode::Peripheral => world.bluetooth.peripheral = true,
        }
    }
}

/// The program closes the adapter in every mode.
#[derive(Clone, Copy, Debug)]
pub struct CloseAdapter;

impl Sealed for CloseAdapter {}
impl Change for CloseAdapter {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.bluetooth = Adapter::default();
        super::peripheral::adapter_off(world);
    }
}

/// The user turned the switch: a program that opened the adapter hears of it.
pub(super) fn switched(world: &mut World, on: bool) {
    if !on {
        super::peripheral::adapter_off(world);
    }
    if world.is_adapter_open() {
        let argument = json!({ "available": on, "discovering": false });
        let told = Told::global("onBluetoothAdapterStateChange", argument);
        world.leave(0, Notice::Told(told));
    }
}

impl World {
    /// Whether Bluetooth is on.
    pub fn is_bluetooth_on(&self) -> bool {
        self.is_switched_on(Switch::Bluetooth)
    }

    /// Whether the program opened the adapter.
    pub fn is_adapter_open(&self) -> bool {
        self.bluetooth.central || self.bluetooth.peripheral
    }

    /// Whether the program opened the adapter in that mode.
    pub fn is_adapter_open_as(&self, mode: Mode) -> bool {
        match mode {
            Mode::Central => self.bluetooth.central,
            Mode::Peripheral => self.bluetooth.peripheral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CloseAdapter, Mode, OpenAdapter};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::notice::TakeNotices;
    use crate::world::switches::{Switch, TurnSwitch};
    use crate::world::{AppFacts, World};

    #[test]
    fn a_program_that_opened_it_hears_of_a_switch() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let turn = |world: &mut World, on| {
            let switch = Switch::Bluetooth;
            world.apply(TurnSwitch { switch, on });
        };
        assert!(world.is_bluetooth_on() && !world.is_adapter_open());
        turn(&mut world, false);
        assert!(world.apply(TakeNotices).is_empty(), "not opened");
        world.apply(OpenAdapter(Mode::Peripheral));
        turn(&mut world, true);
        turn(&mut world, true);
        assert_eq!(world.apply(TakeNotices).len(), 1, "one change");
        assert!(!world.is_adapter_open_as(Mode::Central));
        world.apply(CloseAdapter);
        assert!(!world.is_adapter_open());
        world.apply(OpenAdapter(Mode::default()));
        assert!(world.is_adapter_open_as(Mode::Central));
        world.apply(Kill);
        assert!(!world.is_adapter_open() && world.is_bluetooth_on());
    }
}
