//! The conversation of a user with the customer service of a mini program.
//!
//! Official pages: "Customer service messages" (sending; receiving messages and events), `component/button`.
//! Whatever the user does there is pushed to the program's server, which may answer five messages within 48
//! hours of the user's last one, and two within a minute of entering. The later end and the larger number
//! count. Cards, and texts with links to pages of the program, lead back to it. The last
//! [`MESSAGES_KEPT_MAX`] messages of a conversation are kept.
//!
//! The service can show that it types: for [`TYPING_MS`], and until its next message. It must have got or sent a
//! message in the [`EXCHANGE_MS`] before.
//!
//! Unverified: `session-from` is cut at [`SESSION_FROM_MAX`] characters; before 2020 entering allowed one
//! message; a text longer than [`TEXT_BYTES_MAX`] bytes is refused, and any message whose texts have more than
//! [`BODY_BYTES_MAX`]; a text of nothing is refused with 44004; showing that one types needs a message that is
//! left, taking it back does not.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::enter_options::EnterOptions;
use super::handover::{Recipient, hand};
use super::notice::{Elsewhere, Notice};
use super::rng::derived_hex;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::profile::Date;

/// Characters of `session-from` that the server gets.
pub const SESSION_FROM_MAX: usize = 1_000;
/// Bytes of a text that the service may send.
pub const TEXT_BYTES_MAX: usize = 2_048;
/// Bytes that the texts of any message may have together.
pub const BODY_BYTES_MAX: usize = 16_384;
/// Messages of a conversation that are kept.
pub const MESSAGES_KEPT_MAX: usize = 500;
/// How long the user sees that the service types, in milliseconds.
pub const TYPING_MS: i64 = 15_000;
/// How long ago the last message may be when the service types, in milliseconds.
pub const EXCHANGE_MS: i64 = 30_000;
/// Types of messages that official accounts send and mini programs do not.
const OF_ACCOUNTS: [&str; 9] = [
    "voice",
    "video",
    "music",
    "news",
    "mpnews",
    "mpnewsarticle",
    "msgmenu",
    "wxcard",
    "mpvideo",
];
/// What `SessionFrom` is of a button that does not say it.
const SESSION_FROM: &str = "wxapp";
/// Messages that a user's message allows, and for how long.
const AFTER_MESSAGE: (u32, i64) = (5, 48 * 3_600_000);
/// Messages that entering allows, and for how long.
const AFTER_ENTERING: (u32, i64) = (2, 60_000);
/// The same before [`TWO_SINCE`].
const AFTER_ENTERING_BEFORE: u32 = 1;
const TWO_SINCE: Date = Date::new(2020, 1, 1);
/// What the first message is numbered.
const FIRST_ID: u64 = 24_000_000_000_000_000;
/// Hexadecimal digits of the original id behind `gh_`.
const ORIGINAL_ID_CHARS: usize = 12;

/// A card that leads to a page of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// The page with its query.
    pub page: String,
    /// Its picture: an address, or the id of a medium.
    pub image: String,
}

/// What a message is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A text, perhaps with links.
    Text(String),
    /// A picture, by the id of its medium.
    Image(String),
    /// A link with a title and an address.
    Link(String, String),
    /// A card of the program.
    Card(Card),
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When.
    pub at: Millis,
    /// Whether the user sent it, not the service.
    pub from_user: bool,
    /// What it is.
    pub content: Content,
}

/// A conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    messages: VecDeque<Message>,
    /// The card that the user is offered to send.
    offer: Option<Card>,
    /// Messages that the service may send until…
    left: u32,
    /// …this moment.
    until: Millis,
    /// First moment at which the user does not see any more that the service types.
    typing_until: Millis,
    /// Whether the user turned messages of the service off.
    is_blocked: bool,
}

impl Conversation {
    /// The messages that are kept, in order.
    pub fn messages(&self) -> &VecDeque<Message> {
        &self.messages
    }

    /// Messages that the service may send now.
    pub fn left(&self, now: Millis) -> u32 {
        if self.until < now { 0 } else { self.left }
    }

    /// Whether the user sees now that the service types.
    pub fn is_typing(&self, now: Millis) -> bool {
        now < self.typing_until
    }

