//! The program's server sends a message, as WeChat's interfaces take or refuse it.
//!
//! Official pages: `subscribeMessage.send`, `templateMessage.send`, `uniformMessage.send`, the list of error codes.
//! Permission is used up by a message that was sent, and by nothing else.
//!
//! Unverified: the order of the checks: account, openid, template, page, permission, data; a user who turned the
//! main switch off still gets template messages; a template message without data arrives empty; an official
//! account reaches every user of the program; a message of more than [`MESSAGE_BYTES_MAX`] bytes is refused; the
//! days from which servers hear `subscribe_msg_sent_event`.
//!
//! Official page of the event: "Subscribe message", the chapter on events.

use super::inbox::Message;
use super::permission::Allowance;
use super::template::{Kind, Template};
use super::template_book::Family;
use super::ticket::Ticket;
use super::{data, events};
use crate::world::account::EnvVersion;
use crate::world::page_url::PageUrl;
use crate::world::registration::Capability;
use crate::world::registry::Kind as Registered;
use crate::world::subscription::Subscribed;
use crate::world::{Caller, Change, World, sealed::Sealed};

/// Bytes that the texts of a message may have together.
pub const MESSAGE_BYTES_MAX: usize = 16_384;
/// What the first subscribe message is numbered.
const FIRST_ID: u64 = 2_000_000_000_000_000_000;
/// The language of a message that names none.
const USUAL_LANG: &str = "zh_CN";

/// Why a message was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code} {errmsg}; {why}")]
pub struct Unsent {
    /// `errcode`.
    pub code: i32,
    /// `errmsg`, without what servers append.
    pub errmsg: String,
    /// What led to it, for the author.
    pub why: String,
}

impl Unsent {
    fn new(code: i32, errmsg: &str, why: impl Into<String>) -> Self {
        Self {
            code,
            errmsg: errmsg.to_owned(),
            why: why.into(),
        }
    }
}

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Which of the user's messages of the program it is, from 1.
    pub number: usize,
    /// The message.
    pub message: Message,
    /// How many more may be sent on the same permission; `None` for any number.
    pub left: Option<u32>,
    /// `msgid` of a subscribe message; 0 for any other.
    pub id: u64,
}

/// What every message has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The program that sends; `None` for the one in use.
    pub app_id: Option<String>,
    /// `touser`, an openid; `None` for who holds the phone.
    pub to: Option<String>,
    /// `template_id`.
    pub template_id: String,
    /// `page`, with its query.
    pub page: Option<String>,
    /// Keys and values.
    pub data: Vec<(String, String)>,
    /// `miniprogram_state`: the build that a tap opens.
    pub state: EnvVersion,
    /// `lang`; `None` for the usual one.
    pub lang: Option<String>,
}

impl Draft {
    fn bytes(&self) -> usize {
        let data = self.data.iter();
        let data: usize = data.map(|(key, value)| key.len() + value.len()).sum();
        let page = self.page.as_ref().map_or(0, String::len);
        data + page + self.template_id.len()
    }
}

/// `subscribeMessage.send`.
#[derive(Clone, Debug)]
pub struct SendSubscribed(pub Draft);

impl Sealed for SendSubscribed {}
impl Change for SendSubscribed {
    type Effect = Result<Sent, Unsent>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let draft = self.0;
        let app_id = world.sender(&draft);
        if world.is_blocked_for(&app_id, Capability::SubscribeMessage) {
            let why = "the platform blocks `subscribeMessage` for the program ([app] blocked)";
            return Err(Unsent::new(43107, "subscribe message is banned", why));
        }
        let caller = world.receiver(&app_id, draft.to.as_deref())?;
        let template = world.template_for(&app_id, Family::Subscribed, &draft.template_id)?;
        world.check_page(&app_id, draft.page.as_deref())?;
        if let Some(why) = world.refusal(&caller, &template) {
            return Err(Unsent::new(43101, "user refuse to accept the msg", why));
        }
        world.check_data(&app_id, &template, &draft)?;
        world.use_allowance(&caller, &template.id);
        let left = match world.message_allowance(&caller, &template.id) {
            Some(Allowance::Times(times)) => Some(times),
            _ => None,
        };
        let id = FIRST_ID + world.messages.sent;
        world.messages.sent += 1;
        events::tell_sent(world, &caller, &template.id, id);
        let sent = world.deliver(caller, &template, draft, None, left);
        Ok(Sent { id, ..sent })
    }
}

/// `templateMessage.send`.
#[derive(Clone, Debug)]
pub struct SendTemplate {
    /// The message.
    pub draft: Draft,
    /// `form_id`: of a form, or a prepay id; `None` for the oldest one of the user that is good.
    pub form_id: Option<String>,
    /// `emphasis_keyword`: `keyword1.DATA`.
    pub emphasis: Option<String>,
}

