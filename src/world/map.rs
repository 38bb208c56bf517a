//! Maps of pages: what part of the earth each shows, and the markers that the program added.
//!
//! Official pages: `api/media/map`, `component/map`. Coordinates are gcj02. A map begins around the
//! user, as large as one without styles.
//!
//! Differs from the client: every id names a map of the page on top, whether it has it or not, and
//! what the page's template says of it (center, scale, markers) is not known.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::gcj02;
use super::notice::{Alarm, Notice, Told};
use super::object::{NewObject, ObjectId};
use super::route::PageId;
use super::{Change, World, sealed::Sealed};

/// Width and height of a map without styles (official page `component/map`).
pub const SIZE: (f64, f64) = (300.0, 150.0);
/// Smallest and largest scale.
pub const SCALES: (f64, f64) = (3.0, 20.0);
/// Scale of a map that says none.
pub const USUAL_SCALE: f64 = 16.0;
/// Pixels around the earth at scale 0.
const EARTH_PX: f64 = 256.0;
/// Northernmost latitude of the projection.
const LATITUDE_MAX: f64 = 85.051_128_78;

/// A place on the earth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    /// Pixels from the north-west corner of the earth at a scale.
    fn pixels(self, scale: f64) -> (f64, f64) {
        let earth = EARTH_PX * scale.exp2();
        let limit = self.latitude.clamp(-LATITUDE_MAX, LATITUDE_MAX);
        let sine = limit.to_radians().sin();
        let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI);
        (earth * (self.longitude / 360.0 + 0.5), earth * y)
    }

    fn at_pixels(x: f64, y: f64, scale: f64) -> Self {
        let earth = EARTH_PX * scale.exp2();
        let latitude = (PI * (1.0 - 2.0 * y / earth)).sinh().atan().to_degrees();
        Self {
            latitude,
            longitude: 360.0 * (x / earth - 0.5),
        }
    }
}

/// What a map shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapView {
    /// The place in the middle.
    pub center: Point,
    /// How near.
    pub scale: f64,
    /// Degrees by which it is turned.
    pub rotate: f64,
    /// Degrees by which it is tilted.
    pub skew: f64,
    /// Markers that the program added, by id.
    pub markers: BTreeMap<i64, Point>,
    /// Number of the latest movement, and of that of each marker on its way.
    movements: u32,
    moving: BTreeMap<i64, u32>,
}

impl MapView {
    /// Its corners: south-west, north-east.
    pub fn region(&self) -> (Point, Point) {
        let corner = |x: f64, y: f64| self.place_at(x, y);
        (corner(0.0, SIZE.1), corner(SIZE.0, 0.0))
    }

    /// Where a place is on the map, in pixels from the upper left corner.
    pub fn screen(&self, point: Point) -> (f64, f64) {
        let (middle, place) = (self.center.pixels(self.scale), point.pixels(self.scale));
        (
            place.0 - middle.0 + SIZE.0 / 2.0,
            place.1 - middle.1 + SIZE.1 / 2.0,
        )
    }

    /// The place at a spot of the map.
    pub fn place_at(&self, x: f64, y: f64) -> Point {
        let middle = self.center.pixels(self.scale);
        let (x, y) = (middle.0 + x - SIZE.0 / 2.0, middle.1 + y - SIZE.1 / 2.0);
        Point::at_pixels(x, y, self.scale)
    }

    /// Shows all of the points, with so many pixels free at each side.
    fn include(&mut self, points: &[Point], free: [f64; 4]) {
        let (Some(first), size) = (points.first(), SIZE) else {
            return;
        };
        let bounds = points.iter().fold((*first, *first), |(low, high), point| {
            let low = Point {
                latitude: low.latitude.min(point.latitude),
                longitude: low.longitude.min(point.longitude),
            };
            let high = Point {
                latitude: high.latitude.max(point.latitude),
                longitude: high.longitude.max(point.longitude),
            };
            (low, high)
        });
        let (low, high) = (bounds.0.pixels(0.0), bounds.1.pixels(0.0));
        let room = (
            (size.0 - free[1] - free[3]).max(1.0),
            (size.1 - free[0] - free[2]).max(1.0),
        );
        let fits = |room: f64, span: f64| (room / span.abs().max(1e-9)).log2();
        let scale = fits(room.0, high.0 - low.0).min(fits(room.1, high.1 - low.1));
        self.scale = scale.clamp(SCALES.0, SCALES.1);
        self.center = Point::at_pixels(
            f64::midpoint(low.0, high.0),
            f64::midpoint(low.1, high.1),
            0.0,
        );
    }
}

