//! `GET /cgi-bin/media/get`: a file that was uploaded, or a picture that a user sent to the customer service.
//!
//! Official page: "Get temporary media" (`getTempMedia`). The bytes come with their type and a name made of the id.
//! A video comes as an address.
//!
//! Unverified: the member of that address is alone in its answer.
//!
//! Differs from the platform: the address of a video is this interface again, with `raw=1`.

use serde_json::json;

use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::temp_media::MediaKind;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getTempMedia", Verb::Get, "/cgi-bin/media/get", handle);

/// The host in the address of a video for a client that names none.
const USUAL_HOST: &str = "api.weixin.qq.com";

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let request = asked.request;
    let media_id = request.query_value("media_id").unwrap_or_default();
    if media_id.is_empty() {
        return Err(errcode::MEDIA_ID_MISSING.into());
    }
    let medium = world.medium(&asked.app_id, &media_id).ok_or_else(|| {
        errcode::INVALID_MEDIA_ID.because(
            "the app uploaded no such file, or more than three days ago, or others took its room",
        )
    })?;
    let is_raw = request.query_value("raw").is_some_and(|it| it == "1");
    if medium.kind == MediaKind::Video && !is_raw {
        let host = request.header("host").unwrap_or(USUAL_HOST);
        let address = format!("http://{host}{}&raw=1", request.target());
        return Ok(Answer::Data(json!({ "video_url": address })));
    }
    let name = format!("attachment; filename=\"{media_id}.{}\"", medium.ending);
    Ok(Answer::Bytes {
        content_type: medium.content_type.clone(),
        bytes: medium.bytes.clone(),
        headers: vec![("Content-disposition".to_owned(), name)],
    })
}

#[cfg(test)]
mod tests {
    use crate::media_format::film::{Film, mp4};
    use crate::media_format::picture::gray_jpeg;
    use crate::profile::Profile;
    use crate::server::request::Request;
    use crate::server::testing::{Client, code, upload};
    use crate::world::open_api::temp_media::{MEDIUM_LIFE_MS, SayPicture};
    use crate::world::registry::{Register, Registered};

    fn put(client: &mut Client, kind: &str, bytes: &[u8]) -> String {
        let url = client.with_token(&format!("/cgi-bin/media/upload?type={kind}"));
        let response = client.send(&upload(&url, "media", "a.dat", bytes));
        let id = &response.body_json()["media_id"];
        id.as_str().expect("it is kept").to_owned()
    }

    #[test]
    fn the_bytes_come_with_type_and_name_any_number_of_times() {
        let mut client = Client::new(Profile::default());
        let picture = gray_jpeg(4, 4);
        let id = put(&mut client, "image", &picture);
        let url = client.with_token(&format!("/cgi-bin/media/get?media_id={id}"));
        for _ in 0..2 {
            let response = client.get(&url);
            assert_eq!(response.body, picture);
            assert_eq!(response.header("content-type"), Some("image/jpeg"));
            let name = format!("attachment; filename=\"{id}.jpg\"");
            assert_eq!(response.header("content-disposition"), Some(&*name));
        }
    }

    #[test]
    fn a_picture_of_a_user_is_fetched_the_same_way() {
        let mut client = Client::new(Profile::default());
        let caller = client.world.caller();
        let bytes = gray_jpeg(8, 8);
        let sent = SayPicture {
            caller,
            bytes: bytes.clone(),
        };
        client.world.apply(sent).expect("a picture");
        let id = client.world.handovers()[0].message["MediaId"].clone();
        let id = id.as_str().expect("a text");
        let url = client.with_token(&format!("/cgi-bin/media/get?media_id={id}"));
        assert_eq!(client.get(&url).body, bytes);
    }

    #[test]
    fn a_video_is_an_address() {
        let mut client = Client::new(Profile::default());
        let film = mp4(Film {
            width: 1,
            height: 1,
            duration_ms: 1,
        });
        let id = put(&mut client, "video", &film);
        let url = client.with_token(&format!("/cgi-bin/media/get?media_id={id}"));
        let request = Request::get(&url).with_header("host", "127.0.0.1:80");
        let body = client.send(&request).body_json();
        let address = body["video_url"].as_str().expect("an address");
        let target = address.strip_prefix("http://127.0.0.1:80");
        let response = client.get(target.expect("the host of the request"));
        assert_eq!((response.body, code(&client.get(&url))), (film, 0));
    }

    #[test]
    fn what_is_not_there_is_json() {
        let mut client = Client::new(Profile::default());
        let path = "/cgi-bin/media/get";
        assert_eq!(code(&client.post(path, "{}")), 43001);
        assert_eq!(code(&client.get(path)), 41001);
        let url = client.with_token(path);
        assert_eq!(code(&client.get(&url)), 41006);
        let id = put(&mut client, "image", &gray_jpeg(4, 4));
        let url = client.with_token(&format!("{path}?media_id={id}x"));
        let response = client.get(&url);
        assert_eq!(code(&response), 40007);
        assert_eq!(response.header("content-type"), Some("application/json"));
        let other = Registered {
            app_id: "wx2".into(),
            ..Registered::default()
        };
        client.world.apply(Register(other)).expect("another app");
        let url = client.with_token_of("wx2", &format!("{path}?media_id={id}"));
        assert_eq!(code(&client.get(&url)), 40007, "another app's");
        client.wait(MEDIUM_LIFE_MS - 1);
        let url = client.with_token(&format!("{path}?media_id={id}"));
        assert_eq!(client.get(&url).header("content-type"), Some("image/jpeg"));
        client.wait(1);
        assert_eq!(code(&client.get(&url)), 40007, "three days are over");
    }
}
