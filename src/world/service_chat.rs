//! Conversations of users with the service of companies in `WeCom`, which mini programs open.
//!
//! Official page: `wx.openCustomerServiceChat`. What is said there is between the user and the company.

use serde::{Deserialize, Serialize};

use super::conversation::Card;
use super::enter_options::EnterOptions;
use super::notice::{Elsewhere, Notice};
use super::{Caller, Change, World, sealed::Sealed};

/// A conversation that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceChat {
    /// Who, and from which program.
    pub caller: Caller,
    /// The company.
    pub corp_id: String,
    /// The address of its service.
    pub url: String,
    /// The card that was sent with it.
    pub card: Option<Card>,
}

/// The user goes to such a conversation.
#[derive(Clone, Debug)]
pub struct OpenServiceChat(pub ServiceChat);

impl Sealed for OpenServiceChat {}
impl Change for OpenServiceChat {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.service_chats.push(self.0);
        world.leave(0, Notice::Away(Elsewhere::ServiceChat));
    }
}

/// Entering by a card of such a conversation.
const BY_CARD: u32 = 1202;

/// The user comes back from such a conversation, perhaps by a card to a page.
#[derive(Clone, Debug)]
pub struct LeaveServiceChat(pub Option<String>);

impl Sealed for LeaveServiceChat {}
impl Change for LeaveServiceChat {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let options = self.0.map(|page| EnterOptions::at(&page, BY_CARD));
        world.leave(0, Notice::Back(options.map(Box::new)));
    }
}

impl World {
    /// The conversations that were opened, in order.
    pub fn service_chats(&self) -> &[ServiceChat] {
        &self.service_chats
    }
}
