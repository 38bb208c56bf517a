//! Made codes: what opening one gives, how they are counted, which are kept.

use super::super::{BadScan, Content, DeclareCodes, PrintedCode, Scan};
use super::{CODES_KEPT_MAX, LIMITED_MAX, MakeCode, MakeProblem, READABLE_MAX, UNKNOWN_PAGES_MAX};
use crate::profile::Profile;
use crate::world::account::EnvVersion;
use crate::world::save::GoOnWith;
use crate::world::{AppFacts, World};

fn facts() -> AppFacts {
    AppFacts {
        app_id: "wx1".into(),
        pages: vec!["p/home".into(), "p/menu".into()],
        ..AppFacts::default()
    }
}

fn world() -> World {
    World::new(Profile::default(), facts(), 1)
}

fn make(world: &mut World, app_id: &str, content: Content) -> Result<String, MakeProblem> {
    world.apply(MakeCode {
        app_id: app_id.into(),
        content,
        env_version: EnvVersion::Release,
    })
}

fn limited(path: &str, square: bool) -> Content {
    Content::Limited {
        path: path.into(),
        square,
    }
}

fn unlimited(scene: &str, page: &str, check_path: bool) -> Content {
    Content::Unlimited {
        scene: scene.into(),
        page: page.into(),
        check_path,
    }
}

fn opened(world: &World, name: &str) -> Vec<String> {
    let opened = Scan::ALL.into_iter().map(|(_, scan)| {
        let options = world.opened_by_code(name, scan).expect(name);
        format!("{} {} {:?}", options.scene, options.path, options.query)
    });
    opened.collect()
}

#[test]
fn a_made_code_is_scanned_by_its_id_and_by_the_text_of_its_picture() {
    let mut world = world();
    for (content, scenes, page) in [
        (
            unlimited("a=1", "p/menu", true),
            [1047, 1048, 1049],
            r#"p/menu [("scene", "a%3D1")]"#,
        ),
        (
            unlimited("a=1", "", true),
            [1047, 1048, 1049],
            r#"p/home [("scene", "a%3D1")]"#,
        ),
        (
            limited("/p/menu?b=%2F", false),
            [1047, 1048, 1049],
            r#"p/menu [("b", "%2F")]"#,
        ),
        (
            limited("p/menu?b=2", true),
            [1011, 1012, 1013],
            r#"p/menu [("b", "2")]"#,
        ),
    ] {
        let id = make(&mut world, "wx1", content).expect("it is good");
        let wanted = scenes.map(|scene| format!("{scene} {page}"));
        let text = format!("wxcode://wx1/{id}");
        assert_eq!(opened(&world, &id), wanted);
        assert_eq!(opened(&world, &text), wanted);
        let scanned = world.scanned(&text).expect("it is there");
        assert_eq!((&*scanned.result, scanned.raw), ("", text));
    }
    for wrong in [
        "wxcode://wx1/",
        "wxcode://wx1",
        "wxcode://",
        "wxcode://wx1/x",
    ] {
        assert!(world.printed_code(wrong).is_none(), "{wrong}");
    }
    let id = world.readable_codes(&["qrCode"])[0].clone();
    let other = world.opened_by_code(&format!("wxcode://wx2/{id}"), Scan::Camera);
    assert!(
        matches!(other, Err(BadScan::NoCode(..))),
        "another app's text"
    );
}

#[test]
fn a_printed_code_is_found_by_the_text_of_its_picture_too() {
    let mut world = world();
    let code = |id: &str, content| PrintedCode {
        id: id.into(),
        content,
        app_id: None,
        env_version: EnvVersion::Release,
    };
    let text = |format: &str| Content::Text {
        text: "https://a.example/".into(),
        format: format.into(),
        page: String::new(),
    };
    world.apply(DeclareCodes {
        codes: vec![
            code("桌 7", limited("p/menu", false)),
            code("link", text("QR_CODE")),
            code("bars", text("EAN_13")),
        ],
        links: Vec::new(),
    });
    let text = |world: &World, id: &str| {
        let code = world.printed_code(id).expect(id);
        world.code_text(code)
    };
    let of_table = text(&world, "桌 7").expect("it is one of a program");
    assert_eq!(of_table, "wxcode://wx1/%E6%A1%8C%207");
    assert_eq!(opened(&world, &of_table), opened(&world, "桌 7"));
    assert_eq!(text(&world, "link").as_deref(), Some("https://a.example/"));
    assert_eq!(text(&world, "bars"), None);
    let raw = |name: &str| world.scanned(name).expect(name).raw;
    assert_eq!(raw(&of_table), raw("桌 7"));
    assert!(!raw("桌 7").starts_with("wxcode://"), "nobody made it here");
}

