//! What listeners of a socket hear, and those of `wx` when it speaks for the socket.

use serde_json::{Value as Json, json};

use super::World;
use super::notice::{Notice, Told};
use super::object::ObjectId;
use super::socket_rule::Message;

/// A member of an event that is an ArrayBuffer.
type Bytes = Option<(String, Vec<u8>)>;

pub(super) fn tell_message(world: &mut World, id: ObjectId, message: Message) {
    let (argument, bytes) = match message {
        Message::Text(text) => (json!({ "data": text }), None),
        Message::Bytes(bytes) => (json!({}), Some(("data".to_owned(), bytes))),
    };
    tell(world, id, "onMessage", argument.clone(), bytes.clone());
    tell_main(world, id, "onSocketMessage", argument, bytes);
}

pub(super) fn tell_error(world: &mut World, id: ObjectId, words: &str) {
    let argument = json!({ "errMsg": words });
    tell(world, id, "onError", argument.clone(), None);
    tell_main(world, id, "onSocketError", argument, None);
}

pub(super) fn tell_close(world: &mut World, id: ObjectId, code: u16, reason: &str) {
    let argument = json!({ "code": code, "reason": reason });
    tell(world, id, "onClose", argument.clone(), None);
    tell_main(world, id, "onSocketClose", argument, None);
}

/// Listeners of the socket hear of something.
pub(super) fn tell(world: &mut World, id: ObjectId, event: &str, argument: Json, bytes: Bytes) {
    let told = Told::of(id, event, argument);
    world.leave(0, Notice::Told(Told { bytes, ..told }));
}

/// Listeners that were added with a member of `wx` hear of it, if it speaks for the socket.
pub(super) fn tell_main(
    world: &mut World,
    id: ObjectId,
    event: &str,
    argument: Json,
    bytes: Bytes,
) {
    if world.sockets.main == Some(id) {
        let told = Told::global(event, argument);
        world.leave(0, Notice::Told(Told { bytes, ..told }));
    }
}
