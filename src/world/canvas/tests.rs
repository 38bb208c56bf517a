//! Canvases as the world keeps them.

use serde_json::json;

use super::{COMMANDS_MAX, Draw, MakeCanvas, OpenCanvasContext, Place, PutPixels, USUAL_SIZE};
use crate::profile::Profile;
use crate::world::foreground::Kill;
use crate::world::route::{OpenFirstPage, Route, RouteKind, RouteRequest};
use crate::world::{AppFacts, World};

fn world() -> World {
    let app = AppFacts {
        pages: vec!["a".into(), "b".into()],
        ..AppFacts::default()
    };
    let mut world = World::new(Profile::default(), app, 1);
    let opened = world.apply(OpenFirstPage {
        path: "a".into(),
        query: Vec::new(),
    });
    opened.expect("a page");
    world
}

fn draw(world: &mut World, place: &Place, names: &[&str], reserve: bool) {
    let commands = names.iter().map(|name| json!({ "method": name }));
    world.apply(Draw {
        place: place.clone(),
        commands: commands.collect(),
        reserve,
        size: None,
    });
}

#[test]
fn a_drawing_takes_the_place_of_the_last_one_unless_it_is_kept() {
    let mut world = world();
    let object = world.apply(OpenCanvasContext("c".into()));
    let place = world.canvas_of(object).expect("its canvas").clone();
    assert_eq!(Some(&place), world.canvas_place("c").as_ref());
    assert!(world.canvas(&place).is_none(), "nothing was drawn");
    draw(&mut world, &place, &["one", "two"], false);
    draw(&mut world, &place, &["three"], true);
    let canvas = world.canvas(&place).expect("a drawing");
    assert_eq!((canvas.count(), canvas.size()), (3, USUAL_SIZE));
    draw(&mut world, &place, &["four"], false);
    let canvas = world.canvas(&place).expect("a drawing");
    assert_eq!(canvas.commands(), [json!({ "method": "four" })]);
}

#[test]
fn what_is_over_the_limit_is_counted() {
    let mut world = world();
    let place = world.canvas_place("c").expect("a page");
    let many = vec!["x"; COMMANDS_MAX + 5];
    draw(&mut world, &place, &many, false);
    let canvas = world.canvas(&place).expect("a drawing");
    assert_eq!(canvas.commands().len(), COMMANDS_MAX);
    assert_eq!(canvas.count(), COMMANDS_MAX + 5);
}

#[test]
fn pixels_are_where_they_were_put_and_black_elsewhere() {
    let mut world = world();
    let place = world.canvas_place("c").expect("a page");
    for (left, byte) in [(1, 7), (2, 9)] {
        world.apply(PutPixels {
            place: place.clone(),
            area: (left, 0, 2, 1),
            bytes: vec![byte; 8],
        });
    }
    let first = |bytes: Vec<u8>| bytes.chunks(4).map(|pixel| pixel[0]).collect::<Vec<_>>();
    assert_eq!(first(world.pixels(&place, (0, 0, 5, 1))), [0, 7, 9, 9, 0]);
    assert_eq!(first(world.pixels(&place, (2, -1, 1, 3))), [0, 9, 0]);
    assert_eq!(first(world.pixels(&place, (40, 40, 1, 1))), [0]);
    draw(&mut world, &place, &[], false);
    assert_eq!(first(world.pixels(&place, (1, 0, 1, 1))), [0], "cleared");
}

#[test]
fn canvases_end_with_their_page_and_with_the_program() {
    let mut world = world();
    let place = world.canvas_place("c").expect("a page");
    draw(&mut world, &place, &["one"], false);
    let request = RouteRequest::to(RouteKind::RedirectTo, "/b");
    world.apply(Route(request)).expect("a route");
    let size = (1, 2);
    let class = "OffscreenCanvas";
    let own = world.apply(MakeCanvas { class, size });
    assert!(world.canvas(&place).is_none(), "its page is gone");
    let own = Place::Own(own);
    assert_eq!(world.canvas(&own).map(super::Canvas::size), Some(size));
    assert!(world.canvas(&own).is_some_and(|canvas| !canvas.is_drawn()));
    world.apply(Kill);
    assert!(world.canvas(&own).is_none(), "the program is gone");
}
