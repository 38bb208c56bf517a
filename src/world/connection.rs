//! How the phone is connected to the network.
//!
//! Official pages: `wx.getNetworkType`, `wx.onNetworkStatusChange`, `wx.onNetworkWeakChange`. At first
//! it is `wifi`, and good.
//!
//! Unverified: the words of something that needs a connection when there is none.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
use super::{Change, World, sealed::Sealed};
use crate::profile::Platform;

/// A kind of connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Connection {
    /// A wireless network.
    #[default]
    Wifi,
    /// Mobile, second generation.
    #[serde(rename = "2g")]
    G2,
    /// Mobile, third generation.
    #[serde(rename = "3g")]
    G3,
    /// Mobile, fourth generation.
    #[serde(rename = "4g")]
    G4,
    /// Mobile, fifth generation.
    #[serde(rename = "5g")]
    G5,
    /// One that Android does not name.
    Unknown,
    /// None.
    None,
}

impl Connection {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Wifi,
        Self::G2,
        Self::G3,
        Self::G4,
        Self::G5,
        Self::Unknown,
        Self::None,
    ];

    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wifi => "wifi",
            Self::G2 => "2g",
            Self::G3 => "3g",
            Self::G4 => "4g",
            Self::G5 => "5g",
            Self::Unknown => "unknown",
            Self::None => "none",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// What the client says of something that needs a connection when there is none.
pub fn offline_words(platform: Platform) -> &'static str {
    match platform {
        Platform::Android | Platform::Ohos => {
            "errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED"
        }
        _ => "The Internet connection appears to be offline.",
    }
}

/// The connection changes; the effect tells whether it is another one.
#[derive(Clone, Copy, Debug)]
pub struct SetConnection(pub Connection);

impl Sealed for SetConnection {}
impl Change for SetConnection {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let former = std::mem::replace(&mut world.connection, self.0);
        if self.0 == Connection::None {
            super::socket::connection_lost(world);
        }
        former != self.0
    }
}

/// The connection becomes weak, or good again.
#[derive(Clone, Copy, Debug)]
pub struct SetWeakNetwork(pub bool);

impl Sealed for SetWeakNetwork {}
impl Change for SetWeakNetwork {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = std::mem::replace(&mut world.network_weak, self.0);
        if before != self.0 {
            let argument = json!({ "weakNet": self.0, "networkType": world.connection.name() });
            let told = Told::global("onNetworkWeakChange", argument);
            world.leave(0, Notice::Told(told));
        }
    }
}

impl World {
    /// Whether the connection is weak.
    pub fn is_network_weak(&self) -> bool {
        self.network_weak
    }

    /// How the phone is connected.
    pub fn connection(&self) -> Connection {
        self.connection
    }
}

#[cfg(test)]
mod tests {
    use super::{Connection, SetConnection};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_connection_that_stays_is_no_change() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert!(!world.apply(SetConnection(Connection::Wifi)));
        assert!(world.apply(SetConnection(Connection::None)));
        assert_eq!(world.connection(), Connection::None);
        let kinds = Connection::ALL;
        assert!(
            kinds
                .iter()
                .all(|kind| Connection::parse(kind.name()) == Some(*kind))
        );
    }
}
