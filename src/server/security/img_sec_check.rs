//! `POST /wxa/img_sec_check`: whether a picture breaks rules.
//!
//! Official page: "Check an image" (`imgSecCheck`). The file is the part `media`: PNG, JPEG or GIF, at most 750 × 1334
//! pixels and 1 MB. Only what is risky is told; what a person should look at passes. 2000 calls a minute, 200,000 a
//! day. It has been frozen since September 2021 and still answers.
//!
//! Unverified: the code for too many calls in a minute is 45009, the only one that its page has; a picture that lies
//! on its side has the same limits; 44001 for a file without a byte.

use super::picture;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::content_check::Suggest;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("imgSecCheck", Verb::Post, "/wxa/img_sec_check", handle)
        .per_minute(2_000)
        .minute_code(errcode::DAILY_QUOTA)
        .per_day(200_000);

/// Largest file, in bytes.
const BYTES_MAX: usize = 1 << 20;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let parts = asked.parts()?;
    let file = parts.iter().find(|part| part.name == "media");
    let file =
        file.ok_or_else(|| errcode::MEDIA_DATA_MISSING.because("the part of the file is `media`"))?;
    if file.bytes.is_empty() {
        return Err(errcode::EMPTY_MEDIA.into());
    }
    if file.bytes.len() > BYTES_MAX {
        let why = format!("{} bytes; at most {BYTES_MAX}", file.bytes.len());
        return Err(errcode::INVALID_MEDIA_SIZE.because(why));
    }
    picture::check(&file.bytes)?;
    if world.verdict_of(&file.bytes).suggest == Suggest::Risky {
        return Err(errcode::RISKY_CONTENT.because("the rules of the world name its SHA-256"));
    }
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;
    use serde_json::json;

    use super::super::picture::tests::picture;
    use crate::crypto::digest::sha256;
    use crate::profile::{Date, Profile};
    use crate::server::response::Response;
    use crate::server::testing::{Client, code, upload};
    use crate::world::open_api::content_check::{ContentRules, SetContentRules, Suggest, Verdict};

    fn send(client: &mut Client, bytes: &[u8]) -> Response {
        let url = client.with_token("/wxa/img_sec_check");
        client.send(&upload(&url, "media", "a.png", bytes))
    }

    #[test]
    fn a_picture_passes_unless_a_rule_names_it() {
        let mut client = Client::new(Profile::default());
        let bytes = picture(10, 10, ImageFormat::Png);
        let response = send(&mut client, &bytes);
        assert_eq!(response.body, br#"{"errcode":0,"errmsg":"ok"}"#);
        let judge = |client: &mut Client, suggest| {
            let verdict = Verdict {
                suggest,
                label: 20_002,
            };
            let rules = ContentRules {
                contents: [(sha256(&picture(10, 10, ImageFormat::Png)), verdict)].into(),
                ..ContentRules::default()
            };
            client.world.apply(SetContentRules(rules)).expect("rules");
        };
        judge(&mut client, Suggest::Review);
        assert_eq!(code(&send(&mut client, &bytes)), 0);
        judge(&mut client, Suggest::Risky);
        let response = send(&mut client, &bytes);
        assert_eq!(code(&response), 87014);
        let text = response.body_json()["errmsg"].to_string();
        assert!(text.starts_with("\"risky content rid: "), "{text}");
        assert_eq!(
            code(&send(&mut client, &picture(10, 11, ImageFormat::Png))),
            0
        );
    }

    #[test]
    fn what_is_wrong_is_told_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        let path = "/wxa/img_sec_check";
        assert_eq!(code(&client.get(path)), 43002);
        assert_eq!(code(&client.post(path, "")), 41001);
        let url = client.with_token(path);
        assert_eq!(
            code(&client.post(&url, json!({"media": "x"}).to_string())),
            41005
        );
        let bytes = picture(10, 10, ImageFormat::Png);
        assert_eq!(
            code(&client.send(&upload(&url, "file", "a.png", &bytes))),
            41005
        );
        assert_eq!(code(&send(&mut client, b"")), 44001);
        assert_eq!(code(&send(&mut client, b"hello")), 40006);
        assert_eq!(
            code(&send(&mut client, &picture(751, 1, ImageFormat::Jpeg))),
            40006
        );
        let mut large = picture(10, 10, ImageFormat::Jpeg);
        large.resize(1 << 20, 0);
        assert_eq!(
            code(&send(&mut client, &large)),
            0,
            "what follows a picture is no fault"
        );
        large.push(0);
        assert_eq!(code(&send(&mut client, &large)), 40006);
    }

    #[test]
    fn two_thousand_a_minute_also_in_2018() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let url = client.with_token("/wxa/img_sec_check");
        let request = upload(&url, "media", "a.gif", &picture(1, 1, ImageFormat::Gif));
        for _ in 0..2_000 {
            assert_eq!(code(&client.send(&request)), 0);
        }
        assert_eq!(code(&client.send(&request)), 45009);
        client.wait(60_000);
        assert_eq!(code(&client.send(&request)), 0);
    }
}
