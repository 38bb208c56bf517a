//! `POST /cgi-bin/media/upload`: a file for three days.
//!
//! Official page: "Upload temporary media" (`uploadTempMedia`). `type` is `image`, `voice`, `video` or `thumb`; the
//! file is the part `media`. What it is follows from its bytes.
//!
//! Unverified: 40137 for a picture of a format that is not taken and 40005 for what is no picture at all; 40009 for
//! pictures that are too large and 40006 for other files; 44001 for a file without a byte; pictures had 2 MB before
//! 2021; the answer for a `thumb` named its id `thumb_media_id` before 2021; `type` is read from the body, too.
//!
//! Differs from the platform: how long a voice or video lasts is not looked at.

use serde_json::json;

use super::format;
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::temp_media::{KeepMedium, MediaKind, Medium};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "uploadTempMedia",
    Verb::Post,
    "/cgi-bin/media/upload",
    handle,
);

/// From this day pictures may be larger, and the id of a thumb has the usual name.
const RENEWED: Date = Date::new(2021, 1, 1);
/// Largest picture since then, in bytes.
const IMAGE_BYTES_MAX: usize = 10 << 20;
/// Largest picture before, in bytes.
const IMAGE_BYTES_MAX_BEFORE: usize = 2 << 20;
/// Largest voice message, in bytes.
const VOICE_BYTES_MAX: usize = 2 << 20;
/// Largest video, in bytes.
const VIDEO_BYTES_MAX: usize = 10 << 20;
/// Largest thumb, in bytes.
const THUMB_BYTES_MAX: usize = 64 << 10;
/// Characters of a file's name that are kept.
const NAME_CHARS_MAX: usize = 256;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let given = asked.request.query_value("type");
    let mut parts = asked.parts();
    let in_body = || {
        let parts = parts.as_ref().ok()?;
        let field = parts.iter().find(|part| part.name == "type")?;
        String::from_utf8(field.bytes.clone()).ok()
    };
    let name = given.or_else(in_body).unwrap_or_default();
    let kind = MediaKind::ALL.into_iter().find(|kind| kind.name() == name);
    let kind = kind.ok_or_else(|| {
        errcode::INVALID_MEDIA_TYPE.because("`type` is image, voice, video or thumb")
    })?;
    let parts = parts.as_mut().map_err(|fault| fault.clone())?;
    let file = parts.iter_mut().find(|part| part.name == "media");
    let file =
        file.ok_or_else(|| errcode::MEDIA_DATA_MISSING.because("the part of the file is `media`"))?;
    check_size(world, kind, file.bytes.len())?;
    let (content_type, ending) = format::of(kind, &file.bytes)?;
    let media_id = world.apply(KeepMedium(Medium {
        app_id: asked.app_id.clone(),
        kind,
        content_type: content_type.to_owned(),
        ending: ending.to_owned(),
        file_name: file.file_name.chars().take(NAME_CHARS_MAX).collect(),
        bytes: std::mem::take(&mut file.bytes),
    }));
    let is_old = world.profile().compat_date < RENEWED;
    let id_name = if kind == MediaKind::Thumb && is_old {
        "thumb_media_id"
    } else {
        "media_id"
    };
    Ok(Answer::Data(json!({
        "type": kind.name(),
        id_name: media_id,
        "created_at": world.now().0 / 1_000,
    })))
}

