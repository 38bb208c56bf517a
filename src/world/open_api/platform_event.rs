//! Events of the platform itself for the server of a program.
//!
//! Official page: "Message push". They come from a user of the platform, who is nobody in the world.

use serde_json::{Map, Value as Json};

use super::super::World;
use super::super::handover::{Recipient, hand};
use super::super::rng::derived_text;

/// Characters of an `openid` behind the first.
const ID_CHARS: usize = 27;

/// Hands an event with these members to the server of an app.
pub(super) fn hand_event(world: &mut World, app_id: &str, event: &str, members: Json) {
    let platform = derived_text(world.seed, &["platform user", app_id], ID_CHARS);
    let mut message = Map::new();
    message.insert("ToUserName".into(), world.original_id(app_id).into());
    message.insert("FromUserName".into(), format!("o{platform}").into());
    message.insert("CreateTime".into(), (world.now.0 / 1_000).into());
    message.insert("MsgType".into(), "event".into());
    message.insert("Event".into(), event.into());
    if let Json::Object(members) = members {
        message.extend(members);
    }
    let to = Recipient::Server(app_id.to_owned());
    hand(world, to, Json::Object(message));
}
