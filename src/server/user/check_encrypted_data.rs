//! `POST /wxa/business/checkencryptedmsg`: whether the platform made encrypted data.
//!
//! Official page: "Check encrypted information" (`checkEncryptedData`). Only phone numbers are known to it, for
//! three days, and only to the app that they were made for. The member that tells is spelled `vaild`.
//!
//! Unverified: the digest may be of the base64 text or of its bytes, in small or capital letters; the day on
//! which it came; a digest that is none is 40097.
//!
//! Differs from the platform: [`CIPHERTEXTS_KEPT_MAX`](crate::world::open_data::CIPHERTEXTS_KEPT_MAX) are
//! remembered, and no more.

use serde_json::json;

use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "checkEncryptedData",
    Verb::Post,
    "/wxa/business/checkencryptedmsg",
    handle,
)
.since(Date::new(2021, 8, 1));

/// How long data are known, in milliseconds.
const KNOWN_MS: i64 = 3 * 86_400_000;
/// Hexadecimal digits of a SHA-256.
const DIGITS: usize = 64;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let digest = asked.text("encrypted_msg_hash")?.to_ascii_lowercase();
    if digest.len() != DIGITS || !digest.bytes().all(|it| it.is_ascii_hexdigit()) {
        let why = "`encrypted_msg_hash` is the SHA-256 of encryptedData as 64 hexadecimal digits";
        return Err(errcode::INVALID_ARGS.because(why));
    }
    let unknown = |why: &str| errcode::DATA_NOT_EXIT.because(why);
    let made = world.handed_out(&digest);
    let made = made.ok_or_else(|| unknown("no encryptedData with this digest was handed out"))?;
    if made.app_id != asked.app_id {
        return Err(unknown("the data were made for another app"));
    }
    if !made.is_phone_number {
        return Err(unknown(
            "the data are no phone number; nothing else is known here",
        ));
    }
    if world.now().since(made.at) >= KNOWN_MS {
        return Err(unknown("the data were made three days ago or earlier"));
    }
    Ok(Answer::with(json!({
        "vaild": true,
        "create_time": made.at.0.div_euclid(1_000),
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::KNOWN_MS;
    use crate::crypto::{base64_text, digest};
    use crate::profile::{Date, Profile};
    use crate::server::testing::{Client, code};
    use crate::world::open_data::SealOpenData;
    use crate::world::registry::{Register, Registered};

    const PATH: &str = "/wxa/business/checkencryptedmsg";

    fn sealed(client: &mut Client, members: &Json) -> String {
        let sealed = client.world.apply(SealOpenData {
            caller: client.world.caller(),
            members: members.as_object().expect("an object").clone(),
        });
        sealed.expect("a session").data
    }

    fn phone_number(client: &mut Client) -> String {
        client.log_in();
        let number = client.world.user().phone_number();
        sealed(client, &number.members().into())
    }

    /// `errcode` and reason for a digest.
    fn refused(client: &mut Client, digest: &str) -> (i64, String) {
        let url = client.with_token(PATH);
        let body = json!({ "encrypted_msg_hash": digest });
        let response = client.post(&url, body.to_string());
        (code(&response), response.why)
    }

    #[test]
    fn data_are_known_by_the_digest_of_text_and_of_bytes() {
        let mut client = Client::new(Profile::default());
        let created = client.world.now().0 / 1_000;
        let data = phone_number(&mut client);
        client.wait(KNOWN_MS - 1);
        let bytes = base64_text::decode(&data).expect("base64");
        let text = digest::sha256(data.as_bytes());
        for digest in [text.to_uppercase(), text, digest::sha256(&bytes)] {
            let body = json!({ "encrypted_msg_hash": digest });
            let expected = json!({
                "errcode": 0, "errmsg": "ok", "vaild": true, "create_time": created,
            });
            assert_eq!(client.call(PATH, &body), expected);
        }
    }

    #[test]
    fn other_data_do_not_exist_and_the_reason_is_told() {
        let mut client = Client::new(Profile::default());
        let known = digest::sha256(phone_number(&mut client).as_bytes());
        let group = digest::sha256(sealed(&mut client, &json!({ "openGId": "t" })).as_bytes());
        let unknown = "0".repeat(64);
        for (digest, part) in [(&group, "no phone number"), (&unknown, "handed out")] {
            let (code, why) = refused(&mut client, digest);
            assert!(code == 1 && why.contains(part), "{code} {why}");
        }
        let other = Registered {
            app_id: "wx2222222222222222".into(),
            ..Registered::default()
        };
        client
            .world
            .apply(Register(other))
            .expect("it does not run");
        let url = client.with_token_of("wx2222222222222222", PATH);
        let body = json!({ "encrypted_msg_hash": known }).to_string();
        let response = client.post(&url, body);
        let text = response.body_json()["errmsg"].to_string();
        assert!(
            code(&response) == 1 && text.contains("data not exit rid: "),
            "{text}"
        );
        client.wait(KNOWN_MS);
        let (code, why) = refused(&mut client, &known);
        assert!(code == 1 && why.contains("three days"), "{code} {why}");
    }

    #[test]
    fn a_digest_that_is_none_is_an_argument_that_is_wrong() {
        let mut client = Client::new(Profile::default());
        for digest in ["", "x", &"g".repeat(64), &"0".repeat(63)] {
            assert_eq!(refused(&mut client, digest).0, 40097, "{digest}");
        }
        let url = client.with_token(PATH);
        assert_eq!(code(&client.post(&url, "{}")), 40097);
        assert_eq!(code(&client.post(&url, "")), 44002);
        assert_eq!(code(&client.post(&url, "encrypted_msg_hash=0")), 47001);
        let mut old = Client::new(Profile::on(Date::new(2021, 7, 31)));
        assert_eq!(refused(&mut old, "").0, 40066, "it came later");
    }
}
