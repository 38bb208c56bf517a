//! What WeChat hands to others on behalf of a program: messages to its server, texts to mobile apps.
//!
//! Official pages: "Receiving messages and events" (customer service), "Opening an App". The trace tells
//! each once; the list stays.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Change, Millis, World, sealed::Sealed};

/// Who gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recipient {
    /// The server that a mini program or official account names for message push, by its appid.
    Server(String),
    /// A mobile app, by its appid; empty for one that nobody named.
    MobileApp(String),
}

/// Something handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handover {
    /// When.
    pub at: Millis,
    /// To whom.
    pub to: Recipient,
    /// What.
    pub message: Json,
}

/// Everything handed over, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Handovers {
    list: Vec<Handover>,
    /// How many of them were told.
    told: usize,
}

impl Handovers {
    /// What the next message is numbered.
    pub(super) fn number(&self) -> u64 {
        self.list.len() as u64
    }
}

/// Hands something over.
pub(super) fn hand(world: &mut World, to: Recipient, message: Json) {
    let at = world.now;
    world.handovers.list.push(Handover { at, to, message });
}

/// What was handed over since it was last asked.
#[derive(Clone, Copy, Debug)]
pub struct TakeHandovers;

impl Sealed for TakeHandovers {}
impl Change for TakeHandovers {
    type Effect = Vec<Handover>;

    fn apply(self, world: &mut World) -> Vec<Handover> {
        let all = &mut world.handovers;
        let new = all.list.get(all.told..).unwrap_or_default().to_vec();
        all.told = all.list.len();
        new
    }
}

impl World {
    /// Everything handed over, in order.
    pub fn handovers(&self) -> &[Handover] {
        &self.handovers.list
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Recipient, TakeHandovers, hand};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn each_is_told_once_and_stays_in_the_list() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let to = Recipient::MobileApp("app1".into());
        hand(&mut world, to.clone(), json!({"extMsg": "a"}));
        assert_eq!(world.apply(TakeHandovers).len(), 1);
        assert_eq!(world.apply(TakeHandovers), []);
        hand(&mut world, to, json!({"extMsg": "b"}));
        let new = world.apply(TakeHandovers);
        assert_eq!(new[0].message["extMsg"], "b");
        assert_eq!((new.len(), world.handovers().len()), (1, 2));
    }
}
