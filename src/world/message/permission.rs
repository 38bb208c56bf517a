//! Which subscribe messages a user accepted, and how many of them are left.
//!
//! Official pages: `wx.requestSubscribeMessage`, "Subscribe message". Each time that the user accepts a
//! one-time template the server may send one message; a long-term one gives any number. What the user
//! decided with the tick "always keep" is one of the facts of [`subscription`](crate::world::subscription).
//!
//! Unverified: permissions add up; refusing takes none away; deleting the mini program takes none away.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::events;
use super::template::Kind;
use super::template_book::Family;
use crate::world::subscription::Subscribed;
use crate::world::{Caller, Change, World, sealed::Sealed};

/// How many messages of a template are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowance {
    /// So many.
    Times(u32),
    /// Any number.
    Always,
}

/// What a user allowed a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions(BTreeMap<String, Allowance>);

/// What the user decides on one template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Accepted.
    Accept,
    /// Refused.
    Reject,
}

/// The user answers, or what the user keeps answers.
#[derive(Clone, Debug)]
pub struct AnswerSubscription {
    /// Who, in which program.
    pub caller: Caller,
    /// Ids of templates with the decisions.
    pub choices: Vec<(String, Choice)>,
    /// Whether it holds for later requests too.
    pub keep: bool,
}

impl Sealed for AnswerSubscription {}
impl Change for AnswerSubscription {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if !self.choices.is_empty() {
            events::tell_answer(world, &self.caller, &self.choices);
        }
        for (id, choice) in self.choices {
            let template = world.template_of(self.caller.app_id(), Family::Subscribed, &id);
            let kind = template.map(|it| it.kind);
            let permissions = &mut world.messages.permissions.of(&self.caller).0;
            if choice == Choice::Accept {
                permissions
                    .entry(id.clone())
                    .and_modify(|left| *left = left.with_one_more(kind))
                    .or_insert(Allowance::Times(0).with_one_more(kind));
            } else {
                permissions.entry(id.clone()).or_insert(Allowance::Times(0));
            }
            if self.keep {
                let kept = match choice {
                    Choice::Accept => Subscribed::Accept,
                    Choice::Reject => Subscribed::Reject,
                };
                let facts = world.subscriptions.of(&self.caller);
                facts.templates.insert(id, kept);
            }
        }
    }
}

impl Allowance {
    fn with_one_more(self, kind: Option<Kind>) -> Self {
        match (self, kind) {
            (Self::Times(times), None | Some(Kind::OneTime | Kind::TemplateMessage)) => {
                Self::Times(times.saturating_add(1))
            }
            _ => Self::Always,
        }
    }
}

impl World {
    /// How many messages of the template the server may still send to the caller; `None` when the user was
    /// never asked for it.
    pub fn message_allowance(&self, caller: &Caller, template_id: &str) -> Option<Allowance> {
        let permissions = self.messages.permissions.get(caller)?;
        permissions.0.get(template_id).copied()
    }

    /// Whether the user was asked for messages of the program.
    pub fn was_asked_for_messages(&self, caller: &Caller) -> bool {
        self.messages.permissions.get(caller).is_some()
    }

    /// One message less is left.
    pub(super) fn use_allowance(&mut self, caller: &Caller, template_id: &str) {
        let permissions = self.messages.permissions.get_mut(caller);
        let left = permissions.and_then(|it| it.0.get_mut(template_id));
        if let Some(Allowance::Times(times)) = left {
            *times = times.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, AnswerSubscription, Choice};
    use crate::profile::Profile;
    use crate::world::message::template::{DeclareTemplates, Kind, Template};
    use crate::world::subscription::Subscribed;
    use crate::world::{AppFacts, World};

    fn answer(world: &mut World, id: &str, choice: Choice, keep: bool) -> Option<Allowance> {
        let caller = world.caller();
        world.apply(AnswerSubscription {
            caller: caller.clone(),
            choices: vec![(id.to_owned(), choice)],
            keep,
        });
        world.message_allowance(&caller, id)
    }

    #[test]
    fn each_acceptance_of_a_one_time_template_is_one_message_more() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        assert!(!world.was_asked_for_messages(&caller));
        assert_eq!(
            answer(&mut world, "a", Choice::Reject, false),
            Some(Allowance::Times(0))
        );
        assert!(world.was_asked_for_messages(&caller));
        answer(&mut world, "a", Choice::Accept, false);
        assert_eq!(
            answer(&mut world, "a", Choice::Accept, true),
            Some(Allowance::Times(2))
        );
        let kept = world.subscriptions(&caller).templates;
        assert_eq!(kept["a"], Subscribed::Accept);
        assert_eq!(
            answer(&mut world, "a", Choice::Reject, false),
            Some(Allowance::Times(2)),
            "refusing takes nothing away"
        );
    }

    #[test]
    fn a_long_term_template_gives_any_number() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(DeclareTemplates(vec![Template {
            id: "a".into(),
            kind: Kind::LongTerm,
            ..Template::default()
        }]));
        assert_eq!(
            answer(&mut world, "a", Choice::Accept, false),
            Some(Allowance::Always)
        );
    }
}
