//! What WeChat hands to others on behalf of a program: messages to its server, texts to mobile apps.
//!
//! Official pages: "Receiving messages and events" (customer service), "Opening an App". The trace takes each
//! once, and what pushes messages to servers takes each once too. The list keeps the last
//! [`HANDOVERS_KEPT_MAX`] that both took, and [`HANDOVERS_WAITING_MAX`] when one of them does not ask.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Change, Millis, World, sealed::Sealed};

/// How many are kept that were taken.
pub const HANDOVERS_KEPT_MAX: usize = 1_000;
/// How many are kept while somebody did not take them.
pub const HANDOVERS_WAITING_MAX: usize = 10_000;

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
    /// Whether the trace shows it otherwise: an event of something that it told.
    pub is_told_otherwise: bool,
}

/// What was handed over last, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Handovers {
    list: VecDeque<Handover>,
    /// How many are not kept any more.
    gone: u64,
    /// How many the trace took.
    told: u64,
    /// How many the message push took.
    pushed: u64,
}

impl Handovers {
    /// How many there were: what the next message is numbered.
    pub(super) fn number(&self) -> u64 {
        self.gone + self.list.len() as u64
    }

    /// Those behind the first so many.
    fn behind(&self, taken: u64) -> impl Iterator<Item = &Handover> {
        let at = usize::try_from(taken.saturating_sub(self.gone)).unwrap_or(usize::MAX);
        self.list.iter().skip(at)
    }

    /// Lets the oldest go that need not be kept.
    fn trim(&mut self) {
        let taken = self.told.min(self.pushed);
        while self.list.len() > HANDOVERS_WAITING_MAX
            || (self.list.len() > HANDOVERS_KEPT_MAX && self.gone < taken)
        {
            self.list.pop_front();
            self.gone += 1;
        }
    }
}

/// Hands something over.
pub(super) fn hand(world: &mut World, to: Recipient, message: Json) {
    add(world, to, message, false);
}

/// Hands an event over that follows from what the trace tells anyway.
pub(super) fn hand_event(world: &mut World, to: Recipient, message: Json) {
    add(world, to, message, true);
}

fn add(world: &mut World, to: Recipient, message: Json, is_told_otherwise: bool) {
    let at = world.now;
    world.handovers.list.push_back(Handover {
        at,
        to,
        message,
        is_told_otherwise,
    });
    world.handovers.trim();
}

/// For the trace: what was handed over since it was last asked, without what it tells otherwise.
#[derive(Clone, Copy, Debug)]
pub struct TakeHandovers;

impl Sealed for TakeHandovers {}
impl Change for TakeHandovers {
    type Effect = Vec<Handover>;

    fn apply(self, world: &mut World) -> Vec<Handover> {
        let all = &mut world.handovers;
        let new = all.behind(all.told).filter(|it| !it.is_told_otherwise);
        let new = new.cloned().collect();
        all.told = all.number();
        all.trim();
        new
    }
}

/// For message push: what was handed to servers since it was last asked, each with the appid of the program.
#[derive(Clone, Copy, Debug)]
pub struct TakePushes;

impl Sealed for TakePushes {}
impl Change for TakePushes {
    type Effect = Vec<Handover>;

    fn apply(self, world: &mut World) -> Vec<Handover> {
        let all = &mut world.handovers;
        let to_server = |it: &&Handover| matches!(it.to, Recipient::Server(_));
        let new = all.behind(all.pushed).filter(to_server).cloned().collect();
        all.pushed = all.number();
        all.trim();
        new
    }
}

impl World {
    /// What was handed over last, in order.
    pub fn handovers(&self) -> &VecDeque<Handover> {
        &self.handovers.list
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        HANDOVERS_KEPT_MAX, HANDOVERS_WAITING_MAX, Recipient, TakeHandovers, TakePushes, hand,
        hand_event,
    };
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
        assert_eq!(world.apply(TakePushes), [], "a mobile app is no server");
    }

    #[test]
    fn the_trace_and_the_push_take_each_for_themselves() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let to = Recipient::Server("wx1".into());
        hand(&mut world, to.clone(), json!(1));
        hand_event(&mut world, to.clone(), json!(2));
        assert_eq!(
            world.apply(TakeHandovers).len(),
            1,
            "the event is told otherwise"
        );
        let pushed = world.apply(TakePushes);
        let messages: Vec<_> = pushed.iter().map(|it| it.message.clone()).collect();
        assert_eq!(messages, [json!(1), json!(2)]);
        hand(&mut world, to, json!(3));
        assert_eq!(world.apply(TakePushes)[0].message, 3);
        assert_eq!(world.apply(TakePushes), []);
        assert_eq!(world.apply(TakeHandovers)[0].message, 3);
    }

    #[test]
    fn what_both_took_goes_and_what_nobody_takes_goes_later() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let many = |world: &mut World, count: usize| {
            for number in 0..count {
                hand(world, Recipient::Server("wx1".into()), json!(number));
            }
        };
        many(&mut world, HANDOVERS_KEPT_MAX + 5);
        assert_eq!(world.handovers().len(), HANDOVERS_KEPT_MAX + 5, "they wait");
        assert_eq!(world.apply(TakeHandovers).len(), HANDOVERS_KEPT_MAX + 5);
        assert_eq!(world.handovers().len(), HANDOVERS_KEPT_MAX + 5);
        assert_eq!(world.apply(TakePushes).len(), HANDOVERS_KEPT_MAX + 5);
        assert_eq!(world.handovers().len(), HANDOVERS_KEPT_MAX);
        assert_eq!(world.handovers()[0].message, 5);
        many(&mut world, HANDOVERS_WAITING_MAX + 7);
        assert_eq!(world.handovers().len(), HANDOVERS_WAITING_MAX);
        let pushed = world.apply(TakePushes);
        assert_eq!(
            (pushed.len(), &pushed[0].message),
            (HANDOVERS_WAITING_MAX, &json!(7))
        );
        let total = HANDOVERS_KEPT_MAX + 5 + HANDOVERS_WAITING_MAX + 7;
        assert_eq!(world.handovers.number(), total as u64, "numbers go on");
    }
}
