//! `MapContext`: markers that the program adds and moves.

use super::point;
use crate::api::{Cx, Reply};
use crate::value::Value;
use crate::world::map::{EditMap, MapEdit};

/// Duration of a movement that says none, in milliseconds (official page of `translateMarker`).
const DURATION_MS: i64 = 1_000;

fn number(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "float casts saturate")]
    value.as_f64().map(|number| number as i64)
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn edit(cx: &mut Cx<'_>, edit: Option<MapEdit>) -> Reply {
    let context = cx.this();
    if let Some(edit) = edit {
        cx.world.apply(EditMap { context, edit });
    }
    Ok(Vec::new())
}

pub(super) fn translate_marker(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let id = number(options.get("markerId")).unwrap_or_default();
    let duration_ms = number(options.get("duration"))
        .unwrap_or(DURATION_MS)
        .max(0);
    let target = point(options.get("destination"));
    edit(
        cx,
        target.map(|target| MapEdit::Translate(id, target, duration_ms)),
    )
}

pub(super) fn move_along(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let id = number(options.get("markerId")).unwrap_or_default();
    let duration_ms = number(options.get("duration"))
        .unwrap_or(DURATION_MS)
        .max(0);
    let target = options.get("path").items().last().and_then(point);
    edit(
        cx,
        target.map(|target| MapEdit::Translate(id, target, duration_ms)),
    )
}

pub(super) fn add_markers(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let markers = options.get("markers").items().iter();
    let markers = markers.filter_map(|marker| Some((number(marker.get("id"))?, point(marker)?)));
    let clear = options.get("clear").as_bool() == Some(true);
    edit(cx, Some(MapEdit::Add(markers.collect(), clear)))
}

pub(super) fn remove_markers(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let ids = options.get("markerIds").items().iter();
    let id = |value: &Value| match value {
        Value::String(text) => text.parse().ok(),
        other => number(other),
    };
    edit(cx, Some(MapEdit::Remove(ids.filter_map(id).collect())))
}