#[test]
fn made_codes_outlive_declarations_and_the_end_of_a_run() {
    let mut world = world();
    let id = make(&mut world, "wx1", unlimited("7", "p/menu", true)).expect("it is good");
    world.apply(DeclareCodes {
        codes: Vec::new(),
        links: Vec::new(),
    });
    let mut world = World::restore(&world.save()).expect("it was just saved");
    let mut later = facts();
    later.pages.pop();
    world.apply(GoOnWith(later));
    assert_eq!(
        opened(&world, &id)[0],
        r#"1047 p/menu [("scene", "7")]"#,
        "the page is gone, the code is printed"
    );
    world.apply(GoOnWith(AppFacts {
        app_id: "wx2".into(),
        ..facts()
    }));
    let other = world.opened_by_code(&id, Scan::Camera);
    assert!(matches!(other, Err(BadScan::OtherProgram(..))), "{other:?}");
}

#[test]
fn another_build_is_another_code() {
    let mut world = world();
    let mut id = |env_version| {
        world.apply(MakeCode {
            app_id: "wx1".into(),
            content: limited("p/menu", false),
            env_version,
        })
    };
    let (release, trial) = (id(EnvVersion::Release), id(EnvVersion::Trial));
    assert_ne!(release, trial);
    let trial = trial.expect("it is good");
    let options = world.opened_by_code(&trial, Scan::Camera);
    assert!(matches!(options, Err(BadScan::OtherBuild { .. })));
}

#[test]
fn codes_with_a_path_are_counted_for_the_life_of_an_app() {
    let mut world = world();
    let mut made = |app: &str, content| {
        let id = make(&mut world, app, content);
        (id, world.limited_codes_made("wx1"))
    };
    let (first, count) = made("wx1", limited("p/menu", false));
    assert_eq!(count, 1);
    assert_eq!(
        made("wx1", limited("p/menu", false)),
        (first, 1),
        "the same"
    );
    assert_eq!(made("wx1", limited("p/menu", true)).1, 2, "one pool");
    assert_eq!(made("wx1", unlimited("1", "", true)).1, 2);
    assert_eq!(made("wx2", limited("p/menu", true)).1, 2, "another app");
    let count = world
        .codes
        .made
        .counts
        .get_mut("wx1")
        .expect("it made some");
    count.limited = LIMITED_MAX - 1;
    assert!(make(&mut world, "wx1", limited("p/a", false)).is_ok());
    for square in [false, true] {
        let full = make(&mut world, "wx1", limited("p/b", square));
        assert_eq!(full, Err(MakeProblem::TooManyCodes));
    }
    assert!(
        make(&mut world, "wx1", limited("p/menu", true)).is_ok(),
        "made before"
    );
    assert!(make(&mut world, "wx1", unlimited("2", "", true)).is_ok());
    assert!(make(&mut world, "wx2", limited("p/b", false)).is_ok());
}

#[test]
fn pages_are_checked_unless_one_says_not_to() {
    let mut world = world();
    let mut made = |app: &str, page: &str, check| {
        let id = make(&mut world, app, unlimited("1", page, check));
        id.map(|_| world.codes.made.counts[app].unknown_pages.len())
    };
    assert_eq!(made("wx1", "p/none", true), Err(MakeProblem::UnknownPage));
    assert_eq!(made("wx1", "p/menu", false), Ok(0));
    assert_eq!(made("wx1", "p/none", false), Ok(1));
    assert_eq!(made("wx1", "p/none", false), Ok(1), "the same page");
    assert_eq!(
        made("wx2", "p/none", true),
        Ok(0),
        "its pages are not known"
    );
    let count = world
        .codes
        .made
        .counts
        .get_mut("wx1")
        .expect("it made some");
    let more = (0..).take(UNKNOWN_PAGES_MAX - 1);
    count.unknown_pages.extend(more);
    let full = make(&mut world, "wx1", unlimited("1", "p/more", false));
    assert_eq!(full, Err(MakeProblem::TooManyPages));
    assert!(make(&mut world, "wx1", unlimited("2", "p/none", false)).is_ok());
}

#[test]
fn the_codes_that_were_asked_for_last_are_kept() {
    let mut world = world();
    let mut code = |n: usize| {
        let id = make(&mut world, "wx1", unlimited(&n.to_string(), "", true));
        id.expect("it is good")
    };
    let (first, second) = (code(0), code(1));
    for n in 2..CODES_KEPT_MAX {
        code(n);
    }
    assert_eq!(code(0), first, "it is the latest now");
    let last = code(CODES_KEPT_MAX);
    assert_eq!(world.made_codes().count(), CODES_KEPT_MAX);
    let latest: Vec<&str> = world.made_codes().take(2).map(|code| &*code.id).collect();
    assert_eq!(latest, [&*last, &*first]);
    assert!(world.printed_code(&second).is_none());
    assert!(world.printed_code(&first).is_some());
    assert_eq!(world.readable_codes(&[]).len(), READABLE_MAX);
    assert_eq!(world.readable_codes(&["barCode"]).len(), 0);
}
