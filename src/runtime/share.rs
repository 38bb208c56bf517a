//! Sharing: handlers of pages, the promise of what they return, the choice of a chat, the cards.
//!
//! Official pages: `Page.onShareAppMessage`, `Page.onShareTimeline`, `Page.onAddToFavorites`, "Forwarding". A
//! promise counts when it is resolved within three seconds (base library 2.12.0; of the timeline 3.12.0), else
//! what was returned besides. What is returned can say title, path and picture; what it leaves out is the name
//! of the program, the page with its query, the top of the page (80 % of the screen's width high).
//!
//! Unverified: a promise that is rejected is like none, at once; of one that is resolved only its own members
//! count; a handler that throws or returns no object leaves everything as it is by itself; a path without slash
//! at its beginning is taken from the root.

use serde_json::{Value as Json, json};

use super::core::{Asked, Core, Purpose};
use super::queue::Work;
use super::sim::{Sim, StepError};
use super::single_page::{self, SHARE};
use super::trace::{Cause, Event, json as trace_json};
use crate::api::question::{Question, receivers};
use crate::errmsg::{self, Reason};
use crate::value::Value;
use crate::version::Version;
use crate::view::find::{Target, find};
use crate::world::route::{PageEntry, PageId};
use crate::world::share::{Content, GiveTicket, Picture, Place, SendCard};
use crate::world::share_menu::{Handlers, MessageKind, ShareItem};

/// What is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sharing {
    /// A message to friends and groups.
    Message,
    /// A page of the timeline.
    Timeline,
    /// A page that is kept.
    Favorite,
}

impl Sharing {
    const fn handler(self) -> &'static str {
        match self {
            Self::Message => "onShareAppMessage",
            Self::Timeline => "onShareTimeline",
            Self::Favorite => "onAddToFavorites",
        }
    }

    /// Base library since which its handler may return a promise.
    const fn promise_since(self) -> Option<Version> {
        match self {
            Self::Message => Some(Version(2, 12, 0)),
            Self::Timeline => Some(Version(3, 12, 0)),
            Self::Favorite => None,
        }
    }
}

/// A sharing under way.
#[derive(Clone, Debug)]
pub(super) struct Share {
    sharing: Sharing,
    page: PageEntry,
    /// What the page's handler gave.
    given: Value,
    /// What the card is, once that is settled.
    content: Option<Content>,
    /// Whether its promise still counts.
    waits: bool,
    /// Whether what was returned wants to hear of the result.
    hears: bool,
    /// The answer that the step brings along.
    answer: Option<Json>,
}

/// Where a sharing begins.
pub(super) enum From {
    /// In the menu.
    Menu,
    /// With a button, as handlers see it.
    Button(Value),
}

/// How long a promise counts, in virtual milliseconds (official page).
const PROMISE_MS: i64 = 3_000;
/// Base library since which the handler learns from where it is called.
const FROM_SINCE: Version = Version(1, 2, 4);
/// Base library since which it learns what a web-view shows.
const WEB_VIEW_URL_SINCE: Version = Version(1, 6, 4);
/// Base library since which the picture can be given.
const IMAGE_SINCE: Version = Version(1, 5, 0);

impl Sim {
    /// Which handlers of the page on top decide on its menu.
    pub(super) fn share_handlers(&mut self, page: PageId) -> Handlers {
        let web_view = self.with(|core| core.web_view_url(page).is_some());
        Handlers {
            message: self.has_page_hook(page, Sharing::Message.handler()),
            timeline: self.has_page_hook(page, Sharing::Timeline.handler()),
            web_view,
        }
    }

    pub(super) fn has_page_hook(&mut self, page: PageId, hook: &str) -> bool {
        let has = self.engine.call("shareHas", &[page.0.into(), hook.into()]);
        has.is_ok_and(|has| has.as_bool() == Some(true))
    }

    /// The user shares the page on top by its menu.
    pub(super) fn share_by_menu(
        &mut self,
        item: ShareItem,
        answer: Option<Json>,
    ) -> Result<(), StepError> {
        let page = self.shown_page()?;
        let handlers = self.share_handlers(page.id);
        let offered = self.with(|core| core.world.menu_offers(page.id, item, handlers));
        offered.map_err(|problem| {
            let name = match item {
                ShareItem::Message => "share it with friends",
                ShareItem::Timeline => "share it to the timeline",
            };
            let route = &page.route;
            StepError::BadAnswer(format!(
                "the menu of {route} has no item to {name}: {problem}"
            ))
        })?;
        let sharing = match item {
            ShareItem::Message => Sharing::Message,
            ShareItem::Timeline => Sharing::Timeline,
        };
        if let Some(answer) = &answer {
            let question = self.with(|core| core.share_question(String::new()));
            question.accepts(answer).map_err(StepError::BadAnswer)?;
        }
        let cause = Cause::Gesture(self.next_gesture());
        self.share(sharing, page, &From::Menu, cause, answer);
        Ok(())
    }

