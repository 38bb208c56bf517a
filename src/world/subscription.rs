//! Subscription messages as the settings page knows them: the main switch, and the templates for
//! which the user ticked "always keep".
//!
//! Official pages: `wx.getSetting` and `SubscriptionsSetting`. Only ticked templates are listed. A template
//! that the platform banned is listed as banned and has no switch.
//!
//! Unverified: the settings page shows the switches of templates also while the main switch is off.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::message::events::tell_turn;
use super::{Caller, Change, World, sealed::Sealed};

/// What holds for a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subscribed {
    /// The user always accepts.
    Accept,
    /// The user always refuses.
    Reject,
    /// The platform banned the template.
    Ban,
}

impl Subscribed {
    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Ban => "ban",
        }
    }
}

/// What a user set for a program's messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Subscriptions {
    /// `mainSwitch`: whether the program may send messages at all.
    pub main_switch: bool,
    /// `itemSettings`: ticked templates by their id.
    pub templates: BTreeMap<String, Subscribed>,
}

impl Default for Subscriptions {
    /// The switch is on and nothing was ticked.
    fn default() -> Self {
        Self {
            main_switch: true,
            templates: BTreeMap::new(),
        }
    }
}

/// The name of the main switch on the settings page.
pub const MAIN_SWITCH: &str = "mainSwitch";

/// The caller's messages are set like that.
#[derive(Clone, Debug)]
pub struct SetSubscriptions(pub Caller, pub Subscriptions);

impl Sealed for SetSubscriptions {}
impl Change for SetSubscriptions {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.subscriptions.set(&self.0, self.1);
    }
}

/// The settings page has no such switch of messages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the settings page has no switch for the messages of {0}")]
pub struct NoSuchSubscription(pub String);

/// The user turns a switch for messages: the main one, or that of a template.
#[derive(Clone, Debug)]
pub struct TurnSubscription {
    /// Whose settings page.
    pub caller: Caller,
    /// [`MAIN_SWITCH`], or the id of a template.
    pub name: String,
    /// The new position.
    pub on: bool,
}

impl Sealed for TurnSubscription {}
impl Change for TurnSubscription {
    type Effect = Result<(), NoSuchSubscription>;

    fn apply(self, world: &mut World) -> Result<(), NoSuchSubscription> {
        let switches = world.subscription_switches(&self.caller);
        if !switches.iter().any(|(name, _)| *name == self.name) {
            return Err(NoSuchSubscription(self.name));
        }
        let facts = world.subscriptions.of(&self.caller);
        if self.name == MAIN_SWITCH {
            facts.main_switch = self.on;
        } else {
            let answer = if self.on {
                Subscribed::Accept
            } else {
                Subscribed::Reject
            };
            facts.templates.insert(self.name.clone(), answer);
            tell_turn(world, &self.caller, &self.name, self.on);
        }
        Ok(())
    }
}

impl World {
    /// What the caller set for messages.
    pub fn subscriptions(&self, caller: &Caller) -> Subscriptions {
        self.subscriptions.get(caller).cloned().unwrap_or_default()
    }

    /// The switches for messages that the settings page shows: none for a program that never asked,
    /// else the main one and those of ticked templates.
    pub fn subscription_switches(&self, caller: &Caller) -> Vec<(String, bool)> {
        let facts = self.subscriptions(caller);
        if facts == Subscriptions::default() && !self.was_asked_for_messages(caller) {
            return Vec::new();
        }
        let mut switches = vec![(MAIN_SWITCH.to_owned(), facts.main_switch)];
        for (id, answer) in facts.templates {
            if answer != Subscribed::Ban {
                switches.push((id, answer == Subscribed::Accept));
            }
        }
        switches
    }
}

#[cfg(test)]
mod tests {
    use super::{
        MAIN_SWITCH, NoSuchSubscription, SetSubscriptions, Subscribed, Subscriptions,
        TurnSubscription,
    };
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    fn turn(world: &mut World, name: &str, on: bool) -> Result<(), NoSuchSubscription> {
        let caller = world.caller();
        let name = name.to_owned();
        world.apply(TurnSubscription { caller, name, on })
    }

    #[test]
    fn a_program_that_never_asked_has_no_switches() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        assert_eq!(world.subscriptions(&caller), Subscriptions::default());
        assert!(world.subscription_switches(&caller).is_empty());
        let missing = Err(NoSuchSubscription(MAIN_SWITCH.to_owned()));
        assert_eq!(turn(&mut world, MAIN_SWITCH, false), missing);
    }

    #[test]
    fn the_user_turns_the_main_switch_and_those_of_templates_but_no_banned_one() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        let templates = [("a", Subscribed::Accept), ("b", Subscribed::Ban)];
        let facts = Subscriptions {
            main_switch: true,
            templates: templates.map(|(id, answer)| (id.to_owned(), answer)).into(),
        };
        world.apply(SetSubscriptions(caller.clone(), facts));
        let shown = |name: &str, on| (name.to_owned(), on);
        assert_eq!(
            world.subscription_switches(&caller),
            [shown(MAIN_SWITCH, true), shown("a", true)]
        );
        assert_eq!(turn(&mut world, "a", false), Ok(()));
        assert_eq!(turn(&mut world, MAIN_SWITCH, false), Ok(()));
        assert!(turn(&mut world, "b", true).is_err() && turn(&mut world, "c", true).is_err());
        let facts = world.subscriptions(&caller);
        assert!(!facts.main_switch);
        assert_eq!(facts.templates["a"], Subscribed::Reject);
        assert_eq!(facts.templates["b"], Subscribed::Ban);
    }
}
