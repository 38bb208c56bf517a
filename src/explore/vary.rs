//! What is varied.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::near::near;

/// A kind of things that may go one way or another. Gestures and answers always do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vary {
    /// What needs the network fails for want of it.
    Network,
    /// Requests and platform calls time out.
    Timeout,
    /// Servers answer with the status 500, or with 401; cloud functions throw.
    Server,
    /// The session ends between two actions, or is over just when it is checked.
    Session,
    /// Storage is full, a call came too often, a number that may be used is used up.
    Quota,
    /// What else the phone, its system or WeChat may do to a call: the recorder is busy, a file is gone.
    Fails,
    /// The merchant's server is told of a payment twice, late or never.
    Notify,
    /// Refused scopes are switched on in the settings.
    Settings,
    /// A reply overtakes another one.
    Order,
    /// The user does something twice before the reply has come.
    Twice,
    /// The program goes to the background and comes back, or is started anew, also in the middle of something.
    Interrupt,
    /// Switches of the phone's system are turned off.
    System,
}

impl Vary {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::Network,
        Self::Timeout,
        Self::Server,
        Self::Session,
        Self::Quota,
        Self::Fails,
        Self::Notify,
        Self::Settings,
        Self::Order,
        Self::Twice,
        Self::Interrupt,
        Self::System,
    ];

    /// What is varied unless flags say otherwise.
    pub const USUAL: [Self; 5] = [
        Self::Network,
        Self::Session,
        Self::Settings,
        Self::Order,
        Self::Twice,
    ];

    /// As flags write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Server => "server",
            Self::Session => "session",
            Self::Quota => "quota",
            Self::Fails => "fails",
            Self::Notify => "notify",
            Self::Settings => "settings",
            Self::Order => "order",
            Self::Twice => "twice",
            Self::Interrupt => "interrupt",
            Self::System => "system",
        }
    }
}

impl fmt::Display for Vary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Vary {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.into_iter().map(Self::name);
        let found = Self::ALL.into_iter().find(|kind| kind.name() == text);
        found.ok_or_else(|| {
            let nearest = near(text, names()).first().copied();
            let advice = nearest.map_or_else(
                || format!("there are {}", names().collect::<Vec<_>>().join(", ")),
                |name| format!("did you mean {name}?"),
            );
            format!("`{text}` is nothing that can be varied; {advice}")
        })
    }
}