impl Sealed for SendTemplate {}
impl Change for SendTemplate {
    type Effect = Result<Sent, Unsent>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let draft = self.draft;
        if !world.has_template_messages() {
            let why = "template messages ended on 2020-01-10; use subscribe messages";
            return Err(Unsent::new(45103, "This API has been unsupported", why));
        }
        let app_id = world.sender(&draft);
        let caller = world.receiver(&app_id, draft.to.as_deref())?;
        let template = world.template_for(&app_id, Family::Message, &draft.template_id)?;
        world.check_page(&app_id, draft.page.as_deref())?;
        check_size(&draft)?;
        let id = world.usable_ticket(&caller, self.form_id.as_deref())?;
        world.use_ticket(&id);
        let left = world.message_ticket(&id).map(|ticket| ticket.left.into());
        Ok(world.deliver(caller, &template, draft, self.emphasis, left))
    }
}

/// `uniformMessage.send` with `mp_template_msg`: a template message of an official account that opens a page
/// of the program.
#[derive(Clone, Debug)]
pub struct SendOfAccount {
    /// The message; `page` is `miniprogram.pagepath`.
    pub draft: Draft,
    /// `mp_template_msg.appid`.
    pub account: String,
}

impl Sealed for SendOfAccount {}
impl Change for SendOfAccount {
    type Effect = Result<Sent, Unsent>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let (draft, account) = (self.draft, self.account);
        let app_id = world.sender(&draft);
        let caller = match world.receiver(&app_id, draft.to.as_deref()) {
            Ok(caller) => caller,
            Err(unsent) => world
                .receiver(&account, draft.to.as_deref())
                .map(|follower| Caller::new(&*app_id, follower.user_id()))
                .map_err(|_| unsent)?,
        };
        world.check_account(&app_id, &account)?;
        if draft.template_id.is_empty() {
            let why = "`mp_template_msg.template_id` is missing";
            return Err(Unsent::new(40037, "invalid template_id", why));
        }
        if let Err(unsent) = world.check_page(&app_id, draft.page.as_deref()) {
            return Err(Unsent::new(40165, "invalid weapp pagepath", unsent.why));
        }
        check_size(&draft)?;
        let template = Template {
            id: draft.template_id.clone(),
            ..Template::default()
        };
        let mut sent = message(world, caller, &template, draft, None);
        sent.account = Some(account);
        let number = world.put_message(sent.clone());
        Ok(Sent {
            number,
            message: sent,
            left: None,
            id: 0,
        })
    }
}

impl World {
    /// The program that sends.
    fn sender(&self, draft: &Draft) -> String {
        let app_id = draft.app_id.as_ref().unwrap_or(&self.app.app_id);
        app_id.clone()
    }

    /// The user of an openid in an app.
    fn receiver(&self, app_id: &str, open_id: Option<&str>) -> Result<Caller, Unsent> {
        let Some(open_id) = open_id else {
            return Ok(Caller::new(app_id, &*self.user().id));
        };
        self.caller_of(app_id, open_id).ok_or_else(|| {
            let why =
                "no user has this openid in the program; `server code2session` tells the right one";
            Unsent::new(40003, "invalid openid", why)
        })
    }

    /// The template that a message names.
    fn template_for(&self, app_id: &str, family: Family, id: &str) -> Result<Template, Unsent> {
        self.template_of(app_id, family, id).ok_or_else(|| {
            let known = self.listed_templates(app_id, family);
            let known: Vec<&str> = known.iter().map(|it| it.template.id.as_str()).collect();
            let why = match (id, known.join(", ")) {
                ("", _) => "`template_id` is missing".to_owned(),
                (id, known) => {
                    format!("no template of this interface is `{id}`; [[templates]] has {known}")
                }
            };
            Unsent::new(40037, "invalid template_id", why)
        })
    }

    /// Whether the account is one that may send messages which open the program.
    fn check_account(&self, app_id: &str, account: &str) -> Result<(), Unsent> {
        let known = self.registered(account);
        if known.is_none_or(|it| it.kind != Registered::OfficialAccount) {
            let why = format!("no [[apps]] has the official account `{account}`");
            return Err(Unsent::new(40013, "invalid appid", why));
        }
        let linked = self.registered(app_id).map(|it| it.official_accounts);
        let linked = linked.unwrap_or_default();
        if !linked.is_empty() && !linked.iter().any(|it| it == account) {
            let linked = linked.join(", ");
            let why = format!("the program is linked to {linked}, not to `{account}`");
            return Err(Unsent::new(40013, "invalid appid", why));
        }
        Ok(())
    }

    fn check_page(&self, app_id: &str, page: Option<&str>) -> Result<(), Unsent> {
        let route = page.map(|page| PageUrl::resolve(page, None).route);
        match route.filter(|route| !self.may_have_page(app_id, route)) {
            None => Ok(()),
            Some(route) => {
                let why = format!("app.json has no page `{route}`");
                Err(Unsent::new(41030, "invalid page", why))
            }
        }
    }

