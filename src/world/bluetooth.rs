//! Bluetooth as the program uses it: whether it opened the adapter.
//!
//! Whether Bluetooth is on is a switch of the phone ([`super::switches`]).

use serde_json::json;

use super::notice::{Notice, Told};
use super::switches::Switch;
use super::{Change, World, sealed::Sealed};

/// The program opens the adapter, or closes it.
#[derive(Clone, Copy, Debug)]
pub struct OpenAdapter(pub bool);

impl Sealed for OpenAdapter {}
impl Change for OpenAdapter {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.bluetooth_open = self.0;
        if !self.0 {
            super::peripheral::adapter_off(world);
        }
    }
}

/// The user turned the switch: a program that opened the adapter hears of it.
pub(super) fn switched(world: &mut World, on: bool) {
    if !on {
        super::peripheral::adapter_off(world);
    }
    if world.bluetooth_open {
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
        self.bluetooth_open
    }
}

#[cfg(test)]
mod tests {
    use super::OpenAdapter;
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
        world.apply(OpenAdapter(true));
        turn(&mut world, true);
        turn(&mut world, true);
        assert_eq!(world.apply(TakeNotices).len(), 1, "one change");
        world.apply(Kill);
        assert!(!world.is_adapter_open() && world.is_bluetooth_on());
    }
}
