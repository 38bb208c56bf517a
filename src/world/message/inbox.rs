//! The service notices of the users: messages that arrived, and what a tap on one opens.
//!
//! Official pages: "Scene values" (1014 subscribe message, earlier template message; 1107 the same; 1043
//! template message of an official account), `subscribeMessage.send`: without `page` a tap opens nothing.
//!
//! Unverified: a tap gives scene 1014, as the page of scene values says that 1107 is the same.

use serde::{Deserialize, Serialize};

use crate::world::enter_options::{EnterOptions, ReferrerInfo};
use crate::world::{Caller, Millis, World};

/// Scene of a message of the program itself.
const OF_PROGRAM: u32 = 1014;
/// Scene of a message of an official account.
const OF_ACCOUNT: u32 = 1043;

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

impl World {
    /// The caller's messages, the oldest first.
    pub fn messages(&self, caller: &Caller) -> Vec<&Message> {
        let inbox = self.messages.inbox.iter();
        inbox.filter(|message| message.caller == *caller).collect()
    }

    /// A message arrives; how many of the program the user has now.
    pub(super) fn put_message(&mut self, message: Message) -> usize {
        let caller = message.caller.clone();
        self.messages.inbox.push(message);
        self.messages(&caller).len()
    }
}
