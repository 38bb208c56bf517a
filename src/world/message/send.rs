//! The program's server sends a message, as WeChat's interfaces take or refuse it.
//!
//! Official pages: `subscribeMessage.send`, `templateMessage.send`, `uniformMessage.send`, the list of error codes.
//! Permission is used up by a message that was sent, and by nothing else.
//!
//! Unverified: the order of the checks: account, openid, template, page, permission, data; a user who turned the
//! main switch off still gets template messages; a template message without data arrives empty; an official
//! account reaches every user of the program.

use super::data;
use super::inbox::Message;
use super::permission::Allowance;
use super::template::{Kind, Template};
use super::ticket::Ticket;
use crate::world::page_url::PageUrl;
use crate::world::registration::Capability;
use crate::world::registry::Kind as Registered;
use crate::world::subscription::Subscribed;
use crate::world::{Caller, Change, World, sealed::Sealed};

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
}

/// What every message has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// `touser`, an openid; `None` for who holds the phone.
    pub to: Option<String>,
    /// `template_id`.
    pub template_id: String,
    /// `page`, with its query.
    pub page: Option<String>,
    /// Keys and values.
    pub data: Vec<(String, String)>,
}

/// `subscribeMessage.send`.
#[derive(Clone, Debug)]
pub struct SendSubscribed(pub Draft);

impl Sealed for SendSubscribed {}
impl Change for SendSubscribed {
    type Effect = Result<Sent, Unsent>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let draft = self.0;
        if world.is_blocked(Capability::SubscribeMessage) {
            let why = "the platform blocks `subscribeMessage` for the program ([app] blocked)";
            return Err(Unsent::new(43107, "subscribe message is banned", why));
        }
        let caller = world.receiver(draft.to.as_deref())?;
        let template = world.subscribed_template(&draft.template_id);
        let template = template.ok_or_else(|| world.no_template(&draft.template_id))?;
        world.check_page(draft.page.as_deref())?;
        if let Some(why) = world.refusal(&caller, &template) {
            return Err(Unsent::new(43101, "user refuse to accept the msg", why));
        }
        check_data(&template, &draft.data)?;
        world.use_allowance(&caller, &template.id);
        let left = match world.message_allowance(&caller, &template.id) {
            Some(Allowance::Times(times)) => Some(times),
            _ => None,
        };
        Ok(world.deliver(caller, &template, draft, None, left))
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
        let caller = world.receiver(draft.to.as_deref())?;
        let template = world.message_template(&draft.template_id);
        let template = template.ok_or_else(|| world.no_template(&draft.template_id))?;
        world.check_page(draft.page.as_deref())?;
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
        let caller = world.receiver(draft.to.as_deref())?;
        let known = world.registered(&account);
        if known.is_none_or(|it| it.kind != Registered::OfficialAccount) {
            let why = format!("no [[apps]] has the official account `{account}`");
            return Err(Unsent::new(40013, "invalid appid", why));
        }
        if let Err(unsent) = world.check_page(draft.page.as_deref()) {
            return Err(Unsent::new(40165, "invalid weapp pagepath", unsent.why));
        }
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
        })
    }
}

impl World {
    /// The user of an openid.
    fn receiver(&self, open_id: Option<&str>) -> Result<Caller, Unsent> {
        let Some(open_id) = open_id else {
            return Ok(self.caller());
        };
        let app_id = &self.app.app_id;
        let callers = self.users().iter();
        let mut callers = callers.map(|user| Caller::new(app_id.as_str(), user.id.as_str()));
        let found = callers.find(|caller| self.open_id(caller) == open_id);
        found.ok_or_else(|| {
            let why =
                "no user has this openid in the program; `server code2session` tells the right one";
            Unsent::new(40003, "invalid openid", why)
        })
    }

    fn no_template(&self, id: &str) -> Unsent {
        let known = self.templates().iter().map(|it| it.id.as_str());
        let known = known.collect::<Vec<_>>().join(", ");
        let why = match (id, known.as_str()) {
            ("", _) => "`template_id` is missing".to_owned(),
            (id, known) => {
                format!("no template of this interface is `{id}`; [[templates]] has {known}")
            }
        };
        Unsent::new(40037, "invalid template_id", why)
    }

