//! Cards that users shared, and the tickets by which programs learn where a card was opened.
//!
//! Official pages: "Forwarding", "Private messages", `Page.onShareAppMessage`, `Page.onShareTimeline`,
//! `Page.onAddToFavorites`, the list of scenes. A card lies in a chat of two, in a group, in the timeline or
//! among a user's favourites, and remembers the mini program that it is of. A ticket belongs to one card in
//! one run of the program and ends with the run; chats of two give none, except for private messages.
//!
//! Unverified: whoever is in the chat can open a card, the sender too; a card that was sent to the file
//! transfer is opened like one of a chat of two. A ticket that no card gave (a flag of the command) is of the
//! first group that the user is in.

use serde::{Deserialize, Serialize};

use super::enter_options::EnterOptions;
use super::foreground::RunState;
use super::rng::Stream;
use super::share_menu::MessageKind;
use super::{Change, Millis, World, sealed::Sealed};
use crate::version::Version;

/// Where a card lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In the chat with this user.
    User(String),
    /// In this group.
    Group(String),
    /// In the sender's chat with the own computer.
    FileTransfer,
    /// In the timeline of the sender's friends.
    Timeline,
    /// Among the favourites of who keeps it.
    Favorites,
}

/// The name of the chat with the own computer in steps and answers.
pub const FILE_TRANSFER: &str = "fileTransfer";

impl Place {
    /// Where it is, for people.
    pub fn text(&self) -> String {
        match self {
            Self::User(id) => format!("to {id}"),
            Self::Group(id) => format!("to group {id}"),
            Self::FileTransfer => "to the file transfer".to_owned(),
            Self::Timeline => "in the timeline".to_owned(),
            Self::Favorites => "among the favourites".to_owned(),
        }
    }
}

/// The picture of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Picture {
    /// The one at this address.
    Given(String),
    /// The top of the page, this wide and high.
    Page(u32, u32),
    /// The logo of the mini program.
    Logo,
}

impl Picture {
    /// What it is, for people.
    pub fn text(&self) -> String {
        match self {
            Self::Given(url) => format!("picture {url}"),
            Self::Page(width, height) => format!("screenshot {width}×{height}"),
            Self::Logo => "logo".to_owned(),
        }
    }
}

/// What a card shows and opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its title.
    pub title: String,
    /// The page that it opens, with its query, without leading slash.
    pub path: String,
    /// Its picture.
    pub picture: Picture,
    /// What the program said of such messages.
    pub kind: MessageKind,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The mini program that it opens.
    pub app_id: String,
    /// Who sent it.
    pub from: String,
    /// Where it lies.
    pub place: Place,
    /// What it shows and opens.
    pub content: Content,
    /// Whether somebody sent it on, without the mini program.
    pub is_sent_on: bool,
    /// When it was sent.
    pub at: Millis,
}

/// A ticket of the present run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ticket {
    text: String,
    /// Its card, by number.
    card: Option<u32>,
}

/// Every card, in the order in which they were sent.
pub(super) type SharedCards = Vec<Card>;
/// The tickets of a run of a program.
pub(super) type Tickets = Vec<Ticket>;

/// The holder of the phone puts a card somewhere; its number, from 1.
#[derive(Clone, Debug)]
pub struct SendCard(pub Content, pub Place);

impl Sealed for SendCard {}
impl Change for SendCard {
    type Effect = u32;

    fn apply(self, world: &mut World) -> u32 {
        let Self(content, place) = self;
        let card = Card {
            app_id: world.app.app_id.clone(),
            from: world.user().id.clone(),
            place,
            content,
            is_sent_on: false,
            at: world.now,
        };
        world.shared.push(card);
        world.last_card()
    }
}

/// The holder of the phone sends a card on from the chat in which it lies.
#[derive(Clone, Debug)]
pub struct SendOn(pub u32, pub Place);

impl Sealed for SendOn {}
impl Change for SendOn {
    type Effect = Result<u32, CannotOpen>;

    fn apply(self, world: &mut World) -> Result<u32, CannotOpen> {
        let Self(number, place) = self;
        let card = Card {
            from: world.user().id.clone(),
            place,
            is_sent_on: true,
            at: world.now,
            ..world.card_in_reach(number)?.clone()
        };
        world.shared.push(card);
        Ok(world.last_card())
    }
}

/// How a card is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is tapped where it lies.
    Card,
    /// The to-do of the group that it made is tapped.
    ToDo,
}

/// Why a card cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    /// Nobody shared anything.
    #[error("there is no card yet; the step `share` makes one")]
    None,
    /// There is no card of that number.
    #[error("there is no card {0}; the cards are 1 to {1}")]
    NoSuchCard(u32, u32),
    /// The holder of the phone is not in the chat.
    #[error("{user} does not see card {card}, which lies {place}")]
    OutOfReach {
        /// Who holds the phone.
        user: String,
        /// The card.
        card: u32,
        /// Where it lies.
        place: String,
    },
    /// It is of another mini program.
    #[error("card {0} opens the mini program {1}, which is not the one that runs here")]
    OtherProgram(u32, String),
    /// It made no to-do.
    #[error("card {0} made no to-do of a group: only one with `toDoActivityId` in a group does")]
    NoToDo(u32),
}