    /// What the menu offers of the page on top where the page hears it, as steps; `hears` are the hooks of the page.
    pub fn menu_steps(&self, hears: &[String]) -> Vec<&'static str> {
        let hears = |sharing: Sharing| hears.iter().any(|hook| hook == sharing.handler());
        self.with(|core| {
            let Some(page) = core.world.current_page().map(|page| page.id) else {
                return Vec::new();
            };
            let handlers = Handlers {
                message: hears(Sharing::Message),
                timeline: hears(Sharing::Timeline),
                web_view: core.web_view_url(page).is_some(),
            };
            let offers = |item| core.world.menu_offers(page, item, handlers).is_ok();
            let keeps = hears(Sharing::Favorite)
                && core.calls_handler(Sharing::Favorite)
                && !core.world.is_single_page();
            [
                ("share", handlers.message && offers(ShareItem::Message)),
                (
                    "share timeline",
                    handlers.timeline && offers(ShareItem::Timeline),
                ),
                ("favorite", keeps),
            ]
            .into_iter()
            .filter_map(|(step, is_there)| is_there.then_some(step))
            .collect()
        })
    }

    /// The user keeps the page on top among the favourites.
    pub(super) fn keep_page(&mut self) -> Result<(), StepError> {
        let page = self.shown_page()?;
        if self.with(|core| core.world.is_single_page()) {
            let text = "the single page of the timeline cannot be kept";
            return Err(StepError::BadAnswer(text.to_owned()));
        }
        let cause = Cause::Gesture(self.next_gesture());
        self.share(Sharing::Favorite, page, &From::Menu, cause, None);
        Ok(())
    }

    /// A share button of the page was tapped.
    pub(super) fn share_by_button(&mut self, page: PageId, button: Value, cause: Cause) {
        let page = self.with(|core| core.world.page(page).cloned());
        let Some(page) = page else {
            return;
        };
        if self.with(|core| single_page::refusal(&core.world, SHARE).is_some()) {
            return self.with(|core| {
                core.tell_single_page(SHARE, true);
                let category = core.world.api_category().name();
                let text = format!("the share button does nothing in {category}");
                core.console("warn", text);
            });
        }
        if !self.has_page_hook(page.id, Sharing::Message.handler()) {
            let text = format!(
                "{} has no onShareAppMessage: the share button does nothing",
                page.route
            );
            return self.with(|core| core.console("warn", text));
        }
        self.share(Sharing::Message, page, &From::Button(button), cause, None);
    }

    fn shown_page(&self) -> Result<PageEntry, StepError> {
        if self.with(|core| core.world.is_in_background()) {
            return Err(StepError::NotRunning);
        }
        self.top()
    }

    fn share(
        &mut self,
        sharing: Sharing,
        page: PageEntry,
        from: &From,
        cause: Cause,
        answer: Option<Json>,
    ) {
        let handler = sharing.handler();
        let calls_handler =
            self.with(|core| core.calls_handler(sharing)) && self.has_page_hook(page.id, handler);
        let options = self.with(|core| core.share_options(sharing, page.id, from));
        self.task(cause, false, handler, |sim| {
            let number = sim.engine.call("nextCall", &[])?;
            let number = super::ops::number(&number);
            if let From::Button(button) = from {
                sim.with(|core| {
                    core.emit(|| Event::Call {
                        call: number,
                        api: "button.share".to_owned(),
                        object: None,
                        options: trace_json(button),
                    });
                });
            }
            let mut share = Share {
                sharing,
                page,
                given: Value::Undefined,
                content: None,
                waits: false,
                hears: false,
                answer,
            };
            if calls_handler {
                let page = share.page.id.0;
                let run = [number.into(), page.into(), handler.into(), options];
                let returned = sim.engine.call("shareRun", &run)?;
                share.given = returned.get("content").clone();
                share.waits = returned.get("waits").as_bool() == Some(true)
                    && sim.with(|core| core.takes_promise(sharing));
                share.hears = !returned.get("hears").items().is_empty();
            }
            let waits = share.waits;
            sim.with(|core| core.shares.insert(number, share));
            if waits {
                sim.with(|core| core.later(PROMISE_MS, Work::ShareDue(number)));
                return sim.engine.call("shareWait", &[number.into()]).map(drop);
            }
            sim.with(|core| core.share_settled(number));
            Ok(())
        });
    }

    /// What was returned hears of the result of an old client.
    pub(super) fn tell_share(&mut self, number: u32, ok: bool, result: &Value) {
        let place = "at api shareAppMessage callback function";
        self.task(Cause::Reply(number), false, place, |sim| {
            sim.with(|core| {
                let result = trace_json(result);
                core.emit(|| Event::Reply {
                    call: number,
                    api: "shareAppMessage".to_owned(),
                    result,
                });
            });
            let arguments = [number.into(), ok.into(), result.clone()];
            sim.engine.call("shareTold", &arguments).map(drop)
        });
    }
}