fn check_size(world: &World, kind: MediaKind, bytes: usize) -> Result<(), Fault> {
    if bytes == 0 {
        return Err(errcode::EMPTY_MEDIA.into());
    }
    let (limit, code) = match kind {
        MediaKind::Image if world.profile().compat_date < RENEWED => {
            (IMAGE_BYTES_MAX_BEFORE, errcode::INVALID_IMAGE_SIZE)
        }
        MediaKind::Image => (IMAGE_BYTES_MAX, errcode::INVALID_IMAGE_SIZE),
        MediaKind::Voice => (VOICE_BYTES_MAX, errcode::INVALID_MEDIA_SIZE),
        MediaKind::Video => (VIDEO_BYTES_MAX, errcode::INVALID_MEDIA_SIZE),
        MediaKind::Thumb => (THUMB_BYTES_MAX, errcode::INVALID_MEDIA_SIZE),
    };
    if bytes > limit {
        return Err(code.because(format!("{bytes} bytes; {} has {limit}", kind.name())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use crate::media_format::film::{Film, mp4};
    use crate::media_format::picture::gray_jpeg;
    use crate::profile::{Date, Profile};
    use crate::server::request::Request;
    use crate::server::response::Response;
    use crate::server::testing::{APP, Client, code, upload};

    fn send(client: &mut Client, kind: &str, bytes: &[u8]) -> Response {
        let url = client.with_token(&format!("/cgi-bin/media/upload?type={kind}"));
        client.send(&upload(&url, "media", "a b.dat", bytes))
    }

    /// A JPEG of so many bytes.
    fn jpeg_of(bytes: usize) -> Vec<u8> {
        let mut jpeg = gray_jpeg(4, 4);
        jpeg.resize(bytes, 0);
        jpeg
    }

    #[test]
    fn a_file_gets_an_id_without_errcode() {
        let mut client = Client::new(Profile::default());
        let picture = gray_jpeg(4, 4);
        let response = send(&mut client, "image", &picture);
        assert_eq!(response.header("content-type"), Some("text/plain"));
        let body = response.body_json();
        let names: Vec<&String> = body.as_object().expect("members").keys().collect();
        assert_eq!(names, ["type", "media_id", "created_at"]);
        assert_eq!(body["type"], "image");
        assert_eq!(body["created_at"], client.world.now().0 / 1_000);
        let id = body["media_id"].as_str().expect("a text");
        assert_eq!(id.len(), 64);
        let medium = client.world.medium(APP, id).expect("it is kept");
        assert_eq!((&medium.bytes, &*medium.file_name), (&picture, "a b.dat"));
        assert_eq!(medium.content_type, "image/jpeg");
    }

    #[test]
    fn the_type_may_stand_in_the_body() {
        let mut client = Client::new(Profile::default());
        let url = client.with_token("/cgi-bin/media/upload");
        let mut request = upload(&url, "media", "a.jpg", &gray_jpeg(4, 4));
        assert_eq!(code(&client.send(&request)), 40004);
        let field = b"--x\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage\r\n";
        request.body.splice(0..0, field.iter().copied());
        assert_eq!(client.send(&request).body_json()["type"], "image");
    }

    #[test]
    fn what_is_wrong_is_told_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        let path = "/cgi-bin/media/upload?type=image";
        assert_eq!(code(&client.get(path)), 43002);
        assert_eq!(code(&client.post(path, "{}")), 41001);
        assert_eq!(code(&send(&mut client, "", b"")), 40004);
        assert_eq!(code(&send(&mut client, "Image", b"")), 40004);
        let url = client.with_token(path);
        assert_eq!(code(&client.post(&url, "{}")), 41005);
        assert_eq!(code(&client.post(&url, "")), 41005);
        let other = client.send(&upload(&url, "file", "a.jpg", &gray_jpeg(4, 4)));
        assert_eq!(code(&other), 41005, "the part has another name");
        assert_eq!(other.why, "the part of the file is `media`");
        assert_eq!(code(&send(&mut client, "image", b"")), 44001);
        assert_eq!(code(&send(&mut client, "image", b"hello")), 40005);
        assert_eq!(code(&send(&mut client, "image", b"BM")), 40137);
        assert_eq!(client.world.media_kept(), (0, 0), "nothing was kept");
    }

    #[test]
    fn each_kind_has_its_limit() {
        let mut client = Client::new(Profile::default());
        let film = mp4(Film {
            width: 1,
            height: 1,
            duration_ms: 1,
        });
        let mib = 1 << 20;
        for (kind, start, limit, expected) in [
            ("image", gray_jpeg(4, 4), 10 * mib, 40009),
            ("voice", b"#!AMR\n".to_vec(), 2 * mib, 40006),
            ("video", film, 10 * mib, 40006),
            ("thumb", gray_jpeg(4, 4), 64 << 10, 40006),
        ] {
            let mut bytes = start;
            bytes.resize(limit, 0);
            assert_eq!(code(&send(&mut client, kind, &bytes)), 0, "{kind}");
            bytes.push(0);
            assert_eq!(code(&send(&mut client, kind, &bytes)), expected, "{kind}");
        }
    }

    #[test]
    fn earlier_years_took_smaller_pictures_and_named_thumbs_otherwise() {
        let mut old = Client::new(Profile::on(Date::new(2020, 12, 31)));
        let mut new = Client::new(Profile::on(Date::new(2021, 1, 1)));
        let large = jpeg_of((2 << 20) + 1);
        assert_eq!(code(&send(&mut old, "image", &large)), 40009);
        assert_eq!(code(&send(&mut old, "image", &large[1..])), 40005, "cut");
        assert_eq!(code(&send(&mut old, "image", &jpeg_of(2 << 20))), 0);
        assert_eq!(code(&send(&mut new, "image", &large)), 0);
        let id = |body: &Json, name: &str| body.get(name).is_some();
        let thumb = send(&mut old, "thumb", &gray_jpeg(4, 4)).body_json();
        assert!(id(&thumb, "thumb_media_id") && !id(&thumb, "media_id"));
        let thumb = send(&mut new, "thumb", &gray_jpeg(4, 4)).body_json();
        assert!(!id(&thumb, "thumb_media_id") && id(&thumb, "media_id"));
    }

    #[test]
    fn a_body_that_is_cut_is_answered() {
        let mut client = Client::new(Profile::default());
        let url = client.with_token("/cgi-bin/media/upload?type=image");
        let whole = upload(&url, "media", "a.jpg", &gray_jpeg(4, 4));
        for length in 0..whole.body.len() - 4 {
            let cut = Request {
                body: whole.body[..length].to_vec(),
                ..whole.clone()
            };
            assert_eq!(code(&client.send(&cut)), 41005, "{length}");
        }
    }
}