/// The maps that the program asked for, and which one a context is of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Maps {
    contexts: BTreeMap<ObjectId, usize>,
    list: Vec<(PageId, String, MapView)>,
}

/// The program gets a context of the map of that id in the page on top.
#[derive(Clone, Debug)]
pub struct OpenMap(pub String);

impl Sealed for OpenMap {}
impl Change for OpenMap {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let context = world.apply(NewObject("MapContext"));
        let page = world.current_page().map_or(PageId(0), |page| page.id);
        let mut maps = world.maps.list.iter();
        let known = maps.position(|(of, id, _)| *of == page && *id == self.0);
        let at = known.unwrap_or_else(|| {
            let view = MapView {
                center: world.here(),
                scale: USUAL_SCALE,
                rotate: 0.0,
                skew: 0.0,
                markers: BTreeMap::new(),
                movements: 0,
                moving: BTreeMap::new(),
            };
            world.maps.list.push((page, self.0, view));
            world.maps.list.len() - 1
        });
        world.maps.contexts.insert(context, at);
        context
    }
}

impl World {
    /// Where the user is, as maps count.
    fn here(&self) -> Point {
        let place = self.location();
        let (latitude, longitude) = gcj02::of_wgs84(place.latitude, place.longitude);
        Point {
            latitude,
            longitude,
        }
    }

    /// What the map of a context shows.
    pub fn map_view(&self, context: ObjectId) -> Option<&MapView> {
        let at = *self.maps.contexts.get(&context)?;
        self.maps.list.get(at).map(|(_, _, view)| view)
    }
}

/// What happens to a map.
#[derive(Clone, Debug, PartialEq)]
pub enum MapEdit {
    /// Another place is in the middle; the user's without one.
    MoveTo(Option<Point>),
    /// All of these are shown, with so many pixels free above, right, below and left.
    Include(Vec<Point>, [f64; 4]),
    /// Markers are added; first the others go, when that is said.
    Add(Vec<(i64, Point)>, bool),
    /// Markers go.
    Remove(Vec<i64>),
    /// A marker moves, and listeners of `animationEnd ID` hear when it is there.
    Translate(i64, Point, i64),
}

/// Changes the map of a context.
#[derive(Clone, Debug)]
pub struct EditMap {
    /// The context.
    pub context: ObjectId,
    /// What happens.
    pub edit: MapEdit,
}

impl Sealed for EditMap {}
impl Change for EditMap {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let here = world.here();
        let at = world.maps.contexts.get(&self.context).copied();
        let Some((_, _, view)) = at.and_then(|at| world.maps.list.get_mut(at)) else {
            return;
        };
        match self.edit {
            MapEdit::MoveTo(point) => view.center = point.unwrap_or(here),
            MapEdit::Include(points, free) => view.include(&points, free),
            MapEdit::Add(markers, clear) => {
                if clear {
                    view.markers.clear();
                }
                view.markers.extend(markers);
            }
            MapEdit::Remove(ids) => view.markers.retain(|id, _| !ids.contains(id)),
            MapEdit::Translate(id, point, after_ms) => {
                view.markers.insert(id, point);
                view.movements += 1;
                view.moving.insert(id, view.movements);
                let movement = Movement {
                    context: self.context,
                    marker: id,
                    number: view.movements,
                };
                world.leave_idle(after_ms, Notice::Alarm(Alarm::MarkerMoved(movement)));
            }
        }
    }
}

/// A movement of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    context: ObjectId,
    marker: i64,
    number: u32,
}