impl Core {
    /// Whether the base library and client call the handler.
    fn calls_handler(&self, sharing: Sharing) -> bool {
        let profile = self.world.profile();
        match sharing {
            Sharing::Message | Sharing::Timeline => true,
            Sharing::Favorite => {
                profile.sdk >= Version(2, 10, 3)
                    && profile.platform == crate::profile::Platform::Android
                    && profile.client >= Version(7, 0, 15)
            }
        }
    }

    fn takes_promise(&self, sharing: Sharing) -> bool {
        let since = sharing.promise_since();
        since.is_some_and(|since| self.world.profile().sdk >= since)
    }

    /// What the handler gets.
    fn share_options(&self, sharing: Sharing, page: PageId, from: &From) -> Value {
        let sdk = self.world.profile().sdk;
        let mut members = Vec::new();
        if sharing == Sharing::Message && sdk >= FROM_SINCE {
            match from {
                From::Menu => members.push(("from", "menu".into())),
                From::Button(button) => {
                    members.push(("from", "button".into()));
                    members.push(("target", button.clone()));
                }
            }
        }
        let has_url = sharing != Sharing::Timeline && sdk >= WEB_VIEW_URL_SINCE;
        if let Some(url) = self.web_view_url(page).filter(|_| has_url) {
            members.push(("webViewUrl", url.into()));
        }
        if sharing == Sharing::Timeline {
            return Value::Undefined;
        }
        let named = |(name, value): (&str, Value)| (name.to_owned(), value);
        Value::Object(members.into_iter().map(named).collect())
    }

    /// The address of the web-view of a page that has one.
    fn web_view_url(&self, page: PageId) -> Option<String> {
        let tree = self.views.trees.get(&page)?;
        let target = Target::parse("web-view").ok()?;
        let node = find(tree, &target).first().copied()?;
        let url = self.attributes(page, node)["src"]
            .as_str()
            .map(str::to_owned);
        Some(url.unwrap_or_default())
    }

    /// The promise that a handler returned is decided.
    pub(super) fn share_given(&mut self, number: u32, ok: bool, value: &Value) {
        let waiting = self.shares.get_mut(&number).filter(|share| share.waits);
        let Some(share) = waiting else {
            let text = "the promise came later than three seconds: the card does not have it";
            return self.console("warn", text.to_owned());
        };
        share.waits = false;
        let counts = ok && matches!(value, Value::Object(_));
        if counts {
            share.given = value.clone();
        } else {
            let what = if ok { "no object" } else { "a rejection" };
            let text = format!("the promise gave {what}: the card has what was returned besides");
            self.console("warn", text);
        }
        self.share_settled(number);
    }

    /// Three seconds are over.
    pub(super) fn share_due(&mut self, number: u32) {
        if let Some(share) = self.shares.get_mut(&number)
            && share.waits
        {
            share.waits = false;
            self.share_settled(number);
        }
    }

    /// It is known what is shared: the user says to whom.
    fn share_settled(&mut self, number: u32) {
        let Some(share) = self.shares.get(&number).cloned() else {
            return;
        };
        self.queue.forget_share(number);
        let content = self.content(&share);
        let place = match share.sharing {
            Sharing::Message => None,
            Sharing::Timeline => Some(Place::Timeline),
            Sharing::Favorite => Some(Place::Favorites),
        };
        if let Some(place) = place {
            self.send_card(content, place);
            self.shares.remove(&number);
            return;
        }
        let question = self.share_question(format!("{} {}", content.title, content.path));
        if let Some(share) = self.shares.get_mut(&number) {
            share.content = Some(content);
        }
        self.counters.questions += 1;
        let asked = self.counters.questions;
        let shown = question.clone();
        self.emit(|| Event::Question {
            question: asked,
            call: number,
            asked: shown,
        });
        let waiting = Asked {
            purpose: Purpose::Share,
            question,
            calls: vec![number],
            answered: false,
        };
        self.asked.insert(asked, waiting);
        match share.answer {
            Some(answer) => self.give_answer(asked, answer),
            None => self.consult(asked),
        }
    }

