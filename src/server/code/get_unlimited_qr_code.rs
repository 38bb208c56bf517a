//! `POST /wxa/getwxacodeunlimit`: a mini program code of a `scene`, any number of them.
//!
//! Official page: "Get unlimited mini program code" (`getUnlimitedQRCode`). 5,000 calls a minute; too many were told as those of a
//! day (45009) once. The page must be one of the program unless `check_path` is false. A `path` is no parameter: the code opens
//! the home page.
//!
//! Unverified: the day from which the limit of a minute has its own number; a page with a slash in front or with a query is
//! refused with `check_path` false too; the limit of pages without a check gives 45029; a page has 1,024 characters at most.

use super::style::Style;
use super::{BUILDS_FROM, build, check_app, check_reserved, made, target};
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::printed_code::Content;
use crate::world::printed_code::made::MakeCode;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getUnlimitedQRCode",
    Verb::Post,
    "/wxa/getwxacodeunlimit",
    handle,
)
.per_minute(5_000)
.minute_told_from(Date::new(2020, 1, 1));

/// Most characters of a scene.
const SCENE_MAX: usize = 32;
/// What a scene may have besides letters and digits.
const SCENE_MARKS: &str = "!#$&'()*+,/:;=?@-._~";
/// Most characters of a page.
const PAGE_MAX: usize = 1_024;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_app(world, asked)?;
    let scene = scene(asked)?;
    let page = page(asked)?;
    let check_path = match world.profile().compat_date {
        day if day < BUILDS_FROM => true,
        _ => asked.flag("check_path")?.unwrap_or(true),
    };
    let code = MakeCode {
        app_id: asked.app_id.clone(),
        content: Content::Unlimited {
            scene,
            page,
            check_path,
        },
        env_version: build(world, asked)?,
    };
    let style = Style::asked(world, asked)?;
    made(world, code, &style)
}

fn scene(asked: &Asked<'_>) -> Result<String, Fault> {
    let scene = target(asked, "scene", errcode::INVALID_SCENE_LENGTH)?;
    let legal = |it: char| it.is_ascii_alphanumeric() || SCENE_MARKS.contains(it);
    if scene.is_empty() {
        return Err(errcode::INVALID_SCENE_LENGTH.because("`scene` is missing"));
    } else if scene.chars().count() > SCENE_MAX {
        let why =
            "`scene` has more than 32 characters; keep more on your server under a short number";
        return Err(errcode::INVALID_SCENE_LENGTH.because(why));
    } else if let Some(wrong) = scene.chars().find(|it| !legal(*it)) {
        let why = format!("`scene` has {wrong:?}; letters, digits and {SCENE_MARKS} are allowed");
        return Err(errcode::INVALID_SCENE.because(why));
    }
    check_reserved(&scene)?;
    Ok(scene)
}

