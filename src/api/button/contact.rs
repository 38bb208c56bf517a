//! `<button open-type="contact">`: opens the conversation with the customer service of the mini program.
//!
//! Official pages: `component/button`, "Customer service messages". The mini program goes to the background;
//! its server hears that the user entered, with `session-from`. Coming back, `bindcontact` has path and query of
//! the card that the user tapped, and empty ones when the user just came back. `show-message-card` offers a
//! card, which the user sends with a tap or not; its title, path and picture are those of the page unless the button
//! says others.
//!
//! Unverified: a tapped link in a text comes back as a card does; the event follows `App.onShow` and the page's
//! `onShow`, whose options stay the former ones.
//!
//! Differs from the client: the picture of the card is a name, `screenshot`, unless the button gives one.

use serde_json::Value as Json;

use crate::api::conversation;
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::conversation::{Card, EnterConversation, LeaveConversation};
use crate::world::enter_options::EnterOptions;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.contact",
    replies_as: "enterContact",
    group: Group::Button,
    summary: "Opens the conversation with the customer service of the mini program.",
    since: Version(1, 1, 0),
    form: Form::Button {
        success: "contact",
        failure: "contact",
    },
    params: &[
        Param::since("sessionFrom", Class::String, Version(1, 4, 0)),
        Param::since("sendMessageTitle", Class::String, CARD_SINCE),
        Param::since("sendMessagePath", Class::String, CARD_SINCE),
        Param::since("sendMessageImg", Class::String, CARD_SINCE),
        Param::since("showMessageCard", Class::Boolean, CARD_SINCE),
    ],
    promise: false,
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

/// Base library that has the card.
const CARD_SINCE: Version = Version(1, 5, 0);
/// Base library that has `session-from`.
const SESSION_FROM_SINCE: Version = Version(1, 4, 0);

/// An attribute that is there and not empty, since a base library.
fn attribute<'v>(cx: &Cx<'_>, options: &'v Value, name: &str, since: Version) -> Option<&'v str> {
    let text = options.get(name).as_str().filter(|text| !text.is_empty());
    text.filter(|_| cx.world.profile().sdk >= since)
}

/// The card that the button offers.
fn offer(cx: &Cx<'_>, options: &Value) -> Option<Card> {
    let shown = options.get("showMessageCard");
    let shown = shown
        .as_bool()
        .unwrap_or(!matches!(shown, Value::Undefined | Value::Null));
    if !shown || cx.world.profile().sdk < CARD_SINCE {
        return None;
    }
    let own = |name| attribute(cx, options, name, CARD_SINCE).map(str::to_owned);
    Some(Card {
        title: own("sendMessageTitle").unwrap_or_else(|| cx.world.page_title().to_owned()),
        page: own("sendMessagePath").unwrap_or_else(|| cx.world.page_address()),
        image: own("sendMessageImg").unwrap_or_else(|| "screenshot".to_owned()),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    // The old tag, which has no `open-type`, always had it.
    let is_button = options.has("openType");
    let since = Some(SESSION_FROM_SINCE).filter(|_| is_button);
    let session_from = attribute(cx, options, "sessionFrom", since.unwrap_or_default());
    let offer = offer(cx, options);
    cx.world.apply(EnterConversation {
        caller: cx.caller.clone(),
        session_from: session_from.unwrap_or_default().to_owned(),
        offer,
    });
    Ok(conversation::question(cx.world, &cx.caller))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    conversation::say(cx.world, &cx.caller, answer);
    let door = conversation::door(cx.world, &cx.caller, answer);
    let place = door.as_ref().map(|door| EnterOptions::at(&door.page, 0));
    let (path, query) = place.map(|it| (it.path, it.query)).unwrap_or_default();
    cx.world.apply(LeaveConversation(door));
    let pair = |(key, value): (String, String)| (key, Value::from(value));
    Ok(vec![
        ("path".to_owned(), path.into()),
        (
            "query".to_owned(),
            Value::Object(query.into_iter().map(pair).collect()),
        ),
    ])
}
