//! `MapContext`: which part of the earth a map shows.

use super::{numbers, point};
use crate::api::{Cx, Reply};
use crate::value::Value;
use crate::version::Version;
use crate::world::map::{EditMap, MapEdit, MapView, Point};

/// Base library since which `moveToLocation` takes coordinates.
pub(super) const COORDINATES_SINCE: Version = Version(2, 8, 0);

fn of<T>(cx: &Cx<'_>, read: impl FnOnce(&MapView) -> T) -> Option<T> {
    cx.world.map_view(cx.this()).map(read)
}

/// About a decimetre, and the same on every machine.
fn rounded(degrees: f64) -> Value {
    ((degrees * 1e6).round() / 1e6).into()
}

fn members(point: Point) -> [(&'static str, Value); 2] {
    [
        ("longitude", rounded(point.longitude)),
        ("latitude", rounded(point.latitude)),
    ]
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of replies")]
fn named<const N: usize>(members: [(&str, Value); N]) -> Reply {
    Ok(members.map(|(key, value)| (key.to_owned(), value)).to_vec())
}

pub(super) fn center(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let center = of(cx, |view| view.center);
    center.map_or(Ok(Vec::new()), |center| named(members(center)))
}

pub(super) fn region(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let region = of(cx, MapView::region);
    region.map_or(Ok(Vec::new()), |(low, high)| {
        named([
            ("southwest", Value::object(members(low))),
            ("northeast", Value::object(members(high))),
        ])
    })
}

pub(super) fn scale(cx: &mut Cx<'_>, _: &Value) -> Reply {
    named([(
        "scale",
        rounded(of(cx, |view| view.scale).unwrap_or_default()),
    )])
}

pub(super) fn rotate(cx: &mut Cx<'_>, _: &Value) -> Reply {
    named([(
        "rotate",
        of(cx, |view| view.rotate).unwrap_or_default().into(),
    )])
}

pub(super) fn skew(cx: &mut Cx<'_>, _: &Value) -> Reply {
    named([("skew", of(cx, |view| view.skew).unwrap_or_default().into())])
}

pub(super) fn move_to_location(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let context = cx.this();
    let takes_place = cx.world.profile().sdk >= COORDINATES_SINCE;
    let edit = MapEdit::MoveTo(point(options).filter(|_| takes_place));
    cx.world.apply(EditMap { context, edit });
    named([])
}

pub(super) fn include_points(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let points = options.get("points").items().iter().filter_map(point);
    let padding = numbers(options.get("padding"));
    let free = [0, 1, 2, 3].map(|side| padding.get(side).copied().unwrap_or(0.0));
    let context = cx.this();
    let edit = MapEdit::Include(points.collect(), free);
    cx.world.apply(EditMap { context, edit });
    named([])
}

pub(super) fn to_screen(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let spot = point(options).and_then(|point| of(cx, |view| view.screen(point)));
    let (x, y) = spot.unwrap_or_default();
    named([("x", x.round().into()), ("y", y.round().into())])
}

pub(super) fn from_screen(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let number = |key: &str| options.get(key).as_f64().unwrap_or_default();
    let place = of(cx, |view| view.place_at(number("x"), number("y")));
    place.map_or(Ok(Vec::new()), |place| named(members(place)))
}
