//! The phone's Bluetooth, and whether the program opened it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
use super::{Change, World, sealed::Sealed};

/// Bluetooth of the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bluetooth {
    off: bool,
    open: bool,
}

impl Bluetooth {
    /// What the program opened ends with it.
    pub(super) fn end_run(&mut self) {
        self.open = false;
    }
}

/// The program opens the adapter, or closes it.
#[derive(Clone, Copy, Debug)]
pub struct OpenAdapter(pub bool);

impl Sealed for OpenAdapter {}
impl Change for OpenAdapter {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.bluetooth.open = self.0;
    }
}

/// The user switches Bluetooth on or off; a program that opened it hears of it.
#[derive(Clone, Copy, Debug)]
pub struct SwitchBluetooth(pub bool);

impl Sealed for SwitchBluetooth {}
impl Change for SwitchBluetooth {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let changed = world.bluetooth.off == self.0;
        world.bluetooth.off = !self.0;
        if changed && world.bluetooth.open {
            let argument = json!({ "available": self.0, "discovering": false });
            let told = Told::global("onBluetoothAdapterStateChange", argument);
            world.leave(0, Notice::Told(told));
        }
    }
}

impl World {
    /// Whether Bluetooth is on.
    pub fn is_bluetooth_on(&self) -> bool {
        !self.bluetooth.off
    }

    /// Whether the program opened the adapter.
    pub fn is_adapter_open(&self) -> bool {
        self.bluetooth.open
    }
}

#[cfg(test)]
mod tests {
    use super::{OpenAdapter, SwitchBluetooth};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::notice::TakeNotices;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_program_that_opened_it_hears_of_a_switch() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert!(world.is_bluetooth_on() && !world.is_adapter_open());
        world.apply(SwitchBluetooth(false));
        assert!(world.apply(TakeNotices).is_empty(), "not opened");
        world.apply(OpenAdapter(true));
        world.apply(SwitchBluetooth(true));
        world.apply(SwitchBluetooth(true));
        assert_eq!(world.apply(TakeNotices).len(), 1, "one change");
        world.apply(Kill);
        assert!(!world.is_adapter_open() && world.is_bluetooth_on());
    }
}