    fn add(&mut self, message: Message) {
        if self.messages.len() >= MESSAGES_KEPT_MAX {
            self.messages.pop_front();
        }
        self.messages.push_back(message);
    }

    /// Whether the service may send a message.
    fn check(&self, now: Millis) -> Result<(), SendError> {
        if self.is_blocked {
            Err(SendError::Blocked)
        } else if self.until < now {
            Err(SendError::OutOfTime)
        } else if self.left == 0 {
            Err(SendError::OutOfCount)
        } else {
            Ok(())
        }
    }

    /// The card that the user is offered to send.
    pub fn offer(&self) -> Option<&Card> {
        self.offer.as_ref()
    }

    fn allow(&mut self, now: Millis, (messages, ms): (u32, i64)) {
        let left = if self.until < now { 0 } else { self.left };
        self.left = left.max(messages);
        self.until = self.until.max(now.plus(ms));
    }
}

/// Something in a conversation that leads to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// Whether it is a card, not a link in a text.
    pub is_card: bool,
    /// What it is called.
    pub title: String,
    /// The page with its query.
    pub page: String,
}

impl Door {
    /// The scene of entering by it from the list of conversations.
    pub fn scene(&self) -> u32 {
        if self.is_card { BY_CARD } else { BY_LINK }
    }
}

/// Entering by a card of the customer service.
const BY_CARD: u32 = 1073;
/// Entering by a link in a text of the customer service.
const BY_LINK: u32 = 1081;

/// Why the service cannot send a message; the numbers are those of the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The message is not of a type that mini programs send.
    #[error("45162 invalid type")]
    Type,
    /// There is no such type.
    #[error("40008 invalid message type")]
    UnknownType,
    /// The message has no member of its type, or it is no object of texts.
    #[error("47001 data format error")]
    Format,
    /// The text is empty.
    #[error("44004 empty content")]
    Empty,
    /// The medium is not named.
    #[error("40007 invalid media_id")]
    Medium,
    /// The text is too long.
    #[error("45002 content size out of limit")]
    TooLong,
    /// The card names no page of the program.
    #[error("41030 invalid page")]
    Page,
    /// It is for somebody else than the user.
    #[error("40003 invalid openid")]
    OpenId,
    /// The user turned messages of the service off.
    #[error("48002 user block receive message")]
    Blocked,
    /// The user did nothing for too long.
    #[error("45015 response out of time limit or subscription is canceled")]
    OutOfTime,
    /// The user gets no more until the next message of an own.
    #[error("45047 out of response count limit")]
    OutOfCount,
}

/// The user enters the conversation by a button of the program.
#[derive(Clone, Debug)]
pub struct EnterConversation {
    /// Who, and from which program.
    pub caller: Caller,
    /// What the button says of where it is; empty for nothing.
    pub session_from: String,
    /// The card that it offers to send.
    pub offer: Option<Card>,
}

impl Sealed for EnterConversation {}
impl Change for EnterConversation {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let (now, day) = (world.now, world.profile.compat_date);
        let (two, ms) = AFTER_ENTERING;
        let messages = if day < TWO_SINCE {
            AFTER_ENTERING_BEFORE
        } else {
            two
        };
        let conversation = world.conversations.of(&self.caller);
        conversation.allow(now, (messages, ms));
        conversation.offer = self.offer;
        let session_from = match self.session_from.as_str() {
            "" => SESSION_FROM.to_owned(),
            text => text.chars().take(SESSION_FROM_MAX).collect(),
        };
        push(
            world,
            &self.caller,
            "event",
            json!({ "Event": "user_enter_tempsession", "SessionFrom": session_from }),
        );
        world.leave(0, Notice::Away(Elsewhere::Conversation));
    }
}

/// The user sends a message.
#[derive(Clone, Debug)]
pub struct Say(pub Caller, pub Content);

