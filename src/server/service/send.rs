//! `POST /cgi-bin/message/custom/send`: a message of the customer service.
//!
//! Official page: `customerServiceMessage.send`. Five messages within 48 hours of the user's last one, two within
//! a minute of entering ([`conversation`](crate::world::conversation)). `customservice`, `businessid` and
//! `aimsgcontext` are taken and change nothing.
//!
//! Unverified: a text has 2,048 bytes at most, an empty one gives 44004; a card without a page or with an unknown
//! one gives 41030; a link without title or address 47001.
//!
//! Differs from the platform: a link in a text to another program is shown as text, not refused; the protection of
//! minors (70000) comes only as an injected fault.

use serde_json::Value as Json;

use super::{is_mini_program, media};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode::{self, Code};
use crate::server::fault::Fault;
use crate::server::openid;
use crate::world::World;
use crate::world::conversation::{SendError, SendFromService};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "customerServiceMessage.send",
    Verb::Post,
    "/cgi-bin/message/custom/send",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    if !is_mini_program(world, &asked.app_id) {
        let why = "the world holds conversations with mini programs alone";
        return Err(errcode::API_UNAUTHORIZED.because(why));
    }
    let body = Json::Object(asked.json()?.clone());
    let caller = openid::user(world, &asked.app_id, &asked.text("touser")?)?;
    media::check(world, &asked.app_id, &body)?;
    let sent = world.apply(SendFromService(caller, body));
    sent.map_err(told)?;
    Ok(Answer::ok())
}

/// What goes over the wire for a message that was not sent.
pub(super) fn told(error: SendError) -> Fault {
    let (code, why): (Code, &str) = match error {
        SendError::Type => (
            errcode::INVALID_TYPE,
            "official accounts alone send this type; mini programs send text, image, link, miniprogrampage",
        ),
        SendError::UnknownType => (
            errcode::INVALID_MESSAGE_TYPE,
            "`msgtype` is text, image, link or miniprogrampage",
        ),
        SendError::Format => (
            errcode::DATA_FORMAT,
            "the object of the type lacks a text: link has title and url, miniprogrampage has title",
        ),
        SendError::Empty => (errcode::EMPTY_CONTENT, "`text.content` is missing or empty"),
        SendError::Medium => (errcode::INVALID_MEDIA_ID, "`image.media_id` is missing"),
        SendError::TooLong => (
            errcode::CONTENT_TOO_LONG,
            "a text has 2048 bytes at most, any other message 16384",
        ),
        SendError::Page => (
            errcode::INVALID_PAGE,
            "app.json has no page of `miniprogrampage.pagepath`",
        ),
        SendError::OpenId => (errcode::INVALID_OPENID, ""),
        SendError::Blocked => (
            errcode::USER_BLOCKS_APP,
            "the user turned messages of the service off",
        ),
        SendError::OutOfTime => (
            errcode::OUT_OF_TIME,
            "the user must have sent a message within 48 hours or entered within a minute",
        ),
        SendError::OutOfCount => (
            errcode::OUT_OF_COUNT,
            "a message of the user allows five, entering two",
        ),
    };
    code.because(why)
}

#[cfg(test)]
#[path = "send_tests.rs"]
mod tests;