/// A marker is where it was sent, unless it was sent elsewhere since.
pub(super) fn moved(world: &mut World, movement: Movement) {
    let at = world.maps.contexts.get(&movement.context).copied();
    let Some((_, _, view)) = at.and_then(|at| world.maps.list.get_mut(at)) else {
        return;
    };
    if view.moving.get(&movement.marker) == Some(&movement.number) {
        view.moving.remove(&movement.marker);
        let event = format!("animationEnd {}", movement.marker);
        let told = Told::of(movement.context, &event, serde_json::Value::Null);
        world.leave(0, Notice::Told(told));
    }
}

#[cfg(test)]
mod tests {
    use super::{EditMap, MapEdit, OpenMap, Point, SCALES, SIZE};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::{AppFacts, World};

    const fn at(latitude: f64, longitude: f64) -> Point {
        Point {
            latitude,
            longitude,
        }
    }

    fn close(one: Point, other: Point) -> bool {
        (one.latitude - other.latitude).abs() < 1e-6
            && (one.longitude - other.longitude).abs() < 1e-6
    }

    #[test]
    fn a_place_has_a_spot_on_the_map_and_a_spot_a_place() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let context = world.apply(OpenMap("m".into()));
        let point = at(31.2, 121.5);
        let edit = MapEdit::MoveTo(Some(point));
        world.apply(EditMap { context, edit });
        let view = world.map_view(context).expect("a map");
        let (x, y) = view.screen(point);
        assert!((x - SIZE.0 / 2.0).abs() < 1e-6 && (y - SIZE.1 / 2.0).abs() < 1e-6);
        let (low, high) = view.region();
        assert!(low.latitude < 31.2 && high.latitude > 31.2);
        assert!(low.longitude < 121.5 && high.longitude > 121.5);
        // At the equator of scale 0, 256 pixels are 360 degrees.
        assert!(close(Point::at_pixels(128.0, 128.0, 0.0), at(0.0, 0.0)));
        assert!(close(Point::at_pixels(256.0, 128.0, 0.0), at(0.0, 180.0)));
        for point in [at(-33.9, 151.2), at(64.1, -21.9)] {
            let (x, y) = point.pixels(12.5);
            assert!(close(Point::at_pixels(x, y, 12.5), point));
        }
    }

    #[test]
    fn points_that_are_included_are_on_the_map() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let context = world.apply(OpenMap("m".into()));
        let points = vec![at(39.9, 116.4), at(31.2, 121.5)];
        let edit = MapEdit::Include(points.clone(), [10.0, 20.0, 30.0, 40.0]);
        world.apply(EditMap { context, edit });
        let view = world.map_view(context).expect("a map");
        for point in &points {
            let (x, y) = view.screen(*point);
            assert!(
                (0.0..=SIZE.0).contains(&x) && (0.0..=SIZE.1).contains(&y),
                "{x} {y}"
            );
        }
        let edit = MapEdit::Include(points[..1].to_vec(), [0.0; 4]);
        world.apply(EditMap { context, edit });
        let view = world.map_view(context).expect("a map");
        assert!(close(view.center, points[0]) && (view.scale - SCALES.1).abs() < 1e-9);
    }

    #[test]
    fn contexts_of_one_map_share_it_and_end_with_the_program() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let [first, second] = [(); 2].map(|()| world.apply(OpenMap("m".into())));
        let other = world.apply(OpenMap("n".into()));
        let edit = MapEdit::Add(vec![(1, at(1.0, 2.0)), (2, at(3.0, 4.0))], false);
        world.apply(EditMap {
            context: first,
            edit,
        });
        let edit = MapEdit::Remove(vec![1, 9]);
        world.apply(EditMap {
            context: second,
            edit,
        });
        let ids = |context| {
            let view = world.map_view(context).expect("a map");
            view.markers.keys().copied().collect::<Vec<_>>()
        };
        assert_eq!((ids(first), ids(other)), (vec![2], vec![]));
        world.apply(Kill);
        assert!(world.map_view(first).is_none());
    }
}
