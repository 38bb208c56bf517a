//! `POST /cgi-bin/wxaapp/createwxaqrcode`: a square code of a path with its query.
//!
//! Official page: "Get QR code" (`createQRCode`). It shares the 100,000 codes of `getwxacode`. The path is not checked; it has 128
//! bytes at most. Colours and builds cannot be chosen.

use super::style::Style;
use super::{check_app, check_reserved, made, target};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::account::EnvVersion;
use crate::world::printed_code::Content;
use crate::world::printed_code::made::MakeCode;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "createQRCode",
    Verb::Post,
    "/cgi-bin/wxaapp/createwxaqrcode",
    handle,
);

/// Most bytes of a path.
const PATH_BYTES_MAX: usize = 128;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_app(world, asked)?;
    let path = target(asked, "path", errcode::INVALID_PATH_LENGTH)?;
    if path.is_empty() {
        return Err(errcode::INVALID_PATH_LENGTH.because("`path` is missing"));
    } else if path.len() > PATH_BYTES_MAX {
        return Err(errcode::INVALID_PATH_LENGTH.because("`path` has more than 128 bytes"));
    }
    check_reserved(&path)?;
    let code = MakeCode {
        app_id: asked.app_id.clone(),
        content: Content::Limited { path, square: true },
        env_version: EnvVersion::Release,
    };
    let style = Style::plain(asked)?;
    made(world, code, &style)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::Profile;
    use crate::server::code::testing::{pixels, read};
    use crate::server::response::Response;
    use crate::server::testing::{APP, Client, code};
    use crate::world::printed_code::Scan;

    const PATH: &str = "/cgi-bin/wxaapp/createwxaqrcode";

    fn ask(client: &mut Client, body: &Json) -> Response {
        let url = client.with_token(PATH);
        client.post(&url, body.to_string())
    }

    #[test]
    fn a_square_code_opens_the_path_when_it_is_scanned() {
        let mut client = Client::new(Profile::default());
        let response = ask(&mut client, &json!({ "path": "/pages/goods/goods?id=7" }));
        assert_eq!(response.header("content-type"), Some("image/jpeg"));
        assert_eq!(response.header("num-used"), None);
        let picture = pixels(&response);
        assert_eq!(picture.dimensions(), (430, 430));
        let text = read(&picture);
        assert!(text.starts_with(&format!("wxcode://{APP}/")), "{text}");
        let scenes = Scan::ALL.map(|(_, scan)| {
            let options = client
                .world
                .opened_by_code(&text, scan)
                .expect("it is there");
            let query = ("id".to_owned(), "7".to_owned());
            assert_eq!(
                (&*options.path, &*options.query),
                ("pages/goods/goods", &[query][..])
            );
            options.scene
        });
        assert_eq!(scenes, [1011, 1012, 1013]);
        assert_eq!(client.world.limited_codes_made(APP), 1);
        let again = ask(&mut client, &json!({ "path": "/pages/goods/goods?id=7" }));
        assert_eq!(again.body, response.body);
    }

    #[test]
    fn only_the_width_can_be_chosen() {
        let mut client = Client::new(Profile::default());
        let plain = ask(&mut client, &json!({ "path": "a", "width": 300 }));
        assert_eq!(pixels(&plain).dimensions(), (300, 300));
        let body = json!({
            "path": "a", "width": "300", "is_hyaline": true, "auto_color": true, "line_color": 7,
            "env_version": "x",
        });
        assert_eq!(ask(&mut client, &body).body, plain.body);
        let grey = pixels(&plain);
        assert!(
            grey.pixels().all(|it| it[0].abs_diff(it[2]) < 4),
            "no colour"
        );
        assert!(!read(&grey).is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_as_json() {
        let mut client = Client::new(Profile::default());
        let path = |bytes: usize| json!({ "path": "a".repeat(bytes) }).to_string();
        for (body, expected) in [
            (String::new(), 44002),
            ("path=a".to_owned(), 40159),
            ("{}".to_owned(), 40159),
            (path(0), 40159),
            (path(129), 40159),
            (path(128), 0),
            (r#"{"path": "a?scancode_time=1"}"#.to_owned(), 85096),
            (r#"{"path": "a", "width": {}}"#.to_owned(), 47001),
        ] {
            let url = client.with_token(PATH);
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
            1,
            "only what was good"
        );
        let url = client.with_token(PATH);
        assert_eq!(code(&client.get(&url)), 43002);
        assert_eq!(code(&client.post(PATH, "{}")), 41001);
    }
}
