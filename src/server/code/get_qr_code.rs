//! `POST /wxa/getwxacode`: a mini program code of a path with its query.
//!
//! Official page: "Get mini program code" (`getQRCode`). An app makes 100,000 of these and of `createwxaqrcode` together, for
//! ever; the header `Num-Used` tells how many. The path is not checked. It has 1,024 characters at most, in 2018 128 bytes.
//!
//! Unverified: the day from which paths may be longer.

use super::style::Style;
use super::{build, check_app, check_reserved, made, target, with_header};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::printed_code::made::MakeCode;
use crate::world::printed_code::{Content, LONG_PATHS_FROM, PATH_MAX_2018};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getQRCode", Verb::Post, "/wxa/getwxacode", handle);

/// Most characters of a path.
const PATH_MAX: usize = 1_024;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_app(world, asked)?;
    let path = target(asked, "path", errcode::INVALID_PATH_LENGTH)?;
    let is_old = world.profile().compat_date < LONG_PATHS_FROM;
    if path.is_empty() {
        return Err(errcode::INVALID_PATH_LENGTH.because("`path` is missing"));
    } else if is_old && path.len() > PATH_MAX_2018 {
        return Err(errcode::INVALID_PATH_LENGTH.because("`path` has more than 128 bytes"));
    } else if path.chars().count() > PATH_MAX {
        return Err(errcode::INVALID_PATH_LENGTH.because("`path` has more than 1024 characters"));
    }
    check_reserved(&path)?;
    let code = MakeCode {
        app_id: asked.app_id.clone(),
        content: Content::Limited {
            path,
            square: false,
        },
        env_version: build(world, asked)?,
    };
    let style = Style::asked(world, asked)?;
    let answer = made(world, code, &style)?;
    let used = world.limited_codes_made(&asked.app_id);
    Ok(with_header(answer, "Num-Used", used.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{Date, Profile};
    use crate::server::code::testing::{is_near, line_color, pixels, read};
    use crate::server::response::Response;
    use crate::server::testing::{APP, Client, code};
    use crate::world::World;
    use crate::world::open_api::app_rules::{ServerRules, SetServerRules};
    use crate::world::printed_code::Scan;
    use crate::world::registry::{Kind, Register, Registered};

    fn ask(client: &mut Client, body: &Json) -> Response {
        let url = client.with_token("/wxa/getwxacode");
        client.post(&url, body.to_string())
    }

    #[test]
    fn a_jpeg_of_430_pixels_opens_the_path_when_it_is_scanned() {
        let mut client = Client::new(Profile::default());
        let body = json!({
            "path": "pages/goods/goods?id=7&from=%E8%8C%B6", "width": 430, "auto_color": false,
            "line_color": { "r": "0", "g": "0", "b": "0" }, "is_hyaline": false,
        });
        let response = ask(&mut client, &body);
        assert_eq!(response.header("content-type"), Some("image/jpeg"));
        assert_eq!(response.header("num-used"), Some("1"));
        let picture = pixels(&response);
        assert_eq!(picture.dimensions(), (430, 430));
        assert!(is_near(line_color(&picture), [0, 0, 0]));
        assert!(is_near([picture[(0, 0)][0]; 3], [255; 3]), "white behind");
        let text = read(&picture);
        let id = client
            .world
            .made_codes()
            .next()
            .expect("it was made")
            .id
            .clone();
        assert_eq!(text, format!("wxcode://{APP}/{id}"));
        let scenes = Scan::ALL.map(|(_, scan)| {
            let options = client
                .world
                .opened_by_code(&text, scan)
                .expect("it is there");
            let query = [("id", "7"), ("from", "%E8%8C%B6")];
            let query = query.map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(
                (&*options.path, &*options.query),
                ("pages/goods/goods", &query[..])
            );
            options.scene
        });
        assert_eq!(scenes, [1047, 1048, 1049]);
    }

    #[test]
    fn each_wish_is_seen_in_the_pixels() {
        let mut client = Client::new(Profile::default());
        let mut picture = |more: Json| {
            let mut body = json!({ "path": "pages/a/a" });
            for (name, value) in more.as_object().expect("an object") {
                body[name] = value.clone();
            }
            pixels(&ask(&mut client, &body))
        };
        for (asked, width) in [
            (json!(279), 280),
            (json!(-1), 280),
            (json!("640"), 640),
            (json!(1280), 1280),
            (json!(1281), 1280),
        ] {
            assert_eq!(
                picture(json!({ "width": asked })).dimensions(),
                (width, width)
            );
        }
        let red = picture(json!({ "line_color": { "r": "200", "g": 20, "b": 30 } }));
        assert!(
            is_near(line_color(&red), [200, 20, 30]),
            "{:?}",
            line_color(&red)
        );
        let partly = picture(json!({ "line_color": { "b": 120 } }));
        assert!(is_near(line_color(&partly), [0, 0, 120]));
        let own = line_color(&picture(json!({ "auto_color": true })));
        assert!(!is_near(own, [0; 3]), "{own:?}");
        let both = picture(json!({ "auto_color": true, "line_color": { "r": 255, "g": 255 } }));
        assert_eq!(line_color(&both), own, "line_color is ignored");
        let hyaline = picture(json!({ "is_hyaline": true, "line_color": { "g": 90 } }));
        assert_eq!(hyaline[(0, 0)][3], 0, "nothing behind the lines");
        assert_eq!(hyaline[(215, 9)].0, [0, 90, 0, 255]);
        for picture in [red, both, hyaline] {
            assert!(read(&picture).starts_with("wxcode://"));
        }
    }

    #[test]
    fn the_same_request_gives_the_same_bytes_and_counts_once() {
        let mut client = Client::new(Profile::default());
        let of = |path: &str| json!({ "path": path });
        let first = ask(&mut client, &of("pages/a/a"));
        let again = ask(&mut client, &of("pages/a/a"));
        assert_eq!(
            (&again.body, again.header("num-used")),
            (&first.body, Some("1"))
        );
        let other = ask(&mut client, &of("pages/a/a?b=1"));
        assert_ne!(other.body, first.body);
        assert_eq!(other.header("num-used"), Some("2"));
        let trial = ask(
            &mut client,
            &json!({ "path": "pages/a/a", "env_version": "trial" }),
        );
        assert_ne!(trial.body, first.body);
    }

    #[test]
    fn what_is_wrong_is_told_as_json_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        let wrong_build = json!({ "path": "scancode_time", "env_version": "x" });
        let path = |chars: usize| json!({ "path": "茶".repeat(chars) }).to_string();
        for (body, expected) in [
            (String::new(), 44002),
            ("path=pages/a/a".to_owned(), 40159),
            ("[]".to_owned(), 40159),
            ("{}".to_owned(), 40159),
            (r#"{"path": null}"#.to_owned(), 40159),
            (r#"{"path": ""}"#.to_owned(), 40159),
            (r#"{"path": {}}"#.to_owned(), 40159),
            (path(1_025), 40159),
            (path(1_024), 0),
            (wrong_build.to_string(), 85096),
            (r#"{"path": "a?scancode_time=1"}"#.to_owned(), 85096),
            (
                r#"{"path": "a", "env_version": "release_error"}"#.to_owned(),
                40097,
            ),
            (r#"{"path": "a", "width": "wide"}"#.to_owned(), 47001),
            (r#"{"path": "a", "width": 1.5}"#.to_owned(), 47001),
            (r#"{"path": "a", "line_color": "red"}"#.to_owned(), 47001),
            (
                r#"{"path": "a", "line_color": {"r": 256}}"#.to_owned(),
                40097,
            ),
            (
                r#"{"path": "a", "line_color": {"g": "x"}}"#.to_owned(),
                40097,
            ),
            (
                r#"{"path": "a", "line_color": {"b": []}}"#.to_owned(),
                40097,
            ),
            (r#"{"path": "a", "auto_color": 7}"#.to_owned(), 47001),
            (r#"{"path": "a", "is_hyaline": "maybe"}"#.to_owned(), 47001),
            (r#"{"path": "a", "env_version": "", "x": 1}"#.to_owned(), 0),
        ] {
            let url = client.with_token("/wxa/getwxacode");
            let response = client.post(&url, body.as_bytes());
            assert_eq!(code(&response), expected, "{body}");
            let kind = if expected == 0 {
                "image/jpeg"
            } else {
                "application/json"
            };
            assert_eq!(response.header("content-type"), Some(kind), "{body}");
        }
        assert_eq!(
            client.world.limited_codes_made(APP),
            2,
            "only what was good"
        );
        assert_eq!(code(&client.post("/wxa/getwxacode", "{}")), 41001);
        let url = client.with_token("/wxa/getwxacode");
        assert_eq!(code(&client.get(&url)), 43002);
    }

    #[test]
    fn in_2018_paths_are_short_and_builds_are_no_matter() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let mut code = |body: Json| code(&ask(&mut client, &body));
        assert_eq!(code(json!({ "path": "a".repeat(128) })), 0);
        assert_eq!(code(json!({ "path": "a".repeat(129) })), 40159);
        assert_eq!(
            code(json!({ "path": "茶".repeat(43) })),
            40159,
            "bytes count"
        );
        assert_eq!(code(json!({ "path": "a", "env_version": "x" })), 0);
        let made = client.world.made_codes().next().expect("it was made");
        assert_eq!(made.env_version.name(), "release");
    }

    #[test]
    fn a_blocked_app_and_an_official_account_make_none() {
        let mut client = Client::new(Profile::default());
        let account = Registered {
            app_id: "wx2222222222222222".into(),
            kind: Kind::OfficialAccount,
            ..Registered::default()
        };
        client
            .world
            .apply(Register(account))
            .expect("it does not run");
        let url = client.with_token_of("wx2222222222222222", "/wxa/getwxacode");
        assert_eq!(code(&client.post(&url, r#"{"path": "a"}"#)), 48001);
        let rules = ServerRules {
            is_banned: true,
            ..ServerRules::default()
        };
        client.world.apply(SetServerRules(APP.into(), rules));
        assert_eq!(code(&ask(&mut client, &json!({ "path": "a" }))), 48004);
        assert_eq!(client.world.made_codes().count(), 0);
    }

    #[test]
    fn after_a_hundred_thousand_there_are_no_more() {
        let mut client = Client::new(Profile::default());
        ask(&mut client, &json!({ "path": "a" }));
        let text = client.world.save();
        let many = text.replace("\"limited\":1,", "\"limited\":99999,");
        assert_ne!(many, text);
        client.world = World::restore(&many).expect("a number was changed");
        let response = ask(&mut client, &json!({ "path": "b" }));
        assert_eq!(response.header("num-used"), Some("100000"));
        let full = ask(&mut client, &json!({ "path": "c" }));
        assert_eq!(code(&full), 45029);
        assert!(full.why.contains("getwxacodeunlimit"), "{}", full.why);
        assert_eq!(
            code(&ask(&mut client, &json!({ "path": "a" }))),
            0,
            "made before"
        );
        let url = client.with_token("/cgi-bin/wxaapp/createwxaqrcode");
        assert_eq!(
            code(&client.post(&url, r#"{"path": "c"}"#)),
            45029,
            "one pool"
        );
        let url = client.with_token("/wxa/getwxacodeunlimit");
        assert_eq!(code(&client.post(&url, r#"{"scene": "c"}"#)), 0);
    }
}