    fn share_question(&self, text: String) -> Question {
        let targets = self.world.share_targets();
        Question {
            entries: targets.into_iter().map(|(name, _)| name).collect(),
            ..Question::new("share", text)
        }
    }

    /// The user said to whom.
    pub(super) fn share_answered(&mut self, number: u32, answer: &Json) {
        let Some(share) = self.shares.remove(&number) else {
            return;
        };
        let to = receivers(answer);
        let targets = self.world.share_targets();
        let mut tickets = Vec::new();
        for name in &to {
            let Some(content) = share.content.clone() else {
                continue;
            };
            let place = targets.iter().find(|(known, _)| known == name);
            let Some((_, place)) = place.cloned() else {
                continue;
            };
            let has_ticket = content.kind.with_ticket && matches!(place, Place::Group(_));
            let card = self.send_card(content, place);
            if has_ticket {
                tickets.push(card);
            }
        }
        if !share.hears || !self.tells_share_result() {
            return;
        }
        let profile = self.world.profile();
        let mut result = json!({ "errMsg": errmsg::ok("shareAppMessage") });
        if to.is_empty() {
            result["errMsg"] = errmsg::fail("shareAppMessage", &Reason::Cancel, profile).into();
        } else if !tickets.is_empty() {
            let tickets = tickets.into_iter();
            let tickets: Vec<String> = tickets
                .map(|card| self.world.apply(GiveTicket(card)))
                .collect();
            result["shareTickets"] = tickets.into();
        }
        let (ok, result) = (!to.is_empty(), Value::from(&result));
        self.later(0, Work::ShareTold { number, ok, result });
    }

    /// Whether clients of the day tell what came of a sharing.
    fn tells_share_result(&self) -> bool {
        let profile = self.world.profile();
        profile.tells_share_result()
    }

    fn send_card(&mut self, content: Content, place: Place) -> u32 {
        let (title, path) = (content.title.clone(), content.path.clone());
        let (picture, to) = (content.picture.text(), place.text());
        let card = self.world.apply(SendCard(content, place));
        self.emit(|| Event::Card {
            card,
            to,
            title,
            path,
            picture,
        });
        card
    }

    /// What a card shows and opens.
    fn content(&mut self, share: &Share) -> Content {
        let Share {
            sharing,
            page,
            given,
            ..
        } = share;
        let given_text = |key: &str| {
            let text = given.get(key).as_str().filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        let sdk = self.world.profile().sdk;
        let picture = given_text("imageUrl").filter(|_| sdk >= IMAGE_SINCE);
        let width = self.world.phone().screen_width;
        let usual = match sharing {
            Sharing::Timeline => Picture::Logo,
            Sharing::Message | Sharing::Favorite => Picture::Page(width, width * 4 / 5),
        };
        let own_query = page
            .query
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect::<Vec<String>>()
            .join("&");
        let path = match sharing {
            Sharing::Message => given_text("path"),
            Sharing::Timeline | Sharing::Favorite => {
                let query = given_text("query");
                query.map(|query| address(&page.route, query.trim_start_matches('?')))
            }
        };
        if let Some(path) = path.as_ref().filter(|path| !path.starts_with('/'))
            && *sharing == Sharing::Message
        {
            let text = format!("the path of a card begins with a slash, not \"{path}\"");
            self.console("warn", text);
        }
        let path = path.unwrap_or_else(|| address(&page.route, &own_query));
        Content {
            title: given_text("title").unwrap_or_else(|| self.usual_title(*sharing, page.id)),
            path: path.trim_start_matches('/').to_owned(),
            picture: picture.map_or(usual, Picture::Given),
            kind: match sharing {
                Sharing::Message => self.world.share_menu(page.id).kind,
                _ => MessageKind::default(),
            },
        }
    }

    /// The title of what says none: of a kept page its own, else the program's name.
    fn usual_title(&self, sharing: Sharing, page: PageId) -> String {
        let name = self.world.app().name.clone();
        if sharing != Sharing::Favorite {
            return name;
        }
        let set = self.world.navigation_bar(page).title.clone();
        set.or_else(|| {
            let route = &self.world.page(page)?.route;
            let mut pages = self.code.project.pages.iter();
            let page = pages.find(|page| page.route == *route)?;
            let title = page.window.get("navigationBarTitleText")?.as_str()?;
            Some(title.to_owned())
        })
        .unwrap_or(name)
    }
}

fn address(route: &str, query: &str) -> String {
    if query.is_empty() {
        route.to_owned()
    } else {
        format!("{route}?{query}")
    }
}
