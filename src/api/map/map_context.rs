//! `MapContext`: controls a map.
//!
//! Official page: `api/media/map/MapContext`. `on` and the callback `animationEnd` are in
//! `js-prelude/80_map.js`. Layers, pictures, arcs and boundaries are taken and nobody sees them.
//!
//! `moveToLocation` takes coordinates since base library 2.8.0. Without them it shows where the user is,
//! for which it needs `scope.userLocation`, as the page says; since 2.25.2 it needs no scope with them. It is
//! none of the APIs that `requiredPrivateInfos` must list.
//!
//! Unverified: `moveToLocation` without coordinates works without `show-location`; it is guarded in every
//! base library; with coordinates it needs no agreement to the privacy guide.

mod marker;
mod view;

use crate::api::{Class as ApiClass, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Group, Guard, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::map::Point;
use crate::world::privacy::PrivacyItem;

/// The class.
pub const CLASS: ApiClass = ApiClass {
    name: "MapContext",
    methods: METHODS,
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Map,
    ..ApiSpec::ASYNC
};

const METHODS: &[crate::api::Api] = &[
    answer(
        &ApiSpec {
            name: "MapContext.getCenterLocation",
            summary: "Tells which place is in the middle.",
            since: Version(1, 0, 0),
            params: &[Param::optional("iconPath", Class::String)],
            ..METHOD
        },
        view::center,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.getRegion",
            summary: "Tells the corners of the map.",
            since: Version(1, 4, 0),
            params: &[],
            ..METHOD
        },
        view::region,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.getScale",
            summary: "Tells how near the map is.",
            since: Version(1, 4, 0),
            params: &[],
            ..METHOD
        },
        view::scale,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.getRotate",
            summary: "Tells by how much the map is turned.",
            since: Version(2, 8, 0),
            params: &[],
            ..METHOD
        },
        view::rotate,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.getSkew",
            summary: "Tells by how much the map is tilted.",
            since: Version(2, 8, 0),
            params: &[],
            ..METHOD
        },
        view::skew,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.moveToLocation",
            summary: "Puts a place, or the user, into the middle.",
            since: Version(1, 2, 0),
            params: &[
                Param::since("latitude", Class::Number, view::COORDINATES_SINCE),
                Param::since("longitude", Class::Number, view::COORDINATES_SINCE),
            ],
            guard: Guard::ScopeUnlessGiven(
                "scope.userLocation",
                &["latitude", "longitude"],
                Version(2, 25, 2),
            ),
            privacy: Some(PrivacyItem::Location),
            fails: &[
                Reason::AuthDeny,
                Reason::AuthCanceled,
                Reason::PermissionDescMissing,
                Reason::SystemPermissionDenied,
            ],
            ..METHOD
        },
        view::move_to_location,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.includePoints",
            summary: "Shows all of some places.",
            since: Version(1, 2, 0),
            params: &[
                Param::required("points", Class::Array),
                Param::optional("padding", Class::Array),
            ],
            ..METHOD
        },
        view::include_points,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.toScreenLocation",
            summary: "Tells where a place is on the map.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("latitude", Class::Number),
                Param::required("longitude", Class::Number),
            ],
            ..METHOD
        },
        view::to_screen,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.fromScreenLocation",
            summary: "Tells which place is at a spot of the map.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("x", Class::Number),
                Param::required("y", Class::Number),
            ],
            ..METHOD
        },
        view::from_screen,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.translateMarker",
            summary: "Moves a marker.",
            since: Version(1, 2, 0),
            params: &[
                Param::required("markerId", Class::Number),
                Param::required("destination", Class::Object),
                Param::optional("autoRotate", Class::Boolean),
                Param::optional("rotate", Class::Number),
                Param::optional("moveWithRotate", Class::Boolean),
                Param::optional("duration", Class::Number),
                Param::optional("animationEnd", Class::Function),
            ],
            ..METHOD
        },
        marker::translate_marker,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.moveAlong",
            summary: "Moves a marker along a path.",
            since: Version(2, 13, 0),
            params: &[
                Param::required("markerId", Class::Number),
                Param::required("path", Class::Array),
                Param::required("duration", Class::Number),
                Param::optional("autoRotate", Class::Boolean),
                Param::optional("precision", Class::Number),
            ],
            support: Support::Partial("events on the way"),
            ..METHOD
        },
        marker::move_along,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.addMarkers",
            summary: "Adds markers.",
            since: Version(2, 13, 0),
            params: &[
                Param::required("markers", Class::Array),
                Param::optional("clear", Class::Boolean),
            ],
            ..METHOD
        },
        marker::add_markers,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.removeMarkers",
            summary: "Removes markers.",
            since: Version(2, 13, 0),
            params: &[Param::required("markerIds", Class::Array)],
            ..METHOD
        },
        marker::remove_markers,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.setCenterOffset",
            summary: "Shifts the middle of the map.",
            since: Version(2, 10, 0),
            params: &[Param::required("offset", Class::Array)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.addCustomLayer",
            summary: "Adds a layer.",
            since: Version(2, 12, 0),
            params: &[Param::required("layerId", Class::String)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.removeCustomLayer",
            summary: "Removes a layer.",
            since: Version(2, 12, 0),
            params: &[Param::required("layerId", Class::String)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.addGroundOverlay",
            summary: "Adds a picture.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("id", Class::Any),
                Param::required("src", Class::String),
                Param::required("bounds", Class::Object),
            ],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.updateGroundOverlay",
            summary: "Changes a picture.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("id", Class::Any),
                Param::required("src", Class::String),
                Param::required("bounds", Class::Object),
            ],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.removeGroundOverlay",
            summary: "Removes a picture.",
            since: Version(2, 14, 0),
            params: &[Param::required("id", Class::Any)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.addVisualLayer",
            summary: "Adds a layer of data.",
            since: Version(2, 20, 1),
            params: &[Param::required("layerId", Class::String)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.removeVisualLayer",
            summary: "Removes a layer of data.",
            since: Version(2, 20, 1),
            params: &[Param::required("layerId", Class::String)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.executeVisualLayerCommand",
            summary: "Commands a layer of data.",
            since: Version(2, 26, 0),
            params: &[
                Param::required("layerId", Class::String),
                Param::required("command", Class::String),
            ],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.addArc",
            summary: "Adds an arc.",
            since: Version(2, 22, 0),
            params: &[
                Param::required("id", Class::Any),
                Param::required("start", Class::Object),
                Param::required("end", Class::Object),
            ],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.removeArc",
            summary: "Removes an arc.",
            since: Version(2, 22, 0),
            params: &[Param::required("id", Class::Any)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.eraseLines",
            summary: "Erases lines.",
            since: Version(2, 5, 0),
            params: &[Param::required("lines", Class::Array)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.setBoundary",
            summary: "Keeps the map within bounds.",
            since: Version(2, 22, 0),
            params: &[
                Param::required("southwest", Class::Object),
                Param::required("northeast", Class::Object),
            ],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.setLocMarkerIcon",
            summary: "Sets the picture of the user.",
            since: Version(2, 16, 0),
            params: &[Param::optional("iconPath", Class::String)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.initMarkerCluster",
            summary: "Joins markers that are near each other.",
            since: Version(2, 13, 0),
            params: &[Param::optional("gridSize", Class::Number)],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
    answer(
        &ApiSpec {
            name: "MapContext.openMapApp",
            summary: "Lets the user choose a map application.",
            since: Version(2, 14, 0),
            params: &[
                Param::required("latitude", Class::Number),
                Param::required("longitude", Class::Number),
                Param::required("destination", Class::String),
            ],
            support: Support::Partial("what it shows"),
            ..METHOD
        },
        taken,
    ),
];

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn taken(_: &mut Cx<'_>, _: &Value) -> Reply {
    Ok(Vec::new())
}

/// `{latitude, longitude}`.
fn point(value: &Value) -> Option<Point> {
    let number = |key: &str| value.get(key).as_f64().filter(|number| number.is_finite());
    Some(Point {
        latitude: number("latitude")?,
        longitude: number("longitude")?,
    })
}

/// The numbers of a list.
fn numbers(value: &Value) -> Vec<f64> {
    value.items().iter().filter_map(Value::as_f64).collect()
}