    fn check_page(&self, page: Option<&str>) -> Result<(), Unsent> {
        let route = page.map(|page| PageUrl::resolve(page, None).route);
        match route.filter(|route| !self.app.has_page(route)) {
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
        at: world.now,
    }
}

/// Whether the data of a subscribe message are what its template wants.
fn check_data(template: &Template, given: &[(String, String)]) -> Result<(), Unsent> {
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
        if let Err(wanted) = data::check(key, text) {
            let why = format!("`{key}` is {wanted}");
            return Err(Unsent::new(47003, &argument("invalid"), why));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Draft, SendOfAccount, SendSubscribed, SendTemplate, Sent, Unsent};
    use crate::profile::{Date, Profile};
    use crate::world::message::permission::{AnswerSubscription, Choice};
    use crate::world::message::template::{DeclareTemplates, Kind, Template};
    use crate::world::message::ticket::{GivePrepayTicket, RequestFormId, TICKET_LIFE_MS};
    use crate::world::registry::{Kind as Registered, Register, Registered as App};
    use crate::world::subscription::{SetSubscriptions, Subscriptions};
    use crate::world::{AdvanceTo, AppFacts, Caller, World};

    fn world_on(date: Date) -> World {
        let app = AppFacts {
            pages: vec!["pages/a/a".into()],
            ..AppFacts::default()
        };
        World::new(Profile::on(date), app, 1)
    }

    fn draft(id: &str) -> Draft {
        Draft {
            template_id: id.into(),
            page: Some("pages/a/a?x=1".into()),
            data: vec![("thing1".into(), "茶".into())],
            ..Draft::default()
        }
    }

    fn accept(world: &mut World, id: &str) {
        let caller = world.caller();
        world.apply(AnswerSubscription {
            caller,
            choices: vec![(id.into(), Choice::Accept)],
            keep: false,
        });
    }

    fn code(result: Result<Sent, Unsent>) -> i32 {
        result.map_or_else(|unsent| unsent.code, |_| 0)
    }

    #[test]
    fn an_accepted_template_is_used_up_by_one_message() {
        let mut world = world_on(Date::new(2021, 12, 13));
        let send = |world: &mut World| code(world.apply(SendSubscribed(draft("a"))));
        assert_eq!(send(&mut world), 43101, "never asked");
        accept(&mut world, "a");
        let caller = world.caller();
        let off = Subscriptions {
            main_switch: false,
            ..Subscriptions::default()
        };
        world.apply(SetSubscriptions(caller.clone(), off));
        assert_eq!(send(&mut world), 43101, "switched off");
        world.apply(SetSubscriptions(caller.clone(), Subscriptions::default()));
        assert_eq!(send(&mut world), 0);
        assert_eq!(send(&mut world), 43101, "used up");
        let inbox = world.messages(&caller);
        let options = inbox[0].enter_options().expect("it has a page");
        assert_eq!((options.path.as_str(), options.scene), ("pages/a/a", 1014));
        assert_eq!(options.query, [("x".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn what_is_wrong_with_a_message_leaves_the_permission() {
        let mut world = world_on(Date::new(2021, 12, 13));
        world.apply(DeclareTemplates(vec![Template {
            id: "a".into(),
            title: "茶好了".into(),
            content: "饮品{{thing1.DATA}}\n时间{{time2.DATA}}".into(),
            kind: Kind::OneTime,
        }]));
        accept(&mut world, "a");
        let mut send = |change: fn(&mut Draft)| {
            let mut draft = draft("a");
            draft.data.push(("time2".into(), "15:01".into()));
            change(&mut draft);
            world.apply(SendSubscribed(draft))
        };
        assert_eq!(code(send(|it| it.to = Some("o".into()))), 40003);
        assert_eq!(code(send(|it| it.template_id = "b".into())), 40037);
        assert_eq!(code(send(|it| it.page = Some("pages/b/b".into()))), 41030);
        let empty = send(|it| it.data.truncate(1)).expect_err("no time");
        assert_eq!(
            empty.to_string(),
            "47003 argument invalid! data.time2.value is empty; the template wants a value for `time2`"
        );
        assert_eq!(code(send(|it| it.data[1].1 = "later".into())), 47003);
        let done = send(|_| {}).expect("all is right");
        let rows = [("饮品", "茶"), ("时间", "15:01")];
        assert_eq!(
            done.message.rows,
            rows.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!((done.number, done.left), (1, Some(0)));
    }

    #[test]
    fn a_form_id_is_used_once_within_seven_days_by_who_got_it() {
        let mut world = world_on(Date::new(2018, 6, 4));
        let caller = world.caller();
        let form = |world: &mut World| {
            let caller = caller.clone();
            let request = RequestFormId {
                caller,
                timeout_ms: 0,
            };
            world.apply(request).text
        };
        let send = |world: &mut World, id: Option<&str>| {
            code(world.apply(SendTemplate {
                draft: draft("a"),
                form_id: id.map(str::to_owned),
                emphasis: Some("thing1.DATA".into()),
            }))
        };
        let one = form(&mut world);
        assert_eq!(send(&mut world, Some("the formId is a mock one")), 41028);
        assert_eq!(send(&mut world, Some(&one)), 0);
        assert_eq!(send(&mut world, Some(&one)), 41029);
        assert_eq!(send(&mut world, None), 41028, "nothing left");
        let two = form(&mut world);
        world.apply(AdvanceTo(world.now().plus(TICKET_LIFE_MS - 1)));
        assert_eq!(send(&mut world.clone(), Some(&two)), 0, "last good moment");
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(send(&mut world, Some(&two)), 41028, "too old");
        let other = Caller::new(world.app().app_id.clone(), "other");
        world.apply(GivePrepayTicket {
            caller: other,
            prepay_id: "p1".into(),
        });
        assert_eq!(send(&mut world, Some("p1")), 41028, "another user's");
        let (caller, prepay_id) = (world.caller(), "p2".to_owned());
        world.apply(GivePrepayTicket { caller, prepay_id });
        let codes = [(); 4].map(|()| send(&mut world, Some("p2")));
        assert_eq!(codes, [0, 0, 0, 41029]);
        let mut late = world_on(Date::new(2020, 1, 10));
        assert_eq!(send(&mut late, None), 45103);
    }

    #[test]
    fn a_message_of_an_official_account_tells_who_it_is() {
        let mut world = world_on(Date::new(2018, 6, 4));
        let send = |world: &mut World, page: &str| {
            let page = Some(page.to_owned());
            world.apply(SendOfAccount {
                draft: Draft { page, ..draft("t") },
                account: "wxmp".into(),
            })
        };
        assert_eq!(code(send(&mut world, "pages/a/a")), 40013);
        let account = App {
            app_id: "wxmp".into(),
            kind: Registered::OfficialAccount,
            ..App::default()
        };
        world.apply(Register(account)).expect("it is new");
        assert_eq!(code(send(&mut world, "pages/b/b")), 40165);
        let done = send(&mut world, "pages/a/a").expect("all is right");
        let options = done.message.enter_options().expect("it has a page");
        let referrer = options.referrer_info.map(|it| it.app_id);
        assert_eq!((options.scene, referrer.as_deref()), (1043, Some("wxmp")));
    }
}
