//! The service notices of the users: messages that arrived, and what a tap on one opens.
//!
//! Official pages: "Scene values" (1014 subscribe message, earlier template message; 1107 the same; 1043
//! template message of an official account), `subscribeMessage.send`: without `page` a tap opens nothing. A user
//! keeps the last [`MESSAGES_KEPT_MAX`] messages of a program.
//!
//! Unverified: a tap gives scene 1014, as the page of scene values says that 1107 is the same.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::world::account::EnvVersion;
use crate::world::enter_options::{EnterOptions, ReferrerInfo};
use crate::world::{Caller, Millis, World};

/// Scene of a message of the program itself.
const OF_PROGRAM: u32 = 1014;
/// Scene of a message of an official account.
const OF_ACCOUNT: u32 = 1043;
/// How many messages of a program a user keeps.
pub const MESSAGES_KEPT_MAX: usize = 200;

/// A message that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who got it, of which program.
    pub caller: Caller,
    /// The official account that sent it; `None` for the program itself.
    pub account: Option<String>,
    /// Its template.
    pub template_id: String,
    /// The template's title; empty when it is not known.
    pub title: String,
    /// Names (keys where they are not known) and values, in order.
    pub rows: Vec<(String, String)>,
    /// The name of the row that is drawn large.
    pub emphasis: Option<String>,
    /// The page that a tap opens, with its query.
    pub page: Option<String>,
    /// The build of the program that a tap opens.
    pub state: EnvVersion,
    /// The language of the line below it: `zh_CN`.
    pub lang: String,
    /// When it arrived.
    pub at: Millis,
}

impl Message {
    /// How a tap opens the program; `None` when it opens nothing.
    pub fn enter_options(&self) -> Option<EnterOptions> {
        let page = self.page.as_deref()?;
        let Some(account) = &self.account else {
            return Some(EnterOptions::at(page, OF_PROGRAM));
        };
        let referrer = ReferrerInfo {
            app_id: account.clone(),
            extra_data: None,
        };
        Some(EnterOptions {
            referrer_info: Some(referrer),
            ..EnterOptions::at(page, OF_ACCOUNT)
        })
    }
}

/// What a user got of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Inbox {
    last: VecDeque<Message>,
    /// How many are not kept any more.
    gone: usize,
}

impl World {
    /// The caller's messages that are kept, the oldest first.
    pub fn messages(&self, caller: &Caller) -> Vec<&Message> {
        let inbox = self.messages.inbox.get(caller);
        inbox.into_iter().flat_map(|inbox| &inbox.last).collect()
    }

    /// How many messages the caller got before those that are kept.
    pub fn messages_gone(&self, caller: &Caller) -> usize {
        self.messages.inbox.get(caller).map_or(0, |it| it.gone)
    }

    /// A message arrives; how many of the program the user has got now.
    pub(super) fn put_message(&mut self, message: Message) -> usize {
        let caller = message.caller.clone();
        let inbox = self.messages.inbox.of(&caller);
        if inbox.last.len() >= MESSAGES_KEPT_MAX {
            inbox.last.pop_front();
            inbox.gone += 1;
        }
        inbox.last.push_back(message);
        inbox.gone + inbox.last.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{MESSAGES_KEPT_MAX, Message};
    use crate::profile::Profile;
    use crate::world::account::EnvVersion;
    use crate::world::{AppFacts, Caller, World};

    #[test]
    fn a_user_keeps_the_last_messages_of_each_program() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let message = |caller: Caller, title: usize| Message {
            caller,
            account: None,
            template_id: "a".into(),
            title: title.to_string(),
            rows: Vec::new(),
            emphasis: None,
            page: None,
            state: EnvVersion::Release,
            lang: "zh_CN".into(),
            at: world.now(),
        };
        let (one, other) = (world.caller(), Caller::new("wx1", "other"));
        let messages: Vec<Message> = (0..MESSAGES_KEPT_MAX + 3)
            .map(|number| message(one.clone(), number))
            .collect();
        let second = message(other.clone(), 9);
        for (number, message) in messages.into_iter().enumerate() {
            assert_eq!(world.put_message(message), number + 1);
        }
        assert_eq!(world.put_message(second), 1);
        let kept = world.messages(&one);
        assert_eq!(
            (kept.len(), kept[0].title.as_str()),
            (MESSAGES_KEPT_MAX, "3")
        );
        assert_eq!(
            (world.messages_gone(&one), world.messages_gone(&other)),
            (3, 0)
        );
    }
}
