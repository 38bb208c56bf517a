//! The menu behind the three dots: what it offers on each page, and what the next card is to be.
//!
//! Official pages: `wx.showShareMenu`, `wx.hideShareMenu`, `wx.updateShareMenu`, "Share to the timeline". What a
//! page's menu offers follows from its handlers until one of these calls says otherwise; a new page begins
//! anew. On iOS `withShareTicket: true` with `isUpdatableMessage: false` in one call gives no ticket (a mistake
//! that the page of `wx.updateShareMenu` names).
//!
//! Unverified: without a page the calls change nothing; `showShareMenu` shows an item without handler too, and
//! takes the ticket away when it does not ask for one; the item of the timeline alone shows nothing while the
//! other is not there; hiding the item for friends takes the other along; `updateShareMenu` changes only what it
//! is given.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::route::PageId;
use super::{Change, World, sealed::Sealed};
use crate::profile::Platform;
use crate::version::Version;

/// An item of the menu by which something is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareItem {
    /// To friends and groups.
    Message,
    /// To the timeline.
    Timeline,
}

impl ShareItem {
    /// The item that `menus` of the calls names.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "shareAppMessage" => Some(Self::Message),
            "shareTimeline" => Some(Self::Timeline),
            _ => None,
        }
    }
}

/// What the program said of the messages that a page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct MessageKind {
    /// Whether its opener gets a ticket.
    pub with_ticket: bool,
    /// Whether the message changes later.
    pub updatable: bool,
    /// `activityId` of a message that changes or is private.
    pub activity: Option<String>,
    /// `templateInfo` of a message that changes.
    pub template: Option<Json>,
    /// `toDoActivityId`: in a group it makes a to-do.
    pub to_do: Option<String>,
    /// Whether only those whom it was sent to may use it.
    pub private: bool,
    /// `useForChatTool`: it is one that changes in a chat tool.
    pub for_chat_tool: bool,
    /// `chooseType`: 1 for the participants named, 2 for the whole group.
    pub choose_type: Option<u8>,
    /// `participant`: the openids of the group.
    pub participants: Vec<String>,
}

/// The menu of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareMenu {
    /// Whether the program showed or hid the item for friends.
    message: Option<bool>,
    /// Whether the program showed or hid the item of the timeline.
    timeline: Option<bool>,
    /// What the next message is to be.
    pub kind: MessageKind,
}

/// The menus that a program changed, by page.
pub(super) type ShareMenus = Vec<(PageId, ShareMenu)>;

/// A change of the menu of the page on top.
#[derive(Clone, Debug)]
pub enum EditShareMenu {
    /// `showShareMenu`: items, whether with a ticket.
    Show(Vec<ShareItem>, bool),
    /// `hideShareMenu`.
    Hide(Vec<ShareItem>),
    /// `updateShareMenu`: the members that were given.
    Update(KindEdit),
}

/// What `updateShareMenu` says of the messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindEdit {
    /// `withShareTicket`.
    pub with_ticket: Option<bool>,
    /// `isUpdatableMessage`.
    pub updatable: Option<bool>,
    /// `activityId`.
    pub activity: Option<String>,
    /// `templateInfo`.
    pub template: Option<Json>,
    /// `toDoActivityId`.
    pub to_do: Option<String>,
    /// `isPrivateMessage`.
    pub private: Option<bool>,
    /// `useForChatTool`.
    pub for_chat_tool: Option<bool>,
    /// `chooseType`.
    pub choose_type: Option<u8>,
    /// `participant`.
    pub participants: Option<Vec<String>>,
}

impl Sealed for EditShareMenu {}
impl Change for EditShareMenu {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Some(page) = world.current_page().map(|page| page.id) else {
            return;
        };
        let is_ios = world.profile.platform == Platform::Ios;
        let mut menus = std::mem::take(&mut world.share_menus);
        menus.retain(|(id, _)| world.page(*id).is_some());
        if !menus.iter().any(|(id, _)| *id == page) {
            menus.push((page, ShareMenu::default()));
        }
        if let Some((_, menu)) = menus.iter_mut().find(|(id, _)| *id == page) {
            menu.edit(self, is_ios);
        }
        world.share_menus = menus;
    }
}