fn page(asked: &Asked<'_>) -> Result<String, Fault> {
    let page = asked.text("page")?;
    check_reserved(&page)?;
    if page.starts_with('/') || page.contains('?') {
        let why = "no slash in front of `page` and no parameters behind: `scene` is the parameter";
        return Err(errcode::INVALID_PAGE.because(why));
    } else if page.chars().count() > PAGE_MAX {
        return Err(errcode::INVALID_PAGE.because("`page` has more than 1024 characters"));
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{ENDPOINT, SCENE_MARKS};
    use crate::profile::{Date, Profile};
    use crate::server::code::testing::{is_near, line_color, pixels, read};
    use crate::server::response::Response;
    use crate::server::testing::{APP, Client, code};
    use crate::world::open_api::quota::CountCall;
    use crate::world::printed_code::{Content, Scan};

    fn ask(client: &mut Client, body: &Json) -> Response {
        let url = client.with_token(ENDPOINT.path);
        client.post(&url, body.to_string())
    }

    #[test]
    fn the_page_gets_the_scene_encoded_once() {
        let mut client = Client::new(Profile::default());
        for (body, page) in [
            (json!({ "scene": "a=1" }), "pages/index/index"),
            (
                json!({ "scene": "a=1", "page": null, "path": "pages/goods/goods" }),
                "pages/index/index",
            ),
            (
                json!({ "scene": "a=1", "page": "pages/goods/goods", "width": 280 }),
                "pages/goods/goods",
            ),
        ] {
            let response = ask(&mut client, &body);
            assert_eq!(response.header("num-used"), None);
            let picture = pixels(&response);
            let side = if body.get("width").is_some() {
                280
            } else {
                430
            };
            assert_eq!(picture.dimensions(), (side, side));
            assert!(is_near(line_color(&picture), [0; 3]), "it has a circle");
            let text = read(&picture);
            let scenes = Scan::ALL.map(|(_, scan)| {
                let options = client
                    .world
                    .opened_by_code(&text, scan)
                    .expect("it is there");
                let query = ("scene".to_owned(), "a%3D1".to_owned());
                assert_eq!((&*options.path, &*options.query), (page, &[query][..]));
                options.scene
            });
            assert_eq!(scenes, [1047, 1048, 1049]);
        }
        assert_eq!(client.world.made_codes().count(), 2, "two are the same");
        assert_eq!(client.world.limited_codes_made(APP), 0);
    }

    #[test]
    fn it_has_the_same_wishes_as_the_limited_one() {
        let mut client = Client::new(Profile::default());
        let body = json!({
            "scene": "1", "width": 500, "is_hyaline": true, "line_color": { "r": 9, "g": "80", "b": 200 },
        });
        let response = ask(&mut client, &body);
        assert_eq!(response.header("content-type"), Some("image/png"));
        let picture = pixels(&response);
        assert_eq!(picture.dimensions(), (500, 500));
        assert_eq!(
            (line_color(&picture), picture[(0, 0)][3]),
            ([9, 80, 200], 0)
        );
        assert_eq!(ask(&mut client, &body).body, response.body);
    }

    #[test]
    fn what_is_wrong_is_told_as_json_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        for (body, expected) in [
            ("", 44002),
            ("scene=1", 40169),
            ("\"scene\"", 40169),
            ("{}", 40169),
            (r#"{"scene": ""}"#, 40169),
            (r#"{"scene": ["1"]}"#, 40169),
            (r#"{"scene": "123456789012345678901234567890123"}"#, 40169),
            (
                r#"{"scene": "茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶茶"}"#,
                40169,
            ),
            (r#"{"scene": "12345678901234567890123456789012"}"#, 0),
            (r#"{"scene": "100%"}"#, 40129),
            (r#"{"scene": "a b"}"#, 40129),
            (r#"{"scene": "茶", "page": "/x"}"#, 40129),
            (r#"{"scene": "scancode_time=1"}"#, 85096),
            (r#"{"scene": "1", "page": "a?scancode_time=1"}"#, 85096),
            (r#"{"scene": "1", "page": "/pages/index/index"}"#, 41030),
            (r#"{"scene": "1", "page": "pages/index/index?a=1"}"#, 41030),
            (r#"{"scene": "1", "page": "pages/none/none"}"#, 41030),
            (
                r#"{"scene": "1", "page": "/p", "check_path": false}"#,
                41030,
            ),
            (
                r#"{"scene": "1", "page": "p?a", "check_path": false}"#,
                41030,
            ),
            (
                r#"{"scene": "1", "page": "pages/none/none", "env_version": "x"}"#,
                40097,
            ),
            (
                r#"{"scene": "1", "page": "pages/none/none", "width": "x"}"#,
                47001,
            ),
            (r#"{"scene": "1", "check_path": 7}"#, 47001),
            (r#"{"scene": 17}"#, 0),
        ] {
            let url = client.with_token(ENDPOINT.path);
            let response = client.post(&url, body);
            assert_eq!(code(&response), expected, "{body}");
            let kind = if expected == 0 {
                "image/jpeg"
            } else {
                "application/json"
            };
            assert_eq!(response.header("content-type"), Some(kind), "{body}");
        }
        assert_eq!(client.world.made_codes().count(), 2, "only what was good");
        let page = "p".repeat(1_025);
        let body = json!({ "scene": "1", "page": page, "check_path": false });
        assert_eq!(code(&ask(&mut client, &body)), 41030);
        let url = client.with_token(ENDPOINT.path);
        assert_eq!(code(&client.get(&url)), 43002);
        assert_eq!(code(&client.post(ENDPOINT.path, "{}")), 41001);
    }

    #[test]
    fn every_character_that_is_allowed_is_taken() {
        let mut client = Client::new(Profile::default());
        assert_eq!(SCENE_MARKS.len(), 20);
        for scene in [SCENE_MARKS, "0123456789ABCXYZabcxyz"] {
            assert_eq!(code(&ask(&mut client, &json!({ "scene": scene }))), 0);
        }
    }

    #[test]
    fn a_page_that_is_not_there_is_printed_when_nobody_checks() {
        let mut client = Client::new(Profile::default());
        let body = json!({ "scene": "1", "page": "pages/none/none", "check_path": "false" });
        let text = read(&pixels(&ask(&mut client, &body)));
        let options = client.world.opened_by_code(&text, Scan::Camera);
        assert_eq!(options.expect("it is there").path, "pages/none/none");
        let build = json!({ "scene": "1", "env_version": "develop" });
        assert_eq!(code(&ask(&mut client, &build)), 0);
        let latest = client.world.made_codes().next().expect("it was made");
        assert_eq!(latest.env_version.name(), "develop");
        let mut old = Client::new(Profile::on(Date::new(2018, 6, 4)));
        assert_eq!(code(&ask(&mut old, &body)), 41030, "it was always checked");
        let body = json!({ "scene": "1", "env_version": "x" });
        assert_eq!(code(&ask(&mut old, &body)), 0);
        let content = &old.world.made_codes().next().expect("it was made").content;
        assert!(matches!(content, Content::Unlimited { scene, .. } if scene == "1"));
    }

    #[test]
    fn five_thousand_a_minute() {
        for (day, expected) in [
            (Date::new(2018, 6, 4), 45009),
            (Date::new(2024, 6, 1), 45011),
        ] {
            let mut client = Client::new(Profile::on(day));
            for _ in 0..4_999 {
                let counted = client.world.apply(CountCall {
                    app_id: APP,
                    path: ENDPOINT.path,
                    limits: ENDPOINT.limits,
                });
                counted.expect("it is within the limit");
            }
            let body = json!({ "scene": "1" });
            assert_eq!(code(&ask(&mut client, &body)), 0);
            let response = ask(&mut client, &body);
            assert_eq!(code(&response), expected, "{day}");
            assert_eq!(response.header("content-type"), Some("application/json"));
            client.wait(60_000);
            assert_eq!(code(&ask(&mut client, &body)), 0);
        }
    }
}