/// Opens a card for the holder of the phone: how the program is entered by it.
#[derive(Clone, Copy, Debug)]
pub struct OpenCard(pub u32, pub Way);

impl Sealed for OpenCard {}
impl Change for OpenCard {
    type Effect = Result<EnterOptions, CannotOpen>;

    fn apply(self, world: &mut World) -> Result<EnterOptions, CannotOpen> {
        let Self(number, way) = self;
        let card = world.card_in_reach(number)?.clone();
        if card.app_id != world.app.app_id {
            return Err(CannotOpen::OtherProgram(number, card.app_id));
        }
        let in_group = matches!(card.place, Place::Group(_));
        if way == Way::ToDo && !(in_group && card.content.kind.to_do.is_some()) {
            return Err(CannotOpen::NoToDo(number));
        }
        let has_ticket = match way {
            Way::Card => card.has_ticket(),
            Way::ToDo => world.profile.sdk >= TO_DO_TICKET_SINCE,
        };
        let scene = match (way, &card.place) {
            (Way::ToDo, _) => GROUP_TO_DO,
            (_, Place::Group(_)) if has_ticket => CARD_WITH_TICKET,
            (_, Place::Group(_)) => GROUP_CARD,
            (_, Place::Timeline) => SINGLE_PAGE,
            (_, Place::Favorites) => FAVORITES,
            (_, Place::User(_) | Place::FileTransfer) => CARD,
        };
        let chat_type = match &card.place {
            Place::User(_) | Place::FileTransfer => Some(1),
            Place::Group(_) => Some(3),
            Place::Timeline | Place::Favorites => None,
        };
        let share_ticket = has_ticket.then(|| ticket_of(world, number));
        Ok(EnterOptions {
            share_ticket,
            chat_type,
            card: Some(number),
            ..EnterOptions::at(&card.content.path, scene)
        })
    }
}

/// Base library since which a to-do of a group gives a ticket (its changelog).
const TO_DO_TICKET_SINCE: Version = Version(2, 15, 0);
const CARD: u32 = 1007;
const GROUP_CARD: u32 = 1008;
const FAVORITES: u32 = 1010;
const CARD_WITH_TICKET: u32 = 1044;
const SINGLE_PAGE: u32 = 1154;
const FULL_PROGRAM: u32 = 1155;
const GROUP_TO_DO: u32 = 1160;
/// Scenes in which a program was opened from a group, whether or not a card says from which.
const OF_GROUPS: [u32; 4] = [GROUP_CARD, CARD_WITH_TICKET, GROUP_TOOL, GROUP_TO_DO];
const GROUP_TOOL: u32 = 1158;

/// The ticket of a card in the present run, or one for the run that it begins.
fn ticket_of(world: &mut World, card: u32) -> String {
    let goes_on = world.run_state() != RunState::NotRunning && !world.is_destroyed();
    let tickets = &world.share_tickets;
    let known = tickets.iter().find(|ticket| ticket.card == Some(card));
    if let (Some(known), true) = (known, goes_on) {
        return known.text.clone();
    }
    world.rng.draw_text(Stream::Ids, TICKET_CHARS)
}

/// Characters of a ticket (a guess).
const TICKET_CHARS: usize = 32;

/// The ticket of a card that was sent just now, for the program that learns of it.
#[derive(Clone, Copy, Debug)]
pub struct GiveTicket(pub u32);

impl Sealed for GiveTicket {}
impl Change for GiveTicket {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let text = ticket_of(world, self.0);
        admit(world, &text, Some(self.0));
        text
    }
}

fn admit(world: &mut World, text: &str, card: Option<u32>) {
    let tickets = &mut world.share_tickets;
    if !tickets.iter().any(|ticket| ticket.text == text) {
        let text = text.to_owned();
        tickets.push(Ticket { text, card });
    }
}

/// The program was entered: what it learns by that holds until its run ends.
pub(super) fn entered(world: &mut World) {
    let options = world.enter_options();
    let ticket = options.and_then(|it| Some((it.share_ticket.clone()?, it.card)));
    if let Some((text, card)) = ticket {
        admit(world, &text, card);
    }
}

/// A chat from which a program was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chat {
    /// Of these two.
    Two(String, String),
    /// A group.
    Group(String),
}

impl Card {
    /// Whether a program that is opened by it gets a ticket.
    fn has_ticket(&self) -> bool {
        let kind = &self.content.kind;
        match self.place {
            Place::Group(_) => kind.with_ticket || kind.private,
            Place::User(_) => kind.private,
            _ => false,
        }
    }

    /// The chat in which it lies.
    fn chat(&self) -> Option<Chat> {
        match &self.place {
            Place::User(id) => Some(Chat::Two(self.from.clone(), id.clone())),
            Place::FileTransfer => Some(Chat::Two(self.from.clone(), self.from.clone())),
            Place::Group(id) => Some(Chat::Group(id.clone())),
            Place::Timeline | Place::Favorites => None,
        }
    }
}

