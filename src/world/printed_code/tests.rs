//! Codes: how each opens the program, what the program reads from it.

use super::{BadScan, Content, DeclareCodes, LinkRule, PrintedCode, Scan, uri_component};
use crate::profile::{Date, Platform, Profile};
use crate::version::Version;
use crate::world::account::EnvVersion;
use crate::world::enter_options::EnterOptions;
use crate::world::{AppFacts, World};

fn code(id: &str, content: Content) -> PrintedCode {
    PrintedCode {
        id: id.into(),
        content,
        app_id: None,
        env_version: EnvVersion::Release,
    }
}

fn text(text: &str, format: &str, page: &str) -> Content {
    Content::Text {
        text: text.into(),
        format: format.into(),
        page: page.into(),
    }
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

fn world(profile: Profile) -> World {
    let app = AppFacts {
        app_id: "wx1".into(),
        pages: vec!["p/home".into(), "p/menu".into()],
        ..AppFacts::default()
    };
    let mut world = World::new(profile, app, 1);
    let mut foreign = code("foreign", limited("p/a", false));
    foreign.app_id = Some("wx2".into());
    let mut trial = code("trial", limited("p/menu", false));
    trial.env_version = EnvVersion::Trial;
    let rule = |prefix: &str, page: &str| LinkRule {
        prefix: prefix.into(),
        page: page.into(),
    };
    world.apply(DeclareCodes {
        codes: vec![
            code("table", unlimited("t=7", "p/menu", true)),
            code("home", unlimited("7", "", true)),
            code("missing", unlimited("7", "p/none", true)),
            code("later", unlimited("7", "p/none", false)),
            code("poster", limited("p/menu?a=1&b=%2F", false)),
            code("square", limited("/p/menu?a=1", true)),
            code("link", text("https://a.example/t/7?x=1", "QR_CODE", "")),
            code("hello", text("hello", "QR_CODE", "")),
            code("elsewhere", text("https://b.example/", "QR_CODE", "")),
            code("goods", text("6901234567892", "EAN_13", "p/menu?g=1")),
            foreign,
            trial,
        ],
        links: vec![
            rule("https://a.example/", "p/home"),
            rule("https://a.example/t/", "p/menu"),
        ],
    });
    world
}

fn opened(options: &EnterOptions) -> String {
    let pairs = options
        .query
        .iter()
        .map(|(key, value)| format!("{key}={value}"));
    let query = pairs.collect::<Vec<_>>().join("&");
    format!("{} {}?{query}", options.scene, options.path)
}

#[test]
fn each_code_opens_its_page_with_its_scene_and_query() {
    let world = world(Profile::default());
    let seconds = world.now().0 / 1000;
    let link = format!("p/menu?q=https%3A%2F%2Fa.example%2Ft%2F7%3Fx%3D1&scancode_time={seconds}");
    for (id, scenes, page) in [
        ("table", [1047, 1048, 1049], "p/menu?scene=t%3D7"),
        ("home", [1047, 1048, 1049], "p/home?scene=7"),
        ("later", [1047, 1048, 1049], "p/none?scene=7"),
        ("poster", [1047, 1048, 1049], "p/menu?a=1&b=%2F"),
        ("square", [1011, 1012, 1013], "p/menu?a=1"),
        ("link", [1011, 1012, 1013], &link),
        ("goods", [1025, 1031, 1032], "p/menu?g=1"),
    ] {
        for ((_, scan), scene) in Scan::ALL.into_iter().zip(scenes) {
            let options = world.opened_by_code(id, scan).expect(id);
            assert_eq!(opened(&options), format!("{scene} {page}"));
        }
    }
}

#[test]
fn a_code_that_opens_nothing_says_why() {
    let world = world(Profile::default());
    let error = |id: &str| {
        let options = world.opened_by_code(id, Scan::Camera);
        options.expect_err(id).to_string()
    };
    assert!(error("tabel").ends_with("elsewhere, goods, foreign, trial"));
    assert!(error("foreign").contains("opens wx2, and this program is wx1"));
    assert!(error("trial").contains("the release build runs"));
    assert!(error("missing").contains("41030"));
    assert!(error("hello").contains("wx.scanCode"));
    assert!(error("elsewhere").contains("[[links]]"));
    let empty = World::new(Profile::default(), AppFacts::default(), 1);
    let error = empty.opened_by_code("a", Scan::Camera).expect_err("none");
    assert!(error.to_string().contains("[[codes]]"), "{error}");
}

#[test]
fn clients_and_servers_of_former_days_do_less() {
    let mut old = Profile::on(Date::new(2018, 6, 4));
    old.client = Version(6, 5, 5);
    let mut world = world(old);
    let link = world.opened_by_code("link", Scan::Camera);
    assert_eq!(link, Err(BadScan::OldClient("link".into())));
    let long = format!("p/menu?a={}", "1".repeat(128));
    world.apply(DeclareCodes {
        codes: vec![code("long", limited(&long, false))],
        links: Vec::new(),
    });
    let long = world.opened_by_code("long", Scan::Camera);
    assert_eq!(long, Err(BadScan::LongPath("long".into(), 137)));
}

#[test]
fn a_rule_fits_links_below_it_or_with_its_parameters() {
    let fits = |prefix: &str, link: &str| {
        let rule = LinkRule {
            prefix: prefix.into(),
            page: String::new(),
        };
        rule.fits(link)
    };
    assert!(fits("https://a.example/t/", "https://a.example/t/7?x=1"));
    assert!(fits("https://a.example/t", "https://a.example/t?x=1"));
    assert!(!fits("https://a.example/t", "https://a.example/t/7"));
    assert!(!fits("https://a.example/t/", "http://a.example/t/7"));
    assert!(fits("https://a.example/t?x=1", "https://a.example/t?x=12"));
    assert!(!fits(
        "https://a.example/t?x=1",
        "https://a.example/t?y=1&x=1"
    ));
    assert!(!fits("https://a.example/t?x=1", "https://a.example/t"));
}

#[test]
fn a_program_reads_what_is_its_own() {
    let scanned = |platform, id: &str| {
        let profile = Profile {
            platform,
            ..Profile::default()
        };
        world(profile).scanned(id)
    };
    let table = scanned(Platform::Ios, "table").expect("it is there");
    assert_eq!(
        (table.result.as_str(), table.format.as_str()),
        ("", "WX_CODE")
    );
    assert_eq!(table.path.as_deref(), Some("p/menu?scene=t%3D7"));
    let table = scanned(Platform::Android, "table").expect("it is there");
    assert_eq!(table.path.as_deref(), Some("p/menu?scene=t=7"));
    let square = scanned(Platform::Ios, "square").expect("it is there");
    assert_eq!(square.format, "QR_CODE");
    assert_eq!(square.path.as_deref(), Some("/p/menu?a=1"));
    let foreign = scanned(Platform::Ios, "foreign").expect("it is there");
    assert_eq!((foreign.result.as_str(), foreign.path), ("", None));
    let goods = scanned(Platform::Ios, "goods").expect("it is there");
    assert_eq!((goods.result.as_str(), goods.path), ("6901234567892", None));
    assert_eq!(goods.raw, "6901234567892");
    assert_eq!(scanned(Platform::Ios, "nothing"), None);
}

#[test]
fn a_program_reads_the_kinds_that_it_asks_for() {
    let world = world(Profile::default());
    assert_eq!(world.readable_codes(&["barCode"]), ["goods"]);
    assert_eq!(world.readable_codes(&["pdf417"]), [""; 0]);
    assert_eq!(world.readable_codes(&[]).len(), 12);
    assert_eq!(world.readable_codes(&["qrCode"]).len(), 11);
}

#[test]
fn a_component_is_encoded_as_scripts_do() {
    assert_eq!(
        uri_component("a=1&b=茶 -_.!~*'()"),
        "a%3D1%26b%3D%E8%8C%B6%20-_.!~*'()"
    );
}
