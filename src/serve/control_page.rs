//! The world as the control interface tells it, and the page that shows it.
//!
//! The page holds no data: it asks for them with the token and puts texts into the document as texts, so a name
//! with markup in it is shown as it is written.

use serde_json::{Value as Json, json};

use super::control_users::told;
use crate::server::{Response, picture_of_code};
use crate::world::conversation::Content;
use crate::world::printed_code::Content as Printed;
use crate::world::{Caller, World};

/// The page: a document, its script inside.
const PAGE: &str = include_str!("page.html");
/// Entries of a list that may be long.
const SHOWN_MAX: usize = 200;
/// Width of the picture of a code, in pixels.
const PICTURE_WIDTH: u16 = 280;

/// The page. Its policy lets run the script that is in it, and nothing of another place.
pub(super) fn page() -> Response {
    Response::new(200, "text/html; charset=utf-8", PAGE)
        .with_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src blob:; frame-ancestors 'none'",
        )
        .with_header("X-Content-Type-Options", "nosniff")
        .with_header("Referrer-Policy", "no-referrer")
}

/// Apps with their secrets, users with their openids, and how much there is of the rest.
pub(super) fn world(world: &World) -> Json {
    json!({
        "now": world.now(),
        "compatDate": world.profile().compat_date,
        "apps": apps(world),
        "users": world.users().iter().take(SHOWN_MAX).map(|user| told(world, user)).collect::<Vec<_>>(),
        "counts": {
            "users": world.users().len(),
            "orders": world.orders().len(),
            "deliveries": world.deliveries().count(),
            "requests": world.requests().count(),
        },
    })
}

/// Every app with its secret.
pub(super) fn apps(world: &World) -> Vec<Json> {
    let own = world.app().app_id.clone();
    let others = world.other_apps().iter().map(|app| app.app_id.clone());
    let all = std::iter::once(own).chain(others);
    let told = |app_id: String| {
        let registered = world.registered(&app_id).unwrap_or_default();
        json!({
            "appid": app_id,
            "secret": world.app_secret(&app_id),
            "name": registered.name,
            "originalId": world.original_id(&app_id),
        })
    };
    all.map(told).collect()
}

/// The latest orders, the newest first.
pub(super) fn orders(world: &World) -> Json {
    let orders = world.orders().rev().take(SHOWN_MAX);
    let told = orders.map(|order| {
        let mut told = order.told();
        told["prepay_id"] = order.prepay_id.as_str().into();
        told["mch_id"] = order.mch_id.as_str().into();
        told["description"] = order.description.as_str().into();
        told["user"] = order.payer.user_id().into();
        told
    });
    told.collect()
}

/// Every user in every app that the world knows.
fn callers(world: &World) -> impl Iterator<Item = Caller> {
    let own = std::iter::once(world.app().app_id.as_str());
    let apps = own.chain(world.other_apps().iter().map(|app| app.app_id.as_str()));
    apps.flat_map(|app_id| {
        let users = world.users().iter().take(SHOWN_MAX);
        users.map(move |user| Caller::new(app_id, user.id.as_str()))
    })
}

/// Service notices that users got.
pub(super) fn messages(world: &World) -> Json {
    let mut all = Vec::new();
    for caller in callers(world) {
        for message in world.messages(&caller) {
            all.push(json!({
                "at": message.at,
                "appid": caller.app_id(),
                "user": caller.user_id(),
                "template_id": message.template_id,
                "title": message.title,
                "rows": message.rows.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>(),
                "page": message.page,
            }));
        }
    }
    all.into()
}

/// What users and the customer service said.
pub(super) fn conversations(world: &World) -> Json {
    let mut all = Vec::new();
    for caller in callers(world) {
        let Some(conversation) = world.conversation(&caller) else {
            continue;
        };
        for message in conversation.messages() {
            let content = match &message.content {
                Content::Text(text) => json!({ "text": text }),
                Content::Image(id) => json!({ "image": id }),
                Content::Link(title, url) => json!({ "link": url, "title": title }),
                Content::Card(card) => json!({ "page": card.page, "title": card.title }),
            };
            all.push(json!({
                "at": message.at,
                "appid": caller.app_id(),
                "user": caller.user_id(),
                "from": if message.from_user { "user" } else { "service" },
                "content": content,
            }));
        }
    }
    let transfers = world
        .transfers()
        .map(|(at, to)| json!({ "at": at, "openid": to }));
    json!({ "messages": all, "transfers": transfers.collect::<Vec<_>>() })
}

/// What went out or is to go out to developers' servers, the newest first.
pub(super) fn deliveries(world: &World) -> Json {
    let mut all: Vec<Json> = world
        .deliveries()
        .map(|told| {
            json!({
                "id": told.delivery.id,
                "kind": told.delivery.kind,
                "owner": told.delivery.owner,
                "url": told.delivery.url,
                "state": told.state,
                "attempt": told.delivery.attempt,
                "due": told.delivery.due,
                "body": String::from_utf8_lossy(&told.delivery.body),
                "lastAnswer": told.last_answer,
            })
        })
        .collect();
    all.sort_by_key(|told| std::cmp::Reverse(told["id"].as_u64()));
    all.truncate(SHOWN_MAX);
    all.into()
}

/// The last requests, the newest first.
pub(super) fn requests(world: &World) -> Json {
    let newest = world.requests().rev().take(SHOWN_MAX);
    newest.map(|request| json!(request)).collect()
}

/// Codes that can be scanned.
pub(super) fn codes(world: &World) -> Json {
    let codes = world.made_codes().take(SHOWN_MAX);
    let told = codes.map(|code| {
        let opens = match &code.content {
            Printed::Unlimited { scene, page, .. } => format!("{page}?scene={scene}"),
            Printed::Limited { path, .. } => path.clone(),
            Printed::Text { text, .. } => text.clone(),
        };
        json!({
            "id": code.id,
            "appid": code.app_id,
            "format": code.format(),
            "opens": opens,
            "text": world.code_text(code),
        })
    });
    told.collect()
}

/// A code as a picture; `None` when there is none of that id.
pub(super) fn picture(world: &World, id: &str) -> Option<Response> {
    let png = picture_of_code(world, id, PICTURE_WIDTH)?;
    Some(Response::new(200, "image/png", png))
}
