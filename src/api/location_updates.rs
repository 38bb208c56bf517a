//! What the two APIs that start updates of the location share.

use super::{Cx, Reply};
use crate::value::Value;
use crate::world::location_updates::{StartUpdates, Updates};

/// Updates begin, in the coordinates that `type` asks for: `gcj02` unless it is `wgs84`.
///
/// # Errors
/// None: the gate has refused what may not start.
pub fn start(cx: &mut Cx<'_>, options: &Value, in_background: bool) -> Reply {
    cx.world.apply(StartUpdates(Updates {
        in_background,
        gcj02: options.get("type").as_str() != Some("wgs84"),
    }));
    Ok(Vec::new())
}