impl World {
    /// Every card, in the order in which they were sent; the first has number 1.
    pub fn shared_cards(&self) -> &[Card] {
        &self.shared
    }

    /// The card of that number.
    pub fn shared_card(&self, number: u32) -> Option<&Card> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.shared.get(at)
    }

    /// The number of the latest card; 0 without one.
    pub fn last_card(&self) -> u32 {
        u32::try_from(self.shared.len()).unwrap_or(u32::MAX)
    }

    /// The card of that number, if the holder of the phone sees it.
    fn card_in_reach(&self, number: u32) -> Result<&Card, CannotOpen> {
        let Some(card) = self.shared_card(number) else {
            return Err(match self.last_card() {
                0 => CannotOpen::None,
                last => CannotOpen::NoSuchCard(number, last),
            });
        };
        let user = &self.user().id;
        let is_own = card.from == *user;
        let sees = match &card.place {
            Place::User(id) => is_own || id == user,
            Place::Group(id) => self.is_member(id, user),
            Place::FileTransfer | Place::Favorites => is_own,
            Place::Timeline => true,
        };
        if sees {
            return Ok(card);
        }
        Err(CannotOpen::OutOfReach {
            user: user.clone(),
            card: number,
            place: card.place.text(),
        })
    }

    fn is_member(&self, group: &str, user: &str) -> bool {
        let group = self.group(group);
        group.is_some_and(|group| group.members.iter().any(|member| member == user))
    }

    /// Where the holder of the phone can send a card: other users, own groups, the own computer.
    pub fn share_targets(&self) -> Vec<(String, Place)> {
        let own = &self.user().id;
        let others = self.users().iter().filter(|user| user.id != *own);
        let others = others.map(|user| (user.id.clone(), Place::User(user.id.clone())));
        let groups = self
            .groups()
            .iter()
            .filter(|it| self.is_member(&it.id, own));
        let groups = groups.map(|it| (it.id.clone(), Place::Group(it.id.clone())));
        let computer = (FILE_TRANSFER.to_owned(), Place::FileTransfer);
        others.chain(groups).chain([computer]).collect()
    }

    /// The group of a ticket of the present run.
    pub fn group_of_ticket(&self, ticket: &str) -> Option<&str> {
        let found = self.ticket(ticket)?;
        let Some(card) = found.card else {
            return self.first_group();
        };
        match &self.shared_card(card)?.place {
            Place::Group(id) => Some(id),
            _ => None,
        }
    }

    /// The private message of a ticket of the present run: its activity, and whether it was sent to the
    /// holder of the phone.
    pub fn private_message_of(&self, ticket: &str) -> Option<(&str, bool)> {
        let card = self.shared_card(self.ticket(ticket)?.card?)?;
        let kind = &card.content.kind;
        if !kind.private {
            return None;
        }
        let user = &self.user().id;
        let is_for = match &card.place {
            Place::User(id) => id == user,
            Place::Group(id) => self.is_member(id, user),
            _ => false,
        };
        let activity = kind.activity.as_deref().unwrap_or_default();
        Some((activity, is_for && !card.is_sent_on))
    }

    /// The chat from which the program last came to the foreground.
    pub fn chat_of_entry(&self) -> Option<Chat> {
        let options = self.enter_options()?;
        if let Some(card) = options.card {
            return self.shared_card(card)?.chat();
        }
        let group = OF_GROUPS.contains(&options.scene);
        let group = group.then(|| self.first_group())?;
        group.map(|id| Chat::Group(id.to_owned()))
    }

    /// Whether the holder of the phone is in a chat.
    pub fn is_in_chat(&self, chat: &Chat) -> bool {
        match chat {
            Chat::Two(..) => true,
            Chat::Group(id) => self.is_member(id, &self.user().id),
        }
    }

    /// Whether the program shows a single page, opened from the timeline.
    pub fn is_single_page(&self) -> bool {
        self.enter_options()
            .is_some_and(|options| options.scene == SINGLE_PAGE)
    }

    /// How the whole program is entered from its single page.
    pub fn leave_single_page(&self) -> Option<EnterOptions> {
        let page = self.current_page().filter(|_| self.is_single_page())?;
        Some(EnterOptions {
            query: page.query.clone(),
            ..EnterOptions::new(page.route.clone(), FULL_PROGRAM)
        })
    }

    fn ticket(&self, text: &str) -> Option<&Ticket> {
        let mut tickets = self.share_tickets.iter();
        tickets.find(|ticket| ticket.text == text)
    }

    fn first_group(&self) -> Option<&str> {
        let user = &self.user().id;
        let mut groups = self.groups().iter();
        let group = groups.find(|group| group.members.contains(user));
        group.map(|group| group.id.as_str())
    }
}

#[cfg(test)]
#[path = "share_tests.rs"]
mod tests;