impl ShareMenu {
    fn edit(&mut self, edit: EditShareMenu, is_ios: bool) {
        match edit {
            EditShareMenu::Show(items, with_ticket) => {
                self.kind.with_ticket = with_ticket;
                for item in items {
                    *self.item(item) = Some(true);
                }
            }
            EditShareMenu::Hide(items) => {
                for item in items {
                    *self.item(item) = Some(false);
                    if item == ShareItem::Message {
                        self.timeline = Some(false);
                    }
                }
            }
            EditShareMenu::Update(edit) => self.kind.edit(edit, is_ios),
        }
    }

    fn item(&mut self, item: ShareItem) -> &mut Option<bool> {
        match item {
            ShareItem::Message => &mut self.message,
            ShareItem::Timeline => &mut self.timeline,
        }
    }
}

impl MessageKind {
    fn edit(&mut self, edit: KindEdit, is_ios: bool) {
        let is_lost = is_ios && edit.with_ticket == Some(true) && edit.updatable == Some(false);
        self.with_ticket = edit.with_ticket.unwrap_or(self.with_ticket) && !is_lost;
        self.updatable = edit.updatable.unwrap_or(self.updatable);
        self.private = edit.private.unwrap_or(self.private);
        self.activity = edit.activity.or(self.activity.take());
        self.template = edit.template.or(self.template.take());
        self.to_do = edit.to_do.or(self.to_do.take());
        self.for_chat_tool = edit.for_chat_tool.unwrap_or(self.for_chat_tool);
        self.choose_type = edit.choose_type.or(self.choose_type);
        if let Some(participants) = edit.participants {
            self.participants = participants;
        }
    }
}

/// What of a page decides on its menu: its handlers, a web-view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handlers {
    /// `onShareAppMessage`.
    pub message: bool,
    /// `onShareTimeline`.
    pub timeline: bool,
    /// Whether a web-view covers the page.
    pub web_view: bool,
}

/// Why the menu does not have an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoItem {
    /// The page does not have the handler.
    #[error("it has no {0}")]
    NoHandler(&'static str),
    /// The program hid it.
    #[error("wx.hideShareMenu hid it")]
    Hidden,
    /// The single page of the timeline shares nothing.
    #[error("the single page of the timeline has no such menu")]
    SinglePage,
    /// The item for friends is not there, which this one needs.
    #[error(
        "it needs the item for friends, which is not there: onShareAppMessage, or wx.showShareMenu"
    )]
    NoMessage,
    /// A page with a web-view does not go to the timeline.
    #[error("a page with a web-view cannot be shared to the timeline")]
    WebView,
    /// Base library or client do not have it.
    #[error("it came with base library 2.11.3, on iOS with client 8.0.24")]
    TooOld,
}

/// Base library that shares to the timeline, and the iOS client that followed (official page).
const TIMELINE_SINCE: Version = Version(2, 11, 3);
const TIMELINE_ON_IOS: Version = Version(8, 0, 24);

impl World {
    /// The menu of a page.
    pub fn share_menu(&self, page: PageId) -> ShareMenu {
        let mut menus = self.share_menus.iter();
        let found = menus.find(|(id, _)| *id == page);
        found.map(|(_, menu)| menu.clone()).unwrap_or_default()
    }

    /// Whether the menu of a page has an item.
    ///
    /// # Errors
    /// Why it does not.
    pub fn menu_offers(&self, page: PageId, item: ShareItem, has: Handlers) -> Result<(), NoItem> {
        if self.is_single_page() {
            return Err(NoItem::SinglePage);
        }
        let menu = self.share_menu(page);
        let offered = |said: Option<bool>, handler: bool, name| match said {
            Some(false) => Err(NoItem::Hidden),
            None if !handler => Err(NoItem::NoHandler(name)),
            Some(true) | None => Ok(()),
        };
        let message = offered(menu.message, has.message, "onShareAppMessage");
        if item == ShareItem::Message {
            return message;
        }
        if !self.has_timeline() {
            return Err(NoItem::TooOld);
        }
        if has.web_view {
            return Err(NoItem::WebView);
        }
        offered(menu.timeline, has.timeline, "onShareTimeline")?;
        message.map_err(|_| NoItem::NoMessage)
    }

    /// Whether this client shares to the timeline.
    fn has_timeline(&self) -> bool {
        let profile = self.profile();
        let client = match profile.platform {
            Platform::Ios => profile.client >= TIMELINE_ON_IOS,
            Platform::Android | Platform::Devtools => true,
            _ => false,
        };
        client && profile.sdk >= TIMELINE_SINCE
    }
}

#[cfg(test)]
#[path = "share_menu_tests.rs"]
mod tests;