impl Sealed for Say {}
impl Change for Say {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Self(caller, content) = self;
        let (kind, body) = match &content {
            Content::Text(text) => ("text", json!({ "Content": text })),
            Content::Image(id) => ("image", json!({ "PicUrl": "", "MediaId": id })),
            Content::Link(title, url) => ("link", json!({ "Title": title, "Url": url })),
            Content::Card(card) => (
                "miniprogrampage",
                json!({
                    "Title": card.title,
                    "AppId": caller.app_id(),
                    "PagePath": card.page,
                    "ThumbUrl": card.image,
                    "ThumbMediaId": "",
                }),
            ),
        };
        let mut body = body;
        body["MsgId"] = (FIRST_ID + world.handovers.number()).into();
        push(world, &caller, kind, body);
        let now = world.now;
        let conversation = world.conversations.of(&caller);
        conversation.allow(now, AFTER_MESSAGE);
        if matches!(content, Content::Card(_)) {
            conversation.offer = None;
        }
        conversation.add(Message {
            at: now,
            from_user: true,
            content,
        });
    }
}

/// The service sends a message: the body of the endpoint.
#[derive(Clone, Debug)]
pub struct SendFromService(pub Caller, pub Json);

impl Sealed for SendFromService {}
impl Change for SendFromService {
    type Effect = Result<(), SendError>;

    fn apply(self, world: &mut World) -> Result<(), SendError> {
        let Self(caller, body) = self;
        let open_id = world.open_id(&caller);
        if body.get("touser").is_some_and(|to| *to != open_id) {
            return Err(SendError::OpenId);
        }
        let content = content(&body)?;
        match &content {
            Content::Text(text) if text.len() > TEXT_BYTES_MAX => return Err(SendError::TooLong),
            _ if content.bytes() > BODY_BYTES_MAX => return Err(SendError::TooLong),
            Content::Card(card) if !world.has_page_of(caller.app_id(), &card.page) => {
                return Err(SendError::Page);
            }
            _ => {}
        }
        let now = world.now;
        let nothing = Conversation::default();
        let known = world.conversations.get(&caller);
        known.unwrap_or(&nothing).check(now)?;
        let conversation = world.conversations.of(&caller);
        conversation.left -= 1;
        conversation.typing_until = now;
        conversation.add(Message {
            at: now,
            from_user: false,
            content,
        });
        Ok(())
    }
}

/// Why the service cannot show that it types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypingError {
    /// It could send no message either.
    #[error(transparent)]
    Send(#[from] SendError),
    /// No message went or came lately.
    #[error(
        "45080 need sending message to user, or recving message from user in the last 30 seconds before typing"
    )]
    TooLate,
    /// The user sees it already.
    #[error("45081 you are already typing")]
    Already,
}

/// The service types, or does not any more.
#[derive(Clone, Debug)]
pub struct SetTyping {
    /// To whom.
    pub caller: Caller,
    /// Whether it does.
    pub on: bool,
}

impl Sealed for SetTyping {}
impl Change for SetTyping {
    type Effect = Result<(), TypingError>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let now = world.now;
        let Some(conversation) = world.conversations.get_mut(&self.caller) else {
            return if self.on {
                Err(SendError::OutOfTime.into())
            } else {
                Ok(())
            };
        };
        if !self.on {
            conversation.typing_until = now;
            return Ok(());
        }
        conversation.check(now)?;
        let last = conversation.messages.back();
        if last.is_none_or(|last| now.since(last.at) > EXCHANGE_MS) {
            return Err(TypingError::TooLate);
        }
        if conversation.is_typing(now) {
            return Err(TypingError::Already);
        }
        conversation.typing_until = now.plus(TYPING_MS);
        Ok(())
    }
}

/// The user turns messages of the service off, or on again.
#[derive(Clone, Debug)]
pub struct BlockService(pub Caller, pub bool);

impl Sealed for BlockService {}
impl Change for BlockService {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.conversations.of(&self.0).is_blocked = self.1;
    }
}

/// A card of the service that nobody sent by the endpoint: people of the service send some too.
#[derive(Clone, Debug)]
pub struct GetCard(pub Caller, pub Card);

impl Sealed for GetCard {}
impl Change for GetCard {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let message = Message {
            at: world.now,
            from_user: false,
            content: Content::Card(self.1),
        };
        world.conversations.of(&self.0).add(message);
    }
}

/// The user comes back from a conversation that a button opened, perhaps by something in it. The pages are as
/// they were; a program that was destroyed meanwhile starts at what was tapped.
#[derive(Clone, Debug)]
pub struct LeaveConversation(pub Option<Door>);