    /// Why the user does not get a message of the template.
    fn refusal(&self, caller: &Caller, template: &Template) -> Option<String> {
        let settings = self.subscriptions(caller);
        let id = &template.id;
        if !settings.main_switch {
            return Some("the user turned the main switch of messages off".to_owned());
        }
        match settings.templates.get(id) {
            Some(Subscribed::Reject) => {
                return Some(format!("the user keeps refusing `{id}`"));
            }
            Some(Subscribed::Ban) => return Some(format!("the platform banned `{id}`")),
            Some(Subscribed::Accept) | None => {}
        }
        match self.message_allowance(caller, id) {
            None => Some(format!(
                "the user was never asked for `{id}`: call wx.requestSubscribeMessage in a tap"
            )),
            Some(Allowance::Times(0)) if template.kind == Kind::OneTime => Some(format!(
                "nothing is left: each time the user accepts `{id}`, one message may be sent"
            )),
            Some(Allowance::Times(0)) => Some(format!("the user did not accept `{id}`")),
            Some(Allowance::Times(_) | Allowance::Always) => None,
        }
    }

    /// The id of the ticket that a template message uses up.
    fn usable_ticket(&self, caller: &Caller, id: Option<&str>) -> Result<String, Unsent> {
        let invalid = |why: String| Unsent::new(41028, "invalid form id", why);
        let Some(id) = id else {
            let mut own = self.message_tickets(caller);
            let good = own.find(|ticket| ticket.left > 0 && self.is_ticket_alive(ticket));
            return good.map(|ticket| ticket.id.clone()).ok_or_else(|| {
                let why = "the user has no formId and no payment left; each is good for seven days";
                invalid(why.to_owned())
            });
        };
        let ticket: &Ticket = self.message_ticket(id).ok_or_else(|| {
            invalid(format!(
                "WeChat gave no such id: `{id}`; take `detail.formId` of a form with report-submit, \
                 or the prepay id of a payment"
            ))
        })?;
        if ticket.caller != *caller {
            return Err(invalid("it is that of another user".to_owned()));
        }
        if !self.is_ticket_alive(ticket) {
            return Err(invalid("it is older than seven days".to_owned()));
        }
        if ticket.left == 0 {
            let why = "a form is good for one message, a payment for three";
            return Err(Unsent::new(41029, "form id used count reach limit", why));
        }
        Ok(id.to_owned())
    }

    fn deliver(
        &mut self,
        caller: Caller,
        template: &Template,
        draft: Draft,
        emphasis: Option<String>,
        left: Option<u32>,
    ) -> Sent {
        let message = message(self, caller, template, draft, emphasis);
        let number = self.put_message(message.clone());
        Sent {
            number,
            message,
            left,
            id: 0,
        }
    }
}

/// The message as the user sees it.
fn message(
    world: &World,
    caller: Caller,
    template: &Template,
    draft: Draft,
    emphasis: Option<String>,
) -> Message {
    let names = template.rows();
    let rows = if names.is_empty() {
        draft.data
    } else {
        let value = |key: &str| {
            let found = draft.data.iter().find(|(own, _)| own == key);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        let rows = names
            .iter()
            .map(|(name, key)| ((*name).to_owned(), value(key)));
        rows.collect()
    };
    let name_of = |key: String| {
        let key = key.strip_suffix(".DATA").unwrap_or(&key).to_owned();
        let found = names.iter().find(|(_, own)| *own == key);
        found.map_or(key.clone(), |(name, _)| (*name).to_owned())
    };
    Message {
        caller,
        account: None,
        template_id: template.id.clone(),
        title: template.title.clone(),
        emphasis: emphasis.map(name_of),
        rows,
        page: draft.page,
        state: draft.state,
        lang: draft.lang.unwrap_or_else(|| USUAL_LANG.to_owned()),
        at: world.now,
    }
}

/// Whether the texts of a message are not too long together.
fn check_size(draft: &Draft) -> Result<(), Unsent> {
    if draft.bytes() <= MESSAGE_BYTES_MAX {
        return Ok(());
    }
    let why = format!("the texts of a message have {MESSAGE_BYTES_MAX} bytes at most");
    Err(Unsent::new(45002, "content size out of limit", why))
}

impl World {
    /// Whether the data of a subscribe message are what its template wants.
    fn check_data(&self, app_id: &str, template: &Template, draft: &Draft) -> Result<(), Unsent> {
        let given = &draft.data;
        let value = |key: &str| {
            let found = given.iter().find(|(own, _)| own == key);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        let declared = template.rows();
        let keys: Vec<&str> = if declared.is_empty() {
            given.iter().map(|(key, _)| key.as_str()).collect()
        } else {
            declared.iter().map(|(_, key)| *key).collect()
        };
        for key in keys {
            let text = value(key);
            let argument = |what: &str| format!("argument invalid! data.{key}.value {what}");
            if text.is_empty() {
                let why = format!("the template wants a value for `{key}`");
                return Err(Unsent::new(47003, &argument("is empty"), why));
            }
            let words = self.words_of(app_id, &template.id, key);
            if let Some(words) = words.filter(|words| !words.iter().any(|it| it == text)) {
                let why = format!("`{key}` is one of {}", words.join(", "));
                return Err(Unsent::new(47003, &argument("invalid"), why));
            }
            if let Err(wanted) = data::check(key, text) {
                let why = format!("`{key}` is {wanted}");
                return Err(Unsent::new(47003, &argument("invalid"), why));
            }
        }
        check_size(draft)
    }
}

#[cfg(test)]
#[path = "send_tests.rs"]
mod tests;