impl Sealed for LeaveConversation {}
impl Change for LeaveConversation {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let door = self.0.filter(|_| world.is_destroyed());
        let options = door.map(|door| Box::new(EnterOptions::at(&door.page, door.scene())));
        world.leave(0, Notice::Back(options));
    }
}

impl Content {
    /// Bytes of its texts.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Image(text) => text.len(),
            Self::Link(title, url) => title.len() + url.len(),
            Self::Card(card) => card.title.len() + card.page.len() + card.image.len(),
        }
    }
}

/// What a message of the endpoint is.
fn content(body: &Json) -> Result<Content, SendError> {
    let kind = body.get("msgtype").and_then(Json::as_str);
    let kind = kind.ok_or(SendError::UnknownType)?;
    if OF_ACCOUNTS.contains(&kind) {
        return Err(SendError::Type);
    }
    let member = |name: &str| {
        let text = match body.get(kind)?.get(name)? {
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    };
    let needed = |name: &str| member(name).ok_or(SendError::Format);
    Ok(match kind {
        "text" => Content::Text(member("content").ok_or(SendError::Empty)?),
        "image" => Content::Image(member("media_id").ok_or(SendError::Medium)?),
        "link" => Content::Link(needed("title")?, needed("url")?),
        "miniprogrampage" => Content::Card(Card {
            title: needed("title")?,
            page: member("pagepath").ok_or(SendError::Page)?,
            image: member("thumb_media_id").unwrap_or_default(),
        }),
        _ => return Err(SendError::UnknownType),
    })
}

/// Something for the program's server.
fn push(world: &mut World, caller: &Caller, kind: &str, body: Json) {
    let mut message = Map::new();
    message.insert(
        "ToUserName".into(),
        world.original_id(caller.app_id()).into(),
    );
    message.insert("FromUserName".into(), world.open_id(caller).into());
    message.insert("CreateTime".into(), (world.now.0 / 1_000).into());
    message.insert("MsgType".into(), kind.into());
    if let Json::Object(body) = body {
        message.extend(body);
    }
    let to = Recipient::Server(caller.app_id().to_owned());
    hand(world, to, Json::Object(message));
}

/// The links to pages of an app in a text: `<a data-miniprogram-appid="…" data-miniprogram-path="…">title</a>`.
fn links(text: &str, app_id: &str) -> Vec<Door> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once("<a ") {
        let Some((attributes, after)) = tag.split_once('>') else {
            break;
        };
        let title = after.split("</a>").next().unwrap_or_default();
        let value = |name: &str| {
            let (_, value) = attributes.split_once(&format!("{name}="))?;
            let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            value.get(1..)?.split(quote).next()
        };
        let own = value("data-miniprogram-appid").is_some_and(|it| it == app_id);
        if let Some(page) = value("data-miniprogram-path").filter(|_| own) {
            found.push(Door {
                is_card: false,
                title: title.to_owned(),
                page: page.to_owned(),
            });
        }
        rest = after;
    }
    found
}

impl World {
    /// The conversation of the user with the service of the app; `None` before the first time.
    pub fn conversation(&self, caller: &Caller) -> Option<&Conversation> {
        self.conversations.get(caller)
    }

    /// What leads from the conversation to pages, in order.
    pub fn doors(&self, caller: &Caller) -> Vec<Door> {
        let messages = self.conversation(caller).map(Conversation::messages);
        let doors = |message: &Message| match &message.content {
            Content::Text(text) => links(text, caller.app_id()),
            Content::Card(card) => vec![Door {
                is_card: true,
                title: card.title.clone(),
                page: card.page.clone(),
            }],
            Content::Image(_) | Content::Link(..) => Vec::new(),
        };
        messages.into_iter().flatten().flat_map(doors).collect()
    }

    /// The original id of an app (`gh_…`), which messages to its server name.
    pub fn original_id(&self, app_id: &str) -> String {
        let digits = derived_hex(self.seed, &["original id", app_id], ORIGINAL_ID_CHARS);
        format!("gh_{digits}")
    }

    fn has_page_of(&self, app_id: &str, url: &str) -> bool {
        let path = url.split('?').next().unwrap_or_default();
        self.may_have_page(app_id, path.trim_start_matches('/'))
    }
}

#[cfg(test)]
#[path = "conversation_tests.rs"]
mod tests;
